//! What texts and the values of attributes must be: the simple types of the standards' schemas, and the vocabularies and
//! formats of their data models.

use super::rules;
use crate::referee::Rule;

/// What a text or the value of an attribute must be.
#[derive(Debug)]
pub(super) enum Kind {
    /// `text`, `uri`: anything; a schema's check of addresses refuses next to nothing.
    Text,
    /// `max200`: at most so many characters.
    Max(usize),
    /// `full`: an address that is not empty.
    Full,
    /// `solid`: not empty, and no blank in it.
    Solid,
    /// `id`: a name without colon, once in the document.
    Id,
    /// `idref`: the name of something in the document; whether it is there, and of the right kind, is for the rules.
    IdRef,
    /// `bool`.
    Bool,
    /// `0..1`: a decimal number in a range.
    Decimal(f64, f64),
    /// `int`: a whole number of 32 bits.
    Int,
    /// `count`: a whole number from 0.
    Count,
    /// `digits`: nothing but digits.
    Digits,
    /// `language`, of XML Schema, with blanks around it.
    Language,
    /// `tag`: a language without blanks; `tag-or-none` also takes `none`.
    Tag(bool),
    /// `duration` of XML Schema.
    Duration,
    /// `datetime` of XML Schema.
    DateTime,
    /// `lom-duration`.
    LomDuration,
    /// `lom-date`.
    LomDate,
    /// `(a|b c)`: one of these words as they are, `+` for a blank; `~(a|b)`: blanks around it do not matter.
    Words(Vec<String>, bool),
}

impl Kind {
    pub(super) fn parse(text: &str) -> Self {
        let (word, loose) = text.strip_prefix('~').map_or((text, false), |rest| (rest, true));
        if let Some(list) = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) {
            return Self::Words(list.split('|').map(|word| word.replace('+', " ")).collect(), loose);
        }
        if let Some((low, high)) = word.split_once("..") {
            return Self::Decimal(low.parse().unwrap_or(0.0), high.parse().unwrap_or(0.0));
        }
        if let Some(most) = word.strip_prefix("max").and_then(|digits| digits.parse().ok()) {
            return Self::Max(most);
        }
        match word {
            "full" => Self::Full,
            "solid" => Self::Solid,
            "id" => Self::Id,
            "idref" => Self::IdRef,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "count" => Self::Count,
            "digits" => Self::Digits,
            "language" => Self::Language,
            "tag" => Self::Tag(false),
            "tag-or-none" => Self::Tag(true),
            "duration" => Self::Duration,
            "datetime" => Self::DateTime,
            "lom-duration" => Self::LomDuration,
            "lom-date" => Self::LomDate,
            _ => Self::Text,
        }
    }

    /// The rule that a value breaks, and why.
    pub(super) fn refuses(&self, value: &str) -> Option<(&'static Rule, String)> {
        let trimmed = value.trim_matches([' ', '\t', '\n', '\r']);
        let unless = |fine: bool, why: &str| (!fine).then(|| (&rules::VALUE, why.to_owned()));
        match self {
            Self::Text => None,
            Self::Max(most) => {
                let length = value.chars().count();
                (length > *most)
                    .then(|| (&rules::LENGTH, format!("has {length} characters, more than the {most} allowed")))
            }
            Self::Full => unless(!trimmed.is_empty(), "must not be empty"),
            Self::Solid => unless(!value.is_empty() && !value.contains(char::is_whitespace), "must hold no blank"),
            Self::Id | Self::IdRef => (!is_name(trimmed)).then(|| {
                let why = "must begin with a letter or `_` and hold letters, digits, `.`, `-` and `_` alone";
                (&rules::IDENTIFIER_GRAMMAR, why.to_owned())
            }),
            Self::Bool => unless(matches!(trimmed, "true" | "false" | "1" | "0"), "must be `true` or `false`"),
            Self::Decimal(low, high) => {
                let number = is_decimal(trimmed).then(|| trimmed.parse::<f64>().ok()).flatten();
                let fine = number.is_some_and(|number| (*low..=*high).contains(&number));
                unless(fine, &format!("must be a number from {low} to {high}"))
            }
            Self::Int => unless(trimmed.parse::<i32>().is_ok(), "must be a whole number"),
            Self::Count => {
                let digits = trimmed.strip_prefix('+').unwrap_or(trimmed);
                let zero = trimmed
                    .strip_prefix('-')
                    .is_some_and(|digits| all_digits(digits) && digits.trim_matches('0').is_empty());
                unless(all_digits(digits) || zero, "must be a whole number from 0")
            }
            Self::Digits => unless(all_digits(value), "must be a whole number from 0"),
            Self::Language => unless(is_language(trimmed), "must be a language tag such as `fr` or `en-GB`"),
            Self::Tag(none) => unless(
                is_language(value) || (*none && value == "none"),
                "must be a language tag such as `fr` or `en-GB`",
            ),
            Self::Duration => unless(is_duration(trimmed, true), "must be a duration such as `PT1H30M`"),
            Self::DateTime => unless(is_date_time(trimmed), "must be a moment such as `2026-11-20T10:00:00Z`"),
            Self::LomDuration => unless(is_duration(value, false), "must be a duration such as `PT45M`"),
            Self::LomDate => unless(is_lom_date(value), "must be a date such as `2026-11-20`"),
            Self::Words(words, loose) => {
                let collapsed = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let given = if *loose { collapsed.as_str() } else { value };
                let fine = words.iter().any(|word| word == given);
                let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                (!fine).then(|| (&rules::WORD, format!("must be one of {list}")))
            }
        }
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    digits.len() > usize::from(digits.contains('.'))
        && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
}

