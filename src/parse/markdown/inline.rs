//! Inline events to inlines: text with its typography, links, images.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Reader;
use crate::code;
use crate::course::{Image, Inline, Link, plain_text};
use crate::diagnostic::{Diagnostic, Span};
use crate::media;
use crate::typography::Typography;

/// The mark after an image that needs no alternative.
const DECORATIVE: &str = "{decorative}";

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    /// Inlines up to `end`, with typography applied.
    pub(super) fn inlines(&mut self, end: TagEnd) -> Vec<Inline> {
        let mut content = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                event => self.inline(event, range, &mut content),
            }
        }
        self.polish(content)
    }

    pub(super) fn inline(&mut self, event: Event<'a>, range: Range<usize>, content: &mut Vec<Inline>) {
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
    pub(super) fn polish(&mut self, content: Vec<Inline>) -> Vec<Inline> {
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
                && !media::is_played(&image.destination)
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

fn push_text(content: &mut Vec<Inline>, text: &str) {
    match content.last_mut() {
        Some(Inline::Text(last)) => last.push_str(text),
        _ => content.push(Inline::Text(text.to_owned())),
    }
}
