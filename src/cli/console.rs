//! What is shown: findings and words for people on standard error, paths and JSON for machines on standard output.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use cartable::command;
use cartable::diagnostic::{Diagnostic, Fix, Severity};
use cartable::pipeline::{Build, Outcome};
use cartable::sources::Sources;
use cartable::write::{Form, Written};
use serde_json::{Value, json};

use super::args::MessageFormat;

/// A line for people.
pub(super) fn say(text: &str) {
    // A closed pipe is no reason to fail.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A line for machines.
pub(super) fn print(text: &str) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// A failure of the world.
pub(super) fn failure(error: &cartable::Error) {
    say(&Renderer::styled().render(&[Group::with_title(Level::ERROR.primary_title(error.to_string()))]));
}

/// What `cartable new` has made.
pub(super) fn created(folder: &Path, files: &[&str]) {
    for file in files {
        print(&folder.join(file).display().to_string());
    }
    let folder = command::word(&folder.to_string_lossy());
    say(&format!("Made a new course. Go there and build it:\n\n    cd {folder}\n    cartable build"));
}

/// Shows the findings of one course.
pub(super) struct Console<'a> {
    source: &'a Path,
    /// Whether lines for machines have to say of which course they are.
    names_course: bool,
    format: MessageFormat,
}

impl<'a> Console<'a> {
    pub(super) fn new(source: &'a Path, format: MessageFormat) -> Self {
        Self { source, names_course: false, format }
    }

    /// The same where other courses are told of in the same run.
    pub(super) fn one_of_several(source: &'a Path, format: MessageFormat) -> Self {
        Self { source, names_course: true, format }
    }

    /// A line for machines.
    fn line(&self, mut line: Value) -> String {
        if let Some(fields) = line.as_object_mut().filter(|_| self.names_course) {
            fields.insert("course".to_owned(), json!(self.source));
        }
        line.to_string()
    }

    pub(super) fn diagnostics(&self, outcome: &Outcome) {
        self.findings(&outcome.diagnostics, &outcome.sources);
    }

    pub(super) fn findings(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        for diagnostic in diagnostics {
            match self.format {
                MessageFormat::Json => print(&self.line(self.json(diagnostic, sources))),
                MessageFormat::Short => say(&self.short(diagnostic, sources)),
                MessageFormat::Human => say(&self.human(diagnostic, sources)),
            }
        }
    }

    fn path(&self, path: &str) -> String {
        let shown = self.source.join(path);
        shown.strip_prefix(".").unwrap_or(&shown).display().to_string()
    }

    fn short(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let place = diagnostic.span.map(|span| sources.locate(span));
        let place = match place {
            Some(at) => format!("{}:{}:{}: ", self.path(&at.path), at.line, at.column),
            None => String::new(),
        };
        format!("{place}{}[{}]: {}", diagnostic.severity().word(), diagnostic.code.name, diagnostic.message)
    }

    fn human(&self, diagnostic: &Diagnostic, sources: &Sources) -> String {
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(diagnostic.message.clone()).id(diagnostic.code.name);
        let mut group = match diagnostic.span {
            Some(span) => {
                let annotation = AnnotationKind::Primary.span(sources.raw_range(span));
                let path = self.path(sources.path(span.file));
                title.element(Snippet::source(sources.raw(span.file)).path(path).annotation(annotation))
            }
            None => Group::with_title(title),
        };
        let mut groups = Vec::new();
        for hint in &diagnostic.hints {
            match &hint.fix {
                None => group = group.element(Level::HELP.message(self.advice(&hint.text))),
                Some(fix) => groups.push(self.fix(&hint.text, fix, sources)),
            }
        }
        groups.insert(0, group);
        let mut rendered = Renderer::styled().render(&groups);
        rendered.push('\n');
        rendered
    }

    /// A command in a hint names the course where it is not the one that the command would take by itself.
    fn advice(&self, text: &str) -> String {
        let needs_course = text.contains("cartable lock ") && super::source(None) != self.source;
        if needs_course {
            format!("{text} --course {}", command::word(&self.source.to_string_lossy()))
        } else {
            text.to_owned()
        }
    }

