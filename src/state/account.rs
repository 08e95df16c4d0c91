//! What a state says of its learner, for people and tools: by the names of the course where they are known, by the lock's
//! where the course has lost them, else by numbers alone.

use serde::Serialize;

use super::names::Names;
use super::read::{Answered, Drawn, Points, Quizzed, Response, State, Unknown};
use super::{VERSION, words};
use crate::course::{Course, Page, Question, Unit, Units};
use crate::keys::Count;
use crate::lock::Lock;

/// The course that a learner followed, with the lock of what was released.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The course, also one with errors.
    pub course: &'a Course,
    /// Its lock.
    pub lock: &'a Lock,
}

/// What a learner had done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// The version of the state's format.
    pub format: u8,
    /// The first bytes of the unit's identifier, in hexadecimal digits as `course.lock` has them.
    pub unit: String,
    /// Drawn once per attempt of the LMS, in hexadecimal digits.
    pub nonce: String,
    /// How often the state has changed.
    pub revision: u64,
    /// Whether nothing is missing at the end.
    pub whole: bool,
    /// The course that was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseName>,
    /// The page where the learner was.
    pub place: Option<Thing>,
    /// What was reached once, and stays.
    pub reached: Reached,
    /// The pages of the course in reading order, then those that only the state knows.
    pub pages: Vec<PageLine>,
    /// The quizzes, likewise.
    pub quizzes: Vec<QuizLine>,
    /// The questions, likewise.
    pub questions: Vec<QuestionLine>,
    /// The records that mean nothing to this version of cartable.
    pub unknown: Vec<UnknownLine>,
}

/// A course, and whether the state is of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CourseName {
    /// The IRI.
    pub id: String,
    /// The title.
    pub title: String,
    /// The author's version, of today's sources.
    pub version: String,
    /// Whether the state is of this course. If not, nothing is named.
    pub belongs: bool,
    /// The title of the lesson, where each is a unit with a record of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
}

/// Something with a number in the lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Thing {
    /// The number.
    pub number: u64,
    /// The id, of things that have gone too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The title, of what the course has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether the course does not have it any more.
    #[serde(skip_serializing_if = "is_false")]
    pub gone: bool,
}

/// What was reached once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// All required pages viewed.
    pub viewed: bool,
    /// Passed.
    pub passed: bool,
    /// Failed for good.
    pub failed: bool,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageLine {
    /// Which one.
    #[serde(flatten)]
    pub page: Thing,
    /// Whether it counts for completion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// Whether it was viewed.
    pub viewed: bool,
}

/// A quiz.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuizLine {
    /// Its page.
    #[serde(flatten)]
    pub page: Thing,
    /// Whether the state holds anything of its attempts.
    pub begun: bool,
    /// The current attempt, from 1.
    pub attempt: u64,
    /// How many there may be, if that is known and limited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts: Option<u64>,
    /// Whether the current attempt is finished.
    pub finished: bool,
    /// How many attempts are finished.
    pub count: u64,
    /// The score of the first finished attempt.
    pub first: Option<Score>,
    /// The best score.
    pub best: Option<Score>,
    /// The score of the last finished attempt.
    pub last: Option<Score>,
    /// The questions that the current attempt has drawn from its banks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Vec<u64>>,
    /// The questions from its banks that were ever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<Vec<u64>>,
}

/// A score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    /// In percent, rounded down to hundredths; `None` where there was nothing to earn.
    pub percent: Option<f64>,
    /// Points.
    pub points: f64,
    /// The most that there were to get.
    pub max: f64,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionLine {
    /// Which one.
    #[serde(flatten)]
    pub question: Thing,
    /// Its kind, as the lock has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Of a question of a bank, whether the current attempt asks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawn: Option<bool>,
    /// What the state holds of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<AnswerLine>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerLine {
    /// The code of its record.
    pub code: u8,
    /// 0 nothing, 1 draft, 2 sent and not fully right, 3 sent and fully right or recorded.
    pub status: u8,
    /// What that means.
    pub verdict: Verdict,
    /// Tries in this attempt, counted up to 15.
    pub tries: u64,
    /// The share earned of an answer that is not fully right, in 120ths.
    pub share: u8,
    /// The points earned, and those that there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<[f64; 2]>,
    /// The index of the LMS's record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// What was answered, by numbers.
    pub response: Response,
    /// The same in words.
    pub words: Vec<String>,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nothing is answered.
    Unanswered,
    /// Not sent yet.
    Draft,
    /// Sent, and right; by numbers alone also an opinion, which the code of one choice does not tell apart.
    Right,
    /// Sent, and right in part.
    Partly,
    /// Sent, and wrong.
    Wrong,
    /// Sent, and nothing is right or wrong.
    Recorded,
}

