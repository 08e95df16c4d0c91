//! What stands in the braces after a heading.

use super::Gatherer;
use super::fence::Said;
use crate::code;
use crate::course::{Answer, Attributes, Credit, Heading};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::keys::{self, Count, braces};

/// The settings on a question's heading.
pub(super) struct Settings {
    pub(super) points: u32,
    pub(super) tries: Option<Count>,
    pub(super) multiple: bool,
    pub(super) true_false: bool,
    pub(super) scale: bool,
    pub(super) blanks: Blanks,
    /// With the word that the author wrote.
    pub(super) credit: Option<(Credit, String)>,
    pub(super) max: Option<u32>,
    pub(super) case: bool,
    pub(super) accents: Option<bool>,
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
            written: Vec::new(),
        };
        if !attributes.pairs.is_empty() && self.spaced_equals(span) {
            return None;
        }
        for class in &attributes.classes {
            match class.as_str() {
                "question" => continue,
                "multiple" => settings.multiple = true,
                "true-false" => settings.true_false = true,
                "scale" => settings.scale = true,
                "text" => settings.blanks = Blanks::Text,
                "numeric" => settings.blanks = Blanks::Numeric,
                other => {
                    self.unknown_attribute(&format!(".{other}"), &known(|name| name.starts_with('.')), span);
                    continue;
                }
            }
            settings.written.push(format!(".{class}"));
        }
        for (name, value) in &attributes.pairs {
            if !self.setting(name, value, &mut settings, span) {
                match name.as_str() {
                    word if value.is_empty() && attributes.id.is_some() => self.stray_word(word, attributes, span),
                    long if keys::QUESTION.keys.iter().any(|key| key.name == long) => self.long_setting(long, span),
                    other => self.unknown_attribute(other, &known(|name| !name.starts_with('.')), span),
                }
            }
        }
        Some(settings)
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
                credit.map(|credit| settings.credit = Some((credit, value.to_owned())))
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

    fn long_setting(&mut self, name: &str, span: Span) {
        let message = format!("`{name}` does not stand on the heading");
        let hint = format!("write it under the heading, between two lines ``` :\n```toml\n{name} = \"…\"\n```");
        self.error(&code::UNKNOWN_ATTRIBUTE, span, message, hint);
    }

    /// Reports settings that mean nothing for the kind that the answer makes. Whether there are any.
    pub(super) fn misplaced(&mut self, settings: &Settings, said: &Said, answer: &Answer, span: Span) -> bool {
        let kind = answer.kind_name();
        let known: Vec<&str> = braces::names(kind).collect();
        let mut found = false;
        for written in settings.written.iter().filter(|written| !known.contains(&written.as_str())) {
            found = true;
            let message = format!("`{written}` means nothing on a {kind} question");
            let possible = format!("possible here: #an-id, {}", known.join(", "));
            self.error(&code::UNKNOWN_ATTRIBUTE, span, message, possible);
        }
        let is_scored = !matches!(answer, Answer::Scale(_) | Answer::Text(_));
        let judged =
            !said.right.is_empty() || !said.partly.is_empty() || !said.wrong.is_empty() || !said.read.is_empty();
        let fence = said.span.unwrap_or(span);
        if !is_scored && judged {
            found = true;
            let message = format!("nothing is right or wrong in a {kind} question, so nothing can be said of it");
            let hint = "remove right, partly, wrong and read; a block quote after the answer is shown to everybody";
            self.error(&code::QUESTION_SETTINGS, fence, message, hint);
        }
        if !said.patterns.is_empty() && !matches!(answer, Answer::Blanks(..)) {
            found = true;
            let message = format!("`patterns` means nothing on a {kind} question");
            self.error(&code::QUESTION_SETTINGS, fence, message, "it is for texts with blanks: [[answer]]");
        }
        found
    }

    pub(super) fn plain_heading(&mut self, heading: &Heading, span: Span) {
        for class in &heading.attributes.classes {
            self.unknown_attribute(&format!(".{class}"), &[".question"], span);
        }
        for (name, value) in &heading.attributes.pairs {
            if value.is_empty() && heading.attributes.id.is_some() {
                self.stray_word(name, &heading.attributes, span);
            } else {
                self.unknown_attribute(name, &[], span);
            }
        }
    }

    /// Reports `{#sum points = 2}`, which Markdown reads as three settings.
    fn spaced_equals(&mut self, span: Span) -> bool {
        let source = self.source(span);
        let Some(at) = source.rfind('{').filter(|_| source.ends_with('}')) else {
            return false;
        };
        let (title, braces) = source.split_at(at);
        let joined = braces.split('=').map(str::trim).collect::<Vec<_>>().join("=");
        if joined.len() == braces.trim().len() || !braces.contains('=') {
            return false;
        }
        let fixed = format!("{title}{joined}");
        let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, span, "spaces stand around an = in these braces");
        self.say(diagnostic.fix("write no spaces around =", span, fixed));
        true
    }

    /// Reports a word by itself in the braces of a heading that has an id: probably the rest of the id.
    fn stray_word(&mut self, word: &str, attributes: &Attributes, span: Span) {
        let id = attributes.id.as_deref().unwrap_or_default();
        let message = format!("`{word}` means nothing on this heading");
        let hint = format!("if it belongs to the id: an id has no spaces, so write {{#{id}-{word}}}");
        self.error(&code::UNKNOWN_ATTRIBUTE, span, message, hint);
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

    fn wrong_setting(&mut self, name: &str, value: &str, span: Span) {
        let message = format!("`{name}={value}` is not possible");
        let takes = braces::HEADING.iter().find(|setting| setting.name == name).map_or("", |setting| setting.takes);
        self.error(&code::WRONG_VALUE, span, message, format!("`{name}` takes {takes}"));
    }
}

/// Points in hundredths, from `2`, `1.5` or `1,5`.
pub(super) fn points(value: &str) -> Option<u32> {
    let (whole, decimals) = value.split_once(['.', ',']).unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let hundredths = whole.parse::<u32>().ok()? * 100 + format!("{decimals:0<2}").parse::<u32>().ok()?;
    (1..=100_000).contains(&hundredths).then_some(hundredths)
}

/// The names of settings that are as `wanted`.
fn known(wanted: fn(&str) -> bool) -> Vec<&'static str> {
    braces::HEADING.iter().map(|setting| setting.name).filter(|name| wanted(name)).collect()
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
