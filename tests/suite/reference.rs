//! docs/reference.md: every key of `course.toml` and of front matter, from the tables that read them.

use cartable::keys::{self, Key, Kind, Need, Table};

use crate::support::{expect_file, repository};

#[test]
fn the_reference_is_that_of_the_key_tables() {
    let tables = [&keys::COURSE, &keys::LESSON, &keys::PAGE, &keys::QUIZ];
    let sections: String = tables.into_iter().map(section).collect();
    expect_file(&repository().join("docs/reference.md"), &format!("{INTRODUCTION}{sections}"));
}

const INTRODUCTION: &str =
    "<!-- Made from src/keys/tables.rs by a test: CARTABLE_BLESS=1 cargo test --test suite reference -->

# All keys

What `course.toml` and the front matter of Markdown files may hold. [The guide](guide.md) shows most of it at work.

| Type | How it is written |
|---|---|
| text | `title = \"Your first week\"` |
| one of several words | `when = \"viewed\"` |
| whole number | `pass-mark = 70` |
| yes or no | `required = false` |
| date | `updated = 2026-11-23`, without quotation marks |
| list | `authors = [\"Ada\", \"Grace\"]`, also of one: `authors = [\"Ada\"]` |
| table | `[theme]` on a line of its own, its keys on the lines below it |
| several tables | `[[competencies]]` on a line of its own before each |

In `course.toml` tables come after all other keys: what follows `[theme]` belongs to `[theme]`.
";

/// A table and those within it.
fn section(table: &Table) -> String {
    let rows: String = table.keys.iter().map(row).collect();
    let title = match table.name {
        name if name.starts_with('[') || name.ends_with(".toml") => format!("`{name}`"),
        name => name[..1].to_uppercase() + &name[1..],
    };
    let inner: String = table.keys.iter().filter_map(|key| table_of(&key.kind)).map(section).collect();
    format!("\n## {title}\n\n| Key | Type | Left out | Meaning |\n|---|---|---|---|\n{rows}{inner}")
}

fn table_of(kind: &Kind) -> Option<&'static Table> {
    match kind {
        Kind::Table(table) | Kind::Tables(table) | Kind::ByCode(table) => Some(table),
        _ => None,
    }
}

fn row(key: &Key) -> String {
    let without = match key.need {
        Need::Required => "**must be there**".to_owned(),
        Need::Default("{}") | Need::Optional => String::new(),
        Need::Default(toml) => format!("`{toml}`"),
    };
    format!("| `{}` | {} | {without} | {} |\n", key.name, type_of(&key.kind), key.doc)
}

fn type_of(kind: &Kind) -> String {
    match kind {
        Kind::Text(most) => format!("text, at most {most} characters"),
        Kind::Integer(least, most) => format!("whole number, {least} to {most}"),
        Kind::Count(most) => format!("whole number, 1 to {most}, or `\"unlimited\"`"),
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Word(words) => either(words),
        Kind::Texts(most) => format!("list of texts, each at most {most} characters"),
        Kind::Words(words) => format!("list of {}", either(words)),
        Kind::Table(_) => "table".to_owned(),
        Kind::Tables(_) => "several tables".to_owned(),
        Kind::ByCode(_) => "table of codes, each with a table".to_owned(),
    }
}

/// `"a"`, `"b"` or `"c"`.
fn either(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
