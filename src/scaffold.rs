//! `cartable new`: a small course that builds without a warning.

use std::path::Path;

use uuid::Uuid;

use crate::error::Error;
use crate::keys::schema;
use crate::text;
use crate::write;

/// The languages that a new course can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// French.
    French,
    /// English.
    English,
}

const FRENCH: [(&str, &str); 4] = [
    ("course.toml", include_str!("../templates/new/fr/course.toml")),
    ("lecon-1/index.md", include_str!("../templates/new/fr/index.md")),
    ("lecon-1/premiers-pas.md", include_str!("../templates/new/fr/premiers-pas.md")),
    ("lecon-1/quiz.md", include_str!("../templates/new/fr/quiz.md")),
];

const ENGLISH: [(&str, &str); 4] = [
    ("course.toml", include_str!("../templates/new/en/course.toml")),
    ("lesson-1/index.md", include_str!("../templates/new/en/index.md")),
    ("lesson-1/first-steps.md", include_str!("../templates/new/en/first-steps.md")),
    ("lesson-1/quiz.md", include_str!("../templates/new/en/quiz.md")),
];

/// Where editors find what `course.toml` may hold: its first line says so. Hidden, as it is no part of the course.
const SCHEMA: &str = ".cartable/course.schema.json";

/// Writes a new course into `folder`, which must not exist or be empty. Returns the paths written, relative to it.
///
/// # Errors
/// [`Error::NotOurs`] when something is in the folder already; [`Error::Io`] when it cannot be written.
pub fn create(folder: &Path, language: Language) -> Result<Vec<&'static str>, Error> {
    let occupied =
        folder.is_file() || walkdir::WalkDir::new(folder).min_depth(1).into_iter().next().is_some_and(|e| e.is_ok());
    if occupied {
        let reason = "it is not empty. Give the name of a new folder".to_owned();
        return Err(Error::NotOurs { path: folder.to_owned(), reason });
    }
    let files = match language {
        Language::French => &FRENCH,
        Language::English => &ENGLISH,
    };
    let name = folder.file_name().map(|name| text::ascii_slug(&name.to_string_lossy(), 64)).unwrap_or_default();
    let name = if name.is_empty() { "course".to_owned() } else { name };
    for (path, template) in files {
        let text = template.replace("{id}", &format!("urn:uuid:{}", fresh_id())).replace("{name}", &name);
        write::write_new(&folder.join(path), &text)?;
    }
    write::write_new(&folder.join(SCHEMA), &schema::text(&schema::course()))?;
    Ok(files.iter().map(|(path, _)| *path).chain([SCHEMA]).collect())
}

/// A course that nobody has given an address yet gets a random identity.
#[expect(clippy::disallowed_methods, reason = "a new course is no build; its id is drawn once and then written down")]
fn fresh_id() -> Uuid {
    Uuid::new_v4()
}
