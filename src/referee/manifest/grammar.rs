//! What may stand where in a manifest: a small notation for the schemas of the standards, and who reads a manifest by it.
//!
//! A line of a table tells of one kind of element: `name attributes -> content ~ advised content`.
//!
//! * `<name>`: the element may begin a document, or stand where any element of its vocabulary may; else the name is that
//!   of a kind, which the content of others names. A line that begins with `@` declares an attribute for other
//!   vocabularies' elements. A later line replaces an earlier one.
//! * Attributes: `name=kind`, `name!=kind` when required, `@*` for those of other vocabularies, `@strict` for those that
//!   are declared there even where others are not asked, `@any` for any at all.
//! * Content: names with `?`, `*` or `+`, `name>Kind` when the kind has another name, `( | )`, `other*` for elements of
//!   other vocabularies, `any*` for any element whose declaration is known; `mixed` allows text between them. `#kind`
//!   is text alone.
//! * Kinds of text: see [`Kind`].

mod matching;

use super::Report;
use super::reader::{self, Node, XSI};
use super::rules;
use super::values::Kind;
use crate::referee::Rule;
use matching::Matching;
use std::collections::{BTreeMap, BTreeSet};

/// Whether elements and attributes of vocabularies that nobody declared may stand where others may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Openness {
    /// Only declared ones.
    Strict,
    /// Any; what is declared is still looked at.
    Lax,
}

/// The vocabularies that a manifest of one standard may use.
pub(super) struct Grammar {
    spaces: BTreeMap<&'static str, Space>,
}

struct Space {
    openness: Openness,
    shapes: BTreeMap<&'static str, Shape>,
    globals: BTreeSet<&'static str>,
    attributes: BTreeMap<&'static str, Kind>,
}

#[derive(Debug, Default)]
struct Shape {
    attributes: Vec<Attribute>,
    others: bool,
    anything: bool,
    /// Narrower than its vocabulary: what others declare, and nothing else.
    strict: bool,
    mixed: bool,
    text: Option<Kind>,
    model: Vec<Part>,
    advised: Vec<Part>,
}

#[derive(Debug)]
struct Attribute {
    name: &'static str,
    required: bool,
    kind: Kind,
}

/// A part of a content, and how often it may stand there.
#[derive(Debug)]
struct Part {
    what: What,
    least: bool,
    many: bool,
}

#[derive(Debug)]
enum What {
    Element { name: &'static str, kind: &'static str },
    Other,
    Any,
    Choice(Vec<Vec<Part>>),
}

impl Grammar {
    /// A grammar of vocabularies: namespace, how open it is, and its tables, of which later ones replace lines.
    pub(super) fn new(spaces: &[(&'static str, Openness, &[&'static str])]) -> Self {
        let spaces = spaces.iter().map(|(namespace, openness, tables)| (*namespace, Space::new(*openness, tables)));
        Self { spaces: spaces.collect() }
    }

    /// Judges a whole document whose root is known to be of a vocabulary of ours.
    pub(super) fn judge(&self, root: Node, report: &mut Report) {
        let mut walk = Walk { grammar: self, report, identifiers: BTreeMap::new() };
        walk.global(root, Openness::Strict);
    }

    /// Kinds that tables name and do not have.
    #[cfg(test)]
    pub(super) fn undefined(&self) -> Vec<&'static str> {
        fn kinds(parts: &[Part]) -> Vec<&'static str> {
            let of = |part: &Part| match &part.what {
                What::Element { kind, .. } => vec![*kind],
                What::Choice(ways) => ways.iter().flat_map(|way| kinds(way)).collect(),
                What::Other | What::Any => Vec::new(),
            };
            parts.iter().flat_map(of).collect()
        }
        let of = |space: &Space| {
            let named =
                space.shapes.values().flat_map(|shape| kinds(&shape.model).into_iter().chain(kinds(&shape.advised)));
            named.filter(|kind| !space.shapes.contains_key(kind)).collect::<Vec<_>>()
        };
        self.spaces.values().flat_map(of).collect()
    }

    fn global(&self, node: Node) -> Option<(&'static str, &Shape)> {
        let (namespace, space) = self.spaces.get_key_value(node.tag_name().namespace()?)?;
        let name = space.globals.get(node.tag_name().name())?;
        Some((namespace, space.shapes.get(name)?))
    }
}

