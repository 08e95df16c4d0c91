//! Every file of `tests/packages` is a package with one fault, and what `cartable check` says of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cartable::referee::{self, Archive, Finding, Purpose};
use cartable::{Severity, target::Target};
use serde_json::Value;

use crate::archives::{InMemory, archive, base, cases, files, members};
use crate::support::{CourseTest, expect_file, repository, tree};

#[test]
fn every_package_gets_the_findings_that_were_reviewed() {
    let cases = cases("json");
    assert!(cases.len() >= 40, "{}", cases.len());
    let expected: BTreeSet<String> = cases_of("txt");
    let stale: Vec<&String> = expected.iter().filter(|name| !cases_of("json").contains(*name)).collect();
    assert!(stale.is_empty(), "expected of no package: {stale:?}");
    let is_whole = |name: &str| cases_of("json").contains(&format!("good-whole-{name}"));
    let manifests = tree(&repository().join("tests/referee/good")).into_keys();
    let alone: Vec<String> = manifests.filter(|name| !is_whole(name.trim_end_matches(".xml"))).collect();
    assert!(alone.is_empty(), "good manifests without a package good-whole-NAME.json: {alone:?}");
    let mut failures = Vec::new();
    for case in &cases {
        let name = case.file_stem().unwrap().to_string_lossy().into_owned();
        if let Err(panic) = std::panic::catch_unwind(|| check(case, &name)) {
            let message = panic.downcast_ref::<String>().cloned();
            failures.push(format!("== {name}\n{}", message.unwrap_or_else(|| "failed".to_owned())));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_is_shown_by_a_package() {
    // What takes gigabytes to show.
    let unseen = ["package-large"];
    let said: String = cases("txt").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    // Those about manifests are shown by tests/referee, see referee_manifests.rs.
    let tables = referee::tables().into_iter().filter(|(title, _)| *title != "The manifest");
    let rules = tables.flat_map(|(_, rules)| rules);
    let missing: Vec<&str> = rules
        .map(|rule| rule.name)
        .filter(|name| !unseen.contains(name) && !said.contains(&format!("[{name}]")))
        .collect();
    assert!(missing.is_empty(), "no package of tests/packages shows: {missing:?}");
}

#[test]
fn our_own_packages_break_no_rule() {
    let mut courses = vec![repository().join("course-src")];
    for folder in ["tests/courses", "examples"] {
        let folders = fs::read_dir(repository().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        courses.extend(folders.filter(|folder| folder.join("course.toml").exists()));
    }
    assert!(courses.len() >= 8);
    for course in courses {
        let name = course.file_name().unwrap().to_string_lossy().into_owned();
        let test = CourseTest::copy(&course, &format!("referee-{name}"));
        let targets = Target::ALL.map(Target::name).join(",");
        let run = test.build(&["--target", &targets]);
        let zips: Vec<&str> = run.stdout.lines().filter(|line| line.ends_with(".zip")).collect();
        assert_eq!(zips.len(), Target::ALL.len(), "{name}");
        for zip in zips {
            let purpose = if zip.ends_with("-web.zip") { Purpose::Site } else { Purpose::Lms };
            let judgement = referee::judge(&Archive::open(&test.path(zip)).unwrap(), purpose);
            let bad: Vec<_> = judgement.findings.iter().filter(|found| found.rule.severity != Severity::Note).collect();
            assert!(bad.is_empty(), "{name}, {zip}: {bad:#?}");
        }
    }
}

fn cases_of(ending: &str) -> BTreeSet<String> {
    cases(ending).iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn check(case: &Path, name: &str) {
    let described: Value = serde_json::from_str(&fs::read_to_string(case).unwrap()).unwrap();
    let test = CourseTest::empty(&format!("package-{name}"));
    let files = files(&described);
    let options = &described["archive"];
    let package = match options["form"].as_str() {
        Some("folder") => {
            let folder = test.path("package");
            for (name, bytes) in &files {
                fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
                fs::write(folder.join(name), bytes).unwrap();
            }
            "package"
        }
        _ => {
            fs::write(test.path("package.zip"), archive(&members(&described, &files), options)).unwrap();
            "package.zip"
        }
    };
    let more = described["args"].as_array().cloned().unwrap_or_default();
    let more: Vec<&str> = more.iter().map(|word| word.as_str().unwrap()).collect();
    let run = test.run(&[&["check", package], &more[..]].concat());
    let said = format!("{}{}exit {}\n", run.stderr, run.stdout, run.status);
    expect_file(&case.with_extension("txt"), &said);
    let is_refused = said.contains("error[") || said.contains("no standard recognised");
    assert_eq!(run.status, i32::from(is_refused), "{said}");
    if name.starts_with("good-") {
        let warned: BTreeSet<&str> = said.lines().filter_map(warning).collect();
        let reasons = described["true"].as_object().cloned().unwrap_or_default();
        assert_eq!(warned, reasons.keys().map(String::as_str).collect(), "{said}");
        assert_eq!(run.status, 0, "{said}");
        let strict = test.run(&[&["check", package, "--for", "strict"], &more[..]].concat());
        assert_eq!(strict.status, 0, "{}", strict.stderr);
    }
}

/// The rule of a line that warns.
fn warning(line: &str) -> Option<&str> {
    line.strip_prefix("warning[")?.split_once(']').map(|(rule, _)| rule)
}

#[test]
fn long_addresses_are_refused_before_they_are_joined() {
    let long = "a/".repeat(200_000);
    let items: String =
        (0..2_000).map(|n| format!("<item identifier='i{n}' identifierref='sco'><title>t</title></item>")).collect();
    let mut files = base("scorm12");
    let manifest = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
    let manifest = manifest.replacen("<item ", &format!("{items}<item "), 1);
    let manifest = manifest.replacen("href=\"index.html\"", &format!("href=\"{long}\""), 1);
    files.insert("imsmanifest.xml".to_owned(), manifest.into_bytes());
    let page = format!("<base href='{long}'>{}", "<a href=x>x</a>".repeat(20_000));
    files.insert("more.html".to_owned(), page.into_bytes());
    let judgement = referee::judge(&InMemory::new(files), Purpose::Lms);
    let said: String =
        judgement.findings.iter().map(|found| format!("{}: {}\n", found.rule.name, found.message)).collect();
    assert!(said.contains("manifest-too-large: the address `a/a/a"), "{said}");
    assert!(said.contains("reference-missing: the base of the page has 400000 bytes"), "{said}");
    assert!(judgement.manifest.unwrap().1.launches.is_empty());
}

#[test]
fn many_launches_of_one_resource_take_no_more_than_their_memory() {
    let long = "a".repeat(1_900);
    let items: String = (0..30_000)
        .map(|n| format!("<item identifier='i{n}' identifierref='sco' parameters='?p={n}'><title>t</title></item>"))
        .collect();
    let mut files = base("scorm12");
    let manifest = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
    let manifest = manifest.replacen("<item ", &format!("{items}<item "), 1);
    let manifest = manifest.replacen("href=\"index.html\"", &format!("href=\"{long}\""), 1);
    files.insert("imsmanifest.xml".to_owned(), manifest.into_bytes());
    let judgement = referee::judge(&InMemory::new(files), Purpose::Lms);
    assert!(judgement.findings.iter().any(|found| found.message.starts_with("the addresses that items launch")));
    let kept: usize = judgement.manifest.unwrap().1.launches.iter().map(|launch| launch.url.len()).sum();
    assert!(kept <= 32 << 20, "{kept}");
}

#[test]
fn what_is_not_told_one_by_one_is_counted() {
    let mut files = base("scorm12");
    let resources: String = (0..250)
        .map(|n| format!("<resource identifier='r{n}' type='webcontent' adlcp:scormtype='asset' href='no{n}.html'/>"))
        .collect();
    let manifest = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
    let manifest = manifest.replacen("</resources>", &format!("{resources}</resources>"), 1);
    files.insert("imsmanifest.xml".to_owned(), manifest.into_bytes());
    let findings = referee::judge(&InMemory::new(files), Purpose::Lms).findings;
    let missing: Vec<&Finding> = findings.iter().filter(|found| found.rule.name == "manifest-file-missing").collect();
    assert_eq!((missing.len(), missing[20].message.as_str()), (21, "and 230 more of these"));
    assert_eq!(missing.iter().map(|found| found.count()).sum::<usize>(), 250);
    assert!(missing.iter().all(|found| found.hint.is_none()));
}

#[test]
fn names_of_megabytes_fill_no_screen() {
    let mut files = base("scorm12");
    let manifest = String::from_utf8(files["imsmanifest.xml"].clone()).unwrap();
    let long = "x".repeat(3_000_000);
    let manifest = manifest.replacen("<metadata>", &format!("<{long}/><metadata>"), 1);
    files.insert("imsmanifest.xml".to_owned(), manifest.into_bytes());
    let findings = referee::judge(&InMemory::new(files), Purpose::Lms).findings;
    assert!(findings.iter().any(|found| found.message.contains("xxx")));
    assert!(findings.iter().all(|found| found.message.chars().count() <= 1_001));
}
