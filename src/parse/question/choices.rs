//! Choices: their text, their feedback, their marks, and which of the three kinds they make.

use super::{Gatherer, Settings};
use crate::catalogue;
use crate::code;
use crate::course::{Block, BlockKind, Choice, ChoiceKind, Inline, Item, List, plain_text};
use crate::diagnostic::{Diagnostic, Span};
use crate::text;

impl Gatherer<'_> {
    pub(super) fn choices(&mut self, list: List, question: Span) -> Option<Vec<Choice>> {
        let before = self.diagnostics.len();
        let listed = list.items.len();
        let choices: Vec<Choice> = list.items.into_iter().filter_map(|item| self.choice(item)).collect();
        for (index, choice) in choices.iter().enumerate() {
            if choices[..index].iter().any(|other| other.id == choice.id) {
                let hint = "change one of them, or remove it";
                self.error(&code::CHOICE_DUPLICATE, choice.span, "the same choice stands twice in this question", hint);
            }
        }
        // A choice that could not be read has been reported, and may be the one that is right.
        if choices.len() < listed {
            return None;
        }
        if choices.len() == 1 {
            let hint = "add at least one more choice";
            self.error(&code::QUESTION_NO_ANSWER, question, "this question has only one choice", hint);
        } else if !choices.iter().any(|choice| choice.right) {
            let hint = "mark the right choice: - [x] …";
            self.error(
                &code::QUESTION_NO_RIGHT_ANSWER,
                question,
                "no choice of this question is marked as right",
                hint,
            );
        }
        let errors = self.diagnostics[before..].iter().any(|d| d.severity() == crate::Severity::Error);
        (!errors).then_some(choices)
    }

    fn choice(&mut self, item: Item) -> Option<Choice> {
        let Item { marker, blocks, span } = item;
        if let Some(first) = blocks.first()
            && self.feedback_too_deep(first)
        {
            return None;
        }
        let mut blocks = blocks.into_iter();
        let mut content = match blocks.next().map(|block| block.kind) {
            Some(BlockKind::Line(content) | BlockKind::Paragraph(content)) => content,
            Some(BlockKind::Figure(image)) => vec![Inline::Image(image)],
            _ => Vec::new(),
        };
        let attributes = self.item_attributes(&mut content, span);
        let text = text::identity(&plain_text(&content));
        if text.is_empty() {
            self.error(&code::CHOICE_EMPTY, span, "this choice says nothing", "write its text after the bracket");
            return None;
        }
        let mut feedback = Vec::new();
        for block in blocks {
            match block.kind {
                BlockKind::Quotation(quotation) if quotation.attribution.is_none() => feedback.extend(quotation.blocks),
                BlockKind::Quotation(_) | BlockKind::Callout(..) => feedback.push(block),
                _ => {
                    let hint = "keep the choice to one paragraph; what is said to who takes it stands in a block quote";
                    self.error(&code::CHOICE_SHAPE, block.span, "a choice is one paragraph", hint);
                }
            }
        }
        let id = attributes.id.map_or_else(|| text.clone(), |id| format!("#{id}"));
        Some(Choice { id, text, span, content, right: marker == Some(true), fixed: attributes.fixed, feedback })
    }

    /// Reports a feedback that is a part of the choice, since so deep a `>` begins no block quote.
    fn feedback_too_deep(&mut self, choice: &Block) -> bool {
        let source = self.source(choice.span);
        let mut lines = source.lines();
        let first = lines.next().map_or(0, |line| line.len() + 1);
        if !lines.any(|line| line.trim_start().starts_with('>')) {
            return false;
        }
        let span = Span { start: choice.span.start + u32::try_from(first).unwrap_or(0), ..choice.span };
        let fixed = self.source(span).lines().map(|line| format!("  {}", line.trim_start())).collect::<Vec<_>>();
        let message = "this feedback is indented too far: it would be a part of the choice";
        let diagnostic = Diagnostic::new(&code::QUESTION_FEEDBACK, span, message);
        self.say(diagnostic.fix("indent it by two spaces", span, fixed.join("\n")));
        true
    }

    /// Takes `{#id fixed}` off the end of a choice.
    fn item_attributes(&mut self, content: &mut [Inline], span: Span) -> ItemAttributes {
        let mut attributes = ItemAttributes::default();
        let Some(Inline::Text(text)) = content.last_mut() else {
            return attributes;
        };
        let trimmed = text.trim_end();
        let Some((kept, inside)) = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) else {
            return attributes;
        };
        let tokens: Vec<&str> = inside.split_whitespace().collect();
        let is_attribute = |token: &&str| token.starts_with('#') || token.starts_with(|c: char| c.is_ascii_lowercase());
        if tokens.is_empty() || !tokens.iter().all(is_attribute) {
            return attributes;
        }
        for token in tokens {
            match token.strip_prefix('#') {
                Some(id) if !id.is_empty() => attributes.id = Some(id.to_owned()),
                _ if token == "fixed" => attributes.fixed = true,
                _ if token.starts_with("weight=") => {
                    let hint = "remove it for now; the choices marked [x] are right, the others wrong";
                    let message = "weights of choices are not supported yet by this version of cartable";
                    self.error(&code::NOT_YET, span, message, hint);
                }
                _ => {
                    let message = format!("`{token}` means nothing on a choice");
                    self.error(&code::UNKNOWN_ATTRIBUTE, span, message, "possible here: #an-id, fixed");
                }
            }
        }
        *text = kept.trim_end().to_owned();
        attributes
    }

    pub(super) fn choice_kind(
        &mut self,
        choices: &[Choice],
        settings: &Settings,
        question: Span,
    ) -> Option<ChoiceKind> {
        let right = choices.iter().filter(|choice| choice.right).count();
        let true_first = match choices {
            [a, b] => Self::truth(a, b).or(settings.true_false.then_some(true)),
            _ => None,
        };
        if settings.true_false && true_first.is_none() {
            let hint = "list two choices, the one that stands for true first";
            self.error(&code::QUESTION_SHAPE, question, "a true-false question has exactly two choices", hint);
            return None;
        }
        match true_first {
            Some(true_first) if !settings.multiple => {
                if right == 2 {
                    let hint = "mark one of the two with [x] and the other with [ ]";
                    self.error(&code::QUESTION_SHAPE, question, "both true and false are marked as right", hint);
                    return None;
                }
                Some(ChoiceKind::TrueFalse { true_first })
            }
            _ if right == 1 && !settings.multiple => Some(ChoiceKind::Single),
            _ => Some(ChoiceKind::Multiple),
        }
    }

    /// Whether two choices are the words for true and false, of the course's language or of another that cartable
    /// speaks, and then whether true comes first.
    fn truth(a: &Choice, b: &Choice) -> Option<bool> {
        let is = |choice: &Choice, word: &str| {
            let text = text::identity(&plain_text(&choice.content));
            text.trim_end_matches(['.', '!']).trim_end().eq_ignore_ascii_case(word)
        };
        catalogue::all().into_iter().find_map(|words| {
            let (yes, no) = (words.get("true"), words.get("false"));
            match (is(a, yes) && is(b, no), is(a, no) && is(b, yes)) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            }
        })
    }
}

#[derive(Default)]
struct ItemAttributes {
    id: Option<String>,
    fixed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn true_and_false_are_known_in_every_language_of_the_interface() {
        let choice = |text: &str| Choice {
            id: text.to_owned(),
            text: text.to_owned(),
            span: Span::new(crate::sources::FileId(0), 0..0),
            content: vec![Inline::Text(text.to_owned())],
            right: false,
            fixed: false,
            feedback: Vec::new(),
        };
        for (a, b, expected) in [
            ("True", "False", Some(true)),
            ("Vrai.", "Faux.", Some(true)),
            ("faux", "vrai", Some(false)),
            ("Vrai", "False", None),
            ("Vrai", "Pas sûr", None),
        ] {
            assert_eq!(Gatherer::truth(&choice(a), &choice(b)), expected, "{a}, {b}");
        }
    }
}
