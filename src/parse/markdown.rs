//! Markdown events to blocks. Knows CommonMark and the GitHub extensions, not questions.
//!
//! Nothing is replaced in the text before it is parsed, so every block keeps its place in the author's file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{
    Alignment as CmAlignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag,
    TagEnd,
};

use crate::code;
use crate::course::{
    Alignment, Attributes, Block, BlockKind, CalloutKind, Footnote, Heading, Image, Inline, Item, Link, List,
    Quotation, Table, plain_text,
};
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::FileId;
use crate::text;
use crate::typography::Typography;

/// Blocks may be nested this deep; deeper ones are refused rather than risked.
const MAX_DEPTH: usize = 40;

/// The mark after an image that needs no alternative.
const DECORATIVE: &str = "{decorative}";

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
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let broken = std::cell::RefCell::new(Vec::new());
    let callback = |link: pulldown_cmark::BrokenLink<'_>| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let events = Parser::new_with_broken_link_callback(text, options, Some(callback)).into_offset_iter();
    let (body, notes, anchors) = (Body::default(), Notes::default(), BTreeSet::new());
    let mut reader = Reader { text, file, base, typography, events, depth: 0, body, notes, anchors };
    reader.body.blocks = reader.blocks(None);
    let Reader { mut body, notes, .. } = reader;
    let place = |range: Range<usize>| Span::new(file, range.start + base..range.end + base);
    for (range, label) in broken.into_inner() {
        let message = format!("the reference `[{label}]` is defined nowhere in this file");
        let hint = format!("add a line such as: [{label}]: https://example.org");
        body.diagnostics.push(Diagnostic::new(&code::BROKEN_LINK, place(range), message).hint(hint));
    }
    notes.finish(&mut body);
    body
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
    text: &'a str,
    file: FileId,
    base: usize,
    typography: Typography,
    events: OffsetIter<'a, F>,
    depth: usize,
    body: Body,
    notes: Notes,
    anchors: BTreeSet<String>,
}

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start + self.base..range.end + self.base)
    }

    /// The range without the line ends and blanks that close it.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let kept = self.text[range.clone()].trim_end().len();
        range.start..range.start + kept
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.body.diagnostics.push(diagnostic);
    }

    /// Blocks up to the end tag `end`, or to the end of the file.
    fn blocks(&mut self, end: Option<TagEnd>) -> Vec<Block> {
        let mut blocks = Vec::new();
        // A tight list item holds inline events without a paragraph around them.
        let mut line: Option<(Vec<Inline>, Range<usize>)> = None;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(tag) if Some(tag) == end => break,
                Event::Start(tag) if is_block(&tag) => {
                    self.flush(&mut line, &mut blocks);
                    if let Some(block) = self.block(tag, range) {
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
                    let (mut content, place) = line.take().unwrap_or_else(|| (Vec::new(), range.clone()));
                    let place = place.start..range.end;
                    self.inline(inline, range, &mut content);
                    line = Some((content, place));
                }
            }
        }
        self.flush(&mut line, &mut blocks);
        blocks
    }

    fn flush(&mut self, line: &mut Option<(Vec<Inline>, Range<usize>)>, blocks: &mut Vec<Block>) {
        if let Some((content, range)) = line.take() {
            let span = self.span(self.trimmed(range));
            let content = self.polish(content);
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
            Tag::Paragraph => self.paragraph(end),
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
                BlockKind::Heading(Heading { level: level as u8, anchor, content, attributes })
            }
            Tag::BlockQuote(None) => self.quotation(end, range),
            Tag::BlockQuote(Some(kind)) => BlockKind::Callout(callout(kind), self.blocks(Some(end))),
            Tag::CodeBlock(kind) => self.code(kind, end),
            Tag::List(start) => BlockKind::List(List { start, items: self.items(end) }),
            Tag::Table(columns) => self.table(&columns, end),
            Tag::FootnoteDefinition(label) => {
                let blocks = self.blocks(Some(end));
                let span = self.span(self.trimmed(range.clone()));
                self.notes.definitions.insert(label.to_string(), (blocks, span));
                return None;
            }
            Tag::HtmlBlock => {
                self.skip(end);
                self.html(range);
                return None;
            }
            _ => {
                self.skip(end);
                return None;
            }
        })
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

    fn paragraph(&mut self, end: TagEnd) -> BlockKind {
        let content = self.inlines(end);
        match content.as_slice() {
            [Inline::Image(image)] => BlockKind::Figure(image.clone()),
            _ => BlockKind::Paragraph(content),
        }
    }

    fn quotation(&mut self, end: TagEnd, range: &Range<usize>) -> BlockKind {
        let mut blocks = self.blocks(Some(end));
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

    fn code(&mut self, kind: CodeBlockKind<'a>, end: TagEnd) -> BlockKind {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().map(str::to_owned),
            CodeBlockKind::Indented => None,
        };
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
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
                    items.push(Item { marker, blocks: self.blocks(Some(TagEnd::Item)), span });
                }
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self, columns: &[CmAlignment], end: TagEnd) -> BlockKind {
        let columns = columns
            .iter()
            .map(|alignment| match alignment {
                CmAlignment::None | CmAlignment::Left => Alignment::Start,
                CmAlignment::Center => Alignment::Center,
                CmAlignment::Right => Alignment::End,
            })
            .collect();
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
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
        BlockKind::Table(Table { caption: None, columns, head, rows })
    }

    fn html(&mut self, range: &Range<usize>) {
        let span = self.span(self.trimmed(range.clone()));
        let source = &self.text[range.clone()];
        let trimmed = source.trim();
        let only_comment = trimmed.starts_with("<!--") && trimmed.find("-->").is_some_and(|i| i + 3 == trimmed.len());
        if !only_comment {
            let hint = "write it in Markdown; raw HTML does not reach the package";
            let start = trimmed.lines().next().unwrap_or_default().to_owned();
            self.say(Diagnostic::new(&code::HTML_DROPPED, span, format!("raw HTML is left out: {start}")).hint(hint));
        }
    }

    /// Inlines up to `end`, with typography applied.
    fn inlines(&mut self, end: TagEnd) -> Vec<Inline> {
        let mut content = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                event => self.inline(event, range, &mut content),
            }
        }
        self.polish(content)
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>, content: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => push_text(content, &text),
            Event::SoftBreak => push_text(content, "\n"),
            Event::HardBreak => content.push(Inline::Break),
            Event::Code(code) => content.push(Inline::Code(code.to_string())),
            Event::FootnoteReference(label) => content.push(self.notes.call(&label)),
            Event::InlineHtml(_) => self.html(&range),
            Event::Start(Tag::Emphasis) => content.push(Inline::Emphasis(self.inlines(TagEnd::Emphasis))),
            Event::Start(Tag::Strong) => content.push(Inline::Strong(self.inlines(TagEnd::Strong))),
            Event::Start(Tag::Strikethrough) => {
                content.push(Inline::Strikethrough(self.inlines(TagEnd::Strikethrough)));
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let inner = self.link_text(link_type);
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                content.push(Inline::Link(Link { destination, content: inner, span: self.span(range) }));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let alternative = plain_text(&self.inlines(TagEnd::Image)).trim().to_owned();
                let caption = (!title.trim().is_empty()).then(|| self.typography.apply(title.trim()).into_owned());
                let destination = dest_url.to_string();
                content.push(Inline::Image(Image { destination, alternative, caption, span: self.span(range) }));
            }
            _ => {}
        }
    }

    /// The text of a link; an address shown as such keeps its own spacing.
    fn link_text(&mut self, link_type: LinkType) -> Vec<Inline> {
        let typography = self.typography;
        if matches!(link_type, LinkType::Autolink | LinkType::Email) {
            self.typography = Typography::Plain;
        }
        let content = self.inlines(TagEnd::Link);
        self.typography = typography;
        content
    }

    /// Applies typography and settles which images are decorative.
    fn polish(&mut self, content: Vec<Inline>) -> Vec<Inline> {
        let mut polished: Vec<Inline> = Vec::with_capacity(content.len());
        let mut unsettled: Option<Span> = None;
        for inline in content {
            if let (Some(span), Inline::Text(text)) = (unsettled, &inline)
                && let Some(rest) = text.strip_prefix(DECORATIVE)
            {
                unsettled = None;
                if let Some(Inline::Image(image)) = polished.last_mut() {
                    image.alternative.clear();
                    image.span = Span { end: span.end, ..span };
                }
                if !rest.is_empty() {
                    polished.push(Inline::Text(self.typography.apply(rest).into_owned()));
                }
                continue;
            }
            self.unsettled_image(unsettled.take());
            if let Inline::Image(image) = &inline
                && image.alternative.is_empty()
            {
                unsettled = Some(image.span);
            }
            polished.push(match inline {
                Inline::Text(text) => Inline::Text(self.typography.apply(&text).into_owned()),
                other => other,
            });
        }
        self.unsettled_image(unsettled);
        polished
    }

    fn unsettled_image(&mut self, image: Option<Span>) {
        let Some(span) = image else { return };
        let source = &self.text[span.start as usize - self.base..span.end as usize - self.base];
        let message = "this image has no text alternative: a learner who cannot see it misses what it says";
        let described = source.replacen("![", "![what the image shows", 1);
        let diagnostic = Diagnostic::new(&code::IMAGE_ALT_MISSING, span, message)
            .hint(format!("describe it in the brackets: {described}"))
            .hint(format!("if it is mere decoration, say so: {source}{DECORATIVE}"));
        self.say(diagnostic);
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

/// Adds a block; a paragraph that starts with `: ` right after a table is the table's caption.
fn add_block(block: Block, blocks: &mut Vec<Block>) {
    if let (Some(Block { kind: BlockKind::Table(table), .. }), BlockKind::Paragraph(content)) =
        (blocks.last_mut(), &block.kind)
        && let [Inline::Text(first), rest @ ..] = content.as_slice()
        && let Some(first) = first.strip_prefix(": ")
        && table.caption.is_none()
    {
        let mut caption = vec![Inline::Text(first.to_owned())];
        caption.extend_from_slice(rest);
        table.caption = Some(caption);
        return;
    }
    blocks.push(block);
}

fn push_text(content: &mut Vec<Inline>, text: &str) {
    match content.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => content.push(Inline::Text(text.to_owned())),
    }
}

fn callout(kind: BlockQuoteKind) -> CalloutKind {
    match kind {
        BlockQuoteKind::Note => CalloutKind::Note,
        BlockQuoteKind::Tip => CalloutKind::Tip,
        BlockQuoteKind::Important => CalloutKind::Important,
        BlockQuoteKind::Warning => CalloutKind::Warning,
        BlockQuoteKind::Caution => CalloutKind::Caution,
    }
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
