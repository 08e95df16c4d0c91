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
            // What cannot be read is said when all entries are, and a manifest without its bytes has no other fault.
            let Ok(bytes) = package.start(index, MANIFEST) else { return Entrance::default() };
            return read(name, &bytes, entries, found);
        }
    }
    Entrance::default()
}

/// The folder of the manifest nearest to the top, ending in `/`, where none is at the top itself: some LMSs take it.
pub(super) fn folder(entries: &[Entry]) -> Option<&str> {
    if entries.iter().any(|entry| is_manifest(&entry.name)) {
        return None;
    }
    let is_one = |entry: &&Entry| {
        let base = entry.name.rsplit('/').next().unwrap_or_default();
        is_manifest(base) && !super::names::is_rubbish(&entry.name) && !entry.name.contains('\\')
    };
    let depth = |entry: &&Entry| entry.name.matches('/').count();
    let nearest = entries.iter().filter(is_one).min_by_key(depth)?;
    nearest.name.get(..=nearest.name.rfind('/')?)
}

/// Says why no manifest is found at the top of a package.
pub(super) fn missing(entries: &[Entry], found: &mut Findings) {
    let named_so = |entry: &&Entry| {
        let base = entry.name.rsplit(['/', '\\']).next().unwrap_or_default();
        MANIFESTS.contains(&base.to_ascii_lowercase().as_str()) && !super::names::is_rubbish(&entry.name)
    };
    let depth = |entry: &&Entry| entry.name.matches(['/', '\\']).count();
    let Some(nearest) = entries.iter().filter(named_so).min_by_key(depth) else {
        let message = "there is no imsmanifest.xml, cmi5.xml or tincan.xml: this is no package for an LMS";
        return found.add(Finding::new(&rule::MISSING, Place::Package, message));
    };
    let place = Place::Entry(nearest.name.clone());
    let name = super::names::shown(&nearest.name);
    let (folder, base) = name.rsplit_once(['/', '\\']).map_or((None, &*name), |(folder, base)| (Some(folder), base));
    if let Some(folder) = folder {
        let message = format!("the manifest is `{name}`, and it must be at the top of the package");
        let hint = format!("open the folder `{folder}`, select all that is in it, and compress that");
        found.add(Finding::new(&rule::NOT_AT_ROOT, place.clone(), message).hint(hint));
    }
    if !is_manifest(base) {
        let right = base.to_ascii_lowercase();
        let message = format!("the manifest is called `{base}`, and LMSs look for `{right}`");
        found.add(Finding::new(&rule::CASE, place, message));
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
    taken(standard, &judged, name, found);
    let launches = judged.launches.iter().filter_map(|launch| launch.file.clone()).collect();
    Entrance { manifest: Some((standard, judged)), launches }
}

/// Which LMSs do not import the standard, or do not say that they do.
fn taken(standard: Standard, judged: &Judged, manifest: &str, found: &mut Findings) {
    let place = Place::Entry(manifest.to_owned());
    if matches!(standard, Standard::Cmi5 | Standard::TinCan) {
        let message = format!("Moodle and Open edX import no packages of {}", standard.name());
        found.add(Finding::new(&rule::NOT_TAKEN, place, message));
    } else if let Some(edition) = judged.edition.as_deref().filter(|_| standard == Standard::Scorm2004)
        && !edition.contains("3rd")
    {
        let message = format!("Docebo and Cornerstone name SCORM 2004 3rd Edition, and this is SCORM {edition}");
        found.add(Finding::new(&rule::EDITION_NOT_NAMED, place, message));
    }
}
