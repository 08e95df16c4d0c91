//! The lines of choices as people type them: what was meant, and what to type instead.

use std::ops::Range;

use crate::text::is_no_break_space;

/// What word processors put before the items of a list, besides what Markdown takes.
const WORD_BULLETS: [char; 10] = ['•', '–', '—', '·', '◦', '▪', '●', '‣', '○', '➢'];

/// The line of a choice with its marker as it should be written; `None` when no marker was meant.
pub(super) fn correct_marker(line: &str) -> Option<String> {
    let text = line.trim_start();
    let indent: String = line[..line.len() - text.len()].replace(is_no_break_space, " ");
    let (inside, rest) = after_bullet(text).trim_start().strip_prefix('[')?.split_once(']')?;
    if rest.starts_with(['(', '[', ':']) {
        return None;
    }
    let mark = match inside.trim() {
        "" => ' ',
        "x" | "X" | "✓" | "✔" | "v" | "V" | "*" | "×" => 'x',
        _ => return None,
    };
    Some(format!("{indent}- [{mark}] {}", rest.trim_start()))
}

/// Whether a line looks like a choice and is none to Markdown.
pub(super) fn is_slipped(line: &str) -> bool {
    correct_marker(line).is_some() && !is_correct(line)
}

fn is_correct(line: &str) -> bool {
    let blank = [' ', '\t'];
    let text = line.trim_start_matches(blank);
    let marker = text.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with(blank));
    let inside = marker.and_then(|rest| rest.trim_start_matches(blank).strip_prefix('['));
    let rest = inside.and_then(|inside| inside.strip_prefix(['x', 'X', ' ', '\t'])?.strip_prefix(']'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(blank))
}

/// The first no-break space of a marker: where it is in the line, and a word for its place.
pub(super) fn no_break_space(line: &str) -> Option<(Range<usize>, &'static str)> {
    let text = line.trim_start();
    let bullet = line.len() - text.len();
    let opens = line.find('[')?;
    let closes = line.find(']')?;
    let (at, c) = line.char_indices().find(|(at, c)| *at <= closes + 1 && is_no_break_space(*c))?;
    let place = match at {
        at if at < bullet => "before the hyphen",
        at if at < opens => "after the hyphen",
        at if at < closes => "between the brackets",
        _ => "after the brackets",
    };
    Some((at..at + c.len_utf8(), place))
}

/// Whether a line begins with the sign that a word processor puts before the items of a list.
pub(super) fn has_word_bullet(line: &str) -> bool {
    line.trim_start().starts_with(WORD_BULLETS)
}

/// The line without the sign that begins an item.
fn after_bullet(text: &str) -> &str {
    text.strip_prefix(['-', '*', '+']).or_else(|| text.strip_prefix(WORD_BULLETS)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_markers_are_corrected_and_links_left_alone() {
        for (given, expected) in [
            ("- [x]un", Some("- [x] un")),
            ("- [] un", Some("- [ ] un")),
            ("-[x] un", Some("- [x] un")),
            ("* [ x ] un", Some("- [x] un")),
            ("  -[ ]deux", Some("  - [ ] deux")),
            ("[✓] oui", Some("- [x] oui")),
            ("-\u{a0}[x] un", Some("- [x] un")),
            ("- [\u{202f}] un", Some("- [ ] un")),
            ("- [x]\u{a0}un", Some("- [x] un")),
            ("\u{a0}- [x] un", Some(" - [x] un")),
            ("•\t[ ] un", Some("- [ ] un")),
            ("- [texte](page.md)", None),
            ("- [x](page.md)", None),
            ("- un", None),
            ("- [1] un", None),
        ] {
            assert_eq!(correct_marker(given).as_deref(), expected, "{given}");
            assert_eq!(is_slipped(given), expected.is_some(), "{given}");
        }
        for right in ["- [x] un", "  * [ ] un", "+\t[X]\tun", "- [ ]"] {
            assert!(!is_slipped(right), "{right}");
        }
    }

    #[test]
    fn spaces_that_nobody_sees_are_told_apart() {
        for (line, expected) in [
            ("-\u{a0}[x] un", Some((1..3, "after the hyphen"))),
            ("- [\u{a0}] un", Some((3..5, "between the brackets"))),
            ("- [x]\u{202f}un", Some((5..8, "after the brackets"))),
            ("\u{a0}- [x] un", Some((0..2, "before the hyphen"))),
            ("- [x]un\u{a0}!", None),
        ] {
            assert_eq!(no_break_space(line), expected, "{line}");
        }
    }
}
