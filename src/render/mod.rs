//! The *render* stage: one HTML document per unit, the style sheet, and what is to be scripted.
//!
//! It is blind to targets. What differs between them inside a document, where it may connect to and what only a
//! page of the open web says of itself, is left open in [`Document`].

mod blocks;
mod data;
mod data_table;
pub(crate) mod html;
mod markup;
mod media;
mod question;
pub(crate) mod statement;
mod style;
pub mod views;

use std::collections::BTreeSet;

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use crate::catalogue::{self, Catalogue, fill};
use crate::check::Facts;
use crate::code;
use crate::course::{Course, Duration, Feedback, Inline, Lesson, Page, PageKind, Quiz, Unit};
use crate::diagnostic::{Diagnostic, Span};
use crate::error::Error;
use crate::keys::Count;
use crate::lock::Numbers;
use crate::package::PackagePath;
use crate::runtime::{Feature, Kind};
use crate::templates;

use blocks::Context;
use html::Html;
use views::{
    AboutView, CompetencyView, CoverView, DayView, FooterView, HeaderView, LicenseView, LinkView, Markup, MastheadView,
    PagerView, View,
};

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

/// What becomes of links from one unit to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitLinks {
    /// They are text, with the name of the unit.
    Text,
    /// They lead to the other document.
    Links,
}

/// An HTML document with two places that are still open: its `connect-src`, and the end of what it says of itself.
#[derive(Debug)]
pub(crate) struct Document {
    before: String,
    between: String,
    after: String,
}

impl Document {
    /// The document for a target that may connect to `connect_src`, with lines of HTML of its own in the head.
    pub(crate) fn with(&self, connect_src: &str, head: &str) -> String {
        [self.before.as_str(), connect_src, self.between.as_str(), head, self.after.as_str()].concat()
    }
}

/// What stands in an open place; no author can write this character.
const OPEN: char = '\u{1a}';

/// Renders every unit of `course`, with what is wrong with the author's templates.
///
/// # Errors
/// [`Error::Template`] when a built-in template fails.
pub(crate) fn render(
    course: &Course,
    facts: &Facts<'_>,
    numbers: &Numbers,
    unit_links: UnitLinks,
) -> Result<(Rendered, Vec<Diagnostic>), Error> {
    let words = catalogue::for_language(&course.language);
    let mut renderer = Renderer { course, facts, numbers, words, unit_links, diagnostics: Vec::new() };
    let units = course.units();
    let nexts = units.iter().zip(&facts.documents).skip(1).map(Some).chain([None]);
    let documents =
        units.iter().zip(nexts).map(|(unit, next)| renderer.document(unit, next)).collect::<Result<_, _>>()?;
    let (kinds, remote) = (data::kinds(course), media::origins(course.pages()));
    let features = features(course, facts);
    Ok((Rendered { documents, style: style::sheet(course, facts), kinds, features, remote }, renderer.diagnostics))
}

/// What the pages of a course need a script for, besides questions as they are written.
fn features(course: &Course, facts: &Facts<'_>) -> BTreeSet<Feature> {
    let has_button = |(page, _): (&Page, _)| page.quiz().is_none_or(|quiz| quiz.feedback == Feedback::AfterEach);
    let validate = course.questions().any(has_button).then_some(Feature::Validate);
    let draws = |page: &Page| page.quiz().is_some_and(|quiz| !quiz.banks.is_empty());
    let shuffle = course.pages().any(|page| page.quiz().is_some_and(Quiz::is_mixed)).then_some(Feature::Shuffle);
    let banks = course.pages().any(draws).then_some(Feature::Banks);
    let objectives = data::has_objectives(course).then_some(Feature::Objectives);
    let filter = data_table::has_filters(course, facts).then_some(Feature::Filter);
    let media = media::is_in(course).then_some(Feature::Media);
    [validate, shuffle, banks, objectives, filter, media].into_iter().flatten().collect()
}

struct Renderer<'a> {
    course: &'a Course,
    facts: &'a Facts<'a>,
    numbers: &'a Numbers,
    words: &'static Catalogue,
    unit_links: UnitLinks,
    diagnostics: Vec<Diagnostic>,
}

/// What the last page of a unit says of the next one.
#[derive(Serialize)]
struct NextUnitView {
    text: String,
    document: Option<String>,
}

/// A lesson in the contents.
#[derive(Serialize)]
struct LessonView {
    label: Option<String>,
    title: String,
    pages: Vec<LinkView>,
}

fn safe(html: impl Into<String>) -> Value {
    Value::from_safe_string(html.into())
}

