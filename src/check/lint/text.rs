//! The text of a page as its readers meet it: line by line, each with what it is, and the words in it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::course::{Answer, Block, BlockKind, Inline, Matching, Node, Page};
use crate::diagnostic::Span;
use crate::sources::Sources;

/// What a line of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the page.
    Title,
    /// A heading.
    Heading,
    /// What a question asks.
    Question,
    /// What may be answered.
    Choice,
    /// A paragraph, or an item of a list.
    Prose,
    /// A cell of a table.
    Cell,
    /// The caption of a figure or of a table.
    Caption,
}

impl Role {
    /// Whether it is heard out of its context: in a list of headings, or again and again with each choice.
    pub(super) fn is_label(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::Question | Self::Choice)
    }
}

/// A line of text.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) role: Role,
    /// Its text in the language of the page: see [`own_text`].
    pub(super) text: String,
    /// Where it stands.
    pub(super) span: Span,
    /// Whether it stands in a block quote: these are somebody else's words.
    pub(super) quoted: bool,
}

/// The lines of a page, its title first.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let title = Line { role: Role::Title, text: page.title.clone(), span: page.span, quoted: false };
    let mut lines = vec![title];
    let mut quotations: Vec<Span> = Vec::new();
    page.walk(&mut |node| {
        let Node::Block(block) = node else { return };
        if matches!(block.kind, BlockKind::Quotation(_)) {
            quotations.push(block.span);
        }
        let quoted = quotations.iter().any(|quotation| contains(*quotation, block.span));
        lines_of(block, &mut |role, content, span| {
            lines.push(Line { role, text: own_text(content), span, quoted });
        });
        if let BlockKind::Figure(image) = &block.kind
            && let Some(caption) = &image.caption
        {
            lines.push(Line { role: Role::Caption, text: caption.clone(), span: image.span, quoted });
        }
    });
    lines
}

/// The lines that a block has itself; those of the blocks in it are theirs.
fn lines_of<'a>(block: &'a Block, add: &mut dyn FnMut(Role, &'a [Inline], Span)) {
    match &block.kind {
        BlockKind::Heading(heading) => add(Role::Heading, &heading.content, block.span),
        BlockKind::Paragraph(content) | BlockKind::Line(content) | BlockKind::Download(content) => {
            add(Role::Prose, content, block.span);
        }
        BlockKind::Table(table) => {
            let cells = table.head.iter().chain(table.rows.iter().flatten());
            cells.for_each(|cell| add(Role::Cell, cell, block.span));
            table.caption.iter().for_each(|caption| add(Role::Caption, caption, block.span));
        }
        BlockKind::Question(question) => {
            add(Role::Question, &question.title, question.span);
            match &question.answer {
                Answer::Choices(_, choices) | Answer::Order(choices) | Answer::Scale(choices) => {
                    choices.iter().for_each(|choice| add(Role::Choice, &choice.content, choice.span));
                }
                Answer::Match(Matching { prompts, answers, .. }) => {
                    prompts.iter().for_each(|prompt| add(Role::Choice, &prompt.content, prompt.span));
                    answers.iter().for_each(|answer| add(Role::Choice, &answer.content, answer.span));
                }
                Answer::Blanks(text, _) => add(Role::Prose, text, block.span),
                Answer::Text(_) => {}
            }
            add(Role::Prose, &question.read, question.span);
        }
        BlockKind::Definitions(definitions) => {
            definitions.iter().for_each(|definition| add(Role::Prose, &definition.term, block.span));
        }
        BlockKind::Disclosure(disclosure) => add(Role::Prose, &disclosure.summary, block.span),
        // Everything else holds blocks, or no text of the author's.
        _ => {}
    }
}

fn contains(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// What stands in a text for what is no text of the page's own: U+FFFC, object replacement character.
const SOMETHING_ELSE: char = '\u{fffc}';

/// The text of inlines with a line end for every break, without code, images, and whatever else is said to be of
/// another kind: a quotation, words in another language.
pub(super) fn own_text(content: &[Inline]) -> String {
    fn add(content: &[Inline], text: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(t) => text.push_str(t),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => add(inner, text),
                Inline::Link(link) => add(&link.content, text),
                Inline::Break => text.push('\n'),
                Inline::Blank(_) => text.push('…'),
                Inline::FootnoteCall { .. } => {}
                Inline::Markup(markup) if markup.element != "q" && markup.language().is_none() => {
                    add(&markup.content, text);
                }
                _ => text.push(SOMETHING_ELSE),
            }
        }
    }
    let mut text = String::new();
    add(content, &mut text);
    text
}

