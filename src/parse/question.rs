//! The question language: which blocks make a question, and what the shape of its answer says.
//!
//! A question runs from its heading to the next heading of the same or a higher level. Its answer is its last
//! block that is not a block quote; one block quote may follow, the explanation. What looks like a slip of the
//! keyboard is reported with the corrected line, never turned into something else in silence.

use crate::catalogue;
use crate::code;
use crate::code::Code;
use crate::course::{
    Answer, Attributes, Block, BlockKind, Choice, ChoiceKind, Heading, Inline, Item, List, Question, plain_text,
};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::keys::Count;
use crate::language::Language;
use crate::text;

/// Which headings of a page are questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Every heading of level 2: a quiz page.
    EveryHeading,
    /// Those with the class `.question`: any other page.
    MarkedHeadings,
}

/// Groups the blocks of a page into questions and the rest.
pub(crate) fn gather(
    blocks: Vec<Block>,
    asks: Asks,
    file_text: &str,
    language: &Language,
) -> (Vec<Block>, Vec<Diagnostic>) {
    let mut gatherer = Gatherer { file_text, language, diagnostics: Vec::new() };
    let mut gathered = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        let Block { kind: BlockKind::Heading(heading), span } = block else {
            gatherer.blank_outside_question(&block);
            gathered.push(block);
            continue;
        };
        if !asks.question(&heading) {
            gatherer.plain_heading(&heading, span);
            gathered.push(Block { kind: BlockKind::Heading(heading), span });
            continue;
        }
        let level = heading.level;
        let mut body = Vec::new();
        while let Some(block) = blocks.next_if(|b| !matches!(&b.kind, BlockKind::Heading(next) if next.level <= level))
        {
            body.push(block);
        }
        let end = body.last().map_or(span, |last| last.span);
        if let Some(question) = gatherer.question(heading, span, body) {
            let kind = BlockKind::Question(Box::new(question));
            gathered.push(Block { kind, span: Span { end: end.end, ..span } });
        }
    }
    (gathered, gatherer.diagnostics)
}

impl Asks {
    fn question(self, heading: &Heading) -> bool {
        match self {
            Self::EveryHeading => heading.level == 2,
            Self::MarkedHeadings => heading.attributes.classes.iter().any(|class| class == "question"),
        }
    }
}

struct Gatherer<'a> {
    file_text: &'a str,
    language: &'a Language,
    diagnostics: Vec<Diagnostic>,
}

/// The settings on a question's heading.
struct Settings {
    points: u32,
    tries: Option<Count>,
    multiple: bool,
    true_false: bool,
}

