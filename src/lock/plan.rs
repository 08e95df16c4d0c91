//! Numbering a course: which numbers are known, which are new, what seems to be a new name for an old thing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::{
    ChoiceLine, KeyLine, Line, Lock, Numbers, QuestionLine, QuestionNumbers, Retired, UnitLine, derive_unit_id, key,
};
use crate::code;
use crate::command;
use crate::course::{Course, Part, PartKind, Question, Units, WHOLE_COURSE};
use crate::diagnostic::{Diagnostic, Span, nearest};

/// What a build makes of a lock.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The lock with the lines of this build added.
    pub(crate) lock: Lock,
    /// Whether any line was added.
    pub(crate) changed: bool,
    /// The numbers of the course.
    pub(crate) numbers: Numbers,
}

/// Numbers `course` by `lock`, the last build's, if there was one.
pub(crate) fn plan(lock: Option<&Lock>, course: &Course) -> (Plan, Vec<Diagnostic>) {
    let start = lock.cloned().unwrap_or_else(|| Lock { course: course.id.value.clone(), ..Lock::default() });
    let mut planner =
        Planner { first: lock.is_none(), lock: start, numbers: Numbers::default(), diagnostics: Vec::new() };
    planner.gaps();
    planner.identity(course);
    planner.pages(course);
    planner.questions(course);
    let changed = lock != Some(&planner.lock);
    (Plan { lock: planner.lock, changed, numbers: planner.numbers }, planner.diagnostics)
}

struct Planner {
    first: bool,
    lock: Lock,
    numbers: Numbers,
    diagnostics: Vec<Diagnostic>,
}

/// Something that has no number yet, and where it stands.
#[derive(Clone, Copy)]
struct Arrival<'a> {
    id: &'a str,
    span: Span,
}

impl Planner {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Numbers are given one after the other and kept for ever, so one that is missing was taken out by hand.
    fn gaps(&mut self) {
        let pages = self.lock.pages.iter().map(|line| (Retired::Page(line.number), line.span));
        let questions = self.lock.questions.iter().map(|q| (Retired::Question(q.line.number), q.line.span));
        let choice = |c: &ChoiceLine| Retired::Choice { question: c.question, choice: c.line.number };
        let choices = self.lock.choices.iter().map(|c| (choice(c), c.line.span));
        let gone = self.lock.retired.iter().map(|retired| (*retired, None));
        let given: BTreeMap<Retired, Option<Span>> = gone.chain(pages).chain(questions).chain(choices).collect();
        let mut last = BTreeMap::new();
        for (given, span) in given {
            let (list, number) = list_and_number(given);
            let first = last.insert(list.clone(), number).unwrap_or(0) + 1;
            if first < number {
                self.diagnostics.push(gap(&list, first..=number - 1, span));
            }
        }
    }

    fn identity(&mut self, course: &Course) {
        if self.lock.course != course.id.value {
            let message = format!(
                "the id of the course was `{}`: with another id every LMS takes it for a new course, and learners lose \
                 their progress, answers and scores",
                self.lock.course
            );
            let diagnostic = Diagnostic::new(&code::LOCK_RESET, course.id.span, message)
                .hint(format!("put it back: id = \"{}\"", self.lock.course))
                .hint("if this is a new course made from a copy, accept the new start: cartable lock accept-reset");
            self.say(diagnostic);
        }
        let wanted: Vec<String> = course.units().iter().map(|unit| unit.key.to_owned()).collect();
        let is_new = |key: &&String| !self.lock.units.iter().any(|line| line.unit == **key);
        let come: Vec<String> = wanted.iter().filter(is_new).cloned().collect();
        for key in &wanted {
            let known = self.lock.units.iter().find(|line| line.unit == *key).map(|line| line.id);
            let id = known.unwrap_or_else(|| {
                let id = derive_unit_id(&course.id.value, key);
                self.lock.units.push(UnitLine { unit: key.clone(), id });
                id
            });
            self.numbers.units.insert(key.clone(), id);
        }
        let whole = self.numbers.units.get(WHOLE_COURSE).copied();
        self.numbers.course = whole.unwrap_or_else(|| derive_unit_id(&course.id.value, WHOLE_COURSE));
        let gone =
            self.lock.units.iter().map(|line| line.unit.as_str()).filter(|unit| !wanted.iter().any(|w| w == unit));
        let gone: Vec<String> = gone.map(str::to_owned).collect();
        if !gone.is_empty() {
            self.say(units_gone(&gone, &come, course));
        }
    }

