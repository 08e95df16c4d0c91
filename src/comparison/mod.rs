//! What an update does to learners who are in the middle of a course: two packages compared, whoever made them.
//!
//! An LMS decides from the manifests whether the learners' records stay (`verdict`); what the course makes of a record
//! that stays, only packages of ours tell (`released`, `content`). Nothing here knows the course's sources or its lock.

mod content;
mod manifests;
mod released;
mod verdict;

use std::collections::BTreeMap;
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use crate::inspection::{Document, Inspection, Kind};
use crate::referee::{MANIFESTS, Package};
use manifests::Manifests;
use released::Released;
pub use verdict::{Record, Verdict};

/// How the name of our tool begins, where a package tells who made it.
const OURS: &str = "cartable ";

/// What a learner has in a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// Where they stopped, and the pages that they have viewed.
    Place,
    /// What they have answered.
    Answers,
    /// Their score.
    Score,
    /// Whether they have completed, passed or failed.
    Status,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Place, Self::Answers, Self::Score, Self::Status];

    /// Its name, for people and tools.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Answers => "answers",
            Self::Score => "score",
            Self::Status => "status",
        }
    }
}

/// What becomes of an aspect, from good to bad.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It stays as it is.
    #[default]
    Kept,
    /// It stays, and goes by other rules from now on.
    Changes,
    /// Nobody outside the LMS, or the tool that made the course, knows.
    Unknown,
    /// Some of it is lost, or some learners lose it.
    LostInPart,
    /// It is lost.
    Lost,
    /// What was done in one place is shown, and counts, in another.
    MixedUp,
}

impl Fate {
    /// Its name for tools.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changes => "changes",
            Self::Unknown => "unknown",
            Self::LostInPart => "lost-in-part",
            Self::Lost => "lost",
            Self::MixedUp => "mixed-up",
        }
    }

    /// Whether learners lose something for certain.
    #[must_use]
    pub fn is_loss(self) -> bool {
        self >= Self::LostInPart
    }
}

/// What becomes of each aspect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fates([Fate; 4]);

impl Fates {
    /// The same for all.
    #[must_use]
    pub fn all(fate: Fate) -> Self {
        Self([fate; 4])
    }

    /// One aspect.
    #[must_use]
    pub fn of(&self, aspect: Aspect) -> Fate {
        self.0[aspect as usize]
    }

    fn with(mut self, aspect: Aspect, fate: Fate) -> Self {
        self.0[aspect as usize] = fate;
        self
    }

    /// For each aspect the worse of the two.
    fn worse(self, other: Self) -> Self {
        Self(Aspect::ALL.map(|aspect| self.of(aspect).max(other.of(aspect))))
    }

    /// Whether learners lose something for certain.
    #[must_use]
    pub fn any_loss(&self) -> bool {
        self.0.iter().any(|fate| fate.is_loss())
    }
}

/// Something that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its stable name, in kebab-case.
    pub code: &'static str,
    /// The unit in which it is, where there are several.
    pub unit: Option<String>,
    /// What differs.
    pub message: String,
    /// What it means for learners; empty where that depends on the LMS.
    pub effect: &'static str,
    /// What it does to learners whose record the LMS keeps.
    pub fates: Fates,
}

