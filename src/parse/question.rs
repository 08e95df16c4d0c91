//! The question language: which blocks make a question, and what the shape of its answer says.
//!
//! A question runs from its heading to the next heading of the same or a higher level. Its answer is its last
//! block that is not a block quote; one block quote may follow, the explanation. What looks like a slip of the
//! keyboard is reported with the corrected line, never turned into something else in silence.

mod answer;
mod blanks;
mod braces;
mod choices;
mod fence;
mod markers;
mod misread;
mod pairs;
mod pieces;
mod settings;
mod slips;
mod stray;

use answer::Shape;
use settings::Settings;

use crate::code;
use crate::code::Code;
use crate::course::{
    Answer, Block, BlockKind, Credit, Heading, Inline, Node, PartKind, Question, plain_text, walk, walk_inlines,
};
use crate::diagnostic::{Diagnostic, Span, any_error};
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
    let mut gatherer = Gatherer { asks, file_text, language, typography, diagnostics: Vec::new() };
    let mut gathered = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    let mut stray = stray::Stray::new(asks);
    while let Some(block) = blocks.next() {
        let Block { kind: BlockKind::Heading(heading), span } = block else {
            if let Some(blank) = blanks_in(std::slice::from_ref(&block)).first() {
                gatherer.blank_outside_question(*blank);
            }
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
    asks: Asks,
    file_text: &'a str,
    language: &'a Language,
    typography: Typography,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Gatherer<'a> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn error(&mut self, code: &'static Code, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.say(Diagnostic::new(code, span, message).hint(hint));
    }

    fn source(&self, span: Span) -> &'a str {
        &self.file_text[span.range()]
    }

    /// Whether an error was reported since there were `before` diagnostics.
    fn refused_since(&self, before: usize) -> bool {
        any_error(&self.diagnostics[before..])
    }

    fn question(&mut self, heading: Heading, span: Span, mut body: Vec<Block>) -> Option<Question> {
        let title = plain_text(&heading.content);
        if title.trim().is_empty() {
            self.error(&code::QUESTION_EMPTY, span, "this question asks nothing", "write the question after the ##");
            return None;
        }
        if self.braces_as_text(&heading.content, span) {
            return None;
        }
        let settings = self.settings(&heading.attributes, span)?;
        let said = self.fence(&mut body)?;
        if self.slips(&body) {
            return None;
        }
        let explanation = self.explanation(&mut body)?;
        let (shape, place) = self.take_answer(&mut body, &explanation, &settings, span)?;
        if self.in_pieces(&body, &shape, place) {
            return None;
        }
        let answer = self.answer(shape, place, &settings, &said, span)?;
        let credit = settings.credit.unwrap_or_else(|| usual_credit(&answer));
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
            credit,
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
            Shape::Scale(list) => Some(Answer::Scale(self.listed(list, PartKind::Point, question)?)),
            Shape::Order(list) => Some(Answer::Order(self.listed(list, PartKind::Item, question)?)),
            Shape::Match(table) => self.pairs(table, place, question),
            Shape::Blanks(content) => self.blanks(content, place, settings, said),
        }
    }

    /// Takes the block quote that ends the question off its body.
    fn explanation(&mut self, body: &mut Vec<Block>) -> Option<Vec<Block>> {
        let quotes = body.iter().rev().take_while(|block| is_quote(block)).count();
        if quotes == 0 {
            return Some(Vec::new());
        }
        if quotes > 1 {
            let span = body[body.len() - 1].span;
            let hint = "join them: put a line with only > between two paragraphs of one explanation";
            let message = "a question has one explanation, and two block quotes end this one";
            self.error(&code::QUESTION_SHAPE, span, message, hint);
            return None;
        }
        if self.feedback_too_shallow(body) {
            return None;
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

    fn blank_outside_question(&mut self, blank: Span) {
        let hint = "blanks belong to a question: put them under a heading with {.question}, or on a quiz page";
        let diagnostic = Diagnostic::new(&code::BLANK_OUTSIDE_QUESTION, blank, "this blank belongs to no question");
        self.say(diagnostic.hint(hint).hint("to show two brackets, write a backslash before them: \\[["));
    }
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

/// The places of the blanks in a line of text.
fn blank_spans(content: &[Inline]) -> Vec<Span> {
    let mut found = Vec::new();
    walk_inlines(content, &mut |node| {
        if let Node::Inline(Inline::Blank(span)) = node {
            found.push(*span);
        }
    });
    found
}

fn is_quote(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Quotation(_) | BlockKind::Callout(..))
}
