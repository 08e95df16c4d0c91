//! How an LMS gets into a package: which manifest it finds, and which documents it opens.
//!
//! What the manifest says is judged elsewhere; here only as much of it is read as the content's judges need.

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::markup::{self, Piece};
use super::package::{Entry, Package};
use super::paths;
use super::rules::entrance as rule;

/// The most bytes of a manifest that are read.
const MANIFEST: usize = 16 << 20;

/// Which object a package's scripts search for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    /// `API`, of SCORM 1.2.
    Scorm12,
    /// `API_1484_11`, of SCORM 2004.
    Scorm2004,
}

/// What was found at the entrance.
#[derive(Debug, Default)]
pub(super) struct Entrance {
    /// The standard, in words.
    pub(super) standard: Option<&'static str>,
    /// What a SCO of the package has to find; `None` where there is no SCO.
    pub(super) api: Option<Api>,
    /// The documents that an LMS opens, as paths in the package.
    pub(super) launches: Vec<String>,
}

/// The names by which LMSs find a manifest.
pub const MANIFESTS: [&str; 3] = ["imsmanifest.xml", "cmi5.xml", "tincan.xml"];

/// Whether a package whose first file has this name is for an LMS.
#[must_use]
pub fn is_manifest(name: &str) -> bool {
    MANIFESTS.contains(&name)
}

/// Finds the manifest, and says where it is if not at its place.
pub(super) fn find(package: &dyn Package, found: &mut Findings) -> Entrance {
    let entries = package.entries();
    for name in MANIFESTS {
        if let Some(index) = entries.iter().position(|entry| entry.name == name) {
            // What is wrong with the bytes is said when all entries are read.
            let bytes = package.read(index, MANIFEST).unwrap_or_else(|_| Vec::new());
            return read(name, &bytes);
        }
    }
    found.add(missing(entries));
    Entrance::default()
}

fn missing(entries: &[Entry]) -> Finding {
    let named_so = |entry: &&Entry| {
        let base = entry.name.rsplit(['/', '\\']).next().unwrap_or_default();
        MANIFESTS.contains(&base.to_ascii_lowercase().as_str()) && !super::names::is_rubbish(&entry.name)
    };
    let depth = |entry: &&Entry| entry.name.matches(['/', '\\']).count();
    let Some(nearest) = entries.iter().filter(named_so).min_by_key(depth) else {
        let message = "there is no imsmanifest.xml, cmi5.xml or tincan.xml: this is no package for an LMS";
        return Finding::new(&rule::MISSING, Place::Package, message);
    };
    let place = Place::Entry(nearest.name.clone());
    let name = super::names::shown(&nearest.name);
    match name.rsplit_once(['/', '\\']) {
        Some((folder, _)) => {
            let message = format!("the manifest is `{name}`, and it must be at the top of the package");
            let hint = format!("open the folder `{folder}`, select all that is in it, and compress that");
            Finding::new(&rule::NOT_AT_ROOT, place, message).hint(hint)
        }
        None => {
            let right = name.to_ascii_lowercase();
            let message = format!("the manifest is called `{name}`, and LMSs look for `{right}`");
            Finding::new(&rule::CASE, place, message)
        }
    }
}

/// A tiny reading of a manifest: the standard, and what is launched.
fn read(name: &str, bytes: &[u8]) -> Entrance {
    let text = markup::text_of(bytes);
    let (standard, api) = match name {
        "cmi5.xml" => ("cmi5", None),
        "tincan.xml" => ("Tin Can", None),
        _ if is_2004(&text) => ("SCORM 2004", Some(Api::Scorm2004)),
        _ => ("SCORM 1.2", Some(Api::Scorm12)),
    };
    let mut launches = Vec::new();
    let mut has_sco = false;
    let mut element = String::new();
    markup::scan(&text, &mut |piece| match piece {
        Piece::Tag(tag) => {
            element = if tag.closing { String::new() } else { tag.name.clone() };
            if tag.name == "resource" && !tag.closing {
                let is_sco =
                    |(name, value): (&str, &str)| name.ends_with("scormtype") && value.eq_ignore_ascii_case("sco");
                has_sco |= tag.attributes.iter().any(|a| is_sco((&a.name, &a.value)));
                let base = tag.get("xml:base").unwrap_or_default();
                launches.extend(tag.get("href").map(|href| format!("{base}{href}")));
            }
        }
        Piece::Text(range) if name != "imsmanifest.xml" && matches!(element.as_str(), "url" | "launch") => {
            launches.push(text[range].trim().to_owned());
        }
        _ => {}
    });
    let launches = launches.iter().filter_map(|href| paths::resolve("", href).ok().flatten()).collect();
    Entrance { standard: Some(standard), api: api.filter(|_| has_sco), launches }
}

fn is_2004(text: &str) -> bool {
    let version = text
        .split_once("<schemaversion>")
        .and_then(|(_, rest)| rest.split_once('<'))
        .map(|(version, _)| version.trim());
    match version {
        Some("1.2") => false,
        Some(version) if version.starts_with("2004") || version.ends_with("1.3") => true,
        _ => text.contains("adlcp_v1p3"),
    }
}
