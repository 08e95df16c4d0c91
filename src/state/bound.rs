//! The worst case of the state, computed at build time: no learner of this course can ever have a longer one.

use super::code;
use crate::course::{Answer, Matching, Page, Question, Unit};
use crate::lock::{Numbers, QuestionNumbers};

/// The version, the unit and the nonce.
const FIXED: usize = 1 + 4 + 6;
/// Changes of one learner in one attempt that the revision counter has room for: four groups of seven bits.
const REVISION: usize = 4;
/// Records of answers that an LMS may hold: two groups of seven bits.
const INDEX: usize = 2;
/// Attempts of one quiz: two groups of seven bits, whatever the limit of today.
const ATTEMPTS: usize = 2;
/// A score of a finished attempt, in hundredths of points: at least four groups, since questions may have been
/// worth more when it was earned, a thousand points each at most.
const SCORE: usize = 4;

/// The longest state that a learner of a unit can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// In characters.
    pub characters: usize,
    /// The share of each page, by its id, in characters rounded up; what belongs to no page is left out.
    pub pages: Vec<(String, usize)>,
}

impl Bound {
    /// The page that costs most, and its share.
    #[must_use]
    pub fn dearest(&self) -> Option<(&str, usize)> {
        self.pages.iter().max_by_key(|(_, cost)| *cost).map(|(page, cost)| (page.as_str(), *cost))
    }
}

/// Computes the bound of a unit.
pub(crate) fn bound(unit: &Unit<'_>, numbers: &Numbers) -> Bound {
    let highest = unit.pages().map(|page| numbers.page(&page.id)).max().unwrap_or(0);
    let viewed = (highest as usize).div_ceil(8);
    let head = FIXED + REVISION + number(highest) + 1 + size(viewed) + viewed;
    let costs: Vec<(String, usize)> = unit.pages().map(|page| (page.id.clone(), page_records(page, numbers))).collect();
    let bytes = head + costs.iter().map(|(_, cost)| cost).sum::<usize>();
    let pages = costs.into_iter().map(|(page, cost)| (page, characters(cost))).collect();
    Bound { characters: characters(bytes), pages }
}

