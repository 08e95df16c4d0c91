//! What the chosen targets put up with, said on the author's line.

use std::collections::{BTreeMap, BTreeSet};

use super::{Crossing, Facts};
use crate::code;
use crate::command;
use crate::course::{Answer, Course, Question, Units};
use crate::diagnostic::Diagnostic;
use crate::lock::Numbers;
use crate::sources::FileId;
use crate::state::{self, Bound};
use crate::target::Target;

/// Checks the limits of `targets`.
pub(crate) fn check(course: &Course, targets: &[Target], numbers: &Numbers) -> Vec<Diagnostic> {
    let limits: Vec<_> = targets.iter().map(|target| (target, target.profile().limits)).collect();
    let mut found = Vec::new();
    for (target, limits) in limits {
        if let Some(letters) = limits.choice_letters {
            letter_clashes(course, numbers, letters, &mut found);
        }
        found.extend(cut_answers(course, *target, limits.response));
        let bounds = course.units().into_iter().map(|unit| state::bound(&unit, numbers));
        found.extend(bounds.filter_map(|bound| state_too_long(course, *target, &bound, limits.state)));
    }
    found
}

/// Links to other units, once for each file, where a target cannot follow them: the document would open without the
/// LMS's knowledge, and write into the record of this one.
pub(crate) fn crossings(facts: &Facts<'_>, targets: &[Target]) -> Vec<Diagnostic> {
    let (linked, apart): (Vec<Target>, Vec<Target>) = targets.iter().partition(|target| target.profile().links_units);
    if apart.is_empty() {
        return Vec::new();
    }
    let mut by_file: BTreeMap<FileId, Vec<&Crossing>> = BTreeMap::new();
    for crossing in &facts.crossings {
        by_file.entry(crossing.span.file).or_default().push(crossing);
    }
    let found = |links: Vec<&Crossing>| {
        let titles: BTreeSet<&str> = links.iter().map(|link| link.title.as_str()).collect();
        let lessons = if titles.len() == 1 { "the lesson" } else { "the lessons" };
        let open = "only the menu of the LMS can open";
        let titles = titles.iter().map(|title| format!("`{title}`")).collect::<Vec<_>>().join(", ");
        let message = match links.len() {
            1 => format!("this leads to {lessons} {titles}, which {open}: it is shown as text, not as a link"),
            n => format!(
                "{n} links of this page lead to {lessons} {titles}, which {open}: they are shown as text, not as links"
            ),
        };
        let diagnostic = Diagnostic::new(&code::LINK_OUT_OF_UNIT, links.first().map(|link| link.span), message)
            .hint("say in the text where to find it, without a link");
        let diagnostic = match linked.first() {
            Some(target) => diagnostic.hint(format!("in the package for {} it is a link all the same", target.name())),
            None => diagnostic,
        };
        diagnostic.hint("if lessons need links between them, remove units = \"lessons\" from course.toml before anybody begins the course")
    };
    by_file.into_values().map(found).collect()
}

fn state_too_long(course: &Course, target: Target, bound: &Bound, limit: usize) -> Option<Diagnostic> {
    let (page, cost) = bound.dearest().filter(|_| bound.characters > limit)?;
    let page = course.pages().find(|other| other.id == page);
    let message = format!(
        "what a learner does can take {} characters, and {} leaves {limit}: the LMS would lose the rest",
        bound.characters,
        target.name(),
    );
    let hint = format!("this page costs most, {cost} characters: split the course, or remove questions");
    let mut found = Diagnostic::new(&code::STATE_TOO_LONG, page.map(|page| page.span), message).hint(hint);
    if course.units == Units::Course && course.lessons.len() > 1 {
        let hint = "or, before anybody begins the course, give each lesson room of its own: units = \"lessons\" under [package]";
        found = found.hint(hint);
    }
    let is_written = |question: &Question| matches!(question.answer, Answer::Blanks(..) | Answer::Text(_));
    if page.is_some_and(|page| page.questions().any(is_written)) {
        return Some(found.hint("or leave less room for what learners write, such as max=20 after the heading"));
    }
    Some(found)
}

/// Answers in words that can be longer than what a record holds: tutors would not read all of them.
fn cut_answers(course: &Course, target: Target, limit: usize) -> Vec<Diagnostic> {
    let recorded = course.questions().filter(|(page, _)| page.is_recorded());
    let too_long =
        recorded.filter_map(|(_, question)| Some((question, longest(question)?)).filter(|(_, n)| *n > limit));
    too_long
        .map(|(question, longest)| {
            let message = format!(
                "an answer can have {longest} characters, and {} records {limit}: tutors would not see the rest",
                target.name()
            );
            let hint = match question.answer {
                Answer::Text(_) => format!("write max={limit} or less in the braces after the heading"),
                _ => "make it two questions, or allow fewer characters: max=20 in the braces after the heading"
                    .to_owned(),
            };
            Diagnostic::new(&code::ANSWER_CUT, question.span, message).hint(hint)
        })
        .collect()
}

/// How many characters the answer to a question can have in a record, if it is made of words.
fn longest(question: &Question) -> Option<usize> {
    match &question.answer {
        Answer::Text(max) => Some(*max as usize),
        // They stand in one record, with two signs between two of them.
        Answer::Blanks(_, blanks) => Some(blanks.iter().map(|blank| blank.max as usize + 2).sum::<usize>() - 2),
        _ => None,
    }
}

/// Two choices of one question whose numbers give the same letter in the LMS's record.
fn letter_clashes(course: &Course, numbers: &Numbers, letters: u32, found: &mut Vec<Diagnostic>) {
    for (_, question) in course.questions().filter(|(page, _)| page.is_recorded()) {
        let known = &numbers.question(&question.id).parts;
        let parts = if matches!(question.answer, Answer::Blanks(..)) { Vec::new() } else { question.parts() };
        for (index, part) in parts.iter().enumerate() {
            // A prompt and an answer may share one: it is clear which of the two is meant.
            let is_twin = |at: &usize| parts[*at].kind == part.kind && known[*at] % letters == known[index] % letters;
            let twin = (0..index).find(is_twin);
            let Some(twin) = twin else { continue };
            let word = part.kind.word();
            // The newer one is the one that fewer learners have met.
            let newer = if known[index] > known[twin] { part } else { &parts[twin] };
            let message =
                format!("in the LMS's report this {word} would have the same letter as another of this question");
            let hint = format!(
                "give it another number: cartable lock renumber {}",
                command::word(&format!("{}/{}", question.id, newer.id))
            );
            found.push(Diagnostic::new(&code::CHOICE_LETTER_CLASH, newer.span, message).hint(hint));
        }
    }
}
