//! A question as HTML: real form controls in a fieldset, readable without script. What is right is not in it.

use super::blocks::Context;
use super::html::Html;
use crate::course::{Answer, Choice, ChoiceKind, Feedback, Question};

impl Context<'_> {
    pub(super) fn question(&self, question: &Question, html: &mut Html) {
        let id = format!("q{}", self.numbers.question(&question.id).number);
        let Answer::Choices(kind, choices) = &question.answer;
        html.open("form", &[("class", "question"), ("id", &id), ("novalidate", "")]).open("fieldset", &[]);
        self.legend(question, html);
        self.blocks(&question.prompt, html);
        let hint = if *kind == ChoiceKind::Multiple { "choose-several" } else { "choose-one" };
        html.element("p", &[("class", "hint")], self.words.get(hint));
        for (choice, number) in choices.iter().zip(&self.numbers.question(&question.id).choices) {
            self.choice(&id, *number, *kind, choice, html);
        }
        html.close("fieldset");
        self.controls(&id, html);
        html.close("form");
    }

    fn legend(&self, question: &Question, html: &mut Html) {
        let tag = format!("h{}", question.level.clamp(2, 6));
        html.open("legend", &[]).open(&tag, &[]);
        if self.page.quiz().is_some() {
            let all = self.page.questions().count().to_string();
            let at = self.page.questions().position(|other| other.id == question.id).unwrap_or(0) + 1;
            let number = self.words.fill("question-number", &[("n", &at.to_string()), ("all", &all)]);
            html.element("span", &[("class", "number")], &number).text(" ");
        }
        self.inlines(&question.title, html);
        html.close(&tag).close("legend").line();
    }

    fn choice(&self, question: &str, number: u32, kind: ChoiceKind, choice: &Choice, html: &mut Html) {
        let id = format!("{question}-{number}");
        let (input, name) = match kind {
            // Boxes have names of their own: nothing is ever sent by the form itself.
            ChoiceKind::Multiple => ("checkbox", id.as_str()),
            ChoiceKind::Single | ChoiceKind::TrueFalse { .. } => ("radio", question),
        };
        html.open("div", &[("class", "choice")]);
        html.open("input", &[("type", input), ("name", name), ("id", &id)]).open("label", &[("for", &id)]);
        self.inlines(&choice.content, html);
        html.close("label").close("div").line();
    }

    /// What the runtime shows when its time comes.
    fn controls(&self, id: &str, html: &mut Html) {
        let own_button = self.page.quiz().is_none_or(|quiz| quiz.feedback == Feedback::AfterEach);
        html.open("p", &[("class", "error"), ("id", &format!("{id}-error")), ("hidden", "")]).close("p");
        if own_button {
            html.open("p", &[("class", "actions validate"), ("hidden", "")]);
            html.element("button", &[], self.words.get("validate")).close("p");
        }
        if own_button && self.page.quiz().is_some_and(|quiz| quiz.confirm) {
            html.open("p", &[("class", "actions sure"), ("hidden", "")]);
            html.text(self.words.get("last-try")).text(" ");
            html.element("button", &[], self.words.get("confirm")).text(" ");
            html.element("button", &[("type", "button")], self.words.get("change")).close("p");
        }
        html.open("div", &[("class", "result"), ("hidden", "")]).close("div");
    }
}
