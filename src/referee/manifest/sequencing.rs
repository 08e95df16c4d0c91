//! Whether sequencing makes sense: what it refers to is there, and its rules can come true.

use super::packaging::{Item, Package};
use super::reader::{Node, child, children, content, place};
use super::vocabularies::ADLSEQ;
use super::{Judged, Report, grammar::shortened, rules};
use std::collections::{BTreeMap, BTreeSet};

/// What governs one item: its own sequencing, and the one of the collection that it refers to.
struct Governed<'p, 'a, 'i> {
    item: &'p Item<'a, 'i>,
    own: Option<Node<'a, 'i>>,
    shared: Option<Node<'a, 'i>>,
}

impl<'a, 'i: 'a> Governed<'_, 'a, 'i> {
    /// An element of the item's sequencing; what the item has itself goes before what it shares (SCORM 2004 CAM 5.1).
    fn part(&self, name: &'static str) -> Option<Node<'a, 'i>> {
        let of = |node: Option<Node<'a, 'i>>| node.and_then(|node| imsss(node, name));
        of(self.own).or_else(|| of(self.shared))
    }

    fn place(&self) -> usize {
        self.own.unwrap_or(self.item.node).range().start
    }
}

fn imsss<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).find(|child| child.tag_name().namespace() != Some(ADLSEQ))
}

fn is(node: Option<Node>, attribute: &str, default: bool) -> bool {
    match node.and_then(|node| node.attribute(attribute)).map(str::trim) {
        Some("true" | "1") => true,
        Some("false" | "0") => false,
        _ => default,
    }
}

/// Every item reads again what it shares with others: so many elements and texts in all.
const MOST_SHARED: usize = 1_000_000;

pub(super) fn judge(root: Node, package: &Package, report: &mut Report, judged: &mut Judged) {
    let mut collection = BTreeMap::new();
    for list in children(root, "sequencingCollection") {
        for set in children(list, "sequencing") {
            let size = set.descendants().count();
            collection.extend(set.attribute("ID").map(|name| (name.trim(), (set, size))));
        }
    }
    let mut shared_in_all = 0;
    let mut written = BTreeSet::new();
    let mut read = BTreeMap::new();
    for item in &package.items {
        let own = child(item.node, "sequencing");
        let wanted = own.and_then(|own| own.attribute("IDRef")).map(str::trim);
        let (shared, size) = wanted.and_then(|wanted| collection.get(wanted).copied()).unzip();
        shared_in_all += size.unwrap_or_default();
        if shared_in_all > MOST_SHARED {
            let message = "the items share more sequencing than any manifest needs";
            return report.at(&rules::TOO_LARGE, own.unwrap_or(item.node).range().start, message);
        }
        if let (Some(own), Some(wanted), None) = (own, wanted, shared) {
            let message = format!("the collection has no sequencing with the ID `{}`", shortened(wanted));
            report.at(&rules::COLLECTION, place(own, "IDRef"), message);
        }
        let governed = Governed { item, own, shared };
        control(&governed, report);
        limits(&governed, report);
        rollup(&governed, report);
        objectives(&governed, &mut written, &mut read, report, judged);
        delivery(&governed, report);
    }
    for (target, at) in read.into_iter().filter(|(target, _)| !written.contains(target)) {
        report.at(&rules::TARGET_NEVER_WRITTEN, at, format!("nothing writes to `{}`", shortened(target)));
    }
}

fn control(governed: &Governed, report: &mut Report) {
    let Some(mode) = governed.part("controlMode") else { return };
    let (choice, flow) = (is(Some(mode), "choice", true), is(Some(mode), "flow", false));
    if governed.item.inside == 0 {
        if !governed.item.organization
            && governed.shared.is_none()
            && ["choice", "flow", "forwardOnly"].iter().any(|name| mode.has_attribute(*name))
        {
            report.at(&rules::CONTROL_OF_LEAF, mode.range().start, "no items are in this one");
        }
        return;
    }
    if !choice && !flow {
        report.at(&rules::UNREACHABLE, mode.range().start, "neither choice nor flow is allowed here");
    }
    if is(Some(mode), "forwardOnly", false) && !flow {
        report.at(&rules::FORWARD_ONLY, mode.range().start, "forwardOnly is on, and flow is off");
    }
}

fn limits(governed: &Governed, report: &mut Report) {
    let Some(limits) = governed.part("limitConditions") else { return };
    if limits.attribute("attemptLimit").is_some_and(|limit| limit.trim() == "0") {
        report.at(&rules::NO_ATTEMPT, limits.range().start, "attemptLimit is 0");
    }
}

