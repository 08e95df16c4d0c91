//! How an LMS gets into a package: which manifest it finds, and which documents it opens.

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::manifest::{self, Judged, Names};
use super::package::{Entry, Package};
use super::rules::entrance as rule;
use super::standard::{self, Standard};
use crate::diagnostic::nearest;

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
            if is_cartridge(&bytes) {
                let message = "the package is an IMS Common Cartridge, which cartable does not judge";
                found.add(Finding::new(&rule::NOT_JUDGED, Place::Entry(name.to_owned()), message));
                return Entrance::default();
            }
            others(package, name, found);
            return read(name, &bytes, entries, found);
        }
    }
    Entrance::default()
}

/// Whether a manifest is that of a cartridge, by its namespace.
fn is_cartridge(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    head.contains("imsglobal.org/xsd/imscc")
}

/// What there is to say of the manifests beside the one that is judged.
fn others(package: &dyn Package, judged: &str, found: &mut Findings) {
    for name in MANIFESTS.into_iter().filter(|name| *name != judged) {
        let Some(index) = package.entries().iter().position(|entry| entry.name == name) else { continue };
        let place = Place::Entry(name.to_owned());
        let message = format!("the package also has `{name}`; it is judged by its `{judged}`");
        found.add(Finding::new(&rule::SEVERAL, place.clone(), message));
        if let Some(fault) = package.start(index, MANIFEST).ok().and_then(|bytes| manifest::unreadable(&bytes)) {
            found.add(Finding::new(&rule::OTHER_BROKEN, place, format!("`{name}` cannot be read: {fault}")));
        }
    }
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
    let Some(found_so) = entries.iter().filter(named_so).min_by_key(depth) else {
        return found.add(none(entries));
    };
    let place = Place::Entry(found_so.name.clone());
    let name = super::names::shown(&found_so.name);
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

/// What a package without manifest is, as far as its names tell.
fn none(entries: &[Entry]) -> Finding {
    let files = || entries.iter().filter(|entry| !entry.is_folder() && !super::names::is_rubbish(&entry.name));
    let ends = |ending: &'static str| {
        files().find(|entry| entry.name.len() > 4 && entry.name.to_ascii_lowercase().ends_with(ending))
    };
    if let (Some(course), Some(_)) = (ends(".crs"), ends(".cst").or_else(|| ends(".au"))) {
        let message = "the package is one of AICC, which cartable does not judge";
        return Finding::new(&rule::NOT_JUDGED, Place::Entry(course.name.clone()), message);
    }
    let message = "there is no imsmanifest.xml, cmi5.xml or tincan.xml: this is no package for an LMS";
    let finding = Finding::new(&rule::MISSING, Place::Package, message);
    let misspelt = files().take(1_000).find_map(|entry| {
        let base = entry.name.rsplit(['/', '\\']).next().filter(|base| base.len() < 40)?;
        Some((&entry.name, nearest(&base.to_ascii_lowercase(), MANIFESTS)?))
    });
    if let Some((name, meant)) = misspelt {
        let shown = super::names::shown(name);
        return finding.hint(format!("`{shown}` looks like a misspelt `{meant}`: if it is one, rename it"));
    }
    match ends(".zip") {
        Some(inner) => {
            let shown = super::names::shown(&inner.name);
            finding.hint(format!("if the package is `{shown}`, unpack this archive and give the LMS that one alone"))
        }
        None => finding,
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