/// Whether a text is an `NCName` (Namespaces in XML 1.0, 4).
pub(super) fn is_name(text: &str) -> bool {
    let start = |sign: char| sign == '_' || sign.is_alphabetic();
    let more = |sign: char| {
        start(sign)
            || sign.is_numeric()
            || matches!(sign, '.' | '-' | '·' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
    };
    text.chars().next().is_some_and(start) && text.chars().all(more)
}

/// Whether a text has the form of a language tag (BCP 47, as XML Schema checks it).
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let sized = |part: &str| (1..=8).contains(&part.len());
    parts.next().is_some_and(|first| sized(first) && first.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// `P1Y2M3DT4H5M6.7S`; `whole` also wants something after `P` and after `T`, and takes a sign.
fn is_duration(text: &str, whole: bool) -> bool {
    let text = if whole { text.strip_prefix('-').unwrap_or(text) } else { text };
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let fields = |mut text: &str, units: &[char]| {
        for unit in units {
            if let Some((number, after)) = text.split_once(*unit) {
                let (first, fraction) = number.split_once('.').unwrap_or((number, "0"));
                if !all_digits(first) || !all_digits(fraction) || (number.contains('.') && *unit != 'S') {
                    return false;
                }
                text = after;
            }
        }
        text.is_empty()
    };
    let something = !whole || (!rest.is_empty() && time.is_none_or(|time| !time.is_empty()));
    something && fields(date, &['Y', 'M', 'D']) && time.is_none_or(|time| fields(time, &['H', 'M', 'S']))
}

fn is_date_time(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some((date, time)) = text.split_once('T') else { return false };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let pairs = |text: &str, sign: char, most: &[u32]| {
        let parts: Vec<&str> = text.split(sign).collect();
        let fits = |(part, most): (&&str, &u32)| {
            part.len() == 2 && all_digits(part) && part.parse().is_ok_and(|part: u32| part <= *most)
        };
        parts.len() == most.len() && parts.iter().zip(most).all(fits)
    };
    let Some((year, days)) = date.split_once('-') else { return false };
    year.len() >= 4
        && all_digits(year)
        && pairs(days, '-', &[12, 31])
        && !days.contains("00")
        && pairs(clock, ':', &[24, 59, 59])
        && all_digits(fraction)
        && (zone.is_empty() || zone == "Z" || pairs(&zone[1..], ':', &[14, 59]))
}

/// A date that may end after the year or any later part; a zone needs a fraction of a second before it.
fn is_lom_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut field = |lead: Option<u8>, digits: usize| {
        let start = at + usize::from(lead.is_some());
        let there = lead.is_none_or(|lead| bytes.get(at) == Some(&lead));
        let fine = there && bytes.get(start..start + digits).is_some_and(|field| field.iter().all(u8::is_ascii_digit));
        at = if fine { start + digits } else { at };
        fine
    };
    let fields = [(None, 4), (Some(b'-'), 2), (Some(b'-'), 2), (Some(b'T'), 2), (Some(b':'), 2), (Some(b':'), 2)];
    let read = fields.iter().take_while(|(lead, digits)| field(*lead, *digits)).count();
    let rest = &text.get(at..).unwrap_or("?");
    if read == 0 {
        return false;
    }
    if read < 6 || rest.is_empty() {
        return rest.is_empty();
    }
    let Some(rest) = rest.strip_prefix('.') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let zone = &rest[digits..];
    let shifted = zone.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':'));
    digits > 0
        && (zone.is_empty()
            || zone == "Z"
            || shifted.is_some_and(|(hours, minutes)| {
                [hours, minutes].iter().all(|pair| pair.len() == 2 && all_digits(pair))
            }))
}
