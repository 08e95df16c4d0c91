//! SCORM 2004, 3rd and 4th edition.

use super::{Contents, Limits, Profile, Target};
use crate::package::Files;

pub(super) const THIRD: Profile = Profile {
    name: "scorm2004-3",
    title: "SCORM 2004 3rd Edition",
    limits: Limits { state: 64000, choice_letters: None, response: 4000 },
    adapter: &[
        include_str!("../../templates/runtime/scorm-api.js"),
        include_str!("../../templates/runtime/adapter-scorm2004.js"),
    ],
    connect_src: "'none'",
    first_file: "imsmanifest.xml",
    sheet: "scorm",
};

pub(super) const FOURTH: Profile = Profile {
    name: "scorm2004-4",
    title: "SCORM 2004 4th Edition",
    limits: Limits { state: 64000, choice_letters: None, response: 4000 },
    adapter: &[
        include_str!("../../templates/runtime/scorm-api.js"),
        include_str!("../../templates/runtime/adapter-scorm2004.js"),
    ],
    connect_src: "'none'",
    first_file: "imsmanifest.xml",
    sheet: "scorm",
};

pub(super) fn add_manifest(_target: Target, _contents: &Contents<'_>, _files: &mut Files) {}
