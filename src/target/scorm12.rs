//! SCORM 1.2: `imsmanifest.xml` (Content Aggregation Model 1.2, section 2.3; IMS Content Packaging 1.1.2).
//!
//! One organization; each unit is an item with a SCO as its resource. The manifest has no mastery score: every
//! LMS overrides the course's own status with it in another way, and several mark an unfinished quiz as failed.

use super::xml::Xml;
use super::{Contents, ControlDocuments, Limits, Profile, SCORM_SHEET, add, lom};
use crate::package::{Content, Files, PackagePath};

pub(super) const PROFILE: Profile = Profile {
    name: "scorm12",
    title: "SCORM 1.2",
    limits: Limits {
        // RTE 3.4.4: cmi.suspend_data is a CMIString4096; some LMSs count a little differently.
        state: 4000,
        // RTE 3.4.4: an identifier of a choice is one character of a-z and 0-9.
        choice_letters: Some(36),
        // CMIString255 (RTE 3.4.1).
        response: 255,
    },
    adapter: &[
        include_str!("../../templates/runtime/scorm-api.js"),
        include_str!("../../templates/runtime/adapter-scorm12.js"),
    ],
    connect_src: "'none'",
    manifest: Some("imsmanifest.xml"),
    sheet: SCORM_SHEET,
    two_statuses: false,
    widely_taken: true,
    links_units: false,
    takes_folders: false,
};

const CONTROL_DOCUMENTS: ControlDocuments = ControlDocuments {
    own: &[
        ("adlcp_rootv1p2.xsd", include_str!("../../schemas/scorm12/adlcp_rootv1p2.xsd")),
        ("ims_xml.xsd", include_str!("../../schemas/scorm12/ims_xml.xsd")),
        ("imscp_rootv1p1p2.xsd", include_str!("../../schemas/scorm12/imscp_rootv1p1p2.xsd")),
        ("imsmd_rootv1p2p1.xsd", include_str!("../../schemas/scorm12/imsmd_rootv1p2p1.xsd")),
    ],
    locations: "http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd \
        http://www.imsglobal.org/xsd/imsmd_rootv1p2p1 imsmd_rootv1p2p1.xsd \
        http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd",
};

pub(super) fn add_manifest(contents: &Contents<'_>, files: &mut Files) {
    add(files, PackagePath::known("imsmanifest.xml"), Content::Bytes(manifest(contents)));
    CONTROL_DOCUMENTS.add(contents, files);
}

fn manifest(contents: &Contents<'_>) -> Vec<u8> {
    let course = contents.course;
    let units = course.units();
    let id = |prefix: &str, unit: &str| format!("{prefix}-{}", contents.numbers.unit(unit));
    let course_id = format!("course-{}", contents.numbers.course);
    let mut namespaces = vec![
        ("identifier", course_id.as_str()),
        ("version", course.version.as_str()),
        ("xmlns", "http://www.imsproject.org/xsd/imscp_rootv1p1p2"),
        ("xmlns:adlcp", "http://www.adlnet.org/xsd/adlcp_rootv1p2"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    namespaces.extend(CONTROL_DOCUMENTS.schema_location(course));
    let mut xml = Xml::new();
    xml.element("manifest", &namespaces, |xml| {
        xml.element("metadata", &[], |xml| {
            xml.text("schema", &[], "ADL SCORM");
            xml.text("schemaversion", &[], "1.2");
            lom::record(xml, course, lom::Binding::Ims);
        });
        let organization = format!("organization-{}", contents.numbers.course);
        xml.element("organizations", &[("default", &organization)], |xml| {
            xml.element("organization", &[("identifier", &organization)], |xml| {
                xml.text("title", &[], &course.title);
                for unit in &units {
                    let (item, resource) = (id("item", unit.key), id("resource", unit.key));
                    let attributes =
                        [("identifier", item.as_str()), ("identifierref", &resource), ("isvisible", "true")];
                    xml.element("item", &attributes, |xml| xml.text("title", &[], unit.title));
                }
            });
        });
        xml.element("resources", &[], |xml| {
            for (unit, document) in units.iter().zip(&contents.documents) {
                resource(xml, &id("resource", unit.key), document, contents);
            }
        });
    });
    xml.finish()
}

/// A unit's resource: its document first, then every file that documents share.
fn resource(xml: &mut Xml, id: &str, document: &PackagePath, contents: &Contents<'_>) {
    let attributes =
        [("identifier", id), ("type", "webcontent"), ("href", document.as_str()), ("adlcp:scormtype", "sco")];
    xml.element("resource", &attributes, |xml| {
        xml.empty("file", &[("href", document.as_str())]);
        for path in &contents.shared {
            xml.empty("file", &[("href", path.as_str())]);
        }
    });
}
