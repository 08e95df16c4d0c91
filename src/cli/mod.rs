//! The commands: arguments in, calls into the library, words and exit status out.

pub(crate) mod args;
mod compare;
mod console;
mod explain;
mod inspect;
mod lock;
mod packages;
mod report;
mod state;
pub(crate) mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use args::{Arguments, Build, Check, CheckFormat, Command, Ids, Judging, MessageFormat, New};
use cartable::pipeline::{self, LockPolicy, Outcome, Request};
use cartable::referee::Family;
use cartable::target::Target;
use cartable::write::{self, Destination, Form};
use cartable::{Error, Severity, ids, scaffold};
use console::Console;
use report::Subject;

/// How a command ended: the contract of the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Done,
    CourseHasErrors,
    StateIsIncomplete,
    LearnersLose,
}

/// Runs a command.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let result = match &arguments.command {
        Command::Build(build) => run_build(build),
        Command::Check(check) => run_check(check),
        Command::Compare(compare) => compare::run(compare),
        Command::Inspect(inspect) => inspect::run(inspect),
        Command::Explain(explain) => explain::run(&explain.code),
        Command::New(new) => run_new(new),
        Command::Ids(ids) => run_ids(ids),
        Command::Lock(lock) => lock::run(lock),
        Command::State(state) => state::run(state),
    };
    match result {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::CourseHasErrors | Status::StateIsIncomplete | Status::LearnersLose) => ExitCode::from(1),
        Err(error) => {
            console::failure(&error);
            ExitCode::from(2)
        }
    }
}

/// The course's folder: as given, else `course-src` if that is a course, else the current folder.
pub(crate) fn source(given: Option<&Path>) -> PathBuf {
    let default = || {
        let usual = PathBuf::from("course-src");
        if cartable::load::is_course(&usual) { usual } else { PathBuf::from(".") }
    };
    given.map_or_else(default, Path::to_owned)
}

fn targets(judging: &Judging) -> Result<Option<Vec<Target>>, Error> {
    let mut targets = Vec::new();
    for name in judging.target.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let target = Target::named(name)?;
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    Ok((!targets.is_empty()).then_some(targets))
}

fn request<'a>(source: &'a Path, output: Option<&'a Path>, judging: &Judging) -> Result<Request<'a>, Error> {
    let lock = if judging.locked { LockPolicy::Frozen } else { LockPolicy::Update };
    Ok(Request { source, output, targets: targets(judging)?, lock })
}

/// Whether the findings forbid to go on.
fn refused(outcome: &Outcome, judging: &Judging) -> bool {
    let worst = pipeline::worst(&outcome.diagnostics);
    outcome.build.is_none() || (judging.deny_warnings && matches!(worst, Some(Severity::Error | Severity::Warning)))
}

fn run_check(check: &Check) -> Result<Status, Error> {
    let families = packages::families(&check.families)?;
    let sources = if check.sources.is_empty() { vec![source(None)] } else { check.sources.clone() };
    let format = match check.message_format {
        CheckFormat::Human => MessageFormat::Human,
        CheckFormat::Short => MessageFormat::Short,
        CheckFormat::Json => MessageFormat::Json,
        CheckFormat::Sarif | CheckFormat::Junit => return report_check(check, &sources, &families),
    };
    let (mut status, mut failed) = (Status::Done, None);
    for path in &sources {
        match check_one(check, path, &families, format) {
            Ok(true) => status = Status::CourseHasErrors,
            Ok(false) => {}
            // The others are judged all the same.
            Err(error) => failed = failed.into_iter().chain([error]).next(),
        }
    }
    failed.map_or(Ok(status), Err)
}

/// Judges a course or a package, and says whether it is refused.
fn check_one(check: &Check, path: &Path, families: &[Family], format: MessageFormat) -> Result<bool, Error> {
    if packages::is_package(path) {
        let package = packages::Judged::new(path, families)?;
        package.show(format);
        return Ok(package.is_refused(check.judging.worst_allowed()));
    }
    let outcome = pipeline::compile(&request(path, None, &check.judging)?)?;
    let several = check.sources.len() > 1;
    let console = if several { Console::one_of_several(path, format) } else { Console::new(path, format) };
    console.diagnostics(&outcome);
    let refused = refused(&outcome, &check.judging);
    console.verdict(&outcome, refused, check.judging.deny_warnings);
    Ok(refused)
}

