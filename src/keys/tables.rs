//! The tables themselves: every key of `course.toml` and of front matter, once.

use super::{Key, Kind, Need, Table};
use crate::target::Target;

const fn key(name: &'static str, kind: Kind, need: Need, doc: &'static str) -> Key {
    Key { name, kind, need, doc }
}

use Need::{Default, Optional, Required};

/// The longest title that every LMS takes (SCORM 1.2 Content Packaging XSD: 200 characters).
const TITLE: Kind = Kind::Text(200);
const SENTENCE: Kind = Kind::Text(1000);

/// `course.toml`.
pub static COURSE: Table = Table {
    name: "course.toml",
    keys: &[
        key(
            "id",
            Kind::Text(1000),
            Required,
            "An address (IRI) that you own. Every identifier of the course derives from it, for ever: never change it once learners have started.",
        ),
        key(
            "name",
            Kind::Text(64),
            Optional,
            "Names the zip: name-version-target.zip. Lower-case letters, digits and hyphens. Left out, it is the last part of the id.",
        ),
        key("title", TITLE, Required, "The title that learners and the LMS show."),
        key(
            "version",
            Kind::Text(20),
            Required,
            "Your version of the course, such as 1.2.0. It is shown to learners and names the files.",
        ),
        key("language", Kind::Text(35), Required, "The language of the course as a BCP 47 tag: fr, en, pt-BR."),
        key("description", SENTENCE, Optional, "One or two sentences about the course, for catalogues."),
        key("authors", Kind::Texts(200), Optional, "The people or bodies who wrote the course."),
        key("publisher", Kind::Text(200), Optional, "Who publishes the course."),
        key(
            "license",
            Kind::Text(64),
            Optional,
            "The licence as an SPDX identifier, such as CC-BY-SA-4.0 or etalab-2.0. Left out, all rights are reserved.",
        ),
        key("credits", SENTENCE, Optional, "Whose work the course builds on, in one sentence."),
        key("sources", Kind::Texts(500), Optional, "The works and sites that the course quotes, one line each."),
        key("updated", Kind::Date, Optional, "The day of the last change, such as 2026-11-23."),
        key("keywords", Kind::Texts(100), Optional, "Words under which a catalogue should find the course."),
        key(
            "logo",
            Kind::Text(300),
            Optional,
            "An image shown on the cover and as the icon of the window: a path from the folder of course.toml.",
        ),
        key("lessons", Kind::Texts(100), Required, "The folders of the lessons, in order."),
        key(
            "typography",
            Kind::Bool,
            Default("true"),
            "Whether the language's spacing rules are applied to your text (French: no-break spaces before ; : ! ? and inside guillemets).",
        ),
        key(
            "completion",
            Kind::Table(&COMPLETION),
            Default("{}"),
            "When the LMS records the course as done, and with which score.",
        ),
        key("theme", Kind::Table(&THEME), Default("{}"), "How the pages look."),
        key("accessibility", Kind::Table(&ACCESSIBILITY), Optional, "What the accessibility statement says."),
        key("package", Kind::Table(&PACKAGE), Default("{}"), "Which packages are built, and how."),
        key("web", Kind::Table(&WEB), Default("{}"), "What the target web says to search engines and social networks."),
        key(
            "lint",
            Kind::ByCode(&RULING),
            Optional,
            "What you decide about findings, by their codes: how bad they are in this course, and why.",
        ),
    ],
};

static RULING: Table = Table {
    name: "[lint]",
    keys: &[
        key(
            "level",
            Kind::Word(&["off", "note", "warning", "error"]),
            Required,
            "How bad the finding is in this course; off leaves it out.",
        ),
        key("reason", Kind::Text(300), Required, "Why, in a sentence, for whoever works on the course after you."),
    ],
};

