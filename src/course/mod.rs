//! The course as the author meant it: plain data, without places on disk, numbers or HTML.
//!
//! Everything downstream of *parse* sees only these types. They say nothing of any target.

mod accessibility;
mod block;
mod question;
mod quiz;
mod walk;
mod web;

pub use accessibility::*;
pub use block::*;
pub use question::*;
pub use quiz::*;
pub(crate) use walk::walk_inlines;
pub use walk::{Node, walk};
pub use web::*;

use std::collections::BTreeMap;

use crate::code::Code;
use crate::diagnostic::{Severity, Span};
use crate::keys::{Count, Spanned};
use crate::language::Language;
use crate::license::License;
use crate::typography::Typography;

/// A whole course.
#[derive(Debug)]
pub struct Course {
    /// The IRI that the author owns; every identifier derives from it.
    pub id: Spanned<String>,
    /// Lower-case ASCII name of the files.
    pub name: String,
    /// Title.
    pub title: String,
    /// The author's version.
    pub version: String,
    /// Main language.
    pub language: Language,
    /// The spacing rules of its text.
    pub typography: Typography,
    /// For catalogues.
    pub description: Option<String>,
    /// People or bodies.
    pub authors: Vec<String>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Licence; `None` means all rights reserved.
    pub license: Option<License>,
    /// Whose work it builds on.
    pub credits: Option<String>,
    /// Works and sites quoted.
    pub sources: Vec<Vec<Inline>>,
    /// Day of the last change, as `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// For catalogues.
    pub keywords: Vec<String>,
    /// Path of the logo in the course's folder.
    pub logo: Option<Spanned<String>>,
    /// The lessons, in order.
    pub lessons: Vec<Lesson>,
    /// The transcripts of each video and sound, by the path of the latter without its ending.
    pub transcripts: BTreeMap<String, Vec<Transcript>>,
    /// When the course counts as done.
    pub completion: Completion,
    /// The accent colour, as `#rrggbb`.
    pub accent: Spanned<String>,
    /// The accent colour of the dark scheme, as `#rrggbb`; left out, one is made from the other.
    pub accent_dark: Option<Spanned<String>>,
    /// What its accessibility statement says.
    pub accessibility: Accessibility,
    /// What is said of it on the web, and how it is handed over without an LMS.
    pub web: Web,
    /// What the author decides about kinds of findings.
    pub rulings: Vec<Ruling>,
    /// What the LMS launches.
    pub units: Units,
    /// Where the author says so.
    pub units_span: Option<Span>,
    /// The names of the targets to build when the command line names none.
    pub targets: Vec<String>,
    /// Where the author names them.
    pub targets_span: Option<Span>,
    /// Which schema files go into packages.
    pub control_documents: ControlDocuments,
    /// How second answers are recorded where the standard leaves a choice.
    pub records: Records,
    /// Whether LMSs are to judge by the pass mark themselves, where the standard leaves a choice.
    pub manifest_pass_mark: ManifestPassMark,
}

/// What the author decides about one kind of findings, under `[lint]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// The kind.
    pub code: &'static Code,
    /// How bad it is in this course; `None` leaves it out.
    pub severity: Option<Severity>,
    /// Where the author says so.
    pub span: Span,
}

/// What an LMS launches as one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Units {
    /// The whole course.
    Course,
    /// Each lesson.
    Lessons,
}

/// Which schema files a package carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlDocuments {
    /// cartable's own renditions.
    Own,
    /// None.
    None,
    /// The author's, from a folder of the course.
    Folder(Spanned<String>),
}

/// What a second answer to a question does to the first one in the LMS's report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// It takes its place.
    PerQuestion,
    /// It stands after it.
    Journal,
}

/// Whether an LMS is told the pass mark, by which it then judges in the course's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ManifestPassMark {
    /// It is not.
    LeftOut,
    /// It is.
    Written,
}

/// When a course counts as done, and with which score.
#[derive(Debug, Clone)]
pub struct Completion {
    /// What completes it.
    pub when: When,
    /// Percentage of the course's score that passes.
    pub pass_mark: u32,
    /// What is recorded when no attempt is left and the mark is not reached.
    pub on_failure: OnFailure,
    /// The word for success where a standard has one status only.
    pub success_status: SuccessStatus,
    /// Which attempt of a quiz counts.
    pub attempt_score: AttemptScore,
    /// The score of a course without a quiz, in percent.
    pub score_when_no_quiz: Option<u32>,
}

