//! Numbers as authors write them into a blank: `6,7`, `6,7 ± 0,1`, `5..10`, by the habits of the course's language.

use crate::language::Language;

/// What a text is as a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Number {
    /// A number, with the range in which a learner's number is right.
    Is {
        /// The lowest one.
        low: f64,
        /// The highest one.
        high: f64,
        /// The number without its tolerance; `None` for a range.
        value: Option<f64>,
    },
    /// It was meant as one; what to write instead.
    Nearly(String),
    /// A text.
    No,
}

/// The signs for a tolerance.
const TOLERANCE: [&str; 3] = ["±", "+/-", "+-"];

/// Reads a number, a number with a tolerance, or a range.
pub(crate) fn parse(text: &str, language: &Language) -> Number {
    let text = text.trim();
    let read = |part: &str| decimal(part.trim(), language);
    if let Some((value, tolerance)) = TOLERANCE.iter().find_map(|sign| text.split_once(sign)) {
        return match (read(value), read(tolerance)) {
            (Some(value), Some(tolerance)) if tolerance >= 0.0 => {
                Number::Is { low: tidy(value - tolerance), high: tidy(value + tolerance), value: Some(value) }
            }
            (Some(_), Some(_)) => Number::Nearly("the tolerance is below 0: write it without its sign".to_owned()),
            (None, None) => Number::No,
            _ => Number::Nearly(format!("write {}", shapes(language))),
        };
    }
    if let Some((low, high)) = text.split_once("..") {
        return match (read(low), read(high.trim_start_matches('.'))) {
            (Some(low), Some(high)) if low <= high => Number::Is { low, high, value: None },
            (Some(low), Some(high)) => {
                Number::Nearly(format!("the range is empty: write the lower number first, {high}..{low}"))
            }
            (None, None) => Number::No,
            _ => Number::Nearly(format!("write {}", shapes(language))),
        };
    }
    match read(text) {
        Some(value) => Number::Is { low: value, high: value, value: Some(value) },
        None if looks_numeric(text) => Number::Nearly(format!("write {}", shapes(language))),
        None => Number::No,
    }
}

/// How numbers are written in a blank, in words.
pub(crate) fn shapes(language: &Language) -> &'static str {
    if language.has_decimal_comma() {
        "a number such as 6,7, a number with a tolerance such as 6,7 ± 0,1, or a range such as 5..10"
    } else {
        "a number such as 6.7, a number with a tolerance such as 6.7 ± 0.1, or a range such as 5..10"
    }
}

/// One number by the habits of a language: spaces between groups of digits, its decimal sign, and the point.
fn decimal(text: &str, language: &Language) -> Option<f64> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '\u{a0}').collect();
    let bare = bare.replace('\u{2212}', "-");
    let plain = if language.has_decimal_comma() { bare.replacen(',', ".", 1) } else { without_groups(&bare)? };
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let well_formed = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits.matches('.').count() <= 1
        && digits.len() <= 15;
    if well_formed { plain.parse().ok() } else { None }
}

/// A number without the commas between groups of three digits; `None` when a comma stands anywhere else.
fn without_groups(text: &str) -> Option<String> {
    let whole = text.split('.').next().unwrap_or_default();
    let in_threes = whole.split(',').skip(1).all(|group| group.len() == 3);
    let decimals_are_plain = !text[whole.len()..].contains(',');
    (in_threes && decimals_are_plain).then(|| text.replace(',', ""))
}

/// Whether a text has nothing but digits and signs of numbers: `6.7.8`, `1,5` in English.
fn looks_numeric(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '-' | '+' | '±' | '−'))
        && text.chars().filter(|c| matches!(c, '.' | ',')).count() <= 2
        && !text.contains('-')
}

/// A sum as people would write it: 6.7 - 0.1 is 6.6, without the noise of binary fractions.
fn tidy(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_habits_of_the_language() {
        let [fr, en] = ["fr", "en"].map(|tag| Language::parse(tag).expect("a language"));
        let is = |low, high, value| Number::Is { low, high, value };
        for (text, language, expected) in [
            ("6,7", &fr, is(6.7, 6.7, Some(6.7))),
            ("6.7", &fr, is(6.7, 6.7, Some(6.7))),
            ("6,7 ± 0,1", &fr, is(6.6, 6.8, Some(6.7))),
            ("6,7 +/- 0,1", &fr, is(6.6, 6.8, Some(6.7))),
            ("5..10", &fr, is(5.0, 10.0, None)),
            ("−5 .. 5", &fr, is(-5.0, 5.0, None)),
            ("12\u{202f}000", &fr, is(12000.0, 12000.0, Some(12000.0))),
            ("1,000.5", &en, is(1000.5, 1000.5, Some(1000.5))),
            ("1,000", &en, is(1000.0, 1000.0, Some(1000.0))),
            ("deux", &fr, Number::No),
            ("a..b", &fr, Number::No),
            ("2*3", &fr, Number::No),
            ("06-12-45", &fr, Number::No),
        ] {
            assert_eq!(parse(text, language), expected, "{text}");
        }
        for (text, language) in [
            ("6,7", &en),
            ("6,7 ± x", &fr),
            ("x ± 2", &fr),
            ("10..5", &fr),
            ("5..", &fr),
            ("5 ± -1", &fr),
            ("6.7.8", &fr),
        ] {
            assert!(matches!(parse(text, language), Number::Nearly(_)), "{text}");
        }
    }
}
