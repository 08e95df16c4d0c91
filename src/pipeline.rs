//! The driver: load → parse → check → render → package → referee. It owns the order of the stages and nothing else.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::answer_key;
use crate::check::{self, Facts, lint};
use crate::code;
use crate::course::Course;
use crate::diagnostic::{self, Diagnostic, Severity, Span, any_error};
use crate::error::Error;
use crate::load::{self, Tree};
use crate::lock::{self, Lock, Numbers, Plan};
use crate::package::{Content, Files, PackagePath};
use crate::parse;
use crate::referee::{self, Finding, InMemory, Place, Purpose};
use crate::render::{self, Rendered, UnitLinks};
use crate::rulings;
use crate::runtime;
use crate::sheet::{self, Figures};
use crate::single;
use crate::sources::Sources;
use crate::state::{self, Bound};
use crate::target::{Contents, Target};
use crate::write::{self, Package, Single};

/// What to build.
#[derive(Debug)]
pub struct Request<'a> {
    /// The course's folder.
    pub source: &'a Path,
    /// The folder where packages go, left out of the course when it lies inside.
    pub output: Option<&'a Path>,
    /// The targets, or `None` for those that `course.toml` names.
    pub targets: Option<Vec<Target>>,
    /// What to do when `course.lock` lacks a line.
    pub lock: LockPolicy,
}

/// What to do when `course.lock` lacks a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockPolicy {
    /// Add it.
    Update,
    /// Refuse to build.
    Frozen,
}

/// What came of a request.
#[derive(Debug)]
pub struct Outcome {
    /// Everything that was found, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
    /// The packages in memory; `None` when an error was found.
    pub build: Option<Build>,
}

/// A course that could be built.
#[derive(Debug)]
pub struct Build {
    /// The packages, one per target.
    pub packages: Vec<Package>,
    /// Where the lock belongs, and its new text if a line was added.
    pub lock: (PathBuf, Option<String>),
    /// The longest state of any learner, of the unit where it is longest.
    pub state: Bound,
    /// The smallest limit of the targets, in characters.
    pub state_limit: usize,
    /// What is right, for the people who teach the course: in no package.
    pub answer_key: String,
    /// The origins outside the package that learners' browsers contact when somebody asks to see a video of theirs.
    pub remote: Vec<String>,
}

/// Takes a course through every stage but *write*.
///
/// # Errors
/// What [`load::load`] meets, and a built-in template that fails.
pub fn compile(request: &Request<'_>) -> Result<Outcome, Error> {
    let (tree, mut diagnostics) = load::load(request.source, request.output)?;
    let (course, found) = parse::parse(&tree);
    diagnostics.extend(found);
    diagnostics.extend(request.output.and_then(|output| lock_missing(&tree, &course, output)));
    let targets = request.targets.clone().unwrap_or_else(|| named_targets(&course));
    let build = build(&tree, &course, &targets, request, &mut diagnostics)?;
    if build.is_some() {
        diagnostics.extend(rulings::unused(&course.rulings, &diagnostics));
    }
    let mut diagnostics = rulings::apply(&course.rulings, diagnostics);
    diagnostic::sort(&mut diagnostics);
    let build = build.filter(|_| !any_error(&diagnostics));
    Ok(Outcome { diagnostics, sources: tree.sources, build })
}

/// Reads a course and its lock, for the commands that change the author's files.
///
/// # Errors
/// What [`load::load`] meets.
pub fn read(source: &Path) -> Result<Reading, Error> {
    let (tree, mut diagnostics) = load::load(source, None)?;
    let (course, found) = parse::parse(&tree);
    diagnostics.extend(found);
    diagnostic::sort(&mut diagnostics);
    let lock = tree.texts.get("course.lock").map(|&file| Lock::parse(tree.sources.text(file), file));
    Ok(Reading { course, diagnostics, lock, sources: tree.sources })
}

/// Reads a file that is no part of a course: a released lock.
///
/// # Errors
/// [`Error::Io`] when it cannot be read.
pub fn read_file(path: &Path) -> Result<String, Error> {
    let mut text = String::new();
    load::open(path)?.read_to_string(&mut text).map_err(Error::io("read", path))?;
    Ok(text)
}

/// A course as it was read, with its lock.
#[derive(Debug)]
pub struct Reading {
    /// The course.
    pub course: Course,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// The lock, if there is one: even with clashing numbers, but not with lines that cannot be read.
    pub lock: Option<Result<Lock, Vec<Diagnostic>>>,
    /// The texts that the diagnostics point into.
    pub sources: Sources,
}

