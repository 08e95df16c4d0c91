//! Numbers that stand for two things: what two branches that each built the course leave when they are merged.

use std::collections::{BTreeMap, BTreeSet};

use super::live::{self, Live};
use super::{Line, Lock};
use crate::code;
use crate::command;
use crate::course::{Course, PartKind, Question};
use crate::diagnostic::Diagnostic;

impl Lock {
    /// Every number that stands for two things, and everything that has two.
    pub(crate) fn clashes(&self, course: &Course) -> Vec<Diagnostic> {
        let live = Live::of(course);
        let mut finder = Finder { diagnostics: Vec::new() };
        let pages = self.pages.iter();
        let pages = pages.map(|line| Named { line, kind: "", live: live.pages().contains(line.id.as_str()) });
        finder.among(&pages.collect::<Vec<_>>(), "page", None);
        let questions = self.questions.iter().map(|q| Named { line: &q.line, kind: &q.kind, live: live.has(q) });
        finder.among(&questions.collect::<Vec<_>>(), "question", None);
        if finder.diagnostics.is_empty() {
            // Choices of two questions under one number would all seem to clash.
            finder.choices(self, &live);
            finder.revisions(self);
        }
        finder.diagnostics
    }
}

/// A line, the kind of its question, and whether the course has what it names.
struct Named<'l> {
    line: &'l Line,
    kind: &'l str,
    live: bool,
}

struct Finder {
    diagnostics: Vec<Diagnostic>,
}

impl Finder {
    /// Each number stands for one thing, and each thing has one number.
    fn among(&mut self, lines: &[Named<'_>], what: &str, owner: Option<&str>) {
        let mut by_number: BTreeMap<u32, Vec<&Named<'_>>> = BTreeMap::new();
        let mut numbers: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for named in lines {
            let line = named.line;
            let number = *numbers.entry((&line.id, named.kind)).or_insert(line.number);
            if number != line.number {
                self.two_numbers(line, number, what);
            }
            by_number.entry(line.number).or_default().push(named);
        }
        for shared in by_number.into_values().filter(|shared| shared.len() > 1) {
            let all: Vec<&Line> = shared.iter().map(|named| named.line).collect();
            for (index, named) in shared.iter().enumerate() {
                for other in &shared[..index] {
                    let same_id = named.line.id == other.line.id && named.kind == other.kind;
                    let both = named.live && other.live;
                    if !same_id && (both || names(&all, named.line).is_disjoint(&names(&all, other.line))) {
                        self.two_things(named, other, what, owner);
                    }
                }
            }
        }
    }

    fn two_numbers(&mut self, line: &Line, other: u32, what: &str) {
        let message = format!("the {what} `{}` has two numbers: {other} and {}", line.id, line.number);
        let hint = "delete the line that no learner has met yet: that of the branch which was not released";
        self.diagnostics.push(Diagnostic::new(&code::LOCK_NUMBER_CLASH, line.span, message).hint(hint));
    }

    fn two_things(&mut self, named: &Named<'_>, other: &Named<'_>, what: &str, owner: Option<&str>) {
        let line = named.line;
        let message =
            format!("the number {} stands for two {what}s: `{}` and `{}`", line.number, other.line.id, line.id);
        let typed = |id: &str| command::word(&owner.map_or_else(|| id.to_owned(), |owner| format!("{owner}/{id}")));
        // A number that is taken from the only one that is left would take its learners' answers along.
        let hint = if named.live && !other.live {
            let gone = &other.line.id;
            format!("`{gone}` has gone: it can have a new number: cartable lock renumber {}", typed(gone))
        } else {
            format!(
                "give the one that no learner has met yet a new number, for example: cartable lock renumber {}",
                typed(&line.id)
            )
        };
        let base =
            "or name the released branch, and cartable finds the new one by itself: cartable lock renumber --base main";
        self.diagnostics.push(Diagnostic::new(&code::LOCK_NUMBER_CLASH, line.span, message).hint(hint).hint(base));
    }

    fn choices(&mut self, lock: &Lock, live: &Live<'_>) {
        let mut by_question: BTreeMap<u32, Vec<&Line>> = BTreeMap::new();
        for choice in &lock.choices {
            by_question.entry(choice.question).or_default().push(&choice.line);
        }
        for (number, lines) in by_question {
            let question = live.numbered(lock, number);
            let last = lock.questions.iter().rfind(|q| q.line.number == number);
            let owner = question.map(|question| question.id.as_str()).or(last.map(|q| q.line.id.as_str()));
            let kind = question.map(Question::kind_name).or(last.map(|q| q.kind.as_str())).unwrap_or_default();
            let ids = question.map_or_else(BTreeSet::new, |question| live::choices(question, &lines));
            let name = |line| Named { line, kind: "", live: ids.contains(line.id.as_str()) };
            let lines: Vec<Named<'_>> = lines.into_iter().map(name).collect();
            // A prompt and an answer share one list of numbers.
            let what = if kind == "matching" { "part" } else { PartKind::of(kind, "").word() };
            self.among(&lines, what, Some(owner.unwrap_or_default()));
        }
    }

    fn revisions(&mut self, lock: &Lock) {
        let mut keys: BTreeMap<(u32, u32), &str> = BTreeMap::new();
        for line in &lock.keys {
            if *keys.entry((line.question, line.revision)).or_insert(&line.key) != line.key {
                let message =
                    format!("the revision {} of question {} stands for two keys", line.revision, line.question);
                let hint =
                    "delete the line that no learner has met yet; its key gets the next revision at the next build";
                self.diagnostics.push(Diagnostic::new(&code::LOCK_NUMBER_CLASH, line.span, message).hint(hint));
            }
        }
    }
}

/// Every name that the thing of a line has had, as far as `lines` of one number say.
fn names<'l>(lines: &[&'l Line], line: &'l Line) -> BTreeSet<&'l str> {
    let mut names = BTreeSet::from([line.id.as_str()]);
    let mut former = line.was.as_deref();
    while let Some(name) = former.filter(|name| names.insert(name)) {
        former = lines.iter().find(|line| line.id == name).and_then(|line| line.was.as_deref());
    }
    names
}