    fn pages(&mut self, course: &Course) {
        let mut live = BTreeSet::new();
        let mut new = Vec::new();
        for page in course.pages() {
            match self.lock.pages.iter().find(|line| line.id == page.id) {
                Some(line) => {
                    live.insert(line.number);
                    self.numbers.pages.insert(page.id.clone(), line.number);
                }
                None => new.push(Arrival { id: &page.id, span: page.span }),
            }
        }
        let retired: BTreeSet<u32> = self.retired_pages().collect();
        let gone = unused(self.lock.pages.iter(), &live, &retired);
        let (moved, others) = self.renamed_folders(&new, &gone);
        let arrivals: Vec<Arrival<'_>> = new.iter().filter(|new| !moved.contains(new.id)).copied().collect();
        self.maybe_renamed(&arrivals, &others, "page");
        let next = 1 + self.lock.pages.iter().map(|line| line.number).chain(retired).max().unwrap_or(0);
        for (number, Arrival { id, .. }) in (next..).zip(new) {
            self.lock.pages.push(Line { number, id: id.to_owned(), was: None, span: None });
            self.numbers.pages.insert(id.to_owned(), number);
        }
        self.lock.retired.extend(gone.iter().map(|(number, _)| Retired::Page(*number)));
    }

    /// Says which folders seem to have another name: several of their pages have gone, and have come in one new folder.
    /// Returns the ids that have come in those, and the pages that have gone from no such folder.
    fn renamed_folders(
        &mut self,
        new: &[Arrival<'_>],
        gone: &[(u32, String)],
    ) -> (BTreeSet<String>, Vec<(u32, String)>) {
        let (mut moved, mut others) = (BTreeSet::new(), gone.to_vec());
        let folders: BTreeSet<&str> = gone.iter().filter_map(|(_, id)| Some(id.rsplit_once('/')?.0)).collect();
        for old in if self.first { BTreeSet::new() } else { folders } {
            let names: Vec<&str> = gone.iter().filter_map(|(_, id)| in_folder(id, old)).collect();
            let has_come = |folder: &str| {
                names.iter().all(|name| new.iter().any(|arrival| in_folder(arrival.id, folder) == Some(name)))
            };
            let heir = new.iter().filter(|arrival| !moved.contains(arrival.id)).find_map(|arrival| {
                let (folder, _) = arrival.id.rsplit_once('/')?;
                (names.len() > 1 && has_come(folder)).then_some((folder, arrival.span))
            });
            if let Some((folder, span)) = heir {
                self.say(folder_renamed(old, folder, names.len(), span));
                moved.extend(names.iter().map(|name| format!("{folder}/{name}")));
                others.retain(|(_, id)| in_folder(id, old).is_none());
            }
        }
        (moved, others)
    }

    fn retired_pages(&self) -> impl Iterator<Item = u32> {
        self.lock.retired.iter().filter_map(|r| if let Retired::Page(n) = r { Some(*n) } else { None })
    }

    fn retired_questions(&self) -> impl Iterator<Item = u32> {
        self.lock.retired.iter().filter_map(|r| if let Retired::Question(n) = r { Some(*n) } else { None })
    }

    fn questions(&mut self, course: &Course) {
        let known: BTreeMap<(&str, &str), u32> =
            self.lock.questions.iter().map(|q| ((q.line.id.as_str(), q.kind.as_str()), q.line.number)).collect();
        let mut live = BTreeSet::new();
        let mut new = Vec::new();
        let mut numbered = Vec::new();
        let retired: BTreeSet<u32> = self.retired_questions().collect();
        let mut next = 1 + known.values().copied().chain(retired.iter().copied()).max().unwrap_or(0);
        let mut added = Vec::new();
        let mut changed_kind = Vec::new();
        for (_, question) in course.questions() {
            let kind = question.kind_name();
            if let Some(number) = known.get(&(question.id.as_str(), kind)) {
                live.insert(*number);
                numbered.push((question, *number));
                continue;
            }
            if self.lock.questions.iter().any(|q| q.line.id == question.id) {
                changed_kind.push(question);
            } else {
                new.push(Arrival { id: &question.id, span: question.span });
            }
            let line = Line { number: next, id: question.id.clone(), was: None, span: None };
            added.push(QuestionLine { line, kind: kind.to_owned() });
            numbered.push((question, next));
            next += 1;
        }
        let mut gone = unused(self.lock.questions.iter().map(|q| &q.line), &live, &retired);
        for question in &changed_kind {
            self.kind_changed(question);
        }
        self.lock.retired.extend(gone.iter().map(|(number, _)| Retired::Question(*number)));
        gone.retain(|(_, id)| !changed_kind.iter().any(|question| question.id == *id));
        self.maybe_renamed(&new, &gone, "question");
        if new.is_empty() {
            self.questions_gone(&gone, course);
        }
        self.lock.questions.extend(added);
        for (question, number) in numbered {
            let parts = self.parts(question, number);
            let revision = self.revision(question, number, &parts);
            self.numbers.questions.insert(question.id.clone(), QuestionNumbers { number, parts, revision });
        }
    }

    fn kind_changed(&mut self, question: &Question) {
        let kind = question.kind_name();
        let message = format!("the kind of this question has changed to {kind}: answers given so far are lost");
        let hint = "nothing to do if that is meant; finished attempts keep their score";
        self.say(Diagnostic::new(&code::QUESTION_KIND_CHANGED, question.span, message).hint(hint));
    }

    /// Something has gone and something has come: perhaps it is the same thing under another name.
    fn maybe_renamed(&mut self, new: &[Arrival<'_>], gone: &[(u32, String)], what: &str) {
        if self.first {
            return;
        }
        // What has come can have been one thing only.
        let mut free: Vec<&Arrival<'_>> = new.iter().collect();
        for (_, old) in gone {
            let likely = free.iter().position(|arrival| nearest(old, [arrival.id]).is_some());
            let Some(at) = likely.or((!free.is_empty()).then_some(0)) else {
                continue;
            };
            let arrival = free.remove(at);
            self.say(renamed(what, [old, arrival.id], [old, arrival.id], arrival.span));
        }
    }

    /// Questions have gone and none has come.
    ///
    /// The lock does not know where they stood. It is not for the author's eyes, so they are told the page if there can
    /// be no other, else the course.
    fn questions_gone(&mut self, gone: &[(u32, String)], course: &Course) {
        let mut asking = course.pages().filter(|page| page.quiz().is_some());
        let place = match (asking.next(), asking.next()) {
            (Some(page), None) => Some(page.span),
            _ => course.id.span,
        };
        for (number, id) in gone {
            let message = format!("the question `{id}` has gone: its answers are no longer shown");
            let hint = "put it back under the same id, and they are found again; nothing to do if that is meant";
            self.say(
                Diagnostic::new(&code::ANSWERS_GONE, place, message)
                    .hint(format!("it was {}", self.described(*number)))
                    .hint(hint),
            );
        }
    }

    /// What the lock knows of a question: its kind, and its answer in words.
    fn described(&self, number: u32) -> String {
        const SHOWN: usize = 4;
        let kind = self.lock.questions.iter().rfind(|q| q.line.number == number).map_or("", |q| q.kind.as_str());
        let parts = self.lock.choices.iter().filter(|choice| choice.question == number);
        let texts: Vec<String> = parts.map(|choice| format!("`{}`", choice.line.id)).collect();
        let more = if texts.len() > SHOWN { ", …" } else { "" };
        let article = if kind.starts_with(['o', 'a', 'e', 'i']) { "an" } else { "a" };
        match texts.len() {
            0 => format!("{article} {kind} question"),
            shown => format!("{article} {kind} question with {}{more}", texts[..shown.min(SHOWN)].join(", ")),
        }
    }

    /// The numbers of the parts of a question's answer, in the author's order.
    fn parts(&mut self, question: &Question, number: u32) -> Vec<u32> {
        let lines: Vec<Line> =
            self.lock.choices.iter().filter(|c| c.question == number).map(|c| c.line.clone()).collect();
        let parts = question.parts();
        let mut numbers: Vec<Option<u32>> = parts.iter().map(|part| known_number(&lines, *part)).collect();
        let retired: BTreeSet<u32> = self
            .lock
            .retired
            .iter()
            .filter_map(|r| match r {
                Retired::Choice { question, choice } if *question == number => Some(*choice),
                _ => None,
            })
            .collect();
        let live: BTreeSet<u32> = numbers.iter().flatten().copied().collect();
        let mut gone = unused(lines.iter(), &live, &retired);
        for (part, known) in parts.iter().zip(&numbers) {
            if let Some(known) = known
                && !lines.iter().any(|line| line.id == part.id)
            {
                self.add_choice(number, *known, part.id, Some(part.text.to_owned()));
            }
        }
        // Prompts and answers of a matching come and go apart.
        for kind in PartKind::all_of(question.kind_name()) {
            self.renamed_part(question, number, *kind, &mut numbers, &mut gone);
        }
        let used = lines.iter().map(|line| line.number).chain(retired);
        let mut next = 1 + used.max().unwrap_or(0);
        for (part, known) in parts.iter().zip(&mut numbers) {
            if known.is_none() {
                self.add_choice(number, next, part.id, None);
                *known = Some(next);
                next += 1;
            }
        }
        self.lock.retired.extend(gone.iter().map(|(choice, _)| Retired::Choice { question: number, choice: *choice }));
        numbers.into_iter().flatten().collect()
    }

    fn add_choice(&mut self, question: u32, number: u32, id: &str, was: Option<String>) {
        self.lock.choices.push(ChoiceLine { question, line: Line { number, id: id.to_owned(), was, span: None } });
    }

    /// One text gone and one come at the same place is the same part, corrected: it keeps its number.
    fn renamed_part(
        &mut self,
        question: &Question,
        number: u32,
        kind: PartKind,
        numbers: &mut [Option<u32>],
        all_gone: &mut Vec<(u32, String)>,
    ) {
        let parts = question.parts();
        let places: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].kind == kind).collect();
        let new: Vec<usize> = places.iter().copied().filter(|at| numbers[*at].is_none()).collect();
        let is_one = |id: &str| PartKind::of(question.kind_name(), id) == kind;
        let gone: Vec<(u32, String)> = all_gone.iter().filter(|(_, id)| is_one(id)).cloned().collect();
        if new.is_empty() {
            for (_, old) in gone {
                let message = format!("the {} `{old}` has gone: {}", kind.word(), what_is_lost(kind));
                let hint = "put it back as it was, and answers are found again";
                self.say(Diagnostic::new(&code::ANSWERS_GONE, question.span, message).hint(hint));
            }
            return;
        }
        if let ([at], [(old_number, old)]) = (new.as_slice(), gone.as_slice())
            && let Some(index) = places.iter().position(|place| place == at)
            && same_place(&places.iter().map(|place| numbers[*place]).collect::<Vec<_>>(), index, *old_number)
        {
            let part = &parts[*at];
            let word = kind.word();
            let message =
                format!("taken for the {word} `{old}` with a new text: it keeps its number and learners their answer");
            let renumber = command::word(&format!("{}/{}", question.id, part.id));
            let hint = match kind {
                // They have no place for an id of their own.
                PartKind::Blank | PartKind::Answer => format!(
                    "if it is another {word}, build, then give it a number of its own before you release: cartable lock \
                     renumber {renumber}"
                ),
                _ => format!(
                    "if it is another {word}, give it an id of its own, such as {{#new-{word}}}, before you release"
                ),
            };
            self.say(Diagnostic::new(&code::CHOICE_RENAMED, part.span, message).hint(hint));
            self.add_choice(number, *old_number, part.id, Some(old.clone()));
            numbers[*at] = Some(*old_number);
            all_gone.retain(|(number, _)| number != old_number);
            return;
        }
        for ((_, old), at) in gone.iter().zip(new.iter().chain(std::iter::repeat(&new[new.len() - 1]))) {
            let part = &parts[*at];
            let typed = [old, part.id].map(|id| format!("{}/{id}", question.id));
            self.say(renamed(kind.word(), [old, part.id], typed.each_ref().map(String::as_str), part.span));
        }
    }