fn rollup(governed: &Governed, report: &mut Report) {
    let inside = governed.item.inside;
    if let (Some(list), true) = (governed.part("rollupRules"), inside > 0) {
        for rule in children(list, "rollupRule")
            .filter(|rule| rule.attribute("childActivitySet").map(str::trim) == Some("atLeastCount"))
        {
            let count = rule.attribute("minimumCount").and_then(|count| count.trim().parse().ok()).unwrap_or(0);
            if count > inside {
                report.at(
                    &rules::ROLLUP_COUNT,
                    rule.range().start,
                    format!("{count} items are wanted, and {inside} are there"),
                );
            }
        }
    }
    let weight = |item: Node| {
        let rules = child(item, "sequencing").and_then(|own| imsss(own, "rollupRules"))?;
        rules.attribute("objectiveMeasureWeight")?.trim().parse::<f64>().ok()
    };
    if inside > 0 && children(governed.item.node, "item").all(|item| weight(item) == Some(0.0)) {
        report.at(&rules::ROLLUP_WEIGHT, governed.place(), "every item in it has the weight 0");
    }
}

fn objectives<'a>(
    governed: &Governed<'_, 'a, '_>,
    written: &mut BTreeSet<&'a str>,
    read: &mut BTreeMap<&'a str, usize>,
    report: &mut Report,
    judged: &mut Judged,
) {
    let list = governed.part("objectives");
    let mut known = BTreeSet::new();
    let mut targets = BTreeSet::new();
    for objective in list
        .into_iter()
        .flat_map(|list| list.children())
        .filter(|node| matches!(node.tag_name().name(), "primaryObjective" | "objective"))
    {
        let name = objective.attribute("objectiveID").map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| !known.insert(name)) {
            let message = format!("`{}` is another objective's too", shortened(name.unwrap_or_default()));
            report.at(&rules::OBJECTIVE_TWICE, place(objective, "objectiveID"), message);
        }
        let measure = child(objective, "minNormalizedMeasure");
        match (is(Some(objective), "satisfiedByMeasure", false), measure) {
            (true, None) => report.at(&rules::NO_MEASURE, objective.range().start, "no minNormalizedMeasure is given"),
            (false, Some(measure)) => {
                report.at(&rules::MEASURE_UNUSED, measure.range().start, "satisfiedByMeasure is not on");
            }
            (true, Some(measure)) if objective.tag_name().name() == "primaryObjective" => {
                judged.pass_mark.get_or_insert_with(|| content(measure).trim().to_owned());
            }
            _ => {}
        }
        for map in children(objective, "mapInfo") {
            if name.is_none() {
                report.at(
                    &rules::OBJECTIVE_ID,
                    objective.range().start,
                    "the objective is mapped, and has no objectiveID",
                );
            }
            let Some(target) = map.attribute("targetObjectiveID").map(str::trim) else { continue };
            let writes = ["writeSatisfiedStatus", "writeNormalizedMeasure"].iter().any(|way| is(Some(map), way, false));
            if ["readSatisfiedStatus", "readNormalizedMeasure"].iter().any(|way| is(Some(map), way, true)) && !writes {
                read.entry(target).or_insert(map.range().start);
            }
            if writes {
                written.insert(target);
                if !targets.insert(target) {
                    let message = format!("`{}` is written by two objectives", shortened(target));
                    report.at(&rules::TARGET_WRITTEN_TWICE, map.range().start, message);
                }
            }
        }
    }
    if let Some(rules) = governed.part("sequencingRules") {
        for condition in rules.descendants().filter(|node| node.tag_name().name() == "ruleCondition") {
            if let Some(wanted) =
                condition.attribute("referencedObjective").map(str::trim).filter(|wanted| !known.contains(wanted))
            {
                let message = format!("the item has no objective `{}`", shortened(wanted));
                report.at(&self::rules::OBJECTIVE_UNKNOWN, place(condition, "referencedObjective"), message);
            }
        }
    }
}

fn delivery(governed: &Governed, report: &mut Report) {
    let Item { sco, node, .. } = governed.item;
    if !sco {
        return;
    }
    let controls = governed.part("deliveryControls");
    let missing: Vec<&str> = ["completionSetByContent", "objectiveSetByContent"]
        .into_iter()
        .filter(|name| !is(controls, name, false))
        .collect();
    if is(controls, "tracked", true) && !missing.is_empty() {
        let at = controls.unwrap_or(*node).range().start;
        report.at(&rules::SET_BY_CONTENT, at, format!("not on for this item: {}", missing.join(" and ")));
    }
}
