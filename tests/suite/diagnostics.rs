//! docs/diagnostics.md: every code with a bad example, what is said about it, and what to write instead.
//!
//! The examples are the faults of `tests/bad`: `<code>.diff` beside one of them is applied here, and what has the code
//! must then be gone. Where no file can show it, `<code>.txt` says what to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cartable::code::{self, Code};

use crate::faults::{faults, laid_out, mendings, run, special};
use crate::support::{CourseTest, expect_file, repository};

#[test]
fn every_code_has_one_example_in_the_documentation() {
    let examples = examples();
    let sections: String = code::ALL.iter().map(|code| section(code, &examples)).collect();
    expect_file(&repository().join("docs/diagnostics.md"), &format!("{INTRODUCTION}{sections}"));
}

#[test]
fn what_the_documentation_says_to_write_mends_the_fault() {
    let mut failures = String::new();
    for (code, (fault, mending)) in examples() {
        if mending.extension().is_some_and(|ending| ending == "diff") {
            let test = laid_out(&fault, &format!("mended-{code}"));
            apply(&fs::read_to_string(&mending).unwrap(), &test);
            let run = run(&fault, &test);
            let said = format!("{}{}", run.stdout, run.stderr);
            if said.contains(&format!("[{code}]")) || run.status != 0 {
                failures += &format!("== {}\n{said}\n", mending.display());
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// The fault that shows each code, and the file in it that mends it.
fn examples() -> BTreeMap<&'static str, (PathBuf, PathBuf)> {
    let mut examples = BTreeMap::new();
    for fault in faults() {
        for (code, mending) in mendings(&fault) {
            let former = examples.insert(code, (fault.clone(), mending));
            assert!(former.is_none(), "{code} has two examples: {} and {former:?}", fault.display());
        }
    }
    let missing: Vec<&str> =
        code::ALL.iter().map(|code| code.name).filter(|name| !examples.contains_key(name)).collect();
    assert!(missing.is_empty(), "a folder of tests/bad needs a file <code>.diff or <code>.txt for: {missing:?}");
    examples
}

const INTRODUCTION: &str =
    "<!-- Made from src/code.rs and tests/bad by a test: CARTABLE_BLESS=1 cargo test --test suite -->

# What cartable says

Every finding has a code, in brackets after its severity. An **error** is something that a learner or an LMS would lose
or could not use: nothing is built. A **warning** is probably a mistake, or makes the course harder for some people; the
package is built. A **note** asks for nothing. The numbers of RGAA are criteria of the French accessibility rules, which
are those of WCAG 2.1, A and AA.

The findings stand here in the order of their codes. Under each: what it means, an example of what cartable prints, and
what mends that example. There a line with `-` goes, a line with `+` comes, the others stay, and `…` skips what lies
between two places.

Warnings and notes can be wrong about your course. Decide in `course.toml`, with the reason:

```toml
[lint]
table-no-caption = { level = \"off\", reason = \"The heading above each table says it.\" }
link-text-vague  = { level = \"error\", reason = \"Our charter asks for it.\" }
```

The levels are `off`, `note`, `warning` and `error`. Errors cannot be lowered.
";

fn section(code: &Code, examples: &BTreeMap<&str, (PathBuf, PathBuf)>) -> String {
    let (fault, mending) = &examples[code.name];
    let said = said_about(code, fault);
    let text = fs::read_to_string(mending).unwrap();
    let instead = match mending.extension().and_then(|ending| ending.to_str()) {
        Some("diff") => {
            let (path, lines) = text.split_once('\n').unwrap();
            let place = if is_new(lines) { "In a new file" } else { "In" };
            let places: Vec<_> = places(lines).iter().map(|place| place.join("\n")).collect();
            format!("{place} `{path}`:\n\n{}", fenced("diff", &places.join("\n…\n")))
        }
        _ => text,
    };
    let severity = code.severity.word();
    format!("\n## `{}` ({severity})\n\n{}\n\n{}\n{}", code.name, code.summary, fenced("text", &said), instead)
}

fn fenced(language: &str, text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}

/// The first finding with `code` that the fault's expected output shows.
fn said_about(code: &Code, fault: &Path) -> String {
    let expected = special(fault, "expected.txt").unwrap();
    let is_head = |line: &str| ["error[", "warning[", "note[", "Checked "].iter().any(|start| line.starts_with(start));
    let is_about = |line: &str| is_head(line) && line.contains(&format!("[{}]", code.name));
    let mut lines = expected.lines().skip_while(|line| !is_about(line));
    let first = lines.next().unwrap_or_else(|| panic!("{} is not said in {}", code.name, fault.display()));
    // How to rule on a finding stands once at the top of the page.
    let rest = lines.take_while(|line| !is_head(line)).filter(|line| !line.contains("write under [lint]"));
    let rest: Vec<&str> = rest.collect();
    format!("{first}\n{}", rest.join("\n")).replace(" --course src", "").replace("src/", "")
}

/// Applies a diff: the path of a file, then lines that begin with a space (kept), `-` (gone) or `+` (new). Whatever
/// follows a new line and is none begins another place of the same file. Where all is new, so is the file.
fn apply(diff: &str, test: &CourseTest) {
    let (path, lines) = diff.split_once('\n').unwrap();
    if is_new(lines) {
        assert!(!test.source().join(path).exists(), "{path} is there already");
        test.file(path, "");
    }
    for place in places(lines) {
        let without = |mark: char| -> String {
            place.iter().filter(|line| !line.starts_with(mark)).map(|line| format!("{}\n", &line[1..])).collect()
        };
        test.change(path, &without('+'), &without('-'));
    }
}

fn places(lines: &str) -> Vec<Vec<&str>> {
    let lines: Vec<&str> = lines.lines().collect();
    let is_one_place = |line: &&str, next: &&str| !line.starts_with('+') || next.starts_with('+');
    lines.chunk_by(is_one_place).map(<[&str]>::to_vec).collect()
}

fn is_new(lines: &str) -> bool {
    lines.lines().all(|line| line.starts_with('+'))
}
