//! Writes what the fuzzers begin with into `fuzz/corpus`, out of the files of the tests.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a tool of the tests, which writes files and stops at the first surprise"
)]

#[path = "../suite/archives.rs"]
#[expect(dead_code, reason = "the suite needs more of it")]
mod archives;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use archives::{base, cases, described, tree};

/// Larger ones would only slow fuzzers down.
const LARGEST: usize = 64 << 10;

const STANDARDS: [&str; 4] = ["scorm12", "scorm2004", "cmi5", "tincan"];

fn main() {
    let archives = cases("json").into_iter().map(|case| {
        let case = serde_json::from_str(&fs::read_to_string(case).unwrap()).unwrap();
        described(&case)
    });
    write("archive", archives);
    write("manifest", manifests());
    write("content", contents());
    write("course", courses());
}

/// A seed of a kind: a digit says which.
fn seed(kind: usize, bytes: &[u8]) -> Vec<u8> {
    [kind.to_string().as_bytes(), bytes].concat()
}

fn tests(path: &str) -> BTreeMap<String, Vec<u8>> {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path))
}

fn manifests() -> Vec<Vec<u8>> {
    let folders =
        ["referee/good".to_owned()].into_iter().chain(STANDARDS.map(|standard| format!("manifests/{standard}")));
    let of = |(name, bytes): (String, Vec<u8>), folder: &str| {
        let place = format!("{folder}/{name}");
        let kind = if place.contains("cmi5") { 1 } else { usize::from(place.contains("tincan")) * 2 };
        name.ends_with(".xml").then(|| seed(kind, &bytes))
    };
    folders.flat_map(|folder| tests(&folder).into_iter().filter_map(move |file| of(file, &folder))).collect()
}

fn contents() -> Vec<Vec<u8>> {
    let kind = |name: &str| match name.rsplit('.').next() {
        Some("html") => Some(usize::from(name != "index.html")),
        Some("css") => Some(2),
        Some("js") => Some(3),
        _ => None,
    };
    let mut files: Vec<(String, Vec<u8>)> = STANDARDS.iter().flat_map(|standard| base(standard)).collect();
    for case in cases("json") {
        let case: serde_json::Value = serde_json::from_str(&fs::read_to_string(case).unwrap()).unwrap();
        let mut changed = base(case["base"].as_str().unwrap_or("scorm12"));
        archives::apply(&case, &mut changed);
        files.extend(changed);
    }
    files.iter().filter_map(|(name, bytes)| Some(seed(kind(name)?, bytes))).collect()
}

fn courses() -> Vec<Vec<u8>> {
    let kind = |name: &str, text: &str| match name.rsplit('.').next() {
        Some("toml") => Some(2),
        Some("csv") => Some(4),
        Some("vtt") => Some(5),
        Some("md") if name.ends_with("index.md") => Some(3),
        Some("md") => Some(usize::from(text.contains("\"quiz\""))),
        _ => None,
    };
    let files = ["courses", "bad"].into_iter().flat_map(tests);
    files.filter_map(|(name, bytes)| Some(seed(kind(&name, &String::from_utf8_lossy(&bytes))?, &bytes))).collect()
}

/// Writes seeds, each once.
fn write(target: &str, seeds: impl IntoIterator<Item = Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    fs::create_dir_all(&folder).unwrap();
    let mut seeds: Vec<Vec<u8>> = seeds.into_iter().filter(|seed| seed.len() <= LARGEST).collect();
    seeds.sort();
    seeds.dedup();
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:04}")), seed).unwrap();
    }
}
