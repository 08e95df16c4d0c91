//! The JSON Schemas for editors, against the key tables that they are written from. That courses fit them is for
//! `tests/node/keys.test.mjs`, by a validator that we have not written.

use std::collections::BTreeSet;

use cartable::keys::{self, Kind, Table, schema};
use serde_json::Value;

use crate::support::{expect_file, repository};

#[test]
fn the_schemas_are_those_of_the_key_tables() {
    for (name, schema) in schema::all() {
        expect_file(&repository().join("schemas").join(name), &schema::text(&schema));
    }
}

#[test]
fn every_key_is_in_its_schema_and_every_property_is_a_key() {
    let all = schema::all();
    let [course, lesson, page] = all.each_ref().map(|(_, schema)| schema);
    for (table, schema) in
        [(&keys::COURSE, course), (&keys::LESSON, lesson), (&keys::QUIZ, &page["then"]), (&keys::PAGE, &page["else"])]
    {
        same_keys(table, schema);
    }
}

fn same_keys(table: &Table, schema: &Value) {
    let keys: BTreeSet<&str> = table.keys.iter().map(|key| key.name).collect();
    let properties = schema["properties"].as_object().expect("an object");
    let named: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
    assert_eq!(named, keys, "{}", table.name);
    assert_eq!(schema["additionalProperties"], false, "{}", table.name);
    for key in table.keys {
        let property = &properties[key.name];
        assert_eq!(property["description"], key.doc, "{}: {}", table.name, key.name);
        match key.kind {
            Kind::Table(inner) => same_keys(inner, property),
            Kind::Tables(inner) => same_keys(inner, &property["items"]),
            _ => {}
        }
    }
}
