//! Every file of `tests/packages` is a package with one fault, and what `cartable check` says of it.
//!
//! Archives are written by hand here, byte by byte: no library writes the faults that are needed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use cartable::referee::{self, Archive, Purpose};
use cartable::{Severity, target::Target};
use flate2::{Compression, Crc, write::DeflateEncoder};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::referee_manifests::files_of;
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

/// Bytes that are wrong anywhere give findings, never a panic and no endless work.
#[test]
fn damaged_archives_are_judged_all_the_same() {
    let good = archive(&members(&Value::Null, &base("scorm12")), &Value::Null);
    let length = good.len();
    let changes = prop::collection::vec((0..length, any::<u8>()), 1..12);
    let mut runner = TestRunner::new(Config { cases: 300, failure_persistence: None, ..Config::default() });
    let result = runner.run(&(changes, 0..length), |(changes, cut)| {
        let mut bytes = good.clone();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let judged = referee::judge(&Archive::read_from(Cursor::new(&bytes)).unwrap(), Purpose::Lms);
        prop_assert!(judged.files <= 60_000);
        bytes.truncate(cut);
        let cut = referee::judge(&Archive::read_from(Cursor::new(&bytes)).unwrap(), Purpose::Lms);
        prop_assert!(cut.findings.iter().any(|found| found.rule.severity == Severity::Error));
        Ok(())
    });
    result.unwrap();
}

fn cases(ending: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(repository().join("tests/packages")).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = files.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    cases.sort();
    cases
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
    assert_eq!(run.status, i32::from(said.contains("error[")), "{said}");
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

/// The archive that a description makes.
pub(crate) fn described(case: &Value) -> Vec<u8> {
    archive(&members(case, &files(case)), &case["archive"])
}

/// The files that a description makes.
fn files(case: &Value) -> BTreeMap<String, Vec<u8>> {
    let mut files = match case["manifest"].as_str() {
        Some(manifest) => whole(manifest),
        None => base(case["base"].as_str().unwrap_or("scorm12")),
    };
    apply(case, &mut files);
    files
}

/// A package around a manifest of `tests/referee/good`, with every file that its comment names: pages load the scripts
/// and styles among them, and speak to the LMS themselves where there is no script.
fn whole(manifest: &str) -> BTreeMap<String, Vec<u8>> {
    let text = fs::read_to_string(repository().join("tests/referee/good").join(manifest)).unwrap();
    let standard = ["scorm12", "scorm2004", "cmi5"].into_iter().find(|start| manifest.starts_with(start));
    let standard = standard.unwrap_or("tincan");
    let script = String::from_utf8(base(standard).remove("course.js").unwrap()).unwrap();
    let names = files_of(&text);
    let entry = match standard {
        "cmi5" => "cmi5.xml",
        "tincan" => "tincan.xml",
        _ => "imsmanifest.xml",
    };
    let mut files = BTreeMap::from([(entry.to_owned(), text.into_bytes())]);
    for name in &names {
        let made = match name.rsplit_once('.').unwrap().1 {
            "html" => page(name, &names, &script),
            "js" => script.clone(),
            "css" => "h1 { color: #036; }\n".to_owned(),
            "svg" => "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n".to_owned(),
            _ => "Some text.\n".to_owned(),
        };
        files.insert(name.clone(), made.into_bytes());
    }
    files
}

fn page(name: &str, names: &[String], script: &str) -> String {
    let up = "../".repeat(name.matches('/').count());
    let of = |ending: &'static str| names.iter().filter(move |name| name.ends_with(ending));
    let mut page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n".to_owned();
    page += "<title>Page</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    for style in of(".css") {
        page += &format!("<link rel=\"stylesheet\" href=\"{up}{style}\">\n");
    }
    for source in of(".js") {
        page += &format!("<script src=\"{up}{source}\"></script>\n");
    }
    if of(".js").next().is_none() {
        page += &format!("<script>\n{script}</script>\n");
    }
    page += "</head>\n<body>\n<h1>Page</h1>\n";
    for image in of(".svg") {
        page += &format!("<p><img src=\"{up}{image}\" alt=\"A picture\"></p>\n");
    }
    page + "</body>\n</html>\n"
}