impl<'a> Renderer<'a> {
    fn context<'p>(&self, page: &'p Page) -> Context<'p>
    where
        'a: 'p,
    {
        let Self { course, facts, numbers, words, unit_links, .. } = *self;
        Context { facts, numbers, words, unit_links, language: &course.language, page, question: None }
    }

    /// The document of a unit; `next` is the unit that is opened after it, and its document.
    fn document(&mut self, unit: &Unit<'_>, next: Option<(&Unit<'_>, &PackagePath)>) -> Result<Document, Error> {
        let (course, words) = (self.course, self.words);
        let order: Vec<LinkView> = unit.pages().map(|page| self.link(page)).collect();
        let about = LinkView { id: "about".to_owned(), title: words.get("about").to_owned() };
        let mut sections = String::new();
        for lesson in unit.lessons {
            for page in &lesson.pages {
                let is_last = order.last().is_some_and(|last| last.id == self.context(page).section());
                let next = next.filter(|_| is_last).map(|(next, document)| self.next_unit(next, document));
                sections.push_str(&self.page(lesson, page, &order, &about, next)?);
            }
        }
        let lessons: Vec<LessonView> = unit.lessons.iter().map(|lesson| self.lesson(lesson)).collect();
        let view = context! {
            t => Serde(words.section("page")),
            words_language => (words.language != course.language.primary()).then_some(words.language),
            language => course.language.tag(),
            dir => course.language.direction().as_str(),
            title => unit.title,
            description => unit.description(course),
            version => env!("CARGO_PKG_VERSION"),
            icon => self.logo().map(safe),
            conformance => words.get(&format!("accessibility-{}", statement::conformance(course))),
            connect_src => OPEN.to_string(),
            head => OPEN.to_string(),
            frame_src => media::origins(unit.pages()).into_iter().collect::<Vec<_>>(),
            several_lessons => lessons.len() > 1,
            lessons => Serde(&lessons),
            about => Serde(&about),
            header => self.header(unit)?,
            footer => self.footer()?,
            sections => safe(sections),
            about_section => safe(self.about_page(order.last())?),
            data => safe(data::json(course, unit, self.facts, self.numbers, words, self.unit_links)),
        };
        let html = templates::render("document.html", view)?;
        let [before, between, after] =
            html.split(OPEN).map(str::to_owned).collect::<Vec<_>>().try_into().unwrap_or_else(|parts: Vec<String>| {
                unreachable!("document.html has two open places, and this one {}", parts.len() - 1)
            });
        Ok(Document { before, between, after })
    }

    fn next_unit(&self, next: &Unit<'_>, document: &PackagePath) -> NextUnitView {
        let (key, document) = match self.unit_links {
            UnitLinks::Text => ("next-unit", None),
            UnitLinks::Links => ("next-unit-link", Some(document.as_str().to_owned())),
        };
        NextUnitView { text: self.words.fill(key, &[("title", next.title)]), document }
    }

    fn link(&self, page: &Page) -> LinkView {
        LinkView { id: format!("p{}", self.numbers.page(&page.id)), title: page.title.clone() }
    }

    fn lesson(&self, lesson: &Lesson) -> LessonView {
        let pages = lesson.pages.iter().map(|page| self.link(page)).collect();
        LessonView { label: lesson.label.clone(), title: lesson.title.clone(), pages }
    }

    fn logo(&self) -> Option<String> {
        self.facts.logo(self.course).map(|path| path.as_str().to_owned())
    }

    /// The HTML of a partial; nothing, when the author's template of it is wrong, which is then said.
    fn partial<V: View>(&mut self, view: &V) -> Result<Value, Error> {
        let facts = self.facts;
        let html = match facts.templates.partial(view)? {
            Ok(html) => html,
            Err(found) => {
                self.diagnostics.extend(found);
                return Ok(Value::from(""));
            }
        };
        if let Some(file) = facts.templates.own(V::PARTIAL) {
            let in_package = |path: &str| facts.media.values().any(|medium| medium.path.as_str() == path);
            for markup::Fault { text, message, hint } in markup::faults(&html, &in_package) {
                let span = Span::new(file, facts.templates.place(file, &text));
                self.diagnostics.push(Diagnostic::new(&code::TEMPLATE_MARKUP, span, message).hint(hint));
            }
        }
        Ok(safe(html))
    }

    fn header(&mut self, unit: &Unit<'_>) -> Result<Value, Error> {
        self.partial(&HeaderView {
            t: self.words.section("page"),
            language: self.course.language.tag(),
            title: unit.title,
            course_title: &self.course.title,
            logo: self.logo().map(Markup::new),
        })
    }

    fn footer(&mut self) -> Result<Value, Error> {
        self.partial(&FooterView {
            t: self.words.section("page"),
            language: self.course.language.tag(),
            title: &self.course.title,
            publisher: self.course.publisher.as_deref(),
            version: &self.course.version,
        })
    }

    fn page(
        &mut self,
        lesson: &Lesson,
        page: &Page,
        order: &[LinkView],
        about: &LinkView,
        next_unit: Option<NextUnitView>,
    ) -> Result<String, Error> {
        let context = self.context(page);
        let first_question =
            page.blocks.iter().position(|block| matches!(block.kind, crate::course::BlockKind::Question(_)));
        let (before, questions) = page.blocks.split_at(first_question.unwrap_or(page.blocks.len()));
        let html = |write: &dyn Fn(&mut Html)| {
            let mut html = Html::default();
            write(&mut html);
            safe(html.finish())
        };
        let id = context.section();
        let at = order.iter().position(|link| link.id == id).unwrap_or(0);
        let is_cover = matches!(page.kind, PageKind::Cover);
        let previous = at.checked_sub(1).map(|at| &order[at]);
        let pager = self.pager(is_cover, previous, Some(order.get(at + 1).unwrap_or(about)))?;
        let (masthead, cover) = if is_cover { self.cover(lesson)? } else { (Value::from(""), Value::from("")) };
        let view = context! {
            t => Serde(self.words.section("page")),
            id => id,
            is_cover => is_cover,
            title => &page.title,
            lead => lesson.description.as_ref().filter(|_| is_cover),
            masthead => masthead,
            cover => cover,
            introduction => html(&|html| context.blocks(before, html)),
            questions => html(&|html| context.blocks(questions, html)),
            notes => html(&|html| context.footnotes(html)),
            next_unit => Serde(next_unit),
            pager => pager,
            quiz => page.quiz().map(|quiz| self.quiz_facts(page, quiz)),
            ends_each => page.quiz().is_some_and(|quiz| quiz.feedback == Feedback::AfterEach),
        };
        templates::render("page.html", view)
    }

    fn pager(&mut self, cover: bool, previous: Option<&LinkView>, next: Option<&LinkView>) -> Result<Value, Error> {
        let (t, language) = (self.words.section("page"), self.course.language.tag());
        self.partial(&PagerView { t, language, cover, previous, next })
    }

    /// What stands above the title of a lesson's cover, and what below it.
    fn cover(&mut self, lesson: &Lesson) -> Result<(Value, Value), Error> {
        let course = self.course;
        let (t, language) = (self.words.section("page"), course.language.tag());
        let masthead = self.partial(&MastheadView {
            t,
            language,
            course_title: &course.title,
            logo: self.logo().map(Markup::new),
            label: lesson.label.as_deref(),
        })?;
        let activities = self.words.section("activities");
        let competencies = lesson.competencies.iter().map(|c| CompetencyView { name: &c.name, parts: &c.parts });
        let cover = self.partial(&CoverView {
            t,
            language,
            course_title: &course.title,
            title: &lesson.title,
            objectives: &lesson.objectives,
            competencies: competencies.collect(),
            activity: lesson.activity.as_ref().and_then(|activity| activities.get(activity)).map(String::as_str),
            duration: lesson.duration.map(|duration| duration_text(duration, self.words)),
            instructions: lesson.instructions.as_deref(),
        })?;
        Ok((masthead, cover))
    }

    fn quiz_facts(&self, page: &Page, quiz: &Quiz) -> String {
        let words = self.words;
        let questions = match page.asked() {
            1 => words.get("quiz-facts-one").to_owned(),
            n => words.fill("quiz-facts", &[("questions", &n.to_string())]),
        };
        let attempts = match quiz.attempts {
            Count::Times(1) => words.get("quiz-attempts-one").to_owned(),
            Count::Times(n) => words.fill("quiz-attempts", &[("attempts", &n.to_string())]),
            Count::Unlimited => words.get("quiz-attempts-unlimited").to_owned(),
        };
        let mark = words.fill("quiz-mark", &[("mark", &quiz.pass_mark.to_string())]);
        let time = quiz.time.map(|time| words.fill("quiz-time", &[("time", &duration_text(time, words))]));
        [questions, attempts, mark].into_iter().chain(time).collect::<Vec<_>>().join(" · ")
    }

    fn about_page(&mut self, last: Option<&LinkView>) -> Result<String, Error> {
        let view = context! {
            t => Serde(self.words.section("page")),
            about => self.about()?,
            statement => Serde(statement::view(self.course, self.words)),
            pager => self.pager(false, last, None)?,
        };
        templates::render("about.html", view)
    }

    fn about(&mut self) -> Result<Value, Error> {
        let course = self.course;
        let day = |iso| DayView { iso, text: self.words.date(iso) };
        let license = course.license.as_ref();
        let view = AboutView {
            t: self.words.section("page"),
            language: course.language.tag(),
            course_title: &course.title,
            sources: self.sources(),
            credits: course.credits.as_deref(),
            authors: &course.authors,
            publisher: course.publisher.as_deref(),
            license: license.map(|license| LicenseView { name: &license.name, url: Markup::new(&*license.url) }),
            version: &course.version,
            updated: course.updated.as_deref().map(day),
        };
        self.partial(&view)
    }

    /// The works and sites that the course quotes.
    fn sources(&self) -> Vec<Markup> {
        // They are written in course.toml, so their links start from its folder.
        let nowhere = Page {
            id: String::new(),
            path: "course.toml".to_owned(),
            span: Span::new(crate::sources::FileId(0), 0..0),
            title: String::new(),
            kind: PageKind::Reading,
            required: false,
            record: false,
            blocks: Vec::new(),
            footnotes: Vec::new(),
        };
        let context = self.context(&nowhere);
        let markup = |source: &Vec<Inline>| {
            let mut html = Html::default();
            context.inlines(source, &mut html);
            Markup::new(html.finish())
        };
        self.course.sources.iter().map(markup).collect()
    }
}

/// A duration as people say it.
pub(crate) fn duration_text(duration: Duration, words: &Catalogue) -> String {
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
