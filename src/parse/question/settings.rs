//! What stands in the braces after a heading.

use super::Gatherer;
use crate::code;
use crate::course::{Attributes, Heading};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::keys::Count;

/// The settings on a question's heading.
pub(super) struct Settings {
    pub(super) points: u32,
    pub(super) tries: Option<Count>,
    pub(super) multiple: bool,
    pub(super) true_false: bool,
}

impl Gatherer<'_> {
    pub(super) fn settings(&mut self, attributes: &Attributes, span: Span) -> Option<Settings> {
        let mut settings = Settings { points: 100, tries: None, multiple: false, true_false: false };
        if !attributes.pairs.is_empty() && self.spaced_equals(span) {
            return None;
        }
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
                word if value.is_empty() && attributes.id.is_some() => self.stray_word(word, attributes, span),
                other => self.unknown_attribute(other, &["points", "tries"], span),
            }
        }
        good.then_some(settings)
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

    fn wrong_setting(&mut self, name: &str, value: &str, expected: &str, span: Span) {
        let message = format!("`{name}={value}` is not possible");
        self.error(&code::WRONG_VALUE, span, message, format!("`{name}` takes {expected}"));
    }

    pub(super) fn kind_not_yet(&mut self, what: &str, span: Span) {
        let message = format!("{what} are not supported yet by this version of cartable");
        self.error(&code::NOT_YET, span, message, "use a single-choice, multiple-choice or true-false question");
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
