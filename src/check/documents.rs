//! The names of a package's own files, which no file of the author's may have.

use crate::code;
use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::package::PackagePath;
use crate::referee::MANIFESTS;
use crate::text;

/// The base names that some package has, besides those of documents and manifests. (Those of schemas are not such as
/// media get.)
const TAKEN: [&str; 3] = ["runtime.js", "style.css", "index.html"];

/// The document of each unit: `index.html` of a course that is one unit, else named after the unit's key.
pub(super) fn paths(course: &Course) -> Vec<PackagePath> {
    let units = course.units();
    if units.len() == 1 {
        return vec![PackagePath::known("index.html")];
    }
    let mut paths: Vec<PackagePath> = Vec::new();
    for unit in units {
        let slug = Some(text::ascii_slug(unit.key, 80)).filter(|slug| !slug.is_empty());
        let slug = slug.unwrap_or_else(|| "lesson".to_owned());
        let names = std::iter::once(format!("{slug}.html")).chain((2..).map(|n| format!("{slug}-{n}.html")));
        let free = names.filter_map(|name| PackagePath::new(&name)).find(|path| !is_ours(path, &paths));
        paths.push(free.unwrap_or_else(|| unreachable!("a slug is a good file name: {slug}")));
    }
    paths
}

/// Says of which lessons the document could not have the name of the folder.
pub(super) fn renamed(course: &Course, documents: &[PackagePath]) -> Vec<Diagnostic> {
    let units = course.units();
    let notes = units.iter().zip(documents).enumerate().filter_map(|(at, (unit, document))| {
        let slug = text::ascii_slug(unit.key, 80);
        let wanted = format!("{}.html", if slug.is_empty() { "lesson" } else { &slug });
        if units.len() == 1 || document.as_str() == wanted {
            return None;
        }
        let whose = match documents[..at].iter().position(|other| other.as_str() == wanted) {
            Some(other) => format!("the lesson `{}`", units[other].key),
            None => "a file of cartable's".to_owned(),
        };
        let message = format!("the document of this lesson is called {}: {wanted} is {whose}", document.as_str());
        let hint = "nothing to do unless its name matters, in an address on the web; another name of the folder gives \
                    it another one";
        let span = unit.lessons.first().and_then(|lesson| lesson.span);
        Some(Diagnostic::new(&code::LESSON_DOCUMENT, span, message).hint(hint))
    });
    notes.collect()
}

/// Whether a package has a file of ours with the base name of `path`.
pub(super) fn is_ours(path: &PackagePath, documents: &[PackagePath]) -> bool {
    let name = path.base_name();
    TAKEN.contains(&name) || MANIFESTS.contains(&name) || documents.iter().any(|document| document.base_name() == name)
}
