//! Reads a manifest of anyone's: bytes to text, and text to a tree that is small and shallow enough to be walked.
//!
//! What could make a reader run for ever or fill its memory is refused before the text is parsed: document type
//! definitions, deep nesting, and elements with hundreds of attributes, whose names are compared pair by pair.

use super::rules;
use super::{Report, Setting};
use crate::referee::Rule;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use roxmltree::{Document, ParsingOptions};
use sha2::{Digest as _, Sha256};

pub(super) type Node<'a, 'i> = roxmltree::Node<'a, 'i>;

/// Longer manifests are refused unread.
const MOST_BYTES: usize = 10 * 1024 * 1024;
/// The rules walk the tree by recursion, one call for each level.
const DEEPEST: usize = 200;
const MOST_ATTRIBUTES: usize = 256;
/// Namespace declarations that hold at one place: each element looks its prefix up among them.
const MOST_NAMESPACES: usize = 100;
/// Declarations in the whole text: each copies those that hold around it.
const MOST_DECLARATIONS: usize = 20_000;
const MOST_NODES: u32 = 1_000_000;

pub(super) const XML: &str = "http://www.w3.org/XML/1998/namespace";
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What is wrong with a manifest before any rule can look at it.
pub(super) struct Refusal {
    pub(super) rule: &'static Rule,
    pub(super) offset: usize,
    pub(super) message: String,
}

impl Refusal {
    fn new(rule: &'static Rule, offset: usize, message: impl Into<String>) -> Self {
        Self { rule, offset, message: message.into() }
    }

    /// Whether nothing can be read; what others refuse to decode can be.
    fn is_fatal(&self) -> bool {
        ![rules::ENCODING.name, rules::ENCODING_CLASH.name].contains(&self.rule.name)
    }
}

/// The text, and what is to be said about its encoding; after a refusal the text is what could be read.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<Refusal>) {
    if bytes.len() > MOST_BYTES {
        let message = format!("the manifest has {} bytes, more than {MOST_BYTES}", bytes.len());
        return (String::new(), Some(Refusal::new(&rules::TOO_LARGE, 0, message)));
    }
    let marked = Encoding::for_bom(bytes);
    let wide = marked.map(|(encoding, _)| encoding).filter(|encoding| *encoding != UTF_8).or(match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    });
    let bytes = &bytes[marked.map_or(0, |(_, length)| length)..];
    if let Some(encoding) = wide {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        let wrong = broken.then(|| Refusal::new(&rules::BYTES, 0, "the manifest is no valid UTF-16"));
        let declared = declared(&text).filter(|name| !name.to_ascii_lowercase().starts_with("utf-16"));
        let other = declared.map(|name| {
            Refusal::new(&rules::ENCODING_CLASH, 0, format!("the manifest says that it is {name}, and is UTF-16"))
        });
        return (text.into_owned(), wrong.or(other));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let name = declared(&head).unwrap_or_else(|| "UTF-8".to_owned());
    match Encoding::for_label(name.as_bytes()) {
        Some(encoding) if encoding == UTF_8 || marked.is_some() => match std::str::from_utf8(bytes) {
            Ok(text) => {
                let other = (encoding != UTF_8).then(|| {
                    Refusal::new(&rules::ENCODING, 0, format!("the manifest says that it is {name}, and is UTF-8"))
                });
                (text.to_owned(), other)
            }
            Err(error) => {
                let at = error.valid_up_to();
                let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
                (before, Some(Refusal::new(&rules::BYTES, at, "what stands here is no UTF-8")))
            }
        },
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            (text, Some(Refusal::new(&rules::BYTES, 0, "the manifest says that it is UTF-16, and is not")))
        }
        Some(encoding) => {
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            let rule = if broken { &rules::BYTES } else { &rules::ENCODING };
            (text.into_owned(), Some(Refusal::new(rule, 0, format!("the manifest is written in {name}"))))
        }
        None => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            (text, Some(Refusal::new(&rules::BYTES, 0, format!("`{name}` is no encoding that readers of XML know"))))
        }
    }
}

