//! The learner's state: all that an LMS keeps for us so that a learner finds everything again. This module documents
//! its format, computes at build time how long it can become (`bound`), reads it ([`State::read`]) and says in words what
//! it holds ([`Account`]). Writing it is the business of `templates/runtime/state.js` and the `kind-*.js` beside it, which
//! follow this page; `tests/state-vectors.json` holds both to it.
//!
//! # The format, version 2
//!
//! **Frozen.** Learners' states are stored in LMSs that we shall never see. What is written here stays as it is; another
//! format is another version, whose reader must read this one too. (Version 1 was never released and is read as none.)
//!
//! The state is a row of bytes in the base64url alphabet (RFC 4648, section 5) without padding.
//!
//! - A *number* stands in groups of seven bits, the lowest group first; every byte but the last has its top bit set. Six
//!   groups at most.
//! - A *set* of numbers from 1 stands as bits: number n is bit (n − 1) mod 8, from the lowest, of byte (n − 1) div 8. No
//!   byte stands after the one of the highest number.
//!
//! ## Head
//!
//! | bytes | what |
//! |---|---|
//! | 1 | the version, 2 |
//! | 4 | the unit: the first four bytes of its identifier in the lock. Another unit's state is no state |
//! | 6 | the nonce, drawn once per attempt of the LMS |
//! | number | the revision: how often the state has changed |
//! | number | the place: the page where the learner was, 0 for none |
//! | number | what was reached, modulo 8: 1 all required pages viewed + 2 passed + 4 failed |
//! | number, set | how many bytes the set takes, and the pages viewed |
//!
//! ## Records
//!
//! The rest are records, in any order. Pages, questions and parts of answers stand by their numbers in the lock. A record
//! of an unknown number or code, or of another kind than its question has, or that cannot be read, counts for nothing and
//! costs no other one. Of two records of one number and code the last counts. A text that was cut keeps what stands
//! before the cut.
//!
//! | bytes | what |
//! |---|---|
//! | number | which page (codes 0 and 7) or question (all others) |
//! | number | 8 × code + length; a length of 7 means: 7 or more |
//! | number | the length − 7, if it is 7 or more |
//! | length | the payload |
//!
//! **Code 0, a quiz**: the current attempt (from 1); whether it is finished, 0 or 1; how many are; then the first, the best
//! and the last score, each as two numbers, points and the most there were to get, in hundredths. No score yet: nothing
//! stands there.
//!
//! **Code 7, what was drawn from the banks of a quiz**: a number b; how many bytes the next set takes; the set of the
//! questions that the current attempt asks; the set of those that this attempt or an earlier one has asked. Both sets
//! hold question − b, and b is one less than the smallest question in either.
//!
//! **Codes 1 to 6, an answer**:
//!
//! | bytes | what |
//! |---|---|
//! | number | status + 4 if there is an index + 8 × tries + 128 if there is a share and the code is 1. Status: 0 nothing, 1 draft, 2 sent and not fully right, 3 sent and fully right, or recorded where nothing is right or wrong. Tries in this attempt, counted up to 15 |
//! | number | the index of the LMS's record, if there is one |
//! | 1 | the share of the points that was earned, in 120ths, below 120; only if the status is 2. Of code 1 only if it is over 0, all others always |
//! | rest | the response, by code; empty when nothing is answered |
//!
//! | code | kinds | response |
//! |---|---|---|
//! | 1 | single choice, true-false, scale | the number of the choice |
//! | 2 | multiple choice | the set of the choices taken |
//! | 3 | ordering | the numbers of all items in the learner's order |
//! | 4 | matching | for each prompt that has one: its number, the number of the answer |
//! | 5 | fill-in | for each blank that is not empty: its number, a *text*; a byte 0 between two blanks |
//! | 6 | free text | a *text* |
//!
//! ## Texts
//!
//! A text holds no byte 0. A byte from 1 to 127 is that ASCII character, but for 1 itself: it and the number after it
//! change the *window*. A byte from 128 on is a character of the window:
//!
//! - window 0, at the beginning of each text, is the upper half of windows-1252 (as the Encoding Standard has it);
//! - window w, from 1, holds the code points from 128 × w to 128 × w + 127. After byte 1 stands w + 1.
//!
//! Control characters are written as spaces, but for the line feed. Who writes stays in the window as long as that has the
//! character, and else prefers window 0, of which the five control characters are never used. So a text in a Latin script
//! takes a byte for each character, one in Greek, Cyrillic, Arabic or Hebrew as well after its first letter. What fields
//! have room for (`max`) is counted in these bytes.

mod account;
mod bound;
mod bytes;
mod names;
mod read;
mod text;
#[cfg(test)]
mod vectors;
mod words;

pub use account::{
    Account, AnswerLine, CourseName, PageLine, QuestionLine, QuizLine, Reached, Score, Source, Thing, UnknownLine,
    Verdict,
};
pub use bound::Bound;
pub(crate) use bound::bound;
pub use read::{Answered, Drawn, NoState, Points, Quizzed, Response, State, Unknown};
pub(crate) use text::cost;

use crate::course::{Answer, ChoiceKind};

/// The version of the format.
pub(crate) const VERSION: u8 = 2;

/// The code of an answer's records.
fn code(answer: &Answer) -> u8 {
    match answer {
        Answer::Choices(ChoiceKind::Single | ChoiceKind::TrueFalse { .. }, _) | Answer::Scale(_) => 1,
        Answer::Choices(ChoiceKind::Multiple, _) => 2,
        Answer::Order(_) => 3,
        Answer::Match(_) => 4,
        Answer::Blanks(..) => 5,
        Answer::Text(_) => 6,
    }
}
