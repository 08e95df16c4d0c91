//! Answers in words: the texts of choices, items in their order, pairs, blanks filled, own words.

use super::names::Names;
use super::read::{Answered, Response};
use crate::course::{ANSWER_SIGN, Answer, Inline, Matching, Question, filled_text, plain_text};
use crate::text::one_line;

/// What was answered, in lines; `question` is that of the course, if it has it.
pub(super) fn of(answer: &Answered, question: Option<&Question>, names: &Names<'_>) -> Vec<String> {
    let parts = Parts { names, question, number: answer.question };
    match &answer.response {
        Response::One(choice) => choice.iter().map(|choice| parts.choice(*choice)).collect(),
        Response::Several(choices) => choices.iter().map(|choice| parts.choice(*choice)).collect(),
        Response::Order(items) => {
            items.iter().enumerate().map(|(at, item)| format!("{}. {}", at + 1, parts.choice(*item))).collect()
        }
        Response::Pairs(pairs) => parts.pairs(pairs),
        Response::Blanks(blanks) => parts.blanks(blanks),
        Response::Text(text) if text.is_empty() => Vec::new(),
        Response::Text(text) => text.split('\n').map(printable).collect(),
    }
}

/// What a learner wrote, without what would change the terminal or the order of the words around it.
fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c }).collect()
}

/// The parts of one question's answer.
struct Parts<'a> {
    names: &'a Names<'a>,
    question: Option<&'a Question>,
    number: u64,
}

impl<'a> Parts<'a> {
    /// A choice or an item.
    fn choice(&self, part: u64) -> String {
        let choice = self.place(part).and_then(|(question, at)| question.choices().get(at));
        choice.map_or_else(|| self.gone(part), |choice| plain(&choice.content))
    }

    fn pairs(&self, given: &[(u64, u64)]) -> Vec<String> {
        given.iter().map(|(prompt, answer)| format!("{} → {}", self.matched(*prompt), self.matched(*answer))).collect()
    }

    /// A prompt or an answer of a matching.
    fn matched(&self, part: u64) -> String {
        let content = self.place(part).and_then(|(question, at)| match &question.answer {
            Answer::Match(Matching { prompts, answers, .. }) => {
                let prompt = prompts.get(at).map(|prompt| &prompt.content);
                prompt.or_else(|| Some(&answers.get(at - prompts.len())?.content))
            }
            _ => None,
        });
        content.map_or_else(|| self.gone(part), |content| plain(content))
    }

    /// The text around the blanks with what was written in brackets, then what stood in blanks that have gone.
    fn blanks(&self, given: &[(u64, String)]) -> Vec<String> {
        if given.is_empty() {
            return Vec::new();
        }
        let place = |part| self.place(part).map(|(_, at)| at);
        let mut lines = Vec::new();
        if let Some(Question { answer: Answer::Blanks(text, blanks), .. }) = self.question {
            let written = |at| given.iter().find(|(part, _)| place(*part) == Some(at)).map(|(_, text)| text.as_str());
            lines.push(one_line(&filled_text(text, &mut |span| {
                let at = blanks.iter().position(|blank| blank.span == span);
                format!("[{}]", printable(at.and_then(written).unwrap_or("…")))
            })));
        }
        let others = given.iter().filter(|(part, _)| place(*part).is_none());
        lines.extend(others.map(|(part, text)| format!("{}: {}", self.gone(*part), printable(text))));
        lines
    }

    /// A part that the course still has.
    fn place(&self, part: u64) -> Option<(&'a Question, usize)> {
        let question = self.question?;
        Some((question, self.names.part(question, self.number, part)?))
    }

    /// A part that the course does not have: by its text in the lock, or by its number.
    fn gone(&self, part: u64) -> String {
        let known = self.names.part_before(self.number, part);
        let known = known.map(|name| name.strip_prefix(ANSWER_SIGN).unwrap_or(name).to_owned());
        let name = known.unwrap_or_else(|| format!("no. {part}"));
        if self.question.is_some() { format!("{name} (no longer in the course)") } else { name }
    }
}

fn plain(content: &[Inline]) -> String {
    one_line(&plain_text(content))
}
