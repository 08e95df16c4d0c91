//! What to type where a value does not fit its key.

use toml::de::DeValue;

use super::line::reads;
use super::reader::Reader;
use super::syntax::{quoted, slip};
use super::{Key, Kind};
use crate::diagnostic::nearest;
use crate::sources::FileId;

/// What was most likely meant by a value of another kind, as TOML that `key` takes.
pub(super) fn meant(key: &'static Key, given: &DeValue<'_>) -> Option<String> {
    let meant = match (given, &key.kind) {
        (DeValue::String(text), Kind::Words(words)) => {
            let words = text.split(',').map(str::trim).map(|word| nearest(word, words.iter().copied()).unwrap_or(word));
            format!("[{}]", words.map(quoted).collect::<Vec<_>>().join(", "))
        }
        (DeValue::String(_), Kind::Table(_) | Kind::Tables(_) | Kind::ByCode(_)) => return None,
        (DeValue::String(text), _) => {
            // Without its marks it may be a line that people type: 75 %, yes, 23/11/2026.
            let line = format!("{} = {}", key.name, text.trim());
            let line = if reads(&line) { line } else { slip(&line, &[key])?.fixed? };
            line.split_once('=')?.1.trim().to_owned()
        }
        // Of 0.75, nobody knows whether 75 % were meant.
        (DeValue::Float(number), _) => number.as_str().split('.').next().filter(|whole| *whole != "0")?.to_owned(),
        _ => return None,
    };
    let parsed = DeValue::parse(&meant).ok()?;
    if std::mem::discriminant(parsed.get_ref()) == std::mem::discriminant(given) {
        return None;
    }
    let mut reader = Reader::new(FileId(0), 0);
    (reader.value(key, &parsed).is_some() && reader.diagnostics.is_empty()).then_some(meant)
}

/// What a key takes, with an example.
pub(super) fn takes(key: &Key) -> String {
    format!("`{0}` must be {1}, for example: {0} = {2}", key.name, expectation(&key.kind), example(&key.kind))
}

pub(super) fn expectation(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text(_) => "a text between quotation marks",
        Kind::Integer(..) => "a whole number",
        Kind::Count(_) => "a whole number, or \"unlimited\"",
        Kind::Bool => "true or false",
        Kind::Date => "a date",
        Kind::Word(_) => "a word between quotation marks",
        Kind::Texts(_) => "a list of texts",
        Kind::Words(_) => "a list of words",
        Kind::Table(_) => "a table of keys",
        Kind::Tables(_) => "a list of tables",
        Kind::ByCode(_) => "a table of codes, each with its own table",
    }
}

/// An example that fits wherever it is copied to: of what has a wide range, nobody knows how much there is.
pub(super) fn whole_number(min: i64, max: i64) -> i64 {
    if max > 100 { min.max(1) } else { min.midpoint(max) }
}

pub(super) fn example(kind: &Kind) -> String {
    match kind {
        Kind::Text(_) => "\"…\"".to_owned(),
        Kind::Integer(min, max) => whole_number(*min, *max).to_string(),
        Kind::Count(_) => "2".to_owned(),
        Kind::Bool => "true".to_owned(),
        Kind::Date => "2026-11-23".to_owned(),
        Kind::Word(words) => format!("\"{}\"", words.first().unwrap_or(&"")),
        Kind::Texts(_) => "[\"…\", \"…\"]".to_owned(),
        Kind::Words(words) => format!("[\"{}\"]", words.first().unwrap_or(&"")),
        Kind::Table(_) => "{ … }".to_owned(),
        Kind::Tables(_) => "[{ … }]".to_owned(),
        Kind::ByCode(_) => "{ a-code = { … } }".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_fits_and_is_the_authors_own_value() {
        let key = |kind| Box::leak(Box::new(Key { name: "draw", kind, need: super::super::Need::Optional, doc: "" }));
        for (kind, given, expected) in [
            (Kind::Integer(0, 100), "\"75\"", Some("75")),
            (Kind::Integer(0, 100), "\"75,5 %\"", Some("75")),
            (Kind::Integer(0, 100), "\"750\"", None),
            (Kind::Integer(0, 100), "\"'75'\"", None),
            (Kind::Integer(0, 100), "\"much\"", None),
            (Kind::Integer(0, 100), "\"7\\n5\"", None),
            (Kind::Integer(0, 100), "1e2", None),
            (Kind::Integer(0, 100), "0.75", None),
            (Kind::Integer(0, 100), "\"inf\"", None),
            (Kind::Count(15), "\"3\"", Some("3")),
            (Kind::Bool, "\"false\"", Some("false")),
            (Kind::Date, "\"3/11/2026\"", Some("2026-11-03")),
            (Kind::Words(&["a-b", "c"]), "\"c, a-d\"", Some("[\"c\", \"a-b\"]")),
            (Kind::Words(&["a-b", "c"]), "\"\"", None),
        ] {
            let parsed = DeValue::parse(given).unwrap();
            assert_eq!(meant(key(kind), parsed.get_ref()).as_deref(), expected, "{given}");
        }
    }
}
