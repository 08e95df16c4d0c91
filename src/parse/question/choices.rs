//! Choices and items: their text, their feedback, their marks, and which of the three kinds choices make.

use super::pieces::in_words;
use super::settings::hundredths;
use super::{Gatherer, Settings, blank_spans, blanks_in, slips};
use crate::catalogue;
use crate::code;
use crate::course::{
    Block, BlockKind, Choice, ChoiceKind, Inline, Item, List, Node, PartKind, plain_text, walk_inlines,
};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::text;

impl Gatherer<'_> {
    pub(super) fn choices(&mut self, list: List, question: Span) -> Option<Vec<Choice>> {
        let choices = self.listed(list, PartKind::Choice, question)?;
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

    /// The items of a list that stand for something to take or to move: at least two, each once.
    pub(super) fn listed(&mut self, list: List, of: PartKind, question: Span) -> Option<Vec<Choice>> {
        if self.glued_items(&list) {
            return None;
        }
        let (listed, indent) = (list.items.len(), self.indent(&list));
        let choices: Vec<Choice> = list.items.into_iter().filter_map(|item| self.choice(item, of, indent)).collect();
        // One that could not be read has been reported, and may be the one that is right.
        if choices.len() < listed || self.choices_twice(&choices, of) {
            return None;
        }
        if choices.len() == 1 {
            let (word, whole) = (of.word(), if of == PartKind::Point { "scale" } else { "question" });
            let message = format!("this {whole} has only one {word}");
            self.error(&code::QUESTION_NO_ANSWER, question, message, format!("add at least one more {word}"));
            return None;
        }
        Some(choices)
    }

    fn choices_twice(&mut self, choices: &[Choice], of: PartKind) -> bool {
        let before = self.diagnostics.len();
        for (index, choice) in choices.iter().enumerate() {
            let above = &choices[..index];
            let (message, hint) = if above.iter().any(|other| other.id == choice.id && choice.id != choice.text) {
                (format!("the id `{}` stands twice in this question", choice.id), "give one of them another id")
            } else if above.iter().any(|other| other.id == choice.id || is_same(other, choice)) {
                let message = format!("the same {} stands twice in this question", of.word());
                (message, "change one of them, or remove it")
            } else {
                continue;
            };
            self.error(&code::CHOICE_DUPLICATE, choice.span, message, hint);
        }
        self.refused_since(before)
    }

    fn choice(&mut self, item: Item, of: PartKind, indent: usize) -> Option<Choice> {
        let before = self.diagnostics.len();
        let Item { marker, blocks, span } = item;
        if let Some(first) = blocks.first()
            && self.feedback_too_deep(first, of, indent)
        {
            return None;
        }
        let mut blocks = blocks.into_iter();
        let mut content = match blocks.next().map(|block| (block.kind, block.span)) {
            Some((BlockKind::Line(content) | BlockKind::Paragraph(content), place)) => {
                self.line_at_margin(place, of, indent);
                self.goes_on(place, of, indent);
                content
            }
            Some((BlockKind::Figure(image), _)) => vec![Inline::Image(image)],
            Some((kind, place)) => {
                self.no_text(&kind, place, of);
                return None;
            }
            None => Vec::new(),
        };
        let attributes = self.item_attributes(&mut content, span, of)?;
        let text = text::identity(&plain_text(&content));
        let word = of.word();
        if text.is_empty() {
            let place = if of == PartKind::Choice { "bracket" } else { "sign that begins it" };
            let message = format!("this {word} says nothing");
            self.error(&code::CHOICE_EMPTY, span, message, format!("write its text after the {place}"));
            return None;
        }
        if self.blank_in_part(&content, of) || (of != PartKind::Choice && self.box_in_text(&text, span)) {
            return None;
        }
        self.braces_inside(&content, span, of);
        let feedback = self.feedback(blocks, of, indent);
        let id = attributes.id.as_ref().map_or_else(|| text.clone(), |id| format!("#{id}"));
        let ItemAttributes { fixed, weight, .. } = attributes;
        let choice = Choice { id, text, span, content, right: marker == Some(true), weight, fixed, feedback };
        (!self.refused_since(before)).then_some(choice)
    }

    /// Reports what stands where the text of an item should be: `- 1. Not at all` is a list in a list.
    fn no_text(&mut self, kind: &BlockKind, place: Span, of: PartKind) {
        let message = format!("{} is one paragraph", of.a_word());
        let diagnostic = Diagnostic::new(&code::CHOICE_SHAPE, place, message);
        let (number, text) = match kind {
            BlockKind::List(_) => slips::numbered(self.source(place)).unwrap_or_default(),
            _ => (0, ""),
        };
        self.say(match text {
            "" => diagnostic.hint("write its text right after the sign that begins it"),
            _ => diagnostic.fix("a number with a dot begins a list: write", place, format!("{number}: {text}")),
        });
    }

    /// The first line of a block, but that which begins it, that is not indented as what belongs to an item.
    fn first_at_margin(&self, block: Span, indent: usize) -> Option<Span> {
        let is_inside =
            |line: &str| line.starts_with('\t') || line.len() - line.trim_start_matches(' ').len() >= indent;
        let line = self.source(block).lines().skip(1).find(|line| !is_inside(line))?;
        let start = line.as_ptr() as usize - self.file_text.as_ptr() as usize;
        Some(Span::new(block.file, start..start + line.len()))
    }

    /// Reports a line at the margin that Markdown takes for a part of the item above it.
    fn line_at_margin(&mut self, item: Span, of: PartKind, indent: usize) {
        let Some(place) = self.first_at_margin(item, indent) else { return };
        let line = self.source(place).trim_start();
        let message = format!("this line is read as a part of the {} above it", of.word());
        let diagnostic = Diagnostic::new(&code::CHOICE_SHAPE, place, message);
        self.say(
            diagnostic
                .fix(
                    format!("if it is, indent it by {} spaces", in_words(indent)),
                    place,
                    format!("{:indent$}{line}", ""),
                )
                .hint("if it is not, put an empty line before it"),
        );
    }

    /// Warns of an indented line under a choice that Markdown takes for a part of it: a feedback, perhaps, without its >.
    fn goes_on(&mut self, item: Span, of: PartKind, indent: usize) {
        let source = self.source(item);
        let Some((first, rest)) = source.split_once('\n') else { return };
        let breaks = first.ends_with("  ") || first.ends_with('\\');
        if breaks || self.first_at_margin(item, indent).is_some() {
            return;
        }
        let after = item.start as usize + first.len();
        let (end, below) = (item.end as usize, after + 1);
        let quoted = rest.lines().map(|line| format!("{:indent$}> {}", "", line.trim_start())).collect::<Vec<_>>();
        let joined = rest.lines().map(|line| format!(" {}", line.trim())).collect::<String>();
        let message = format!("learners would read this line as a part of the {} above it", of.word());
        let diagnostic = Diagnostic::new(&code::CHOICE_GOES_ON, Span::new(item.file, below..end), message);
        self.say(
            diagnostic.fix("if it is a feedback, write", Span::new(item.file, below..end), quoted.join("\n")).fix(
                format!("if it belongs to the {}, write it on the same line", of.word()),
                Span::new(item.file, after..end),
                joined,
            ),
        );
    }

    /// What is said to who takes a choice: the block quotes under it.
    fn feedback(&mut self, blocks: impl Iterator<Item = Block>, of: PartKind, indent: usize) -> Vec<Block> {
        let mut feedback = Vec::new();
        for block in blocks {
            self.line_below_feedback(&block, of, indent);
            match block.kind {
                BlockKind::Quotation(quotation) if quotation.attribution.is_none() => feedback.extend(quotation.blocks),
                BlockKind::Quotation(_) | BlockKind::Callout(..) => feedback.push(block),
                _ => {
                    let message = format!("{} is one paragraph", of.a_word());
                    let whom = if of == PartKind::Item { "of it" } else { "to who takes it" };
                    let hint =
                        format!("keep the {} to one paragraph; what is said {whom} stands in a block quote", of.word());
                    self.error(&code::CHOICE_SHAPE, block.span, message, hint);
                }
            }
        }
        if let Some(blank) = blanks_in(&feedback).first() {
            let hint = "write the text with its blanks as the last paragraph of the question";
            self.error(&code::QUESTION_BLANK, *blank, "nobody can fill a blank in a feedback", hint);
        }
        feedback
    }

    /// Reports a line that Markdown takes for a part of the feedback above it, probably the next item.
    fn line_below_feedback(&mut self, block: &Block, of: PartKind, indent: usize) {
        if !matches!(block.kind, BlockKind::Quotation(_) | BlockKind::Callout(..)) {
            return;
        }
        let Some(place) = self.first_at_margin(block.span, indent) else { return };
        let line = self.source(place).trim_start();
        let begins = if of == PartKind::Item { "its number, a dot and a space" } else { "a hyphen and a space" };
        let message = "this line is read as a part of the feedback above it";
        let diagnostic = Diagnostic::new(&code::QUESTION_FEEDBACK, place, message);
        self.say(diagnostic.hint(format!("if it is {}, it begins with {begins}", of.a_word())).fix(
            "if it is a part of the feedback, write",
            place,
            format!("{:indent$}> {line}", ""),
        ));
    }

    /// Reports blanks in a choice, an item or a cell.
    pub(super) fn blank_in_part(&mut self, content: &[Inline], of: PartKind) -> bool {
        let blank = blank_spans(content).first().copied();
        if let Some(blank) = blank {
            let message = format!("there can be no blank in {}", of.a_word());
            self.error(&code::QUESTION_BLANK, blank, message, "write the text with its blanks as a paragraph");
        }
        blank.is_some()
    }

    /// Reports a feedback that is a part of the choice, since so deep a `>` begins no block quote.
    fn feedback_too_deep(&mut self, choice: &Block, of: PartKind, indent: usize) -> bool {
        let source = self.source(choice.span);
        let mut lines = source.lines();
        let first = lines.next().map_or(0, |line| line.len() + 1);
        if !lines.any(|line| line.trim_start().starts_with('>')) {
            return false;
        }
        let span = Span { start: choice.span.start + u32::try_from(first).unwrap_or(0), ..choice.span };
        let fixed = self.source(span).lines().map(|line| format!("{:indent$}{}", "", line.trim_start()));
        let fixed = fixed.collect::<Vec<_>>().join("\n");
        let message = format!("this feedback is indented too far: it would be a part of the {}", of.word());
        let diagnostic = Diagnostic::new(&code::QUESTION_FEEDBACK, span, message);
        self.say(diagnostic.fix(format!("indent it by {} spaces", in_words(indent)), span, fixed));
        true
    }

    /// Takes `{#id fixed weight=50}` off the end of a choice, an item or a row.
    pub(super) fn item_attributes(
        &mut self,
        content: &mut [Inline],
        span: Span,
        of: PartKind,
    ) -> Option<ItemAttributes> {
        let mut attributes = ItemAttributes::default();
        let Some(Inline::Text(text)) = content.last_mut() else {
            return Some(attributes);
        };
        let Some((kept, inside)) = text.trim_end().strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) else {
            return (!self.half_braces(text, span)).then_some(attributes);
        };
        let tidy = inside.split('=').map(str::trim).collect::<Vec<_>>().join("=");
        let tokens: Vec<&str> = tidy.split_whitespace().map(|token| token.trim_end_matches(',')).collect();
        if !meant_as_attributes(&tokens) || self.source(span).contains(&format!("\\{{{inside}")) {
            return Some(attributes);
        }
        let before = self.diagnostics.len();
        for token in tokens {
            self.item_attribute(token, &mut attributes, span, of);
        }
        if kept.ends_with('{') {
            self.error(&code::UNKNOWN_ATTRIBUTE, span, "one brace is enough", "write { once, and } once");
        }
        *text = kept.trim_end().to_owned();
        (!self.refused_since(before)).then_some(attributes)
    }

    /// Reports settings whose first brace is missing: `Four #four}`.
    fn half_braces(&mut self, text: &str, span: Span) -> bool {
        let words = text.trim_end().strip_suffix('}').map(str::split_whitespace);
        let word = words.and_then(|mut words| words.next_back()).filter(|word| !word.ends_with('\\'));
        let found = word.is_some_and(|word| word.starts_with('#') || word.starts_with("weight=") || word == "fixed");
        if found {
            let message = "the brace that closes here is not opened";
            self.error(&code::UNKNOWN_ATTRIBUTE, span, message, "write both braces: {#an-id}");
        }
        found
    }

    fn item_attribute(&mut self, token: &str, attributes: &mut ItemAttributes, span: Span, of: PartKind) {
        let is_choice = of == PartKind::Choice;
        match (token.strip_prefix('#'), token.strip_prefix("weight=")) {
            (Some(id), _) if !id.is_empty() && !id.contains(['#', '{', '}', '=']) => {
                attributes.id = Some(id.to_owned());
            }
            (_, Some(value)) if is_choice => match weight(value) {
                Some(weight) => attributes.weight = Some(weight),
                None => {
                    let message = format!("`{token}` is no weight");
                    let hint = "write a percentage from -100 to 100, without % and with two decimals at most: weight=50, \
                                weight=-25, weight=33.33";
                    self.error(&code::WRONG_VALUE, span, message, hint);
                }
            },
            _ if token == "fixed" && is_choice => attributes.fixed = true,
            _ => self.unknown_on_part(token, span, of),
        }
    }

    fn unknown_on_part(&mut self, token: &str, span: Span, of: PartKind) {
        let message = format!("`{token}` means nothing on {}", of.a_word());
        let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, span, message);
        let known: &[&str] = if of == PartKind::Choice { &["fixed", "weight=50"] } else { &[] };
        let near = nearest(&token.trim_start_matches('.').to_lowercase(), known.iter().copied());
        let possible = ["#an-id"].iter().chain(known).copied().collect::<Vec<_>>().join(", ");
        let diagnostic = match near {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None => diagnostic.hint(format!("possible here: {possible}")),
        };
        self.say(diagnostic.hint("to show the braces, write a backslash before them: \\{"));
    }

    /// Reports settings that are read as text, since they do not stand at the end.
    pub(super) fn braces_inside(&mut self, content: &[Inline], span: Span, of: PartKind) {
        let mut found = false;
        walk_inlines(content, &mut |node| {
            let starts = ["{#", "{fixed", "{weight"];
            found |=
                matches!(node, Node::Inline(Inline::Text(text)) if starts.iter().any(|start| text.contains(start)));
        });
        if found && !self.source(span).contains("\\{") {
            let message = format!("braces mean something only at the very end of {}", of.a_word());
            let hint = "move them there, after stars and images; to show braces, write a backslash before them: \\{";
            self.error(&code::UNKNOWN_ATTRIBUTE, span, message, hint);
        }
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

/// Whether two choices show the same: of images, only their authors know.
fn is_same(a: &Choice, b: &Choice) -> bool {
    let has_image = |choice: &Choice| {
        let mut found = false;
        walk_inlines(&choice.content, &mut |node| found |= matches!(node, Node::Inline(Inline::Image(_))));
        found
    };
    a.text == b.text && !has_image(a) && !has_image(b)
}

/// Whether what stands in braces was meant for us: an id, a word that we know however it is written, or words of the kind.
fn meant_as_attributes(tokens: &[&str]) -> bool {
    let is_known = |token: &&str| {
        let word = token.trim_start_matches('.').to_lowercase();
        token.starts_with('#') || word == "fixed" || word.starts_with("weight")
    };
    let is_word = |token: &&str| token.starts_with(|c: char| c.is_ascii_lowercase());
    !tokens.is_empty() && (tokens.iter().any(is_known) || tokens.iter().all(is_word))
}

#[derive(Default)]
pub(super) struct ItemAttributes {
    pub(super) id: Option<String>,
    pub(super) fixed: bool,
    pub(super) weight: Option<i32>,
}

/// A percentage from -100 to 100, in hundredths.
fn weight(text: &str) -> Option<i32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let weight = hundredths(digits).filter(|weight| *weight <= 10_000)?;
    i32::try_from(weight).ok().map(|weight| sign * weight)
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
