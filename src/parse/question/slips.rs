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

/// A choice that begins with another sign than a box, as it should be written: `- (x) un`, `- ☑ un`.
pub(super) fn other_box(line: &str) -> Option<String> {
    const RIGHT: [&str; 9] = ["(x)", "(X)", "(✓)", "(✔)", "☑", "☒", "✓", "✔", "✅"];
    const WRONG: [&str; 4] = ["( )", "()", "☐", "❌"];
    let text = line.trim_start().strip_prefix(['-', '*', '+'])?.trim_start();
    let after = |signs: &[&str]| signs.iter().find_map(|sign| text.strip_prefix(sign)).map(str::to_owned);
    let (mark, rest) = after(&RIGHT).map(|rest| ('x', rest)).or_else(|| Some((' ', after(&WRONG)?)))?;
    Some(format!("- [{mark}] {}", rest.trim_start_matches('\u{fe0f}').trim_start()))
}

/// Numbers, or what was meant as some, in brackets that are not doubled: `[92,5 ± 0,5]`. Their places.
pub(super) fn in_single_brackets(source: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, _) in source.match_indices('[') {
        let Some(end) = source[start..].find(']').map(|at| start + at + 1) else { break };
        let is_alone =
            !source[..start].ends_with(['[', '\\', '!', ']']) && !source[end..].starts_with(['(', '[', ']', ':']);
        let inside = &source[start + 1..end - 1];
        if is_alone && !inside.contains(['[', '\n']) && inside.contains(|c: char| c.is_ascii_digit()) {
            found.push(start..end);
        }
    }
    found
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

/// The number with which a line begins, as the items of a list do (`2.two`, `2- two`, `b) two`), and its text.
pub(super) fn numbered(line: &str) -> Option<(u32, &str)> {
    let text = line.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let (number, signs, rest) = match text.len() - rest.len() {
        0 => {
            let letter = text.chars().next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
            (u32::from(letter) - u32::from('a') + 1, [')', ')', ')', ')', ')'], &text[1..])
        }
        1 | 2 => (text[..text.len() - rest.len()].parse().ok()?, ['.', ')', '-', '–', '°'], rest.trim_start()),
        _ => return None,
    };
    let item = rest.strip_prefix(signs)?.trim_start();
    // `1.5 km` and `2-3 days` begin with numbers of their own.
    (!item.is_empty() && !item.starts_with(|c: char| c.is_ascii_digit())).then_some((number, item))
}

/// A line that begins with a hyphen or a dot of a word processor and no space, as an item would: the item.
pub(super) fn glued_bullet(line: &str) -> Option<&str> {
    let text = line.trim_start().strip_prefix(['-', '•'])?;
    text.starts_with(char::is_alphabetic).then_some(text)
}

/// The text of an item without the sign that begins it.
pub(super) fn without_bullet(line: &str) -> &str {
    after_bullet(line.trim_start()).trim_start()
}

/// The line without the sign that begins an item.
fn after_bullet(text: &str) -> &str {
    text.strip_prefix(['-', '*', '+']).or_else(|| text.strip_prefix(WORD_BULLETS)).unwrap_or(text)
}

/// Brackets that make no blank.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Loose {
    /// Where they stand, with what they were meant to hold.
    pub(super) place: Range<usize>,
    /// What was meant, where that is certain.
    pub(super) fixed: Option<String>,
}

/// The first brackets of a paragraph that open a blank and do not close it, or close one that is not open.
///
/// Blanks that are whole, code, formulas, links, and what a backslash stands before, are passed over.
pub(super) fn loose_brackets(source: &str) -> Option<Loose> {
    let mut at = 0;
    while let Some(next) = source[at..].find(['\\', '`', '$', '[', ']']) {
        at += next;
        let rest = &source[at..];
        let line = rest.lines().next().unwrap_or_default();
        let passed = match rest.as_bytes() {
            [b'\\', b'[', b'[', ..] => line.find("]]").map_or(3, |end| end + 2),
            [b'\\', ..] => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            [b'`' | b'$', ..] => closed_by(line, &rest[..1]).unwrap_or(1),
            [b'[', b'[', ..] => match whole(line) {
                Some(end) => end,
                None => return Some(unclosed(source, at)),
            },
            [b']', b']', ..] if !rest[2..].starts_with(['(', '[']) => return Some(unopened(source, at)),
            [b']', b']', ..] => 2,
            _ => 1,
        };
        at += passed;
    }
    None
}

/// Where a stretch of code or a formula ends that begins a line.
fn closed_by(line: &str, sign: &str) -> Option<usize> {
    let inside = &line[1..];
    let end = inside.find(sign)?;
    let is_formula = !inside.starts_with(' ') && !inside[..end].ends_with(' ');
    (sign == "`" || is_formula).then_some(end + 2)
}

