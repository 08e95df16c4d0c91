//! Visiting everything that stands on a page: the one place that knows what holds what.

use super::{Answer, Block, BlockKind, Inline};

/// Something on a page.
#[derive(Debug, Clone, Copy)]
pub enum Node<'a> {
    /// A block.
    Block(&'a Block),
    /// A stretch of text.
    Inline(&'a Inline),
}

/// Visits `blocks` in reading order, whatever holds something before what it holds.
pub fn walk<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(Node<'a>)) {
    for block in blocks {
        visit(Node::Block(block));
        match &block.kind {
            BlockKind::Heading(heading) => walk_inlines(&heading.content, visit),
            BlockKind::Paragraph(content) | BlockKind::Line(content) | BlockKind::Download(content) => {
                walk_inlines(content, visit);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| walk(&item.blocks, visit)),
            BlockKind::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.chain(&table.caption).for_each(|cell| walk_inlines(cell, visit));
            }
            BlockKind::Quotation(quotation) => {
                walk(&quotation.blocks, visit);
                walk_inlines(quotation.attribution.as_deref().unwrap_or_default(), visit);
            }
            BlockKind::Callout(_, blocks) => walk(blocks, visit),
            BlockKind::Definitions(definitions) => definitions.iter().for_each(|definition| {
                walk_inlines(&definition.term, visit);
                definition.meanings.iter().for_each(|blocks| walk(blocks, visit));
            }),
            BlockKind::Disclosure(disclosure) => {
                walk_inlines(&disclosure.summary, visit);
                walk(&disclosure.blocks, visit);
            }
            BlockKind::Question(question) => {
                walk_inlines(&question.title, visit);
                walk(&question.prompt, visit);
                walk(&question.hint, visit);
                walk_answer(&question.answer, visit);
                [&question.right, &question.partly, &question.wrong].into_iter().for_each(|said| walk(said, visit));
                walk(&question.explanation, visit);
                walk_inlines(&question.read, visit);
            }
            BlockKind::Figure(_)
            | BlockKind::DataTable(_)
            | BlockKind::Media(_)
            | BlockKind::ExternalVideo(_)
            | BlockKind::Code { .. }
            | BlockKind::Rule
            | BlockKind::Formula(_) => {}
        }
    }
}

fn walk_answer<'a>(answer: &'a Answer, visit: &mut dyn FnMut(Node<'a>)) {
    match answer {
        Answer::Choices(_, choices) | Answer::Order(choices) | Answer::Scale(choices) => {
            for choice in choices {
                walk_inlines(&choice.content, visit);
                walk(&choice.feedback, visit);
            }
        }
        Answer::Match(matching) => {
            matching.head.iter().for_each(|cell| walk_inlines(cell, visit));
            matching.prompts.iter().for_each(|prompt| walk_inlines(&prompt.content, visit));
            matching.answers.iter().for_each(|answer| walk_inlines(&answer.content, visit));
        }
        Answer::Blanks(text, _) => walk_inlines(text, visit),
        Answer::Text(_) => {}
    }
}

/// Visits a line of text and all that is in it.
pub(crate) fn walk_inlines<'a>(content: &'a [Inline], visit: &mut dyn FnMut(Node<'a>)) {
    for inline in content {
        visit(Node::Inline(inline));
        match inline {
            Inline::Link(link) => walk_inlines(&link.content, visit),
            Inline::Markup(markup) => walk_inlines(&markup.content, visit),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                walk_inlines(inner, visit);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Image(_) | Inline::Math(_) => {}
            Inline::FootnoteCall { .. } | Inline::Break | Inline::Blank(_) => {}
        }
    }
}
