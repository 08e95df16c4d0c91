//! Every code that a diagnostic can have, with its severity and its meaning.

use crate::diagnostic::Severity;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Its stable name, in kebab-case.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it means, in one sentence.
    pub summary: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $severity:ident, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $constant: Code = Code { name: $name, severity: Severity::$severity, summary: $summary };
        )*
        /// Every code, by name.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    ALL_CAPS = "all-caps", Warning, "A text is typed in capitals: some voices spell it letter by letter.";
    ANSWER_CUT = "answer-cut", Warning, "An answer can be longer than what an LMS records of it.";
    ANSWERS_GONE = "answers-gone", Note, "A question, or a part of its answer, has gone: what learners answered is no longer shown.";
    ANSWERS_NEVER_SHOWN = "answers-never-shown", Warning, "The right answers wait for a last attempt that never comes.";
    ASCII_ART = "ascii-art", Warning, "A face typed with signs, such as `:-)`, is read as signs (RGAA 13.5).";
    BANK_DRAW = "bank-draw", Error, "A quiz draws more questions from a bank than there are.";
    BANK_POINTS = "bank-points", Warning, "Questions of one bank are worth different points: chance decides on the score.";
    BANK_SHAPE = "bank-shape", Error, "Something that is no question stands in a file of a bank.";
    BANK_SHARED = "bank-shared", Error, "Two quizzes draw from the same bank.";
    BLANK_NOT_PARTED = "blank-not-parted", Note, "An answer to fill in looks like two, with another sign than `|` between them.";
    BLANK_OUTSIDE_QUESTION = "blank-outside-question", Error, "A blank `[[…]]` stands outside any question, or where nobody could fill it.";
    BROKEN_LINK = "broken-link", Error, "A link or an image leads to a page, a heading or a file that does not exist.";
    CALLOUT = "callout", Warning, "A callout is misspelt and would show as a plain quotation.";
    CAPTIONS_INVALID = "captions-invalid", Error, "Browsers cannot read all of a file of captions.";
    CHOICE_DUPLICATE = "choice-duplicate", Error, "The same choice, item, prompt or answer stands twice in one question.";
    CHOICE_EMPTY = "choice-empty", Error, "A choice or an item has no text, or a row no answer.";
    CHOICE_GOES_ON = "choice-goes-on", Warning, "A line under a choice or an item is read as a part of it: a feedback, perhaps, without its `>`.";
    CHOICE_LETTER_CLASH = "choice-letter-clash", Error, "Two choices, items or rows of a question would have the same letter in an LMS's report.";
    CHOICE_RENAMED = "choice-renamed", Note, "A choice, an item, a row or a blank has a new text and keeps its number.";
    CHOICE_SHAPE = "choice-shape", Error, "A choice or an item holds more, or something else, than a paragraph and its feedback.";
    CHOICE_WEIGHTS = "choice-weights", Error, "The weights of choices do not make all the points, or do not fit what is ticked.";
    CHOICES_OUTSIDE_QUESTION = "choices-outside-question", Error, "A list of choices belongs to no question.";
    CONTACT_UNREACHABLE = "contact-unreachable", Warning, "The contact for accessibility is no address.";
    DEFINITION_RUNS_ON = "definition-runs-on", Warning, "The next term of a list of definitions is read as a part of the meaning above it.";
    DISCLOSURE = "disclosure", Error, "A `<details>` has no summary or no end.";
    DOCUMENT_ACCESSIBILITY_UNKNOWN = "document-accessibility-unknown", Warning, "Nobody has said whether a document for download is accessible (RGAA 13.3).";
    DOCUMENT_UNTAGGED = "document-untagged", Warning, "A PDF has no tags: a screen reader finds no headings, lists or order in it (RGAA 13.3).";
    DUPLICATE_ID = "duplicate-id", Error, "Two things have the same id.";
    EMOJI_ALONE = "emoji-alone", Warning, "An emoji or a sign stands for a word (RGAA 13.5).";
    EMPHASIS_MARKER = "emphasis-marker", Warning, "Stars meant for bold text show as they are, for the blanks beside them.";
    EXTERNAL_MEDIA = "external-media", Error, "An image, a video or a sound is fetched from outside the package.";
    FAKE_HEADING = "fake-heading", Warning, "A bold line looks like a heading and is none (RGAA 8.9, 9.1).";
    FAKE_LIST = "fake-list", Warning, "Lines look like a list and are none (RGAA 9.3).";
    FAKE_TABLE = "fake-table", Warning, "Lines look like a table and are shown as text with bars.";
    FILE_NAME = "file-name", Error, "A file's name cannot be used in a package.";
    FOOTNOTE_UNDEFINED = "footnote-undefined", Warning, "A footnote is called that is written nowhere.";
    FRONT_MATTER = "front-matter", Error, "A Markdown file has no TOML front matter between `+++` lines.";
    HEADING_EMPTY = "heading-empty", Warning, "A heading has no text (RGAA 9.1).";
    HEADING_LEVEL_ONE = "heading-level-one", Warning, "A heading claims the level of the page's title (RGAA 9.1).";
    HEADING_MARKER = "heading-marker", Error, "A heading is read as plain text, for want of an ordinary space after its signs.";
    HEADING_SKIPS = "heading-skips", Warning, "A heading skips a level (RGAA 9.1).";
    HTML_DROPPED = "html-dropped", Warning, "Raw HTML does not reach the package.";
    IMAGE_ALT_IS_FILE_NAME = "image-alt-is-file-name", Warning, "The text alternative of an image is a file's name (RGAA 1.3).";
    IMAGE_ALT_LONG = "image-alt-long", Warning, "The text alternative of an image has more than 80 characters (RGAA 1.3).";
    IMAGE_ALT_MISSING = "image-alt-missing", Error, "An image has no text alternative and is not marked as decorative.";
    IMAGE_ALT_REPEATS_CAPTION = "image-alt-repeats-caption", Warning, "The text alternative of an image says what its caption says (RGAA 1.3).";
    IMAGE_ALT_VAGUE = "image-alt-vague", Warning, "The text alternative of an image says that it is an image, not what it shows (RGAA 1.3).";
    IMAGE_ANIMATED = "image-animated", Warning, "An image moves by itself and cannot be stopped (RGAA 13.8).";
    IMAGE_DECORATIVE_WITH_CAPTION = "image-decorative-with-caption", Warning, "An image is called decorative and has a caption (RGAA 1.2).";
    IMAGE_HEAVY = "image-heavy", Warning, "An image weighs more than 1 MB, or has a side of more than 4000 pixels.";
    IMAGE_UNREADABLE = "image-unreadable", Error, "A file is no image that a browser can show.";
    INCLUSIVE_MIDDLE_DOT = "inclusive-middle-dot", Warning, "A form such as `agent·e·s` is read badly by voices.";
    INTERFACE_LANGUAGE = "interface-language", Note, "The interface does not speak the language of the course.";
    KEY_CHANGED = "key-changed", Note, "What is right in a question, or its points, has changed.";
    LANG_UNMARKED = "lang-unmarked", Warning, "A sentence in another language is not marked as such (RGAA 8.7).";
    LESSON_DOCUMENT = "lesson-document", Note, "The document of a lesson has a number in its name, as the name itself was taken.";
    LESSONS_APART = "lessons-apart", Note, "A platform launches each lesson of a package as if it were a course.";
    LINK_EMPTY = "link-empty", Error, "A link has no text.";
    LINK_OUT_OF_UNIT = "link-out-of-unit", Warning, "A link leads to a lesson that is a unit of its own, which only the LMS can open: it is shown as text.";
    LINK_TEXT_ADDRESS = "link-text-address", Warning, "The text of a link is an address (RGAA 6.1).";
    LINK_TEXT_AMBIGUOUS = "link-text-ambiguous", Warning, "Two links with the same text lead to different places (RGAA 6.1).";
    LINK_TEXT_VAGUE = "link-text-vague", Warning, "The text of a link does not say where it leads (RGAA 6.1).";
    LINT_UNUSED = "lint-unused", Note, "A decision under `[lint]` is about something that is not found any more.";
    LOCK_GAP = "lock-gap", Warning, "A number of the lock is missing, as if its line had been deleted by hand.";
    LOCK_MISSING = "lock-missing", Warning, "The lock has gone, though a package of the course was built.";
    LOCK_NUMBER_CLASH = "lock-number-clash", Error, "One number of the lock stands for two things, or one thing has two.";
    LOCK_OUT_OF_DATE = "lock-out-of-date", Error, "The lock lacks lines, and --locked forbids to add them.";
    LOCK_RESET = "lock-reset", Error, "The course or one of its units has another identity than before: learners would lose everything.";
    LOCK_SYNTAX = "lock-syntax", Error, "The lock holds something that cartable did not write.";
    MATH_NO_WORDING = "math-no-wording", Warning, "A choice, or a formula on a line of its own, has no words for those who cannot read formulas.";
    MATH_PROSE = "math-prose", Warning, "Text between two dollar signs is no formula.";
    MATH_SYNTAX = "math-syntax", Error, "A formula cannot be shown.";
    MEDIA_BIG = "media-big", Note, "A video or a sound is big.";
    MEDIA_FORMAT = "media-format", Warning, "A video or a sound has a format that some browsers do not play.";
    MEDIA_INLINE = "media-inline", Error, "A player stands inside a line of text.";
    MEDIA_NO_TRANSCRIPT = "media-no-transcript", Warning, "A video or a sound has no transcript (RGAA 4.1).";
    MEDIA_TITLE_MISSING = "media-title-missing", Error, "A player has no title (RGAA 4.7).";
    MISSING_FILE = "missing-file", Error, "A file that the course names does not exist.";
    MISSING_KEY = "missing-key", Error, "A key that must be there is missing.";
    NO_QUIZ_TO_PASS = "no-quiz-to-pass", Error, "The course is to be passed but has no required quiz.";
    NOT_UTF8 = "not-utf8", Error, "A text file is not encoded in UTF-8.";
    OBJECTIVE_UNKNOWN = "objective-unknown", Error, "A question names an objective that no lesson has.";
    ORNAMENT_SPOKEN = "ornament-spoken", Note, "An arrow, a tick or an ornament in a heading, a question or a choice is read aloud.";
    PACKAGE_PATH_CLASH = "package-path-clash", Error, "Two files would have the same name in the package.";
    PACKAGE_REFUSED = "package-refused", Error, "The package that would be built breaks a rule that every LMS keeps.";
    PAGE_EMPTY = "page-empty", Warning, "A page has a title and nothing else.";
    PROMPT_DASH = "prompt-dash", Warning, "A dash stands for a prompt where an empty cell was meant: the row of an answer too many.";
    QUESTION_ALT_GIVES_ANSWER = "question-alt-gives-answer", Warning, "The text alternative of a question's image names the right answer (RGAA 1.4).";
    QUESTION_BLANK = "question-blank", Error, "A blank `[[…]]` has no answer, or stands where none can be filled.";
    QUESTION_EMPTY = "question-empty", Error, "A question asks nothing.";
    QUESTION_FEEDBACK = "question-feedback", Error, "A feedback that is not indented as it should be cuts a list in two, or belongs to something else.";
    QUESTION_ID = "question-id", Error, "A question has no id, and none can be made from its text.";
    QUESTION_ID_IMPLICIT = "question-id-implicit", Warning, "A question has no id of its own: a change of its text would lose answers.";
    QUESTION_KIND_CHANGED = "question-kind-changed", Warning, "A question has become one of another kind: answers given so far are lost.";
    QUESTION_LONG = "question-long", Warning, "A question has more than 200 characters: some screen readers repeat it at each choice.";
    QUESTION_MARKER = "question-marker", Error, "What begins a choice or an item is misspelt or missing.";
    QUESTION_NO_ANSWER = "question-no-answer", Error, "A question has nothing, or not enough, to choose from, to put into order, to match or to fill in.";
    QUESTION_NO_RIGHT_ANSWER = "question-no-right-answer", Error, "No choice of a question is marked as right.";
    QUESTION_NUMBER = "question-number", Error, "What looks like a number in a blank is none.";
    QUESTION_PATTERN = "question-pattern", Error, "A regular expression for an answer is none, or is of no use.";
    QUESTION_SETTINGS = "question-settings", Error, "The settings under a question's heading do not fit it, or are read as text.";
    QUESTION_SHAPE = "question-shape", Error, "The parts of a question do not fit together.";
    QUESTION_TEXT_AFTER = "question-text-after", Error, "Something stands after the answer of a question.";
    QUIZ_EMPTY = "quiz-empty", Error, "A quiz has no question.";
    QUIZ_NO_CORRECTION = "quiz-no-correction", Warning, "An answer can neither be reviewed, nor changed, nor confirmed (RGAA 11.12).";
    QUOTATION_UNMARKED = "quotation-unmarked", Warning, "A quotation of more than eight words is marked by its quotation marks only (RGAA 9.4).";
    RENAMED = "renamed", Warning, "Something has gone and something has come: perhaps it was renamed.";
    REPEATED = "repeated", Warning, "The same thing stands twice in a list.";
    SENSORY_WORDING = "sensory-wording", Warning, "A text points at something by its colour, its shape or its place only (RGAA 3.1, 10.9).";
    SINGLE_FILE_BIG = "single-file-big", Warning, "The single file of a course is too big to be sent.";
    STATE_TOO_LONG = "state-too-long", Error, "What a learner does can take more room than the LMS gives.";
    SVG_CONTENT = "svg-content", Warning, "An SVG image relies on something that browsers do not run or fetch for an image.";
    SYMLINK_OUTSIDE = "symlink-outside", Error, "A symbolic link leads out of the course's folder.";
    TABLE_CAPTION_MISREAD = "table-caption-misread", Warning, "The caption of a table is read as something else.";
    TABLE_COMPLEX = "table-complex", Warning, "A table has cells that belong to no header, or to several (RGAA 5.1, 5.6).";
    TABLE_DATA = "table-data", Error, "A CSV file cannot be shown as a table.";
    TABLE_FILTER = "table-filter", Error, "What follows the address of a table is no filter that it could have.";
    TABLE_NO_CAPTION = "table-no-caption", Warning, "A table has no caption (RGAA 5.4).";
    TABLE_PLACE = "table-place", Error, "A table of data stands within a line.";
    TABLE_ROW_LONG = "table-row-long", Warning, "A row of a table has more cells than there are columns, and the last are not shown.";
    TABLE_ROW_SHORT = "table-row-short", Warning, "A row of a table lacks cells at its end.";
    TEMPLATE = "template", Error, "A template of the course does not work.";
    TEMPLATE_MARKUP = "template-markup", Error, "A template writes HTML that would break the page.";
    THEME_COLOUR_PAIR = "theme-colour-pair", Warning, "A colour is set without the one that goes with it (RGAA 10.5).";
    THEME_CONTRAST = "theme-contrast", Warning, "The accent colour is hard to read on the background.";
    THEME_FOCUS = "theme-focus", Warning, "The style sheet hides where the keyboard is (RGAA 10.7).";
    THEME_RESOURCE = "theme-resource", Error, "The style sheet loads something in a way that has no place in a package.";
    THEME_SYNTAX = "theme-syntax", Warning, "A line of the style sheet is not CSS.";
    TOML_SYNTAX = "toml-syntax", Error, "A line is not TOML.";
    TOO_DEEP = "too-deep", Error, "Blocks are nested too deep.";
    TRANSCRIPT_CONTENT = "transcript-content", Error, "A transcript holds what has no place in one.";
    TRIES_WITHOUT_FEEDBACK = "tries-without-feedback", Warning, "Several tries without feedback after each.";
    UNKNOWN_ATTRIBUTE = "unknown-attribute", Error, "An attribute in braces means nothing where it stands.";
    UNKNOWN_KEY = "unknown-key", Error, "A key that cartable does not know.";
    UNKNOWN_TEMPLATE = "unknown-template", Error, "A file of the folder `templates` replaces nothing.";
    UNLISTED_PAGE = "unlisted-page", Warning, "A page or a lesson is in no list.";
    UNUSED_FILE = "unused-file", Warning, "No page uses a file.";
    UNUSED_FOOTNOTE = "unused-footnote", Warning, "A footnote is called nowhere.";
    VIDEO_DESCRIPTION_UNDECIDED = "video-description-undecided", Warning, "Nothing says whether a video needs an audio description (RGAA 4.5).";
    VIDEO_NO_CAPTIONS = "video-no-captions", Warning, "A video has no captions (RGAA 4.3).";
    WEB_IDLE = "web-idle", Warning, "A key of `[web]` has no effect.";
    WRONG_VALUE = "wrong-value", Error, "A value does not fit its key.";
}

/// The code called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        let names: Vec<&str> = ALL.iter().map(|code| code.name).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(names, sorted);
    }
}