fn named_targets(course: &Course) -> Vec<Target> {
    course.targets.iter().filter_map(|name| Target::find(name)).collect()
}

fn build(
    tree: &Tree,
    course: &Course,
    targets: &[Target],
    request: &Request<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Build>, Error> {
    let errors = diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    let misread = errors.filter_map(|error| error.span).map(|span| span.file).collect();
    let (facts, found) = check::check(course, tree, &misread);
    diagnostics.extend(found);
    diagnostics.extend(check::limits::crossings(&facts, targets));
    diagnostics.extend(lint::check(course, tree, &facts.links, diagnostics));
    if any_error(diagnostics) {
        // Numbers of a broken course would be nonsense, but a broken lock is worth saying at once.
        diagnostics.extend(read_lock(tree).err().unwrap_or_default());
        return Ok(None);
    }
    let lock = match read_lock(tree) {
        Ok(lock) => lock,
        Err(found) => {
            diagnostics.extend(found);
            return Ok(None);
        }
    };
    diagnostics.extend(lock.iter().flat_map(|lock| lock.clashes(course)));
    if any_error(diagnostics) {
        return Ok(None);
    }
    let (plan, found) = lock::plan(lock.as_ref(), course);
    diagnostics.extend(found);
    diagnostics.extend(check::limits::check(course, targets, &plan.numbers));
    diagnostics.extend(targets.iter().filter_map(|target| target.check(course, &facts)));
    diagnostics.extend(idle_single_file(course, targets));
    if plan.changed && request.lock == LockPolicy::Frozen {
        diagnostics.push(frozen(tree, lock.as_ref(), &plan));
    }
    if any_error(diagnostics) {
        return Ok(None);
    }
    let (apart, found) = render::render(course, &facts, &plan.numbers, UnitLinks::Text)?;
    diagnostics.extend(found);
    let is_linked = facts.documents.len() > 1 && targets.iter().any(|target| target.profile().links_units);
    let linked = is_linked.then(|| render::render(course, &facts, &plan.numbers, UnitLinks::Links)).transpose()?;
    if any_error(diagnostics) {
        return Ok(None);
    }
    let rendered = Renditions { apart, linked: linked.map(|(rendered, _)| rendered) };
    let build = assemble(course, targets, &facts, &plan, &rendered, request.source)?;
    diagnostics.extend(refused(&build.packages));
    Ok(Some(build))
}

/// What an LMS would refuse in the packages, as the referee says it who knows nothing of the course.
fn refused(packages: &[Package]) -> Vec<Diagnostic> {
    let mut errors: Vec<(Finding, Vec<&str>)> = Vec::new();
    for package in packages {
        let purpose = if referee::is_manifest(package.first_file) { Purpose::Lms } else { Purpose::Site };
        let judgement = referee::judge(&InMemory::new(&package.files), purpose);
        // What we build keeps the standard to the letter, whatever most LMSs let pass.
        // What is too large to be looked into was not judged, and 360Learning refuses it.
        let is_error = |found: &Finding| found.rule.refused_by_strict() || found.rule == &referee::UNPACKS_LARGE;
        for finding in judgement.findings.into_iter().filter(is_error) {
            // The same fault stands in another line of each target.
            let is_same = |known: &Finding| known.rule == finding.rule && known.message == finding.message;
            match errors.iter_mut().find(|(known, _)| is_same(known)) {
                Some((_, targets)) => targets.push(package.target.name()),
                None => errors.push((finding, vec![package.target.name()])),
            }
        }
    }
    let diagnostic = |(finding, targets): (Finding, Vec<&str>)| {
        let targets = targets.join(", ");
        let message = match &finding.place {
            Place::Package => format!("an LMS would refuse the package for {targets}: {}", finding.message),
            Place::Entry(entry) | Place::Text { entry, .. } => {
                format!("an LMS would refuse the package for {targets}, for its file `{entry}`: {}", finding.message)
            }
        };
        Diagnostic::new(&code::PACKAGE_REFUSED, None, message)
            .hint(finding.hint.as_deref().unwrap_or(finding.rule.mend))
            .hint(format!("to read more of it, type: cartable explain {}", finding.rule.name))
    };
    errors.into_iter().map(diagnostic).collect()
}

/// A single file is asked for, and the targets that the course names have none, nor those of the command line.
fn idle_single_file(course: &Course, targets: &[Target]) -> Option<Diagnostic> {
    let has_one = |target: &Target| target.has_single_files(course);
    let span = course.targets_span.and(course.web.single_file)?;
    (!targets.iter().chain(&named_targets(course)).any(has_one)).then(|| {
        let message = "`single-file` is about the package for the web, which is not among the targets";
        let hint = "add it under [package]: targets = [\"scorm12\", \"web\"], or remove the line";
        Diagnostic::new(&code::WEB_IDLE, span, message).hint(hint)
    })
}

fn read_lock(tree: &Tree) -> Result<Option<Lock>, Vec<Diagnostic>> {
    let Some(&file) = tree.texts.get("course.lock") else {
        return Ok(None);
    };
    Lock::parse(tree.sources.text(file), file).map(Some)
}

/// The lock went, but not what was built with it.
fn lock_missing(tree: &Tree, course: &Course, output: &Path) -> Option<Diagnostic> {
    if tree.texts.contains_key("course.lock") || tree.unreadable.contains("course.lock") {
        return None;
    }
    let package = write::built_before(output, &course.name)?;
    let message = format!("there was a course.lock when {} was built, and there is none now", package.display());
    let hint = "if people have started the course, put it back before you upload (from your backup or, if you use git, \
                with: git checkout course.lock); with a new one they may lose their answers";
    Some(Diagnostic::new(&code::LOCK_MISSING, None, message).hint(hint))
}

fn frozen(tree: &Tree, lock: Option<&Lock>, plan: &Plan) -> Diagnostic {
    const SHOWN: usize = 6;
    let known = lock.map(Lock::to_text).unwrap_or_default();
    let known: BTreeSet<&str> = known.lines().collect();
    let text = plan.lock.to_text();
    let new = text.lines().filter(|line| line.starts_with("  ") && !known.contains(line));
    let new: Vec<&str> = new.map(|line| line.trim().trim_end_matches(',')).collect();
    let more = new.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let lines = format!("the lines that it lacks: {}{more}", new[..new.len().min(SHOWN)].join(", "));
    let place = tree.texts.get("course.lock").or_else(|| tree.texts.get("course.toml"));
    let message = "course.lock lacks lines for what is new in the course, and --locked forbids to add them";
    let diagnostic = Diagnostic::new(&code::LOCK_OUT_OF_DATE, place.map(|&file| Span::new(file, 0..0)), message);
    let diagnostic = if lock.is_some() && !new.is_empty() { diagnostic.hint(lines) } else { diagnostic };
    diagnostic.hint("run `cartable build` without --locked on your computer, and keep course.lock with the course (commit it, if you use git)")
}

fn assemble(
    course: &Course,
    targets: &[Target],
    facts: &Facts<'_>,
    plan: &Plan,
    rendered: &Renditions,
    source: &Path,
) -> Result<Build, Error> {
    let bound = longest(course, &plan.numbers);
    let packages = targets
        .iter()
        .map(|&target| {
            let stem = format!("{}-{}-{}", course.name, course.version, target.name());
            let file = format!("{stem}.zip");
            let files = files(course, target, facts, &plan.numbers, rendered.of(target));
            let singles = singles(course, target, facts, &stem, &files, &rendered.apart)?;
            let figures = Figures {
                file: &file,
                state: bound.characters,
                singles: &singles.iter().map(|single| single.name.as_str()).collect::<Vec<_>>(),
                documents: &facts.documents,
                remote: &rendered.apart.remote,
            };
            let import_sheet = sheet::import_sheet(course, target, &figures)?;
            Ok(Package { stem, target, files, first_file: target.first_file(), import_sheet, singles })
        })
        .collect::<Result<_, Error>>()?;
    let lock = (source.join("course.lock"), plan.changed.then(|| plan.lock.to_text()));
    let state_limit = targets.iter().map(|target| target.profile().limits.state).min().unwrap_or(usize::MAX);
    let remote = rendered.apart.remote.iter().cloned().collect();
    let answer_key = answer_key::text(course);
    Ok(Build { packages, answer_key, lock, state: bound, state_limit, remote })
}

fn longest(course: &Course, numbers: &Numbers) -> Bound {
    let bounds = course.units().into_iter().map(|unit| state::bound(&unit, numbers));
    bounds.max_by_key(|bound| bound.characters).unwrap_or_else(|| unreachable!("a course has a unit"))
}

/// A course as it was rendered, for the targets that launch its units apart, and for those in which they lead to each
/// other, where any do.
struct Renditions {
    apart: Rendered,
    linked: Option<Rendered>,
}

impl Renditions {
    fn of(&self, target: Target) -> &Rendered {
        self.linked.as_ref().filter(|_| target.profile().links_units).unwrap_or(&self.apart)
    }
}

/// The documents of a package, each once more as a file of its own, where they are asked for.
fn singles(
    course: &Course,
    target: Target,
    facts: &Facts<'_>,
    stem: &str,
    files: &Files,
    apart: &Rendered,
) -> Result<Vec<Single>, Error> {
    if !target.has_single_files(course) {
        return Ok(Vec::new());
    }
    // The others do not stand beside it.
    let documents = documents(course, target, facts, apart).into_iter();
    let single = |(path, document): (&PackagePath, String)| {
        let ending = if path.as_str() == "index.html" { ".html".to_owned() } else { format!("-{}", path.as_str()) };
        Ok(Single { name: format!("{stem}{ending}"), parts: single::parts(&document, files)? })
    };
    documents.map(single).collect()
}

/// The document of each unit as a target has it, with its path.
fn documents<'f>(
    course: &Course,
    target: Target,
    facts: &'f Facts<'_>,
    rendered: &Rendered,
) -> Vec<(&'f PackagePath, String)> {
    let units = facts.documents.iter().zip(&rendered.documents).zip(course.units());
    let html = |((path, document), unit): ((_, &render::Document), _)| {
        let head = target.head(course, facts, &unit, path);
        (path, document.with(target.profile().connect_src, &head))
    };
    units.map(html).collect()
}

