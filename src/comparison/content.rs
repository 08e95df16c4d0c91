//! What differs between two versions of a course of ours, by the numbers of its lock, and what the learner's side makes
//! of it (`templates/runtime/learner.js`, `state.js`).

use std::collections::{BTreeMap, BTreeSet};

use super::released::{Completion, Page, Question, Quiz, Released};
use super::{Aspect, Difference, Fate, Side};

/// Compares the units that both packages have.
pub(super) fn differences(old: &Side, new: &Side, pairs: &[(usize, usize)]) -> Vec<Difference> {
    let mut found = Vec::new();
    match (old.is_ours(), new.is_ours()) {
        (true, true) => {}
        (false, false) => return vec![foreign()],
        _ => return vec![other_tool(old, new)],
    }
    let several = old.inspection.units.len() > 1 || new.inspection.units.len() > 1;
    for (before, after) in pairs {
        if let (Some(was), Some(is)) = (&old.released[*before], &new.released[*after]) {
            let from = found.len();
            unit(was, is, &mut found);
            let title = &new.inspection.units[*after].title;
            found[from..].iter_mut().filter(|_| several).for_each(|found| found.unit.clone_from(title));
        }
    }
    found
}

fn foreign() -> Difference {
    unknown(
        "what the courses keep in the LMS cannot be compared: another tool made them",
        "ask the tool's maker whether the new one goes on with the old one's data",
    )
}

fn unknown(message: &str, effect: &'static str) -> Difference {
    let unknown = Difference::new("content-unknown", message, effect);
    unknown.does(Aspect::Place, Fate::Unknown).does(Aspect::Answers, Fate::Unknown)
}

fn other_tool(old: &Side, new: &Side) -> Difference {
    let [before, after] = [old, new].map(|side| side.inspection.maker.as_deref().unwrap_or("another tool"));
    if [before, after].iter().all(|maker| maker.starts_with("cartable ")) {
        return unknown("of one of the packages the course's data cannot be read", "build it again");
    }
    begins_anew("tool-changed", format!("the course was made by {after}, and before by {before}"))
}

/// The new course does not know the old one's data; what the LMS holds of score and status stays until it says more.
fn begins_anew(code: &'static str, message: String) -> Difference {
    Difference::new(code, message, "learners begin anew; the LMS keeps score and status until there are new ones")
        .does(Aspect::Place, Fate::Lost)
        .does(Aspect::Answers, Fate::Lost)
        .does(Aspect::Score, Fate::Changes)
}

fn unit(old: &Released, new: &Released, found: &mut Vec<Difference>) {
    if old.unit != new.unit {
        found.push(begins_anew("course-changed", "it is another course: its `id` was changed".to_owned()));
        return;
    }
    if new.state < old.state {
        let message = format!("learners' states would be of format {}, and are of format {}", new.state, old.state);
        found.push(begins_anew("state-version", message));
        return;
    }
    if new.state > old.state {
        let message = format!("learners' states are of format {} from now on, and were of {}", new.state, old.state);
        found.push(Difference::new("state-version", message, "states of the former format are read"));
    }
    let renumbered = renumbered(&old.titles, &new.titles);
    pages(old, new, &renumbered, found);
    questions(old, new, &renumbered, found);
    completion(&old.completion, &new.completion, found);
    if old.records != new.records {
        let message = format!("answers are recorded `{}`, and were `{}`", new.records, old.records);
        let effect = "the answers that the LMS has stay where they are";
        found.push(Difference::new("records-changed", message, effect).does(Aspect::Answers, Fate::Changes));
    }
}

fn pages(old: &Released, new: &Released, renumbered: &BTreeMap<u32, u32>, found: &mut Vec<Difference>) {
    let [before, after] =
        [old, new].map(|unit| unit.pages.iter().map(|page| (page.n, page)).collect::<BTreeMap<_, _>>());
    for (number, page) in &before {
        let name = old.page(*number);
        if let Some(other) = renumbered.get(number) {
            found.push(page_renumbered(&name, page, *other));
        }
        match after.get(number) {
            _ if renumbered.contains_key(number) => {}
            Some(now) => both(&new.page(*number), page, now, found),
            None => gone(&name, page, found),
        }
    }
    let come =
        new.pages.iter().filter(|page| !before.contains_key(&page.n) && !renumbered.values().any(|n| *n == page.n));
    for page in come {
        come_new(&new.page(page.n), page, found);
    }
    let order = |unit: &Released, other: &BTreeMap<u32, &Page>| -> Vec<u32> {
        unit.pages.iter().map(|page| page.n).filter(|number| other.contains_key(number)).collect()
    };
    if order(old, &after) != order(new, &before) {
        let message = "the pages stand in another order";
        found.push(Difference::new("pages-moved", message, "nobody loses anything by it"));
    }
}

