//! cmi5, Quartz edition: `cmi5.xml`, the course structure (section 13).
//!
//! Each unit is an assignable unit. No blocks: a block groups, and reports as satisfied, what several assignable units
//! have in common, and a lesson is never more than one of them.

use uuid::Uuid;

use super::xapi::{self, CONNECT_SRC, LIMITS};
use super::xml::Xml;
use super::{Contents, Profile, Sheet, add};
use crate::course::{Course, Lesson, Unit, When};
use crate::package::{Content, Files, PackagePath};
use crate::text;

pub(super) const PROFILE: Profile = Profile {
    name: "cmi5",
    title: "cmi5",
    limits: LIMITS,
    adapter: &[
        include_str!("../../templates/runtime/xapi-lrs.js"),
        include_str!("../../templates/runtime/xapi-outbox.js"),
        include_str!("../../templates/runtime/xapi-statements.js"),
        include_str!("../../templates/runtime/adapter-cmi5.js"),
    ],
    connect_src: CONNECT_SRC,
    manifest: Some("cmi5.xml"),
    sheet: Sheet {
        name: "cmi5",
        english: include_str!("../../templates/sheets/cmi5.en.md"),
        french: include_str!("../../templates/sheets/cmi5.fr.md"),
    },
    two_statuses: true,
    widely_taken: true,
    links_units: false,
    takes_folders: false,
};

pub(super) fn add_manifest(contents: &Contents<'_>, files: &mut Files) {
    add(files, PackagePath::known("cmi5.xml"), Content::Bytes(structure(contents)));
}

fn structure(contents: &Contents<'_>) -> Vec<u8> {
    let course = contents.course;
    let mut xml = Xml::new();
    let namespace = [("xmlns", "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd")];
    xml.element("courseStructure", &namespace, |xml| {
        xml.element("course", &[("id", &course.id.value)], |xml| {
            words(xml, course, "title", &course.title);
            words(xml, course, "description", course.description.as_deref().unwrap_or(&course.title));
        });
        let aims = aims(&course.lessons);
        if !aims.is_empty() {
            xml.element("objectives", &[], |xml| aims.iter().for_each(|aim| objective(xml, course, aim)));
        }
        for (unit, document) in course.units().iter().zip(&contents.documents) {
            assignable_unit(xml, contents, unit, document);
        }
    });
    xml.finish()
}

/// Section 13.1.4. The order of its elements is that of the schema.
fn assignable_unit(xml: &mut Xml, contents: &Contents<'_>, unit: &Unit<'_>, document: &PackagePath) {
    let course = contents.course;
    let units = course.units();
    let id = xapi::unit_id(contents, unit);
    let (move_on, mastery_score) = rule(unit.when(&course.completion), course.completion.pass_mark);
    let mut attributes = vec![("id", id.as_str()), ("moveOn", move_on)];
    attributes.extend(mastery_score.as_deref().map(|score| ("masteryScore", score)));
    attributes.extend([("launchMethod", "AnyWindow"), ("activityType", xapi::activity_type(&units))]);
    xml.element("au", &attributes, |xml| {
        words(xml, course, "title", unit.title);
        words(xml, course, "description", xapi::description(course, &units, unit));
        let aims = aims(unit.lessons);
        if !aims.is_empty() {
            xml.element("objectives", &[], |xml| {
                for aim in aims {
                    xml.empty("objective", &[("idref", &objective_id(course, aim))]);
                }
            });
        }
        xml.text("url", &[], document.as_str());
    });
}

/// What an LMS waits for before it counts a unit as done (section 13.1.4: `moveOn`, `masteryScore`).
fn rule(when: When, pass_mark: u32) -> (&'static str, Option<String>) {
    let mastery_score = || Some((f64::from(pass_mark) / 100.0).to_string());
    match when {
        When::Passed => ("Passed", mastery_score()),
        When::ViewedAndPassed => ("CompletedAndPassed", mastery_score()),
        When::Viewed => ("Completed", None),
    }
}

/// What lessons aim at, each once: learners meet the same competency in several lessons.
fn aims(lessons: &[Lesson]) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for aim in lessons.iter().flat_map(Lesson::aims) {
        if !found.iter().any(|other| text::folded(other) == text::folded(aim)) {
            found.push(aim);
        }
    }
    found
}

fn objective(xml: &mut Xml, course: &Course, aim: &str) {
    xml.element("objective", &[("id", &objective_id(course, aim))], |xml| {
        words(xml, course, "title", aim);
        words(xml, course, "description", aim);
    });
}

/// The IRI of an objective: the same wherever it stands, however many there are.
fn objective_id(course: &Course, aim: &str) -> String {
    let iri = xapi::below(&course.id.value, "objective");
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{iri}/{}", text::folded(aim)).as_bytes());
    format!("{iri}/{id}")
}

/// A text in the course's language (section 13.1: `langstring`).
fn words(xml: &mut Xml, course: &Course, name: &str, text: &str) {
    xml.element(name, &[], |xml| xml.text("langstring", &[("lang", course.language.tag())], text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_has_no_mark_and_marks_are_shares() {
        assert_eq!(rule(When::Viewed, 70), ("Completed", None));
        for percent in 0..=100 {
            let (move_on, share) = rule(When::Passed, percent);
            let share = share.expect("a mark");
            assert_eq!(move_on, "Passed");
            assert!(share.len() <= 4, "{share}: two decimals are enough");
            assert_eq!((share.parse::<f64>().expect("a number") * 100.0).round() as u32, percent);
        }
    }
}
