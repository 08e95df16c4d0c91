//! The accessibility statement, in the order that the law gives (RGAA 4.1.2, "Obligations").

use serde::Serialize;

use super::html::Html;
use super::views::Markup;
use crate::catalogue::Catalogue;
use crate::course::{Accessibility, Conformance, Course};

/// What the statement says, in words.
#[derive(Debug, Serialize)]
pub(super) struct StatementView {
    conformance: &'static str,
    owner: Option<String>,
    plan: Option<String>,
    scope: String,
    state: String,
    lists: Vec<ListView>,
    made: Vec<String>,
    contact: Option<Markup>,
}

/// What is not accessible, for one reason.
#[derive(Debug, Serialize)]
struct ListView {
    title: String,
    items: Vec<String>,
}

/// How far the course conforms, as the catalogue's keys end.
pub(crate) fn conformance(course: &Course) -> &'static str {
    match course.accessibility.conformance() {
        Conformance::Total => "total",
        Conformance::Partial => "partial",
        Conformance::None => "none",
    }
}

pub(super) fn view(course: &Course, words: &Catalogue) -> StatementView {
    let said = &course.accessibility;
    let state = match &said.audit {
        None => words.get("statement-unaudited").to_owned(),
        Some(audit) => {
            let (day, rate) = (words.date(&audit.day), audit.rate.to_string());
            words.fill("statement-audited", &[("auditor", &audit.auditor), ("day", &day), ("rate", &rate)])
        }
    };
    let lists = [
        ("statement-failures", &said.failures),
        ("statement-derogations", &said.derogations),
        ("statement-exemptions", &said.exemptions),
    ];
    let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
    StatementView {
        conformance: conformance(course),
        // Nobody is committed who has not said so.
        owner: said.owner.as_deref().map(|owner| words.fill("statement-owner", &[("owner", owner)])),
        plan: said.plan.clone(),
        scope: words.fill("statement-scope", &[("title", &course.title)]),
        state,
        lists: lists.map(|(key, items)| ListView { title: words.get(key).to_owned(), items: items.clone() }).collect(),
        made: made(said, words),
        contact: said.contact.as_deref().map(|contact| address(contact, words)),
    }
}

fn made(said: &Accessibility, words: &Catalogue) -> Vec<String> {
    let join = words.section("runtime")["join"].as_str();
    let lines = [("statement-environments", &said.environments), ("statement-tools", &said.tools)];
    let lines = lines.into_iter().filter(|(_, items)| !items.is_empty());
    lines.map(|(key, items)| format!("{} {}", words.get(key), items.join(join))).collect()
}

/// A contact as a link, if it is an address.
fn address(contact: &str, words: &Catalogue) -> Markup {
    let mut html = Html::default();
    if contact.starts_with("http") {
        html.open("a", &[("href", contact), ("target", "_blank"), ("rel", "noopener")]).text(contact).text(" ");
        html.element("small", &[], words.get("new-window")).close("a");
    } else if contact.contains('@') && !contact.contains(char::is_whitespace) {
        html.element("a", &[("href", &format!("mailto:{contact}"))], contact);
    } else {
        html.text(contact);
    }
    Markup::new(html.finish())
}
