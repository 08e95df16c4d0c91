//! Answers that Markdown takes for text, code or a line: what was meant, and what to type instead.

use std::ops::Range;

use super::answer::is_answer;
use super::settings::Settings;
use super::{Gatherer, blanks_in, slips};
use crate::code;
use crate::course::{Block, BlockKind};
use crate::diagnostic::{Diagnostic, Span};

impl Gatherer<'_> {
    /// Whether a slip has made something else of an answer, which is reported.
    pub(super) fn misread_answer(&mut self, last: &Block, before: &[Block], settings: &Settings) -> bool {
        let paragraph = matches!(last.kind, BlockKind::Paragraph(_));
        if let Some(blank) = blanks_in(std::slice::from_ref(last)).first() {
            let holder = if matches!(last.kind, BlockKind::List(_)) { "a list" } else { "something else" };
            self.blank_within(*blank, holder);
            return true;
        }
        if let BlockKind::List(list) = &last.kind
            && self.other_boxes(list, last.span)
        {
            return true;
        }
        if self.indented_list(last) || self.typed_gap(last, before, settings) {
            return true;
        }
        paragraph
            && (self.single_brackets(last.span)
                || self.number_in_brackets(last.span, |_| true)
                || self.loose_brackets(last.span)
                || self.rows_without_table(last.span, before.last())
                || self.typed_items(last.span, settings))
    }

    /// Reports lines that begin as the items of a list do and make none: `1.One`, `a) one`, on a scale `-One`.
    fn typed_items(&mut self, span: Span, settings: &Settings) -> bool {
        let lines: Vec<&str> = self.source(span).lines().collect();
        let is_point = |line: &str| slips::glued_bullet(line).is_some() || slips::has_word_bullet(line);
        let first = match settings.scale {
            true => first_of_run(&lines, |_, line| is_point(line)),
            false => first_of_run(&lines, follows),
        };
        let Some(first) = first else { return false };
        let with = |begin: &dyn Fn(usize) -> String| {
            let mended = lines.iter().enumerate().map(|(at, line)| match slips::numbered(line) {
                _ if at < first => (*line).to_owned(),
                _ if settings.scale => format!("{}{}", begin(at), slips::without_bullet(line)),
                Some((_, text)) => format!("{}{text}", begin(at)),
                None => (*line).to_owned(),
            });
            mended.collect::<Vec<_>>().join("\n")
        };
        let message = "these lines look like a list and are plain text";
        let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
        self.say(match settings.scale {
            true => diagnostic.fix("begin each with a hyphen and a space", span, with(&|_| "- ".to_owned())),
            false => diagnostic
                .fix(
                    "if they are choices, give each a box, with an x in that of the right one: - [x] …",
                    span,
                    with(&|_| "- [ ] ".to_owned()),
                )
                .fix(
                    "if they are to be put into order, begin each with its number, a dot and a space",
                    span,
                    with(&|at| format!("{}. ", at - first + 1)),
                ),
        });
        true
    }

    /// Reports a list that is indented so far that Markdown takes it for code, or for a part of the text above it.
    fn indented_list(&mut self, last: &Block) -> bool {
        let begins = self.file_text[..last.span.start as usize].rfind('\n').map_or(0, |end| end + 1);
        let source = &self.file_text[begins..last.span.end as usize];
        let is_text = matches!(last.kind, BlockKind::Code { .. } | BlockKind::Paragraph(_));
        let is_deep = |line: &str| line.starts_with('\t') || line.starts_with("    ");
        let first = source.lines().find(|line| is_deep(line) && is_item(line.trim_start()));
        let Some(first) = first.filter(|_| is_text && !source.trim_start().starts_with(['`', '~'])) else {
            return false;
        };
        let start = first.as_ptr() as usize - self.file_text.as_ptr() as usize;
        let place = Span::new(last.span.file, start..last.span.end as usize);
        let indent = &first[..first.len() - first.trim_start().len()];
        let lines = self.source(place).lines().map(|line| line.strip_prefix(indent).unwrap_or(line.trim_start()));
        let fixed = lines.collect::<Vec<_>>().join("\n");
        let message = "this list is indented so far that it is plain text";
        let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, place, message);
        self.say(diagnostic.fix("begin it at the left edge", place, fixed));
        true
    }

    /// Reports a line of underscores or dots where a blank was meant: `The capital is ____.`
    fn typed_gap(&mut self, last: &Block, before: &[Block], settings: &Settings) -> bool {
        let is_text = matches!(last.kind, BlockKind::Paragraph(_) | BlockKind::Rule);
        let source = self.source(last.span);
        let Some(gap) = gap(source).filter(|_| is_text && !before.iter().any(|block| is_answer(block, settings)))
        else {
            return false;
        };
        let start = last.span.start as usize;
        let place = Span::new(last.span.file, start + gap.start..start + gap.end);
        let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, place, "a blank is written in brackets: [[…]]");
        self.say(match gap.len() == source.len() {
            true => diagnostic
                .fix("for an answer in the learner's own words, write", place, "[[…]]")
                .hint("for an answer that can be right, write it in the brackets: [[Paris]]"),
            false => diagnostic
                .hint("write the right answer in its place: The capital of France is [[Paris]].")
                .hint("for an answer in the learner's own words, write a paragraph with nothing but [[…]]"),
        });
        true
    }
}

/// Where a text has underscores or dots for what is to be filled in.
pub(super) fn gap(source: &str) -> Option<Range<usize>> {
    let start = ["___", "\\_\\_", "......", "……"].iter().find_map(|signs| source.find(signs))?;
    let first = source[start..].chars().next()?;
    let rest = source[start..].trim_start_matches(|c| c == first || (first == '\\' && c == '_'));
    Some(start..source.len() - rest.len())
}

/// Whether a line begins as an item of a list does.
fn is_item(line: &str) -> bool {
    slips::correct_marker(line).is_some()
        || ["- ", "* ", "+ "].iter().any(|sign| line.starts_with(sign))
        || slips::numbered(line).is_some()
}

/// Where the lines at the end begin that are of one kind, if there are two; each is judged with the one before it.
fn first_of_run(lines: &[&str], is_next: impl Fn(Option<&str>, &str) -> bool) -> Option<usize> {
    let before = |at: usize| at.checked_sub(1).map(|before| lines[before]);
    let run = (0..lines.len()).rev().take_while(|at| is_next(None, lines[*at]));
    let first = run.last()?;
    let in_order = (first + 1..lines.len()).all(|at| is_next(before(at), lines[at]));
    (in_order && lines.len() - first > 1).then_some(first)
}

/// Whether a line begins with the number after that of the line before it; without one, with any.
fn follows(before: Option<&str>, line: &str) -> bool {
    let number = |line: &str| slips::numbered(line).map(|(number, _)| number);
    match (before.map(number), number(line)) {
        (None, Some(_)) => true,
        (Some(Some(before)), Some(number)) => number == before + 1,
        _ => false,
    }
}
