//! The central directory of an archive: where it is, and what it says of each entry (APPNOTE 4.3.12 to 4.3.16, 4.4).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek};

use flate2::Crc;

use super::{CENTRAL, DIRECTORY, Directory, END, END_64, LOCATOR_64, Member, Reader, about, u16_at, u32_at, u64_at};
use crate::referee::finding::{Finding, Place};
use crate::referee::findings::Findings;
use crate::referee::names::shown;
use crate::referee::package::{Entry, MOST_ENTRIES, too_many};
use crate::referee::rule::Rule;
use crate::referee::rules::archive as rule;
use crate::referee::rules::names;

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

/// Finds the end record (APPNOTE 4.3.16) and what it says of the directory.
pub(super) fn find_directory<S: Read + Seek>(
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
pub(super) fn read_directory<S: Read + Seek>(
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
