//! `cartable check` on packages: what the referee says, for people and for machines.

use std::path::Path;

use annotate_snippets::{Group, Level, Origin, Renderer};
use cartable::referee::{self, Archive, Family, Finding, Folder, Judgement, Package, Place, Purpose};
use cartable::{Error, Severity, command};
use serde_json::{Value, json};

use super::args::MessageFormat;
use super::console::{counted, print, say};
use super::report::{Remark, Subject};

/// The LMSs that were named.
pub(super) fn families(names: &[String]) -> Result<Vec<Family>, Error> {
    let find = |name: &str| {
        let known = Family::ALL.map(Family::name).join(", ");
        let unknown = || Error::Usage(format!("`{name}` is not an LMS that cartable knows; it knows: {known}"));
        Family::find(&name.to_ascii_lowercase()).ok_or_else(unknown)
    };
    names.iter().map(|name| find(name.trim())).collect()
}

/// Whether what stands at `path` is a package and no course.
pub(super) fn is_package(path: &Path) -> bool {
    let has_manifest = || referee::MANIFESTS.iter().any(|name| path.join(name).is_file());
    // A page or a course.toml: somebody means the course that it belongs to.
    let is_of_a_course = path.extension().is_some_and(|ending| ending == "md" || ending == "toml");
    (path.is_file() && !is_of_a_course) || (path.is_dir() && !cartable::load::is_course(path) && has_manifest())
}

/// Opens a package, or the folder of what was one.
pub(super) fn open(path: &Path) -> Result<Box<dyn Package>, Error> {
    let typed = command::word(&path.to_string_lossy());
    if !path.exists() {
        let look = "Look at its name, and at the folder that you are in";
        return Err(Error::Usage(format!("there is no file {}. {look}", path.display())));
    }
    if cartable::load::is_course(path) {
        let what = format!("{} is a course, and no package yet", path.display());
        return Err(Error::Usage(format!("{what}: cartable build {typed} makes one; give that .zip")));
    }
    Ok(if path.is_dir() { Box::new(Folder::open(path)?) } else { Box::new(Archive::open(path)?) })
}

/// What to say of a file in which no standard is recognised.
pub(super) fn no_package(path: &Path) -> String {
    if path.is_dir() {
        let names = referee::MANIFESTS.join(", ");
        return format!("{} is no package for an LMS: it holds none of {names}.", path.display());
    }
    let typed = command::word(&path.to_string_lossy());
    format!("{} is no package for an LMS: `cartable check {typed}` says why.", path.display())
}

/// A package that was judged, for some LMSs.
pub(super) struct Judged<'a> {
    path: &'a Path,
    judgement: Judgement,
    families: &'a [Family],
}

impl<'a> Judged<'a> {
    pub(super) fn new(path: &'a Path, families: &'a [Family]) -> Result<Self, Error> {
        Ok(Self { path, judgement: referee::judge(&*open(path)?, Purpose::Lms), families })
    }

    /// What concerns these LMSs, the worst first.
    fn findings(&self) -> Vec<(Severity, &Finding)> {
        let severity = |finding: &Finding| finding.rule.severity_for(self.families);
        let mut findings: Vec<_> = self.judgement.findings.iter().filter_map(|f| Some((severity(f)?, f))).collect();
        findings.sort_by_key(|(severity, _)| *severity);
        findings
    }

    /// Whether something forbids to go on; that nothing was judged does.
    pub(super) fn is_refused(&self, worst_allowed: Severity) -> bool {
        !self.judgement.is_whole() || self.findings().iter().any(|(severity, _)| *severity < worst_allowed)
    }

    /// Shows what was found.
    pub(super) fn show(&self, format: MessageFormat) {
        for (severity, finding) in self.findings() {
            match format {
                MessageFormat::Human => say(&self.human(severity, finding)),
                MessageFormat::Short => say(&self.short(severity, finding)),
                MessageFormat::Json => print(&self.json(severity, finding).to_string()),
            }
        }
        self.verdict(format);
    }

