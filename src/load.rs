//! The *load* stage: the only code that reads the author's disk.
//!
//! It walks the course's folder in sorted order and returns the text files in memory and a list of all other
//! files with their sizes. It refuses what lies outside the folder and understands nothing of what it reads.

mod misplaced;
mod traits;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::code;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::sources::{FileId, Sources};

pub use traits::Traits;

/// A course's folder as read from disk.
#[derive(Debug, Default)]
pub struct Tree {
    /// The text files: `course.toml`, `course.lock`, `theme.css`, every Markdown file and every template.
    pub sources: Sources,
    /// The text files by path (relative, with `/`, in Unicode NFC).
    pub texts: BTreeMap<String, FileId>,
    /// Every other file by path.
    pub assets: BTreeMap<String, Asset>,
    /// The texts of the CSV files, which are assets too: whether one is shown or merely offered is for the pages to say.
    /// Those of more than [`LARGEST_TABLE`] bytes are left out.
    pub tables: BTreeMap<String, FileId>,
    /// Those of the other files that are captions, and are read as well as copied.
    pub captions: BTreeMap<String, FileId>,
    /// The text files that are there but are no UTF-8.
    pub unreadable: BTreeSet<String>,
}

/// A file that is copied and never parsed: an image, a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where it is on disk.
    pub disk: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Width and height in CSS pixels, for images whose header could be read.
    pub dimensions: Option<(u32, u32)>,
    /// What else its bytes say that learners would notice.
    pub traits: Traits,
}

/// The size in bytes of the largest CSV file whose text is read.
pub const LARGEST_TABLE: u64 = 2_000_000;

/// The file that makes a folder a course.
const COURSE: &str = "course.toml";

/// Reads the course at `root`. `output` is left out when it lies inside.
///
/// # Errors
/// [`Error::NotACourse`] without a `course.toml`; [`Error::Usage`] when that is a link to elsewhere, or `output` holds pages;
/// [`Error::Io`] when a folder or a text file cannot be read.
pub fn load(root: &Path, output: Option<&Path>) -> Result<(Tree, Vec<Diagnostic>), Error> {
    if !is_course(root) {
        return Err(misplaced::not_a_course(root));
    }
    let real_root = root.canonicalize().map_err(Error::io("read", root))?;
    let output = output.and_then(|path| path.canonicalize().ok());
    if let Some(output) = output.as_deref().filter(|output| *output != real_root && output.starts_with(&real_root)) {
        refuse_pages(&real_root, output)?;
    }
    let mut loader = Loader { real_root, output, tree: Tree::default(), diagnostics: Vec::new() };
    loader.walk(root)?;
    if !loader.tree.texts.contains_key(COURSE) {
        // It is there, and was not taken.
        let message =
            "course.toml is a link that leads out of the course's folder: copy the file itself into the folder";
        return Err(Error::Usage(message.to_owned()));
    }
    Ok((loader.tree, loader.diagnostics))
}

/// Whether a folder holds a course.
#[must_use]
pub fn is_course(folder: &Path) -> bool {
    folder.join(COURSE).is_file()
}

/// What is left out as output must not be the author's.
fn refuse_pages(root: &Path, output: &Path) -> Result<(), Error> {
    let files = walkdir::WalkDir::new(output).sort_by_file_name().into_iter().flatten();
    let is_page = |path: &Path| {
        let mut start = [0; 3];
        path.to_str().is_some_and(|path| has_ending(path, "md"))
            && open(path).and_then(|mut file| file.read_exact(&mut start).map_err(Error::io("read", path))).is_ok()
            && start == *b"+++"
    };
    let Some(page) = files.map(walkdir::DirEntry::into_path).find(|path| is_page(path)) else {
        return Ok(());
    };
    let page = page.strip_prefix(root).unwrap_or(&page).display().to_string();
    Err(Error::Usage(format!("--out must not be a folder that holds pages of the course, and this one holds {page}")))
}

