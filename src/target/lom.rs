//! The metadata record of a SCORM manifest, one per package, in the two bindings of the LOM data model (IEEE 1484.12.1):
//! that of IMS Learning Resource Meta-data 1.2.1, for SCORM 1.2, and that of IEEE 1484.12.3, for SCORM 2004.
//!
//! The facts are the same, and so is most of the shape. The names here are those of the IEEE binding; the other has
//! them in lower case. Element order follows the specification's tables, which the schemas do not enforce everywhere.
//! Everything comes from the course: no clock, no invented value.

use std::collections::BTreeSet;

use super::xml::Xml;
use crate::course::{Course, Lesson, plain_text};

/// How the data model is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binding {
    /// IMS Learning Resource Meta-data 1.2.1.
    Ims,
    /// IEEE 1484.12.3.
    Ieee,
}

/// Writes the record, without a prefix: ILIAS and Chamilo compare plain names.
pub(super) fn record(xml: &mut Xml, course: &Course, binding: Binding) {
    let lom = Lom { course, language: course.language.tag(), binding };
    let namespace = match binding {
        Binding::Ims => "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1",
        Binding::Ieee => "http://ltsc.ieee.org/xsd/LOM",
    };
    xml.element("lom", &[("xmlns", namespace)], |xml| {
        lom.general(xml);
        lom.life_cycle(xml);
        lom.meta_metadata(xml);
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
    binding: Binding,
}

impl Lom<'_> {
    fn element(&self, xml: &mut Xml, name: &str, inside: impl FnOnce(&mut Xml)) {
        match self.binding {
            Binding::Ims => xml.element(&name.to_lowercase(), &[], inside),
            Binding::Ieee => xml.element(name, &[], inside),
        }
    }

    /// A text in the course's language.
    fn words(&self, xml: &mut Xml, name: &str, text: &str) {
        self.element(xml, name, |xml| match self.binding {
            Binding::Ims => xml.text("langstring", &[("xml:lang", self.language)], text),
            Binding::Ieee => xml.text("string", &[("language", self.language)], text),
        });
    }

    /// A word of LOM's own lists, in the letters of the IMS binding.
    fn vocabulary(&self, xml: &mut Xml, name: &str, word: &str) {
        self.element(xml, name, |xml| match self.binding {
            Binding::Ims => {
                xml.element("source", &[], |xml| neutral(xml, "LOMv1.0"));
                xml.element("value", &[], |xml| neutral(xml, word));
            }
            Binding::Ieee => {
                xml.text("source", &[], "LOMv1.0");
                xml.text("value", &[], &ieee_word(word));
            }
        });
    }

    /// What identifies the course, or the record of it.
    fn identifier(&self, xml: &mut Xml, iri: &str) {
        match self.binding {
            Binding::Ims => xml.element("catalogentry", &[], |xml| {
                xml.text("catalog", &[], "URI");
                xml.element("entry", &[], |xml| neutral(xml, iri));
            }),
            Binding::Ieee => xml.element("identifier", &[], |xml| {
                xml.text("catalog", &[], "URI");
                xml.text("entry", &[], iri);
            }),
        }
    }

    fn general(&self, xml: &mut Xml) {
        let course = self.course;
        xml.element("general", &[], |xml| {
            // The identifier is the first element in one binding and the second in the other.
            if self.binding == Binding::Ieee {
                self.identifier(xml, &course.id.value);
            }
            self.words(xml, "title", &course.title);
            if self.binding == Binding::Ims {
                self.identifier(xml, &course.id.value);
            }
            xml.text("language", &[], self.language);
            self.words(xml, "description", course.description.as_deref().unwrap_or(&course.title));
            for keyword in &course.keywords {
                self.words(xml, "keyword", keyword);
            }
            self.vocabulary(xml, "structure", "Hierarchical");
            self.vocabulary(xml, "aggregationLevel", if course.lessons.len() > 1 { "3" } else { "2" });
        });
    }

    fn life_cycle(&self, xml: &mut Xml) {
        let course = self.course;
        self.element(xml, "lifeCycle", |xml| {
            xml.element("version", &[], |xml| match self.binding {
                Binding::Ims => neutral(xml, &course.version),
                Binding::Ieee => xml.text("string", &[], &course.version),
            });
            self.vocabulary(xml, "status", "Final");
            let authors = course.authors.iter().map(|name| ("Author", name));
            for (role, name) in authors.chain(course.publisher.iter().map(|name| ("Publisher", name))) {
                xml.element("contribute", &[], |xml| {
                    self.vocabulary(xml, "role", role);
                    match self.binding {
                        Binding::Ims => xml.element("centity", &[], |xml| xml.text("vcard", &[], &vcard(name))),
                        Binding::Ieee => xml.text("entity", &[], &vcard(name)),
                    }
                    if let Some(updated) = &course.updated {
                        xml.element("date", &[], |xml| match self.binding {
                            Binding::Ims => xml.text("datetime", &[], updated),
                            Binding::Ieee => xml.text("dateTime", &[], updated),
                        });
                    }
                });
            }
        });
    }

    /// SCORM 2004 wants an identifier of the record itself and both schemas named (Content Aggregation Model, table of
    /// the metadata application profiles).
    fn meta_metadata(&self, xml: &mut Xml) {
        self.element(xml, "metaMetadata", |xml| {
            match self.binding {
                Binding::Ims => xml.text("metadatascheme", &[], "ADL SCORM 1.2"),
                Binding::Ieee => {
                    self.identifier(xml, &super::xapi::below(&self.course.id.value, "metadata"));
                    xml.text("metadataSchema", &[], "LOMv1.0");
                    xml.text("metadataSchema", &[], "ADLv1.0");
                }
            }
            xml.text("language", &[], self.language);
        });
    }

    fn technical(&self, xml: &mut Xml) {
        let id = &self.course.id.value;
        let location = if id.starts_with("http") { id } else { "imsmanifest.xml" };
        let browser = |xml: &mut Xml| {
            self.vocabulary(xml, "type", "Browser");
            self.vocabulary(xml, "name", "Any");
        };
        xml.element("technical", &[], |xml| {
            xml.text("format", &[], "text/html");
            match self.binding {
                Binding::Ims => {
                    xml.text("location", &[("type", "URI")], location);
                    xml.element("requirement", &[], browser);
                }
                Binding::Ieee => {
                    xml.text("location", &[], location);
                    xml.element("requirement", &[], |xml| xml.element("orComposite", &[], browser));
                }
            }
        });
    }

    fn educational(&self, xml: &mut Xml) {
        let lessons = &self.course.lessons;
        xml.element("educational", &[], |xml| {
            let active = self.course.questions().next().is_some();
            self.vocabulary(xml, "interactivityType", if active { "Mixed" } else { "Expositive" });
            let mut types = BTreeSet::new();
            for word in lessons.iter().filter_map(|lesson| resource_type(lesson.activity.as_deref()?)) {
                if types.insert(word) {
                    self.vocabulary(xml, "learningResourceType", word);
                }
            }
            self.vocabulary(xml, "intendedEndUserRole", "Learner");
            let minutes: u32 = lessons.iter().filter_map(|lesson| lesson.duration).map(|d| d.max).sum();
            if minutes > 0 {
                self.element(xml, "typicalLearningTime", |xml| match self.binding {
                    Binding::Ims => xml.text("datetime", &[], &iso_duration(minutes)),
                    Binding::Ieee => xml.text("duration", &[], &iso_duration(minutes)),
                });
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
            self.vocabulary(xml, "cost", "no");
            let conditions = license.is_none_or(crate::license::License::has_conditions);
            self.vocabulary(xml, "copyrightAndOtherRestrictions", if conditions { "yes" } else { "no" });
            self.words(xml, "description", &text);
        });
    }

    fn relations(&self, xml: &mut Xml) {
        for source in &self.course.sources {
            xml.element("relation", &[], |xml| {
                self.vocabulary(xml, "kind", "References");
                xml.element("resource", &[], |xml| self.words(xml, "description", plain_text(source).trim()));
            });
        }
    }

    fn classifications(&self, xml: &mut Xml) {
        let course = self.course;
        for objective in course.lessons.iter().flat_map(|lesson| &lesson.objectives) {
            xml.element("classification", &[], |xml| {
                self.vocabulary(xml, "purpose", "Educational Objective");
                self.words(xml, "description", objective);
                self.keyword(xml);
            });
        }
        for lesson in course.lessons.iter().filter(|lesson| !lesson.competencies.is_empty()) {
            xml.element("classification", &[], |xml| {
                self.vocabulary(xml, "purpose", "Competency");
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
                let mut path = vec![(number.to_string(), &competency.name)];
                path.extend(leaf.map(|leaf| (format!("{number}.{}", part + 1), leaf)));
                self.element(xml, "taxonPath", |xml| {
                    self.words(xml, "source", catalogue.get("competencies"));
                    self.taxons(xml, &path);
                });
            }
        }
    }

    /// A path of taxons: each inside the one before in the IMS binding, one after another in the other.
    fn taxons(&self, xml: &mut Xml, path: &[(String, &String)]) {
        let Some(((id, name), rest)) = path.split_first() else {
            return;
        };
        xml.element("taxon", &[], |xml| {
            xml.text("id", &[], id);
            self.words(xml, "entry", name);
            if self.binding == Binding::Ims {
                self.taxons(xml, rest);
            }
        });
        if self.binding == Binding::Ieee {
            self.taxons(xml, rest);
        }
    }
}

/// A text that belongs to no language, in the IMS binding.
fn neutral(xml: &mut Xml, text: &str) {
    xml.text("langstring", &[("xml:lang", "x-none")], text);
}

/// A word of the IMS lists as the IEEE ones have it: `SelfAssessment` is `self assessment`.
fn ieee_word(word: &str) -> String {
    let mut spaced = String::new();
    for c in word.chars() {
        if c.is_uppercase() && spaced.ends_with(char::is_lowercase) {
            spaced.push(' ');
        }
        spaced.extend(c.to_lowercase());
    }
    spaced
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
    fn words_are_those_of_the_binding() {
        for (ims, ieee) in [("Narrative Text", "narrative text"), ("SelfAssessment", "self assessment"), ("3", "3")] {
            assert_eq!(ieee_word(ims), ieee);
        }
    }

    #[test]
    fn durations_and_cards_are_in_their_standard_forms() {
        assert_eq!(iso_duration(10), "PT10M");
        assert_eq!(iso_duration(90), "PT1H30M");
        assert_eq!(iso_duration(120), "PT2H");
        assert!(vcard("Durand; Zoé, \\").contains("FN:Durand\\; Zoé\\, \\\\"));
    }
}
