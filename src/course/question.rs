//! A question and what may be answered to it.

use super::{Block, Inline};
use crate::diagnostic::Span;
use crate::keys::{Count, Spanned};

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
    /// Points for a right answer, in hundredths; 0 where nothing is right or wrong.
    pub points: u32,
    /// What an answer is worth that is right in part.
    pub credit: Credit,
    /// How often it may be answered; `None` leaves it to the quiz.
    pub tries: Option<Count>,
    /// What helps to find the answer, shown on demand.
    pub hint: Vec<Block>,
    /// What is said to who answered right.
    pub right: Vec<Block>,
    /// What is said to who answered right in part.
    pub partly: Vec<Block>,
    /// What is said to who answered wrong.
    pub wrong: Vec<Block>,
    /// Why the right answer is right.
    pub explanation: Vec<Block>,
    /// The objective, or the competency, that it tests.
    pub objective: Option<Spanned<String>>,
    /// What to read again after an answer that was not right.
    pub read: Vec<Inline>,
    /// Which bank of its quiz it may be drawn from, counted from 0; `None`: it is always asked.
    pub bank: Option<usize>,
}

/// What an answer is worth that is right in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credit {
    /// Nothing.
    Whole,
    /// A share of the points; of which size depends on the kind, see [`Answer`].
    Parts,
}

/// What may be answered to a question, by kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// One, several, or true and false, of a list of choices.
    ///
    /// In parts: each right choice that is taken counts one share of the right ones, each wrong one takes away one
    /// share of the wrong ones; or the weights of what is taken count, where the author gives some. Never below 0.
    Choices(ChoiceKind, Vec<Choice>),
    /// Items to be put into the order in which they stand here.
    ///
    /// In parts: each item that comes right after the one that it should follow counts one share.
    Order(Vec<Choice>),
    /// Answers to be given to prompts. In parts: each prompt counts one share.
    Match(Matching),
    /// A text with blanks to be filled, each an [`Inline::Blank`] that counts from 0. In parts: each blank counts one
    /// share.
    Blanks(Vec<Inline>, Vec<Blank>),
    /// One of several opinions; none is right.
    Scale(Vec<Choice>),
    /// A text of the learner's own, of this many characters at most; nobody judges it.
    Text(u32),
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

/// A choice, an item to be put into order, or a point of a scale.
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
    /// What taking it is worth, in hundredths of a percent of the question's points; `None` where the author gives no weights.
    pub weight: Option<i32>,
    /// Whether it keeps its place when choices are shuffled.
    pub fixed: bool,
    /// What is said to who took it.
    pub feedback: Vec<Block>,
}

/// Prompts and the answers that belong to them.
#[derive(Debug, Clone, PartialEq)]
pub struct Matching {
    /// What stands above the prompts, and above the answers.
    pub head: [Vec<Inline>; 2],
    /// The prompts, in the author's order.
    pub prompts: Vec<Prompt>,
    /// The answers, each once, in the order in which they first stand; some may belong to no prompt.
    pub answers: Vec<MatchAnswer>,
}

/// A prompt, which asks for the answer that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Its identity under its question: `#id` as given by the author, or its normalised text.
    pub id: String,
    /// Its normalised text.
    pub text: String,
    /// Where its row stands.
    pub span: Span,
    /// Its text.
    pub content: Vec<Inline>,
    /// Which of the answers belongs to it, counted from 0.
    pub answer: usize,
}

/// An answer that may be given to prompts.
///
/// It has a number of its own, not that of a prompt: authors move answers from prompt to prompt, and what a learner
/// answered must not change with that.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchAnswer {
    /// Its identity under its question: [`ANSWER_SIGN`], then its normalised text, or `#id` as given by the author to
    /// a row without a prompt.
    pub id: String,
    /// [`ANSWER_SIGN`] and its normalised text.
    pub text: String,
    /// Where the first row with it stands.
    pub span: Span,
    /// Its text.
    pub content: Vec<Inline>,
}

/// How the ids of answers to be matched begin, which tells them from those of prompts.
pub const ANSWER_SIGN: &str = "= ";

/// A blank to be filled.
#[derive(Debug, Clone, PartialEq)]
pub struct Blank {
    /// Its identity under its question: what the author wrote between the brackets, normalised.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// What is right.
    pub accepts: Accepts,
    /// How many characters may be written.
    pub max: u32,
}