static COMPLETION: Table = Table {
    name: "[completion]",
    keys: &[
        key(
            "when",
            Kind::Word(&["viewed", "passed", "viewed-and-passed"]),
            Optional,
            "What completes the course: every required page viewed, the quiz passed, or both. Left out: viewed-and-passed with a quiz, viewed without.",
        ),
        key(
            "pass-mark",
            Kind::Integer(0, 100),
            Default("70"),
            "The percentage of the course's score that passes. An LMS with its own mark overrides it.",
        ),
        key(
            "on-failure",
            Kind::Word(&["incomplete", "failed"]),
            Default("\"incomplete\""),
            "What the LMS records once no attempt is left and the mark is not reached. With incomplete, an administrator who deletes the attempt in the LMS lets the learner begin anew; with failed, many LMSs close the course.",
        ),
        key(
            "success-status",
            Kind::Word(&["passed", "completed"]),
            Default("\"passed\""),
            "The word for success in SCORM 1.2, which has one status only. Some LMSs know only completed.",
        ),
        key(
            "attempt-score",
            Kind::Word(&["best", "last", "first"]),
            Default("\"best\""),
            "Which attempt of a quiz counts for the course's score.",
        ),
        key(
            "score-when-no-quiz",
            Kind::Integer(0, 100),
            Optional,
            "The score sent when a course without a quiz is completed. Left out, none is sent; Moodle then shows the grade 0.",
        ),
    ],
};

static THEME: Table = Table {
    name: "[theme]",
    keys: &[
        key("accent", Kind::Text(7), Default("\"#1f5fa8\""), "The colour of links and buttons, as #rrggbb."),
        key(
            "accent-dark",
            Kind::Text(7),
            Optional,
            "The same on dark backgrounds, as #rrggbb. Left out, it is made from accent, lightened.",
        ),
    ],
};

static ACCESSIBILITY: Table = Table {
    name: "[accessibility]",
    keys: &[
        key(
            "contact",
            Kind::Text(300),
            Optional,
            "An e-mail address or a web address where learners can report a barrier.",
        ),
        key(
            "owner",
            Kind::Text(200),
            Optional,
            "Who is committed to the course's accessibility. Left out, the statement names nobody.",
        ),
        key(
            "plan",
            Kind::Text(300),
            Optional,
            "The web address of the owner's plan for accessibility (France: schéma pluriannuel).",
        ),
        key(
            "audited",
            Kind::Date,
            Optional,
            "The day of the audit. Without an audit the statement says that the course does not conform.",
        ),
        key("auditor", Kind::Text(200), Optional, "Who made the audit."),
        key(
            "rate",
            Kind::Integer(0, 100),
            Optional,
            "The percentage of applicable criteria that the audit found to be met: 100 is full, 50 and more partial conformance.",
        ),
        key("failures", Kind::Texts(300), Optional, "What does not conform, one line each."),
        key(
            "derogations",
            Kind::Texts(500),
            Optional,
            "What would be a disproportionate burden to mend, each with its reason.",
        ),
        key("exemptions", Kind::Texts(300), Optional, "What the law leaves out, one line each."),
        key(
            "environments",
            Kind::Texts(200),
            Optional,
            "The browsers and screen readers that the course was tried with.",
        ),
        key("tools", Kind::Texts(200), Optional, "The tools that it was tried with."),
        key(
            "documents",
            Kind::Texts(300),
            Optional,
            "The documents for download that you know to be accessible: paths from the folder of course.toml.",
        ),
    ],
};

