//! Blocks and inlines to HTML. Classes, never styles; ids that are unique in the document.

use super::UnitLinks;
use super::html::Html;
use crate::catalogue::Catalogue;
use crate::check::Facts;
use crate::check::links::{Destination, Place};
use crate::course::{
    Alignment, Block, BlockKind, CalloutKind, Definition, Disclosure, Formula, Image, Inline, Item, Link, List, Markup,
    Page, Question, Quotation, Table, plain_text,
};
use crate::language::Language;
use crate::lock::Numbers;
use crate::math::{self, Display};
use crate::text;

/// What rendering a page needs to know.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) numbers: &'a Numbers,
    pub(super) words: &'a Catalogue,
    /// Of the course.
    pub(super) language: &'a Language,
    pub(super) unit_links: UnitLinks,
    pub(super) page: &'a Page,
    /// The question that is being written, whose blanks they are.
    pub(super) question: Option<&'a Question>,
}

impl Context<'_> {
    /// The id of the page's section, which begins every id on it.
    pub(super) fn section(&self) -> String {
        format!("p{}", self.numbers.page(&self.page.id))
    }

    /// Renders blocks that stand by themselves: a feedback, an explanation.
    pub(super) fn fragment(&self, blocks: &[Block]) -> String {
        let mut html = Html::default();
        self.blocks(blocks, &mut html);
        html.finish().trim_end().to_owned()
    }

    /// Renders a line of text that stands by itself.
    pub(super) fn line(&self, content: &[Inline]) -> String {
        let mut html = Html::default();
        self.inlines(content, &mut html);
        html.finish()
    }

    pub(super) fn blocks(&self, blocks: &[Block], html: &mut Html) {
        for block in blocks {
            self.block(block, html);
        }
    }

    pub(super) fn block(&self, block: &Block, html: &mut Html) {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let tag = format!("h{}", heading.level.clamp(2, 6));
                let id = format!("{}-{}", self.section(), heading.anchor);
                html.open(&tag, &[("id", &id)]);
                self.inlines(&heading.content, html);
                html.close(&tag);
            }
            BlockKind::Paragraph(content) => {
                html.open("p", &[]);
                self.inlines(content, html);
                html.close("p");
            }
            BlockKind::Line(content) => self.inlines(content, html),
            BlockKind::Figure(image) => self.figure(image, html),
            BlockKind::Media(media) => self.media(media, html),
            BlockKind::ExternalVideo(video) => self.external_video(video, html),
            BlockKind::List(list) => self.list(list, html),
            BlockKind::Table(table) => self.table(table, html),
            BlockKind::DataTable(table) => self.data_table(table, html),
            BlockKind::Quotation(quotation) => self.quotation(quotation, html),
            BlockKind::Callout(kind, blocks) => self.callout(*kind, blocks, html),
            BlockKind::Code { language, text } => {
                let class = language.as_ref().map(|language| format!("language-{language}"));
                let attributes: Vec<(&str, &str)> = class.iter().map(|class| ("class", class.as_str())).collect();
                html.open("pre", &[]).element("code", &attributes, text).close("pre");
            }
            BlockKind::Rule => {
                html.open("hr", &[]);
            }
            BlockKind::Definitions(definitions) => self.definitions(definitions, html),
            BlockKind::Disclosure(Disclosure { summary, blocks }) => {
                html.open("details", &[]).open("summary", &[]);
                self.inlines(summary, html);
                html.close("summary").line();
                self.blocks(blocks, html);
                html.close("details");
            }
            BlockKind::Download(link) => {
                html.open("p", &[("class", "download")]);
                self.inlines(link, html);
                html.close("p");
            }
            BlockKind::Formula(formula) => self.formula(formula, html),
            BlockKind::Question(question) => self.question(question, html),
        }
        html.line();
    }

    fn definitions(&self, definitions: &[Definition], html: &mut Html) {
        html.open("dl", &[]);
        for Definition { term, meanings } in definitions {
            html.open("dt", &[]);
            self.inlines(term, html);
            html.close("dt");
            for meaning in meanings {
                html.open("dd", &[]);
                self.contents(meaning, html);
                html.close("dd");
            }
        }
        html.close("dl");
    }

    /// A formula in a box of its own that scrolls when it is wide, and its words where the author gives some.
    fn formula(&self, formula: &Formula, html: &mut Html) {
        let label = self.words.get("formula");
        html.open("div", &[("class", "scroll"), ("role", "group"), ("aria-label", label), ("tabindex", "0")]);
        self.mathml(formula, Display::Block, html);
        html.close("div");
        if let Some(wording) = &formula.wording {
            html.line().open("details", &[]).element("summary", &[], self.words.get("formula-in-words"));
            html.element("p", &[], wording).close("details");
        }
    }

    fn mathml(&self, formula: &Formula, display: Display, html: &mut Html) {
        let Ok(mathml) = math::to_mathml(&formula.tex, display, self.language) else {
            return;
        };
        // A tag of its own, for the value to be escaped as all others are.
        let (start, rest) = mathml.split_once('>').unwrap_or((mathml.as_str(), ""));
        let block = start.contains("display=\"block\"").then_some(("display", "block"));
        let wording = formula.wording.as_deref().map(|wording| ("alttext", wording));
        let attributes: Vec<(&str, &str)> = block.into_iter().chain(wording).collect();
        html.open("math", &attributes).raw(rest);
    }

    /// Blocks of which a lone paragraph needs no tag of its own.
    fn contents(&self, blocks: &[Block], html: &mut Html) {
        if let [Block { kind: BlockKind::Paragraph(content) | BlockKind::Line(content), .. }] = blocks {
            self.inlines(content, html);
        } else {
            self.blocks(blocks, html);
        }
    }

    fn list(&self, list: &List, html: &mut Html) {
        let start = list.start.filter(|start| *start != 1).map(|start| start.to_string());
        let attributes: Vec<(&str, &str)> = start.iter().map(|start| ("start", start.as_str())).collect();
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        html.open(tag, &attributes);
        for item in &list.items {
            html.open("li", &[]);
            self.item(item, html);
            html.close("li");
        }
        html.close(tag);
    }

    /// Outside a question a task marker is only what the author wrote.
    fn item(&self, item: &Item, html: &mut Html) {
        if let Some(done) = item.marker {
            html.text(if done { "[x] " } else { "[ ] " });
        }
        for (index, block) in item.blocks.iter().enumerate() {
            if index > 0 {
                html.line();
            }
            match &block.kind {
                BlockKind::Line(content) => self.inlines(content, html),
                _ => self.block(block, html),
            }
        }
    }

    pub(super) fn table(&self, table: &Table, html: &mut Html) {
        let class = |column: usize| match table.columns.get(column) {
            Some(Alignment::Center) => Some("center"),
            Some(Alignment::End) => Some("end"),
            _ => None,
        };
        let cell = |html: &mut Html, tag: &str, scope: &str, column: usize, content: &[Inline]| {
            let mut attributes = Vec::new();
            attributes.extend((!scope.is_empty()).then_some(("scope", scope)));
            attributes.extend(class(column).map(|class| ("class", class)));
            html.open(tag, &attributes);
            self.inlines(content, html);
            html.close(tag);
        };
        // A table that is wider than the window is scrolled with the keys too.
        let label = table.caption.as_deref().map_or(self.words.get("table").to_owned(), plain_text);
        let scroll = [("class", "scroll"), ("role", "group"), ("aria-label", label.trim()), ("tabindex", "0")];
        html.open("div", &scroll).open("table", &[]);
        if let Some(caption) = &table.caption {
            html.open("caption", &[]);
            self.inlines(caption, html);
            html.close("caption");
        }
        html.open("thead", &[]).open("tr", &[]);
        for (column, content) in table.head.iter().enumerate() {
            cell(html, "th", "col", column, content);
        }
        html.close("tr").close("thead").open("tbody", &[]);
        for row in &table.rows {
            html.open("tr", &[]);
            for (column, content) in row.iter().enumerate() {
                let (tag, scope) = if column == 0 { ("th", "row") } else { ("td", "") };
                cell(html, tag, scope, column, content);
            }
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    /// RGAA 1.9: a captioned image is a figure whose label is the text of its caption.
    fn figure(&self, image: &Image, html: &mut Html) {
        let Some(caption) = &image.caption else {
            html.open("p", &[("class", "figure")]);
            self.image(image, html);
            html.close("p");
            return;
        };
        html.open("figure", &[("role", "figure"), ("aria-label", caption)]);
        self.image(image, html);
        html.element("figcaption", &[], caption).close("figure");
    }

    fn image(&self, image: &Image, html: &mut Html) {
        let Ok(Destination::File(path)) = self.facts.links.follow(&image.destination, image.span) else {
            return;
        };
        let Some(medium) = self.facts.media.get(path) else {
            return;
        };
        let size = medium.asset.dimensions.map(|(width, height)| (width.to_string(), height.to_string()));
        // Not lazy: a page that never showed would be printed without its images.
        let mut attributes = vec![("src", medium.path.as_str()), ("alt", image.alternative.as_str())];
        if let Some((width, height)) = &size {
            attributes.extend([("width", width.as_str()), ("height", height.as_str())]);
        }
        html.open("img", &attributes);
    }

    fn quotation(&self, quotation: &Quotation, html: &mut Html) {
        let Some(attribution) = &quotation.attribution else {
            html.open("blockquote", &[]);
            self.blocks(&quotation.blocks, html);
            html.close("blockquote");
            return;
        };
        let label = format!("— {}", plain_text(attribution).trim());
        html.open("figure", &[("role", "figure"), ("aria-label", &label), ("class", "quotation")]);
        html.open("blockquote", &[]);
        self.blocks(&quotation.blocks, html);
        html.close("blockquote").open("figcaption", &[]).text("— ");
        self.inlines(attribution, html);
        html.close("figcaption").close("figure");
    }

    fn callout(&self, kind: CalloutKind, blocks: &[Block], html: &mut Html) {
        let word = match kind {
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Important => "important",
            CalloutKind::Warning => "warning",
            CalloutKind::Caution => "caution",
        };
        html.open("div", &[("role", "note"), ("class", &format!("callout {word}"))]);
        html.open("p", &[("class", "callout-name")]).element("strong", &[], self.words.get(word)).close("p");
        self.blocks(blocks, html);
        html.close("div");
    }

    pub(super) fn inlines(&self, content: &[Inline], html: &mut Html) {
        for inline in content {
            match inline {
                Inline::Text(text) => {
                    html.text(text);
                }
                Inline::Emphasis(inner) => self.wrapped("em", inner, html),
                Inline::Strong(inner) => self.wrapped("strong", inner, html),
                Inline::Strikethrough(inner) => self.wrapped("s", inner, html),
                Inline::Code(code) => {
                    html.element("code", &[], code);
                }
                Inline::Link(link) => self.link(link, html),
                Inline::Image(image) => self.image(image, html),
                Inline::FootnoteCall { note, first } => self.footnote_call(*note, *first, html),
                Inline::Blank(span) => self.blank(*span, html),
                Inline::Break => {
                    html.open("br", &[]);
                }
                Inline::Math(formula) => self.mathml(formula, Display::Inline, html),
                Inline::Markup(Markup { element, attributes, content }) => {
                    let attributes: Vec<(&str, &str)> = attributes.iter().map(|(n, v)| (*n, v.as_str())).collect();
                    html.open(element, &attributes);
                    self.inlines(content, html);
                    html.close(element);
                }
            }
        }
    }

    fn wrapped(&self, tag: &str, inner: &[Inline], html: &mut Html) {
        html.open(tag, &[]);
        self.inlines(inner, html);
        html.close(tag);
    }

    /// A link that leaves the document opens elsewhere and says so: in an LMS's frame it would replace the course.
    fn link(&self, link: &Link, html: &mut Html) {
        let Ok(destination) = self.facts.links.follow(&link.destination, link.span) else {
            return self.inlines(&link.content, html);
        };
        let (href, note) = match destination {
            Destination::Here(place) => (self.address_of(place), None),
            Destination::OtherUnit { place, unit, .. } if self.unit_links == UnitLinks::Links => {
                (format!("{}{}", self.facts.documents[unit].as_str(), self.address_of(place)), None)
            }
            Destination::OtherUnit { title, .. } => return self.in_other_unit(title, &link.content, html),
            Destination::File(path) => match self.facts.media.get(path) {
                Some(medium) => (medium.path.as_str().to_owned(), Some(self.download_note(path, medium.asset.size))),
                None => return self.inlines(&link.content, html),
            },
            Destination::Outside(address) if address.starts_with("http") => {
                return self.outside(address, &link.content, html);
            }
            Destination::Outside(address) => (address.to_owned(), None),
        };
        let mut attributes = vec![("href", href.as_str())];
        attributes.extend(note.is_some().then_some(("download", "")));
        html.open("a", &attributes);
        self.inlines(&link.content, html);
        if let Some(note) = note {
            html.text(" ").element("small", &[], &note);
        }
        html.close("a");
    }

    /// The end of the address of something in the course.
    fn address_of(&self, place: Place<'_>) -> String {
        match place {
            Place::Page(id) => format!("#p{}", self.numbers.page(id)),
            Place::Heading(id, anchor) => format!("#p{}-{anchor}", self.numbers.page(id)),
            Place::Question(id) => format!("#q{}", self.numbers.question(id).number),
        }
    }

    /// The text of a link to another unit, and where that is: the LMS opens it, no link of ours.
    fn in_other_unit(&self, title: &str, content: &[Inline], html: &mut Html) {
        self.inlines(content, html);
        if !text::folded(&plain_text(content)).contains(&text::folded(title)) {
            html.text(" ").element("small", &[], &self.words.fill("in-other-unit", &[("title", title)]));
        }
    }

    pub(super) fn outside(&self, address: &str, content: &[Inline], html: &mut Html) {
        html.open("a", &[("href", address), ("target", "_blank"), ("rel", "noopener")]);
        self.inlines(content, html);
        html.text(" ").element("small", &[], self.words.get("new-window")).close("a");
    }

    pub(super) fn download_note(&self, path: &str, size: u64) -> String {
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_uppercase();
        self.words.fill("download", &[("extension", &extension), ("size", &size_text(size, self.words.language))])
    }

    fn footnote_call(&self, note: usize, first: bool, html: &mut Html) {
        let number = (note + 1).to_string();
        let section = self.section();
        let label = self.words.fill("note-call", &[("n", &number)]);
        let (href, id) = (format!("#{section}-note{number}"), format!("{section}-call{number}"));
        let mut attributes = vec![("href", href.as_str()), ("aria-label", &label)];
        attributes.extend(first.then_some(("id", id.as_str())));
        html.open("sup", &[]);
        html.element("a", &attributes, &number).close("sup");
    }

    /// The notes at the end of the page.
    pub(super) fn footnotes(&self, html: &mut Html) {
        if self.page.footnotes.is_empty() {
            return;
        }
        let section = self.section();
        html.open("div", &[("class", "notes")]);
        html.element("h2", &[("id", &format!("{section}-notes"))], self.words.get("notes")).open("ol", &[]);
        for (index, note) in self.page.footnotes.iter().enumerate() {
            let number = (index + 1).to_string();
            html.open("li", &[("id", &format!("{section}-note{number}"))]);
            for block in &note.blocks {
                match &block.kind {
                    BlockKind::Paragraph(content) | BlockKind::Line(content) => self.inlines(content, html),
                    _ => self.block(block, html),
                }
            }
            let label = self.words.fill("note-back", &[("n", &number)]);
            let back = format!("#{section}-call{number}");
            html.text(" ").element("a", &[("href", &back), ("aria-label", &label)], "↩").close("li");
        }
        html.close("ol").close("div").line();
    }
}

/// A size as people read it: bytes up to 1,000, then kB or MB with one decimal.
fn size_text(size: u64, language: &str) -> String {
    let (byte, kilo, mega) = if language == "fr" { ("o", "ko", "Mo") } else { ("B", "kB", "MB") };
    let decimal = |n: u64| {
        let text = format!("{}.{}", n / 10, n % 10);
        let text = text.trim_end_matches(".0").to_owned();
        if language == "fr" { text.replace('.', ",") } else { text }
    };
    match size {
        0..1_000 => format!("{size}\u{a0}{byte}"),
        1_000..1_000_000 => format!("{}\u{a0}{kilo}", decimal(size / 100)),
        _ => format!("{}\u{a0}{mega}", decimal(size / 100_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_read_them() {
        for (size, french, english) in [
            (12, "12\u{a0}o", "12\u{a0}B"),
            (1_234, "1,2\u{a0}ko", "1.2\u{a0}kB"),
            (5_000_000, "5\u{a0}Mo", "5\u{a0}MB"),
        ] {
            assert_eq!(size_text(size, "fr"), french);
            assert_eq!(size_text(size, "en"), english);
        }
    }
}
