//! The author's decisions about kinds of findings, applied to what was found: once, when every stage has spoken.
//!
//! Errors cannot be lowered (`parse` sees to it), so stages may ask for errors before this.

use crate::code;
use crate::course::Ruling;
use crate::diagnostic::Diagnostic;

/// The findings as bad as the author says, without those that are turned off.
pub(crate) fn apply(rulings: &[Ruling], diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let ruled = |diagnostic: Diagnostic| match rulings.iter().find(|ruling| ruling.code == diagnostic.code) {
        Some(ruling) => ruling.severity.map(|severity| diagnostic.with_severity(severity)),
        None => Some(diagnostic),
    };
    diagnostics.into_iter().filter_map(ruled).collect()
}

/// The decisions to put up with what is not found anywhere any more.
pub(crate) fn unused(rulings: &[Ruling], diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let lowers = |ruling: &&Ruling| ruling.severity.is_none_or(|severity| severity > ruling.code.severity);
    let idle = |ruling: &&Ruling| !diagnostics.iter().any(|found| found.code == ruling.code);
    let rulings = rulings.iter().filter(lowers).filter(idle);
    rulings
        .map(|ruling| {
            let message = format!("nothing in the course is `{}` any more", ruling.code.name);
            Diagnostic::new(&code::LINT_UNUSED, ruling.span, message).hint("remove the line")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Severity, Span};
    use crate::sources::FileId;

    #[test]
    fn findings_are_raised_lowered_and_left_out_and_idle_decisions_are_said() {
        let span = Span::new(FileId(0), 0..0);
        let rule = |code, severity| Ruling { code, severity, span };
        let rulings = [
            rule(&code::CALLOUT, Some(Severity::Error)),
            rule(&code::REPEATED, Some(Severity::Note)),
            rule(&code::HTML_DROPPED, None),
            rule(&code::UNUSED_FILE, None),
            rule(&code::UNUSED_FOOTNOTE, Some(Severity::Error)),
        ];
        let codes = [&code::CALLOUT, &code::REPEATED, &code::HTML_DROPPED, &code::UNLISTED_PAGE];
        let found = codes.map(|code| Diagnostic::new(code, span, "…")).to_vec();
        let idle = unused(&rulings, &found);
        assert_eq!(idle.len(), 1);
        assert!(idle[0].message.contains("unused-file"));
        let kept: Vec<(&str, Severity)> =
            apply(&rulings, found).iter().map(|found| (found.code.name, found.severity())).collect();
        let expected =
            [("callout", Severity::Error), ("repeated", Severity::Note), ("unlisted-page", Severity::Warning)];
        assert_eq!(kept, expected);
    }
}
