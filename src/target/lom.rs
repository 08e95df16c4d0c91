//! The metadata record of a SCORM 1.2 manifest: IMS Learning Resource Meta-data 1.2.1, one record per package.
//!
//! Element order follows the specification's tables, which the schemas do not enforce everywhere. Everything
//! comes from the course: no clock, no invented value.

use std::collections::BTreeSet;

use super::xml::Xml;
use crate::course::{Course, Lesson, plain_text};

const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1";

/// Writes the record, without a prefix: ILIAS and Chamilo compare plain names.
pub(super) fn record(xml: &mut Xml, course: &Course) {
    let lom = Lom { course, language: course.language.tag() };
    xml.element("lom", &[("xmlns", NAMESPACE)], |xml| {
        lom.general(xml);
        lom.lifecycle(xml);
        xml.element("metametadata", &[], |xml| {
            xml.text("metadatascheme", &[], "ADL SCORM 1.2");
            xml.text("language", &[], lom.language);
        });
        lom.technical(xml);
        lom.educational(xml);
        lom.rights(xml);
        lom.relations(xml);
        lom.classifications(xml);
    });
}

struct Lom<'a> {
    course: &'a Course,
    language: &'a str,
}

impl Lom<'_> {
    /// A text in the course's language.
    fn words(&self, xml: &mut Xml, name: &str, text: &str) {
        xml.element(name, &[], |xml| xml.text("langstring", &[("xml:lang", self.language)], text));
    }

    fn general(&self, xml: &mut Xml) {
        let course = self.course;
        xml.element("general", &[], |xml| {
            self.words(xml, "title", &course.title);
            xml.element("catalogentry", &[], |xml| {
                xml.text("catalog", &[], "URI");
                xml.element("entry", &[], |xml| neutral(xml, &course.id.value));
            });
            xml.text("language", &[], self.language);
            self.words(xml, "description", course.description.as_deref().unwrap_or(&course.title));
            for keyword in &course.keywords {
                self.words(xml, "keyword", keyword);
            }
            vocabulary(xml, "structure", "Hierarchical");
            vocabulary(xml, "aggregationlevel", if course.lessons.len() > 1 { "3" } else { "2" });
        });
    }

    fn lifecycle(&self, xml: &mut Xml) {
        let course = self.course;
        xml.element("lifecycle", &[], |xml| {
            xml.element("version", &[], |xml| neutral(xml, &course.version));
            vocabulary(xml, "status", "Final");
            let authors = course.authors.iter().map(|name| ("Author", name));
            for (role, name) in authors.chain(course.publisher.iter().map(|name| ("Publisher", name))) {
                xml.element("contribute", &[], |xml| {
                    vocabulary(xml, "role", role);
                    xml.element("centity", &[], |xml| xml.text("vcard", &[], &vcard(name)));
                    if let Some(updated) = &course.updated {
                        xml.element("date", &[], |xml| xml.text("datetime", &[], updated));
                    }
                });
            }
        });
    }

    fn technical(&self, xml: &mut Xml) {
        let id = &self.course.id.value;
        let location = if id.starts_with("http") { id } else { "imsmanifest.xml" };
        xml.element("technical", &[], |xml| {
            xml.text("format", &[], "text/html");
            xml.text("location", &[("type", "URI")], location);
            xml.element("requirement", &[], |xml| {
                vocabulary(xml, "type", "Browser");
                vocabulary(xml, "name", "Any");
            });
        });
    }

    fn educational(&self, xml: &mut Xml) {
        let lessons = &self.course.lessons;
        xml.element("educational", &[], |xml| {
            let active = self.course.questions().next().is_some();
            vocabulary(xml, "interactivitytype", if active { "Mixed" } else { "Expositive" });
            let mut types = BTreeSet::new();
            for word in lessons.iter().filter_map(|lesson| resource_type(lesson.activity.as_deref()?)) {
                if types.insert(word) {
                    vocabulary(xml, "learningresourcetype", word);
                }
            }
            vocabulary(xml, "intendedenduserrole", "Learner");
            let minutes: u32 = lessons.iter().filter_map(|lesson| lesson.duration).map(|d| d.max).sum();
            if minutes > 0 {
                xml.element("typicallearningtime", &[], |xml| xml.text("datetime", &[], &iso_duration(minutes)));
            }
            let instructions: Vec<&str> = lessons.iter().filter_map(|lesson| lesson.instructions.as_deref()).collect();
            if !instructions.is_empty() {
                self.words(xml, "description", &instructions.join(" "));
            }
            xml.text("language", &[], self.language);
        });
    }

    fn rights(&self, xml: &mut Xml) {
        let license = self.course.license.as_ref();
        let reserved = crate::catalogue::for_language(&self.course.language).get("all-rights-reserved");
        let holder = self.course.publisher.iter().chain(&self.course.authors).next();
        let mut text = match (license, holder) {
            (Some(license), _) => format!("{}, {}", license.name, license.url),
            (None, Some(holder)) => format!("{reserved}, {holder}"),
            (None, None) => reserved.to_owned(),
        };
        if let Some(credits) = &self.course.credits {
            text = format!("{text}. {credits}");
        }
        xml.element("rights", &[], |xml| {
            vocabulary(xml, "cost", "no");
            let conditions = license.is_none_or(crate::license::License::has_conditions);
            vocabulary(xml, "copyrightandotherrestrictions", if conditions { "yes" } else { "no" });
            self.words(xml, "description", &text);
        });
    }

    fn relations(&self, xml: &mut Xml) {
        for source in &self.course.sources {
            xml.element("relation", &[], |xml| {
                vocabulary(xml, "kind", "References");
                xml.element("resource", &[], |xml| self.words(xml, "description", plain_text(source).trim()));
            });
        }
    }

    fn classifications(&self, xml: &mut Xml) {
        let course = self.course;
        for objective in course.lessons.iter().flat_map(|lesson| &lesson.objectives) {
            xml.element("classification", &[], |xml| {
                vocabulary(xml, "purpose", "Educational Objective");
                self.words(xml, "description", objective);
                self.keyword(xml);
            });
        }
        for lesson in course.lessons.iter().filter(|lesson| !lesson.competencies.is_empty()) {
            xml.element("classification", &[], |xml| {
                vocabulary(xml, "purpose", "Competency");
                self.paths(xml, lesson);
                self.words(xml, "description", &lesson.title);
                self.keyword(xml);
            });
        }
    }

    /// SCORM wants a keyword in every classification of a course (Content Aggregation Model, application profile).
    fn keyword(&self, xml: &mut Xml) {
        self.words(xml, "keyword", self.course.keywords.first().unwrap_or(&self.course.title));
    }

    /// One path from the root to every leaf.
    fn paths(&self, xml: &mut Xml, lesson: &Lesson) {
        let catalogue = crate::catalogue::for_language(&self.course.language);
        for (number, competency) in lesson.competencies.iter().enumerate() {
            let number = number + 1;
            let leaves: Vec<Option<&String>> =
                if competency.parts.is_empty() { vec![None] } else { competency.parts.iter().map(Some).collect() };
            for (part, leaf) in leaves.into_iter().enumerate() {
                xml.element("taxonpath", &[], |xml| {
                    self.words(xml, "source", catalogue.get("competencies"));
                    xml.element("taxon", &[], |xml| {
                        xml.text("id", &[], &number.to_string());
                        self.words(xml, "entry", &competency.name);
                        if let Some(leaf) = leaf {
                            xml.element("taxon", &[], |xml| {
                                xml.text("id", &[], &format!("{number}.{}", part + 1));
                                self.words(xml, "entry", leaf);
                            });
                        }
                    });
                });
            }
        }
    }
}

