//! What cmi5 says beyond its schema, and what ADL's test suite refuses.

use super::address::{self, Target};
use super::reader::{self, Node, child, children, content, place};
use super::vocabularies::{self, CMI5};
use super::{Identifier, Judged, Launch, Names, Part, Report, grammar::shortened, root_is, rules};
use std::collections::{BTreeMap, BTreeSet};

/// Parameters that the LMS adds to the address (cmi5 8.1).
const RESERVED: [&str; 5] = ["endpoint", "fetch", "actor", "registration", "activityId"];

struct Walk<'w, 'r> {
    names: &'w Names,
    objectives: BTreeSet<String>,
    /// The ids met, apart for each kind of element: CATAPULT compares them so.
    ids: BTreeMap<&'static str, BTreeSet<String>>,
    report: &'w mut Report<'r>,
    judged: &'w mut Judged,
}

pub(super) fn judge(root: Node, names: &Names, report: &mut Report, judged: &mut Judged) {
    if root_is(root, "courseStructure", CMI5, report) {
        vocabularies::cmi5().judge(root, report);
        judged.edition = Some("Quartz".to_owned());
    }
    judged.listed.insert(report.entry.to_owned());
    let mut walk = Walk { names, objectives: BTreeSet::new(), ids: BTreeMap::new(), report, judged };
    if let Some(course) = child(root, "course") {
        walk.id(course, "course");
        walk.texts(course);
        walk.judged.title = first_text(course);
    }
    if let Some(list) = child(root, "objectives") {
        for objective in children(list, "objective") {
            walk.id(objective, "objective");
            walk.texts(objective);
            walk.objectives.extend(objective.attribute("id").map(|id| id.trim().to_owned()));
        }
    }
    let parts = walk.parts(root);
    walk.judged.structure = parts;
}

/// The first title of a part.
fn first_text(node: Node) -> Option<String> {
    let text = child(child(node, "title")?, "langstring").map(content)?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl Walk<'_, '_> {
    fn parts(&mut self, node: Node) -> Vec<Part> {
        let mut parts = Vec::new();
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "block" => parts.push(self.block(child)),
                "au" => parts.push(self.unit(child)),
                _ => {}
            }
        }
        parts
    }

    fn block(&mut self, node: Node) -> Part {
        let identifier = self.id(node, "block");
        self.texts(node);
        self.references(node);
        let settings = reader::settings(node, &["objectives"], &[]);
        Part { kind: "block", identifier, title: first_text(node), launch: None, settings, parts: self.parts(node) }
    }

    fn unit(&mut self, node: Node) -> Part {
        let identifier = self.id(node, "au");
        self.texts(node);
        self.references(node);
        if let Some(kind) = node.attribute("activityType").filter(|kind| !address::is_iri(kind.trim())) {
            let message = format!("the type is `{}`", shortened(kind));
            self.report.at(&rules::ACTIVITY_TYPE, place(node, "activityType"), message);
        }
        let mark = node.attribute("masteryScore").map(str::trim);
        if mark.is_some_and(|mark| mark.split_once('.').is_some_and(|(_, part)| part.trim_end_matches('0').len() > 4)) {
            self.report.at(
                &rules::MASTERY_DIGITS,
                place(node, "masteryScore"),
                format!("masteryScore is {}", mark.unwrap_or_default()),
            );
        }
        if let Some(mark) = mark {
            self.judged.pass_mark.get_or_insert_with(|| mark.to_owned());
        }
        if node.attribute("moveOn").is_none() {
            self.report.at(&rules::MOVE_ON, node.range().start, "the unit has no moveOn");
        }
        let launch = child(node, "url").and_then(|url| self.launch(url));
        self.judged.launches.extend(launch.clone());
        let settings =
            reader::settings(node, &["launchParameters", "objectives"], &["masteryScore", "moveOn", "launchMethod"]);
        Part { kind: "au", identifier, title: first_text(node), launch, settings, parts: Vec::new() }
    }

    fn launch(&mut self, node: Node) -> Option<Launch> {
        let url = content(node).trim().to_owned();
        if url.is_empty() {
            return None;
        }
        let query = url.split_once('?').map_or("", |(_, rest)| rest.split('#').next().unwrap_or_default());
        for name in query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| RESERVED.contains(name)) {
            self.report.at(&rules::RESERVED, node.range().start, format!("the address has the parameter `{name}`"));
        }
        let file = address::check(node, "", ("", &url), self.names, self.report);
        self.judged.listed.extend(file.clone());
        let file = file.filter(|_| address::target("", &url) != Target::External);
        Some(Launch { file, url, sco: false })
    }

    fn id(&mut self, node: Node, of: &'static str) -> String {
        let Some(id) = node.attribute("id").map(str::trim) else { return String::new() };
        self.judged.identifiers.push(Identifier { of, value: id.to_owned() });
        if !address::is_iri(id) {
            self.report.at(&rules::IRI, place(node, "id"), format!("`{}` is no absolute IRI", shortened(id)));
        }
        // A unit with the course's id would be taken for the course.
        let kind = if of == "course" { "au" } else { of };
        if !self.ids.entry(kind).or_default().insert(id.to_owned()) {
            self.report.at(&rules::IRI_TWICE, place(node, "id"), format!("`{}` is used twice", shortened(id)));
        }
        id.to_owned()
    }

    fn references(&mut self, node: Node) {
        let Some(list) = child(node, "objectives") else { return };
        for objective in children(list, "objective") {
            let wanted = objective.attribute("idref").map(str::trim);
            if let Some(wanted) = wanted.filter(|wanted| !self.objectives.contains(*wanted)) {
                let message = format!("no objective has the id `{}`", shortened(wanted));
                self.report.at(&rules::IDREF, place(objective, "idref"), message);
            }
        }
    }

    fn texts(&mut self, node: Node) {
        for name in ["title", "description"] {
            let Some(list) = child(node, name) else { continue };
            texts(&children(list, "langstring").collect::<Vec<_>>(), name, self.report);
        }
    }
}

/// Texts that are one text in several languages.
pub(super) fn texts(nodes: &[Node], name: &str, report: &mut Report) {
    let mut languages = BTreeSet::new();
    for node in nodes {
        let at = node.range().start;
        if content(*node).trim().is_empty() {
            report.at(&rules::TEXT_EMPTY, at, format!("the {name} is empty"));
        }
        match node.attribute("lang").map(str::to_lowercase) {
            None => report.at(&rules::LANGUAGE_MISSING, at, format!("the {name} has no lang")),
            Some(language) => {
                if languages.contains(&language) {
                    report.at(
                        &rules::LANGUAGE_TWICE,
                        at,
                        format!("the {name} is there twice in `{}`", shortened(&language)),
                    );
                }
                languages.insert(language);
            }
        }
    }
}
