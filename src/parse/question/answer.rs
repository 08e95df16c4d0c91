//! Which block of a question is its answer; and, where none is, what stands in its place.

use super::settings::Settings;
use super::{Gatherer, blank_spans, blanks_in, misread};
use crate::code;
use crate::course::{Block, BlockKind, Inline, List, Table};
use crate::diagnostic::{Diagnostic, Span};

/// What the shape of an answer says before it is read.
pub(super) enum Shape {
    Choices(List),
    Scale(List),
    Order(List),
    Match(Table),
    Blanks(Vec<Inline>),
}

impl Gatherer<'_> {
    /// Takes the answer off the end of the body, with its place; or says why there is none.
    pub(super) fn take_answer(
        &mut self,
        body: &mut Vec<Block>,
        explanation: &[Block],
        settings: &Settings,
        question: Span,
    ) -> Option<(Shape, Span)> {
        let Some(last) = body.pop() else {
            self.nothing_below(explanation, question);
            return None;
        };
        let span = last.span;
        let shape = match last.kind {
            BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()) => {
                self.marked_list(list, settings, span)?
            }
            BlockKind::List(list) if settings.scale => self.scale(list, span)?,
            BlockKind::List(list) if list.start.is_some() => Shape::Order(list),
            BlockKind::Table(table) => Shape::Match(table),
            BlockKind::Paragraph(content) if !blank_spans(&content).is_empty() => Shape::Blanks(content),
            kind => {
                self.no_answer(&Block { kind, span }, body, settings, question);
                return None;
            }
        };
        Some((shape, span))
    }

    fn nothing_below(&mut self, explanation: &[Block], question: Span) {
        if let Some(blank) = blanks_in(explanation).first() {
            self.blank_within(*blank, "a block quote");
            return;
        }
        let message = "this question has no answer to choose or to give";
        let mut diagnostic = Diagnostic::new(&code::QUESTION_NO_ANSWER, question, message);
        if misread::gap(self.source(question)).is_some() {
            diagnostic = diagnostic.hint(
                "to have it filled in, write the sentence under the heading, with its answer in brackets: \
                 The capital of France is [[Paris]].",
            );
        }
        let hint = "list the choices under the question:\n- [x] the right one\n- [ ] another one";
        self.say(diagnostic.hint(hint));
    }

    pub(super) fn blank_within(&mut self, blank: Span, holder: &str) {
        let message = format!("this blank stands in {holder}, and blanks are filled in a paragraph");
        self.error(&code::QUESTION_BLANK, blank, message, "write the text with its blanks as one paragraph");
    }

    /// A list in which something is ticked, or could be.
    fn marked_list(&mut self, list: List, settings: &Settings, span: Span) -> Option<Shape> {
        if settings.scale {
            let message = "nothing is right or wrong on a scale, so its points have no boxes";
            let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
            self.say(
                diagnostic
                    .fix("write a plain list", span, self.every_line(span, without_box))
                    .hint("if one of them is right, remove .scale from the heading"),
            );
            return None;
        }
        if list.start.is_some() {
            let message = "choices are a list with hyphens, not with numbers";
            let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
            self.say(
                diagnostic
                    .fix("write hyphens", span, self.every_line(span, hyphen_for_number))
                    .hint("to have them put into order instead, leave the boxes out: 1. first, 2. second"),
            );
            return None;
        }
        self.all_marked(&list)?;
        Some(Shape::Choices(list))
    }

    fn scale(&mut self, list: List, span: Span) -> Option<Shape> {
        if list.start.is_some() {
            let message = "the points of a scale are a list with hyphens, and the numbers of this one would be lost";
            let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
            self.say(
                diagnostic
                    .fix("write hyphens", span, self.every_line(span, hyphen_for_number))
                    .hint("if learners should read the numbers, write both: - 1: not at all"),
            );
            return None;
        }
        Some(Shape::Scale(list))
    }

    fn every_line(&self, span: Span, change: fn(&str) -> String) -> String {
        self.source(span).lines().map(change).collect::<Vec<_>>().join("\n")
    }

    /// What stands where the answer should be is none: says which slip it is.
    fn no_answer(&mut self, last: &Block, before: &[Block], settings: &Settings, question: Span) {
        if self.misread_answer(last, before, settings) {
            return;
        }
        match before.iter().rfind(|block| is_answer(block, settings)) {
            Some(answer) => self.after_answer(last, answer),
            None if !settings.understood => {}
            None => self.unanswered(last, settings, question),
        }
    }

    fn after_answer(&mut self, last: &Block, answer: &Block) {
        let what = if is_choices(answer) { "the choices" } else { "the answer" };
        let subject = if matches!(last.kind, BlockKind::Paragraph(_)) { "this text" } else { "this" };
        let diagnostic =
            Diagnostic::new(&code::QUESTION_TEXT_AFTER, last.span, format!("{subject} comes after {what}"));
        let quoted = self.every_line(last.span, |line| format!("> {line}"));
        let above = format!("if it belongs to the question, move it above {what}");
        self.say(match last.kind {
            BlockKind::Rule => diagnostic.fix("remove it: the next heading begins the next question", last.span, ""),
            BlockKind::Paragraph(_) | BlockKind::List(_) | BlockKind::Formula(_) => {
                diagnostic.fix("if it explains the answer, make it a block quote", last.span, quoted).hint(above)
            }
            _ => diagnostic.hint(above).hint("if it explains the answer, write > before each of its lines"),
        });
    }

    fn unanswered(&mut self, last: &Block, settings: &Settings, question: Span) {
        let message = "this question does not end with an answer to choose or to give";
        let diagnostic = Diagnostic::new(&code::QUESTION_NO_ANSWER, question, message);
        self.say(match &last.kind {
            _ if settings.scale => {
                diagnostic.hint("end it with the points of the scale:\n- not at all\n- a little\n- very much")
            }
            BlockKind::List(list) => diagnostic
                .hint("if this list is its choices, give each a box:\n- [x] the right one\n- [ ] another one")
                .fix("if they are to be put into order, number them", last.span, self.numbered_items(list, last.span))
                .hint("if they are the points of a scale, where none is right, write {.scale} after the heading"),
            _ => diagnostic
                .hint("end it with a list of choices:\n- [x] the right one\n- [ ] another one")
                .hint("or with a list to put into order, 1. first, 2. second; or with a table of two columns to match")
                .hint("or with a text to fill in: The capital of France is [[Paris]].")
                .hint("or, for an answer in the learner's own words: [[…]]"),
        });
    }

    /// A list as it stands, with the numbers from 1 on for its signs.
    pub(super) fn numbered_items(&self, list: &List, span: Span) -> String {
        self.numbered_from(1, list, span)
    }

    /// A list as it stands, with the numbers from `first` on for its signs.
    pub(super) fn numbered_from(&self, first: u64, list: &List, span: Span) -> String {
        let mut numbered = self.source(span).to_owned();
        for (number, item) in (first..).zip(&list.items).collect::<Vec<_>>().into_iter().rev() {
            let at = (item.span.start - span.start) as usize;
            let digits = numbered[at..].bytes().take_while(u8::is_ascii_digit).count();
            numbered.replace_range(at..=at + digits, &format!("{number}."));
        }
        numbered
    }
}

/// Whether a block could have been the answer, had it stood last.
pub(super) fn is_answer(block: &Block, settings: &Settings) -> bool {
    match &block.kind {
        BlockKind::List(list) => is_choices(block) || list.start.is_some() || settings.scale,
        BlockKind::Table(table) => table.columns.len() == 2,
        BlockKind::Paragraph(content) => !blank_spans(content).is_empty(),
        _ => false,
    }
}

pub(super) fn is_choices(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()))
}

/// `- [ ] one` as `- one`.
fn without_box(line: &str) -> String {
    ["[ ] ", "[x] ", "[X] "].into_iter().fold(line.to_owned(), |line, mark| line.replacen(mark, "", 1))
}

fn hyphen_for_number(line: &str) -> String {
    let text = line.trim_start();
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match after_digits.strip_prefix(['.', ')']) {
        Some(rest) if after_digits.len() < text.len() => format!("-{rest}"),
        _ => line.to_owned(),
    }
}
