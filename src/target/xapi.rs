//! xAPI 1.0.3, launched as a Tin Can package: `tincan.xml`. What cmi5 shares with it stands here too.
//!
//! No standards body has written down what a Tin Can package is: this follows what its importers read. Of a course in
//! several units every unit is an activity with a launch of its own. An importer that knows but one launch then
//! offers the first unit, and the import sheet says so; with a single launch no importer at all would reach the others.

use super::xml::Xml;
use super::{Contents, Limits, Profile, Sheet, add};
use crate::code;
use crate::course::{Course, Unit};
use crate::diagnostic::Diagnostic;
use crate::package::{Content, Files, PackagePath};

pub(super) const PROFILE: Profile = Profile {
    name: "xapi",
    title: "xAPI (Tin Can)",
    limits: LIMITS,
    adapter: &[
        include_str!("../../templates/runtime/xapi-lrs.js"),
        include_str!("../../templates/runtime/xapi-outbox.js"),
        include_str!("../../templates/runtime/xapi-statements.js"),
        include_str!("../../templates/runtime/adapter-xapi.js"),
    ],
    connect_src: CONNECT_SRC,
    manifest: Some("tincan.xml"),
    sheet: Sheet {
        name: "xapi",
        english: include_str!("../../templates/sheets/xapi.en.md"),
        french: include_str!("../../templates/sheets/xapi.fr.md"),
    },
    two_statuses: true,
    widely_taken: true,
    links_units: false,
    takes_folders: false,
};

pub(super) const LIMITS: Limits = Limits {
    // Requests that outlive their page carry 65,536 bytes at most together (Fetch, section 4.6): the state, which is
    // ASCII, goes in a document with what was told, and the last statement beside it.
    state: 60000,
    choice_letters: None,
    // Data 2.4.5: a response is a string, of any length.
    response: usize::MAX,
};

/// The address of the LRS comes with the launch: nobody knows it when the package is made.
pub(super) const CONNECT_SRC: &str = "https: http:";

pub(super) fn add_manifest(contents: &Contents<'_>, files: &mut Files) {
    add(files, PackagePath::known("tincan.xml"), Content::Bytes(manifest(contents)));
}

fn manifest(contents: &Contents<'_>) -> Vec<u8> {
    let course = contents.course;
    let units = course.units();
    let lang = [("lang", course.language.tag())];
    let mut xml = Xml::new();
    xml.element("tincan", &[("xmlns", "http://projecttincan.com/tincan.xsd")], |xml| {
        xml.element("activities", &[], |xml| {
            for (unit, document) in units.iter().zip(&contents.documents) {
                let id = if units.len() == 1 { course.id.value.clone() } else { unit_id(contents, unit) };
                xml.element("activity", &[("id", &id), ("type", activity_type(&units))], |xml| {
                    xml.text("name", &lang, unit.title);
                    xml.text("description", &lang, description(course, &units, unit));
                    xml.text("launch", &lang, document.as_str());
                });
            }
        });
    });
    xml.finish()
}

/// Several units, of which nothing says that they are one course.
pub(super) fn check(course: &Course) -> Option<Diagnostic> {
    let units = course.units().len();
    (units > 1).then(|| {
        let message = format!(
            "the package for xapi is {units} activities, one for each lesson, which a platform launches separately: \
             nothing tells it that the whole course is done"
        );
        Diagnostic::new(&code::LESSONS_APART, course.units_span, message)
            .hint("nothing to do if the platform can ask for each of them; see docs/records.md")
            .hint("else take the package for cmi5, which says what the course is made of, or remove units = \"lessons\" before anybody begins")
    })
}

/// The IRI of a unit: made from the lock's identifier, which no renaming changes.
pub(super) fn unit_id(contents: &Contents<'_>, unit: &Unit<'_>) -> String {
    below(&contents.course.id.value, &format!("unit/{}", contents.numbers.unit(unit.key)))
}

/// An IRI that belongs to another one, by whatever part of it may grow (RFC 3987, section 2.2): the fragment where
/// there is one or where nothing else can (a query, a URN), else the path.
pub(super) fn below(iri: &str, path: &str) -> String {
    let is_path = iri.contains("://") && !iri.contains('?');
    if is_path || iri.contains('#') { format!("{}/{path}", iri.trim_end_matches('/')) } else { format!("{iri}#{path}") }
}

/// What kind of activity the units of a course are, by ADL's list of activity types.
pub(super) fn activity_type(units: &[Unit<'_>]) -> &'static str {
    match units {
        [_] => "http://adlnet.gov/expapi/activities/course",
        _ => "http://adlnet.gov/expapi/activities/lesson",
    }
}

/// What a unit is about; never empty, as importers want a description.
pub(super) fn description<'a>(course: &'a Course, units: &[Unit<'a>], unit: &Unit<'a>) -> &'a str {
    let written = match (units, unit.lessons) {
        ([_], _) | (_, []) => course.description.as_deref(),
        (_, [lesson, ..]) => lesson.description.as_deref().or(lesson.instructions.as_deref()),
    };
    written.unwrap_or(unit.title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_an_iri_is_an_iri() {
        for (iri, expected) in [
            ("https://example.org/a", "https://example.org/a/unit/1"),
            ("https://example.org/", "https://example.org/unit/1"),
            ("https://example.org/a?id=3", "https://example.org/a?id=3#unit/1"),
            ("https://example.org/a#b", "https://example.org/a#b/unit/1"),
            ("https://example.org/#/a/", "https://example.org/#/a/unit/1"),
            ("https://example.org/a?id=3#b", "https://example.org/a?id=3#b/unit/1"),
            ("urn:uuid:0b1c", "urn:uuid:0b1c#unit/1"),
            ("urn:example:a#b", "urn:example:a#b/unit/1"),
            ("tag:example.org,2026:a", "tag:example.org,2026:a#unit/1"),
        ] {
            assert_eq!(below(iri, "unit/1"), expected);
        }
    }
}
