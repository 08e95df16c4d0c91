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
    /// It was meant as one.
    Nearly(Slip),
    /// A text.
    No,
}

/// What is wrong with a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Slip {
    /// What to write instead, in words.
    pub(crate) advice: String,
    /// The blank as it should be, with its brackets, where that is certain.
    pub(crate) fixed: Option<String>,
}

/// The signs for a tolerance.
const TOLERANCE: [&str; 3] = ["±", "+/-", "+-"];
/// What people write between the ends of a range, besides two dots; the longest first.
const BETWEEN: [&str; 4] = ["…", "–", "—", "-"];
/// The signs of a number below 0: word processors make a dash of the hyphen.
const MINUS: [char; 3] = ['-', '\u{2212}', '–'];
/// What some put between groups of digits, besides spaces.
const GROUPS: [char; 3] = ['\'', '’', '_'];
/// Units by their signs, which are those of every language.
const SIGNS: &str = "km m dm cm mm µm nm kg g mg t L l cL cl mL ml s ms min h W kW MW GW Wh kWh MWh GWh V A mA Hz kHz \
                     MHz GHz J kJ N Pa hPa K ha B kB MB GB TB bit px pt dB mol cal kcal";
/// Units by their words, and by the signs that are units in one language and words in another: `an`, `Go`.
const FRENCH: &str = "j o ko Mo Go To kilomètre mètre centimètre millimètre litre kilo kilogramme gramme tonne an année \
                      mois semaine jour heure minute seconde degré euro dollar cent centime octet";
const ENGLISH: &str = "kilometre kilometer metre meter centimetre centimeter millimetre millimeter litre liter kilo \
                       kilogram gram tonne year month week day hour minute second degree euro dollar cent percent \
                       byte";
/// What people write before a number that need not be met exactly.
const ABOUT: [&str; 14] = [
    "environ",
    "env.",
    "à peu près",
    "autour de",
    "about",
    "around",
    "approximately",
    "approx.",
    "roughly",
    "circa",
    "ca.",
    "~",
    "≈",
    "≃",
];
/// What people write before a number that is one end of a range.
const BEYOND: [&str; 14] = [
    "<=",
    ">=",
    "<",
    ">",
    "≤",
    "≥",
    "at least",
    "at most",
    "less than",
    "more than",
    "au moins",
    "au plus",
    "moins de",
    "plus de",
];
/// What people write before, between and after the ends of a range.
const FROM_TO: [[&str; 2]; 6] =
    [["de ", " à "], ["entre ", " et "], ["from ", " to "], ["between ", " and "], ["", " à "], ["", " to "]];

/// Reads a number, a number with a tolerance, or a range.
pub(crate) fn parse(text: &str, language: &Language) -> Number {
    let text = text.trim();
    let found = match TOLERANCE.iter().find_map(|sign| text.split_once(sign)) {
        Some((value, tolerance)) => with_tolerance(value.trim(), tolerance.trim(), language),
        None => match text.split_once("..") {
            Some((low, high)) => range(low.trim(), high.trim_start_matches('.').trim(), language),
            None => alone(text, language),
        },
    };
    match found {
        Number::No => {
            let slip = with_unit(text, language).or_else(|| in_words(text, language));
            slip.map_or(Number::No, Number::Nearly)
        }
        found => found,
    }
}

fn with_tolerance(value: &str, tolerance: &str, language: &Language) -> Number {
    let fixed = |value: String, tolerance: String| Some(format!("[[{value} ± {tolerance}]]"));
    match (decimal(value, language), decimal(tolerance, language)) {
        (Some(value), Some(tolerance)) if tolerance >= 0.0 => {
            Number::Is { low: tidy(value - tolerance), high: tidy(value + tolerance), value: Some(value) }
        }
        (Some(_), Some(_)) => {
            let bare = tolerance.trim_start_matches(MINUS).trim().to_owned();
            nearly("the tolerance is below 0: write it without its sign", fixed(value.to_owned(), bare))
        }
        (None, None) if !is_numeric(value) && !is_numeric(tolerance) => Number::No,
        _ => nearly(shapes(language), both(value, tolerance, language).and_then(|(a, b)| fixed(a, b))),
    }
}

