//! Judges manifests: a JSON array of `{"standard", "text"}` on standard input; one line of JSON for each on standard
//! output, the names of the rules that it breaks as errors, or that stand for a schema.

use cartable::diagnostic::Severity;
use cartable::referee::Standard;
use cartable::referee::manifest::{Names, judge};
use std::io::Read;

#[derive(serde::Deserialize)]
struct Manifest {
    standard: String,
    text: String,
}

/// What a schema refuses and most LMSs take.
const OF_SCHEMAS: [&str; 9] = [
    "manifest-identifier-grammar",
    "manifest-identifier-shared",
    "manifest-namespace",
    "manifest-length",
    "manifest-markup",
    "manifest-order",
    "manifest-stray-text",
    "manifest-unknown-attribute",
    "manifest-unknown-element",
];

#[expect(clippy::disallowed_macros, reason = "a tool of the tests, whose output is its result")]
fn main() {
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).expect("text");
    let manifests: Vec<Manifest> = serde_json::from_str(&input).expect("JSON");
    for Manifest { standard, text } in manifests {
        let standard = match standard.as_str() {
            "scorm12" => Standard::Scorm12,
            "cmi5" => Standard::Cmi5,
            "tincan" => Standard::TinCan,
            _ => Standard::Scorm2004,
        };
        let judged = judge(standard, standard.manifest(), text.as_bytes(), &Names::unknown());
        let rules = judged.findings.iter().map(|finding| finding.rule);
        let refusing = rules.filter(|rule| rule.severity == Severity::Error || OF_SCHEMAS.contains(&rule.name));
        let names: Vec<&str> = refusing.map(|rule| rule.name).collect();
        println!("{}", serde_json::to_string(&names).expect("JSON"));
    }
}
