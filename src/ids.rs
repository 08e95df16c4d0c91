//! Writing missing question ids into the author's files: what `cartable ids` does, and what its warning proposes.

use crate::course::Course;
use crate::diagnostic::{Fix, Span};
use crate::sources::Sources;

/// Where to write `{#id}` after a heading, so that Markdown reads it as the heading's id.
pub(crate) fn insertion(sources: &Sources, heading: Span, id: &str) -> Option<Fix> {
    let line = sources.slice(heading).lines().next()?;
    let text = line.trim_end();
    let hashes = text.trim_end_matches('#');
    // A closing run of hashes belongs to the heading's markup: `## Title ##`.
    let text = if hashes.len() < text.len() && hashes.ends_with(' ') { hashes.trim_end() } else { text };
    let open = text.ends_with('}').then(|| text.rfind('{')).flatten();
    let (at, replacement) = match open {
        Some(open) => (open + 1, format!("#{id} ")),
        None => (text.len(), format!(" {{#{id}}}")),
    };
    let at = heading.start + u32::try_from(at).ok()?;
    Some(Fix { span: Span { start: at, end: at, ..heading }, replacement })
}

/// The files of a course with the missing ids written in: path and new content, unchanged files left out.
///
/// Only the insertions differ from the author's bytes; line ends, a byte order mark and accents stay as they are.
#[must_use]
pub fn with_ids(course: &Course, sources: &Sources) -> Vec<(String, String)> {
    let mut fixes: Vec<Fix> = course
        .questions()
        .filter(|(_, question)| !question.id_is_explicit && !question.id.is_empty())
        .filter_map(|(_, question)| insertion(sources, question.span, &question.id))
        .collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut files: Vec<(String, String)> = Vec::new();
    for fix in fixes.into_iter().rev() {
        let at = sources.raw_range(fix.span).start;
        let path = sources.path(fix.span.file);
        if files.last().is_none_or(|(last, _)| last != path) {
            files.push((path.to_owned(), sources.raw(fix.span.file).to_owned()));
        }
        if let Some((_, text)) = files.last_mut() {
            text.insert_str(at, &fix.replacement);
        }
    }
    files.reverse();
    files
}
