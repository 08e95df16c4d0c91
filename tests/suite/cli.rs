//! The command line: exit status, streams, formats, `new` and `ids`.

use serde_json::Value;

use crate::support::CourseTest;

#[test]
fn help_and_version_are_there_and_usage_mistakes_exit_with_2() {
    let test = CourseTest::empty("cli-usage");
    for arguments in [&["--help"][..], &["build", "--help"], &["lock", "--help"], &["--version"]] {
        let run = test.run(arguments);
        assert_eq!(run.status, 0, "{arguments:?}");
        assert!(!run.stdout.is_empty() && run.stderr.is_empty());
    }
    for arguments in [&[][..], &["biuld"], &["build", "--targets", "x"], &["new"], &["lock", "renumber"]] {
        assert_eq!(test.run(arguments).status, 2, "{arguments:?}");
    }
}

#[test]
fn a_folder_that_is_no_course_is_said_so_with_what_to_do() {
    let test = CourseTest::empty("cli-no-course");
    let run = test.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("this folder ([SCRATCH]) is not a course"), "{}", run.stderr);
    assert!(run.stderr.contains("cartable new"), "{}", run.stderr);
    std::fs::create_dir(test.path("package")).unwrap();
    std::fs::write(test.path("package/imsmanifest.xml"), "<manifest/>").unwrap();
    let run = test.run(&["build", "package"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("finished package"), "{}", run.stderr);
}

#[test]
fn a_folder_of_several_courses_names_them_all() {
    let test = CourseTest::empty("cli-several-courses");
    for name in ["first", "second", "no-course"] {
        std::fs::create_dir(test.path(name)).unwrap();
    }
    std::fs::write(test.path("first/course.toml"), "").unwrap();
    let run = test.run(&["check"]);
    assert!(run.stderr.contains("type cd first"), "{}", run.stderr);
    std::fs::write(test.path("second/course.toml"), "").unwrap();
    let run = test.run(&["check"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("2 courses in folders of this one: first, second."), "{}", run.stderr);
}

#[test]
fn a_command_of_other_tools_is_answered_with_what_does_it_here() {
    let test = CourseTest::empty("cli-other-commands");
    for (typed, meant) in [
        ("preview", "cartable build --unpacked"),
        ("serve", "cartable build --unpacked"),
        ("watch", "cartable build --unpacked"),
        ("init", "cartable new"),
        ("import", "cartable new"),
        ("export", "cartable build"),
        ("chekc", "'check'"),
    ] {
        let run = test.run(&[typed]);
        assert_eq!(run.status, 2, "{typed}");
        assert!(run.stderr.contains(meant), "{}", run.stderr);
    }
}

#[test]
fn the_answer_key_has_all_that_the_author_says_of_a_question() {
    let test = CourseTest::of("base", "cli-answer-key");
    test.file("bank/1.md", "## One? {#one}\n\n- [x] Yes\n- [ ] No\n\n## Two? {#two}\n\n- [ ] Yes\n- [x] No\n");
    test.change("lesson/index.md", "pages", "objectives = [\"Sort\"]\npages");
    let quiz = "+++\ntitle = \"A quiz\"\nkind = \"quiz\"\n\n[[bank]]\nfrom = \"bank\"\ndraw = 1\n+++\n\n\
                ## Sort them {#sort credit=parts}\n\n```toml\nhint = \"From the top.\"\nright = \"Good.\"\n\
                partly = \"Nearly.\"\nwrong = \"No.\"\nobjective = \"Sort\"\n```\n\n\
                1. First\n\n   > It is the first.\n\n2. Second\n3. Third\n";
    test.file("lesson/quiz.md", quiz);
    let run = test.build(&["--answer-key", "keys/key.md"]);
    assert!(run.stdout.lines().any(|line| line.ends_with("key.md")), "{}", run.stdout);
    let key = test.read("keys/key.md");
    for line in [
        "Of bank: 1 of 2 questions are asked.",
        "1. Sort them (points: 1; also in parts)",
        "     > It is the first.",
        "   Hint: From the top.",
        "   To who answers right: Good.",
        "   To who answers right in part: Nearly.",
        "   To who answers wrong: No.",
        "   Tests: Sort",
    ] {
        assert!(key.lines().any(|found| found == line), "{line}\n{key}");
    }
}

#[test]
fn what_is_asked_for_beside_packages_replaces_nothing_of_others() {
    let test = CourseTest::of("base", "cli-own");
    let page = test.read("src/lesson/page.md");
    let run = test.run(&["build", "src", "--answer-key", "src/lesson/page.md"]);
    assert_eq!((run.status, test.read("src/lesson/page.md") == page), (2, true), "{}", run.stderr);
    assert!(run.stderr.contains("will not be replaced"), "{}", run.stderr);
    assert!(!test.path("dist").exists(), "nothing is written at all");
    for _ in 0..2 {
        assert_eq!(test.build(&["--answer-key", "key.md"]).status, 0, "over its own it is");
    }
    let page = ["inspect", "dist/base-1.0-scorm12.zip", "--html", "page.html"];
    assert_eq!([test.run(&page).status, test.run(&page).status], [0, 0]);
    let noted = format!("{}<p>Note", test.read("page.html"));
    std::fs::write(test.path("page.html"), &noted).unwrap();
    let run = test.run(&page);
    assert_eq!((run.status, test.read("page.html")), (2, noted), "{}", run.stderr);
}

#[test]
fn a_course_is_no_package_yet_and_a_file_may_be_missing() {
    let test = CourseTest::of("base", "cli-no-package");
    for command in [&["inspect", "src"][..], &["compare", "src", "src"]] {
        let run = test.run(command);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("cartable build src makes one"), "{}", run.stderr);
    }
    let run = test.run(&["inspect", "src/lesson"]);
    assert!(run.stderr.contains("it holds none of imsmanifest.xml"), "{}", run.stderr);
    let run = test.run(&["inspect", "nowhere.zip"]);
    assert!(run.stderr.contains("there is no file nowhere.zip"), "{}", run.stderr);
}

