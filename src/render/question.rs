//! A question as HTML: real form controls in a fieldset, readable without script. What is right is not in it.

use super::blocks::Context;
use super::html::Html;
use crate::course::{
    Accepts, Answer, Blank, Choice, ChoiceKind, Feedback, Inline, MatchAnswer, Matching, Question, plain_text,
};
use crate::diagnostic::Span;

/// An answer to be matched is shown in a list of its own when it has more characters than this, or is not plain text.
const OPTION: usize = 60;

impl Context<'_> {
    pub(super) fn question(&self, question: &Question, html: &mut Html) {
        let context = Context { question: Some(question), ..*self };
        let id = context.question_id(question);
        html.open("form", &[("class", "question"), ("id", &id), ("novalidate", "")]).open("fieldset", &[]);
        context.legend(question, html);
        context.blocks(&question.prompt, html);
        context.help(question, html);
        html.element("p", &[("class", "hint")], self.words.get(instruction(question)));
        context.answer(question, &id, html);
        html.close("fieldset");
        context.controls(&id, html);
        html.close("form");
    }

    fn question_id(&self, question: &Question) -> String {
        format!("q{}", self.numbers.question(&question.id).number)
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

    /// The author's hint, shown on demand.
    fn help(&self, question: &Question, html: &mut Html) {
        if question.hint.is_empty() {
            return;
        }
        html.open("details", &[("class", "help")]).element("summary", &[], self.words.get("help")).line();
        self.blocks(&question.hint, html);
        html.close("details").line();
    }

    fn answer(&self, question: &Question, id: &str, html: &mut Html) {
        let numbers = &self.numbers.question(&question.id).parts;
        match &question.answer {
            Answer::Choices(kind, choices) => {
                for (choice, number) in choices.iter().zip(numbers) {
                    self.choice(id, *number, *kind, choice, html);
                }
            }
            Answer::Scale(points) => {
                html.open("div", &[("class", "scale")]).line();
                for (point, number) in points.iter().zip(numbers) {
                    self.choice(id, *number, ChoiceKind::Single, point, html);
                }
                html.close("div").line();
            }
            Answer::Order(items) => self.order(question, id, items, html),
            Answer::Match(matching) => self.matching(question, id, matching, html),
            Answer::Blanks(text, _) => {
                html.open("p", &[("class", "blanks")]);
                self.inlines(text, html);
                html.close("p").line();
            }
            Answer::Text(max) => {
                let control = format!("{id}-text");
                let label = self.words.fill("own-words", &[("max", &max.to_string())]);
                html.open("p", &[("class", "free")]).element("label", &[("for", &control)], &label).text(" ");
                html.open("textarea", &[("id", &control), ("rows", "5"), ("autocomplete", "off")]).close("textarea");
                html.close("p").line().open("p", &[("class", "left"), ("role", "status")]).close("p").line();
            }
        }
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

    /// Items with buttons that move them, in an order that is not the right one.
    fn order(&self, question: &Question, id: &str, items: &[Choice], html: &mut Html) {
        html.open("ol", &[("class", "order")]).line();
        for at in mixed(&question.id, items.iter().map(|item| item.id.as_str())) {
            let (item, id) = (&items[at], format!("{id}-{}", self.numbers.question(&question.id).parts[at]));
            html.open("li", &[("id", &id)]).open("span", &[("id", &format!("{id}-text"))]);
            self.inlines(&item.content, html);
            html.close("span");
            for (value, word) in [("-1", "move-up"), ("1", "move-down")] {
                let word = self.words.get(word);
                let label = format!("{word} : {}", plain_text(&item.content));
                let label = if self.language.primary() == "fr" { label } else { label.replacen(" :", ":", 1) };
                // They show once the runtime can do what they say.
                let attributes = [("type", "button"), ("value", value), ("aria-label", label.as_str()), ("hidden", "")];
                html.text(" ").element("button", &attributes, word);
            }
            html.close("li").line();
        }
        html.close("ol").open("p", &[("class", "vh"), ("role", "status")]).close("p").line();
    }

    /// Prompts, each with a list of all answers.
    fn matching(&self, question: &Question, id: &str, matching: &Matching, html: &mut Html) {
        let Matching { head, prompts, answers } = matching;
        let (asked, numbers) = self.numbers.question(&question.id).parts.split_at(prompts.len());
        let order = mixed(&question.id, answers.iter().map(|answer| answer.id.as_str()));
        let is_long =
            |answer: &MatchAnswer| plain_text(&answer.content).chars().count() > OPTION || is_rich(&answer.content);
        let lettered = answers.iter().any(is_long);
        if lettered {
            html.open("ul", &[("class", "answers")]).line();
            for (letter, at) in order.iter().enumerate() {
                html.open("li", &[("id", &format!("{id}-{}-text", numbers[*at]))]);
                html.element("b", &[], &format!("{}.", letter_of(letter))).text(" ");
                self.inlines(&answers[*at].content, html);
                html.close("li").line();
            }
            html.close("ul").line();
        }
        html.open("div", &[("class", "match")]).line();
        let [from, to] = head;
        if !from.is_empty() || !to.is_empty() {
            html.open("p", &[("class", "pair head")]).open("span", &[]);
            self.inlines(from, html);
            html.close("span").text(" ").open("span", &[]);
            self.inlines(to, html);
            html.close("span").close("p").line();
        }
        for (prompt, number) in prompts.iter().zip(asked) {
            let id = format!("{id}-{number}");
            html.open("p", &[("class", "pair")]).open("label", &[("for", &id)]);
            self.inlines(&prompt.content, html);
            html.close("label").text(" ").open("select", &[("id", &id)]);
            html.element("option", &[("value", "")], self.words.get("choose"));
            for (letter, at) in order.iter().enumerate() {
                let text = if lettered { letter_of(letter) } else { plain_text(&answers[*at].content) };
                html.element("option", &[("value", &numbers[*at].to_string())], &text);
            }
            html.close("select").close("p").line();
        }
        html.close("div").line();
    }

    /// One blank of the question's text: a field, with a number where there are several.
    pub(super) fn blank(&self, place: Span, html: &mut Html) {
        let Some(question) = self.question else { return };
        let Answer::Blanks(_, blanks) = &question.answer else { return };
        let Some(at) = blanks.iter().position(|blank| blank.span == place) else { return };
        let id = format!("{}-{}", self.question_id(question), self.numbers.question(&question.id).parts[at]);
        // The sentence around the only blank says what it is for; several are told apart by their numbers.
        let alone = blanks.len() == 1;
        let class = if alone { &[("for", id.as_str()), ("class", "vh")][..] } else { &[("for", id.as_str())] };
        let mut attributes = vec![
            ("type", "text"),
            ("id", id.as_str()),
            ("autocomplete", "off"),
            ("autocapitalize", "off"),
            ("spellcheck", "false"),
        ];
        let mut in_unit = String::new();
        if let Blank { accepts: Accepts::Number { low, unit, .. }, .. } = &blanks[at] {
            // The keypad that some telephones show for it has no minus.
            if *low >= 0.0 {
                attributes.push(("inputmode", "decimal"));
            }
            if !unit.is_empty() {
                in_unit = self.words.fill("in-unit", &[("unit", unit)]);
            }
        }
        html.open("span", &[("class", "blank")]).open("label", class);
        if alone {
            html.text(self.words.get("answer")).text(&in_unit);
        } else {
            let of = self.words.fill("blank-of", &[("all", &blanks.len().to_string())]);
            html.element("span", &[("class", "vh")], self.words.get("blank")).text(&format!(" ({})", at + 1));
            html.element("span", &[("class", "vh")], &format!(" {of}{in_unit}"));
        }
        html.close("label").text(" ").open("input", &attributes).close("span");
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

/// The key of the words that say what to do.
fn instruction(question: &Question) -> &'static str {
    match &question.answer {
        Answer::Choices(ChoiceKind::Multiple, _) => "choose-several",
        Answer::Choices(..) => "choose-one",
        Answer::Order(_) => "put-in-order",
        Answer::Match(_) => "match-each",
        Answer::Blanks(_, blanks) if blanks.iter().all(|blank| matches!(blank.accepts, Accepts::Number { .. })) => {
            "fill-numbers"
        }
        Answer::Blanks(_, blanks) if blanks.len() == 1 => "fill-one",
        Answer::Blanks(..) => "fill-several",
        Answer::Scale(_) => "give-opinion",
        Answer::Text(_) => "write-freely",
    }
}

fn letter_of(at: usize) -> String {
    // A question has few answers: beyond Z come AA, AB…
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { last.to_string() } else { format!("{}{last}", letter_of(at / 26 - 1)) }
}

/// Whether a text loses something as plain text.
fn is_rich(content: &[Inline]) -> bool {
    content.iter().any(|inline| !matches!(inline, Inline::Text(_) | Inline::Break | Inline::Code(_)))
}

/// An order of things that depends on their ids alone and is not the one in which they are given.
fn mixed<'a>(seed: &str, ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let rank = |id: &str| {
        let bytes = seed.bytes().chain([0]).chain(id.bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let ranks: Vec<u64> = ids.map(rank).collect();
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|at| (ranks[*at], *at));
    if order.is_sorted() {
        order.rotate_left(1);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixed_order_is_never_the_given_one() {
        for n in 2..40_usize {
            let ids: Vec<String> = (0..n).map(|at| format!("item {at}")).collect();
            for seed in ["a", "b", "c"] {
                let order = mixed(seed, ids.iter().map(String::as_str));
                assert!(!order.is_sorted(), "{n} items stay as they are");
                let mut all = order.clone();
                all.sort_unstable();
                assert_eq!(all, (0..n).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27, 52].map(letter_of), ["A", "Z", "AA", "AB", "BA"]);
    }
}