    fn revision(&mut self, question: &Question, number: u32, parts: &[u32]) -> u32 {
        if !question.is_scored() {
            return 1;
        }
        let key = key::of(question, parts);
        let mut revisions = self.lock.keys.iter().filter(|line| line.question == number);
        if let Some(line) = revisions.clone().find(|line| line.key == key) {
            return line.revision;
        }
        let latest = revisions.by_ref().max_by_key(|line| line.revision);
        let revision = 1 + latest.map_or(0, |line| line.revision);
        if let Some(latest) = latest {
            let found = key::changed(question, parts, &latest.key, &key);
            self.say(found);
        }
        self.lock.keys.push(KeyLine { question: number, revision, key, span: None });
        revision
    }
}

/// Units that the LMS knew have gone; `come` are those that it does not know yet.
fn units_gone(gone: &[String], come: &[String], course: &Course) -> Diagnostic {
    let named = |units: &[String]| units.iter().map(|unit| format!("`{unit}`")).collect::<Vec<_>>().join(", ");
    let message = match gone {
        [unit] => format!("the LMS knew the unit `{unit}`, which is no more: learners lose what they did in it"),
        _ => format!("the LMS knew the units {}, which are no more: learners lose what they did in them", named(gone)),
    };
    // Whether it is the course's shape that has changed, or its lessons.
    let lessons = course.units == Units::Lessons && !gone.iter().any(|unit| unit == WHOLE_COURSE);
    let listed = |key: &String| course.lessons.iter().find(|lesson| lesson.folder == *key)?.span;
    let (place, back) = if lessons {
        let place = come.iter().find_map(listed).or_else(|| course.lessons.iter().find_map(|lesson| lesson.span));
        let names = gone.iter().map(|unit| format!("\"{unit}\"")).collect::<Vec<_>>().join(", ");
        (place, format!("put {names} back into `lessons`, with the folder"))
    } else {
        let former = if course.units == Units::Lessons { "course" } else { "lessons" };
        let place = course.units_span.or_else(|| course.lessons.iter().find_map(|lesson| lesson.span));
        (place, format!("put `units` back as it was: units = \"{former}\" under [package]"))
    };
    let mut found = Diagnostic::new(&code::LOCK_RESET, place.or(course.id.span), message);
    if let (true, [old], [new]) = (lessons, gone, come) {
        let [old, new] = [old, new].map(|name| command::word(name));
        found =
            found.hint(format!("if the folder has another name, learners keep all: cartable lock rename {old} {new}"));
    }
    found.hint(format!("{back}, or accept the loss: cartable lock accept-reset"))
}