    /// The same as data.
    pub(super) fn subject(&self, worst_allowed: Severity) -> Subject {
        let remark = |(severity, finding): (Severity, &Finding)| Remark {
            file: self.path.display().to_string(),
            // A line of an entry is none of the file that a scanner knows.
            at: None,
            severity,
            code: finding.rule.name,
            meaning: finding.rule.summary,
            message: match self.inside(&finding.place) {
                Some(place) => format!("{place}: {}", finding.message),
                None => finding.message.clone(),
            },
            help: finding.hint.as_deref().unwrap_or(finding.rule.mend).to_owned(),
        };
        let remarks = self.findings().into_iter().map(remark).collect();
        Subject { name: self.path.display().to_string(), refused: self.is_refused(worst_allowed), remarks }
    }

    /// The place in the package.
    fn inside(&self, place: &Place) -> Option<String> {
        let entry = place.entry()?;
        Some(match place {
            Place::Text { line, column, .. } => format!("{entry}:{line}:{column}"),
            Place::Package | Place::Entry(_) => entry,
        })
    }

    /// The package, and the entry in it.
    fn place(&self, place: &Place) -> String {
        let package = self.path.display();
        place.entry().map_or_else(|| package.to_string(), |entry| format!("{package}: {entry}"))
    }

    fn human(&self, severity: Severity, finding: &Finding) -> String {
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(finding.message.clone()).id(finding.rule.name);
        let mut origin = Origin::path(self.place(&finding.place));
        if let Place::Text { line, column, .. } = finding.place {
            origin = origin.line(line as usize).char_column(column as usize);
        }
        let help = finding.hint.as_deref().unwrap_or(finding.rule.mend);
        let group = Group::with_title(title).element(origin).element(Level::HELP.message(help));
        let mut rendered = Renderer::styled().render(&[group]);
        rendered.push('\n');
        rendered
    }

    fn short(&self, severity: Severity, finding: &Finding) -> String {
        let place = match self.inside(&finding.place) {
            Some(inside) => format!("{}: {inside}", self.path.display()),
            None => self.path.display().to_string(),
        };
        format!("{place}: {}[{}]: {}", severity.word(), finding.rule.name, finding.message)
    }

    fn json(&self, severity: Severity, finding: &Finding) -> Value {
        let (entry, line, column) = match &finding.place {
            Place::Package => (None, None, None),
            Place::Entry(entry) => (Some(entry), None, None),
            Place::Text { entry, line, column } => (Some(entry), Some(line), Some(column)),
        };
        let families: Vec<&str> = finding.rule.families.iter().map(|family| family.name()).collect();
        json!({
            "type": "finding",
            "package": self.path,
            "severity": severity.word(),
            "code": finding.rule.name,
            "message": finding.message,
            "count": finding.count(),
            "entry": entry,
            "line": line,
            "column": column,
            "help": finding.hint.as_deref().unwrap_or(finding.rule.mend),
            "families": families,
            "source": finding.rule.source,
        })
    }

    /// How it went, in one line.
    fn verdict(&self, format: MessageFormat) {
        let findings = self.findings();
        let count = |wanted| -> usize {
            findings.iter().filter(|(severity, _)| *severity == wanted).map(|(_, finding)| finding.count()).sum()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let Judgement { files, bytes, .. } = &self.judgement;
        let standard = self.judgement.standard();
        if format == MessageFormat::Json {
            let summary = json!({
                "type": "summary",
                "package": self.path,
                "standard": standard,
                "judged": self.judgement.is_whole(),
                "files": files,
                "bytes": bytes,
                "errors": errors,
                "warnings": warnings,
            });
            return print(&summary.to_string());
        }
        let what = match standard {
            Some(standard) => format!("{standard}, {files} files, {} kB unpacked", bytes.div_ceil(1000)),
            None => "no standard recognised".to_owned(),
        };
        let counted = counted(errors, warnings);
        let unjudged = match &self.judgement {
            judgement if judgement.is_whole() || errors > 0 => "",
            Judgement { manifest: None, .. } => " Without a standard the package was not judged.",
            _ => " What the files hold was not judged.",
        };
        say(&format!("Checked {} ({what}): {counted}.{unjudged}", self.path.display()));
    }
}
