//! Slips of the keyboard that Markdown shows as plain text: what was meant as a heading, a link, an image or a footnote.
//!
//! They are looked for in plain text only: what stands in code, formulas or HTML is shown as the author typed it.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::code;
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::FileId;
use crate::text::is_no_break_space;

/// Stands for each byte of the source that is no plain text.
const HIDDEN: u8 = 1;

/// The slips in `text`, the part of `file` from byte `base` on, which is parsed with `options`.
pub(super) fn find(text: &str, options: Options, file: FileId, base: usize) -> Vec<Diagnostic> {
    let plain = plain(text, options);
    let place = |range: Range<usize>| Span::new(file, range.start + base..range.end + base);
    let mut found = Vec::new();
    for (start, line) in lines(&plain) {
        let range = start..start + line.len();
        found.extend(heading(&text[range.clone()], line, start, place));
        let escaped = |at: usize| text[..start + at].ends_with('\\');
        for (at, _) in line.match_indices(']').filter(|(at, _)| !escaped(*at)) {
            found.extend(address(&text[range.clone()], line, at, start, place));
        }
        for (at, _) in line.match_indices(")[") {
            found.extend(reversed(&text[range.clone()], line, at, start, place));
        }
        found.extend(stars(line, start, place));
        for (at, _) in line.match_indices("[^").filter(|(at, _)| !escaped(*at)) {
            found.extend(footnote(line, at, start, place));
        }
    }
    found
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches('\n'))
    })
}

/// The text as long as it was, with [`HIDDEN`] in place of all that is neither plain text nor the end of a line.
fn plain(text: &str, options: Options) -> String {
    let mut plain: Vec<u8> = text.bytes().map(|byte| if byte == b'\n' { byte } else { HIDDEN }).collect();
    let mut hides = false;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. }) => hides = true,
            Event::End(TagEnd::CodeBlock | TagEnd::Image) => hides = false,
            Event::Text(_) if !hides => plain[range.clone()].copy_from_slice(&text.as_bytes()[range]),
            _ => {}
        }
    }
    String::from_utf8(plain).unwrap_or_default()
}

/// `##Title`, or a no-break space after the `##`, which French keyboards make easily.
fn heading(source: &str, plain: &str, start: usize, place: impl Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let marks = source.trim_start_matches([' ', '\t', '>']);
    let indent = source.len() - marks.len();
    let title = marks.trim_start_matches('#');
    let level = marks.len() - title.len();
    if !(1..=6).contains(&level) || plain.as_bytes().get(indent) != Some(&b'#') {
        return None;
    }
    let advice = format!("a heading begins with {} and an ordinary space", &marks[..level]);
    let begins = start + indent + level;
    let (length, message) = match title.chars().next()? {
        c if is_no_break_space(c) => {
            (c.len_utf8(), "there is a no-break space after the # signs, so this heading is plain text")
        }
        // One sign and a word may be a hashtag, or the number of something.
        c if level > 1 && c.is_alphanumeric() => {
            (0, "there is no space after the # signs, so this heading is plain text")
        }
        _ => return None,
    };
    let diagnostic = Diagnostic::new(&code::HEADING_MARKER, place(begins..begins + length), message);
    // The corrected line would look the same where only the kind of space is wrong.
    Some(match length {
        0 => diagnostic.fix(advice, place(begins..begins), " "),
        _ => diagnostic.hint(advice),
    })
}

/// `![View](Summer 2024.jpg)` and `![View] (view.jpg)`, whose bracket closes at `at`.
fn address(
    source: &str,
    plain: &str,
    at: usize,
    start: usize,
    place: impl Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let after = &plain[at + 1..];
    let inside = after.trim_start().strip_prefix('(')?;
    let (gap, opens) = (after.len() - inside.len() - 1, plain.len() - inside.len());
    let closes = opens + closing(inside)?;
    let open = plain[..at].rfind('[')?;
    let is_image = plain[..open].ends_with('!');
    let inside = &source[opens..closes];
    let curly = curly_title(inside);
    let (name, title) = curly.clone().unwrap_or_else(|| {
        let (name, title) = split_title(inside);
        (name, title.to_owned())
    });
    let spaced = name.contains([' ', '\t']);
    let is_address = looks_like_address(name);
    let message = match (gap, spaced) {
        _ if curly.is_some() && is_address => {
            "a caption stands between straight quotation marks: as it is, this shows as plain text"
        }
        (0, true) if is_address => "a name with spaces must stand in < >: as it is, this shows as plain text",
        (1.., false) if is_address || is_image => {
            "a space stands between ] and (, so this shows as plain text instead of what it leads to"
        }
        (1.., true) if is_address => "a space stands between ] and (, and a name with spaces must stand in < >",
        _ => return None,
    };
    let begins = if is_image { open - 1 } else { open };
    let name = if spaced { format!("<{name}>") } else { name.to_owned() };
    let fixed = format!("{}({name}{title})", &source[begins..=at]);
    let span = place(start + begins..start + closes + 1);
    Some(Diagnostic::new(&code::BROKEN_LINK, span, message).fix("write", span, fixed))
}

