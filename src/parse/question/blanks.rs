//! Texts with blanks, and answers in the learner's own words: what stands between double brackets.

use super::fence::Said;
use super::settings::{Blanks, Settings};
use super::{Gatherer, blanks_in};
use crate::code;
use crate::course::{Accepts, Answer, Blank, Block, Inline};
use crate::diagnostic::{Diagnostic, Span};
use crate::number::{self, Number};
use crate::state;
use crate::text;

/// How many characters a blank takes, unless the author says otherwise.
const TEXT: u32 = 40;
const NUMBER: u32 = 12;
/// How many characters an answer in the learner's own words takes, unless the author says otherwise.
const FREE: u32 = 200;

impl Gatherer<'_> {
    /// The answer that a paragraph with blanks asks for.
    pub(super) fn blanks(
        &mut self,
        content: Vec<Inline>,
        place: Span,
        settings: &Settings,
        said: &Said,
    ) -> Option<Answer> {
        let spans = blank_spans(&content);
        if spans.iter().any(|span| matches!(self.inside(*span).trim(), "…" | "...")) {
            return self.own_words(&content, place, settings);
        }
        let before = self.diagnostics.len();
        let mut blanks: Vec<Blank> = Vec::new();
        for (index, span) in spans.iter().enumerate() {
            let pattern = said.patterns.get(index);
            let unit = unit_after(&self.file_text[span.end as usize..]);
            let Some(accepts) = self.accepts(*span, unit, pattern, settings) else { continue };
            let id = blank_id(self.inside(*span), &blanks);
            let max = self.room(&accepts, settings);
            blanks.push(Blank { id, span: *span, accepts, max });
        }
        if !said.patterns.is_empty() && said.patterns.len() != spans.len() {
            let message = format!("there are {} patterns for {} blanks", said.patterns.len(), spans.len());
            let hint = "write one pattern for each blank; where none is needed, its answer will do";
            self.error(&code::QUESTION_SETTINGS, said.span.unwrap_or(place), message, hint);
        }
        (self.diagnostics.len() == before).then_some(Answer::Blanks(content, blanks))
    }

    fn own_words(&mut self, content: &[Inline], place: Span, settings: &Settings) -> Option<Answer> {
        if !matches!(content, [Inline::Blank(_)]) {
            let message =
                "an answer in the learner's own words stands alone: nothing before or after it in its paragraph";
            let hint = "put an empty line before [[…]], or write what is right in the brackets: [[answer]]";
            self.error(&code::QUESTION_BLANK, place, message, hint);
            return None;
        }
        Some(Answer::Text(settings.max.unwrap_or(FREE)))
    }

    /// What stands between the brackets.
    fn inside(&self, blank: Span) -> &str {
        self.source(blank).trim_start_matches("[[").trim_end_matches("]]")
    }

    fn accepts(&mut self, span: Span, unit: String, pattern: Option<&String>, settings: &Settings) -> Option<Accepts> {
        let inside = self.inside(span).trim().to_owned();
        let pattern = pattern.cloned();
        if inside.is_empty() && pattern.is_none() {
            let hint = "write what is right between the brackets: [[answer]], or [[one|another]]";
            self.error(&code::QUESTION_BLANK, span, "this blank has no right answer", hint);
            return None;
        }
        if settings.blanks != Blanks::Text && pattern.is_none() {
            match number::parse(&inside, self.language) {
                Number::Is { low, high, value } => {
                    return Some(Accepts::Number { low, high, value, shown: inside, unit });
                }
                Number::Nearly(hint) => {
                    let message = format!("`{inside}` looks like a number and is none");
                    let diagnostic = Diagnostic::new(&code::QUESTION_NUMBER, span, message).hint(hint);
                    self.say(diagnostic.hint("if it is a text, say so after the heading: {.text}"));
                    return None;
                }
                Number::No if settings.blanks == Blanks::Numeric => {
                    let message = format!("`{inside}` is no number, and the heading says .numeric");
                    let hint = format!("write {}", number::shapes(self.language));
                    self.error(&code::QUESTION_NUMBER, span, message, hint);
                    return None;
                }
                Number::No => {}
            }
        }
        let forms: Vec<String> = inside.split('|').map(|form| text::identity(form.trim())).collect();
        if !inside.is_empty() && forms.iter().any(String::is_empty) {
            let hint = "write something on both sides of every |, or remove it";
            self.error(&code::QUESTION_BLANK, span, "one of the accepted answers of this blank is empty", hint);
            return None;
        }
        let forms = if inside.is_empty() { Vec::new() } else { forms };
        let accents = settings.accents.unwrap_or_else(|| text::accents_make_letters(self.language));
        Some(Accepts::Text { forms, pattern, case: settings.case, accents })
    }

    /// How many characters may be written, as the state counts them: at least what is right.
    fn room(&self, accepts: &Accepts, settings: &Settings) -> u32 {
        let longest = |forms: &[String]| forms.iter().map(|form| state::cost(form)).max().unwrap_or(0);
        let (usual, needed) = match accepts {
            Accepts::Text { forms, .. } => (TEXT, longest(forms)),
            Accepts::Number { shown, unit, .. } => (NUMBER, state::cost(shown).min(20) + state::cost(unit)),
        };
        settings.max.unwrap_or(usual).max(u32::try_from(needed).unwrap_or(usual))
    }

    /// Reports blanks where none can be filled.
    pub(super) fn stray_blanks(&mut self, title: &[Inline], outside: &[&Vec<Block>], answer: &Answer) -> bool {
        let mut found: Vec<Span> = blank_spans(title);
        found.extend(outside.iter().flat_map(|blocks| blanks_in(blocks)));
        let elsewhere = !found.is_empty();
        if let Some(span) = found.first() {
            let hint = match answer {
                Answer::Blanks(..) => "put all blanks into the last paragraph of the question",
                _ => "a question has one answer: the blanks, or what comes after them",
            };
            self.error(&code::QUESTION_BLANK, *span, "this blank is not in the answer of the question", hint);
        }
        let cells: Vec<Span> = match answer {
            Answer::Match(matching) => {
                let cells = matching.pairs.iter().flat_map(|pair| [&pair.prompt, &pair.answer]);
                cells.chain(&matching.head).flat_map(|cell| blank_spans(cell)).collect()
            }
            Answer::Choices(_, choices) | Answer::Order(choices) | Answer::Scale(choices) => {
                choices.iter().flat_map(|choice| blank_spans(&choice.content)).collect()
            }
            Answer::Blanks(..) | Answer::Text(_) => Vec::new(),
        };
        if let Some(span) = cells.first() {
            let message = "there can be no blank in a table or in a choice";
            self.error(&code::QUESTION_BLANK, *span, message, "write the text with its blanks as a paragraph");
        }
        elsewhere || !cells.is_empty()
    }

    /// Reports brackets that open a blank and do not close it. Whether there are any.
    pub(super) fn unclosed_blank(&mut self, source: &str, span: Span) -> bool {
        let Some(at) = source.find("[[").or_else(|| source.find("]]")) else {
            return false;
        };
        let place = Span::new(span.file, span.start as usize + at..span.start as usize + at + 2);
        let hint = "a blank has two brackets on each side, on one line: [[answer]]";
        self.error(&code::QUESTION_BLANK, place, "these brackets make no blank", hint);
        true
    }
}

