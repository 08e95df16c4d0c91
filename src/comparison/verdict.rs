//! What LMSs make of a package that takes the place of another: what was seen in them, or what their makers say.

use super::manifests::Manifests;
use super::{Aspect, Fate, Fates, Side};
use crate::referee::Family;

/// What an LMS does with the records of learners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// They stay.
    Kept,
    /// Those of units that have gone are lost.
    KeptInPart,
    /// They are lost.
    Lost,
    /// It is not known.
    Unknown,
    /// The LMS takes no package of this standard.
    NotTaken,
}

impl Record {
    /// Its name for tools.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::KeptInPart => "kept-in-part",
            Self::Lost => "lost",
            Self::Unknown => "unknown",
            Self::NotTaken => "not-taken",
        }
    }
}

/// What becomes of learners in an LMS, if who looks after it does what is advised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The LMS.
    pub family: Family,
    /// What it does with their records.
    pub record: Record,
    /// What they keep; of no meaning where the package is not taken.
    pub fates: Fates,
    /// How the LMS decides.
    pub why: &'static str,
    /// Where that is known from.
    pub source: &'static str,
    /// What to do there.
    pub advice: &'static str,
}

/// A verdict but for what the course makes of the record.
struct Ruling {
    record: Record,
    why: &'static str,
    source: &'static str,
    advice: &'static str,
}

const NEW_ACTIVITY: &str = "Do not replace the package. Put the new one beside the old one, and hide the old one from \
                            learners who have not begun.";
const ONE_LEARNER: &str = "Try it with one learner of your own in a copy of the course before you replace the package.";

/// By LMS. `inside` is what becomes of a record that stays.
pub(super) fn verdicts(old: &Side, new: &Side, manifests: &Manifests, inside: Fates) -> Vec<Verdict> {
    let is_scorm = [old, new]
        .iter()
        .all(|side| side.inspection.standard.as_deref().is_some_and(|standard| standard.starts_with("SCORM")));
    // What a course cannot read any more is best left to those who have begun it.
    let begins_anew = [Aspect::Place, Aspect::Answers].iter().any(|aspect| inside.of(*aspect) >= Fate::Lost);
    let stays = manifests.same && !begins_anew;
    let verdict = |family| {
        let Ruling { record, why, source, advice } = ruling(family, is_scorm, stays, manifests);
        let fates = match record {
            // Whoever is in the middle goes on with the old version.
            Record::Kept if family == Family::ScormCloud && !stays => Fates::default(),
            Record::Kept | Record::NotTaken => inside,
            Record::KeptInPart => inside.worse(Fates::all(Fate::LostInPart)),
            Record::Lost => Fates::all(Fate::Lost),
            Record::Unknown => inside.worse(Fates::all(Fate::Unknown)),
        };
        let is_lost = record != Record::NotTaken && Aspect::ALL.iter().any(|aspect| fates.of(*aspect) >= Fate::Lost);
        Verdict { family, record, fates, why, source, advice: if is_lost { NEW_ACTIVITY } else { advice } }
    };
    Family::ALL.into_iter().map(verdict).collect()
}

fn ruling(family: Family, is_scorm: bool, stays: bool, manifests: &Manifests) -> Ruling {
    match family {
        Family::Moodle => moodle(is_scorm, manifests),
        Family::OpenEdx => open_edx(is_scorm, manifests),
        Family::Cornerstone => cornerstone(is_scorm, manifests),
        Family::ScormCloud => scorm_cloud(stays),
        Family::Docebo | Family::ThreeSixtyLearning | Family::SuccessFactors => Ruling {
            record: if manifests.standard { Record::Lost } else { Record::Unknown },
            why: "its documentation does not say how it finds the records of a package that was replaced",
            source: "none",
            advice: ONE_LEARNER,
        },
        Family::Strict => strict(manifests),
    }
}

fn moodle(is_scorm: bool, manifests: &Manifests) -> Ruling {
    let left = manifests.pairs.len();
    let record = match manifests.units - left {
        _ if !is_scorm => Record::NotTaken,
        0 if !manifests.standard => Record::Kept,
        _ if left == 0 => Record::Lost,
        _ => Record::KeptInPart,
    };
    Ruling {
        record,
        why: if is_scorm {
            "it goes by the identifiers of items: one that has gone takes its records with it, of all learners, at once, \
             and grades are worked out anew"
        } else {
            "it imports SCORM only"
        },
        source: "seen in Moodle 4.2",
        advice: match record {
            Record::NotTaken => "",
            Record::Kept => "Choose the new package in the settings of the same activity.",
            _ => NEW_ACTIVITY,
        },
    }
}

fn open_edx(is_scorm: bool, manifests: &Manifests) -> Ruling {
    let record = match (is_scorm, manifests.standard) {
        (false, _) => Record::NotTaken,
        (true, true) => Record::Lost,
        (true, false) => Record::Kept,
    };
    Ruling {
        record,
        why: if is_scorm {
            "a block has one record for each learner, whatever package is in it"
        } else {
            "its SCORM block imports SCORM only"
        },
        source: "read in the code of the SCORM XBlock, 2025",
        advice: match record {
            Record::Kept => "Upload the new package into the same block.",
            Record::NotTaken => "",
            _ => NEW_ACTIVITY,
        },
    }
}

/// `stays`: whether the files can be overwritten without a loss.
fn scorm_cloud(stays: bool) -> Ruling {
    let source = "support.scorm.com, SCORM Cloud Versioning; cloud.scorm.com, Versioning";
    if stays {
        return Ruling {
            record: Record::Kept,
            why: "the manifest is the same, byte by byte: overwriting the course's files resets nothing",
            source,
            advice: "Overwrite the files of the course.",
        };
    }
    Ruling {
        record: Record::Kept,
        why: "learners in the middle go on with the old version; moved to a new one, or met by files that overwrite the \
              old manifest, they would begin anew",
        source,
        advice: "Make a new version, and leave “move existing registrations” at “never”.",
    }
}

fn cornerstone(is_scorm: bool, manifests: &Manifests) -> Ruling {
    let changed = manifests.edition || manifests.identity || manifests.structure || manifests.settings;
    let (record, advice) = if !is_scorm {
        (Record::Unknown, ONE_LEARNER)
    } else if changed {
        (
            Record::Unknown,
            "Make a new version there, and choose that learners in the middle finish the one that they began.",
        )
    } else {
        (Record::Kept, "Use “Modify Content” of the online course.")
    };
    Ruling {
        record,
        why: "files can be replaced while the manifest says the same but for titles, descriptions, keywords, durations, \
              addresses, files and pass marks; all else is a new version",
        source: "help.csod.com, Modify an Online Course",
        advice,
    }
}

fn strict(manifests: &Manifests) -> Ruling {
    let changed = manifests.edition || manifests.identity || manifests.structure;
    Ruling {
        record: if changed { Record::Lost } else { Record::Kept },
        why: "an LMS that takes every identifier and every place in the structure to the letter",
        source: "what each of them could go by",
        advice: if changed { NEW_ACTIVITY } else { "Replace the package." },
    }
}
