//! A zip archive, read by hand: PKWARE's APPNOTE 6.3, as far as packages need it.
//!
//! A library that opens an archive makes the best of it; here every way in which two readers could understand it
//! differently is a finding. Memory is bound by [`MOST_ENTRIES`] and [`DIRECTORY`], time by the sizes that entries claim.
//!
//! An entry is unpacked once, through buffers that are no larger than it is: packages have thousands of small ones.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::names::shown;
use super::package::{Entry, MOST_ENTRIES, Package, Unread, too_many};
use super::rule::Rule;
use super::rules::archive as rule;
use super::rules::names;
use crate::error::Error;
use crate::load;

/// The most bytes of a central directory that are read.
const DIRECTORY: u64 = 64 << 20;

/// How many bytes more than it claims of an entry are unpacked, to see whether it is damaged or its size is wrong.
const BEYOND: u64 = 1 << 20;

/// The most bytes that are unpacked at a time.
const BUFFER: u64 = 64 << 10;

/// What stands for the bytes from 128 in a name that is not marked as UTF-8: code page 437 (APPNOTE appendix D).
#[rustfmt::skip]
const CODE_PAGE_437: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', '¢', '£', '¥', '₧', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '⌐', '¬', '½', '¼', '¡', '«', '»',
    '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐',
    '└', '┴', '┬', '├', '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧',
    '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐', '▀',
    'α', 'ß', 'Γ', 'π', 'Σ', 'σ', 'µ', 'τ', 'Φ', 'Θ', 'Ω', 'δ', '∞', 'φ', 'ε', '∩',
    '≡', '±', '≥', '≤', '⌠', '⌡', '÷', '≈', '°', '∙', '·', '√', 'ⁿ', '²', '■', '\u{A0}',
];

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

/// Finds the end record (APPNOTE 4.3.16) and what it says of the directory.
fn find_directory<S: Read + Seek>(
    reader: &mut Reader<'_, S>,
    faults: &mut Findings,
) -> io::Result<Result<Directory, Finding>> {
    let tail_at = reader.length.saturating_sub(22 + 65_535);
    let tail = reader.at(tail_at, 22 + 65_535)?;
    let is_end = |at: &usize| {
        let comment = u16_at(&tail, at + 20).map(usize::from);
        u32_at(&tail, *at) == Some(END) && comment.is_some_and(|comment| at + 22 + comment <= tail.len())
    };
    let last = tail.len().saturating_sub(21);
    let Some(end) = (0..last).rev().find(is_end) else { return Ok(Err(no_archive(reader)?)) };
    let field = |at| u16_at(&tail, end + at).unwrap_or_default();
    if field(4) != field(6) || !matches!(field(4), 0 | 0xFFFF) {
        let message = "it is one part of an archive in several parts";
        return Ok(Err(Finding::new(&rule::PARTS, Place::Package, message)));
    }
    let mut count = u64::from(field(10));
    let mut size = u64::from(u32_at(&tail, end + 12).unwrap_or_default());
    let mut offset = u64::from(u32_at(&tail, end + 16).unwrap_or_default());
    let mut after = tail_at + end as u64;
    let locator = end.checked_sub(20).filter(|&at| u32_at(&tail, at) == Some(LOCATOR_64));
    if let Some(locator) = locator {
        let at = u64_at(&tail, locator + 8).unwrap_or_default();
        let record = reader.at(at, 56)?;
        if u32_at(&record, 0) == Some(END_64) && record.len() == 56 {
            count = u64_at(&record, 32).unwrap_or_default();
            size = u64_at(&record, 40).unwrap_or_default();
            offset = u64_at(&record, 48).unwrap_or_default();
            after = at;
        }
        if count < 0xFFFF && after < u64::from(u32::MAX) {
            let message = "it is written in the 64-bit form without need";
            faults.add(Finding::new(&rule::ZIP64, Place::Package, message));
        }
    }
    // Where it must be; before that, a self-extractor or rubbish may stand.
    let Some(before) = after.checked_sub(size).and_then(|start| start.checked_sub(offset)) else {
        return Ok(Err(Finding::new(&rule::TRUNCATED, Place::Package, "its directory is not where it says")));
    };
    if count == 0 {
        return Ok(Err(Finding::new(&rule::EMPTY, Place::Package, "the archive is empty")));
    }
    if before > 0 {
        let message = format!("{before} bytes stand before the archive, or are missing in it");
        faults.add(Finding::new(&rule::BYTES_BEFORE, Place::Package, message));
    }
    Ok(Ok(Directory { start: after - size, size, count, before }))
}

