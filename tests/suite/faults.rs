//! Every folder of `tests/bad` is one fault: files laid over `tests/courses/base`, and what cartable then says.
//!
//! `args` holds other arguments than `check src`, `exit` another status than 1, `delete` paths to leave out,
//! `symlinks` lines `path -> target`, `sizes` lines `path -> bytes` for files that are as long and hold nothing, `course`
//! the name of another base. `<code>.diff` mends what has that code, and is
//! its example in docs/diagnostics.md ([`crate::diagnostics`]); `<code>.txt` says how where no file can.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cartable::code;
use serde_json::Value;

use crate::support::{CourseTest, Run, copy_tree, expect_file, repository};

const SPECIAL: [&str; 7] = ["args", "exit", "delete", "symlinks", "sizes", "course", "expected.txt"];

#[test]
fn every_fault_is_said_on_its_line_with_what_to_type() {
    let mut failures = Vec::new();
    for fault in faults() {
        let name = fault.file_name().unwrap().to_string_lossy().into_owned();
        if let Err(panic) = std::panic::catch_unwind(|| check(&fault, &name)) {
            let message = panic.downcast_ref::<String>().cloned();
            failures.push(format!("== {name}\n{}", message.unwrap_or_else(|| "failed".to_owned())));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_code_has_a_fault_that_shows_it() {
    let shown: String = faults().iter().map(|fault| special(fault, "expected.txt").unwrap_or_default()).collect();
    let missing: BTreeSet<&str> =
        code::ALL.iter().map(|code| code.name).filter(|name| !shown.contains(&format!("[{name}]"))).collect();
    assert!(missing.is_empty(), "no folder of tests/bad shows: {missing:?}");
}

/// What stands as a replacement under a finding can be put there without a thought: the finding is gone then.
#[test]
fn every_replacement_mends_its_finding() {
    let mut failures = String::new();
    // Advice in words stands after `= help`, a replacement under a line of its own.
    let shows_one = |fault: &PathBuf| special(fault, "expected.txt").is_some_and(|said| said.contains("\nhelp: "));
    for fault in faults().into_iter().filter(|fault| special(fault, "args").is_none() && shows_one(fault)) {
        let name = fault.file_name().unwrap().to_string_lossy().into_owned();
        let test = laid_out(&fault, &format!("fixed-{name}"));
        let before = findings(&test);
        for finding in &before {
            for fix in finding["hints"].as_array().unwrap().iter().filter_map(|hint| hint.get("fix")) {
                let path = test.source().join(fix["span"]["file"].as_str().unwrap());
                let original = fs::read(&path).unwrap();
                let at = |end: &str| usize::try_from(fix["span"][end].as_u64().unwrap()).unwrap();
                let mut fixed = original.clone();
                fixed.splice(at("byte_start")..at("byte_end"), fix["replacement"].as_str().unwrap().bytes());
                fs::write(&path, fixed).unwrap();
                let alike = |found: &[Value]| {
                    let is_alike = |other: &&Value| ["code", "message"].iter().all(|key| other[key] == finding[key]);
                    found.iter().filter(is_alike).count()
                };
                if alike(&findings(&test)) >= alike(&before) {
                    failures += &format!("== {name}: {} with {}\n", finding["message"], fix["replacement"]);
                }
                fs::write(&path, original).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// What `cartable check` finds in a course, as data.
fn findings(test: &CourseTest) -> Vec<Value> {
    let run = test.run(&["check", "src", "--message-format", "json"]);
    let lines = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
    lines.filter(|line: &Value| line["type"] == "diagnostic").collect()
}

pub(crate) fn faults() -> Vec<PathBuf> {
    let mut folders: Vec<_> =
        fs::read_dir(repository().join("tests/bad")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 25);
    folders
}

pub(crate) fn special(fault: &Path, name: &str) -> Option<String> {
    fs::read_to_string(fault.join(name)).ok()
}

/// The files of a fault that mend it, by the code of what they mend: `<code>.diff`, `<code>.txt`.
pub(crate) fn mendings(fault: &Path) -> Vec<(&'static str, PathBuf)> {
    let names = code::ALL.iter().map(|code| code.name);
    let paths = names.flat_map(|name| ["diff", "txt"].map(|ending| (name, fault.join(format!("{name}.{ending}")))));
    paths.filter(|(_, path)| path.exists()).collect()
}

fn check(fault: &Path, name: &str) {
    let test = laid_out(fault, &format!("bad-{name}"));
    let exit: i32 = special(fault, "exit").map_or(1, |text| text.trim().parse().unwrap());
    let run = run(fault, &test);
    expect_file(&fault.join("expected.txt"), &format!("{}{}", run.stderr, run.stdout));
    assert_eq!(run.status, exit, "exit status\n{}", run.stderr);
    assert!(!test.path("dist").exists(), "nothing may be written");
}

/// The faulty course in a scratch folder.
pub(crate) fn laid_out(fault: &Path, scratch: &str) -> CourseTest {
    let base = special(fault, "course").map_or_else(|| "base".to_owned(), |text| text.trim().to_owned());
    let test = CourseTest::of(&base, scratch);
    copy_tree(fault, &test.source());
    for special in SPECIAL {
        let _ = fs::remove_file(test.source().join(special));
    }
    for (_, mending) in mendings(fault) {
        fs::remove_file(test.source().join(mending.file_name().unwrap())).unwrap();
    }
    for path in special(fault, "delete").unwrap_or_default().lines() {
        fs::remove_file(test.source().join(path)).unwrap();
    }
    for line in special(fault, "symlinks").unwrap_or_default().lines() {
        let (path, target) = line.split_once(" -> ").unwrap();
        std::os::unix::fs::symlink(target, test.source().join(path)).unwrap();
    }
    for line in special(fault, "sizes").unwrap_or_default().lines() {
        let (path, bytes) = line.split_once(" -> ").unwrap();
        fs::File::create(test.source().join(path)).unwrap().set_len(bytes.parse().unwrap()).unwrap();
    }
    test
}

pub(crate) fn run(fault: &Path, test: &CourseTest) -> Run {
    let arguments = special(fault, "args").unwrap_or_else(|| "check src".to_owned());
    test.run(&arguments.split_whitespace().collect::<Vec<_>>())
}
