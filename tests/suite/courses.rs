//! The whole package of every course of `tests/courses`, of the sample course and of the examples, against the trees
//! of `tests/expected`: what people read word for word, all else by its hash.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use sha2::{Digest, Sha256};

use crate::support::{CourseTest, blessing, copy_tree, expect_file, repository, tree};

/// Whether a file is compared word for word: the manifest, and in the tree of the first target the documents, which are
/// the same in the others, where their hashes tell.
fn is_read(target: &str, path: &str) -> bool {
    let is_document = path.strip_suffix(".html").is_some_and(|name| !name.contains('/'));
    ["imsmanifest.xml", "cmi5.xml", "tincan.xml"].contains(&path) || (target == FIRST && is_document)
}

/// The target that every course has a tree of.
const FIRST: &str = "scorm12";
/// The others, for the courses that people are shown, and one of several units.
const OTHERS: [&str; 5] = ["scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web"];
const WITH_OTHERS: [&str; 5] = ["sample", "minimal", "onboarding-en", "question-kinds", "units"];

#[test]
fn every_course_gives_the_package_that_was_reviewed() {
    let mut known = BTreeSet::from(["sample".to_owned()]);
    package_is_as_expected(&repository().join("course-src"), "sample");
    for folder in ["tests/courses", "examples"] {
        for name in names(folder) {
            let course = repository().join(folder).join(&name);
            if course.join("course.toml").exists() {
                package_is_as_expected(&course, &name);
                known.insert(name);
            }
        }
    }
    assert_eq!(names("tests/expected"), known, "each expected tree is that of a course");
}

fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(repository().join(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

fn package_is_as_expected(course: &Path, name: &str) {
    let test = CourseTest::copy(course, &format!("course-{name}"));
    let mut targets = vec![FIRST];
    targets.extend(OTHERS.iter().filter(|_| WITH_OTHERS.contains(&name)));
    let options = ["--deny-warnings", "--target", &targets.join(",")];
    let run = test.build(&[&["--unpacked"], &options[..]].concat());
    test.build(&options);
    for (target, built) in targets.into_iter().zip(run.stdout.lines()) {
        let expected = repository().join("tests/expected").join(name).join(target);
        let mut hashes = String::new();
        let mut compared = BTreeSet::from(["others.txt".to_owned(), "import.md".to_owned()]);
        for (path, bytes) in test.tree(built) {
            if is_read(target, &path) {
                expect_file(&expected.join(&path), &String::from_utf8(bytes).unwrap());
                compared.insert(path);
            } else {
                let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                hashes.push_str(&format!("{hash}  {path}\n"));
            }
        }
        expect_file(&expected.join("others.txt"), &hashes);
        expect_file(&expected.join("import.md"), &test.read(&format!("{built}.import.md")));
        if target == FIRST {
            expect_file(&expected.join("course.lock"), &test.read("src/course.lock"));
            compared.insert("course.lock".to_owned());
        }
        let stale: Vec<String> = tree(&expected).into_keys().filter(|path| !compared.contains(path)).collect();
        assert!(stale.is_empty() || blessing(), "{name} does not produce for {target} any more: {stale:?}");
    }
}

/// Every line of both pipelines that needs nothing but cartable and coreutils is run as it stands.
#[test]
fn the_pipelines_of_the_examples_build_and_check() {
    for pipeline in ["github.yml", "gitlab.yml"] {
        let test = CourseTest::empty(&format!("course-{pipeline}"));
        copy_tree(&repository().join("examples/minimal"), &test.path("course-src"));
        let text = fs::read_to_string(repository().join("examples/ci").join(pipeline)).unwrap();
        let commands: Vec<&str> = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("- ").or(line.trim().strip_prefix("run: ")))
            .filter(|line| {
                ["cartable ", "(cd dist ", "cd dist ", "test -z "].iter().any(|start| line.starts_with(start))
            })
            .collect();
        assert_eq!(commands.len(), 4, "check, build, checksum, comparison: {commands:?}");
        // A subshell for each line, as each is a step of its own on one of the two.
        let lines: String = commands.iter().map(|line| format!("({line})\n")).collect();
        let script = format!("set -e\nPATH=\"$1:$PATH\"\n{lines}");
        let folder = Path::new(env!("CARGO_BIN_EXE_cartable")).parent().unwrap();
        let run = || {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(&script).arg("sh").arg(folder).current_dir(test.folder()).output().unwrap()
        };
        fs::create_dir(test.path("last")).unwrap();
        let first = run();
        assert!(first.status.success(), "{pipeline}: {}", String::from_utf8_lossy(&first.stderr));
        let said = |output: &Output| String::from_utf8_lossy(&output.stdout).contains("Nothing differs that matters");
        assert!(!said(&first), "{pipeline}: there is no release yet");
        for name in test.tree("dist").into_keys().filter(|name| name.ends_with(".zip")) {
            fs::copy(test.path("dist").join(&name), test.path("last").join(&name)).unwrap();
        }
        let second = run();
        assert!(second.status.success() && said(&second), "{pipeline}: {}", String::from_utf8_lossy(&second.stderr));
        let attached: Vec<String> = test.tree("dist").into_keys().collect();
        let name = "minimal-1.0-scorm12";
        assert_eq!(attached, [format!("{name}.import.md"), format!("{name}.zip"), format!("{name}.zip.sha256")]);
    }
}

/// What a release of GitLab says of itself, as far as the pipeline looks: its own archives of sources are no packages.
#[test]
fn the_pipeline_finds_the_packages_of_a_release() {
    let text = fs::read_to_string(repository().join("examples/ci/gitlab.yml")).unwrap();
    let line = text.lines().find(|line| line.contains("grep -o")).unwrap();
    let command = line.split_once("$(").and_then(|(_, rest)| rest.split_once("); do")).unwrap().0;
    let test = CourseTest::empty("course-release");
    let releases = r#"[{"assets":{"sources":[{"format":"zip","url":"https://git.example.org/a/-/archive/v1/a-v1.zip"}],
        "links":[{"id":1,"name":"a.zip","url":"https://git.example.org/api/v4/projects/1/packages/generic/course/v1/a.zip"},
        {"id":2,"name":"a.import.md","url":"https://git.example.org/api/v4/projects/1/packages/generic/course/v1/a.import.md"}]}}]"#;
    for (releases, found) in [(releases, 1), ("[]", 0)] {
        fs::write(test.path("releases.json"), releases).unwrap();
        let output = Command::new("sh").arg("-c").arg(command).current_dir(test.folder()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            said.lines().filter(|url| url.ends_with("/packages/generic/course/v1/a.zip")).count(),
            found,
            "{said}"
        );
        assert_eq!(said.lines().count(), found, "{said}");
    }
}