    fn fix(&self, text: &str, fix: &Fix, sources: &Sources) -> Group<'static> {
        let file = fix.span.file;
        let patch = Patch::new(sources.raw_range(fix.span), fix.replacement.clone());
        let path = self.path(sources.path(file));
        let snippet = Snippet::source(sources.raw(file).to_owned()).path(path).patch(patch);
        Level::HELP.secondary_title(text.to_owned()).element(snippet)
    }

    fn json(&self, diagnostic: &Diagnostic, sources: &Sources) -> Value {
        let place = |span| {
            let at = sources.locate(span);
            json!({
                "file": at.path,
                "line": at.line,
                "column": at.column,
                "end_line": at.end_line,
                "end_column": at.end_column,
                "byte_start": at.bytes.start,
                "byte_end": at.bytes.end,
            })
        };
        let hints: Vec<Value> = diagnostic
            .hints
            .iter()
            .map(|hint| match &hint.fix {
                None => json!({ "text": hint.text }),
                Some(fix) => {
                    json!({ "text": hint.text, "fix": { "span": place(fix.span), "replacement": fix.replacement } })
                }
            })
            .collect();
        json!({
            "type": "diagnostic",
            "severity": diagnostic.severity().word(),
            "code": diagnostic.code.name,
            "message": diagnostic.message,
            "span": diagnostic.span.map(place),
            "hints": hints,
        })
    }

    /// How it went, in one line.
    pub(super) fn verdict(&self, outcome: &Outcome, refused: bool, deny_warnings: bool) {
        let count = |severity| outcome.diagnostics.iter().filter(|d| d.severity() == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if self.format == MessageFormat::Json {
            let state = outcome.build.as_ref().map(|build| {
                let (page, cost) = build.state.dearest().unwrap_or_default();
                json!({ "characters": build.state.characters, "limit": build.state_limit, "page": page, "page_characters": cost })
            });
            let remote = outcome.build.as_ref().map(|build| &build.remote);
            let summary =
                json!({ "type": "summary", "errors": errors, "warnings": warnings, "state": state, "remote": remote });
            return print(&self.line(summary));
        }
        let counted = counted(errors, warnings);
        if refused {
            let why = if errors == 0 && deny_warnings { ", and --deny-warnings is given" } else { "" };
            say(&format!("Checked {}: {counted}{why}. Nothing was written.", self.source.display()));
        } else {
            say(&format!("Checked {}: {counted}.", self.source.display()));
        }
    }

    /// What was written. `lock` says whether the lock was written, and whether it is new.
    pub(super) fn written(&self, build: &Build, written: &Written, form: Form, lock: Option<bool>) {
        let paths = written.packages.iter().chain(&written.companions);
        if self.format == MessageFormat::Json {
            for path in paths {
                print(&json!({ "type": "written", "path": path }).to_string());
            }
            return;
        }
        for path in paths {
            print(&path.display().to_string());
        }
        for (package, path) in build.packages.iter().zip(&written.packages) {
            let bytes: u64 = package.files.iter().map(|(_, content)| content.size()).sum();
            say(&format!(
                "Built {}: {} files, {} kB unpacked.",
                path.display(),
                package.files.len(),
                bytes.div_ceil(1000)
            ));
        }
        if form == Form::Folder && !build.packages.iter().all(|package| package.target.takes_folders()) {
            let whole = build.packages.iter().all(|package| package.files.get("index.html").is_some());
            let open = if whole { "its index.html" } else { "the .html file of a lesson" };
            say(&format!("A folder is for looking at the course (open {open} in a browser), not for uploading."));
        }
        for path in &written.replaced {
            say(&format!(
                "{} was built before with other content. If you have uploaded that, raise `version` in course.toml and \
                 build again.",
                path.display()
            ));
        }
        for path in &written.kept {
            say(&format!("Somebody had written into an import sheet: it is kept as {}.", path.display()));
        }
        for path in written.removed.iter().filter(|path| path.extension().is_some_and(|ending| ending == "html")) {
            say(&format!("Removed {} of an earlier build: this one has no such single file.", path.display()));
        }
        figures(build);
        match lock {
            Some(true) => {
                say(
                    "Wrote course.lock: keep it with the course (commit it, if you use git). It keeps learners' answers through updates.",
                );
            }
            Some(false) => say("Added lines to course.lock: keep it with the course (commit it, if you use git)."),
            None => {}
        }
    }

    /// The files that packages would hold, and what would stand beside them.
    pub(super) fn plan(&self, build: &Build, form: Form) {
        for package in &build.packages {
            for (path, content) in package.files.iter() {
                let size = content.size();
                if self.format == MessageFormat::Json {
                    let line = json!({ "type": "file", "package": package.stem, "path": path.as_str(), "bytes": size });
                    print(&line.to_string());
                } else {
                    print(&format!("{}/{}\t{size}", package.stem, path.as_str()));
                }
            }
            let singles = package.singles.iter().map(|single| (single.name.clone(), single.length()));
            let sheet = package.is_for_use_as(form).then(|| (package.sheet_name(), package.sheet().len() as u64));
            for (name, size) in singles.chain(sheet) {
                if self.format == MessageFormat::Json {
                    print(&json!({ "type": "file", "package": null, "path": name, "bytes": size }).to_string());
                } else {
                    print(&format!("{name}\t{size}"));
                }
            }
        }
        if self.format != MessageFormat::Json {
            figures(build);
        }
    }
}

