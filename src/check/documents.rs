//! The names of a package's own files, which no file of the author's may have.

use crate::course::Course;
use crate::package::PackagePath;
use crate::target::Target;
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

/// Whether a package has a file of ours with the base name of `path`.
pub(super) fn is_ours(path: &PackagePath, documents: &[PackagePath]) -> bool {
    let name = path.base_name();
    TAKEN.contains(&name)
        || Target::manifests().contains(name)
        || documents.iter().any(|document| document.base_name() == name)
}
