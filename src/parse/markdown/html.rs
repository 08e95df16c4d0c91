//! The raw HTML that a page may hold: a short list of elements in a line of text, and `<details>` around blocks.
//!
//! Everything else is left out and reported: it could break the page, its policy or its accessibility.

use std::ops::Range;

use pulldown_cmark::TagEnd;

use super::inline::Line;
use super::{End, Reader};
use crate::code;
use crate::course::{BlockKind, Disclosure, Inline, Markup};
use crate::diagnostic::Diagnostic;
use crate::hosting;
use crate::language::Language;
use crate::typography::Typography;

/// The elements allowed in a line of text, each with the attributes that it may have besides `lang` and `dir`.
const ELEMENTS: [(&str, &[&str]); 14] = [
    ("abbr", &["title"]),
    ("bdi", &[]),
    ("cite", &[]),
    ("dfn", &[]),
    ("kbd", &[]),
    ("mark", &[]),
    ("q", &[]),
    ("samp", &[]),
    ("small", &[]),
    ("span", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("time", &["datetime"]),
    ("var", &[]),
];

/// What Markdown has a sign for.
const MARKDOWN: [(&str, &str); 9] = [
    ("b", "**bold**"),
    ("strong", "**bold**"),
    ("i", "*italic*"),
    ("em", "*italic*"),
    ("s", "~~struck through~~"),
    ("del", "~~struck through~~"),
    ("code", "`code`"),
    ("a", "[text](address)"),
    ("img", "![what it shows](file.png)"),
];

/// An HTML tag as written.
#[derive(Debug, PartialEq, Eq)]
struct HtmlTag<'t> {
    name: String,
    closes: bool,
    attributes: Vec<(String, String)>,
    /// What stands after it.
    rest: &'t str,
}

