//! The referee's rules about manifests: good ones of many shapes, one fault at a time, and whatever bytes come.
//!
//! `tests/manifests` holds what the schemas take and refuse. `tests/referee/good` holds manifests of other makers'
//! shapes, each with the files of its package in a comment; `faults.json` takes one of them, replaces a text, and
//! `faults.txt` beside it says what is found then.

use crate::archives::files_of;
use crate::support::{expect_file, repository, tree};
use cartable::diagnostic::Severity;
use cartable::referee::manifest::{Judged, Names, judge};
use cartable::referee::{self, Finding, Rule};
use cartable::referee::{Place, Standard, standard};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

fn standard_of(name: &str) -> Standard {
    let known = [("scorm12", Standard::Scorm12), ("scorm2004", Standard::Scorm2004), ("cmi5", Standard::Cmi5)];
    let found = known.iter().find(|(start, _)| name.starts_with(start));
    found.map_or(Standard::TinCan, |(_, standard)| *standard)
}

fn judged(standard: Standard, bytes: &[u8], names: &Names) -> Judged {
    judge(standard, standard.manifest(), bytes, names)
}

/// The findings of a severity, as people would read them.
fn lines(judged: &Judged, least: Severity) -> Vec<String> {
    let kept = judged.findings.iter().filter(|finding| finding.rule.severity <= least);
    let line = |finding: &cartable::referee::Finding| {
        let place = match &finding.place {
            Place::Text { line, column, .. } => format!("{line}:{column}"),
            Place::Entry(entry) => entry.clone(),
            Place::Package => "package".to_owned(),
        };
        let hint = finding.hint.as_ref().map_or_else(String::new, |hint| format!(" ({hint})"));
        format!("{} {} {place} {}{hint}", finding.rule.severity.word(), finding.rule.name, finding.message)
    };
    kept.map(line).collect()
}

/// The manifests of a folder under `tests`, by name.
fn manifests(folder: &str) -> Vec<(String, Vec<u8>)> {
    let all = tree(&repository().join("tests").join(folder));
    all.into_iter().filter(|(name, _)| name.ends_with(".xml")).collect()
}

#[test]
fn what_the_schemas_take_is_no_error() {
    for standard in ["scorm12", "scorm2004", "cmi5", "tincan"] {
        for (name, bytes) in manifests(&format!("manifests/{standard}/good")) {
            let judged = judged(standard_of(standard), &bytes, &Names::unknown());
            assert_eq!(lines(&judged, Severity::Error), Vec::<String>::new(), "{standard}/{name}");
        }
    }
}

#[test]
fn our_own_packages_give_no_warning() {
    let mut count = 0;
    for (name, bytes) in manifests("expected") {
        let standard = match name.rsplit('/').next().unwrap() {
            "imsmanifest.xml" => standard::detect(&bytes),
            "cmi5.xml" => Standard::Cmi5,
            "tincan.xml" => Standard::TinCan,
            _ => continue,
        };
        count += 1;
        let judged = judged(standard, &bytes, &Names::unknown());
        assert_eq!(lines(&judged, Severity::Warning), Vec::<String>::new(), "{name}");
        assert!(!judged.launches.is_empty() && judged.title.is_some(), "{name}");
    }
    assert!(count > 10);
}

#[test]
fn what_the_schemas_refuse_is_an_error_where_they_are_kept() {
    let excused = fs::read_to_string(repository().join("tests/referee/bad-but-no-error.txt")).unwrap();
    let excused: BTreeSet<&str> = excused.lines().filter_map(|line| Some(line.split_once(": ")?.0)).collect();
    let mut without = BTreeSet::new();
    for standard in ["scorm12", "scorm2004", "cmi5", "tincan"] {
        for (name, bytes) in manifests(&format!("manifests/{standard}/bad")) {
            let judged = judged(standard_of(standard), &bytes, &Names::unknown());
            if !judged.findings.iter().any(|finding| finding.rule.refused_by_strict()) {
                without.insert(format!("{standard}/{name}"));
            }
        }
    }
    assert_eq!(without.iter().map(String::as_str).collect::<BTreeSet<_>>(), excused);
}

#[test]
fn what_no_schema_sees_is_told() {
    let mut text = String::new();
    for standard in ["scorm12", "scorm2004", "cmi5", "tincan"] {
        for (name, bytes) in manifests(&format!("manifests/{standard}/profile")) {
            let names = Names::of(["index.html", "accueil.html", "lesson-2.html"]);
            let names = if matches!(standard, "cmi5" | "tincan") { names } else { Names::unknown() };
            let judged = judged(standard_of(standard), &bytes, &names);
            writeln!(text, "{standard}/{name}").unwrap();
            for line in lines(&judged, Severity::Note) {
                writeln!(text, "\t{line}").unwrap();
            }
        }
    }
    expect_file(&repository().join("tests/referee/profile.txt"), &text);
}

