//! The referee: judges a finished package as an LMS would, whoever made it.
//!
//! It reads a package through one small interface, writes nothing to disk, and says what it found as [`Finding`]s: what
//! rule is broken, where, and what to do. It knows no course and no terminal. Hostile input is normal input: memory and
//! time are bounded whatever a package claims.

mod archive;
mod content;
mod document;
mod entrance;
pub mod finding;
mod findings;
pub mod manifest;
mod markup;
mod names;
mod package;
mod paths;
pub mod rule;
mod rules;
mod scripts;
pub mod standard;

pub use archive::Archive;
pub use content::{Host, Told};
pub use entrance::{MANIFESTS, is_manifest};
pub use finding::{Finding, Place};
pub use package::{Entry, Folder, InMemory, Package, Unread};
pub use rule::{Family, Rule};
pub use rules::{find, tables};
pub use standard::Standard;

pub(crate) use markup::unescaped;
pub(crate) use names::{is_of_servers, on_one_line};
pub(crate) use rules::archive::UNPACKS_LARGE;

use std::collections::BTreeSet;

use content::Content;
use entrance::Entrance;
use findings::Findings;
use manifest::Judged;
use package::Inside;
use rules::archive as limits;

/// The most bytes of one text that are read, and of all together.
const TEXT: usize = 8 << 20;
const TEXTS: usize = 128 << 20;

/// What 360Learning takes unpacked, in bytes; nothing is unpacked beyond it.
const UNPACKED: u64 = 4 << 30;

/// How many times as large as it is packed something may be unpacked before scanners take it for an attack.
const RATIO: u64 = 200;

/// What a package is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be imported by an LMS.
    Lms,
    /// To be put on a web server as it is: `index.html` is its entrance, and there is no manifest.
    Site,
}

/// What came of it.
#[derive(Debug)]
pub struct Judgement {
    /// Everything that was found, the worst first.
    pub findings: Vec<Finding>,
    /// The standard by which the package is made, and what its manifest says.
    pub manifest: Option<(Standard, Judged)>,
    /// What its texts tell; none where they could not be read at all.
    pub told: Option<Told>,
    /// How many files there are.
    pub files: usize,
    /// What they take unpacked, in bytes, as the package says it.
    pub bytes: u64,
}

impl Judgement {
    /// Whether a standard was recognised and the files were looked into; if not, that nothing was found says nothing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.manifest.is_some() && self.told.is_some()
    }

    /// The standard and its edition, in words.
    #[must_use]
    pub fn standard(&self) -> Option<String> {
        let (standard, judged) = self.manifest.as_ref()?;
        let edition = judged.edition.as_deref().filter(|_| matches!(standard, Standard::Scorm12 | Standard::Scorm2004));
        Some(edition.map_or_else(|| standard.name().to_owned(), |edition| format!("SCORM {edition}")))
    }
}

/// Judges a package.
#[must_use]
pub fn judge(package: &dyn Package, purpose: Purpose) -> Judgement {
    let mut found = Findings::default();
    let entries = package.entries();
    let bytes = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    let (mut manifest, mut told) = (None, None);
    if entries.is_empty() {
        if package.faults().is_empty() {
            found.add(Finding::new(&limits::EMPTY, Place::Package, "there is no file in it"));
        }
    } else {
        judge_sizes(entries, bytes, &mut found);
        let folder = (purpose == Purpose::Lms).then(|| entrance::folder(entries)).flatten();
        let inside = folder.map(|folder| Inside::new(package, folder));
        // What is found in a folder is told by names of the whole package.
        let mut found_inside = Findings::default();
        let judged: &dyn Package = inside.as_ref().map_or(package, |inside| inside);
        let entrance = match purpose {
            Purpose::Lms => {
                if !entries.iter().any(|entry| is_manifest(&entry.name)) {
                    entrance::missing(entries, &mut found);
                }
                entrance::find(judged, &mut found_inside)
            }
            Purpose::Site => Entrance { launches: vec!["index.html".to_owned()], ..Entrance::default() },
        };
        names::judge(entries, entrance.manifest.as_ref().map(|(standard, _)| *standard), &mut found);
        if bytes > UNPACKED {
            found.add(Finding::new(&limits::NOT_READ, Place::Package, "what the files hold was not judged"));
        } else if package.is_sound() {
            told = Some(judge_content(judged, &entrance, &mut found_inside));
            beside(package, folder, &mut found);
        }
        manifest = entrance.manifest.map(|(standard, judged)| match folder {
            Some(folder) => (standard, judged.under(folder)),
            None => (standard, judged),
        });
        found.take_in(found_inside, |finding| match folder {
            Some(folder) => finding.under(folder),
            None => finding,
        });
    }
    let mut findings = found.finish();
    findings.extend(package.faults().iter().cloned());
    findings::sort(&mut findings);
    let files = entries.iter().filter(|entry| !entry.is_folder()).count();
    Judgement { findings, manifest, told, files, bytes }
}

