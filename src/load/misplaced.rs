//! What is said when the folder given holds no course: where the course probably is, and what to type.

use std::path::{Path, PathBuf};

use crate::command;
use crate::error::Error;
use crate::referee::MANIFESTS;

use super::is_course;

/// The error for `root`, which holds no `course.toml`.
pub(super) fn not_a_course(root: &Path) -> Error {
    let here = root == Path::new(".");
    let absolute = || std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let what = if here {
        format!("this folder ({}) is not a course: it has no course.toml", absolute().display())
    } else if root.exists() {
        format!("{} is not a course: it has no course.toml", root.display())
    } else {
        let what = if root.extension().is_some() { "file" } else { "folder" };
        format!("there is no {what} {}", root.display())
    };
    let is_no_file = root.extension().is_some() && !root.exists();
    let look = || is_no_file.then(|| "Look at its name, and at the folder that you are in".to_owned());
    let advice = advice(root, &absolute(), here).or_else(look).unwrap_or_else(|| {
        "Give the folder that holds course.toml, or make a new course with: cartable new my-course".to_owned()
    });
    Error::NotACourse { what, advice }
}

fn advice(root: &Path, absolute: &Path, here: bool) -> Option<String> {
    let typed = |path: &Path| command::word(&path.to_string_lossy());
    if MANIFESTS.iter().any(|name| root.join(name).is_file()) {
        let judge = format!("cartable check {}", typed(root));
        return Some(format!("It looks like a finished package: to judge it as an LMS would, type: {judge}"));
    }
    if let Some(name) = entries(root).into_iter().find_map(|path| misspelt(&path)) {
        return Some(format!("It has a file `{name}`: rename that to course.toml (some systems hide the ending .txt)"));
    }
    if here {
        if let Some(above) = absolute.ancestors().skip(1).position(is_course) {
            return Some(format!("It is in the folder above: type cd {}", vec![".."; above + 1].join("/")));
        }
        let below: Vec<PathBuf> = entries(root).into_iter().filter(|path| is_course(path)).collect();
        let names: Vec<String> = below.iter().filter_map(|path| Some(typed(Path::new(path.file_name()?)))).collect();
        return match names.as_slice() {
            [] => None,
            [name] => Some(format!("It is in a folder of this one: type cd {name}")),
            [first, ..] => {
                let all = names.join(", ");
                Some(format!(
                    "There are {} courses in folders of this one: {all}. Give the one you mean, such as: cartable check \
                     {first}",
                    names.len()
                ))
            }
        };
    }
    let lexical = root.ancestors().skip(1).map(|path| if path == Path::new("") { Path::new(".") } else { path });
    let course = lexical.chain(absolute.ancestors().skip(1)).find(|path| is_course(path))?;
    Some(format!("There is a course.toml in `{0}`: did you mean `{0}`?", typed(course)))
}

/// What is in a folder, sorted; nothing if it cannot be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name();
    entries.into_iter().flatten().map(walkdir::DirEntry::into_path).collect()
}

/// The name of a file that was meant to be `course.toml`.
fn misspelt(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let lower = name.to_ascii_lowercase();
    (path.is_file() && (lower == "course.toml" || lower.starts_with("course.toml."))).then(|| name.to_owned())
}