/// Everything in the package of one target.
fn files(course: &Course, target: Target, facts: &Facts<'_>, numbers: &Numbers, rendered: &Rendered) -> Files {
    let mut files = Files::default();
    let mut add = |path: PackagePath, content: Content, origin: &str| {
        files.insert(path, content, origin).unwrap_or_else(|clash| unreachable!("check names files apart: {clash:?}"));
    };
    for (path, html) in documents(course, target, facts, rendered) {
        add(path.clone(), Content::Bytes(html.into_bytes()), "cartable");
    }
    let documents = facts.documents.clone();
    let script =
        runtime::assemble(target.profile().adapter, &rendered.kinds, &rendered.features, runtime::Form::Shipped);
    add(PackagePath::known("runtime.js"), Content::Bytes(script.into_bytes()), "cartable");
    add(PackagePath::known("style.css"), Content::Bytes(rendered.style.clone().into_bytes()), "cartable");
    for (source, medium) in &facts.media {
        add(medium.path.clone(), Content::File(medium.asset.disk.clone(), medium.asset.size), source);
    }
    let shared = files.iter().map(|(path, _)| path.clone()).filter(|path| !documents.contains(path)).collect();
    target.add_manifest(&Contents { course, facts, numbers, documents, shared }, &mut files);
    files
}

