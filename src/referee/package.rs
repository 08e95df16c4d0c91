//! A package as the referee reads it: entries with their sizes, and their bytes up to a limit.
//!
//! One interface for an archive, a folder and the files of a build in memory. Nothing is written, and of no entry more is
//! held than was asked for.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::rules::archive as rule;
use crate::error::Error;
use crate::load;
use crate::package::{Content, Files};

/// The most entries that are looked at. LMSs take far fewer (360Learning: 50,000).
pub(crate) const MOST_ENTRIES: usize = 200_000;

/// A file, or a folder where the name ends in `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the package, as it is written there.
    pub name: String,
    /// Its size in bytes, as the package says it.
    pub size: u64,
    /// What it takes in the package, in bytes.
    pub packed: u64,
}

impl Entry {
    /// Whether it is a folder, which holds nothing itself.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.name.ends_with(['/', '\\'])
    }
}

/// Why an entry gave no bytes; `None` where [`Package::faults`] says it already.
#[derive(Debug)]
pub struct Unread(pub Option<Finding>);

/// What can be judged.
pub trait Package {
    /// The entries, in the order of the package.
    fn entries(&self) -> &[Entry];

    /// What is wrong with the container itself.
    fn faults(&self) -> &[Finding] {
        &[]
    }

    /// Whether the entries can be read at all; not when they lie over each other.
    fn is_sound(&self) -> bool {
        true
    }

    /// The first `limit` bytes of an entry. An archive goes on to its end, to see that it is whole, but never beyond the
    /// size that it claims.
    ///
    /// # Errors
    /// When the entry cannot be read, or is not what it claims to be.
    fn read(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread>;

    /// The same, and nothing is read beyond the limit: what follows may be terabytes.
    ///
    /// # Errors
    /// As [`Package::read`].
    fn start(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        self.read(entry, limit)
    }
}

/// A folder on disk, as it would be zipped.
#[derive(Debug)]
pub struct Folder {
    paths: Vec<PathBuf>,
    entries: Vec<Entry>,
    faults: Vec<Finding>,
}

impl Folder {
    /// Lists a folder. Links are not followed.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be listed.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let (mut paths, mut entries, mut faults) = (Vec::new(), Vec::new(), Findings::default());
        for found in walkdir::WalkDir::new(root).min_depth(1).sort_by_file_name() {
            let found = found.map_err(|error| Error::io("read", root)(error.into()))?;
            let path = found.path().strip_prefix(root).unwrap_or(found.path());
            let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let name = parts.join("/");
            if found.file_type().is_symlink() {
                faults.add(Finding::new(&rule::SYMLINK, Place::Entry(name.clone()), format!("`{name}` is a link")));
            } else if found.file_type().is_file() {
                let size = found.metadata().map_err(|error| Error::io("read", found.path())(error.into()))?.len();
                paths.push(found.path().to_owned());
                entries.push(Entry { name, size, packed: size });
            }
            if entries.len() >= MOST_ENTRIES {
                faults.add(too_many());
                break;
            }
        }
        Ok(Self { paths, entries, faults: faults.finish() })
    }
}

/// There are more entries than are looked at.
pub(crate) fn too_many() -> Finding {
    Finding::new(&rule::TOO_MANY, Place::Package, format!("there are more than {MOST_ENTRIES} entries"))
}

impl Package for Folder {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn faults(&self) -> &[Finding] {
        &self.faults
    }

    fn read(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        let path = self.paths.get(entry).ok_or(Unread(None))?;
        let unreadable = |error: Error| {
            Unread(Some(Finding::new(
                &rule::DAMAGED,
                Place::Entry(self.entries[entry].name.clone()),
                error.to_string(),
            )))
        };
        let file = load::open(path).map_err(unreadable)?;
        start_of(file, limit).map_err(|error| unreadable(Error::io("read", path)(error)))
    }
}

/// The files of a build that has not been written yet.
#[derive(Debug)]
pub struct InMemory<'a> {
    contents: Vec<&'a Content>,
    entries: Vec<Entry>,
}

impl<'a> InMemory<'a> {
    /// Looks at `files`.
    #[must_use]
    pub fn new(files: &'a Files) -> Self {
        let entry = |(path, content): (&crate::package::PackagePath, &Content)| {
            let size = content.size();
            Entry { name: path.as_str().to_owned(), size, packed: size }
        };
        Self {
            contents: files.iter().map(|(_, content)| content).collect(),
            entries: files.iter().map(entry).collect(),
        }
    }
}

impl Package for InMemory<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        // What has gone from the author's disk meanwhile is said by who writes the package.
        match self.contents.get(entry).ok_or(Unread(None))? {
            Content::Bytes(bytes) => start_of(Cursor::new(bytes), limit).map_err(|_| Unread(None)),
            Content::File(path, _) => {
                let file = load::open(path).map_err(|_| Unread(None))?;
                start_of(file, limit).map_err(|_| Unread(None))
            }
        }
    }
}

/// What stands in a folder of a package, as if that folder were the package.
pub(crate) struct Inside<'p> {
    package: &'p dyn Package,
    folder: String,
    /// By entry, where it stands in the whole package.
    places: Vec<usize>,
    entries: Vec<Entry>,
}

impl<'p> Inside<'p> {
    /// Looks into `folder`, which ends in `/`.
    pub(crate) fn new(package: &'p dyn Package, folder: &str) -> Self {
        let (mut places, mut entries) = (Vec::new(), Vec::new());
        for (place, entry) in package.entries().iter().enumerate() {
            if let Some(name) = entry.name.strip_prefix(folder).filter(|name| !name.is_empty()) {
                places.push(place);
                entries.push(Entry { name: name.to_owned(), size: entry.size, packed: entry.packed });
            }
        }
        Self { package, folder: folder.to_owned(), places, entries }
    }

    fn place(&self, entry: usize) -> Result<usize, Unread> {
        self.places.get(entry).copied().ok_or(Unread(None))
    }

    /// A fault of the whole package, told by the name that the entry has here.
    fn inside(&self, Unread(fault): Unread) -> Unread {
        Unread(fault.map(|fault| fault.within(&self.folder)))
    }
}

impl Package for Inside<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        self.package.read(self.place(entry)?, limit).map_err(|unread| self.inside(unread))
    }

    fn start(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        self.package.start(self.place(entry)?, limit).map_err(|unread| self.inside(unread))
    }
}

fn start_of(source: impl Read, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(limit as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
