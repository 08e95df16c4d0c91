//! Texts with blanks, and answers in the learner's own words: what stands between double brackets.

use super::fence::Said;
use super::settings::{Blanks, Settings};
use super::{Gatherer, blank_spans, blanks_in, slips};
use crate::code;
use crate::course::{Accepts, Answer, Blank, Block, Inline};
use crate::diagnostic::{Diagnostic, Span};
use crate::keys::Spanned;
use crate::language::Language;
use crate::number::{self, Number, Slip};
use crate::state;
use crate::text;
use std::ops::Range;

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
        if spans.iter().any(|span| self.inside(*span).split('|').any(|form| is_ellipsis(form.trim()))) {
            return self.own_words(&content, place, settings);
        }
        let is_range = |inside: &str| ["..", "±", "+/-"].iter().any(|sign| inside.contains(sign));
        if self.loose_brackets(place) || self.number_in_brackets(place, is_range) {
            return None;
        }
        let before = self.diagnostics.len();
        let mut blanks: Vec<Blank> = Vec::new();
        for (index, span) in spans.iter().enumerate() {
            let unit = unit_after(&self.file_text[span.end as usize..], self.language);
            let Some(accepts) = self.accepts(*span, unit, said.patterns.get(index), settings) else { continue };
            let id = blank_id(self.inside(*span), &blanks);
            let max = self.room(*span, &accepts, settings);
            blanks.push(Blank { id, span: *span, accepts, max });
        }
        let (patterns, count) = (said.patterns.len(), spans.len());
        if patterns != 0 && patterns != count {
            let several = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
            let message = format!("`patterns` has {} for {}", several(patterns, "text"), several(count, "blank"));
            let hint = "write one pattern for each blank; where none is needed, its answer will do";
            self.error(&code::QUESTION_SETTINGS, said.span.unwrap_or(place), message, hint);
        }
        (!self.refused_since(before)).then_some(Answer::Blanks(content, blanks))
    }

    fn own_words(&mut self, content: &[Inline], place: Span, settings: &Settings) -> Option<Answer> {
        let message = match content {
            [Inline::Blank(blank)] => match self.inside(*blank).trim() {
                "…" | "..." => return Some(Answer::Text(settings.max.unwrap_or(FREE))),
                _ => "an answer in the learner's own words is three dots between the brackets, and nothing else",
            },
            _ => "an answer in the learner's own words stands alone: nothing before or after it in its paragraph",
        };
        let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, place, message);
        let source = self.source(place);
        let (above, below) = source.split_once("[[").unwrap_or_default();
        let after = below.split_once("]]").map_or("", |(_, after)| after);
        let alone = after.trim_matches(['.', ' ']).is_empty();
        let fixed =
            if above.trim().is_empty() { "[[…]]".to_owned() } else { format!("{}\n\n[[…]]", above.trim_end()) };
        let right = "or write what is right in the brackets: [[answer]]";
        self.say(match alone {
            true => diagnostic.fix("write", place, fixed).hint(right),
            false => diagnostic.hint("put what stands around it in paragraphs above it").hint(right),
        });
        None
    }

    /// Reports `[…]`, which was meant as an answer in the learner's own words.
    pub(super) fn single_brackets(&mut self, place: Span) -> bool {
        let found = matches!(self.source(place).trim_matches(['[', ']', ' ', '.', '…']), "");
        if found {
            let message = "an answer in the learner's own words is three dots between two brackets on each side";
            let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, place, message);
            self.say(diagnostic.fix("write", place, "[[…]]"));
        }
        found
    }

    /// Reports `[5..10]`, a number that was meant as a blank, among those of which `is_meant` says so.
    pub(super) fn number_in_brackets(&mut self, place: Span, is_meant: impl Fn(&str) -> bool) -> bool {
        let source = self.source(place);
        let inside = |found: &Range<usize>| source[found.start + 1..found.end - 1].trim();
        let is_number =
            |found: &Range<usize>| is_meant(inside(found)) && number::parse(inside(found), self.language) != Number::No;
        let Some(found) = slips::in_single_brackets(source).into_iter().find(is_number) else { return false };
        let fixed = format!("[[{}]]", inside(&found));
        let start = place.start as usize;
        let place = Span::new(place.file, start + found.start..start + found.end);
        let message = "a number to fill in stands between two brackets on each side";
        self.say(Diagnostic::new(&code::QUESTION_BLANK, place, message).fix("write", place, fixed));
        true
    }

    /// What stands between the brackets.
    fn inside(&self, blank: Span) -> &str {
        let source = self.source(blank);
        source.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(source)
    }

    fn accepts(
        &mut self,
        span: Span,
        unit: String,
        pattern: Option<&Spanned<String>>,
        settings: &Settings,
    ) -> Option<Accepts> {
        let inside = self.inside(span).trim().to_owned();
        if inside.is_empty() {
            let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, span, "this blank has no right answer");
            let right = "write what is right between the brackets: [[answer]], or [[one|another]]";
            self.say(match pattern {
                Some(_) => diagnostic
                    .hint("a pattern says what else is right; learners are shown what the brackets hold")
                    .hint(right),
                None => diagnostic.hint(right),
            });
            return None;
        }
        let number = match settings.blanks {
            Blanks::Text => Number::No,
            Blanks::AsTheyLook | Blanks::Numeric => number::parse(&inside, self.language),
        };
        // Without a unit, `1/2` may be a date, a page, a fraction to be written as one.
        let measured = !unit.is_empty() && settings.blanks != Blanks::Text;
        let fraction = number::fraction(&inside, self.language).filter(|_| measured);
        match (number, pattern) {
            (Number::Is { .. }, Some(pattern)) if pattern.value != inside => {
                self.pattern_for_number(&inside, pattern);
                None
            }
            (Number::Is { low, high, value }, _) => Some(Accepts::Number { low, high, value, shown: inside, unit }),
            (Number::Nearly(slip), None) => {
                self.number_slip(&inside, span, slip);
                None
            }
            (Number::No, None) if fraction.is_some() => {
                self.number_slip(&inside, span, fraction?);
                None
            }
            (Number::No, None) if settings.blanks == Blanks::Numeric => {
                let message = format!("`{inside}` is no number, and the heading says .numeric");
                self.error(&code::QUESTION_NUMBER, span, message, number::shapes(self.language));
                None
            }
            (_, Some(pattern)) if settings.blanks == Blanks::Numeric => {
                self.pattern_for_number(&inside, pattern);
                None
            }
            (_, None) if settings.blanks != Blanks::Text && self.several_numbers(&inside, span) => None,
            (_, pattern) => self.text(&inside, span, pattern.map(|pattern| pattern.value.clone()), settings),
        }
    }

    /// Reports `[[5|6]]`: of several numbers, none would be compared as one.
    fn several_numbers(&mut self, inside: &str, span: Span) -> bool {
        let numbers: Vec<(&str, f64)> = inside
            .split('|')
            .map_while(|form| match number::parse(form, self.language) {
                Number::Is { value: Some(value), .. } => Some((form.trim(), value)),
                _ => None,
            })
            .collect();
        if numbers.len() < 2 || numbers.len() != inside.split('|').count() {
            return false;
        }
        let least = numbers.iter().min_by(|a, b| a.1.total_cmp(&b.1)).copied().unwrap_or_default();
        let most = numbers.iter().max_by(|a, b| a.1.total_cmp(&b.1)).copied().unwrap_or_default();
        let message = format!("`{inside}` would be compared as texts, not as numbers");
        let diagnostic = Diagnostic::new(&code::QUESTION_NUMBER, span, message);
        let diagnostic = match least.1 < most.1 {
            true => diagnostic.fix("to accept a range, write", span, format!("[[{}..{}]]", least.0, most.0)),
            false => diagnostic.fix("one way to write a number is enough", span, format!("[[{}]]", numbers[0].0)),
        };
        self.say(diagnostic.hint("if they are texts, say so after the heading: {.text}"));
        true
    }

    fn pattern_for_number(&mut self, inside: &str, pattern: &Spanned<String>) {
        let message = format!("this pattern is for the blank `{inside}`, which is a number");
        let diagnostic = Diagnostic::new(&code::QUESTION_PATTERN, pattern.span, message);
        self.say(
            diagnostic
                .hint(format!("write its answer instead, word for word: '{inside}'"))
                .hint("or, if its digits are a text, say so after the heading: {.text}"),
        );
    }

    fn number_slip(&mut self, inside: &str, span: Span, slip: Slip) {
        let message = format!("`{inside}` looks like a number and cannot be read as one");
        let diagnostic = Diagnostic::new(&code::QUESTION_NUMBER, span, message);
        let diagnostic = match slip.fixed {
            Some(fixed) => diagnostic.fix(slip.advice, span, fixed),
            None => diagnostic.hint(slip.advice),
        };
        self.say(diagnostic.hint("if it is a text, say so after the heading: {.text}"));
    }

    fn text(&mut self, inside: &str, span: Span, pattern: Option<String>, settings: &Settings) -> Option<Accepts> {
        let forms: Vec<String> = inside.split('|').map(|form| text::identity(form.trim())).collect();
        if forms.iter().any(String::is_empty) {
            let kept = forms.iter().filter(|form| !form.is_empty()).cloned().collect::<Vec<_>>().join("|");
            let message = "one of the accepted answers of this blank is empty";
            let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, span, message);
            self.say(match kept.as_str() {
                "" => diagnostic.hint("write what is right between the brackets: [[answer]]"),
                _ => diagnostic.fix(
                    "write something on both sides of every |, or remove it",
                    span,
                    format!("[[{kept}]]"),
                ),
            });
            return None;
        }
        if self.markup_in_form(inside, span) {
            return None;
        }
        if settings.blanks != Blanks::Text && pattern.is_none() {
            self.other_bar(inside, span);
        }
        let accents = settings.accents.unwrap_or_else(|| text::accents_make_letters(self.language));
        self.forms_twice(&forms, span, settings.case, accents);
        Some(Accepts::Text { forms, pattern, case: settings.case, accents })
    }

    /// Notes `[[yes, agreed]]` and `[[yes / agreed]]`, which may be two answers.
    fn other_bar(&mut self, inside: &str, span: Span) {
        let Some((sign, a, b)) = two_words(inside) else { return };
        let message = format!("this is one answer, with its `{sign}`: learners would have to type all of it");
        let diagnostic = Diagnostic::new(&code::BLANK_NOT_PARTED, span, message);
        self.say(
            diagnostic
                .fix("if each of the two is right, put | between them", span, format!("[[{a}|{b}]]"))
                .hint("if it is one answer, say so after the heading: {.text}"),
        );
    }

    /// Reports signs of Markdown in an answer, which learners would have to type.
    fn markup_in_form(&mut self, inside: &str, span: Span) -> bool {
        let bare = |form: &str, sign: &str| Some(form.trim().strip_prefix(sign)?.strip_suffix(sign)?.to_owned());
        let wraps = |sign: &&str| inside.split('|').any(|form| bare(form, sign).is_some_and(|bare| !bare.is_empty()));
        let sign = ["**", "*", "`", "$"].into_iter().find(wraps);
        if let Some(sign) = sign {
            let forms = inside.split('|').map(|form| bare(form, sign).unwrap_or_else(|| form.trim().to_owned()));
            let bare = forms.collect::<Vec<_>>().join("|");
            let message = format!("learners would have to type the {sign} of this answer");
            let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, span, message);
            self.say(match sign {
                "$" | "`" => diagnostic.fix("write what they type", span, format!("[[{bare}]]")),
                _ => diagnostic.fix("put it around the brackets", span, format!("{sign}[[{bare}]]{sign}")),
            });
        } else if inside.contains("\\|") {
            let hint = "write it as a pattern: patterns = ['a[|]b'] in a block of settings under the heading";
            self.error(&code::QUESTION_BLANK, span, "a bar parts accepted answers, and cannot be in one", hint);
        }
        sign.is_some() || inside.contains("\\|")
    }

    /// Warns of a form that another one accepts already.
    fn forms_twice(&mut self, forms: &[String], span: Span, case: bool, accents: bool) {
        let fold = |form: &String| match (case, accents) {
            (true, true) => form.clone(),
            (false, true) => form.to_lowercase(),
            (true, false) => text::without_accents(form),
            (false, false) => text::folded(form),
        };
        let same = |(at, form): (usize, &String)| forms[..at].iter().find(|other| fold(other) == fold(form));
        if let Some((at, other)) = (0..forms.len()).find_map(|at| Some((at, same((at, &forms[at]))?))) {
            let message = format!("`{}` is accepted already, as `{other}`", forms[at]);
            let left: Vec<&str> =
                forms.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, form)| form.as_str()).collect();
            let diagnostic = Diagnostic::new(&code::REPEATED, span, message);
            let diagnostic = diagnostic.fix("leave it out", span, format!("[[{}]]", left.join("|")));
            self.say(match forms[at] == *other {
                true => diagnostic,
                false => {
                    diagnostic.hint("if the difference counts, say so after the heading: {case=match accents=match}")
                }
            });
        }
    }

    /// How many characters may be written, as the state counts them: at least what is right.
    fn room(&mut self, span: Span, accepts: &Accepts, settings: &Settings) -> u32 {
        let longest = |forms: &[String]| forms.iter().map(|form| state::cost(form)).max().unwrap_or(0);
        let (usual, needed) = match accepts {
            Accepts::Text { forms, .. } => (TEXT, longest(forms)),
            // The number, a space, the unit.
            Accepts::Number { shown, unit, .. } => (NUMBER, state::cost(shown).min(20) + 1 + state::cost(unit)),
        };
        let needed = u32::try_from(needed).unwrap_or(usual);
        if let (Accepts::Text { .. }, Some(max)) = (accepts, settings.max.filter(|max| *max < needed)) {
            let message = format!("max={max} leaves no room for this answer, which takes {needed} characters");
            self.error(&code::WRONG_VALUE, span, message, format!("write max={needed} after the heading, or more"));
        }
        settings.max.unwrap_or(usual).max(needed)
    }

    /// Reports blanks where none can be filled.
    pub(super) fn stray_blanks(&mut self, title: &[Inline], outside: &[&Vec<Block>], answer: &Answer) -> bool {
        let found = blank_spans(title).into_iter().chain(outside.iter().flat_map(|blocks| blanks_in(blocks))).next();
        if let Some(blank) = found {
            let hint = match answer {
                Answer::Blanks(..) => {
                    "put all blanks into the last paragraph of the question; a \\ at the end of a line begins a new one"
                }
                _ => "a question has one answer: the blanks, or what comes after them",
            };
            self.error(&code::QUESTION_BLANK, blank, "this blank is not in the answer of the question", hint);
        }
        found.is_some()
    }

    /// Reports brackets in a paragraph that open a blank and do not close it, or the other way round.
    pub(super) fn loose_brackets(&mut self, place: Span) -> bool {
        let source = self.source(place);
        let Some(loose) = slips::loose_brackets(source) else {
            return false;
        };
        let start = place.start as usize + loose.place.start;
        let span = Span::new(place.file, start..place.start as usize + loose.place.end);
        let diagnostic = Diagnostic::new(&code::QUESTION_BLANK, span, "these brackets make no blank");
        let advice = "a blank has two brackets on each side, on one line: [[answer]]";
        let diagnostic = match loose.fixed {
            Some(fixed) => diagnostic.fix(advice, span, fixed),
            None => diagnostic.hint(advice),
        };
        self.say(diagnostic.hint("to show two brackets, write a backslash before them: \\[["));
        true
    }
}

