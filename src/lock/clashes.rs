//! Numbers that stand for two things: what two branches that each built the course leave when they are merged.

use std::collections::BTreeMap;

use super::{Line, Lock};
use crate::code;
use crate::diagnostic::Diagnostic;

/// Every clash in a lock.
pub(super) fn find(lock: &Lock) -> Vec<Diagnostic> {
    let mut finder = Finder { diagnostics: Vec::new() };
    let pages: Vec<_> = lock.pages.iter().map(|line| (line, "")).collect();
    finder.among(&pages, "page", None);
    let questions: Vec<_> = lock.questions.iter().map(|q| (&q.line, q.kind.as_str())).collect();
    finder.among(&questions, "question", None);
    if !finder.diagnostics.is_empty() {
        // Choices of two questions under one number would all seem to clash.
        return finder.diagnostics;
    }
    let mut by_question: BTreeMap<u32, Vec<(&Line, &str)>> = BTreeMap::new();
    for choice in &lock.choices {
        by_question.entry(choice.question).or_default().push((&choice.line, ""));
    }
    for (question, choices) in by_question {
        let owner = lock.questions.iter().find(|q| q.line.number == question).map_or("", |q| q.line.id.as_str());
        finder.among(&choices, "choice", Some(owner));
    }
    finder.revisions(lock);
    finder.diagnostics
}

struct Finder {
    diagnostics: Vec<Diagnostic>,
}

impl Finder {
    /// Each number stands for one thing, and each thing has one number.
    fn among(&mut self, lines: &[(&Line, &str)], what: &str, owner: Option<&str>) {
        for (index, (line, kind)) in lines.iter().enumerate() {
            for (other, other_kind) in &lines[..index] {
                let same_id = line.id == other.id && kind == other_kind;
                if line.number == other.number && !same_id && !renamed(lines, line, other) {
                    self.two_things(line, other, what, owner);
                } else if same_id && line.number != other.number {
                    let message =
                        format!("the {what} `{}` has two numbers: {} and {}", line.id, other.number, line.number);
                    let hint = "delete the line that no learner has met yet: that of the branch which was not released";
                    self.diagnostics.push(Diagnostic::new(&code::LOCK_NUMBER_CLASH, line.span, message).hint(hint));
                }
            }
        }
    }

    fn two_things(&mut self, line: &Line, other: &Line, what: &str, owner: Option<&str>) {
        let name = owner.map_or_else(|| line.id.clone(), |owner| format!("{owner}/{}", line.id));
        let message = format!("the number {} stands for two {what}s: `{}` and `{}`", line.number, other.id, line.id);
        let diagnostic = Diagnostic::new(&code::LOCK_NUMBER_CLASH, line.span, message)
            .hint(format!(
                "give the one that no learner has met yet a new number, for example: cartable lock renumber {}",
                shell_quote(&name)
            ))
            .hint("or name the released branch, and cartable finds the new one by itself: cartable lock renumber --base main");
        self.diagnostics.push(diagnostic);
    }

    fn revisions(&mut self, lock: &Lock) {
        for (index, line) in lock.keys.iter().enumerate() {
            let twin = lock.keys[..index].iter().any(|other| {
                (other.question, other.revision) == (line.question, line.revision) && other.key != line.key
            });
            if twin {
                let message =
                    format!("the revision {} of question {} stands for two keys", line.revision, line.question);
                let hint =
                    "delete the line that no learner has met yet; its key gets the next revision at the next build";
                self.diagnostics.push(Diagnostic::new(&code::LOCK_NUMBER_CLASH, line.span, message).hint(hint));
            }
        }
    }
}

/// Whether two ids of one number are names of one thing, one after the other.
fn renamed(lines: &[(&Line, &str)], a: &Line, b: &Line) -> bool {
    let follows = |from: &Line, to: &Line| {
        let mut name = from.id.as_str();
        for _ in 0..lines.len() {
            let Some((line, _)) = lines.iter().find(|(l, _)| l.number == from.number && l.was.as_deref() == Some(name))
            else {
                return false;
            };
            if line.id == to.id {
                return true;
            }
            name = &line.id;
        }
        false
    };
    follows(a, b) || follows(b, a)
}

fn shell_quote(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_alphanumeric() || "/-_.".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