#[test]
fn whoever_is_in_the_wrong_folder_is_told_the_right_one() {
    let test = CourseTest::of("base", "cli-wrong-folder");
    let parts = test.run_in("src/lesson", &["build"]);
    assert_eq!(parts.status, 2);
    assert!(parts.stderr.contains("this folder ([SCRATCH]/src/lesson) is not a course"), "{}", parts.stderr);
    assert!(parts.stderr.contains("It is in the folder above: type cd .."), "{}", parts.stderr);
    for (folder, part, meant) in [
        ("src", "lesson", "."),
        ("src", "lesson/page.md", "."),
        (".", "src/lesson", "src"),
        (".", "src/nowhere", "src"),
        ("src/lesson", "page.md", "[SCRATCH]/src"),
    ] {
        let run = test.run_in(folder, &["check", part]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(&format!("did you mean `{meant}`?")), "{folder} {part}: {}", run.stderr);
    }
    let run = test.run(&["check"]);
    assert!(run.stderr.contains("It is in a folder of this one: type cd src"), "{}", run.stderr);
    for name in ["course.toml.txt", "Course.toml"] {
        std::fs::rename(test.path("src/course.toml"), test.path("src").join(name)).unwrap();
        let run = test.run_in("src", &["build"]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(&format!("file `{name}`: rename that to course.toml")), "{}", run.stderr);
        std::fs::rename(test.path("src").join(name), test.path("src/course.toml")).unwrap();
    }
}