/// Every difference that there can be: its code, and what it means.
pub const CODES: [(&str, &str); 34] = [
    ("attempts-changed", "The attempts of a quiz, or the tries of a question, are others. What was used stays used."),
    (
        "completion-changed",
        "The course is completed or passed by another rule. A status that was reached stays; all others go by \
         the new rule.",
    ),
    (
        "content-unknown",
        "What the course keeps in the LMS cannot be compared: another tool made it, or its data cannot be \
         read.",
    ),
    (
        "course-changed",
        "It is another course, by its `id`: learners begin anew. Score and status stay until there are new \
         ones.",
    ),
    (
        "draw-changed",
        "A quiz draws other questions, or other numbers of them. Where a bank gives less, an attempt that was \
         begun loses some.",
    ),
    (
        "feedback-changed",
        "A quiz gives its feedback at another time: an answer of an open attempt may be closed by it, or open \
         again.",
    ),
    (
        "identifier-changed",
        "The manifest, the organization or the course is called otherwise. Some LMSs look for the record by \
         that name.",
    ),
    (
        "key-changed",
        "Another answer is right, or it gives other points. Open attempts are judged by the new key; finished \
         ones keep their points.",
    ),
    ("launch-changed", "A unit opens another file."),
    (
        "page-gone",
        "A page has gone. Whoever stopped there goes on at the first page, and nobody has to view it any \
         more.",
    ),
    ("page-new", "A page has come. Whoever has not finished the course has to view it where it is required."),
    ("page-optional", "A page need not be viewed any more. Whoever misses nothing else has finished."),
    (
        "page-renumbered",
        "A page has another number: it counts as not viewed. `cartable lock rename` before the build would \
         have kept the number.",
    ),
    (
        "page-required",
        "A page has to be viewed, or a quiz taken, that did not have to. It concerns whoever has not finished \
         the course.",
    ),
    ("pages-moved", "The pages stand in another order. Nobody loses anything by it."),
    (
        "part-gone",
        "A question has lost a choice, an item, a pair or a blank. Whoever answered with it in an open \
         attempt answers again.",
    ),
    (
        "question-gone",
        "A question has gone, with what was answered to it in open attempts. Finished attempts keep their \
         score.",
    ),
    (
        "question-moved",
        "A question stands on another page. Its answers go with it, and count in the attempt of the quiz \
         where it stands now.",
    ),
    ("question-new", "A question has come. Open attempts have it too; finished ones keep their score."),
    (
        "question-renamed",
        "A question has another id under the same number. Right for one that was renamed; another one would \
         be shown with answers to this one.",
    ),
    (
        "question-renumbered",
        "A question has another number, so that its answers in open attempts are lost. `cartable lock rename` \
         would have kept the number.",
    ),
    ("quiz-gone", "A quiz has gone. What it gave no longer counts in the score of the course."),
    (
        "quiz-new",
        "A quiz has come. Where it is required, whoever has not finished the course has to take it, and it \
         counts in the score.",
    ),
    (
        "records-changed",
        "The LMS is told of answers in another way (`records`): one record for each question, or one for each \
         try.",
    ),
    ("room-smaller", "A question takes a shorter text. Longer answers in open attempts are cut."),
    (
        "setting-changed",
        "A value by which the LMS itself judges or leads is another: a pass mark, moveOn, a prerequisite, \
         sequencing.",
    ),
    (
        "standard-changed",
        "The package is of another standard or edition. Another standard keeps its records in other words: \
         learners begin anew.",
    ),
    ("state-version", "What the course keeps in the LMS is written in another format: learners begin anew."),
    (
        "structure-changed",
        "The structure has other parts, or has them at other places. Some LMSs look for the record by its \
         place.",
    ),
    ("tool-changed", "Another tool made the new package, and cannot read what the old one kept: learners begin anew."),
    ("unit-gone", "A unit has gone. LMSs that go by its identifier lose its records."),
    ("unit-new", "A unit has come. An LMS may count it for the status of the whole."),
    ("unit-renamed", "A unit has another identifier. LMSs that go by it lose its records."),
    (
        "weight-changed",
        "A quiz weighs more or less in the score of the course, which is worked out by it from the next visit \
         on.",
    ),
];

/// What the difference of this code means; none where no difference has it.
#[must_use]
pub fn meaning(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(name, _)| *name == code).map(|(_, meaning)| *meaning)
}

impl Difference {
    fn new(code: &'static str, message: impl Into<String>, effect: &'static str) -> Self {
        debug_assert!(meaning(code).is_some(), "{code}");
        Self { code, unit: None, message: message.into(), effect, fates: Fates::default() }
    }