/// The text of a manifest, however it is encoded, if it can be read at all.
pub(crate) fn text(bytes: &[u8]) -> Option<String> {
    let (text, refusal) = decode(bytes);
    refusal.is_none_or(|refusal| !refusal.is_fatal()).then_some(text)
}

/// What the first `schemaversion` of the whole manifest holds.
pub(crate) fn schema_version(text: &str) -> Option<String> {
    let document = parse(text).ok()?;
    let metadata = child(document.root_element(), "metadata")?;
    Some(content(child(metadata, "schemaversion")?).trim().to_owned())
}

/// The encoding that an XML declaration names.
fn declared(text: &str) -> Option<String> {
    let declaration = text.trim_start().strip_prefix("<?xml")?.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    Some(value[1..].split_once(quote)?.0.to_owned())
}

/// The tree of a text, unless it is not well-formed or too much for us.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Refusal> {
    scan(text)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        if matches!(error, roxmltree::Error::NodesLimitReached) {
            return Refusal::new(&rules::TOO_LARGE, 0, "the manifest has more than a million elements and texts");
        }
        if matches!(error, roxmltree::Error::UnclosedRootNode) {
            return Refusal::new(&rules::NOT_WELL_FORMED, text.len(), "the text ends before its elements do");
        }
        let pos = error.pos();
        let place = format!(" at {}:{}", pos.row, pos.col);
        let message = error.to_string().replace(&place, "");
        Refusal::new(&rules::NOT_WELL_FORMED, offset(text, pos), lower_first(&message))
    })
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

fn offset(text: &str, pos: roxmltree::TextPos) -> usize {
    let line = usize::try_from(pos.row).unwrap_or(1).max(1);
    let start = if line == 1 { 0 } else { text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1) };
    let column = usize::try_from(pos.col).unwrap_or(1).max(1);
    text[start..].char_indices().nth(column - 1).map_or(text.len(), |(at, _)| start + at)
}

/// Goes through the tags without a stack of its own. What it cannot make out it leaves to the parser, which stops there.
fn scan(text: &str) -> Result<(), Refusal> {
    let mut open: Vec<usize> = Vec::new();
    let (mut in_scope, mut declarations, mut at) = (0, 0, 0);
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        let rest = &text[start..];
        let skipped =
            [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")].iter().find(|(begin, _)| rest.starts_with(begin));
        if let Some((begin, end)) = skipped {
            let Some(length) = rest[begin.len()..].find(end) else { return Ok(()) };
            at = start + begin.len() + length + end.len();
            continue;
        }
        if rest.starts_with("<!") {
            return Err(Refusal::new(&rules::DOCTYPE, start, "the manifest declares a document type or entities"));
        }
        let Some(tag) = Tag::at(rest) else { return Ok(()) };
        at = start + tag.length;
        if rest.starts_with("</") {
            in_scope -= open.pop().unwrap_or(0);
            continue;
        }
        declarations += tag.namespaces;
        if tag.attributes > MOST_ATTRIBUTES
            || in_scope + tag.namespaces > MOST_NAMESPACES
            || declarations > MOST_DECLARATIONS
        {
            return Err(Refusal::new(
                &rules::TOO_LARGE,
                start,
                "more attributes or namespaces than any manifest needs",
            ));
        }
        if !tag.closed {
            open.push(tag.namespaces);
            in_scope += tag.namespaces;
            if open.len() > DEEPEST {
                return Err(Refusal::new(
                    &rules::TOO_DEEP,
                    start,
                    format!("elements are nested more than {DEEPEST} deep"),
                ));
            }
        }
    }
    Ok(())
}

struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    closed: bool,
}