fn base(name: &str) -> BTreeMap<String, Vec<u8>> {
    tree(&repository().join("tests/packages/bases").join(name))
}

/// Changes the files of a package as a case says.
fn apply(case: &Value, files: &mut BTreeMap<String, Vec<u8>>) {
    let pairs = |key: &str| case[key].as_object().cloned().unwrap_or_default();
    for (name, change) in pairs("change") {
        let text = String::from_utf8(files[&name].clone()).unwrap();
        let (old, new) = (change[0].as_str().unwrap(), change[1].as_str().unwrap());
        assert!(text.contains(old), "{name} has no {old}");
        files.insert(name, text.replacen(old, new, 1).into_bytes());
    }
    for (name, mark) in pairs("cut_line") {
        let text = String::from_utf8(files[&name].clone()).unwrap();
        let kept = text.lines().filter(|line| !line.contains(mark.as_str().unwrap()));
        let kept: String = kept.map(|line| format!("{line}\n")).collect();
        files.insert(name, kept.into_bytes());
    }
    for name in case["delete"].as_array().into_iter().flatten() {
        files.remove(name.as_str().unwrap()).unwrap();
    }
    for (old, new) in pairs("rename") {
        let bytes = files.remove(&old).unwrap();
        files.insert(new.as_str().unwrap().to_owned(), bytes);
    }
    for (name, text) in pairs("write") {
        let bytes = match text.as_str() {
            Some(text) => text.to_owned(),
            None => text[0].as_str().unwrap().repeat(usize::try_from(text[1].as_u64().unwrap()).unwrap()),
        };
        files.insert(name, bytes.into_bytes());
    }
    if let Some(folder) = case["under"].as_str() {
        *files = std::mem::take(files).into_iter().map(|(name, bytes)| (format!("{folder}{name}"), bytes)).collect();
    }
}

/// An entry as it is written.
#[derive(Clone)]
struct Member {
    name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: Vec<u8>,
    size: u32,
    local_size: u32,
    mode: u32,
}

fn members(case: &Value, files: &BTreeMap<String, Vec<u8>>) -> Vec<Member> {
    let mut members: Vec<Member> =
        files.iter().map(|(name, bytes)| member(name, bytes, &case["entries"][name])).collect();
    for (name, count) in case["repeat"].as_object().into_iter().flatten() {
        let count = count.as_u64().unwrap();
        match members.iter().find(|member| member.name == *name).cloned() {
            Some(known) => members.extend((1..count).map(|_| known.clone())),
            None => {
                members.extend((0..count).map(|n| member(&name.replace('%', &n.to_string()), b"", &Value::Null)));
            }
        }
    }
    members
}

fn member(name: &str, bytes: &[u8], fault: &Value) -> Member {
    let number = |key: &str| fault[key].as_u64();
    let small = |number: u64| u32::try_from(number).unwrap();
    let stored = fault["stored"] == true || bytes.is_empty();
    let mut packed = bytes.to_vec();
    if !stored {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        packed = encoder.finish().unwrap();
    }
    if fault["garbage"] == true {
        packed.fill(0xFF);
    }
    let mut crc = Crc::new();
    crc.update(bytes);
    let marked = if name.is_ascii() || fault["unmarked"] == true { 0 } else { 0x800 };
    let size = number("size").map_or(u32::try_from(bytes.len()).unwrap(), small);
    Member {
        name: name.to_owned(),
        flags: marked | u16::try_from(number("flags").unwrap_or_default()).unwrap(),
        method: number("method").map_or(if stored { 0 } else { 8 }, |method| u16::try_from(method).unwrap()),
        crc: number("crc").map_or(crc.sum(), small),
        local_size: number("local_size").map_or(size, small),
        packed,
        size,
        mode: number("mode").map_or(0o100_644, small),
    }
}

