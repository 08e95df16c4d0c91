//! How an LMS gets into a package: which manifest it finds, and which documents it opens.

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::manifest::{self, Judged, Names};
use super::package::{Entry, Package};
use super::rules::entrance as rule;
use super::standard::{self, Standard};

/// The most bytes of a manifest that are read.
const MANIFEST: usize = 16 << 20;

/// What was found at the entrance.
#[derive(Debug, Default)]
pub(super) struct Entrance {
    /// The standard, and what the manifest says.
    pub(super) manifest: Option<(Standard, Judged)>,
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
            let bytes = package.start(index, MANIFEST).unwrap_or_else(|_| Vec::new());
            return read(name, &bytes, entries, found);
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

fn read(name: &str, bytes: &[u8], entries: &[Entry], found: &mut Findings) -> Entrance {
    let standard = match name {
        "cmi5.xml" => Standard::Cmi5,
        "tincan.xml" => Standard::TinCan,
        _ => standard::detect(bytes),
    };
    let names = Names::of(entries.iter().filter(|entry| !entry.is_folder()).map(|entry| entry.name.as_str()));
    let mut judged = manifest::judge(standard, name, bytes, &names);
    std::mem::take(&mut judged.findings).into_iter().for_each(|finding| found.add(finding));
    let launches = judged.launches.iter().filter_map(|launch| launch.file.clone()).collect();
    Entrance { manifest: Some((standard, judged)), launches }
}
