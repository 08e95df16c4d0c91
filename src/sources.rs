//! The author's text files in memory: normalised for the parsers, with the way back to the author's own bytes.
//!
//! Normalised means: no byte order mark, `\n` line ends, Unicode NFC. Every [`Span`] is in offsets of the
//! normalised text; [`Sources::locate`] turns it into line, column and bytes of the file on disk.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::Span;

/// Names one file of a [`Sources`]; files are numbered in the order of their paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileId(pub(crate) u32);

/// All text files of a course.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceText>,
}

#[derive(Debug)]
struct SourceText {
    path: String,
    raw: String,
    /// `None` when normalising changes nothing, which is the usual case.
    normalised: Option<Normalised>,
}

#[derive(Debug)]
struct Normalised {
    text: String,
    /// From `text` bytes on, the raw offset is `offset - text + raw`; sorted by `text`.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy)]
struct Step {
    text: usize,
    raw: usize,
}

/// A place in a file as people and editors count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Path of the file, relative to the course's folder, with `/`.
    pub path: String,
    /// First line, from 1.
    pub line: usize,
    /// First column in characters, from 1.
    pub column: usize,
    /// Line of the end, from 1.
    pub end_line: usize,
    /// Column just after the end, in characters, from 1.
    pub end_column: usize,
    /// The bytes of the file on disk; of its text in UTF-8 where that is a table in another encoding.
    pub bytes: std::ops::Range<usize>,
}

impl Sources {
    /// Adds a file; `raw` is its content on disk.
    pub(crate) fn add(&mut self, path: impl Into<String>, raw: String) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let normalised = normalise(&raw);
        self.files.push(SourceText { path: path.into(), raw, normalised });
        id
    }

    /// The normalised text of a file.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        let file = self.file(file);
        file.normalised.as_ref().map_or(file.raw.as_str(), |n| n.text.as_str())
    }

    /// The text as it stands on disk.
    #[must_use]
    pub fn raw(&self, file: FileId) -> &str {
        &self.file(file).raw
    }

    /// The path of a file relative to the course's folder, with `/`.
    #[must_use]
    pub fn path(&self, file: FileId) -> &str {
        &self.file(file).path
    }

    /// The normalised text under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or_default()
    }

    /// The bytes on disk that a span stands for, at character boundaries and within the file.
    #[must_use]
    pub fn raw_range(&self, span: Span) -> std::ops::Range<usize> {
        let file = self.file(span.file);
        let start = floor_boundary(&file.raw, file.raw_offset(span.start as usize));
        let end = floor_boundary(&file.raw, file.raw_offset(span.end as usize)).max(start);
        start..end
    }

    /// Line, column and bytes of a span.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        let raw = self.raw(span.file);
        let bytes = self.raw_range(span);
        let (line, column) = line_and_column(raw, bytes.start);
        let (end_line, end_column) = line_and_column(raw, bytes.end);
        Location { path: self.path(span.file).to_owned(), line, column, end_line, end_column, bytes }
    }

    fn file(&self, file: FileId) -> &SourceText {
        &self.files[file.0 as usize]
    }
}

impl SourceText {
    fn raw_offset(&self, offset: usize) -> usize {
        let Some(normalised) = &self.normalised else {
            return offset.min(self.raw.len());
        };
        let after = normalised.steps.partition_point(|step| step.text <= offset);
        let raw = match after.checked_sub(1).map(|i| normalised.steps[i]) {
            Some(step) => offset - step.text + step.raw,
            None => offset,
        };
        raw.min(self.raw.len())
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text[..offset].strip_prefix('\u{feff}').unwrap_or(&text[..offset]);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

fn normalise(raw: &str) -> Option<Normalised> {
    let plain = !raw.starts_with('\u{feff}') && !raw.contains('\r');
    if plain && (raw.is_ascii() || is_nfc_quick(raw.chars()) == IsNormalized::Yes) {
        return None;
    }
    let mut text = String::with_capacity(raw.len());
    let mut steps = Vec::new();
    let mut at = 0;
    if raw.starts_with('\u{feff}') {
        at = '\u{feff}'.len_utf8();
        steps.push(Step { text: 0, raw: at });
    }
    while at < raw.len() {
        let end = at + cluster_len(&raw[at..]);
        let cluster = &raw[at..end];
        let before = text.len();
        match cluster {
            "\r\n" | "\r" => text.push('\n'),
            _ => text.extend(cluster.nfc()),
        }
        at = end;
        if text.len() - before != cluster.len() {
            steps.push(Step { text: text.len(), raw: at });
        }
    }
    Some(Normalised { text, steps })
}

/// Length of the shortest prefix that normalisation may treat on its own: a character and what combines with it.
fn cluster_len(text: &str) -> usize {
    if text.starts_with("\r\n") {
        return 2;
    }
    let mut chars = text.char_indices();
    chars.next();
    chars.find(|(_, c)| c.is_ascii() || !joins_the_one_before(*c)).map_or(text.len(), |(i, _)| i)
}

fn joins_the_one_before(c: char) -> bool {
    unicode_normalization::char::canonical_combining_class(c) != 0
        || matches!(is_nfc_quick(std::iter::once(c)), IsNormalized::Maybe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(raw: &str) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let id = sources.add("a.md", raw.to_owned());
        (sources, id)
    }

    #[test]
    fn spans_of_normalised_text_point_at_the_authors_bytes() {
        let raw = "\u{feff}un\r\ne\u{301}te\u{301} **x**\r\n";
        let (sources, id) = one(raw);
        assert_eq!(sources.text(id), "un\nété **x**\n");
        let at = sources.text(id).find("**x**").expect("present");
        let place = sources.locate(Span::new(id, at..at + 5));
        assert_eq!(&raw[place.bytes.clone()], "**x**");
        // Columns count the characters of the author's line, decomposed as they stand.
        assert_eq!((place.line, place.column), (2, 7));
    }

    #[test]
    fn a_span_that_begins_inside_a_composed_character_stays_on_a_boundary() {
        let (sources, id) = one("e\u{301}x");
        for start in 0..=3 {
            for end in start..=4 {
                let range = sources.raw_range(Span::new(id, start..end));
                assert!(sources.raw(id).get(range).is_some());
            }
        }
    }

    #[test]
    fn hangul_and_stacked_marks_are_composed_like_the_whole_text() {
        for raw in ["\u{1100}\u{1161}\u{11a8}\r\n", "a\u{323}\u{302}b\r", "\r\r\n\n", "o\u{308}\u{feff}"] {
            let (sources, id) = one(raw);
            let expected: String = raw.replace("\r\n", "\n").replace('\r', "\n").nfc().collect();
            assert_eq!(sources.text(id), expected);
        }
    }
}
