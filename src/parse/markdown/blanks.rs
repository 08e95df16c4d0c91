//! Blanks: `[[answer]]`, read from the author's text before Markdown makes something else of what stands in them.
//!
//! Between the brackets anything may stand: stars, pipes, dollar signs. So the parser is given a text of the same
//! length with letters in their place, and every block keeps its place in the author's file.

use std::borrow::Cow;
use std::ops::Range;

use crate::code;
use crate::diagnostic::{Diagnostic, Span};

/// Stands for the first three bytes of a blank: a letter, to Markdown.
pub(super) const FIRST: char = '\u{e000}';
/// Stands for every other byte of a blank.
const OTHER: &str = "\u{1}";

/// The blanks of a text. A link whose text is in brackets is none, nor is what a backslash stands before.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("[[").map(|at| from + at) {
        let line = text[start + 2..].lines().next().unwrap_or_default();
        let end = line.find("]]").map(|at| start + 2 + at + 2);
        // What follows makes a link of brackets, but for another blank.
        let is_link = |end: usize| text[end..].starts_with(['(', '[', ']']) && !text[end..].starts_with("[[");
        let is_blank = |end: usize| !text[..start].ends_with('\\') && !is_link(end);
        if let Some(end) = end.filter(|end| is_blank(*end)) {
            found.push(start..end);
        }
        from = end.unwrap_or(start + 2);
    }
    found
}

/// The text as Markdown may read it.
pub(super) fn mask<'a>(text: &'a str, blanks: &[Range<usize>]) -> Cow<'a, str> {
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for blank in blanks {
        masked.push_str(&text[at..blank.start]);
        masked.push(FIRST);
        masked.push_str(&OTHER.repeat(blank.len() - FIRST.len_utf8()));
        at = blank.end;
    }
    masked.push_str(&text[at..]);
    Cow::Owned(masked)
}

/// The file that `![[map.png]]` shows in other tools, where `blank` is what follows the sign.
pub(super) fn embedded<'t>(text: &'t str, blank: &Range<usize>) -> Option<&'t str> {
    let inside = text[blank.start + 2..blank.end - 2].split('|').next().unwrap_or_default().trim();
    let ending = inside.rsplit_once('.').filter(|(stem, _)| !stem.is_empty())?.1;
    let is_file = (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (is_file && text[..blank.start].ends_with('!') && !text[..blank.start].ends_with("\\!")).then_some(inside)
}

/// Says how an image is written.
pub(super) fn no_image(file: &str, place: Span) -> Diagnostic {
    let file = if file.contains(' ') { format!("<{file}>") } else { file.to_owned() };
    Diagnostic::new(&code::BROKEN_LINK, place, "this shows no image: two square brackets are for blanks to fill in")
        .hint(format!("write what the image shows, then its file: ![what it shows]({file})"))
}

/// Says that no blank can be filled in a description, an address, a title or a note.
pub(super) fn out_of_reach(blank: Span) -> Diagnostic {
    Diagnostic::new(&code::BLANK_OUTSIDE_QUESTION, blank, "nobody can fill a blank here, and these words would be lost")
        .hint("to show two brackets, write a backslash before them: \\[[")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_of_other_tools_are_told_from_blanks() {
        for (text, expected) in [
            ("![[map.png]]", Some("map.png")),
            ("![[a b.jpeg|300]]", Some("a b.jpeg")),
            ("[[map.png]]", None),
            ("Ah![[non]]", None),
        ] {
            assert_eq!(embedded(text, &find(text)[0]), expected, "{text}");
        }
    }

    #[test]
    fn blanks_are_told_from_links_and_escapes() {
        for (text, expected) in [
            ("En [[2010|deux mille dix]], [[2*3]].", vec!["[[2010|deux mille dix]]", "[[2*3]]"]),
            ("[[]] and [[ ]]", vec!["[[]]", "[[ ]]"]),
            ("[[a]][[b]]", vec!["[[a]]", "[[b]]"]),
            ("[[1]](page.md) \\[[2]] [[3", vec![]),
            ("[[a\nb]]", vec![]),
        ] {
            let found = find(text);
            assert_eq!(found.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(mask(text, &found).len(), text.len());
        }
    }
}