#[test]
fn shapes_of_other_makers_give_no_warning() {
    let good = manifests("referee/good");
    assert!(good.len() >= 10);
    let mut text = String::new();
    for (name, bytes) in good {
        let names = Names::of(files_of(std::str::from_utf8(&bytes).unwrap()));
        let judged = judged(standard_of(&name), &bytes, &names);
        assert_eq!(lines(&judged, Severity::Warning), Vec::<String>::new(), "{name}");
        if name.starts_with("scorm") {
            assert_eq!(standard::detect(&bytes), standard_of(&name), "{name}");
        }
        let Judged { edition, title, identifiers, structure, launches, pass_mark, listed, .. } = judged;
        let identifiers: Vec<String> = identifiers.iter().map(|one| format!("{} {}", one.of, one.value)).collect();
        writeln!(text, "{name}\n\tedition {edition:?}, title {title:?}, pass mark {pass_mark:?}").unwrap();
        writeln!(text, "\tidentifiers {identifiers:?}\n\tlisted {listed:?}\n\tlaunches {launches:?}").unwrap();
        writeln!(text, "{structure:#?}").unwrap();
    }
    expect_file(&repository().join("tests/referee/good.txt"), &text);
}

#[derive(serde::Deserialize)]
struct Fault {
    name: String,
    base: String,
    replace: Vec<(String, String)>,
    files: Option<Vec<String>>,
}

#[test]
fn every_fault_is_found() {
    let folder = repository().join("tests/referee");
    let faults: Vec<Fault> = serde_json::from_str(&fs::read_to_string(folder.join("faults.json")).unwrap()).unwrap();
    assert!(faults.len() >= 60);
    let (mut text, mut met) = (String::new(), BTreeSet::new());
    for Fault { name, base, replace, files } in faults {
        let mut manifest = fs::read_to_string(folder.join(format!("good/{base}.xml"))).unwrap();
        let names = Names::of(files.unwrap_or_else(|| files_of(&manifest)));
        for (old, new) in replace {
            assert!(manifest.contains(&old), "{name}: {base} has no {old:?}");
            manifest = manifest.replacen(&old, &new, 1);
        }
        let judged = judged(standard_of(&base), manifest.as_bytes(), &names);
        met.extend(judged.findings.iter().map(|finding| finding.rule.name));
        writeln!(text, "{base}: {name}").unwrap();
        for line in lines(&judged, Severity::Note) {
            writeln!(text, "\t{line}").unwrap();
        }
    }
    expect_file(&folder.join("faults.txt"), &text);
    // What the files of a text cannot show is in the tests below.
    let elsewhere = ["manifest-too-large", "manifest-too-deep", "manifest-bytes", "manifest-encoding-clash"];
    let never: Vec<&str> =
        rules().iter().map(|rule| rule.name).filter(|name| !met.contains(name) && !elsewhere.contains(name)).collect();
    assert_eq!(never, Vec::<&str>::new());
}

#[test]
fn every_rule_says_all_that_it_should() {
    let names: BTreeSet<&str> = rules().iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), rules().len());
    for rule in rules() {
        assert!(
            rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{}",
            rule.name
        );
        assert!(rule.summary.ends_with('.') && rule.mend.ends_with('.'), "{}", rule.name);
        assert!(!rule.source.is_empty() && !rule.bad.is_empty() && !rule.good.is_empty(), "{}", rule.name);
    }
}

/// The rules about manifests.
fn rules() -> &'static [&'static Rule] {
    referee::tables().into_iter().find(|(title, _)| *title == "The manifest").unwrap().1
}

fn rules_of(standard: Standard, bytes: &[u8]) -> Vec<&'static str> {
    judged(standard, bytes, &Names::unknown()).findings.iter().map(|finding| finding.rule.name).collect()
}

#[test]
fn what_would_exhaust_a_reader_is_refused() {
    let nested = "<a>".repeat(200_000);
    let attributes: String = (0..100_000).map(|number| format!(" a{number}='1'")).collect();
    let namespaces: String = (0..300).map(|number| format!("<a xmlns:n{number}='urn:{number}'>")).collect();
    let loops = "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c \"&b;&b;\">]><a>&b;</a>";
    let refused = [
        (nested, "manifest-too-deep"),
        (format!("<a{attributes}/>"), "manifest-too-large"),
        (namespaces, "manifest-too-large"),
        (format!("<a>{}</a>", " ".repeat(11 * 1024 * 1024)), "manifest-too-large"),
        (loops.to_owned(), "manifest-doctype"),
        ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>".to_owned(), "manifest-doctype"),
        (String::new(), "manifest-not-well-formed"),
    ];
    for (text, rule) in refused {
        for standard in [Standard::Scorm12, Standard::Scorm2004, Standard::Cmi5, Standard::TinCan] {
            assert_eq!(rules_of(standard, text.as_bytes()), [rule], "{}", &text[..text.len().min(40)]);
        }
    }
}