#[test]
fn commands_to_copy_have_quotes_where_a_shell_needs_them() {
    let test = CourseTest::empty("cli-quotes");
    let run = test.run(&["new", "Mon cours", "--lang", "fr"]);
    assert!(run.stderr.contains("cd \"Mon cours\"\n    cartable build\n"), "{}", run.stderr);
    assert_eq!(test.run(&["build", "Mon cours"]).status, 0);
    let quiz = test.read("Mon cours/lecon-1/quiz.md");
    std::fs::remove_file(test.path("Mon cours/lecon-1/quiz.md")).unwrap();
    std::fs::write(test.path("Mon cours/lecon-1/épreuve.md"), quiz).unwrap();
    let lesson = test.read("Mon cours/lecon-1/index.md").replace("quiz.md", "épreuve.md");
    std::fs::write(test.path("Mon cours/lecon-1/index.md"), lesson).unwrap();
    let page = test.read("Mon cours/lecon-1/premiers-pas.md").replace("quiz.md", "épreuve.md");
    std::fs::write(test.path("Mon cours/lecon-1/premiers-pas.md"), page).unwrap();
    let run = test.run(&["check", "Mon cours"]);
    let command = "cartable lock rename lecon-1/quiz \"lecon-1/épreuve\" --course \"Mon cours\"\n";
    assert!(run.stderr.contains(command), "{}", run.stderr);
}