/// What is right in a blank.
#[derive(Debug, Clone, PartialEq)]
pub enum Accepts {
    /// One of some texts.
    Text {
        /// The texts; the first is the one that is shown.
        forms: Vec<String>,
        /// A regular expression that the whole of other right texts matches.
        pattern: Option<String>,
        /// Whether capitals count.
        case: bool,
        /// Whether accents count.
        accents: bool,
    },
    /// A number in a range.
    Number {
        /// The lowest one.
        low: f64,
        /// The highest one.
        high: f64,
        /// The right answer without its tolerance; `None` for a range.
        value: Option<f64>,
        /// The right answer as the author wrote it.
        shown: String,
        /// The word right after the blank, which learners may write too.
        unit: String,
    },
}

/// What the parts of an answer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// What is taken.
    Choice,
    /// What is put into order.
    Item,
    /// A point of a scale.
    Point,
    /// A prompt and its answer, as the author writes them.
    Row,
    /// What an answer is matched with.
    Prompt,
    /// What is matched with prompts.
    Answer,
    /// What is filled in.
    Blank,
}

impl PartKind {
    /// What the part `id` is of a kind of question, as [`Question::kind_name`] calls it.
    #[must_use]
    pub fn of(kind: &str, id: &str) -> Self {
        match kind {
            "ordering" => Self::Item,
            "scale" => Self::Point,
            "matching" if id.starts_with(ANSWER_SIGN) => Self::Answer,
            "matching" => Self::Prompt,
            "fill-in" => Self::Blank,
            _ => Self::Choice,
        }
    }

    /// All that a kind of question may have.
    #[must_use]
    pub fn all_of(kind: &str) -> &'static [Self] {
        match Self::of(kind, "") {
            Self::Choice => &[Self::Choice],
            Self::Item => &[Self::Item],
            Self::Point => &[Self::Point],
            Self::Row | Self::Prompt | Self::Answer => &[Self::Prompt, Self::Answer],
            Self::Blank => &[Self::Blank],
        }
    }

    /// The word for one of them.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Item => "item",
            Self::Point => "point",
            Self::Row => "row",
            Self::Prompt => "prompt",
            Self::Answer => "answer",
            Self::Blank => "blank",
        }
    }

    /// The word with its article.
    #[must_use]
    pub fn a_word(self) -> String {
        match self {
            Self::Item | Self::Answer => format!("an {}", self.word()),
            Self::Point => "a point of a scale".to_owned(),
            Self::Choice | Self::Row | Self::Prompt | Self::Blank => format!("a {}", self.word()),
        }
    }
}

/// A part of an answer that has a number in the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// What it is.
    pub kind: PartKind,
    /// Its identity under its question.
    pub id: &'a str,
    /// The text by which it is known where it has no id of its own.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

impl Answer {
    /// The kind of question that it makes, as `course.lock` and messages name it.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self {
            Self::Choices(ChoiceKind::Single, _) => "single-choice",
            Self::Choices(ChoiceKind::Multiple, _) => "multiple-choice",
            Self::Choices(ChoiceKind::TrueFalse { .. }, _) => "true-false",
            Self::Order(_) => "ordering",
            Self::Match(_) => "matching",
            Self::Blanks(..) => "fill-in",
            Self::Scale(_) => "scale",
            Self::Text(_) => "free-text",
        }
    }
}

impl Question {
    /// The kind, as `course.lock` and messages name it.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        self.answer.kind_name()
    }

    /// Whether an answer can be right or wrong.
    #[must_use]
    pub fn is_scored(&self) -> bool {
        !matches!(self.answer, Answer::Scale(_) | Answer::Text(_))
    }

    /// The choices, items or points of a scale, in the author's order; none for other kinds.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match &self.answer {
            Answer::Choices(_, choices) | Answer::Order(choices) | Answer::Scale(choices) => choices,
            Answer::Match(_) | Answer::Blanks(..) | Answer::Text(_) => &[],
        }
    }

    /// Whatever has a number in the lock, in the author's order: of a matching the prompts, then the answers.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        let part = |id, text, span| Part { kind: PartKind::of(self.kind_name(), id), id, text, span };
        match &self.answer {
            Answer::Choices(_, choices) | Answer::Order(choices) | Answer::Scale(choices) => {
                choices.iter().map(|Choice { id, text, span, .. }| part(id, text, *span)).collect()
            }
            Answer::Match(Matching { prompts, answers, .. }) => {
                let prompts = prompts.iter().map(|Prompt { id, text, span, .. }| part(id, text, *span));
                prompts.chain(answers.iter().map(|MatchAnswer { id, text, span, .. }| part(id, text, *span))).collect()
            }
            Answer::Blanks(_, blanks) => blanks.iter().map(|Blank { id, span, .. }| part(id, id, *span)).collect(),
            Answer::Text(_) => Vec::new(),
        }
    }
}