#[test]
fn many_items_take_no_more_than_their_time() {
    let items: String = (0..20_000)
        .map(|number| format!("<item identifier='i{number}' identifierref='r'><title>t</title></item>"))
        .collect();
    let files: String = (0..20_000).map(|number| format!("<file href='f{number}.html'/>")).collect();
    let text = format!(
        "<manifest identifier='m' xmlns='http://www.imsproject.org/xsd/imscp_rootv1p1p2' xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_rootv1p2'>\
         <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\
         <organizations default='o'><organization identifier='o'><title>t</title>{items}</organization></organizations>\
         <resources><resource identifier='r' type='webcontent' adlcp:scormtype='sco' href='f1.html'>{files}</resource></resources></manifest>"
    );
    assert_eq!(rules_of(Standard::Scorm12, text.as_bytes()), Vec::<&str>::new());
    // Findings of one kind are counted, not all kept.
    let names = Names::of(["f1.html"]);
    let found = judged(Standard::Scorm12, text.as_bytes(), &names).findings;
    assert_eq!((found.len(), found[100].message.as_str()), (101, "and 19899 more of these"));
    assert_eq!(found.iter().map(Finding::count).sum::<usize>(), 19_999);
}

#[test]
fn encodings_are_told_from_their_bytes() {
    let text = fs::read_to_string(repository().join("tests/referee/good/scorm12-single.xml")).unwrap();
    let wide = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let text = text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
        mark.then_some(0xfeff).into_iter().chain(text.encode_utf16()).flat_map(order).collect()
    };
    let marked = format!("\u{feff}{text}").into_bytes();
    for bytes in [marked, wide(u16::to_le_bytes, true), wide(u16::to_be_bytes, true), wide(u16::to_le_bytes, false)] {
        assert_eq!(rules_of(Standard::Scorm12, &bytes), Vec::<&str>::new());
        assert_eq!(standard::detect(&bytes), Standard::Scorm12);
    }
    let other: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(rules_of(Standard::Scorm12, &other), ["manifest-encoding-clash"]);
    let mut latin = text.replace("First aid", "Premiers g").into_bytes();
    let at = latin.windows(10).position(|window| window == b"Premiers g").unwrap();
    latin.insert(at + 10, 0xe9);
    let judged = judged(Standard::Scorm12, &latin, &Names::unknown());
    let Place::Text { line, column, .. } = &judged.findings[0].place else { panic!("no place") };
    assert_eq!((judged.findings[0].rule.name, *line, *column), ("manifest-bytes", 11, 24));
    let declared = text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
    assert_eq!(rules_of(Standard::Scorm12, declared.as_bytes()), ["manifest-bytes"]);
}

/// A manifest of ours with some bytes cut, doubled, swapped or replaced.
fn mutated() -> impl Strategy<Value = (Standard, Vec<u8>)> {
    let mut all: Vec<(Standard, Vec<u8>)> =
        manifests("referee/good").into_iter().map(|(name, bytes)| (standard_of(&name), bytes)).collect();
    for standard in ["scorm12", "scorm2004", "cmi5", "tincan"] {
        all.extend(
            manifests(&format!("manifests/{standard}/good"))
                .into_iter()
                .map(|(_, bytes)| (standard_of(standard), bytes)),
        );
    }
    let pieces = [
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&#",
        "<!--",
        "-->",
        "]]>",
        "<![CDATA[",
        "<?",
        "é",
        "\u{0}",
        "%",
        "../",
        "\\",
        "=",
        " xml:base='x'",
        "xmlns=''",
    ];
    let change =
        (0_usize..4, any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::sample::select(pieces.to_vec()));
    (prop::sample::select(all), prop::collection::vec(change, 1..6)).prop_map(|((standard, mut bytes), changes)| {
        for (kind, from, to, piece) in changes {
            let (from, to) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
            let (from, to) = (from.min(to), from.max(to));
            let part = bytes[from..to].to_vec();
            match kind {
                0 => drop(bytes.drain(from..to.min(from + 200))),
                1 => drop(bytes.splice(from..from, part.into_iter().take(2_000))),
                2 => drop(bytes.splice(from..from, piece.bytes())),
                _ => bytes[from..to.min(from + 30)].reverse(),
            }
        }
        (standard, bytes)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic((standard, bytes) in mutated()) {
        let names = Names::of(["index.html", "A.html"]);
        let _ = standard::detect(&bytes);
        for finding in judged(standard, &bytes, &names).findings {
            if let Place::Text { line, column, .. } = finding.place {
                prop_assert!(line >= 1 && column >= 1);
            }
        }
    }

    #[test]
    fn places_are_in_the_order_of_the_text((standard, bytes) in mutated()) {
        let found = judged(standard, &bytes, &Names::unknown()).findings;
        prop_assert!(found.is_sorted_by_key(|finding| finding.place.clone()));
    }
}
