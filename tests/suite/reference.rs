//! docs/reference.md: every key of `course.toml` and of front matter, and all that stands in braces, from the tables
//! that read them.

use cartable::keys::braces::{self, Setting};
use cartable::keys::{self, Key, Kind, Need, Table};

use crate::support::{expect_file, repository};

#[test]
fn the_reference_is_that_of_the_key_tables() {
    let tables = [&keys::COURSE, &keys::LESSON, &keys::PAGE, &keys::QUIZ, &keys::BANK_FILE];
    let sections: String = tables.into_iter().map(section).collect();
    let question = section(&keys::QUESTION);
    let heading = settings(braces::HEADING);
    let choice = settings(braces::CHOICE);
    let text = format!("{INTRODUCTION}{sections}{HEADING}{heading}{CHOICE}{choice}{question}{FENCE}");
    expect_file(&repository().join("docs/reference.md"), &text);
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

const HEADING: &str = "
## The braces after a question's heading

`## What is the capital of France? {#capital points=2}`: first the id, then what else is needed, with no spaces around
`=`. On a page that is no quiz `.question` makes a question of a heading.
";

const CHOICE: &str = "
## The braces after a choice

`- [ ] It depends. {#depends fixed}`. An item of an order, a point of a scale and a row of a table can have an id: `{#id}`.
";

const FENCE: &str = "
They stand right under the heading, between a line ```` ```toml ```` and a line ```` ``` ````.
";

/// What may stand in braces.
fn settings(settings: &[Setting]) -> String {
    let row = |Setting { name, takes, usual, kinds, doc }: &Setting| {
        let takes = if takes.is_empty() { "nothing" } else { takes };
        format!("| `{name}` | {takes} | {usual} | {} | {doc} |\n", kinds.join(", "))
    };
    let rows: String = settings.iter().map(row).collect();
    format!(
        "\n| In the braces | Takes | Left out | On questions of the kind | Meaning |\n|---|---|---|---|---|\n{rows}"
    )
}

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