/// A text that belongs to no language.
fn neutral(xml: &mut Xml, text: &str) {
    xml.text("langstring", &[("xml:lang", "x-none")], text);
}

/// A word of LOM's own lists.
fn vocabulary(xml: &mut Xml, name: &str, word: &str) {
    xml.element(name, &[], |xml| {
        xml.element("source", &[], |xml| neutral(xml, "LOMv1.0"));
        xml.element("value", &[], |xml| neutral(xml, word));
    });
}

fn resource_type(activity: &str) -> Option<&'static str> {
    match activity {
        "reading" | "video" | "audio" | "talk" => Some("Narrative Text"),
        "quiz" => Some("SelfAssessment"),
        "exam" => Some("Exam"),
        "exercise" => Some("Exercise"),
        "case-study" => Some("ProblemStatement"),
        "simulation" => Some("Simulation"),
        "document" => Some("Index"),
        _ => None,
    }
}

/// vCard 3.0 (RFC 2426): VERSION, N and FN are mandatory. We do not know which word is the family name.
fn vcard(name: &str) -> String {
    let escaped = name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n");
    format!("BEGIN:VCARD\nVERSION:3.0\nN:{escaped};;;;\nFN:{escaped}\nEND:VCARD")
}

/// An ISO 8601 duration of whole minutes, as both LOM bindings take it.
fn iso_duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, m) => format!("PT{m}M"),
        (h, 0) => format!("PT{h}H"),
        (h, m) => format!("PT{h}H{m}M"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_cards_are_in_their_standard_forms() {
        assert_eq!(iso_duration(10), "PT10M");
        assert_eq!(iso_duration(90), "PT1H30M");
        assert_eq!(iso_duration(120), "PT2H");
        assert!(vcard("Durand; Zoé, \\").contains("FN:Durand\\; Zoé\\, \\\\"));
    }
}
