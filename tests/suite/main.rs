//! The tests of the whole tool: the real binary on folders of files. What a test expects stands in files too, and
//! `CARTABLE_BLESS=1 cargo test` writes them anew, to be read before they are committed.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests touch the disk, and stop at the first surprise"
)]

mod archives;
mod braces;
mod cli;
mod compare;
mod courses;
mod determinism;
mod diagnostics;
mod faults;
mod inspect;
mod lock;
mod manifests;
mod mutations;
mod packages;
mod referee;
mod referee_manifests;
mod reference;
mod schemas;
mod single;
mod state;
mod support;
mod theme;
mod units;
mod writing;
