//! The record about the course, of LOM 1.2 or IEEE LOM: what catalogues would show.

use super::reader::{Node, child, children, content};
use super::{Report, grammar, packaging, rules, values};

/// The most characters of an identifier that are looked at.
const IDENTIFIER: usize = 500;

pub(super) fn judge(root: Node, report: &mut Report) {
    let Some(record) = child(root, "metadata").and_then(|metadata| child(metadata, "lom")) else { return };
    if record.tag_name().namespace().is_some_and(|namespace| namespace.contains("imsmd")) {
        record.descendants().for_each(|node| words_and_dates(node, report));
    }
    let Some(general) = child(record, "general") else { return };
    let title = child(general, "title").is_some_and(|title| {
        title.descendants().any(|node| node.is_text() && node.text().is_some_and(|text| !text.trim().is_empty()))
    });
    if !title {
        report.at(&rules::METADATA_TITLE, general.range().start, "general has no title");
    }
    for language in children(general, "language") {
        let told = content(language);
        if told.trim() != "none" && !values::is_language(told.trim()) {
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

/// What the schema of LOM 1.2 takes as any text: words of its vocabularies, and moments. That of 2004 has lists.
fn words_and_dates(node: Node, report: &mut Report) {
    let name = node.tag_name().name();
    if let (Some(source), Some(value)) = (child(node, "source"), child(node, "value"))
        && text(source) == "LOMv1.0"
        && let Some(words) = vocabulary(name, node.parent_element().map_or("", |parent| parent.tag_name().name()))
    {
        let plain = |word: &str| word.replace([' ', '-'], "").to_lowercase();
        let told = text(value);
        if !words.iter().any(|word| plain(word) == plain(&told)) {
            let message = format!("`{}` is no `{name}` of LOMv1.0: {}", grammar::shortened(&told), words.join(", "));
            report.at(&rules::METADATA_WORD, value.range().start, message);
        }
    }
    if name == "datetime" {
        let told = text(node);
        let is_date = node.parent_element().is_some_and(|parent| parent.tag_name().name() == "date");
        let signs = if is_date { "-:.+TZ" } else { "-:.PYMWDTHS" };
        if !told.is_empty() && !told.chars().all(|sign| sign.is_ascii_digit() || signs.contains(sign)) {
            let (what, example) = if is_date { ("date", "2026-11-20") } else { ("duration", "PT45M") };
            let message = format!("`{}` is no {what} as in `{example}`", grammar::shortened(&told));
            report.at(&rules::METADATA_DATE, node.range().start, message);
        }
    }
}

/// All text in an element.
fn text(node: Node) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    text.trim().to_owned()
}

/// The words of LOM 1.2 for an element.
fn vocabulary(element: &str, parent: &str) -> Option<&'static [&'static str]> {
    Some(match element {
        "structure" => {
            &["Collection", "Mixed", "Linear", "Hierarchical", "Networked", "Branched", "Parceled", "Atomic"]
        }
        "aggregationlevel" => &["1", "2", "3", "4"],
        "status" => &["Draft", "Final", "Revised", "Unavailable"],
        "role" if parent == "contribute" => &[
            "Author",
            "Publisher",
            "Unknown",
            "Initiator",
            "Terminator",
            "Validator",
            "Editor",
            "Graphical Designer",
            "Technical Implementer",
            "Content Provider",
            "Technical Validator",
            "Educational Validator",
            "Script Writer",
            "Instructional Designer",
            "Creator",
        ],
        "interactivitytype" => &["Active", "Expositive", "Mixed", "Undefined"],
        "learningresourcetype" => &[
            "Exercise",
            "Simulation",
            "Questionnaire",
            "Diagram",
            "Figure",
            "Graph",
            "Index",
            "Slide",
            "Table",
            "Narrative Text",
            "Exam",
            "Experiment",
            "ProblemStatement",
            "SelfAssessment",
        ],
        "interactivitylevel" | "semanticdensity" => &["very low", "low", "medium", "high", "very high"],
        "difficulty" => &["very easy", "easy", "medium", "difficult", "very difficult"],
        "intendedenduserrole" => &["Teacher", "Author", "Learner", "Manager"],
        "cost" | "copyrightandotherrestrictions" => &["yes", "no"],
        "kind" if parent == "relation" => &[
            "IsPartOf",
            "HasPart",
            "IsVersionOf",
            "HasVersion",
            "IsFormatOf",
            "HasFormat",
            "References",
            "IsReferencedBy",
            "IsBasedOn",
            "IsBasisFor",
            "Requires",
            "IsRequiredBy",
        ],
        "purpose" => &[
            "Discipline",
            "Idea",
            "Prerequisite",
            "Educational Objective",
            "Accessibility Restrictions",
            "Educational Level",
            "Skill Level",
            "Security Level",
            "Competency",
        ],
        _ => return None,
    })
}