/// Titles that have another number now: nobody renames one page to the name of another.
fn renumbered(old: &BTreeMap<u32, String>, new: &BTreeMap<u32, String>) -> BTreeMap<u32, u32> {
    let only = |titles: &BTreeMap<u32, String>, wanted: &str| {
        let mut found = titles.iter().filter(|(_, title)| *title == wanted).map(|(number, _)| *number);
        found.next().filter(|_| found.next().is_none())
    };
    let moved = old.iter().filter_map(|(number, title)| {
        only(old, title)?;
        only(new, title).filter(|other| other != number).map(|other| (*number, other))
    });
    moved.collect()
}

fn page_renumbered(name: &str, page: &Page, number: u32) -> Difference {
    let message = format!(
        "{name} has the number {number}, and had {}: `cartable lock rename` was not typed, or course.lock was lost",
        page.n
    );
    let effect =
        "whoever has viewed it, or stopped there, has not by the new number; what a quiz on it gave no longer counts";
    let score = if page.quiz.is_some() { Fate::LostInPart } else { Fate::Kept };
    let renumbered = Difference::new("page-renumbered", message, effect).does(Aspect::Place, Fate::LostInPart);
    renumbered.does(Aspect::Score, score)
}

fn gone(name: &str, page: &Page, found: &mut Vec<Difference>) {
    let effect = "whoever stopped there goes on at the first page";
    found.push(Difference::new("page-gone", format!("{name} has gone"), effect).does(Aspect::Place, Fate::LostInPart));
    if page.quiz.is_some() {
        quiz_gone(name, page.required, found);
    }
}

fn quiz_gone(name: &str, required: bool, found: &mut Vec<Difference>) {
    let message = format!("the quiz on {name} has gone");
    // What does not count for the course has no part in its score.
    let fate = if required { Fate::LostInPart } else { Fate::Kept };
    let effect = "what it gave no longer counts in the score of the course";
    found.push(Difference::new("quiz-gone", message, effect).does(Aspect::Score, fate));
}

fn come_new(name: &str, page: &Page, found: &mut Vec<Difference>) {
    let to_do = page.required;
    let (code, effect) = match (&page.quiz, to_do) {
        (Some(_), true) => ("quiz-new", "whoever has not finished the course has to take it; it counts in the score"),
        (None, true) => ("page-new", "whoever has not finished the course has to view it"),
        (_, false) => ("page-new", "nobody has to view it"),
    };
    let fate = if to_do { Fate::Changes } else { Fate::Kept };
    let score = if page.quiz.is_some() { fate } else { Fate::Kept };
    let new = Difference::new(code, format!("{name} is new"), effect);
    found.push(new.does(Aspect::Status, fate).does(Aspect::Score, score));
}

fn both(name: &str, old: &Page, new: &Page, found: &mut Vec<Difference>) {
    if old.required != new.required {
        let (code, message, effect) = if new.required {
            ("page-required", format!("{name} is required now"), "whoever has not finished the course has to view it")
        } else {
            ("page-optional", format!("{name} is no longer required"), "whoever misses nothing else has finished")
        };
        found.push(Difference::new(code, message, effect).does(Aspect::Status, Fate::Changes));
    }
    match (&old.quiz, &new.quiz) {
        (Some(_), None) => quiz_gone(name, old.required, found),
        (None, Some(_)) => {
            let message = format!("{name} is a quiz now");
            let effect = "whoever has not finished the course has to take it; it counts in the score";
            let changed = Difference::new("quiz-new", message, effect).does(Aspect::Score, Fate::Changes);
            found.push(changed.does(Aspect::Status, Fate::Changes));
        }
        (Some(old), Some(new)) => quiz(name, old, new, found),
        (None, None) => {}
    }
}

fn quiz(name: &str, old: &Quiz, new: &Quiz, found: &mut Vec<Difference>) {
    let times = |number: u32| if number == 0 { "unlimited".to_owned() } else { number.to_string() };
    for (what, before, after) in [("attempts", old.attempts, new.attempts), ("tries", old.tries, new.tries)] {
        if before != after {
            let message = format!("the {what} of the quiz on {name} are {} and were {}", times(after), times(before));
            let effect = "attempts and tries that were used stay used";
            found.push(Difference::new("attempts-changed", message, effect).does(Aspect::Status, Fate::Changes));
        }
    }
    if old.weight != new.weight {
        let [before, after] = [old, new].map(|quiz| f64::from(quiz.weight) / 100.0);
        let message = format!("the quiz on {name} weighs {after} and weighed {before}");
        let effect = "the score of the course is worked out by it from the next visit on; a status stays";
        found.push(Difference::new("weight-changed", message, effect).does(Aspect::Score, Fate::Changes));
    }
    if old.banks != new.banks {
        let message = format!("the quiz on {name} draws other numbers of questions");
        let effect = "an attempt that was begun keeps the questions that it has drawn";
        found.push(Difference::new("draw-changed", message, effect));
    }
}

