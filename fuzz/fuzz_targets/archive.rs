//! Any bytes as a zip archive.
#![no_main]

use cartable::referee::Archive;
use cartable_fuzz::look_into;
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    if let Ok(archive) = Archive::read_from(Cursor::new(data)) {
        look_into(&archive);
    }
});
