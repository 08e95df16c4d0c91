//! The whole package of every course of `tests/courses`, of the sample course and of the examples, against the trees
//! of `tests/expected`: what people read word for word, all else by its hash.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::support::{CourseTest, blessing, expect_file, repository, tree};

/// What is compared word for word.
const READ: [&str; 2] = ["imsmanifest.xml", "index.html"];

#[test]
fn the_courses_of_the_tests() {
    for course in ["awkward", "base", "blocks", "story"] {
        package_is_as_expected(&repository().join("tests/courses").join(course), course);
    }
}

#[test]
fn the_examples() {
    package_is_as_expected(&repository().join("examples/minimal"), "minimal");
}

#[test]
fn the_sample_course() {
    package_is_as_expected(&repository().join("course-src"), "sample");
}

#[test]
fn no_expected_tree_is_left_over() {
    let known = BTreeSet::from(["awkward", "base", "blocks", "minimal", "sample", "story"].map(str::to_owned));
    let found: BTreeSet<String> = fs::read_dir(repository().join("tests/expected"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, known);
}

fn package_is_as_expected(course: &Path, name: &str) {
    let test = CourseTest::copy(course, &format!("course-{name}"));
    let run = test.build(&["--unpacked", "--deny-warnings", "--target", "scorm12"]);
    let built = run.stdout.lines().next().unwrap().to_owned();
    let expected = repository().join("tests/expected").join(name).join("scorm12");
    let mut hashes = String::new();
    let mut compared = BTreeSet::from(["others.txt".to_owned(), "import.md".to_owned(), "course.lock".to_owned()]);
    for (path, bytes) in test.tree(&built) {
        if READ.contains(&path.as_str()) {
            expect_file(&expected.join(&path), &String::from_utf8(bytes).unwrap());
            compared.insert(path);
        } else {
            let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            hashes.push_str(&format!("{hash}  {path}\n"));
        }
    }
    expect_file(&expected.join("others.txt"), &hashes);
    expect_file(&expected.join("import.md"), &test.read(&format!("{built}.import.md")));
    expect_file(&expected.join("course.lock"), &test.read("src/course.lock"));
    let stale: Vec<String> = tree(&expected).into_keys().filter(|path| !compared.contains(path)).collect();
    assert!(stale.is_empty() || blessing(), "{name} does not produce any more: {stale:?}");
}
