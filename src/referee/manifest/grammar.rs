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
//! * Kinds of text: see [`Kind::parse`].

use super::Report;
use super::reader::{self, Node, XSI};
use super::rules;
use crate::referee::Rule;
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
        let mut walk = Walk { grammar: self, report, identifiers: BTreeSet::new() };
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

/// Matches children against a content: each step takes the places reached so far to those reached after it, so that
/// time grows with the number of children, whatever they are.
struct Matching<'m> {
    names: &'m [(Option<&'m str>, &'m str)],
    own: &'m str,
    farthest: usize,
    /// What could stand at the farthest place, and whether it must.
    expected: BTreeMap<&'static str, bool>,
}

impl Matching<'_> {
    fn sequence(&mut self, parts: &[Part], from: BTreeSet<usize>) -> BTreeSet<usize> {
        parts.iter().fold(from, |places, part| self.part(part, places))
    }

    fn part(&mut self, part: &Part, from: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut reached = self.once(&part.what, part.least, &from);
        if part.many {
            let mut frontier = reached.clone();
            while !frontier.is_empty() {
                frontier = self.once(&part.what, false, &frontier).difference(&reached).copied().collect();
                reached.extend(&frontier);
            }
        }
        if !part.least {
            reached.extend(from);
        }
        reached
    }

    fn once(&mut self, what: &What, needed: bool, from: &BTreeSet<usize>) -> BTreeSet<usize> {
        if let What::Choice(ways) = what {
            return ways.iter().flat_map(|way| self.sequence(way, from.clone())).collect();
        }
        let step = |at: &usize| {
            let &(namespace, name) = self.names.get(*at)?;
            let fits = match what {
                What::Element { name: wanted, .. } => name == *wanted && namespace == Some(self.own),
                What::Other => namespace.is_some_and(|namespace| namespace != self.own),
                What::Any => true,
                What::Choice(_) => false,
            };
            fits.then_some(at + 1)
        };
        let reached: BTreeSet<usize> = from.iter().filter_map(step).collect();
        for at in from.iter().filter(|at| !reached.contains(&(*at + 1))) {
            if let (What::Element { name, .. }, true) = (what, *at >= self.farthest) {
                if *at > self.farthest {
                    self.expected.clear();
                }
                self.farthest = *at;
                let known = self.expected.entry(name).or_default();
                *known |= needed;
            }
        }
        if let Some(last) = reached.last().filter(|last| **last > self.farthest) {
            self.farthest = *last;
            self.expected.clear();
        }
        reached
    }
}

