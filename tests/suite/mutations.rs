//! Whatever bytes come, there are findings: no panic, and no endless work. `fuzz/` asks the same of far more bytes; here
//! chance falls the same way every time.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;

use cartable::Severity;
use cartable::inspection::Inspection;
use cartable::pipeline::{self, LockPolicy, Request};
use cartable::referee::{self, Archive, Package, Purpose};
use cartable::target::Target;
use serde_json::{Value, json};

use crate::archives::{InMemory, base, cases, described};
use crate::support::{CourseTest, repository, tree};

/// Numbers that look like chance (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    fn pick<'p>(&mut self, pieces: &[&'p str]) -> &'p str {
        pieces[self.below(pieces.len())]
    }

    /// Cuts, doubles, turns round, replaces and adds, a few times.
    fn mutate(&mut self, bytes: &mut Vec<u8>, pieces: &[&str]) {
        for _ in 0..=self.below(5) {
            let (one, other) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
            let (from, to) = (one.min(other), one.max(other));
            match self.below(5) {
                0 => drop(bytes.drain(from..to.min(from + 40))),
                1 => {
                    let part = bytes[from..to.min(from + 400)].to_vec();
                    drop(bytes.splice(from..from, part));
                }
                2 => bytes[from..to.min(from + 30)].reverse(),
                3 if from < bytes.len() => bytes[from] = u8::try_from(self.below(256)).unwrap(),
                _ => drop(bytes.splice(from..from, self.pick(pieces).bytes())),
            }
        }
    }
}

const OF_TEXTS: [&str; 28] = [
    "<",
    ">",
    "\"",
    "'",
    "&",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "<script>",
    "</script",
    "<style>",
    "<base href=",
    "<a href=",
    "<img srcset=",
    "url(",
    "@import",
    "/*",
    "../",
    "//",
    "%",
    "\\",
    "é",
    "\u{0}",
    "\u{feff}",
    "http://",
    "{{",
    "=",
];

const OF_COURSES: [&str; 27] = [
    "+++", "[", "]", "(", ")", "{", "}", "{#", "- [x] ", "- [ ] ", ":::", "::: note", "$", "$$", "\\frac", "^", "|",
    "![", "```", "~~~", "\n\n", "# ", "é", "\u{0}", "\r\n", "<", "___",
];

/// Cuts and bytes of archives.
const OF_ARCHIVES: [&str; 6] = ["PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", "\u{0}\u{0}\u{0}\u{0}", "\u{7f}", "\\"];

fn look_into(package: &dyn Package) {
    let _ = Inspection::of(package).page("package.zip");
}

#[test]
fn damaged_archives_are_judged_all_the_same() {
    let mut chance = Chance(0x2545_F491_4F6C_DD1D);
    for case in cases("json") {
        let case: Value = serde_json::from_str(&fs::read_to_string(case).unwrap()).unwrap();
        let good = described(&case);
        if good.len() > 32 << 10 {
            continue;
        }
        for _ in 0..8 {
            let mut bytes = good.clone();
            chance.mutate(&mut bytes, &OF_ARCHIVES);
            look_into(&Archive::read_from(Cursor::new(&bytes)).unwrap());
            let cut = &good[..chance.below(good.len())];
            let judged = referee::judge(&Archive::read_from(Cursor::new(cut)).unwrap(), Purpose::Lms);
            assert!(judged.findings.iter().any(|found| found.rule.severity == Severity::Error));
        }
    }
}

#[test]
fn damaged_texts_are_judged_all_the_same() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for round in 0..160 {
        let mut files = base(["scorm12", "scorm2004", "cmi5", "tincan"][round % 4]);
        for (name, bytes) in &mut files {
            if !name.ends_with(".png") {
                chance.mutate(bytes, &OF_TEXTS);
            }
        }
        look_into(&InMemory::new(files));
    }
}

#[test]
fn damaged_courses_are_explained_all_the_same() {
    let mut chance = Chance(0xD1B5_4A32_D192_ED03);
    for name in ["base", "blocks", "kinds", "awkward"] {
        let test = CourseTest::of(name, &format!("damaged-{name}"));
        let good: BTreeMap<String, Vec<u8>> = tree(&repository().join("tests/courses").join(name));
        let texts: Vec<&String> =
            good.keys().filter(|name| [".md", ".toml", ".csv", ".vtt"].iter().any(|end| name.ends_with(end))).collect();
        for round in 0..12 {
            let text = texts[round % texts.len()];
            let mut bytes = good[text].clone();
            chance.mutate(&mut bytes, &OF_COURSES);
            test.file(text, &bytes);
            let targets = Some(vec![Target::Scorm12]);
            let source = test.source();
            let request = Request { source: &source, output: None, targets, lock: LockPolicy::Update };
            pipeline::compile(&request).unwrap();
            test.file(text, &good[text]);
        }
    }
}