fn range(low: &str, high: &str, language: &Language) -> Number {
    let fixed = |low: &str, high: &str| Some(format!("[[{low}..{high}]]"));
    match (decimal(low, language), decimal(high, language)) {
        (Some(low), Some(high)) if low <= high => Number::Is { low, high, value: None },
        (Some(_), Some(_)) => nearly("the range is empty: write the lower number first", fixed(high, low)),
        (None, None) if !is_numeric(low) && !is_numeric(high) => Number::No,
        _ => nearly(shapes(language), both(low, high, language).and_then(|(low, high)| fixed(&low, &high))),
    }
}

fn alone(text: &str, language: &Language) -> Number {
    if let Some(value) = decimal(text, language) {
        return Number::Is { low: value, high: value, value: Some(value) };
    }
    if let Some((low, high)) = BETWEEN.iter().find_map(|sign| text.split_once(sign)) {
        return match (decimal(low.trim(), language), decimal(high.trim(), language)) {
            (Some(a), Some(b)) if 0.0 <= a && a < b => {
                let advice = "a range has two dots between its ends";
                nearly(advice, Some(format!("[[{}..{}]]", low.trim(), high.trim())))
            }
            _ => Number::No,
        };
    }
    if !is_numeric(text) || is_date(text) {
        return Number::No;
    }
    if has_zeros_before(text) {
        let advice = "a number is written without a 0 before it; a postcode or a telephone number is a text";
        let bare = text.trim_start_matches('0');
        return nearly(advice, Some(format!("[[{}]]", if bare.is_empty() { "0" } else { bare })));
    }
    let compact = text.replace(' ', "");
    if compact.len() < text.len() && decimal(compact.trim_start_matches('0'), language).is_some() {
        return nearly("a space stands only between groups of three digits: 12 000", None);
    }
    if language.has_decimal_comma() && is_ambiguous(text) {
        let [whole, thousand] = [text.replace('.', ","), text.replace('.', "")];
        return nearly(format!("it may be {whole} or {thousand}: write the one that is meant"), None);
    }
    nearly(shapes(language), mended(text, language).map(|number| format!("[[{number}]]")))
}

fn nearly(advice: impl Into<String>, fixed: Option<String>) -> Number {
    Number::Nearly(Slip { advice: advice.into(), fixed })
}

/// How numbers are written in a blank.
pub(crate) fn shapes(language: &Language) -> &'static str {
    if language.has_decimal_comma() {
        "write a number such as 6,7, a number with a tolerance such as 6,7 ± 0,1, or a range such as 5..10"
    } else {
        "write a number such as 6.7, a number with a tolerance such as 6.7 ± 0.1, or a range such as 5..10"
    }
}

/// Whether a word, or a sign, stands for a unit in a language: `%`, `km/h`, `m²`.
pub(crate) fn is_unit(word: &str, language: &Language) -> bool {
    let words = match language.primary() {
        "fr" => FRENCH,
        "en" => ENGLISH,
        _ => "",
    };
    let is_sign = |part: &str| !part.is_empty() && part.chars().all(|c| "%‰€$£¥°".contains(c));
    let is_known = |part: &str| {
        let part = part.trim_end_matches(['²', '³']);
        let one = part.strip_suffix('s').filter(|one| one.chars().count() > 1).unwrap_or(part);
        let mut known = SIGNS.split_whitespace().chain(words.split_whitespace());
        known.any(|unit| unit == part || unit == one)
    };
    word.split('/').all(|part| is_sign(part) || is_known(part) || ["°C", "°F"].contains(&part))
}

