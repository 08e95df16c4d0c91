//! The names of what stands in a state by its number. The lock knows what each number was given to; whether the course
//! still has that, it says itself.

use std::collections::BTreeMap;

use super::account::{Source, Thing};
use super::read::{Answered, Response};
use crate::course::{Page, Part, Question, Unit, plain_text};
use crate::lock::Lock;
use crate::text::one_line;

/// The names of a course; none without one.
pub(super) struct Names<'a> {
    lock: Option<&'a Lock>,
    /// In reading order.
    pages: Vec<(u64, &'a Page)>,
    questions: Vec<(u64, &'a Page, &'a Question)>,
}

impl<'a> Names<'a> {
    /// Those of a unit of the course: what stands in another one has a record of its own.
    pub(super) fn of(source: Option<(Source<'a>, Option<Unit<'a>>)>) -> Self {
        let Some((Source { lock, .. }, unit)) = source else {
            return Self { lock: None, pages: Vec::new(), questions: Vec::new() };
        };
        let page_numbers: BTreeMap<&str, u32> = lock.pages.iter().map(|line| (line.id.as_str(), line.number)).collect();
        let lines = lock.questions.iter().map(|q| ((q.line.id.as_str(), q.kind.as_str()), q.line.number));
        let question_numbers: BTreeMap<(&str, &str), u32> = lines.collect();
        // What is not in the lock was never released.
        let page = |page: &'a Page| Some((u64::from(*page_numbers.get(page.id.as_str())?), page));
        let question = |page: &'a Page, question: &'a Question| {
            let number = question_numbers.get(&(question.id.as_str(), question.kind_name()))?;
            Some((u64::from(*number), page, question))
        };
        let of_unit: Vec<&Page> = unit.iter().flat_map(Unit::pages).collect();
        let questions =
            of_unit.iter().flat_map(|page| page.questions().filter_map(|own| question(page, own))).collect();
        Self { lock: Some(lock), pages: of_unit.into_iter().filter_map(page).collect(), questions }
    }

    /// Whether there is a course that could know.
    pub(super) fn know(&self) -> bool {
        self.lock.is_some()
    }

    pub(super) fn pages(&self) -> impl Iterator<Item = (u64, &'a Page)> {
        self.pages.iter().copied()
    }

    pub(super) fn questions(&self) -> impl Iterator<Item = (u64, &'a Question)> {
        self.questions.iter().map(|(number, _, question)| (*number, *question))
    }

    pub(super) fn page_of_course(&self, number: u64) -> Option<&'a Page> {
        self.pages().find(|(n, _)| *n == number).map(|(_, page)| page)
    }

    pub(super) fn question_of_course(&self, number: u64) -> Option<&'a Question> {
        self.questions().find(|(n, _)| *n == number).map(|(_, question)| question)
    }

    /// The page where a question stands today.
    pub(super) fn page_of_question(&self, number: u64) -> Option<u64> {
        let (_, page, _) = self.questions.iter().find(|(n, _, _)| *n == number)?;
        self.pages().find(|(_, other)| std::ptr::eq(*other, *page)).map(|(number, _)| number)
    }

    pub(super) fn page(&self, number: u64) -> Thing {
        let lines = self.lock.map(|lock| lock.pages.as_slice()).unwrap_or_default();
        let page = self.page_of_course(number);
        let before = lines.iter().rfind(|line| u64::from(line.number) == number).map(|line| line.id.clone());
        Thing {
            number,
            id: page.map(|page| page.id.clone()).or(before),
            title: page.map(|page| page.title.clone()),
            gone: self.know() && page.is_none(),
        }
    }

    pub(super) fn question(&self, number: u64) -> Thing {
        let question = self.question_of_course(number);
        let before = self.question_line(number).map(|(id, _)| id.to_owned());
        Thing {
            number,
            id: question.map(|question| question.id.clone()).or(before),
            title: question.map(|question| one_line(&plain_text(&question.title))),
            gone: self.know() && question.is_none(),
        }
    }

    /// The kind of a question, as the lock has it.
    pub(super) fn kind(&self, number: u64) -> Option<&'a str> {
        self.question_line(number).map(|(_, kind)| kind)
    }

    fn question_line(&self, number: u64) -> Option<(&'a str, &'a str)> {
        let line = self.lock?.questions.iter().rfind(|q| u64::from(q.line.number) == number)?;
        Some((&line.line.id, &line.kind))
    }

    /// Whether an answer can be right or wrong; of a record whose question nobody knows, what its code says.
    pub(super) fn is_scored(&self, answer: &Answered) -> bool {
        let unscored = matches!(self.kind(answer.question), Some("scale" | "free-text"));
        !unscored && !matches!(answer.response, Response::Text(_))
    }

    /// Where a part of a question's answer stands among [`Question::parts`].
    pub(super) fn part(&self, question: &Question, number: u64, part: u64) -> Option<usize> {
        let parts = question.parts();
        let place = |id: &str| parts.iter().position(|Part { id: own, text, .. }| *own == id || *text == id);
        self.part_lines(number, part).find_map(place)
    }

    /// The id under which the lock knew a part last.
    pub(super) fn part_before(&self, number: u64, part: u64) -> Option<&'a str> {
        self.part_lines(number, part).last()
    }

    fn part_lines(&self, question: u64, part: u64) -> impl Iterator<Item = &'a str> {
        let lines = self.lock.map(|lock| lock.choices.as_slice()).unwrap_or_default();
        let is_it = move |question: u64, part: u64, a: u32, b: u32| u64::from(a) == question && u64::from(b) == part;
        let lines = lines.iter().filter(move |line| is_it(question, part, line.question, line.line.number));
        lines.map(|line| line.line.id.as_str())
    }
}