/// A package for SCORM 1.2 or 2004 with other files, and the rules that it breaks.
fn broken(standard: &str, files: &[(String, String)]) -> (Vec<&'static str>, usize) {
    let mut all = base(standard);
    all.extend(files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
    let judged = referee::judge(&InMemory::new(all), Purpose::Lms);
    let hosts = judged.told.map_or(0, |told| told.hosts.len());
    (judged.findings.iter().map(|found| found.rule.name).collect(), hosts)
}

fn good_manifest(standard: &str) -> String {
    String::from_utf8(base(standard).remove("imsmanifest.xml").unwrap()).unwrap()
}

/// None of these has more than some hundred KB, and each was hours of work, or gigabytes, for a reader that trusts it: what
/// is wrong here would not fail, but stand still.
#[test]
fn little_bytes_are_little_work() {
    let repeat = |count: usize, make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<String>();
    let page = |name: &str, text: String| [(name.to_owned(), text)];

    let (_, hosts) = broken("scorm12", &page("index.html", repeat(40_000, &|n| format!("<img src=//h{n}>"))));
    assert_eq!(hosts, 500, "each is looked up on its line");
    let named: Vec<_> =
        (0..200).map(|n| (format!("{n}{}/{}b", "x".repeat(20_000), "a/".repeat(1_000)), String::new())).collect();
    broken("scorm12", &named);

    let items = repeat(20_000, &|n| format!("<item identifierref='r{n}'/>"));
    let resources = repeat(20_000, &|n| format!("<resource identifier='r{n}' href='{n}'/>"));
    let manifest = good_manifest("scorm12");
    let manifest = manifest.replacen("<item ", &format!("{items}<item "), 1);
    let manifest = manifest.replacen("<resource ", &format!("{resources}<resource "), 1);
    let mut files: Vec<_> = (0..20_000).map(|n| (n.to_string(), String::new())).collect();
    files.push(("imsmanifest.xml".to_owned(), manifest));
    broken("scorm12", &files);

    let shared = format!("<imsss:sequencing ID='s'>{}</imsss:sequencing>", "<imsss:a/>".repeat(20_000));
    let manifest = good_manifest("scorm2004").replacen(
        "</organization>",
        &format!("{}</organization>", "<item><imsss:sequencing IDRef='s'/></item>".repeat(20_000)),
        1,
    );
    let collection = format!("<imsss:sequencingCollection>{shared}</imsss:sequencingCollection></manifest>");
    let manifest = manifest.replacen("</manifest>", &collection, 1);
    let (rules, _) = broken("scorm2004", &page("imsmanifest.xml", manifest));
    assert!(rules.contains(&"manifest-too-large"), "{rules:?}");

    let entries = format!("{}{}{}", "<entry>".repeat(150), "a".repeat(1_000_000), "</entry>".repeat(150));
    let record = format!("<lom><general>{entries}</general></lom></metadata>");
    let manifest = good_manifest("scorm12").replacen("</metadata>", &record, 1);
    broken("scorm12", &page("imsmanifest.xml", manifest));

    let base = "a/".repeat(200);
    let manifest = good_manifest("scorm12").replacen("<manifest ", &format!("<manifest xml:base='{base}' "), 1);
    let manifest = manifest.replacen("<resources>", &format!("<resources xml:base='{base}'>"), 1);
    let (rules, _) = broken("scorm12", &page("imsmanifest.xml", manifest));
    assert!(rules.contains(&"manifest-xml-base-form"), "{rules:?}");
}

/// A manifest is not unpacked beyond what is read of it.
#[test]
fn a_manifest_of_gigabytes_is_refused_at_its_beginning() {
    let case =
        json!({ "write": { "imsmanifest.xml": [" ", 40 << 20] }, "entries": { "imsmanifest.xml": { "crc": 1 } } });
    let archive = Archive::read_from(Cursor::new(described(&case))).unwrap();
    let manifest = archive.entries().iter().position(|entry| entry.name == "imsmanifest.xml").unwrap();
    assert_eq!(archive.start(manifest, 1000).unwrap().len(), 1000);
    assert!(archive.read(manifest, 1000).is_err(), "its checksum is wrong");
    let rules: Vec<_> = referee::judge(&archive, Purpose::Lms).findings.iter().map(|found| found.rule.name).collect();
    assert!(rules.contains(&"manifest-too-large") && rules.contains(&"zip-entry-damaged"), "{rules:?}");
}
