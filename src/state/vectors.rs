//! The states of `tests/state-vectors.json`, which the runtime reads and writes in `tests/node/state.test.mjs`: read here as
//! the format says, and none longer than the bound.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::bound::answer_record;
use super::bytes::{Reader, bytes};
use super::read::{Answered, Drawn, Points, State};
use super::{code, cost};
use crate::course::{Accepts, Answer, Blank, Choice, ChoiceKind, Credit, MatchAnswer, Matching, Prompt, Question};
use crate::diagnostic::Span;
use crate::lock::{Numbers, QuestionNumbers};
use crate::sources::FileId;

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("../../tests/state-vectors.json")).unwrap();
    assert_eq!(file["version"], super::VERSION);
    let vectors = file["vectors"].as_array().unwrap().clone();
    assert!(vectors.len() >= 30, "{}", vectors.len());
    vectors
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

/// A question of one of the kinds that a vector names, with the parts and the room that its response needs, and no more.
fn question(kind: &str, response: &[Value]) -> (Question, Vec<u32>) {
    let span = Span::new(FileId(0), 0..0);
    let text = || response.last().and_then(Value::as_str).unwrap_or_default();
    let room = |text: &str| u32::try_from(cost(text)).unwrap();
    let numbers: BTreeSet<u32> = response.iter().filter_map(Value::as_u64).map(|n| u32::try_from(n).unwrap()).collect();
    let mut numbers = Vec::from_iter(numbers);
    // With weights one choice may be right in part.
    let choice = || Choice {
        id: String::new(),
        text: String::new(),
        span,
        content: Vec::new(),
        right: false,
        weight: Some(0),
        fixed: false,
        feedback: Vec::new(),
    };
    let choices = || numbers.iter().map(|_| choice()).collect();
    // Prompts and answers stand by turns.
    let every_second = |from: usize| {
        let numbers = response.iter().skip(from).step_by(2).map(|n| u32::try_from(number(n)).unwrap());
        numbers.collect::<Vec<u32>>()
    };
    let name = String::new;
    let prompt = |answer| Prompt { id: name(), text: name(), span, content: Vec::new(), answer };
    let given = |_| MatchAnswer { id: name(), text: name(), span, content: Vec::new() };
    let accepts = || Accepts::Text { forms: Vec::new(), pattern: None, case: false, accents: false };
    let blank = |max| Blank { id: String::new(), span, accepts: accepts(), max };
    let answer = match kind {
        "single" => Answer::Choices(ChoiceKind::Single, choices()),
        "true-false" => Answer::Choices(ChoiceKind::TrueFalse { true_first: true }, choices()),
        "multiple" => Answer::Choices(ChoiceKind::Multiple, choices()),
        "scale" => Answer::Scale(choices()),
        "order" => Answer::Order(choices()),
        "match" => {
            let places = 0..response.len() / 2;
            let (prompts, answers) = (places.clone().map(prompt).collect(), places.map(given).collect());
            numbers = [every_second(0), every_second(1)].concat();
            Answer::Match(Matching { head: [vec![], vec![]], prompts, answers })
        }
        "blanks" => {
            let texts = response.iter().filter_map(Value::as_str);
            Answer::Blanks(Vec::new(), texts.map(|text| blank(room(text))).collect())
        }
        "text" => Answer::Text(room(text())),
        other => panic!("{other} is no kind"),
    };
    let question = Question {
        id: "q".to_owned(),
        id_is_explicit: true,
        level: 2,
        title: Vec::new(),
        span,
        prompt: Vec::new(),
        answer,
        points: 100,
        credit: Credit::Parts,
        tries: None,
        hint: Vec::new(),
        right: Vec::new(),
        partly: Vec::new(),
        wrong: Vec::new(),
        explanation: Vec::new(),
        objective: None,
        read: Vec::new(),
        bank: None,
    };
    (question, numbers.into_iter().collect())
}

fn questions(course: &Value) -> impl Iterator<Item = &Value> {
    list(&course["pages"]).iter().flat_map(|page| list(&page["questions"]))
}

fn kind(course: &Value, n: u64) -> Option<&str> {
    questions(course).find(|q| number(&q["n"]) == n).and_then(|q| q["kind"].as_str())
}

