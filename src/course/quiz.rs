//! Quizzes: pages that are sent as a whole, and count.

use super::Duration;
use crate::diagnostic::Span;
use crate::keys::Count;

/// The settings of a quiz page.
#[derive(Debug, Clone)]
pub struct Quiz {
    /// Percentage from which its own result page speaks of success.
    pub pass_mark: u32,
    /// How often the whole quiz may be taken.
    pub attempts: Count,
    /// How often each question may be answered within an attempt.
    pub tries: Count,
    /// Whether questions come in another order at each attempt.
    pub shuffle_questions: bool,
    /// Whether choices come in another order at each attempt.
    pub shuffle_choices: bool,
    /// When learners see whether an answer was right.
    pub feedback: Feedback,
    /// When learners see the right answers.
    pub answers: Answers,
    /// Whether the last try must be confirmed.
    pub confirm: bool,
    /// What it counts in the course's score; `None`: as much as its questions are worth.
    pub weight: Option<u32>,
    /// How long it takes, for learners to know.
    pub time: Option<Duration>,
    /// What some of its questions are drawn from.
    pub banks: Vec<Bank>,
}

/// A folder of questions of which a quiz asks some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// The folder, relative to the course's.
    pub folder: String,
    /// Where the quiz names it.
    pub span: Option<Span>,
    /// How many of its questions each attempt asks.
    pub draw: u32,
}

/// When learners see whether an answer was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    /// After each question.
    AfterEach,
    /// When the attempt is sent.
    AtEnd,
    /// Never; only the score is shown.
    Never,
}

/// When learners see the right answers and the explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Never.
    Never,
    /// When an attempt is over.
    AtEnd,
    /// When no attempt is left.
    LastAttempt,
}

impl Quiz {
    /// Whether an attempt has an order, or questions, of its own.
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        self.shuffle_questions || self.shuffle_choices || !self.banks.is_empty()
    }
}