fn characters(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// Bytes of a number in groups of seven bits.
fn number(n: u32) -> usize {
    let bits = u32::BITS - n.max(1).leading_zeros();
    bits.div_ceil(7) as usize
}

/// Bytes of a size.
fn size(bytes: usize) -> usize {
    number(u32::try_from(bytes).unwrap_or(u32::MAX))
}

fn record(id: u32, payload: usize) -> usize {
    let long = if payload > 6 { size(payload - 7) } else { 0 };
    number(id) + 1 + long + payload
}

fn page_records(page: &Page, numbers: &Numbers) -> usize {
    let cost = |question: &Question| answer_record(question, page.is_recorded(), numbers);
    let always = sum(page.fixed_questions().map(|question| cost(question).whole()));
    let Some(quiz) = page.quiz() else { return always };
    let banks = quiz.banks.iter().enumerate();
    let drawn = sum(banks.map(|(at, bank)| dearest_draw(page.bank_questions(at).map(cost).collect(), bank.draw)));
    always + drawn + quiz_record(page, numbers) + draw_record(page, numbers)
}

fn sum(costs: impl Iterator<Item = usize>) -> usize {
    costs.sum()
}

/// What the records of a bank take when the attempt asks those of its questions that cost most: the others were asked
/// in earlier attempts, and keep their place in the LMS's record.
fn dearest_draw(mut costs: Vec<AnswerCost>, draw: u32) -> usize {
    costs.sort_by_key(|cost| cost.response);
    let dearest = costs.iter().rev().take(draw as usize);
    sum(costs.iter().map(|cost| cost.empty)) + sum(dearest.map(|cost| cost.response))
}

fn quiz_record(page: &Page, numbers: &Numbers) -> usize {
    let points = page.questions().map(|question| question.points).fold(0, u32::saturating_add);
    // The current attempt, whether it is finished, how many are; first, best and last score with their maximum.
    let payload = ATTEMPTS + 1 + ATTEMPTS + 3 * 2 * number(points).max(SCORE);
    record(numbers.page(&page.id), payload)
}

/// What was drawn, and what was ever asked: two sets of all that the banks hold.
fn draw_record(page: &Page, numbers: &Numbers) -> usize {
    let banked = || page.questions().filter(|question| question.bank.is_some()).map(|q| numbers.question(&q.id).number);
    let (Some(lowest), Some(highest)) = (banked().min(), banked().max()) else { return 0 };
    let set = (highest - (lowest - 1)).div_ceil(8) as usize;
    // The highest that the first number can be; the sets are longest when it is the lowest.
    record(numbers.page(&page.id), number(highest - 1) + size(set) + 2 * set)
}

/// Bytes of the record of a question.
pub(super) struct AnswerCost {
    /// When it is not answered in this attempt, but the LMS has an answer of an earlier one.
    empty: usize,
    /// What the longest response adds to that.
    response: usize,
}

impl AnswerCost {
    pub(super) fn whole(&self) -> usize {
        self.empty + self.response
    }
}

pub(super) fn answer_record(question: &Question, reported: bool, numbers: &Numbers) -> AnswerCost {
    let known = numbers.question(&question.id);
    // Status and tries share a byte; only what is reported has a place in the LMS's record.
    let head = 1 + if reported { INDEX } else { 0 };
    let empty = if reported { record(known.number, head) } else { 0 };
    let answered = record(known.number, head + share(question) + response(&question.answer, known));
    AnswerCost { empty, response: answered - empty }
}

/// What says how far an answer is right. Of one choice that weighs something the head says first that it is said.
fn share(question: &Question) -> usize {
    if code(&question.answer) > 1 {
        return usize::from(question.is_scored());
    }
    let weighs = question.choices().iter().any(|choice| choice.weight.is_some());
    if weighs { 2 } else { 0 }
}

/// The longest response that a question can have, in bytes.
fn response(answer: &Answer, QuestionNumbers { parts, .. }: &QuestionNumbers) -> usize {
    let highest = parts.iter().copied().max().unwrap_or(0);
    match answer {
        Answer::Choices(..) | Answer::Scale(_) if code(answer) == 1 => number(highest),
        Answer::Choices(..) | Answer::Scale(_) => highest.div_ceil(8) as usize,
        Answer::Order(_) => parts.iter().map(|part| number(*part)).sum(),
        Answer::Match(matching) => matched(matching, parts),
        Answer::Blanks(_, blanks) => {
            let each = blanks.iter().zip(parts).map(|(blank, part)| number(*part) + blank.max as usize);
            each.sum::<usize>() + blanks.len().saturating_sub(1)
        }
        Answer::Text(max) => *max as usize,
    }
}

/// Every prompt with the answer whose number is longest.
fn matched(matching: &Matching, parts: &[u32]) -> usize {
    let (prompts, answers) = parts.split_at(matching.prompts.len());
    let answer = answers.iter().map(|part| number(*part)).max().unwrap_or(0);
    prompts.iter().map(|part| number(*part) + answer).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_a_byte_for_every_seven_bits() {
        for (n, bytes) in [(0, 1), (1, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (u32::MAX, 5)] {
            assert_eq!(number(n), bytes, "{n}");
        }
    }

    #[test]
    fn of_a_bank_the_questions_count_whose_answers_add_most() {
        let cost = |empty, response| AnswerCost { empty, response };
        // The last record is the shortest, and gains most by an answer.
        let bank = || vec![cost(9, 4), cost(7, 3), cost(1, 7)];
        for (draw, bytes) in [(0, 17), (1, 24), (2, 28), (3, 31), (9, 31)] {
            assert_eq!(dearest_draw(bank(), draw), bytes, "{draw}");
        }
    }
}
