//! What importers of Tin Can packages expect beyond the order of elements.

use super::address;
use super::reader::{Node, child, children, content, place};
use super::vocabularies::{self, TINCAN};
use super::{Identifier, Judged, Launch, Names, Part, Report, cmi5, grammar::shortened, root_is, rules};
use std::collections::BTreeSet;

/// Parameters that the LMS adds to the address.
const RESERVED: [&str; 5] = ["endpoint", "auth", "actor", "registration", "activity_id"];

pub(super) fn judge(root: Node, names: &Names, report: &mut Report, judged: &mut Judged) {
    if root_is(root, "tincan", TINCAN, report) {
        vocabularies::tincan().judge(root, report);
    }
    judged.listed.insert(report.entry.to_owned());
    let mut ids = BTreeSet::new();
    let mut launching = 0;
    let list = child(root, "activities");
    for node in list.into_iter().flat_map(|list| children(list, "activity")) {
        let part = activity(node, &mut ids, names, report, judged);
        if part.launch.is_some() {
            launching += 1;
            if launching == 1 {
                judged.title.clone_from(&part.title);
                described(node, report);
            } else if launching == 2 {
                report.at(&rules::SEVERAL_LAUNCHES, node.range().start, "another activity can be launched too");
            }
        }
        judged.structure.push(part);
    }
    if launching == 0 {
        report.at(&rules::NO_LAUNCH, list.unwrap_or(root).range().start, "no activity has launch");
    }
}

fn described(node: Node, report: &mut Report) {
    if child(node, "description").is_none() {
        report.at(&rules::NO_DESCRIPTION, node.range().start, "the activity has no description");
    }
}

fn activity(node: Node, ids: &mut BTreeSet<String>, names: &Names, report: &mut Report, judged: &mut Judged) -> Part {
    let identifier = node.attribute("id").unwrap_or_default().trim().to_owned();
    judged.identifiers.push(Identifier { of: "activity", value: identifier.clone() });
    if !identifier.is_empty() {
        if !address::is_iri(&identifier) {
            report.at(&rules::IRI, place(node, "id"), format!("`{}` is no absolute IRI", shortened(&identifier)));
        }
        if !ids.insert(identifier.clone()) {
            report.at(&rules::IRI_TWICE, place(node, "id"), format!("`{}` is used twice", shortened(&identifier)));
        }
    }
    if let Some(kind) = node.attribute("type").map(str::trim).filter(|kind| !kind.is_empty() && !address::is_iri(kind))
    {
        report.at(&rules::ACTIVITY_TYPE, place(node, "type"), format!("the type is `{}`", shortened(kind)));
    }
    for name in ["name", "description"] {
        let texts: Vec<Node> = children(node, name).filter(|text| !content(*text).trim().is_empty()).collect();
        cmi5::texts(&texts, name, report);
    }
    let mut first = None;
    for (name, node) in
        ["launch", "resource"].into_iter().flat_map(|name| children(node, name).map(move |node| (name, node)))
    {
        let url = content(node).trim().to_owned();
        if url.is_empty() {
            continue;
        }
        let query = url.split_once('?').map_or("", |(_, rest)| rest);
        if let Some(parameter) =
            query.split('&').filter_map(|pair| pair.split('=').next()).find(|name| RESERVED.contains(name))
        {
            report.at(
                &rules::RESERVED_LAUNCH,
                node.range().start,
                format!("the address has the parameter `{parameter}`"),
            );
        }
        let file = address::check(node, "", ("", &url), names, report);
        judged.listed.extend(file.clone());
        if name == "launch" {
            let launch = Launch { file, url, sco: false };
            first.get_or_insert_with(|| launch.clone());
            judged.launches.push(launch);
        }
    }
    let title = child(node, "name").map(|name| content(name).trim().to_owned()).filter(|name| !name.is_empty());
    Part { kind: "activity", identifier, title, launch: first, settings: Vec::new(), parts: Vec::new() }
}