fn judge_sizes(entries: &[Entry], bytes: u64, found: &mut Findings) {
    if entries.len() > 50_000 {
        let message = format!("there are {} entries", entries.len());
        found.add(Finding::new(&limits::MANY, Place::Package, message));
    }
    let packed = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.packed));
    if bytes > UNPACKED {
        let message = format!("unpacked, it has {} GB", bytes >> 30);
        found.add(Finding::new(&UNPACKS_LARGE, Place::Package, message));
        let times = bytes / packed.max(1);
        if times >= RATIO {
            let message = format!("it is {times} times as large unpacked");
            found.add(Finding::new(&limits::BOMB, Place::Package, message));
        }
    }
    if packed > 250_000_000 {
        let message = format!("the package has {} MB", packed / 1_000_000);
        found.add(Finding::new(&limits::LARGE, Place::Package, message));
    }
    for entry in entries.iter().filter(|entry| entry.packed > 0 && entry.size / entry.packed >= RATIO) {
        let times = entry.size / entry.packed;
        let message = format!("`{}` is {times} times as large unpacked", names::shown(&entry.name));
        found.add(Finding::new(&limits::RATIO, Place::Entry(entry.name.clone()), message));
    }
}

/// Reads what stands beside the folder that was judged: whether it is whole.
fn beside(package: &dyn Package, folder: Option<&str>, found: &mut Findings) {
    let Some(folder) = folder else { return };
    let entries = package.entries().iter().enumerate();
    for (index, _) in entries.filter(|(_, entry)| !entry.is_folder() && !entry.name.starts_with(folder)) {
        if let Err(Unread(Some(fault))) = package.read(index, 0) {
            found.add(fault);
        }
    }
}

/// Reads every entry once: to its end, to see that it is whole, and its text where it is one.
fn judge_content(package: &dyn Package, entrance: &Entrance, found: &mut Findings) -> Told {
    let mut content = Content::of(package.entries());
    let launches: BTreeSet<&str> = entrance.launches.iter().map(String::as_str).collect();
    let mut left = TEXTS;
    for (index, entry) in package.entries().iter().enumerate() {
        if entry.is_folder() {
            continue;
        }
        let is_launch = launches.contains(entry.name.as_str());
        let kind = kind_of(&entry.name);
        let limit = if kind.is_some() { TEXT.min(left) } else { 0 };
        let bytes = match package.read(index, limit) {
            Ok(bytes) => bytes,
            Err(unread) => {
                content.scripts.incomplete = true;
                unread.0.into_iter().for_each(|fault| found.add(fault));
                continue;
            }
        };
        left -= bytes.len();
        content.scripts.incomplete |= kind.is_some() && (bytes.len() as u64) < entry.size;
        if let Some(kind) = kind {
            let other = markup::other_than_text(&bytes).filter(|_| is_launch && kind == Kind::Page);
            if let Some(other) = other {
                let message = format!("`{}` is opened by the LMS, and holds {other}", names::shown(&entry.name));
                found.add(Finding::new(&rules::document::NOT_HTML, Place::Entry(entry.name.clone()), message));
                continue;
            }
            let text = match kind {
                Kind::Page => markup::page_of(&bytes),
                Kind::Style | Kind::Script => markup::text_of(&bytes),
            };
            match kind {
                Kind::Page => content.page(&entry.name, &text, is_launch, found),
                Kind::Style => content.style(&entry.name, &text, found),
                Kind::Script => content.script(&entry.name, &text, found),
            }
        }
        if kind != Some(Kind::Page) && is_launch && !is_asset(&entry.name, entrance) {
            let message = format!("`{}` is opened by the LMS, and is no HTML", names::shown(&entry.name));
            found.add(Finding::new(&rules::document::NOT_HTML, Place::Entry(entry.name.clone()), message));
        }
    }
    let (scripts, told) = content.finish(found);
    if let Some((standard, judged)) = &entrance.manifest
        && judged.launches.iter().any(|launch| launch.sco)
    {
        scripts.judge(*standard, found);
    }
    told
}

/// Whether nothing but assets of SCORM open a document: they need not find the LMS, and can be of any kind.
fn is_asset(name: &str, entrance: &Entrance) -> bool {
    let Some((Standard::Scorm12 | Standard::Scorm2004, judged)) = &entrance.manifest else { return false };
    judged.launches.iter().filter(|launch| launch.file.as_deref() == Some(name)).all(|launch| !launch.sco)
}

/// The texts that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Style,
    Script,
}

fn kind_of(name: &str) -> Option<Kind> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" => Some(Kind::Page),
        "css" => Some(Kind::Style),
        "js" | "mjs" => Some(Kind::Script),
        _ => None,
    }
}
