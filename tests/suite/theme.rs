//! What docs/theme.md says to authors, held against what templates are given.

use std::fs;

use cartable::views::Partial;
use serde_json::Value;

use crate::support::{CourseTest, repository};

/// What the documentation says of a partial.
fn section(partial: Partial) -> String {
    let text = fs::read_to_string(repository().join("docs/theme.md")).unwrap();
    let heading = format!("### `{}`", partial.file());
    let (_, rest) = text.split_once(&heading).unwrap_or_else(|| panic!("docs/theme.md has no {heading}"));
    rest.split("\n### ").next().unwrap().to_owned()
}

#[test]
fn every_example_of_the_documentation_builds() {
    let test = CourseTest::of("theme", "theme-examples");
    for partial in Partial::ALL {
        let section = section(partial);
        let (_, example) = section.split_once("```html\n").unwrap();
        test.file(&format!("templates/{}", partial.file()), example.split("```").next().unwrap());
    }
    test.build(&["--deny-warnings", "--unpacked"]);
}

#[test]
fn every_name_that_a_template_is_given_is_documented() {
    for partial in Partial::ALL {
        let test = CourseTest::of("theme", &format!("theme-names-{}", partial.file()));
        test.file(&format!("templates/{}", partial.file()), "{{ no_such_thing }}");
        let run = test.run(&["check", "src", "--message-format", "json"]);
        let found: Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
        let hints = found["hints"].as_array().unwrap();
        let list = hints.iter().find_map(|hint| hint["text"].as_str()?.strip_prefix("what this template can show: "));
        let names: Vec<&str> = list.unwrap().split(", ").collect();
        let section = section(partial);
        for name in names.iter().filter(|name| !["t", "language"].contains(name)) {
            assert!(section.contains(&format!("`{name}`")), "docs/theme.md does not say {name} of {}", partial.file());
        }
    }
}
