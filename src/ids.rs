//! Writing missing question ids into the author's files: what `cartable ids` does, and what its warning proposes.

use crate::course::Course;
use crate::diagnostic::{Fix, Span};
use crate::sources::Sources;

/// Where to write `{#id}` after a heading, so that Markdown reads it as the heading's id.
pub(crate) fn insertion(sources: &Sources, heading: Span, id: &str) -> Option<Fix> {
    let source = sources.slice(heading);
    // The text of an underlined heading ends on the line before its last.
    let text = if source.starts_with('#') { source.lines().next()? } else { source.rsplit_once('\n')?.0 };
    let text = text.trim_end();
    let open = text.strip_suffix('}').and_then(|rest| rest.rfind('{')).filter(|open| is_attributes(&text[open + 1..]));
    let (at, replacement) = match open {
        Some(open) => (open + 1, format!("#{id} ")),
        None => (text.len(), format!(" {{#{id}}}")),
    };
    let at = heading.start + u32::try_from(at).ok()?;
    Some(Fix { span: Span { start: at, end: at, ..heading }, replacement })
}

/// Whether what stands in braces is a list of attributes, and not a part of the text.
fn is_attributes(inside: &str) -> bool {
    let mut tokens = inside.trim_end_matches('}').split_whitespace().peekable();
    tokens.peek().is_some() && tokens.all(|token| token.starts_with(['.', '#']) || token.contains('='))
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
