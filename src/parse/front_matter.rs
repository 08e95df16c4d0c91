//! Front matter: the TOML between two `+++` lines at the head of a Markdown file.

use std::ops::Range;

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

/// Cuts `text` at its `+++` lines. Lines that are nearly those are reported and taken for them: all else would follow.
pub(crate) fn split(text: &str, file: FileId) -> Split<'_> {
    let whole = |diagnostic| Split { toml: "", toml_start: 0, body: text, body_start: 0, diagnostic };
    let say = |range: Range<usize>, message: &str, hint: &str| {
        Some(Diagnostic::new(&code::FRONT_MATTER, Span::new(file, range), message).hint(hint))
    };
    let first = text.lines().next().unwrap_or_default();
    let before = text.len() - text.trim_start().len();
    let opening = text[before..].lines().next().unwrap_or_default();
    if !is_fence(opening) {
        let (message, hint) = if opening.trim_end() == "---" {
            (
                "front matter is written in TOML between +++ lines, not in YAML between --- lines",
                "write: title = \"…\" between two lines +++",
            )
        } else if text.lines().take(6).any(|line| line.trim() == "+++") {
            ("the front matter is not at the head of the file", "remove what stands before the first line +++")
        } else {
            ("the file has no front matter", "begin the file with three lines:\n+++\ntitle = \"…\"\n+++")
        };
        return whole(say(0..first.len(), message, hint));
    }
    let place = before..before + opening.len();
    let mut diagnostic = inexact(opening).and_then(|(message, hint)| say(place.clone(), message, hint));
    if before > 0 {
        let message = "the front matter is not at the very head of the file";
        diagnostic = say(place.clone(), message, "remove what stands before the +++: empty lines and spaces");
    }
    let toml_start = (place.end + 1).min(text.len());
    let mut at = toml_start;
    for line in text[toml_start..].split_inclusive('\n') {
        if is_fence(line) {
            let body_start = at + line.len();
            let toml = &text[toml_start..at];
            let place = at..at + line.trim_end().len();
            let diagnostic = diagnostic.or_else(|| inexact(line).and_then(|(message, hint)| say(place, message, hint)));
            return Split { toml, toml_start, body: &text[body_start..], body_start, diagnostic };
        }
        at += line.len();
    }
    whole(say(place, "the front matter has no end", "put a line +++ after its last key"))
}

/// A line of two plus signs or more, and nothing else.
fn is_fence(line: &str) -> bool {
    let compact: String = line.split_whitespace().collect();
    compact.len() > 1 && compact.bytes().all(|byte| byte == b'+')
}

fn inexact(line: &str) -> Option<(&'static str, &'static str)> {
    (line.trim_end() != "+++")
        .then_some(("the lines around front matter are three plus signs", "write exactly three, with no space: +++"))
}