/// A number and its unit: `6,7 %`, `€10`.
fn with_unit(text: &str, language: &Language) -> Option<Slip> {
    let is_number = |part: &str| decimal(part.trim(), language).is_some();
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, unit) = text.split_at(end);
    let sign = text.strip_prefix(['€', '$', '£']).filter(|rest| is_number(rest));
    let (advice, fixed) = match sign {
        Some(rest) => {
            let sign = &text[..text.len() - rest.len()];
            ("put the sign outside the brackets", format!("{sign}[[{}]]", rest.trim()))
        }
        None if is_unit(unit.trim(), language) && is_number(number) => {
            let advice = "put the unit outside the brackets: learners may then type it or not";
            (advice, format!("[[{number}]]{unit}"))
        }
        None => return None,
    };
    Some(Slip { advice: advice.to_owned(), fixed: Some(fixed) })
}

/// A number in a phrase: `92 à 93`, `about 92`, `< 5`.
fn in_words(text: &str, language: &Language) -> Option<Slip> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (text, unit) = text.split_at(end);
    if !unit.is_empty() && !is_unit(unit.trim(), language) {
        return None;
    }
    let number = |part: &str| decimal(part.trim(), language);
    let ends = FROM_TO.iter().find_map(|[before, between]| text.strip_prefix(before)?.split_once(between));
    if let Some((low, high)) = ends
        && let (Some(a), Some(b)) = (number(low), number(high))
    {
        let fixed = (a <= b).then(|| format!("[[{}..{}]]{unit}", low.trim(), high.trim()));
        return Some(Slip { advice: "a range has two dots between its ends".to_owned(), fixed });
    }
    let after = |sign: &&str| text.strip_prefix(*sign).map(str::trim).filter(|rest| number(rest).is_some());
    let advice = if let Some(value) = ABOUT.iter().find_map(after) {
        format!("say how far from it learners may be, such as [[{value} ± 1]], or from where to where: [[5..10]]")
    } else if BEYOND.iter().any(|sign| after(sign).is_some()) {
        "write from where to where a number is right, such as [[0..5]]".to_owned()
    } else {
        return None;
    };
    Some(Slip { advice, fixed: None })
}

/// A fraction, which no learner's number would be compared with: `1/2`.
pub(crate) fn fraction(text: &str, language: &Language) -> Option<Slip> {
    let (above, below) = text.split_once('/')?;
    let whole = |part: &str| part.trim().parse::<u16>().ok().filter(|number| *number > 0);
    let value = f64::from(whole(above)?) / f64::from(whole(below)?);
    let is_short = tidy(value * 1000.0).fract() == 0.0;
    let decimals = tidy(value).to_string();
    let decimals = if language.has_decimal_comma() { decimals.replace('.', ",") } else { decimals };
    let advice = "a number is written with decimals".to_owned();
    Some(Slip { advice, fixed: is_short.then(|| format!("[[{decimals}]]")) })
}

/// One number by the habits of a language: spaces between groups of digits, its decimal sign, and the point.
fn decimal(text: &str, language: &Language) -> Option<f64> {
    let bare = text.strip_prefix(MINUS).map(str::trim_start);
    let digits = without_spaces(bare.or_else(|| text.strip_prefix('+')).unwrap_or(text))?;
    let plain = match language.has_decimal_comma() {
        true if is_ambiguous(&digits) => return None,
        true => digits.replacen(',', ".", 1),
        false => without_groups(&digits)?,
    };
    let well_formed = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && plain.bytes().any(|b| b.is_ascii_digit())
        && plain.matches('.').count() <= 1
        && plain.len() <= 15;
    let number: f64 = plain.parse().ok().filter(|_| well_formed && !has_zeros_before(&plain))?;
    Some(if bare.is_some() { -number } else { number })
}

/// A number without the spaces between its groups of three digits; `None` where a space stands anywhere else.
fn without_spaces(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split_whitespace().collect();
    let (first, rest) = groups.split_first()?;
    let mut decimals = first.contains([',', '.']);
    if !rest.is_empty() && !decimals && first.len() > 3 {
        return None;
    }
    for (index, group) in rest.iter().enumerate() {
        let digits = group.split([',', '.']).next().unwrap_or(group).len();
        let ends_decimals = decimals && index + 1 == rest.len();
        if digits != 3 && !(ends_decimals && digits < 3) {
            return None;
        }
        decimals |= group.contains([',', '.']);
    }
    Some(groups.concat())
}

