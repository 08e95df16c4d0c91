//! What a package can break: a rule, how bad that is, for whom, and where it is written.

use crate::diagnostic::Severity;

/// A family of LMSs that take packages alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Moodle, and what is built on it (Totara, IOMAD, `MoodleCloud`).
    Moodle,
    /// Open edX with its SCORM block.
    OpenEdx,
    /// SCORM Cloud, and LMSs that play packages with the same engine.
    ScormCloud,
    /// Docebo.
    Docebo,
    /// 360Learning.
    ThreeSixtyLearning,
    /// Cornerstone OnDemand.
    Cornerstone,
    /// SAP `SuccessFactors` Learning.
    SuccessFactors,
    /// An LMS that refuses whatever its standard does not allow.
    Strict,
}

/// A rule that packages should keep.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its stable name, in kebab-case.
    pub name: &'static str,
    /// Error: an LMS refuses the package or loses data; warning: some LMS will; note: worth knowing.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub summary: &'static str,
    /// Whom it concerns; empty: every LMS.
    pub families: &'static [Family],
    /// The document and clause of the standard, or the LMS and version in which it was seen.
    pub source: &'static str,
    /// Why it matters and what to do, for who has to mend it.
    pub mend: &'static str,
    /// How it looks when it is wrong.
    pub bad: &'static str,
    /// How it looks when it is right.
    pub good: &'static str,
}