/// How many errors and warnings there are, in words.
pub(super) fn counted(errors: usize, warnings: usize) -> String {
    let several = |n: usize, one: &str| {
        if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
    };
    match (errors, warnings) {
        (0, 0) => "no errors, no warnings".to_owned(),
        (0, _) => several(warnings, "warning"),
        (_, 0) => several(errors, "error"),
        _ => format!("{}, {}", several(errors, "error"), several(warnings, "warning")),
    }
}

/// What is worth knowing of a course before it is uploaded.
fn figures(build: &Build) {
    say(&state_line(build));
    if !build.remote.is_empty() {
        let hosts: Vec<&str> = build.remote.iter().map(|origin| origin.trim_start_matches("https://")).collect();
        say(&format!("When learners ask for its videos, their browsers contact: {}.", hosts.join(", ")));
    }
}

fn state_line(build: &Build) -> String {
    let dearest = match build.state.dearest() {
        Some((page, cost)) if cost > 0 => format!(", {cost} of them for {page}"),
        _ => String::new(),
    };
    let (characters, limit) = (build.state.characters, build.state_limit);
    format!("A learner's answers and progress take at most {characters} of {limit} characters{dearest}.")
}

/// A line that says how far a long work is, on a terminal only.
pub(super) struct Progress {
    began: Instant,
    shown: Option<Instant>,
    wanted: bool,
}

impl Progress {
    #[expect(clippy::disallowed_methods, reason = "a progress line is about time, and the terminal's own")]
    pub(super) fn new(wanted: bool) -> Self {
        Self { began: Instant::now(), shown: None, wanted: wanted && std::io::stderr().is_terminal() }
    }

    pub(super) fn step(&mut self, done: u64, total: u64) {
        let recently = |at: Instant| at.elapsed() < Duration::from_millis(100);
        if !self.wanted || self.began.elapsed() < Duration::from_millis(700) || self.shown.is_some_and(recently) {
            return;
        }
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        let _ = write!(anstream::stderr(), "\rPacking {percent} % of {} MB", total.div_ceil(1_000_000));
        self.mark();
    }

    #[expect(clippy::disallowed_methods, reason = "a progress line is about time, and the terminal's own")]
    fn mark(&mut self) {
        self.shown = Some(Instant::now());
    }

    pub(super) fn finish(&self) {
        if self.shown.is_some() {
            let _ = write!(anstream::stderr(), "\r{:40}\r", "");
        }
    }
}
