//! The question language: which blocks make a question, and what the shape of its answer says.
//!
//! A question runs from its heading to the next heading of the same or a higher level. Its answer is its last
//! block that is not a block quote; one block quote may follow, the explanation. What looks like a slip of the
//! keyboard is reported with the corrected line, never turned into something else in silence.

mod choices;
mod settings;
mod slips;
mod stray;

use settings::Settings;

use crate::code;
use crate::code::Code;
use crate::course::{Answer, Block, BlockKind, Heading, List, Question, plain_text};
use crate::diagnostic::{Diagnostic, Span};
use crate::text;

/// Which headings of a page are questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Every heading of level 2: a quiz page.
    EveryHeading,
    /// Those with the class `.question`: any other page.
    MarkedHeadings,
}

/// Groups the blocks of a page into questions and the rest. `misread` are the places of headings that Markdown takes
/// for text, and that have been reported: what is wrong with the question around one follows from it.
pub(crate) fn gather(
    blocks: Vec<Block>,
    asks: Asks,
    file_text: &str,
    misread: &[Span],
) -> (Vec<Block>, Vec<Diagnostic>) {
    let mut gatherer = Gatherer { file_text, diagnostics: Vec::new() };
    let mut gathered = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    let mut stray = stray::Stray::new(asks);
    while let Some(block) = blocks.next() {
        let Block { kind: BlockKind::Heading(heading), span } = block else {
            gatherer.blank_outside_question(&block);
            gatherer.diagnostics.extend(stray.block(&block, file_text));
            gathered.push(block);
            continue;
        };
        if !asks.question(&heading) {
            gatherer.plain_heading(&heading, span);
            stray.heading(&heading, span);
            gathered.push(Block { kind: BlockKind::Heading(heading), span });
            continue;
        }
        let level = heading.level;
        let mut body = Vec::new();
        while let Some(block) = blocks.next_if(|b| !matches!(&b.kind, BlockKind::Heading(next) if next.level <= level))
        {
            body.push(block);
        }
        let end = body.last().map_or(span, |last| last.span);
        if misread.iter().any(|misread| (span.start..end.end).contains(&misread.start)) {
            continue;
        }
        if let Some(question) = gatherer.question(heading, span, body) {
            let kind = BlockKind::Question(Box::new(question));
            gathered.push(Block { kind, span: Span { end: end.end, ..span } });
        }
    }
    (gathered, gatherer.diagnostics)
}

impl Asks {
    fn question(self, heading: &Heading) -> bool {
        match self {
            Self::EveryHeading => heading.level == 2,
            Self::MarkedHeadings => heading.attributes.classes.iter().any(|class| class == "question"),
        }
    }
}

struct Gatherer<'a> {
    file_text: &'a str,
    diagnostics: Vec<Diagnostic>,
}