/// What completes a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Every required page viewed.
    Viewed,
    /// The score reached the pass mark.
    Passed,
    /// Both.
    ViewedAndPassed,
}

/// What a definitive failure is recorded as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnFailure {
    /// The course stays open.
    Incomplete,
    /// The course is closed as failed.
    Failed,
}

/// The word for success where a standard has one status only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuccessStatus {
    /// `passed`
    Passed,
    /// `completed`
    Completed,
}

/// Which attempt of a quiz counts for the course's score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptScore {
    /// The highest.
    Best,
    /// The latest.
    Last,
    /// The first.
    First,
}

/// A lesson: a folder with an `index.md`.
#[derive(Debug)]
pub struct Lesson {
    /// Its folder, relative to the course's.
    pub folder: String,
    /// Where the course names it.
    pub span: Option<Span>,
    /// Title.
    pub title: String,
    /// What stands before the title.
    pub label: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// What the learner can do afterwards.
    pub objectives: Vec<String>,
    /// Competencies with their parts.
    pub competencies: Vec<Competency>,
    /// Kind of activity, one of the words of the key table.
    pub activity: Option<String>,
    /// How long it takes.
    pub duration: Option<Duration>,
    /// What to do.
    pub instructions: Option<String>,
    /// The cover (`index.md`) first, then the pages in order.
    pub pages: Vec<Page>,
}

/// A competency and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// The competency.
    pub name: String,
    /// What it is made of.
    pub parts: Vec<String>,
}

/// How long something takes, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duration {
    /// At least.
    pub min: u32,
    /// At most; the same when the author gave one figure.
    pub max: u32,
}

/// A page.
#[derive(Debug)]
pub struct Page {
    /// Its identity: `lesson/stem`, or the author's `id`.
    pub id: String,
    /// Path of its file.
    pub path: String,
    /// Where its title stands, for findings about the page as a whole.
    pub span: Span,
    /// Title.
    pub title: String,
    /// What it is.
    pub kind: PageKind,
    /// Whether it counts for completion.
    pub required: bool,
    /// Whether the LMS is told of the answers to its self-checks.
    pub record: bool,
    /// Its content; of a quiz, the questions of its banks last.
    pub blocks: Vec<Block>,
    /// Its footnotes, in the order of their first call.
    pub footnotes: Vec<Footnote>,
}

/// What a page is.
#[derive(Debug)]
pub enum PageKind {
    /// The lesson's first page, made from its metadata; its blocks are the introduction.
    Cover,
    /// Text to read.
    Reading,
    /// Questions.
    Quiz(Quiz),
}

impl Course {
    /// Every page, in reading order.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.lessons.iter().flat_map(|lesson| &lesson.pages)
    }

    /// Every question, in reading order, with its page.
    pub fn questions(&self) -> impl Iterator<Item = (&Page, &Question)> {
        self.pages().flat_map(|page| page.questions().map(move |question| (page, question)))
    }

    /// Whether any required page is a quiz.
    #[must_use]
    pub fn has_required_quiz(&self) -> bool {
        self.pages().any(|page| page.required && page.quiz().is_some())
    }

    /// What the LMS launches, each with the lessons in it.
    #[must_use]
    pub fn units(&self) -> Vec<Unit<'_>> {
        match self.units {
            Units::Course => vec![Unit { key: WHOLE_COURSE, title: &self.title, lessons: &self.lessons }],
            Units::Lessons => self.lessons.iter().map(Unit::of_lesson).collect(),
        }
    }
}

/// The key of the unit that is the whole course.
pub(crate) const WHOLE_COURSE: &str = "course";

/// What the LMS launches as one thing: one document.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// Its name in `course.lock`.
    pub key: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its lessons.
    pub lessons: &'a [Lesson],
}

