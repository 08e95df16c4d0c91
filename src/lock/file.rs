//! Reading and writing the text of `course.lock`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml::de::{DeTable, DeValue};
use uuid::Uuid;

use super::{ChoiceLine, KeyLine, Line, Lock, QuestionLine, Retired, UnitLine};
use crate::code;
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::FileId;

const VERSION: i64 = 1;

const HEADER: &str = "\
# Written by cartable. Keep this file with the course: under its numbers LMSs store learners' answers.
# Do not edit or delete lines by hand; see `cartable lock --help`.
";

impl Lock {
    /// Reads a lock, even if numbers clash in it.
    ///
    /// # Errors
    /// Every line that cartable would not have written.
    pub(crate) fn parse(text: &str, file: FileId) -> Result<Self, Vec<Diagnostic>> {
        let reader = Reader { file, diagnostics: Vec::new() };
        if let Some(conflict) = unfinished_merge(text, file) {
            return Err(vec![conflict]);
        }
        let (document, errors) = DeTable::parse_recoverable(text);
        if let Some(error) = errors.first() {
            let span = Span::new(file, error.span().unwrap_or(0..0));
            let message = format!("this line of the lock cannot be read: {}", error.message().trim_end_matches('.'));
            return Err(vec![reader.syntax(span, message)]);
        }
        reader.lock(document.get_ref(), text.len())
    }

    /// Reads the text of a lock that is no file of the course: that of a release.
    ///
    /// # Errors
    /// The first thing that is wrong with it, in words.
    pub fn from_text(text: &str) -> Result<Self, String> {
        Self::parse(text, FileId(0)).map_err(|found| found.first().map(|d| d.message.clone()).unwrap_or_default())
    }

    /// The text of the lock: one line per number, sorted.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut out = String::from(HEADER);
        let _ = writeln!(out, "version = {VERSION}\ncourse = {}", quote(&self.course));
        let section = |out: &mut String, name: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                let body: String = lines.iter().map(|line| format!("  {{ {line} }},\n")).collect();
                let _ = write!(out, "\n{name} = [\n{body}]\n");
            }
        };
        let units = self.units.iter().map(|u| format!("unit = {}, id = {}", quote(&u.unit), quote(&u.id.to_string())));
        section(&mut out, "units", units.collect());
        section(&mut out, "pages", sorted(&self.pages, |l| (0, l.number), line_text));
        let question = |q: &QuestionLine| format!("{}, kind = {}", line_text(&q.line), quote(&q.kind));
        section(&mut out, "questions", sorted(&self.questions, |q| (0, q.line.number), question));
        let choice = |c: &ChoiceLine| format!("question = {}, {}", c.question, line_text(&c.line));
        section(&mut out, "choices", sorted(&self.choices, |c| (c.question, c.line.number), choice));
        let key =
            |k: &KeyLine| format!("question = {}, revision = {}, key = {}", k.question, k.revision, quote(&k.key));
        section(&mut out, "keys", sorted(&self.keys, |k| (k.question, k.revision), key));
        let mut retired = self.retired.clone();
        retired.sort_unstable();
        let retired = retired.iter().map(|r| match r {
            Retired::Page(n) => format!("page = {n}"),
            Retired::Question(n) => format!("question = {n}"),
            Retired::Choice { question, choice } => {
                format!("question = {question}, choice = {choice}")
            }
        });
        section(&mut out, "retired", retired.collect());
        out
    }
}

/// The lines as text, in the order of `rank`; lines of one rank stay in the order they were added.
fn sorted<T>(lines: &[T], rank: impl Fn(&T) -> (u32, u32), text: impl Fn(&T) -> String) -> Vec<String> {
    let mut order: Vec<&T> = lines.iter().collect();
    order.sort_by_key(|line| rank(line));
    order.into_iter().map(text).collect()
}

fn line_text(line: &Line) -> String {
    let was = line.was.as_ref().map(|was| format!(", was = {}", quote(was))).unwrap_or_default();
    format!("number = {}, id = {}{was}", line.number, quote(&line.id))
}

/// A TOML basic string (TOML 1.0, "String"): JSON's escapes are a part of TOML's.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Git's conflict markers in a lock that two branches have changed.
fn unfinished_merge(text: &str, file: FileId) -> Option<Diagnostic> {
    let at = text.lines().scan(0, |at, line| {
        let start = *at;
        *at += line.len() + 1;
        Some((start, line))
    });
    let (start, line) = at.into_iter().find(|(_, line)| {
        ["<<<<<<< ", ">>>>>>> "].iter().any(|marker| line.starts_with(marker)) || *line == "======="
    })?;
    let span = Span::new(file, start..start + line.len());
    let message = "the lock holds an unfinished merge";
    let hint = "keep the lines of both sides, remove the lines <<<<<<<, ======= and >>>>>>>, and build again: \
                cartable says which numbers clash";
    Some(Diagnostic::new(&code::LOCK_SYNTAX, span, message).hint(hint))
}

