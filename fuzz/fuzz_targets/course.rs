//! Any bytes as a file of a course: a page, a quiz, the course's own file, a lesson, a table, captions.
#![no_main]

use cartable::pipeline::{self, LockPolicy, Request};
use cartable::target::Target;
use cartable_fuzz::chosen;
use libfuzzer_sys::fuzz_target;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

const FILES: [(&str, &[u8]); 6] = [
    ("lesson/page.md", b"+++\ntitle = \"A page\"\n+++\n\nText.\n\n::: figure table.csv\nA table\n:::\n"),
    ("lesson/quiz.md", include_bytes!("../../tests/courses/base/lesson/quiz.md")),
    ("course.toml", include_bytes!("../../tests/courses/base/course.toml")),
    ("lesson/index.md", include_bytes!("../../tests/courses/base/lesson/index.md")),
    ("lesson/table.csv", b"Name,Number\na,1\nb,2\n"),
    ("lesson/film.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nText\n"),
];

/// Only `load` reads a course, and it reads a folder: best one in memory (`TMPDIR=/dev/shm`).
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("cartable-fuzz-{}", std::process::id()));
    fs::create_dir_all(folder.join("lesson")).expect("a folder for the course");
    for (name, text) in FILES {
        fs::write(folder.join(name), text).expect("a file of the course");
    }
    folder
});

fuzz_target!(|data: &[u8]| {
    let Some(((name, good), bytes)) = chosen(data, &FILES) else { return };
    fs::write(FOLDER.join(name), bytes).expect("a file of the course");
    let targets = Some(vec![Target::Scorm12]);
    let _ = pipeline::compile(&Request { source: &FOLDER, output: None, targets, lock: LockPolicy::Update });
    fs::write(FOLDER.join(name), good).expect("a file of the course");
});
