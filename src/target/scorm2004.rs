//! SCORM 2004, 3rd and 4th edition: `imsmanifest.xml` (Content Aggregation Model, sections 3.4 and 5.1; IMS Content
//! Packaging 1.1.4; IMS Simple Sequencing 1.0).
//!
//! One organization; each unit is an item with a SCO as its resource. The editions share their namespaces, the
//! runtime and all that is written here but two texts: `schemaversion`, which alone tells an LMS the edition, and an
//! attribute that the 4th added.
//!
//! Sequencing says only what keeps an LMS from deciding in the course's place; several LMSs ignore it, and nothing
//! depends on it. There is no `completionThreshold`: with one, Moodle and others overwrite the completion that the
//! course reports.

use super::xml::Xml;
use super::{Contents, ControlDocuments, Limits, Profile, SCORM_SHEET, Target, add, lom};
use crate::course::{Course, ManifestPassMark, Page, Unit, When};
use crate::package::{Content, Files, PackagePath};

pub(super) const THIRD: Profile = Profile { widely_taken: true, ..profile("scorm2004-3", "SCORM 2004 3rd Edition") };
pub(super) const FOURTH: Profile = profile("scorm2004-4", "SCORM 2004 4th Edition");

const fn profile(name: &'static str, title: &'static str) -> Profile {
    Profile {
        name,
        title,
        limits: Limits {
            // RTE 4.2.23: cmi.suspend_data, smallest permitted maximum.
            state: 64000,
            // RTE 4.1.1.7: an identifier of a choice is a short_identifier_type of 250 characters.
            choice_letters: None,
            // RTE 4.2.9.1: the longest learner response, that of long-fill-in and other.
            response: 4000,
        },
        adapter: &[
            include_str!("../../templates/runtime/scorm-api.js"),
            include_str!("../../templates/runtime/adapter-scorm2004.js"),
        ],
        connect_src: "'none'",
        manifest: Some("imsmanifest.xml"),
        sheet: SCORM_SHEET,
        two_statuses: true,
        widely_taken: false,
        links_units: false,
        takes_folders: false,
    }
}

const CONTROL_DOCUMENTS: ControlDocuments = ControlDocuments {
    own: &[
        ("adlcp_v1p3.xsd", include_str!("../../schemas/scorm2004/adlcp_v1p3.xsd")),
        ("adlnav_v1p3.xsd", include_str!("../../schemas/scorm2004/adlnav_v1p3.xsd")),
        ("adlseq_v1p3.xsd", include_str!("../../schemas/scorm2004/adlseq_v1p3.xsd")),
        ("imscp_v1p1.xsd", include_str!("../../schemas/scorm2004/imscp_v1p1.xsd")),
        ("imsss_v1p0.xsd", include_str!("../../schemas/scorm2004/imsss_v1p0.xsd")),
        ("lom.xsd", include_str!("../../schemas/scorm2004/lom.xsd")),
        ("xml.xsd", include_str!("../../schemas/scorm2004/xml.xsd")),
    ],
    locations: "http://www.imsglobal.org/xsd/imscp_v1p1 imscp_v1p1.xsd \
        http://www.adlnet.org/xsd/adlcp_v1p3 adlcp_v1p3.xsd \
        http://www.adlnet.org/xsd/adlseq_v1p3 adlseq_v1p3.xsd \
        http://www.adlnet.org/xsd/adlnav_v1p3 adlnav_v1p3.xsd \
        http://www.imsglobal.org/xsd/imsss imsss_v1p0.xsd \
        http://ltsc.ieee.org/xsd/LOM lom.xsd",
};

pub(super) fn add_manifest(target: Target, contents: &Contents<'_>, files: &mut Files) {
    add(files, PackagePath::known("imsmanifest.xml"), Content::Bytes(manifest(target, contents)));
    CONTROL_DOCUMENTS.add(contents, files);
}