/// Where a blank, or a link whose text stands in brackets, ends that begins a line.
fn whole(line: &str) -> Option<usize> {
    let end = line.find("]]")? + 2;
    let inside = &line[2..end - 2];
    let is_link = line[end..].starts_with(['(', '[']) && !line[end..].starts_with("[[");
    let is_blank = !inside.contains("[[") && !inside.starts_with('[') && !line[end..].starts_with(']');
    (is_link || is_blank).then_some(end)
}

/// `[[Paris]` , `[[[Paris]]]`, and blanks that end on another line.
fn unclosed(source: &str, at: usize) -> Loose {
    let rest = &source[at..];
    let inside = rest.trim_start_matches('[');
    let opening = rest.len() - inside.len();
    let line = inside.lines().next().unwrap_or_default();
    let end = match (line.find(']'), inside.find("]]")) {
        (Some(end), _) => Some(end),
        (None, end) => end.filter(|end| !inside[..*end].contains('[')),
    };
    let Some(end) = end else { return Loose { place: at..at + 2, fixed: None } };
    let closing = inside[end..].len() - inside[end..].trim_start_matches(']').len();
    let answer = inside[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let fixed = (closing <= opening).then(|| format!("[[{answer}]]"));
    Loose { place: at..at + opening + end + closing, fixed }
}

/// `[Paris]]`.
fn unopened(source: &str, at: usize) -> Loose {
    let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
    match source[line..at].rfind(['[', ']']).filter(|open| source[line + open..].starts_with('[')) {
        Some(open) => {
            let place = line + open..at + 2;
            let answer = &source[place.start + 1..at];
            Loose { place, fixed: Some(format!("[[{answer}]]")) }
        }
        None => Loose { place: at..at + 2, fixed: None },
    }
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
    fn other_signs_than_boxes_are_known() {
        for (line, expected) in [
            ("- (x) un", Some("- [x] un")),
            ("- (X)un", Some("- [x] un")),
            ("* ( ) un", Some("- [ ] un")),
            ("- ☑ un", Some("- [x] un")),
            ("- ✔\u{fe0f} un", Some("- [x] un")),
            ("- ☐ un", Some("- [ ] un")),
            ("- (a) un", None),
            ("- un", None),
        ] {
            assert_eq!(other_box(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn numbers_in_single_brackets_are_told_from_links() {
        for (source, expected) in [
            ("Nous visons [92,5 ± 0,5] %", vec!["[92,5 ± 0,5]"]),
            ("[5..10] et [[6]]", vec!["[5..10]"]),
            ("[1](a.md), [2][b], ![3](c.png), \\[4], [x]", vec![]),
        ] {
            let found = in_single_brackets(source);
            assert_eq!(found.iter().map(|place| &source[place.clone()]).collect::<Vec<_>>(), expected, "{source}");
        }
    }

    #[test]
    fn brackets_that_make_no_blank_are_found() {
        for (source, expected) in [
            ("Un [[a]. Et [[b]].", Some(("[[a]", Some("[[a]]")))),
            ("Un [a]]. Et [[b]].", Some(("[a]]", Some("[[a]]")))),
            ("Un [[[a]]].", Some(("[[[a]]]", Some("[[a]]")))),
            ("Un [[a\nb]] et [[c]].", Some(("[[a\nb]]", Some("[[a b]]")))),
            ("[Un [[a]]](a.md)", Some(("[[a]]]", None))),
            ("Un [[a", Some(("[[", None))),
            ("a]] et [[b]]", Some(("]]", None))),
            ("Un [[a]], `x[[b`, $y[[0]$ et [[c|d]].", None),
            ("\\[[1]] puis [[1]](a.md), [x [2]](b.md) et [[3]][ref].", None),
            ("3 $ [[a]] $", None),
            ("[[a]][[b]]", None),
            ("un tableau t[0] et t[i[1]].", Some(("[1]]", Some("[[1]]")))),
        ] {
            let found = loose_brackets(source);
            let found = found.as_ref().map(|loose| (&source[loose.place.clone()], loose.fixed.as_deref()));
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn items_are_told_from_numbers_and_names() {
        for (line, expected) in [
            ("2.deux", Some((2, "deux"))),
            (" 12 - douze", Some((12, "douze"))),
            ("3) trois", Some((3, "trois"))),
            ("b) deux", Some((2, "deux"))),
            ("1.5 km", None),
            ("2-3 jours", None),
            ("1789. La prise", None),
            ("A. Dupont", None),
            ("2.", None),
            ("deux", None),
        ] {
            assert_eq!(numbered(line), expected, "{line}");
        }
        assert_eq!(glued_bullet("-Non"), Some("Non"));
        assert_eq!(glued_bullet("-5 °C"), None);
        assert_eq!(without_bullet(" •\tOui"), "Oui");
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
