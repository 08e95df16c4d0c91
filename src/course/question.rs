//! A question and what may be answered to it.

use super::{Block, Inline};
use crate::diagnostic::Span;
use crate::keys::Count;

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its identity, unique in the course.
    pub id: String,
    /// Whether the author wrote the id, or it is the heading's slug.
    pub id_is_explicit: bool,
    /// The heading's level, 1 to 6.
    pub level: u8,
    /// What is asked, in the heading.
    pub title: Vec<Inline>,
    /// Where the heading stands.
    pub span: Span,
    /// What stands between the heading and the answer.
    pub prompt: Vec<Block>,
    /// What may be answered.
    pub answer: Answer,
    /// Points for a right answer, in hundredths.
    pub points: u32,
    /// How often it may be answered; `None` leaves it to the quiz.
    pub tries: Option<Count>,
    /// Why the right answer is right.
    pub explanation: Vec<Block>,
}

/// What may be answered to a question, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// One, several, or true and false, of a list of choices.
    Choices(ChoiceKind, Vec<Choice>),
}

/// The three kinds of questions with choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceKind {
    /// Exactly one is taken.
    Single,
    /// Any number is taken.
    Multiple,
    /// One of two, true or false.
    TrueFalse {
        /// Whether the first of the two choices stands for true.
        true_first: bool,
    },
}

/// A choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its identity under its question: `#id` as given by the author, or its normalised text.
    pub id: String,
    /// Its normalised text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Its text.
    pub content: Vec<Inline>,
    /// Whether it is right.
    pub right: bool,
    /// Whether it keeps its place when choices are shuffled.
    pub fixed: bool,
    /// What is said to who took it.
    pub feedback: Vec<Block>,
}

impl Question {
    /// The kind, as `course.lock` and messages name it.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match &self.answer {
            Answer::Choices(ChoiceKind::Single, _) => "single-choice",
            Answer::Choices(ChoiceKind::Multiple, _) => "multiple-choice",
            Answer::Choices(ChoiceKind::TrueFalse { .. }, _) => "true-false",
        }
    }

    /// The choices, in the author's order.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        let Answer::Choices(_, choices) = &self.answer;
        choices
    }
}
