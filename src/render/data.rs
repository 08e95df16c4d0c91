//! The course's data for the runtime: what `templates/runtime/types.js` calls `CourseData`, as one JSON block.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::UnitLinks;
use super::blocks::Context;
use super::html::Html;
use crate::catalogue::Catalogue;
use crate::check::Facts;
use crate::course::{
    Accepts, Answer, Answers, AttemptScore, Blank, Choice, ChoiceKind, Course, Credit, Feedback, Lesson, OnFailure,
    Page, Question, Records, SuccessStatus, Unit, Units, When, plain_text,
};
use crate::keys::Count;
use crate::lock::Numbers;
use crate::runtime::Kind;
use crate::{state, text};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CourseData<'a> {
    language: &'a str,
    unit: [u8; 4],
    /// The version of the format of states: for who compares two versions of a course.
    state: u8,
    /// Of the course, for the same.
    version: &'a str,
    completion: CompletionRule,
    records: &'a str,
    /// Left out where no result speaks of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    objectives: Option<Vec<ObjectiveData>>,
    pages: Vec<PageData>,
    strings: BTreeMap<&'a str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CompletionRule {
    when: &'static str,
    pass_mark: u32,
    on_failure: &'static str,
    success: &'static str,
    attempt: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_quiz: Option<u32>,
}

/// An objective that questions of the unit test.
#[derive(Serialize)]
struct ObjectiveData {
    slug: String,
    /// HTML.
    title: String,
}

