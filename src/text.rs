//! Small pure functions on text: slugs, ASCII names, and the normalised text that identifies a choice.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::language::Language;

/// A slug of at most `max` characters: lower-case letters and digits joined by single hyphens.
///
/// Latin letters lose their accents; letters of other scripts stay as they are.
pub(crate) fn slug(text: &str, max: usize) -> String {
    let mut slug = String::new();
    for c in fold(text) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    cut_at_hyphen(slug.trim_end_matches('-'), max).to_owned()
}

/// The same, of ASCII letters and digits only; empty when nothing of the kind is left.
pub(crate) fn ascii_slug(text: &str, max: usize) -> String {
    let ascii: String = slug(text, usize::MAX).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let parts: Vec<&str> = ascii.split('-').filter(|part| !part.is_empty()).collect();
    cut_at_hyphen(&parts.join("-"), max).to_owned()
}

fn cut_at_hyphen(slug: &str, max: usize) -> &str {
    let Some((end, _)) = slug.char_indices().nth(max) else {
        return slug;
    };
    let cut = &slug[..end];
    cut.rfind('-').map_or(cut, |hyphen| &cut[..hyphen])
}

fn fold(text: &str) -> impl Iterator<Item = char> {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(|c| {
        let replacement = match c {
            'œ' => "oe",
            'Œ' => "Oe",
            'æ' => "ae",
            'Æ' => "Ae",
            'ß' => "ss",
            'ø' => "o",
            'Ø' => "O",
            'ł' => "l",
            'Ł' => "L",
            'đ' => "d",
            'Đ' => "D",
            _ => "",
        };
        let kept = replacement.is_empty().then_some(c);
        replacement.chars().chain(kept)
    })
}

/// The text that identifies a choice without an id: all spaces alike and single, straight apostrophes.
///
/// Typography may thus be turned on and off without a choice losing its number.
pub(crate) fn identity(text: &str) -> String {
    let straight = text.replace(['\u{2019}', '\u{02bc}'], "'");
    let words = straight.split(|c: char| c.is_whitespace() || is_space(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A pattern with the signs that answers have once the runtime has evened them (`templates/runtime/texts.js`), and
/// without a full stop at its end.
pub(crate) fn evened(pattern: &str) -> String {
    let composed: String = pattern.nfc().collect();
    let quoted = ["« ", "«\u{a0}", "«\u{202f}", " »", "\u{a0}»", "\u{202f}»", "«", "»", "“", "”", "„"];
    let quoted = quoted.iter().fold(composed, |text, sign| text.replace(sign, "\""));
    let evened = quoted.replace(['’', 'ʼ', '‘'], "'").replace(['‐', '‑', '–'], "-").replace(is_no_break_space, " ");
    let before_stop = evened.strip_suffix("\\.").filter(|rest| !rest.ends_with('\\'));
    before_stop.map_or_else(|| evened.clone(), str::to_owned)
}

/// What people mean to be the same words: case and accents do not count, nor which space or apostrophe it is.
pub(crate) fn folded(text: &str) -> String {
    fold(&identity(text)).flat_map(char::to_lowercase).collect()
}

/// The same, where case counts.
pub(crate) fn without_accents(text: &str) -> String {
    fold(&identity(text)).collect()
}

/// Whether a letter with an accent is another letter in a language, so that leaving it out is a fault and no
/// carelessness: not in French or English, where people often write without.
pub(crate) fn accents_make_letters(language: &Language) -> bool {
    !matches!(language.primary(), "fr" | "en" | "it" | "pt" | "nl" | "ca" | "oc" | "el" | "ga" | "co" | "wa")
}

/// The words of `text` with one space between them: no line ends, no control characters.
pub(crate) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// Whether `c` is a space at which no line may break: it looks like an ordinary one and is none.
pub(crate) fn is_no_break_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// The cells of a row of a Markdown table: bars that are escaped, or between the brackets of a blank, part none.
pub(crate) fn cells(row: &str) -> Vec<&str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(row);
    let (mut cells, mut begins, mut at) = (Vec::new(), 0, 0);
    while let Some(next) = row[at..].find(['\\', '|', '[']) {
        at += next;
        let from = &row[at..];
        if from.starts_with('|') {
            cells.push(&row[begins..at]);
            begins = at + 1;
        }
        let blank = from.strip_prefix("[[").and_then(|inside| inside.find("]]"));
        at += match blank {
            Some(end) => end + 4,
            None if from.starts_with('\\') => 1 + from[1..].chars().next().map_or(0, char::len_utf8),
            None => 1,
        };
    }
    cells.push(&row[begins..]);
    cells
}

/// What is said of a row that is not as long as its table is wide.
pub(crate) fn row_misfit(cells: usize, columns: usize) -> String {
    let counted = |count: usize, thing| format!("{count} {thing}{}", if count == 1 { "" } else { "s" });
    format!("this row has {}, and the table {}", counted(cells, "cell"), counted(columns, "column"))
}

fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2060}' | '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_lose_accents_and_keep_other_scripts() {
        assert_eq!(slug("Œuvres : l’été à Nîmes !", 60), "oeuvres-l-ete-a-nimes");
        assert_eq!(slug("ما هي البيانات؟", 60), "ما-هي-البيانات");
        assert_eq!(ascii_slug("ما هي Data", 60), "data");
        assert_eq!(ascii_slug("???", 60), "");
        assert_eq!(slug("un deux trois", 8), "un-deux");
    }

    #[test]
    fn folding_ignores_case_accents_spaces_and_apostrophes() {
        assert_eq!(folded("Chef-d\u{2019}Œuvre\u{a0}: Été"), folded("chef-d'oeuvre : ete"));
        assert_ne!(folded("%"), folded("€"));
    }

    #[test]
    fn patterns_get_the_signs_that_answers_have() {
        for (pattern, expected) in [
            ("l’an", "l'an"),
            ("« oui »|„non”", "\"oui\"|\"non\""),
            ("peut‑être\\.", "peut-être"),
            ("e\u{301}té\u{a0}!", "été !"),
            ("a\\\\.", "a\\\\."),
            ("etc\\.?", "etc\\.?"),
        ] {
            assert_eq!(evened(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn identity_ignores_typography() {
        assert_eq!(identity("6,7\u{202f}%  d\u{2019}eux"), identity("6,7 % d'eux"));
        assert_ne!(identity("oui"), identity("Oui"));
    }
}
