//! What the author says of the course's accessibility.

use crate::keys::Spanned;

/// What the accessibility statement says, besides that it was made (RGAA 4.1.2, "Obligations", the statement).
#[derive(Debug, Default)]
pub struct Accessibility {
    /// Where to report a barrier: an e-mail address or a web address.
    pub contact: Option<String>,
    /// Who is committed to it.
    pub owner: Option<String>,
    /// The web address of the owner's plan for accessibility.
    pub plan: Option<String>,
    /// The audit; without one nothing is said to conform.
    pub audit: Option<Audit>,
    /// What does not conform.
    pub failures: Vec<String>,
    /// What would be a disproportionate burden to mend, with the reasons.
    pub derogations: Vec<String>,
    /// What the law leaves out.
    pub exemptions: Vec<String>,
    /// The browsers and screen readers that it was tried with.
    pub environments: Vec<String>,
    /// The tools that it was tried with.
    pub tools: Vec<String>,
    /// The paths of the documents that the author knows to be accessible.
    pub documents: Vec<Spanned<String>>,
}

/// An audit of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Its day, as `YYYY-MM-DD`.
    pub day: String,
    /// Who made it.
    pub auditor: String,
    /// Percentage of the criteria that apply which are met.
    pub rate: u32,
}

/// How far a course conforms, in the words of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conformance {
    /// Every criterion that applies is met.
    Total,
    /// At least half of them are.
    Partial,
    /// Fewer are, or nobody has looked.
    None,
}

impl Accessibility {
    /// How far the course conforms.
    #[must_use]
    pub fn conformance(&self) -> Conformance {
        match &self.audit {
            Some(Audit { rate: 100, .. }) => Conformance::Total,
            Some(Audit { rate: 50.., .. }) => Conformance::Partial,
            _ => Conformance::None,
        }
    }
}
