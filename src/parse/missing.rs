//! Entries of a list of pages that name no page of their lesson: where the file is, or which one was meant.

use std::collections::BTreeSet;

use super::{Parser, front_matter};
use crate::code;
use crate::course::Lesson;
use crate::diagnostic::{Diagnostic, nearest};
use crate::keys::{self, Spanned};
use crate::load::Tree;

/// An entry of a list of pages, and the folder of its lesson.
pub(super) struct MissingPage {
    pub(super) folder: String,
    pub(super) name: Spanned<String>,
}

impl MissingPage {
    /// The last part of the entry.
    fn file(&self) -> &str {
        self.name.value.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// Where the entry leads to, from the folder of the course.
    fn target(&self) -> String {
        let mut parts: Vec<&str> = self.folder.split('/').collect();
        for part in self.name.value.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

impl Parser<'_> {
    /// Says what lists of pages name and is not there, once all lists and banks are known.
    pub(super) fn missing_pages(&mut self, lessons: &[Lesson]) {
        let pages = lessons.iter().flat_map(|lesson| &lesson.pages);
        let listed: BTreeSet<&str> = pages.map(|page| page.path.as_str()).collect();
        for entry in std::mem::take(&mut self.missing) {
            let path = Some(entry.target()).filter(|path| self.exists(path)).or_else(|| self.moved(&entry, &listed));
            let said = match path {
                Some(path) if self.is_of_bank(&path) => of_bank(&entry.name, &path),
                Some(path) => elsewhere(&entry, &path),
                None => self.nowhere(&entry),
            };
            self.say(said);
        }
    }

    fn exists(&self, path: &str) -> bool {
        // Beside course.toml a Markdown file is no page.
        self.tree.texts.contains_key(path) || self.tree.assets.contains_key(path)
    }

    pub(super) fn is_of_bank(&self, path: &str) -> bool {
        path.rsplit_once('/').is_some_and(|(folder, _)| self.bank_folders.contains(folder))
    }

    /// The only file of that name outside the lesson's folder, if it is in no list.
    fn moved(&self, missing: &MissingPage, listed: &BTreeSet<&str>) -> Option<String> {
        let file = missing.file();
        let is_here = |path: &str| path.starts_with(&format!("{}/", missing.folder));
        let is_it =
            |path: &&String| path.rsplit('/').next() == Some(file) && !listed.contains(path.as_str()) && !is_here(path);
        let mut found = self.tree.texts.keys().chain(self.tree.assets.keys()).filter(is_it);
        found.next().filter(|_| found.next().is_none() && file != "index.md").cloned()
    }

    /// What to do about a file that stands where `path` should, under nearly the same name: `quiz.md.txt`, `Index.md`.
    pub(super) fn renamed(&self, path: &str) -> Option<String> {
        let lower = path.to_lowercase();
        let stem = lower.strip_suffix(".md")?;
        let is_it = |known: &&String| {
            let known = known.to_lowercase();
            let ending = known.strip_prefix(stem).unwrap_or_default();
            [".md", ".md.txt", ".txt", ".md.md", ".markdown"].contains(&ending)
        };
        let known = self.tree.texts.keys().chain(self.tree.assets.keys()).find(is_it)?;
        let name = path.rsplit('/').next().unwrap_or(path);
        let why = if known.to_lowercase() == lower { "" } else { " (some systems hide the last ending of a name)" };
        Some(format!("there is a file {known}: rename it to {name}{why}"))
    }

    fn nowhere(&self, missing: &MissingPage) -> Diagnostic {
        let MissingPage { folder, name } = missing;
        let prefix = format!("{folder}/");
        let files: BTreeSet<&str> = self
            .tree
            .texts
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix))
            .filter(|name| *name != "index.md")
            .collect();
        // A page is named by its file, as it stands in the lesson's folder.
        let file = missing.file();
        let file = format!("{}.md", file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let similar = files.get(file.as_str()).copied().or_else(|| nearest(&name.value, files.iter().copied()));
        let message = format!("the page {} does not exist", missing.target());
        let diagnostic = Diagnostic::new(&code::MISSING_FILE, name.span, message);
        if let Some(hint) = self.renamed(&missing.target()) {
            return diagnostic.hint(hint);
        }
        match (similar, name.span) {
            (Some(similar), Some(span)) => {
                diagnostic.fix(format!("did you mean `{similar}`?"), span, format!("\"{similar}\""))
            }
            _ => diagnostic.hint("create the file, or remove it from the list"),
        }
    }
}

fn elsewhere(missing: &MissingPage, path: &str) -> Diagnostic {
    let MissingPage { folder, name } = missing;
    let file = missing.file();
    let place = if path.contains('/') { path.to_owned() } else { format!("{path}, beside course.toml") };
    let message = format!("the page {folder}/{file} does not exist: the file is at {place}");
    let rename = if name.value == file { String::new() } else { format!(", and write \"{file}\" here") };
    let hint = format!("a lesson's pages lie in its folder: move the file to {folder}/{file}{rename}");
    Diagnostic::new(&code::MISSING_FILE, name.span, message).hint(hint)
}

/// An entry that names a file of a bank.
pub(super) fn of_bank(name: &Spanned<String>, path: &str) -> Diagnostic {
    Diagnostic::new(&code::MISSING_FILE, name.span, format!("{path} is a file of a bank, and no page"))
        .hint("remove it from the list: files of a bank stand in no list of pages; the quiz draws from them")
}

/// The folders from which the quizzes of a course mean to draw.
pub(super) fn bank_folders(tree: &Tree) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for (path, &file) in &tree.texts {
        let front = front_matter::split(tree.sources.text(file), file);
        let lesson = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for name in keys::peek_tables(front.toml, "bank", "from") {
            let name = name.trim_start_matches("./").trim_end_matches('/');
            folders.extend([name.to_owned(), format!("{lesson}/{name}")]);
        }
    }
    folders.retain(|folder| !tree.texts.contains_key(&format!("{folder}/index.md")));
    folders
}