/// How bad the worst finding is.
#[must_use]
pub fn worst(diagnostics: &[Diagnostic]) -> Option<Severity> {
    diagnostics.iter().map(Diagnostic::severity).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages() -> Vec<Package> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal");
        let targets = Some(Target::ALL.to_vec());
        let request = Request { source: &source, output: None, targets, lock: LockPolicy::Update };
        compile(&request).expect("readable").build.expect("a good course").packages
    }

    #[test]
    fn what_the_builder_forgets_is_refused_before_a_package_gets_its_name() {
        let mut packages = packages();
        assert_eq!(refused(&packages), []);
        for package in &mut packages {
            package.files = package.files.without("runtime.js");
        }
        let refused = refused(&packages);
        let message = &refused[0].message;
        assert!(message.contains("scorm12, scorm2004-3, scorm2004-4, cmi5, xapi, web"), "{message}");
        assert!(message.contains("`runtime.js` is not in the package"), "{message}");
        assert!(any_error(&refused));
    }

    #[test]
    fn a_package_without_its_manifest_is_refused_but_for_a_web_server() {
        let mut packages = packages();
        for package in &mut packages {
            package.files = package.files.without(package.first_file);
        }
        let count = packages.iter().filter(|package| referee::is_manifest(package.first_file)).count();
        assert_eq!((packages.len(), count), (6, 5));
        let refused = refused(&packages);
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(refused[0].message.contains("imsmanifest.xml"), "{refused:?}");
    }
}
