//! Reading: the values of a TOML text by a table of keys, and what is said of those that do not fit.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use super::advice::{example, expectation, meant, whole_number};
use super::syntax::quoted;
use super::{COURSE, Count, Key, Kind, LESSON, Need, PAGE, QUESTION, QUIZ, Spanned, Table, Value, Values, braces};
use crate::code;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::sources::FileId;

/// Reads `text`, which stands in `file` from byte `base` on, by `table`.
///
/// What is wrong is reported and left out; so the values of a required key may be absent after an error.
pub fn read(table: &'static Table, text: &str, file: FileId, base: usize) -> (Values, Vec<Diagnostic>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader::new(file, base);
    // Front matter begins under a line of its own.
    reader.first_line = if base == 0 { 1 } else { 2 };
    reader.syntax(table, text, &errors);
    let said = reader.diagnostics.len();
    let whole = reader.span(0..text.len());
    let mut values = reader.table(table, document.get_ref(), whole);
    if !errors.is_empty() {
        // A broken line may hold any key, and leave those under it in the wrong table.
        values.absent.clear();
        let follows = |found: &Diagnostic| *found.code == code::MISSING_KEY || *found.code == code::UNKNOWN_KEY;
        let rest = reader.diagnostics.split_off(said);
        reader.diagnostics.extend(rest.into_iter().filter(|found| !follows(found)));
    }
    (values, reader.diagnostics)
}

