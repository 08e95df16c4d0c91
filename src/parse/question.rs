//! The question language: which blocks make a question, and what the shape of its answer says.
//!
//! A question runs from its heading to the next heading of the same or a higher level. Its answer is its last
//! block that is not a block quote; one block quote may follow, the explanation. What looks like a slip of the
//! keyboard is reported with the corrected line, never turned into something else in silence.

mod blanks;
mod choices;
mod fence;
mod pairs;
mod settings;
mod slips;
mod stray;

use settings::Settings;

use crate::code;
use crate::code::Code;
use crate::course::{Answer, Block, BlockKind, Credit, Heading, Inline, List, Node, Question, Table, plain_text, walk};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::Language;
use crate::text;
use crate::typography::Typography;

/// Which headings of a page are questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asks {
    /// Every heading of level 2: a quiz page.
    EveryHeading,
    /// Those with the class `.question`: any other page.
    MarkedHeadings,
}

/// What must be known of a file to read its questions.
pub(crate) struct Reading<'a> {
    /// Which headings are questions.
    pub(crate) asks: Asks,
    /// The text of the file.
    pub(crate) file_text: &'a str,
    /// The places of headings that Markdown takes for text, and that have been reported: what is wrong with the
    /// question around one follows from it.
    pub(crate) misread: &'a [Span],
    /// The language of the course.
    pub(crate) language: &'a Language,
    /// Its spacing rules.
    pub(crate) typography: Typography,
}