/// A state as the runtime has it: what the course knows, and nothing else.
fn known(state: &State, course: &Value) -> Value {
    let unit: Vec<u64> = list(&course["unit"]).iter().map(number).collect();
    if unit != state.unit.map(u64::from) {
        return Value::Null;
    }
    let page = |n: u64| list(&course["pages"]).iter().find(|page| number(&page["n"]) == n);
    let score = |score: Option<Points>| score.map_or(json!([]), |score| json!([score.points, score.max]));
    let quizzes = state.quizzes.iter().filter(|quiz| page(quiz.page).is_some_and(|page| page["quiz"].is_object()));
    let is_known = |answer: &&Answered| {
        let code_of = |kind| code(&question(kind, &[]).0.answer);
        kind(course, answer.question).map(code_of) == Some(answer.response.code())
    };
    let mut found = json!({
        "nonce": state.nonce,
        "revision": state.revision,
        "place": if page(state.place).is_some() { state.place } else { 0 },
        "reached": state.reached,
        "viewed": state.viewed.iter().filter(|n| page(**n).is_some()).collect::<Vec<_>>(),
        "quizzes": quizzes.map(|quiz| json!({
            "page": quiz.page,
            "attempt": quiz.attempt,
            "finished": quiz.finished,
            "count": quiz.count,
            "first": score(quiz.first),
            "best": score(quiz.best),
            "last": score(quiz.last),
        })).collect::<Vec<_>>(),
        "answers": state.answers.iter().filter(is_known).map(|answer| json!({
            "question": answer.question,
            "status": answer.status,
            "tries": answer.tries,
            "index": answer.index.map_or(-1, |index| i64::try_from(index).unwrap()),
            "share": answer.share,
            "response": answer.response,
        })).collect::<Vec<_>>(),
    });
    let banked = |drawn: &&Drawn| page(drawn.page).is_some_and(|page| page["quiz"]["banks"].is_array());
    let draw = |drawn: &Drawn| json!({ "page": drawn.page, "drawn": drawn.drawn, "seen": drawn.seen });
    let draws: Vec<Value> = state.drawn.iter().filter(banked).map(draw).collect();
    // Where there is none, the vectors do not speak of it.
    if !draws.is_empty() {
        found["draws"] = draws.into();
    }
    found
}

#[test]
fn every_vector_is_read_as_the_runtime_reads_it() {
    for vector in vectors() {
        let text = vector["text"].as_str().unwrap();
        let read = State::read(text).map_or(Value::Null, |state| known(&state, &vector["course"]));
        assert_eq!(read, vector["state"], "{}", vector["name"]);
    }
}

/// The bytes of each record: its number, its code and its length.
fn records(text: &str) -> Option<Vec<(u64, u64, usize)>> {
    let (bytes, _) = bytes(text).ok()?;
    let mut reader = Reader::new(&bytes);
    reader.take(11)?;
    (0..3).try_for_each(|_| reader.number().map(|_| ()))?;
    let viewed = reader.number()?;
    reader.take(viewed)?;
    reader.until_end(|reader| {
        let before = reader.left();
        let (number, head) = (reader.number()?, reader.number()?);
        let length = if head % 8 < 7 { head % 8 } else { 7 + reader.number()? };
        reader.take(length)?;
        Some((number, head / 8, before - reader.left()))
    })
}

#[test]
fn no_answer_of_a_vector_takes_more_than_the_bound_has_room_for() {
    let (mut looked, mut tight) = (0, 0);
    for vector in vectors().iter().filter(|vector| vector["direction"] != "read") {
        let records = records(vector["text"].as_str().unwrap()).unwrap();
        let answers = list(&vector["state"]["answers"]);
        // Indices of three groups are beyond what the bound has room for, as is said there.
        for answer in answers.iter().filter(|answer| answer["index"].as_i64() < Some(1 << 14)) {
            let n = number(&answer["question"]);
            let (question, parts) = question(kind(&vector["course"], n).unwrap(), list(&answer["response"]));
            let numbers = QuestionNumbers { number: u32::try_from(n).unwrap(), parts, revision: 1 };
            let numbers = Numbers { questions: [("q".to_owned(), numbers)].into(), ..Numbers::default() };
            let room = answer_record(&question, answer["index"].as_i64() >= Some(0), &numbers).whole();
            let (.., length) = records.iter().find(|(number, code, _)| *number == n && *code > 0).unwrap();
            assert!(*length <= room, "{}: question {n} takes {length} of {room}", vector["name"]);
            looked += 1;
            tight += usize::from(*length == room);
        }
    }
    assert!(looked >= 40 && tight >= 8, "{tight} of {looked} are as long as they can be");
}
