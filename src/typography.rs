//! Spacing rules of a language, applied to text once, when it is parsed.
//!
//! French (section 7 of the accessibility sheet): U+202F before `; ! ?` and inside guillemets, U+00A0 before
//! `:`, U+202F before `%` and between groups of digits. Code and addresses never come here.

use std::borrow::Cow;

use crate::language::Language;

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// The rules in force for a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typography {
    /// Text stays as written.
    Plain,
    /// French spacing.
    French,
}

impl Typography {
    /// The rules of `language`.
    pub(crate) fn of(language: &Language) -> Self {
        if language.primary() == "fr" { Self::French } else { Self::Plain }
    }

    /// Applies the rules to a run of text.
    pub(crate) fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::French if text.contains(['!', '?', ';', ':', '«', '»', '%', '€']) => Cow::Owned(french(text)),
            _ => Cow::Borrowed(text),
        }
    }
}

fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ';' | '!' | '?' => space_before(&mut out, NARROW, ends_word(chars.peek())),
            '»' => space_before(&mut out, NARROW, true),
            '%' | '€' => replace_space(&mut out, NARROW),
            ':' => replace_space(&mut out, NO_BREAK),
            _ => {}
        }
        out.push(c);
        if c == '«' {
            while chars.next_if(|c| is_inner_space(*c)).is_some() {}
            out.push(NARROW);
        }
    }
    out
}

fn is_inner_space(c: char) -> bool {
    matches!(c, ' ' | NO_BREAK | NARROW)
}

fn ends_word(next: Option<&char>) -> bool {
    next.is_none_or(|c| c.is_whitespace() || matches!(c, '!' | '?' | '»' | ')' | '…' | '.'))
}

/// Puts `space` at the end of `out` in place of an ordinary or no-break space, if one is there.
fn replace_space(out: &mut String, space: char) {
    if out.ends_with(is_inner_space) {
        out.truncate(out.trim_end_matches(is_inner_space).len());
        out.push(space);
    }
}

/// The same, and where the author wrote none, after a word and if `missing` says so, adds it.
fn space_before(out: &mut String, space: char, missing: bool) {
    match out.chars().next_back() {
        Some(c) if is_inner_space(c) => replace_space(out, space),
        Some(c) if missing && (c.is_alphanumeric() || matches!(c, ')' | '\u{2019}' | '.' | '…')) => out.push(space),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spaces() {
        let cases = [
            ("Quoi ?", "Quoi\u{202f}?"),
            ("Quoi?", "Quoi\u{202f}?"),
            ("Quoi ?!", "Quoi\u{202f}?!"),
            ("« mot »", "«\u{202f}mot\u{202f}»"),
            ("«mot»", "«\u{202f}mot\u{202f}»"),
            ("Ainsi : oui", "Ainsi\u{a0}: oui"),
            ("à 10:30", "à 10:30"),
            ("6,7 %", "6,7\u{202f}%"),
            ("100%", "100%"),
            (" !", "\u{202f}!"),
            ("déjà\u{a0};", "déjà\u{202f};"),
            ("a=?b", "a=?b"),
            ("index.php?x=1", "index.php?x=1"),
        ];
        for (given, expected) in cases {
            assert_eq!(Typography::French.apply(given), expected, "{given}");
        }
    }

    #[test]
    fn applying_twice_changes_nothing_more() {
        let once = Typography::French.apply("« Oui ! » : 5 % ; non ?").into_owned();
        assert_eq!(Typography::French.apply(&once), once);
        assert_eq!(Typography::Plain.apply("Oui !"), "Oui !");
    }
}