/// The list that a number belongs to, as the lines under `retired` begin, and the number.
fn list_and_number(given: Retired) -> (String, u32) {
    match given {
        Retired::Page(page) => ("page = ".to_owned(), page),
        Retired::Question(question) => ("question = ".to_owned(), question),
        Retired::Choice { question, choice } => (format!("question = {question}, choice = "), choice),
    }
}

fn gap(list: &str, missing: RangeInclusive<u32>, span: Option<Span>) -> Diagnostic {
    let (first, last) = missing.into_inner();
    let until = if first == last { String::new() } else { format!(" to {last}") };
    let message = format!("the lock has no line for {list}{first}{until}, as if it had been deleted by hand");
    let back = "take the line back from your backup or, if you use git, with: git checkout course.lock; without it \
                learners lose what they did there";
    let lost = format!("if it cannot be found, give the number up: within retired = [ ], write {{ {list}{first} }},");
    Diagnostic::new(&code::LOCK_GAP, span, message).hint(back).hint(lost)
}

/// Says that `ids[0]` may be called `ids[1]` now, with the command that says so, which takes them as `typed`.
fn renamed(what: &str, ids: [&str; 2], typed: [&str; 2], span: Span) -> Diagnostic {
    let [old, new] = typed.map(command::word);
    Diagnostic::new(&code::RENAMED, span, format!("the {what} `{}` has gone and `{}` has come", ids[0], ids[1]))
        .hint(format!("if it was renamed, say so, and learners keep what they did: cartable lock rename {old} {new}"))
        .hint("then build again; do not upload what was built before that")
        .hint("if nobody has followed this course yet, delete course.lock instead, and build anew")
}