/// What a file is that has no end record.
fn no_archive<S: Read + Seek>(reader: &mut Reader<'_, S>) -> io::Result<Finding> {
    let start = reader.at(0, 512)?;
    if start.starts_with(b"PK\x03\x04") {
        return Ok(Finding::new(&rule::TRUNCATED, Place::Package, "the end of the archive is missing"));
    }
    let kinds: [(&[u8], &str); 6] = [
        (b"Rar!", "a RAR archive"),
        (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "an image"),
        (b"<", "a page or an XML file"),
    ];
    let kind = kinds.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, kind)| *kind);
    let message = match kind {
        _ if start.is_empty() => "the file is empty".to_owned(),
        Some(kind) => format!("the file is {kind}, not a zip archive"),
        None => "the file is no zip archive".to_owned(),
    };
    Ok(Finding::new(&rule::NOT_A_ZIP, Place::Package, message))
}

/// Reads the headers of the directory (APPNOTE 4.3.12).
fn read_directory<S: Read + Seek>(
    reader: &mut Reader<'_, S>,
    directory: &Directory,
    members: &mut Vec<Member>,
    entries: &mut Vec<Entry>,
    faults: &mut Findings,
) -> io::Result<()> {
    let bytes = reader.at(directory.start, directory.size.min(DIRECTORY))?;
    let mut names = BTreeSet::new();
    let mut rest = &bytes[..];
    while let Some((header, after)) = next_header(rest) {
        if entries.len() == MOST_ENTRIES {
            break;
        }
        rest = after;
        let (member, entry) = header.read(directory.before, faults);
        if !names.insert(header.name) {
            let message = format!("`{}` stands twice in the archive", shown(&entry.name));
            faults.add(about(&rule::TWICE, &entry, message));
        }
        members.push(member);
        entries.push(entry);
    }
    find_unreadable(members, entries, faults);
    if entries.len() == MOST_ENTRIES && !rest.is_empty() || directory.size > DIRECTORY {
        faults.add(too_many());
    } else if entries.len() as u64 != directory.count {
        let message =
            format!("the archive says that it has {} entries, and {} are there", directory.count, entries.len());
        faults.add(Finding::new(&rule::TRUNCATED, Place::Package, message));
    }
    Ok(())
}

/// What nobody reads, in one word for all that is packed alike: who packs so packs all files so.
fn find_unreadable(members: &[Member], entries: &[Entry], faults: &mut Findings) {
    let mut found: BTreeMap<String, (&'static Rule, &Entry, usize)> = BTreeMap::new();
    for (member, entry) in members.iter().zip(entries) {
        let (rule, why) = match member.method {
            _ if member.flags & 0x41 != 0 => (&rule::ENCRYPTED, "encrypted".to_owned()),
            0 | 8 => continue,
            method => (&rule::METHOD, format!("compressed by {}", method_name(method))),
        };
        found.entry(why).or_insert((rule, entry, 0)).2 += 1;
    }
    for (why, (rule, first, count)) in found {
        let name = &first.name;
        faults.add(match count {
            1 => about(rule, first, format!("`{name}` is {why}")),
            _ => Finding::new(rule, Place::Package, format!("{count} files are {why}, for instance `{name}`")),
        });
    }
}

/// A header of the directory, its parts apart.
struct Header<'a> {
    fixed: &'a [u8],
    name: &'a [u8],
    extra: &'a [u8],
}

fn next_header(bytes: &[u8]) -> Option<(Header<'_>, &[u8])> {
    if u32_at(bytes, 0)? != CENTRAL {
        return None;
    }
    let length = |at| u16_at(bytes, at).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let (fixed, rest) = bytes.split_at_checked(46)?;
    let (name, rest) = rest.split_at_checked(name)?;
    let (extra, rest) = rest.split_at_checked(extra)?;
    let (_, rest) = rest.split_at_checked(comment)?;
    Some((Header { fixed, name, extra }, rest))
}

