//! Lines that are no TOML, said to people who have never heard of it: what they meant, and the line to type.

use crate::code;
use crate::diagnostic::Diagnostic;

use super::reader::Reader;

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
struct Slip {
    message: &'static str,
    advice: &'static str,
    /// The line as it should be.
    fixed: Option<String>,
}

/// Opening and closing quotation marks that word processors type.
const TYPOGRAPHIC: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‹'];

impl Reader {
    /// One diagnostic per line: a broken line often has several follow-up errors.
    pub(super) fn syntax(&mut self, text: &str, errors: &[toml::de::Error]) {
        // One that runs on comes before those of the lines that it swallows.
        let mut ranges: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or(0..0), error)).collect();
        ranges.sort_by_key(|(range, _)| range.start);
        for (range, error) in ranges {
            let at = range.start.min(text.len());
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let line = text[start..].lines().next().unwrap_or_default();
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
            let diagnostic = match slip(line) {
                Some(Slip { message, advice, fixed }) => {
                    let diagnostic = Diagnostic::new(&code::TOML_SYNTAX, span, message);
                    match fixed {
                        Some(fixed) => diagnostic.fix(advice, self.span(start..start + line.len()), fixed),
                        None => diagnostic.hint(advice),
                    }
                }
                None => {
                    let hint = "TOML is written `key = \"text\"`, `key = 12`, `key = true` or `key = [\"a\", \"b\"]`";
                    let message = error.message().trim_end_matches('.').to_owned();
                    Diagnostic::new(&code::TOML_SYNTAX, span, message).hint(hint)
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

/// The commonest slips, the most certain first.
fn slip(line: &str) -> Option<Slip> {
    let header = line.trim_start().starts_with('[');
    if header && !line.contains(']') {
        let fixed = Some(format!("{}]", line.trim_end()));
        return Some(Slip { message: "the bracket is not closed", advice: "write ] after the name", fixed });
    }
    if header {
        return None;
    }
    let Some((key, value)) = line.split_once('=').filter(|(key, _)| is_key(key.trim())) else {
        return no_equals(line);
    };
    typographic(key, value)
        .or_else(|| number(key, value))
        .or_else(|| word(key, value))
        .or_else(|| backslash(key, value))
        .or_else(|| inner_quotes(key, value))
        .or_else(|| list(value))
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// `title: The counter`, `title "The counter"`.
fn no_equals(line: &str) -> Option<Slip> {
    let end = line.find(|c: char| c == ':' || c.is_whitespace())?;
    let (key, value) = line.split_at(end);
    let value = value.trim_start_matches([':', ' ', '\u{a0}']);
    if !is_key(key) || value.is_empty() {
        return None;
    }
    let plain = value.starts_with(['"', '\'', '[', '{']) || value.starts_with(|c: char| c.is_ascii_digit());
    let value = if plain || matches!(value, "true" | "false") { value.to_owned() } else { quoted(value) };
    let message = "an equals sign stands between a key and its value";
    Some(Slip { message, advice: "write", fixed: Some(format!("{key} = {value}")) })
}

fn quoted(text: &str) -> String {
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
    Some(Slip {
        message: "these are typographic quotation marks",
        advice: "type straight ones around a text: \"",
        fixed: certain.then(|| format!("{key}={straight}")),
    })
}

/// What is left of a value without its texts.
fn outside_quotes(value: &str) -> String {
    value.split('"').step_by(2).collect()
}

/// `pass-mark = 70 %`, `updated = 23/11/2026`.
fn number(key: &str, value: &str) -> Option<Slip> {
    let text = value.trim();
    if let Some(digits) = text.strip_suffix('%').map(str::trim_end)
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.is_empty()
    {
        let fixed = Some(format!("{key}= {digits}"));
        return Some(Slip { message: "a number stands without a sign behind it", advice: "write", fixed });
    }
    let parts: Vec<&str> = text.split(['/', '.']).collect();
    match parts.as_slice() {
        [day, month, year] if year.len() == 4 && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())) => {
            let fixed = Some(format!("{key}= {year}-{month:0>2}-{day:0>2}"));
            Some(Slip { message: "a date is written with the year first", advice: "write", fixed })
        }
        _ => None,
    }
}

/// `title = The counter`, `required = yes`, `title = "The counter`, `title =`.
fn word(key: &str, value: &str) -> Option<Slip> {
    let text = value.trim();
    if text.is_empty() {
        return Some(Slip {
            message: "nothing stands after the equals sign",
            advice: "write a value after it",
            fixed: None,
        });
    }
    if text.starts_with('"') && text.matches('"').count() == 1 {
        let fixed = Some(format!("{key}= {text}\""));
        return Some(Slip { message: "the quotation mark is not closed", advice: "write \" at the end", fixed });
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
            Some(Slip { message: "yes and no are written true and false", advice: "write", fixed })
        }
        None if text.contains('"') => None,
        None => {
            let fixed = Some(format!("{key}= {}", quoted(text)));
            Some(Slip { message: "a text stands between quotation marks", advice: "write", fixed })
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
        return rest.contains('\\').then_some(Slip { message, advice: "put the texts between two '", fixed });
    }
    let inside = text.strip_prefix('"')?.strip_suffix('"')?;
    let fixed = Some(format!("{key}= \"{}\"", inside.replace('\\', "\\\\")));
    let message = "a backslash in a text must be doubled";
    rest.contains('\\').then_some(Slip { message, advice: "double it, or put the text between two '", fixed })
}

/// `title = "Welcome "at" the counter"`.
fn inner_quotes(key: &str, value: &str) -> Option<Slip> {
    let inside = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    if !inside.replace("\\\"", "").contains('"') {
        return None;
    }
    let fixed = Some(format!("{key}= \"{}\"", inside.replace("\\\"", "\"").replace('"', "\\\"")));
    let message = "a quotation mark inside a text ends the text";
    Some(Slip { message, advice: "write it with a backslash: \\\"", fixed })
}

/// `pages = ["a.md" "b.md"]`, `pages = ["a.md"`.
fn list(value: &str) -> Option<Slip> {
    let text = value.trim();
    let inside = text.strip_prefix('[')?;
    let between = outside_quotes(inside);
    if between.matches(',').count() + 1 < inside.matches('"').count() / 2 {
        let message = "a comma is missing between two texts of this list";
        return Some(Slip { message, advice: "write a comma between them: [\"a\", \"b\"]", fixed: None });
    }
    let message = "the bracket of this list is not closed";
    (!between.contains(']')).then_some(Slip { message, advice: "write ] after its last text", fixed: None })
}

#[cfg(test)]
mod tests {
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
            ("[x] y = 3", "(none)"),
            ("authors = [“Ada”, “Max”]", "authors = [\"Ada\", \"Max\"]"),
        ] {
            let fixed = slip(line).and_then(|slip| slip.fixed).unwrap_or_else(|| "(none)".to_owned());
            assert_eq!(fixed, expected, "{line}");
        }
        let said = |line| slip(line).map(|slip| slip.message);
        assert_eq!(said("a = [\"x\" \"y\"]"), Some("a comma is missing between two texts of this list"));
        assert_eq!(said("a = [\"x, y\", \"z\""), Some("the bracket of this list is not closed"));
    }
}
