//! The `cartable lock` commands: the only changes that building does not make.

use std::collections::BTreeSet;

use super::live::{self, Live};
use super::{ChoiceLine, Line, Lock, QuestionLine, Retired};
use crate::course::{Course, PartKind, Question};
use crate::diagnostic::nearest;

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

impl Place {
    fn retired(&self, number: u32) -> Retired {
        match self {
            Self::Page => Retired::Page(number),
            Self::Question => Retired::Question(number),
            Self::Choice(question) => Retired::Choice { question: *question, choice: number },
        }
    }
}

impl Lock {
    /// Says that `new`, which is in the course, is another name for `old`, which has gone: it gets the number of `old`.
    ///
    /// Both are page ids, question ids, `question/choice`, or the folders of a lesson's pages. Returns a sentence that
    /// says what was done.
    ///
    /// # Errors
    /// When the lock does not know `old`, the course still has it or does not have `new`, or `new` is older than `old`.
    pub fn rename(&mut self, old: &str, new: &str, course: &Course) -> Edit<String> {
        if old == new {
            return refuse("the two names are the same");
        }
        let live = Live::of(course);
        let place = match self.place(old, course) {
            Err(_) if self.has_folder(old) => return self.rename_folder(old, new, &live),
            place => place?,
        };
        match place {
            Place::Page => {
                let number = self.rename_page(old, new, &live)?;
                Ok(format!("the page `{new}` has the number {number} of `{old}`"))
            }
            Place::Question => self.rename_question(old, new, &live),
            Place::Choice(question) => self.rename_choice(question, old, new, &live),
        }
    }

    fn rename_page(&mut self, old: &str, new: &str, live: &Live<'_>) -> Edit<u32> {
        let renaming = Renaming { what: "page", old, new, ids: live.pages().clone(), live: live.pages() };
        let number = renaming.check(&self.pages.iter().collect::<Vec<_>>())?;
        move_line(&mut self.pages, number, &renaming, &mut self.retired, Retired::Page);
        Ok(number)
    }

    fn has_folder(&self, name: &str) -> bool {
        let prefix = as_prefix(name);
        self.pages.iter().any(|line| line.id.starts_with(&prefix))
    }

    /// Every page that has gone from the folder `old` and has come in `new`; all of them, or none.
    fn rename_folder(&mut self, old: &str, new: &str, live: &Live<'_>) -> Edit<String> {
        let (from, to) = (as_prefix(old), as_prefix(new));
        let renamed = |line: &Line| {
            let name = line.id.strip_prefix(&from)?;
            let heir = format!("{to}{name}");
            (live.pages().contains(heir.as_str()) && !live.pages().contains(line.id.as_str()))
                .then(|| (line.id.clone(), heir))
        };
        let pairs: BTreeSet<(String, String)> = self.pages.iter().filter_map(renamed).collect();
        if pairs.is_empty() {
            return refuse(format!(
                "no page has gone from the folder `{old}` and has come in `{new}` under the same name"
            ));
        }
        let mut lock = self.clone();
        for (old, new) in &pairs {
            lock.rename_page(old, new, live)?;
        }
        lock.rename_unit(folder(old), folder(new), live);
        *self = lock;
        let pages = if pairs.len() == 1 { "1 page".to_owned() } else { format!("{} pages", pairs.len()) };
        Ok(format!("{pages} of `{new}`: learners keep what they did there when it was `{old}`"))
    }

    /// Gives the unit of a lesson's folder its new name, if it has gone and come.
    fn rename_unit(&mut self, old: &str, new: &str, live: &Live<'_>) {
        let has_come = live.units().contains(new) && !self.units.iter().any(|line| line.unit == new);
        let gone = self.units.iter_mut().find(|line| line.unit == old && !live.units().contains(old));
        if let Some(line) = gone.filter(|_| has_come) {
            new.clone_into(&mut line.unit);
        }
    }

    fn rename_question(&mut self, old: &str, new: &str, live: &Live<'_>) -> Edit<String> {
        let ids = live.question_ids();
        let kind = live.question(new).map(Question::kind_name);
        let of_kind = |q: &QuestionLine| kind.is_none_or(|kind| kind == q.kind);
        let known: Vec<&Line> = self.questions.iter().filter(|q| of_kind(q)).map(|q| &q.line).collect();
        let renaming = Renaming { what: "question", old, new, live: &ids.clone(), ids };
        let number = renaming.check(&known)?;
        let (same, other): (Vec<_>, Vec<_>) = std::mem::take(&mut self.questions).into_iter().partition(of_kind);
        let mut lines: Vec<Line> = same.into_iter().map(|q| q.line).collect();
        let dropped = lines.iter().find(|line| line.id == new).map(|line| line.number);
        move_line(&mut lines, number, &renaming, &mut self.retired, Retired::Question);
        let kind = kind.unwrap_or_default();
        self.questions.extend(lines.into_iter().map(|line| QuestionLine { line, kind: kind.to_owned() }));
        self.questions.extend(other);
        // What the new id had got under a number of its own belongs to the old number's choices now.
        if let Some(dropped) = dropped.filter(|n| *n != number) {
            self.choices.retain(|c| c.question != dropped);
            self.keys.retain(|k| k.question != dropped);
        }
        Ok(format!("the question `{new}` has the number {number} of `{old}`"))
    }