#[derive(Serialize)]
struct PageData {
    n: u32,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    record: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    quiz: Option<QuizData>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: Vec<QuestionData>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuizData {
    pass_mark: u32,
    weight: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    banks: Vec<u32>,
    attempts: u32,
    tries: u32,
    feedback: &'static str,
    answers: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    confirm: bool,
    /// Whether its questions are shuffled in any way, or drawn.
    #[serde(skip_serializing_if = "is_false")]
    mixed: bool,
    #[serde(skip_serializing_if = "is_false")]
    shuffle_questions: bool,
    #[serde(skip_serializing_if = "is_false")]
    shuffle_choices: bool,
}

#[derive(Serialize)]
struct QuestionData {
    n: u32,
    kind: &'static str,
    slug: String,
    points: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    rev: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<u8>,
    parts: Vec<PartData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yes: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    explanation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<SaysData>,
    #[serde(skip_serializing_if = "String::is_empty")]
    read: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    objective: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bank: Option<usize>,
}

/// What is said to who answered right, right in part, or wrong.
#[derive(Serialize)]
struct SaysData {
    #[serde(skip_serializing_if = "String::is_empty")]
    right: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    partly: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    wrong: String,
}

/// A choice, an item, a pair or a blank; each kind fills in what is its own.
#[derive(Serialize, Default)]
struct PartData {
    n: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    feedback: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forms: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fold: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<u8>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The kinds of question in a course.
pub(super) fn kinds(course: &Course) -> BTreeSet<Kind> {
    course.questions().map(|(_, question)| kind(question)).collect()
}

fn kind(question: &Question) -> Kind {
    match question.answer {
        Answer::Choices(ChoiceKind::Single, _) => Kind::Single,
        Answer::Choices(ChoiceKind::Multiple, _) => Kind::Multiple,
        Answer::Choices(ChoiceKind::TrueFalse { .. }, _) => Kind::TrueFalse,
        Answer::Scale(_) => Kind::Scale,
        Answer::Order(_) => Kind::Order,
        Answer::Match(_) => Kind::Match,
        Answer::Blanks(..) => Kind::Blanks,
        Answer::Text(_) => Kind::Text,
    }
}

/// The JSON of a unit, safe inside a `script` element.
pub(super) fn json(
    course: &Course,
    unit: &Unit<'_>,
    facts: &Facts<'_>,
    numbers: &Numbers,
    words: &Catalogue,
    unit_links: UnitLinks,
) -> String {
    let [a, b, c, d, ..] = *numbers.unit(unit.key).as_bytes();
    let objectives = objectives(course, unit);
    let data = CourseData {
        language: course.language.tag(),
        unit: [a, b, c, d],
        state: state::VERSION,
        version: &course.version,
        completion: completion(course, unit),
        records: if course.records == Records::Journal { "journal" } else { "per-question" },
        objectives: has_objectives(course).then(|| objectives.iter().map(|title| objective_data(title)).collect()),
        pages: unit
            .pages()
            .map(|page| {
                page_data(
                    &objectives,
                    &Context { facts, numbers, words, unit_links, language: &course.language, page, question: None },
                )
            })
            .collect(),
        strings: strings(course, words),
    };
    let json = serde_json::to_string(&data).unwrap_or_else(|error| unreachable!("plain data is JSON: {error}"));
    // Neither `</script` nor `<!--` may stand in the block (HTML, "Restrictions for contents of script elements").
    json.replace('<', "\\u003c")
}

/// The words of the runtime, which speaks of a part of the course where each lesson is a unit.
fn strings<'w>(course: &Course, words: &'w Catalogue) -> BTreeMap<&'w str, &'w str> {
    let of_unit = match course.units {
        Units::Course => None,
        Units::Lessons => Some(words.section("unit")),
    };
    // A later word takes the place of an earlier one.
    [Some(words.section("runtime")), of_unit].into_iter().flatten().flatten().map(|(k, v)| (&**k, &**v)).collect()
}

fn completion(course: &Course, unit: &Unit<'_>) -> CompletionRule {
    let rule = &course.completion;
    CompletionRule {
        when: match unit.when(rule) {
            When::Viewed => "viewed",
            When::Passed => "passed",
            When::ViewedAndPassed => "viewed-and-passed",
        },
        pass_mark: rule.pass_mark,
        on_failure: if rule.on_failure == OnFailure::Failed { "failed" } else { "incomplete" },
        success: if rule.success_status == SuccessStatus::Completed { "completed" } else { "passed" },
        attempt: match rule.attempt_score {
            AttemptScore::Best => "best",
            AttemptScore::Last => "last",
            AttemptScore::First => "first",
        },
        no_quiz: rule.score_when_no_quiz,
    }
}

/// 0 stands for no limit.
fn count(count: Count) -> u32 {
    match count {
        Count::Times(n) => n,
        Count::Unlimited => 0,
    }
}

fn page_data(objectives: &[&str], context: &Context<'_>) -> PageData {
    let page = context.page;
    let quiz = page.quiz().map(|quiz| QuizData {
        pass_mark: quiz.pass_mark,
        weight: page.weight(),
        banks: quiz.banks.iter().map(|bank| bank.draw).collect(),
        attempts: count(quiz.attempts),
        tries: count(quiz.tries),
        feedback: match quiz.feedback {
            Feedback::AfterEach => "after-each",
            Feedback::AtEnd => "at-end",
            Feedback::Never => "never",
        },
        answers: match quiz.answers {
            Answers::Never => "never",
            Answers::AtEnd => "at-end",
            Answers::LastAttempt => "last-attempt",
        },
        confirm: quiz.confirm,
        mixed: quiz.is_mixed(),
        shuffle_questions: quiz.shuffle_questions,
        shuffle_choices: quiz.shuffle_choices,
    });
    let questions = page.questions().map(|question| question_data(objectives, context, question)).collect();
    PageData { n: context.numbers.page(&page.id), required: page.required, record: page.is_recorded(), quiz, questions }
}

/// Whether the results of quizzes speak of objectives, or of what to read again.
pub(super) fn has_objectives(course: &Course) -> bool {
    let of_quiz = |(page, _): &(&Page, &Question)| page.quiz().is_some();
    course.questions().filter(of_quiz).any(|(_, question)| question.objective.is_some() || !question.read.is_empty())
}

fn objective_data(title: &str) -> ObjectiveData {
    let mut html = Html::default();
    html.text(title);
    ObjectiveData { slug: text::ascii_slug(title, 60), title: html.finish() }
}

/// The objectives that the questions of a unit test, each once, in the order in which they are met.
fn objectives<'a>(course: &'a Course, unit: &Unit<'a>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for question in unit.pages().flat_map(Page::questions) {
        if let Some(objective) = &question.objective
            && !found.iter().any(|other| text::folded(other) == text::folded(&objective.value))
        {
            // As the lesson says it, which may be that of another unit: that is how learners have met it.
            let aims = course.lessons.iter().flat_map(Lesson::aims);
            let same = |aim: &&str| text::folded(aim) == text::folded(&objective.value);
            found.extend(aims.into_iter().find(same));
        }
    }
    found
}