    fn does(mut self, aspect: Aspect, fate: Fate) -> Self {
        self.fates = self.fates.with(aspect, fate);
        self
    }

    fn does_to_all(mut self, fate: Fate) -> Self {
        self.fates = Fates::all(fate);
        self
    }
}

/// A package that is compared.
#[derive(Debug)]
pub struct Side {
    /// What is in it.
    pub inspection: Inspection,
    /// The bytes of its manifest.
    manifest: Vec<u8>,
    /// What its units say of the course, in the order of the units; none of a unit that we have not made.
    released: Vec<Option<Rc<Released>>>,
    /// Of a package of another tool, what its pages and scripts say, by their names, as digests.
    texts: BTreeMap<String, Vec<u8>>,
}

impl Side {
    fn of(package: &dyn Package) -> Self {
        let inspection = Inspection::of(package);
        let entries: BTreeMap<&str, usize> =
            package.entries().iter().enumerate().map(|(at, entry)| (entry.name.as_str(), at)).collect();
        let read = |name: &str| package.read(*entries.get(name)?, released::LONGEST).ok();
        let is_ours = inspection.maker.as_deref().is_some_and(|maker| maker.starts_with(OURS));
        // Several units may be of one document.
        let mut documents: BTreeMap<&str, Option<Rc<Released>>> = BTreeMap::new();
        let mut released = Vec::new();
        for unit in &inspection.units {
            released.push(match &unit.document {
                Document::Inside(file) if is_ours => documents
                    .entry(&file.name)
                    .or_insert_with(|| Some(Rc::new(Released::read(&read(&file.name)?)?)))
                    .clone(),
                _ => None,
            });
        }
        let manifest = MANIFESTS.iter().find_map(|name| read(name)).unwrap_or_default();
        let is_text = |name: &&&str| matches!(Kind::of(name), Kind::Html | Kind::Scripts);
        let texts = if is_ours { None } else { Some(entries.keys().filter(is_text)) };
        let texts = texts.into_iter().flatten().map(|name| {
            let hash = Sha256::digest(read(name).unwrap_or_default());
            ((*name).to_owned(), hash.to_vec())
        });
        let texts = texts.collect();
        Self { inspection, manifest, released, texts }
    }

    /// The version of the course, of which only packages of ours tell.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.released.iter().flatten().find_map(|unit| unit.version.as_deref())
    }

    /// Whether every unit of it is ours.
    fn is_ours(&self) -> bool {
        !self.released.is_empty() && self.released.iter().all(Option::is_some)
    }
}

/// Two packages, the second of which is to take the place of the first.
#[derive(Debug)]
pub struct Comparison {
    /// The package that learners have now.
    pub old: Side,
    /// The package that they are to get.
    pub new: Side,
    /// What differs, as far as it can matter to learners.
    pub differences: Vec<Difference>,
    /// What becomes of learners, by LMS, in the order of [`crate::referee::Family::ALL`]; none where one of the two is no
    /// package.
    pub verdicts: Vec<Verdict>,
}

impl Comparison {
    /// Compares two packages. Differences of the codes in `accepted` are meant: they do nothing to anybody.
    #[must_use]
    pub fn of(old: &dyn Package, new: &dyn Package, accepted: &[&str]) -> Self {
        let (old, new) = (Side::of(old), Side::of(new));
        let (mut differences, mut verdicts) = (Vec::new(), Vec::new());
        if old.inspection.standard.is_some() && new.inspection.standard.is_some() {
            let manifests = Manifests::of(&old, &new);
            differences.extend(manifests.differences.iter().cloned());
            differences.extend(content::differences(&old, &new, &manifests));
            let counts = |found: &&mut Difference| accepted.contains(&found.code);
            differences.iter_mut().filter(counts).for_each(|found| found.fates = Fates::default());
            let inside = differences.iter().fold(Fates::default(), |sum, found| sum.worse(found.fates));
            verdicts = verdict::verdicts(&old, &new, &manifests, inside);
        }
        Self { old, new, differences, verdicts }
    }
}
