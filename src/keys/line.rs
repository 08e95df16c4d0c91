//! Lines as a whole: what stands outside of texts, and slips that are not in a value.

use super::syntax::{Slip, is_key};
use super::{Key, Kind, Table, is_toml};
use crate::diagnostic::nearest;
use crate::text::{is_no_break_space, without_accents};

/// A slip: what is said of it, what to do, and the line without it.
type Mend = (&'static str, &'static str, fn(&str) -> Option<String>);

/// What other languages have on their lines.
const MENDS: [Mend; 4] = [
    ("a comment begins with #, not with //", "write", comment),
    ("a line has no comma and no semicolon at its end", "write", end),
    ("a list stands between brackets", "write", list),
    ("each setting stands on a line of its own", "write", apart),
];

/// What stands outside of texts and comments, and where.
pub(super) fn outside(line: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut mark, mut escaped) = (None, false);
    let outside = line.char_indices().filter(move |&(_, c)| {
        let was_inside = mark.is_some();
        match mark {
            Some(open) if c == open && !escaped => mark = None,
            Some(open) => escaped = open == '"' && c == '\\' && !escaped,
            None => mark = matches!(c, '"' | '\'').then_some(c),
        }
        !was_inside && mark.is_none()
    });
    outside.take_while(|(_, c)| *c != '#')
}

/// Whether a line can be read, by itself or in a list over several lines.
pub(super) fn reads(line: &str) -> bool {
    ["", "x = [\n"].iter().any(|before| ["", "\n]"].iter().any(|after| is_toml(&format!("{before}{line}{after}"))))
}

/// The keys of a table and of all tables in it.
pub(super) fn keys(table: &'static Table) -> Vec<&'static Key> {
    let inner = table.keys.iter().filter_map(inner).flat_map(keys);
    table.keys.iter().chain(inner).collect()
}

fn inner(key: &Key) -> Option<&'static Table> {
    match key.kind {
        Kind::Table(inner) | Kind::Tables(inner) | Kind::ByCode(inner) => Some(inner),
        _ => None,
    }
}

/// Slips after which a line can be read: no other line is given to type.
pub(super) fn whole(line: &str) -> Option<Slip> {
    if reads(line) {
        return None;
    }
    let hidden = outside(line).find(|(_, c)| is_hidden(*c));
    let mut fixed = line.to_owned();
    if let Some((at, c)) = hidden {
        fixed = without_hidden(line);
        if reads(&fixed) {
            let (message, advice) = match c {
                _ if is_no_break_space(c) => ("there is a no-break space here", "delete it and type an ordinary space"),
                _ if c.is_whitespace() => {
                    ("there is a space of another kind here", "delete it and type an ordinary space")
                }
                _ => ("there is a character here that nobody sees", "delete it, or type the line anew"),
            };
            // A corrected line would look the same.
            let place = Some(at..at + c.len_utf8());
            return Some(Slip { place, ..Slip::new(message, advice, None) });
        }
    }
    let mut first = None;
    for (message, advice, mend) in MENDS {
        if let Some(mended) = mend(&fixed) {
            fixed = mended;
            let (message, advice) = *first.get_or_insert((message, advice));
            if reads(&fixed) {
                return Some(Slip::new(message, advice, Some(fixed)));
            }
        }
    }
    None
}

/// What looks like an ordinary space, or like nothing.
fn is_hidden(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii()) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn without_hidden(line: &str) -> String {
    let places: Vec<usize> = outside(line).filter(|(_, c)| is_hidden(*c)).map(|(at, _)| at).collect();
    let plain = line.char_indices().filter_map(|(at, c)| match places.binary_search(&at).is_ok() {
        true => c.is_whitespace().then_some(' '),
        false => Some(c),
    });
    plain.collect()
}

/// `draw = 3 // of ten`
fn comment(line: &str) -> Option<String> {
    let (at, _) = outside(line).find(|(at, _)| line[*at..].starts_with("//"))?;
    let text = line[at..].trim_start_matches('/').trim_start();
    Some(format!("{}# {text}", &line[..at]))
}

/// `version = "1.0",`
fn end(line: &str) -> Option<String> {
    let signs = [',', ';'];
    let code = outside(line).filter(|(_, c)| !c.is_whitespace()).last().filter(|(_, c)| signs.contains(c))?;
    let (before, after) = line.split_at(code.0);
    let after = after.trim_start_matches(signs);
    let is_last = after.trim().is_empty() || after.trim().starts_with('#');
    is_last.then(|| format!("{before}{after}").trim_end().to_owned())
}

/// `keywords = "a", "b"`
fn list(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=').filter(|(_, value)| value.trim_start().starts_with(['"', '\'']))?;
    let list = format!("{key}= [{}]", value.trim());
    reads(&list).then_some(list)
}

/// `version = "1.0" language = "fr"`
fn apart(line: &str) -> Option<String> {
    let mut depth = 0_usize;
    let mut begins = vec![0];
    for (at, c) in outside(line) {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            '=' if depth == 0 => {
                let before = line[..at].trim_end();
                let begin = before.trim_end_matches(|c: char| is_key(c.encode_utf8(&mut [0; 4]))).len();
                begins.extend((!before[..begin].trim().is_empty()).then_some(begin));
            }
            _ => {}
        }
    }
    begins.push(line.len());
    let parts = begins.windows(2).map(|ends| line[ends[0]..ends[1]].trim().trim_end_matches([',', ';']).trim_end());
    (begins.len() > 2).then(|| parts.collect::<Vec<_>>().join("\n"))
}

/// `pass mark = 75`, `[complétion]`: names that are none.
pub(super) fn name(line: &str, keys: &[&'static Key]) -> Option<Slip> {
    let header = line.trim_start().starts_with('[');
    let written = match header {
        true => line.trim_start().trim_start_matches('[').split(']').next()?.trim(),
        false => line.split_once('=')?.0.trim(),
    };
    let without_accents = without_accents(written);
    let plain = without_accents.split_whitespace().collect::<Vec<_>>().join("-");
    let may_be_one = plain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if plain == written || plain.is_empty() || !may_be_one {
        return None;
    }
    let known: Vec<&str> = keys.iter().filter(|key| inner(key).is_some() == header).map(|key| key.name).collect();
    let begins_with_one = written.split_whitespace().next().is_some_and(|word| known.contains(&word));
    if begins_with_one && without_accents == written && !known.contains(&plain.as_str()) {
        return None;
    }
    let message = match without_accents == written {
        true => "the name of a setting has no blanks: hyphens join its words",
        false => "the name of a setting has no accents",
    };
    let similar = nearest(&plain.to_lowercase(), known.iter().copied());
    let advice = match similar {
        Some(similar) if similar == plain => "write".to_owned(),
        Some(similar) if header => format!("did you mean `[{similar}]`?"),
        Some(similar) => format!("did you mean `{similar}`?"),
        None => "all names are English words, such as title or language".to_owned(),
    };
    Some(Slip::new(message, advice, similar.map(|similar| line.replacen(written, similar, 1))))
}
