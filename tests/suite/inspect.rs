//! `cartable inspect`: what it says of packages of every standard, of ours, and of those that want to hurt.
//!
//! `tests/inspected` holds what is printed, as text and as data, and one page.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::archives::described;
use crate::support::{CourseTest, Run, expect_file, repository};

fn expected(name: &str) -> PathBuf {
    repository().join("tests/inspected").join(name)
}

/// Runs it on the package of a description.
fn inspected(case: &Value, name: &str, more: &[&str]) -> (CourseTest, Run) {
    let test = CourseTest::empty(&format!("inspect-{name}"));
    fs::write(test.path("package.zip"), described(case)).unwrap();
    let run = test.run(&[&["inspect", "package.zip"], more].concat());
    (test, run)
}

fn data(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

/// Compares what is printed in words and as data with expected files.
fn expect(case: &Value, name: &str, status: i32) {
    let (test, run) = inspected(case, name, &[]);
    expect_file(&expected(&format!("{name}.txt")), &format!("{}{}exit {}\n", run.stdout, run.stderr, run.status));
    let run = test.run(&["inspect", "package.zip", "--json"]);
    expect_file(&expected(&format!("{name}.json")), &format!("{:#}\n", data(&run)));
    assert_eq!(run.status, status);
}

#[test]
fn packages_of_every_standard_are_shown() {
    for standard in ["scorm12", "scorm2004", "cmi5", "tincan"] {
        expect(&json!({ "base": standard }), standard, 0);
    }
}

/// A SCORM 1.2 package of chapters with four documents.
fn chapters() -> Value {
    let manifest = fs::read_to_string(repository().join("tests/referee/good/scorm12-chapters.xml")).unwrap();
    let page = "<!doctype html><html lang=en><title>A</title><img src=https://img.example.org/a.png alt=''>";
    json!({
        "write": {
            "imsmanifest.xml": manifest,
            "p1.html": page,
            "p2.html": page,
            "p3.html": "<!doctype html><link rel=stylesheet href=//fonts.example.org/a.css>",
            "quiz.html": "<!doctype html><title>Quiz</title>",
            "a.mp4": ["x", 5000],
            "b.woff2": "x",
            "c.xsd": "x",
            "d.PDF": "x",
            "no-ending": "x",
        },
    })
}

#[test]
fn chapters_units_hosts_and_kinds_are_shown() {
    expect(&chapters(), "chapters", 0);
}

#[test]
fn one_document_may_be_that_of_a_sco_and_of_an_asset() {
    let mut case = chapters();
    let manifest = case["write"]["imsmanifest.xml"].as_str().unwrap();
    case["write"]["imsmanifest.xml"] = manifest.replace("p3.html", "p1.html").into();
    let found = data(&inspected(&case, "shared", &["--json"]).1);
    let kinds: Vec<_> =
        found["units"].as_array().unwrap().iter().map(|unit| (&unit["address"], &unit["kind"])).collect();
    let [sco, asset] = [json!("sco"), json!("asset")];
    let [one, two, quiz] = [json!("p1.html"), json!("p2.html"), json!("quiz.html")];
    assert_eq!(kinds, [(&one, &sco), (&two, &sco), (&one, &asset), (&quiz, &sco)]);
}

#[test]
fn the_page_stands_alone() {
    let (test, run) = inspected(&chapters(), "page", &["--html", "report.html", "--json"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let page = test.read("report.html");
    expect_file(&expected("chapters.html"), &page);
    for forbidden in ["<script", " src=", " href=", " onclick", "url("] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

/// One of our packages, with a unit for each lesson; its sizes change with every version.
#[test]
fn our_own_packages_are_shown() {
    let test = CourseTest::of("units", "inspect-own");
    for target in ["scorm12", "cmi5"] {
        let run = test.build(&["--out", "out", "--target", target]);
        let zip = run.stdout.lines().find(|line| line.ends_with(".zip")).unwrap().to_owned();
        let run = test.run(&["inspect", &zip, "--json"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
        let mut found = data(&run);
        assert_eq!(found["maker"], format!("cartable {}", env!("CARGO_PKG_VERSION")));
        assert_eq!((&found["errors"], &found["warnings"], &found["hosts"]), (&json!(0), &json!(0), &json!([])));
        let object = found.as_object_mut().unwrap();
        ["all", "kinds", "largest", "maker"].iter().for_each(|key| drop(object.remove(*key)));
        for unit in found["units"].as_array_mut().unwrap() {
            assert!(unit["file"]["unpacked"].as_u64().unwrap() > unit["file"]["packed"].as_u64().unwrap());
            unit["file"] = unit["file"]["name"].take();
            unit["named"] = unit["named"]["files"].clone();
        }
        expect_file(&expected(&format!("own-{target}.json")), &format!("{found:#}\n"));
    }
}

#[test]
fn tools_are_known_by_what_they_say() {
    let page = |start: &str| json!({ "change": { "index.html": ["<!doctype html>", start] } });
    let head = |line: &str| json!({ "change": { "index.html": ["<meta charset=\"utf-8\">", line] } });
    let manifest = |old: &str, new: &str| json!({ "change": { "imsmanifest.xml": [old, new] } });
    let activity = |id: &str| {
        let change = ["https://example.org/fire-safety", id];
        json!({ "base": "tincan", "change": { "tincan.xml": change } })
    };
    let files = |names: &[&str]| {
        let written: BTreeMap<&str, &str> = names.iter().map(|name| (*name, "{}")).collect();
        json!({ "write": written })
    };
    let cases = [
        (
            page("<!-- Created using Storyline 360 - http://www.articulate.com  --><!-- version: 3.43.22859.0 -->"),
            Some("Storyline 360 3.43.22859.0"),
        ),
        (
            page(
                "<!doctype html><!-- Created with iSpring --><!-- 984 664 --><!--version 9.7.5.15043 --><!--type html -->",
            ),
            Some("iSpring 9.7.5.15043"),
        ),
        (
            head("<META NAME=Generator CONTENT='eXeLearning 2.8 - exelearning.net'>"),
            Some("eXeLearning 2.8 - exelearning.net"),
        ),
        (manifest("identifier=\"fire-safety\"", "identifier=\"adapt_manifest\""), Some("Adapt")),
        (
            manifest("<organization identifier=\"course\">", "<organization identifier=\"articulate_rise\">"),
            Some("Articulate Rise"),
        ),
        (
            manifest("<organization identifier=\"course\">", "<organization identifier=\"LiaScript\">"),
            Some("LiaScript"),
        ),
        (
            manifest("<organization identifier=\"course\">", "<organization identifier=\"XERTE-ORG-1796037889\">"),
            Some("Xerte Online Toolkits"),
        ),
        (activity("https://liascript.github.io/course/a1b2c3d4e5f6"), Some("LiaScript")),
        (files(&["assets/js/CPXHRLoader.js", "assets/js/CPM.js"]), Some("Adobe Captivate")),
        (files(&["quiz/h5p.json", "quiz/content/content.json"]), Some("H5P")),
        (files(&["a/h5p.json", "b/content/content.json", "my-h5p.json", "content/content.json"]), None),
        (head("<!-- Created using a computer --><!-- version: 3 --><!-->"), None),
        (json!({ "write": { "other.html": "<meta name=generator content=Other>" } }), None),
    ];
    for (at, (case, maker)) in cases.iter().enumerate() {
        let (_test, run) = inspected(case, &format!("maker-{at}"), &["--json"]);
        assert_eq!(data(&run)["maker"], json!(maker), "{case}");
    }
}

/// What packages say reaches neither a terminal nor a page as anything but text.
#[test]
fn hostile_texts_are_shown_as_text() {
    let title = "<title>&#x9b;31m \u{202e}rtl &lt;script&gt;alert(1)&lt;/script&gt;";
    let generator = "<meta name=generator content='\"><script>alert(2)</script>\u{1b}[31m'>";
    let long = "x".repeat(5000);
    let case = json!({
        "change": {
            "imsmanifest.xml": ["<title>Fire safety</title>", format!("{title}{long}</title>")],
            "index.html": ["<meta charset=\"utf-8\">", format!("{generator}<img alt src='https://a\"><b>\u{1b}/'>")],
        },
        "write": { "a\n\u{1b}[31m<i>.png": ["y", 9000] },
    });
    expect(&case, "hostile", 0);
    let (test, run) = inspected(&case, "hostile-page", &["--html", "report.html"]);
    let page = test.read("report.html");
    for text in [&page, &run.stdout] {
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']) && !text.contains(&"x".repeat(400)));
    }
    for markup in ["<script", "<i>", "<b>"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("&lt;script&gt;alert(2)"));
}

#[test]
fn what_is_no_package_is_said_so() {
    expect(&json!({ "archive": { "instead": "no zip" } }), "no-zip", 1);
    expect(&json!({ "delete": ["imsmanifest.xml"] }), "no-manifest", 1);
    let (test, run) = inspected(&json!({}), "usage", &["nothing.zip"]);
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("SCORM 1.2"), "what could be read is shown: {}", run.stdout);
    for wrong in [&["inspect"][..], &["inspect", "package.zip", "package.zip", "--html", "a.html"]] {
        assert_eq!(test.run(wrong).status, 2, "{wrong:?}");
    }
    let before = test.bytes("package.zip");
    let run = test.run(&["inspect", "package.zip", "--html", "package.zip"]);
    assert!(run.status == 2 && run.stderr.contains("must end in .html"), "{}", run.stderr);
    assert!(test.bytes("package.zip") == before);
}
