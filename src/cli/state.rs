//! `cartable state`: what a learner had done, for the people who answer them.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use cartable::diagnostic::any_error;
use cartable::pipeline::{self, Reading};
use cartable::state::{Account, PageLine, QuestionLine, QuizLine, Reached, Score, Source, State, Thing, Verdict};
use cartable::{Error, command};
use serde_json::{Value, json};

use super::Status;
use super::args::{self, MessageFormat};
use super::console::{self, Console};

pub(super) fn run(arguments: &args::State) -> Result<Status, Error> {
    let reading = arguments.source.as_deref().map(pipeline::read).transpose()?;
    let given = reading.as_ref().zip(arguments.source.as_deref());
    let (source, mut complete) = given.map_or((None, true), |(reading, folder)| source_of(reading, folder));
    let texts = texts(&arguments.state)?;
    for (at, text) in texts.iter().enumerate() {
        let account = State::read(text).map(|state| Account::of(&state, source));
        complete &= account.as_ref().is_ok_and(is_complete);
        let account = account.map_err(|no_state| no_state.to_string());
        match (arguments.json, account, texts.len()) {
            (true, account, _) => console::print(&as_json(account).to_string()),
            (false, Ok(account), 1) => console::print(&in_words(&account)),
            (false, Ok(account), _) => console::print(&format!("{}. {}\n", at + 1, in_words(&account))),
            (false, Err(message), 1) => console::failure(&Error::Usage(message)),
            (false, Err(message), _) => console::failure(&Error::Usage(format!("state {}: {message}", at + 1))),
        }
    }
    Ok(if complete { Status::Done } else { Status::StateIsIncomplete })
}

/// Whether nothing is missing of what was asked for.
fn is_complete(account: &Account) -> bool {
    account.whole && account.course.as_ref().is_none_or(|course| course.belongs)
}

/// The states that were given: one, or one on each line of standard input.
fn texts(given: &str) -> Result<Vec<String>, Error> {
    if given.trim() != "-" {
        return Ok(vec![given.to_owned()]);
    }
    let mut bytes = Vec::new();
    let failed = |source| Error::Io { doing: "read", path: PathBuf::from("standard input"), source };
    std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    Ok(if lines.is_empty() { vec![String::new()] } else { lines })
}

/// What can be named, and whether that is all; if not, it is said why.
fn source_of<'a>(reading: &'a Reading, folder: &Path) -> (Option<Source<'a>>, bool) {
    let shown = command::word(&folder.to_string_lossy());
    let has_errors = any_error(&reading.diagnostics);
    if has_errors {
        console::say(&format!(
            "The course has errors (see them with: cartable check {shown}). What cannot be read of it is named as \
             course.lock has it."
        ));
    }
    match &reading.lock {
        Some(Ok(lock)) => return (Some(Source { course: &reading.course, lock }), !has_errors),
        Some(Err(found)) => Console::new(folder, MessageFormat::Human).findings(found, &reading.sources),
        None => console::say(&format!(
            "There is no course.lock in {shown}, and it alone knows what the numbers stand for: take it from your backup."
        )),
    }
    (None, false)
}

fn as_json(account: Result<Account, String>) -> Value {
    let (kind, mut value) = match account {
        Ok(account) => ("state", json!(account)),
        Err(message) => ("error", json!({ "message": message })),
    };
    value["type"] = kind.into();
    value
}

/// Everything about a state, for people.
fn in_words(account: &Account) -> String {
    let named = account.course.as_ref().is_some_and(|course| course.belongs);
    let mut out = String::new();
    head(account, &mut out);
    if named {
        pages(account, &mut out);
        account.pages.iter().filter(|line| !line.page.gone).for_each(|line| section(&line.page, account, &mut out));
    } else {
        let numbers: Vec<String> = account.pages.iter().map(|line| line.page.number.to_string()).collect();
        let viewed = if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") };
        let _ = writeln!(out, "\nPages viewed, by number: {viewed}.");
    }
    let lesson = account.course.as_ref().is_some_and(|course| course.lesson.is_some());
    rest(account, named.then_some(if lesson { "lesson" } else { "course" }), &mut out);
    for unknown in &account.unknown {
        let _ = writeln!(out, "\nA record cannot be read: number {}, code {}.", unknown.number, unknown.code);
    }
    out.trim_end().to_owned()
}

