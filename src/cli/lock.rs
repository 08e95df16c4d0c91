//! `cartable lock …`.

use std::path::Path;
use std::process::Command;

use cartable::course::Course;
use cartable::lock::{Baseline, Lock};
use cartable::pipeline::{self, Reading};
use cartable::{Error, write};

use super::args::{self, MessageFormat};
use super::console::{self, Console};
use super::{Status, source};

pub(super) fn run(command: &args::Lock) -> Result<Status, Error> {
    match command {
        args::Lock::Rename { old, new, course } => {
            edit(course, |lock, course| lock.rename(old, new, course).map(|done| vec![done]).map_err(refused))
        }
        args::Lock::Renumber { id: Some(id), course, .. } => {
            edit(course, |lock, course| lock.renumber(id, course).map(|done| vec![done]).map_err(refused))
        }
        args::Lock::Renumber { base, course, .. } => {
            let folder = source(course.course.as_deref());
            let baseline = baseline(&folder, base.as_deref().unwrap_or_default())?;
            edit(course, |lock, course| lock.renumber_new(&baseline, course).map_err(refused))
        }
        args::Lock::AcceptReset { course } => {
            edit(course, |lock, course| Ok(lock.accept_reset(course).into_iter().collect()))
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn refused(error: cartable::lock::EditError) -> Error {
    Error::Usage(error.to_string())
}

/// Reads the lock, changes it, writes it, and says what was done.
fn edit(
    option: &args::CourseOption,
    change: impl FnOnce(&mut Lock, &Course) -> Result<Vec<String>, Error>,
) -> Result<Status, Error> {
    let folder = source(option.course.as_deref());
    let Reading { course, lock, sources, .. } = pipeline::read(&folder)?;
    let mut lock = match lock {
        Some(Ok(lock)) => lock,
        Some(Err(diagnostics)) => {
            Console::new(&folder, MessageFormat::Human).findings(&diagnostics, &sources);
            return Ok(Status::CourseHasErrors);
        }
        None => {
            let message = "there is no course.lock yet; `cartable build` writes it";
            return Err(Error::Usage(message.to_owned()));
        }
    };
    let done = change(&mut lock, &course)?;
    if done.is_empty() {
        console::say(
            "There is nothing to accept: LMSs know this course and its units as before. course.lock is unchanged.",
        );
        return Ok(Status::Done);
    }
    let path = folder.join("course.lock");
    write::write_text(&path, &lock.to_text())?;
    for line in done {
        console::say(&format!("{line}."));
    }
    console::say("Build the course now, and keep course.lock with it.");
    console::print(&path.display().to_string());
    Ok(Status::Done)
}

/// The released lock: a file, or what git has at a branch, tag or commit.
fn baseline(folder: &Path, name: &str) -> Result<Baseline, Error> {
    let text = match pipeline::read_file(Path::new(name)) {
        Ok(text) => text,
        Err(_) => git_show(folder, name)?,
    };
    Lock::from_text(&text).map(Baseline::new).map_err(|reason| Error::Usage(format!("the lock of {name}: {reason}")))
}

fn git_show(folder: &Path, reference: &str) -> Result<String, Error> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["show", &format!("{reference}:./course.lock")])
        .output()
        .map_err(|source| Error::Io { doing: "run git in", path: folder.to_owned(), source })?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        let reason = reason.lines().next().unwrap_or_default();
        let message = format!("{reference} is no file, and git has no course.lock there ({reason})");
        return Err(Error::Usage(message));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
