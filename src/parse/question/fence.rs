//! The long settings of a question: a `toml` code fence right under its heading.

use super::Gatherer;
use crate::code;
use crate::course::{Block, BlockKind, Inline};
use crate::diagnostic::{Diagnostic, Span, any_error};
use crate::keys::{self, Spanned};
use crate::parse::markdown;
use crate::text;

/// What the settings say.
#[derive(Default)]
pub(super) struct Said {
    pub(super) hint: Vec<Block>,
    pub(super) right: Vec<Block>,
    pub(super) partly: Vec<Block>,
    pub(super) wrong: Vec<Block>,
    pub(super) objective: Option<Spanned<String>>,
    pub(super) read: Vec<Inline>,
    /// None, or one for each blank.
    pub(super) patterns: Vec<Spanned<String>>,
    /// Where they stand.
    pub(super) span: Option<Span>,
}

impl<'a> Gatherer<'a> {
    /// Takes the settings off the head of a question's body.
    pub(super) fn fence(&mut self, body: &mut Vec<Block>) -> Option<Said> {
        if self.misplaced_fence(body) | body.first().is_some_and(|first| self.unfenced(first)) {
            return None;
        }
        let Some(Block { kind: BlockKind::Code { .. }, span }) = body.first().filter(|block| is_toml(block)) else {
            return Some(Said::default());
        };
        let span = *span;
        body.remove(0);
        let (text, base) = self.inside_fence(span)?;
        let (mut values, found) = keys::read(&keys::QUESTION, text, span.file, base);
        let errors = any_error(&found);
        if errors && text.lines().any(begins_other) {
            self.open_fence(span);
            return None;
        }
        self.diagnostics.extend(found);
        if errors {
            return None;
        }
        let [hint, right, partly, wrong, read] =
            ["hint", "right", "partly", "wrong", "read"].map(|key| values.text(key));
        let said = Said {
            hint: self.markdown(hint)?,
            right: self.markdown(right)?,
            partly: self.markdown(partly)?,
            wrong: self.markdown(wrong)?,
            objective: values.text("objective"),
            read: self.links(read)?,
            patterns: self.patterns(values.texts("patterns"))?,
            span: Some(span),
        };
        Some(said)
    }

    /// The lines between those that open and close a fence, with their place in the file.
    fn inside_fence(&mut self, fence: Span) -> Option<(&'a str, usize)> {
        let source = self.source(fence);
        let start = source.find('\n').map_or(source.len(), |end| end + 1);
        let info = source[..start].trim_start_matches(['`', '~', ' ']).trim();
        let lost = info.split_once(char::is_whitespace).map_or("", |(_, lost)| lost.trim_start());
        if !lost.is_empty() {
            let place = Span { end: fence.start + u32::try_from(start.saturating_sub(1)).unwrap_or(0), ..fence };
            let message = "what stands behind the word toml is not read";
            let diagnostic = Diagnostic::new(&code::QUESTION_SETTINGS, place, message);
            self.say(diagnostic.fix("put it on a line of its own", place, format!("```toml\n{lost}")));
            return None;
        }
        let Some(end) = source.rfind('\n').filter(|_| is_closed(source)) else {
            self.open_fence(fence);
            return None;
        };
        Some((&source[start..end.max(start)], fence.start as usize + start))
    }

    /// Settings that stand further down would be shown to learners.
    fn misplaced_fence(&mut self, body: &[Block]) -> bool {
        let settings = |block: &&Block| match &block.kind {
            BlockKind::Code { text, .. } => is_toml(block) && first_key(text).is_some(),
            _ => false,
        };
        let Some(block) = body.iter().skip(1).find(settings) else {
            return false;
        };
        let message = "these settings do not stand right under the heading: learners would read them";
        let hint = match body.first().filter(|first| is_toml(first)) {
            Some(_) => "put all settings of a question into one block, under the heading",
            None => "move them to the line under the heading",
        };
        self.error(&code::QUESTION_SETTINGS, block.span, message, hint);
        true
    }

