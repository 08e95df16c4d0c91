//! Reads HTML for its tags, and CSS for what it loads: in one pass, whatever the text is.
//!
//! No tree is built: who judges a reference needs the tag that it stands in, and nothing around it.

use std::borrow::Cow;
use std::ops::Range;

/// The most attributes of a tag that are kept; whoever writes more wants to hurt.
const ATTRIBUTES: usize = 200;

/// A part of a page.
#[derive(Debug)]
pub(super) enum Piece<'t> {
    /// A tag.
    Tag(Tag<'t>),
    /// What stands in a `script`, `style`, `title` or `textarea`, where no tags are; after its tag.
    Raw(Tag<'t>, Range<usize>),
    /// A comment: where its text stands.
    Comment(Range<usize>),
}

/// A start or end tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'t> {
    /// In small letters.
    pub(super) name: Cow<'t, str>,
    /// Whether it is an end tag.
    pub(super) closing: bool,
    /// As they come.
    pub(super) attributes: Vec<Attribute<'t>>,
    /// The byte where it begins.
    pub(super) at: usize,
}

/// An attribute.
#[derive(Debug, Clone)]
pub(super) struct Attribute<'t> {
    /// In small letters.
    pub(super) name: Cow<'t, str>,
    /// With the usual entities replaced.
    pub(super) value: Cow<'t, str>,
    /// The byte where the attribute begins.
    pub(super) at: usize,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
    }
}

/// A text in UTF-8 or UTF-16, without its mark; what is neither, with signs in place of what cannot be read.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => encoding.decode(bytes).0,
        // Much faster than `encoding_rs` where nothing is UTF-8.
        mark => String::from_utf8_lossy(&bytes[mark.map_or(0, |(_, length)| length)..]),
    }
}

/// The text of a page: as [`text_of`], and what is no UTF-8 in the encoding that the page names, or else in the one that
/// browsers take for it (HTML Standard, 13.2.3.2 and 13.2.3.5).
pub(super) fn page_of(bytes: &[u8]) -> Cow<'_, str> {
    let is_marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    // A text that was cut in the middle of a letter is whole UTF-8 all the same.
    let is_utf8 = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    if is_marked || is_utf8 {
        return text_of(bytes);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let named = head.split_once("charset").and_then(|(_, rest)| {
        let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>'))?;
        encoding_rs::Encoding::for_label(&value.as_bytes()[..end])
    });
    match named.unwrap_or(encoding_rs::WINDOWS_1252) {
        // The page says what it is not.
        encoding if encoding == encoding_rs::UTF_8 || !encoding.is_ascii_compatible() => text_of(bytes),
        encoding => encoding.decode_without_bom_handling(bytes).0,
    }
}

/// What a file is by its first bytes, where that is no text.
pub(super) fn other_than_text(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a zip archive or a document of an office program"),
        (b"\xD0\xCF\x11\xE0", "a document of an office program"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"GIF8", "an image"),
    ];
    kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)
}

/// The addresses of a `srcset`, as browsers take it apart (HTML Standard, 4.8.4.3.10): a comma ends an address only at
/// its end, and else what stands after the address.
pub(super) fn candidates(srcset: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let end = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let (address, after) = rest.split_at(end);
        if address.is_empty() {
            return found;
        }
        found.push(address.trim_end_matches(','));
        let is_alone = address.ends_with(',');
        rest = if is_alone { after } else { after.split_once(',').map_or("", |(_, rest)| rest) };
    }
}

/// Reads a page from its first byte to its last, once.
pub(super) fn scan<'t>(text: &'t str, visit: &mut dyn FnMut(Piece<'t>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        let open = at + found;
        let next = bytes.get(open + 1).copied().unwrap_or_default();
        let end = match next {
            b'!' if bytes[open..].starts_with(b"<!--") => {
                let end = after(text, open + 4, "-->");
                visit(Piece::Comment(open + 4..end));
                end
            }
            b'!' if bytes[open..].starts_with(b"<![CDATA[") => after(text, open + 9, "]]>"),
            b'!' | b'?' => after(text, open + 1, ">"),
            b'/' | b'a'..=b'z' | b'A'..=b'Z' => {
                let (tag, end) = tag(text, open);
                at = raw_text(text, tag, end, visit);
                continue;
            }
            _ => {
                at = open + 1;
                continue;
            }
        };
        at = end;
    }
}

