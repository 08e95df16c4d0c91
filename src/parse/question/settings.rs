//! What stands in the braces after a heading.

use super::fence::Said;
use super::{Asks, Gatherer, blank_spans, usual_credit};
use crate::code;
use crate::course::{Accepts, Answer, Attributes, ChoiceKind, Credit, Heading};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::keys::{self, Count, braces};

/// What means nothing where nothing is scored, and a question may be answered as often as one likes.
const OF_QUIZZES: [&str; 2] = ["points", "tries"];

/// The settings on a question's heading.
pub(super) struct Settings {
    pub(super) points: u32,
    pub(super) tries: Option<Count>,
    pub(super) multiple: bool,
    pub(super) true_false: bool,
    pub(super) scale: bool,
    pub(super) blanks: Blanks,
    pub(super) credit: Option<Credit>,
    pub(super) max: Option<u32>,
    pub(super) case: bool,
    pub(super) accents: Option<bool>,
    /// Whether all of it is known. What is not may be what the answer looks wrong without.
    pub(super) understood: bool,
    /// What was written, as messages name it.
    written: Vec<String>,
}

/// What blanks are taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blanks {
    /// Numbers where they look like some.
    AsTheyLook,
    /// Texts, all of them.
    Text,
    /// Numbers, all of them.
    Numeric,
}