impl Gatherer<'_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, code: &'static Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.say(Diagnostic::new(code, span, message).hint(hint));
    }

    fn source(&self, span: Span) -> &str {
        &self.file_text[span.range()]
    }

    fn question(&mut self, heading: Heading, span: Span, mut body: Vec<Block>) -> Option<Question> {
        let title = plain_text(&heading.content);
        if title.trim().is_empty() {
            self.error(&code::QUESTION_EMPTY, span, "this question asks nothing", "write the question after the ##");
            return None;
        }
        let settings = self.settings(&heading.attributes, span)?;
        let explanation = self.explanation(&mut body)?;
        let answer = self.take_answer(&mut body, span)?;
        if self.stray_answers(&body) {
            return None;
        }
        let choices = self.choices(answer, span)?;
        let kind = self.choice_kind(&choices, &settings, span)?;
        let id = heading.attributes.id.clone().unwrap_or_else(|| text::slug(&title, 60));
        Some(Question {
            id_is_explicit: heading.attributes.id.is_some(),
            id,
            level: heading.level,
            title: heading.content,
            span,
            prompt: body,
            answer: Answer::Choices(kind, choices),
            points: settings.points,
            tries: settings.tries,
            explanation,
        })
    }

    fn settings(&mut self, attributes: &Attributes, span: Span) -> Option<Settings> {
        let mut settings = Settings { points: 100, tries: None, multiple: false, true_false: false };
        let mut good = true;
        for class in &attributes.classes {
            match class.as_str() {
                "question" => {}
                "multiple" => settings.multiple = true,
                "true-false" => settings.true_false = true,
                "scale" | "text" | "numeric" => {
                    good = false;
                    self.kind_not_yet(&format!("`.{class}` questions"), span);
                }
                other => self.unknown_attribute(&format!(".{other}"), &[".multiple", ".true-false"], span),
            }
        }
        for (name, value) in &attributes.pairs {
            match name.as_str() {
                "points" => match points(value) {
                    Some(points) => settings.points = points,
                    None => self.wrong_setting("points", value, "a number from 0.01 to 1000, such as 2 or 1.5", span),
                },
                "tries" => match tries(value) {
                    Some(tries) => settings.tries = Some(tries),
                    None => self.wrong_setting("tries", value, "a whole number from 1 to 15, or unlimited", span),
                },
                other => self.unknown_attribute(other, &["points", "tries"], span),
            }
        }
        good.then_some(settings)
    }

    fn plain_heading(&mut self, heading: &Heading, span: Span) {
        for class in &heading.attributes.classes {
            self.unknown_attribute(&format!(".{class}"), &[".question"], span);
        }
        for (name, _) in &heading.attributes.pairs {
            self.unknown_attribute(name, &[], span);
        }
    }

    fn unknown_attribute(&mut self, name: &str, known: &[&str], span: Span) {
        let mut diagnostic =
            Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, span, format!("`{name}` means nothing on this heading"));
        if let Some(similar) = nearest(name, known.iter().copied()) {
            diagnostic = diagnostic.hint(format!("did you mean `{similar}`?"));
        } else if known.is_empty() {
            diagnostic = diagnostic.hint("only #an-id may stand in the braces here");
        } else {
            diagnostic = diagnostic.hint(format!("possible here: #an-id, {}", known.join(", ")));
        }
        self.say(diagnostic);
    }

    fn wrong_setting(&mut self, name: &str, value: &str, expected: &str, span: Span) {
        let message = format!("`{name}={value}` is not possible");
        self.error(&code::WRONG_VALUE, span, message, format!("`{name}` takes {expected}"));
    }

    fn kind_not_yet(&mut self, what: &str, span: Span) {
        let message = format!("{what} are not supported yet by this version of cartable");
        self.error(&code::NOT_YET, span, message, "use a single-choice, multiple-choice or true-false question");
    }

    /// Takes the block quote that ends the question off its body.
    fn explanation(&mut self, body: &mut Vec<Block>) -> Option<Vec<Block>> {
        let is_quote = |block: &Block| matches!(block.kind, BlockKind::Quotation(_) | BlockKind::Callout(..));
        let quotes = body.iter().rev().take_while(|block| is_quote(block)).count();
        if quotes > 1 {
            let span = body[body.len() - 1].span;
            let hint = "join them: put a line with only > between two paragraphs of one explanation";
            self.error(
                &code::QUESTION_SHAPE,
                span,
                "a question has one explanation, and two block quotes end this one",
                hint,
            );
            return None;
        }
        if quotes == 0 {
            return Some(Vec::new());
        }
        match body.pop().map(|block| (block.kind, block.span)) {
            Some((BlockKind::Quotation(quotation), span)) if quotation.attribution.is_some() => {
                // An explanation may itself be a quotation with its author.
                Some(vec![Block { kind: BlockKind::Quotation(quotation), span }])
            }
            Some((BlockKind::Quotation(quotation), _)) => Some(quotation.blocks),
            Some((kind, span)) => Some(vec![Block { kind, span }]),
            None => Some(Vec::new()),
        }
    }

    /// Takes the answer off the end of the body: a list of choices, or else the reason why there is none.
    fn take_answer(&mut self, body: &mut Vec<Block>, question: Span) -> Option<List> {
        let Some(last) = body.pop() else {
            let hint = "list the choices under the question:\n- [x] the right one\n- [ ] another one";
            self.error(&code::QUESTION_NO_ANSWER, question, "this question has no answer to choose or to give", hint);
            return None;
        };
        let span = last.span;
        match last.kind {
            BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()) => {
                self.markers(&list)?;
                if list.start.is_some() {
                    let fixed = self.source(span).lines().map(bullet_for_number).collect::<Vec<_>>().join("\n");
                    let message = "choices are a list with hyphens, not with numbers";
                    self.say(Diagnostic::new(&code::QUESTION_MARKER, span, message).fix("write hyphens", span, fixed));
                    return None;
                }
                Some(list)
            }
            kind => {
                self.no_choices(&kind, span, body, question);
                None
            }
        }
    }

    /// What stands where the answer should be is no list of choices: says which slip or kind it is.
    fn no_choices(&mut self, kind: &BlockKind, span: Span, before: &[Block], question: Span) {
        let source = self.source(span).to_owned();
        match kind {
            BlockKind::List(list) if self.slipped_markers(list) => {}
            BlockKind::List(List { start: Some(_), .. }) => self.kind_not_yet("ordering questions", question),
            BlockKind::Table(_) => {
                self.kind_not_yet("matching questions", question);
            }
            BlockKind::Paragraph(_) if self.slipped_lines(&source, span) => {}
            BlockKind::Paragraph(_) if before.iter().any(is_choices) => {
                let quoted = source.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
                let message = "this text comes after the choices";
                let diagnostic = Diagnostic::new(&code::QUESTION_TEXT_AFTER, span, message)
                    .fix("if it explains the answer, make it a block quote", span, quoted)
                    .hint("if it belongs to the question, move it above the choices");
                self.say(diagnostic);
            }
            BlockKind::Paragraph(_) if matches!(source.trim(), "[[…]]" | "[[...]]") => {
                self.kind_not_yet("free-text questions", question);
            }
            BlockKind::Paragraph(_) if source.contains("[[") => self.kind_not_yet("fill-in questions", question),
            _ => {
                let hint = "end it with a list of choices:\n- [x] the right one\n- [ ] another one";
                let message = "this question does not end with an answer to choose or to give";
                self.error(&code::QUESTION_NO_ANSWER, question, message, hint);
            }
        }
    }

    /// Whether something in the body looks like a part of the answer that a slip has cut off.
    fn stray_answers(&mut self, body: &[Block]) -> bool {
        for block in body {
            let source = self.source(block.span).to_owned();
            if matches!(block.kind, BlockKind::Paragraph(_)) && self.slipped_lines(&source, block.span) {
                return true;
            }
        }
        let Some(first) = body.iter().position(is_choices) else {
            return false;
        };
        match &body[first + 1..] {
            [Block { kind: BlockKind::Quotation(_) | BlockKind::Callout(..), span }, ..] => {
                let fixed = self.source(*span).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
                let message = "this block quote cuts the list of choices in two";
                let diagnostic = Diagnostic::new(&code::QUESTION_FEEDBACK, *span, message).fix(
                    "if it is the feedback of the choice above, indent it by two spaces",
                    *span,
                    fixed,
                );
                self.say(diagnostic);
            }
            _ => {
                let span = body[first].span;
                let hint = "make it one list, or two questions";
                self.error(&code::QUESTION_SHAPE, span, "this question has two lists of choices", hint);
            }
        }
        true
    }

    /// Whether every item has a marker; those without are reported.
    fn markers(&mut self, list: &List) -> Option<()> {
        if self.slipped_markers(list) {
            return None;
        }
        let bare: Vec<Span> = list.items.iter().filter(|item| item.marker.is_none()).map(|item| item.span).collect();
        let comes_first = list.items.first().is_some_and(|item| item.marker.is_none());
        for span in &bare {
            let first = self.source(*span).lines().next().unwrap_or_default();
            let fixed = correct_marker(&first.replacen(['-', '*', '+'], "- [ ]", 1)).unwrap_or_default();
            let message = "this choice is marked neither right nor wrong";
            let mut diagnostic =
                Diagnostic::new(&code::QUESTION_MARKER, *span, message).hint(format!("write: {fixed}"));
            if comes_first {
                let hint = "if this is a list of the question itself, put a sentence between it and the choices";
                diagnostic = diagnostic.hint(hint);
            }
            self.say(diagnostic);
        }
        bare.is_empty().then_some(())
    }

    /// Reports the items of a list whose marker is misspelt: `- [x]un`, `- [] un`. Whether there was any.
    fn slipped_markers(&mut self, list: &List) -> bool {
        let mut found = false;
        for item in &list.items {
            let source = self.source(item.span).to_owned();
            let first = source.lines().next().unwrap_or_default();
            if item.marker.is_none()
                && let Some(fixed) = correct_marker(first)
            {
                found = true;
                let span = Span { end: item.span.start + u32::try_from(first.len()).unwrap_or(0), ..item.span };
                let message = "the marker of this choice is misspelt";
                let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
                self.say(diagnostic.fix("write [x] or [ ] with a space on both sides", span, fixed));
            }
            // A line such as `-[x] deux` continues the item above it instead of beginning its own.
            found |= self.slipped_lines(source.split_once('\n').map_or("", |(_, rest)| rest), item.span);
        }
        found
    }

    /// Reports lines that begin with a marker but no list: `-[x] un`, `[x] un`. Whether there was any.
    fn slipped_lines(&mut self, source: &str, span: Span) -> bool {
        let slipped = |line: &&str| {
            let text = line.trim_start();
            let text = text.strip_prefix(['-', '*', '+']).unwrap_or(text);
            text.starts_with('[') && correct_marker(line).is_some()
        };
        let Some(first) = source.lines().find(slipped) else {
            return false;
        };
        let at = self.source(span).find(first).map_or(span.start, |i| span.start + u32::try_from(i).unwrap_or(0));
        let span = Span { start: at, end: at + u32::try_from(first.len()).unwrap_or(0), ..span };
        let fixed = correct_marker(first).unwrap_or_default();
        let message = "this line looks like a choice but is plain text";
        let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
        self.say(diagnostic.fix("put a space after the hyphen and after the bracket", span, fixed));
        true
    }

    fn choices(&mut self, list: List, question: Span) -> Option<Vec<Choice>> {
        let before = self.diagnostics.len();
        let choices: Vec<Choice> = list.items.into_iter().filter_map(|item| self.choice(item)).collect();
        for (index, choice) in choices.iter().enumerate() {
            if choices[..index].iter().any(|other| other.id == choice.id) {
                let hint = "change one of them, or remove it";
                self.error(&code::CHOICE_DUPLICATE, choice.span, "the same choice stands twice in this question", hint);
            }
        }
        if choices.len() == 1 {
            let hint = "add at least one more choice";
            self.error(&code::QUESTION_NO_ANSWER, question, "this question has only one choice", hint);
        } else if !choices.is_empty() && !choices.iter().any(|choice| choice.right) {
            let hint = "mark the right choice: - [x] …";
            self.error(
                &code::QUESTION_NO_RIGHT_ANSWER,
                question,
                "no choice of this question is marked as right",
                hint,
            );
        }
        let errors = self.diagnostics[before..].iter().any(|d| d.severity() == crate::Severity::Error);
        (!errors).then_some(choices)
    }

    fn choice(&mut self, item: Item) -> Option<Choice> {
        let Item { marker, blocks, span } = item;
        let mut blocks = blocks.into_iter();
        let mut content = match blocks.next().map(|block| block.kind) {
            Some(BlockKind::Line(content) | BlockKind::Paragraph(content)) => content,
            Some(BlockKind::Figure(image)) => vec![Inline::Image(image)],
            _ => Vec::new(),
        };
        let attributes = self.item_attributes(&mut content, span);
        let text = text::identity(&plain_text(&content));
        if text.is_empty() {
            self.error(&code::CHOICE_EMPTY, span, "this choice says nothing", "write its text after the bracket");
            return None;
        }
        let mut feedback = Vec::new();
        for block in blocks {
            match block.kind {
                BlockKind::Quotation(quotation) if quotation.attribution.is_none() => feedback.extend(quotation.blocks),
                BlockKind::Quotation(_) | BlockKind::Callout(..) => feedback.push(block),
                _ => {
                    let hint = "keep the choice to one paragraph; what is said to who takes it stands in a block quote";
                    self.error(&code::CHOICE_SHAPE, block.span, "a choice is one paragraph", hint);
                }
            }
        }
        let id = attributes.id.map_or_else(|| text.clone(), |id| format!("#{id}"));
        Some(Choice { id, text, span, content, right: marker == Some(true), fixed: attributes.fixed, feedback })
    }

    /// Takes `{#id fixed}` off the end of a choice.
    fn item_attributes(&mut self, content: &mut [Inline], span: Span) -> ItemAttributes {
        let mut attributes = ItemAttributes::default();
        let Some(Inline::Text(text)) = content.last_mut() else {
            return attributes;
        };
        let trimmed = text.trim_end();
        let Some((kept, inside)) = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) else {
            return attributes;
        };
        let tokens: Vec<&str> = inside.split_whitespace().collect();
        let is_attribute = |token: &&str| token.starts_with('#') || token.starts_with(|c: char| c.is_ascii_lowercase());
        if tokens.is_empty() || !tokens.iter().all(is_attribute) {
            return attributes;
        }
        for token in tokens {
            match token.strip_prefix('#') {
                Some(id) if !id.is_empty() => attributes.id = Some(id.to_owned()),
                _ if token == "fixed" => attributes.fixed = true,
                _ if token.starts_with("weight=") => {
                    let hint = "remove it for now; the choices marked [x] are right, the others wrong";
                    let message = "weights of choices are not supported yet by this version of cartable";
                    self.error(&code::NOT_YET, span, message, hint);
                }
                _ => {
                    let message = format!("`{token}` means nothing on a choice");
                    self.error(&code::UNKNOWN_ATTRIBUTE, span, message, "possible here: #an-id, fixed");
                }
            }
        }
        *text = kept.trim_end().to_owned();
        attributes
    }

    fn choice_kind(&mut self, choices: &[Choice], settings: &Settings, question: Span) -> Option<ChoiceKind> {
        let right = choices.iter().filter(|choice| choice.right).count();
        let words = catalogue::for_language(self.language);
        let is = |choice: &Choice, word: &str| text::identity(&plain_text(&choice.content)).eq_ignore_ascii_case(word);
        let (yes, no) = (words.get("true"), words.get("false"));
        let true_first = match choices {
            [a, b] if is(a, yes) && is(b, no) => Some(true),
            [a, b] if is(a, no) && is(b, yes) => Some(false),
            [_, _] if settings.true_false => Some(true),
            _ => None,
        };
        if settings.true_false && true_first.is_none() {
            let hint = "list two choices, the one that stands for true first";
            self.error(&code::QUESTION_SHAPE, question, "a true-false question has exactly two choices", hint);
            return None;
        }
        match true_first {
            Some(true_first) if !settings.multiple => {
                if right == 2 {
                    let hint = "mark one of the two with [x] and the other with [ ]";
                    self.error(&code::QUESTION_SHAPE, question, "both true and false are marked as right", hint);
                    return None;
                }
                Some(ChoiceKind::TrueFalse { true_first })
            }
            _ if right == 1 && !settings.multiple => Some(ChoiceKind::Single),
            _ => Some(ChoiceKind::Multiple),
        }
    }

    fn blank_outside_question(&mut self, block: &Block) {
        let text = match &block.kind {
            BlockKind::Paragraph(content) => plain_text(content),
            _ => return,
        };
        if let Some((_, rest)) = text.split_once("[[")
            && rest.contains("]]")
        {
            let hint = "blanks belong to a question: put them under a heading with {.question}, or on a quiz page";
            self.error(&code::BLANK_OUTSIDE_QUESTION, block.span, "this blank belongs to no question", hint);
        }
    }
}