/// A word of a text, in lower case, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) range: Range<usize>,
    /// Whether nothing but spaces or an apostrophe parts it from the word before.
    pub(super) follows: bool,
}

/// The words of `text`: letters and digits, with the hyphens inside.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (c == '-' && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at].trim_end_matches('-');
                let gap = words.last().map(|last| &text[last.range.end..from]);
                let follows = gap.is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || matches!(c, '\'' | '’')));
                let lower = word.chars().all(|c| !c.is_uppercase());
                let text = if lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
                words.push(Word { text, range: from..from + word.len(), follows });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The sentences of `text`, as ranges: up to a full stop, a question mark, an exclamation mark, or a line end after
/// which a capital begins.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match chars.peek() {
            Some((_, next)) => matches!(c, '.' | '!' | '?' | '…') && next.is_whitespace(),
            None => true,
        };
        if ends {
            sentences.push(start..at + c.len_utf8());
            start = at + c.len_utf8();
        }
    }
    sentences
}

/// Words in a row, each one of several that stand between spaces.
pub(super) type Pattern = &'static [&'static str];

/// Patterns to look for, by their first words: a text is gone through once, however many there are.
#[derive(Debug)]
pub(super) struct Phrases(BTreeMap<&'static str, Vec<Pattern>>);

impl Phrases {
    pub(super) fn new(patterns: &[Pattern]) -> Self {
        let mut phrases: BTreeMap<&'static str, Vec<Pattern>> = BTreeMap::new();
        for pattern in patterns {
            for word in pattern.first().map_or("", |any| any).split(' ') {
                phrases.entry(word).or_default().push(pattern);
            }
        }
        Self(phrases)
    }

    /// Where the first of them stands in `words` without punctuation inside, as a range of the text they are from.
    pub(super) fn find(&self, words: &[Word<'_>]) -> Option<Range<usize>> {
        words.iter().enumerate().find_map(|(at, first)| {
            let patterns = self.0.get(first.text.as_ref())?;
            let fitting = patterns.iter().find(|pattern| fits(words.get(at + 1..at + pattern.len()), &pattern[1..]))?;
            Some(first.range.start..words[at + fitting.len() - 1].range.end)
        })
    }
}

fn fits(words: Option<&[Word<'_>]>, rest: Pattern) -> bool {
    let reads = |(word, any): (&Word<'_>, &&str)| word.follows && any.split(' ').any(|known| *known == *word.text);
    words.is_some_and(|words| words.iter().zip(rest).all(reads))
}

/// The words of a text joined by single spaces, to compare whole texts.
pub(super) fn normal(text: &str) -> String {
    words(text).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// Where `phrase` stands in the author's text under `span`; all of `span` where markup cuts it.
///
/// Spaces are all alike here, since typography may have changed or added them.
pub(super) fn place(sources: &Sources, span: Span, phrase: &str) -> Span {
    let source = sources.slice(span);
    let found = source.char_indices().find_map(|(at, _)| Some((at, length_of(&source[at..], phrase)?)));
    match found {
        Some((at, length)) => {
            let start = span.start as usize + at;
            Span::new(span.file, start..start + length)
        }
        None => span,
    }
}

/// The length of the beginning of `source` that reads as `phrase`.
fn length_of(source: &str, phrase: &str) -> Option<usize> {
    let mut rest = source;
    for c in phrase.chars() {
        rest = if c.is_whitespace() { rest.trim_start() } else { rest.strip_prefix(c)? };
    }
    Some(source.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_hyphens_and_lose_their_apostrophes() {
        let found: Vec<String> =
            words("L’image ci-contre – 24 h/24 -").into_iter().map(|word| word.text.into_owned()).collect();
        assert_eq!(found, ["l", "image", "ci-contre", "24", "h", "24"]);
    }

    #[test]
    fn sentences_end_where_a_space_follows() {
        let text = "Un site.fr. Deux ! Trois";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| text[range].trim()).collect();
        assert_eq!(found, ["Un site.fr.", "Deux !", "Trois"]);
    }

    #[test]
    fn phrases_are_found_in_the_source_whatever_the_spaces() {
        let mut sources = Sources::default();
        let file = sources.add("a.md", "Une **note** « en\nrouge » ici".to_owned());
        let all = Span::new(file, 0..sources.text(file).len());
        let found = place(&sources, all, "«\u{202f}en rouge\u{202f}»");
        assert_eq!(sources.slice(found), "« en\nrouge »");
        assert_eq!(place(&sources, all, "note «"), all, "markup cuts it");
    }
}