/// Whether a text is nothing but dots.
fn is_ellipsis(text: &str) -> bool {
    text.len() > 1 && text.chars().all(|c| matches!(c, '.' | '…'))
}

/// Two short answers with another sign than a bar between them. A list of names or a sentence is none.
fn two_words(inside: &str) -> Option<(char, &str, &str)> {
    let is_short = |text: &str| {
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’');
        text.chars().filter(|c| c.is_alphabetic()).count() > 1
            && text.split_whitespace().count() <= 2
            && text.chars().all(is_letter)
    };
    let lower = |text: &str| text.starts_with(char::is_lowercase);
    let (sign, (a, b)) = [(',', ", "), (';', "; "), ('/', " / ")]
        .into_iter()
        .find_map(|(sign, between)| Some((sign, inside.split_once(between)?)))?;
    let found = [a, b].into_iter().all(is_short) && (sign == '/' || lower(b)) && !inside.contains('|');
    found.then_some((sign, a, b))
}

/// The identity of a blank: what its author wrote, with a number where another has that identity.
fn blank_id(inside: &str, before: &[Blank]) -> String {
    let first = inside.split('|').next().unwrap_or_default();
    let text = text::identity(first.trim());
    let is_free = |id: &String| before.iter().all(|other| other.id != *id);
    let mut ids = std::iter::once(text.clone()).chain((2..).map(|n| format!("{text} #{n}")));
    ids.find(is_free).unwrap_or(text)
}