/// Groups the blocks of a page into questions and the rest.
pub(crate) fn gather(blocks: Vec<Block>, reading: &Reading<'_>) -> (Vec<Block>, Vec<Diagnostic>) {
    let Reading { asks, file_text, misread, language, typography } = *reading;
    let mut gatherer = Gatherer { file_text, language, typography, diagnostics: Vec::new() };
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
    language: &'a Language,
    typography: Typography,
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
        let said = self.fence(&mut body)?;
        if self.slips(&body) {
            return None;
        }
        let explanation = self.explanation(&mut body)?;
        let (shape, place) = self.take_answer(&mut body, &settings, span)?;
        if self.stray_answers(&body, place) {
            return None;
        }
        let answer = self.answer(shape, place, &settings, &said, span)?;
        let outside = [&body, &explanation, &said.hint, &said.right, &said.partly, &said.wrong];
        if self.stray_blanks(&heading.content, &outside, &answer) | self.misplaced(&settings, &said, &answer, span) {
            return None;
        }
        let id = heading.attributes.id.clone().unwrap_or_else(|| text::slug(&title, 60));
        Some(Question {
            id_is_explicit: heading.attributes.id.is_some(),
            id,
            level: heading.level,
            title: heading.content,
            span,
            prompt: body,
            points: if matches!(answer, Answer::Scale(_) | Answer::Text(_)) { 0 } else { settings.points },
            credit: settings.credit.map_or_else(|| usual_credit(&answer), |(credit, _)| credit),
            answer,
            tries: settings.tries,
            hint: said.hint,
            right: said.right,
            partly: said.partly,
            wrong: said.wrong,
            explanation,
            objective: said.objective,
            read: said.read,
            bank: None,
        })
    }

    fn answer(
        &mut self,
        shape: Shape,
        place: Span,
        settings: &Settings,
        said: &fence::Said,
        question: Span,
    ) -> Option<Answer> {
        match shape {
            Shape::Choices(list) => {
                let mut choices = self.choices(list, question)?;
                let kind = self.choice_kind(&choices, settings, question)?;
                self.weights(kind, &mut choices, question)?;
                Some(Answer::Choices(kind, choices))
            }
            Shape::Scale(list) => Some(Answer::Scale(self.items(list, question)?)),
            Shape::Order(list) => Some(Answer::Order(self.items(list, question)?)),
            Shape::Match(table) => self.pairs(table, place, question),
            Shape::Blanks(content) => self.blanks(content, place, settings, said),
        }
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

    /// Takes the answer off the end of the body, with its place; or says why there is none.
    fn take_answer(&mut self, body: &mut Vec<Block>, settings: &Settings, question: Span) -> Option<(Shape, Span)> {
        let Some(last) = body.pop() else {
            let hint = "list the choices under the question:\n- [x] the right one\n- [ ] another one";
            self.error(&code::QUESTION_NO_ANSWER, question, "this question has no answer to choose or to give", hint);
            return None;
        };
        let span = last.span;
        let shape = match last.kind {
            BlockKind::List(list) if list.items.iter().any(|item| item.marker.is_some()) => {
                self.marked_list(list, settings, span)?
            }
            BlockKind::List(list) if settings.scale => Shape::Scale(list),
            BlockKind::List(list) if list.start.is_some() => Shape::Order(list),
            BlockKind::Table(table) => Shape::Match(table),
            BlockKind::Paragraph(content) if content.iter().any(is_blank) => Shape::Blanks(content),
            kind => {
                self.no_answer(&kind, span, body, question);
                return None;
            }
        };
        Some((shape, span))
    }

    /// A list in which something is ticked, or could be.
    fn marked_list(&mut self, list: List, settings: &Settings, span: Span) -> Option<Shape> {
        if settings.scale && !list.items.iter().any(|item| item.marker == Some(true)) {
            let bare = self.source(span).lines().map(without_marker).collect::<Vec<_>>().join("\n");
            let message = "nothing is right or wrong on a scale, so its points have no boxes";
            self.say(Diagnostic::new(&code::QUESTION_MARKER, span, message).fix("write a plain list", span, bare));
            return None;
        }
        self.all_marked(&list)?;
        if list.start.is_some() {
            let fixed = self.source(span).lines().map(bullet_for_number).collect::<Vec<_>>().join("\n");
            let message = "choices are a list with hyphens, not with numbers";
            let diagnostic = Diagnostic::new(&code::QUESTION_MARKER, span, message).fix("write hyphens", span, fixed);
            self.say(diagnostic.hint("to have them put into order instead, leave the boxes out: 1. first, 2. second"));
            return None;
        }
        Some(Shape::Choices(list))
    }

    /// What stands where the answer should be is none: says which slip it is.
    fn no_answer(&mut self, kind: &BlockKind, span: Span, before: &[Block], question: Span) {
        let source = self.source(span).to_owned();
        if matches!(kind, BlockKind::Paragraph(_)) && self.unclosed_blank(&source, span) {
            return;
        }
        let answered = before.iter().rfind(|block| is_answer(block));
        match (kind, answered) {
            (BlockKind::Paragraph(_), Some(answer)) => {
                let quoted = source.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
                let what = if is_choices(answer) { "the choices" } else { "the answer" };
                let diagnostic =
                    Diagnostic::new(&code::QUESTION_TEXT_AFTER, span, format!("this text comes after {what}"))
                        .fix("if it explains the answer, make it a block quote", span, quoted)
                        .hint(format!("if it belongs to the question, move it above {what}"));
                self.say(diagnostic);
            }
            _ => {
                let message = "this question does not end with an answer to choose or to give";
                let diagnostic = Diagnostic::new(&code::QUESTION_NO_ANSWER, question, message)
                    .hint("end it with a list of choices:\n- [x] the right one\n- [ ] another one")
                    .hint("or with a text to fill in: The capital of France is [[Paris]].")
                    .hint("or, for an answer in the learner's own words: [[…]]");
                self.say(diagnostic);
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
        if let Some(span) = blanks_in(std::slice::from_ref(block)).first() {
            let hint = "blanks belong to a question: put them under a heading with {.question}, or on a quiz page";
            let diagnostic = Diagnostic::new(&code::BLANK_OUTSIDE_QUESTION, *span, "this blank belongs to no question");
            self.say(diagnostic.hint(hint).hint("to show two brackets, write a backslash before them: \\[["));
        }
    }
}

/// What the shape of an answer says before it is read.
enum Shape {
    Choices(List),
    Scale(List),
    Order(List),
    Match(Table),
    Blanks(Vec<Inline>),
}

/// What an answer that is right in part is worth, unless the author says otherwise.
fn usual_credit(answer: &Answer) -> Credit {
    match answer {
        Answer::Match(_) => Credit::Parts,
        Answer::Blanks(_, blanks) if blanks.len() > 1 => Credit::Parts,
        Answer::Choices(_, choices) if choices.iter().any(|choice| choice.weight.is_some()) => Credit::Parts,
        _ => Credit::Whole,
    }
}

/// The places of the blanks in some blocks.
fn blanks_in(blocks: &[Block]) -> Vec<Span> {
    let mut found = Vec::new();
    walk(blocks, &mut |node| {
        if let Node::Inline(Inline::Blank(span)) = node {
            found.push(*span);
        }
    });
    found
}

fn is_blank(inline: &Inline) -> bool {
    let inner = match inline {
        Inline::Blank(_) => return true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => inner,
        Inline::Markup(markup) => &markup.content,
        Inline::Link(link) => &link.content,
        _ => return false,
    };
    inner.iter().any(is_blank)
}

/// Whether a block could have been the answer, had it stood last.
fn is_answer(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List(list) => is_choices(block) || list.start.is_some(),
        BlockKind::Table(table) => table.columns.len() == 2,
        BlockKind::Paragraph(content) => content.iter().any(is_blank),
        _ => false,
    }
}

/// `- [ ] one` as `- one`.
fn without_marker(line: &str) -> String {
    line.replacen("[ ] ", "", 1)
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
