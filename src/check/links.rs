//! Where links lead: the one place that knows how a destination in the author's text is meant.

use std::collections::BTreeMap;

use crate::course::{Block, BlockKind, Course, Lesson, Node, Page};
use crate::diagnostic::Span;
use crate::load::Tree;

/// What a destination stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination<'a> {
    /// Something in the course that is shown in the same unit.
    Here(Place<'a>),
    /// Something in another unit: which one, and its title.
    OtherUnit { place: Place<'a>, unit: usize, title: &'a str },
    /// A file of the course's folder, by its path.
    File(&'a str),
    /// An address outside the package.
    Outside(&'a str),
}

/// Something in the course that can be linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// A page, by its id.
    Page(&'a str),
    /// A heading: the page's id and the anchor.
    Heading(&'a str, &'a str),
    /// A question, by its id.
    Question(&'a str),
}

/// Why a destination leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Problem {
    /// No such file.
    NoFile(String),
    /// A Markdown file that is in no list of pages.
    NotListed(String),
    /// No such heading on that page: the page's path and the anchor.
    NoAnchor(String, String),
    /// An address of a kind that has no place in a course, such as `javascript:`.
    Scheme(String),
    /// A path with backslashes, or from the root of a disk or a site.
    NotRelative,
    /// A path that leaves the course's folder.
    Escapes,
}

/// Everything that can be linked to.
#[derive(Debug)]
pub(crate) struct Links<'a> {
    pages: BTreeMap<&'a str, &'a Page>,
    /// Which unit the pages are in, and the files of their questions, by path.
    units: BTreeMap<&'a str, usize>,
    course: &'a Course,
    tree: &'a Tree,
}

impl<'a> Links<'a> {
    pub(crate) fn new(course: &'a Course, tree: &'a Tree) -> Self {
        let mut units = BTreeMap::new();
        for (at, page) in course.units().iter().enumerate().flat_map(|(at, unit)| unit.pages().map(move |p| (at, p))) {
            units.insert(page.path.as_str(), at);
            // The questions of a bank stand in files of their own.
            units.extend(page.questions().map(|question| (tree.sources.path(question.span.file), at)));
        }
        Self { pages: course.pages().map(|page| (page.path.as_str(), page)).collect(), units, course, tree }
    }

    /// What `destination` means to the author who wrote it at `span`.
    pub(crate) fn follow<'d>(&'d self, destination: &'d str, span: Span) -> Result<Destination<'d>, Problem> {
        self.resolve(self.tree.sources.path(span.file), destination)
    }

    /// What `destination` means on the page at `from` (a path), or in `course.toml` when `from` has no folder.
    pub(crate) fn resolve<'d>(&'d self, from: &str, destination: &'d str) -> Result<Destination<'d>, Problem> {
        if let Some(outside) = outside(destination)? {
            return Ok(outside);
        }
        let (path, anchor) = destination.split_once('#').unwrap_or((destination, ""));
        let path = path.split('?').next().unwrap_or(path);
        let target = if path.is_empty() { from.to_owned() } else { join(from, path)? };
        let Some(&page) = self.pages.get(target.as_str()) else {
            return self.file(target);
        };
        let place = if anchor.is_empty() {
            Place::Page(&page.id)
        } else {
            let anchor = percent_decode(anchor);
            find_anchor(page, &anchor).ok_or(Problem::NoAnchor(target, anchor))?
        };
        Ok(match self.other_unit(from, page) {
            Some((unit, title)) => Destination::OtherUnit { place, unit, title },
            None => Destination::Here(place),
        })
    }

    /// The unit that `page` is in, and its title, if what stands in the file at `from` is shown in another one.
    fn other_unit(&self, from: &str, page: &Page) -> Option<(usize, &'a str)> {
        let units = self.course.units();
        let at = *self.units.get(page.path.as_str())?;
        // A transcript stands in the folder of its lesson; what course.toml says is shown in every unit.
        let is_beside = |lesson: &Lesson| from.strip_prefix(&*lesson.folder).is_some_and(|rest| rest.starts_with('/'));
        let beside = || units.iter().position(|unit| unit.lessons.iter().any(is_beside));
        let here = self.units.get(from).copied().or_else(beside);
        (units.len() > 1 && here != Some(at)).then(|| (at, units[at].title))
    }

    fn file(&self, path: String) -> Result<Destination<'_>, Problem> {
        if let Some((known, _)) = self.tree.assets.get_key_value(&path) {
            return Ok(Destination::File(known));
        }
        if self.tree.texts.contains_key(&path) { Err(Problem::NotListed(path)) } else { Err(Problem::NoFile(path)) }
    }

    /// What can be linked to on the page at `path`: its headings and its questions.
    pub(crate) fn anchors(&self, path: &str) -> Vec<&'a str> {
        let mut anchors = Vec::new();
        if let Some(page) = self.pages.get(path) {
            page.walk(&mut |node| match node {
                Node::Block(Block { kind: BlockKind::Heading(heading), .. }) => anchors.push(heading.anchor.as_str()),
                Node::Block(Block { kind: BlockKind::Question(question), .. }) => anchors.push(question.id.as_str()),
                _ => {}
            });
        }
        anchors
    }

    /// Paths that exist, to suggest one.
    pub(crate) fn known_paths(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().copied().chain(self.tree.assets.keys().map(String::as_str))
    }
}