/// A record that means nothing to this version of cartable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct UnknownLine {
    /// Of which page or question.
    pub number: u64,
    /// Of which kind.
    pub code: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Account {
    /// Says what `state` holds, by the names of `source` if it is a state of that course.
    #[must_use]
    pub fn of(state: &State, source: Option<Source<'_>>) -> Self {
        let own = source.filter(|source| belongs(state, source.lock));
        let names = Names::of(own.map(|source| (source, unit(state, source))));
        let course = source.map(|source| course_name(state, source));
        Self {
            format: VERSION,
            unit: hexadecimal(&state.unit),
            nonce: hexadecimal(&state.nonce),
            revision: state.revision,
            whole: state.whole,
            course,
            place: (state.place > 0).then(|| names.page(state.place)),
            reached: Reached {
                viewed: state.reached & 1 != 0,
                passed: state.reached & 2 != 0,
                failed: state.reached & 4 != 0,
            },
            pages: pages(state, &names),
            quizzes: quizzes(state, &names),
            questions: questions(state, &names),
            unknown: state
                .unknown
                .iter()
                .map(|Unknown { number, code }| UnknownLine { number: *number, code: *code })
                .collect(),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a state is that of one of a course's units.
fn belongs(state: &State, lock: &Lock) -> bool {
    lock.units.iter().any(|unit| unit.id.as_bytes().starts_with(&state.unit))
}

fn course_name(state: &State, source: Source<'_>) -> CourseName {
    let Source { course, lock } = source;
    let (id, title, version) = (course.id.value.clone(), course.title.clone(), course.version.clone());
    let lesson = Some(course.units).filter(|units| *units == Units::Lessons).and_then(|_| unit(state, source));
    CourseName { id, title, version, belongs: belongs(state, lock), lesson: lesson.map(|unit| unit.title.to_owned()) }
}

/// The unit that a state is of, if the course still has it.
fn unit<'a>(state: &State, Source { course, lock }: Source<'a>) -> Option<Unit<'a>> {
    let line = lock.units.iter().find(|line| line.id.as_bytes().starts_with(&state.unit))?;
    course.units().into_iter().find(|unit| unit.key == line.unit)
}

/// The numbers of what the course has, then the others, each once.
fn all(known: impl Iterator<Item = u64>, stored: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut all: Vec<u64> = Vec::new();
    for number in known.chain(stored) {
        if !all.contains(&number) {
            all.push(number);
        }
    }
    all
}

fn pages(state: &State, names: &Names<'_>) -> Vec<PageLine> {
    let known = names.pages().map(|(number, _)| number);
    let line = |number| PageLine {
        page: names.page(number),
        required: names.page_of_course(number).map(|page| page.required),
        viewed: state.viewed.contains(&number),
    };
    all(known, state.viewed.iter().copied()).into_iter().map(line).collect()
}

fn quizzes(state: &State, names: &Names<'_>) -> Vec<QuizLine> {
    let known = names.pages().filter(|(_, page)| page.quiz().is_some()).map(|(number, _)| number);
    let stored = state.quizzes.iter().map(|quiz| quiz.page).chain(state.drawn.iter().map(|drawn| drawn.page));
    all(known, stored).into_iter().map(|number| quiz_line(number, state, names)).collect()
}

fn quiz_line(number: u64, state: &State, names: &Names<'_>) -> QuizLine {
    let settings = names.page_of_course(number).and_then(Page::quiz);
    let mut page = names.page(number);
    page.gone = names.know() && settings.is_none();
    let fresh = Quizzed { page: number, attempt: 1, finished: 0, count: 0, first: None, best: None, last: None };
    let stored = state.quizzes.iter().find(|quiz| quiz.page == number);
    let quiz = stored.unwrap_or(&fresh);
    let drawn = state.drawn.iter().find(|drawn| drawn.page == number);
    QuizLine {
        page,
        begun: stored.is_some(),
        attempt: quiz.attempt,
        attempts: settings.and_then(|settings| match settings.attempts {
            Count::Times(times) => Some(u64::from(times)),
            Count::Unlimited => None,
        }),
        finished: quiz.finished > 0,
        count: quiz.count,
        first: quiz.first.map(score),
        best: quiz.best.map(score),
        last: quiz.last.map(score),
        drawn: drawn.map(|drawn| drawn.drawn.clone()),
        seen: drawn.map(|drawn| drawn.seen.clone()),
    }
}

fn score(Points { points, max }: Points) -> Score {
    // As learners see it: never rounded up over a mark.
    let percent = (max > 0).then(|| (10_000.0 * points as f64 / max as f64 + 1e-7).floor() / 100.0);
    Score { percent, points: points as f64 / 100.0, max: max as f64 / 100.0 }
}

fn questions(state: &State, names: &Names<'_>) -> Vec<QuestionLine> {
    let live = names.questions().map(|(number, question)| {
        let answer = state.answers.iter().find(|answer| is_of(answer, number, question));
        question_line(number, answer, state, names)
    });
    let is_live = |answer: &&Answered| {
        names.question_of_course(answer.question).is_some_and(|question| is_of(answer, answer.question, question))
    };
    let stored = state.answers.iter().filter(|answer| !is_live(answer)).map(|answer| {
        let mut line = question_line(answer.question, Some(answer), state, names);
        if names.know() {
            // The course may have the number, but another kind of question there.
            line.question = Thing { title: None, gone: true, ..line.question };
        }
        line
    });
    live.chain(stored).collect()
}

/// Whether a record is one of a question of the course, which may have another kind than one of that number had.
fn is_of(answer: &Answered, number: u64, question: &Question) -> bool {
    answer.question == number && answer.response.code() == super::code(&question.answer)
}

fn question_line(number: u64, answer: Option<&Answered>, state: &State, names: &Names<'_>) -> QuestionLine {
    let page = names.page_of_question(number);
    let question = names.question_of_course(number);
    let draw = |Drawn { drawn, .. }: &Drawn| drawn.contains(&number);
    let banked = question.is_some_and(|question| question.bank.is_some());
    QuestionLine {
        question: names.question(number),
        kind: names.kind(number).map(str::to_owned),
        page,
        drawn: banked.then(|| state.drawn.iter().filter(|drawn| Some(drawn.page) == page).any(draw)),
        answer: answer.map(|answer| answer_line(answer, names)),
    }
}

fn answer_line(answer: &Answered, names: &Names<'_>) -> AnswerLine {
    let question =
        names.question_of_course(answer.question).filter(|question| is_of(answer, answer.question, question));
    AnswerLine {
        code: answer.response.code(),
        status: answer.status,
        verdict: verdict(answer, names.is_scored(answer)),
        tries: answer.tries,
        share: answer.share,
        points: question.filter(|question| question.is_scored()).map(|question| points(answer, question)),
        index: answer.index,
        response: answer.response.clone(),
        words: words::of(answer, question, names),
    }
}

fn verdict(answer: &Answered, scored: bool) -> Verdict {
    match answer.status {
        0 => Verdict::Unanswered,
        1 => Verdict::Draft,
        _ if !scored => Verdict::Recorded,
        3 => Verdict::Right,
        _ if answer.share > 0 => Verdict::Partly,
        _ => Verdict::Wrong,
    }
}

fn points(answer: &Answered, question: &Question) -> [f64; 2] {
    let max = f64::from(question.points);
    let earned = match answer.status {
        3 => max,
        2 => (max * f64::from(answer.share) / 120.0).round(),
        _ => 0.0,
    };
    [earned / 100.0, max / 100.0]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::pipeline::{self, Reading};

    fn course() -> Reading {
        pipeline::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/states/course")).unwrap()
    }

    fn account(state: &State, reading: &Reading) -> Account {
        let Some(Ok(lock)) = &reading.lock else { panic!("the course has a lock") };
        Account::of(state, Some(Source { course: &reading.course, lock }))
    }

    fn response() -> impl Strategy<Value = Response> {
        let number = 0u64..8;
        prop_oneof![
            proptest::option::of(number.clone()).prop_map(Response::One),
            proptest::collection::vec(number.clone(), 0..6).prop_map(Response::Several),
            proptest::collection::vec(number.clone(), 0..6).prop_map(Response::Order),
            proptest::collection::vec((number.clone(), number.clone()), 0..6).prop_map(Response::Pairs),
            proptest::collection::vec((number, "\\PC{0,9}"), 0..6).prop_map(Response::Blanks),
            ".{0,30}".prop_map(Response::Text),
        ]
    }

    prop_compose! {
        fn answered()(question in 0u64..15, status in 0u8..4, tries in 0u64..16, share in 0u8..120, response in response())
            -> Answered {
            Answered { question, status, tries, index: None, share, response }
        }
    }

    #[test]
    fn whatever_stands_in_a_state_of_the_course_is_said_once() {
        let reading = course();
        let unit = match &reading.lock {
            Some(Ok(lock)) => lock.units[0].id.as_bytes()[..4].try_into().unwrap(),
            _ => panic!("the course has a lock"),
        };
        proptest!(|(answers in proptest::collection::vec(answered(), 0..20), numbers in proptest::collection::vec(0u64..9, 0..9))| {
            let quiz = |page| Quizzed { page, attempt: 1, finished: 1, count: 1, first: None, best: None, last: None };
            let drawn = Drawn { page: 3, drawn: numbers.clone(), seen: numbers.clone() };
            let quizzes = numbers.iter().map(|page| quiz(*page)).collect();
            let viewed = numbers.clone();
            let state = State { unit, viewed, quizzes, drawn: vec![drawn], answers: answers.clone(), ..State::default() };
            let account = account(&state, &reading);
            prop_assert!(account.course.as_ref().is_some_and(|course| course.belongs));
            let said = |number: u64, code: u8| {
                let is_it = |line: &&QuestionLine| line.question.number == number && line.answer.as_ref().is_some_and(|answer| answer.code == code);
                account.questions.iter().filter(is_it).count()
            };
            for answer in &answers {
                let (number, code) = (answer.question, answer.response.code());
                let stored = answers.iter().filter(|other| other.question == number && other.response.code() == code).count();
                prop_assert!((1..=stored).contains(&said(number, code)), "question {number}, code {code}");
            }
            let words = serde_json::to_string(&account).unwrap();
            prop_assert!(!words.is_empty());
        });
    }
}
