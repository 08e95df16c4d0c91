//! The course's data for the runtime: what `templates/runtime/types.js` calls `CourseData`, as one JSON block.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::blocks::Context;
use crate::catalogue::Catalogue;
use crate::check::Facts;
use crate::course::{
    Answer, Answers, AttemptScore, ChoiceKind, Course, Feedback, OnFailure, Question, Records, SuccessStatus, Unit,
    When, plain_text,
};
use crate::keys::Count;
use crate::lock::Numbers;
use crate::runtime::Kind;
use crate::text;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CourseData<'a> {
    language: &'a str,
    unit: [u8; 4],
    completion: CompletionRule,
    records: &'a str,
    pages: Vec<PageData>,
    strings: &'a BTreeMap<String, String>,
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

#[derive(Serialize)]
struct PageData {
    n: u32,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    quiz: Option<QuizData>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    questions: Vec<QuestionData>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct QuizData {
    pass_mark: u32,
    attempts: u32,
    tries: u32,
    feedback: &'static str,
    answers: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    confirm: bool,
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
    parts: Vec<PartData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    yes: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    explanation: String,
}

#[derive(Serialize)]
struct PartData {
    n: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<u8>,
    #[serde(skip_serializing_if = "String::is_empty")]
    feedback: String,
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
    }
}

/// The JSON of a unit, safe inside a `script` element.
pub(super) fn json(
    course: &Course,
    unit: &Unit<'_>,
    facts: &Facts<'_>,
    numbers: &Numbers,
    words: &Catalogue,
) -> String {
    let [a, b, c, d, ..] = *numbers.unit(unit.key).as_bytes();
    let data = CourseData {
        language: course.language.tag(),
        unit: [a, b, c, d],
        completion: completion(course),
        records: if course.records == Records::Journal { "journal" } else { "per-question" },
        pages: unit
            .pages()
            .map(|page| page_data(&Context { facts, numbers, words, language: &course.language, page }))
            .collect(),
        strings: words.section("runtime"),
    };
    let json = serde_json::to_string(&data).unwrap_or_else(|error| unreachable!("plain data is JSON: {error}"));
    // Neither `</script` nor `<!--` may stand in the block (HTML, "Restrictions for contents of script elements").
    json.replace('<', "\\u003c")
}

fn completion(course: &Course) -> CompletionRule {
    let rule = &course.completion;
    CompletionRule {
        when: match rule.when {
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

fn page_data(context: &Context<'_>) -> PageData {
    let page = context.page;
    let quiz = page.quiz().map(|quiz| QuizData {
        pass_mark: quiz.pass_mark,
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
        shuffle_questions: quiz.shuffle_questions,
        shuffle_choices: quiz.shuffle_choices,
    });
    let questions = page.questions().map(|question| question_data(context, question)).collect();
    PageData { n: context.numbers.page(&page.id), required: page.required, quiz, questions }
}

fn question_data(context: &Context<'_>, question: &Question) -> QuestionData {
    let known = context.numbers.question(&question.id);
    let Answer::Choices(kind_of_choice, choices) = &question.answer;
    let yes = match kind_of_choice {
        ChoiceKind::TrueFalse { true_first } => Some(known.choices[usize::from(!true_first)]),
        ChoiceKind::Single | ChoiceKind::Multiple => None,
    };
    let parts = choices.iter().zip(&known.choices).map(|(choice, n)| PartData {
        n: *n,
        right: choice.right.then_some(1),
        fixed: choice.fixed.then_some(1),
        feedback: context.fragment(&choice.feedback),
    });
    QuestionData {
        n: known.number,
        kind: kind(question).name(),
        slug: slug(question),
        points: question.points,
        rev: (known.revision > 1).then_some(known.revision),
        tries: question.tries.map(count),
        parts: parts.collect(),
        yes,
        explanation: context.fragment(&question.explanation),
    }
}

/// What a report shows of the question: an id of letters, digits and hyphens (SCORM 1.2 RTE 3.4.4, `CMIIdentifier`).
fn slug(question: &Question) -> String {
    let from_id = text::ascii_slug(&question.id, 40);
    if from_id.is_empty() { text::ascii_slug(&plain_text(&question.title), 40) } else { from_id }
}
