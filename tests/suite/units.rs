//! One unit for each lesson: what each document holds, what it is called, and what becomes of the lock.

use std::fs;

use crate::support::{CourseTest, repository};

const LOCK: &str = "src/course.lock";

/// A course of lessons that have a page each, by their folders; each is a unit.
fn of_lessons(name: &str, folders: &[&str]) -> CourseTest {
    let test = CourseTest::empty(name);
    for folder in folders {
        test.file(
            &format!("{folder}/index.md"),
            format!("+++\ntitle = \"Lesson {folder}\"\npages = [\"page.md\"]\n+++\n"),
        );
        test.file(
            &format!("{folder}/page.md"),
            format!("+++\ntitle = \"Page of {folder}\"\n+++\n\nWords of {folder}.\n"),
        );
    }
    list(&test, folders);
    test
}

fn list(test: &CourseTest, folders: &[&str]) {
    let course = "id = \"https://example.org/courses/units\"\ntitle = \"Units\"\nversion = \"1\"\nlanguage = \"en\"";
    test.file("course.toml", format!("{course}\nlessons = {folders:?}\n[package]\nunits = \"lessons\"\n"));
}

/// The documents of the package, sorted, each with its text.
fn documents(test: &CourseTest) -> Vec<(String, String)> {
    let built = test.build(&["--unpacked"]).stdout.lines().next().unwrap().to_owned();
    let files = test.tree(&built).into_iter().filter(|(path, _)| path.ends_with(".html"));
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn each_lesson_has_all_the_room_that_the_lms_gives() {
    let test = of_lessons("units-room", &["one", "two"]);
    for lesson in ["one", "two"] {
        let question = |n: u32| format!("## Say it {n} {{#{lesson}-{n} max=1000}}\n\n[[…]]\n\n");
        let questions: String = (1..=2).map(question).collect();
        let quiz = format!(
            "+++\ntitle = \"Quiz\"\nkind = \"quiz\"\n+++\n\n## One? {{#{lesson}-q}}\n\n- [x] Yes\n- [ ] No\n\n{questions}"
        );
        test.file(&format!("{lesson}/page.md"), quiz);
    }
    let run = test.run(&["check", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.change("course.toml", "\"lessons\"", "\"course\"");
    let run = test.run(&["check", "src"]);
    assert!(run.stderr.contains("error[state-too-long]"), "{}", run.stderr);
    assert!(run.stderr.contains("units = \"lessons\" under [package]"), "{}", run.stderr);
}

/// The identifier of a unit in the lock.
fn identifier(lock: &str, unit: &str) -> Option<String> {
    let line = lock.lines().find(|line| line.contains(&format!("unit = \"{unit}\", id = ")))?;
    line.split('"').nth(3).map(str::to_owned)
}

#[test]
fn the_onboarding_course_can_be_one_unit_or_one_for_each_lesson() {
    let test = CourseTest::copy(&repository().join("examples/onboarding-en"), "units-onboarding");
    let [(name, whole)] = documents(&test).try_into().unwrap();
    assert_eq!(name, "index.html");
    // Nobody has begun the copy.
    fs::remove_file(test.path(LOCK)).unwrap();
    test.change("course.toml", "[theme]", "[package]\nunits = \"lessons\"\n\n[theme]");
    let run = test.build(&["--target", "scorm12"]);
    let warned: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("warning[")).collect();
    assert_eq!(warned.len(), 2, "{}", run.stderr);
    assert!(warned.iter().all(|line| line.contains("[link-out-of-unit]")), "{}", run.stderr);
    let sheet = test.read("dist/onboarding-1.0.0-scorm12.import.md");
    for said in ["2 lessons (SCOs)", "not for Open edX", "**To the side**", "Average grade", "Require all scos"] {
        assert!(sheet.contains(said), "{said}\n{sheet}");
    }
    let [(desk_name, desk), (house_name, house)] = documents(&test).try_into().unwrap();
    assert_eq!([desk_name, house_name], ["the-desk.html", "the-house.html"]);
    let forms = |text: &str| text.matches("<form class=\"question\"").count();
    assert_eq!(forms(&whole), forms(&desk) + forms(&house));
    for document in [&desk, &house] {
        assert!(document.contains("The Five Laws of Library Science"), "the sources stand in each");
        assert!(document.contains("id=\"accessibility\""), "and the statement");
        let sections: Vec<&str> =
            document.split("<section id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for link in document.split("href=\"#p").skip(1).filter_map(|rest| rest.split(['"', '-']).next()) {
            assert!(sections.contains(&format!("p{link}").as_str()), "#p{link} leads out of {sections:?}");
        }
    }
    assert!(house.contains("whom to ask <small>(in “At the desk”)</small>"), "{house}");
    assert!(house.contains("<p class=\"next-unit\">Next comes “At the desk”"), "{house}");
    assert!(!desk.contains("class=\"next-unit\""), "nothing comes after the last");
    assert!(!whole.contains("class=\"next-unit\""), "nor after the whole");
}

#[test]
fn a_lesson_without_a_quiz_is_completed_by_reading_whatever_the_course_asks() {
    let test = CourseTest::of("units", "units-rule");
    for when in ["passed", "viewed-and-passed", "viewed"] {
        let settings = format!("[completion]\nwhen = \"{when}\"\n[lint]");
        test.change("course.toml", "[lint]", &settings);
        let [(_, desk), (_, house)] = documents(&test).try_into().unwrap();
        assert!(desk.contains(&format!("\"when\":\"{when}\"")), "{desk}");
        assert!(house.contains("\"when\":\"viewed\""), "{house}");
        test.change("course.toml", &settings, "[lint]");
    }
    // No lesson can be passed.
    test.change("course.toml", "[lint]", "[completion]\nwhen = \"passed\"\n[lint]");
    test.change("course.toml", "\"house\", \"desk\"", "\"house\"");
    test.change("house/rooms.md", "(../desk/index.md)", "(rooms.md)");
    test.change("house/rooms.md", "(../desk/loans.md#who)", "(rooms.md)");
    let run = test.run(&["check", "src"]);
    assert!(run.stderr.contains("error[no-quiz-to-pass]"), "{}", run.stderr);
}

#[test]
fn documents_have_names_that_nothing_else_has() {
    let test = of_lessons("units-names", &["a/b", "a-b", "index", "会议", "Été"]);
    test.file("a/b.html", "A file of the author's.");
    test.file("Été/page.md", "+++\ntitle = \"Page\"\n+++\n\n[The file](../a/b.html)\n");
    let run = test.run(&["check", "src"]);
    assert!(run.stderr.contains("error[package-path-clash]: `a/b.html`"), "{}", run.stderr);
    test.file("Été/page.md", "+++\ntitle = \"Page\"\n+++\n\nWords.\n");
    let names: Vec<String> = documents(&test).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a-b-2.html", "a-b.html", "ete.html", "index-2.html", "lesson.html"]);
    list(&test, &["a/b"]);
    let names: Vec<String> = documents(&test).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["index.html"], "one lesson is one unit");
}

#[test]
fn another_value_of_units_is_a_loss_that_must_be_accepted() {
    for (before, after) in [("course", "lessons"), ("lessons", "course")] {
        let test = of_lessons(&format!("units-from-{before}"), &["one", "two"]);
        let value = |units: &str| format!("units = \"{units}\"");
        test.change("course.toml", &value("lessons"), &value(before));
        test.build(&[]);
        let lock = test.read(LOCK);
        test.change("course.toml", &value(before), &value(after));
        let run = test.run(&["build", "src"]);
        assert_eq!(run.status, 1, "{}", run.stderr);
        assert!(run.stderr.contains("error[lock-reset]: the LMS knew the unit"), "{}", run.stderr);
        assert!(run.stderr.contains("put `units` back as it was: units = "), "{}", run.stderr);
        assert_eq!(test.read(LOCK), lock);
        let run = test.run(&["lock", "accept-reset", "--course", "src"]);
        assert!(run.stderr.contains("for a new course"), "{}", run.stderr);
        test.build(&["--deny-warnings"]);
        // Pages keep their numbers: nothing of another unit's state is read, but what is new must not be mistaken.
        assert!(test.read(LOCK).contains("{ number = 4, id = \"two/page\" }"), "{}", test.read(LOCK));
    }
}

#[test]
fn a_lesson_called_course_is_not_the_whole_course() {
    let test = of_lessons("units-course", &["course", "two"]);
    test.change("course.toml", "\"lessons\"", "\"course\"");
    test.build(&[]);
    let whole = identifier(&test.read(LOCK), "course").unwrap();
    test.change("course.toml", "units = \"course\"", "units = \"lessons\"");
    let run = test.run(&["build", "src"]);
    assert!(run.stderr.contains("error[lock-reset]"), "{}", run.stderr);
    test.run(&["lock", "accept-reset", "--course", "src"]);
    test.build(&[]);
    assert_ne!(identifier(&test.read(LOCK), "course/"), Some(whole));
}

#[test]
fn lessons_come_and_move_and_the_others_are_known_as_before() {
    let test = of_lessons("units-move", &["one", "two"]);
    test.build(&[]);
    let before = test.read(LOCK);
    test.file("three/index.md", "+++\ntitle = \"Three\"\npages = [\"page.md\"]\n+++\n");
    test.file("three/page.md", "+++\ntitle = \"Page of three\"\n+++\n\nWords.\n");
    let manifest = |test: &CourseTest| {
        let built = test.build(&["--unpacked"]).stdout.lines().next().unwrap().to_owned();
        test.read(&format!("{built}/imsmanifest.xml"))
    };
    let identity = |manifest: &str| manifest.split("<metadata>").next().unwrap().to_owned();
    let known = identity(&manifest(&test));
    list(&test, &["three", "two", "one"]);
    assert_eq!(identity(&manifest(&test)), known, "it is the same course");
    test.build(&["--deny-warnings"]);
    for unit in ["one", "two"] {
        assert_eq!(identifier(&test.read(LOCK), unit), identifier(&before, unit), "{unit}");
    }
    assert!(identifier(&test.read(LOCK), "three").is_some());
}

#[test]
fn a_lesson_whose_folder_has_another_name_keeps_its_record() {
    let test = of_lessons("units-rename", &["one", "two"]);
    test.build(&[]);
    let before = test.read(LOCK);
    fs::rename(test.path("src/one"), test.path("src/first")).unwrap();
    list(&test, &["first", "two"]);
    let run = test.run(&["build", "src"]);
    assert!(run.stderr.contains("learners keep all: cartable lock rename one first"), "{}", run.stderr);
    let run = test.run(&["lock", "rename", "one", "first", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    test.build(&["--deny-warnings"]);
    let renamed = identifier(&test.read(LOCK), "first");
    assert_eq!(renamed, identifier(&before, "one"));
    // What was accepted for one lesson costs no other its record.
    list(&test, &["first"]);
    fs::remove_dir_all(test.path("src/two")).unwrap();
    let run = test.run(&["build", "src"]);
    assert!(run.stderr.contains("the unit `two`, which is no more"), "{}", run.stderr);
    assert!(run.stderr.contains("put \"two\" back into `lessons`"), "{}", run.stderr);
    let run = test.run(&["lock", "accept-reset", "--course", "src"]);
    assert!(run.stderr.contains("keep the others"), "{}", run.stderr);
    test.build(&[]);
    assert_eq!(identifier(&test.read(LOCK), "first"), renamed);
}

#[test]
fn the_state_of_a_unit_is_said_without_what_stands_in_the_others() {
    let test = CourseTest::of("units", "units-state");
    test.build(&[]);
    let id = identifier(&test.read(LOCK), "desk").unwrap().replace('-', "");
    let unit: Vec<u8> = (0..4).map(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).unwrap()).collect();
    // The nonce, the revision, the place, what was reached; pages 3 and 4 have been viewed.
    let state = [&[2], &unit[..], &[1; 6], &[1, 4, 0, 1, 0b1100]].concat();
    let said = test.run(&["state", &base64url(&state), "src"]);
    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(said.stdout.contains("It is of this lesson, which has a record of its own: The desk."), "{}", said.stdout);
    assert!(said.stdout.contains("Pages viewed: 2 of 3."), "{}", said.stdout);
    assert!(!said.stdout.contains("Rooms") && !said.stdout.contains("any more"), "{}", said.stdout);
    let said = test.run(&["state", "--json", &base64url(&state), "src"]);
    assert!(said.stdout.contains("\"lesson\":\"The desk\""), "{}", said.stdout);
}

fn base64url(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sign = |bits: u32| char::from(SIGNS[(bits & 63) as usize]);
    let group = |group: &[u8]| {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
        (0..=group.len()).map(|at| sign(bits >> (18 - 6 * at))).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

#[test]
fn import_sheets_speak_of_each_lesson() {
    let test = CourseTest::of("units", "units-sheets");
    let all = ["scorm12", "scorm2004-3", "cmi5", "xapi", "web"];
    for (language, both, questions) in
        [("en", "2 lessons", "“The desk”: 2 questions"), ("fr", "2 leçons", "2 questions")]
    {
        test.change("course.toml", "language = \"en\"", &format!("language = \"{language}\""));
        test.build(&["--target", &all.join(",")]);
        for target in all {
            let sheet = test.read(&format!("dist/units-1-{target}.import.md"));
            assert!(sheet.contains(both), "{target}\n{sheet}");
            assert!(target == "web" || sheet.contains(questions), "{target}\n{sheet}");
            for other in ["module", "unité", "parts of the course", "une partie du cours"] {
                assert!(!sheet.to_lowercase().contains(other), "{target}: {other}\n{sheet}");
            }
        }
        let web = test.read("dist/units-1-web.import.md");
        assert!(web.contains("`index.html`, `house.html`, `desk.html`, `runtime.js`"), "{web}");
        let xapi = test.read("dist/units-1-xapi.import.md");
        assert!(xapi.contains("`house.html`") && xapi.contains("`completed`, "), "{xapi}");
    }
}

#[test]
fn import_sheets_know_that_there_are_several_quizzes() {
    let test = CourseTest::of("units", "units-quizzes");
    test.change("course.toml", "units = \"lessons\"", "units = \"course\"");
    let quiz = test.read("src/desk/quiz.md").replace("{#", "{#more-").replace("(loans.md)", "(../desk/loans.md)");
    test.file("house/more.md", quiz);
    test.change("house/index.md", "\"rooms.md\"", "\"rooms.md\", \"more.md\"");
    for (language, wrong) in [
        ("en", ["the quiz is", "The quiz is", "the quiz manages"]),
        ("fr", ["le quiz est", "Le quiz est", "le quiz gère"]),
    ] {
        test.change("course.toml", "language = \"en\"", &format!("language = \"{language}\""));
        for target in ["scorm12", "scorm2004-4", "cmi5", "xapi", "web"] {
            test.build(&["--target", target]);
            let sheet = test.read(&format!("dist/units-1-{target}.import.md"));
            assert!(wrong.iter().all(|words| !sheet.contains(words)), "{target}\n{sheet}");
            let words: String = sheet.split('`').step_by(2).collect();
            for sign in [" :", " ;", " !", " ?", "« ", " »"] {
                assert!(language == "en" || !words.contains(sign), "{target}: {sign}\n{sheet}");
            }
        }
    }
}

#[test]
fn on_the_web_lessons_lead_to_each_other_and_a_page_leads_to_all() {
    let test = CourseTest::copy(&repository().join("examples/onboarding-en"), "units-web");
    fs::remove_file(test.path(LOCK)).unwrap();
    test.change("course.toml", "[theme]", "[package]\nunits = \"lessons\"\n\n[theme]");
    let run = test.build(&["--target", "web", "--unpacked", "--deny-warnings"]);
    let folder = run.stdout.lines().next().unwrap().to_owned();
    let house = test.read(&format!("{folder}/the-house.html"));
    assert!(house.contains("<a href=\"the-desk.html#p"), "{house}");
    assert!(
        house.contains("<p class=\"next-unit\"><a href=\"the-desk.html\">Next comes “At the desk”</a></p>"),
        "{house}"
    );
    assert!(house.contains("<meta property=\"og:description\" content=\"Where things are"), "{house}");
    let index = test.read(&format!("{folder}/index.html"));
    for said in ["<img class=\"logo\"", "min)</small>", "href=\"the-house.html#accessibility\"", "<h1 id=\"title\">"] {
        assert!(index.contains(said), "{said}\n{index}");
    }
    // Nothing stands beside a single file.
    let single = test.read(&format!("{folder}-the-house.html"));
    assert!(!single.contains("href=\"the-desk.html"), "{single}");
    let run = test.build(&["--target", "web,scorm12"]);
    assert!(run.stderr.contains("[link-out-of-unit]"), "{}", run.stderr);
    assert!(run.stderr.contains("in the package for web it is a link"), "{}", run.stderr);
}
