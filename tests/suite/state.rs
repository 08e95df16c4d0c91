//! `cartable state`: every file of `tests/states` is what is typed, as a shell would take it, and what is then said.
//!
//! The first line is the command, run in `tests/states`; what follows `<` stands on standard input, with `\n` for the ends
//! of lines. The rest is written by `CARTABLE_BLESS=1`: the exit status, standard output, standard error.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::{CourseTest, expect_file, repository};

#[test]
fn what_learners_had_done_is_said_in_plain_words() {
    let cases = cases();
    assert!(cases.len() >= 12, "{cases:?}");
    for path in cases {
        let text = fs::read_to_string(&path).unwrap();
        let typed = text.lines().next().unwrap_or_default();
        expect_file(&path, &format!("{typed}\n{}", run(typed)));
    }
}

#[test]
fn the_guide_shows_what_is_really_said() {
    let guide = fs::read_to_string(repository().join("docs/guide.md")).unwrap();
    let section = guide.split("\n## ").find(|section| section.starts_with("What a learner had done")).unwrap();
    let shown = section.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let said = fs::read_to_string(repository().join("tests/states/of-the-guide.txt")).unwrap();
    assert!(shown.lines().count() > 10);
    for part in shown.split("…\n") {
        assert!(said.contains(part), "{part}");
    }
}

#[test]
fn a_course_that_cannot_be_read_in_full_names_what_it_can() {
    let test = CourseTest::copy(&repository().join("tests/states/course"), "state-errors");
    let state = "ApKplKArF5wE8GHWAQMBAQcECw4DAQ";
    let said = test.run(&["state", state, "src"]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{}", said.stdout);
    // The question loses its answer, and the page beside it its title.
    test.change("lesson/quiz.md", "- [ ] True\n- [x] False\n", "");
    test.change("lesson/later.md", "title", "titel");
    let said = test.run(&["state", state, "src"]);
    assert_eq!(said.status, 1);
    assert!(
        said.stderr.contains("The course has errors") && said.stderr.contains("cartable check src"),
        "{}",
        said.stderr
    );
    assert!(said.stdout.contains("It is of this course: The library"), "{}", said.stdout);
    assert!(said.stdout.contains("question 4 (true), true-false\n    Answer: True\n"), "{}", said.stdout);
    test.file("course.lock", "version = 1\npages = [[]\n");
    let said = test.run(&["state", state, "src"]);
    assert_eq!(said.status, 1);
    assert!(said.stderr.contains("[lock-syntax]"), "{}", said.stderr);
    assert!(said.stdout.contains("question 4\n    Answer: no. 1\n"), "{}", said.stdout);
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(repository().join("tests/states")).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    cases.sort();
    cases
}

fn run(typed: &str) -> String {
    let (arguments, input) = typed.split_once(" < ").unwrap_or((typed, ""));
    let arguments = words(arguments.strip_prefix("cartable ").unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_cartable"))
        .args(arguments)
        .current_dir(repository().join("tests/states"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.replace("\\n", "\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    let said = |name: &str, text: &str| if text.is_empty() { String::new() } else { format!("-- {name}\n{text}") };
    format!("-- exit {}\n{}{}", output.status.code().unwrap(), said("output", &stdout), said("messages", &stderr))
}

/// The words of a command, of which some are in single quotes.
fn words(typed: &str) -> Vec<String> {
    let parts = typed.split('\'').enumerate();
    parts
        .flat_map(|(at, part)| {
            if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
        })
        .collect()
}