fn questions(old: &Released, new: &Released, pages: &BTreeMap<u32, u32>, found: &mut Vec<Difference>) {
    let [before, after] = [old, new].map(|unit| {
        unit.questions().map(|(page, question)| (question.n, (page, question))).collect::<BTreeMap<_, _>>()
    });
    let numbers: BTreeMap<&str, u32> =
        after.values().map(|(_, question)| (question.slug.as_str(), question.n)).collect();
    let is_elsewhere = |question: &Question, number| numbers.get(&*question.slug).is_some_and(|other| *other != number);
    let mut renumbered = BTreeSet::new();
    for (number, (page, question)) in &before {
        let name = format!("the question `{}`", question.slug);
        match after.get(number) {
            Some((now, changed)) if changed.kind == question.kind && !is_elsewhere(question, changed.n) => {
                if page.n != now.n && pages.get(&page.n) != Some(&now.n) {
                    let message = format!("{name} has moved to {}", new.page(now.n));
                    found.push(Difference::new("question-moved", message, "answers go with it"));
                }
                same(&name, question, changed, found);
            }
            _ => match numbers.get(question.slug.as_str()).filter(|other| *other != number) {
                Some(other) => {
                    renumbered.insert(*other);
                    let is_another_kind = after.get(other).is_some_and(|(_, now)| now.kind != question.kind);
                    let why = if is_another_kind {
                        "it is of another kind"
                    } else {
                        "`cartable lock rename` was not typed, or course.lock was lost"
                    };
                    let message = format!("{name} has the number {other} and had {number}: {why}");
                    let effect = "what was answered in an attempt that is still open has to be answered again";
                    let changed = Difference::new("question-renumbered", message, effect);
                    found.push(changed.does(Aspect::Answers, Fate::LostInPart));
                }
                None => {
                    let message = format!("{name} on {} has gone", old.page(page.n));
                    let effect = "what was answered in an attempt that is still open goes with it; finished attempts keep \
                                  their score";
                    let changed = Difference::new("question-gone", message, effect);
                    found.push(changed.does(Aspect::Answers, Fate::LostInPart));
                }
            },
        }
    }
    for (page, question) in new.questions().filter(|(_, question)| !before.contains_key(&question.n)) {
        if !renumbered.contains(&question.n) {
            let message = format!("the question `{}` on {} is new", question.slug, new.page(page.n));
            let effect = "attempts that are still open have it too; finished ones keep their score";
            found.push(Difference::new("question-new", message, effect));
        }
    }
}

/// A question that has kept its number and its kind.
fn same(name: &str, old: &Question, new: &Question, found: &mut Vec<Difference>) {
    if old.slug != new.slug {
        let message = format!("{name} is called `{}` under the same number, {}", new.slug, new.n);
        let effect = "right for one that was renamed; another question would be shown with answers to this one";
        found.push(Difference::new("question-renamed", message, effect).does(Aspect::Answers, Fate::Unknown));
    }
    if old.rev != new.rev || old.points != new.points {
        let message = format!("the key of {name} is another one");
        let effect = "attempts that are still open are judged by the new key; finished ones keep their points";
        found.push(Difference::new("key-changed", message, effect).does(Aspect::Score, Fate::Changes));
    }
    let left: BTreeSet<u32> = new.parts.iter().map(|part| part.n).collect();
    let gone = old.parts.iter().filter(|part| !left.contains(&part.n)).count();
    if gone > 0 {
        let parts = if gone == 1 { "a part".to_owned() } else { format!("{gone} parts") };
        let message = format!("{name} has lost {parts} (choices, items, pairs or blanks)");
        let effect = "whoever had answered with one has to answer again while the attempt is open";
        found.push(Difference::new("part-gone", message, effect).does(Aspect::Answers, Fate::LostInPart));
    }
}

fn completion(old: &Completion, new: &Completion, found: &mut Vec<Difference>) {
    let optional = |value: Option<u32>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    let rules = [
        ("when", old.when.clone(), new.when.clone()),
        ("pass-mark", old.pass_mark.to_string(), new.pass_mark.to_string()),
        ("on-failure", old.on_failure.clone(), new.on_failure.clone()),
        ("success-status", old.success.clone(), new.success.clone()),
        ("attempt-score", old.attempt.clone(), new.attempt.clone()),
        ("score-when-no-quiz", optional(old.no_quiz), optional(new.no_quiz)),
    ];
    for (name, before, after) in rules.into_iter().filter(|(_, before, after)| before != after) {
        let message = format!("`{name}` is {after} and was {before}");
        let effect = "a status that was reached stays; all others go by the new rule";
        let mut changed = Difference::new("completion-changed", message, effect).does(Aspect::Status, Fate::Changes);
        if name.contains("score") {
            changed = changed.does(Aspect::Score, Fate::Changes);
        }
        found.push(changed);
    }
}