fn manifest(target: Target, contents: &Contents<'_>) -> Vec<u8> {
    let course = contents.course;
    let units = course.units();
    let id = |prefix: &str, unit: &Unit<'_>| format!("{prefix}-{}", contents.numbers.unit(unit.key));
    let course_id = format!("course-{}", contents.numbers.course);
    // Moodle and OpenOLAT compare qualified names letter by letter: these prefixes are the usual ones.
    let mut namespaces = vec![
        ("identifier", course_id.as_str()),
        ("version", course.version.as_str()),
        ("xmlns", "http://www.imsglobal.org/xsd/imscp_v1p1"),
        ("xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_v1p3"),
        ("xmlns:adlseq", "http://www.adlnet.org/xsd/adlseq_v1p3"),
        ("xmlns:adlnav", "http://www.adlnet.org/xsd/adlnav_v1p3"),
        ("xmlns:imsss", "http://www.imsglobal.org/xsd/imsss"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    namespaces.extend(CONTROL_DOCUMENTS.schema_location(course));
    let mut xml = Xml::new();
    xml.element("manifest", &namespaces, |xml| {
        xml.element("metadata", &[], |xml| {
            xml.text("schema", &[], "ADL SCORM");
            xml.text("schemaversion", &[], schema_version(target));
            lom::record(xml, course, lom::Binding::Ieee);
        });
        let organization = format!("organization-{}", contents.numbers.course);
        xml.element("organizations", &[("default", &organization)], |xml| {
            // Objectives and data of this course are nobody else's. Both attributes are true when left out.
            let mut attributes =
                vec![("identifier", organization.as_str()), ("adlseq:objectivesGlobalToSystem", "false")];
            if target == Target::Scorm2004Fourth {
                attributes.push(("adlcp:sharedDataGlobalToSystem", "false"));
            }
            xml.element("organization", &attributes, |xml| {
                xml.text("title", &[], &course.title);
                for unit in &units {
                    let (item, resource) = (id("item", unit), id("resource", unit));
                    let attributes =
                        [("identifier", item.as_str()), ("identifierref", &resource), ("isvisible", "true")];
                    xml.element("item", &attributes, |xml| {
                        xml.text("title", &[], unit.title);
                        item_sequencing(xml, course, unit, &id("objective", unit));
                        presentation(xml, units.len());
                    });
                }
                // Any unit may be opened, and one leads to the next. What completes and satisfies the course when
                // all its units do are the standard's own rules (Sequencing and Navigation, section 4.6.6).
                xml.element("imsss:sequencing", &[], |xml| {
                    xml.empty("imsss:controlMode", &[("choice", "true"), ("flow", "true")]);
                });
            });
        });
        xml.element("resources", &[], |xml| {
            for (unit, document) in units.iter().zip(&contents.documents) {
                resource(xml, &id("resource", unit), document, contents);
            }
        });
    });
    xml.finish()
}

/// What `schemaversion` says; LMSs compare it letter by letter, and Moodle takes anything else for SCORM 1.2.
fn schema_version(target: Target) -> &'static str {
    if target == Target::Scorm2004Fourth { "2004 4th Edition" } else { "2004 3rd Edition" }
}

/// What an LMS may conclude from what a unit reports.
fn item_sequencing(xml: &mut Xml, course: &Course, unit: &Unit<'_>, objective: &str) {
    xml.element("imsss:sequencing", &[], |xml| {
        if course.units().len() > 1 {
            rollup(xml, course, unit);
        }
        // Without a mark there is no objective: Moodle takes one without a measure for a mark of 100 %.
        if let Some(mark) = pass_mark(course, unit) {
            xml.element("imsss:objectives", &[], |xml| {
                let attributes = [("satisfiedByMeasure", "true"), ("objectiveID", objective)];
                xml.element("imsss:primaryObjective", &attributes, |xml| {
                    xml.text("imsss:minNormalizedMeasure", &[], &format!("{}.{:02}", mark / 100, mark % 100));
                });
            });
        }
        // Without these an LMS may complete and satisfy a unit that was left without a word (SuccessFactors does).
        let by_content = [("completionSetByContent", "true"), ("objectiveSetByContent", "true")];
        xml.empty("imsss:deliveryControls", &by_content);
    });
}

/// The mark that the LMS is to judge by in the place of the unit, in percent.
fn pass_mark(course: &Course, unit: &Unit<'_>) -> Option<u32> {
    let rule = &course.completion;
    let wanted = course.manifest_pass_mark == ManifestPassMark::Written && unit.when(rule) != When::Viewed;
    wanted.then_some(rule.pass_mark)
}

/// What a unit counts in the course's success and score. A unit without a quiz has neither: it would hold up both.
fn rollup(xml: &mut Xml, course: &Course, unit: &Unit<'_>) {
    let weigh = |unit: &Unit<'_>| scored(unit).map(|page| u64::from(page.weight())).sum::<u64>();
    let total: u64 = course.units().iter().map(weigh).sum();
    let share = (weigh(unit) * 10_000 + total / 2) / total.max(1);
    let share = format!("{}.{:04}", share / 10_000, share % 10_000);
    let satisfied = if unit.when(&course.completion) == When::Viewed { "false" } else { "true" };
    xml.empty(
        "imsss:rollupRules",
        &[("rollupObjectiveSatisfied", satisfied), ("objectiveMeasureWeight", share.as_str())],
    );
}

fn scored<'a>(unit: &Unit<'a>) -> impl Iterator<Item = &'a Page> {
    unit.lessons.iter().flat_map(|lesson| &lesson.pages).filter(|page| page.required && page.quiz().is_some())
}

/// Which buttons of the LMS are hidden (Sequencing and Navigation, section 5.2).
///
/// Those that abandon always: they throw away what the learner did. With one unit, those that lead to another or close
/// it alone too: the course turns its own pages, and behind it there is nothing. Those that leave the course for good
/// or until later stay, for the course must not take from the LMS its way out.
fn presentation(xml: &mut Xml, units: usize) {
    let one_unit: &[&str] = if units == 1 { &["previous", "continue", "exit"] } else { &[] };
    xml.element("adlnav:presentation", &[], |xml| {
        xml.element("adlnav:navigationInterface", &[], |xml| {
            for button in one_unit.iter().chain(&["abandon", "abandonAll"]) {
                xml.text("adlnav:hideLMSUI", &[], button);
            }
        });
    });
}

/// A unit's resource: its document first, then every file that documents share.
fn resource(xml: &mut Xml, id: &str, document: &PackagePath, contents: &Contents<'_>) {
    let attributes =
        [("identifier", id), ("type", "webcontent"), ("href", document.as_str()), ("adlcp:scormType", "sco")];
    xml.element("resource", &attributes, |xml| {
        xml.empty("file", &[("href", document.as_str())]);
        for path in &contents.shared {
            xml.empty("file", &[("href", path.as_str())]);
        }
    });
}
