//! Judges the names of entries.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::package::Entry;
use super::rules::names as rule;
use super::standard::Standard;

/// Endings of programs that run on servers, and files that configure one: LMSs refuse them.
const SERVER: [&str; 20] = [
    "php", "php3", "php4", "php5", "php7", "phps", "ph3", "phtml", "phar", "cgi", "sh", "shtml", "asp", "aspx", "jsp",
    "jspx", "py", "rb", "pl", "htaccess",
];

/// Judges every name by itself and beside the others, in a package of a standard or of none that was found.
pub(super) fn judge(entries: &[Entry], standard: Option<Standard>, found: &mut Findings) {
    let mut not_ascii = Vec::new();
    let mut rubbish = Vec::new();
    for entry in entries {
        alone(&entry.name, found);
        if is_rubbish(&entry.name) {
            rubbish.push(entry.name.as_str());
        } else if !entry.name.is_ascii() {
            not_ascii.push(entry.name.as_str());
        }
    }
    // One word for all: who has one such name mostly has many.
    if let Some(first) = not_ascii.first() {
        let what = names_have(not_ascii.len(), "letters");
        let message = format!("{what} beyond a to z, for instance `{}`", shown(first));
        found.add(Finding::new(&rule::NOT_ASCII, Place::Package, message));
    }
    if let Some(first) = rubbish.first() {
        let message = format!("files of a computer's desktop are packed too, for instance `{}`", shown(first));
        found.add(Finding::new(&rule::RUBBISH, Place::Package, message));
    }
    beside_others(entries, found);
    // Open edX serves files by their last part; its block plays SCORM alone.
    if !matches!(standard, Some(Standard::Cmi5 | Standard::TinCan)) {
        alike_in_folders(entries, found);
    }
}

fn names_have(count: usize, what: &str) -> String {
    if count == 1 { format!("a name has {what}") } else { format!("{count} names have {what}") }
}

fn alone(name: &str, found: &mut Findings) {
    let mut add = |rule, message: String| found.add(Finding::new(rule, Place::Entry(name.to_owned()), message));
    let bytes = name.as_bytes();
    let has_drive = bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':';
    if has_drive || name.starts_with(['/', '\\']) {
        add(&rule::ABSOLUTE, format!("`{}` begins at the root of a disk", shown(name)));
    } else if name.split(['/', '\\']).any(|part| part == "..") {
        add(&rule::PARENT, format!("`{}` leaves the package", shown(name)));
    }
    if name.contains('\\') {
        add(&rule::BACKSLASH, format!("`{}` has backslashes", shown(name)));
    }
    if name.chars().any(char::is_control) {
        add(&rule::CONTROL, format!("the name `{}` has control characters", shown(name)));
    }
    if name.is_empty() || name.contains("//") {
        add(&rule::EMPTY, format!("`{}` has a part without a name", shown(name)));
    }
    let removed: BTreeSet<char> = name.chars().filter(|c| "&':\"<>|`".contains(*c)).collect();
    if !removed.is_empty() && !has_drive {
        let removed: Vec<String> = removed.into_iter().map(|c| format!("`{c}`")).collect();
        add(&rule::CLEANED, format!("`{}` loses its {} in Moodle", shown(name), removed.join(", ")));
    }
    if let Some(part) = name.split(['/', '\\']).find(|part| part.len() > 255) {
        add(&rule::TOO_LONG, format!("the name `{}` has {} bytes", on_one_line(part, 40), part.len()));
    } else if name.chars().count() > 200 {
        add(&rule::LONG, format!("a path has {} characters", name.chars().count()));
    }
    if is_of_servers(name) {
        add(&rule::SERVER, format!("`{}` has the ending of a program for servers", shown(name)));
    }
}

/// Whether a server might run the file of this name, or go by it.
pub(crate) fn is_of_servers(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| SERVER.contains(&ending.to_ascii_lowercase().as_str()))
}

/// A name on one line of bounded length.
pub(super) fn shown(name: &str) -> String {
    on_one_line(name, 200)
}

/// The first `most` characters of a text of a package, without those that do something to a terminal or a line: control
/// characters, and those that turn the direction of what follows (Unicode UAX #9).
pub(crate) fn on_one_line(text: &str, most: usize) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    let safe = |c: char| if c.is_control() || turns(c) { char::REPLACEMENT_CHARACTER } else { c };
    let mut shown: String = text.chars().take(most).map(safe).collect();
    if text.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

fn files(entries: &[Entry]) -> impl Iterator<Item = &str> {
    entries.iter().map(|entry| entry.name.as_str()).filter(|name| !name.ends_with(['/', '\\']))
}

fn beside_others(entries: &[Entry], found: &mut Findings) {
    let mut paths: BTreeMap<String, &str> = BTreeMap::new();
    for name in files(entries) {
        let former = paths.insert(name.to_lowercase(), name);
        if let Some(former) = former.filter(|former| *former != name) {
            let message = format!("`{}` and `{}` differ in case only", shown(former), shown(name));
            found.add(Finding::new(&rule::CASE, Place::Entry(name.to_owned()), message));
        }
    }
}

fn alike_in_folders(entries: &[Entry], found: &mut Findings) {
    let mut bases: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in files(entries).filter(|name| !is_rubbish(name) && !is_for_tools(name)) {
        bases.entry(base(name)).or_default().push(name);
    }
    for (base, mut names) in bases {
        names.dedup();
        if let [first, second, rest @ ..] = &names[..] {
            let others = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            let message = format!("`{}` is the name of `{}`, `{}`{others}", shown(base), shown(first), shown(second));
            found.add(Finding::new(&rule::BASE, Place::Entry((*first).to_owned()), message));
        }
    }
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Whether no browser ever asks for a file: schemas, which are often called alike.
fn is_for_tools(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".xsd") || name.ends_with(".dtd")
}

/// What operating systems leave in folders.
pub(super) fn is_rubbish(name: &str) -> bool {
    name.starts_with("__MACOSX/") || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(&base(name))
}