/// Where the parenthesis closes that was opened before `inside`.
fn closing(inside: &str) -> Option<usize> {
    let mut open = 1;
    for (at, c) in inside.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
    }
    None
}

/// The address in parentheses, and the title behind it with the space before it.
fn split_title(inside: &str) -> (&str, &str) {
    let inside = inside.trim();
    match inside.strip_suffix('"').and_then(|rest| rest.rfind(" \"")) {
        Some(at) => (inside[..at].trim_end(), &inside[at..]),
        None => (inside, ""),
    }
}

/// The same, where the title is in quotation marks that only look like those of Markdown.
fn curly_title(inside: &str) -> Option<(&str, String)> {
    const QUOTES: [char; 5] = ['«', '»', '“', '”', '„'];
    let quoted = inside.trim().strip_suffix(['»', '”', '“', '"'])?;
    let at = quoted.find(QUOTES).or_else(|| quoted.find('"'))?;
    let only_straight = !inside.trim().ends_with(QUOTES) && !quoted[at..].starts_with(QUOTES);
    let name = quoted[..at].trim_end();
    let bare = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')).unwrap_or(name);
    let title = quoted[at..].trim_start_matches(QUOTES).trim_start_matches('"').trim().replace('"', "\\\"");
    let cuts = !name.is_empty() && !name.contains('"') && !title.is_empty();
    (cuts && !only_straight).then(|| (bare, format!(" \"{title}\"")))
}

/// `(The quiz)[quiz.md]`, where the two meet at `at`.
fn reversed(
    source: &str,
    plain: &str,
    at: usize,
    start: usize,
    place: impl Fn(Range<usize>) -> Span,
) -> Option<Diagnostic> {
    let open = plain[..at].rfind('(')?;
    let closes = at + 2 + plain[at + 2..].find(']')?;
    let (text, name) = (&source[open + 1..at], &source[at + 2..closes]);
    // A function of something is no link, and of brackets in brackets nobody knows which were meant.
    let is_prose = plain[..open].ends_with(char::is_alphanumeric) || text.contains(')');
    if is_prose || text.trim().is_empty() || !looks_like_address(name) {
        return None;
    }
    let begins = if plain[..open].ends_with('!') { open - 1 } else { open };
    let name = if name.contains(' ') { format!("<{name}>") } else { name.to_owned() };
    let fixed = format!("{}[{text}]({name})", &source[begins..open]);
    let span = place(start + begins..start + closes + 1);
    let message = "these brackets are the wrong way round, so this shows as plain text";
    let advice = "the text stands in square brackets, and what it leads to in round ones: write";
    Some(Diagnostic::new(&code::BROKEN_LINK, span, message).fix(advice, span, fixed))
}

/// `** Greet **`: blanks within the stars, so that nothing is bold.
fn stars(plain: &str, start: usize, place: impl Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let mut pairs = plain.match_indices("**").map(|(at, _)| at);
    let (Some(open), Some(close), None) = (pairs.next(), pairs.next(), pairs.next()) else { return None };
    let (before, inside, after) = (&plain[..open], &plain[open + 2..close], &plain[close + 2..]);
    let words = inside.trim();
    let blanks = (inside.starts_with(char::is_whitespace), inside.ends_with(char::is_whitespace));
    // In the middle of a line, stars with blanks on both sides may be those of a formula, or call a note.
    let is_meant = match blanks {
        (false, false) => false,
        (true, true) => before.trim_matches(|c: char| c == HIDDEN.into() || c.is_whitespace()).is_empty(),
        _ => true,
    };
    // After a word, stars with a blank behind them may call a note, unless they close what others have opened.
    let is_apart = !before.ends_with(char::is_alphanumeric) && (!blanks.0 || !after.starts_with(char::is_alphanumeric));
    let is_text = words.len() > 2 && words.starts_with(char::is_alphabetic) && !plain.contains("***");
    if !is_meant || !is_apart || !is_text || words.contains([char::from(HIDDEN), '*', '\\']) {
        return None;
    }
    let span = place(start + open..start + close + 2);
    let message = "blanks stand between these stars and the words, so the stars show and nothing is bold";
    let diagnostic = Diagnostic::new(&code::EMPHASIS_MARKER, span, message);
    let blank = if after.starts_with(char::is_alphanumeric) { " " } else { "" };
    Some(diagnostic.fix("write", span, format!("**{words}**{blank}")))
}

