//! A zip archive, read by hand: PKWARE's APPNOTE 6.3, as far as packages need it.
//!
//! A library that opens an archive makes the best of it; here every way in which two readers could understand it
//! differently is a finding. Memory is bound by `MOST_ENTRIES` and `DIRECTORY`, time by the sizes that entries claim.
//!
//! An entry is unpacked once, through buffers that are no larger than it is: packages have thousands of small ones.

mod directory;

use std::cell::RefCell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use directory::{find_directory, read_directory};

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::names::shown;
use super::package::{Entry, Package, Unread};
use super::rule::Rule;
use super::rules::archive as rule;
use crate::error::Error;
use crate::load;

/// The most bytes of a central directory that are read.
const DIRECTORY: u64 = 64 << 20;

/// How many bytes more than it claims of an entry are unpacked, to see whether it is damaged or its size is wrong.
const BEYOND: u64 = 1 << 20;

/// The most bytes that are unpacked at a time.
const BUFFER: u64 = 64 << 10;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const END_64: u32 = 0x0606_4b50;

/// An archive and what is wrong with it as such.
#[derive(Debug)]
pub struct Archive<S> {
    source: RefCell<S>,
    members: Vec<Member>,
    entries: Vec<Entry>,
    faults: Vec<Finding>,
    overlapping: bool,
}

/// What the directory says of an entry, beside its name and sizes.
#[derive(Debug)]
struct Member {
    flags: u16,
    method: u16,
    crc: u32,
    /// Its name as it is written, where that is other than that of the entry.
    written: Option<Vec<u8>>,
    /// Where its local header stands.
    header: u64,
    /// Where its data stand, when its local header can be read.
    data: Option<u64>,
}

impl Member {
    fn is_readable(&self) -> bool {
        self.flags & 1 == 0 && matches!(self.method, 0 | 8)
    }
}

/// Where the directory is.
struct Directory {
    start: u64,
    size: u64,
    count: u64,
    /// What stands before the archive in the file, in bytes.
    before: u64,
}

impl Archive<std::fs::File> {
    /// Opens a file, whatever it is.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be read.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::read_from(load::open(path)?).map_err(Error::io("read", path))
    }
}

impl<S: Read + Seek> Archive<S> {
    /// Reads the directory of an archive, or finds that it is none.
    ///
    /// # Errors
    /// When the source cannot be read.
    pub fn read_from(mut source: S) -> io::Result<Self> {
        let mut reader = Reader { length: source.seek(SeekFrom::End(0))?, source: &mut source };
        let mut faults = Findings::default();
        let (mut members, mut entries, mut overlapping) = (Vec::new(), Vec::new(), false);
        match find_directory(&mut reader, &mut faults)? {
            Err(fault) => faults.add(fault),
            Ok(directory) => {
                read_directory(&mut reader, &directory, &mut members, &mut entries, &mut faults)?;
                for (member, entry) in members.iter_mut().zip(&entries) {
                    open_member(&mut reader, &directory, member, entry, &mut faults)?;
                }
                overlapping = find_overlap(&members, &entries, &mut faults);
            }
        }
        Ok(Self { source: RefCell::new(source), members, entries, faults: faults.finish(), overlapping })
    }
}

impl<S: Read + Seek> Package for Archive<S> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn faults(&self) -> &[Finding] {
        &self.faults
    }

    fn is_sound(&self) -> bool {
        !self.overlapping
    }

    fn read(&self, index: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        self.unpack(index, limit, u64::MAX)
    }

    fn start(&self, index: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        self.unpack(index, limit, limit as u64)
    }
}

impl<S: Read + Seek> Archive<S> {
    fn unpack(&self, index: usize, limit: usize, stop: u64) -> Result<Vec<u8>, Unread> {
        let (Some(member), Some(entry)) = (self.members.get(index), self.entries.get(index)) else {
            return Err(Unread(None));
        };
        let Some(data) = member.data.filter(|_| member.is_readable()) else { return Err(Unread(None)) };
        let window = Window { source: &self.source, at: data, left: entry.packed };
        let read = match member.method {
            0 => whole(window, member, entry, limit, stop),
            _ => {
                let window = BufReader::with_capacity(capacity(entry.packed), window);
                whole(DeflateDecoder::new(window), member, entry, limit, stop)
            }
        };
        read.map_err(|fault| Unread(Some(fault)))
    }
}

/// A buffer for so many bytes; one more, so that what is longer than it claims shows.
fn capacity(bytes: u64) -> usize {
    usize::try_from(bytes.saturating_add(1).min(BUFFER)).unwrap_or_default()
}

