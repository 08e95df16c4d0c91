//! Markdown events to blocks. Knows CommonMark and the GitHub extensions, not questions.
//!
//! Nothing in the text changes its length before it is parsed, so every block keeps its place in the author's file.

mod blanks;
mod data_table;
mod definitions;
mod html;
mod inline;
mod player;
mod quotation;
mod slips;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use inline::Line;

use crate::code;
use crate::course::{
    Attributes, Block, BlockKind, Footnote, Formula, Heading, Inline, Item, List, Node, plain_text, walk,
};
use crate::diagnostic::{Diagnostic, Span};
use crate::math::Display;
use crate::sources::FileId;
use crate::text;
use crate::typography::Typography;

/// Blocks may be nested this deep; deeper ones are refused rather than risked.
const MAX_DEPTH: usize = 40;

/// The body of a Markdown file.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The blocks, in order.
    pub(crate) blocks: Vec<Block>,
    /// The footnotes, in the order of their first call.
    pub(crate) footnotes: Vec<Footnote>,
    /// What was found.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Parses `text`, the part of `file` from byte `base` on.
pub(crate) fn parse(text: &str, file: FileId, base: usize, typography: Typography) -> Body {
    let options = options();
    let broken = std::cell::RefCell::new(Vec::new());
    let callback = |link: pulldown_cmark::BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let blanks = blanks::find(text);
    let masked = blanks::mask(text, &blanks);
    let events = Parser::new_with_broken_link_callback(&masked, options, Some(callback)).into_offset_iter().peekable();
    let (body, notes, anchors) = (Body::default(), Notes::default(), BTreeSet::new());
    let mut reader = Reader {
        text,
        blanks: &blanks,
        file,
        base,
        typography,
        events,
        depth: 0,
        level: 1,
        disclosure_closed: false,
        body,
        notes,
        anchors,
    };
    reader.body.blocks = reader.blocks(End::File);
    let Reader { mut body, notes, .. } = reader;
    let place = |range: Range<usize>| Span::new(file, range.start + base..range.end + base);
    for (range, label) in broken.into_inner() {
        let message = format!("the reference `[{label}]` is defined nowhere in this file");
        let hint = format!("add a line such as: [{label}]: https://example.org");
        body.diagnostics.push(Diagnostic::new(&code::BROKEN_LINK, place(range), message).hint(hint));
    }
    notes.finish(&mut body);
    body.diagnostics.extend(slips::find(text, options, file, base));
    body
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// Footnotes as they are met: definitions may come before or after their calls.
#[derive(Default)]
struct Notes {
    calls: Vec<String>,
    definitions: BTreeMap<String, (Vec<Block>, Span)>,
}

impl Notes {
    fn call(&mut self, label: &str) -> Inline {
        let known = self.calls.iter().position(|known| known == label);
        if known.is_none() {
            self.calls.push(label.to_owned());
        }
        Inline::FootnoteCall { note: known.unwrap_or(self.calls.len() - 1), first: known.is_none() }
    }

    fn finish(mut self, body: &mut Body) {
        for label in self.calls {
            let blocks = self.definitions.remove(&label).map(|(blocks, _)| blocks).unwrap_or_default();
            body.footnotes.push(Footnote { label, blocks });
        }
        for (label, (_, span)) in self.definitions {
            let message = format!("the footnote `[^{label}]` is called nowhere");
            let hint = format!("write [^{label}] where the note belongs, or remove the note");
            body.diagnostics.push(Diagnostic::new(&code::UNUSED_FOOTNOTE, span, message).hint(hint));
        }
    }
}

struct Reader<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> {
    /// As the author wrote it.
    text: &'a str,
    /// Where its blanks stand, which the events do not know.
    blanks: &'a [Range<usize>],
    file: FileId,
    base: usize,
    typography: Typography,
    events: Peekable<OffsetIter<'a, F>>,
    depth: usize,
    /// Whether the last disclosure was closed, rather than cut off by the end of what it stands in.
    disclosure_closed: bool,
    /// The level of the last heading; 1 before the first, for the page's title.
    level: u8,
    body: Body,
    notes: Notes,
    anchors: BTreeSet<String>,
}

/// Where a run of blocks ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the file.
    File,
    /// With this tag.
    Tag(TagEnd),
    /// With `</details>`, or with the end of what the disclosure stands in.
    Disclosure,
}

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.base..range.end + self.base)
    }

    /// The first blank in a range.
    fn blank_in(&self, range: &Range<usize>) -> Option<Range<usize>> {
        self.blanks.iter().find(|blank| range.start <= blank.start && blank.end <= range.end).cloned()
    }

    /// The range without the line ends and blanks that close it.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let kept = self.text[range.clone()].trim_end().len();
        range.start..range.start + kept
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.body.diagnostics.push(diagnostic);
    }

    /// Blocks up to `end`.
    fn blocks(&mut self, end: End) -> Vec<Block> {
        let mut blocks = Vec::new();
        // A tight list item holds inline events without a paragraph around them.
        let mut line: Option<(Line, Range<usize>)> = None;
        while let Some((event, range)) = self.events.next_if(|(event, _)| end != End::Disclosure || !ends_block(event))
        {
            match event {
                Event::End(tag) if End::Tag(tag) == end => break,
                Event::Start(Tag::HtmlBlock) if end == End::Disclosure && self.ends_disclosure(&range) => {
                    self.skip(TagEnd::HtmlBlock);
                    self.disclosure_closed = true;
                    break;
                }
                Event::Start(tag) if is_block(&tag) => {
                    self.flush(&mut line, &mut blocks);
                    if let Some(block) = self.block(tag, range.clone()) {
                        self.caption_above(&block, &blocks);
                        if is_caption_of(&block, blocks.last()) {
                            self.caption_without_space(range);
                        }
                        add_block(block, &mut blocks);
                    }
                }
                Event::Rule => {
                    self.flush(&mut line, &mut blocks);
                    blocks.push(Block { kind: BlockKind::Rule, span: self.span(self.trimmed(range)) });
                }
                Event::Html(_) => {}
                Event::TaskListMarker(_) | Event::End(_) => {}
                inline => {
                    let (mut content, place) = line.take().unwrap_or_else(|| (Line::default(), range.clone()));
                    let place = place.start..range.end;
                    self.inline(inline, range, &mut content);
                    line = Some((content, place));
                }
            }
        }
        self.flush(&mut line, &mut blocks);
        blocks
    }

    fn flush(&mut self, line: &mut Option<(Line, Range<usize>)>, blocks: &mut Vec<Block>) {
        if let Some((content, range)) = line.take() {
            let span = self.span(self.trimmed(range));
            let content = self.finish(content);
            blocks.push(Block { kind: BlockKind::Line(content), span });
        }
    }

    fn block(&mut self, tag: Tag<'a>, range: Range<usize>) -> Option<Block> {
        self.depth += 1;
        let block = if self.depth > MAX_DEPTH { self.too_deep(&tag, &range) } else { self.block_kind(tag, &range) };
        self.depth -= 1;
        block.map(|kind| Block { kind, span: self.span(self.trimmed(range)) })
    }

    fn too_deep(&mut self, tag: &Tag<'a>, range: &Range<usize>) -> Option<BlockKind> {
        self.skip(tag.to_end());
        let first_line = self.text[range.clone()].find('\n').map_or(range.end, |i| range.start + i);
        let message = format!("blocks are nested more than {MAX_DEPTH} deep here");
        let span = self.span(range.start..first_line);
        self.say(Diagnostic::new(&code::TOO_DEEP, span, message).hint("write this as a flat list or as paragraphs"));
        None
    }

    /// Passes over everything up to the end that matches an already opened tag.
    fn skip(&mut self, end: TagEnd) {
        let mut open = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(tag) if tag.to_end() == end => open += 1,
                Event::End(tag) if tag == end => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn block_kind(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Option<BlockKind> {
        let end = tag.to_end();
        Some(match tag {
            Tag::Paragraph => self.paragraph(end, range),
            Tag::Heading { level, id, classes, attrs } => {
                let content = self.inlines(end);
                let attributes = Attributes {
                    id: id.map(|id| id.to_string()),
                    classes: classes.iter().map(ToString::to_string).collect(),
                    pairs: attrs
                        .iter()
                        .map(|(k, v)| (k.to_string(), v.as_ref().map(ToString::to_string).unwrap_or_default()))
                        .collect(),
                };
                let anchor = self.anchor(&attributes, &content, range);
                self.level = level as u8;
                BlockKind::Heading(Heading { level: level as u8, anchor, content, attributes })
            }
            Tag::BlockQuote(None) => self.quotation(end, range),
            Tag::BlockQuote(Some(kind)) => BlockKind::Callout(quotation::callout(kind), self.blocks(End::Tag(end))),
            Tag::CodeBlock(kind) => self.code(kind, end),
            Tag::List(start) => BlockKind::List(List { start, items: self.items(end) }),
            Tag::Table(columns) => self.table(&columns, end),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(End::Tag(end));
                self.blank_in_note(&blocks);
                let span = self.span(self.trimmed(range.clone()));
                self.notes.definitions.insert(label.to_string(), (blocks, span));
                return None;
            }
            Tag::HtmlBlock => return self.html_block(range),
            Tag::DefinitionList => {
                self.table_in_meaning(range);
                self.definitions(end)
            }
            _ => {
                self.skip(end);
                return None;
            }
        })
    }

    fn blank_in_note(&mut self, note: &[Block]) {
        let mut found = None;
        walk(note, &mut |node| {
            if let Node::Inline(Inline::Blank(span)) = node {
                found = found.or(Some(*span));
            }
        });
        self.body.diagnostics.extend(found.map(blanks::out_of_reach));
    }

    /// The anchor of a heading, unique on its page.
    fn anchor(&mut self, attributes: &Attributes, content: &[Inline], range: &Range<usize>) -> String {
        let base = attributes.id.clone().unwrap_or_else(|| text::slug(&plain_text(content), 60));
        let mut anchor = base.clone();
        let mut count = 1;
        while !self.anchors.insert(anchor.clone()) {
            count += 1;
            anchor = format!("{base}-{count}");
        }
        if count > 1 && attributes.id.is_some() {
            let span = self.span(self.trimmed(range.clone()));
            let message = format!("the id `{base}` stands twice on this page");
            self.say(Diagnostic::new(&code::DUPLICATE_ID, span, message).hint("give one of them another id"));
        }
        anchor
    }

    fn paragraph(&mut self, end: TagEnd, range: &Range<usize>) -> BlockKind {
        let whole = self.trimmed(range.clone());
        let as_written = self.blank_in(&whole).map(|_| self.text[whole.clone()].trim_matches('$'));
        let formula = match self.events.peek() {
            Some((Event::DisplayMath(tex), place)) if whole == *place => Some(as_written.unwrap_or(tex).to_owned()),
            _ => None,
        };
        if let Some(tex) = formula {
            self.skip(end);
            return self.formula(tex, range);
        }
        let content = self.inlines(end);
        self.paragraph_of(content)
    }

    fn formula(&mut self, tex: String, range: &Range<usize>) -> BlockKind {
        self.judge_formula(&tex, Display::Block, range);
        BlockKind::Formula(Formula { tex, wording: None })
    }

    fn code(&mut self, kind: CodeBlockKind<'a>, end: TagEnd) -> BlockKind {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(str::to_owned),
            CodeBlockKind::Indented => None,
        };
        let mut text = String::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Text(_) if self.blank_in(&range).is_some() => text.push_str(&self.text[range]),
                Event::Text(part) => text.push_str(&part),
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        BlockKind::Code { language, text }
    }

    fn items(&mut self, end: TagEnd) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => {
                    let span = self.span(self.trimmed(range.clone()));
                    let marker = task_marker(&self.text[range]);
                    items.push(Item { marker, blocks: self.blocks(End::Tag(TagEnd::Item)), span });
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        items
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// Whether an event ends what a block stands in, rather than the block itself.
fn ends_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::End(
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition
        )
    )
}

