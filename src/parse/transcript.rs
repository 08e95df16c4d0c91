//! Transcripts: Markdown files without front matter beside a video or a sound, `talk.fr.md` beside `talk.mp4`.

use std::collections::{BTreeMap, BTreeSet};

use super::question::{self, Asks, Reading};
use super::{Parser, front_matter, markdown};
use crate::code;
use crate::course::{Block, BlockKind, Inline, Lesson, Node, Transcript, walk};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::Language;
use crate::media;
use crate::sources::FileId;
use crate::typography::Typography;

impl Parser<'_> {
    /// Every transcript of the course's folder, by the stem of what it transcribes; a file that is a page is none.
    pub(super) fn transcripts(&mut self, lessons: &[Lesson]) -> BTreeMap<String, Vec<Transcript>> {
        let pages: BTreeSet<&str> = lessons.iter().flat_map(|l| &l.pages).map(|page| page.path.as_str()).collect();
        let mut transcripts: BTreeMap<String, Vec<Transcript>> = BTreeMap::new();
        for (path, &file) in &self.tree.texts {
            if let Some((stem, language)) = media::transcript_name(path)
                && self.is_transcript(path)
                && !pages.contains(path.as_str())
            {
                let transcript = self.transcript(file, language);
                transcripts.entry(stem.to_owned()).or_default().push(transcript);
            }
        }
        transcripts
    }

    /// Whether the name of a Markdown file is that of a transcript of something that is there.
    pub(super) fn is_transcript(&self, path: &str) -> bool {
        media::transcript_name(path).is_some_and(|(stem, _)| {
            let of_stem = |asset: &&String| media::stem(asset) == stem && media::kind(asset).is_some();
            self.tree.assets.keys().any(|asset| of_stem(&asset))
        })
    }

    fn transcript(&mut self, file: FileId, language: Language) -> Transcript {
        let text = self.tree.sources.text(file);
        let front = front_matter::split(text, file);
        if text.starts_with("+++") {
            let message = "a transcript has no front matter: all of the file is its text";
            let hint = "remove the lines from +++ to +++";
            self.refuse(Span::new(file, 0..3), message, hint);
        }
        let here = language.primary() == self.language.primary();
        let typography = if here { self.typography } else { Typography::Plain };
        let body = markdown::parse(front.body, file, front.body_start, typography);
        self.diagnostics.extend(body.diagnostics);
        let reading =
            Reading { asks: Asks::MarkedHeadings, file_text: text, misread: &[], language: &language, typography };
        let (mut blocks, found) = question::gather(body.blocks, &reading);
        self.diagnostics.extend(found);
        self.out_of_place(&blocks);
        for block in &mut blocks {
            if let BlockKind::Heading(heading) = &mut block.kind {
                heading.anchor.clear();
            }
        }
        Transcript { language, blocks }
    }

    /// What a disclosure under a player cannot hold, since its text has neither numbers nor anchors.
    fn out_of_place(&mut self, blocks: &[Block]) {
        let is_top = |block: &Block| blocks.iter().any(|top| std::ptr::eq(top, block));
        let mut previous = blocks.first().map(|block| block.span);
        walk(blocks, &mut |node| match node {
            Node::Block(block) => {
                previous = Some(block.span);
                match &block.kind {
                    BlockKind::Question(_) => {
                        self.refuse(block.span, "a transcript asks nothing", "move the question to a page");
                    }
                    BlockKind::Media(_) | BlockKind::ExternalVideo(_) => {
                        self.refuse(block.span, "a transcript plays nothing", "move the player to a page");
                    }
                    BlockKind::Heading(_) if !is_top(block) => {
                        let hint = "write it at the margin, or as a paragraph";
                        self.refuse(block.span, "a transcript has no headings inside lists and quotations", hint);
                    }
                    _ => {}
                }
            }
            Node::Inline(Inline::FootnoteCall { .. }) => {
                if let Some(span) = previous {
                    self.refuse(span, "a transcript has no footnotes", "write the note in brackets, where it belongs");
                }
            }
            Node::Inline(_) => {}
        });
    }

    fn refuse(&mut self, span: Span, message: &str, hint: &str) {
        self.say(Diagnostic::new(&code::TRANSCRIPT_CONTENT, span, message).hint(hint));
    }
}