#[derive(Default)]
struct ItemAttributes {
    id: Option<String>,
    fixed: bool,
}

fn is_choices(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()))
}

/// Points in hundredths, from `2`, `1.5` or `1,5`.
fn points(value: &str) -> Option<u32> {
    let (whole, decimals) = value.split_once(['.', ',']).unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let hundredths = whole.parse::<u32>().ok()? * 100 + format!("{decimals:0<2}").parse::<u32>().ok()?;
    (1..=100_000).contains(&hundredths).then_some(hundredths)
}

fn tries(value: &str) -> Option<Count> {
    match value {
        "unlimited" => Some(Count::Unlimited),
        _ => value.parse().ok().filter(|n| (1..=15).contains(n)).map(Count::Times),
    }
}

/// The line of a choice with its marker as it should be written; `None` when no marker was meant.
fn correct_marker(line: &str) -> Option<String> {
    let text = line.trim_start();
    let indent = &line[..line.len() - text.len()];
    let after_bullet = text.strip_prefix(['-', '*', '+']).unwrap_or(text).trim_start();
    let (inside, rest) = after_bullet.strip_prefix('[')?.split_once(']')?;
    if rest.starts_with(['(', '[', ':']) {
        return None;
    }
    let mark = match inside.trim() {
        "" => ' ',
        "x" | "X" | "✓" | "✔" | "v" | "V" | "*" | "×" => 'x',
        _ => return None,
    };
    Some(format!("{indent}- [{mark}] {}", rest.trim_start()))
}

fn bullet_for_number(line: &str) -> String {
    let text = line.trim_start();
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match after_digits.strip_prefix(['.', ')']) {
        Some(rest) if after_digits.len() < text.len() => format!("-{rest}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_markers_are_corrected_and_links_left_alone() {
        for (given, expected) in [
            ("- [x]un", Some("- [x] un")),
            ("- [] un", Some("- [ ] un")),
            ("-[x] un", Some("- [x] un")),
            ("* [ x ] un", Some("- [x] un")),
            ("  -[ ]deux", Some("  - [ ] deux")),
            ("[✓] oui", Some("- [x] oui")),
            ("- [texte](page.md)", None),
            ("- [x](page.md)", None),
            ("- un", None),
            ("- [1] un", None),
        ] {
            assert_eq!(correct_marker(given).as_deref(), expected, "{given}");
        }
    }

    #[test]
    fn points_have_at_most_two_decimals() {
        assert_eq!(points("2"), Some(200));
        assert_eq!(points("1.5"), Some(150));
        assert_eq!(points("0,25"), Some(25));
        for bad in ["0", "-1", "1.234", "x", "", "1e3", "1001", ".5"] {
            assert_eq!(points(bad), None, "{bad}");
        }
    }
}
