//! What is in a package, as a person wants to see it, whoever made the package.
//!
//! All of it comes from the referee, which reads every entry once. Texts of a package are hostile: what stands here is
//! on one line and of bounded length already, and whoever writes markup still has to escape it.

mod page;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::diagnostic::Severity;
use crate::referee::manifest::{Identifier, Judged, Launch, Part, Setting};
use crate::referee::{self, Entry, Finding, Host, Judgement, Package, Place, Purpose, Standard, on_one_line};

/// The most characters of a text that are kept.
const TEXT: usize = 300;

/// How many of the largest files are named.
const LARGEST: usize = 10;

/// How many codes of findings are named.
const CODES: usize = 10;

/// What is in a package.
#[derive(Debug)]
pub struct Inspection {
    /// The standard and its edition, in words; none where no manifest was found.
    pub standard: Option<String>,
    /// The edition by itself: `1.2`, `2004 4th Edition`, `Quartz`.
    pub edition: Option<String>,
    /// The course's title, in the first language given.
    pub title: Option<String>,
    /// The tool that made the package, where the package says so.
    pub maker: Option<String>,
    /// The first pass mark.
    pub pass_mark: Option<PassMark>,
    /// The identifiers by which LMSs know the course and its parts, in the order of the manifest.
    pub identifiers: Vec<Identifier>,
    /// What learners see of the structure.
    pub structure: Vec<Part>,
    /// What can be launched, in the order of the structure.
    pub units: Vec<Unit>,
    /// All files.
    pub all: Amount,
    /// The files by kind, in the order of [`Kind::ALL`], without kinds that the package does not have.
    pub kinds: Vec<(Kind, Amount)>,
    /// The largest files, the largest first.
    pub largest: Vec<File>,
    /// The other hosts from which something is loaded; none where the texts could not be read.
    pub hosts: Option<Vec<Host>>,
    /// How many errors `cartable check` finds.
    pub errors: usize,
    /// How many warnings it finds.
    pub warnings: usize,
    /// The codes of errors and warnings, each once, the worst first.
    pub codes: Vec<&'static str>,
}

/// A pass mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassMark {
    /// As it is written.
    pub value: String,
    /// What the best learners have: 100 in SCORM 1.2, else 1.
    pub of: u8,
}

/// Something that LMSs launch.
#[derive(Debug)]
pub struct Unit {
    /// `sco`, `asset`, `au` or `activity`.
    pub kind: &'static str,
    /// The identifier of the part of the structure that launches it.
    pub identifier: String,
    /// The title of that part.
    pub title: Option<String>,
    /// The address, relative to the package, with query and parameters.
    pub address: String,
    /// Its document.
    pub document: Document,
    /// The files that its resource names, in the standards that have resources.
    pub named: Option<Amount>,
}

/// The document of a unit.
#[derive(Debug, PartialEq, Eq)]
pub enum Document {
    /// A file of the package.
    Inside(File),
    /// None of the package: it is missing, or stands on another server.
    Elsewhere,
}

/// A file and what it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its size in the package, in bytes.
    pub packed: u64,
    /// Its size, in bytes.
    pub unpacked: u64,
}

/// How much there is of something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many files.
    pub files: usize,
    /// What they take in the package, in bytes.
    pub packed: u64,
    /// What they take unpacked, in bytes, as the package says it.
    pub unpacked: u64,
}

impl Amount {
    fn add(&mut self, entry: &Entry) {
        self.files += 1;
        self.packed = self.packed.saturating_add(entry.packed);
        self.unpacked = self.unpacked.saturating_add(entry.size);
    }
}

/// A kind of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    Html,
    Css,
    Scripts,
    Images,
    Media,
    Documents,
    Fonts,
    Schemas,
    Other,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Html,
        Self::Css,
        Self::Scripts,
        Self::Images,
        Self::Media,
        Self::Documents,
        Self::Fonts,
        Self::Schemas,
        Self::Other,
    ];

    /// The kind of a file of this name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" | "xhtml" => Self::Html,
            "css" => Self::Css,
            "js" | "mjs" => Self::Scripts,
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp" | "ico" => Self::Images,
            "mp3" | "m4a" | "aac" | "ogg" | "oga" | "opus" | "wav" | "flac" | "mp4" | "m4v" | "webm" | "ogv"
            | "mov" => Self::Media,
            "pdf" | "doc" | "docx" | "ppt" | "pptx" | "xls" | "xlsx" | "odt" | "odp" | "ods" | "rtf" | "epub"
            | "txt" | "md" | "csv" => Self::Documents,
            "woff" | "woff2" | "ttf" | "otf" | "eot" => Self::Fonts,
            "xsd" | "dtd" => Self::Schemas,
            _ => Self::Other,
        }
    }

    /// Its name for tools.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Css => "css",
            Self::Scripts => "scripts",
            Self::Images => "images",
            Self::Media => "media",
            Self::Documents => "documents",
            Self::Fonts => "fonts",
            Self::Schemas => "schemas",
            Self::Other => "other",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Html => "HTML",
            Self::Css => "CSS",
            Self::Scripts => "scripts",
            Self::Images => "images",
            Self::Media => "sound and video",
            Self::Documents => "documents",
            Self::Fonts => "fonts",
            Self::Schemas => "schemas",
            Self::Other => "other",
        }
    }
}

