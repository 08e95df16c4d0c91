//! Which lines of a lock name what the course still has.

use std::collections::{BTreeMap, BTreeSet};

use super::{Line, Lock, QuestionLine};
use crate::course::{Course, Question};

/// The pages and questions of a course, by id.
pub(super) struct Live<'c> {
    units: BTreeSet<&'c str>,
    pages: BTreeSet<&'c str>,
    questions: BTreeMap<&'c str, &'c Question>,
}

impl<'c> Live<'c> {
    pub(super) fn of(course: &'c Course) -> Self {
        let pages = course.pages().map(|page| page.id.as_str()).collect();
        let units = course.units().iter().map(|unit| unit.key).collect();
        Self {
            units,
            pages,
            questions: course.questions().map(|(_, question)| (question.id.as_str(), question)).collect(),
        }
    }

    pub(super) fn units(&self) -> &BTreeSet<&'c str> {
        &self.units
    }

    pub(super) fn pages(&self) -> &BTreeSet<&'c str> {
        &self.pages
    }

    pub(super) fn question_ids(&self) -> BTreeSet<&'c str> {
        self.questions.keys().copied().collect()
    }

    pub(super) fn question(&self, id: &str) -> Option<&'c Question> {
        self.questions.get(id).copied()
    }

    /// Whether the course has the question of a line, of the same kind.
    pub(super) fn has(&self, line: &QuestionLine) -> bool {
        self.question(&line.line.id).is_some_and(|question| question.kind_name() == line.kind)
    }

    /// The question of the course that has a number.
    pub(super) fn numbered(&self, lock: &Lock, number: u32) -> Option<&'c Question> {
        let line = lock.questions.iter().find(|line| line.line.number == number && self.has(line))?;
        self.question(&line.line.id)
    }
}

/// The ids by which `lines` know the choices of a question: of one that was given an id since, its text.
pub(super) fn choices<'c>(question: &'c Question, lines: &[&Line]) -> BTreeSet<&'c str> {
    let known = |id: &str| lines.iter().any(|line| line.id == id);
    question.parts().into_iter().map(|part| if known(part.id) { part.id } else { part.text }).collect()
}
