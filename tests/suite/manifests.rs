//! What the author decides about manifests and the schema files beside them.

use crate::support::CourseTest;

const TARGETS: [&str; 3] = ["scorm12", "scorm2004-3", "scorm2004-4"];

/// The story course, which has a required quiz, with more in its `course.toml`, built for every target.
fn story(name: &str, more: &str) -> CourseTest {
    let test = CourseTest::of("story", name);
    let settings = test.read("src/course.toml");
    test.file("course.toml", format!("{settings}\n{more}"));
    build(test)
}

fn build(test: CourseTest) -> CourseTest {
    test.build(&["--unpacked", "--target", &TARGETS.join(",")]);
    test
}

fn manifest(test: &CourseTest, target: &str) -> String {
    let files = test.tree("dist");
    let path = files.keys().find(|path| path.ends_with(&format!("-{target}/imsmanifest.xml"))).unwrap();
    String::from_utf8(files[path].clone()).unwrap()
}

#[test]
fn the_pass_mark_is_in_a_manifest_when_the_author_wants_it_and_a_quiz_decides() {
    let wanted = "[package]\nmanifest-pass-mark = true\n";
    let told = story("manifests-mark", &format!("[completion]\npass-mark = 80\n{wanted}"));
    for edition in &TARGETS[1..] {
        let text = manifest(&told, edition);
        let objective = "<imsss:primaryObjective satisfiedByMeasure=\"true\" objectiveID=\"objective-";
        let mark = "<imsss:minNormalizedMeasure>0.80</imsss:minNormalizedMeasure>";
        assert!(text.contains(objective) && text.contains(mark), "{text}");
    }
    // LMSs of SCORM 1.2 would override the course's own status with it, each in another way.
    assert!(!manifest(&told, "scorm12").contains("mastery"));
    let viewed = story("manifests-viewed", &format!("[completion]\nwhen = \"viewed\"\n{wanted}"));
    let unwanted = story("manifests-unwanted", "");
    let practice = CourseTest::of("story", "manifests-practice");
    let settings = practice.read("src/course.toml");
    practice.file("course.toml", format!("{settings}\n{wanted}"));
    practice.change("l1/quiz.md", "kind     = \"quiz\"", "kind = \"quiz\"\nrequired = false");
    for test in [viewed, unwanted, build(practice)] {
        let text = manifest(&test, "scorm2004-4");
        // Moodle takes an objective without a measure for a mark of 100 %.
        assert!(!text.contains("imsss:primaryObjective") && !text.contains("NormalizedMeasure"), "{text}");
    }
}

#[test]
fn an_edition_is_told_by_its_version_and_by_what_the_other_does_not_know() {
    let test = story("manifests-editions", "");
    let [third, fourth] = ["scorm2004-3", "scorm2004-4"].map(|target| manifest(&test, target));
    let of_third =
        fourth.replace("2004 4th Edition", "2004 3rd Edition").replace(" adlcp:sharedDataGlobalToSystem=\"false\"", "");
    assert_ne!(third, fourth);
    assert_eq!(third, of_third);
}

#[test]
fn schema_files_are_ours_or_none_or_the_authors_and_the_manifest_leads_to_them() {
    let schemas = |test: &CourseTest, target: &str| -> Vec<String> {
        let files = test.tree("dist").into_keys().filter(|path| path.ends_with(".xsd"));
        files.filter_map(|path| Some(path.split_once(&format!("-{target}/"))?.1.to_owned())).collect()
    };
    let own = story("manifests-own", "");
    let none = story("manifests-none", "[package]\ncontrol-documents = \"none\"\n");
    let theirs = CourseTest::of("story", "manifests-theirs");
    let settings = theirs.read("src/course.toml");
    theirs.file("course.toml", format!("{settings}\n[package]\ncontrol-documents = \"official\"\n"));
    // The official schemas of LOM have several files of one name.
    let names = ["lom.xsd", "unique/strict.xsd", "vocab/strict.xsd"];
    for name in names {
        theirs.file(&format!("official/{name}"), "<schema/>");
    }
    let theirs = build(theirs);
    for target in TARGETS {
        assert!(schemas(&own, target).len() >= 4, "{target}");
        assert!(manifest(&own, target).contains("xsi:schemaLocation"), "{target}");
        assert!(schemas(&none, target).is_empty(), "{target}");
        assert!(!manifest(&none, target).contains("schemaLocation"), "{target}");
        assert_eq!(schemas(&theirs, target), names, "{target}");
        assert!(manifest(&theirs, target).contains("xsi:schemaLocation"), "{target}");
    }
}
