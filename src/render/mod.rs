//! The *render* stage: one HTML document per unit, the style sheet, and what is to be scripted.
//!
//! It is blind to targets. The one thing that differs between them inside a document, where it may connect to,
//! is left open in [`Document`].

mod blocks;
mod data;
mod data_table;
mod html;
mod media;
mod question;

use std::collections::BTreeSet;

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use crate::catalogue::{self, Catalogue, fill};
use crate::check::Facts;
use crate::check::links::Destination;
use crate::colour::Colour;
use crate::course::{Course, Duration, Feedback, Lesson, Page, PageKind, Quiz, Unit};
use crate::error::Error;
use crate::keys::Count;
use crate::lock::Numbers;
use crate::runtime::{Feature, Kind};
use crate::templates;

use blocks::Context;
use html::Html;

/// What a course looks like, for every target.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// One document per unit, in order.
    pub(crate) documents: Vec<Document>,
    /// The style sheet.
    pub(crate) style: String,
    /// The kinds of question that the course uses.
    pub(crate) kinds: BTreeSet<Kind>,
    /// What else its pages need a script for.
    pub(crate) features: BTreeSet<Feature>,
    /// The origins that learners' browsers may contact: those of players on other sites.
    pub(crate) remote: BTreeSet<String>,
}

/// An HTML document whose `connect-src` is still open.
#[derive(Debug)]
pub(crate) struct Document {
    before: String,
    after: String,
}

impl Document {
    /// The document for a target that may connect to `connect_src`.
    pub(crate) fn with_connect_src(&self, connect_src: &str) -> String {
        [self.before.as_str(), connect_src, self.after.as_str()].concat()
    }
}

const STYLE: &str = include_str!("../../templates/style.css");
/// Where the target's `connect-src` goes; no author can write this character.
const CONNECT_SRC: char = '\u{1a}';

/// Renders every unit of `course`.
///
/// # Errors
/// [`Error::Template`] when a built-in template fails.
pub(crate) fn render(course: &Course, facts: &Facts<'_>, numbers: &Numbers) -> Result<Rendered, Error> {
    let words = catalogue::for_language(&course.language);
    let renderer = Renderer { course, facts, numbers, words };
    let documents = course.units().iter().map(|unit| renderer.document(unit)).collect::<Result<_, _>>()?;
    let accent = Colour::parse(&course.accent.value).unwrap_or_else(|| unreachable!("parse lets only colours through"));
    let style = STYLE
        .replace("ACCENT-ON-LIGHT", &accent.to_string())
        .replace("ACCENT-ON-DARK", &accent.lightened_for(Colour::DARK_BACKGROUND).to_string());
    let (kinds, remote) = (data::kinds(course), media::origins(course.pages()));
    Ok(Rendered { documents, style, kinds, features: features(course, facts), remote })
}

/// What the pages of a course need a script for, besides questions.
fn features(course: &Course, facts: &Facts<'_>) -> BTreeSet<Feature> {
    let filter = data_table::has_filters(course, facts).then_some(Feature::Filter);
    let media = media::is_in(course).then_some(Feature::Media);
    filter.into_iter().chain(media).collect()
}

struct Renderer<'a> {
    course: &'a Course,
    facts: &'a Facts<'a>,
    numbers: &'a Numbers,
    words: &'a Catalogue,
}

#[derive(Serialize)]
struct LessonView {
    label: Option<String>,
    title: String,
    pages: Vec<LinkView>,
}

#[derive(Serialize, Clone)]
struct LinkView {
    id: String,
    title: String,
}

fn safe(html: impl Into<String>) -> Value {
    Value::from_safe_string(html.into())
}

