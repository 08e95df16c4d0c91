//! What `cartable check` found, as one document for other tools.

use std::collections::BTreeMap;
use std::path::Path;

use cartable::Severity;
use cartable::pipeline::Outcome;
use quick_xml::escape::escape;
use serde_json::{Value, json};

/// A course or a package, and what was found in it.
pub(super) struct Subject {
    pub(super) name: String,
    /// Whether the findings make the check fail.
    pub(super) refused: bool,
    pub(super) remarks: Vec<Remark>,
}

/// One finding, of whichever kind.
pub(super) struct Remark {
    /// A file on disk.
    pub(super) file: String,
    /// The line and the character in it, from 1.
    pub(super) at: Option<(usize, usize)>,
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    /// What the code means.
    pub(super) meaning: &'static str,
    pub(super) message: String,
    pub(super) help: String,
}

impl Subject {
    pub(super) fn of_course(source: &Path, outcome: &Outcome, refused: bool) -> Self {
        let remark = |found: &cartable::Diagnostic| {
            let place = found.span.map(|span| outcome.sources.locate(span));
            let hints: Vec<&str> = found.hints.iter().map(|hint| hint.text.as_str()).collect();
            let file = place.as_ref().map_or_else(|| source.join("course.toml"), |place| source.join(&place.path));
            Remark {
                file: file.display().to_string(),
                at: place.map(|place| (place.line, place.column)),
                severity: found.severity(),
                code: found.code.name,
                meaning: found.code.summary,
                message: found.message.clone(),
                help: hints.join("; "),
            }
        };
        let remarks = outcome.diagnostics.iter().map(remark).collect();
        Self { name: source.display().to_string(), refused, remarks }
    }
}

/// The Static Analysis Results Interchange Format, OASIS Standard, version 2.1.0.
pub(super) fn sarif(subjects: &[Subject]) -> Value {
    let remarks = || subjects.iter().flat_map(|subject| &subject.remarks);
    let meanings: BTreeMap<&str, &str> = remarks().map(|remark| (remark.code, remark.meaning)).collect();
    let rules: Vec<Value> =
        meanings.iter().map(|(code, meaning)| json!({ "id": code, "shortDescription": { "text": meaning } })).collect();
    let result = |remark: &Remark| {
        let mut place = json!({ "artifactLocation": { "uri": uri(&remark.file) } });
        if let Some((line, column)) = remark.at {
            place["region"] = json!({ "startLine": line, "startColumn": column });
        }
        let text = [remark.message.as_str(), &remark.help].join("\n");
        json!({
            "ruleId": remark.code,
            "level": remark.severity.word(),
            "message": { "text": text.trim_end() },
            "locations": [{ "physicalLocation": place }],
        })
    };
    let results: Vec<Value> = remarks().map(result).collect();
    let driver = json!({ "name": "cartable", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    })
}

/// A path as a URI reference (RFC 3986, 4.2).
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.replace('\\', "/").bytes().map(encoded).collect()
}

/// What CI servers read as JUnit's report: a suite for each course or package, a failed case for each finding that makes
/// the check fail, and what else was found as the output of one that did not.
pub(super) fn junit(subjects: &[Subject]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"cartable check\">\n".to_owned();
    for subject in subjects {
        xml += &suite(subject);
    }
    xml + "</testsuites>"
}

fn suite(subject: &Subject) -> String {
    // With --deny-warnings they fail, where there is no error too.
    let any_error = subject.remarks.iter().any(|remark| remark.severity == Severity::Error);
    let fails = |remark: &&Remark| {
        remark.severity == Severity::Error || (subject.refused && !any_error && remark.severity == Severity::Warning)
    };
    let failures: Vec<&Remark> = subject.remarks.iter().filter(fails).collect();
    let others: Vec<String> =
        subject.remarks.iter().filter(|remark| !fails(remark)).map(|remark| format!("{}\n", line(remark))).collect();
    let name = text(&subject.name);
    let cases: Vec<String> = failures.iter().map(|remark| case(&name, remark)).collect();
    format!(
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\">\n    <testcase classname=\"{name}\" name=\"check\">\n      \
         <system-out>{}</system-out>\n    </testcase>\n{}  </testsuite>\n",
        failures.len() + 1,
        failures.len(),
        text(&others.concat()),
        cases.concat()
    )
}

fn case(suite: &str, remark: &Remark) -> String {
    format!(
        "    <testcase classname=\"{suite}\" name=\"{}: {}\">\n      <failure type=\"{}\" message=\"{}\">{}\n{}</failure>\n    </testcase>\n",
        remark.code,
        text(&remark.message),
        remark.code,
        text(&remark.message),
        text(&line(remark)),
        text(&remark.help)
    )
}

fn line(remark: &Remark) -> String {
    let place = match remark.at {
        Some((line, column)) => format!("{}:{line}:{column}", remark.file),
        None => remark.file.clone(),
    };
    format!("{place}: {}[{}]: {}", remark.severity.word(), remark.code, remark.message)
}

/// A text as XML 1.0 can hold it.
fn text(text: &str) -> String {
    let allowed = |c: char| if c.is_control() && c != '\n' && c != '\t' { char::REPLACEMENT_CHARACTER } else { c };
    let text: String = text.chars().map(allowed).collect();
    escape(text.as_str()).into_owned()
}