impl Space {
    fn new(openness: Openness, tables: &[&'static str]) -> Self {
        let mut space =
            Self { openness, shapes: BTreeMap::new(), globals: BTreeSet::new(), attributes: BTreeMap::new() };
        for line in tables.iter().flat_map(|table| table.lines()).map(str::trim).filter(|line| !line.is_empty()) {
            if let Some((name, kind)) = line.strip_prefix('@').and_then(|line| line.split_once('=')) {
                space.attributes.insert(name, Kind::parse(kind));
                continue;
            }
            let (head, content) = line.split_once("->").unwrap_or((line, ""));
            let mut words = head.split_whitespace();
            let name = words.next().unwrap_or_default();
            let plain = name.trim_start_matches('<').trim_end_matches('>');
            if plain != name {
                space.globals.insert(plain);
            }
            space.shapes.insert(plain, Shape::new(words, content));
        }
        space
    }
}

impl Shape {
    fn new(words: impl Iterator<Item = &'static str>, content: &'static str) -> Self {
        let mut shape = Self::default();
        for word in words {
            match word {
                "@*" => shape.others = true,
                "@any" => shape.anything = true,
                "@strict" => (shape.others, shape.strict) = (true, true),
                _ => {
                    let (name, kind) = word.split_once('=').unwrap_or((word, "text"));
                    let required = name.ends_with('!');
                    let kind = Kind::parse(kind);
                    shape.attributes.push(Attribute { name: name.trim_end_matches('!'), required, kind });
                }
            }
        }
        if let Some(kind) = content.trim().strip_prefix('#') {
            shape.text = Some(Kind::parse(kind));
            return shape;
        }
        let (content, advised) = content.split_once('~').unwrap_or((content, ""));
        let content = content.trim();
        shape.mixed = content.starts_with("mixed");
        let content = content.strip_prefix("mixed").unwrap_or(content);
        shape.model = parts(&mut tokens(content).into_iter()).into_iter().flatten().collect();
        shape.advised = parts(&mut tokens(advised).into_iter()).into_iter().flatten().collect();
        shape
    }

    fn openness(&self, space: &Space) -> Openness {
        match (self.anything, self.strict) {
            (true, _) => Openness::Lax,
            (_, true) => Openness::Strict,
            _ => space.openness,
        }
    }

    fn kind_of(&self, name: &str) -> Option<&'static str> {
        fn find(parts: &[Part], name: &str) -> Option<&'static str> {
            parts.iter().find_map(|part| match &part.what {
                What::Element { name: candidate, kind } => (*candidate == name).then_some(*kind),
                What::Choice(ways) => ways.iter().find_map(|way| find(way, name)),
                What::Other | What::Any => None,
            })
        }
        find(&self.model, name)
    }
}