/// A tag in a line of text that waits for its end.
#[derive(Debug)]
pub(super) struct Opened {
    element: &'static str,
    /// Where its element stands in the line.
    at: usize,
    range: Range<usize>,
    /// The rules that were in force before it.
    typography: Typography,
}

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    /// A tag or a comment within a line.
    pub(super) fn inline_html(&mut self, source: &str, range: Range<usize>, line: &mut Line) {
        let Some(tag) = read_tag(source) else {
            return self.drop_html(&range);
        };
        match ELEMENTS.iter().find(|(element, _)| *element == tag.name) {
            None if tag.name == "br" => line.content.push(Inline::Break),
            // Its start has been reported.
            None if tag.closes => {}
            None => self.drop_html(&range),
            Some((element, _)) if tag.closes => self.close_markup(element, &range, line),
            Some((element, attributes)) => {
                let attributes = self.attributes(tag.attributes, attributes, &range);
                let (at, typography) = (line.content.len(), self.typography);
                // The spacing of the course's language is not that of another one.
                if attributes.iter().any(|(name, _)| *name == "lang") {
                    self.typography = Typography::Plain;
                }
                line.content.push(Inline::Markup(Markup { element, attributes, content: Vec::new() }));
                line.open.push(Opened { element, at, range, typography });
            }
        }
    }

    fn attributes(
        &mut self,
        given: Vec<(String, String)>,
        own: &[&'static str],
        range: &Range<usize>,
    ) -> Vec<(&'static str, String)> {
        let mut kept = Vec::new();
        for (name, value) in given {
            let known = own.iter().chain(&["lang", "dir"]).find(|known| **known == name);
            let fits = match name.as_str() {
                "lang" => Language::parse(&value).is_some(),
                // RGAA 8.10 takes no other value.
                "dir" => matches!(value.as_str(), "ltr" | "rtl"),
                _ => known.is_some(),
            };
            match known {
                Some(known) if fits => kept.push((*known, value)),
                _ => {
                    let message = format!("the attribute `{name}=\"{value}\"` is left out");
                    let possible = own.iter().chain(&["lang=\"en\"", "dir=\"rtl\""]).copied().collect::<Vec<_>>();
                    let hint = format!("possible here: {}", possible.join(", "));
                    let span = self.span(range.clone());
                    self.say(Diagnostic::new(&code::HTML_DROPPED, span, message).hint(hint));
                }
            }
        }
        kept
    }

    fn close_markup(&mut self, element: &str, range: &Range<usize>, line: &mut Line) {
        if line.open.last().is_none_or(|opened| opened.element != element) {
            let message = format!("`</{element}>` closes nothing that is open here");
            let hint =
                format!("write <{element}> before it, in the same paragraph, and close what is opened inside first");
            let span = self.span(range.clone());
            return self.say(Diagnostic::new(&code::HTML_DROPPED, span, message).hint(hint));
        }
        if let Some(opened) = line.open.pop() {
            self.fill_markup(&opened, line);
        }
    }

    /// Reports what was opened in a line and never closed; its text stays.
    pub(super) fn unclosed_markup(&mut self, line: &mut Line) {
        while let Some(opened) = line.open.pop() {
            let message = format!("`<{}>` is not closed in this paragraph", opened.element);
            let hint = format!("write </{}> after the words that it is for", opened.element);
            let span = self.span(opened.range.clone());
            self.say(Diagnostic::new(&code::HTML_DROPPED, span, message).hint(hint));
            self.fill_markup(&opened, line);
        }
    }

    fn fill_markup(&mut self, opened: &Opened, line: &mut Line) {
        let inside = line.content.split_off(opened.at + 1);
        let inside = self.polish(inside);
        self.typography = opened.typography;
        if let Some(Inline::Markup(markup)) = line.content.last_mut() {
            markup.content = inside;
        }
    }

    /// A block of raw HTML that begins in `range`: a disclosure, a comment, or something that is left out.
    pub(super) fn html_block(&mut self, range: &Range<usize>) -> Option<BlockKind> {
        self.skip(TagEnd::HtmlBlock);
        let source = &self.text[range.clone()];
        match read_tag(source.trim_start()) {
            Some(tag) if tag.name == "details" && !tag.closes => self.disclosure(tag.rest, range),
            _ => {
                self.drop_html(range);
                None
            }
        }
    }

    /// `<details><summary>…</summary>`, then blocks, then `</details>`.
    fn disclosure(&mut self, source: &'a str, range: &Range<usize>) -> Option<BlockKind> {
        let summary = read_tag(source.trim_start()).filter(|tag| tag.name == "summary" && !tag.closes);
        let Some((summary, rest)) = summary.and_then(|tag| tag.rest.split_once("</summary>")) else {
            let message = "this <details> does not say what it holds";
            let hint = "write: <details><summary>A few words</summary>, then an empty line";
            let span = self.span(self.trimmed(range.clone()));
            self.say(Diagnostic::new(&code::DISCLOSURE, span, message).hint(hint));
            let blocks = self.disclosed(source, range);
            return Some(BlockKind::Disclosure(Disclosure { summary: Vec::new(), blocks }));
        };
        let inlines = self.nested(summary).into_iter().flat_map(|block| match block.kind {
            BlockKind::Paragraph(content) | BlockKind::Line(content) => content,
            _ => Vec::new(),
        });
        let summary = inlines.collect();
        let blocks = self.disclosed(rest, range);
        Some(BlockKind::Disclosure(Disclosure { summary, blocks }))
    }

    /// What a disclosure holds: `rest` of its first block of HTML, and the blocks up to its end.
    fn disclosed(&mut self, rest: &'a str, range: &Range<usize>) -> Vec<crate::course::Block> {
        if let Some((inside, after)) = rest.rsplit_once("</details>") {
            if !after.trim().is_empty() {
                self.drop_html(range);
            }
            return self.nested(inside);
        }
        let mut blocks = self.nested(rest);
        blocks.extend(self.blocks(End::Disclosure));
        if !std::mem::take(&mut self.disclosure_closed) {
            let message = "this <details> is not closed";
            let hint = "write </details> on a line of its own, between empty lines";
            let span = self.span(self.trimmed(range.clone()));
            self.say(Diagnostic::new(&code::DISCLOSURE, span, message).hint(hint));
        }
        blocks
    }

    /// The blocks of a part of the text that was taken for HTML.
    fn nested(&mut self, part: &'a str) -> Vec<crate::course::Block> {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let body = super::parse(part, self.file, self.base + start, self.typography);
        self.body.diagnostics.extend(body.diagnostics);
        body.blocks
    }

    /// Whether the block of HTML in `range` ends a disclosure.
    pub(super) fn ends_disclosure(&self, range: &Range<usize>) -> bool {
        read_tag(self.text[range.clone()].trim_start()).is_some_and(|tag| tag.name == "details" && tag.closes)
    }

    /// Reports HTML that does not reach the package; a comment is meant for nobody.
    pub(super) fn drop_html(&mut self, range: &Range<usize>) {
        let source = self.text[range.clone()].trim();
        if source.starts_with("<!--") && source.find("-->").is_some_and(|end| end + 3 == source.len()) {
            return;
        }
        let tag = read_tag(source);
        let name = tag.as_ref().map(|tag| tag.name.clone()).unwrap_or_default();
        let instead = tag.and_then(|tag| instead_of_element(&tag));
        let hint = match MARKDOWN.iter().find(|(element, _)| *element == name) {
            _ if instead.is_some() => instead.unwrap_or_default(),
            Some((_, sign)) => format!("write it in Markdown: {sign}"),
            None => {
                let allowed = ELEMENTS.map(|(element, _)| element).join(", ");
                format!("write it in Markdown; of HTML, these are kept: br, details, {allowed}")
            }
        };
        let span = self.span(self.trimmed(range.clone()));
        let first_line = source.lines().next().unwrap_or_default();
        let message = format!("raw HTML is left out: {first_line}");
        self.say(Diagnostic::new(&code::HTML_DROPPED, span, message).hint(hint));
    }
}

