//! Numbers that last: what happens to `course.lock` while a course lives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::support::{CourseTest, Run};

const LOCK: &str = "src/course.lock";

/// The lines of a lock that hold numbers.
fn lines(lock: &str) -> BTreeSet<&str> {
    lock.lines().filter(|line| line.starts_with("  {")).collect()
}

/// Asserts that the lock has lost no line, and returns the new ones.
fn added(before: &str, after: &str) -> Vec<String> {
    let lost: Vec<_> = lines(before).difference(&lines(after)).copied().collect();
    assert!(lost.is_empty(), "lines have gone: {lost:#?}");
    lines(after).difference(&lines(before)).map(|line| line.trim().trim_end_matches(',').to_owned()).collect()
}

/// Builds, and returns what the build has added to the lock.
fn build(test: &CourseTest) -> (Vec<String>, Run) {
    let before = test.read(LOCK);
    let run = test.build(&[]);
    (added(&before, &test.read(LOCK)), run)
}

fn built(name: &str) -> CourseTest {
    let test = CourseTest::of("base", name);
    test.build(&["--deny-warnings"]);
    test
}

fn quiz(questions: &str) -> String {
    format!("+++\ntitle = \"A quiz\"\nkind  = \"quiz\"\n+++\n\n{questions}")
}

fn question(id: &str, choices: &[&str]) -> String {
    let choices: String = choices.iter().map(|choice| format!("- {choice}\n")).collect();
    format!("## About {id}? {{#{id}}}\n\n{choices}\n")
}

const SUM: [&str; 2] = ["[ ] Three", "[x] Four"];

#[test]
fn the_first_build_numbers_in_reading_order() {
    let test = CourseTest::of("base", "lock-first");
    test.file("lesson/quiz.md", quiz(&(question("b", &SUM) + &question("a", &["[x] Z {#z}", "[ ] Y"]))));
    test.build(&["--deny-warnings"]);
    let lock = test.read(LOCK);
    let numbers: Vec<&str> = lock.lines().filter(|line| line.starts_with("  {")).map(str::trim).collect();
    assert_eq!(
        numbers[1..],
        [
            r#"{ number = 1, id = "lesson/index" },"#,
            r#"{ number = 2, id = "lesson/page" },"#,
            r#"{ number = 3, id = "lesson/quiz" },"#,
            r#"{ number = 1, id = "b", kind = "single-choice" },"#,
            r#"{ number = 2, id = "a", kind = "single-choice" },"#,
            r#"{ question = 1, number = 1, id = "Three" },"#,
            r#"{ question = 1, number = 2, id = "Four" },"#,
            r##"{ question = 2, number = 1, id = "#z" },"##,
            r#"{ question = 2, number = 2, id = "Y" },"#,
            r#"{ question = 1, revision = 1, key = "2 for 1.00" },"#,
            r#"{ question = 2, revision = 1, key = "1 for 1.00" },"#,
        ]
    );
}