/// The places of the blanks in a line of text.
fn blank_spans(content: &[Inline]) -> Vec<Span> {
    let mut found = Vec::new();
    crate::course::walk_inlines(content, &mut |node| {
        if let crate::course::Node::Inline(Inline::Blank(span)) = node {
            found.push(*span);
        }
    });
    found
}

/// The identity of a blank: what its author wrote, with a number where the same stands before.
fn blank_id(inside: &str, before: &[Blank]) -> String {
    let first = inside.split('|').next().unwrap_or_default();
    let text = text::identity(first.trim());
    let twins = before.iter().filter(|other| other.id == text || other.id.starts_with(&format!("{text} #"))).count();
    if twins == 0 { text } else { format!("{text} #{}", twins + 1) }
}

/// The word right after a blank, if it can be a unit: `[[6,7]] %`, `[[12]] km`.
fn unit_after(rest: &str) -> String {
    let line = rest.lines().next().unwrap_or_default();
    let word = line.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(line);
    let end =
        word.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '?' | '!' | ')' | '|' | '['));
    let word = &word[..end.unwrap_or(word.len())];
    let fits = (1..=12).contains(&word.chars().count()) && !word.contains(|c: char| c.is_ascii_digit() || c == '*');
    if fits { word.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::{FREE, NUMBER, TEXT, unit_after};
    use crate::keys::braces;

    #[test]
    fn the_reference_says_how_much_may_be_written() {
        let said = braces::HEADING.iter().find(|setting| setting.name == "max").map(|setting| setting.usual);
        let usual = format!("{TEXT} in a blank, {NUMBER} where it takes a number, {FREE} in the learner's own words");
        assert_eq!(said, Some(usual.as_str()));
    }

    #[test]
    fn the_word_after_a_number_is_its_unit() {
        for (rest, expected) in [
            (" %.", "%"),
            ("\u{202f}% en 2000", "%"),
            (" km, or so", "km"),
            ("km", "km"),
            (".", ""),
            (" *fois*", ""),
            ("\nkm", ""),
        ] {
            assert_eq!(unit_after(rest), expected, "{rest}");
        }
    }
}
