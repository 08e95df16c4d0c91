//! Choices and items: their text, their feedback, their marks, and which of the three kinds choices make.

use super::{Gatherer, Settings};
use crate::catalogue;
use crate::code;
use crate::course::{Block, BlockKind, Choice, ChoiceKind, Inline, Item, List, plain_text};
use crate::diagnostic::{Diagnostic, Span};
use crate::text;

impl Gatherer<'_> {
    pub(super) fn choices(&mut self, list: List, question: Span) -> Option<Vec<Choice>> {
        let choices = self.listed(list, ["choice", "choices"], question)?;
        if !choices.iter().any(|choice| choice.right) {
            let message = "no choice of this question is marked as right";
            let diagnostic = Diagnostic::new(&code::QUESTION_NO_RIGHT_ANSWER, question, message);
            self.say(diagnostic.hint("mark the right choice: - [x] …").hint(
                "if there is none, because this asks for an opinion: {.scale} after the heading, and a plain list",
            ));
            return None;
        }
        Some(choices)
    }

    /// Items to be put into order, or the points of a scale.
    pub(super) fn items(&mut self, list: List, question: Span) -> Option<Vec<Choice>> {
        let items = self.listed(list, ["item", "items"], question)?;
        let before = self.diagnostics.len();
        for item in &items {
            if item.weight.is_some() || item.fixed {
                let what = if item.fixed { "fixed" } else { "weight" };
                let message = format!("`{what}` means nothing here: it is for choices");
                self.error(&code::UNKNOWN_ATTRIBUTE, item.span, message, "possible here: #an-id");
            }
        }
        (self.diagnostics.len() == before).then_some(items)
    }

    /// The items of a list that stand for something to take or to move: at least two, each once.
    fn listed(&mut self, list: List, [one, several]: [&str; 2], question: Span) -> Option<Vec<Choice>> {
        let before = self.diagnostics.len();
        let listed = list.items.len();
        let choices: Vec<Choice> = list.items.into_iter().filter_map(|item| self.choice(item)).collect();
        for (index, choice) in choices.iter().enumerate() {
            if choices[..index].iter().any(|other| other.id == choice.id) {
                let message = format!("the same {one} stands twice in this question");
                self.error(&code::CHOICE_DUPLICATE, choice.span, message, "change one of them, or remove it");
            }
        }
        // A choice that could not be read has been reported, and may be the one that is right.
        if choices.len() < listed {
            return None;
        }
        if choices.len() == 1 {
            let message = format!("this question has only one {one}");
            self.error(&code::QUESTION_NO_ANSWER, question, message, format!("add more {several}, at least one"));
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
        let id = attributes.id.as_ref().map_or_else(|| text.clone(), |id| format!("#{id}"));
        let ItemAttributes { fixed, weight, .. } = attributes;
        Some(Choice { id, text, span, content, right: marker == Some(true), weight, fixed, feedback })
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

    /// Takes `{#id fixed weight=50}` off the end of a choice, an item or a row.
    pub(super) fn item_attributes(&mut self, content: &mut [Inline], span: Span) -> ItemAttributes {
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
                _ if token.starts_with("weight=") => match weight(&token["weight=".len()..]) {
                    Some(weight) => attributes.weight = Some(weight),
                    None => {
                        let message = format!("`{token}` is no weight");
                        let hint = "a weight is a percentage from -100 to 100, such as weight=50 or weight=-25";
                        self.error(&code::WRONG_VALUE, span, message, hint);
                    }
                },
                _ => {
                    let message = format!("`{token}` means nothing on a choice");
                    self.error(&code::UNKNOWN_ATTRIBUTE, span, message, "possible here: #an-id, fixed, weight=50");
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

    /// Checks that weights, where there are any, can give all the points and no more.
    pub(super) fn weights(&mut self, kind: ChoiceKind, choices: &mut [Choice], question: Span) -> Option<()> {
        if choices.iter().all(|choice| choice.weight.is_none()) {
            return Some(());
        }
        let several = kind == ChoiceKind::Multiple;
        // The one right choice need not say that it is worth everything.
        if let Some(right) = choices.iter_mut().find(|choice| choice.right && !several) {
            right.weight.get_or_insert(10_000);
        }
        let weight = |choice: &Choice| choice.weight.unwrap_or(0);
        let fault = |choice: &&Choice| match (choice.right, several) {
            (true, true) => weight(choice) <= 0,
            (true, false) => weight(choice) != 10_000,
            (false, true) => weight(choice) > 0,
            (false, false) => weight(choice) == 10_000,
        };
        if let Some(choice) = choices.iter().find(fault) {
            let hint = match (choice.right, several) {
                (true, true) => "a right choice needs a weight above 0, such as {weight=50}",
                (true, false) => "the right choice is worth everything: {weight=100}",
                (false, true) => "a wrong choice takes points away or nothing: {weight=-50}, or no weight",
                (false, false) => "only the right choice is worth 100: give this one less, such as {weight=50}",
            };
            self.error(&code::CHOICE_WEIGHTS, choice.span, "the weight of this choice does not fit its box", hint);
            return None;
        }
        let sum: i32 = choices.iter().map(weight).filter(|weight| *weight > 0).sum();
        // Three times 33.33 is meant to be all.
        if several && (sum - 10_000).abs() > 5 {
            let sum = f64::from(sum) / 100.0;
            let message =
                format!("the weights of the right choices make {sum} %, so nobody can get just all the points");
            self.error(&code::CHOICE_WEIGHTS, question, message, "change them so that they make 100");
            return None;
        }
        Some(())
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
pub(super) struct ItemAttributes {
    pub(super) id: Option<String>,
    pub(super) fixed: bool,
    pub(super) weight: Option<i32>,
}

/// A percentage with two decimals at most, in hundredths.
fn weight(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    let hundredths = whole.parse::<i32>().ok()? * 100 + format!("{decimals:0<2}").parse::<i32>().ok()?;
    (hundredths <= 10_000).then_some(sign * hundredths)
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
            weight: None,
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