impl<'a> Unit<'a> {
    fn of_lesson(lesson: &'a Lesson) -> Self {
        // What learners did in the whole course is not what they did in a lesson whose folder has that name.
        let key = if lesson.folder == WHOLE_COURSE { "course/" } else { &lesson.folder };
        Self { key, title: &lesson.title, lessons: std::slice::from_ref(lesson) }
    }

    /// Every page of the unit, in reading order.
    pub fn pages(&self) -> impl Iterator<Item = &'a Page> + use<'a> {
        self.lessons.iter().flat_map(|lesson| &lesson.pages)
    }

    /// Whether any of its required pages is a quiz.
    #[must_use]
    pub fn has_required_quiz(&self) -> bool {
        self.pages().any(|page| page.required && page.quiz().is_some())
    }

    /// What it is about; of a lesson that says nothing of itself, what the course says.
    #[must_use]
    pub fn description(&self, course: &'a Course) -> Option<&'a str> {
        let whole = course.description.as_deref();
        match self.lessons {
            [lesson] if self.key != WHOLE_COURSE => lesson.description.as_deref().or(whole),
            _ => whole,
        }
    }

    /// What completes it: a unit without a required quiz cannot be passed, so it is completed by reading.
    #[must_use]
    pub fn when(&self, rule: &Completion) -> When {
        if self.has_required_quiz() { rule.when } else { When::Viewed }
    }

    /// Whether a learner can come to where no attempt is left that would still count.
    #[must_use]
    pub fn can_fail(&self, rule: &Completion) -> bool {
        let mut counting = self.pages().filter(|page| page.required).filter_map(Page::quiz);
        self.when(rule) != When::Viewed && counting.all(|quiz| quiz.attempts != Count::Unlimited)
    }
}

impl Lesson {
    /// What it aims at: its objectives, its competencies and their parts.
    pub fn aims(&self) -> impl Iterator<Item = &str> {
        let competencies = self.competencies.iter().flat_map(|c| std::iter::once(&c.name).chain(&c.parts));
        self.objectives.iter().chain(competencies).map(String::as_str)
    }
}

impl Page {
    /// Visits everything on the page, its footnotes last.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(Node<'a>)) {
        walk(&self.blocks, visit);
        for note in &self.footnotes {
            walk(&note.blocks, visit);
        }
    }

    /// The questions on the page, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Question(question) => Some(&**question),
            _ => None,
        })
    }

    /// The questions that every attempt asks, in order.
    pub fn fixed_questions(&self) -> impl Iterator<Item = &Question> {
        self.questions().filter(|question| question.bank.is_none())
    }

    /// The questions of one of the quiz's banks, in order.
    pub fn bank_questions(&self, bank: usize) -> impl Iterator<Item = &Question> {
        self.questions().filter(move |question| question.bank == Some(bank))
    }

    /// How many questions an attempt asks.
    #[must_use]
    pub fn asked(&self) -> usize {
        let drawn = self.quiz().map_or(0, |quiz| quiz.banks.iter().map(|bank| bank.draw as usize).sum());
        self.fixed_questions().count() + drawn
    }

    /// What a quiz counts in the course's score, in hundredths of points: as the author says, or what an attempt is
    /// worth. 0 for any other page.
    #[must_use]
    pub fn weight(&self) -> u32 {
        let Some(quiz) = self.quiz() else {
            return 0;
        };
        if let Some(weight) = quiz.weight {
            return weight * 100;
        }
        let fixed: u32 = self.fixed_questions().map(|question| question.points).sum();
        let drawn = quiz.banks.iter().enumerate().map(|(at, bank)| {
            let points: Vec<u32> = self.bank_questions(at).map(|question| question.points).collect();
            let sum = u64::from(points.iter().sum::<u32>()) * u64::from(bank.draw);
            u32::try_from(sum / (points.len().max(1) as u64)).unwrap_or(u32::MAX)
        });
        fixed + drawn.sum::<u32>()
    }

    /// Whether the LMS is told of the answers to its questions.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        self.quiz().is_some() || self.record
    }

    /// The settings, if the page is a quiz.
    #[must_use]
    pub fn quiz(&self) -> Option<&Quiz> {
        match &self.kind {
            PageKind::Quiz(quiz) => Some(quiz),
            PageKind::Cover | PageKind::Reading => None,
        }
    }
}