impl Gatherer<'_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, code: &'static Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.say(Diagnostic::new(code, span, message).hint(hint));
    }

    fn source(&self, span: Span) -> &str {
        &self.file_text[span.range()]
    }

    fn question(&mut self, heading: Heading, span: Span, mut body: Vec<Block>) -> Option<Question> {
        let title = plain_text(&heading.content);
        if title.trim().is_empty() {
            self.error(&code::QUESTION_EMPTY, span, "this question asks nothing", "write the question after the ##");
            return None;
        }
        let settings = self.settings(&heading.attributes, span)?;
        if self.slips(&body) {
            return None;
        }
        let explanation = self.explanation(&mut body)?;
        let answer = self.take_answer(&mut body, span)?;
        if self.stray_answers(&body, answer.1) {
            return None;
        }
        let answer = answer.0;
        let choices = self.choices(answer, span)?;
        let kind = self.choice_kind(&choices, &settings, span)?;
        let id = heading.attributes.id.clone().unwrap_or_else(|| text::slug(&title, 60));
        Some(Question {
            id_is_explicit: heading.attributes.id.is_some(),
            id,
            level: heading.level,
            title: heading.content,
            span,
            prompt: body,
            answer: Answer::Choices(kind, choices),
            points: settings.points,
            tries: settings.tries,
            explanation,
        })
    }

    /// Takes the block quote that ends the question off its body.
    fn explanation(&mut self, body: &mut Vec<Block>) -> Option<Vec<Block>> {
        let quotes = body.iter().rev().take_while(|block| is_quote(block)).count();
        if quotes > 1 {
            let span = body[body.len() - 1].span;
            let hint = "join them: put a line with only > between two paragraphs of one explanation";
            self.error(
                &code::QUESTION_SHAPE,
                span,
                "a question has one explanation, and two block quotes end this one",
                hint,
            );
            return None;
        }
        if quotes == 0 {
            return Some(Vec::new());
        }
        match body.pop().map(|block| (block.kind, block.span)) {
            Some((BlockKind::Quotation(quotation), span)) if quotation.attribution.is_some() => {
                // An explanation may itself be a quotation with its author.
                Some(vec![Block { kind: BlockKind::Quotation(quotation), span }])
            }
            Some((BlockKind::Quotation(quotation), _)) => Some(quotation.blocks),
            Some((kind, span)) => Some(vec![Block { kind, span }]),
            None => Some(Vec::new()),
        }
    }

    /// Whether a choice of the question is misspelt. Markdown then takes it for text, or for a part of what stands above.
    fn slips(&mut self, body: &[Block]) -> bool {
        let mut found = false;
        for block in body {
            found |= match &block.kind {
                BlockKind::List(list) => self.slipped_markers(list),
                BlockKind::Paragraph(_) | BlockKind::Quotation(_) | BlockKind::Callout(..) => {
                    let source = self.source(block.span).to_owned();
                    self.slipped_lines(&source, block.span)
                }
                _ => false,
            };
        }
        found
    }

    /// Takes the answer off the end of the body, with its place: a list of choices, or else the reason why there is
    /// none.
    fn take_answer(&mut self, body: &mut Vec<Block>, question: Span) -> Option<(List, Span)> {
        let Some(last) = body.pop() else {
            let hint = "list the choices under the question:\n- [x] the right one\n- [ ] another one";
            self.error(&code::QUESTION_NO_ANSWER, question, "this question has no answer to choose or to give", hint);
            return None;
        };
        let span = last.span;
        match last.kind {
            BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()) => {
                self.all_marked(&list)?;
                if list.start.is_some() {
                    let fixed = self.source(span).lines().map(bullet_for_number).collect::<Vec<_>>().join("\n");
                    let message = "choices are a list with hyphens, not with numbers";
                    self.say(Diagnostic::new(&code::QUESTION_MARKER, span, message).fix("write hyphens", span, fixed));
                    return None;
                }
                Some((list, span))
            }
            kind => {
                self.no_choices(&kind, span, body, question);
                None
            }
        }
    }

    /// What stands where the answer should be is no list of choices: says which slip or kind it is.
    fn no_choices(&mut self, kind: &BlockKind, span: Span, before: &[Block], question: Span) {
        let source = self.source(span).to_owned();
        match kind {
            BlockKind::List(List { start: Some(_), .. }) => self.kind_not_yet("ordering questions", question),
            BlockKind::Table(_) => {
                self.kind_not_yet("matching questions", question);
            }
            BlockKind::Paragraph(_) if before.iter().any(is_choices) => {
                let quoted = source.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
                let message = "this text comes after the choices";
                let diagnostic = Diagnostic::new(&code::QUESTION_TEXT_AFTER, span, message)
                    .fix("if it explains the answer, make it a block quote", span, quoted)
                    .hint("if it belongs to the question, move it above the choices");
                self.say(diagnostic);
            }
            BlockKind::Paragraph(_) if matches!(source.trim(), "[[…]]" | "[[...]]") => {
                self.kind_not_yet("free-text questions", question);
            }
            BlockKind::Paragraph(_) if source.contains("[[") => self.kind_not_yet("fill-in questions", question),
            _ => {
                let hint = "end it with a list of choices:\n- [x] the right one\n- [ ] another one";
                let message = "this question does not end with an answer to choose or to give";
                self.error(&code::QUESTION_NO_ANSWER, question, message, hint);
            }
        }
    }

    /// Whether something in the body looks like a part of the answer, which stands at `answer`, that a slip has cut off.
    fn stray_answers(&mut self, body: &[Block], answer: Span) -> bool {
        let Some(first) = body.iter().position(is_choices) else {
            return false;
        };
        match &body[first + 1..] {
            [Block { kind: BlockKind::Quotation(_) | BlockKind::Callout(..), span }, ..] => {
                let fixed = self.source(*span).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
                let message = "this block quote cuts the list of choices in two";
                let diagnostic = Diagnostic::new(&code::QUESTION_FEEDBACK, *span, message).fix(
                    "if it is the feedback of the choice above, indent it by two spaces",
                    *span,
                    fixed,
                );
                self.say(diagnostic);
            }
            [] if self.bullet(body[first].span) != self.bullet(answer) => self.two_bullets(body[first].span, answer),
            rest => {
                let span = body[first].span;
                let mut diagnostic =
                    Diagnostic::new(&code::QUESTION_SHAPE, span, "this question has two lists of choices");
                let heading = rest.iter().find(|block| matches!(block.kind, BlockKind::Heading(_)));
                diagnostic = match heading {
                    Some(Block { span, .. }) => {
                        let title = self.source(*span).trim_start_matches('#').trim_start();
                        diagnostic.fix(
                            "if this heading is a question, write ## before it",
                            *span,
                            format!("## {title}"),
                        )
                    }
                    None => diagnostic.hint("make it one list, or two questions"),
                };
                self.say(diagnostic);
            }
        }
        true
    }

    /// The sign with which a list begins.
    fn bullet(&self, list: Span) -> Option<char> {
        self.source(list).chars().next()
    }

    /// Two lists follow each other for the only reason that they begin with two signs.
    fn two_bullets(&mut self, first: Span, second: Span) {
        let odd = if self.bullet(first) == Some('-') { second } else { first };
        let hyphens = |line: &str| match line.strip_prefix(['*', '+']) {
            Some(rest) => format!("-{rest}"),
            None => line.to_owned(),
        };
        let fixed = self.source(odd).lines().map(hyphens).collect::<Vec<_>>().join("\n");
        let message = "these choices begin with another sign than the others, which makes them a list of their own";
        let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, odd, message);
        self.say(diagnostic.fix("begin every choice of a question with a hyphen", odd, fixed));
    }

    /// Whether every item has a marker; those without are reported.
    fn all_marked(&mut self, list: &List) -> Option<()> {
        let bare: Vec<Span> = list.items.iter().filter(|item| item.marker.is_none()).map(|item| item.span).collect();
        let comes_first = list.items.first().is_some_and(|item| item.marker.is_none());
        for span in &bare {
            let first = self.source(*span).lines().next().unwrap_or_default();
            let fixed = slips::correct_marker(&first.replacen(['-', '*', '+'], "- [ ]", 1)).unwrap_or_default();
            let message = "this choice is marked neither right nor wrong";
            let mut diagnostic =
                Diagnostic::new(&code::QUESTION_MARKER, *span, message).hint(format!("write: {fixed}"));
            if comes_first {
                let hint = "if this is a list of the question itself, put a sentence between it and the choices";
                diagnostic = diagnostic.hint(hint);
            }
            self.say(diagnostic);
        }
        bare.is_empty().then_some(())
    }

    /// Reports the items of a list whose marker is misspelt: `- [x]un`, `- [] un`. Whether there was any.
    fn slipped_markers(&mut self, list: &List) -> bool {
        let mut found = false;
        for item in &list.items {
            let source = self.source(item.span).to_owned();
            let first = source.lines().next().unwrap_or_default();
            if item.marker.is_none()
                && let Some(fixed) = slips::correct_marker(first)
            {
                found = true;
                let start = item.span.start as usize;
                let span = Span::new(item.span.file, start..start + first.len());
                if !self.no_break_space(first, start, span) {
                    let message = "the marker of this choice is misspelt";
                    let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message);
                    self.say(diagnostic.fix("write [x] or [ ] with a space on both sides", span, fixed));
                }
            }
            // A line such as `-[x] deux` continues the item above it instead of beginning its own.
            found |= self.slipped_lines(source.split_once('\n').map_or("", |(_, rest)| rest), item.span);
        }
        found
    }

    /// Reports lines that look like choices and begin none: `-[x] un`, `[x] un`, `• [x] un`. Whether there was any.
    /// `source` ends where `span` does.
    fn slipped_lines(&mut self, source: &str, span: Span) -> bool {
        let base = span.end as usize - source.len();
        let slipped: Vec<(usize, &str)> = source
            .lines()
            .filter(|line| slips::is_slipped(line))
            .map(|line| (line.as_ptr() as usize - source.as_ptr() as usize, line))
            .collect();
        let (Some((start, first)), Some((end, last))) = (slipped.first(), slipped.last()) else {
            return false;
        };
        let spaces = slipped.iter().filter(|(at, line)| self.no_break_space(line, base + at, span)).count();
        if spaces > 0 {
            return true;
        }
        let place = *start..end + last.len();
        let correct = |line: &str| slips::correct_marker(line).filter(|_| slips::is_slipped(line));
        let lines = source[place.clone()].lines().map(|line| correct(line).unwrap_or_else(|| line.to_owned()));
        let fixed = lines.collect::<Vec<_>>().join("\n");
        let (message, advice) = if slips::has_word_bullet(first) {
            ("a list of choices does not begin with this sign", "begin every choice with a hyphen: -")
        } else {
            ("this line looks like a choice but is plain text", "put a space after the hyphen and after the bracket")
        };
        let place = Span::new(span.file, base + place.start..base + place.end);
        self.say(Diagnostic::new(&code::QUESTION_MARKER, place, message).fix(advice, place, fixed));
        true
    }

    /// Reports the no-break space in the marker of a line that begins at `start`. A corrected line would look the same.
    fn no_break_space(&mut self, line: &str, start: usize, Span { file, .. }: Span) -> bool {
        let Some((range, place)) = slips::no_break_space(line) else {
            return false;
        };
        let span = Span::new(file, start + range.start..start + range.end);
        let message = format!("there is a no-break space {place}, so this is no choice");
        self.error(&code::QUESTION_MARKER, span, message, "delete it and type an ordinary space");
        true
    }

    fn blank_outside_question(&mut self, block: &Block) {
        let text = match &block.kind {
            BlockKind::Paragraph(content) => plain_text(content),
            _ => return,
        };
        if let Some((_, rest)) = text.split_once("[[")
            && rest.contains("]]")
        {
            let hint = "blanks belong to a question: put them under a heading with {.question}, or on a quiz page";
            self.error(&code::BLANK_OUTSIDE_QUESTION, block.span, "this blank belongs to no question", hint);
        }
    }
}

fn is_quote(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quotation(_) | BlockKind::Callout(..))
}

fn is_choices(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()))
}

fn bullet_for_number(line: &str) -> String {
    let text = line.trim_start();
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match after_digits.strip_prefix(['.', ')']) {
        Some(rest) if after_digits.len() < text.len() => format!("-{rest}"),
        _ => line.to_owned(),
    }
}