/// What reads one text.
pub(super) struct Reader {
    file: FileId,
    pub(super) base: usize,
    /// The number of the first line in the author's file.
    pub(super) first_line: usize,
    /// The lines that are no TOML, as ranges of the text: what is read from one means nothing.
    pub(super) broken: Vec<Range<usize>>,
    /// Keys that are there, but misspelt or in another table.
    pub(super) meant: Vec<&'static str>,
    /// What keys of the top of the file say that stand in another table.
    hoisted: Vec<(&'static Key, Spanned<Value>)>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Reader {
    pub(super) fn new(file: FileId, base: usize) -> Self {
        Self {
            file,
            base,
            first_line: 1,
            broken: Vec::new(),
            meant: Vec::new(),
            hoisted: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.base..range.end + self.base)
    }

    pub(super) fn table(&mut self, table: &'static Table, given: &DeTable<'_>, span: Span) -> Values {
        let mut entries = BTreeMap::new();
        let mut misplaced = Vec::new();
        self.of_quiz(table, given);
        for (name, value) in given {
            let key_span = self.span(name.span());
            let is_page = std::ptr::eq(table, &PAGE);
            if is_page && is_of_quiz(name.get_ref()) {
                continue;
            }
            match table.keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
                None => match belongs(table, name.get_ref()) {
                    Some(place) => misplaced.push((place, key_span, value)),
                    None => self.unknown(table, name.get_ref(), key_span),
                },
                Some(key) => {
                    if let Some(value) = self.value(key, value) {
                        entries.insert(key.name, value);
                    }
                }
            }
        }
        self.misplaced(table, misplaced);
        let hoisted = |(key, _): &mut (&'static Key, _)| table.keys.iter().any(|own| std::ptr::eq(own, *key));
        for (key, value) in self.hoisted.extract_if(.., hoisted) {
            entries.entry(key.name).or_insert(value);
        }
        let mut absent = Vec::new();
        for key in table.keys {
            if entries.contains_key(key.name) {
                continue;
            }
            let is_absent = !self.meant.contains(&key.name) && !given.keys().any(|name| name.get_ref() == key.name);
            absent.extend(is_absent.then_some(key.name));
            match key.need {
                Need::Default(toml) => {
                    entries.insert(key.name, default(key, toml));
                }
                Need::Required if is_absent => self.missing(table, key, span),
                Need::Required | Need::Optional => {}
            }
        }
        Values { entries, absent, span }
    }

    fn unknown(&mut self, table: &'static Table, name: &str, span: Span) {
        let message = format!("unknown key `{name}` in {}", table.name);
        let mut diagnostic = Diagnostic::new(&code::UNKNOWN_KEY, span, message);
        if let Some(similar) = nearest(name, table.keys.iter().map(|key| key.name)) {
            self.meant.extend(table.keys.iter().map(|key| key.name).find(|known| *known == similar));
            diagnostic = diagnostic.fix(format!("did you mean `{similar}`?"), span, similar);
        } else {
            let known: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
            diagnostic = diagnostic.hint(format!("the keys known here are: {}", known.join(", ")));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Keys of a quiz on a page that is none: one line is missing, whatever their number.
    fn of_quiz(&mut self, table: &'static Table, given: &DeTable<'_>) {
        // A word to mend has a finding of its own.
        if !std::ptr::eq(table, &PAGE) || kind_is_misspelt(given) {
            return;
        }
        let of_quiz = given.keys().filter(|name| is_of_quiz(name.get_ref()));
        let mut found: Vec<(Span, &str)> =
            of_quiz.map(|name| (self.span(name.span()), name.get_ref().as_ref())).collect();
        found.sort_unstable();
        if let Some((span, _)) = found.first() {
            let belong = if found.len() == 1 { "belongs" } else { "belong" };
            let message = format!("{} {belong} to a quiz page", listed(found.iter().map(|(_, name)| *name)));
            let hint = "if this page is a quiz, add the line: kind = \"quiz\"";
            self.diagnostics.push(Diagnostic::new(&code::UNKNOWN_KEY, *span, message).hint(hint));
        }
    }

    /// Keys of `table` that belong elsewhere in the file: those of one place are said at once, and what they say at the
    /// top is known all the same.
    fn misplaced(&mut self, table: &'static Table, keys: Vec<(Place, Span, &TomlSpanned<DeValue<'_>>)>) {
        let mut by_place: BTreeMap<String, Vec<(Span, &'static str)>> = BTreeMap::new();
        for (Place { place, name, root }, span, value) in keys {
            self.meant.push(name);
            by_place.entry(place).or_default().push((span, name));
            if let Some(key) = root
                && let Some(value) = self.value(key, value)
            {
                self.hoisted.push((key, value));
            }
        }
        for (place, mut keys) in by_place {
            keys.sort_unstable();
            let (keys_word, belong) = if keys.len() == 1 { ("key", "belongs") } else { ("keys", "belong") };
            let names = listed(keys.iter().map(|(_, name)| *name));
            let message = format!("unknown {keys_word} {names} in {}", table.name);
            let diagnostic = Diagnostic::new(&code::UNKNOWN_KEY, keys[0].0, message);
            self.diagnostics.push(diagnostic.hint(format!("{names} {belong} {place}")));
        }
    }

    fn missing(&mut self, table: &Table, key: &Key, span: Span) {
        let first = Span { end: span.start, ..span };
        let message = format!("`{}` is missing in {}", key.name, table.name);
        let hint = format!("add a line such as: {} = {}", key.name, example(&key.kind));
        let doc = key.doc.to_owned();
        self.diagnostics.push(Diagnostic::new(&code::MISSING_KEY, first, message).hint(hint).hint(doc));
    }

    pub(super) fn value(&mut self, key: &'static Key, given: &TomlSpanned<DeValue<'_>>) -> Option<Spanned<Value>> {
        if self.is_broken(given) {
            return None;
        }
        let span = self.span(given.span());
        let value = match (&key.kind, given.get_ref()) {
            (Kind::Text(max), DeValue::String(text)) => Value::Text(self.text(text, *max, key, span)?),
            (Kind::Integer(min, max), DeValue::Integer(n)) => {
                Value::Integer(self.integer(n.as_str(), n.radix(), (*min, *max), key, span)?)
            }
            (Kind::Count(max), DeValue::Integer(n)) => {
                let n = self.integer(n.as_str(), n.radix(), (1, *max), key, span)?;
                Value::Count(Count::Times(u32::try_from(n).ok()?))
            }
            (Kind::Count(_), DeValue::String(word)) if word == "unlimited" => Value::Count(Count::Unlimited),
            (Kind::Bool, DeValue::Boolean(value)) => Value::Bool(*value),
            (Kind::Date, DeValue::Datetime(when)) => Value::Date(self.date(when, key.name, span)?),
            (Kind::Word(words), DeValue::String(word)) => Value::Text(self.word(word, words, key.name, span)?),
            (Kind::Texts(max), DeValue::Array(items)) => {
                Value::Texts(self.list(items, key, |reader, text, span| reader.text(text, *max, key, span)))
            }
            (Kind::Texts(_), DeValue::String(text)) => Value::Texts(self.lone(key, text, span)),
            (Kind::Words(words), DeValue::Array(items)) => {
                // Where nothing means something else than none, none is a slip.
                if let Need::Default(usual) = key.need
                    && items.is_empty()
                    && usual != "[]"
                {
                    let message = format!("`{}` is empty", key.name);
                    let hint = format!("write {} = {usual}, or remove the line", key.name);
                    self.diagnostics.push(Diagnostic::new(&code::WRONG_VALUE, span, message).hint(hint));
                }
                Value::Texts(self.list(items, key, |reader, text, span| reader.word(text, words, key.name, span)))
            }
            (Kind::Table(table), DeValue::Table(given)) => Value::Table(self.table(table, given, span)),
            (Kind::Tables(table), DeValue::Array(items)) => Value::Tables(self.tables(table, items, key)),
            (Kind::Tables(table), DeValue::Table(given)) => {
                Value::Tables(self.lone_table(table, given, key.name, span))
            }
            (Kind::Text(_), DeValue::Integer(n)) => return self.number_as_text(key, n.as_str(), span),
            (Kind::Text(_), DeValue::Float(n)) => return self.number_as_text(key, n.as_str(), span),
            (Kind::ByCode(table), DeValue::Table(given)) => Value::ByCode(self.by_code(key, table, given)),
            _ => return self.wrong_kind(key, span, meant(key, given.get_ref())),
        };
        Some(Spanned { value, span: Some(span) })
    }

    fn is_broken(&self, given: &TomlSpanned<DeValue<'_>>) -> bool {
        self.broken.iter().any(|line| line.contains(&given.span().start))
    }

    /// One text where a list is asked for: what it says is known all the same.
    fn lone(&mut self, key: &Key, text: &str, span: Span) -> Vec<Spanned<String>> {
        let message = format!("`{}` must be {}", key.name, expectation(&key.kind));
        let diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, message);
        self.diagnostics.push(diagnostic.fix(
            "put it between brackets, even alone",
            span,
            format!("[{}]", quoted(text)),
        ));
        vec![Spanned { value: text.to_owned(), span: Some(span) }]
    }

    fn wrong_kind<T>(&mut self, key: &Key, span: Span, meant: Option<String>) -> Option<T> {
        let message = format!("`{}` must be {}", key.name, expectation(&key.kind));
        let diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, message);
        let diagnostic = match meant {
            Some(meant) => diagnostic.fix("write", span, meant),
            None => diagnostic.hint(format!("for example: {} = {}", key.name, example(&key.kind))),
        };
        self.diagnostics.push(match key.kind {
            Kind::Words(words) => diagnostic.hint(format!("possible values: {}", words.join(", "))),
            _ => diagnostic,
        });
        None
    }

    /// A number where a text is asked for: `version = 1.0`.
    fn number_as_text<T>(&mut self, key: &Key, number: &str, span: Span) -> Option<T> {
        let message = format!("`{}` must be {}", key.name, expectation(&key.kind));
        let diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, message);
        self.diagnostics.push(diagnostic.fix("put it between quotation marks", span, format!("\"{number}\"")));
        None
    }

