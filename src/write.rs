//! The *write* stage: the only code that writes.
//!
//! Everything is written beside its final place first; names are given only when all of it is whole, the lock
//! before the packages. A build that fails at any point leaves the previous packages and the lock as they were.

mod beside;
mod packing;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use packing::{Hashing, Writer};

use crate::error::Error;
use crate::load;
use crate::package::Files;
use crate::single::Part;
use crate::target::Target;

/// What a package becomes on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A zip archive, for an LMS.
    Archive,
    /// A folder, to look at.
    Folder,
}

/// Where packages go, and as what.
#[derive(Debug, Clone)]
pub struct Destination {
    /// The folder for the packages; made if it is not there.
    pub folder: PathBuf,
    /// Archives or folders.
    pub form: Form,
    /// The time of every archive entry, in seconds since 1970 (`SOURCE_DATE_EPOCH`); 1980-01-01 when not given.
    pub time: Option<i64>,
}

/// A package ready to be written.
#[derive(Debug)]
pub struct Package {
    /// The name without an ending: `name-version-target`.
    pub stem: String,
    /// What it is for.
    pub target: Target,
    /// The files.
    pub files: Files,
    /// The file that stands first in the archive.
    pub first_file: &'static str,
    /// The import sheet, as Markdown.
    pub import_sheet: String,
    /// The same once more, each document as one file.
    pub singles: Vec<Single>,
}

impl Package {
    /// The name of its import sheet.
    #[must_use]
    pub fn sheet_name(&self) -> String {
        format!("{}.import.md", self.stem)
    }

    /// Whether it is for somebody's use in this form; a folder that no LMS takes is to look at, and needs no sheet.
    #[must_use]
    pub fn is_for_use_as(&self, form: Form) -> bool {
        form == Form::Archive || self.target.takes_folders()
    }

    /// The whole text of its import sheet.
    #[must_use]
    pub fn sheet(&self) -> String {
        beside::sealed(&self.import_sheet)
    }
}

/// A document that is a file of its own.
#[derive(Debug)]
pub struct Single {
    /// Its name.
    pub name: String,
    /// What it holds, in order.
    pub parts: Vec<Part>,
}

impl Single {
    /// Its length, in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        let length = |part: &Part| match part {
            Part::Text(text) => text.len() as u64,
            // In base64 three bytes are four characters.
            Part::Encoded(content) => content.size().div_ceil(3) * 4,
        };
        self.parts.iter().map(length).sum()
    }

    /// What of it is to be encoded, in bytes.
    fn size(&self) -> u64 {
        let size = |part: &Part| if let Part::Encoded(content) = part { content.size() } else { 0 };
        self.parts.iter().map(size).sum()
    }
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// The archives or folders.
    pub packages: Vec<PathBuf>,
    /// What stands beside them: checksums and import sheets.
    pub companions: Vec<PathBuf>,
    /// Those of the archives that stand in the place of one with other content.
    pub replaced: Vec<PathBuf>,
    /// Import sheets that somebody had written into, under the names that they have now.
    pub kept: Vec<PathBuf>,
    /// Single files of an earlier build that were removed, as this one has none of their names.
    pub removed: Vec<PathBuf>,
}

/// A package written beside its place, and the list of its sums beside theirs.
struct Product {
    package: Scratch,
    list: Scratch,
    sums: String,
}

/// Something written under another name, removed again unless it is kept.
struct Scratch {
    path: PathBuf,
    target: PathBuf,
}

impl Scratch {
    fn new(target: PathBuf) -> Self {
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let path = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
        Self { path, target }
    }

    fn create(&self) -> Result<File, Error> {
        create(&self.path).map_err(|error| cannot_write(&self.target, error))
    }

    fn remove(path: &Path) {
        // Nothing is there when it was kept; what cannot be removed is only a leftover.
        let _ = if path.is_dir() { remove_folder(path) } else { remove_file(path) };
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        Self::remove(&self.path);
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that removes folders")]
fn remove_folder(path: &Path) -> io::Result<()> {
    fs::remove_dir_all(path)
}

#[expect(clippy::disallowed_methods, reason = "the one place that removes files")]
fn remove_file(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

#[expect(clippy::disallowed_methods, reason = "the one place that renames")]
fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(|error| cannot_write(to, error))
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes folders")]
fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied => cannot_write(path, error),
        _ => Error::Io { doing: "create the folder", path: path.to_owned(), source: error },
    })
}

#[expect(clippy::disallowed_methods, reason = "the one place that creates files")]
fn create(path: &Path) -> io::Result<File> {
    File::create(path)
}