/// A number of bytes for people.
#[derive(Debug, Clone, Copy)]
pub struct Size(pub u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.0 {
            1 => f.pad("1 byte"),
            bytes @ 0..1000 => f.pad(&format!("{bytes} bytes")),
            bytes @ 1000..1_000_000 => f.pad(&format!("{} kB", bytes.div_ceil(1000))),
            bytes => f.pad(&format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)),
        }
    }
}

impl Inspection {
    /// Looks into a package.
    #[must_use]
    pub fn of(package: &dyn Package) -> Self {
        let judgement = referee::judge(package, Purpose::Lms);
        let standard = judgement.standard();
        let found = |severity| judgement.findings.iter().filter(move |found| found.rule.severity == severity);
        let count = |severity| -> usize { found(severity).map(Finding::count).sum() };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let mut codes: Vec<&str> = Vec::new();
        for found in judgement.findings.iter().filter(|found| found.rule.severity <= Severity::Warning) {
            if !codes.contains(&found.rule.name) {
                codes.push(found.rule.name);
            }
        }
        let Judgement { manifest, told, .. } = judgement;
        let files: Vec<&Entry> = package.entries().iter().filter(|entry| !entry.is_folder()).collect();
        let (all, kinds) = amounts(&files);
        let (hosts, mark) = told.map_or((None, None), |told| (Some(told.hosts), told.maker));
        let mut inspection = Self {
            standard,
            edition: None,
            title: None,
            maker: mark.as_deref().map(clean),
            pass_mark: None,
            identifiers: Vec::new(),
            structure: Vec::new(),
            units: Vec::new(),
            all,
            kinds,
            largest: largest(&files),
            hosts: hosts.map(|hosts| hosts.into_iter().map(clean_host).collect()),
            errors,
            warnings,
            codes,
        };
        if let Some((standard, judged)) = manifest {
            inspection.add(standard, judged, &files);
        }
        inspection.maker = inspection.maker.or_else(|| maker_by_files(&files).map(str::to_owned));
        inspection
    }

    /// The first codes, as a part of a sentence; empty where there are none.
    #[must_use]
    pub fn codes_in_words(&self) -> String {
        let named = self.codes.iter().take(CODES).copied().collect::<Vec<_>>().join(", ");
        match self.codes.len().saturating_sub(CODES) {
            0 if named.is_empty() => String::new(),
            0 => format!(" ({named})"),
            more => format!(" ({named} and {more} more)"),
        }
    }

    /// Takes in what the manifest says.
    fn add(&mut self, standard: Standard, judged: Judged, files: &[&Entry]) {
        self.maker = self.maker.take().or_else(|| maker(&judged.identifiers).map(str::to_owned));
        self.units = units(&judged, files);
        self.edition = judged.edition;
        self.title = judged.title.as_deref().map(clean);
        let of = if standard == Standard::Scorm12 { 100 } else { 1 };
        self.pass_mark = judged.pass_mark.map(|value| PassMark { value: clean(&value), of });
        let identifier = |found: Identifier| Identifier { value: clean(&found.value), ..found };
        self.identifiers = judged.identifiers.into_iter().map(identifier).collect();
        self.structure = judged.structure.into_iter().map(clean_part).collect();
    }
}

fn clean(text: &str) -> String {
    on_one_line(text.trim(), TEXT)
}

fn clean_host(host: Host) -> Host {
    let place = match host.place {
        Place::Package => Place::Package,
        Place::Entry(entry) => Place::Entry(clean(&entry)),
        Place::Text { entry, line, column } => Place::Text { entry: clean(&entry), line, column },
    };
    Host { name: clean(&host.name), times: host.times, place }
}