struct Reader {
    file: FileId,
    diagnostics: Vec<Diagnostic>,
}

/// One line of the lock: an inline table.
struct Row<'t> {
    fields: BTreeMap<&'t str, &'t DeValue<'t>>,
    span: Span,
}

impl Row<'_> {
    fn number(&self, key: &str) -> Option<u32> {
        match self.fields.get(key)? {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str().parse().ok().filter(|n| *n >= 1),
            _ => None,
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        match self.fields.get(key)? {
            DeValue::String(text) => Some(text.to_string()),
            _ => None,
        }
    }

    fn has_only(&self, keys: &[&str]) -> bool {
        self.fields.keys().all(|key| keys.contains(key))
    }

    fn line(&self) -> Option<Line> {
        let was = self.text("was");
        Some(Line { number: self.number("number")?, id: self.text("id")?, was, span: Some(self.span) })
    }
}

impl Reader {
    fn syntax(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        let hint = "take the line back from your backup or, if you use git, with: git checkout course.lock";
        Diagnostic::new(&code::LOCK_SYNTAX, span, message).hint(hint)
    }

    fn lock(mut self, table: &DeTable<'_>, length: usize) -> Result<Lock, Vec<Diagnostic>> {
        let whole = Span::new(self.file, 0..length);
        let version = table.get("version").map(toml::Spanned::get_ref);
        if !matches!(version, Some(DeValue::Integer(n)) if n.as_str() == VERSION.to_string()) {
            let message = "the lock was written by another version of cartable";
            let start = Span { end: 0, ..whole };
            let hint = "use the version of cartable that built the course last, or a newer one";
            return Err(vec![Diagnostic::new(&code::LOCK_SYNTAX, start, message).hint(hint)]);
        }
        let course = match table.get("course").map(toml::Spanned::get_ref) {
            Some(DeValue::String(course)) => course.to_string(),
            _ => {
                let found = self.syntax(Span { end: 0, ..whole }, "the lock does not name its course");
                self.diagnostics.push(found);
                String::new()
            }
        };
        for name in table.keys() {
            if !matches!(
                name.get_ref().as_ref(),
                "version" | "course" | "units" | "pages" | "questions" | "choices" | "keys" | "retired"
            ) {
                let span = Span::new(self.file, name.span());
                let found = self.syntax(span, format!("the lock has no part called `{}`", name.get_ref()));
                self.diagnostics.push(found);
            }
        }
        let lock = Lock {
            course,
            units: self.rows(table, "units", |row| {
                let id = Uuid::parse_str(&row.text("id")?).ok()?;
                row.has_only(&["unit", "id"]).then_some(UnitLine { unit: row.text("unit")?, id })
            }),
            pages: self.rows(table, "pages", |row| row.has_only(&["number", "id", "was"]).then(|| row.line())?),
            questions: self.rows(table, "questions", |row| {
                let known = row.has_only(&["number", "id", "was", "kind"]);
                known.then_some(QuestionLine { line: row.line()?, kind: row.text("kind")? })
            }),
            choices: self.rows(table, "choices", |row| {
                let known = row.has_only(&["question", "number", "id", "was"]);
                known.then_some(ChoiceLine { question: row.number("question")?, line: row.line()? })
            }),
            keys: self.rows(table, "keys", |row| {
                let (question, revision) = (row.number("question")?, row.number("revision")?);
                let known = row.has_only(&["question", "revision", "key"]);
                known.then_some(KeyLine { question, revision, key: row.text("key")?, span: Some(row.span) })
            }),
            retired: self.rows(table, "retired", |row| {
                match (row.number("page"), row.number("question"), row.number("choice")) {
                    (Some(page), None, None) => Some(Retired::Page(page)),
                    (None, Some(question), None) => Some(Retired::Question(question)),
                    (None, Some(question), Some(choice)) => Some(Retired::Choice { question, choice }),
                    _ => None,
                }
            }),
        };
        if self.diagnostics.is_empty() { Ok(lock) } else { Err(self.diagnostics) }
    }

    fn rows<T>(&mut self, table: &DeTable<'_>, name: &str, accept: impl Fn(&Row<'_>) -> Option<T>) -> Vec<T> {
        let Some(value) = table.get(name) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let found = self.syntax(Span::new(self.file, value.span()), format!("`{name}` is a list of lines"));
            self.diagnostics.push(found);
            return Vec::new();
        };
        let mut rows = Vec::new();
        for item in items {
            let span = Span::new(self.file, item.span());
            let accepted = match item.get_ref() {
                DeValue::Table(fields) => {
                    let fields = fields.iter().map(|(key, value)| (key.get_ref().as_ref(), value.get_ref())).collect();
                    accept(&Row { fields, span })
                }
                _ => None,
            };
            match accepted {
                Some(row) => rows.push(row),
                None => {
                    let found = self.syntax(span, format!("cartable writes no such line under `{name}`"));
                    self.diagnostics.push(found);
                }
            }
        }
        rows
    }
}
