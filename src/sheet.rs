//! The import sheet: one page for whoever uploads the package, in the course's language.

use minijinja::context;

use crate::catalogue;
use crate::course::{Course, OnFailure, Records, SuccessStatus, When};
use crate::error::Error;
use crate::target::Target;
use crate::templates;

/// Writes the sheet of a package; `state` is the longest state of any learner, in characters.
///
/// # Errors
/// [`Error::Template`] when the built-in template fails.
pub(crate) fn import_sheet(course: &Course, target: Target, file: &str, state: usize) -> Result<String, Error> {
    let words = catalogue::for_language(&course.language);
    let rule = &course.completion;
    let success = match (rule.when, rule.success_status) {
        (When::Viewed, _) | (_, SuccessStatus::Completed) => "completed",
        (When::Passed | When::ViewedAndPassed, SuccessStatus::Passed) => "passed",
    };
    let view = context! {
        title => &course.title,
        file => file,
        version => &course.version,
        updated => course.updated.as_deref().map(|day| words.date(day)),
        success => success,
        when => match rule.when {
            When::Viewed => "viewed",
            When::Passed => "passed",
            When::ViewedAndPassed => "both",
        },
        on_failure => if rule.on_failure == OnFailure::Failed { "failed" } else { "incomplete" },
        graded => course.has_required_quiz(),
        pass_mark => rule.pass_mark,
        no_quiz_score => rule.score_when_no_quiz,
        state => state,
        questions => course.questions().filter(|(page, _)| page.quiz().is_some()).count(),
        journal => course.records == Records::Journal,
        description => &course.description,
        keywords => &course.keywords,
        license => course.license.as_ref().map(|license| format!("{}, {}", license.name, license.url)),
        id => &course.id.value,
    };
    templates::render(&format!("{}.{}.md", target.name(), words.language), view)
}