impl Tag {
    fn at(text: &str) -> Option<Self> {
        let mut quote = None;
        let (mut attributes, mut namespaces, mut name_from) = (0, 0, 0);
        for (index, byte) in text.bytes().enumerate() {
            match (quote, byte) {
                (Some(end), _) if byte == end => {
                    quote = None;
                    name_from = index;
                }
                (Some(_), _) => {}
                (None, b'"' | b'\'') => {
                    quote = Some(byte);
                    attributes += 1;
                    namespaces += usize::from(text.get(name_from..index).is_some_and(|name| name.contains("xmlns")));
                }
                (None, b'>') => {
                    let closed = text[..index].ends_with('/');
                    return Some(Self { length: index + 1, attributes, namespaces, closed });
                }
                (None, _) => {}
            }
        }
        None
    }
}

/// The children of this local name, whatever their namespace: as LMSs read them.
pub(super) fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The first child of this local name.
pub(super) fn child<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The texts that stand directly in an element.
pub(super) fn content(node: Node) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// The content of the first child of this name, without blanks around it.
pub(super) fn said(node: Node, name: &'static str) -> Option<String> {
    child(node, name).map(|child| content(child).trim().to_owned())
}

/// What an element or an attribute of each of these names says, where it is there; of sequencing (SCORM 2004 SN), the pass
/// mark and all the rest.
pub(super) fn settings(node: Node, elements: &[&'static str], attributes: &[&'static str]) -> Vec<Setting> {
    let mark = child(node, "sequencing").and_then(|sequencing| child(sequencing, "objectives"));
    let mark = mark.and_then(|objectives| child(child(objectives, "primaryObjective")?, MARK));
    let mark = mark.map(|found| Setting { name: MARK, value: content(found).trim().to_owned() });
    let of_element = |name: &'static str| {
        let found = child(node, name)?;
        let is_plain = found.children().all(|child| !child.is_element()) && found.attributes().next().is_none();
        let value = if is_plain { content(found).trim().to_owned() } else { digest(found) };
        Some(Setting { name, value })
    };
    let of_attribute = |name| Some(Setting { name, value: node.attribute(name)?.trim().to_owned() });
    let elements = elements.iter().filter_map(|name| of_element(name));
    elements.chain(attributes.iter().filter_map(|name| of_attribute(name))).chain(mark).collect()
}

/// The pass mark of an item in SCORM 2004.
const MARK: &str = "minNormalizedMeasure";

/// The same for elements that say the same, however they are written; what the pass mark is stands elsewhere.
fn digest(node: Node) -> String {
    let mut hash = Sha256::new();
    for node in node.descendants().filter(Node::is_element).filter(|node| node.tag_name().name() != MARK) {
        let mut attributes: Vec<_> = node.attributes().map(|found| (found.name(), found.value())).collect();
        attributes.sort_unstable();
        // The depth tells where an element ends.
        hash.update(format!("{} {} {attributes:?}\n", node.ancestors().count(), node.tag_name().name()));
        hash.update(content(node).trim());
    }
    hash.finalize().iter().take(8).fold("#".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// An attribute by its local name, in any namespace.
pub(super) fn any_attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// Where an attribute begins, or else its element.
pub(super) fn place(node: Node, attribute: &str) -> usize {
    let found = node.attributes().find(|candidate| candidate.name() == attribute);
    found.map_or(node.range().start, |attribute| attribute.range().start)
}

/// The name of an element as it is written, with its prefix.
pub(super) fn written<'a>(text: &'a str, node: Node) -> &'a str {
    let rest = text.get(node.range().start + 1..).unwrap_or_default();
    rest.split(|sign: char| sign.is_whitespace() || matches!(sign, '>' | '/')).next().unwrap_or_default()
}

/// Text that a parser made of the bytes of a manifest, with what there is to say about it.
pub(super) fn read(bytes: &[u8], report: &mut Report) -> Option<String> {
    let (text, refusal) = decode(bytes);
    report.text.clone_from(&text);
    let fatal = refusal.as_ref().is_some_and(Refusal::is_fatal);
    if let Some(Refusal { rule, offset, message }) = refusal {
        report.at(rule, offset, message);
    }
    (!fatal).then_some(text)
}
