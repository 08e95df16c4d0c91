//! Any bytes as the manifest of a package.
#![no_main]

use cartable::referee::MANIFESTS;
use cartable_fuzz::{InMemory, chosen, look_into};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((name, bytes)) = chosen(data, &MANIFESTS) {
        let page = b"<!doctype html><title>Page</title>";
        look_into(&InMemory::default().with(name, bytes).with("index.html", page).with("lesson/A.html", page));
    }
});
