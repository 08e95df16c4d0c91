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
    /// How bad it is where an LMS of its families is named, if that is not what [`Rule::severity_for`] makes of it.
    pub named: Option<Severity>,
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

impl Rule {
    /// Whether an LMS that takes its standard to the letter would refuse a package for it, or every LMS.
    #[must_use]
    pub fn refused_by_strict(&self) -> bool {
        [&[][..], &[Family::Strict]].iter().any(|families| self.severity_for(families) == Some(Severity::Error))
    }

    /// How bad it is for these LMSs; `None` if it is a matter of others only. Without any: for an LMS that is not known.
    ///
    /// What only some LMSs refuse is an error where one of these is named.
    #[must_use]
    pub fn severity_for(&self, families: &[Family]) -> Option<Severity> {
        let is_named = self.families.iter().any(|family| families.contains(family));
        match self.severity {
            _ if !families.is_empty() && !self.families.is_empty() && !is_named => None,
            severity if !is_named => Some(severity),
            Severity::Warning => Some(self.named.unwrap_or(Severity::Error)),
            severity => Some(self.named.unwrap_or(severity)),
        }
    }
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Moodle,
        Self::OpenEdx,
        Self::ScormCloud,
        Self::Docebo,
        Self::ThreeSixtyLearning,
        Self::Cornerstone,
        Self::SuccessFactors,
        Self::Strict,
    ];

    /// The name that is typed after `--for`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Moodle => "moodle",
            Self::OpenEdx => "open-edx",
            Self::ScormCloud => "scorm-cloud",
            Self::Docebo => "docebo",
            Self::ThreeSixtyLearning => "360learning",
            Self::Cornerstone => "cornerstone",
            Self::SuccessFactors => "successfactors",
            Self::Strict => "strict",
        }
    }

    /// The family called so.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.name() == name)
    }
}