/// Hands on a tag, and what stands in it if that is no markup; says where to go on.
fn raw_text<'t>(text: &str, tag: Tag<'t>, end: usize, visit: &mut dyn FnMut(Piece<'t>)) -> usize {
    let is_raw = !tag.closing && ["script", "style", "title", "textarea"].contains(&&*tag.name);
    if !is_raw {
        visit(Piece::Tag(tag));
        return end;
    }
    let close = close_of(text, end, &tag.name);
    visit(Piece::Tag(tag.clone()));
    visit(Piece::Raw(tag, end..close));
    close
}

fn after(text: &str, from: usize, mark: &str) -> usize {
    text.get(from..).and_then(|rest| rest.find(mark)).map_or(text.len(), |found| from + found + mark.len())
}

/// Where the end tag of a raw element begins.
fn close_of(text: &str, from: usize, name: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = text[at..].find("</") {
        let open = at + found;
        let named = bytes.get(open + 2..open + 2 + name.len());
        if named.is_some_and(|named| named.eq_ignore_ascii_case(name.as_bytes())) {
            return open;
        }
        at = open + 2;
    }
    text.len()
}

/// Reads the tag that begins at `open` and says where it ends.
fn tag(text: &str, open: usize) -> (Tag<'_>, usize) {
    let bytes = text.as_bytes();
    let closing = bytes.get(open + 1) == Some(&b'/');
    let start = open + 1 + usize::from(closing);
    let name_end = until(bytes, start, |b| b.is_ascii_whitespace() || b == b'>' || b == b'/');
    let name = in_small_letters(&text[start..name_end]);
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        at = until(bytes, at, |b| !b.is_ascii_whitespace() && b != b'/');
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                at += 1;
                break;
            }
            Some(_) => {
                let start = at;
                let (name, value, end) = attribute(text, start);
                if attributes.len() < ATTRIBUTES {
                    let (name, value) = (in_small_letters(&text[name]), unescaped(&text[value]));
                    attributes.push(Attribute { name, value, at: start });
                }
                at = end;
            }
        }
    }
    (Tag { name, closing, attributes, at: open }, at)
}

/// Where the name and the value of the attribute at `start` stand, and where it ends.
fn attribute(text: &str, start: usize) -> (Range<usize>, Range<usize>, usize) {
    let bytes = text.as_bytes();
    // A sign that could end a name is one if it comes first (HTML Standard, 13.2.5.32).
    let name_end = until(bytes, start + 1, |b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/'));
    let name_end = (name_end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let equals = until(bytes, name_end, |b| !b.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return (start..name_end, name_end..name_end, name_end);
    }
    let value_start = until(bytes, equals + 1, |b| !b.is_ascii_whitespace());
    let (range, end) = match bytes.get(value_start) {
        Some(quote @ (b'"' | b'\'')) => {
            let close = until(bytes, value_start + 1, |b| b == *quote);
            (value_start + 1..close, (close + 1).min(text.len()))
        }
        _ => {
            let close = until(bytes, value_start, |b| b.is_ascii_whitespace() || b == b'>');
            (value_start..close, close)
        }
    };
    (start..name_end, range, end)
}

fn until(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().position(|byte| stop(*byte)).map_or(bytes.len(), |found| from + found)
}

fn in_small_letters(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// The names of the signs from U+00A0 to U+00FF, in their order (HTML Standard, 13.5).
const LATIN_1: &str = "\
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring \
    AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
    times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
    ugrave uacute ucirc uuml yacute thorn yuml";

/// The names of other signs that stand in addresses and labels.
const NAMED: [(&str, char); 26] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("num", '#'),
    ("percnt", '%'),
    ("lpar", '('),
    ("rpar", ')'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("equals", '='),
    ("quest", '?'),
    ("commat", '@'),
    ("lowbar", '_'),
    ("OElig", '\u{152}'),
    ("oelig", '\u{153}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("rsquo", '\u{2019}'),
    ("hellip", '\u{2026}'),
    ("euro", '\u{20AC}'),
];

/// The longest name or number of a sign that is looked at.
const REFERENCE: usize = 10;

/// Replaces references to characters, by number and by the usual names.
pub(crate) fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut meant = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        meant.push_str(before);
        let end = after.bytes().take(REFERENCE).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&after[..end])?, end))) {
            Some((character, end)) => {
                meant.push(character);
                rest = &after[end + 1..];
            }
            None => {
                meant.push('&');
                rest = after;
            }
        }
    }
    meant.push_str(rest);
    Cow::Owned(meant)
}

