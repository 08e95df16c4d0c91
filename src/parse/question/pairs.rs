//! Matching: a table of two columns, a prompt and its answer in each row.

use super::Gatherer;
use crate::code;
use crate::course::{
    ANSWER_SIGN, Answer, Block, BlockKind, Inline, MatchAnswer, Matching, Node, PartKind, Prompt, Table, plain_text,
    walk_inlines,
};
use crate::diagnostic::{Diagnostic, Span};
use crate::text;

/// The line under the first row of a table, for two columns.
const RULER: &str = "|---|---|";

impl Gatherer<'_> {
    /// The pairs of a table that stands at `place`.
    pub(super) fn pairs(&mut self, table: Table, place: Span, question: Span) -> Option<Answer> {
        if self.other_columns(&table, place) || self.lost_caption(&table, place) {
            return None;
        }
        let before = self.diagnostics.len();
        let spans = self.row_spans(place);
        let mut head = table.head.into_iter();
        let head = [head.next().unwrap_or_default(), head.next().unwrap_or_default()];
        head.iter().for_each(|cell| self.misplaced_in_cell(cell, spans.first().copied().unwrap_or(place)));
        let mut rows: Vec<Row> = Vec::new();
        for (row, span) in table.rows.into_iter().zip(spans.into_iter().skip(1)) {
            if !self.misread_row(span)
                && let Some(row) = self.row(row, span, &rows)
            {
                rows.push(row);
            }
        }
        if self.refused_since(before) || self.rows_twice(&rows) || self.too_few(&rows, question) {
            return None;
        }
        Some(Answer::Match(matching(head, rows)))
    }

    fn other_columns(&mut self, table: &Table, place: Span) -> bool {
        let columns = match table.columns.len() {
            2 => return false,
            1 => "one column".to_owned(),
            columns => format!("{columns} columns"),
        };
        let message = format!("a table of {columns} is no answer: to match prompts with answers takes two");
        let diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, place, message);
        self.say(
            diagnostic
                .hint("keep two columns: the prompts, and the answers that belong to them")
                .hint("if the table belongs to the question, what may be answered comes after it"),
        );
        true
    }

    fn lost_caption(&mut self, table: &Table, place: Span) -> bool {
        if table.caption.is_some() {
            let message = "the caption of this table would be lost: its rows become fields to fill in";
            let hint = "remove the line that begins with a colon; what learners should read stands above the table";
            self.error(&code::QUESTION_SHAPE, place, message, hint);
        }
        table.caption.is_some()
    }

    fn row(&mut self, cells: Vec<Vec<Inline>>, span: Span, before: &[Row]) -> Option<Row> {
        let mut cells = cells.into_iter();
        let (prompt, mut answer) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let attributes = self.item_attributes(&mut answer, span, PartKind::Row)?;
        let errors = self.diagnostics.len();
        [&prompt, &answer].into_iter().for_each(|cell| self.misplaced_in_cell(cell, span));
        if self.refused_since(errors) {
            return None;
        }
        let [text, answer_text] = [&prompt, &answer].map(|cell| text::identity(&plain_text(cell)));
        if answer_text.is_empty() {
            let hint = "write the answer into the second cell; a row without a prompt is one answer too many";
            self.error(&code::CHOICE_EMPTY, span, "this row has no answer", hint);
            return None;
        }
        if ["-", "–", "—", "/", "n/a", "N/A"].contains(&text.as_str()) {
            self.dash_for_nothing(&text, span);
        }
        let same = before.iter().position(|other| other.answer_text == answer_text);
        if same.is_some_and(|same| images(&before[same].answer) != images(&answer)) {
            let message = "this image says in words what that of another answer says, so nobody could tell them apart";
            self.error(&code::CHOICE_DUPLICATE, span, message, "describe in the brackets what each of them shows");
            return None;
        }
        let id = attributes.id.map(|id| format!("#{id}"));
        Some(Row { id, text, span, prompt, answer, answer_text, first: same.unwrap_or(before.len()) })
    }

    /// Warns of a sign in the first cell that stands for nothing.
    fn dash_for_nothing(&mut self, sign: &str, row: Span) {
        let message = format!("`{sign}` is a prompt here, of which learners would have to find the answer");
        let diagnostic = Diagnostic::new(&code::PROMPT_DASH, row, message);
        let advice = "if this is an answer too many, leave the first cell empty";
        self.say(match self.source(row).find(sign) {
            Some(at) => {
                let start = row.start as usize + at;
                let place = Span::new(row.file, start..start + sign.len());
                diagnostic.fix(advice, place, " ".repeat(sign.chars().count()))
            }
            None => diagnostic.hint(advice),
        });
    }

    /// Reports what a cell cannot hold.
    fn misplaced_in_cell(&mut self, cell: &[Inline], row: Span) {
        if !self.blank_in_part(cell, PartKind::Row) && !self.box_in_text(&plain_text(cell), row) {
            self.braces_inside(cell, row, PartKind::Row);
        }
    }

    fn rows_twice(&mut self, rows: &[Row]) -> bool {
        let before = self.diagnostics.len();
        for (index, row) in rows.iter().enumerate() {
            let above = &rows[..index];
            let stands_again =
                |(at, other): (usize, &Row)| other.first == row.first && (at < index || !other.is_extra());
            let (message, hint) = if let Some(id) = &row.id
                && above.iter().any(|other| other.id == row.id)
            {
                (format!("the id `{id}` stands twice in this question"), "give one of them another id")
            } else if !row.is_extra() && above.iter().any(|other| !other.is_extra() && other.text == row.text) {
                ("the same prompt stands twice in this question".to_owned(), "change one of them, or remove it")
            } else if row.is_extra() && rows.iter().enumerate().any(stands_again) {
                let message = "this answer belongs to no prompt, and stands in another row as well";
                (message.to_owned(), "remove this row, or change its answer")
            } else if row.id.is_none() && !row.is_extra() && row.text.starts_with(ANSWER_SIGN) {
                let message = format!("a prompt that begins with `{ANSWER_SIGN}` needs an id of its own");
                (message, "write one at the end of the row, such as {#formula}")
            } else {
                continue;
            };
            self.error(&code::CHOICE_DUPLICATE, row.span, message, hint);
        }
        self.refused_since(before)
    }

    fn too_few(&mut self, rows: &[Row], question: Span) -> bool {
        let prompts = rows.iter().filter(|row| !row.is_extra()).count();
        let answers = rows.iter().enumerate().filter(|(at, row)| row.first == *at).count();
        let (message, hint) = match (prompts, answers) {
            (..2, _) => {
                ("there is nothing to match with fewer than two prompts", "add rows: | a prompt | its answer |")
            }
            (_, ..2) => (
                "every prompt has the same answer, so there is nothing to match",
                "add another answer, if need be one that belongs to no prompt: | | another answer |",
            ),
            _ => return false,
        };
        self.error(&code::QUESTION_NO_ANSWER, question, message, hint);
        true
    }

    /// Reports a row that is no row, or of which something would be lost.
    fn misread_row(&mut self, row: Span) -> bool {
        let source = self.source(row);
        match cells(source) {
            1 if !source.contains('|') => {
                let message = "this line stands right under the table, so it is read as a row of it";
                let quoted = format!("\n> {source}");
                let diagnostic = Diagnostic::new(&code::QUESTION_TEXT_AFTER, row, message);
                self.say(
                    diagnostic
                        .fix("if it explains the answer, leave an empty line and make it a block quote", row, quoted)
                        .hint("if it belongs to the question, move it above the table"),
                );
            }
            3 if self.braces_after_row(source, row) => {}
            cells @ 3.. => {
                let message = format!("this row has {cells} cells, and those after the second would be lost");
                let hint = "a row is: | a prompt | its answer |; a bar within a cell is written \\|";
                self.error(&code::QUESTION_SHAPE, row, message, hint);
            }
            _ => return false,
        }
        true
    }

    /// Reports `| France | Paris | {#fr}`.
    fn braces_after_row(&mut self, source: &str, row: Span) -> bool {
        let Some((cells, braces)) = source.rsplit_once('|').filter(|(_, end)| end.trim().starts_with("{#")) else {
            return false;
        };
        let fixed = format!("{} {} |", cells.trim_end(), braces.trim());
        let message = "these braces stand outside the table, so they would be lost";
        let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, row, message);
        self.say(diagnostic.fix("write them at the end of the last cell", row, fixed));
        true
    }

    /// Reports rows of a paragraph that were meant as a table. `above` is the block before it.
    pub(super) fn rows_without_table(&mut self, span: Span, above: Option<&Block>) -> bool {
        let lines: Vec<&str> = self.source(span).lines().collect();
        if !lines.iter().all(|line| cells(line) > 1 || is_ruler(line)) {
            return false;
        }
        if let Some(Block { kind: BlockKind::Table(_), span: table }) = above {
            let gap = Span { start: table.end + 1, end: span.start, ..span };
            let message = "these rows are cut off their table by an empty line";
            let diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, span, message);
            self.say(diagnostic.fix("write them right under it", gap, ""));
            return true;
        }
        let (rulers, rows): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| is_ruler(line));
        if rows.len() < 2 {
            return false;
        }
        let message =
            "these rows make no table: the line |---|---| stands under the first one, which names the columns";
        let mut diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, span, message);
        // Two rows are the least that can be matched.
        if rows.len() > 2 || !rulers.is_empty() {
            let named = [&[rows[0], RULER], &rows[1..]].concat().join("\n");
            diagnostic = diagnostic.fix("if the first row names the columns, write", span, named);
        }
        if rulers.is_empty() {
            let unnamed = [&["| | |", RULER], &rows[..]].concat().join("\n");
            diagnostic = diagnostic.fix("if the columns have no names, write", span, unnamed);
        }
        self.say(diagnostic);
        true
    }

    /// Reports rows above a table that should be in it: the line of hyphens is too far down.
    pub(super) fn rows_above(&mut self, body: &[Block], table: Span) -> bool {
        let Some(Block { kind: BlockKind::Paragraph(_), span }) = body.last() else {
            return false;
        };
        let (rows, rest) = (self.source(*span), self.source(table));
        let is_near = !self.file_text[span.end as usize..table.start as usize].trim_matches(' ').contains("\n\n");
        let mut below = rest.lines();
        let (Some(head), Some(ruler)) = (below.next(), below.next()) else { return false };
        if !is_near || !rows.lines().all(|line| cells(line) > 1) {
            return false;
        }
        let mut lines: Vec<&str> = rows.lines().chain([head]).collect();
        lines.insert(1, ruler);
        let end = table.start + u32::try_from(head.len() + 1 + ruler.len()).unwrap_or(0);
        let (place, fixed) = (Span { end, ..*span }, lines.join("\n"));
        let message = "these rows are no part of the table: its line of hyphens stands under the first row";
        self.say(Diagnostic::new(&code::QUESTION_SHAPE, place, message).fix("write", place, fixed));
        true
    }

    /// Reports a row that continues the block quote at `quote`, for want of a line between them.
    pub(super) fn row_in_quote(&mut self, quote: Span) -> bool {
        let source = self.source(quote);
        let Some(row) = source.lines().find(|line| line.trim_start().starts_with('|')) else {
            return false;
        };
        let start = quote.start as usize + (row.as_ptr() as usize - source.as_ptr() as usize);
        let place = Span::new(quote.file, start..start + row.len());
        let hint = "move the block quote under the table, after an empty line: rows have no feedback of their own";
        self.error(&code::QUESTION_SHAPE, place, "this row is read as a part of the block quote above it", hint);
        true
    }

    /// Where the rows of a table stand, its head first: each is one line (GFM, section 4.10).
    fn row_spans(&self, place: Span) -> Vec<Span> {
        let mut start = place.start as usize;
        let lines = self.source(place).split_inclusive('\n').map(|line| {
            let span = Span::new(place.file, start..start + line.trim_end().len());
            start += line.len();
            span
        });
        lines.enumerate().filter(|(at, _)| *at != 1).map(|(_, span)| span).collect()
    }
}

