//! What may stand in `course.toml` and in front matter: one declarative table of keys, and the reader it drives.
//!
//! The reader checks shape only (known keys, types, ranges, words from a list) and keeps the place of every
//! value. What a value *means* is for `parse`.

mod advice;
pub mod braces;
mod by_code;
mod line;
mod reader;
pub mod schema;
mod syntax;
mod tables;

use std::collections::BTreeMap;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use reader::is_of_quiz;
pub use reader::read;
pub use tables::{BANK_FILE, COURSE, LESSON, PAGE, QUESTION, QUIZ};

use crate::code::Code;
use crate::diagnostic::{Span, nearest};

/// A set of keys that may stand together.
#[derive(Debug)]
pub struct Table {
    /// What the table describes, as messages call it: "course.toml", "the front matter of a page".
    pub name: &'static str,
    /// The keys.
    pub keys: &'static [Key],
}

/// One key.
#[derive(Debug)]
pub struct Key {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// What values it takes.
    pub kind: Kind,
    /// Whether it must be there, and what holds when it is not.
    pub need: Need,
    /// What it is for, in one or two sentences, for the author.
    pub doc: &'static str,
}

/// Whether a key must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without it the course cannot be built.
    Required,
    /// It may be left out.
    Optional,
    /// Left out, it has this value, written as TOML.
    Default(&'static str),
}

/// The values that a key takes.
#[derive(Debug)]
pub enum Kind {
    /// A text of 1 to this many characters.
    Text(usize),
    /// A whole number in this range.
    Integer(i64, i64),
    /// A whole number from 1 to this one, or the word `"unlimited"`.
    Count(i64),
    /// `true` or `false`.
    Bool,
    /// A date without a time.
    Date,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts, each of 1 to this many characters.
    Texts(usize),
    /// A list of words, each one of these.
    Words(&'static [&'static str]),
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
    /// A table whose keys are names of [`crate::code::ALL`], each with such a table.
    ByCode(&'static Table),
}

/// A value and where it stands; a default stands nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where the author wrote it.
    pub span: Option<Span>,
}

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// This many times.
    Times(u32),
    /// As often as one likes.
    Unlimited,
}