/// The character that stands between `&` and `;`.
fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return number.ok().and_then(char::from_u32).filter(|character| *character != '\0');
    }
    let named = NAMED.iter().find(|(name, _)| *name == reference).map(|(_, character)| *character);
    let latin = || LATIN_1.split(' ').zip('\u{A0}'..).find(|(name, _)| *name == reference);
    named.or_else(|| latin().map(|(_, character)| character))
}

/// What a style sheet loads, with the bytes where each address begins.
pub(super) fn style_references(css: &str, found: &mut dyn FnMut(&str, usize)) {
    let bytes = css.as_bytes();
    let mut at = 0;
    let mut after_import = false;
    while at < bytes.len() {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = after(css, at + 2, "*/"),
            quote @ (b'"' | b'\'') => {
                let close = end_of_value(bytes, at + 1, |b| b == quote || b == b'\n');
                if after_import {
                    found(&unescaped_css(css.get(at + 1..close).unwrap_or_default()), at + 1);
                }
                after_import = false;
                at = close + 1;
            }
            b'@' if starts_with(bytes, at, b"@import") => {
                after_import = true;
                at += 7;
            }
            // An address there is a name, and nothing is loaded from it.
            b'@' if starts_with(bytes, at, b"@namespace") => at = after(css, at, ";"),
            b'u' | b'U' if starts_with(bytes, at, b"url(") => {
                let start = until(bytes, at + 4, |b| !b.is_ascii_whitespace());
                let quote = bytes.get(start).copied().filter(|b| matches!(b, b'"' | b'\''));
                let start = start + usize::from(quote.is_some());
                let ends = |b| quote.map_or(b == b')', |quote| b == quote) || b == b'\n';
                let close = end_of_value(bytes, start, ends);
                found(&unescaped_css(css.get(start..close).unwrap_or_default().trim()), start);
                after_import = false;
                at = close + 1;
            }
            byte => {
                after_import &= byte.is_ascii_whitespace();
                at += 1;
            }
        }
    }
}