/// What to write in place of an element that Markdown has no sign for, but pages have another way.
fn instead_of_element(tag: &HtmlTag<'_>) -> Option<String> {
    let source =
        |tag: &HtmlTag<'_>| tag.attributes.iter().find(|(name, _)| name == "src").map(|(_, value)| value.clone());
    let own = source(tag);
    // A video may name its file in an element of its own.
    let inner = || read_tag(tag.rest.trim_start()).and_then(|inner| source(&inner));
    Some(match tag.name.as_str() {
        "video" | "audio" => {
            let file = own
                .or_else(inner)
                .unwrap_or_else(|| if tag.name == "video" { "video.mp4".to_owned() } else { "sound.mp3".to_owned() });
            format!("write it by itself between empty lines: ![Title]({file})")
        }
        "iframe" | "embed" | "object" => match own {
            Some(address) if hosting::find(&address).is_some() => {
                format!("write the video by itself between empty lines: ![Title]({address})")
            }
            address => {
                let address = address.unwrap_or_else(|| "https://…".to_owned());
                format!("write a link: [Title]({address}); videos can be played from {}", hosting::KNOWN)
            }
        },
        "script" => "remove it: pages run no script but cartable's own".to_owned(),
        "style" => "remove it: rules for the looks of the course stand in theme.css".to_owned(),
        _ => return None,
    })
}

/// Reads the tag at the start of `source` (HTML, "Start tags" and "End tags"); names in lower case, values decoded.
fn read_tag(source: &str) -> Option<HtmlTag<'_>> {
    let inside = source.strip_prefix('<')?;
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, mut rest) = inside.split_at(name_end);
    if name.is_empty() {
        return None;
    }
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return Some(HtmlTag { name: name.to_ascii_lowercase(), closes, attributes, rest: after });
        }
        let (attribute, after) = read_attribute(rest)?;
        attributes.push(attribute);
        rest = after;
    }
}

fn read_attribute(source: &str) -> Option<((String, String), &str)> {
    let end = source.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).filter(|end| *end > 0)?;
    let (name, rest) = source.split_at(end);
    let name = name.to_ascii_lowercase();
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return Some(((name, String::new()), rest));
    };
    let (value, rest) = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split_once(quote)?,
        _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
    };
    Some(((name, decode(value)), rest))
}

/// The character references that people write in attributes.
fn decode(value: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}"), ("&amp;", "&")];
    named.iter().fold(value.to_owned(), |value, (reference, character)| value.replace(reference, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_attributes() {
        let tag = read_tag("<SPAN lang='en' dir=ltr hidden title=\"a &amp; b\">rest").expect("a tag");
        let attributes: Vec<(&str, &str)> = tag.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(tag.name, "span");
        assert_eq!(attributes, [("lang", "en"), ("dir", "ltr"), ("hidden", ""), ("title", "a & b")]);
        assert_eq!(tag.rest, "rest");
        assert!(read_tag("</q>").is_some_and(|tag| tag.closes && tag.name == "q"));
        for no_tag in ["<!-- x -->", "< a>", "<a", "<?php ?>", "a", "<a b='c>"] {
            assert_eq!(read_tag(no_tag), None, "{no_tag}");
        }
    }
}