/// The name of a page that lies in a folder.
fn in_folder<'a>(id: &'a str, folder: &str) -> Option<&'a str> {
    id.rsplit_once('/').filter(|(own, _)| *own == folder).map(|(_, name)| name)
}

fn folder_renamed(old: &str, new: &str, pages: usize, span: Span) -> Diagnostic {
    let [typed_old, typed_new] = [old, new].map(command::word);
    let message = format!("{pages} pages of the folder `{old}` have gone and have come in `{new}`");
    Diagnostic::new(&code::RENAMED, span, message)
        .hint(format!(
            "if the folder was renamed, say so, and learners keep what they did: cartable lock rename {typed_old} {typed_new}"
        ))
        .hint("then build again; do not upload what was built before that")
        .hint("if nobody has followed this course yet, delete course.lock instead, and build anew")
}

/// What a learner no longer finds when a part of an answer has gone.
fn what_is_lost(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Choice | PartKind::Point => "learners who took it find the question unanswered",
        PartKind::Item => "learners find the others in the order that they gave them",
        PartKind::Row | PartKind::Prompt => "what learners matched with it is no longer shown",
        PartKind::Answer => "learners who gave it find its prompt unanswered",
        PartKind::Blank => "what learners wrote in it is no longer shown",
    }
}

/// The numbers that no id of the course has any more, and that were not retired before, with their latest id.
fn unused<'a>(
    lines: impl Iterator<Item = &'a Line>,
    live: &BTreeSet<u32>,
    retired: &BTreeSet<u32>,
) -> Vec<(u32, String)> {
    let latest: BTreeMap<u32, &str> = lines.map(|line| (line.number, line.id.as_str())).collect();
    let unused = latest.into_iter().filter(|(number, _)| !live.contains(number) && !retired.contains(number));
    unused.map(|(number, id)| (number, id.to_owned())).collect()
}

/// The number of a choice by its id or, where the author has just given it an id, by its text.
fn known_number(lines: &[Line], part: Part<'_>) -> Option<u32> {
    let by = |id: &str| lines.iter().find(|line| line.id == id).map(|line| line.number);
    by(part.id).or_else(|| by(part.text))
}

/// Whether a part that has come at `at` stands between the same neighbours as the one with the number `old` stood.
///
/// The lock does not know where a choice stood; its number, among those of its neighbours, does.
fn same_place(numbers: &[Option<u32>], at: usize, old: u32) -> bool {
    let before = numbers[..at].iter().flatten().next_back().copied();
    let after = numbers[at + 1..].iter().flatten().next().copied();
    let live = || numbers.iter().flatten().copied();
    before == live().filter(|n| *n < old).max() && after == live().filter(|n| *n > old).min()
}
