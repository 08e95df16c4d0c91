//! Tables and their captions.

use std::ops::Range;

use pulldown_cmark::{Alignment as CmAlignment, Event, Tag, TagEnd};

use super::Reader;
use crate::code;
use crate::course::{Alignment, Block, BlockKind, Inline, Table};
use crate::diagnostic::{Diagnostic, Span};
use crate::text::{cells, is_no_break_space};

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    pub(super) fn table(&mut self, columns: &[CmAlignment], end: TagEnd) -> BlockKind {
        let columns = columns
            .iter()
            .map(|alignment| match alignment {
                CmAlignment::None | CmAlignment::Left => Alignment::Start,
                CmAlignment::Center => Alignment::Center,
                CmAlignment::Right => Alignment::End,
            })
            .collect();
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        let mut last = 0..0;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => {
                    rows.push(Vec::new());
                    last = range;
                }
                Event::Start(Tag::TableCell) => {
                    let cell = self.inlines(TagEnd::TableCell);
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        let is_caption = self.text[last.clone()]
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(' ') || (mistyped(rest) && cells(rest.trim_end()).len() < 2));
        let caption = if is_caption { self.caption_row(&mut rows, last) } else { None };
        BlockKind::Table(Table { caption, columns, head, rows })
    }

    /// Takes the last row for the caption that was meant, where no empty line stands before it.
    pub(super) fn caption_row(&mut self, rows: &mut Vec<Vec<Vec<Inline>>>, range: Range<usize>) -> Option<Vec<Inline>> {
        let row = rows.pop()?;
        match row.split_first() {
            Some((first, rest)) if rest.iter().all(Vec::is_empty) => {
                self.caption_without_space(range);
                caption(first)
            }
            _ => {
                rows.push(row);
                let span = self.span(self.trimmed(range));
                let message = "this line is read as a row of the table, not as its caption";
                let diagnostic = Diagnostic::new(&code::TABLE_CAPTION_MISREAD, span, message);
                self.say(diagnostic.hint("leave an empty line before it"));
                None
            }
        }
    }

    /// Reports a table that is text, because a caption stands right above it.
    pub(super) fn table_in_meaning(&mut self, range: &Range<usize>) {
        let source = &self.text[range.clone()];
        let is_ruler = |line: &str| {
            line.starts_with('|') && line.contains('-') && line.trim_matches(['|', '-', ':', ' ']).is_empty()
        };
        let mut above = None;
        let lines: Vec<&str> = source.lines().collect();
        for pair in lines.windows(2) {
            if pair[0].starts_with(": ") {
                above = Some(pair[0]);
            }
            if let (Some(caption), true) = (above, is_ruler(pair[1])) {
                let start = range.start + caption.as_ptr() as usize - source.as_ptr() as usize;
                let span = self.span(start..start + caption.len());
                let message = "this line makes plain text of the table below it";
                let hint = format!("put the caption under the table, after an empty line:\n\n{}", caption.trim_end());
                self.say(Diagnostic::new(&code::TABLE_CAPTION_MISREAD, span, message).hint(hint));
                return;
            }
        }
    }

    /// Reports a caption whose colon has no ordinary space after it.
    pub(super) fn caption_without_space(&mut self, range: Range<usize>) {
        let line = self.trimmed(range);
        let Some(rest) = self.text[line.clone()].strip_prefix(':').filter(|rest| mistyped(rest)) else { return };
        let span = self.span(line);
        let message = "a caption begins with a colon and an ordinary space";
        let diagnostic = Diagnostic::new(&code::TABLE_CAPTION_MISREAD, span, message);
        let fixed = format!(": {}", rest.trim_start());
        // The corrected line would look the same where only the kind of space is wrong.
        self.say(match rest.starts_with(is_no_break_space) {
            true => {
                diagnostic.hint(format!("there is a no-break space: delete it and type an ordinary one: `{fixed}`"))
            }
            false => diagnostic.fix("write", span, fixed),
        });
    }

    /// Reports a caption that stands above its table: it makes a definition of the paragraph before it.
    pub(super) fn caption_above(&mut self, table: &Block, blocks: &[Block]) {
        let (BlockKind::Table(Table { caption: None, .. }), Some(above)) = (&table.kind, blocks.last()) else {
            return;
        };
        if !matches!(above.kind, BlockKind::Definitions(_)) {
            return;
        }
        let source = &self.text[above.span.start as usize - self.base..above.span.end as usize - self.base];
        let Some(at) = source.rfind("\n\n: ") else {
            return;
        };
        let span = Span { start: above.span.start + u32::try_from(at + 2).unwrap_or(0), ..above.span };
        let message = "this line makes a term of the paragraph above it; it is no caption of the table below";
        let caption = source[at + 2..].trim();
        let hint = format!("put the caption under the table, after an empty line:\n\n{caption}");
        self.say(Diagnostic::new(&code::TABLE_CAPTION_MISREAD, span, message).hint(hint));
    }
}

/// The caption in a line that starts with `: `, or nearly so.
pub(super) fn caption(content: &[Inline]) -> Option<Vec<Inline>> {
    let [Inline::Text(first), rest @ ..] = content else {
        return None;
    };
    let text = first.strip_prefix(':').filter(|text| text.starts_with(' ') || mistyped(text))?;
    let mut caption = vec![Inline::Text(text.trim_start().to_owned())];
    caption.extend_from_slice(rest);
    Some(caption)
}

/// Whether what follows a colon was meant as a caption, rather than as a face or the name of an emoji.
fn mistyped(rest: &str) -> bool {
    let word = rest.split_whitespace().next().unwrap_or_default();
    let is_word = word.chars().nth(1).is_some() && !word.contains(':');
    rest.starts_with(is_no_break_space) || (rest.starts_with(char::is_alphabetic) && is_word)
}