/// The unit right after a blank: `[[6,7]] %`, `[[12]] km`.
fn unit_after(rest: &str, language: &Language) -> String {
    let line = rest.lines().next().unwrap_or_default();
    let word = line.strip_prefix("&nbsp;").unwrap_or_else(|| line.trim_start());
    let end =
        word.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '?' | '!' | ')' | '|' | '['));
    let word = &word[..end.unwrap_or(word.len())];
    if number::is_unit(word, language) { word.to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::{FREE, NUMBER, TEXT, blank_id, two_words, unit_after};
    use crate::course::{Accepts, Blank};
    use crate::diagnostic::Span;
    use crate::keys::braces;
    use crate::language::Language;

    #[test]
    fn the_reference_says_how_much_may_be_written() {
        let said = braces::HEADING.iter().find(|setting| setting.name == "max").map(|setting| setting.usual);
        let usual = format!("{TEXT} in a blank, {NUMBER} where it takes a number, {FREE} in the learner's own words");
        assert_eq!(said, Some(usual.as_str()));
    }

    #[test]
    fn no_two_blanks_have_the_same_id() {
        let mut blanks: Vec<Blank> = Vec::new();
        for inside in ["n #2", "n", "n|m", "n", "n #2"] {
            let accepts = Accepts::Text { forms: Vec::new(), pattern: None, case: false, accents: false };
            let span = Span::new(crate::sources::FileId(0), 0..0);
            blanks.push(Blank { id: blank_id(inside, &blanks), span, accepts, max: TEXT });
        }
        let ids: Vec<&str> = blanks.iter().map(|blank| blank.id.as_str()).collect();
        assert_eq!(ids, ["n #2", "n", "n #3", "n #4", "n #2 #2"]);
    }

    #[test]
    fn two_answers_are_told_from_one_with_a_comma() {
        for (inside, expected) in [
            ("acceptation, accord", Some((',', "acceptation", "accord"))),
            ("acceptation / accord", Some(('/', "acceptation", "accord"))),
            ("liberté, égalité, fraternité", None),
            ("Paris, France", None),
            ("mais il faut, avant tout, attendre", None),
            ("12, 13", None),
            ("km/h", None),
            ("et/ou", None),
        ] {
            assert_eq!(two_words(inside), expected, "{inside}");
        }
    }

    #[test]
    fn the_word_after_a_number_is_its_unit() {
        let french = Language::parse("fr").expect("a language");
        for (rest, expected) in [
            (" %.", "%"),
            ("\u{202f}% en 2000", "%"),
            (" km, or so", "km"),
            ("km/h", "km/h"),
            (" litres.", "litres"),
            ("&nbsp;m²)", "m²"),
            (" litres.", "litres"),
            (" élèves", ""),
            (" la France", ""),
            (".", ""),
            (" *fois*", ""),
            ("\nkm", ""),
        ] {
            assert_eq!(unit_after(rest, &french), expected, "{rest}");
        }
    }
}
