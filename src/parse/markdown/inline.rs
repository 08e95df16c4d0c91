//! Inline events to inlines: text with its typography, links, images.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::data_table::is_table;
use super::html::Opened;
use super::{Reader, blanks};
use crate::code;
use crate::course::{Formula, Image, Inline, Link, plain_text};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::Language;
use crate::math::{self, Display};
use crate::media;
use crate::typography::Typography;

/// A line of text as it is read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) content: Vec<Inline>,
    /// From its first to its last event, in bytes of the text.
    pub(super) place: Option<Range<usize>>,
    /// The HTML elements that are still open, outermost first.
    pub(super) open: Vec<Opened>,
}

/// The mark after an image that needs no alternative.
const DECORATIVE: &str = "{decorative}";

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    /// Inlines up to `end`, with typography applied.
    pub(super) fn inlines(&mut self, end: TagEnd) -> Vec<Inline> {
        let mut line = Line::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(tag) if tag == end => break,
                event => self.inline(event, range, &mut line),
            }
        }
        self.finish(line)
    }

    /// The inlines of a line that has ended.
    pub(super) fn finish(&mut self, mut line: Line) -> Vec<Inline> {
        self.unclosed_markup(&mut line);
        self.unread_formula(&line);
        self.polish(line.content)
    }

    pub(super) fn inline(&mut self, event: Event<'a>, range: Range<usize>, line: &mut Line) {
        let start = line.place.as_ref().map_or(range.start, |place| place.start);
        line.place = Some(start..range.end);
        let content = &mut line.content;
        match event {
            Event::Text(text) if self.blank_in(&range).is_none() => push_text(content, &text),
            Event::Text(_) => self.text_with_blanks(range, content),
            Event::SoftBreak => push_text(content, "\n"),
            Event::HardBreak => content.push(Inline::Break),
            Event::Code(_) if self.blank_in(&range).is_some() => {
                let code = self.text[range].trim_matches('`').trim();
                content.push(Inline::Code(code.to_owned()));
            }
            Event::Code(code) => content.push(Inline::Code(code.to_string())),
            Event::FootnoteReference(label) => content.push(self.notes.call(&label)),
            Event::InlineHtml(_) => {
                let source = self.text;
                self.inline_html(&source[range.clone()], range, line);
            }
            Event::InlineMath(mut tex) | Event::DisplayMath(mut tex) => {
                if self.blank_in(&range).is_some() {
                    tex = self.text[range.clone()].trim_matches('$').into();
                }
                self.judge_formula(&tex, Display::Inline, &range);
                content.push(Inline::Math(Formula { tex: tex.to_string(), wording: None }));
            }
            Event::Start(Tag::Emphasis) => content.push(Inline::Emphasis(self.inlines(TagEnd::Emphasis))),
            Event::Start(Tag::Strong) => content.push(Inline::Strong(self.inlines(TagEnd::Strong))),
            Event::Start(Tag::Strikethrough) => {
                content.push(Inline::Strikethrough(self.inlines(TagEnd::Strikethrough)));
            }
            Event::Start(Tag::Link { dest_url, link_type, title, .. }) => {
                self.blank_out_of_reach(&[&dest_url, &title], &range);
                let inner = self.link_text(link_type);
                let destination = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                content.push(Inline::Link(Link { destination, content: inner, span: self.span(range) }));
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                self.blank_out_of_reach(&[&dest_url, &title], &range);
                let described = self.inlines(TagEnd::Image);
                if described.iter().any(|inline| matches!(inline, Inline::Blank(_))) {
                    self.refuse_blank(&range);
                }
                let alternative = plain_text(&described).trim().to_owned();
                let caption = (!title.trim().is_empty()).then(|| self.typography.apply(title.trim()).into_owned());
                let destination = dest_url.to_string();
                content.push(Inline::Image(Image { destination, alternative, caption, span: self.span(range) }));
            }
            _ => {}
        }
    }

    /// Reports blanks in the address or the title of a link or an image.
    fn blank_out_of_reach(&mut self, parts: &[&str], range: &Range<usize>) {
        if parts.iter().any(|part| part.contains(blanks::FIRST)) {
            self.refuse_blank(range);
        }
    }

    fn refuse_blank(&mut self, range: &Range<usize>) {
        let span = self.blank_in(range).map_or_else(|| self.span(range.clone()), |blank| self.span(blank));
        self.say(blanks::out_of_reach(span));
    }

    fn text_with_blanks(&mut self, range: Range<usize>, content: &mut Vec<Inline>) {
        let mut at = range.start;
        while let Some(blank) = self.blank_in(&(at..range.end)) {
            if at < blank.start {
                push_text(content, &self.text[at..blank.start]);
            }
            if let Some(file) = blanks::embedded(self.text, &blank) {
                self.say(blanks::no_image(file, self.span(blank.start - 1..blank.end)));
            } else {
                content.push(Inline::Blank(self.span(blank.clone())));
            }
            at = blank.end;
        }
        if at < range.end {
            push_text(content, &self.text[at..range.end]);
        }
    }

    /// Reports what was meant as a formula and stands there as text: Markdown reads none in which a brace is not closed.
    fn unread_formula(&mut self, line: &Line) {
        let Some(range) = &line.place else { return };
        let meant = |inline: &Inline| matches!(inline, Inline::Text(text) if math::looks_like_formula(text));
        if line.content.iter().any(meant) {
            let message = "this formula is not read as one: a brace { or } stands alone in it";
            let hint = "every { needs its }: \\frac{a}{b}";
            let span = self.span(self.trimmed(range.clone()));
            self.say(Diagnostic::new(&code::MATH_SYNTAX, span, message).hint(hint));
        }
    }

    /// Reports a formula that cannot be shown, or that is none.
    pub(super) fn judge_formula(&mut self, tex: &str, display: Display, range: &Range<usize>) {
        let whole = self.span(range.clone());
        if math::looks_like_prose(tex) {
            let message = "this text between two dollar signs would be set as a formula";
            let hint = "if the signs stand for money, write a backslash before each: \\$";
            self.say(Diagnostic::new(&code::MATH_PROSE, whole, message).hint(hint));
            return;
        }
        // The language only writes numbers: it makes no formula wrong.
        let Err(problem) = math::to_mathml(tex, display, &Language::english()) else {
            return;
        };
        let span = match self.text[range.clone()].find(tex) {
            Some(at) => self.span(range.start + at + problem.range.start..range.start + at + problem.range.end),
            None => whole,
        };
        let hint = "write the formula in LaTeX, such as \\frac{a}{b}, x^2, \\sum_{i=1}^n, \\text{a word}";
        let message = format!("this formula cannot be shown: {}", problem.message);
        self.say(Diagnostic::new(&code::MATH_SYNTAX, span, message).hint(hint));
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
                && !is_table(image)
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
