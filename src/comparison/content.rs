//! What differs between two versions of a course of ours, by the numbers of its lock, and what the learner's side makes
//! of it (`templates/runtime/learner.js`, `state.js`).

use std::collections::{BTreeMap, BTreeSet};

use super::manifests::Manifests;
use super::released::{Completion, Page, Part, Question, Quiz, Released};
use super::{Aspect, Difference, Fate, OURS, Side};

/// Compares the units that both packages have.
pub(super) fn differences(old: &Side, new: &Side, manifests: &Manifests) -> Vec<Difference> {
    let mut found = Vec::new();
    match (old.is_ours(), new.is_ours()) {
        _ if manifests.standard => return found,
        (true, true) if manifests.pairs.is_empty() => {
            return vec![begins_anew("course-changed", "no unit of the old course is in the new one".to_owned())];
        }
        (true, true) => {}
        (false, false) if old.texts == new.texts => return found,
        (false, false) => return vec![foreign()],
        _ => return vec![other_tool(old, new)],
    }
    let several = old.inspection.units.len() > 1 || new.inspection.units.len() > 1;
    for (before, after) in &manifests.pairs {
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
        "whatever the LMS keeps, the new course may not understand: ask the tool's maker",
    )
}

fn unknown(message: &str, effect: &'static str) -> Difference {
    Difference::new("content-unknown", message, effect).does_to_all(Fate::Unknown)
}

