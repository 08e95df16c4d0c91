//! Packs what is to be written: archives, folders, documents with all that they need, each with its sums.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Destination, Form, Package, Product, Scratch, Single, checksum_ending, create, make_folder, sum};
use crate::error::Error;
use crate::load;
use crate::package::{Content, PackagePath};
use crate::single::{Base64, Part};

/// Writes what is asked for beside its place, and says how far it is.
pub(super) struct Writer<'a> {
    pub(super) destination: &'a Destination,
    pub(super) done: u64,
    pub(super) total: u64,
    pub(super) progress: &'a mut dyn FnMut(u64, u64),
}

impl Writer<'_> {
    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<Scratch, Error> {
        let scratch = Scratch::new(self.destination.folder.join(name));
        scratch.create()?.write_all(text.as_bytes()).map_err(Error::io("write", &scratch.target))?;
        Ok(scratch)
    }

    pub(super) fn product(&mut self, package: &Package) -> Result<Product, Error> {
        let form = self.destination.form;
        let (written, sums) = match form {
            Form::Archive => self.archive(package)?,
            Form::Folder => self.folder(package)?,
        };
        let list = self.text(&format!("{}{}", package.stem, checksum_ending(form)), &sums)?;
        Ok(Product { package: written, list, sums })
    }

    /// A document with all that it needs, and its sum.
    pub(super) fn single(&mut self, single: &Single) -> Result<Product, Error> {
        let package = Scratch::new(self.destination.folder.join(&single.name));
        let mut file = BufWriter::new(Hashing { hash: Sha256::new(), copy: Some(package.create()?) });
        for part in &single.parts {
            match part {
                Part::Text(text) => file.write_all(text.as_bytes()).map_err(Error::io("write", &package.target))?,
                Part::Encoded(content) => {
                    let mut encoder = Base64::new(&mut file);
                    self.copy(content, &mut encoder, &package.target)?;
                    encoder.finish().map_err(Error::io("write", &package.target))?;
                }
            }
        }
        let file = file.into_inner().map_err(|error| Error::io("write", &package.target)(error.into_error()))?;
        let sums = format!("{}  {}\n", file.finish(), single.name);
        let list = self.text(&format!("{}.sha256", single.name), &sums)?;
        Ok(Product { package, list, sums })
    }

    /// The archive and its line for `sha256sum --check`.
    fn archive(&mut self, package: &Package) -> Result<(Scratch, String), Error> {
        let name = format!("{}.zip", package.stem);
        let scratch = Scratch::new(self.destination.folder.join(&name));
        let mut zip = ZipWriter::new(BufWriter::new(scratch.create()?));
        let time = entry_time(self.destination.time);
        for (path, content) in in_order(package) {
            let options = entry_options(path, content, time);
            zip.start_file(path.as_str(), options).map_err(|error| zip_error(&scratch.target, error))?;
            self.copy(content, &mut zip, &scratch.target)?;
        }
        let mut file = zip.finish().map_err(|error| zip_error(&scratch.target, error))?;
        file.flush().map_err(Error::io("write", &scratch.target))?;
        drop(file);
        let sum = sum(&scratch.path)?;
        Ok((scratch, format!("{sum}  {name}\n")))
    }

    /// The folder and a line for each of its files.
    fn folder(&mut self, package: &Package) -> Result<(Scratch, String), Error> {
        let scratch = Scratch::new(self.destination.folder.join(&package.stem));
        let mut sums = String::new();
        for (path, content) in in_order(package) {
            let target = scratch.path.join(path.as_str());
            if let Some(folder) = target.parent() {
                make_folder(folder)?;
            }
            let mut file =
                Hashing { hash: Sha256::new(), copy: Some(create(&target).map_err(Error::io("write", &target))?) };
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
pub(super) struct Hashing {
    hash: Sha256,
    copy: Option<File>,
}

impl Hashing {
    pub(super) fn finish(self) -> String {
        hex(&self.hash.finalize())
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

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