impl Header<'_> {
    fn u16(&self, at: usize) -> u16 {
        u16_at(self.fixed, at).unwrap_or_default()
    }

    fn u32(&self, at: usize) -> u32 {
        u32_at(self.fixed, at).unwrap_or_default()
    }

    /// The data of an extra field (APPNOTE 4.5).
    fn extra(&self, wanted: u16) -> Option<&[u8]> {
        let mut rest = self.extra;
        while let (Some(id), Some(size)) = (u16_at(rest, 0), u16_at(rest, 2)) {
            let data = rest.get(4..4 + usize::from(size))?;
            if id == wanted {
                return Some(data);
            }
            rest = &rest[4 + usize::from(size)..];
        }
        None
    }

    fn read(&self, before: u64, faults: &mut Findings) -> (Member, Entry) {
        let (flags, method) = (self.u16(8), self.u16(10));
        let mut wide = self.extra(1).unwrap_or_default();
        // Only what does not fit in 32 bits stands there, in this order (APPNOTE 4.5.3).
        let mut number = |at| match self.u32(at) {
            u32::MAX => {
                let value = u64_at(wide, 0);
                wide = wide.get(8..).unwrap_or_default();
                value.unwrap_or(u64::from(u32::MAX))
            }
            small => u64::from(small),
        };
        let (size, packed, header) = (number(24), number(20), number(42));
        let (name, fault) = self.name_as_text();
        let entry = Entry { name, size, packed };
        let written = (entry.name.as_bytes() != self.name).then(|| self.name.to_vec());
        let header = header.saturating_add(before);
        let member = Member { flags, method, crc: self.u32(16), written, header, data: None };
        let name = shown(&entry.name);
        if method == 0 && flags & 8 != 0 && !entry.is_folder() {
            let message = format!("`{name}` is stored, and its size is told only after it");
            faults.add(about(&rule::STORED_WITH_DESCRIPTOR, &entry, message));
        }
        let unix_mode = self.u32(38) >> 16;
        if self.u16(4) >> 8 == 3 && unix_mode & 0o170_000 == 0o120_000 {
            faults.add(about(&rule::SYMLINK, &entry, format!("`{name}` is a link, not a file")));
        }
        if let Some((rule, why)) = fault {
            faults.add(about(rule, &entry, format!("the name `{name}` {why}")));
        }
        (member, entry)
    }

    /// The name as text, and what is wrong with the way in which it is written.
    fn name_as_text(&self) -> (String, Option<(&'static Rule, &'static str)>) {
        let is_marked = self.u16(8) & 0x800 != 0;
        if let Some(name) = self.unicode_path().filter(|_| !is_marked) {
            return (name, None);
        }
        match std::str::from_utf8(self.name) {
            Ok(name) if is_marked || name.is_ascii() => (name.to_owned(), None),
            Ok(name) => (name.to_owned(), Some((&names::NOT_MARKED, "is not marked as UTF-8"))),
            Err(_) => {
                let why = if is_marked { "is marked as UTF-8, and is none" } else { "is written in a code page" };
                (self.name.iter().copied().map(of_code_page).collect(), Some((&names::CODE_PAGE, why)))
            }
        }
    }

    /// The name in the field of Info-ZIP, if that is of the name beside it (APPNOTE 4.6.9).
    fn unicode_path(&self) -> Option<String> {
        let field = self.extra(0x7075)?;
        let mut crc = Crc::new();
        crc.update(self.name);
        let fits = field.first() == Some(&1) && u32_at(field, 1) == Some(crc.sum());
        std::str::from_utf8(field.get(5..)?).ok().filter(|_| fits).map(str::to_owned)
    }
}

fn of_code_page(byte: u8) -> char {
    byte.checked_sub(128).map_or(char::from(byte), |high| CODE_PAGE_437[usize::from(high)])
}

fn method_name(method: u16) -> String {
    let known = match method {
        1..=6 => "a method of the 1980s",
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        20 | 93 => "Zstandard",
        95 => "XZ",
        98 => "PPMd",
        _ => return format!("method {method}"),
    };
    format!("{known} (method {method})")
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