/// The words of a content, with brackets and bars apart from them.
fn tokens(content: &'static str) -> Vec<&'static str> {
    let mut tokens = Vec::new();
    for word in content.split_whitespace() {
        let mut from = 0;
        for (at, sign) in word.char_indices() {
            match sign {
                '(' | '|' => {
                    tokens.extend([&word[from..at], &word[at..=at]]);
                    from = at + 1;
                }
                // What follows a bracket says how often.
                ')' => {
                    tokens.extend([&word[from..at], &word[at..]]);
                    from = word.len();
                }
                _ => {}
            }
        }
        tokens.push(&word[from..]);
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

/// The ways that `|` parts, up to the closing bracket or the end.
fn parts(tokens: &mut std::vec::IntoIter<&'static str>) -> Vec<Vec<Part>> {
    let mut ways = vec![Vec::new()];
    let occurs = |token: &str| {
        let (least, many) = (!token.ends_with(['?', '*']), token.ends_with(['*', '+']));
        (least, many)
    };
    let mut pending: Vec<Vec<Vec<Part>>> = Vec::new();
    for token in tokens {
        let (least, many) = occurs(token);
        let word = token.trim_end_matches(['?', '*', '+']);
        let what = match word {
            "(" => {
                pending.push(std::mem::replace(&mut ways, vec![Vec::new()]));
                continue;
            }
            "|" => {
                ways.push(Vec::new());
                continue;
            }
            ")" => What::Choice(std::mem::replace(&mut ways, pending.pop().unwrap_or_default())),
            "other" => What::Other,
            "any" => What::Any,
            _ => {
                let (name, kind) = word.split_once('>').unwrap_or((word, word));
                What::Element { name, kind }
            }
        };
        if let Some(way) = ways.last_mut() {
            way.push(Part { what, least, many });
        }
    }
    ways
}

struct Walk<'w, 'r> {
    grammar: &'w Grammar,
    report: &'w mut Report<'r>,
    /// The identifiers met, each with the kinds of elements that have it.
    identifiers: BTreeMap<String, BTreeSet<String>>,
}

impl Walk<'_, '_> {
    /// An element that stands where any may.
    fn global(&mut self, node: Node, openness: Openness) {
        let grammar = self.grammar;
        if let Some((namespace, shape)) = grammar.global(node) {
            return self.element(node, namespace, shape);
        }
        let name = node.tag_name().name();
        let space = node.tag_name().namespace().and_then(|namespace| grammar.spaces.get(namespace));
        if openness == Openness::Strict {
            let message = match space {
                Some(_) => format!("`{name}` cannot stand here"),
                None => format!("`{name}` is of a vocabulary that no schema of the standard declares"),
            };
            return self.report.at(&rules::UNKNOWN_ELEMENT, node.range().start, message);
        }
        for attribute in node.attributes() {
            self.foreign_attribute(node, &attribute, Openness::Lax);
        }
        for child in node.children().filter(Node::is_element) {
            self.global(child, Openness::Lax);
        }
    }

    fn element(&mut self, node: Node, namespace: &'static str, shape: &Shape) {
        let Some(space) = self.grammar.spaces.get(namespace) else { return };
        let name = node.tag_name().name();
        self.attributes(node, space, shape);
        if let Some(kind) = &shape.text {
            if let Some(inner) = node.children().find(Node::is_element) {
                let message = format!("`{name}` holds text alone, no `{}`", inner.tag_name().name());
                self.report.at(&rules::MARKUP, inner.range().start, message);
            } else {
                self.value(kind, &reader::content(node), (name, name), node.range().start);
            }
            return;
        }
        if let (false, Some(text)) = (shape.mixed, stray_text(node)) {
            let message = format!("text stands between the elements of `{name}`");
            self.report.at(&rules::STRAY_TEXT, text.range().start, message);
        }
        let inside: Vec<Node> = node.children().filter(Node::is_element).collect();
        self.order(node, &inside, namespace, &shape.model, false);
        if !shape.advised.is_empty() {
            self.order(node, &inside, namespace, &shape.advised, true);
        }
        for child in inside {
            let own = child.tag_name().namespace() == Some(namespace);
            let kind = shape.kind_of(child.tag_name().name()).filter(|_| own);
            match kind.and_then(|kind| space.shapes.get(kind)) {
                Some(shape) => self.element(child, namespace, shape),
                None if own && !takes_any(&shape.model) => {}
                None => self.global(child, shape.openness(space)),
            }
        }
    }

    fn order(&mut self, node: Node, inside: &[Node], own: &str, model: &[Part], advice: bool) {
        let names: Vec<_> =
            inside.iter().map(|child| (child.tag_name().namespace(), child.tag_name().name())).collect();
        let mut matching = Matching { names: &names, own, farthest: 0, expected: BTreeMap::new() };
        if matching.sequence(model, BTreeSet::from([0])).contains(&names.len()) {
            return;
        }
        let (farthest, expected) = (matching.farthest, matching.expected);
        let parent = node.tag_name().name();
        let list = |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or ");
        let there = |name: &&str| names.iter().any(|(_, there)| there == name);
        let needed: Vec<&str> = expected.iter().filter(|(_, needed)| **needed).map(|(name, _)| *name).collect();
        let absent = !needed.is_empty() && !needed.iter().any(there);
        let wanted = list(if needed.is_empty() { expected.into_keys().collect() } else { needed });
        let (rule, offset, message) = match inside.get(farthest) {
            Some(child) if !absent => self.misplaced(child, &inside[..farthest], own, model, (parent, &wanted)),
            _ => {
                let what = if wanted.is_empty() { "something".to_owned() } else { wanted };
                (&rules::MISSING_ELEMENT, node.range().start, format!("`{parent}` lacks {what}"))
            }
        };
        self.report.at(if advice { &rules::ADVISED_ORDER } else { rule }, offset, message);
    }

    /// What to say of a child that cannot stand where it does.
    fn misplaced(
        &self,
        child: &Node,
        before: &[Node],
        own: &str,
        model: &[Part],
        (parent, wanted): (&str, &str),
    ) -> (&'static Rule, usize, String) {
        let (name, at) = (child.tag_name().name(), child.range().start);
        let foreign = child.tag_name().namespace() != Some(own);
        let listed = lists(model, name) && !foreign;
        if listed && before.iter().any(|earlier| earlier.tag_name() == child.tag_name()) {
            (&rules::ORDER, at, format!("another `{name}` cannot stand here in `{parent}`"))
        } else if listed || foreign {
            let instead = if wanted.is_empty() { String::new() } else { format!(" before {wanted}") };
            (&rules::ORDER, at, format!("`{name}` stands too early or too late in `{parent}`{instead}"))
        } else {
            (&rules::UNKNOWN_ELEMENT, at, format!("`{parent}` cannot hold `{name}`"))
        }
    }

    fn attributes(&mut self, node: Node, space: &Space, shape: &Shape) {
        let name = node.tag_name().name();
        for attribute in node.attributes() {
            let place = attribute.range().start;
            let listed = shape.attributes.iter().find(|listed| match listed.name.strip_prefix("xml:") {
                Some(local) => attribute.namespace() == Some(reader::XML) && attribute.name() == local,
                None => attribute.namespace().is_none() && attribute.name() == listed.name,
            });
            if let Some(Attribute { kind, name, .. }) = listed {
                self.value(kind, attribute.value(), (name, node.tag_name().name()), place);
            } else if attribute.namespace() == Some(XSI) || shape.anything {
            } else if attribute.namespace().is_some() && shape.others {
                self.foreign_attribute(node, &attribute, shape.openness(space));
            } else {
                let message = format!("`{name}` has no attribute `{}`", attribute.name());
                self.report.at(&rules::UNKNOWN_ATTRIBUTE, place, message);
            }
        }
        for Attribute { name: wanted, required, .. } in &shape.attributes {
            if *required && node.attribute(*wanted).is_none() {
                let message = format!("`{name}` lacks its attribute `{wanted}`");
                self.report.at(&rules::MISSING_ATTRIBUTE, node.range().start, message);
            }
        }
    }

    fn foreign_attribute(&mut self, node: Node, attribute: &roxmltree::Attribute, openness: Openness) {
        let Some(namespace) = attribute.namespace().filter(|namespace| *namespace != XSI) else { return };
        let place = attribute.range().start;
        let grammar = self.grammar;
        let declared = grammar.spaces.get(namespace).and_then(|space| space.attributes.get(attribute.name()));
        match declared {
            Some(kind) => self.value(kind, attribute.value(), (attribute.name(), node.tag_name().name()), place),
            None if openness == Openness::Strict => {
                let message = format!("`{}` has no attribute `{}`", node.tag_name().name(), attribute.name());
                self.report.at(&rules::UNKNOWN_ATTRIBUTE, place, message);
            }
            None => {}
        }
    }

    fn value(&mut self, kind: &Kind, value: &str, (of, element): (&str, &str), place: usize) {
        match kind.refuses(value) {
            None => {}
            Some((rule, why)) => self.report.at(rule, place, format!("`{of}` is `{}`, and {why}", shortened(value))),
        }
        if matches!(kind, Kind::Id) {
            let owners = self.identifiers.entry(value.trim().to_owned()).or_default();
            let others = owners.iter().next().cloned();
            let is_new = owners.insert(element.to_owned());
            if !is_new {
                let message = format!("the identifier `{}` is used twice", shortened(value));
                self.report.at(&rules::IDENTIFIER_TWICE, place, message);
            } else if let Some(other) = others {
                let message =
                    format!("the identifier `{}` is also that of another element, `{other}`", shortened(value));
                self.report.at(&rules::IDENTIFIER_SHARED, place, message);
            }
        }
    }
}

fn takes_any(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part.what, What::Any))
}

fn lists(parts: &[Part], name: &str) -> bool {
    parts.iter().any(|part| match &part.what {
        What::Element { name: candidate, .. } => *candidate == name,
        What::Choice(ways) => ways.iter().any(|way| lists(way, name)),
        What::Other | What::Any => false,
    })
}

fn stray_text<'a, 'i>(node: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty()))
}

/// At most some forty characters of a value, for a message.
pub(super) fn shortened(value: &str) -> String {
    let line: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 { line } else { line.chars().take(59).chain(['…']).collect() }
}
