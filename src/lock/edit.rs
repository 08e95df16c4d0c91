//! The `cartable lock` commands: the only changes that building does not make.

use std::collections::BTreeSet;

use super::{Line, Lock, Retired};
use crate::course::Course;

/// A released lock, to tell which of two clashing lines is new.
#[derive(Debug)]
pub struct Baseline(Lock);

/// Why a `cartable lock` command cannot be carried out, in a sentence for the author.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EditError(String);

type Edit<T> = Result<T, EditError>;

fn refuse<T>(reason: impl Into<String>) -> Edit<T> {
    Err(EditError(reason.into()))
}

impl Baseline {
    /// Wraps the lock of a release.
    #[must_use]
    pub fn new(lock: Lock) -> Self {
        Self(lock)
    }
}

/// Which list of the lock an id belongs to.
enum Place {
    Page,
    Question,
    Choice(u32),
}

impl Lock {
    /// Says that `new` is another name for `old`: it gets the number of `old`.
    ///
    /// Both are page ids, question ids, or `question/choice`. Returns a sentence that says what was done.
    ///
    /// # Errors
    /// When `old` is not in the lock, or `new` has a number of its own that is not its first.
    pub fn rename(&mut self, old: &str, new: &str) -> Edit<String> {
        if let Some(number) = self.pages.iter().find(|line| line.id == old).map(|line| line.number) {
            move_line(&mut self.pages, number, old, new, &mut self.retired, Retired::Page)?;
            return Ok(format!("the page `{new}` has the number {number} of `{old}`"));
        }
        if let Some(at) = self.questions.iter().position(|q| q.line.id == old) {
            return self.rename_question(at, old, new);
        }
        if let Some((question, old_choice, new_choice)) = self.choice_names(old, new) {
            let mut lines: Vec<Line> = self.lines_of(question);
            let Some(number) = lines.iter().find(|line| line.id == old_choice).map(|line| line.number) else {
                return refuse(format!("the lock knows no choice `{old_choice}`"));
            };
            let retire = |choice| Retired::Choice { question, choice };
            move_line(&mut lines, number, &old_choice, &new_choice, &mut self.retired, retire)?;
            self.choices.retain(|c| c.question != question);
            self.choices.extend(lines.into_iter().map(|line| super::ChoiceLine { question, line }));
            return Ok(format!("the choice `{new_choice}` has the number {number} of `{old_choice}`"));
        }
        refuse(format!("the lock knows no page, question or choice `{old}`; ids stand in course.lock"))
    }