/// A failure in words of what the author knows: the folder that he may not write in, or the place in it, but not the
/// name that something has before it gets its own.
fn cannot_write(target: &Path, error: io::Error) -> Error {
    if error.kind() != io::ErrorKind::PermissionDenied {
        return Error::Io { doing: "write", path: target.to_owned(), source: error };
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let source = io::Error::new(error.kind(), "you may not write in this folder");
    Error::Io { doing: "write into", path: folder.to_owned(), source }
}

/// Writes packages and, if `lock` is given, the text of the lock at its path.
///
/// `progress` is told the bytes taken in and the bytes in all.
///
/// # Errors
/// [`Error::Io`] when something cannot be written or a source file read; [`Error::NotOurs`] when something stands in
/// the way that cartable did not write, or that was changed since.
pub fn write(
    packages: &[Package],
    lock: Option<(&Path, &str)>,
    destination: &Destination,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Written, Error> {
    if destination.folder.is_file() {
        let message =
            format!("{} is a file; move it away, or give another place with --out", destination.folder.display());
        return Err(Error::Usage(message));
    }
    make_folder(&destination.folder)?;
    let in_packages = packages.iter().flat_map(|package| package.files.iter()).map(|(_, content)| content.size());
    let total = in_packages.chain(packages.iter().flat_map(|package| &package.singles).map(Single::size)).sum();
    let mut writer = Writer { destination, done: 0, total, progress };
    let mut products = packages.iter().map(|package| writer.product(package)).collect::<Result<Vec<_>, _>>()?;
    for single in packages.iter().flat_map(|package| &package.singles) {
        products.push(writer.single(single)?);
    }
    let used = packages.iter().filter(|package| package.is_for_use_as(destination.form));
    let sheets = used.map(|package| Ok((writer.text(&package.sheet_name(), &package.sheet())?, package.sheet())));
    let sheets = sheets.collect::<Result<Vec<_>, Error>>()?;
    let mut written = settle(&products, &sheets, destination.form)?;
    written.removed =
        packages.iter().flat_map(|package| beside::former_singles(&destination.folder, package)).collect();
    if let Some((path, text)) = lock {
        write_text(path, text)?;
    }
    for product in &products {
        swap(&product.package)?;
        rename(&product.list.path, &product.list.target)?;
    }
    for (sheet, text) in &sheets {
        if let Some(place) = beside::place_for_changed(&sheet.target, text) {
            rename(&sheet.target, &place)?;
            written.kept.push(place);
        }
        rename(&sheet.path, &sheet.target)?;
    }
    for path in &written.removed {
        remove_file(path).map_err(|error| cannot_write(path, error))?;
    }
    Ok(written)
}

/// Sees before the first name is given that all can be, and says what will be written.
fn settle(products: &[Product], sheets: &[(Scratch, String)], form: Form) -> Result<Written, Error> {
    let mut written = Written::default();
    for product in products {
        check_replaceable(&product.list.target)?;
        if check_ours(product)? && form == Form::Archive {
            written.replaced.push(product.package.target.clone());
        }
        written.packages.push(product.package.target.clone());
        written.companions.push(product.list.target.clone());
    }
    for (sheet, _) in sheets {
        check_replaceable(&sheet.target)?;
        written.companions.push(sheet.target.clone());
    }
    Ok(written)
}

/// A package in `folder` that was built of the course called `name`, of whatever version and target.
pub(crate) fn built_before(folder: &Path, name: &str) -> Option<PathBuf> {
    let is_ours = |file: &walkdir::DirEntry| {
        let file = file.file_name().to_string_lossy();
        let rest = file.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".zip"));
        // A word there would belong to the longer name of another course.
        rest.and_then(|rest| rest.rsplit_once('-')).is_some_and(|(version, target)| {
            version.starts_with(|c: char| c.is_ascii_digit()) && Target::find(target).is_some()
        })
    };
    let files = walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name();
    files.into_iter().flatten().find(is_ours).map(walkdir::DirEntry::into_path)
}

/// Replaces one text file of the author's: the lock, or a page that gets its ids.
///
/// # Errors
/// [`Error::Io`] when it cannot be written; the old file is then as it was.
pub fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    let scratch = Scratch::new(path.to_owned());
    scratch.create()?.write_all(text.as_bytes()).map_err(Error::io("write", path))?;
    rename(&scratch.path, path)
}

/// Writes a text of ours where somebody has asked for it: the answer key, or the page of a report. Its last line, a
/// comment of Markdown and HTML, tells it from what others wrote.
///
/// # Errors
/// As [`check_own`]; [`Error::Io`] when it cannot be written.
pub fn write_own(path: &Path, text: &str) -> Result<(), Error> {
    check_own(path)?;
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    write_text(path, &beside::sealed(text))
}