    /// One table, `[bank]`, where there may be several, `[[bank]]`: what it holds is known all the same.
    fn lone_table(&mut self, table: &'static Table, given: &DeTable<'_>, name: &str, span: Span) -> Vec<Values> {
        let message = format!("there may be several `{name}`, so its brackets are two on each side");
        let diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, message);
        // The table in one line of braces is longer, or shorter, than its name in one bracket.
        let is_header = span.range().len() + 2 == table.name.len();
        self.diagnostics.push(match is_header {
            true => diagnostic.fix("write", span, table.name),
            false => diagnostic.hint(format!("write {} on a line of its own, and its keys below it", table.name)),
        });
        vec![self.table(table, given, span)]
    }

    fn text(&mut self, text: &str, max: usize, key: &Key, span: Span) -> Option<String> {
        let Key { name: key, need, kind, doc } = key;
        let trimmed = text.trim();
        let length = trimmed.chars().count();
        if length == 0 {
            let diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, format!("`{key}` is empty"));
            self.diagnostics.push(match (need, kind) {
                (_, Kind::Texts(_)) => diagnostic.hint("write something between the quotation marks, or remove them"),
                (Need::Required, _) => diagnostic.hint("write it between the quotation marks").hint(*doc),
                _ => diagnostic.hint("write something, or remove the line"),
            });
            return None;
        }
        if length > max {
            let message = format!("`{key}` has {length} characters; at most {max} are possible");
            self.diagnostics.push(Diagnostic::new(&code::WRONG_VALUE, span, message).hint("shorten the text"));
            return None;
        }
        Some(trimmed.to_owned())
    }

    fn integer(&mut self, digits: &str, radix: u32, range: (i64, i64), key: &Key, span: Span) -> Option<i64> {
        let ((min, max), key, counts) = (range, key.name, matches!(key.kind, Kind::Count(_)));
        match i64::from_str_radix(digits, radix) {
            Ok(n) if (min..=max).contains(&n) => Some(n),
            _ => {
                let message = format!("`{key}` must be a whole number from {min} to {max}");
                let hint = match counts {
                    true => format!("for example: {key} = 2, or {key} = \"unlimited\""),
                    false => format!("for example: {key} = {}", whole_number(min, max)),
                };
                self.diagnostics.push(Diagnostic::new(&code::WRONG_VALUE, span, message).hint(hint));
                None
            }
        }
    }

    fn date(&mut self, when: &toml::value::Datetime, key: &str, span: Span) -> Option<toml::value::Date> {
        match when {
            toml::value::Datetime { date: Some(date), time: None, offset: None } => Some(*date),
            _ => {
                let message = format!("`{key}` must be a date without a time");
                let diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, message);
                self.diagnostics.push(match when.date {
                    Some(date) => diagnostic.fix("write", span, date.to_string()),
                    None => diagnostic.hint(format!("for example: {key} = 2026-11-23")),
                });
                None
            }
        }
    }

    fn word(&mut self, word: &str, words: &[&str], key: &str, span: Span) -> Option<String> {
        if words.contains(&word) {
            return Some(word.to_owned());
        }
        let message = format!("`{word}` is not a value of `{key}`");
        let mut diagnostic = Diagnostic::new(&code::WRONG_VALUE, span, message);
        if let Some(similar) = nearest(word, words.iter().copied()) {
            diagnostic = diagnostic.fix(format!("did you mean \"{similar}\"?"), span, format!("\"{similar}\""));
        }
        self.diagnostics.push(diagnostic.hint(format!("possible values: {}", words.join(", "))));
        None
    }

    fn list(
        &mut self,
        items: &[TomlSpanned<DeValue<'_>>],
        key: &'static Key,
        mut accept: impl FnMut(&mut Self, &str, Span) -> Option<String>,
    ) -> Vec<Spanned<String>> {
        let mut texts = Vec::new();
        for item in items {
            let span = self.span(item.span());
            let value = match item.get_ref() {
                _ if self.is_broken(item) => None,
                DeValue::String(text) => accept(self, text, span),
                _ => self.wrong_kind(key, span, None),
            };
            texts.extend(value.map(|value| Spanned { value, span: Some(span) }));
        }
        texts
    }

    fn tables(&mut self, table: &'static Table, items: &[TomlSpanned<DeValue<'_>>], key: &'static Key) -> Vec<Values> {
        let mut tables = Vec::new();
        for item in items {
            let span = self.span(item.span());
            match item.get_ref() {
                DeValue::Table(given) => tables.push(self.table(table, given, span)),
                _ => drop(self.wrong_kind::<()>(key, span, None)),
            }
        }
        tables
    }
}