static PACKAGE: Table = Table {
    name: "[package]",
    keys: &[
        key("targets", Kind::Words(&Target::NAMES), Default("[\"scorm12\"]"), "Which packages `cartable build` makes."),
        key(
            "units",
            Kind::Word(&["course", "lessons"]),
            Default("\"course\""),
            "What the LMS launches and keeps a record of: the whole course, or each lesson by itself.",
        ),
        key(
            "control-documents",
            Kind::Text(300),
            Default("\"own\""),
            "The schema files in the package: own (cartable's renditions), none, or a folder of yours with the official files.",
        ),
        key(
            "records",
            Kind::Word(&["per-question", "journal"]),
            Default("\"per-question\""),
            "SCORM 1.2: whether a second answer to a question replaces the first in the LMS's report, or stands after it.",
        ),
        key(
            "manifest-pass-mark",
            Kind::Bool,
            Default("false"),
            "SCORM 2004: whether the package tells the LMS the pass mark, so that it judges scores itself. It then calls every score below the mark a failure, also one that another attempt could raise. Without a required quiz, and with when = \"viewed\", nothing is told.",
        ),
    ],
};

static WEB: Table = Table {
    name: "[web]",
    keys: &[
        key("index", Kind::Bool, Default("false"), "Whether search engines may list the course."),
        key(
            "url",
            Kind::Text(500),
            Optional,
            "The address where the course will stand, such as https://www.example.org/courses/data/. Whoever shares a link is shown it, and search engines keep it.",
        ),
        key(
            "image",
            Kind::Text(300),
            Optional,
            "A picture that social networks show beside a link to the course, PNG or JPEG: a path from the folder of course.toml. It needs url and image-alt.",
        ),
        key("image-alt", Kind::Text(400), Optional, "What that picture shows, for those who do not see it."),
        key(
            "single-file",
            Kind::Bool,
            Default("false"),
            "Whether one HTML file that holds the whole course is written beside the zip, to be sent by e-mail or opened from a disk.",
        ),
    ],
};

/// The front matter of a lesson's `index.md`.
pub static LESSON: Table = Table {
    name: "the front matter of a lesson",
    keys: &[
        key("title", TITLE, Required, "The title of the lesson."),
        key("label", Kind::Text(60), Optional, "What stands above the title, such as Lesson 1."),
        key("description", SENTENCE, Optional, "What the lesson is about, in one or two sentences."),
        key("objectives", Kind::Texts(500), Optional, "What the learner can do afterwards, one line each."),
        key(
            "activity",
            Kind::Word(&[
                "reading",
                "video",
                "audio",
                "quiz",
                "exercise",
                "case-study",
                "simulation",
                "talk",
                "exam",
                "document",
            ]),
            Optional,
            "The kind of activity, shown as a word of the course's language.",
        ),
        key("duration", Kind::Text(20), Optional, "How long it takes: 10 min, 5-10 min, 1 h 30."),
        key("instructions", SENTENCE, Optional, "What to do, in one or two sentences."),
        key(
            "pages",
            Kind::Texts(200),
            Required,
            "The files of the pages, in order. A page that is not named here is not in the course.",
        ),
        key("competencies", Kind::Tables(&COMPETENCY), Optional, "The competencies aimed at, each with its parts."),
    ],
};

static COMPETENCY: Table = Table {
    name: "[[competencies]]",
    keys: &[
        key("name", Kind::Text(300), Required, "The competency."),
        key("parts", Kind::Texts(300), Optional, "What it is made of, one line each."),
    ],
};

/// The front matter of a page to read.
pub static PAGE: Table = Table {
    name: "the front matter of a page",
    keys: &[
        key("title", TITLE, Required, "The title of the page."),
        key(
            "id",
            Kind::Text(100),
            Optional,
            "The page's identity, if it should survive a change of the file's name. Left out: lesson/file.",
        ),
        key("kind", Kind::Word(&["page", "quiz"]), Default("\"page\""), "Whether the page is read or is a quiz."),
        key("required", Kind::Bool, Default("true"), "Whether the page counts for completion."),
        key(
            "record",
            Kind::Bool,
            Default("false"),
            "Whether the LMS is told of the answers to the page's self-checks. They never count for the score.",
        ),
    ],
};

