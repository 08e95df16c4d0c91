//! The record about the course, of LOM 1.2 or IEEE LOM: what catalogues would show.

use super::reader::{Node, child, children, content};
use super::{Report, grammar, packaging, rules};

/// The most characters of an identifier that are looked at.
const IDENTIFIER: usize = 500;

pub(super) fn judge(root: Node, report: &mut Report) {
    let Some(record) = child(root, "metadata").and_then(|metadata| child(metadata, "lom")) else { return };
    let Some(general) = child(record, "general") else { return };
    let title = child(general, "title").is_some_and(|title| {
        title.descendants().any(|node| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty()))
    });
    if !title {
        report.at(&rules::METADATA_TITLE, general.range().start, "general has no title");
    }
    for language in children(general, "language") {
        let told = content(language);
        if told.trim() != "none" && !grammar::is_language(told.trim()) {
            let message = format!("`{}` is no language tag", grammar::shortened(&told));
            report.at(&rules::METADATA_LANGUAGE, language.range().start, message);
        }
    }
    for entry in general.descendants().filter(|node| node.tag_name().name() == "entry") {
        // Entries can stand in entries, two hundred deep, around megabytes.
        let texts = entry.descendants().filter(Node::is_text).filter_map(|text| text.text());
        let told: String = texts.flat_map(str::chars).take(IDENTIFIER).collect();
        if packaging::of_template(told.trim()) {
            let message = format!("`{}` is an identifier that templates have", grammar::shortened(&told));
            report.at(&rules::METADATA_IDENTIFIER, entry.range().start, message);
        }
    }
}
