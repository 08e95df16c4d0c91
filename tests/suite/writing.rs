//! What building leaves on disk: everything or nothing, and never anything of somebody else's.

use std::fs;

use crate::support::CourseTest;

const ARCHIVE: &str = "dist/base-1.0-scorm12.zip";
const FOLDER: &str = "dist/base-1.0-scorm12";

fn base(name: &str) -> CourseTest {
    CourseTest::of("base", name)
}

/// No scratch file may be left over.
fn assert_clean(test: &CourseTest) {
    let left: Vec<String> = test.tree(".").into_keys().filter(|path| path.contains(".part")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_failed_build_leaves_the_previous_package_and_the_lock() {
    let test = base("writing-failed");
    test.build(&[]);
    let before = (test.bytes(ARCHIVE), test.read("src/course.lock"), test.read("dist/base-1.0-scorm12.import.md"));
    test.file("lesson/new.md", "+++\ntitle = \"New\"\n+++\n\n[broken](nowhere.md)\n");
    test.change("lesson/index.md", "\"page.md\"", "\"page.md\", \"new.md\"");
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let after = (test.bytes(ARCHIVE), test.read("src/course.lock"), test.read("dist/base-1.0-scorm12.import.md"));
    assert!(before == after, "a failed build has changed something");
    assert_clean(&test);
}

#[test]
fn a_build_that_cannot_write_everything_writes_nothing() {
    let test = base("writing-blocked");
    test.build(&[]);
    let before = (test.bytes(ARCHIVE), test.read("src/course.lock"));
    // A folder where the import sheet should go: found only after the archive has been written beside its place.
    fs::remove_file(test.path("dist/base-1.0-scorm12.import.md")).unwrap();
    fs::create_dir(test.path("dist/base-1.0-scorm12.import.md")).unwrap();
    fs::write(test.path("dist/.base-1.0-scorm12.import.md"), "").unwrap();
    test.change("lesson/page.md", "Some text.", "Other text.");
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("base-1.0-scorm12.import.md"), "{}", run.stderr);
    assert!(before == (test.bytes(ARCHIVE), test.read("src/course.lock")), "half a build was given its name");
    assert_clean(&test);
}

#[test]
fn the_output_may_be_no_folder() {
    let test = base("writing-file");
    fs::write(test.path("dist"), "in the way").unwrap();
    let run = test.run(&["build", "src"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("dist is a file; move it away, or give another place with --out"), "{}", run.stderr);
    assert_eq!(test.read("dist"), "in the way");
    assert!(!test.path("src/course.lock").exists());
}

#[test]
fn a_complete_lock_is_not_touched_so_that_a_read_only_source_builds() {
    let test = base("writing-read-only");
    test.build(&[]);
    // Tests may run as root, whom modes do not stop: that the file stays the same one shows it as well.
    let identity = |path: &str| {
        use std::os::unix::fs::MetadataExt as _;
        let metadata = fs::metadata(test.path(path)).unwrap();
        (metadata.ino(), metadata.mtime_nsec())
    };
    let before = identity("src/course.lock");
    let mut modes = fs::metadata(test.source()).unwrap().permissions();
    modes.set_readonly(true);
    fs::set_permissions(test.source(), modes.clone()).unwrap();
    let run = test.run(&["build", "src", "--locked"]);
    #[expect(clippy::permissions_set_readonly_false, reason = "so that the scratch folder can be removed")]
    modes.set_readonly(false);
    fs::set_permissions(test.source(), modes).unwrap();
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(before, identity("src/course.lock"));
}

#[test]
fn checking_and_listing_write_nothing() {
    let test = base("writing-check");
    for arguments in [&["check", "src"][..], &["build", "src", "--list"]] {
        let run = test.run(arguments);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(!test.path("dist").exists() && !test.path("src/course.lock").exists(), "{arguments:?}");
    }
}

#[test]
fn a_folder_is_swapped_in_and_what_is_no_longer_produced_is_gone() {
    let test = base("writing-swap");
    test.file("lesson/plan.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>");
    test.change("lesson/page.md", "Some text.", "![A plan](plan.svg)");
    test.build(&["--unpacked"]);
    assert!(test.path(&format!("{FOLDER}/media/lesson-plan.svg")).exists());
    fs::remove_file(test.source().join("lesson/plan.svg")).unwrap();
    test.change("lesson/page.md", "![A plan](plan.svg)", "No plan.");
    test.build(&["--unpacked"]);
    assert!(!test.path(&format!("{FOLDER}/media")).exists());
    assert!(test.read(&format!("{FOLDER}/index.html")).contains("No plan."));
    assert_clean(&test);
}

#[test]
fn a_folder_that_cartable_did_not_write_is_never_replaced() {
    let test = base("writing-foreign");
    fs::create_dir_all(test.path(FOLDER)).unwrap();
    fs::write(test.path(&format!("{FOLDER}/thesis.txt")), "ten years of work").unwrap();
    let run = test.run(&["build", "src", "--unpacked"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("will not be replaced"), "{}", run.stderr);
    assert_eq!(test.read(&format!("{FOLDER}/thesis.txt")), "ten years of work");
    assert!(!test.path("src/course.lock").exists(), "the lock was written before the refusal");
    assert_clean(&test);
}

#[test]
fn a_file_laid_into_our_folder_is_kept_and_named() {
    let test = base("writing-laid");
    test.build(&["--unpacked"]);
    fs::write(test.path(&format!("{FOLDER}/notes.txt")), "mine").unwrap();
    let run = test.run(&["build", "src", "--unpacked"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("notes.txt"), "{}", run.stderr);
    assert_eq!(test.read(&format!("{FOLDER}/notes.txt")), "mine");
}

#[test]
fn an_archive_is_replaced_only_if_cartable_wrote_it_and_nobody_else_did() {
    let test = base("writing-archive");
    for (archive, reason) in [
        (Some("mine"), "cartable did not write it (base-1.0-scorm12.zip.sha256 is not beside it)"),
        (None, "it was changed after cartable wrote it (its sum is not the one in base-1.0-scorm12.zip.sha256)"),
    ] {
        match archive {
            Some(text) => {
                fs::create_dir_all(test.path("dist")).unwrap();
                fs::write(test.path(ARCHIVE), text).unwrap();
            }
            None => {
                fs::remove_file(test.path(ARCHIVE)).unwrap();
                test.build(&[]);
                fs::write(test.path(ARCHIVE), "repacked by hand").unwrap();
            }
        }
        let before = test.tree(".");
        let run = test.run(&["build", "src"]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("{ARCHIVE} will not be replaced: {reason}. Move it away")),
            "{}",
            run.stderr
        );
        assert!(before == test.tree("."), "a refused build has changed something");
    }
    fs::remove_file(test.path(ARCHIVE)).unwrap();
    test.build(&[]);
    // A build that was stopped between the archive and its sum is mended by the next.
    fs::write(test.path(&format!("{ARCHIVE}.sha256")), "0000  base-1.0-scorm12.zip\n").unwrap();
    test.build(&[]);
}

#[test]
fn an_edited_file_in_our_folder_is_kept_and_named() {
    let test = base("writing-edited");
    test.build(&["--unpacked"]);
    fs::write(test.path(&format!("{FOLDER}/index.html")), "by hand").unwrap();
    let run = test.run(&["build", "src", "--unpacked"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("base-1.0-scorm12/index.html in it was changed after"), "{}", run.stderr);
    assert_eq!(test.read(&format!("{FOLDER}/index.html")), "by hand");
    assert_clean(&test);
}

#[test]
fn a_folder_has_no_import_sheet_and_is_not_for_uploading() {
    let test = base("writing-folder");
    let run = test.build(&["--unpacked"]);
    assert_eq!(run.stdout, format!("{FOLDER}\n{FOLDER}.sha256\n"));
    assert!(run.stderr.contains("not for uploading"), "{}", run.stderr);
    assert!(!test.path("dist/base-1.0-scorm12.import.md").exists());
}

#[test]
fn other_content_under_the_same_version_is_said() {
    let test = base("writing-version");
    for _ in 0..2 {
        assert!(!test.build(&[]).stderr.contains("other content"));
    }
    test.change("lesson/page.md", "Some text.", "Other text.");
    let run = test.build(&["--deny-warnings"]);
    assert!(run.stderr.contains(&format!("{ARCHIVE} was built before with other content")), "{}", run.stderr);
    test.change("course.toml", "\"1.0\"", "\"1.1\"");
    assert!(!test.build(&[]).stderr.contains("other content"));
}

#[test]
fn the_output_may_be_no_folder_of_pages() {
    let test = base("writing-pages");
    let run = test.run(&["build", "src", "--out", "src/lesson"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("--out must not be a folder that holds pages of the course"), "{}", run.stderr);
}

#[test]
fn a_course_may_hold_its_own_output() {
    let test = base("writing-inside");
    let inside = |name: &str| test.path(&format!("src/{name}"));
    for _ in 0..2 {
        let run = test.run(&["build", "src", "--out", "src/dist", "--deny-warnings"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    assert!(inside("dist/base-1.0-scorm12.zip").exists());
}

#[test]
fn the_checksum_is_that_of_the_archive() {
    use sha2::{Digest as _, Sha256};
    let test = base("writing-checksum");
    test.build(&[]);
    let hash: String = Sha256::digest(test.bytes(ARCHIVE)).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(test.read(&format!("{ARCHIVE}.sha256")), format!("{hash}  base-1.0-scorm12.zip\n"));
}

#[test]
fn notes_in_an_import_sheet_are_kept() {
    const SHEET: &str = "dist/base-1.0-scorm12.import.md";
    let test = CourseTest::of("base", "writing-notes");
    test.build(&[]);
    let run = test.build(&[]);
    assert!(!run.stderr.contains("import sheet"), "{}", run.stderr);
    let notes = format!("{}\nOur Moodle: course 12.\n", test.read(SHEET));
    fs::write(test.path(SHEET), &notes).unwrap();
    let run = test.build(&[]);
    assert!(run.stderr.contains("it is kept as dist/base-1.0-scorm12.import.md.bak."), "{}", run.stderr);
    assert_eq!(test.read("dist/base-1.0-scorm12.import.md.bak"), notes);
    assert!(!test.read(SHEET).contains("Our Moodle"));
    fs::write(test.path(SHEET), "Other notes.\n").unwrap();
    let run = test.build(&[]);
    assert!(run.stderr.contains(".import.md.bak-2."), "{}", run.stderr);
    assert_eq!(test.read("dist/base-1.0-scorm12.import.md.bak"), notes);
}

#[test]
fn nothing_to_accept_is_said_plainly() {
    let test = CourseTest::of("base", "writing-accept");
    test.build(&[]);
    let lock = test.read("src/course.lock");
    let run = test.run(&["lock", "accept-reset", "--course", "src"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.starts_with("There is nothing to accept"), "{}", run.stderr);
    assert_eq!(test.read("src/course.lock"), lock);
}