#[test]
fn what_goes_keeps_its_number_and_finds_it_again() {
    let test = CourseTest::of("base", "lock-revert");
    let both = quiz(&(question("sum", &SUM) + &question("second", &SUM)));
    test.file("lesson/quiz.md", &both).build(&["--deny-warnings"]);
    test.file("lesson/quiz.md", quiz(&question("sum", &SUM)));
    let (new, run) = build(&test);
    assert_eq!(new, ["{ question = 2 }"], "the number is reserved");
    assert!(run.stderr.contains("no warnings"), "nothing has come, so nothing was renamed: {}", run.stderr);
    test.file("lesson/quiz.md", quiz(&(question("sum", &SUM) + &question("third", &SUM))));
    let (new, _) = build(&test);
    assert!(new.contains(&r#"{ number = 3, id = "third", kind = "single-choice" }"#.to_owned()), "{new:?}");
    test.file("lesson/quiz.md", quiz(&(question("third", &SUM) + &question("second", &SUM) + &question("sum", &SUM))));
    let (new, run) = build(&test);
    assert_eq!(new, [""; 0], "all were known");
    assert!(run.stderr.contains("no warnings"), "{}", run.stderr);
}

#[test]
fn a_page_renamed_before_the_build_keeps_its_number() {
    let test = built("lock-rename-before");
    fs::rename(test.path("src/lesson/page.md"), test.path("src/lesson/reading.md")).unwrap();
    test.change("lesson/index.md", "page.md", "reading.md");
    let run = test.run(&["check", "src"]);
    assert!(run.stderr.contains("cartable lock rename lesson/page lesson/reading"), "{}", run.stderr);
    let before = test.read(LOCK);
    let run = test.run(&["lock", "rename", "lesson/page", "lesson/reading", "--course", "src"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "src/course.lock\n"), "{}", run.stderr);
    let new = added(&before, &test.read(LOCK));
    assert_eq!(new, [r#"{ number = 2, id = "lesson/reading", was = "lesson/page" }"#]);
    test.build(&["--locked", "--deny-warnings"]);
}

#[test]
fn a_page_renamed_after_a_build_gets_its_first_number_back() {
    let test = built("lock-rename-after");
    fs::rename(test.path("src/lesson/page.md"), test.path("src/lesson/reading.md")).unwrap();
    test.change("lesson/index.md", "page.md", "reading.md");
    let (new, run) = build(&test);
    assert_eq!(new, [r#"{ number = 4, id = "lesson/reading" }"#, "{ page = 2 }"]);
    assert!(run.stderr.contains("warning[renamed]"), "{}", run.stderr);
    let run = test.run(&["lock", "rename", "lesson/page", "lesson/reading", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let lock = test.read(LOCK);
    assert!(lock.contains(r#"{ number = 2, id = "lesson/reading", was = "lesson/page" }"#), "{lock}");
    assert!(lock.contains("{ page = 4 }"), "a learner may have met 4: {lock}");
    test.build(&["--locked", "--deny-warnings"]);
}

#[test]
fn a_renamed_question_keeps_its_choices_before_and_after_a_build() {
    for after in [false, true] {
        let test = built(if after { "lock-question-after" } else { "lock-question-before" });
        test.change("lesson/quiz.md", "{#sum}", "{#addition}");
        if after {
            test.build(&[]);
        }
        let run = test.run(&["lock", "rename", "sum", "addition", "--course", "src"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let run = test.build(&["--locked", "--deny-warnings", "--message-format", "json"]);
        assert!(run.stderr.is_empty(), "{}", run.stderr);
        let lock = test.read(LOCK);
        assert!(lock.contains(r#"{ number = 1, id = "addition", was = "sum", kind = "single-choice" }"#), "{lock}");
        assert_eq!(lock.matches(r#"id = "Four""#).count(), 1, "{lock}");
    }
}

#[test]
fn a_choice_reworded_at_its_place_keeps_its_number_and_two_do_not() {
    let test = CourseTest::of("base", "lock-choice");
    let three = ["[ ] Three", "[x] Four", "[ ] Five"];
    test.file("lesson/quiz.md", quiz(&question("sum", &three))).build(&["--deny-warnings"]);
    test.file("lesson/quiz.md", quiz(&question("sum", &["[ ] Three", "[x] Precisely four", "[ ] Five"])));
    let (new, run) = build(&test);
    assert_eq!(new, [r#"{ question = 1, number = 2, id = "Precisely four", was = "Four" }"#]);
    assert!(run.stderr.contains("keeps its number"), "{}", run.stderr);
    test.file("lesson/quiz.md", quiz(&question("sum", &["[ ] Two", "[x] Precisely four", "[ ] Six"])));
    let run = test.run(&["check", "src"]);
    assert_eq!(run.stderr.matches("cartable lock rename sum/").count(), 2, "{}", run.stderr);
    let run = test.run(&["lock", "rename", "sum/Three", "sum/Two", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (new, _) = build(&test);
    assert_eq!(new, [r#"{ question = 1, number = 3, id = "Six", was = "Five" }"#], "the other one is clear then");
    // The right one is what it was, so the key is what it was.
    assert_eq!(test.read(LOCK).matches("revision = ").count(), 1);
}

#[test]
fn a_choice_given_an_id_keeps_its_number_and_may_be_reworded_from_then_on() {
    let test = built("lock-choice-id");
    test.change("lesson/quiz.md", "[ ] Three", "[ ] Three {#three}");
    let (new, _) = build(&test);
    assert_eq!(new, [r##"{ question = 1, number = 1, id = "#three", was = "Three" }"##]);
    test.change("lesson/quiz.md", "[ ] Three", "[ ] Nothing but three");
    test.build(&["--locked", "--deny-warnings"]);
}

#[test]
fn an_inserted_choice_moves_no_other_and_a_corrected_key_has_a_revision() {
    let test = built("lock-insert");
    test.file("lesson/quiz.md", quiz(&question("sum", &["[ ] Two", "[ ] Three", "[x] Four"])));
    let (new, run) = build(&test);
    assert_eq!(new, [r#"{ question = 1, number = 3, id = "Two" }"#]);
    assert!(run.stderr.contains("no warnings"), "{}", run.stderr);
    test.file("lesson/quiz.md", quiz(&question("sum", &["[ ] Two", "[x] Three", "[ ] Four"])));
    let (new, _) = build(&test);
    assert_eq!(new, [r#"{ question = 1, revision = 2, key = "1 for 1.00" }"#]);
    test.change("lesson/quiz.md", "{#sum}", "{#sum points=2.5}");
    let (new, _) = build(&test);
    assert_eq!(new, [r#"{ question = 1, revision = 3, key = "1 for 2.50" }"#]);
}

#[test]
fn a_question_of_another_kind_takes_another_number() {
    let test = built("lock-kind");
    test.change("lesson/quiz.md", "[ ] Three", "[x] Three");
    let (new, run) = build(&test);
    assert!(new.contains(&r#"{ number = 2, id = "sum", kind = "multiple-choice" }"#.to_owned()), "{new:?}");
    assert!(run.stderr.contains("answers given so far are lost"), "{}", run.stderr);
    test.change("lesson/quiz.md", "[x] Three", "[ ] Three");
    let (new, _) = build(&test);
    assert_eq!(new, ["{ question = 2 }"], "and back: number 1 is found again");
}

#[test]
fn locked_builds_only_what_the_lock_knows() {
    let test = CourseTest::of("base", "lock-locked");
    let run = test.run(&["build", "src", "--locked"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("course.lock") && !test.path(LOCK).exists(), "{}", run.stderr);
    test.build(&[]);
    test.build(&["--locked"]);
    let (lock, tree) = (test.read(LOCK), test.tree("dist"));
    test.file("lesson/quiz.md", quiz(&(question("sum", &SUM) + &question("new", &SUM))));
    let run = test.run(&["build", "src", "--locked"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("error[lock-incomplete]") || run.stderr.contains("lock"), "{}", run.stderr);
    assert_eq!((lock, tree), (test.read(LOCK), test.tree("dist")), "a refused build writes nothing");
    let run = test.run(&["check", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

/// Two branches of one course that each added a page and a question and built, and their merge by lines.
fn merged(name: &str) -> (CourseTest, String) {
    let test = built(name);
    let trunk = test.read(LOCK);
    let pages = |more: &str| format!("+++\ntitle = \"A lesson\"\npages = [\"page.md\", {more}\"quiz.md\"]\n+++\n");
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n\nText.\n");
    let mut locks = Vec::new();
    for branch in ["ours", "theirs"] {
        test.file("course.lock", &trunk);
        test.file("lesson/index.md", pages(&format!("\"{branch}.md\", ")));
        test.file(&format!("lesson/{branch}.md"), page(branch));
        test.file("lesson/quiz.md", quiz(&(question("sum", &SUM) + &question(branch, &["[x] Yes", "[ ] No"]))));
        test.build(&["--deny-warnings"]);
        locks.push(test.read(LOCK));
        fs::remove_file(test.path(&format!("src/lesson/{branch}.md"))).unwrap();
    }
    let [ours, theirs] = locks.try_into().unwrap();
    test.file("lesson/ours.md", page("ours")).file("lesson/theirs.md", page("theirs"));
    test.file("lesson/index.md", pages("\"ours.md\", \"theirs.md\", "));
    let questions =
        question("sum", &SUM) + &question("ours", &["[x] Yes", "[ ] No"]) + &question("theirs", &["[x] Yes", "[ ] No"]);
    test.file("lesson/quiz.md", quiz(&questions));
    let mut merged = String::new();
    for line in ours.lines() {
        merged += &format!("{line}\n");
        let twin = line.replace("ours", "theirs");
        if twin != line && theirs.contains(&twin) {
            merged += &format!("{twin}\n");
        }
    }
    test.file("course.lock", merged);
    (test, ours)
}

#[test]
fn two_branches_merged_give_a_clash_that_a_command_solves() {
    let (test, ours) = merged("lock-merge-ids");
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    for id in ["lesson/theirs", "theirs"] {
        let command = format!("cartable lock renumber {id} --course src");
        assert!(run.stderr.contains(&command), "{command}\n{}", run.stderr);
        let run = test.run(&command.split(' ').skip(1).collect::<Vec<_>>());
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    test.build(&["--deny-warnings"]);
    added(&ours, &test.read(LOCK));
    test.build(&["--locked", "--deny-warnings"]);
}

#[test]
fn the_released_lock_tells_which_numbers_are_new() {
    let (test, ours) = merged("lock-merge-base");
    fs::write(test.path("released.lock"), &ours).unwrap();
    let run = test.run(&["lock", "renumber", "--base", "released.lock", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
    added(&ours, &test.read(LOCK));
    let run = test.run(&["lock", "renumber", "--base", "released.lock", "--course", "src"]);
    assert_eq!(run.status, 2, "nothing clashes any more");
}

#[test]
fn the_released_lock_may_be_a_branch_of_git() {
    let (test, ours) = merged("lock-merge-git");
    let merged = test.read(LOCK);
    test.file("course.lock", &ours);
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .current_dir(test.source())
            .output()
            .unwrap();
        assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    };
    git(&["init"]);
    git(&["add", "."]);
    git(&["commit", "-m", "released"]);
    git(&["tag", "v1"]);
    test.file("course.lock", merged);
    let run = test.run(&["lock", "renumber", "--base", "v2", "--course", "src"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    let run = test.run(&["lock", "renumber", "--base", "v1", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
    added(&ours, &test.read(LOCK));
}

#[test]
fn another_identity_is_refused_until_the_loss_is_accepted() {
    let test = built("lock-reset");
    let lock = test.read(LOCK);
    test.change("course.toml", "courses/base", "courses/other");
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("cartable lock accept-reset --course src"), "{}", run.stderr);
    assert_eq!(test.read(LOCK), lock);
    let run = test.run(&["lock", "accept-reset", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
    let new = test.read(LOCK);
    assert!(new.contains("courses/other"));
    let unit = |lock: &str| lock.lines().find(|line| line.contains("unit = ")).unwrap().to_owned();
    assert_ne!(unit(&lock), unit(&new), "LMSs are to take it for another course");
}

#[test]
fn commands_that_cannot_be_carried_out_say_why_and_change_nothing() {
    let test = built("lock-refused");
    let lock = test.read(LOCK);
    for (arguments, reason) in [
        (&["rename", "lesson/none", "lesson/page"][..], "knows no page, question or part of an answer `lesson/none`"),
        (&["rename", "lesson/pages", "lesson/page"], "did you mean `lesson/page`?"),
        (&["rename", "lesson/page", "lesson/page"], "the same"),
        (
            &["rename", "lesson/page", "lesson/new"],
            "`lesson/page` is still a page of the course, so `lesson/new` cannot",
        ),
        (&["rename", "lesson/page", "lesson/quiz"], "`lesson/page` is still a page of the course"),
        (&["rename", "sum", "product"], "`sum` is still a question of the course"),
        (&["rename", "sum/Three", "sum/Two"], "`Three` is still a choice of the question, so `Two` cannot"),
        (&["renumber", "none"], "knows no page, question or part of an answer `none`"),
        (&["renumber", "--base", "none.lock"], "none.lock is no file"),
    ] {
        let run = test.run(&[&["lock"], arguments, &["--course", "src"]].concat());
        assert_eq!(run.status, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
        assert_eq!(test.read(LOCK), lock);
    }
    let fresh = CourseTest::of("base", "lock-none");
    let run = fresh.run(&["lock", "renumber", "sum", "--course", "src"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("no course.lock yet"), "{}", run.stderr);
}

#[test]
fn a_new_name_must_be_in_the_course_and_no_older_than_the_old_one() {
    let test = built("lock-rename-checked");
    fs::rename(test.path("src/lesson/page.md"), test.path("src/lesson/reading.md")).unwrap();
    test.change("lesson/index.md", "page.md", "reading.md");
    test.change("lesson/quiz.md", "{#sum}", "{#addition}");
    let lock = test.read(LOCK);
    for (old, new, reason) in [
        ("lesson/page", "lesson/raeding", "the course has no page `lesson/raeding`; did you mean `lesson/reading`?"),
        ("lesson/page", "lesson/index", "`lesson/index` has the number 1 already, and is older than `lesson/page`"),
        ("sum", "additoin", "the course has no question `additoin`; did you mean `addition`?"),
    ] {
        let run = test.run(&["lock", "rename", old, new, "--course", "src"]);
        assert_eq!(run.status, 2, "{old} {new}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{old} {new}: {}", run.stderr);
        assert_eq!(test.read(LOCK), lock);
    }
    // Twice is once; another heir is refused as long as the first is there.
    for _ in 0..2 {
        let run = test.run(&["lock", "rename", "lesson/page", "lesson/reading", "--course", "src"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    let run = test.run(&["lock", "rename", "lesson/page", "lesson/quiz", "--course", "src"]);
    assert!(run.stderr.contains("`lesson/page` is called `lesson/reading` now"), "{}", run.stderr);
}

#[test]
fn a_renaming_to_what_never_came_can_be_said_again() {
    let test = built("lock-rename-again");
    let lock = test.read(LOCK);
    let typo = "  { number = 2, id = \"lesson/raeding\", was = \"lesson/page\" },\n  { number = 3";
    test.file("course.lock", lock.replace("  { number = 3", typo));
    fs::rename(test.path("src/lesson/page.md"), test.path("src/lesson/reading.md")).unwrap();
    test.change("lesson/index.md", "page.md", "reading.md");
    for old in ["lesson/page", "lesson/raeding"] {
        let before = test.read(LOCK);
        let run = test.run(&["lock", "rename", old, "lesson/reading", "--course", "src"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        test.build(&["--locked", "--deny-warnings"]);
        assert!(test.read(LOCK).contains(&format!("{{ number = 2, id = \"lesson/reading\", was = \"{old}\" }}")));
        test.file("course.lock", before);
    }
}

#[test]
fn what_has_gone_gives_up_a_number_that_something_else_has() {
    let test = built("lock-clash-gone");
    let former = "  { number = 2, id = \"lesson/former\" },\n  { number = 3";
    test.file("course.lock", test.read(LOCK).replace("  { number = 3", former));
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(!run.stderr.contains("renumber lesson/page"), "{}", run.stderr);
    assert!(run.stderr.contains("cartable lock renumber lesson/former --course src"), "{}", run.stderr);
    let run = test.run(&["lock", "renumber", "lesson/former", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
    assert!(test.read(LOCK).contains("{ number = 2, id = \"lesson/page\" }"));
}

#[test]
fn two_live_names_of_one_number_are_a_clash_even_if_one_was_the_other() {
    let test = built("lock-clash-live");
    let quiz = "{ number = 2, id = \"lesson/quiz\", was = \"lesson/page\" }";
    test.file("course.lock", test.read(LOCK).replace("{ number = 3, id = \"lesson/quiz\" }", quiz));
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("the number 2 stands for two pages"), "{}", run.stderr);
    let run = test.run(&["lock", "renumber", "lesson/quiz", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
}

#[test]
fn a_number_given_up_leaves_no_gap() {
    let test = built("lock-renumber-alone");
    for id in ["lesson/page", "sum/Three", "sum"] {
        let run = test.run(&["lock", "renumber", id, "--course", "src"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        test.build(&["--deny-warnings"]);
    }
}

#[test]
fn what_is_lost_or_scored_otherwise_is_said_once_as_a_note() {
    let test = CourseTest::of("base", "lock-notes");
    let three = ["[ ] Three", "[x] Four", "[ ] Five"];
    test.file("lesson/quiz.md", quiz(&(question("sum", &three) + &question("second", &SUM))));
    assert!(!test.build(&["--deny-warnings"]).stderr.contains("note["));
    test.file("lesson/quiz.md", quiz(&question("sum", &["[x] Three", "[ ] Four"])));
    let run = test.build(&["--deny-warnings"]);
    for said in [
        "the question `second` has gone",
        "the choice `Five` has gone",
        "`sum` has another right answer now: unfinished attempts are scored by it, finished ones stay",
    ] {
        assert!(run.stderr.contains(said), "{said}\n{}", run.stderr);
    }
    assert!(!test.build(&["--deny-warnings"]).stderr.contains("note["));
    test.change("lesson/quiz.md", "{#sum}", "{#sum points=2}");
    let run = test.build(&["--deny-warnings"]);
    assert!(run.stderr.contains("`sum` has another number of points now"), "{}", run.stderr);
}

#[test]
fn a_lock_that_has_gone_is_missed_where_its_packages_are() {
    let test = built("lock-missing");
    fs::remove_file(test.path(LOCK)).unwrap();
    let run = test.run(&["build", "src", "--deny-warnings"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("a course.lock when dist/base-1.0-scorm12.zip was built"), "{}", run.stderr);
    // A package of another course says nothing about this one.
    fs::create_dir(test.path("other")).unwrap();
    fs::write(test.path("other/base-camp-1.0-scorm12.zip"), "").unwrap();
    let run = test.run(&["build", "src", "--deny-warnings", "--out", "other"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
}

/// A small generator of numbers (xorshift), so that a failure can be repeated by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// A course as the life of a course changes it: pages by name, and questions with their choices.
#[derive(Clone)]
struct Living {
    pages: Vec<String>,
    questions: Vec<(String, Vec<String>, usize)>,
    fresh: usize,
}

impl Living {
    fn change(&mut self, random: &mut Random) {
        self.fresh += 1;
        let new = format!("n{}", self.fresh);
        let question = random.below(self.questions.len());
        match random.below(9) {
            0 => self.pages.insert(random.below(self.pages.len() + 1), new),
            1 if self.pages.len() > 1 => drop(self.pages.remove(random.below(self.pages.len()))),
            2 => {
                let page = self.pages.remove(random.below(self.pages.len()));
                self.pages.insert(random.below(self.pages.len() + 1), page);
            }
            3 => {
                let choices = vec![format!("{new} a"), format!("{new} b"), format!("{new} c")];
                self.questions.insert(question, (new, choices, 0));
            }
            4 if self.questions.len() > 1 => drop(self.questions.remove(question)),
            5 => self.questions.rotate_left(1),
            6 => {
                let at = random.below(self.questions[question].1.len() + 1);
                self.questions[question].1.insert(at, new);
                self.questions[question].2 = 0;
            }
            7 if self.questions[question].1.len() > 2 => {
                let at = random.below(self.questions[question].1.len());
                self.questions[question].1.remove(at);
                self.questions[question].2 = 0;
            }
            _ => self.questions[question].2 = random.below(self.questions[question].1.len()),
        }
    }

    fn write(&self, test: &CourseTest) {
        let _ = fs::remove_dir_all(test.path("src/lesson"));
        let pages: Vec<String> = self.pages.iter().map(|page| format!("\"{page}.md\"")).collect();
        test.file("lesson/index.md", format!("+++\ntitle = \"L\"\npages = [{}, \"quiz.md\"]\n+++\n", pages.join(", ")));
        for page in &self.pages {
            test.file(&format!("lesson/{page}.md"), format!("+++\ntitle = \"{page}\"\n+++\n\nText.\n"));
        }
        let questions = self.questions.iter().map(|(id, choices, right)| {
            let choices: Vec<String> = choices
                .iter()
                .enumerate()
                .map(|(at, text)| {
                    format!("[{}] {text} {{#{}}}", if at == *right { "x" } else { " " }, text.replace(' ', "-"))
                })
                .collect();
            question(id, &choices.iter().map(String::as_str).collect::<Vec<_>>())
        });
        test.file("lesson/quiz.md", quiz(&questions.collect::<String>()));
    }
}

/// `id → number` of every line of the lock, choices under their question's number.
fn numbers(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |line: &str, name: &str| {
        let rest = line.split_once(&format!(" {name} = "))?.1;
        Some(rest.split([',', '}']).next()?.trim().trim_matches('"').to_owned())
    };
    let lines = lock.lines().filter(|line| line.starts_with("  {"));
    lines
        .filter_map(|line| Some((line, field(line, "id")?, field(line, "number")?)))
        .map(|(line, id, number)| ((field(line, "question").unwrap_or_default(), id), number))
        .collect()
}

#[test]
fn whatever_becomes_of_a_course_no_line_goes_and_no_number_is_given_twice() {
    for seed in 1..=6_u64 {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let test = CourseTest::of("base", &format!("lock-life-{seed}"));
        let mut course = Living {
            pages: vec!["one".into(), "two".into()],
            questions: vec![("first".into(), vec!["yes".into(), "no".into()], 0)],
            fresh: 0,
        };
        let mut history = Vec::new();
        let mut lock = String::new();
        for step in 0..25 {
            course.write(&test);
            test.build(&[]);
            let now = test.read(LOCK);
            added(&lock, &now);
            for (id, number) in numbers(&lock) {
                assert_eq!(numbers(&now).get(&id), Some(&number), "seed {seed}, step {step}: {id:?}");
            }
            let mut seen = BTreeSet::new();
            for ((question, id), number) in numbers(&now) {
                // Pages are told from questions by the slash of their ids.
                let list = if question.is_empty() { id.contains('/').to_string() } else { question };
                assert!(seen.insert((list, number.clone())), "seed {seed}, step {step}: {id} shares {number}");
            }
            test.build(&["--locked"]);
            lock = now;
            history.push(course.clone());
            for _ in 0..=random.below(3) {
                course.change(&mut random);
            }
            // Now and then the author takes an old version back.
            if random.below(5) == 0 {
                course = Living { fresh: course.fresh, ..history[random.below(history.len())].clone() };
            }
        }
    }
}

#[test]
fn a_lesson_whose_folder_is_renamed_is_said_once_and_keeps_all_its_pages() {
    for after in [false, true] {
        let test = built(if after { "lock-folder-after" } else { "lock-folder-before" });
        fs::rename(test.path("src/lesson"), test.path("src/welcome")).unwrap();
        test.change("course.toml", "\"lesson\"", "\"welcome\"");
        let run = if after { test.build(&[]) } else { test.run(&["check", "src"]) };
        assert_eq!(run.stderr.matches("warning[").count(), 1, "{}", run.stderr);
        assert!(run.stderr.contains("cartable lock rename lesson welcome"), "{}", run.stderr);
        let run = test.run(&["lock", "rename", "lesson/", "welcome", "--course", "src"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stderr.contains("3 pages of `welcome`"), "{}", run.stderr);
        let lock = test.read(LOCK);
        for (number, page) in [(1, "index"), (2, "page"), (3, "quiz")] {
            let line = format!(r#"{{ number = {number}, id = "welcome/{page}", was = "lesson/{page}" }}"#);
            assert!(lock.contains(&line), "{lock}");
        }
        test.build(&["--locked", "--deny-warnings"]);
        let run = test.run(&["lock", "rename", "lesson", "elsewhere", "--course", "src"]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("no page has gone from the folder `lesson`"), "{}", run.stderr);
        assert_eq!(test.read(LOCK), lock);
    }
}
