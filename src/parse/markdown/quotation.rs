//! Block quotes: quotations with who said them, and callouts.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, TagEnd};

use super::{End, Reader};
use crate::code;
use crate::course::{Block, BlockKind, CalloutKind, Inline, Quotation, plain_text};
use crate::diagnostic::Diagnostic;

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    pub(super) fn quotation(&mut self, end: TagEnd, range: &Range<usize>) -> BlockKind {
        let mut blocks = self.blocks(End::Tag(end));
        self.misplaced_callout(&blocks, range);
        let attribution = take_attribution(&mut blocks);
        BlockKind::Quotation(Quotation { blocks, attribution })
    }

    fn misplaced_callout(&mut self, blocks: &[Block], range: &Range<usize>) {
        let Some(BlockKind::Paragraph(content)) = blocks.first().map(|b| &b.kind) else {
            return;
        };
        let first = plain_text(content);
        let Some((word, rest)) = first.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else {
            return;
        };
        let span = self.span(self.trimmed(range.clone()));
        let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
        let upper = word.to_uppercase();
        let diagnostic = if known.contains(&upper.as_str()) {
            let fixed = format!("> [!{upper}]\n> {}", rest.trim().replace('\n', "\n> "));
            Diagnostic::new(&code::CALLOUT, span, format!("`[!{word}]` must stand alone on its line")).fix(
                "put the text on the next line",
                span,
                fixed,
            )
        } else {
            Diagnostic::new(&code::CALLOUT, span, format!("`[!{word}]` is not a callout"))
                .hint(format!("the callouts are: {}", known.map(|k| format!("[!{k}]")).join(", ")))
        };
        self.say(diagnostic);
    }
}

pub(super) fn callout(kind: BlockQuoteKind) -> CalloutKind {
    match kind {
        BlockQuoteKind::Note => CalloutKind::Note,
        BlockQuoteKind::Tip => CalloutKind::Tip,
        BlockQuoteKind::Important => CalloutKind::Important,
        BlockQuoteKind::Warning => CalloutKind::Warning,
        BlockQuoteKind::Caution => CalloutKind::Caution,
    }
}

/// Splits off the last line of a quotation if it starts with a dash.
fn take_attribution(blocks: &mut Vec<Block>) -> Option<Vec<Inline>> {
    let Some(Block { kind: BlockKind::Paragraph(content), .. }) = blocks.last_mut() else {
        return None;
    };
    let mut attribution = None;
    for index in (0..content.len()).rev() {
        let starts_line = index == 0 || matches!(content[index - 1], Inline::Break);
        let Inline::Text(text) = &mut content[index] else {
            continue;
        };
        let at = match text.rfind('\n') {
            Some(newline) => Some((newline, newline + 1)),
            None if starts_line => Some((0, 0)),
            None => continue,
        };
        if let Some((end, start)) = at
            && let Some(name) = text[start..].trim_start().strip_prefix('—')
        {
            let first = Inline::Text(name.trim_start().to_owned());
            let rest = text[..end].to_owned();
            let mut line = vec![first];
            line.extend(content.drain(index + 1..));
            content.truncate(index);
            if !rest.is_empty() {
                content.push(Inline::Text(rest));
            }
            while matches!(content.last(), Some(Inline::Break)) {
                content.pop();
            }
            attribution = Some(line);
        }
        break;
    }
    if attribution.is_some() && content.is_empty() {
        blocks.pop();
    }
    attribution
}