/// Whether digits begin with a 0 that says nothing of their number: `09000` is a postcode.
fn has_zeros_before(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number without the commas between groups of three digits, `12,345.6`; `None` when a comma stands anywhere else:
/// in `0,125` it was meant as a point.
fn without_groups(text: &str) -> Option<String> {
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let parts_groups =
        (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    let decimals_are_plain = !text[whole.len()..].contains(',');
    (!whole.contains(',') || parts_groups).then_some(())?;
    decimals_are_plain.then(|| text.replace(',', ""))
}

/// Whether a point may part thousands, where the decimal sign is a comma: `1.000`.
fn is_ambiguous(text: &str) -> bool {
    let text = text.trim_start_matches(MINUS);
    text.split_once('.').is_some_and(|(whole, rest)| {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        (1..=3).contains(&whole.len()) && whole != "0" && rest.len() == 3 && digits(whole) && digits(rest)
    })
}

/// A number with the signs of another language in those of this one: `1.000,5` in French, `6,7` in English.
fn mended(text: &str, language: &Language) -> Option<String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && !GROUPS.contains(c)).collect();
    let number = match compact.rfind([',', '.']) {
        None => compact,
        Some(at) => {
            let (whole, sign) = (&compact[..at], &compact[at..=at]);
            let decimal_sign = if language.has_decimal_comma() { "," } else { "." };
            // What stands twice parts groups of three digits.
            let repeated = whole.contains(sign);
            if repeated && compact.split(sign).skip(1).any(|group| group.len() != 3) {
                return None;
            }
            let decimal_sign = if repeated { "" } else { decimal_sign };
            let whole = if whole.is_empty() { "0".to_owned() } else { whole.replace([',', '.'], "") };
            format!("{whole}{decimal_sign}{}", &compact[at + 1..])
        }
    };
    decimal(&number, language).map(|_| number)
}

/// Two numbers, each mended if need be.
fn both(a: &str, b: &str, language: &Language) -> Option<(String, String)> {
    let one = |text: &str| match decimal(text, language) {
        Some(_) => Some(text.to_owned()),
        None => mended(text, language).filter(|_| is_numeric(text)),
    };
    Some((one(a)?, one(b)?))
}

/// Whether a text has nothing but digits and signs of numbers: `6.7.8`, `1,5` in English.
fn is_numeric(text: &str) -> bool {
    let is_sign = |c: char| matches!(c, '.' | ',' | '+' | '±') || MINUS.contains(&c) || GROUPS.contains(&c);
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || is_sign(c))
        && text.chars().filter(|c| matches!(c, '.' | ',')).count() <= 2
}