/// Whether a link leads to a file of the course that is no page.
fn is_file(destination: &str) -> bool {
    !destination.contains(':')
        && !destination.starts_with('#')
        && !destination.split('#').next().is_some_and(|path| path.ends_with(".md"))
}

/// Whether a paragraph is the caption of a table right above it.
fn is_caption_of(block: &Block, above: Option<&Block>) -> bool {
    let bare = matches!(above.map(|above| &above.kind), Some(BlockKind::Table(table)) if table.caption.is_none());
    bare && matches!(&block.kind, BlockKind::Paragraph(content) if table::caption(content).is_some())
}

/// Adds a block; a paragraph that starts with `: ` right after a table is the table's caption.
fn add_block(block: Block, blocks: &mut Vec<Block>) {
    if let (Some(Block { kind: BlockKind::Table(table), .. }), BlockKind::Paragraph(content)) =
        (blocks.last_mut(), &block.kind)
        && table.caption.is_none()
        && let Some(caption) = table::caption(content)
    {
        table.caption = Some(caption);
        return;
    }
    blocks.push(block);
}

/// The marker at the start of a list item's source: `- [x] `, `2. [ ] `.
fn task_marker(item: &str) -> Option<bool> {
    let after_bullet = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = after_bullet.get(1..)?.trim_start();
    let inside = mark.strip_prefix('[')?;
    let rest = inside.get(1..)?.strip_prefix(']')?;
    if !rest.starts_with([' ', '\t', '\n']) {
        return None;
    }
    match inside.chars().next()? {
        'x' | 'X' => Some(true),
        ' ' | '\t' => Some(false),
        _ => None,
    }
}