fn head(account: &Account, out: &mut String) {
    let Account { format, unit, nonce, revision, .. } = account;
    let _ = writeln!(
        out,
        "A learner's state, format {format}, unit {unit}, attempt {nonce}, changed {}.",
        times(*revision)
    );
    if !account.whole {
        let _ = writeln!(out, "It was cut: what stood behind the cut is lost. This is what could be read.");
    }
    match &account.course {
        Some(course) if course.belongs => {
            let _ = writeln!(out, "It is of this course: {}, version {} today.", course.title, course.version);
            if let Some(lesson) = &course.lesson {
                let _ = writeln!(out, "It is of this lesson, which has a record of its own: {lesson}.");
            }
        }
        Some(course) => {
            let _ = writeln!(
                out,
                "It is not of this course: {}, version {}. Nothing can be named.",
                course.title, course.version
            );
        }
        None => {}
    }
    let _ = writeln!(out, "Reached: {}.", reached(account.reached));
    let place = account.place.as_ref().map_or_else(|| "none yet".to_owned(), |page| name(page, "page"));
    let _ = writeln!(out, "The learner was on: {place}.");
}

fn reached(reached: Reached) -> String {
    let all = [(reached.viewed, "all required pages viewed"), (reached.passed, "passed"), (reached.failed, "failed")];
    let words: Vec<&str> = all.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    if words.is_empty() { "nothing yet".to_owned() } else { words.join(", ") }
}

fn pages(account: &Account, out: &mut String) {
    let live: Vec<&PageLine> = account.pages.iter().filter(|line| !line.page.gone).collect();
    let viewed = live.iter().filter(|line| line.viewed).count();
    let _ = writeln!(out, "\nPages viewed: {viewed} of {}.", live.len());
    for line in live {
        let mark = if line.viewed { 'x' } else { ' ' };
        let optional = if line.required == Some(false) { ", not required" } else { "" };
        let _ = writeln!(out, "  [{mark}] {}{optional}", name(&line.page, "page"));
    }
}

/// A page of the course, if it asks something.
fn section(page: &Thing, account: &Account, out: &mut String) {
    let quiz = account.quizzes.iter().find(|quiz| !quiz.page.gone && quiz.page.number == page.number);
    let is_here = |line: &&QuestionLine| !line.question.gone && line.page == Some(page.number);
    let questions: Vec<&QuestionLine> = account.questions.iter().filter(is_here).collect();
    if quiz.is_none() && questions.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", name(page, "page"));
    match quiz {
        Some(quiz) if quiz.count == 0 && questions.iter().all(|line| line.answer.is_none()) => {
            let _ = writeln!(out, "    A quiz, not begun.");
        }
        Some(quiz) => attempts(quiz, out),
        None => {}
    }
    questions.iter().for_each(|line| question(line, out));
}

/// What the `whole`, a course or a lesson, does not have any more; without one, all there is.
fn rest(account: &Account, whole: Option<&str>, out: &mut String) {
    let named = whole.is_some();
    let quizzes: Vec<&QuizLine> = account.quizzes.iter().filter(|quiz| !named || quiz.page.gone).collect();
    let questions: Vec<&QuestionLine> = account.questions.iter().filter(|line| !named || line.question.gone).collect();
    let pages: Vec<&PageLine> = account.pages.iter().filter(|line| line.page.gone).collect();
    if quizzes.is_empty() && questions.is_empty() && pages.is_empty() {
        return;
    }
    let _ = match whole {
        Some(whole) => writeln!(out, "\nWhat the {whole} does not have any more:"),
        None => writeln!(out, "\nQuizzes and questions, by number:"),
    };
    for line in pages {
        let _ = writeln!(out, "  - {}, viewed", name(&line.page, "page"));
    }
    for quiz in quizzes {
        let _ = writeln!(out, "  - {}", name(&quiz.page, "page"));
        attempts(quiz, out);
    }
    questions.iter().for_each(|line| question(line, out));
}