/// Numbers as an archive has them.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn u16s(&mut self, numbers: &[u16]) -> &mut Self {
        self.0.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        self
    }

    fn u32s(&mut self, numbers: &[u32]) -> &mut Self {
        self.0.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        self
    }

    fn u64s(&mut self, numbers: &[u64]) -> &mut Self {
        self.0.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
        self
    }

    fn here(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap()
    }
}

fn archive(members: &[Member], options: &Value) -> Vec<u8> {
    if let Some(instead) = options["instead"].as_str() {
        return instead.as_bytes().to_vec();
    }
    let members = if options["form"] == "empty" { &[] } else { members };
    let mut bytes = Bytes::default();
    let mut offsets = Vec::new();
    for member in members {
        offsets.push(bytes.here());
        local(member, &mut bytes);
    }
    let mut described = members.to_vec();
    if let Some([second, first]) = options["share"].as_array().map(Vec::as_slice) {
        let index = |name: &Value| members.iter().position(|member| member.name == name.as_str().unwrap()).unwrap();
        let (second, first) = (index(second), index(first));
        offsets[second] = offsets[first];
        described[second] = Member { name: members[second].name.clone(), ..members[first].clone() };
    }
    let start = bytes.here();
    for (member, offset) in described.iter().zip(offsets) {
        central(member, offset, &mut bytes);
    }
    end(members.len() as u64, start, options, &mut bytes);
    let mut bytes = bytes.0;
    if let Some(cut) = options["cut"].as_u64() {
        bytes.truncate(bytes.len() - usize::try_from(cut).unwrap());
    }
    [options["before"].as_str().unwrap_or_default().as_bytes(), &bytes].concat()
}

fn packed_size(member: &Member) -> u32 {
    u32::try_from(member.packed.len()).unwrap()
}

fn local(member: &Member, bytes: &mut Bytes) {
    let unsized_yet = member.flags & 8 != 0;
    let told = |number: u32| if unsized_yet { 0 } else { number };
    bytes.u32s(&[0x0403_4b50]).u16s(&[20, member.flags, member.method, 0, 0x21]);
    bytes.u32s(&[told(member.crc), told(packed_size(member)), told(member.local_size)]);
    bytes.u16s(&[u16::try_from(member.name.len()).unwrap(), 0]);
    bytes.0.extend(member.name.as_bytes());
    bytes.0.extend(&member.packed);
    if unsized_yet {
        bytes.u32s(&[0x0807_4b50, member.crc, packed_size(member), member.size]);
    }
}

fn central(member: &Member, offset: u32, bytes: &mut Bytes) {
    bytes.u32s(&[0x0201_4b50]).u16s(&[0x0314, 20, member.flags, member.method, 0, 0x21]);
    bytes.u32s(&[member.crc, packed_size(member), member.size]);
    bytes.u16s(&[u16::try_from(member.name.len()).unwrap(), 0, 0, 0, 0]);
    bytes.u32s(&[member.mode << 16, offset]);
    bytes.0.extend(member.name.as_bytes());
}

fn end(members: u64, start: u32, options: &Value, bytes: &mut Bytes) {
    let count = options["count"].as_u64().unwrap_or(members);
    let after = bytes.here();
    let size = options["directory_size"].as_u64().map_or(after - start, |size| u32::try_from(size).unwrap());
    let is_wide = options["zip64"] == true || count > 65_534;
    if is_wide {
        bytes.u32s(&[0x0606_4b50]).u64s(&[44]).u16s(&[45, 45]).u32s(&[0, 0]);
        bytes.u64s(&[count, count, size.into(), start.into()]);
        bytes.u32s(&[0x0706_4b50, 0]).u64s(&[after.into()]).u32s(&[1]);
    }
    let short = if is_wide { 0xFFFF } else { u16::try_from(count).unwrap() };
    let disk = u16::try_from(options["disk"].as_u64().unwrap_or_default()).unwrap();
    bytes.u32s(&[0x0605_4b50]).u16s(&[disk, 0, short, short]);
    let place = if is_wide { [u32::MAX, u32::MAX] } else { [size, start] };
    bytes.u32s(&place).u16s(&[0]);
}