impl Gatherer<'_> {
    pub(super) fn settings(&mut self, attributes: &Attributes, span: Span) -> Option<Settings> {
        if let Some((name, value)) = attributes.pairs.iter().find(|(name, _)| is_long(name)) {
            self.long_setting(name, value, span);
            return None;
        }
        if self.untidy_braces(span) || self.glued_id(attributes, span) {
            return None;
        }
        let mut settings = Settings {
            points: 100,
            tries: None,
            multiple: false,
            true_false: false,
            scale: false,
            blanks: Blanks::AsTheyLook,
            credit: None,
            max: None,
            case: false,
            accents: None,
            understood: true,
            written: Vec::new(),
        };
        self.classes(attributes, &mut settings, span);
        self.stands_once(attributes, span);
        for (name, value) in &attributes.pairs {
            if !self.setting(name, value, &mut settings, span) {
                settings.understood = false;
                match value.as_str() {
                    "" => self.bare_word(name, attributes, span),
                    _ => self.unknown_attribute(name, &pairs(), span),
                }
            }
        }
        Some(settings)
    }

    fn classes(&mut self, attributes: &Attributes, settings: &mut Settings, span: Span) {
        for class in &attributes.classes {
            match class.as_str() {
                "question" => continue,
                "multiple" => settings.multiple = true,
                "true-false" => settings.true_false = true,
                "scale" => settings.scale = true,
                "text" => settings.blanks = Blanks::Text,
                "numeric" => settings.blanks = Blanks::Numeric,
                other => {
                    self.unknown_attribute(&format!(".{other}"), &classes(), span);
                    settings.understood = false;
                    continue;
                }
            }
            settings.written.push(format!(".{class}"));
        }
        let both = [".text", ".numeric"].iter().all(|class| settings.written.iter().any(|written| written == class));
        if both {
            let message = "`.text` and `.numeric` exclude each other";
            let hint = "keep one of them; without either, each blank is a number if it looks like one";
            self.error(&code::UNKNOWN_ATTRIBUTE, self.place(".text", span), message, hint);
            settings.understood = false;
        }
    }

    /// Reports a setting that stands twice, of which Markdown or we would keep one.
    fn stands_once(&mut self, attributes: &Attributes, span: Span) {
        let twice = |(at, (name, _)): (usize, &(String, String))| {
            attributes.pairs[..at].iter().any(|(other, _)| other == name).then(|| name.clone())
        };
        let twice = attributes.pairs.iter().enumerate().find_map(twice);
        let ids =
            self.braces(span).map_or(0, |braces| braces.split_whitespace().filter(|t| t.starts_with('#')).count());
        match (twice, ids) {
            (Some(name), _) => {
                let message = format!("`{name}` stands twice on this heading");
                self.error(&code::UNKNOWN_ATTRIBUTE, self.place(&name, span), message, "keep one of the two");
            }
            (None, 2..) => {
                let hint = "keep the one that the question has had so far";
                self.error(&code::UNKNOWN_ATTRIBUTE, span, "this heading has two ids", hint);
            }
            _ => {}
        }
    }

    /// Takes in one setting; whether it is known.
    fn setting(&mut self, name: &str, value: &str, settings: &mut Settings, span: Span) -> bool {
        let understood = match name {
            "points" => points(value).map(|points| settings.points = points),
            "tries" => tries(value).map(|tries| settings.tries = Some(tries)),
            "credit" => {
                let credit = match value {
                    "whole" => Some(Credit::Whole),
                    "parts" => Some(Credit::Parts),
                    _ => None,
                };
                credit.map(|credit| settings.credit = Some(credit))
            }
            "max" => {
                let max = value.parse().ok().filter(|max| (1..=2000).contains(max));
                max.map(|max| settings.max = Some(max))
            }
            "case" => counts(value).map(|case| settings.case = case),
            "accents" => counts(value).map(|accents| settings.accents = Some(accents)),
            _ => return false,
        };
        match understood {
            Some(()) => settings.written.push(name.to_owned()),
            None => self.wrong_setting(name, value, span),
        }
        true
    }

    fn long_setting(&mut self, name: &str, value: &str, span: Span) {
        let message = format!("`{name}` does not stand on the heading");
        // Markdown ends a value at its first space.
        let quoted = self.braces(span).and_then(|braces| braces.split_once(&format!("{name}=\""))?.1.split('"').next());
        let value = quoted.or(Some(value)).filter(|value| !value.is_empty()).unwrap_or("…");
        let line = if name == "patterns" { format!("{name} = ['{value}']") } else { format!("{name} = \"{value}\"") };
        let hint =
            format!("write it on a line of its own under the heading, between two lines ```:\n```toml\n{line}\n```");
        self.error(&code::UNKNOWN_ATTRIBUTE, self.place(name, span), message, hint);
    }

    /// Reports settings that mean nothing for the kind that the answer makes. Whether there are any.
    pub(super) fn misplaced(&mut self, settings: &Settings, said: &Said, answer: &Answer, span: Span) -> bool {
        let before = self.diagnostics.len();
        let (kind, known) = possible(answer);
        let understood = || settings.written.iter().filter(|_| settings.understood);
        let idle = |written: &&String| self.asks == Asks::MarkedHeadings && OF_QUIZZES.contains(&written.as_str());
        for written in understood().filter(|written| known.contains(&written.as_str())).filter(idle).collect::<Vec<_>>()
        {
            let message = format!("`{written}` means nothing outside a quiz: learners answer this for themselves");
            let hint = "remove it; or move the question to a page with kind = \"quiz\"";
            self.error(&code::UNKNOWN_ATTRIBUTE, self.place(written, span), message, hint);
        }
        for written in understood().filter(|written| !known.contains(&written.as_str())) {
            let message = format!("`{written}` means nothing on {kind} question");
            let possible = std::iter::once("#an-id").chain(known.iter().copied()).collect::<Vec<_>>().join(", ");
            let hint = format!("possible here: {possible}");
            self.error(&code::UNKNOWN_ATTRIBUTE, self.place(written, span), message, hint);
        }
        let weighted =
            matches!(answer, Answer::Choices(_, choices) if choices.iter().any(|choice| choice.weight.is_some()));
        if weighted && settings.credit == Some(Credit::Whole) {
            let message = "`credit=whole` gives nothing for a part, and the weights of the choices do";
            let hint = "remove credit=whole, or the weights";
            self.error(&code::CHOICE_WEIGHTS, self.place("credit", span), message, hint);
        }
        let credit = settings.credit.unwrap_or_else(|| usual_credit(answer));
        self.idle_texts(said, answer, credit, &kind);
        self.refused_since(before)
    }

    /// Reports long settings that would never be of use.
    fn idle_texts(&mut self, said: &Said, answer: &Answer, credit: Credit, kind: &str) {
        let Some(fence) = said.span else { return };
        let judged = [&said.right, &said.partly, &said.wrong].iter().any(|said| !said.is_empty());
        if matches!(answer, Answer::Scale(_) | Answer::Text(_)) {
            if judged || !said.read.is_empty() || said.objective.is_some() {
                let message = format!("nothing is right or wrong in {kind} question, so nothing can be said of it");
                let hint = "remove right, partly, wrong, read and objective; a block quote after the answer is shown \
                            to everybody";
                self.error(&code::QUESTION_SETTINGS, fence, message, hint);
            }
        } else if !said.partly.is_empty() && !has_parts(answer, credit) {
            let message = "`partly` would never be shown: no answer to this question is right in part";
            let hint = match answer {
                Answer::Choices(ChoiceKind::Multiple, _) | Answer::Order(_) => {
                    "write credit=parts in the braces after the heading, or remove `partly`"
                }
                _ => "remove `partly`; what `wrong` says is shown instead",
            };
            self.error(&code::QUESTION_SETTINGS, fence, message, hint);
        }
        if !said.patterns.is_empty() && !matches!(answer, Answer::Blanks(..)) {
            let message = format!("`patterns` means nothing on {kind} question");
            self.error(&code::QUESTION_SETTINGS, fence, message, "it is for texts with blanks: [[answer]]");
        }
    }

    pub(super) fn plain_heading(&mut self, heading: &Heading, span: Span) {
        if self.braces_as_text(&heading.content, span) {
            return;
        }
        if let Some(blank) = blank_spans(&heading.content).first() {
            self.blank_outside_question(*blank);
        }
        for class in heading.attributes.classes.iter().map(|class| format!(".{class}")) {
            if classes().contains(&class.as_str()) {
                let message = format!("`{class}` means nothing on this heading, which asks nothing");
                let place = self.place(&class, span);
                let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, place, message);
                self.say(diagnostic.fix("to make it a question, write", place, format!(".question {class}")));
            } else {
                self.unknown_attribute(&class, &[".question"], span);
            }
        }
        for (name, value) in &heading.attributes.pairs {
            match value.is_empty() {
                true if name == "question" => self.bare_word(name, &heading.attributes, span),
                true if heading.attributes.id.is_some() => self.stray_word(name, &heading.attributes, span),
                _ => self.unknown_attribute(name, &[], span),
            }
        }
    }

    /// Reports a word by itself in the braces of a heading: a class without its dot, or the rest of the id.
    fn bare_word(&mut self, word: &str, attributes: &Attributes, span: Span) {
        let class = format!(".{}", word.to_lowercase());
        let near = nearest(&class, classes().into_iter().chain([".question"]));
        match near {
            Some(near) => {
                let place = self.place(word, span);
                let message = format!("`{word}` means nothing on this heading");
                let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, place, message);
                self.say(diagnostic.fix(format!("did you mean `{near}`?"), place, near));
            }
            None if attributes.id.is_some() => self.stray_word(word, attributes, span),
            None => self.unknown_attribute(word, &pairs(), span),
        }
    }

    /// Reports a word by itself in the braces of a heading that has an id: probably the rest of the id.
    fn stray_word(&mut self, word: &str, attributes: &Attributes, span: Span) {
        let id = attributes.id.as_deref().unwrap_or_default();
        let message = format!("`{word}` means nothing on this heading");
        let hint = format!("if it belongs to the id: an id has no spaces, so write {{#{id}-{word}}}");
        self.error(&code::UNKNOWN_ATTRIBUTE, self.place(word, span), message, hint);
    }

    fn unknown_attribute(&mut self, name: &str, known: &[&str], span: Span) {
        let place = self.place(name, span);
        let message = format!("`{name}` means nothing on this heading");
        let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, place, message);
        let written = Span { end: place.start + u32::try_from(name.len()).unwrap_or(0), ..place };
        self.say(match nearest(&name.to_lowercase(), known.iter().copied()) {
            Some(similar) if place != span => diagnostic.fix(format!("did you mean `{similar}`?"), written, similar),
            Some(similar) => diagnostic.hint(format!("did you mean `{similar}`?")),
            None if known.is_empty() => diagnostic.hint("only #an-id may stand in the braces here"),
            None => diagnostic.hint(format!("possible here: #an-id, {}", known.join(", "))),
        });
    }

    fn wrong_setting(&mut self, name: &str, value: &str, span: Span) {
        let message = format!("`{name}={value}` is not possible");
        let takes = braces::HEADING.iter().find(|setting| setting.name == name).map_or("", |setting| setting.takes);
        self.error(&code::WRONG_VALUE, self.place(name, span), message, format!("`{name}` takes {takes}"));
    }
}