/// A prompt and its answer, as they stand.
struct Row {
    /// `#id` as given by the author.
    id: Option<String>,
    /// The normalised text of the prompt.
    text: String,
    span: Span,
    /// Empty for an answer that belongs to no prompt.
    prompt: Vec<Inline>,
    answer: Vec<Inline>,
    /// The normalised text of the answer.
    answer_text: String,
    /// The first row with the same answer, counted from 0: itself, unless an answer belongs to several prompts.
    first: usize,
}

impl Row {
    fn is_extra(&self) -> bool {
        self.prompt.is_empty()
    }
}

fn matching(head: [Vec<Inline>; 2], rows: Vec<Row>) -> Matching {
    let firsts: Vec<usize> = rows.iter().enumerate().filter(|(at, row)| row.first == *at).map(|(at, _)| at).collect();
    let mut matching = Matching { head, prompts: Vec::new(), answers: Vec::new() };
    for (at, Row { id, text, span, prompt, answer, answer_text, first }) in rows.into_iter().enumerate() {
        let is_extra = prompt.is_empty();
        if first == at {
            let text = format!("{ANSWER_SIGN}{answer_text}");
            let id = id.as_ref().filter(|_| is_extra).map_or_else(|| text.clone(), |id| format!("{ANSWER_SIGN}{id}"));
            matching.answers.push(MatchAnswer { id, text, span, content: answer });
        }
        if !is_extra {
            let answer = firsts.partition_point(|other| *other < first);
            matching.prompts.push(Prompt {
                id: id.unwrap_or_else(|| text.clone()),
                text,
                span,
                content: prompt,
                answer,
            });
        }
    }
    matching
}

fn cells(row: &str) -> usize {
    text::cells(row).len()
}

fn is_ruler(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The files of the images in a text.
fn images(content: &[Inline]) -> Vec<&str> {
    let mut found = Vec::new();
    walk_inlines(content, &mut |node| {
        if let Node::Inline(Inline::Image(image)) = node {
            found.push(image.destination.as_str());
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_are_parted_by_bars_of_their_own() {
        for (row, expected) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b | c |", 3),
            (r"| a \| b | c |", 2),
            ("| [[a|b]] | c |", 2),
            ("a", 1),
            ("| | b |", 2),
            (r"| a | b \|", 2),
        ] {
            assert_eq!(cells(row), expected, "{row}");
        }
    }
}