    /// Settings right under the heading, in no block of the language toml, would be shown to learners.
    fn unfenced(&mut self, first: &Block) -> bool {
        let is_other = |language: &str| {
            ["yaml", "yml", "ini", "txt", "text", "tml"].contains(&language) || language.starts_with("toml")
        };
        let source = self.source(first.span);
        let lines: Vec<&str> = source.lines().collect();
        let lines = match &first.kind {
            BlockKind::Code { language, .. } if !is_toml(first) && language.as_deref().is_none_or(is_other) => {
                &lines[..]
            }
            BlockKind::Paragraph(_) => &lines[..],
            _ => return false,
        };
        let is_mark = |line: &&str| line.trim().chars().all(|c| matches!(c, '`' | '~' | '+' | '-'));
        let settings = lines.iter().map(|line| after_info(line)).filter(|line| !is_mark(line));
        let settings: Vec<&str> = settings.map(str::trim_start).collect();
        let all_known = settings.iter().all(|line| first_key(line).is_some());
        if settings.is_empty() || !all_known {
            return false;
        }
        let settings: Vec<String> = settings.into_iter().map(as_toml).collect();
        let fixed = format!("```toml\n{}\n```", settings.join("\n"));
        let indent = self.file_text[..first.span.start as usize].bytes().rev().take_while(|b| *b == b' ').count();
        let place = Span { start: first.span.start - u32::try_from(indent).unwrap_or(0), ..first.span };
        let message = "these look like settings and are read as text: learners would see them";
        self.say(Diagnostic::new(&code::QUESTION_SETTINGS, place, message).fix("write", place, fixed));
        true
    }

    fn open_fence(&mut self, span: Span) {
        let first = self.source(span).lines().next().unwrap_or_default();
        let place = Span { end: span.start + u32::try_from(first.len()).unwrap_or(0), ..span };
        let message = "this block of settings is not closed, so it takes in the rest of the question";
        let diagnostic = Diagnostic::new(&code::QUESTION_SETTINGS, place, message);
        let advice = "write ``` on a line of its own under the last setting";
        self.say(match self.end_of_settings(span) {
            Some(end) => diagnostic.fix(advice, Span::new(span.file, end..end), "\n```"),
            None => diagnostic.hint(advice),
        });
    }

    /// Where the last setting ends in a fence that is not closed, if what stands below it can be told from settings.
    fn end_of_settings(&self, fence: Span) -> Option<usize> {
        let source = self.source(fence);
        let (start, mut end, mut last) = (source.find('\n')? + 1, 0, None);
        for line in source[start..].split_inclusive('\n') {
            if begins_other(line) {
                break;
            }
            end += line.len();
            let text = &source[start..start + end];
            if !line.trim().is_empty() && keys::is_toml(text) {
                last = Some(fence.start as usize + start + text.trim_end().len());
            }
        }
        last
    }

