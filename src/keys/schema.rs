//! The key tables as JSON Schemas, for editors that complete and check TOML as one types.
//!
//! Draft 7, which is what TOML editors read. The schemas in `schemas/` are what this writes, held by a test. They say
//! what the reader of keys says and no more: what a value *means* is judged by `cartable check`.

use serde_json::{Map, Value, json};

use super::{COURSE, Key, Kind, LESSON, Need, PAGE, QUIZ, Table};
use crate::code;

/// The schemas, by the name of their file: `course.schema.json`, `lesson.schema.json`, `page.schema.json`.
#[must_use]
pub fn all() -> [(&'static str, Value); 3] {
    let title = |table: &Table| table.name[..1].to_uppercase() + &table.name[1..];
    // Two tables read a page; `kind` says which.
    let page = json!({
        "type": "object",
        "if": { "properties": { "kind": { "const": "quiz" } }, "required": ["kind"] },
        "then": titled(json_schema(&QUIZ), &title(&QUIZ)),
        "else": titled(json_schema(&PAGE), &title(&PAGE)),
    });
    [
        ("course.schema.json", course()),
        ("lesson.schema.json", document(json_schema(&LESSON), LESSON.name)),
        ("page.schema.json", document(page, "the front matter of a page or a quiz")),
    ]
}

/// The schema of `course.toml`.
#[must_use]
pub fn course() -> Value {
    document(json_schema(&COURSE), COURSE.name)
}

/// The text of a schema as it is written into a file.
#[must_use]
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The schema of a table: an object with these keys and no others.
#[must_use]
pub fn json_schema(table: &Table) -> Value {
    let properties: Map<String, Value> = table.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let required: Vec<&str> = table.keys.iter().filter(|key| key.need == Need::Required).map(|key| key.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn document(schema: Value, of: &str) -> Value {
    let mut schema = titled(schema, &format!("cartable: {of}"));
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema
}

fn titled(mut schema: Value, title: &str) -> Value {
    schema["title"] = json!(title);
    schema
}

fn property(key: &Key) -> Value {
    let mut schema = values(&key.kind);
    schema["description"] = json!(key.doc);
    if let Need::Default(toml) = key.need {
        schema["default"] = default(key, toml);
    }
    schema
}

/// The values of a kind, as [`super::read`] takes them.
fn values(kind: &Kind) -> Value {
    match kind {
        Kind::Text(most) => text_of(*most),
        Kind::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Count(most) => {
            json!({ "anyOf": [{ "type": "integer", "minimum": 1, "maximum": most }, { "const": "unlimited" }] })
        }
        Kind::Bool => json!({ "type": "boolean" }),
        // A TOML date is a string to JSON.
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Texts(most) => json!({ "type": "array", "items": text_of(*most) }),
        Kind::Words(words) => json!({ "type": "array", "items": { "enum": words } }),
        Kind::Table(table) => json_schema(table),
        Kind::Tables(table) => json!({ "type": "array", "items": json_schema(table) }),
        Kind::ByCode(table) => {
            let codes: Vec<&str> = code::ALL.iter().map(|code| code.name).collect();
            json!({ "type": "object", "propertyNames": { "enum": codes }, "additionalProperties": json_schema(table) })
        } // Nothing is good enough until cartable does it.
    }
}

/// Not blank, and so long at most. Both count characters.
fn text_of(most: usize) -> Value {
    json!({ "type": "string", "maxLength": most, "pattern": "\\S" })
}

fn default(key: &Key, toml: &str) -> Value {
    let parsed: Result<Map<String, Value>, _> = toml::from_str(&format!("value = {toml}"));
    let mut table = parsed.unwrap_or_else(|error| unreachable!("default of {}: {error}", key.name));
    table.remove("value").unwrap_or_default()
}
