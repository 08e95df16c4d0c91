//! `cartable state`: what a learner had done, for the people who answer them.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use cartable::diagnostic::{Severity, any_error};
use cartable::lock::Lock;
use cartable::pipeline::{self, Reading};
use cartable::state::{
    Account, AnswerLine, PageLine, QuestionLine, QuizLine, Reached, Score, Source, State, Thing, Verdict,
};
use cartable::{Error, command};
use serde_json::{Value, json};

use super::Status;
use super::args::{self, MessageFormat};
use super::console::{self, Console};

pub(super) fn run(arguments: &args::State) -> Result<Status, Error> {
    let reading = arguments.source.as_deref().map(pipeline::read).transpose()?;
    let lock = reading.as_ref().zip(arguments.source.as_deref()).and_then(|(reading, folder)| lock_of(reading, folder));
    let source = reading.as_ref().zip(lock).map(|(reading, lock)| Source { course: &reading.course, lock });
    let texts = texts(&arguments.state)?;
    let mut complete = reading.is_some() == source.is_some();
    for (at, text) in texts.iter().enumerate() {
        let account = State::read(text).map(|state| Account::of(&state, source));
        complete &= account.as_ref().is_ok_and(is_complete);
        let shown = account.map_err(|no_state| no_state.to_string());
        if arguments.json {
            console::print(&as_json(shown).to_string());
        } else {
            let place = if texts.len() > 1 { format!("State {}: ", at + 1) } else { String::new() };
            match shown {
                Ok(account) => console::print(&format!("{place}{}", in_words(&account))),
                Err(message) => console::say(&format!("{place}{message}.")),
            }
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

/// The lock, if it can be read; else it is said why there will be numbers only.
fn lock_of<'a>(reading: &'a Reading, folder: &Path) -> Option<&'a Lock> {
    let shown = command::word(&folder.to_string_lossy());
    if any_error(&reading.diagnostics) {
        let errors = reading.diagnostics.iter().filter(|found| found.severity() == Severity::Error).count();
        let advice = format!("`cartable check {shown}` shows them");
        console::say(&format!(
            "The course has errors ({errors}; {advice}). What cannot be read of it is named by the lock, or by number."
        ));
    }
    match &reading.lock {
        Some(Ok(lock)) => return Some(lock),
        Some(Err(found)) => Console::new(folder, MessageFormat::Human).findings(found, &reading.sources),
        None => console::say(&format!(
            "There is no course.lock in {shown}, and it alone knows what the numbers stand for: take it from your backup."
        )),
    }
    None
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
    let mut out = String::new();
    head(account, &mut out);
    pages(account, &mut out);
    let named = account.course.as_ref().is_some_and(|course| course.belongs);
    let (gone, live): (Vec<_>, Vec<_>) = account.questions.iter().partition(|line| !named || line.question.gone);
    for PageLine { page, .. } in account.pages.iter().filter(|line| !line.page.gone) {
        let quiz = account.quizzes.iter().find(|quiz| named && !quiz.page.gone && quiz.page.number == page.number);
        let asked: Vec<_> = live.iter().copied().filter(|line| line.page == Some(page.number)).collect();
        section(page, quiz, &asked, &mut out);
    }
    rest(account, named, &gone, &mut out);
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
    let viewed = account.pages.iter().filter(|line| line.viewed).count();
    let known = account.pages.iter().any(|line| line.required.is_some());
    if !known {
        let numbers: Vec<String> = account.pages.iter().map(|line| line.page.number.to_string()).collect();
        let list = if numbers.is_empty() { "none".to_owned() } else { numbers.join(", ") };
        let _ = writeln!(out, "\nPages viewed, by number: {list}.");
        return;
    }
    let live: Vec<&PageLine> = account.pages.iter().filter(|line| !line.page.gone).collect();
    let viewed_of_live = live.iter().filter(|line| line.viewed).count();
    let _ = writeln!(out, "\nPages viewed: {viewed_of_live} of {}.", live.len());
    for line in live {
        let mark = if line.viewed { 'x' } else { ' ' };
        let optional = if line.required == Some(false) { ", not required" } else { "" };
        let _ = writeln!(out, "  [{mark}] {}{optional}", name(&line.page, "page"));
    }
    debug_assert!(viewed >= viewed_of_live);
}

/// A page with questions.
fn section(page: &Thing, quiz: Option<&QuizLine>, asked: &[&QuestionLine], out: &mut String) {
    if quiz.is_none() && asked.is_empty() {
        return;
    }
    let what = if quiz.is_some() { "Quiz" } else { "Questions on" };
    let _ = writeln!(out, "\n{what}: {}", name(page, "page"));
    quiz.into_iter().for_each(|quiz| attempts(quiz, out));
    asked.iter().for_each(|line| question(line, out));
}

/// What the course does not have any more; without a course, all there is.
fn rest(account: &Account, named: bool, questions: &[&QuestionLine], out: &mut String) {
    let quizzes: Vec<&QuizLine> = account.quizzes.iter().filter(|quiz| !named || quiz.page.gone).collect();
    let pages: Vec<&PageLine> = account.pages.iter().filter(|line| line.page.gone).collect();
    if quizzes.is_empty() && questions.is_empty() && pages.is_empty() {
        return;
    }
    let title = if named { "What the course does not have any more:" } else { "Quizzes and questions, by number:" };
    let _ = writeln!(out, "\n{title}");
    for line in pages {
        let _ = writeln!(out, "  - {}, viewed", name(&line.page, "page"));
    }
    for quiz in quizzes {
        let _ = writeln!(out, "  - quiz on {}", name(&quiz.page, "page"));
        attempts(quiz, out);
    }
    questions.iter().for_each(|line| question(line, out));
}

fn attempts(quiz: &QuizLine, out: &mut String) {
    let of = quiz.attempts.map(|attempts| format!(" of {attempts}")).unwrap_or_default();
    let state = if quiz.finished { "finished" } else { "not finished" };
    let _ = writeln!(out, "    Attempt {}{of}, {state}; attempts finished: {}.", quiz.attempt, quiz.count);
    let scores = [("First score", quiz.first), ("best", quiz.best), ("last", quiz.last)];
    let scores: Vec<String> =
        scores.into_iter().filter_map(|(which, score)| Some(format!("{which}: {}", points(score?)))).collect();
    if !scores.is_empty() {
        let _ = writeln!(out, "    {}.", scores.join("; "));
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
            let _ = writeln!(out, "      {}{words}", if at == 0 { "Answer: " } else { "        " });
        }
    }
    let _ = writeln!(out, "    {}.", verdict(line));
}

/// What became of an answer, and where the LMS has it.
fn verdict(line: &QuestionLine) -> String {
    let Some(answer) = &line.answer else {
        return if line.drawn == Some(false) { "Not drawn from its bank" } else { "Not answered" }.to_owned();
    };
    let AnswerLine { share, tries, .. } = answer;
    let mut parts = vec![match answer.verdict {
        Verdict::Unanswered => "Not answered in this attempt".to_owned(),
        Verdict::Draft => "A draft, not sent".to_owned(),
        Verdict::Right => "Sent: right".to_owned(),
        Verdict::Partly => format!("Sent: right in part ({} %)", u32::from(*share) * 100 / 120),
        Verdict::Wrong => "Sent: wrong".to_owned(),
        Verdict::Recorded => "Sent: recorded, nothing is right or wrong".to_owned(),
    }];
    if let Some([earned, max]) = answer.points.filter(|_| answer.status > 1) {
        parts.push(format!("{earned} of {max} points"));
    }
    if *tries > 0 {
        parts.push(if *tries == 1 { "1 try".to_owned() } else { format!("{tries} tries") });
    }
    parts.extend(answer.index.map(|index| format!("number {index} in the LMS's record of answers")));
    parts.join(", ")
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
