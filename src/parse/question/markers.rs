//! The signs that begin choices and items, as people mistype them: Markdown then takes the line for something else.

use super::{Gatherer, slips};
use crate::code;
use crate::course::{Block, BlockKind, Item, List};
use crate::diagnostic::{Diagnostic, Span};

impl Gatherer<'_> {
    /// Whether a part of the answer is misspelt. Markdown then takes it for text, or for a part of what stands above.
    pub(super) fn slips(&mut self, body: &[Block]) -> bool {
        let mut found = false;
        for block in body {
            found |= match &block.kind {
                BlockKind::List(list) => self.slipped_markers(list),
                BlockKind::Paragraph(_) => self.slipped_lines(self.source(block.span), block.span),
                BlockKind::Quotation(_) | BlockKind::Callout(..) => {
                    self.slipped_lines(self.source(block.span), block.span) || self.row_in_quote(block.span)
                }
                _ => false,
            };
        }
        found
    }

    /// Whether every item has a marker; those without are reported.
    pub(super) fn all_marked(&mut self, list: &List) -> Option<()> {
        let bare: Vec<Span> = list.items.iter().filter(|item| item.marker.is_none()).map(|item| item.span).collect();
        let comes_first = list.items.first().is_some_and(|item| item.marker.is_none());
        for span in &bare {
            let first = self.source(*span).lines().next().unwrap_or_default();
            let fixed = slips::correct_marker(&first.replacen(['-', '*', '+'], "- [ ]", 1)).unwrap_or_default();
            let line = Span { end: span.start + u32::try_from(first.len()).unwrap_or(0), ..*span };
            if let Some(fixed) = slips::other_box(first) {
                self.say(other_sign(line).fix("write [x] if it is right, and [ ] if it is wrong", line, fixed));
                continue;
            }
            let message = "this choice is marked neither right nor wrong";
            let mut diagnostic = Diagnostic::new(&code::QUESTION_MARKER, *span, message).fix(
                "if it is wrong, give it an empty box; if it is right, [x]",
                line,
                fixed,
            );
            if comes_first {
                let hint = "if this is a list of the question itself, put a sentence between it and the choices";
                diagnostic = diagnostic.hint(hint);
            }
            self.say(diagnostic);
        }
        bare.is_empty().then_some(())
    }

    /// Reports a list of choices of which each begins with another sign than [x] or [ ]: `- (x) un`. Whether it is one.
    pub(super) fn other_boxes(&mut self, list: &List, span: Span) -> bool {
        let first = |item: &Item| self.source(item.span).lines().next().unwrap_or_default();
        if !list.items.iter().all(|item| slips::other_box(first(item)).is_some()) {
            return false;
        }
        let lines = self.source(span).lines().map(|line| slips::other_box(line).unwrap_or_else(|| line.to_owned()));
        let fixed = lines.collect::<Vec<_>>().join("\n");
        self.say(other_sign(span).fix("write [x] before what is right, and [ ] before what is wrong", span, fixed));
        true
    }

    /// Reports the items of a list whose marker is misspelt: `- [x]un`, `- [] un`. Whether there was any.
    fn slipped_markers(&mut self, list: &List) -> bool {
        let mut found = false;
        for item in &list.items {
            let source = self.source(item.span);
            let first = source.lines().next().unwrap_or_default();
            if item.marker.is_none()
                && let Some(fixed) = slips::correct_marker(first)
            {
                found = true;
                let start = item.span.start as usize;
                let span = Span::new(item.span.file, start..start + first.len());
                if !self.no_break_space(first, start, span) {
                    let message = "the marker of this choice is misspelt";
                    let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
                    self.say(diagnostic.fix("write [x] or [ ] with a space on both sides", span, fixed));
                }
            }
            // A line such as `-[x] deux` continues the item above it instead of beginning its own.
            found |= self.slipped_lines(source.split_once('\n').map_or("", |(_, rest)| rest), item.span);
        }
        found
    }

    /// Reports lines that look like choices and begin none: `-[x] un`, `[x] un`, `• [x] un`. Whether there was any.
    /// `source` ends where `span` does.
    fn slipped_lines(&mut self, source: &str, span: Span) -> bool {
        let base = span.end as usize - source.len();
        let slipped: Vec<(usize, &str)> = source
            .lines()
            .filter(|line| slips::is_slipped(line))
            .map(|line| (line.as_ptr() as usize - source.as_ptr() as usize, line))
            .collect();
        let (Some((start, first)), Some((end, last))) = (slipped.first(), slipped.last()) else {
            return false;
        };
        let spaces = slipped.iter().filter(|(at, line)| self.no_break_space(line, base + at, span)).count();
        if spaces > 0 {
            return true;
        }
        let place = *start..end + last.len();
        let correct = |line: &str| slips::correct_marker(line).filter(|_| slips::is_slipped(line));
        let lines = source[place.clone()].lines().map(|line| correct(line).unwrap_or_else(|| line.to_owned()));
        let fixed = lines.collect::<Vec<_>>().join("\n");
        let (message, advice) = if slips::has_word_bullet(first) {
            ("a list of choices does not begin with this sign", "begin every choice with a hyphen: -")
        } else {
            ("this line looks like a choice but is plain text", "put a space after the hyphen and after the bracket")
        };
        let place = Span::new(span.file, base + place.start..base + place.end);
        self.say(Diagnostic::new(&code::QUESTION_MARKER, place, message).fix(advice, place, fixed));
        true
    }

    /// Reports the no-break space in the marker of a line that begins at `start`. A corrected line would look the same.
    fn no_break_space(&mut self, line: &str, start: usize, Span { file, .. }: Span) -> bool {
        let Some((range, place)) = slips::no_break_space(line) else {
            return false;
        };
        let span = Span::new(file, start + range.start..start + range.end);
        let message = format!("there is a no-break space {place}, so this is no choice");
        self.error(&code::QUESTION_MARKER, span, message, "delete it and type an ordinary space");
        true
    }

    /// Reports lines that continue an item and were meant to begin the next one: `2.two`, `-two`. Whether there are any.
    pub(super) fn glued_items(&mut self, list: &List) -> bool {
        let before = self.diagnostics.len();
        for (index, item) in list.items.iter().enumerate() {
            let Some(Block { kind: BlockKind::Paragraph(_) | BlockKind::Line(_), span }) = item.blocks.first() else {
                continue;
            };
            let source = self.source(*span);
            for line in source.lines().skip(1) {
                if let Some(fixed) = next_item(line, item, list, index) {
                    let start = span.start as usize + (line.as_ptr() as usize - source.as_ptr() as usize);
                    let place = Span::new(span.file, start..start + line.len());
                    let message = "this line is read as a part of the one above it";
                    let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, place, message);
                    self.say(diagnostic.fix("to begin an item of its own, write", place, fixed));
                }
            }
        }
        self.diagnostics.len() > before
    }

    /// Reports boxes in what is to be put into order or matched: `1. [x]un`. Whether there is one.
    pub(super) fn box_in_text(&mut self, text: &str, span: Span) -> bool {
        let found = ["[x]", "[X]", "[ ]", "[]"].iter().any(|mark| text.starts_with(mark));
        if found {
            let hint = "remove the box; or, to have right ones chosen, write a list: - [x] right, - [ ] wrong";
            self.error(&code::QUESTION_MARKER, span, "boxes are for choices, which are a list with hyphens", hint);
        }
        found
    }
}

fn other_sign(place: Span) -> Diagnostic {
    Diagnostic::new(&code::QUESTION_MARKER, place, "a choice begins with square brackets, and with no other sign")
}

/// The line as it would begin the item after `item`, if it was meant to.
fn next_item(line: &str, item: &Item, list: &List, index: usize) -> Option<String> {
    match list.start {
        Some(start) => {
            let (number, text) = slips::numbered(line)?;
            (u64::from(number) == start + index as u64 + 1).then(|| format!("{number}. {text}"))
        }
        None => {
            let text = slips::glued_bullet(line)?;
            let marker = if item.marker.is_some() { "[ ] " } else { "" };
            Some(format!("- {marker}{text}"))
        }
    }
}
