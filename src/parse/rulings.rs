//! What `[lint]` in `course.toml` says: decisions about kinds of findings.

use super::Parser;
use crate::code::{self, Code};
use crate::course::Ruling;
use crate::diagnostic::{Diagnostic, Severity};
use crate::keys::{Spanned, Values};

impl Parser<'_> {
    pub(super) fn rulings(&mut self, given: Option<Spanned<Vec<(&'static Code, Values)>>>) -> Vec<Ruling> {
        let given = given.map(|given| given.value).unwrap_or_default();
        given.into_iter().filter_map(|(code, values)| self.ruling(code, values)).collect()
    }

    fn ruling(&mut self, code: &'static Code, mut values: Values) -> Option<Ruling> {
        // A decision without a reason is an error already, so what it decides does not matter.
        values.text("reason")?;
        let level = values.text("level")?;
        let severity = match level.value.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            _ => None,
        };
        if code.severity == Severity::Error && severity != Some(Severity::Error) {
            let message =
                format!("`{}` is an error and stays one: a learner or an LMS would lose something", code.name);
            let hint = "remove the line and mend what it is about; only warnings and notes can be lowered";
            self.say(Diagnostic::new(&code::WRONG_VALUE, level.span, message).hint(hint));
            return None;
        }
        Some(Ruling { code, severity, span: values.span })
    }
}
