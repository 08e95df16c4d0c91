//! Lines that are no TOML, said to people who have never heard of it: what they meant, and the line to type.

use std::borrow::Cow;
use std::ops::Range;

use crate::code;
use crate::diagnostic::Diagnostic;

use super::advice;
use super::line::{self, reads};
use super::reader::Reader;
use super::{Key, Kind, PAGE, QUIZ, Table};

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) message: &'static str,
    pub(super) advice: Cow<'static, str>,
    /// The line as it should be.
    pub(super) fixed: Option<String>,
    /// Where in the line, if that is known better than where TOML ends.
    pub(super) place: Option<Range<usize>>,
}

impl Slip {
    pub(super) fn new(message: &'static str, advice: impl Into<Cow<'static, str>>, fixed: Option<String>) -> Self {
        Self { message, advice: advice.into(), fixed, place: None }
    }
}

/// What stands under a line of which nothing better is known.
const FORMS: &str = "TOML is written `key = \"text\"`, `key = 12`, `key = true` or `key = [\"a\", \"b\"]`";

/// Opening and closing quotation marks that word processors type.
const TYPOGRAPHIC: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‹'];

impl Reader {
    /// One diagnostic per line: a broken line often has several follow-up errors.
    pub(super) fn syntax(&mut self, table: &'static Table, text: &str, errors: &[toml::de::Error]) {
        // One that runs on comes before those of the lines that it swallows.
        let mut ranges: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or(0..0), error)).collect();
        ranges.sort_by_key(|(range, _)| range.start);
        let mut keys = line::keys(table);
        if std::ptr::eq(table, &PAGE) {
            // The broken line may be the one that makes it a quiz.
            keys.extend(line::keys(&QUIZ));
        }
        for (range, error) in ranges.into_iter().flat_map(|(range, error)| places(text, range, error)) {
            let start = start_of_line(text, range.start);
            let line = text[start..].lines().next().unwrap_or_default();
            let lacks_comma = error.message().starts_with("missing comma");
            if self.broken.iter().any(|broken| broken.start == start || broken.contains(&start)) {
                continue;
            }
            if let Some(more) = over_lines(&text[start..]) {
                self.broken.push(start..start + more);
                let found = self.text_over_lines(start, &text[start..start + more]);
                self.diagnostics.push(found);
                continue;
            }
            self.broken.push(start..start + line.len());
            let span = self.span(range);
            if error.message().starts_with("duplicate key") {
                self.twice(text, start, line, span);
                continue;
            }
            let diagnostic = match slip(line, &keys) {
                Some(Slip { message, advice, fixed, place }) => {
                    let span = place.map_or(span, |place| self.span(start + place.start..start + place.end));
                    let diagnostic = Diagnostic::new(&code::TOML_SYNTAX, span, message);
                    match fixed {
                        Some(fixed) => diagnostic.fix(advice, self.span(start..start + line.len()), fixed),
                        None => diagnostic.hint(advice),
                    }
                }
                None if lacks_comma => {
                    let message = "a comma is missing between two values of this list";
                    Diagnostic::new(&code::TOML_SYNTAX, span, message)
                        .hint("write a comma after the value before this one")
                }
                None => {
                    let message = error.message().trim_end_matches('.').to_owned();
                    Diagnostic::new(&code::TOML_SYNTAX, span, message).hint(FORMS)
                }
            };
            self.diagnostics.push(diagnostic);
        }
    }

    /// `text` is a key and its value, over several lines.
    fn text_over_lines(&self, start: usize, text: &str) -> Diagnostic {
        let message = "a text between one pair of quotation marks stands on one line";
        let joined = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        Diagnostic::new(&code::TOML_SYNTAX, self.span(start..start + text.len()), message)
            .fix("write it in one line", self.span(start..start + text.len()), joined)
            .hint("or put three quotation marks on each side, \"\"\", and it may have several lines")
    }

    fn twice(&mut self, text: &str, start: usize, line: &str, span: crate::diagnostic::Span) {
        let name = |line: &str| {
            let name = if line.trim_start().starts_with('[') { line } else { line.split('=').next().unwrap_or(line) };
            name.split('#').next().unwrap_or(name).trim().to_owned()
        };
        let wanted = name(line);
        let before = text[..start].lines().position(|other| name(other) == wanted);
        let message = match before {
            Some(index) => {
                let line = self.first_line + index;
                format!("`{wanted}` is already on line {line}")
            }
            None => format!("`{wanted}` stands twice"),
        };
        let hint = if wanted.starts_with('[') {
            "move the lines under it there, and remove this line"
        } else {
            "keep one of the two lines"
        };
        self.diagnostics.push(Diagnostic::new(&code::TOML_SYNTAX, span, message).hint(hint));
    }
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at.min(text.len())].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Where lines are broken of which an error tells: in a list over several lines, one that seems to lack a comma before
/// it may follow one that is no TOML.
fn places<'e>(text: &str, range: Range<usize>, error: &'e toml::de::Error) -> Vec<(Range<usize>, &'e toml::de::Error)> {
    let start = start_of_line(text, range.start);
    let above = text[..start].trim_end();
    let above = start_of_line(text, above.len())..above.len();
    let begins_line = text.get(start..range.start).is_some_and(|before| before.trim().is_empty());
    if !error.message().starts_with("missing comma") || !begins_line || reads(&text[above.clone()]) {
        return vec![(range, error)];
    }
    let is_broken = !reads(text[start..].lines().next().unwrap_or_default());
    [Some((above, error)), is_broken.then_some((range, error))].into_iter().flatten().collect()
}

