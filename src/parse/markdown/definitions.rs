//! Definition lists, and formulas whose words stand under them as a definition would.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{End, Reader};
use crate::code;
use crate::course::{Block, BlockKind, Definition, Formula, Inline, plain_text};
use crate::diagnostic::Diagnostic;

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    /// Terms and their meanings; a lone formula with a line of text under it is the formula with its wording.
    pub(super) fn definitions(&mut self, end: TagEnd) -> BlockKind {
        let mut definitions: Vec<Definition> = Vec::new();
        let mut last: Option<Range<usize>> = None;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::DefinitionListTitle) => {
                    let term = self.inlines(TagEnd::DefinitionListTitle);
                    definitions.push(Definition { term, meanings: Vec::new() });
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    if let Some(above) = last.replace(range.clone()) {
                        self.term_in_meaning(&above, range.start);
                    }
                    let meaning = self.blocks(End::Tag(TagEnd::DefinitionListDefinition));
                    if let Some(definition) = definitions.last_mut() {
                        definition.meanings.push(meaning);
                    }
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        worded_formula(&definitions).unwrap_or(BlockKind::Definitions(definitions))
    }

    /// Reports a term that stands right under the meaning above it and so is a part of it, when another meaning begins
    /// at `next`.
    fn term_in_meaning(&mut self, meaning: &Range<usize>, next: usize) {
        let lines = &self.text[meaning.start..next];
        let Some(above) = lines.strip_suffix('\n').filter(|above| !above.ends_with('\n')) else {
            return;
        };
        let Some(at) = above.rfind('\n').map(|newline| newline + 1) else {
            return;
        };
        let term = &above[at..];
        // Who indents a line means it to go on; a line after an empty one is a term already.
        if term.starts_with([' ', '\t']) || above[..at].ends_with("\n\n") {
            return;
        }
        let span = self.span(meaning.start + at..meaning.start + above.len());
        let message = "this line is read as a part of the meaning above it, not as the next term";
        let diagnostic = Diagnostic::new(&code::DEFINITION_RUNS_ON, span, message)
            .hint("leave an empty line between two terms, that is before this line")
            .hint("if it does go on with the meaning, indent it by two spaces");
        self.say(diagnostic);
    }
}

/// A formula whose words stand under it as a definition's would: `: E equals m c squared`.
fn worded_formula(definitions: &[Definition]) -> Option<BlockKind> {
    let [Definition { term, meanings }] = definitions else {
        return None;
    };
    let [Inline::Math(Formula { tex, .. })] = term.as_slice() else {
        return None;
    };
    let text = |block: &Block| match &block.kind {
        BlockKind::Paragraph(content) | BlockKind::Line(content) => plain_text(content),
        _ => String::new(),
    };
    let wording = meanings.iter().flatten().map(text).collect::<Vec<_>>().join(" ");
    Some(BlockKind::Formula(Formula { tex: tex.clone(), wording: Some(wording) }))
}