fn outside(destination: &str) -> Result<Option<Destination<'_>>, Problem> {
    if destination.starts_with('/') || destination.contains('\\') {
        return Err(Problem::NotRelative);
    }
    let Some((scheme, _)) = destination.split_once(':') else {
        return Ok(None);
    };
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    if !is_scheme {
        return Ok(None);
    }
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Ok(Some(Destination::Outside(destination))),
        other => Err(Problem::Scheme(other.to_owned())),
    }
}

/// Joins a relative path to the folder of `from`, both with `/`.
fn join(from: &str, path: &str) -> Result<String, Problem> {
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in percent_decode(path).split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or(Problem::Escapes)?),
            part => parts.push(part.to_owned()),
        }
    }
    Ok(unicode_normalization::UnicodeNormalization::nfc(parts.join("/").as_str()).collect())
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|h| u8::from_str_radix(h, 16).ok());
        decoded.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

fn find_anchor<'a>(page: &'a Page, anchor: &str) -> Option<Place<'a>> {
    let mut found = None;
    page.walk(&mut |node| match node {
        Node::Block(Block { kind: BlockKind::Heading(heading), .. }) if heading.anchor == anchor => {
            found.get_or_insert(Place::Heading(&page.id, &heading.anchor));
        }
        Node::Block(Block { kind: BlockKind::Question(question), .. }) if question.id == anchor => {
            found.get_or_insert(Place::Question(&question.id));
        }
        _ => {}
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_inside_the_course_only() {
        let from = "lecon/page.md";
        assert_eq!(join(from, "autre.md"), Ok("lecon/autre.md".to_owned()));
        assert_eq!(join(from, "../b/./c%20d.png"), Ok("b/c d.png".to_owned()));
        assert_eq!(join(from, "e\u{301}te\u{301}.png"), Ok("lecon/été.png".to_owned()));
        assert_eq!(join(from, "../../x"), Err(Problem::Escapes));
    }

    #[test]
    fn schemes_are_from_a_short_list() {
        assert_eq!(outside("https://a.b"), Ok(Some(Destination::Outside("https://a.b"))));
        assert_eq!(outside("page.md"), Ok(None));
        assert_eq!(outside("javascript:alert(1)"), Err(Problem::Scheme("javascript".to_owned())));
        assert_eq!(outside("//host/x"), Err(Problem::NotRelative));
        assert_eq!(outside("c:\\x"), Err(Problem::NotRelative));
    }
}
