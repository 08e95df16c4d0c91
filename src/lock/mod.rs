//! `course.lock`: the small numbers under which an LMS stores what learners did.
//!
//! The lock is what makes a course updatable: a page, a question or a choice keeps its number for ever, even
//! after it has gone, so that stored answers never come to mean something else. Building only ever *adds* lines;
//! the `cartable lock` commands are the only way to change one.

mod clashes;
mod edit;
mod file;
mod key;
mod live;
mod plan;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::diagnostic::Span;

pub use edit::{Baseline, EditError};
pub(crate) use plan::{Plan, plan};

/// The content of a `course.lock`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    /// The course's IRI at the first build.
    pub(crate) course: String,
    /// One line per unit.
    pub(crate) units: Vec<UnitLine>,
    /// One line per page.
    pub(crate) pages: Vec<Line>,
    /// One line per question.
    pub(crate) questions: Vec<QuestionLine>,
    /// One line per choice, by question number.
    pub(crate) choices: Vec<ChoiceLine>,
    /// One line per revision of a question's key.
    pub(crate) keys: Vec<KeyLine>,
    /// The numbers whose page, question or choice has gone.
    pub(crate) retired: Vec<Retired>,
}

/// A unit and the identifier under which LMSs know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnitLine {
    pub(crate) unit: String,
    pub(crate) id: Uuid,
}

/// A number and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) number: u32,
    pub(crate) id: String,
    /// The id that had this number before.
    pub(crate) was: Option<String>,
    /// Where the line stands; lines of this build stand nowhere yet.
    pub(crate) span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QuestionLine {
    pub(crate) line: Line,
    pub(crate) kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChoiceLine {
    pub(crate) question: u32,
    pub(crate) line: Line,
}

/// What was right, and for how many points, at one revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyLine {
    pub(crate) question: u32,
    pub(crate) revision: u32,
    pub(crate) key: String,
    pub(crate) span: Option<Span>,
}

/// A number that is given away for ever, though nothing has it any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Retired {
    Page(u32),
    Question(u32),
    Choice { question: u32, choice: u32 },
}

/// The numbers of one state of a course.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    /// The identifier of the course, whatever its units and their order.
    pub(crate) course: Uuid,
    pub(crate) units: BTreeMap<String, Uuid>,
    pub(crate) pages: BTreeMap<String, u32>,
    pub(crate) questions: BTreeMap<String, QuestionNumbers>,
}

/// The numbers of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionNumbers {
    /// The question's own.
    pub number: u32,
    /// Those of the parts of its answer, in the author's order; see [`crate::course::Question::parts`].
    pub parts: Vec<u32>,
    /// The revision of its key.
    pub revision: u32,
}

impl Numbers {
    /// The number of a page.
    #[must_use]
    pub fn page(&self, id: &str) -> u32 {
        self.pages.get(id).copied().unwrap_or_else(|| unreachable!("the plan numbers every page, and not {id}"))
    }

    /// The numbers of a question.
    #[must_use]
    pub fn question(&self, id: &str) -> &QuestionNumbers {
        self.questions.get(id).unwrap_or_else(|| unreachable!("the plan numbers every question, and not {id}"))
    }

    /// The identifier of a unit.
    #[must_use]
    pub fn unit(&self, key: &str) -> Uuid {
        self.units.get(key).copied().unwrap_or_else(|| unreachable!("the plan knows every unit, and not {key}"))
    }
}

/// The namespace of every identifier that cartable derives (UUID v5, RFC 9562 section 5.5). Never change it.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0d_52a1_3c5b_5c0e_9d3f_7b1e_52c4_a9d7);

/// The identifier of a unit of a course that is built for the first time.
pub(crate) fn derive_unit_id(course: &str, unit: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{course}#{unit}").as_bytes())
}