    fn rename_choice(&mut self, question: u32, old: &str, new: &str, live: &Live<'_>) -> Edit<String> {
        let (old, new) = (self.choice_name(question, old), self.choice_name(question, new));
        let (lines, others) = std::mem::take(&mut self.choices).into_iter().partition(|c| c.question == question);
        self.choices = others;
        let mut lines: Vec<Line> = Vec::into_iter(lines).map(|c: ChoiceLine| c.line).collect();
        let known: Vec<&Line> = lines.iter().collect();
        let owner = live.numbered(self, question);
        let kind_name = owner.map_or("", Question::kind_name);
        let kind = PartKind::of(kind_name, &new);
        let known: Vec<&Line> = known.into_iter().filter(|line| PartKind::of(kind_name, &line.id) == kind).collect();
        let ids = owner.map(|owner| owner.parts().iter().map(|part| part.id).collect());
        let in_use = owner.map(|owner| live::choices(owner, &known)).unwrap_or_default();
        let what = kind.word();
        let renaming = Renaming { what, old: &old, new: &new, ids: ids.unwrap_or_default(), live: &in_use };
        let checked = renaming.check(&known);
        if let Ok(number) = checked {
            let retire = |choice| Retired::Choice { question, choice };
            move_line(&mut lines, number, &renaming, &mut self.retired, retire);
        }
        self.choices.extend(lines.into_iter().map(|line| ChoiceLine { question, line }));
        checked.map(|number| format!("the {what} `{new}` has the number {number} of `{old}`"))
    }

    /// Gives `id` (a page, a question, or `question/choice`) the next free number. The number that it had is retired,
    /// unless something else has it as well.
    ///
    /// # Errors
    /// When the lock does not know `id`.
    pub fn renumber(&mut self, id: &str, course: &Course) -> Edit<String> {
        let place = self.place(id, course)?;
        let next = self.next(&place);
        let name = match place {
            Place::Choice(question) => self.choice_name(question, id),
            Place::Page | Place::Question => id.to_owned(),
        };
        let Some(line) = self.lines_mut(&place).into_iter().rev().find(|line| line.id == name) else {
            return refuse(format!("the lock knows no `{id}`"));
        };
        let old = std::mem::replace(&mut line.number, next);
        line.was = None;
        let given_up = self.lines_mut(&place).iter().all(|line| line.number != old);
        let number = place.retired(old);
        if given_up && !self.retired.contains(&number) {
            self.retired.push(number);
        }
        if matches!(place, Place::Question) {
            self.drop_choices(id, old, given_up, course);
        }
        Ok(format!("`{id}` had the number {old} and has {next} now"))
    }

    fn lines_mut(&mut self, place: &Place) -> Vec<&mut Line> {
        match place {
            Place::Page => self.pages.iter_mut().collect(),
            Place::Question => self.questions.iter_mut().map(|q| &mut q.line).collect(),
            Place::Choice(question) => {
                self.choices.iter_mut().filter(|c| c.question == *question).map(|c| &mut c.line).collect()
            }
        }
    }

    /// After a question got another number: the next build numbers its choices anew, and writes a first revision of
    /// its key. Those of the question that keeps the number stay.
    fn drop_choices(&mut self, id: &str, old: u32, given_up: bool, course: &Course) {
        let ids_of = |question: &str| {
            let found = course.questions().find(|(_, q)| q.id == question);
            found.map(|(_, q)| q.parts().iter().map(|part| part.id.to_owned()).collect::<BTreeSet<String>>())
        };
        let own = ids_of(id);
        let of_number = self.questions.iter().filter(|q| q.line.number == old);
        let kept: BTreeSet<String> = of_number.filter_map(|q| ids_of(&q.line.id)).flatten().collect();
        let is_own = |choice: &str| own.as_ref().is_none_or(|own| own.contains(choice));
        let stays = |choice: &str| !given_up && (kept.contains(choice) || !is_own(choice));
        self.choices.retain(|choice| choice.question != old || stays(&choice.line.id));
    }