/// Reads an entry, keeps the first bytes, and sees at its end that it is what the directory says. It ends after `stop`
/// bytes, whatever comes then.
fn whole(mut source: impl Read, member: &Member, entry: &Entry, limit: usize, stop: u64) -> Result<Vec<u8>, Finding> {
    let mut kept = Vec::new();
    let mut buffer = vec![0; capacity(entry.size)];
    let mut crc = Crc::new();
    let mut total: u64 = 0;
    while total <= stop {
        let count = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Err(about(&rule::DAMAGED, entry, format!("`{}` cannot be unpacked", shown(&entry.name)))),
        };
        total += count as u64;
        if total > entry.size.saturating_add(BEYOND) {
            let message = format!("`{}` holds more than the {} bytes that it claims", shown(&entry.name), entry.size);
            return Err(about(&rule::SIZES, entry, message));
        }
        crc.update(&buffer[..count]);
        let wanted = limit.saturating_sub(kept.len()).min(count);
        kept.extend_from_slice(&buffer[..wanted]);
    }
    if total > stop {
        return Ok(kept);
    }
    if total != entry.size && crc.sum() != member.crc {
        let message = format!(
            "{total} bytes come out of `{}` instead of {}, and not those packed",
            shown(&entry.name),
            entry.size
        );
        return Err(about(&rule::DAMAGED, entry, message));
    }
    if total != entry.size {
        let message = format!("`{}` holds {total} bytes and claims {}", shown(&entry.name), entry.size);
        return Err(about(&rule::SIZES, entry, message));
    }
    if crc.sum() != member.crc {
        return Err(about(
            &rule::DAMAGED,
            entry,
            format!("`{}` is not what was packed: its checksum differs", shown(&entry.name)),
        ));
    }
    Ok(kept)
}

fn about(rule: &'static Rule, entry: &Entry, message: String) -> Finding {
    Finding::new(rule, Place::Entry(entry.name.clone()), message)
}

/// A stretch of the source.
struct Window<'a, S> {
    source: &'a RefCell<S>,
    at: u64,
    left: u64,
}

impl<S: Read + Seek> Read for Window<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let wanted = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let mut source = self.source.borrow_mut();
        source.seek(SeekFrom::Start(self.at))?;
        let count = source.read(&mut buffer[..wanted])?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

struct Reader<'a, S> {
    source: &'a mut S,
    length: u64,
}

impl<S: Read + Seek> Reader<'_, S> {
    /// `size` bytes at `at`, or fewer where the file ends.
    fn at(&mut self, at: u64, size: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(capacity(size));
        if at < self.length {
            self.source.seek(SeekFrom::Start(at))?;
            Read::take(&mut *self.source, size).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}

/// Finds the data of an entry by its local header (APPNOTE 4.3.7), and compares the two headers.
fn open_member<S: Read + Seek>(
    reader: &mut Reader<'_, S>,
    directory: &Directory,
    member: &mut Member,
    entry: &Entry,
    faults: &mut Findings,
) -> io::Result<()> {
    let written = member.written.as_deref().unwrap_or(entry.name.as_bytes());
    let header = reader.at(member.header, 30 + written.len() as u64)?;
    let length = |at| u16_at(&header, at).map(u64::from);
    let (Some(LOCAL), Some(name), Some(extra)) = (u32_at(&header, 0), length(26), length(28)) else {
        let message = format!("`{}` is not where the directory says", shown(&entry.name));
        faults.add(about(&rule::TRUNCATED, entry, message));
        return Ok(());
    };
    if name != written.len() as u64 || header.get(30..) != Some(written) {
        let other = reader.at(member.header + 30, name.min(1_000))?;
        let other = String::from_utf8_lossy(&other);
        let message = format!("`{}` is called `{}` in its own header", shown(&entry.name), shown(&other));
        faults.add(about(&rule::SIZES, entry, message));
    }
    let data = member.header + 30 + name + extra;
    if data.checked_add(entry.packed).is_none_or(|end| end > directory.start) {
        faults.add(about(
            &rule::TRUNCATED,
            entry,
            format!("`{}` reaches beyond the end of the entries", shown(&entry.name)),
        ));
        return Ok(());
    }
    member.data = Some(data);
    let flags = u16_at(&header, 6).unwrap_or_default();
    let same_size = |at, size: u64| {
        let told = u32_at(&header, at).unwrap_or_default();
        // A size of zero with a descriptor, or the mark for a 64-bit one, says nothing here.
        u64::from(told) == size || told == u32::MAX || flags & 8 != 0
    };
    if u16_at(&header, 8) != Some(member.method) || !same_size(18, entry.packed) || !same_size(22, entry.size) {
        let message = format!("`{}` says one thing of itself, and the directory another", shown(&entry.name));
        faults.add(about(&rule::SIZES, entry, message));
    }
    Ok(())
}

/// Whether two entries share bytes.
fn find_overlap(members: &[Member], entries: &[Entry], faults: &mut Findings) -> bool {
    let range = |(member, entry): (&Member, &Entry)| Some((member.header, member.data?.saturating_add(entry.packed)));
    let mut ranges: Vec<_> =
        members.iter().zip(entries).enumerate().filter_map(|(i, both)| Some((range(both)?, i))).collect();
    ranges.sort_unstable();
    let mut found = false;
    for pair in ranges.windows(2) {
        let [((_, end), first), ((start, _), second)] = pair else { continue };
        if start < end {
            found = true;
            let (first, second) = (&entries[*first], &entries[*second]);
            let message = format!("`{}` and `{}` share bytes", shown(&first.name), shown(&second.name));
            faults.add(about(&rule::OVERLAP, second, message));
        }
    }
    found
}
