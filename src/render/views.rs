//! What the partials are given: a public interface, described for authors in `docs/theme.md`.
//!
//! A field keeps its name and its meaning from one version of cartable to the next; new ones may come. What the
//! author has left out is `none`, which an `if` takes for no, and which is shown as nothing.

use std::collections::BTreeMap;

use minijinja::Value;
use serde::{Serialize, Serializer};

pub use crate::templates::{Partial, View};

/// The words of the interface in the course's language, by their names in `templates/strings/en.toml`, section
/// `[page]`. In a template: `{{ t.objectives }}`, or `{{ t["new-window"] }}` where the name has a hyphen.
pub type Words = BTreeMap<String, String>;

/// HTML, or a path in the package, that is shown as it is. All other texts are escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Takes HTML that is escaped already.
    pub(crate) fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_safe_string(self.0.clone()).serialize(serializer)
    }
}

/// `header.html`: the course's line at the top of the document, before the words on saving and the button that leaves.
#[derive(Debug, Serialize)]
pub struct HeaderView<'a> {
    /// The words of the interface.
    pub t: &'a Words,
    /// The course's language, as a BCP 47 tag: `fr`.
    pub language: &'a str,
    /// The title of the course; with `units = "lessons"`, that of the lesson which is the document.
    pub title: &'a str,
    /// The title of the course, always.
    pub course_title: &'a str,
    /// The path of the course's logo in the package, for `src`.
    pub logo: Option<Markup>,
}

/// `masthead.html`: what stands above the title on a lesson's cover.
#[derive(Debug, Serialize)]
pub struct MastheadView<'a> {
    /// The words of the interface.
    pub t: &'a Words,
    /// The course's language, as a BCP 47 tag: `fr`.
    pub language: &'a str,
    /// The title of the course.
    pub course_title: &'a str,
    /// The path of the course's logo in the package, for `src`.
    pub logo: Option<Markup>,
    /// What stands before the lesson's title, such as `Lesson 1`.
    pub label: Option<&'a str>,
}

/// `cover.html`: what a lesson's cover says of the lesson, below the title, the description and the introduction.
#[derive(Debug, Serialize)]
pub struct CoverView<'a> {
    /// The words of the interface.
    pub t: &'a Words,
    /// The course's language, as a BCP 47 tag: `fr`.
    pub language: &'a str,
    /// The title of the course.
    pub course_title: &'a str,
    /// The title of the lesson.
    pub title: &'a str,
    /// What the learner can do afterwards, one text each.
    pub objectives: &'a [String],
    /// The competencies aimed at.
    pub competencies: Vec<CompetencyView<'a>>,
    /// The kind of activity, as a word in the course's language: `Reading`.
    pub activity: Option<&'a str>,
    /// How long it takes, as people say it: `5 to 10 min`.
    pub duration: Option<String>,
    /// What to do.
    pub instructions: Option<&'a str>,
}

/// A competency, in [`CoverView`].
#[derive(Debug, Serialize)]
pub struct CompetencyView<'a> {
    /// The competency.
    pub name: &'a str,
    /// What it is made of, one text each.
    pub parts: &'a [String],
}

/// `pager.html`: the links to the page before and the page after, at the end of each page.
#[derive(Debug, Serialize)]
pub struct PagerView<'a> {
    /// The words of the interface.
    pub t: &'a Words,
    /// The course's language, as a BCP 47 tag: `fr`.
    pub language: &'a str,
    /// Whether this page is a lesson's cover, where one begins rather than goes on.
    pub cover: bool,
    /// The page before; none on the first.
    pub previous: Option<&'a LinkView>,
    /// The page after; none on the last.
    pub next: Option<&'a LinkView>,
}

/// A page to go to, in [`PagerView`].
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// What stands after `#` in its address.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// `about.html`: what the last page says of the course, above the accessibility statement.
#[derive(Debug, Serialize)]
pub struct AboutView<'a> {
    /// The words of the interface.
    pub t: &'a Words,
    /// The course's language, as a BCP 47 tag: `fr`.
    pub language: &'a str,
    /// The title of the course.
    pub course_title: &'a str,
    /// The works and sites that the course quotes, as HTML with their links.
    pub sources: Vec<Markup>,
    /// Whose work the course builds on.
    pub credits: Option<&'a str>,
    /// Who wrote the course.
    pub authors: &'a [String],
    /// Who publishes it.
    pub publisher: Option<&'a str>,
    /// The licence; none means that all rights are reserved.
    pub license: Option<LicenseView<'a>>,
    /// The author's version of the course.
    pub version: &'a str,
    /// The day of the last change.
    pub updated: Option<DayView<'a>>,
}

/// A licence, in [`AboutView`].
#[derive(Debug, Serialize)]
pub struct LicenseView<'a> {
    /// Its name.
    pub name: &'a str,
    /// The address of its text.
    pub url: Markup,
}

/// A day, in [`AboutView`].
#[derive(Debug, Serialize)]
pub struct DayView<'a> {
    /// For `datetime`: `2026-11-23`.
    pub iso: &'a str,
    /// As people write it: `23 November 2026`.
    pub text: String,
}

/// `footer.html`: the foot of the document.
#[derive(Debug, Serialize)]
pub struct FooterView<'a> {
    /// The words of the interface.
    pub t: &'a Words,
    /// The course's language, as a BCP 47 tag: `fr`.
    pub language: &'a str,
    /// The title of the course.
    pub title: &'a str,
    /// Who publishes it.
    pub publisher: Option<&'a str>,
    /// The author's version of the course.
    pub version: &'a str,
}

macro_rules! views {
    ($($view:ident => $partial:ident),* $(,)?) => {
        $(impl View for $view<'_> {
            const PARTIAL: Partial = Partial::$partial;
        })*
    };
}

views! {
    HeaderView => Header,
    MastheadView => Masthead,
    CoverView => Cover,
    PagerView => Pager,
    AboutView => About,
    FooterView => Footer,
}