    fn choice_name(&self, question: u32, id: &str) -> String {
        let owner = self.questions.iter().find(|q| q.line.number == question).map_or("", |q| q.line.id.as_str());
        id.strip_prefix(owner).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id).to_owned()
    }

    fn place(&self, id: &str, course: &Course) -> Edit<Place> {
        if self.pages.iter().any(|line| line.id == id) {
            return Ok(Place::Page);
        }
        if self.questions.iter().any(|q| q.line.id == id) {
            return Ok(Place::Question);
        }
        let owns = |q: &&QuestionLine| {
            let choice = id.strip_prefix(&q.line.id).and_then(|rest| rest.strip_prefix('/'));
            choice.is_some_and(|choice| self.choices.iter().any(|c| c.question == q.line.number && c.line.id == choice))
        };
        // A question that has changed its kind has a line for each.
        let live = Live::of(course);
        let owners = || self.questions.iter().filter(owns);
        match owners().find(|q| live.has(q)).or_else(|| owners().next()) {
            Some(question) => Ok(Place::Choice(question.line.number)),
            None => refuse(format!("the lock knows no page, question or part of an answer `{id}`{}", self.meant(id))),
        }
    }

    fn meant(&self, id: &str) -> String {
        let names: Vec<String> = self.named_numbers().map(|(name, _)| name).collect();
        let nearest = nearest(id, names.iter().map(String::as_str));
        nearest.map_or("; ids stand in course.lock".to_owned(), |name| format!("; did you mean `{name}`?"))
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
            let clash = all.iter().enumerate().any(|(i, (other, n))| {
                i != index && n == number && other != name && self.same_list(other, name, course)
            });
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

    fn same_list(&self, a: &str, b: &str, course: &Course) -> bool {
        let list = |id: &str| {
            self.place(id, course).map(|place| match place {
                Place::Page => (0, 0),
                Place::Question => (1, 0),
                Place::Choice(question) => (2, question),
            })
        };
        list(a).is_ok_and(|a| list(b).is_ok_and(|b| a == b))
    }

    /// Takes the identity of `course`, and of its units, as a new beginning; says what LMSs will make of it.
    pub fn accept_reset(&mut self, course: &Course) -> Option<String> {
        if self.course != course.id.value {
            self.course.clone_from(&course.id.value);
            self.units.clear();
            return Some("LMSs will take the next package for a new course".to_owned());
        }
        let live = Live::of(course);
        let known = self.units.len();
        self.units.retain(|line| live.units().contains(line.unit.as_str()));
        match self.units.len() {
            kept if kept == known => None,
            0 => Some("LMSs will take the next package for a new course".to_owned()),
            _ => Some("LMSs will forget the units that are no more, and keep the others".to_owned()),
        }
    }
}

/// A folder as it is written in the lock.
fn folder(name: &str) -> &str {
    name.trim_start_matches("./").trim_end_matches('/')
}

/// How the ids of a folder's pages begin.
fn as_prefix(name: &str) -> String {
    format!("{}/", folder(name))
}

/// Two names that are said to be those of one thing.
struct Renaming<'a> {
    what: &'static str,
    old: &'a str,
    new: &'a str,
    /// The ids that the course has.
    ids: BTreeSet<&'a str>,
    /// The ids of the lock under which the course finds its numbers.
    live: &'a BTreeSet<&'a str>,
}

impl Renaming<'_> {
    /// The number of `old`, if `new` may have it without taking it or its own from learners.
    fn check(&self, lines: &[&Line]) -> Edit<u32> {
        let Self { what, old, new, .. } = self;
        let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let a_what = format!("{article} {what}");
        let whole = if ["page", "question"].contains(what) { "course" } else { "question" };
        if self.live.contains(old) {
            return refuse(format!(
                "`{old}` is still {a_what} of the {whole}, so `{new}` cannot take its number. Only what has gone can be \
                 renamed"
            ));
        }
        if !self.ids.contains(new) {
            let meant = nearest(new, self.ids.iter().copied());
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            return refuse(format!("the {whole} has no {what} `{new}`{meant}"));
        }
        let Some(number) = lines.iter().find(|line| line.id == *old).map(|line| line.number) else {
            return refuse(format!("`{new}` is {a_what} of another kind than `{old}`, so answers cannot be kept"));
        };
        let heir = lines.iter().find(|line| line.number == number && line.id != *new && self.live.contains(&*line.id));
        if let Some(heir) = heir {
            return refuse(format!(
                "`{old}` is called `{}` now, which is {a_what} of the {whole}, so `{new}` cannot take its number",
                heir.id
            ));
        }
        match lines.iter().find(|line| line.id == *new && line.number < number) {
            Some(own) => refuse(format!(
                "`{new}` has the number {} already, and is older than `{old}`: what learners did there would be lost",
                own.number
            )),
            None => Ok(number),
        }
    }
}

/// Gives the new name the number of the old one; a number that it had of its own is retired.
fn move_line(
    lines: &mut Vec<Line>,
    number: u32,
    names: &Renaming<'_>,
    retired: &mut Vec<Retired>,
    retire: impl Fn(u32) -> Retired,
) {
    if let Some(line) = lines.iter_mut().find(|line| line.id == names.new) {
        let own = std::mem::replace(&mut line.number, number);
        line.was = Some(names.old.to_owned());
        if own != number && !retired.contains(&retire(own)) {
            retired.push(retire(own));
        }
    } else {
        lines.push(Line { number, id: names.new.to_owned(), was: Some(names.old.to_owned()), span: None });
    }
    retired.retain(|r| *r != retire(number));
}
