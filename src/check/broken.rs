//! Links that lead nowhere: what is wrong, and what their author probably meant.

use super::links::Problem;
use super::{Checker, is_image, relative};
use crate::code;
use crate::diagnostic::{Diagnostic, Span, nearest};

/// Endings of addresses that people write without `https://`.
const DOMAINS: [&str; 8] = [".org", ".com", ".net", ".fr", ".eu", ".be", ".ch", ".ca"];

impl Checker<'_> {
    pub(super) fn broken(&mut self, problem: &Problem, destination: &str, span: Span) {
        let (message, hint) = match problem {
            Problem::NoFile(path) => {
                let similar = self.similar_file(path).map(str::to_owned);
                // Its author does use it.
                self.mentioned.extend(similar.clone());
                let hint = match similar {
                    Some(known) => {
                        let anchor = destination.find('#').map_or("", |at| &destination[at..]);
                        format!("did you mean `{}{anchor}`?", relative(self.tree.sources.path(span.file), &known))
                    }
                    None => instead_of_file(destination),
                };
                (format!("there is no file `{destination}`"), hint)
            }
            Problem::NotListed(path) if path.ends_with(".md") => (
                format!("`{path}` is not a page of the course"),
                "add it to pages in the lesson's index.md, or remove the link".to_owned(),
            ),
            Problem::NotListed(path) => (
                format!("`{path}` is a file for cartable, and learners do not get it"),
                "remove the link, or offer a copy of the file under another name".to_owned(),
            ),
            Problem::NoAnchor(path, anchor) => {
                (format!("there is no heading `{anchor}` on {path}"), self.instead_of_anchor(path, anchor))
            }
            Problem::Scheme(scheme) => (
                format!("addresses that start with `{scheme}:` have no place in a course"),
                "use https:, mailto:, tel:, or the name of a file".to_owned(),
            ),
            Problem::NotRelative => (
                format!("`{destination}` does not start from the folder of this page"),
                "write the path from this page, with /: ../other-lesson/page.md".to_owned(),
            ),
            Problem::Escapes => (
                format!("`{destination}` leaves the course's folder"),
                "copy the file into the course's folder".to_owned(),
            ),
        };
        self.say(Diagnostic::new(&code::BROKEN_LINK, span, message).hint(hint));
    }

    /// The file that is meant by a path that does not exist: the same name elsewhere or with the ending of a page, or
    /// a name with a slip.
    pub(super) fn similar_file(&self, path: &str) -> Option<&str> {
        let known = || self.facts.links.known_paths();
        let stem = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
        let page = format!("{}.md", stem.trim_end_matches('/'));
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let page_name = page.rsplit('/').next().unwrap_or_default();
        known()
            .find(|known| *known == page)
            .or_else(|| known().find(|known| file_name(known).eq_ignore_ascii_case(name)))
            .or_else(|| known().find(|known| file_name(known) == page_name))
            .or_else(|| {
                // Paths in one folder are alike for that reason alone, so names are compared.
                let names = known().filter(|known| same_ending(known, path)).map(file_name);
                let similar = nearest(name, names)?;
                let here = format!("{folder}/{similar}");
                known().find(|known| *known == here).or_else(|| known().find(|known| file_name(known) == similar))
            })
    }

    fn instead_of_anchor(&self, path: &str, anchor: &str) -> String {
        match nearest(&anchor.to_lowercase(), self.facts.links.anchors(path)) {
            Some(similar) => format!("did you mean `#{similar}`?"),
            None => "a heading's anchor is its text in lower case with hyphens, or the {#id} after it".to_owned(),
        }
    }
}

/// What a destination may be that is like no file of the course.
fn instead_of_file(destination: &str) -> String {
    let host = destination.split('/').next().unwrap_or_default();
    if destination.contains('@') && !destination.contains('/') {
        return format!("for an e-mail address, write mailto:{destination}");
    }
    if host.starts_with("www.") || DOMAINS.iter().any(|domain| host.ends_with(domain)) {
        return format!("for an address of the web, write https://{destination}");
    }
    "check the name: paths start from the folder of this page".to_owned()
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn same_ending(a: &str, b: &str) -> bool {
    let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending(a) == ending(b) || (is_image(a) && is_image(b))
}
