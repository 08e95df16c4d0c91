//! xAPI (Tin Can).

use super::{Contents, Limits, Profile};
use crate::package::Files;

pub(super) const PROFILE: Profile = Profile {
    name: "xapi",
    title: "xAPI (Tin Can)",
    limits: Limits { state: 64000, choice_letters: None, response: 4000 },
    adapter: &[
        include_str!("../../templates/runtime/xapi-lrs.js"),
        include_str!("../../templates/runtime/adapter-xapi.js"),
    ],
    connect_src: "https: http:",
    first_file: "tincan.xml",
    sheet: "xapi",
};

pub(super) fn add_manifest(_contents: &Contents<'_>, _files: &mut Files) {}
