//! `cartable inspect`: what is in packages, in words, as data, and as a page.

use std::path::Path;

use cartable::inspection::{Amount, Document, Inspection, Size, Unit, each_part};
use cartable::referee::manifest::Part;
use cartable::referee::{Host, Place};
use cartable::{Error, write};
use serde_json::{Value, json};

use super::Status;
use super::args::Inspect;
use super::console::{counted, print, say};
use super::packages;

/// How many lines of one kind are shown; `--json` has all.
const MOST: usize = 100;

/// How wide the names of facts are.
const NAMES: usize = 14;

pub(super) fn run(arguments: &Inspect) -> Result<Status, Error> {
    let report = arguments.html.as_deref();
    if let Some(report) = report {
        // By a word too few it would be the package.
        if !report.extension().is_some_and(|ending| ending == "html" || ending == "htm") {
            return Err(Error::Usage(format!("the page would be `{}`; its name must end in .html", report.display())));
        }
        if arguments.packages.len() > 1 {
            return Err(Error::Usage("--html writes the page of one package, and several are given".to_owned()));
        }
    }
    let mut status = Status::Done;
    for (at, path) in arguments.packages.iter().enumerate() {
        let inspection = Inspection::of(&*packages::open(path)?);
        if let Some(report) = report {
            write::write_own(report, &inspection.page(&name(path)))?;
        }
        if arguments.json {
            print(&as_json(path, &inspection).to_string());
        } else {
            let gap = if at > 0 { "\n" } else { "" };
            print(&format!("{gap}{}", in_words(path, &inspection)));
        }
        if inspection.standard.is_none() {
            say(&packages::no_package(path));
            status = Status::CourseHasErrors;
        }
    }
    Ok(status)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn in_words(path: &Path, inspection: &Inspection) -> String {
    let mut lines = Lines(vec![path.display().to_string()]);
    lines.fact("Standard", inspection.standard.as_deref().unwrap_or("none recognised"));
    lines.facts("Title", inspection.title.clone());
    lines.facts("Made by", inspection.maker.clone());
    lines.facts("Pass mark", inspection.pass_mark.as_ref().map(|mark| format!("{} of {}", mark.value, mark.of)));
    // What stands in the structure too is named there.
    let beside = |of: &str| matches!(of, "manifest" | "course" | "resource" | "objective");
    let identifiers = inspection.identifiers.iter().filter(|identifier| beside(identifier.of));
    lines.facts("Identifiers", identifiers.map(|identifier| format!("{} {}", identifier.of, identifier.value)));
    let mut parts = Vec::new();
    each_part(&inspection.structure, &mut |part, depth| parts.push(part_in_words(part, depth)));
    lines.facts("Structure", parts);
    lines.facts("Units", inspection.units.iter().map(unit_in_words));
    let Amount { files, packed, unpacked } = inspection.all;
    lines.fact(
        "Files",
        &format!("{:<15} {files:>6} {:>11} packed {:>11} unpacked", "all", Size(packed), Size(unpacked)),
    );
    for (kind, Amount { files, packed, unpacked }) in &inspection.kinds {
        let kind = kind.words();
        lines.fact("", &format!("{kind:<15} {files:>6} {:>11} packed {:>11} unpacked", Size(*packed), Size(*unpacked)));
    }
    match inspection.hosts.as_deref() {
        None => lines.fact("Other hosts", "the files could not be read"),
        Some([]) => lines.fact("Other hosts", "none in pages and style sheets"),
        Some(hosts) => lines.facts("Other hosts", hosts.iter().map(host_in_words)),
    }
    let found = counted(inspection.errors, inspection.warnings);
    lines.fact("Found by check", &format!("{found}{}", inspection.codes_in_words()));
    lines.0.join("\n")
}

/// The lines of a package.
struct Lines(Vec<String>);

impl Lines {
    fn fact(&mut self, name: &str, text: &str) {
        self.0.push(format!("  {name:<NAMES$} {text}"));
    }

    /// One fact of several lines, or none.
    fn facts(&mut self, name: &str, texts: impl IntoIterator<Item = String>) {
        let mut rest = 0;
        for (at, text) in texts.into_iter().enumerate() {
            if at < MOST {
                self.fact(if at == 0 { name } else { "" }, &text);
            } else {
                rest += 1;
            }
        }
        if rest > 0 {
            self.fact("", &format!("and {rest} more"));
        }
    }
}

fn part_in_words(part: &Part, depth: usize) -> String {
    // Deeper ones would run out of the window.
    let indent = "  ".repeat(depth.min(20));
    format!("{indent}{} ({} {})", part.title.as_deref().unwrap_or("(no title)"), part.kind, part.identifier)
}

fn unit_in_words(unit: &Unit) -> String {
    let title = unit.title.as_deref().unwrap_or(&unit.identifier);
    let Unit { kind, address, .. } = unit;
    let launched = match &unit.document {
        Document::Inside(file) if file.name == *address => {
            format!("{title}: {kind}, {address}, {}", Size(file.unpacked))
        }
        Document::Inside(file) => format!("{title}: {kind}, {address} ({}, {})", file.name, Size(file.unpacked)),
        Document::Elsewhere => format!("{title}: {kind}, {address}, not in the package"),
    };
    match unit.named {
        // The document itself is told already.
        Some(named) if named.files > 1 => {
            format!("{launched} ({} files in all, {})", named.files, Size(named.unpacked))
        }
        _ => launched,
    }
}

fn entry(host: &Host) -> &str {
    match &host.place {
        Place::Package => "",
        Place::Entry(entry) | Place::Text { entry, .. } => entry,
    }
}

fn host_in_words(host: &Host) -> String {
    let times = if host.times == 1 { "once".to_owned() } else { format!("{} times", host.times) };
    format!("{} ({times}, first in {})", host.name, entry(host))
}

fn amount(amount: &Amount) -> Value {
    json!({ "files": amount.files, "packed": amount.packed, "unpacked": amount.unpacked })
}

/// The names are a promise: tests/inspected holds one of each.
fn as_json(path: &Path, inspection: &Inspection) -> Value {
    let kinds = inspection.kinds.iter().map(|(kind, found)| {
        json!({ "kind": kind.name(), "files": found.files, "packed": found.packed, "unpacked": found.unpacked })
    });
    let identifiers = inspection.identifiers.iter().map(|found| json!({ "of": found.of, "value": found.value }));
    let hosts = inspection.hosts.as_ref().map(|hosts| {
        let host = |host: &Host| json!({ "host": host.name, "times": host.times, "first": entry(host) });
        hosts.iter().map(host).collect::<Vec<_>>()
    });
    let largest = inspection
        .largest
        .iter()
        .map(|file| json!({ "name": file.name, "packed": file.packed, "unpacked": file.unpacked }));
    json!({
        "package": path,
        "standard": inspection.standard,
        "edition": inspection.edition,
        "title": inspection.title,
        "maker": inspection.maker,
        "pass_mark": inspection.pass_mark.as_ref().map(|mark| json!({ "value": mark.value, "of": mark.of })),
        "identifiers": identifiers.collect::<Vec<_>>(),
        "structure": inspection.structure.iter().map(part_as_json).collect::<Vec<_>>(),
        "units": inspection.units.iter().map(unit_as_json).collect::<Vec<_>>(),
        "all": amount(&inspection.all),
        "kinds": kinds.collect::<Vec<_>>(),
        "largest": largest.collect::<Vec<_>>(),
        "hosts": hosts,
        "errors": inspection.errors,
        "warnings": inspection.warnings,
    })
}

fn part_as_json(part: &Part) -> Value {
    json!({
        "kind": part.kind,
        "identifier": part.identifier,
        "title": part.title,
        "launch": part.launch.as_ref().map(|launch| &launch.url),
        "parts": part.parts.iter().map(part_as_json).collect::<Vec<_>>(),
    })
}

fn unit_as_json(unit: &Unit) -> Value {
    let file = match &unit.document {
        Document::Inside(file) => Some(json!({ "name": file.name, "packed": file.packed, "unpacked": file.unpacked })),
        Document::Elsewhere => None,
    };
    json!({
        "kind": unit.kind,
        "identifier": unit.identifier,
        "title": unit.title,
        "address": unit.address,
        "file": file,
        "named": unit.named.as_ref().map(amount),
    })
}