fn clean_part(part: Part) -> Part {
    Part {
        kind: part.kind,
        identifier: clean(&part.identifier),
        title: part.title.as_deref().map(clean),
        launch: part.launch.map(|launch| Launch {
            file: launch.file.as_deref().map(clean),
            url: clean(&launch.url),
            sco: launch.sco,
        }),
        settings: part.settings.into_iter().map(|found| Setting { value: clean(&found.value), ..found }).collect(),
        parts: part.parts.into_iter().map(clean_part).collect(),
    }
}

/// The tool whose manifests have always the same identifier, or one that begins alike.
fn maker(identifiers: &[Identifier]) -> Option<&'static str> {
    identifiers.iter().find_map(|Identifier { of, value }| match *of {
        "manifest" if value == "adapt_manifest" => Some("Adapt"),
        "organization" if value == "articulate_rise" => Some("Articulate Rise"),
        "organization" if value == "LiaScript" => Some("LiaScript"),
        "organization" if value.starts_with("XERTE-ORG-") => Some("Xerte Online Toolkits"),
        "activity" if value.starts_with("https://liascript.github.io/course/") => Some("LiaScript"),
        _ => None,
    })
}

/// The tool whose packages have files that no other writes: Captivate its loader beside the course's model, H5P the
/// definition of a content beside the content itself.
fn maker_by_files(files: &[&Entry]) -> Option<&'static str> {
    let pairs = [
        ("assets/js/CPXHRLoader.js", "assets/js/CPM.js", "Adobe Captivate"),
        ("h5p.json", "content/content.json", "H5P"),
    ];
    let names: BTreeSet<&str> = files.iter().map(|entry| entry.name.as_str()).collect();
    let has_both = |first: &str, second: &str| {
        let folders = names.iter().filter_map(|name| name.strip_suffix(first));
        folders.filter(|folder| folder.is_empty() || folder.ends_with('/')).any(|folder| {
            let second = format!("{folder}{second}");
            names.contains(second.as_str())
        })
    };
    pairs.into_iter().find(|(first, second, _)| has_both(first, second)).map(|(_, _, tool)| tool)
}

fn amounts(files: &[&Entry]) -> (Amount, Vec<(Kind, Amount)>) {
    let mut all = Amount::default();
    let mut kinds: BTreeMap<Kind, Amount> = BTreeMap::new();
    for entry in files {
        all.add(entry);
        kinds.entry(Kind::of(&entry.name)).or_default().add(entry);
    }
    (all, kinds.into_iter().collect())
}

fn file(entry: &Entry) -> File {
    File { name: clean(&entry.name), packed: entry.packed, unpacked: entry.size }
}

fn largest(files: &[&Entry]) -> Vec<File> {
    let mut sorted = files.to_vec();
    sorted.sort_by_key(|entry| (Reverse(entry.size), &entry.name));
    sorted.into_iter().take(LARGEST).map(file).collect()
}

fn units(judged: &Judged, files: &[&Entry]) -> Vec<Unit> {
    let entries: BTreeMap<&str, &Entry> = files.iter().map(|entry| (entry.name.as_str(), *entry)).collect();
    // Once for each resource: a manifest can have many items for one with many files.
    let amount = |names: &BTreeSet<String>| {
        let mut amount = Amount::default();
        names.iter().filter_map(|name| entries.get(name.as_str())).for_each(|entry| amount.add(entry));
        amount
    };
    let named: BTreeMap<&str, Amount> =
        judged.belonging.iter().map(|(file, names)| (file.as_str(), amount(names))).collect();
    let mut units = Vec::new();
    each_part(&judged.structure, &mut |part, _| {
        let Some(launch) = &part.launch else { return };
        let document = launch.file.as_deref().and_then(|name| entries.get(name));
        units.push(Unit {
            kind: match part.kind {
                "item" | "resource" if launch.sco => "sco",
                "item" | "resource" => "asset",
                kind => kind,
            },
            identifier: clean(&part.identifier),
            title: part.title.as_deref().map(clean),
            address: clean(&launch.url),
            named: document.and_then(|entry| named.get(entry.name.as_str())).copied(),
            document: document.map_or(Document::Elsewhere, |entry| Document::Inside(file(entry))),
        });
    });
    units
}

/// Visits the parts of a structure in order, each with its depth.
pub fn each_part<'p>(parts: &'p [Part], visit: &mut dyn FnMut(&'p Part, usize)) {
    fn inside<'p>(parts: &'p [Part], depth: usize, visit: &mut dyn FnMut(&'p Part, usize)) {
        for part in parts {
            visit(part, depth);
            inside(&part.parts, depth + 1, visit);
        }
    }
    inside(parts, 0, visit);
}
