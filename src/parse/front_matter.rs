//! Front matter: the TOML between two `+++` lines at the head of a Markdown file.

use crate::code;
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::FileId;

/// A file cut into its two parts.
pub(crate) struct Split<'a> {
    /// The TOML; empty without front matter.
    pub(crate) toml: &'a str,
    /// Where it begins in the file.
    pub(crate) toml_start: usize,
    /// The Markdown.
    pub(crate) body: &'a str,
    /// Where it begins in the file.
    pub(crate) body_start: usize,
    /// Why there is no front matter.
    pub(crate) diagnostic: Option<Diagnostic>,
}

/// Cuts `text` at its `+++` lines.
pub(crate) fn split(text: &str, file: FileId) -> Split<'_> {
    let whole = |diagnostic| Split { toml: "", toml_start: 0, body: text, body_start: 0, diagnostic };
    let first = text.lines().next().unwrap_or_default();
    let first_line = Span::new(file, 0..first.len());
    if first.trim_end() != "+++" {
        let found = if first.trim_end() == "---" {
            let message = "front matter is written in TOML between +++ lines, not in YAML between --- lines";
            Diagnostic::new(&code::FRONT_MATTER, first_line, message).hint("write: title = \"…\" between two lines +++")
        } else {
            let message = "the file has no front matter";
            Diagnostic::new(&code::FRONT_MATTER, first_line, message)
                .hint("begin the file with three lines:\n+++\ntitle = \"…\"\n+++")
        };
        return whole(Some(found));
    }
    let toml_start = first.len() + 1;
    let mut at = toml_start;
    for line in text.get(toml_start..).unwrap_or_default().split_inclusive('\n') {
        if line.trim_end() == "+++" {
            let body_start = at + line.len();
            let toml = &text[toml_start..at];
            return Split { toml, toml_start, body: &text[body_start..], body_start, diagnostic: None };
        }
        at += line.len();
    }
    let message = "the front matter has no end";
    whole(Some(Diagnostic::new(&code::FRONT_MATTER, first_line, message).hint("put a line +++ after its last key")))
}
