//! docs/referee.md, and what `cartable check` and `cartable explain` do with their arguments.

use cartable::referee::{self, Rule};

use crate::support::{CourseTest, expect_file, repository};

#[test]
fn every_rule_is_in_the_documentation() {
    let mut text = INTRODUCTION.to_owned();
    for (title, rules) in referee::tables() {
        text += &format!("\n## {title}\n");
        text.extend(rules.iter().map(|rule| section(rule)));
    }
    expect_file(&repository().join("docs/referee.md"), &text);
}

const INTRODUCTION: &str =
    "<!-- Made from src/referee/rules by a test: CARTABLE_BLESS=1 cargo test --test suite -->

# What cartable says of packages

`cartable check package.zip` judges a finished package, whoever made it, as an LMS would. `cartable build` does the same
with its own packages, and writes none that has an error.

An **error** is refused by every LMS that we know of, or loses something there; a **warning** in some; a **note** asks for
nothing. Where a rule names LMSs, `--for` with one of them makes a warning an error, and `--for` with another leaves the
rule out: `cartable check package.zip --for moodle`. `cartable explain CODE` prints what stands here.

\"Seen\" in a source means that the LMS was run with such a package; \"read\", that its source was.
";

fn section(rule: &Rule) -> String {
    let families: Vec<&str> = rule.families.iter().map(|family| family.name()).collect();
    let named = rule.named.map_or_else(String::new, |named| format!("{} ", named.word()));
    let whom = if families.is_empty() { String::new() } else { format!(", {named}for {}", families.join(", ")) };
    format!(
        "\n### `{}` ({}{whom})\n\n{} {}\n\nSource: {}\n\n```text\nwrong: {}\nright: {}\n```\n",
        rule.name,
        rule.severity.word(),
        rule.summary,
        rule.mend,
        rule.source,
        rule.bad,
        rule.good
    )
}

#[test]
fn courses_and_packages_are_told_apart_and_judged_in_one_run() {
    let test = CourseTest::of("base", "referee-both");
    test.build(&["--out", "out", "--target", "scorm12"]);
    let zip = test.tree("out").into_keys().find(|name| name.ends_with(".zip")).unwrap();
    let zip = format!("out/{zip}");
    let run = test.run(&["check", "src", &zip]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains("Checked src: ") && run.stderr.contains(&format!("Checked {zip} (SCORM 1.2, ")));
    let run = test.run(&["check", "src/course.toml", "src/course.lock", &zip]);
    assert_eq!(run.status, 2, "a file of a course is no package: {}", run.stderr);
    let run = test.run(&["check", &zip, "--message-format", "json", "--for", "moodle, Open-edX"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let summary: serde_json::Value = serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(summary["standard"], "SCORM 1.2");
    assert_eq!(test.run(&["check", &zip, "--for", "modle"]).status, 2);
    assert_eq!(test.run(&["check", &zip, "--for", ""]).status, 2);
    assert_eq!(test.run(&["check", "nothing.zip"]).status, 2);
    let run = test.run(&["check", "nothing.zip", &zip]);
    assert!(run.status == 2 && run.stderr.contains(&format!("Checked {zip} ")), "{}", run.stderr);
    let run = test.run(&["check", "src", &zip, "--message-format", "json"]);
    let course: serde_json::Value = serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(course["course"], "src");
}

#[test]
fn a_code_is_explained_wherever_it_comes_from() {
    let test = CourseTest::empty("referee-explain");
    let run = test.run(&["explain", "error[manifest-not-at-root]"]);
    assert!(run.status == 0 && run.stdout.contains("Wrong:    my-course/imsmanifest.xml"), "{}", run.stdout);
    let run = test.run(&["explain", "page-empty"]);
    assert!(run.status == 0 && run.stdout.contains("warning[page-empty]: "), "{}", run.stdout);
    assert_eq!(run.stdout.matches("\n## ").count(), 0, "one finding, not those after it: {}", run.stdout);
    let run = test.run(&["explain", "key-changed"]);
    assert!(run.status == 0 && run.stdout.contains("note[key-changed]: "), "{}", run.stdout);
    assert!(run.stdout.contains("--accept key-changed"), "both of that name: {}", run.stdout);
    let run = test.run(&["explain", "manifest-mising"]);
    assert!(run.status == 2 && run.stderr.contains("did you mean `manifest-missing`?"), "{}", run.stderr);
}

#[test]
fn scanners_and_ci_servers_get_one_document() {
    let test = CourseTest::of("base", "referee-reports");
    std::fs::write(test.path("a & b.zip"), "no zip").unwrap();
    let run = test.run(&["check", "src", "a & b.zip", "--message-format", "sarif"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let sarif: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"zip-not-a-zip".into(), &"error".into()));
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20%26%20b.zip");
    let run = test.run(&["check", "src", "a & b.zip", "--message-format", "junit"]);
    let junit = roxmltree::Document::parse(&run.stdout).unwrap();
    let suites: Vec<_> = junit.descendants().filter(|node| node.has_tag_name("testsuite")).collect();
    let counts: Vec<_> = suites.iter().map(|suite| (suite.attribute("name"), suite.attribute("failures"))).collect();
    assert_eq!((run.status, counts), (1, vec![(Some("src"), Some("0")), (Some("a & b.zip"), Some("1"))]));
    let run = test.run(&["check", "src", "--message-format", "junit"]);
    assert_eq!(run.status, 0);
}
