//! The author's lint: what a machine can see of the criteria that only the author can meet.
//!
//! Each file is one idea and holds pure functions over a page; the numbers in messages are criteria of RGAA 4.1.2,
//! and through them of WCAG. All findings are warnings or notes: what an LMS or a learner would lose is found
//! elsewhere. Lints guess, and prefer to stay silent; word lists are French and English.

mod files;
mod images;
mod language;
mod links;
mod structure;
mod tables;
mod text;
mod wording;

use std::collections::BTreeSet;

use super::links::Links;
use crate::course::{Course, Page};
use crate::diagnostic::{Diagnostic, Hint, Severity};
use crate::language::Language;
use crate::load::Tree;
use crate::sources::{FileId, Sources};

use text::Line;

/// A page as the lints see it.
struct View<'a> {
    page: &'a Page,
    /// Its text, line by line.
    lines: Vec<Line>,
    /// Of the course.
    language: &'a Language,
    sources: &'a Sources,
    links: &'a Links<'a>,
}

/// Reads over every page of `course` in which `found` has no error: a page that was not understood says little.
pub(crate) fn check(course: &Course, tree: &Tree, links: &Links<'_>, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let errors = found.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let misread: BTreeSet<FileId> = errors.filter_map(|error| error.span).map(|span| span.file).collect();
    let mut lints = Vec::new();
    let pages = || course.pages().filter(|page| !misread.contains(&page.span.file));
    lints.extend(files::check(pages(), course, tree, links));
    for page in pages() {
        let view = View { page, lines: text::lines(page), language: &course.language, sources: &tree.sources, links };
        lints.extend(images::check(&view));
        lints.extend(language::check(&view));
        lints.extend(links::check(&view));
        lints.extend(structure::check(&view));
        lints.extend(wording::check(&view));
    }
    crate::diagnostic::sort(&mut lints);
    explain_rulings(&mut lints);
    lints
}

/// Says with the first finding of each kind how to keep what is right as it stands.
fn explain_rulings(lints: &mut [Diagnostic]) {
    let mut seen = BTreeSet::new();
    for lint in lints.iter_mut().filter(|lint| lint.code.severity == Severity::Warning) {
        if seen.insert(lint.code.name) {
            let line = format!("{} = {{ level = \"off\", reason = \"…\" }}", lint.code.name);
            let text = format!("if it is right as it is, write under [lint] in course.toml: {line}");
            lint.hints.push(Hint { text, fix: None });
        }
    }
}