impl Renderer<'_> {
    fn document(&self, unit: &Unit<'_>) -> Result<Document, Error> {
        let (course, words) = (self.course, self.words);
        let order: Vec<LinkView> = unit.pages().map(|page| self.link(page)).collect();
        let about = LinkView { id: "about".to_owned(), title: words.get("about").to_owned() };
        let mut sections = String::new();
        for lesson in unit.lessons {
            for page in &lesson.pages {
                sections.push_str(&self.page(lesson, page, &order, &about)?);
            }
        }
        let lessons: Vec<LessonView> = unit.lessons.iter().map(|lesson| self.lesson(lesson)).collect();
        let view = context! {
            t => Serde(words.section("page")),
            words_language => (words.language != course.language.primary()).then_some(words.language),
            language => course.language.tag(),
            dir => course.language.direction().as_str(),
            title => unit.title,
            description => &course.description,
            version => env!("CARGO_PKG_VERSION"),
            icon => self.logo().map(safe),
            connect_src => CONNECT_SRC.to_string(),
            frame_src => media::origins(unit.pages()).into_iter().collect::<Vec<_>>(),
            several_lessons => lessons.len() > 1,
            lessons => Serde(&lessons),
            about => Serde(&about),
            sections => safe(sections),
            about_section => safe(self.about(order.last())?),
            data => safe(data::json(course, unit, self.facts, self.numbers, words)),
        };
        let html = templates::render("document.html", view)?;
        let (before, after) =
            html.split_once(CONNECT_SRC).unwrap_or_else(|| unreachable!("document.html has a place for connect-src"));
        Ok(Document { before: before.to_owned(), after: after.to_owned() })
    }

    fn link(&self, page: &Page) -> LinkView {
        LinkView { id: format!("p{}", self.numbers.page(&page.id)), title: page.title.clone() }
    }

    fn lesson(&self, lesson: &Lesson) -> LessonView {
        let pages = lesson.pages.iter().map(|page| self.link(page)).collect();
        LessonView { label: lesson.label.clone(), title: lesson.title.clone(), pages }
    }

    fn logo(&self) -> Option<String> {
        let logo = self.course.logo.as_ref()?;
        match self.facts.links.resolve("course.toml", &logo.value) {
            Ok(Destination::File(path)) => Some(self.facts.media.get(path)?.path.as_str().to_owned()),
            _ => None,
        }
    }

    fn page(&self, lesson: &Lesson, page: &Page, order: &[LinkView], about: &LinkView) -> Result<String, Error> {
        let context = Context {
            facts: self.facts,
            numbers: self.numbers,
            words: self.words,
            language: &self.course.language,
            page,
        };
        let mut body = Html::default();
        let first_question =
            page.blocks.iter().position(|block| matches!(block.kind, crate::course::BlockKind::Question(_)));
        let (before, questions) = page.blocks.split_at(first_question.unwrap_or(page.blocks.len()));
        context.blocks(before, &mut body);
        let introduction = body.finish();
        let mut body = Html::default();
        context.blocks(questions, &mut body);
        let questions = body.finish();
        let mut notes = Html::default();
        context.footnotes(&mut notes);
        let id = context.section();
        let at = order.iter().position(|link| link.id == id).unwrap_or(0);
        let view = context! {
            t => Serde(self.words.section("page")),
            id => id,
            title => &page.title,
            introduction => safe(introduction),
            questions => safe(questions),
            notes => safe(notes.finish()),
            previous => at.checked_sub(1).map(|at| Serde(&order[at])),
            next => Serde(order.get(at + 1).unwrap_or(about)),
            quiz => page.quiz().map(|quiz| self.quiz_facts(page, quiz)),
            ends_each => page.quiz().is_some_and(|quiz| quiz.feedback == Feedback::AfterEach),
            ..self.cover(lesson),
        };
        templates::render(if matches!(page.kind, PageKind::Cover) { "cover.html" } else { "page.html" }, view)
    }

    fn cover(&self, lesson: &Lesson) -> Value {
        let activities = self.words.section("activities");
        context! {
            course_title => &self.course.title,
            logo => self.logo().map(safe),
            label => &lesson.label,
            description => &lesson.description,
            objectives => &lesson.objectives,
            competencies => lesson.competencies.iter()
                .map(|competency| context! { name => &competency.name, parts => &competency.parts })
                .collect::<Vec<_>>(),
            activity => lesson.activity.as_ref().and_then(|activity| activities.get(activity)),
            duration => lesson.duration.map(|duration| duration_text(duration, self.words)),
            instructions => &lesson.instructions,
        }
    }

    fn quiz_facts(&self, page: &Page, quiz: &Quiz) -> String {
        let words = self.words;
        let questions = match page.questions().count() {
            1 => words.get("quiz-facts-one").to_owned(),
            n => words.fill("quiz-facts", &[("questions", &n.to_string())]),
        };
        let attempts = match quiz.attempts {
            Count::Times(1) => words.get("quiz-attempts-one").to_owned(),
            Count::Times(n) => words.fill("quiz-attempts", &[("attempts", &n.to_string())]),
            Count::Unlimited => words.get("quiz-attempts-unlimited").to_owned(),
        };
        let mark = words.fill("quiz-mark", &[("mark", &quiz.pass_mark.to_string())]);
        [questions, attempts, mark].join(" · ")
    }

    fn about(&self, last: Option<&LinkView>) -> Result<String, Error> {
        let course = self.course;
        // Sources are written in course.toml, so their links start from its folder.
        let nowhere = Page {
            id: String::new(),
            path: "course.toml".to_owned(),
            span: crate::diagnostic::Span::new(crate::sources::FileId(0), 0..0),
            title: String::new(),
            kind: PageKind::Reading,
            required: false,
            blocks: Vec::new(),
            footnotes: Vec::new(),
        };
        let context = Context {
            facts: self.facts,
            numbers: self.numbers,
            words: self.words,
            language: &self.course.language,
            page: &nowhere,
        };
        let sources: Vec<Value> = course
            .sources
            .iter()
            .map(|source| {
                let mut html = Html::default();
                context.inlines(source, &mut html);
                safe(html.finish())
            })
            .collect();
        let view = context! {
            t => Serde(self.words.section("page")),
            sources => sources,
            credits => &course.credits,
            authors => &course.authors,
            publisher => &course.publisher,
            license => course.license.as_ref().map(|license| context! { name => &license.name, url => safe(&*license.url) }),
            version => &course.version,
            updated => &course.updated,
            updated_text => course.updated.as_deref().map(|date| self.words.date(date)),
            contact => &course.accessibility_contact,
            previous => last.map(Serde),
        };
        templates::render("about.html", view)
    }
}

/// A duration as people say it.
fn duration_text(duration: Duration, words: &Catalogue) -> String {
    let section = words.section("durations");
    let text = |key: &str, values: &[(&str, &str)]| fill(&section[key], values);
    let one = |minutes: u32| match (minutes / 60, minutes % 60) {
        (0, m) => text("minutes", &[("n", &m.to_string())]),
        (h, 0) => text("whole-hours", &[("h", &h.to_string())]),
        (h, m) => text("hours", &[("h", &h.to_string()), ("m", &format!("{m:02}"))]),
    };
    match (duration.min, duration.max) {
        (min, max) if min == max => one(min),
        (min, max) if max < 60 => text("range", &[("min", &min.to_string()), ("max", &max.to_string())]),
        (min, max) => text("range-hours", &[("min", &one(min)), ("max", &one(max))]),
    }
}
