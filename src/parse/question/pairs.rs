//! Matching: a table of two columns, a prompt and its answer in each row.

use super::Gatherer;
use crate::code;
use crate::course::{Answer, Inline, Matching, Pair, Table, plain_text};
use crate::diagnostic::{Diagnostic, Span};
use crate::text;

impl Gatherer<'_> {
    /// The pairs of a table that stands at `place`.
    pub(super) fn pairs(&mut self, table: Table, place: Span, question: Span) -> Option<Answer> {
        let before = self.diagnostics.len();
        let columns = table.columns.len();
        if columns != 2 {
            let message = format!("a table of {columns} columns is no answer: to match prompts with answers takes two");
            let diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, place, message);
            self.say(
                diagnostic
                    .hint("keep two columns: the prompts, and the answers that belong to them")
                    .hint("if the table belongs to the question, what may be answered comes after it"),
            );
            return None;
        }
        let spans = self.row_spans(place);
        let mut pairs: Vec<Pair> = Vec::new();
        for (index, row) in table.rows.into_iter().enumerate() {
            let span = spans.get(index).copied().unwrap_or(place);
            let Some(pair) = self.pair(row, span, &pairs) else { continue };
            if pairs.iter().any(|other| other.id == pair.id) {
                let message = "the same prompt stands twice in this question";
                self.error(&code::CHOICE_DUPLICATE, span, message, "change one of them, or remove it");
            }
            pairs.push(pair);
        }
        if self.diagnostics.len() > before {
            return None;
        }
        if pairs.iter().filter(|pair| !pair.prompt.is_empty()).count() < 2 {
            let message = "there is nothing to match with fewer than two prompts";
            self.error(&code::QUESTION_NO_ANSWER, question, message, "add rows: | a prompt | its answer |");
            return None;
        }
        let mut head = table.head.into_iter();
        let head = [head.next().unwrap_or_default(), head.next().unwrap_or_default()];
        Some(Answer::Match(Matching { head, pairs }))
    }

    fn pair(&mut self, row: Vec<Vec<Inline>>, span: Span, before: &[Pair]) -> Option<Pair> {
        let mut cells = row.into_iter();
        let (prompt, mut answer) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let attributes = self.item_attributes(&mut answer, span);
        if attributes.fixed || attributes.weight.is_some() {
            let message = "`fixed` and `weight` mean nothing on a row: they are for choices";
            self.error(&code::UNKNOWN_ATTRIBUTE, span, message, "possible here: #an-id");
            return None;
        }
        let [prompt_text, answer_text] = [&prompt, &answer].map(|cell| text::identity(&plain_text(cell)));
        if answer_text.is_empty() {
            let hint = "write the answer into the second cell; a row without a prompt is one answer too many";
            self.error(&code::CHOICE_EMPTY, span, "this row has no answer", hint);
            return None;
        }
        let same = before.iter().position(|other| text::identity(&plain_text(&other.answer)) == answer_text);
        if let (true, Some(_)) = (prompt_text.is_empty(), same) {
            let message = "this answer belongs to no prompt, and to one above";
            self.error(&code::CHOICE_DUPLICATE, span, message, "remove this row, or change its answer");
            return None;
        }
        let text = if prompt_text.is_empty() { answer_text } else { prompt_text };
        let id = attributes.id.map_or_else(|| text.clone(), |id| format!("#{id}"));
        Some(Pair { id, text, span, prompt, answer, first: same.unwrap_or(before.len()) })
    }

    /// Where the rows of a table stand, without its head: each is one line (GFM, section 4.10).
    fn row_spans(&self, place: Span) -> Vec<Span> {
        let mut start = place.start as usize;
        let lines = self.source(place).split_inclusive('\n').map(|line| {
            let span = Span::new(place.file, start..start + line.trim_end().len());
            start += line.len();
            span
        });
        lines.skip(2).collect()
    }
}