struct Walk<'w, 'r> {
    grammar: &'w Grammar,
    report: &'w mut Report<'r>,
    identifiers: BTreeSet<String>,
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
                self.value(kind, &reader::content(node), name, node.range().start);
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
                self.value(kind, attribute.value(), name, place);
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
            Some(kind) => self.value(kind, attribute.value(), attribute.name(), place),
            None if openness == Openness::Strict => {
                let message = format!("`{}` has no attribute `{}`", node.tag_name().name(), attribute.name());
                self.report.at(&rules::UNKNOWN_ATTRIBUTE, place, message);
            }
            None => {}
        }
    }

    fn value(&mut self, kind: &Kind, value: &str, of: &str, place: usize) {
        match kind.refuses(value) {
            None => {}
            Some((rule, why)) => self.report.at(rule, place, format!("`{of}` is `{}`, and {why}", shortened(value))),
        }
        if matches!(kind, Kind::Id) && !self.identifiers.insert(value.trim().to_owned()) {
            let message = format!("the identifier `{}` is used twice", shortened(value));
            self.report.at(&rules::IDENTIFIER_TWICE, place, message);
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

/// What a text or the value of an attribute must be.
#[derive(Debug)]
pub(super) enum Kind {
    /// `text`, `uri`: anything; a schema's check of addresses refuses next to nothing.
    Text,
    /// `max200`: at most so many characters.
    Max(usize),
    /// `full`: an address that is not empty.
    Full,
    /// `solid`: not empty, and no blank in it.
    Solid,
    /// `id`: a name without colon, once in the document.
    Id,
    /// `idref`: the name of something in the document; whether it is there, and of the right kind, is for the rules.
    IdRef,
    /// `bool`.
    Bool,
    /// `0..1`: a decimal number in a range.
    Decimal(f64, f64),
    /// `int`: a whole number of 32 bits.
    Int,
    /// `count`: a whole number from 0.
    Count,
    /// `digits`: nothing but digits.
    Digits,
    /// `language`, of XML Schema, with blanks around it.
    Language,
    /// `tag`: a language without blanks; `tag-or-none` also takes `none`.
    Tag(bool),
    /// `duration` of XML Schema.
    Duration,
    /// `datetime` of XML Schema.
    DateTime,
    /// `lom-duration`.
    LomDuration,
    /// `lom-date`.
    LomDate,
    /// `(a|b c)`: one of these words as they are, `+` for a blank; `~(a|b)`: blanks around it do not matter.
    Words(Vec<String>, bool),
}

impl Kind {
    fn parse(text: &str) -> Self {
        let (word, loose) = text.strip_prefix('~').map_or((text, false), |rest| (rest, true));
        if let Some(list) = word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) {
            return Self::Words(list.split('|').map(|word| word.replace('+', " ")).collect(), loose);
        }
        if let Some((low, high)) = word.split_once("..") {
            return Self::Decimal(low.parse().unwrap_or(0.0), high.parse().unwrap_or(0.0));
        }
        if let Some(most) = word.strip_prefix("max").and_then(|digits| digits.parse().ok()) {
            return Self::Max(most);
        }
        match word {
            "full" => Self::Full,
            "solid" => Self::Solid,
            "id" => Self::Id,
            "idref" => Self::IdRef,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "count" => Self::Count,
            "digits" => Self::Digits,
            "language" => Self::Language,
            "tag" => Self::Tag(false),
            "tag-or-none" => Self::Tag(true),
            "duration" => Self::Duration,
            "datetime" => Self::DateTime,
            "lom-duration" => Self::LomDuration,
            "lom-date" => Self::LomDate,
            _ => Self::Text,
        }
    }

    /// The rule that a value breaks, and why.
    fn refuses(&self, value: &str) -> Option<(&'static Rule, String)> {
        let trimmed = value.trim_matches([' ', '\t', '\n', '\r']);
        let unless = |fine: bool, why: &str| (!fine).then(|| (&rules::VALUE, why.to_owned()));
        match self {
            Self::Text => None,
            Self::Max(most) => {
                let length = value.chars().count();
                (length > *most)
                    .then(|| (&rules::LENGTH, format!("has {length} characters, more than the {most} allowed")))
            }
            Self::Full => unless(!trimmed.is_empty(), "must not be empty"),
            Self::Solid => unless(!value.is_empty() && !value.contains(char::is_whitespace), "must hold no blank"),
            Self::Id | Self::IdRef => (!is_name(trimmed)).then(|| {
                let why = "must begin with a letter or `_` and hold letters, digits, `.`, `-` and `_` alone";
                (&rules::IDENTIFIER_GRAMMAR, why.to_owned())
            }),
            Self::Bool => unless(matches!(trimmed, "true" | "false" | "1" | "0"), "must be `true` or `false`"),
            Self::Decimal(low, high) => {
                let number = is_decimal(trimmed).then(|| trimmed.parse::<f64>().ok()).flatten();
                let fine = number.is_some_and(|number| (*low..=*high).contains(&number));
                unless(fine, &format!("must be a number from {low} to {high}"))
            }
            Self::Int => unless(trimmed.parse::<i32>().is_ok(), "must be a whole number"),
            Self::Count => {
                let digits = trimmed.strip_prefix('+').unwrap_or(trimmed);
                let zero = trimmed
                    .strip_prefix('-')
                    .is_some_and(|digits| all_digits(digits) && digits.trim_matches('0').is_empty());
                unless(all_digits(digits) || zero, "must be a whole number from 0")
            }
            Self::Digits => unless(all_digits(value), "must be a whole number from 0"),
            Self::Language => unless(is_language(trimmed), "must be a language tag such as `fr` or `en-GB`"),
            Self::Tag(none) => unless(
                is_language(value) || (*none && value == "none"),
                "must be a language tag such as `fr` or `en-GB`",
            ),
            Self::Duration => unless(is_duration(trimmed, true), "must be a duration such as `PT1H30M`"),
            Self::DateTime => unless(is_date_time(trimmed), "must be a moment such as `2026-11-20T10:00:00Z`"),
            Self::LomDuration => unless(is_duration(value, false), "must be a duration such as `PT45M`"),
            Self::LomDate => unless(is_lom_date(value), "must be a date such as `2026-11-20`"),
            Self::Words(words, loose) => {
                let collapsed = value.split_whitespace().collect::<Vec<_>>().join(" ");
                let given = if *loose { collapsed.as_str() } else { value };
                let fine = words.iter().any(|word| word == given);
                let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
                (!fine).then(|| (&rules::WORD, format!("must be one of {list}")))
            }
        }
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    digits.len() > usize::from(digits.contains('.'))
        && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
}

/// Whether a text is an `NCName` (Namespaces in XML 1.0, 4).
pub(super) fn is_name(text: &str) -> bool {
    let start = |sign: char| sign == '_' || sign.is_alphabetic();
    let more = |sign: char| {
        start(sign)
            || sign.is_numeric()
            || matches!(sign, '.' | '-' | '·' | '\u{300}'..='\u{36f}' | '\u{203f}' | '\u{2040}')
    };
    text.chars().next().is_some_and(start) && text.chars().all(more)
}

/// Whether a text has the form of a language tag (BCP 47, as XML Schema checks it).
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let sized = |part: &str| (1..=8).contains(&part.len());
    parts.next().is_some_and(|first| sized(first) && first.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && parts.all(|part| sized(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// `P1Y2M3DT4H5M6.7S`; `whole` also wants something after `P` and after `T`, and takes a sign.
fn is_duration(text: &str, whole: bool) -> bool {
    let text = if whole { text.strip_prefix('-').unwrap_or(text) } else { text };
    let Some(rest) = text.strip_prefix('P') else { return false };
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let fields = |mut text: &str, units: &[char]| {
        for unit in units {
            if let Some((number, after)) = text.split_once(*unit) {
                let (first, fraction) = number.split_once('.').unwrap_or((number, "0"));
                if !all_digits(first) || !all_digits(fraction) || (number.contains('.') && *unit != 'S') {
                    return false;
                }
                text = after;
            }
        }
        text.is_empty()
    };
    let something = !whole || (!rest.is_empty() && time.is_none_or(|time| !time.is_empty()));
    something && fields(date, &['Y', 'M', 'D']) && time.is_none_or(|time| fields(time, &['H', 'M', 'S']))
}

fn is_date_time(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some((date, time)) = text.split_once('T') else { return false };
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let pairs = |text: &str, sign: char, most: &[u32]| {
        let parts: Vec<&str> = text.split(sign).collect();
        let fits = |(part, most): (&&str, &u32)| {
            part.len() == 2 && all_digits(part) && part.parse().is_ok_and(|part: u32| part <= *most)
        };
        parts.len() == most.len() && parts.iter().zip(most).all(fits)
    };
    let Some((year, days)) = date.split_once('-') else { return false };
    year.len() >= 4
        && all_digits(year)
        && pairs(days, '-', &[12, 31])
        && !days.contains("00")
        && pairs(clock, ':', &[24, 59, 59])
        && all_digits(fraction)
        && (zone.is_empty() || zone == "Z" || pairs(&zone[1..], ':', &[14, 59]))
}

/// A date that may end after the year or any later part; a zone needs a fraction of a second before it.
fn is_lom_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut field = |lead: Option<u8>, digits: usize| {
        let start = at + usize::from(lead.is_some());
        let there = lead.is_none_or(|lead| bytes.get(at) == Some(&lead));
        let fine = there && bytes.get(start..start + digits).is_some_and(|field| field.iter().all(u8::is_ascii_digit));
        at = if fine { start + digits } else { at };
        fine
    };
    let fields = [(None, 4), (Some(b'-'), 2), (Some(b'-'), 2), (Some(b'T'), 2), (Some(b':'), 2), (Some(b':'), 2)];
    let read = fields.iter().take_while(|(lead, digits)| field(*lead, *digits)).count();
    let rest = &text.get(at..).unwrap_or("?");
    if read == 0 {
        return false;
    }
    if read < 6 || rest.is_empty() {
        return rest.is_empty();
    }
    let Some(rest) = rest.strip_prefix('.') else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let zone = &rest[digits..];
    let shifted = zone.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':'));
    digits > 0
        && (zone.is_empty()
            || zone == "Z"
            || shifted.is_some_and(|(hours, minutes)| {
                [hours, minutes].iter().all(|pair| pair.len() == 2 && all_digits(pair))
            }))
}
