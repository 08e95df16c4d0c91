//! Web.

use super::{Contents, Limits, Profile};
use crate::package::Files;

pub(super) const PROFILE: Profile = Profile {
    name: "web",
    title: "Web",
    limits: Limits { state: 64000, choice_letters: None, response: 4000 },
    adapter: &[include_str!("../../templates/runtime/adapter-web.js")],
    connect_src: "'none'",
    first_file: "index.html",
    sheet: "web",
};

pub(super) fn add_manifest(_contents: &Contents<'_>, _files: &mut Files) {}