    fn rename_question(&mut self, at: usize, old: &str, new: &str) -> Edit<String> {
        let kind = self.questions[at].kind.clone();
        let number = self.questions[at].line.number;
        let (same, other): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.questions).into_iter().partition(|q| q.kind == kind);
        if other.iter().any(|q| q.line.id == new) {
            self.questions.extend(same.into_iter().chain(other));
            return refuse(format!("`{new}` is a question of another kind than `{old}`, so answers cannot be kept"));
        }
        let dropped = same.iter().find(|q| q.line.id == new).map(|q| q.line.number);
        let mut lines: Vec<Line> = same.into_iter().map(|q| q.line).collect();
        let moved = move_line(&mut lines, number, old, new, &mut self.retired, Retired::Question);
        self.questions.extend(lines.into_iter().map(|line| super::QuestionLine { line, kind: kind.clone() }));
        self.questions.extend(other);
        moved?;
        // What the new id had got under a number of its own belongs to the old number's choices now.
        if let Some(dropped) = dropped.filter(|n| *n != number) {
            self.choices.retain(|c| c.question != dropped);
            self.keys.retain(|k| k.question != dropped);
        }
        Ok(format!("the question `{new}` has the number {number} of `{old}`"))
    }

    fn lines_of(&self, question: u32) -> Vec<Line> {
        self.choices.iter().filter(|c| c.question == question).map(|c| c.line.clone()).collect()
    }

    /// Splits `question/choice` twice; both must name the same question.
    fn choice_names(&self, old: &str, new: &str) -> Option<(u32, String, String)> {
        let question =
            self.questions.iter().find(|q| old.strip_prefix(&q.line.id).is_some_and(|r| r.starts_with('/')))?;
        let prefix = format!("{}/", question.line.id);
        let old = old.strip_prefix(&prefix)?.to_owned();
        let new = new.strip_prefix(&prefix).unwrap_or(new).to_owned();
        Some((question.line.number, old, new))
    }

    /// Gives `id` (a page, a question, or `question/choice`) the next free number. The choices of a question go with
    /// it, as far as `course` says that they are its own.
    ///
    /// # Errors
    /// When the lock does not know `id`.
    pub fn renumber(&mut self, id: &str, course: &Course) -> Edit<String> {
        let place = self.place(id)?;
        let next = self.next(&place);
        let name = match place {
            Place::Choice(question) => self.choice_name(question, id),
            Place::Page | Place::Question => id.to_owned(),
        };
        let line = match place {
            Place::Page => self.pages.iter_mut().rev().find(|line| line.id == name),
            Place::Question => self.questions.iter_mut().map(|q| &mut q.line).rev().find(|line| line.id == name),
            Place::Choice(question) => {
                let lines = self.choices.iter_mut().filter(|c| c.question == question).map(|c| &mut c.line);
                lines.rev().find(|line| line.id == name)
            }
        };
        let Some(line) = line else {
            return refuse(format!("the lock knows no `{id}`"));
        };
        let old = std::mem::replace(&mut line.number, next);
        if matches!(place, Place::Question) {
            self.move_choices(id, old, next, course);
        }
        Ok(format!("`{id}` had the number {old} and has {next} now"))
    }

    /// After a question got another number: its choices follow, those of the question that keeps the number stay.
    /// Keys are left to the next build, which writes a first revision under the new number.
    fn move_choices(&mut self, id: &str, old: u32, new: u32, course: &Course) {
        let ids_of = |question: &str| -> BTreeSet<String> {
            let found = course.questions().find(|(_, q)| q.id == question);
            found.map(|(_, q)| q.choices().iter().map(|choice| choice.id.clone()).collect()).unwrap_or_default()
        };
        let own = ids_of(id);
        let kept: BTreeSet<String> =
            self.questions.iter().filter(|q| q.line.number == old).flat_map(|q| ids_of(&q.line.id)).collect();
        for choice in &mut self.choices {
            if choice.question == old && own.contains(&choice.line.id) && !kept.contains(&choice.line.id) {
                choice.question = new;
            }
        }
    }

    fn choice_name(&self, question: u32, id: &str) -> String {
        let owner = self.questions.iter().find(|q| q.line.number == question).map_or("", |q| q.line.id.as_str());
        id.strip_prefix(owner).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id).to_owned()
    }

    fn place(&self, id: &str) -> Edit<Place> {
        if self.pages.iter().any(|line| line.id == id) {
            return Ok(Place::Page);
        }
        if self.questions.iter().any(|q| q.line.id == id) {
            return Ok(Place::Question);
        }
        let owner = self.questions.iter().find(|q| {
            let choice = id.strip_prefix(&q.line.id).and_then(|rest| rest.strip_prefix('/'));
            choice.is_some_and(|choice| self.choices.iter().any(|c| c.question == q.line.number && c.line.id == choice))
        });
        match owner {
            Some(question) => Ok(Place::Choice(question.line.number)),
            None => refuse(format!("the lock knows no page, question or choice `{id}`; ids stand in course.lock")),
        }
    }

    fn next(&self, place: &Place) -> u32 {
        let retired = self.retired.iter().filter_map(|r| match (place, r) {
            (Place::Page, Retired::Page(n)) | (Place::Question, Retired::Question(n)) => Some(*n),
            (Place::Choice(q), Retired::Choice { question, choice }) if q == question => Some(*choice),
            _ => None,
        });
        let used: Vec<u32> = match place {
            Place::Page => self.pages.iter().map(|line| line.number).collect(),
            Place::Question => self.questions.iter().map(|q| q.line.number).collect(),
            Place::Choice(q) => self.choices.iter().filter(|c| c.question == *q).map(|c| c.line.number).collect(),
        };
        1 + retired.chain(used).max().unwrap_or(0)
    }

    /// Gives a new number to every line that clashes with a line of the released lock.
    ///
    /// # Errors
    /// When nothing clashes, or the released lock is that of another course.
    pub fn renumber_new(&mut self, base: &Baseline, course: &Course) -> Edit<Vec<String>> {
        if base.0.course != self.course {
            return refuse("the lock given as --base belongs to another course");
        }
        let released: BTreeSet<(String, u32)> = base.0.named_numbers().collect();
        let all: Vec<(String, u32)> = self.named_numbers().collect();
        let mut done = Vec::new();
        for (index, (name, number)) in all.iter().enumerate() {
            let clash = all
                .iter()
                .enumerate()
                .any(|(i, (other, n))| i != index && n == number && other != name && self.same_list(other, name));
            if clash && !released.contains(&(name.clone(), *number)) {
                done.push(self.renumber(name, course)?);
            }
        }
        if done.is_empty() { refuse("no number of the lock clashes with a released one") } else { Ok(done) }
    }

    /// Every id with its number, choices as `question/choice`; renamed ones by their latest name.
    fn named_numbers(&self) -> impl Iterator<Item = (String, u32)> {
        let pages = self.pages.iter().map(|line| (line.id.clone(), line.number));
        let questions = self.questions.iter().map(|q| (q.line.id.clone(), q.line.number));
        let choices = self.choices.iter().filter_map(|c| {
            let owner = self.questions.iter().find(|q| q.line.number == c.question)?;
            Some((format!("{}/{}", owner.line.id, c.line.id), c.line.number))
        });
        pages.chain(questions).chain(choices)
    }

    fn same_list(&self, a: &str, b: &str) -> bool {
        let list = |id: &str| {
            self.place(id).map(|place| match place {
                Place::Page => (0, 0),
                Place::Question => (1, 0),
                Place::Choice(question) => (2, question),
            })
        };
        list(a).is_ok_and(|a| list(b).is_ok_and(|b| a == b))
    }

    /// Takes the identity of `course` as a new beginning: LMSs will see a new course.
    pub fn accept_reset(&mut self, course: &Course) {
        self.course.clone_from(&course.id.value);
        self.units.clear();
    }
}

/// Gives `new` the number of `old`; a number that `new` had of its own is retired.
fn move_line(
    lines: &mut Vec<Line>,
    number: u32,
    old: &str,
    new: &str,
    retired: &mut Vec<Retired>,
    retire: impl Fn(u32) -> Retired,
) -> Edit<()> {
    if old == new {
        return refuse("the two names are the same");
    }
    if let Some(line) = lines.iter_mut().find(|line| line.id == new) {
        let own = std::mem::replace(&mut line.number, number);
        line.was = Some(old.to_owned());
        if own != number && !retired.contains(&retire(own)) {
            retired.push(retire(own));
        }
    } else {
        lines.push(Line { number, id: new.to_owned(), was: Some(old.to_owned()), span: None });
    }
    retired.retain(|r| *r != retire(number));
    Ok(())
}
