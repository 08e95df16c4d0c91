//! The worst case of the learner state, computed at build time from the format that `templates/runtime/state.js`
//! writes: no learner of this course can ever have a longer state.
//!
//! The format, version 2, in bytes: version (1), unit (4), nonce (6); revision, place, reached, length of the set
//! of pages viewed, that set as bits; then records: number, kind and length, payload. Numbers are in groups of
//! seven bits. The whole is written in the base64url alphabet without padding.

use crate::course::{Answer, ChoiceKind, Page, Question, Unit};
use crate::lock::Numbers;

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
    let head = 1 + 4 + 6 + REVISION + number(u64::from(highest)) + 1 + number(viewed as u64) + viewed;
    let costs: Vec<(String, usize)> = unit.pages().map(|page| (page.id.clone(), page_records(page, numbers))).collect();
    let bytes = head + costs.iter().map(|(_, cost)| cost).sum::<usize>();
    let pages = costs.into_iter().map(|(page, cost)| (page, characters(cost))).collect();
    Bound { characters: characters(bytes), pages }
}

fn characters(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// Bytes of a number in groups of seven bits.
fn number(n: u64) -> usize {
    let bits = 64 - n.max(1).leading_zeros() as usize;
    bits.div_ceil(7)
}

fn record(id: u32, payload: usize) -> usize {
    let long = if payload > 6 { number(payload as u64 - 7) } else { 0 };
    number(u64::from(id)) + 1 + long + payload
}

fn page_records(page: &Page, numbers: &Numbers) -> usize {
    let in_quiz = page.quiz().is_some();
    let answers: usize = page.questions().map(|question| answer_record(question, in_quiz, numbers)).sum();
    if !in_quiz {
        return answers;
    }
    let points: u64 = page.questions().map(|question| u64::from(question.points)).sum();
    // The current attempt, whether it is finished, how many are; first, best and last score with their maximum.
    let payload = ATTEMPTS + 1 + ATTEMPTS + 3 * 2 * number(points).max(SCORE);
    answers + record(numbers.page(&page.id), payload)
}

fn answer_record(question: &Question, reported: bool, numbers: &Numbers) -> usize {
    let known = numbers.question(&question.id);
    let highest = u64::from(known.choices.iter().copied().max().unwrap_or(0));
    let Answer::Choices(kind, _) = &question.answer;
    let response = match kind {
        ChoiceKind::Single | ChoiceKind::TrueFalse { .. } => number(highest),
        // The share of an answer that is right in part stands before the choices taken.
        ChoiceKind::Multiple => 1 + usize::try_from(highest.div_ceil(8)).unwrap_or(usize::MAX),
    };
    // Status and tries share a byte; only what is reported has a place in the LMS's record.
    let payload = 1 + if reported { INDEX } else { 0 } + response;
    record(known.number, payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_a_byte_for_every_seven_bits() {
        for (n, bytes) in [(0, 1), (1, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (u64::MAX, 10)] {
            assert_eq!(number(n), bytes, "{n}");
        }
    }
}
