//! The *write* stage: the only code that writes.
//!
//! Everything is written beside its final place first; names are given only when all of it is whole, the lock
//! before the packages. A build that fails at any point leaves the previous packages and the lock as they were.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::Error;
use crate::load;
use crate::package::{Content, Files, PackagePath};

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
    /// The files.
    pub files: Files,
    /// The file that stands first in the archive.
    pub first_file: &'static str,
    /// The import sheet, as Markdown.
    pub import_sheet: String,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The archives or folders.
    pub packages: Vec<PathBuf>,
    /// What stands beside them: checksums and import sheets.
    pub companions: Vec<PathBuf>,
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
    fs::rename(from, to).map_err(Error::io("write", to))
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes folders")]
fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(Error::io("create the folder", path))
}

#[expect(clippy::disallowed_methods, reason = "the one place that creates files")]
fn create(path: &Path) -> Result<File, Error> {
    File::create(path).map_err(Error::io("write", path))
}

/// Writes packages and, if `lock` is given, the text of the lock at its path.
///
/// `progress` is told the bytes taken in and the bytes in all.
///
/// # Errors
/// [`Error::Io`] when something cannot be written or a source file read; [`Error::NotOurs`] when a folder stands in
/// the way that cartable did not write.
pub fn write(
    packages: &[Package],
    lock: Option<(&Path, &str)>,
    destination: &Destination,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Written, Error> {
    make_folder(&destination.folder)?;
    let total = packages.iter().flat_map(|p| p.files.iter()).map(|(_, content)| content.size()).sum();
    let mut writer = Writer { destination, done: 0, total, progress };
    let mut files = Vec::new();
    let mut folders = Vec::new();
    let mut written = Written { packages: Vec::new(), companions: Vec::new() };
    for package in packages {
        let sums = match destination.form {
            Form::Archive => {
                let (archive, sum) = writer.archive(package)?;
                written.packages.push(archive.target.clone());
                files.push(archive);
                sum
            }
            Form::Folder => {
                let (folder, sums) = writer.folder(package)?;
                written.packages.push(folder.target.clone());
                folders.push(folder);
                sums
            }
        };
        for (ending, text) in
            [(checksum_ending(destination.form), sums.as_str()), (".import.md", &package.import_sheet)]
        {
            let companion = writer.text(&format!("{}{ending}", package.stem), text)?;
            written.companions.push(companion.target.clone());
            files.push(companion);
        }
    }
    for file in &files {
        check_replaceable(&file.target)?;
    }
    if let Some((path, text)) = lock {
        write_text(path, text)?;
    }
    for folder in &folders {
        swap(folder)?;
    }
    for file in &files {
        rename(&file.path, &file.target)?;
    }
    Ok(written)
}

/// Replaces one text file of the author's: the lock, or a page that gets its ids.
///
/// # Errors
/// [`Error::Io`] when it cannot be written; the old file is then as it was.
pub fn write_text(path: &Path, text: &str) -> Result<(), Error> {
    let scratch = Scratch::new(path.to_owned());
    create(&scratch.path)?.write_all(text.as_bytes()).map_err(Error::io("write", path))?;
    rename(&scratch.path, path)
}

/// Writes a new file and the folders above it, for `cartable new`.
///
/// # Errors
/// [`Error::Io`] when it cannot be written.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    create(path)?.write_all(text.as_bytes()).map_err(Error::io("write", path))
}

fn checksum_ending(form: Form) -> &'static str {
    match form {
        Form::Archive => ".zip.sha256",
        Form::Folder => ".sha256",
    }
}

struct Writer<'a> {
    destination: &'a Destination,
    done: u64,
    total: u64,
    progress: &'a mut dyn FnMut(u64, u64),
}