fn question_data(objectives: &[&str], context: &Context<'_>, question: &Question) -> QuestionData {
    let known = context.numbers.question(&question.id);
    let yes = match question.answer {
        Answer::Choices(ChoiceKind::TrueFalse { true_first }, _) => Some(known.parts[usize::from(!true_first)]),
        _ => None,
    };
    let [right, partly, wrong] =
        [&question.right, &question.partly, &question.wrong].map(|said| context.fragment(said));
    let says = [&right, &partly, &wrong].iter().any(|said| !said.is_empty());
    QuestionData {
        n: known.number,
        kind: kind(question).name(),
        slug: slug(question),
        points: question.points,
        rev: (known.revision > 1).then_some(known.revision),
        tries: question.tries.map(count),
        credit: (question.credit == Credit::Parts).then_some(1),
        parts: parts(context, question, &known.parts),
        yes,
        max: if let Answer::Text(max) = question.answer { Some(max) } else { None },
        explanation: context.fragment(&question.explanation),
        says: says.then_some(SaysData { right, partly, wrong }),
        read: context.line(&question.read),
        objective: question.objective.as_ref().and_then(|objective| {
            objectives.iter().position(|other| text::folded(other) == text::folded(&objective.value))
        }),
        bank: question.bank,
    }
}

fn parts(context: &Context<'_>, question: &Question, numbers: &[u32]) -> Vec<PartData> {
    let numbers = numbers.iter().copied();
    match &question.answer {
        Answer::Choices(_, choices) => {
            choices.iter().zip(numbers).map(|(choice, n)| choice_data(context, choice, n)).collect()
        }
        Answer::Order(items) | Answer::Scale(items) => {
            items.iter().zip(numbers).map(|(item, n)| choice_data(context, item, n)).collect()
        }
        Answer::Match(matching) => {
            let known: Vec<u32> = numbers.collect();
            let (prompts, answers) = known.split_at(matching.prompts.len());
            let to = matching.prompts.iter().map(|prompt| Some(answers[prompt.answer]));
            let parts = prompts.iter().zip(to).chain(answers.iter().zip(std::iter::repeat(None)));
            parts.map(|(n, to)| PartData { n: *n, to, ..PartData::default() }).collect()
        }
        Answer::Blanks(_, blanks) => {
            blanks.iter().zip(numbers).map(|(blank, n)| blank_data(context, blank, n)).collect()
        }
        Answer::Text(_) => Vec::new(),
    }
}

fn choice_data(context: &Context<'_>, choice: &Choice, n: u32) -> PartData {
    PartData {
        n,
        right: choice.right.then_some(1),
        fixed: choice.fixed.then_some(1),
        weight: choice.weight.map(percent),
        feedback: context.fragment(&choice.feedback),
        ..PartData::default()
    }
}

fn blank_data(context: &Context<'_>, blank: &Blank, n: u32) -> PartData {
    let max = Some(blank.max);
    match &blank.accepts {
        Accepts::Text { forms, pattern, case, accents } => PartData {
            n,
            max,
            forms: Some(forms.clone()),
            pattern: pattern.clone(),
            fold: Some(match (case, accents) {
                (false, false) => "ca",
                (false, true) => "c",
                (true, false) => "a",
                (true, true) => "",
            }),
            ..PartData::default()
        },
        Accepts::Number { low, high, value, shown, unit } => PartData {
            n,
            max,
            low: Some(*low),
            high: Some(*high),
            value: *value,
            shown: Some(shown_number(context, shown, unit)),
            unit: unit.clone(),
            point: (!context.language.has_decimal_comma()).then_some(1),
            ..PartData::default()
        },
    }
}

/// A right number as learners read it: a range in words, the unit after it.
fn shown_number(context: &Context<'_>, shown: &str, unit: &str) -> String {
    let number = match shown.split_once("..") {
        Some((low, high)) => context.words.fill("range", &[("low", low.trim()), ("high", high.trim())]),
        None => shown.to_owned(),
    };
    format!("{number} {unit}").trim_end().to_owned()
}

/// Hundredths of a percent as percent; those of thirds, sixths, sevenths and ninths are meant exactly.
fn percent(hundredths: i32) -> f64 {
    let exact =
        [3, 6, 7, 9].into_iter().flat_map(|parts| (1..parts).map(move |n| (n, parts))).find_map(|(n, parts)| {
            let percent = 100.0 * f64::from(n) / f64::from(parts);
            ((percent * 100.0).round() - f64::from(hundredths.abs())).abs().lt(&0.5).then_some(percent)
        });
    exact.map_or(f64::from(hundredths) / 100.0, |percent| percent * f64::from(hundredths.signum()))
}

/// What a report shows of the question: an id of letters, digits and hyphens (SCORM 1.2 RTE 3.4.4, `CMIIdentifier`).
fn slug(question: &Question) -> String {
    let from_id = text::ascii_slug(&question.id, 40);
    if from_id.is_empty() { text::ascii_slug(&plain_text(&question.title), 40) } else { from_id }
}