/// A kind of question with its article, and what may stand in the braces after its heading.
fn possible(answer: &Answer) -> (String, Vec<&'static str>) {
    let kind = answer.kind_name();
    let known = braces::names(kind);
    match answer {
        Answer::Blanks(_, blanks) if blanks.iter().all(|blank| matches!(blank.accepts, Accepts::Number { .. })) => {
            let of_texts = [".text", "case", "accents"];
            ("a numeric fill-in".to_owned(), known.filter(|name| !of_texts.contains(name)).collect())
        }
        Answer::Order(_) => (format!("an {kind}"), known.collect()),
        _ => (format!("a {kind}"), known.collect()),
    }
}

/// Whether an answer can be right in part.
fn has_parts(answer: &Answer, credit: Credit) -> bool {
    credit == Credit::Parts && !matches!(answer, Answer::Blanks(_, blanks) if blanks.len() == 1)
}

/// Whether a setting stands in the fence under the heading.
fn is_long(name: &str) -> bool {
    keys::QUESTION.keys.iter().any(|key| key.name == name.trim_end_matches(':'))
}

/// Points in hundredths, from `2`, `1.5` or `1,5`.
pub(super) fn points(value: &str) -> Option<u32> {
    hundredths(value).filter(|points| (1..=100_000).contains(points))
}

/// A number with two decimals at most, in hundredths.
pub(super) fn hundredths(value: &str) -> Option<u32> {
    let (whole, decimals) = value.split_once(['.', ',']).unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    Some(whole.parse::<u32>().ok()? * 100 + format!("{decimals:0<2}").parse::<u32>().ok()?)
}

/// The settings that are classes, with their points.
pub(super) fn classes() -> Vec<&'static str> {
    braces::HEADING.iter().map(|setting| setting.name).filter(|name| name.starts_with('.')).collect()
}

/// The settings that take a value.
pub(super) fn pairs() -> Vec<&'static str> {
    braces::HEADING.iter().map(|setting| setting.name).filter(|name| !name.starts_with('.')).collect()
}

/// Whether something counts in comparing: `match` or `ignore`.
fn counts(value: &str) -> Option<bool> {
    match value {
        "match" => Some(true),
        "ignore" => Some(false),
        _ => None,
    }
}

pub(super) fn tries(value: &str) -> Option<Count> {
    match value {
        "unlimited" => Some(Count::Unlimited),
        _ => value.parse().ok().filter(|n| (1..=15).contains(n)).map(Count::Times),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
