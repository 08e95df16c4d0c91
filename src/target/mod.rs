//! Targets: what differs between one standard and another. No other module asks which target it is.
//!
//! Each standard is one file, which says what it puts up with and writes its manifest, and one adapter of
//! `templates/runtime`. The two editions of SCORM 2004 share theirs.

mod cmi5;
mod lom;
mod scorm12;
mod scorm2004;
mod web;
mod xapi;
mod xml;

use crate::check::Facts;
use crate::course::{self, Course, Unit};
use crate::diagnostic::{Diagnostic, nearest};
use crate::error::Error;
use crate::lock::Numbers;
use crate::package::{Content, Files, PackagePath};

/// What a package can be made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// SCORM 1.2 (ADL, October 2001).
    Scorm12,
    /// SCORM 2004 3rd Edition (ADL, November 2006).
    Scorm2004Third,
    /// SCORM 2004 4th Edition (ADL, March 2009).
    Scorm2004Fourth,
    /// cmi5, first edition (AICC and ADL, Quartz).
    Cmi5,
    /// xAPI 1.0.3, launched as a Tin Can package.
    Xapi,
    /// No LMS: any web server, or a folder.
    Web,
}

/// What other modules ask a target.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// Its name on the command line, in `course.toml` and in file names.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it puts up with.
    pub limits: Limits,
    /// The part of the runtime that speaks to its LMSs: JavaScript files.
    pub adapter: &'static [&'static str],
    /// Where its pages may connect to (CSP `connect-src`).
    pub connect_src: &'static str,
    /// The file that says what is in a package, if its standard has one.
    pub manifest: Option<&'static str>,
    /// The import sheet that tells how to use its packages.
    pub sheet: Sheet,
    /// Whether it keeps completion and success apart.
    pub two_statuses: bool,
    /// Whether nearly every LMS that knows its standard takes this edition of it.
    pub widely_taken: bool,
    /// Whether the document of a unit may lead to that of another: nobody else opens them.
    pub links_units: bool,
    /// Whether what it is for takes a folder as well as an archive.
    pub takes_folders: bool,
}

/// An import sheet: the template, in each language.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Its name, which targets of one standard share.
    pub name: &'static str,
    /// In English.
    pub english: &'static str,
    /// In French.
    pub french: &'static str,
}

/// The sheet of every edition of SCORM.
const SCORM_SHEET: Sheet = Sheet {
    name: "scorm",
    english: include_str!("../../templates/sheets/scorm.en.md"),
    french: include_str!("../../templates/sheets/scorm.fr.md"),
};

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
    pub const ALL: [Self; 6] =
        [Self::Scorm12, Self::Scorm2004Third, Self::Scorm2004Fourth, Self::Cmi5, Self::Xapi, Self::Web];

    /// The names of all, in this order.
    pub const NAMES: [&'static str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::ALL[at].profile().name;
            at += 1;
        }
        names
    };

    /// What other modules ask it.
    #[must_use]
    pub const fn profile(self) -> &'static Profile {
        match self {
            Self::Scorm12 => &scorm12::PROFILE,
            Self::Scorm2004Third => &scorm2004::THIRD,
            Self::Scorm2004Fourth => &scorm2004::FOURTH,
            Self::Cmi5 => &cmi5::PROFILE,
            Self::Xapi => &xapi::PROFILE,
            Self::Web => &web::PROFILE,
        }
    }

    /// Its name on the command line, in `course.toml` and in file names.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.profile().name
    }

    /// The file that stands first in its archives.
    #[must_use]
    pub fn first_file(self) -> &'static str {
        self.profile().manifest.unwrap_or("index.html")
    }

    /// The target of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.name() == name)
    }

    /// The target of a name that somebody typed.
    ///
    /// # Errors
    /// [`Error::Usage`] with the name that was probably meant, and all of them.
    pub fn named(name: &str) -> Result<Self, Error> {
        Self::find(name).ok_or_else(|| {
            let known = Self::NAMES.join(", ");
            let meant = nearest(&name.to_lowercase(), Self::NAMES);
            let meant = meant.map(|name| format!(" Did you mean {name}?")).unwrap_or_default();
            Error::Usage(format!("`{name}` is not a target.{meant} The targets are: {known}"))
        })
    }

    /// Adds the manifest and what belongs to it to the files of a package.
    pub(crate) fn add_manifest(self, contents: &Contents<'_>, files: &mut Files) {
        match self {
            Self::Scorm12 => scorm12::add_manifest(contents, files),
            Self::Scorm2004Third | Self::Scorm2004Fourth => scorm2004::add_manifest(self, contents, files),
            Self::Cmi5 => cmi5::add_manifest(contents, files),
            Self::Xapi => xapi::add_manifest(contents, files),
            Self::Web => web::add_manifest(contents, files),
        }
    }
}

