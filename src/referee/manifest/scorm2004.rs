//! What SCORM 2004 says beyond its schemas.

use super::packaging::{self, Dialect};
use super::reader::{Node, child, content, said};
use super::vocabularies::{self, CP_12, CP_2004};
use super::{Judged, Names, Report, grammar::shortened, lom, root_is, rules, scorm12, sequencing};

const DIALECT: Dialect = Dialect {
    type_attribute: "scormType",
    other_type_attribute: "scormtype",
    settings: &["timeLimitAction", "dataFromLMS", "completionThreshold", "presentation"],
    judging: &["timeLimitAction", "dataFromLMS", "completionThreshold", "sequencing"],
};

/// The texts that LMSs know, and the editions that they stand for.
const VERSIONS: [(&str, &str); 4] = [
    ("1.3", "2004 2nd Edition"),
    ("CAM 1.3", "2004 2nd Edition"),
    ("2004 3rd Edition", "2004 3rd Edition"),
    ("2004 4th Edition", "2004 4th Edition"),
];

pub(super) fn judge(root: Node, text: &str, names: &Names, report: &mut Report, judged: &mut Judged) {
    let edition = version(root, report);
    judged.edition = edition.map(str::to_owned);
    // Without a version the later schemas are the more tolerant ones.
    let older = matches!(edition, Some("2004 2nd Edition" | "2004 3rd Edition"));
    if root_is(root, "manifest", CP_2004, report) {
        let grammar = if older { vocabularies::scorm2004_3rd() } else { vocabularies::scorm2004_4th() };
        grammar.judge(root, report);
    }
    let package = packaging::judge(root, text, &DIALECT, names, report, judged);
    for item in &package.items {
        threshold(item.node, older, report);
    }
    sequencing::judge(root, &package, report, judged);
    lom::judge(root, report);
}

fn version(root: Node, report: &mut Report) -> Option<&'static str> {
    let metadata = child(root, "metadata");
    let told = metadata.and_then(|metadata| said(metadata, "schemaversion"));
    let place =
        metadata.and_then(|metadata| child(metadata, "schemaversion")).or(metadata).unwrap_or(root).range().start;
    scorm12::schema(root, report);
    let told = told.filter(|told| !told.is_empty());
    let Some(told) = told else {
        // Pages that ask for no API lose nothing by being taken for those of SCORM 1.2.
        let sco = |node: Node| {
            node.attributes()
                .any(|attribute| attribute.name().eq_ignore_ascii_case("scormtype") && attribute.value() == "sco")
        };
        let rule = if root.descendants().any(sco) { &rules::VERSION_2004_MISSING } else { &rules::VERSION_MISSING };
        report.at(rule, place, "no `schemaversion` is given");
        return None;
    };
    let edition = VERSIONS.iter().find(|(version, _)| *version == told).map(|(_, edition)| *edition);
    if edition.is_some() && root.tag_name().namespace() == Some(CP_12) {
        let message = "the version is that of SCORM 2004, and the namespace that of SCORM 1.2";
        report.advise(&rules::VERSION_CLASH, place, message, "use the namespaces of SCORM 2004, or write `1.2`");
    }
    if edition.is_none() {
        let nearly = VERSIONS.iter().find(|(version, _)| version.eq_ignore_ascii_case(&told));
        let message = format!("`{}` is no version that LMSs know", shortened(&told));
        match nearly {
            Some((version, _)) => {
                report.advise(&rules::VERSION_UNKNOWN, place, message, format!("write `{version}`, exactly"));
            }
            None => report.at(&rules::VERSION_UNKNOWN, place, message),
        }
    }
    edition
}

/// Text in the 3rd edition, attributes in the 4th (SCORM 2004 CAM 3.4, completionThreshold).
fn threshold(item: Node, older: bool, report: &mut Report) {
    let Some(node) = child(item, "completionThreshold") else { return };
    let told = content(node);
    if told.trim().is_empty() {
        return;
    }
    let (rule, why) = if older {
        (&rules::THRESHOLD_UNREAD, "Moodle does not read a threshold as text")
    } else {
        (&rules::THRESHOLD_TEXT, "the 4th edition has attributes here")
    };
    report.at(rule, node.range().start, format!("`{}` is text: {why}", shortened(&told)));
}
