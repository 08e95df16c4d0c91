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