/// Where a string or an address of a style sheet ends: what follows a backslash belongs to it.
fn end_of_value(bytes: &[u8], from: usize, ends: impl Fn(u8) -> bool) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at).copied().filter(|byte| !ends(*byte)) {
        at += if byte == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

/// A string or an address of a style sheet as it is meant (CSS Syntax Module, escaping).
fn unescaped_css(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut meant = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, escaped)) = rest.split_once('\\') {
        meant.push_str(before);
        let digits = escaped.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if digits > 0 {
            let number = u32::from_str_radix(&escaped[..digits], 16).ok();
            meant.push(number.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
            rest = escaped[digits..].strip_prefix(' ').unwrap_or(&escaped[digits..]);
        } else {
            meant.extend(escaped.chars().next());
            rest = escaped.get(escaped.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        }
    }
    meant.push_str(rest);
    Cow::Owned(meant)
}

fn starts_with(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
}

/// Lines of a text, to say where a byte stands.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line and the character in it, each from 1.
    pub(super) fn place(&self, at: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= at).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let column = self.text.get(start..at).map_or(0, |before| before.chars().count());
        let small = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        (small(line), small(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<String> {
        let mut tags = Vec::new();
        scan(text, &mut |piece| {
            if let Piece::Tag(tag) = piece {
                let pairs: Vec<String> = tag.attributes.iter().map(|a| format!("{}={}", a.name, a.value)).collect();
                tags.push(format!("{}{} {}", if tag.closing { "/" } else { "" }, tag.name, pairs.join(",")));
            }
        });
        tags
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        let page = "<!doctype html><!-- <a> --><IMG SRC=a.png alt='x > y' hidden/><script>if (a < b) '<b>'</script><p>";
        assert_eq!(tags(page), ["img src=a.png,alt=x > y,hidden=", "script ", "/script ", "p "]);
        for odd in ["<", "<a", "<a href", "<a href=", "<a href='", "</", "<script>", "<!--", "<é>", "<a é=\"é", "<a =>"]
        {
            tags(odd);
        }
    }

    #[test]
    fn references_to_characters_are_what_they_stand_for() {
        let meant = unescaped("&#109;&#x61;il&colon;caf&eacute;&nbsp;&yuml;&amp;lt; a&b=c&copy &#0; &#xD800; &gone;&");
        assert_eq!(meant, "mail:caf\u{e9}\u{a0}\u{ff}&lt; a&b=c&copy &#0; &#xD800; &gone;&");
        for odd in ["&", "&;", "&\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9};", "&#;", "&#x;", "&#99999999;"] {
            assert_eq!(unescaped(odd), odd);
        }
    }

    #[test]
    fn addresses_of_a_srcset_are_told_apart() {
        assert_eq!(
            candidates("a.png 1x,b.png 2x, c,d.png, e.png\n3x ,f.png"),
            ["a.png", "b.png", "c,d.png", "e.png", "f.png"]
        );
        assert_eq!(candidates(" , ,"), Vec::<&str>::new());
    }

    #[test]
    fn pages_are_read_in_their_encoding() {
        for (page, text) in [
            (&b"<meta charset=iso-8859-1><p>caf\xe9."[..], "<meta charset=iso-8859-1><p>caf\u{e9}."),
            (b"<meta charset='koi8-r'>\xd1.", "<meta charset='koi8-r'>\u{44f}."),
            (b"caf\xe9 \x92", "caf\u{e9} \u{2019}"),
            (b"<meta charset=\"utf-8\">\xe9.", "<meta charset=\"utf-8\">\u{fffd}."),
            (b"<meta charset=\"iso-8859-1\">\xc3\xa9", "<meta charset=\"iso-8859-1\">\u{e9}"),
            (b"cut \xc3", "cut \u{fffd}"),
        ] {
            assert_eq!(page_of(page), text);
        }
    }

    #[test]
    fn style_sheets_load_by_url_and_import() {
        let mut found = Vec::new();
        let css = "@import 'a.css'; /* url(no.png) */ p { content: 'url(no)'; background: URL( \"b c.png\" ) , url(d.png) } url(";
        style_references(css, &mut |address, _| found.push(address.to_owned()));
        assert_eq!(found, ["a.css", "b c.png", "d.png", ""]);
    }

    #[test]
    fn style_sheets_are_imported_in_every_form() {
        let mut found = Vec::new();
        let css = "@import url(a.css);@IMPORT\n\"b.css\" layer(base);@import/* c */'c.css' screen;@import url( 'd.css' ) supports(display:grid);@namespace svg url(http://www.w3.org/2000/svg);@namespace \"http://www.w3.org/1999/xhtml\";p{background:url(e\\ f.png),url(\"g\\\"h.png\"),url(i\\29.png),url(\\e9 t\\e9.png)}url(\\";
        style_references(css, &mut |address, _| found.push(address.to_owned()));
        assert_eq!(found, ["a.css", "b.css", "c.css", "d.css", "e f.png", "g\"h.png", "i).png", "ét\u{e9}.png", ""]);
    }
}