#[derive(Debug)]
enum Value {
    Text(String),
    Integer(i64),
    Count(Count),
    Bool(bool),
    Date(toml::value::Date),
    Texts(Vec<Spanned<String>>),
    Table(Values),
    Tables(Vec<Values>),
    ByCode(Vec<(&'static Code, Values)>),
}

/// A table as read: only known keys with values of the right kind, defaults filled in.
#[derive(Debug)]
pub struct Values {
    entries: BTreeMap<&'static str, Spanned<Value>>,
    absent: Vec<&'static str>,
    /// Where the table stands.
    pub span: Span,
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $variant:ident, $type:ty) => {
        $(#[$doc])*
        pub(crate) fn $name(&mut self, key: &str) -> Option<Spanned<$type>> {
            let Spanned { value, span } = self.entries.remove(key)?;
            match value {
                Value::$variant(value) => Some(Spanned { value, span }),
                other => unreachable!("the key table gives {key} another kind than the code that reads it: {other:?}"),
            }
        }
    };
}

impl Values {
    getter!(
        /// Takes out the text, or the word, under `key`.
        text, Text, String
    );
    getter!(
        /// Takes out the whole number under `key`.
        integer, Integer, i64
    );
    getter!(
        /// Takes out the count under `key`.
        count, Count, Count
    );
    getter!(
        /// Takes out the truth value under `key`.
        bool, Bool, bool
    );
    getter!(
        /// Takes out the date under `key`.
        date, Date, toml::value::Date
    );
    getter!(
        /// Takes out the table under `key`.
        table, Table, Values
    );
    getter!(
        /// Takes out the tables under `key`, each with the code that it is about.
        by_code, ByCode, Vec<(&'static Code, Values)>
    );

    /// Where the author wrote the value of `key`.
    pub(crate) fn place(&self, key: &str) -> Option<Span> {
        self.entries.get(key)?.span
    }

    /// Whether the author wrote nothing under `key`, be it with a fault.
    pub(crate) fn lacks(&self, key: &str) -> bool {
        self.absent.contains(&key)
    }

    /// Takes out the list of texts under `key`; empty when it is not there.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<Spanned<String>> {
        match self.entries.remove(key).map(|v| v.value) {
            None => Vec::new(),
            Some(Value::Texts(texts)) => texts,
            Some(other) => unreachable!("{key} is no list of texts in the key table: {other:?}"),
        }
    }

    /// Takes out the list of tables under `key`; empty when it is not there.
    pub(crate) fn tables(&mut self, key: &str) -> Vec<Values> {
        match self.entries.remove(key).map(|v| v.value) {
            None => Vec::new(),
            Some(Value::Tables(tables)) => tables,
            Some(other) => unreachable!("{key} is no list of tables in the key table: {other:?}"),
        }
    }
}

/// Whether a text can be read as TOML.
pub(crate) fn is_toml(text: &str) -> bool {
    DeTable::parse(text).is_ok()
}

/// The text under `key` at the top of a TOML text, for what must be known before a table is chosen.
pub(crate) fn peek(text: &str, key: &str) -> Option<String> {
    let (document, _) = DeTable::parse_recoverable(text);
    match document.get_ref().iter().find(|(name, _)| name.get_ref() == key)?.1.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The texts under `key` in the tables `[[name]]`, for what must be known before they are read.
pub(crate) fn peek_tables(text: &str, name: &str, key: &str) -> Vec<String> {
    let (document, _) = DeTable::parse_recoverable(text);
    let under = |table: &DeValue<'_>| match table.get(key)?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    match document.get_ref().get(name).map(TomlSpanned::get_ref) {
        Some(DeValue::Array(tables)) => tables.iter().filter_map(|table| under(table.get_ref())).collect(),
        Some(table) => under(table).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether the front matter of a page that is no quiz shows that it was meant to be one.
pub(crate) fn means_quiz(text: &str) -> bool {
    let (document, _) = DeTable::parse_recoverable(text);
    let mut keys = document.get_ref().iter().map(|(name, value)| (name.get_ref().as_ref(), value.get_ref()));
    keys.any(|(name, value)| {
        let quiz = matches!(value, DeValue::String(word) if nearest(&word.to_lowercase(), ["quiz"]).is_some());
        is_of_quiz(name) || (nearest(&name.to_lowercase(), ["kind"]).is_some() && quiz)
    })
}

#[cfg(test)]
mod tests {
    use super::reader::default;
    use super::*;
    use crate::sources::FileId;

    fn every_table() -> Vec<&'static Table> {
        fn add(table: &'static Table, all: &mut Vec<&'static Table>) {
            all.push(table);
            for key in table.keys {
                if let Kind::Table(inner) | Kind::Tables(inner) | Kind::ByCode(inner) = key.kind {
                    add(inner, all);
                }
            }
        }
        let mut all = Vec::new();
        for table in [&COURSE, &LESSON, &PAGE, &QUIZ] {
            add(table, &mut all);
        }
        all
    }

    #[test]
    fn every_default_fits_its_own_key_and_every_key_is_documented() {
        for table in every_table() {
            for key in table.keys {
                if let Need::Default(toml) = key.need {
                    default(key, toml);
                }
                assert!(key.doc.ends_with('.'), "{}: {}", table.name, key.name);
                assert_eq!(key.name, key.name.to_lowercase());
            }
        }
    }

    #[test]
    fn all_mistakes_of_a_table_are_reported_at_once_each_at_its_own_place() {
        let text = "title = 3\nlangage = \"fr\"\nrequired = \"yes\"\nupdated = 2026\n";
        let (values, diagnostics) = read(&PAGE, text, FileId(0), 100);
        assert!(!values.entries.contains_key("title"));
        let found: Vec<(&str, u32)> =
            diagnostics.iter().map(|d| (d.code.name, d.span.map_or(0, |s| s.start))).collect();
        assert!(found.contains(&("wrong-value", 108)), "{found:?}");
        assert!(found.contains(&("unknown-key", 110)), "{found:?}");
    }
}