/// The schema files that the manifests of a standard refer to.
struct ControlDocuments {
    /// Our renditions: name and text.
    own: &'static [(&'static str, &'static str)],
    /// The value of `xsi:schemaLocation`: namespaces, each with its file.
    locations: &'static str,
}

impl ControlDocuments {
    /// Adds those that the author wants.
    fn add(&self, contents: &Contents<'_>, files: &mut Files) {
        match &contents.course.control_documents {
            course::ControlDocuments::None => {}
            course::ControlDocuments::Own => {
                for (name, text) in self.own {
                    add(files, PackagePath::known(name), Content::Bytes(text.as_bytes().to_vec()));
                }
            }
            course::ControlDocuments::Folder(_) => {
                for (name, asset) in &contents.facts.control_documents {
                    if let Some(path) = PackagePath::new(name) {
                        files.insert_for_tools(path, Content::File(asset.disk.clone(), asset.size));
                    }
                }
            }
        }
    }

    /// The attribute of the root that leads to them, where there are some.
    fn schema_location(&self, course: &Course) -> Option<(&'static str, &'static str)> {
        (course.control_documents != course::ControlDocuments::None).then_some(("xsi:schemaLocation", self.locations))
    }
}

impl Target {
    /// Whether what it is for takes a folder as well as an archive.
    #[must_use]
    pub fn takes_folders(self) -> bool {
        self.profile().takes_folders
    }

    /// What it alone says in the head of the document of `unit`, as lines of HTML.
    pub(crate) fn head(self, course: &Course, facts: &Facts<'_>, unit: &Unit<'_>, document: &PackagePath) -> String {
        match self {
            Self::Web => web::head(course, facts, unit, document),
            Self::Scorm12 | Self::Scorm2004Third | Self::Scorm2004Fourth | Self::Cmi5 | Self::Xapi => String::new(),
        }
    }

    /// What of a course it does not put up with well.
    pub(crate) fn check(self, course: &Course, facts: &Facts<'_>) -> Option<Diagnostic> {
        match self {
            Self::Web => web::check(course, facts),
            Self::Xapi => xapi::check(course),
            Self::Scorm12 | Self::Scorm2004Third | Self::Scorm2004Fourth | Self::Cmi5 => None,
        }
    }

    /// Whether each document is written as one file with all that it needs, too.
    pub(crate) fn has_single_files(self, course: &Course) -> bool {
        match self {
            Self::Web => course.web.single_file.is_some(),
            Self::Scorm12 | Self::Scorm2004Third | Self::Scorm2004Fourth | Self::Cmi5 | Self::Xapi => false,
        }
    }
}

/// Adds a file of ours to a package.
fn add(files: &mut Files, path: PackagePath, content: Content) {
    files
        .insert(path, content, "cartable")
        .unwrap_or_else(|clash| unreachable!("media have names of their own: {clash:?}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_that_is_none_is_near_to_what_most_platforms_take() {
        let said = |name: &str| Target::named(name).expect_err(name).to_string();
        assert!(said("scorm2004").contains("Did you mean scorm2004-3?"), "{}", said("scorm2004"));
        assert!(said("SCORM-2004").contains("Did you mean scorm2004-3?"), "{}", said("SCORM-2004"));
        assert!(said("scorm-1.2").contains("Did you mean scorm12?"), "{}", said("scorm-1.2"));
        assert!(!said("pdf").contains("Did you mean"), "{}", said("pdf"));
        assert_eq!(Target::named("xapi").ok(), Some(Target::Xapi));
    }
}