fn attempts(quiz: &QuizLine, out: &mut String) {
    let of = quiz.attempts.map(|attempts| format!(" of {attempts}")).unwrap_or_default();
    let state = if quiz.finished { "finished" } else { "not finished" };
    let _ = writeln!(out, "    A quiz: attempt {}{of}, {state}; attempts finished: {}.", quiz.attempt, quiz.count);
    let last = if quiz.finished { quiz.attempt } else { quiz.attempt.saturating_sub(1).max(1) };
    let scores = match quiz.count {
        1 => vec![(format!("Attempt {last}"), quiz.last.or(quiz.first))],
        _ => vec![
            ("Attempt 1".to_owned(), quiz.first),
            (format!("attempt {last}, the last that is finished"), quiz.last),
            ("best".to_owned(), quiz.best),
        ],
    };
    let scores: Vec<String> =
        scores.into_iter().filter_map(|(which, score)| Some(format!("{which}: {}", points(score?)))).collect();
    if scores.is_empty() {
        return;
    }
    let _ = writeln!(out, "    {}.", scores.join("; "));
    if !quiz.finished {
        let _ = writeln!(
            out,
            "    The answers of attempt {last} are in the LMS's record of answers (interactions); below is what attempt {} holds \
             so far.",
            quiz.attempt
        );
    }
}

fn points(Score { percent, points, max }: Score) -> String {
    let percent = percent.map(|percent| format!("{percent} %, ")).unwrap_or_default();
    format!("{percent}{points} of {max} points")
}

fn question(line: &QuestionLine, out: &mut String) {
    let kind = line.kind.as_ref().map(|kind| format!(", {kind}")).unwrap_or_default();
    let _ = writeln!(out, "  - {}{kind}", name(&line.question, "question"));
    if let Some(answer) = &line.answer {
        for (at, words) in answer.words.iter().enumerate() {
            let _ = writeln!(out, "    {}{words}", if at == 0 { "Answer: " } else { "        " });
        }
    }
    let _ = writeln!(out, "    {}.", verdict(line));
}

/// What became of an answer, and where the LMS has it.
fn verdict(line: &QuestionLine) -> String {
    let earlier = line.answer.as_ref().is_some_and(|answer| answer.status < 2 && answer.index.is_some());
    let unanswered = match line.drawn {
        Some(false) => "Not drawn in this attempt",
        _ if earlier => "Not answered in this attempt",
        _ => "Not answered",
    };
    let Some(answer) = &line.answer else {
        return unanswered.to_owned();
    };
    let mut parts = vec![match answer.verdict {
        Verdict::Unanswered => unanswered.to_owned(),
        Verdict::Draft => "A draft, not sent".to_owned(),
        // Of one choice the number alone does not say whether it is an opinion.
        Verdict::Right if answer.code == 1 && line.kind.is_none() => "Sent: right, or an opinion".to_owned(),
        Verdict::Right => "Sent: right".to_owned(),
        Verdict::Partly => format!("Sent: right in part ({} %)", u32::from(answer.share) * 100 / 120),
        Verdict::Wrong => "Sent: wrong".to_owned(),
        Verdict::Recorded => "Sent: recorded, nothing is right or wrong".to_owned(),
    }];
    if let Some([earned, max]) = answer.points.filter(|_| answer.status > 1) {
        parts.push(format!("{earned} of {max} points"));
    }
    match answer.tries {
        0 => {}
        1 => parts.push("1 try".to_owned()),
        tries => parts.push(format!("{tries} tries")),
    }
    let said = parts.join(", ");
    match answer.index {
        Some(index) if earlier => {
            let before = if answer.tries > 0 { "try" } else { "attempt" };
            format!("{said}; number {index} in the LMS's record of answers holds the answer of an earlier {before}")
        }
        Some(index) => format!("{said}, number {index} in the LMS's record of answers"),
        None => said,
    }
}

/// A thing by its title and id, as far as they are known.
fn name(thing: &Thing, what: &str) -> String {
    match (&thing.title, &thing.id) {
        (Some(title), Some(id)) => format!("{title} ({id})"),
        (_, Some(id)) => format!("{what} {} ({id})", thing.number),
        _ => format!("{what} {}", thing.number),
    }
}

fn times(n: u64) -> String {
    if n == 1 { "once".to_owned() } else { format!("{n} times") }
}