impl Writer<'_> {
    fn text(&mut self, name: &str, text: &str) -> Result<Scratch, Error> {
        let scratch = Scratch::new(self.destination.folder.join(name));
        create(&scratch.path)?.write_all(text.as_bytes()).map_err(Error::io("write", &scratch.target))?;
        Ok(scratch)
    }

    /// The archive and its line for `sha256sum --check`.
    fn archive(&mut self, package: &Package) -> Result<(Scratch, String), Error> {
        let name = format!("{}.zip", package.stem);
        let scratch = Scratch::new(self.destination.folder.join(&name));
        let mut zip = ZipWriter::new(BufWriter::new(create(&scratch.path)?));
        let time = entry_time(self.destination.time);
        for (path, content) in in_order(package) {
            let options = entry_options(path, content, time);
            zip.start_file(path.as_str(), options).map_err(|error| zip_error(&scratch.target, error))?;
            self.copy(content, &mut zip, &scratch.target)?;
        }
        let mut file = zip.finish().map_err(|error| zip_error(&scratch.target, error))?;
        file.flush().map_err(Error::io("write", &scratch.target))?;
        drop(file);
        let mut hash = Hashing::default();
        io::copy(&mut load::open(&scratch.path)?, &mut hash).map_err(Error::io("read", &scratch.target))?;
        Ok((scratch, format!("{}  {name}\n", hash.finish())))
    }

    /// The folder and a line for each of its files.
    fn folder(&mut self, package: &Package) -> Result<(Scratch, String), Error> {
        let scratch = Scratch::new(self.destination.folder.join(&package.stem));
        check_ours(&scratch.target, &package.stem)?;
        let mut sums = String::new();
        for (path, content) in in_order(package) {
            let target = scratch.path.join(path.as_str());
            if let Some(folder) = target.parent() {
                make_folder(folder)?;
            }
            let mut file = Hashing { hash: Sha256::new(), copy: Some(create(&target)?) };
            self.copy(content, &mut file, &target)?;
            sums.push_str(&format!("{}  {}/{}\n", file.finish(), package.stem, path.as_str()));
        }
        Ok((scratch, sums))
    }

    fn copy(&mut self, content: &Content, to: &mut dyn Write, target: &Path) -> Result<(), Error> {
        match content {
            Content::Bytes(bytes) => to.write_all(bytes).map_err(Error::io("write", target))?,
            Content::File(disk, size) => return self.stream(disk, *size, to, target),
        }
        self.step(content.size());
        Ok(())
    }

    fn stream(&mut self, disk: &Path, size: u64, to: &mut dyn Write, target: &Path) -> Result<(), Error> {
        let mut source = BufReader::with_capacity(0, load::open(disk)?);
        let mut buffer = vec![0; 256 * 1024];
        let mut copied = 0;
        loop {
            let count = source.read(&mut buffer).map_err(Error::io("read", disk))?;
            if count == 0 {
                break;
            }
            to.write_all(&buffer[..count]).map_err(Error::io("write", target))?;
            copied += count as u64;
            self.step(count as u64);
        }
        if copied != size {
            let changed = io::Error::other("it changed while the course was being built");
            return Err(Error::Io { doing: "read", path: disk.to_owned(), source: changed });
        }
        Ok(())
    }

    fn step(&mut self, bytes: u64) {
        self.done += bytes;
        (self.progress)(self.done, self.total);
    }
}

/// The manifest first, as the standards advise, then by path.
fn in_order(package: &Package) -> impl Iterator<Item = (&PackagePath, &Content)> {
    let is_first = |path: &PackagePath| path.as_str() == package.first_file;
    let first = package.files.iter().filter(move |(path, _)| is_first(path));
    first.chain(package.files.iter().filter(move |(path, _)| !is_first(path)))
}

/// Endings of files that are compressed already.
const COMPRESSED: [&str; 26] = [
    "avif", "docx", "epub", "gif", "gz", "jpeg", "jpg", "m4a", "m4v", "mp3", "mp4", "odp", "ods", "odt", "oga", "ogg",
    "opus", "pdf", "png", "pptx", "webm", "webp", "woff", "woff2", "xlsx", "zip",
];