/// All that was found, in one document.
fn report_check(check: &Check, sources: &[PathBuf], families: &[Family]) -> Result<Status, Error> {
    let (mut subjects, mut failed) = (Vec::new(), None);
    for path in sources {
        match subject(check, path, families) {
            Ok(subject) => subjects.push(subject),
            Err(error) => failed = failed.into_iter().chain([error]).next(),
        }
    }
    console::print(&match check.message_format {
        CheckFormat::Junit => report::junit(&subjects),
        _ => report::sarif(&subjects).to_string(),
    });
    let refused = subjects.iter().any(|subject| subject.refused);
    failed.map_or(Ok(if refused { Status::CourseHasErrors } else { Status::Done }), Err)
}

fn subject(check: &Check, path: &Path, families: &[Family]) -> Result<Subject, Error> {
    if packages::is_package(path) {
        return Ok(packages::Judged::new(path, families)?.subject(check.judging.worst_allowed()));
    }
    let outcome = pipeline::compile(&request(path, None, &check.judging)?)?;
    Ok(Subject::of_course(path, &outcome, refused(&outcome, &check.judging)))
}

fn run_build(build: &Build) -> Result<Status, Error> {
    let source = source(build.source.source.as_deref());
    let outcome = pipeline::compile(&request(&source, Some(&build.out), &build.judging)?)?;
    let console = Console::new(&source, build.message_format);
    console.diagnostics(&outcome);
    let Some(compiled) = outcome.build.as_ref().filter(|_| !refused(&outcome, &build.judging)) else {
        console.verdict(&outcome, true, build.judging.deny_warnings);
        return Ok(Status::CourseHasErrors);
    };
    let form = if build.unpacked { Form::Folder } else { Form::Archive };
    if build.list {
        console.plan(compiled, form);
        return Ok(Status::Done);
    }
    let destination = Destination { folder: build.out.clone(), form, time: source_date_epoch()? };
    let (path, text) = &compiled.lock;
    // To look at a course settles nothing: only what can be uploaded gives numbers for ever.
    let settles = compiled.packages.iter().any(|package| package.is_for_use_as(form));
    let lock = text.as_deref().filter(|_| settles).map(|text| (path.as_path(), text));
    let is_new = !path.is_file();
    let mut progress = console::Progress::new(build.message_format == MessageFormat::Human);
    build.answer_key.as_deref().map_or(Ok(()), write::check_own)?;
    let mut written =
        write::write(&compiled.packages, lock, &destination, &mut |done, total| progress.step(done, total))?;
    progress.finish();
    if let Some(path) = &build.answer_key {
        write::write_own(path, &compiled.answer_key)?;
        written.companions.push(path.clone());
    }
    console.verdict(&outcome, false, build.judging.deny_warnings);
    console.written(compiled, &written, form, lock.is_some().then_some(is_new));
    Ok(Status::Done)
}

/// The time for archive entries that a packager wants (reproducible-builds.org, `SOURCE_DATE_EPOCH`).
#[expect(clippy::disallowed_methods, reason = "the one variable of the environment that a build looks at, read here")]
fn source_date_epoch() -> Result<Option<i64>, Error> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Err(_) => Ok(None),
        Ok(text) => text.trim().parse().map(Some).map_err(|_| {
            Error::Usage(format!("SOURCE_DATE_EPOCH is `{text}`; it must be a number of seconds since 1970"))
        }),
    }
}

fn run_new(new: &New) -> Result<Status, Error> {
    let language = match new.lang {
        args::Language::Fr => scaffold::Language::French,
        args::Language::En => scaffold::Language::English,
    };
    let files = scaffold::create(&new.folder, language)?;
    console::created(&new.folder, &files);
    Ok(Status::Done)
}

fn run_ids(arguments: &Ids) -> Result<Status, Error> {
    let source = source(arguments.source.source.as_deref());
    let reading = pipeline::read(&source)?;
    if cartable::diagnostic::any_error(&reading.diagnostics) {
        let console = Console::new(&source, MessageFormat::Human);
        console.findings(&reading.diagnostics, &reading.sources);
        console::say("No file was changed: mend the errors first.");
        return Ok(Status::CourseHasErrors);
    }
    let files = ids::with_ids(&reading.course, &reading.sources);
    for (path, text) in &files {
        write::write_text(&source.join(path), text)?;
        console::print(&source.join(path).display().to_string());
    }
    if files.is_empty() {
        console::say("Every question has an id.");
    }
    Ok(Status::Done)
}
