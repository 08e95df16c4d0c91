//! cmi5.

use super::{Contents, Limits, Profile};
use crate::package::Files;

pub(super) const PROFILE: Profile = Profile {
    name: "cmi5",
    title: "cmi5",
    limits: Limits { state: 64000, choice_letters: None, response: 4000 },
    adapter: &[
        include_str!("../../templates/runtime/xapi-lrs.js"),
        include_str!("../../templates/runtime/adapter-cmi5.js"),
    ],
    connect_src: "https: http:",
    first_file: "cmi5.xml",
    sheet: "cmi5",
};

pub(super) fn add_manifest(_contents: &Contents<'_>, _files: &mut Files) {}
