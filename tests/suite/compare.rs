//! `cartable compare`: every file of `tests/compared` is two packages, and what is said of the second in place of the
//! first. tests/compared/README.md explains the files.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use cartable::comparison::CODES;
use serde_json::{Value, json};

use crate::archives::described;
use crate::support::{CourseTest, expect_file, repository};

fn folder() -> PathBuf {
    repository().join("tests/compared")
}

fn names(ending: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).collect()
}

/// Makes `old.zip` and `new.zip`.
fn packages(case: &Value, name: &str) -> CourseTest {
    let Some(course) = case["course"].as_str() else {
        let test = CourseTest::empty(&format!("compare-{name}"));
        for side in ["old", "new"] {
            fs::write(test.path(&format!("{side}.zip")), described(&case[side])).unwrap();
        }
        return test;
    };
    let test = CourseTest::copy(&repository().join(course), &format!("compare-{name}"));
    for side in ["old", "new"] {
        for step in case[side].as_array().into_iter().flatten() {
            change(&test, step);
        }
        let target = case["target"].as_str().or_else(|| case[side]["target"].as_str()).unwrap_or("scorm12");
        let run = test.build(&["--target", case["targets"][side].as_str().unwrap_or(target)]);
        let zip = run.stdout.lines().find(|line| line.ends_with(".zip")).unwrap().to_owned();
        fs::copy(test.path(&zip), test.path(&format!("{side}.zip"))).unwrap();
    }
    test
}

/// `[file, text, other text]`, `[file, null, text]` for the whole file, `[file]` for one that goes; or what is typed.
fn change(test: &CourseTest, step: &Value) {
    if let Some(typed) = step.as_str() {
        let run = test.run(&typed.split(' ').collect::<Vec<_>>());
        return assert_eq!(run.status, 0, "{typed}: {}", run.stderr);
    }
    let file = step[0].as_str().unwrap();
    match (step[1].as_str(), step[2].as_str()) {
        (Some(old), Some(new)) => drop(test.change(file, old, new)),
        (None, Some(text)) => drop(test.file(file, text)),
        _ => fs::remove_file(test.source().join(file)).unwrap(),
    }
}

#[test]
fn every_update_gets_the_verdict_that_was_reviewed() {
    let cases = names(".json");
    let stale: Vec<_> = names(".txt").difference(&cases).cloned().collect();
    assert!(stale.is_empty(), "expected of no update: {stale:?}");
    let mut said = BTreeSet::new();
    for name in &cases {
        let case: Value =
            serde_json::from_str(&fs::read_to_string(folder().join(format!("{name}.json"))).unwrap()).unwrap();
        let test = packages(&case, name);
        let mut arguments = vec!["compare", "old.zip", "new.zip"];
        arguments.extend(case["for"].as_str().iter().flat_map(|families| ["--for", families]));
        arguments.extend(case["accept"].as_str().iter().flat_map(|codes| ["--accept", codes]));
        let run = test.run(&arguments);
        let text = format!("{}\n\n{}{}exit {}\n", case["title"].as_str().unwrap(), run.stdout, run.stderr, run.status);
        expect_file(&folder().join(format!("{name}.txt")), &text);
        arguments.push("--json");
        let run = test.run(&arguments);
        let Ok(data) = serde_json::from_str::<Value>(&run.stdout) else {
            assert_eq!(run.status, 1, "{name}: {}{}", run.stdout, run.stderr);
            continue;
        };
        assert!(data["loses"] != Value::Bool(true) || run.status == 1, "{name}");
        let codes =
            data["differences"].as_array().unwrap().iter().map(|found| found["code"].as_str().unwrap().to_owned());
        said.extend(codes);
        if case["data"] == Value::Bool(true) {
            expect_file(&folder().join(format!("{name}.data")), &format!("{data:#}\n"));
        }
    }
    let codes = CODES.map(|(code, _)| code.to_owned()).into();
    assert_eq!(said, codes, "what the cases show, and what can be said");
}

#[test]
fn every_difference_and_every_lms_is_in_the_documentation() {
    let update = json!({ "course": "tests/courses/base", "new": [["course.toml", "Base course", "Basic course"]] });
    let run = packages(&update, "documentation").run(&["compare", "old.zip", "new.zip", "--json"]);
    let data: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut text = INTRODUCTION.to_owned();
    for found in data["verdicts"].as_array().unwrap() {
        let [lms, why, source] = ["lms", "why", "source"].map(|name| found[name].as_str().unwrap());
        text += &format!("\n| `{lms}` | {why} | {source} |");
    }
    text += "\n\n## Differences\n\n| Code | What it means |\n|---|---|";
    text.extend(CODES.iter().map(|(code, meaning)| format!("\n| `{code}` | {meaning} |")));
    expect_file(&repository().join("docs/compare.md"), &(text + "\n"));
}

const INTRODUCTION: &str = "<!-- Made from src/comparison by a test: CARTABLE_BLESS=1 cargo test --test suite -->

# What an update does to learners

`cartable compare OLD.zip NEW.zip` compares the package that learners have now with the one that is to take its place. It
says what differs, and for each LMS what learners in the middle of the course keep of their place, answers, score and
status, and what to do there. What packages of cartable keep is compared page by page and question by question; of
packages of other tools, what their manifests say.

| Word | What becomes of it |
|---|---|
| kept | Nothing: it stays as it is. |
| new rules | It stays, and goes by other rules from now on. |
| not known | Nobody outside the LMS, or the tool that made the course, knows. Try it with one learner. |
| lost in part | Some of it is lost, or some learners lose it. |
| LOST | It is lost. |
| MIXED UP | What was done in one place is shown, and counts, in another. |

The exit status is 1 if something is lost, lost in part or mixed up, if no LMS that was asked about takes the package, or
if the new package has errors; else 0. `--for moodle` and others asks about some LMSs. `--accept CODE,…` names
differences that are meant: they count for nothing then. `--json` says all of it to tools.

## What LMSs go by

`strict` stands for an LMS that nobody has described: it goes by everything that it could go by. It counts for the exit
status only where it is asked for, or in cmi5 and xAPI, which know nothing else to go by.

| `--for` | How it finds the records of learners | Where that is known from |
|---|---|---|";
