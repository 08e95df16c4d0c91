//! The table `[completion]` of `course.toml`: when a course is completed, and what its score is.

use super::Parser;
use crate::code;
use crate::course::{AttemptScore, Completion, OnFailure, SuccessStatus, When};
use crate::diagnostic::{Diagnostic, any_error};
use crate::keys::{Spanned, Values};

impl Parser<'_> {
    pub(super) fn completion(&mut self, table: Option<Spanned<Values>>, has_quiz: bool) -> Completion {
        let mut table = table.map(|table| table.value);
        let mut word = |key: &str| table.as_mut().and_then(|table| table.text(key));
        let when = word("when");
        let is = |word: Option<Spanned<String>>, expected: &str| word.is_some_and(|word| word.value == expected);
        let on_failure = if is(word("on-failure"), "failed") { OnFailure::Failed } else { OnFailure::Incomplete };
        let completed = is(word("success-status"), "completed");
        let success_status = if completed { SuccessStatus::Completed } else { SuccessStatus::Passed };
        let attempt_score = match word("attempt-score").map(|word| word.value).as_deref() {
            Some("last") => AttemptScore::Last,
            Some("first") => AttemptScore::First,
            _ => AttemptScore::Best,
        };
        let score = table.as_mut().and_then(|table| table.integer("score-when-no-quiz"));
        Completion {
            when: self.when(when, has_quiz),
            pass_mark: self.pass_mark,
            on_failure,
            success_status,
            attempt_score,
            score_when_no_quiz: score.and_then(|n| u32::try_from(n.value).ok()),
        }
    }

    fn when(&mut self, word: Option<Spanned<String>>, has_quiz: bool) -> When {
        let Some(Spanned { value, span }) = word else {
            return if has_quiz { When::ViewedAndPassed } else { When::Viewed };
        };
        let when = match value.as_str() {
            "passed" => When::Passed,
            "viewed-and-passed" => When::ViewedAndPassed,
            _ => When::Viewed,
        };
        // Where something could not be read, the quiz may be there.
        let all_read = self.tree.unreadable.is_empty() && !any_error(&self.diagnostics);
        if let (Some(span), false, When::Passed | When::ViewedAndPassed, true) = (span, has_quiz, when, all_read) {
            let message = "the course has no required quiz, so it cannot be passed";
            let diagnostic = Diagnostic::new(&code::NO_QUIZ_TO_PASS, span, message)
                .fix("complete it by reading", span, "\"viewed\"")
                .hint("if it is to be passed, add a quiz to a lesson: a page with kind = \"quiz\" in its front matter");
            self.say(diagnostic);
        }
        when
    }
}
