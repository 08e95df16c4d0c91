//! Choices that belong to no question: learners would read which of them are right.

use super::Asks;
use crate::code;
use crate::course::{Block, BlockKind, Heading, Node, walk};
use crate::diagnostic::{Diagnostic, Span};

/// What stands outside questions, as it is read.
pub(super) struct Stray {
    asks: Asks,
    /// The heading above, and whether nothing stands in braces after it.
    heading: Option<(Span, u8, bool)>,
    /// Whether choices under this heading have been reported.
    reported: bool,
}

impl Stray {
    pub(super) fn new(asks: Asks) -> Self {
        Self { asks, heading: None, reported: false }
    }

    /// Passes a heading that is no question.
    pub(super) fn heading(&mut self, heading: &Heading, span: Span) {
        let attributes = &heading.attributes;
        let bare = attributes.id.is_none() && attributes.classes.is_empty() && attributes.pairs.is_empty();
        self.heading = Some((span, heading.level, bare));
        self.reported = false;
    }

    /// Passes a block; one diagnostic for all choices under a heading.
    pub(super) fn block(&mut self, block: &Block, file_text: &str) -> Option<Diagnostic> {
        if self.reported || !holds_right_choice(block, file_text) {
            return None;
        }
        self.reported = true;
        let message = "these choices belong to no question: learners would read which of them is right";
        let diagnostic = Diagnostic::new(&code::CHOICES_OUTSIDE_QUESTION, block.span, message);
        Some(self.advise(diagnostic, file_text))
    }

    fn advise(&self, diagnostic: Diagnostic, file_text: &str) -> Diagnostic {
        let source = |span: Span| file_text[span.range()].trim_end();
        match (self.asks, self.heading) {
            (Asks::EveryHeading, Some((span, _, _))) => {
                let title = source(span).trim_start_matches('#').trim_start();
                diagnostic.fix("write ## before the heading of each question", span, format!("## {title}"))
            }
            (Asks::EveryHeading, None) => diagnostic.hint("write a question above them: ## What is …?"),
            (Asks::MarkedHeadings, heading) => {
                let diagnostic = match heading {
                    Some((span, _, true)) => {
                        let end = Span { start: span.end, ..span };
                        diagnostic.fix("if the heading above is their question, say so", end, " {.question}")
                    }
                    Some(_) => diagnostic.hint("if the heading above is their question, write .question in its braces"),
                    None => diagnostic.hint("write a question above them: ## What is …? {.question}"),
                };
                diagnostic.hint("if they are things to do, leave all boxes empty: - [ ] …")
            }
        }
    }
}

fn holds_right_choice(block: &Block, file_text: &str) -> bool {
    let mut found = false;
    walk(std::slice::from_ref(block), &mut |node| {
        found |= match node {
            Node::Block(Block { kind: BlockKind::List(list), .. }) => {
                list.items.iter().any(|item| item.marker == Some(true))
            }
            Node::Block(Block { kind: BlockKind::Paragraph(_) | BlockKind::Line(_), span }) => {
                file_text[span.range()].lines().any(is_misspelt_right_choice)
            }
            _ => false,
        };
    });
    found
}

/// `-[x] un`, `[x]un`: a mark of another kind in brackets may be anything.
fn is_misspelt_right_choice(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !c.is_whitespace()).take(4).collect();
    let marked = compact.trim_start_matches(['-', '*', '+', '•', '–']).to_lowercase().starts_with("[x]");
    marked && super::slips::correct_marker(line).is_some()
}
