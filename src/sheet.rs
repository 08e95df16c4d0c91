//! The import sheet: one page for whoever uploads the package, in the course's language.

use std::collections::BTreeSet;

use minijinja::context;

use crate::catalogue;
use crate::course::{Course, ManifestPassMark, OnFailure, Records, SuccessStatus, Unit, When};
use crate::error::Error;
use crate::target::Target;
use crate::templates;

/// What a sheet says of a package besides its course.
#[derive(Debug)]
pub(crate) struct Figures<'a> {
    /// The name of its file.
    pub(crate) file: &'a str,
    /// The longest state of any learner, in characters.
    pub(crate) state: usize,
    /// The names of the single files beside it.
    pub(crate) singles: &'a [&'a str],
    /// The origins outside the package that browsers contact when somebody plays a video.
    pub(crate) remote: &'a BTreeSet<String>,
}

/// Writes the sheet of a package.
///
/// # Errors
/// [`Error::Template`] when the built-in template fails.
pub(crate) fn import_sheet(course: &Course, target: Target, figures: &Figures<'_>) -> Result<String, Error> {
    let words = catalogue::for_language(&course.language);
    let rule = &course.completion;
    let units = course.units();
    let is_read = |unit: &Unit<'_>| unit.when(rule) == When::Viewed;
    let success = match (rule.when, rule.success_status) {
        (When::Viewed, _) | (_, SuccessStatus::Completed) => "completed",
        (When::Passed | When::ViewedAndPassed, SuccessStatus::Passed) => "passed",
    };
    let view = context! {
        title => &course.title,
        target => target.name(),
        standard => target.profile().title,
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
    templates::render(&format!("{}.{}.md", target.profile().sheet, words.language), view)
}