fn other_tool(old: &Side, new: &Side) -> Difference {
    let [before, after] = [old, new].map(|side| side.inspection.maker.as_deref().unwrap_or("another tool"));
    let is_broken = [old, new].iter().any(|side| !side.is_ours() && side.inspection.errors > 0);
    if is_broken || [before, after].iter().all(|maker| maker.starts_with(OURS)) {
        return unknown("of one of the packages the course's data cannot be read", "mend it, and compare again");
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
    if new.state != old.state {
        let message = format!("learners' states are of format {} from now on, and were of {}", new.state, old.state);
        found.push(begins_anew("state-version", message));
        return;
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
    let targets: BTreeSet<u32> = renumbered.values().copied().collect();
    let is_target = |number: u32| targets.contains(&number);
    for (number, page) in &before {
        let name = old.page(*number);
        match (renumbered.get(number), after.get(number)) {
            (Some(other), taken) => found.push(page_renumbered(&name, page, *other, taken.is_some())),
            (None, Some(now)) if !is_target(*number) => both(&new.page(*number), page, now, found),
            (None, taken) => gone(&name, page, taken.is_some(), found),
        }
    }
    let come = new.pages.iter().filter(|page| !before.contains_key(&page.n) && !is_target(page.n));
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
    let [had, has] = [old, new].map(|titles| {
        let mut numbers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        titles.iter().for_each(|(number, title)| numbers.entry(title).or_default().push(*number));
        numbers
    });
    let moved = had.iter().filter_map(|(title, before)| match (before.as_slice(), has.get(title)?.as_slice()) {
        ([before], [after]) if before != after => Some((*before, *after)),
        _ => None,
    });
    moved.collect()
}

/// What learners did under a number that another has now.
const MIXED_UP: &str = "what learners did there counts for another from now on: do not publish this package";

/// `taken`: whether another page has its number now.
fn page_renumbered(name: &str, page: &Page, number: u32, taken: bool) -> Difference {
    let message = format!("{name} has the number {number}, and had {}: {UNSAID}", page.n);
    let effect = match (taken, &page.quiz) {
        (true, _) => MIXED_UP,
        (false, Some(_)) => "it counts as not viewed, and what its quiz gave no longer counts",
        (false, None) => "it counts as not viewed",
    };
    let fate = if taken { Fate::MixedUp } else { Fate::LostInPart };
    let score = if page.quiz.is_some() { fate } else { Fate::Kept };
    // What was drawn is kept by the page.
    let answers = if page.quiz.as_ref().is_some_and(|quiz| !quiz.banks.is_empty()) { fate } else { Fate::Kept };
    let renumbered = Difference::new("page-renumbered", message, effect).does(Aspect::Place, fate);
    renumbered.does(Aspect::Score, score).does(Aspect::Answers, answers)
}

/// Why something can have another number.
const UNSAID: &str = "`cartable lock rename` was not typed, or course.lock was lost";

fn gone(name: &str, page: &Page, taken: bool, found: &mut Vec<Difference>) {
    let (effect, fate) = match (taken, page.required) {
        (true, _) => (MIXED_UP, Fate::MixedUp),
        (false, true) => (
            "whoever stopped there goes on at the first page; whoever misses nothing else has finished",
            Fate::LostInPart,
        ),
        (false, false) => ("whoever stopped there goes on at the first page", Fate::LostInPart),
    };
    let status = if page.required { Fate::Changes } else { Fate::Kept };
    let gone = Difference::new("page-gone", format!("{name} has gone"), effect);
    found.push(gone.does(Aspect::Place, fate).does(Aspect::Status, status));
    if page.quiz.is_some() {
        quiz_gone(name, page.required, found);
    }
}

fn quiz_gone(name: &str, required: bool, found: &mut Vec<Difference>) {
    let gone = |effect| Difference::new("quiz-gone", format!("the quiz on {name} has gone"), effect);
    found.push(if required {
        let counted = gone("what it gave no longer counts in the score of the course");
        counted.does(Aspect::Score, Fate::LostInPart).does(Aspect::Status, Fate::Changes)
    } else {
        gone("it did not count for the course")
    });
}

fn come_new(name: &str, page: &Page, found: &mut Vec<Difference>) {
    let message = format!("{name} is new");
    found.push(match (&page.quiz, page.required) {
        (Some(_), required) => quiz_new(message, required),
        (None, true) => Difference::new("page-new", message, "whoever has not finished the course has to view it")
            .does(Aspect::Status, Fate::Changes),
        (None, false) => Difference::new("page-new", message, "nobody has to view it"),
    });
}

fn quiz_new(message: String, required: bool) -> Difference {
    if !required {
        return Difference::new("quiz-new", message, "nobody has to take it, and it does not count");
    }
    Difference::new("quiz-new", message, "whoever has not finished the course has to take it; it counts in the score")
        .does(Aspect::Status, Fate::Changes)
        .does(Aspect::Score, Fate::Changes)
}

fn both(name: &str, old: &Page, new: &Page, found: &mut Vec<Difference>) {
    if old.required != new.required {
        let (code, message, effect) = if new.required {
            ("page-required", format!("{name} is required now"), "whoever has not finished the course has to view it")
        } else {
            ("page-optional", format!("{name} is no longer required"), "whoever misses nothing else has finished")
        };
        let score = if old.quiz.is_some() || new.quiz.is_some() { Fate::Changes } else { Fate::Kept };
        let changed = Difference::new(code, message, effect).does(Aspect::Status, Fate::Changes);
        found.push(changed.does(Aspect::Score, score));
    }
    match (&old.quiz, &new.quiz) {
        (Some(_), None) => quiz_gone(name, old.required, found),
        (None, Some(_)) => found.push(quiz_new(format!("{name} is a quiz now"), new.required)),
        (Some(before), Some(after)) => {
            quiz(name, before, after, new.required, found);
            draw(name, old, new, found);
        }
        (None, None) => {}
    }
}

fn quiz(name: &str, old: &Quiz, new: &Quiz, counts: bool, found: &mut Vec<Difference>) {
    let times = |number: u32| if number == 0 { "unlimited".to_owned() } else { number.to_string() };
    for (what, before, after) in [("attempts", old.attempts, new.attempts), ("tries", old.tries, new.tries)] {
        if before != after {
            let message = format!("the {what} of the quiz on {name} are {} and were {}", times(after), times(before));
            let effect = "attempts and tries that were used stay used";
            found.push(Difference::new("attempts-changed", message, effect).does(Aspect::Status, Fate::Changes));
        }
    }
    if old.weight != new.weight && counts {
        let [before, after] = [old, new].map(|quiz| f64::from(quiz.weight) / 100.0);
        let message = format!("the quiz on {name} weighs {after} and weighed {before}");
        let effect = "the score of the course is worked out by it from the next visit on; a status stays";
        found.push(Difference::new("weight-changed", message, effect).does(Aspect::Score, Fate::Changes));
    }
    if old.feedback != new.feedback {
        let message = format!("the feedback of the quiz on {name} is `{}` and was `{}`", new.feedback, old.feedback);
        let effect = "an answer of an open attempt that was validated may be closed, or open again";
        found.push(Difference::new("feedback-changed", message, effect).does(Aspect::Answers, Fate::Changes));
    }
}

/// What a quiz draws from its banks. An attempt goes on with what it has drawn, as far as its bank still gives as much.
fn draw(name: &str, old: &Page, new: &Page, found: &mut Vec<Difference>) {
    let banks = |page: &Page| page.quiz.as_ref().map(|quiz| quiz.banks.clone()).unwrap_or_default();
    let [before, after] = [old, new].map(banks);
    let places =
        |page: &Page| page.questions.iter().map(|question| (question.n, question.bank)).collect::<BTreeMap<_, _>>();
    let [had, has] = [old, new].map(places);
    let is_elsewhere = had.iter().any(|(number, bank)| has.get(number).is_some_and(|now| now != bank));
    let gives_less = before.len() != after.len() || before.iter().zip(&after).any(|(before, after)| after < before);
    if before == after && !is_elsewhere {
        return;
    }
    let message = format!("the quiz on {name} draws other questions, or other numbers of them");
    found.push(if gives_less || is_elsewhere {
        let effect = "an attempt that was begun may lose questions that it has drawn, with their answers";
        Difference::new("draw-changed", message, effect).does(Aspect::Answers, Fate::LostInPart)
    } else {
        Difference::new("draw-changed", message, "an attempt that was begun keeps the questions that it has drawn")
    });
}

fn questions(old: &Released, new: &Released, pages: &BTreeMap<u32, u32>, found: &mut Vec<Difference>) {
    let [before, after] = [old, new].map(|unit| {
        unit.questions().map(|(page, question)| (question.n, (page, question))).collect::<BTreeMap<_, _>>()
    });
    let by_slug = |questions: &BTreeMap<u32, (&Page, &Question)>| -> BTreeMap<String, u32> {
        questions.values().map(|(_, question)| (question.slug.clone(), question.n)).collect()
    };
    let [had, has] = [by_slug(&before), by_slug(&after)];
    let is_another = |slugs: &BTreeMap<String, u32>, question: &Question| {
        slugs.get(&question.slug).is_some_and(|number| *number != question.n)
    };
    let mut renumbered: BTreeSet<u32> = BTreeSet::new();
    for (number, (page, question)) in &before {
        let taken = after.get(number);
        match taken {
            Some((now, changed))
                if changed.kind == question.kind && !is_another(&has, question) && !is_another(&had, changed) =>
            {
                if page.n != now.n && pages.get(&page.n) != Some(&now.n) {
                    found.push(question_moved(&question.slug, page, now, &new.page(now.n)));
                }
                same(question, changed, found);
            }
            _ => {
                let other = has.get(&question.slug).filter(|other| *other != number);
                renumbered.extend(other);
                let is_another_kind =
                    other.and_then(|other| after.get(other)).is_some_and(|(_, now)| now.kind != question.kind);
                let taken = taken.is_some_and(|(_, now)| now.kind == question.kind);
                found.push(question_gone(question, &old.page(page.n), other, is_another_kind, taken));
            }
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

/// An answer counts where it stands, as far as its attempt is open.
fn question_moved(slug: &str, before: &Page, now: &Page, title: &str) -> Difference {
    let message = format!("the question `{slug}` has moved to {title}");
    let (effect, fate) = match (&before.quiz, &now.quiz) {
        (None, None) => ("answers go with it", Fate::Kept),
        _ => ("answers go with it, and count in the attempt of the quiz where it stands now", Fate::Changes),
    };
    Difference::new("question-moved", message, effect).does(Aspect::Answers, fate)
}

/// `taken`: whether another question of its kind has its number now.
fn question_gone(
    question: &Question,
    page: &str,
    other: Option<&u32>,
    is_another_kind: bool,
    taken: bool,
) -> Difference {
    let Question { slug, n, .. } = question;
    let fate = if taken { Fate::MixedUp } else { Fate::LostInPart };
    let (code, message, effect) = match other {
        Some(other) => {
            let why = if is_another_kind { "it is of another kind" } else { UNSAID };
            let message = format!("the question `{slug}` has the number {other} and had {n}: {why}");
            (
                "question-renumbered",
                message,
                "what was answered in an attempt that is still open has to be answered again",
            )
        }
        None => {
            let message = format!("the question `{slug}` on {page} has gone");
            let effect =
                "what was answered in an attempt that is still open goes with it; finished attempts keep their score";
            ("question-gone", message, effect)
        }
    };
    Difference::new(code, message, if taken { MIXED_UP } else { effect }).does(Aspect::Answers, fate)
}

/// A question that has kept its number and its kind.
fn same(old: &Question, new: &Question, found: &mut Vec<Difference>) {
    let name = format!("the question `{}`", old.slug);
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
    if old.tries != new.tries {
        let effect = "tries that were used stay used";
        found.push(Difference::new("attempts-changed", format!("the tries of {name} are others"), effect));
    }
    if room(old, new) {
        let message = format!("{name} has less room for an answer");
        let effect = "longer answers in an attempt that is still open are cut";
        found.push(Difference::new("room-smaller", message, effect).does(Aspect::Answers, Fate::LostInPart));
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

/// Whether the question, or a blank of it, takes fewer characters than it did.
fn room(old: &Question, new: &Question) -> bool {
    let smaller = |old: Option<u32>, new: Option<u32>| old.zip(new).is_some_and(|(old, new)| new < old);
    let blank =
        |part: &Part| new.parts.iter().find(|other| other.n == part.n).is_some_and(|now| smaller(part.max, now.max));
    smaller(old.max, new.max) || old.parts.iter().any(blank)
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
        // A score below the mark may have been held back.
        if name.contains("score") || name == "pass-mark" {
            changed = changed.does(Aspect::Score, Fate::Changes);
        }
        found.push(changed);
    }
}