    /// Markdown within a TOML text, with the places that it has in the file.
    fn markdown(&mut self, value: Option<Spanned<String>>) -> Option<Vec<Block>> {
        let Some(Spanned { value, span: Some(span) }) = value else {
            return Some(Vec::new());
        };
        let Some(at) = self.source(span).find(&value) else {
            let message = "this text cannot be read as it stands: a backslash means something else in it";
            let hint = "write it between three apostrophes, where everything means itself: '''…'''";
            self.error(&code::QUESTION_SETTINGS, span, message, hint);
            return None;
        };
        let before = self.diagnostics.len();
        let body = markdown::parse(&value, span.file, span.start as usize + at, self.typography);
        self.diagnostics.extend(body.diagnostics);
        if let Some(note) = body.footnotes.iter().flat_map(|note| &note.blocks).next() {
            let hint = "write it into the text itself, or into the question";
            self.error(&code::QUESTION_SETTINGS, note.span, "what a setting says can have no footnote", hint);
        }
        if let Some(Block { span, .. }) = body.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading(_))) {
            let hint = "write it as a paragraph; ** around words makes them bold";
            self.error(&code::QUESTION_SETTINGS, *span, "what a setting says can hold no heading", hint);
        }
        (!self.refused_since(before)).then_some(body.blocks)
    }

    /// One line of text, with links.
    fn links(&mut self, value: Option<Spanned<String>>) -> Option<Vec<Inline>> {
        let span = value.as_ref().and_then(|value| value.span);
        let blocks = self.markdown(value)?;
        match <[Block; 1]>::try_from(blocks) {
            Ok([Block { kind: BlockKind::Paragraph(content) | BlockKind::Download(content), .. }])
                if content.iter().any(|inline| matches!(inline, Inline::Link(_))) =>
            {
                Some(content)
            }
            Err(blocks) if blocks.is_empty() => Some(Vec::new()),
            _ => {
                let message = "`read` has no link to what should be read again";
                let hint = "write a link as on a page: read = \"[Open data](open-data.md)\"";
                let place = span.unwrap_or_else(|| Span::new(crate::sources::FileId(0), 0..0));
                self.error(&code::QUESTION_SETTINGS, place, message, hint);
                None
            }
        }
    }

    fn patterns(&mut self, patterns: Vec<Spanned<String>>) -> Option<Vec<Spanned<String>>> {
        let before = self.diagnostics.len();
        for pattern in &patterns {
            self.pattern(pattern);
        }
        (!self.refused_since(before)).then_some(patterns)
    }

    /// What the build reads as a regular expression must be one in every browser, too.
    fn pattern(&mut self, Spanned { value, span }: &Spanned<String>) {
        let say = |message: String| Diagnostic::new(&code::QUESTION_PATTERN, *span, message);
        let inside = value.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
        let found = match (inside, regress::Regex::with_flags(&format!("^(?:{value})$"), "iu")) {
            (Some((inside, _)), _) if !inside.is_empty() => {
                let diagnostic = say(format!("the strokes of `{value}` would have to be in the answer"));
                let fixed = format!("'{inside}'");
                match span.filter(|_| !inside.contains('\'')) {
                    Some(span) => diagnostic.fix("write what stands between them", span, fixed),
                    None => diagnostic.hint("write what stands between them"),
                }
            }
            (_, Err(problem)) => say(format!("`{value}` is no regular expression: {problem}"))
                .hint("write it as JavaScript does, for the whole answer: 'colou?r', '(19|20)[0-9]{2}'"),
            _ if value.contains("(?<=") || value.contains("(?<!") => {
                say(format!("`{value}` looks back with (?<, which older browsers do not know"))
                    .hint("write the whole answer as it may be, without (?<")
            }
            _ if text::evened(value) != *value => {
                let message = "this pattern has signs that no answer has when it is compared with it";
                let fixed = as_literal(&text::evened(value));
                let diagnostic = say(message.to_owned()).hint(
                    "before an answer is compared, its ’ becomes ', its “ ” „ « » become \", its – becomes -, its spaces \
                     become ordinary ones, and a full stop at its end goes",
                );
                match span {
                    Some(span) => diagnostic.fix("write", *span, fixed),
                    None => diagnostic,
                }
            }
            _ => return,
        };
        self.say(found);
    }
}

/// A text as TOML, where backslashes mean themselves.
fn as_literal(text: &str) -> String {
    match text.contains('\'') {
        true => format!("'''{text}'''"),
        false => format!("'{text}'"),
    }
}

fn is_toml(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Code { language: Some(language), .. } if language.eq_ignore_ascii_case("toml"))
}

/// Whether a line begins what is no setting: a question, a choice, a fence.
fn begins_other(line: &str) -> bool {
    ["## ", "### ", "- [", "* [", "[[", "```", "> ", "1. ", "| "].iter().any(|sign| line.trim_start().starts_with(sign))
}

/// Whether the last line of a fence closes it, rather than the end of the file (CommonMark, section 4.5).
fn is_closed(fence: &str) -> bool {
    let mut lines = fence.lines();
    let sign = |line: &str| line.trim().chars().take_while(|c| matches!(c, '`' | '~')).collect::<String>();
    let (Some(first), Some(last)) = (lines.next(), lines.next_back()) else { return false };
    last.trim().starts_with(&sign(first)) && sign(last) == last.trim()
}

/// What stands behind the language of a line that opens a fence: nothing, unless a line end is missing.
fn after_info(line: &str) -> &str {
    let text = line.trim_start().trim_start_matches(['`', '~']);
    match line.trim_start().len() - text.len() {
        0 => line,
        _ => text.strip_prefix("toml").unwrap_or_default(),
    }
}

/// `hint: look it up` as `hint = "look it up"`.
fn as_toml(line: &str) -> String {
    match line.split_once(':').filter(|(name, _)| !name.contains('=')) {
        Some((name, text)) => format!("{} = \"{}\"", name.trim(), text.trim().trim_matches('"')),
        None => line.to_owned(),
    }
}

/// The setting that the first line of a text gives, if it gives one: `hint = "…"`, `hint: …`.
fn first_key(text: &str) -> Option<&'static str> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    let (name, _) = line.split_once(['=', ':'])?;
    keys::QUESTION.keys.iter().map(|key| key.name).find(|known| *known == name.trim())
}
