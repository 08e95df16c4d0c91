//! The same course gives the same bytes, wherever, whenever and by whomever it is built.

use std::fs::{self, File};
use std::io::Cursor;
use std::time::{Duration, SystemTime};

use zip::{CompressionMethod, DateTime, System, ZipArchive};

use crate::support::{CourseTest, repository, tree};

const ARCHIVE: &str = "dist/blocks-2.1-scorm12.zip";
const TARGETS: [&str; 6] = ["scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web"];

fn blocks(name: &str) -> CourseTest {
    CourseTest::of("blocks", name)
}

#[test]
fn two_builds_from_different_folders_times_orders_and_locales_give_the_same_bytes() {
    let first = blocks("determinism-first");
    let every = ["--target", &TARGETS.join(",")];
    first.build(&every);
    // The same files, made in the opposite order, in another place, with other times, under another locale.
    let second = CourseTest::empty("determinism-second-in-a-longer-path")
        .variable("LC_ALL", "tr_TR.UTF-8")
        .variable("LANG", "ar_EG.UTF-8")
        .variable("TZ", "Pacific/Kiritimati")
        .variable("HOME", "/nonexistent")
        .variable("RAYON_NUM_THREADS", "1")
        .variable("NO_COLOR", "1");
    for (path, bytes) in tree(&repository().join("tests/courses/blocks")).into_iter().rev() {
        second.file(&path, &bytes);
        let file = File::options().write(true).open(second.source().join(&path)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + bytes.len() as u64)).unwrap();
    }
    second.build(&every);
    let same = |what: &str| {
        for target in TARGETS {
            let archive = format!("dist/blocks-2.1-{target}.zip");
            assert!(first.bytes(&archive) == second.bytes(&archive), "{target}: {what}");
            assert_eq!(first.read(&format!("{archive}.sha256")), second.read(&format!("{archive}.sha256")));
        }
    };
    same("the archives differ");
    assert_eq!(first.read("src/course.lock"), second.read("src/course.lock"));
    // And once more over itself, with the lock in place.
    first.build(&[&["--locked"], &every[..]].concat());
    same("a second build differs");
}

#[test]
fn entries_have_fixed_times_modes_and_methods_and_the_manifest_comes_first() {
    let test = blocks("determinism-entries");
    test.build(&[]);
    let mut archive = ZipArchive::new(Cursor::new(test.bytes(ARCHIVE))).unwrap();
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        let name = String::from_utf8(entry.name_raw().to_vec()).unwrap();
        assert_eq!(entry.last_modified(), Some(DateTime::default()), "{name}");
        assert_eq!(entry.unix_mode().map(|mode| mode & 0o7777), Some(0o644), "{name}");
        assert!(entry.extra_data().is_none_or(|extra| extra.is_empty()), "{name}");
        assert!(matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated));
        assert!(entry.is_file());
        names.push(name);
    }
    assert_eq!(names[0], "imsmanifest.xml");
    let mut sorted = names[1..].to_vec();
    sorted.sort();
    assert_eq!(&names[1..], sorted, "all other entries stand in the order of their names");
    assert!(names.iter().all(|name| name.is_ascii()));
    // Made by Unix on every system: the upper byte of "version made by" in each central header.
    let bytes = test.bytes(ARCHIVE);
    let headers: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(i, _)| i).collect();
    assert_eq!(headers.len(), names.len());
    assert!(headers.iter().all(|at| bytes[at + 5] == System::Unix as u8));
}

#[test]
fn source_date_epoch_dates_the_entries_and_nothing_else() {
    let plain = blocks("determinism-plain");
    plain.build(&[]);
    let dated = blocks("determinism-dated").variable("SOURCE_DATE_EPOCH", "1700000000");
    dated.build(&[]);
    let contents = |test: &CourseTest| {
        let mut archive = ZipArchive::new(Cursor::new(test.bytes(ARCHIVE))).unwrap();
        let mut entry = |index| {
            let entry = archive.by_index(index).unwrap();
            (entry.name_raw().to_vec(), entry.crc32())
        };
        (0..10).map(&mut entry).collect::<Vec<_>>()
    };
    assert_eq!(contents(&plain), contents(&dated));
    let mut archive = ZipArchive::new(Cursor::new(dated.bytes(ARCHIVE))).unwrap();
    let time = archive.by_index(0).unwrap().last_modified().unwrap();
    assert_eq!((time.year(), time.month(), time.day(), time.hour()), (2023, 11, 14, 22));
    let nonsense = blocks("determinism-nonsense").variable("SOURCE_DATE_EPOCH", "yesterday");
    let run = nonsense.run(&["build", "src"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("SOURCE_DATE_EPOCH"), "{}", run.stderr);
}

#[test]
fn a_folder_holds_what_the_archive_holds() {
    let test = blocks("determinism-folder");
    test.build(&[]);
    test.build(&["--unpacked"]);
    let folder = test.tree("dist/blocks-2.1-scorm12");
    let mut archive = ZipArchive::new(Cursor::new(test.bytes(ARCHIVE))).unwrap();
    assert_eq!(archive.len(), folder.len());
    for (name, bytes) in folder {
        let mut entry = archive.by_name(&name).unwrap();
        let mut unpacked = Vec::new();
        std::io::copy(&mut entry, &mut unpacked).unwrap();
        assert!(unpacked == bytes, "{name}");
    }
    assert!(fs::metadata(test.path("dist/blocks-2.1-scorm12.sha256")).unwrap().is_file());
}