struct Loader {
    real_root: PathBuf,
    output: Option<PathBuf>,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

impl Loader {
    fn walk(&mut self, root: &Path) -> Result<(), Error> {
        let output = self.output.clone();
        let entries = walkdir::WalkDir::new(root)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(move |entry| entry.depth() == 0 || !ignored(entry, output.as_deref()));
        for entry in entries {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(root).to_owned();
                Error::Io { doing: "read", path, source: error.into() }
            })?;
            if entry.depth() > 0 {
                self.visit(root, &entry)?;
            }
        }
        Ok(())
    }

    fn visit(&mut self, root: &Path, entry: &walkdir::DirEntry) -> Result<(), Error> {
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(path) = portable(relative) else {
            let message = format!("the name of the file `{}` is not valid Unicode", relative.display());
            self.say(Diagnostic::new(&code::FILE_NAME, None, message).hint("rename the file"));
            return Ok(());
        };
        if entry.path_is_symlink() && !self.link_stays_inside(entry.path(), &path) {
            return Ok(());
        }
        let metadata = fs::metadata(entry.path()).map_err(Error::io("read", entry.path()))?;
        if metadata.is_file() {
            self.take(entry.path(), path, metadata.len())?;
        }
        Ok(())
    }

    fn link_stays_inside(&mut self, disk: &Path, path: &str) -> bool {
        let inside = disk.canonicalize().is_ok_and(|target| target.starts_with(&self.real_root) && target.is_file());
        if !inside {
            let message = format!("`{path}` is a symbolic link that leads to no file of this course");
            let hint = "copy the file into the course's folder: a package must not depend on what lies outside";
            self.say(Diagnostic::new(&code::SYMLINK_OUTSIDE, None, message).hint(hint));
        }
        inside
    }

    fn take(&mut self, disk: &Path, path: String, size: u64) -> Result<(), Error> {
        if self.tree.texts.contains_key(&path) || self.tree.assets.contains_key(&path) {
            let message = format!("two files are called `{path}` once accents are written the same way");
            self.say(Diagnostic::new(&code::FILE_NAME, None, message).hint("rename one of them"));
            return Ok(());
        }
        let captions = path.to_ascii_lowercase().ends_with(".vtt");
        if !is_text(&path) {
            if has_ending(&path, "csv") && size <= LARGEST_TABLE {
                let id = self.tree.sources.add(path.clone(), decode(read_bytes(disk)?));
                self.tree.tables.insert(path.clone(), id);
            }
            let dimensions = dimensions(disk, &path);
            let traits = Traits::read(disk, &path)?;
            self.tree.assets.insert(path.clone(), Asset { disk: disk.to_owned(), size, dimensions, traits });
            if !captions {
                return Ok(());
            }
        }
        match read_text(disk)? {
            Ok(text) => {
                let id = self.tree.sources.add(path.clone(), text);
                let known = if captions { &mut self.tree.captions } else { &mut self.tree.texts };
                known.insert(path, id);
            }
            Err((line, text)) => {
                let message = format!("`{path}` is not UTF-8 text (line {line})");
                let hint = "save the file again with the encoding UTF-8";
                self.say(Diagnostic::new(&code::NOT_UTF8, None, message).hint(hint));
                if path == COURSE {
                    // The rest of the course is judged by what it says.
                    let id = self.tree.sources.add(path.clone(), text);
                    self.tree.texts.insert(path.clone(), id);
                }
                self.tree.unreadable.insert(path);
            }
        }
        Ok(())
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

fn ignored(entry: &walkdir::DirEntry, output: Option<&Path>) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_output = || output.is_some_and(|o| entry.path().canonicalize().is_ok_and(|path| path == o));
    name.starts_with('.') || name.ends_with('~') || name == "Thumbs.db" || (entry.file_type().is_dir() && is_output())
}

fn portable(relative: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = relative.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/").nfc().collect())
}

/// Whether a path ends with `.` and `ending`, in whatever case.
pub(crate) fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(ending))
}

fn is_text(path: &str) -> bool {
    let at_the_top = !path.contains('/');
    let of_the_course = at_the_top && ["course.toml", "course.lock", "theme.css"].contains(&path);
    let template = path.starts_with("templates/") && path.ends_with(".html");
    of_the_course || template || (!at_the_top && path.ends_with(".md"))
}

/// The file's text, or the line of the first byte that is not UTF-8.
/// A text, or the line where it is no UTF-8, and what it may be then.
fn read_text(disk: &Path) -> Result<Result<String, (usize, String)>, Error> {
    Ok(String::from_utf8(read_bytes(disk)?).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|b| **b == b'\n').count() + 1;
        (line, decode(error.into_bytes()))
    }))
}

fn read_bytes(disk: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    open(disk)?.read_to_end(&mut bytes).map_err(Error::io("read", disk))?;
    Ok(bytes)
}

/// The text of a file that comes from a spreadsheet: UTF-8, or what its byte order mark says, else Windows-1252, in
/// which every byte means something.
fn decode(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        // It looks for a byte order mark first.
        encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned()
    })
}

/// Opens a source file for reading; also used to stream assets into the package.
#[expect(clippy::disallowed_methods, reason = "the one place that opens source files")]
pub(crate) fn open(disk: &Path) -> Result<fs::File, Error> {
    fs::File::open(disk).map_err(Error::io("read", disk))
}

fn dimensions(disk: &Path, path: &str) -> Option<(u32, u32)> {
    let pixels = |n: usize| u32::try_from(n).ok();
    match path.rsplit('.').next()?.to_ascii_lowercase().as_str() {
        "svg" => svg_dimensions(disk),
        "png" | "jpg" | "jpeg" | "gif" | "webp" => {
            let size = imagesize::size(disk).ok()?;
            Some((pixels(size.width)?, pixels(size.height)?))
        }
        _ => None,
    }
}

/// The size of an SVG from its root's `width` and `height`, else from its `viewBox` (SVG 2, section 8.2).
fn svg_dimensions(disk: &Path) -> Option<(u32, u32)> {
    let mut head = Vec::new();
    open(disk).ok()?.take(8192).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let mut reader = quick_xml::Reader::from_str(&head);
    let root = loop {
        match reader.read_event().ok()? {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                break tag;
            }
            quick_xml::events::Event::Eof => return None,
            _ => {}
        }
    };
    let attribute = |name: &str| {
        let found = root.attributes().flatten().find(|a| a.key.as_ref() == name)?;
        Some(found.value.into_owned())
    };
    let absolute = |name: &str| attribute(name)?.trim_end_matches("px").trim().parse::<f64>().ok();
    let (width, height) = match (absolute("width"), absolute("height")) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let view = attribute("viewBox")?;
            let numbers: Vec<f64> = view.split([' ', ',']).filter_map(|n| n.parse().ok()).collect();
            (*numbers.get(2)?, *numbers.get(3)?)
        }
    };
    let whole = |n: f64| (n.is_finite() && (1.0..=100_000.0).contains(&n)).then_some(n.round() as u32);
    Some((whole(width)?, whole(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_spreadsheets_are_decoded() {
        assert_eq!(decode("é\u{2019}".into()), "é\u{2019}");
        assert_eq!(decode(b"\xe9\x92 \x80".to_vec()), "é\u{2019} €");
        assert_eq!(decode(b"\xff\xfe\xe9\0;\0".to_vec()), "é;");
    }
}