fn entry_options(path: &PackagePath, content: &Content, time: DateTime) -> SimpleFileOptions {
    let ending = path.as_str().rsplit_once('.').map_or("", |(_, ending)| ending);
    let stored = COMPRESSED.contains(&ending);
    SimpleFileOptions::default()
        .compression_method(if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated })
        .compression_level(if stored { None } else { Some(6) })
        .last_modified_time(time)
        .unix_permissions(0o644)
        .system(zip::System::Unix)
        .large_file(content.size() >= u64::from(u32::MAX))
}

/// The time of every entry, within what a zip can say (1980 to 2107, even seconds).
fn entry_time(epoch: Option<i64>) -> DateTime {
    let moment = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok()).and_then(|timestamp| {
        let utc = timestamp.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        let small = |n: i8| u8::try_from(n).ok();
        let year = u16::try_from(utc.year()).ok()?;
        let (month, day) = (small(utc.month())?, small(utc.day())?);
        DateTime::from_date_and_time(year, month, day, small(utc.hour())?, small(utc.minute())?, small(utc.second())?)
            .ok()
    });
    moment.unwrap_or_default()
}

fn zip_error(target: &Path, error: zip::result::ZipError) -> Error {
    let source = match error {
        zip::result::ZipError::Io(source) => source,
        other => io::Error::other(other.to_string()),
    };
    Error::Io { doing: "write", path: target.to_owned(), source }
}

/// Takes the hash of what is written, and passes it on.
#[derive(Default)]
struct Hashing {
    hash: Sha256,
    copy: Option<File>,
}

impl Hashing {
    fn finish(self) -> String {
        self.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = match &mut self.copy {
            Some(copy) => copy.write(bytes)?,
            None => bytes.len(),
        };
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.copy.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// Sees before the first rename that none will fail half-way: a folder stands in no file's place.
fn check_replaceable(target: &Path) -> Result<(), Error> {
    if !target.is_dir() {
        return Ok(());
    }
    let reason = "it is a folder. Move it away, or give another place with --out".to_owned();
    Err(Error::NotOurs { path: target.to_owned(), reason })
}

/// Whether what stands at `target` is a folder that cartable wrote: all its files are in the list beside it.
fn check_ours(target: &Path, stem: &str) -> Result<(), Error> {
    let refuse = |reason: String| Err(Error::NotOurs { path: target.to_owned(), reason });
    let Ok(metadata) = fs::symlink_metadata(target) else {
        return Ok(());
    };
    if !metadata.is_dir() {
        return refuse("it is not a folder. Move it away, or give another place with --out".to_owned());
    }
    let list = target.with_file_name(format!("{stem}.sha256"));
    let mut text = String::new();
    let known: BTreeSet<PathBuf> = match load::open(&list).ok().map(|mut file| file.read_to_string(&mut text)) {
        Some(Ok(_)) => {
            text.lines().filter_map(|line| line.split_once("  ")).map(|(_, path)| PathBuf::from(path)).collect()
        }
        _ => {
            return refuse(format!(
                "cartable did not write it ({} is not beside it). Move it away, or give another place with --out",
                list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
            ));
        }
    };
    for entry in walkdir::WalkDir::new(target).sort_by_file_name() {
        let entry =
            entry.map_err(|error| Error::Io { doing: "read", path: target.to_owned(), source: error.into() })?;
        let relative = Path::new(stem).join(entry.path().strip_prefix(target).unwrap_or(entry.path()));
        if !entry.file_type().is_dir() && !known.contains(&relative) {
            return refuse(format!("cartable did not write {} in it. Move that file away first", relative.display()));
        }
    }
    Ok(())
}

/// Puts a finished folder in the place of the former one.
fn swap(folder: &Scratch) -> Result<(), Error> {
    if !folder.target.exists() {
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
    fn entry_times_stay_within_what_a_zip_can_say() {
        assert_eq!(entry_time(None), DateTime::default());
        let time = entry_time(Some(1_700_000_001));
        assert_eq!((time.year(), time.month(), time.day(), time.second()), (2023, 11, 14, 20));
        for outside in [0, -1, i64::MAX, 5_000_000_000] {
            assert_eq!(entry_time(Some(outside)), DateTime::default());
        }
    }
}
