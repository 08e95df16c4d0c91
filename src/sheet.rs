//! The import sheet: one page for whoever uploads the package, in the course's language.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Serde;
use serde::Serialize;

use crate::catalogue;
use crate::course::{Course, ManifestPassMark, OnFailure, Page, Records, SuccessStatus, Unit, When};
use crate::error::Error;
use crate::language::Language;
use crate::package::PackagePath;
use crate::target::Target;
use crate::templates;
use crate::typography::Typography;

/// What a sheet says of a package besides its course.
#[derive(Debug)]
pub(crate) struct Figures<'a> {
    /// The name of its file.
    pub(crate) file: &'a str,
    /// The longest state of any learner, in characters.
    pub(crate) state: usize,
    /// The names of the single files beside it.
    pub(crate) singles: &'a [&'a str],
    /// The document of each unit, in the order of the course's units.
    pub(crate) documents: &'a [PackagePath],
    /// The origins outside the package that browsers contact when somebody plays a video.
    pub(crate) remote: &'a BTreeSet<String>,
}

/// Writes the sheet of a package.
///
/// # Errors
/// [`Error::Template`] when the built-in template fails.
pub(crate) fn import_sheet(course: &Course, target: Target, figures: &Figures<'_>) -> Result<String, Error> {
    let words = catalogue::for_language(&course.language);
    let profile = target.profile();
    let rule = &course.completion;
    let units = course.units();
    let is_read = |unit: &Unit<'_>| unit.when(rule) == When::Viewed;
    let success = match (rule.when, rule.success_status) {
        (When::Viewed, _) | (_, SuccessStatus::Completed) => "completed",
        (When::Passed | When::ViewedAndPassed, SuccessStatus::Passed) => "passed",
    };
    let view = context! {
        title => &course.title,
        standard => profile.title,
        manifest => profile.manifest,
        two_statuses => profile.two_statuses,
        widely_taken => profile.widely_taken,
        file => figures.file,
        version => &course.version,
        updated => course.updated.as_deref().map(|day| words.date(day)),
        success => success,
        when => match rule.when {
            When::Viewed => "viewed",
            When::Passed => "passed",
            When::ViewedAndPassed => "both",
        },
        units => units.len(),
        lessons => Serde(units.iter().zip(figures.documents).map(|(unit, document)| Part::of(unit, document)).collect::<Vec<_>>()),
        several_quizzes => units.iter().any(|unit| quizzes(unit).count() > 1),
        several_counted => units.iter().any(|unit| quizzes(unit).filter(|page| page.required).count() > 1),
        // The parts without a score, where others have one.
        some_ungraded => course.has_required_quiz() && !units.iter().all(Unit::has_required_quiz),
        // The parts that are completed by reading, where others are to be passed.
        read_only => units.iter().filter(|unit| is_read(unit) && !units.iter().all(is_read)).map(|unit| unit.title.to_owned()).collect::<Vec<_>>(),
        can_fail => units.iter().any(|unit| unit.can_fail(rule)),
        on_failure => if rule.on_failure == OnFailure::Failed { "failed" } else { "incomplete" },
        graded => course.has_required_quiz(),
        counts => course.has_required_quiz() && rule.when != When::Viewed,
        pass_mark => rule.pass_mark,
        mastery => (f64::from(rule.pass_mark) / 100.0).to_string(),
        mark_in_manifest => course.manifest_pass_mark == ManifestPassMark::Written
            && rule.when != When::Viewed
            && course.has_required_quiz(),
        no_quiz_score => rule.score_when_no_quiz,
        state => figures.state,
        remote => figures.remote.iter().map(|origin| origin.replace("https://", "")).collect::<Vec<_>>(),
        questions => course.questions().filter(|(page, _)| page.quiz().is_some()).count(),
        journal => course.records == Records::Journal,
        description => &course.description,
        keywords => &course.keywords,
        license => course.license.as_ref().map(|license| format!("{}, {}", license.name, license.url)),
        id => &course.id.value,
        indexed => course.web.index,
        address => &course.web.url,
        singles => figures.singles.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(),
    };
    let sheet = templates::render(&format!("{}.{}.md", profile.sheet.name, words.language), view)?;
    Ok(spaced(&sheet, words.language))
}

/// What the LMS launches, as a sheet names it.
#[derive(Debug, Serialize)]
struct Part<'a> {
    title: &'a str,
    document: &'a str,
    questions: usize,
}

impl<'a> Part<'a> {
    fn of(unit: &Unit<'a>, document: &'a PackagePath) -> Self {
        let questions = quizzes(unit).map(|page| page.questions().count()).sum();
        Self { title: unit.title, document: document.as_str(), questions }
    }
}

fn quizzes<'a>(unit: &Unit<'a>) -> impl Iterator<Item = &'a Page> {
    unit.pages().filter(|page| page.quiz().is_some())
}

/// A sheet with the spaces of its language, but for what stands in backquotes.
fn spaced(sheet: &str, language: &str) -> String {
    let typography = Language::parse(language).map_or(Typography::Plain, |language| Typography::of(&language));
    let stretches = sheet.split('`').enumerate();
    let stretches = stretches.map(|(at, text)| if at % 2 == 0 { typography.apply(text) } else { text.into() });
    stretches.collect::<Vec<_>>().join("`")
}