/// `14.07.1789`.
fn is_date(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('.').map(str::len).collect();
    matches!(lengths.as_slice(), [1 | 2, 1 | 2, 4])
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
            ("– 5", &fr, is(-5.0, -5.0, Some(-5.0))),
            ("-10..-5", &fr, is(-10.0, -5.0, None)),
            ("1 234 567,89", &fr, is(1_234_567.89, 1_234_567.89, Some(1_234_567.89))),
            ("1,234 56", &fr, is(1.23456, 1.23456, Some(1.23456))),
            ("0.125", &fr, is(0.125, 0.125, Some(0.125))),
            ("12\u{202f}000", &fr, is(12000.0, 12000.0, Some(12000.0))),
            ("1,000.5", &en, is(1000.5, 1000.5, Some(1000.5))),
            ("1,000", &en, is(1000.0, 1000.0, Some(1000.0))),
            ("12,345,678", &en, is(12_345_678.0, 12_345_678.0, Some(12_345_678.0))),
            ("0", &en, is(0.0, 0.0, Some(0.0))),
            ("0,5", &fr, is(0.5, 0.5, Some(0.5))),
            ("about right", &en, Number::No),
            ("de 5 à la fin", &fr, Number::No),
            ("1/2", &en, Number::No),
            ("deux", &fr, Number::No),
            ("a..b", &fr, Number::No),
            ("2*3", &fr, Number::No),
            ("06-12-45", &fr, Number::No),
        ] {
            assert_eq!(parse(text, language), expected, "{text}");
        }
    }

    #[test]
    fn what_was_meant_as_a_number_is_told_from_texts_and_mended() {
        let [fr, en] = ["fr", "en"].map(|tag| Language::parse(tag).expect("a language"));
        for (text, language, expected) in [
            ("6,7", &en, Some("[[6.7]]")),
            ("1.000,5", &en, Some("[[1000.5]]")),
            ("1.000,5", &fr, Some("[[1000,5]]")),
            ("1,234,567", &fr, Some("[[1234567]]")),
            ("1\u{2019}000", &fr, Some("[[1000]]")),
            ("1.000", &fr, None),
            ("6,7 ± 0,1", &en, Some("[[6.7 ± 0.1]]")),
            ("1,5..2.5", &en, Some("[[1.5..2.5]]")),
            ("6,7 ± x", &fr, None),
            ("x ± 2", &fr, None),
            ("5 ± 10 %", &fr, None),
            ("10..5", &fr, Some("[[5..10]]")),
            ("10,5..2,5", &fr, Some("[[2,5..10,5]]")),
            ("5..", &fr, None),
            ("5 ± -1", &fr, Some("[[5 ± 1]]")),
            ("6.7.8", &fr, None),
            ("1 2 3", &fr, None),
            ("06 12 34 56 78", &fr, None),
            ("5-10", &fr, Some("[[5..10]]")),
            ("5 – 10", &fr, Some("[[5..10]]")),
            ("5…10", &fr, Some("[[5..10]]")),
            ("6,7 %", &fr, Some("[[6,7]] %")),
            ("12km/h", &fr, Some("[[12]]km/h")),
            ("12 litres", &fr, Some("[[12]] litres")),
            ("$10", &en, Some("$[[10]]")),
            ("0,125", &en, Some("[[0.125]]")),
            ("12345,678", &en, Some("[[12345.678]]")),
            (",500", &en, Some("[[0.500]]")),
            ("09000", &fr, Some("[[9000]]")),
            ("00", &fr, Some("[[0]]")),
            ("92 à 93", &fr, Some("[[92..93]]")),
            ("de 5 à 10 %", &fr, Some("[[5..10]] %")),
            ("5 to 10", &en, Some("[[5..10]]")),
            ("10 to 5", &en, None),
            ("environ 92", &fr, None),
            ("~92", &en, None),
            ("≈ 92 %", &en, None),
            ("< 5", &en, None),
        ] {
            match parse(text, language) {
                Number::Nearly(slip) => assert_eq!(slip.fixed.as_deref(), expected, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
        for (text, expected) in [("1/2", Some("[[0,5]]")), ("1 / 3", None)] {
            assert_eq!(fraction(text, &fr).map(|slip| slip.fixed), Some(expected.map(str::to_owned)), "{text}");
        }
        for text in ["14.07.1789", "3-1", "1er", "12:30", "3h30", "5 fois", "A-1", "1/2", "192.168.0.1"] {
            assert_eq!(parse(text, &fr), Number::No, "{text}");
        }
    }

    #[test]
    fn a_word_is_a_unit_in_its_own_language() {
        let [fr, en, de] = ["fr", "en", "de"].map(|tag| Language::parse(tag).expect("a language"));
        for (word, languages) in [
            ("%", [true, true, true]),
            ("km/h", [true, true, true]),
            ("an", [true, false, false]),
            ("jours", [true, false, false]),
            ("Go", [true, false, false]),
            ("j", [true, false, false]),
            ("hours", [false, true, false]),
            ("litres", [true, true, false]),
        ] {
            assert_eq!([&fr, &en, &de].map(|language| is_unit(word, language)), languages, "{word}");
        }
    }
}
