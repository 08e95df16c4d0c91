//! Answers that a slip has cut in pieces: a feedback at the margin, another sign before an item, a text in between.

use super::answer::{Shape, is_choices};
use super::{Asks, Gatherer, is_quote, slips};
use crate::code;
use crate::course::{Block, BlockKind, List};
use crate::diagnostic::{Diagnostic, Span};

impl Gatherer<'_> {
    /// Whether something in the body looks like a piece of the answer, which stands at `place`.
    pub(super) fn in_pieces(&mut self, body: &[Block], shape: &Shape, place: Span) -> bool {
        if let Some(first) = body.iter().position(is_choices) {
            let below = &body[first + 1..];
            let is_choices = matches!(shape, Shape::Choices(_));
            if !self.next_question(&body[first], below, is_choices) {
                match is_choices {
                    true => self.choices_in_pieces(body, first, place),
                    false => self.two_answers(body[first].span, place),
                }
            }
            return true;
        }
        // What an explanation and a heading follow was an answer of its own.
        let is_whole = |blocks: &[Block]| is_quote(&blocks[1]) && matches!(blocks[2].kind, BlockKind::Heading(_));
        let is_list = |block: &Block| matches!(&block.kind, BlockKind::List(list) if list.start.is_some());
        if let Some(at) = body.windows(3).position(|blocks| is_list(&blocks[0]) && is_whole(blocks)) {
            return self.next_question(&body[at], &body[at + 1..], false);
        }
        match shape {
            Shape::Order(list) => {
                self.order_in_pieces(body, list, place)
                    || self.list_above(body, shape)
                    || self.first_is_lost(list, place)
            }
            Shape::Scale(list) => {
                self.scale_in_pieces(body, place)
                    || self.list_above(body, shape)
                    || self.first_is_text(body, list, place)
            }
            Shape::Choices(list) => self.list_above(body, shape) || self.first_is_text(body, list, place),
            Shape::Match(_) => self.rows_above(body, place),
            Shape::Blanks(_) => false,
        }
    }

    /// A list to be put into order that does not begin with 1: what was meant as its first item is probably text.
    fn first_is_lost(&mut self, list: &List, place: Span) -> bool {
        let Some(start) = list.start.filter(|start| *start > 1) else { return false };
        let message = format!("this list begins with {start}: what comes before would not be put into order");
        let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, place, message);
        self.say(diagnostic.hint("begin every item with its number, a dot and a space: 1. First").fix(
            "if nothing is missing, begin with 1",
            place,
            self.numbered_items(list, place),
        ));
        true
    }

    /// What was meant as the first item is text: `-One` right above the list, or a feedback above it.
    fn first_is_text(&mut self, body: &[Block], list: &List, place: Span) -> bool {
        let Some(last) = body.last() else { return false };
        let what = if is_choices_list(list) { "choice" } else { "item" };
        if is_quote(last) && self.file_text[..last.span.start as usize].ends_with([' ', '\t']) {
            let message = format!("this block quote is indented like a feedback, and there is no {what} above it");
            let hint = match what {
                "choice" => "begin the choice above it with a hyphen, a space and a box: - [ ] One",
                _ => "begin the item above it with a hyphen and a space: - One",
            };
            self.error(&code::QUESTION_FEEDBACK, last.span, message, hint);
            return true;
        }
        let line = self.source(last.span).lines().next_back().unwrap_or_default();
        let touches = !self.file_text[last.span.end as usize..place.start as usize].contains("\n\n");
        let item = begun_item(line).filter(|_| touches && matches!(last.kind, BlockKind::Paragraph(_)));
        let Some(item) = item else { return false };
        let fixed = if what == "choice" { format!("- [ ] {item}") } else { format!("- {item}") };
        let start = line.as_ptr() as usize - self.file_text.as_ptr() as usize;
        let place = Span::new(place.file, start..start + line.len());
        let message = format!("this line looks like the first {what} of the list below and is plain text");
        self.say(Diagnostic::new(&code::QUESTION_MARKER, place, message).fix("write", place, fixed));
        true
    }

    fn two_answers(&mut self, choices: Span, answer: Span) {
        let message = "this question has two answers: the choices above, and this";
        let diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, answer, message);
        let line = self.file_text[..choices.start as usize].matches('\n').count() + 1;
        self.say(
            diagnostic
                .hint("if they are two questions, write a heading between them: ## What is …?")
                .hint(format!("if the choices on line {line} are no answer, write them without boxes")),
        );
    }

    fn choices_in_pieces(&mut self, body: &[Block], first: usize, answer: Span) {
        match (&body[first], &body[first + 1..]) {
            (Block { kind: BlockKind::List(list), .. }, [quote, ..]) if is_quote(quote) => {
                self.feedback_at_margin(list, quote.span);
            }
            (list, []) if self.sign(list.span) != self.sign(answer) => self.two_signs(list.span, answer),
            (list, _) => self.two_lists(list.span),
        }
    }

    /// A block quote stands between two items.
    fn feedback_at_margin(&mut self, list: &List, quote: Span) {
        let what = if is_choices_list(list) { "choice" } else { "item" };
        let message = format!("this block quote cuts the list of {what}s in two");
        let fixed = self.indented(quote, self.indent(list));
        let advice =
            format!("if it is the feedback of the {what} above, indent it by {} spaces", in_words(self.indent(list)));
        self.say(Diagnostic::new(&code::QUESTION_FEEDBACK, quote, message).fix(advice, quote, fixed));
    }

    fn two_lists(&mut self, list: Span) {
        let message = "this question has two lists of choices";
        self.error(&code::QUESTION_SHAPE, list, message, "make it one list, or two questions");
    }

    /// Reports what stands below choices and probably begins the next question: a heading or, where choices follow,
    /// any line. Whether there is something of the kind.
    fn next_question(&mut self, choices: &Block, below: &[Block], choices_follow: bool) -> bool {
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_));
        let Some(next) = below
            .iter()
            .find(is_heading)
            .or_else(|| below.iter().find(|block| choices_follow && begins_question(block)))
        else {
            return false;
        };
        let source = self.source(next.span);
        let title = source.trim_start_matches('#').trim();
        let title = title.strip_prefix("**").and_then(|title| title.strip_suffix("**")).unwrap_or(title);
        let title = slips::numbered(title).map_or(title, |(_, title)| title);
        let mark = if self.asks == Asks::MarkedHeadings && !title.ends_with('}') { " {.question}" } else { "" };
        let message = match is_heading(&next) {
            true => "this heading is a part of the question above it: a question begins with ##",
            false => "this stands between two lists of choices: a question begins with ##",
        };
        let mut diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, next.span, message);
        diagnostic = match source.contains('\n') {
            true => diagnostic.hint("if it is a question, begin it with a heading: ## What is …?"),
            false => diagnostic.fix("if it is a question, write", next.span, format!("## {title}{mark}")),
        };
        if let (BlockKind::List(list), Some(quote)) = (&choices.kind, below.first().filter(|block| is_quote(block))) {
            let line = self.file_text[..quote.span.start as usize].matches('\n').count() + 1;
            let spaces = in_words(self.indent(list));
            diagnostic = diagnostic.hint(format!(
                "if it is none, let the choices go on right under those above; a feedback, as the block quote on line \
                 {line} may be, is indented by {spaces} spaces"
            ));
        } else {
            diagnostic = diagnostic.hint("if it is none, put it above the choices, and make these one list");
        }
        self.say(diagnostic);
        true
    }

    fn order_in_pieces(&mut self, body: &[Block], answer: &List, place: Span) -> bool {
        let is_piece = |block: &Block| matches!(&block.kind, BlockKind::List(list) if list.start.is_some());
        let last = body.iter().rposition(is_piece);
        let Some((at, Block { kind: BlockKind::List(list), span })) = last.map(|at| (at, &body[at])) else {
            return self.hyphen_among_numbers(body, answer, place);
        };
        let between = &body[at + 1..];
        let goes_on = answer.start == list.start.map(|start| start + list.items.len() as u64);
        match between {
            [] => self.two_signs(*span, place),
            [quote, ..] if between.iter().all(is_quote) => self.feedback_at_margin(list, quote.span),
            [Block { kind: BlockKind::List(_), .. }] => return self.hyphen_among_numbers(body, answer, place),
            [text, ..] if goes_on => {
                let message = "this cuts the list of items in two: only those after it would be put into order";
                let hint = "move it above the list; what is said of one item stands under it, indented: > …";
                self.error(&code::QUESTION_SHAPE, text.span, message, hint);
            }
            _ => return false,
        }
        true
    }

    /// `- One` above `2. Two`, or between `1. One` and `3. Three`: an item has another sign than the others.
    fn hyphen_among_numbers(&mut self, body: &[Block], answer: &List, place: Span) -> bool {
        let [above @ .., Block { kind: BlockKind::List(list), span }] = body else { return false };
        let before = match above.last() {
            Some(Block { kind: BlockKind::List(numbers), .. }) => last_number(numbers),
            _ => 0,
        };
        if answer.start != Some(before + list.items.len() as u64 + 1) {
            return false;
        }
        let message = match before {
            0 => "these items begin with another sign than those below, which makes them a list of their own",
            _ => "a hyphen interrupts the numbers here, and only what stands below would be put into order",
        };
        let fixed = self.numbered_from(before + 1, list, *span);
        let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, *span, message);
        let diagnostic = diagnostic.fix("begin every item with its number", *span, fixed);
        self.say(match before {
            0 => diagnostic.hint(format!(
                "if this list is a part of the question, begin the items on line {} with 1.",
                self.file_text[..place.start as usize].matches('\n').count() + 1
            )),
            _ => diagnostic,
        });
        true
    }

    /// A list right above the one that is the answer: its items may have been meant for the answer, and would be lost.
    fn list_above(&mut self, body: &[Block], shape: &Shape) -> bool {
        let Some(Block { kind: BlockKind::List(list), span }) = body.last() else { return false };
        // Statements with numbers, of which the choices say which are true, are no choices.
        if matches!(shape, Shape::Choices(_)) && list.start.is_some() {
            return false;
        }
        let message = "this list stands right above the answer and would be no part of it";
        let hint = match shape {
            Shape::Order(_) => "if its items are to be put into order, too, number all of them from 1 on",
            _ => "if its items belong to the answer, begin all of them with the same sign",
        };
        let diagnostic = Diagnostic::new(&code::QUESTION_SHAPE, *span, message);
        self.say(diagnostic.hint(hint).hint("if it is a part of the question, put a sentence between the two lists"));
        true
    }

    fn scale_in_pieces(&mut self, body: &[Block], place: Span) -> bool {
        let is_piece = |block: &Block| matches!(&block.kind, BlockKind::List(list) if list.start.is_none());
        let last = body.iter().rposition(is_piece);
        let Some((at, Block { kind: BlockKind::List(list), span })) = last.map(|at| (at, &body[at])) else {
            return false;
        };
        match &body[at + 1..] {
            [] => self.two_signs(*span, place),
            [quote, rest @ ..] if is_quote(quote) && rest.iter().all(is_quote) => {
                self.feedback_at_margin(list, quote.span);
            }
            _ => return false,
        }
        true
    }

    /// The sign with which a list begins: a hyphen, or what stands after its number.
    fn sign(&self, list: Span) -> Option<char> {
        self.source(list).chars().find(|c| !c.is_ascii_digit())
    }

    /// Two lists follow each other for the only reason that they begin with two signs.
    fn two_signs(&mut self, first: Span, second: Span) {
        let odd = if matches!(self.sign(first), Some('-' | '.')) { second } else { first };
        let numbers = self.source(odd).starts_with(|c: char| c.is_ascii_digit());
        let (advice, usual): (_, fn(&str) -> String) = match numbers {
            true => ("write a dot after every number", dot_after_number),
            false => ("begin all of them with a hyphen", hyphen),
        };
        let fixed = self.source(odd).lines().map(usual).collect::<Vec<_>>().join("\n");
        let message = "these begin with another sign than the others, which makes them a list of their own";
        self.say(Diagnostic::new(&code::QUESTION_MARKER, odd, message).fix(advice, odd, fixed));
    }

    /// Whether the block quote at the end was meant for the item above it: it is indented, and not enough.
    pub(super) fn feedback_too_shallow(&mut self, body: &[Block]) -> bool {
        let [.., Block { kind: BlockKind::List(list), .. }, Block { span: quote, .. }] = body else {
            return false;
        };
        let line = self.file_text[..quote.start as usize].rfind('\n').map_or(0, |end| end + 1);
        let lead = &self.file_text[line..quote.start as usize];
        let is_indented = (!lead.is_empty() && lead.trim().is_empty()) || self.source(*quote).starts_with(' ');
        if !is_indented {
            return false;
        }
        let whole = Span { start: u32::try_from(line).unwrap_or(quote.start), ..*quote };
        let bare = self.source(whole).lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
        let message = "this block quote is indented, and not enough to be the feedback of the line above it";
        let indent = self.indent(list);
        let advice = format!("to make it a feedback, indent it by {} spaces", in_words(indent));
        let diagnostic = Diagnostic::new(&code::QUESTION_FEEDBACK, whole, message);
        let explains = "if it explains the answer of the question, do not indent it";
        self.say(diagnostic.fix(advice, whole, self.indented(whole, indent)).fix(explains, whole, format!("\n{bare}")));
        true
    }

    /// How far what belongs to an item of a list is indented: as its text (CommonMark, section 5.2).
    pub(super) fn indent(&self, list: &List) -> usize {
        let Some(item) = list.items.last() else { return 2 };
        let source = self.source(item.span);
        let above = &self.file_text[..item.span.start as usize];
        let lead = above.len() - above.trim_end_matches(' ').len();
        let after = source.trim_start_matches(|c: char| c.is_ascii_digit()).get(1..).unwrap_or_default();
        let sign = source.len() - after.len();
        if after.starts_with('\t') {
            return (lead + sign + 1).next_multiple_of(4);
        }
        let spaces = after.len() - after.trim_start_matches(' ').len();
        lead + sign + if (1..=4).contains(&spaces) { spaces } else { 1 }
    }

    fn indented(&self, block: Span, spaces: usize) -> String {
        let lines = self.source(block).lines().map(|line| format!("{:spaces$}{}", "", line.trim_start()));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The number of the last item of a list; 0 where they have none.
fn last_number(list: &List) -> u64 {
    list.start.map_or(0, |start| (start + list.items.len() as u64).saturating_sub(1))
}

/// A line of text, or one number with a line: `**What next?**`, `2. What next?`.
fn begins_question(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Paragraph(_) => true,
        BlockKind::List(list) => list.start.is_some() && list.items.len() == 1,
        _ => false,
    }
}

fn is_choices_list(list: &List) -> bool {
    list.items.iter().any(|item| item.marker.is_some())
}

/// The item that `-One`, `-- One`, or a hyphen with a no-break space was meant to begin.
fn begun_item(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let rest = text.trim_start_matches(['-', '•']);
    let item = rest.trim_start();
    let begins = rest.len() < text.len() && (item.len() < rest.len() || rest.starts_with(char::is_alphabetic));
    (begins && !item.is_empty()).then_some(item)
}

pub(super) fn in_words(spaces: usize) -> &'static str {
    match spaces {
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        _ => "eight",
    }
}

fn hyphen(line: &str) -> String {
    line.strip_prefix(['*', '+']).map_or_else(|| line.to_owned(), |rest| format!("-{rest}"))
}

fn dot_after_number(line: &str) -> String {
    let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match after.strip_prefix(')') {
        Some(rest) if after.len() < line.len() => format!("{}.{rest}", &line[..line.len() - after.len()]),
        _ => line.to_owned(),
    }
}