/// Where a key belongs that stands elsewhere.
struct Place {
    /// In words.
    place: String,
    name: &'static str,
    /// The key, if it belongs to the top of the file.
    root: Option<&'static Key>,
}

/// Where a key belongs that `table` does not know and another table of the same file does.
fn belongs(table: &'static Table, name: &str) -> Option<Place> {
    let inner = |root: &'static Table| {
        root.keys.iter().filter_map(|key| match key.kind {
            Kind::Table(inner) | Kind::Tables(inner) => Some(inner),
            _ => None,
        })
    };
    if std::ptr::eq(table, &QUESTION) {
        let name = braces::HEADING.iter().map(|setting| setting.name).find(|known| *known == name)?;
        return Some(Place {
            place: format!("in the braces after the heading: {{#an-id {name}=…}}"),
            name,
            root: None,
        });
    }
    let root = [&COURSE, &LESSON, &QUIZ]
        .into_iter()
        .find(|root| std::ptr::eq(*root, table) || inner(root).any(|inner| std::ptr::eq(inner, table)))?;
    let known = |table: &'static Table| table.keys.iter().find(|key| key.name == name);
    if let Some(key) = known(root) {
        let place = format!("at the top of {}, above the first line in brackets [ ]", root.name);
        return Some(Place { place, name: key.name, root: Some(key) });
    }
    let place = |table: &'static Table| {
        known(table).map(|key| Place { place: format!("under {}", table.name), name: key.name, root: None })
    };
    inner(root).find_map(place)
}

/// Names as a sentence has them: `a`, `b` and `c`.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Whether a key is one of quiz pages only.
pub(super) fn is_of_quiz(name: &str) -> bool {
    QUIZ.keys.iter().any(|key| key.name == name) && !PAGE.keys.iter().any(|key| key.name == name)
}

/// Whether a table has a key like `kind`, or a `kind` that is no kind of page: one word to mend, not every key of a quiz.
fn kind_is_misspelt(given: &DeTable<'_>) -> bool {
    given.iter().any(|(name, value)| match name.get_ref().as_ref() {
        "kind" => !matches!(value.get_ref(), DeValue::String(word) if word == "page"),
        name => nearest(&name.to_lowercase(), ["kind"]).is_some(),
    })
}

/// The value that a key has where it is left out.
pub(super) fn default(key: &'static Key, toml: &'static str) -> Spanned<Value> {
    let parsed = DeValue::parse(toml).unwrap_or_else(|error| unreachable!("default of {}: {error}", key.name));
    let mut reader = Reader::new(FileId(0), 0);
    let value = reader.value(key, &parsed).unwrap_or_else(|| unreachable!("default of {} does not fit", key.name));
    Spanned { value: value.value, span: None }
}
