//! The long settings of a question: a `toml` code fence right under its heading.

use super::Gatherer;
use crate::code;
use crate::course::{Block, BlockKind, Inline};
use crate::diagnostic::{Diagnostic, Span};
use crate::keys::{self, Spanned};
use crate::parse::markdown;

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
    pub(super) patterns: Vec<String>,
    /// Where they stand.
    pub(super) span: Option<Span>,
}

impl Gatherer<'_> {
    /// Takes the settings off the head of a question's body.
    pub(super) fn fence(&mut self, body: &mut Vec<Block>) -> Option<Said> {
        if self.misplaced_fence(body) {
            return None;
        }
        let Some(Block { kind: BlockKind::Code { .. }, span }) = body.first().filter(|block| is_toml(block)) else {
            return Some(Said::default());
        };
        let span = *span;
        body.remove(0);
        let source = self.source(span);
        let start = source.find('\n').map_or(source.len(), |end| end + 1);
        let end = source.rfind('\n').filter(|end| *end >= start).unwrap_or(source.len());
        let (text, base) = (source[start..end].to_owned(), span.start as usize + start);
        let (mut values, found) = keys::read(&keys::QUESTION, &text, span.file, base);
        let errors = found.iter().any(|found| found.severity() == crate::Severity::Error);
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

    /// Settings that stand further down would be shown to learners.
    fn misplaced_fence(&mut self, body: &[Block]) -> bool {
        let settings = |block: &&Block| match &block.kind {
            BlockKind::Code { text, .. } if is_toml(block) => keys::knows_all(&keys::QUESTION, text),
            _ => false,
        };
        let Some(block) = body.iter().skip(1).find(settings) else {
            return false;
        };
        let message = "these settings do not stand right under the heading: learners would read them";
        self.error(&code::QUESTION_SETTINGS, block.span, message, "move them to the line under the heading");
        true
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
        let body = markdown::parse(&value, span.file, span.start as usize + at, self.typography);
        let errors = body.diagnostics.iter().any(|found| found.severity() == crate::Severity::Error);
        self.diagnostics.extend(body.diagnostics);
        (!errors).then_some(body.blocks)
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

    fn patterns(&mut self, patterns: Vec<Spanned<String>>) -> Option<Vec<String>> {
        let before = self.diagnostics.len();
        for pattern in &patterns {
            // What the build reads as a regular expression must be one in every browser, too.
            if let Err(problem) = regress::Regex::with_flags(&format!("^(?:{})$", pattern.value), "iu") {
                let message = format!("`{}` is no regular expression: {problem}", pattern.value);
                let hint = "write it as JavaScript does, for the whole answer: 'colou?r', '(19|20)[0-9]{2}'";
                self.say(Diagnostic::new(&code::QUESTION_PATTERN, pattern.span, message).hint(hint));
            }
        }
        let texts = patterns.into_iter().map(|pattern| pattern.value).collect();
        (self.diagnostics.len() == before).then_some(texts)
    }
}

fn is_toml(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Code { language: Some(language), .. } if language.eq_ignore_ascii_case("toml"))
}
