//! The answer key: every question of a course with what is right, as a text for the people who teach it.
//!
//! It is no part of any package.

use std::fmt::Write as _;

use crate::catalogue::{self, Catalogue};
use crate::course::{
    Accepts, Answer, Block, BlockKind, Choice, Course, Credit, Inline, Matching, Node, Page, Question, filled_text,
    walk,
};

/// The key of a course, in Markdown.
#[must_use]
pub fn text(course: &Course) -> String {
    let words = catalogue::for_language(&course.language);
    let mut key = format!("# {} – {} {}\n", words.get("answer-key"), course.title, course.version);
    for page in course.pages().filter(|page| page.questions().next().is_some()) {
        let _ = write!(key, "\n## {}\n", page.title);
        add_banks(page, words, &mut key);
        for (at, question) in page.questions().enumerate() {
            let _ = write!(key, "\n{}. {}", at + 1, plain(&question.title));
            if question.is_scored() {
                let points = f64::from(question.points) / 100.0;
                let credit = if question.credit == Credit::Parts { words.get("key-credit") } else { "" };
                let _ = write!(key, " ({}{credit})", words.fill("key-points", &[("points", &points.to_string())]));
            }
            key.push('\n');
            add_question(page, question, &mut key);
            add_settings(question, words, &mut key);
        }
    }
    key
}

/// How many of the questions of a bank an attempt asks.
fn add_banks(page: &Page, words: &Catalogue, key: &mut String) {
    for (at, bank) in page.quiz().into_iter().flat_map(|quiz| &quiz.banks).enumerate() {
        let there = page.questions().filter(|question| question.bank == Some(at)).count().to_string();
        let values = [("folder", bank.folder.as_str()), ("draw", &bank.draw.to_string()), ("there", &there)];
        let _ = write!(key, "\n{}\n", words.fill("key-bank", &values));
    }
}

/// What else the author says of a question: to whom, and what it tests.
fn add_settings(question: &Question, words: &Catalogue, key: &mut String) {
    let texts = [
        ("key-hint", &question.hint),
        ("key-right", &question.right),
        ("key-partly", &question.partly),
        ("key-wrong", &question.wrong),
    ];
    for (name, blocks) in texts {
        for text in paragraphs(blocks) {
            line(key, "", &words.fill(name, &[("text", &text)]));
        }
    }
    if !question.read.is_empty() {
        line(key, "", &words.fill("key-read", &[("text", &plain(&question.read))]));
    }
    if let Some(objective) = &question.objective {
        line(key, "", &words.fill("key-objective", &[("text", &objective.value)]));
    }
}

fn add_question(page: &Page, question: &Question, key: &mut String) {
    for text in paragraphs(&question.prompt) {
        line(key, "", &text);
    }
    match &question.answer {
        Answer::Choices(_, choices) => choices.iter().for_each(|choice| add_choice(choice, key)),
        Answer::Order(items) => {
            for (at, item) in items.iter().enumerate() {
                line(key, &format!("{}. ", at + 1), &plain(&item.content));
                add_feedback(item, key);
            }
        }
        Answer::Match(matching) => add_pairs(matching, key),
        Answer::Blanks(text, _) => line(key, "", &filled(text, question)),
        Answer::Scale(points) => {
            for point in points {
                line(key, "- ", &plain(&point.content));
                add_feedback(point, key);
            }
        }
        Answer::Text(_) => line(key, "", "[…]"),
    }
    for text in paragraphs(&question.explanation) {
        line(key, "> ", &text);
    }
    if let Some(bank) = question.bank.and_then(|bank| page.quiz()?.banks.get(bank)) {
        line(key, "", &format!("({})", bank.folder));
    }
}

fn add_choice(choice: &Choice, key: &mut String) {
    let mark = if choice.right { 'x' } else { ' ' };
    let weight = choice.weight.map(|weight| format!(" ({} %)", f64::from(weight) / 100.0)).unwrap_or_default();
    line(key, &format!("- [{mark}] "), &format!("{}{weight}", plain(&choice.content)));
    add_feedback(choice, key);
}

/// What is said to who took a choice, or put an item at a wrong place.
fn add_feedback(choice: &Choice, key: &mut String) {
    for text in paragraphs(&choice.feedback) {
        line(key, "  > ", &text);
    }
}

fn add_pairs(matching: &Matching, key: &mut String) {
    let Matching { prompts, answers, .. } = matching;
    for prompt in prompts {
        let answer = &answers[prompt.answer].content;
        line(key, "- ", &format!("{} → {}", plain(&prompt.content), plain(answer)));
    }
    let belongs = |at: usize| prompts.iter().any(|prompt| prompt.answer == at);
    for (_, extra) in answers.iter().enumerate().filter(|(at, _)| !belongs(*at)) {
        line(key, "- ", &format!("– → {}", plain(&extra.content)));
    }
}

/// The text with what is right in its blanks.
fn filled(text: &[Inline], question: &Question) -> String {
    let Answer::Blanks(_, blanks) = &question.answer else { return plain(text) };
    let mut rights = blanks.iter().map(|blank| match &blank.accepts {
        Accepts::Text { forms, pattern, .. } => {
            let pattern = pattern.iter().map(|pattern| format!("/{pattern}/"));
            forms.iter().cloned().chain(pattern).collect::<Vec<_>>().join(" | ")
        }
        Accepts::Number { shown, .. } => shown.clone(),
    });
    crate::text::one_line(&filled_text(text, &mut |_| format!("[[{}]]", rights.next().unwrap_or_default())))
}

fn plain(content: &[Inline]) -> String {
    crate::text::one_line(&crate::course::plain_text(content))
}

/// The plain text of each paragraph, also within lists and quotations.
fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    walk(blocks, &mut |node| {
        if let Node::Block(Block { kind: BlockKind::Paragraph(content) | BlockKind::Line(content), .. }) = node {
            found.push(plain(content));
        }
    });
    found
}

fn line(key: &mut String, mark: &str, text: &str) {
    let _ = writeln!(key, "   {mark}{text}");
}
