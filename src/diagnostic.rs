//! What is said to the author about a course: severity, stable code, place, and what to type instead.
//!
//! A diagnostic is a value. Stages return diagnostics beside their result; nothing here prints, and nothing
//! here knows a terminal. The world's failures (a full disk, a missing folder) are not diagnostics but
//! [`Error`](crate::Error)s.

use crate::code::Code;
use crate::sources::FileId;

/// How bad a diagnostic is. Errors are only what an LMS or a learner would lose or could not use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The package cannot be built as it stands.
    Error,
    /// Probably a mistake, or a matter of taste; the package is built.
    Warning,
    /// Worth knowing; nothing to do.
    Note,
}

impl Severity {
    /// The word shown to people and written into JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A byte range in one source file, in the offsets of its normalised text (see [`crate::sources`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `file` from byte `start` to byte `end`; offsets beyond 4 GiB are clamped.
    #[must_use]
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The range as `usize`, for slicing the normalised text.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A piece of advice under a diagnostic, with the replacement that follows it where one is certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What to do, in words.
    pub text: String,
    /// The text to put in place of a span.
    pub fix: Option<Fix>,
}

/// A replacement for a stretch of the author's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// One finding about the author's work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding, with its stable name and its usual severity.
    pub code: &'static Code,
    severity: Severity,
    /// One phrase, lower case, without a full stop.
    pub message: String,
    /// Where; `None` only for what has no place in a file.
    pub span: Option<Span>,
    /// What to do about it.
    pub hints: Vec<Hint>,
}

impl Diagnostic {
    /// A finding at `span`.
    #[must_use]
    pub fn new(code: &'static Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self { code, severity: code.severity, message: message.into(), span: span.into(), hints: Vec::new() }
    }

    /// Adds advice in words.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(Hint { text: text.into(), fix: None });
        self
    }

    /// Adds advice with the exact replacement for `span`.
    #[must_use]
    pub fn fix(mut self, text: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let fix = Some(Fix { span, replacement: replacement.into() });
        self.hints.push(Hint { text: text.into(), fix });
        self
    }

    /// The same finding, as bad as the author of the course says.
    #[must_use]
    pub(crate) fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// How bad it is: as bad as its code, unless the course says otherwise.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }
}

/// Whether any of `diagnostics` is an error.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity() == Severity::Error)
}

/// Sorts by file and place, findings without a place first, and drops exact repetitions.
pub(crate) fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span, a.severity(), a.code.name).cmp(&(b.span, b.severity(), b.code.name)));
    diagnostics.dedup();
}

/// The candidate nearest to `word`, if near enough to be a likely slip of the keyboard.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        // Of two that are as near, the one that is named first.
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, candidate)| candidate)
}