#[test]
fn an_unknown_target_names_the_known_ones() {
    let test = CourseTest::of("base", "cli-target");
    let run = test.run(&["build", "src", "--target", "scorm13"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("Did you mean scorm12? The targets are: scorm12"), "{}", run.stderr);
}

#[test]
fn the_course_is_course_src_or_the_current_folder() {
    let test = CourseTest::empty("cli-default");
    let base = crate::support::repository().join("tests/courses/base");
    crate::support::copy_tree(&base, &test.path("course-src"));
    assert_eq!(test.run(&["check"]).status, 0);
    crate::support::copy_tree(&base, test.folder());
    std::fs::remove_dir_all(test.path("course-src")).unwrap();
    let run = test.run(&["check"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn paths_go_to_standard_output_and_words_to_standard_error() {
    let test = CourseTest::of("base", "cli-streams");
    let run = test.build(&[]);
    let stem = "dist/base-1.0-scorm12";
    assert_eq!(run.stdout, format!("{stem}.zip\n{stem}.zip.sha256\n{stem}.import.md\n"));
    assert!(run.stderr.contains("Built dist/base-1.0-scorm12.zip") && run.stderr.contains("course.lock"));
    assert!(!run.stderr.contains('\u{1b}'), "no colour outside a terminal");
    assert!(!run.stderr.contains('\r'), "no progress line outside a terminal");
    let run = test.run(&["check", "src"]);
    assert_eq!((run.stdout.as_str(), run.status), ("", 0));
}

#[test]
fn the_plan_lists_every_file_with_its_size() {
    let test = CourseTest::of("base", "cli-list");
    let run = test.run(&["build", "src", "--list"]);
    assert!(run.stdout.contains("base-1.0-scorm12/imsmanifest.xml\t"), "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 9, "{}", run.stdout);
    let folder = test.run(&["build", "src", "--list", "--unpacked"]);
    assert!(run.stdout.contains("base-1.0-scorm12.import.md\t"), "{}", run.stdout);
    assert!(!folder.stdout.contains(".import.md"), "{}", folder.stdout);
    let run = test.run(&["build", "src", "--list", "--message-format", "json"]);
    assert!(run.stdout.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["type"] == "file"));
}

#[test]
fn short_messages_are_one_line_each_with_the_place_in_the_authors_file() {
    let test = CourseTest::of("base", "cli-short");
    // A byte order mark, CR LF and decomposed accents: places are those of the author's own characters.
    let page = "\u{feff}+++\r\ntitle = \"A page\"\r\n+++\r\n\r\nE\u{301}te\u{301} [x](nowhere.md)\r\n";
    test.file("lesson/page.md", page);
    let run = test.run(&["check", "src", "--message-format", "short"]);
    assert_eq!(run.status, 1);
    let first = run.stderr.lines().next().unwrap();
    assert_eq!(first, "src/lesson/page.md:5:7: error[broken-link]: there is no file `nowhere.md`");
}

#[test]
fn json_messages_hold_everything_a_tool_needs() {
    let test = CourseTest::of("base", "cli-json");
    test.change("course.toml", "language = \"en\"", "langage = \"en\"");
    let run = test.run(&["check", "src", "--message-format", "json"]);
    assert_eq!(run.status, 1);
    let lines: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let unknown = lines.iter().find(|line| line["code"] == "unknown-key").unwrap();
    assert_eq!(unknown["severity"], "error");
    assert_eq!(unknown["span"]["file"], "course.toml");
    assert_eq!((unknown["span"]["line"].as_u64(), unknown["span"]["column"].as_u64()), (Some(4), Some(1)));
    assert_eq!(unknown["hints"][0]["fix"]["replacement"], "language");
    let summary = lines.last().unwrap();
    assert_eq!((summary["type"].as_str(), summary["errors"].as_u64()), (Some("summary"), Some(1)));
    test.change("course.toml", "langage", "language");
    let run = test.build(&["--message-format", "json"]);
    let lines: Vec<Value> = run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["type"] == "written" && line["path"] == "dist/base-1.0-scorm12.zip"));
    let state = &lines.iter().find(|line| line["type"] == "summary").unwrap()["state"];
    assert!(state["characters"].as_u64() < state["limit"].as_u64());
}

#[test]
fn warnings_can_be_denied() {
    let test = CourseTest::of("base", "cli-deny");
    test.file("lesson/draft.md", "+++\ntitle = \"Draft\"\n+++\n");
    assert_eq!(test.run(&["build", "src", "--deny-warnings"]).status, 1);
    assert!(!test.path("dist").exists());
    assert_eq!(test.run(&["build", "src"]).status, 0);
}

#[test]
fn a_new_course_has_an_id_of_its_own_and_builds_without_a_warning() {
    let test = CourseTest::empty("cli-new");
    let mut ids = Vec::new();
    for (language, folder) in [("fr", "Mon cours"), ("en", "my-course")] {
        let run = test.run(&["new", folder, "--lang", language]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let shown = if folder.contains(' ') { format!("\"{folder}\"") } else { folder.to_owned() };
        assert!(run.stderr.contains(&format!("    cd {shown}\n    cartable build\n")), "{}", run.stderr);
        let run = test.run(&["build", folder, "--deny-warnings"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let course = test.read(&format!("{folder}/course.toml"));
        ids.push(course.lines().find(|line| line.starts_with("id ")).unwrap().to_owned());
    }
    assert_ne!(ids[0], ids[1]);
    assert!(ids[0].contains("urn:uuid:"));
    assert!(test.path("dist/mon-cours-0.1.0-scorm12.zip").exists());
    let run = test.run(&["new", "my-course"]);
    assert_eq!(run.status, 2, "a course was written over another");
    assert!(run.stderr.contains("not empty"), "{}", run.stderr);
}

#[test]
fn missing_ids_are_written_into_the_files_and_nothing_else_changes() {
    let test = CourseTest::of("base", "cli-ids");
    let quiz = "\u{feff}+++\r\ntitle = \"Quiz\"\r\nkind = \"quiz\"\r\n+++\r\n\r\n## Où est l\u{2019}été\u{a0}? ##\r\n\r\n- [x] Ici\r\n- [ ] Là\r\n\r\n## Combien ? {points=2}\r\n\r\n- [x] Un\r\n- [ ] Deux\r\n\r\n## Déjà {#deja}\r\n\r\n- [x] Un\r\n- [ ] Deux\r\n\r\nSouligné\r\n---\r\n\r\n- [x] Un\r\n- [ ] Deux\r\n";
    test.file("lesson/quiz.md", quiz);
    let before = test.run(&["build", "src"]);
    assert_eq!(before.status, 0, "{}", before.stderr);
    let lock = test.read("src/course.lock");
    let run = test.run(&["ids", "src"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "src/lesson/quiz.md\n"), "{}", run.stderr);
    let expected = quiz
        .replace("été\u{a0}? ##", "été\u{a0}? ## {#ou-est-l-ete}")
        .replace("{points=2}", "{#combien points=2}")
        .replace("Souligné", "Souligné {#souligne}");
    assert_eq!(test.read("src/lesson/quiz.md"), expected);
    let run = test.build(&["--locked", "--deny-warnings"]);
    assert!(run.stderr.contains("no warnings"));
    assert_eq!(test.read("src/course.lock"), lock, "the ids are the ones that the questions had");
    let run = test.run(&["ids", "src"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
}