/// The front matter of a quiz.
pub static QUIZ: Table = Table {
    name: "the front matter of a quiz",
    keys: &[
        key("title", TITLE, Required, "The title of the quiz."),
        key(
            "id",
            Kind::Text(100),
            Optional,
            "The page's identity, if it should survive a change of the file's name. Left out: lesson/file.",
        ),
        key("kind", Kind::Word(&["page", "quiz"]), Required, "\"quiz\"."),
        key(
            "required",
            Kind::Bool,
            Default("true"),
            "Whether the quiz counts for completion and for the course's score.",
        ),
        key(
            "pass-mark",
            Kind::Integer(0, 100),
            Optional,
            "The percentage from which this quiz's own result page speaks of success. Left out: the course's mark.",
        ),
        key("attempts", Kind::Count(1000), Default("2"), "How often the whole quiz may be taken."),
        key(
            "tries",
            Kind::Count(15),
            Default("1"),
            "How often each question may be answered within an attempt, with feedback = \"after-each\".",
        ),
        key(
            "shuffle",
            Kind::Words(&["questions", "choices"]),
            Optional,
            "What is shown in another order at each attempt.",
        ),
        key(
            "feedback",
            Kind::Word(&["after-each", "at-end", "never"]),
            Default("\"at-end\""),
            "When learners see whether an answer was right.",
        ),
        key(
            "answers",
            Kind::Word(&["never", "at-end", "last-attempt"]),
            Default("\"last-attempt\""),
            "When learners see the right answers and the explanations.",
        ),
        key(
            "confirm",
            Kind::Bool,
            Default("true"),
            "Whether the last try of a question must be confirmed, with feedback = \"after-each\".",
        ),
        key(
            "weight",
            Kind::Integer(0, 1000),
            Optional,
            "What the quiz counts in the course's score beside the other quizzes. Left out: the points of the questions that an attempt asks.",
        ),
        key(
            "time",
            Kind::Text(20),
            Optional,
            "How long the quiz takes, told to learners before they begin: 10 min, 5-10 min. There is no time limit.",
        ),
        key(
            "bank",
            Kind::Tables(&BANK),
            Optional,
            "Folders of questions from which each attempt draws some; those that a learner has not met yet come first.",
        ),
    ],
};

static BANK: Table = Table {
    name: "[[bank]]",
    keys: &[
        key(
            "from",
            Kind::Text(200),
            Required,
            "The folder, from the folder of course.toml or from that of the lesson. Every Markdown file in it holds questions, as a quiz page does; none of them is named in a list of pages.",
        ),
        key("draw", Kind::Integer(1, 1000), Optional, "How many questions are drawn. Left out: all of them."),
    ],
};

/// The front matter of a file of questions in a bank, which needs none.
pub static BANK_FILE: Table = Table {
    name: "the front matter of a file in a bank",
    keys: &[key("title", TITLE, Optional, "What the file is about, for its author only.")],
};

/// The `toml` code fence under the heading of a question.
pub static QUESTION: Table = Table {
    name: "the settings of a question",
    keys: &[
        key(
            "hint",
            Kind::Text(1000),
            Optional,
            "What helps to find the answer, shown to learners who ask for it. Markdown.",
        ),
        key("right", Kind::Text(1000), Optional, "What is said to who answers right. Markdown."),
        key("partly", Kind::Text(1000), Optional, "What is said to who answers right in part. Markdown."),
        key("wrong", Kind::Text(1000), Optional, "What is said to who answers wrong. Markdown."),
        key(
            "objective",
            Kind::Text(500),
            Optional,
            "What the question tests: an objective, a competency or a part of one, word for word as in a lesson's index.md. The result of the quiz says how well each was met.",
        ),
        key(
            "read",
            Kind::Text(500),
            Optional,
            "What to read again after an answer that was not right: one or more Markdown links to pages of the course.",
        ),
        key(
            "patterns",
            Kind::Texts(300),
            Optional,
            "Regular expressions (JavaScript) for answers that are right beside those in the brackets: one for each blank, each for the whole answer.",
        ),
    ],
};