/// Sees that [`write_own`] replaces nothing but what it wrote.
///
/// # Errors
/// [`Error::NotOurs`] when something else stands there, or what it wrote was changed since.
pub fn check_own(path: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(path).is_err() || beside::is_as_written(path) {
        return Ok(());
    }
    let reason = "cartable did not write it, or somebody has changed it since. Give another name, or move it away";
    Err(Error::NotOurs { path: path.to_owned(), reason: reason.to_owned() })
}

/// Writes a new file and the folders above it, for `cartable new`.
///
/// # Errors
/// [`Error::Io`] when it cannot be written.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    create(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| cannot_write(path, error))
}

fn checksum_ending(form: Form) -> &'static str {
    match form {
        Form::Archive => ".zip.sha256",
        Form::Folder => ".sha256",
    }
}

/// Whether `file` has the sum that `list` gives it.
fn is_as_listed(file: &Path, list: &Path) -> bool {
    let mut lines = String::new();
    let is_read = load::open(list).is_ok_and(|mut list| list.read_to_string(&mut lines).is_ok());
    let listed = lines.lines().filter_map(|line| line.split_once("  "));
    let of_file: Vec<&str> = listed.filter(|(_, name)| file.ends_with(name)).map(|(sum, _)| sum).collect();
    is_read && sum(file).is_ok_and(|sum| of_file.contains(&sum.as_str()))
}

/// The sum of a file, in hexadecimal digits.
fn sum(path: &Path) -> Result<String, Error> {
    let mut hash = Hashing::default();
    io::copy(&mut load::open(path)?, &mut hash).map_err(Error::io("read", path))?;
    Ok(hash.finish())
}

const AWAY: &str = "Move it away, or give another place with --out";

fn refuse<T>(path: &Path, reason: impl Into<String>) -> Result<T, Error> {
    Err(Error::NotOurs { path: path.to_owned(), reason: format!("{}. {AWAY}", reason.into()) })
}

/// Sees before the first rename that none will fail half-way: a folder stands in no file's place.
fn check_replaceable(target: &Path) -> Result<(), Error> {
    if target.is_dir() { refuse(target, "it is a folder") } else { Ok(()) }
}

/// Sees that cartable wrote all of what stands in the place of `product`: each file in it has its sum in the list beside
/// it, or the one that it is about to get (a build may have been stopped between the two). Returns whether something
/// with other content stands there.
fn check_ours(product: &Product) -> Result<bool, Error> {
    let target = &product.package.target;
    let Ok(metadata) = fs::symlink_metadata(target) else {
        return Ok(false);
    };
    if metadata.is_dir() != product.package.path.is_dir() {
        return refuse(target, if metadata.is_dir() { "it is a folder" } else { "it is not a folder" });
    }
    let mut former = String::new();
    let has_list = load::open(&product.list.target).is_ok_and(|mut file| file.read_to_string(&mut former).is_ok());
    let lines = former.lines().chain(product.sums.lines()).filter_map(|line| line.split_once("  "));
    let known: BTreeSet<(&Path, &str)> = lines.map(|(sum, path)| (Path::new(path), sum)).collect();
    for entry in walkdir::WalkDir::new(target).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::Io { doing: "read", path: target.clone(), source: error.into() })?;
        let path = entry.path();
        let relative = target.parent().and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path);
        if entry.file_type().is_dir() || sum(path).is_ok_and(|sum| known.contains(&(relative, sum.as_str()))) {
            continue;
        }
        let it = if path == target { "it".to_owned() } else { format!("{} in it", relative.display()) };
        let list = product.list.target.file_name().unwrap_or_default().display();
        return refuse(
            target,
            match known.iter().any(|(name, _)| *name == relative) {
                _ if !has_list => format!("cartable did not write it ({list} is not beside it)"),
                true => format!("{it} was changed after cartable wrote it (its sum is not the one in {list})"),
                false => format!("cartable did not write {it}"),
            },
        );
    }
    Ok(has_list && former != product.sums)
}

/// Puts what is finished in the place of the former one.
fn swap(folder: &Scratch) -> Result<(), Error> {
    if !folder.target.is_dir() {
        return rename(&folder.path, &folder.target);
    }
    let old = Scratch::new(folder.target.with_extension("old"));
    rename(&folder.target, &old.path)?;
    rename(&folder.path, &folder.target).inspect_err(|_| {
        let _ = rename(&old.path, &folder.target);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_not_write_is_told_the_folder_and_no_name_that_he_never_saw() {
        let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
        let said = cannot_write(Path::new("dist/base.zip"), denied()).to_string();
        assert_eq!(said, "cannot write into dist: you may not write in this folder");
        assert!(cannot_write(Path::new("dist"), denied()).to_string().starts_with("cannot write into .: "));
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert!(cannot_write(Path::new("dist/base.zip"), full).to_string().starts_with("cannot write dist/base.zip: "));
    }
}
