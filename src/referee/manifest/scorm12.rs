//! What SCORM 1.2 says beyond its schemas.

use super::packaging::{self, Dialect, Package};
use super::reader::{Node, child, content, said};
use super::vocabularies::{self, CP_12, CP_2004};
use super::{Judged, Names, Report, grammar::shortened, lom, root_is, rules};

const DIALECT: Dialect = Dialect {
    type_attribute: "scormtype",
    other_type_attribute: "scormType",
    settings: &["masteryscore", "maxtimeallowed", "timelimitaction", "datafromlms"],
    judging: &["prerequisites", "masteryscore", "maxtimeallowed", "timelimitaction", "datafromlms"],
};

pub(super) fn judge(root: Node, text: &str, names: &Names, report: &mut Report, judged: &mut Judged) {
    judged.edition = Some("1.2".to_owned());
    if root_is(root, "manifest", CP_12, report) {
        vocabularies::scorm12().judge(root, report);
    }
    version(root, report);
    let package = packaging::judge(root, text, &DIALECT, names, report, judged);
    for item in &package.items {
        mastery(item.node, report, judged);
        prerequisites(item.node, &package, report);
        if let Some(time) = child(item.node, "maxtimeallowed").filter(|time| !is_timespan(content(*time).trim())) {
            let message = format!("`{}` is no time as in 0001:30:00", shortened(&content(time)));
            report.at(&rules::MAX_TIME, time.range().start, message);
        }
    }
    lom::judge(root, report);
}

fn version(root: Node, report: &mut Report) {
    let metadata = child(root, "metadata");
    let told = metadata.and_then(|metadata| said(metadata, "schemaversion"));
    let place =
        metadata.and_then(|metadata| child(metadata, "schemaversion")).or(metadata).unwrap_or(root).range().start;
    match told.as_deref() {
        None | Some("") => report.at(&rules::VERSION_MISSING, place, "no `schemaversion` is given"),
        Some("1.2") if root.tag_name().namespace() == Some(CP_2004) => {
            report.at(
                &rules::VERSION_CLASH,
                place,
                "the version is that of SCORM 1.2, and the namespace that of SCORM 2004",
            );
        }
        Some("1.2") => {}
        Some(other) => {
            let message = format!("`{}` is not the version of SCORM 1.2", shortened(other));
            report.at(&rules::VERSION_UNKNOWN, place, message);
        }
    }
    schema(root, report);
}

/// What both versions of SCORM write alike: `schema`, and no blanks around the version.
pub(super) fn schema(root: Node, report: &mut Report) {
    let Some(metadata) = child(root, "metadata") else { return };
    if let Some(version) = child(metadata, "schemaversion") {
        let told = content(version);
        if told != told.trim() && !told.trim().is_empty() {
            let message = format!("blanks stand around `{}`", shortened(&told));
            report.at(&rules::VERSION_BLANKS, version.range().start, message);
        }
    }
    let Some(node) = child(metadata, "schema") else { return };
    let told = content(node);
    if told.trim() != "ADL SCORM" {
        report.at(&rules::SCHEMA, node.range().start, format!("the schema is `{}`", shortened(&told)));
    }
}

fn mastery(item: Node, report: &mut Report, judged: &mut Judged) {
    let Some(node) = child(item, "masteryscore") else { return };
    let told = content(node);
    let plain = told.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = told.trim().parse::<f64>().ok().filter(|_| plain);
    if number.is_none_or(|number| number > 100.0) {
        report.at(&rules::MASTERY_SCORE, node.range().start, format!("the mastery score is `{}`", shortened(&told)));
    }
    judged.pass_mark.get_or_insert_with(|| told.trim().to_owned());
}

/// The names in a script, between operators and statuses (AICC CMI001, 6.2).
fn prerequisites(item: Node, package: &Package, report: &mut Report) {
    let Some(node) = child(item, "prerequisites") else { return };
    let script = content(node);
    let mut quoted = false;
    let names = script.split(|sign: char| {
        quoted ^= sign == '"';
        quoted
            || matches!(sign, '"' | '&' | '|' | '~' | '=' | '<' | '>' | '{' | '}' | '(' | ')' | '*' | ',')
            || sign.is_whitespace()
    });
    let status =
        ["passed", "completed", "browsed", "failed", "incomplete", "not", "attempted", "p", "c", "b", "f", "i", "n"];
    for name in names.filter(|name| !name.is_empty()) {
        let number = name.bytes().all(|byte| byte.is_ascii_digit());
        if !number && !status.contains(&name.to_lowercase().as_str()) && !package.identifiers.contains(name) {
            report.at(
                &rules::PREREQUISITES,
                node.range().start,
                format!("no item has the identifier `{}`", shortened(name)),
            );
        }
    }
}

fn is_timespan(text: &str) -> bool {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let parts: Vec<&str> = clock.split(':').collect();
    let sized = |part: &str, least, most| {
        (least..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(parts.as_slice(), [hours, minutes, seconds] if sized(hours, 2, 4) && sized(minutes, 2, 2) && sized(seconds, 2, 2) && sized(fraction, 1, 2))
}
