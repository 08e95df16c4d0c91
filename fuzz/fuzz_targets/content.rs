//! Any bytes as a text of a package: the document that is launched, another page, a style sheet, a script.
#![no_main]

use cartable_fuzz::{InMemory, chosen, look_into};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Some((name, bytes)) = chosen(data, &["index.html", "more.html", "style.css", "course.js"]) {
        look_into(&InMemory::good().with(name, bytes));
    }
});
