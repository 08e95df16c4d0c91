//! The single file of a course, beside the package for the web.

use std::fs;

use crate::support::CourseTest;

const FILE: &str = "dist/blocks-2.1-web.html";

fn blocks(name: &str) -> CourseTest {
    let test = CourseTest::of("blocks", name);
    test.file("course.toml", format!("{}\n[web]\nsingle-file = true\n", test.read("src/course.toml")));
    test
}

#[test]
fn it_stands_beside_the_package_with_its_sum_and_is_the_same_at_each_build() {
    let first = blocks("single-first");
    let run = first.build(&["--target", "web,scorm12"]);
    for path in [FILE, "dist/blocks-2.1-web.html.sha256", "dist/blocks-2.1-web.zip", "dist/blocks-2.1-scorm12.zip"] {
        assert!(run.stdout.lines().any(|line| line == path), "{path} is not in {}", run.stdout);
    }
    assert!(!first.path("dist/blocks-2.1-scorm12.html").exists());
    let second = blocks("single-second-in-a-longer-path").variable("TZ", "Pacific/Kiritimati");
    second.build(&["--target", "web", "--unpacked"]);
    assert!(first.bytes(FILE) == second.bytes(FILE), "the files differ");
    assert_eq!(first.read("dist/blocks-2.1-web.html.sha256"), second.read("dist/blocks-2.1-web.html.sha256"));
    first.build(&["--target", "web", "--locked"]);
    assert!(first.bytes(FILE) == second.bytes(FILE), "a second build differs");
}

#[test]
fn it_needs_no_other_file() {
    let test = blocks("single-whole");
    test.build(&["--target", "web"]);
    let html = test.read(FILE);
    for loads in ["=\"media/", "=\\\"media/", "url(\"media/", "\"style.css\"", "\"runtime.js\""] {
        assert!(!html.contains(loads), "{loads}");
    }
    for holds in ["src=\"data:image/png;base64,", "src=\"data:video/mp4;base64,", "src=\"data:text/vtt;base64,"] {
        assert!(html.contains(holds), "{holds}");
    }
}

#[test]
fn what_stands_in_its_place_and_is_not_ours_stays() {
    let test = blocks("single-foreign");
    fs::create_dir(test.path("dist")).unwrap();
    fs::write(test.path(FILE), "mine").unwrap();
    let run = test.run(&["build", "src", "--target", "web"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("cartable did not write it"), "{}", run.stderr);
    assert_eq!(test.read(FILE), "mine");
    assert!(!test.path("dist/blocks-2.1-web.zip").exists(), "half a build was given its name");
}

#[test]
fn a_folder_for_the_web_settles_the_lock_as_an_archive_does() {
    let test = CourseTest::of("base", "single-lock");
    let run = test.build(&["--target", "web", "--unpacked"]);
    assert!(test.path("src/course.lock").exists());
    assert!(test.path("dist/base-1.0-web.import.md").exists());
    assert!(!run.stderr.contains("not for uploading"), "{}", run.stderr);
}

#[test]
fn a_single_file_that_is_not_asked_for_any_more_goes_unless_it_was_changed() {
    let test = blocks("single-former");
    test.build(&["--target", "web"]);
    test.change("course.toml", "single-file = true\n", "");
    let run = test.build(&["--target", "web"]);
    assert!(run.stderr.contains("Removed dist/blocks-2.1-web.html of an earlier build"), "{}", run.stderr);
    assert!(!test.path(FILE).exists() && !test.path("dist/blocks-2.1-web.html.sha256").exists());
    assert!(test.path("dist/blocks-2.1-web.zip").exists());
    test.change("course.toml", "[web]\n", "[web]\nsingle-file = true\n");
    test.build(&["--target", "web"]);
    fs::write(test.path(FILE), "mine").unwrap();
    test.change("course.toml", "single-file = true\n", "");
    test.build(&["--target", "web"]);
    assert_eq!(test.read(FILE), "mine");
}

#[test]
fn the_list_says_how_long_a_single_file_is() {
    let test = blocks("single-length");
    let run = test.build(&["--target", "web", "--list"]);
    test.build(&["--target", "web"]);
    for name in ["blocks-2.1-web.html", "blocks-2.1-web.import.md"] {
        let line = format!("{name}\t{}", test.bytes(&format!("dist/{name}")).len());
        assert!(run.stdout.lines().any(|other| other == line), "{line} is not in {}", run.stdout);
    }
}