/// Whether what stands in parentheses is the name of a file or an address of the web, rather than a remark.
fn looks_like_address(name: &str) -> bool {
    let path = name.split('#').next().unwrap_or(name);
    let has_ending = path.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && (2..=5).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && ending.bytes().any(|b| b.is_ascii_alphabetic())
    });
    has_ending || ["http://", "https://", "mailto:"].iter().any(|scheme| name.starts_with(scheme))
}

/// `[^9]` without a note of that name: with one, it is no plain text.
fn footnote(plain: &str, at: usize, start: usize, place: impl Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let (label, after) = plain[at + 2..].split_once(']')?;
    if label.is_empty() || label.len() > 60 || label.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let span = place(start + at..start + at + label.len() + 3);
    let message = format!("there is no footnote `[^{label}]`, so these signs show as they are");
    let hint = if at == 0 && after.trim_start().starts_with(':') {
        format!("a note begins without a space before the colon: [^{label}]: …")
    } else {
        format!("write the note on a line of its own, after an empty line: [^{label}]: …")
    };
    Some(Diagnostic::new(&code::FOOTNOTE_UNDEFINED, span, message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, String)> {
        let slips = find(text, super::super::options(), FileId(0), 0);
        let fix = |slip: &Diagnostic| slip.hints[0].fix.as_ref().map(|fix| fix.replacement.clone());
        slips.iter().map(|slip| (slip.code.name, fix(slip).unwrap_or_default())).collect()
    }

    #[test]
    fn what_was_meant_as_a_link_is_told_from_what_was_not() {
        for (text, expected) in [
            ("![Vue](Été 2024.JPG)", Some("![Vue](<Été 2024.JPG>)")),
            ("a [x](Plan (1).pdf \"Le plan\") b", Some("[x](<Plan (1).pdf> \"Le plan\")")),
            ("![Vue] (photo.png)", Some("![Vue](photo.png)")),
            ("[Vue]\u{a0}(a b.md#c)", Some("[Vue](<a b.md#c>)")),
            ("![V](a.png « Le guichet »)", Some("![V](a.png \"Le guichet\")")),
            ("[V](<a b.pdf> “Le plan”)", Some("[V](<a b.pdf> \"Le plan\")")),
            ("![V](a.png \"« Le guichet »\")", None),
            ("[V](un mot « cité »)", None),
            ("(Le quiz)[quiz.md]", Some("[Le quiz](quiz.md)")),
            ("!(Vue)[a b.png]", Some("![Vue](<a b.png>)")),
            ("f(x)[1] `(a)[b.md]`, tri(liste)[obj.nom] et (a (b))[x.md]", None),
            ("[1] (voir plus bas)", None),
            ("[x](a remark in words)", None),
            ("[x] (art. 3)", None),
            ("`![Vue](a b.png)` and \\![Vue\\](a b.png)", None),
            ("[x](<a b.png>) and ![y](z.png)", None),
            ("    ![Vue](a b.png)", None),
        ] {
            let expected: Vec<_> = expected.map(|fix| ("broken-link", fix.to_owned())).into_iter().collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn headings_without_their_space_are_found() {
        for (text, expected) in [
            ("##Titre", Some(" ")),
            ("Texte\n###\u{a0}Titre", Some("")),
            ("#\u{202f}Titre", Some("")),
            ("> ##Titre", Some(" ")),
            ("#mot-clé", None),
            ("## Titre", None),
            ("```\n##Titre\n```", None),
            ("\\##Titre", None),
            ("#######Titre", None),
        ] {
            let expected: Vec<_> = expected.map(|fix| ("heading-marker", fix.to_owned())).into_iter().collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn stars_with_blanks_are_told_from_others() {
        for (text, expected) in [
            ("** Saluer **", Some("**Saluer**")),
            ("- ** Saluer ** puis", Some("**Saluer**")),
            ("Il faut **saluer **.", Some("**saluer**")),
            ("Il faut **saluer **le client", Some("**saluer** ")),
            ("Prix** et frais**", None),
            ("a ** b ** c, x**2 ** y", None),
            ("Nom ** Prénom **", None),
            ("**Saluer** et `** a **`", None),
            ("\\** Saluer \\**", None),
        ] {
            let expected: Vec<_> = expected.map(|fix| ("emphasis-marker", fix.to_owned())).into_iter().collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn calls_of_footnotes_that_are_not_there_are_found() {
        assert_eq!(found("a[^1] b[^2]\n\n[^1]: note").len(), 1);
        assert_eq!(found("x `[^1]` [^] [^a b]").len(), 0);
    }
}