/// How long a key is whose text, in one pair of quotation marks, ends on another line.
fn over_lines(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let (key, value) = first.split_once('=')?;
    let marks = |line: &str| line.replace("\\\"", "").matches('"').count();
    if !is_key(key.trim()) || !value.trim_start().starts_with('"') || marks(value) != 1 {
        return None;
    }
    let mut length = first.len();
    for line in lines {
        let begins_another = line.split_once('=').is_some_and(|(key, _)| is_key(key.trim()));
        if begins_another || line.starts_with('[') || line.trim() == "+++" {
            return None;
        }
        match marks(line) {
            0 => length += line.len(),
            1 if line.trim_end().ends_with('"') => return Some(length + line.trim_end().len()),
            _ => return None,
        }
    }
    None
}

/// What is wrong with a line that is no TOML. A line to type is one that can be read: if need be, it is mended twice.
pub(super) fn slip(line: &str, keys: &[&'static Key]) -> Option<Slip> {
    let mut slip = line::whole(line).or_else(|| line::name(line, keys)).or_else(|| item(line, keys)).or_else(|| {
        // A list may go on in the next line.
        let may_end = line.split_once('=').is_some_and(|(_, value)| !value.trim_start().starts_with('['));
        value(if may_end { line.trim_end().trim_end_matches([',', ';']) } else { line }, keys)
    })?;
    if let Some(fixed) = slip.fixed.take_if(|fixed| !reads(fixed)) {
        let again = value(&fixed, keys).filter(|_| fixed != line);
        slip.fixed = again.and_then(|again| again.fixed).filter(|fixed| reads(fixed));
        if slip.fixed.is_none() && slip.advice == "write" {
            slip.advice = FORMS.into();
        }
    }
    let is_marked = line.contains(['"', '\'']) || line.contains(TYPOGRAPHIC);
    Some(match slip.fixed.as_ref().filter(|_| !is_marked).and_then(|fixed| text_for_another(fixed, keys)) {
        Some(key) => Slip::new("this setting takes another kind of value", advice::takes(key), None),
        None => slip,
    })
}

/// The key of a line, if it takes no text, and a text stands there: marks around it would not mend the line.
fn text_for_another(fixed: &str, keys: &[&'static Key]) -> Option<&'static Key> {
    let (name, value) = fixed.split_once('=')?;
    let takes_none = |key: &&&Key| matches!(key.kind, Kind::Integer(..) | Kind::Count(_) | Kind::Bool | Kind::Date);
    let key = keys.iter().filter(takes_none).find(|key| key.name == name.trim())?;
    (value.trim_start().starts_with('"') && !value.contains("\"unlimited\"")).then_some(key)
}

/// `  “Ada”,`: a line of a list over several lines.
fn item(line: &str, keys: &[&'static Key]) -> Option<Slip> {
    let item = line.trim();
    if !item.starts_with(['"', '\'']) && !item.starts_with(TYPOGRAPHIC) {
        return None;
    }
    let (item, comma) = item.strip_suffix(',').map_or((item, ""), |item| (item, ","));
    let mut slip = value(&format!("x = [{item}]"), keys)?;
    let indent = &line[..line.len() - line.trim_start().len()];
    slip.fixed = slip.fixed.and_then(|fixed| {
        let fixed = fixed.strip_prefix("x = [")?.strip_suffix(']')?;
        Some(format!("{indent}{fixed}{comma}"))
    });
    Some(slip)
}

/// The commonest slips in a value, the most certain first.
fn value(line: &str, keys: &[&'static Key]) -> Option<Slip> {
    let header = line.trim_start().starts_with('[');
    if header && !line.contains(']') {
        let fixed = format!("{}]", line.trim_end());
        return Some(Slip::new("the bracket is not closed", "write ] after the name", Some(fixed)));
    }
    if header {
        return None;
    }
    let Some((key, value)) = line.split_once('=').filter(|(key, _)| is_key(key.trim())) else {
        return no_equals(line);
    };
    typographic(key, value)
        .or_else(|| number(key, value, keys))
        .or_else(|| word(key, value))
        .or_else(|| backslash(key, value))
        .or_else(|| inner_quotes(key, value))
        .or_else(|| apostrophes(key, value))
        .or_else(|| list(value))
}

pub(super) fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// `title: The counter`, `title "The counter"`.
fn no_equals(line: &str) -> Option<Slip> {
    let end = line.find(|c: char| c == ':' || c.is_whitespace())?;
    let (key, value) = line.split_at(end);
    let value = value.trim_start_matches([':', '=', ' ', '\u{a0}']);
    if !is_key(key) || value.is_empty() {
        return None;
    }
    let plain = value.starts_with(['"', '\'', '[', '{']) || value.starts_with(|c: char| c.is_ascii_digit());
    let value = if plain || matches!(value, "true" | "false") { value.to_owned() } else { quoted(value) };
    let message = "an equals sign stands between a key and its value";
    Some(Slip::new(message, "write", Some(format!("{key} = {value}"))))
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.trim().replace('\\', "\\\\").replace('"', "\\\""))
}

/// `title = “The counter”`: marks of this kind outside straight ones.
fn typographic(key: &str, value: &str) -> Option<Slip> {
    let first = value.trim_start().trim_start_matches(['[', ' ']);
    if !first.starts_with(TYPOGRAPHIC) && !outside_quotes(value).contains(TYPOGRAPHIC) {
        return None;
    }
    let mut straight = String::new();
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '«' | '‹' => {
                straight.push('"');
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
            }
            '»' => {
                straight.truncate(straight.trim_end().len());
                straight.push('"');
            }
            '“' | '”' | '„' => straight.push('"'),
            c => straight.push(c),
        }
    }
    // Where other marks stand inside, no correction is certain.
    let certain = !value.contains(['"', '‘']) && straight.matches('"').count().is_multiple_of(2);
    let fixed = certain.then(|| format!("{key}={straight}"));
    let message = "these are typographic quotation marks";
    Some(Slip::new(message, "type straight ones around a text: \"", fixed))
}

/// What is left of a value without its texts.
fn outside_quotes(value: &str) -> String {
    line::outside(value).map(|(_, c)| c).collect()
}

/// `pass-mark = 70 %`, `pass-mark = 75,5`, `updated = 23/11/2026`.
fn number(key: &str, value: &str, keys: &[&'static Key]) -> Option<Slip> {
    let text = value.trim();
    let known = keys.iter().find(|known| known.name == key.trim());
    let is_number = known.is_some_and(|known| matches!(known.kind, Kind::Integer(..) | Kind::Count(_)));
    if is_number
        && let Some((whole, decimals)) = text.trim_end_matches(['%', ' ']).split_once([',', '.'])
        && [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    {
        let message = match text.contains(',') {
            true => "decimals follow a point, not a comma; but this number must be a whole one",
            false => "this number must be a whole one, without a sign behind it",
        };
        // Of 0.75, nobody knows whether 75 % were meant.
        let fixed = (whole != "0").then(|| format!("{key}= {whole}"));
        return Some(Slip::new(message, if whole == "0" { "write a whole number" } else { "write" }, fixed));
    }
    if let Some(digits) = text.strip_suffix('%').map(str::trim_end)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.is_empty()
    {
        let fixed = Some(format!("{key}= {digits}"));
        return Some(Slip::new("a number stands without a sign behind it", "write", fixed));
    }
    if known.is_some_and(|known| !matches!(known.kind, Kind::Date)) {
        return None;
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let are_numbers = parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, day) = match parts.as_slice() {
        [day, month, year] if year.len() == 4 => (year, month, day),
        [year, month, day] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    let fixed = Some(format!("{key}= {year}-{month:0>2}-{day:0>2}"));
    are_numbers.then(|| Slip::new("a date is written with the year first, as 2026-11-23", "write", fixed))
}

/// `title = The counter`, `required = yes`, `title = "The counter`, `title =`.
fn word(key: &str, value: &str) -> Option<Slip> {
    let text = value.trim();
    if text.is_empty() {
        return Some(Slip::new("nothing stands after the equals sign", "write a value after it", None));
    }
    if text.starts_with('"') && text.matches('"').count() == 1 {
        let fixed = Some(format!("{key}= {text}\""));
        return Some(Slip::new("the quotation mark is not closed", "write \" at the end", fixed));
    }
    if text.starts_with(['"', '\'', '[', '{']) {
        return None;
    }
    let truth = match text.to_lowercase().as_str() {
        "yes" | "oui" | "true" | "vrai" | "on" => Some("true"),
        "no" | "non" | "false" | "faux" | "off" => Some("false"),
        _ => None,
    };
    match truth {
        Some(truth) => {
            let fixed = Some(format!("{key}= {truth}"));
            Some(Slip::new("yes and no are written true and false", "write", fixed))
        }
        None if text.contains('"') => None,
        None => {
            let fixed = Some(format!("{key}= {}", quoted(text)));
            Some(Slip::new("a text stands between quotation marks", "write", fixed))
        }
    }
}

/// `logo = "C:\Users\me"`, `patterns = ["\d+"]`.
fn backslash(key: &str, value: &str) -> Option<Slip> {
    let text = value.trim();
    let known = ["\\\"", "\\\\", "\\n", "\\t"];
    let rest = known.iter().fold(text.to_owned(), |rest, escape| rest.replace(escape, ""));
    if text.starts_with("[\"") {
        let fixed = (!text.contains('\'')).then(|| format!("{key}= {}", text.replace('"', "'")));
        let message = "a backslash means something else between two \"";
        return rest.contains('\\').then_some(Slip::new(message, "put the texts between two '", fixed));
    }
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let fixed = Some(format!("{key}= \"{}\"", inside.replace('\\', "\\\\")));
    let message = "a backslash in a text must be doubled";
    rest.contains('\\').then_some(Slip::new(message, "double it, or put the text between two '", fixed))
}

/// `title = "Welcome "at" the counter"`.
fn inner_quotes(key: &str, value: &str) -> Option<Slip> {
    let inside = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    if !inside.replace("\\\"", "").contains('"') {
        return None;
    }
    let fixed = Some(format!("{key}= \"{}\"", inside.replace("\\\"", "\"").replace('"', "\\\"")));
    let message = "a quotation mark inside a text ends the text";
    Some(Slip::new(message, "write it with a backslash: \\\"", fixed))
}

/// `title = 'Quiz: l'accueil'`, `authors = ['L'atelier', 'Ada']`, `title = 'L'atelier`.
fn apostrophes(key: &str, value: &str) -> Option<Slip> {
    let text = value.trim();
    if !text.trim_start_matches(['[', ' ']).starts_with('\'') {
        return None;
    }
    let within_word = |at: usize| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        is_letter(text[..at].chars().next_back()) && is_letter(text[at + 1..].chars().next())
    };
    let between_two = |escapes: bool| {
        let signs = text.char_indices().map(|(at, c)| match c {
            '\'' if !within_word(at) => "\"".to_owned(),
            '"' | '\\' if escapes => format!("\\{c}"),
            c => c.to_string(),
        });
        format!("{key}= {}", signs.collect::<String>())
    };
    let marks = text.matches('\'').count();
    let fixed = [true, false].map(between_two).into_iter().find(|fixed| reads(fixed)).or_else(|| {
        let is_one_text = text.ends_with('\'') || text.match_indices('\'').skip(1).all(|(at, _)| within_word(at));
        let inside = text.strip_prefix('\'').filter(|_| is_one_text)?;
        Some(format!("{key}= {}", quoted(inside.strip_suffix('\'').unwrap_or(inside))))
    })?;
    let message = match marks {
        1 => "the quotation mark is not closed",
        _ => "an apostrophe ends a text that stands between two '",
    };
    Some(Slip::new(message, "put the text between two \"", Some(fixed)))
}

/// `pages = ["a.md" "b.md"]`, `pages = ["a.md"`.
fn list(value: &str) -> Option<Slip> {
    let text = value.trim();
    let inside = text.strip_prefix('[')?;
    let between = outside_quotes(inside);
    if between.matches(',').count() + 1 < inside.matches('"').count() / 2 {
        let message = "a comma is missing between two texts of this list";
        return Some(Slip::new(message, "write a comma between them: [\"a\", \"b\"]", None));
    }
    let message = "the bracket of this list is not closed";
    (!text.ends_with(']')).then_some(Slip::new(message, "write ] after its last text", None))
}

#[cfg(test)]
mod tests {
    use super::super::COURSE;
    use super::*;

    #[test]
    fn what_people_type_is_corrected() {
        for (line, expected) in [
            ("title = “The counter”", "title = \"The counter\""),
            ("title = « Le guichet »", "title = \"Le guichet\""),
            ("title    = The \"counter", "(none)"),
            ("title = The counter", "title = \"The counter\""),
            ("title: The counter", "title = \"The counter\""),
            ("title \"The counter\"", "title = \"The counter\""),
            ("pass-mark = 70 %", "pass-mark = 70"),
            ("updated = 3/11/2026", "updated = 2026-11-03"),
            ("required = non", "required = false"),
            ("logo = \"C:\\Users\\me.png\"", "logo = \"C:\\\\Users\\\\me.png\""),
            ("patterns = [\"\\d+\", \"a\"]", "patterns = ['\\d+', 'a']"),
            ("title = \"Welcome \"at\" the\"", "title = \"Welcome \\\"at\\\" the\""),
            ("title = \"The counter", "title = \"The counter\""),
            ("[completion", "[completion]"),
            ("[x] y = 3", "[x]\ny = 3"),
            ("version = \"1.0\" language = \"fr\"", "version = \"1.0\"\nlanguage = \"fr\""),
            ("version = \"1 = 2\"; draw = 3; x = [{ a = 1 }]", "version = \"1 = 2\"\ndraw = 3\nx = [{ a = 1 }]"),
            ("version = \"1.0\", # 2,", "version = \"1.0\" # 2,"),
            ("pages = [\"a.md\", \"b.md\"],", "pages = [\"a.md\", \"b.md\"]"),
            ("title = The counter,", "title = \"The counter\""),
            ("\"a // b\", // c", "\"a // b\", # c"),
            ("url = https://example.org", "url = \"https://example.org\""),
            ("pass mark = 75 %", "pass-mark = 75"),
            ("pass-mark = 0,75", "(none)"),
            ("pass-mark = most", "(none)"),
            ("pass-mark == 75", "(none)"),
            ("pass-mark := 75", "pass-mark = 75"),
            ("updated = 2026/11/3", "updated = 2026-11-03"),
            ("updated = 3-11-2026", "updated = 2026-11-03"),
            ("updated = in November", "(none)"),
            ("version = 1.2.2026", "version = \"1.2.2026\""),
            ("keywords = \"a\", \"b\"", "keywords = [\"a\", \"b\"]"),
            ("  “Ada”,", "  \"Ada\","),
            ("  'L'école',", "  \"L'école\","),
            ("pass-mark = 75,5", "pass-mark = 75"),
            ("version = 1,5", "version = \"1,5\""),
            ("title of the course", "title = \"of the course\""),
            ("[ complétion ]", "[ completion ]"),
            ("titlé = \"x\"", "title = \"x\""),
            ("title = 'Quiz: l'accueil'", "title = \"Quiz: l'accueil\""),
            ("title = 'Le \"x\" d'été'", "title = \"Le \\\"x\\\" d'été\""),
            ("title = 'L'accueil", "title = \"L'accueil\""),
            ("authors = ['L'atelier', \"Ada\"]", "authors = [\"L'atelier\", \"Ada\"]"),
            ("\"a.md\" \"b.md\",", "(none)"),
            ("title = \"x", "title = \"x\""),
            ("authors = [“Ada”, “Max”]", "authors = [\"Ada\", \"Max\"]"),
        ] {
            let fixed =
                slip(line, &line::keys(&COURSE)).and_then(|slip| slip.fixed).unwrap_or_else(|| "(none)".to_owned());
            assert_eq!(fixed, expected, "{line}");
        }
        let said = |line| slip(line, &line::keys(&COURSE)).map(|slip| slip.message);
        assert_eq!(said("a = [\"x\" \"y\"]"), Some("a comma is missing between two texts of this list"));
        assert_eq!(said("a = [\"x, y\", \"z\""), Some("the bracket of this list is not closed"));
    }
}
