//! Targets: what differs between one standard and another. No other module asks which target it is.

mod lom;
mod scorm12;
mod xml;

use crate::check::Facts;
use crate::course::Course;
use crate::lock::Numbers;
use crate::package::{Files, PackagePath};

/// What a package can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// SCORM 1.2 (ADL, October 2001).
    Scorm12,
}

/// What a standard, or the strictest LMS of those that speak it, puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Characters of learner state.
    pub state: usize,
    /// How many choices of one question can be told apart in records; their numbers count modulo this.
    pub choice_letters: Option<u32>,
    /// Characters of an answer in records; what is longer is cut.
    pub response: usize,
}

/// What a manifest is made from.
#[derive(Debug)]
pub(crate) struct Contents<'a> {
    pub(crate) course: &'a Course,
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) numbers: &'a Numbers,
    /// The document of each unit, in the order of the course's units.
    pub(crate) documents: Vec<PackagePath>,
    /// Every other file that learners' browsers load.
    pub(crate) shared: Vec<PackagePath>,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 1] = [Self::Scorm12];

    /// Its name on the command line, in `course.toml` and in file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scorm12 => "scorm12",
        }
    }

    /// The target of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }

    /// Its limits.
    #[must_use]
    pub fn limits(self) -> Limits {
        match self {
            Self::Scorm12 => scorm12::LIMITS,
        }
    }

    /// The part of the runtime that speaks to its LMSs, as JavaScript.
    #[must_use]
    pub fn adapter(self) -> &'static str {
        match self {
            Self::Scorm12 => include_str!("../../templates/runtime/adapter-scorm12.js"),
        }
    }

    /// Where its pages may connect to (CSP `connect-src`).
    #[must_use]
    pub fn connect_src(self) -> &'static str {
        match self {
            Self::Scorm12 => "'none'",
        }
    }

    /// Adds the manifest and its control documents to the files of a package.
    pub(crate) fn add_manifest(self, contents: &Contents<'_>, files: &mut Files) {
        match self {
            Self::Scorm12 => scorm12::add_manifest(contents, files),
        }
    }

    /// The file that stands first in the archive.
    #[must_use]
    pub fn first_file(self) -> &'static str {
        match self {
            Self::Scorm12 => "imsmanifest.xml",
        }
    }
}
