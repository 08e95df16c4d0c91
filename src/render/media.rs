//! Players of video and sound, and cards of videos on other sites (RGAA theme 4).

use std::collections::BTreeSet;

use super::blocks::Context;
use super::html::Html;
use crate::check::Player;
use crate::check::links::Destination;
use crate::course::{Block, BlockKind, Course, ExternalVideo, Inline, Media, MediaKind, Node, Page, Transcript};
use crate::language::Language;

/// Whether anything in a course is played.
pub(super) fn is_in(course: &Course) -> bool {
    let mut found = false;
    for page in course.pages() {
        page.walk(&mut |node| {
            let Node::Block(Block { kind, .. }) = node else { return };
            found |= matches!(kind, BlockKind::Media(_) | BlockKind::ExternalVideo(_));
        });
    }
    found
}

/// The origins of the players on other sites.
pub(super) fn origins<'a>(pages: impl Iterator<Item = &'a Page>) -> BTreeSet<String> {
    let mut origins = BTreeSet::new();
    for page in pages {
        page.walk(&mut |node| {
            if let Node::Block(Block { kind: BlockKind::ExternalVideo(video), .. }) = node {
                origins.insert(video.origin().to_owned());
            }
        });
    }
    origins
}

impl Context<'_> {
    /// A title, the player, and what those need who do not see or hear it.
    pub(super) fn media(&self, media: &Media, html: &mut Html) {
        let Ok(Destination::File(path)) = self.facts.links.follow(&media.destination, media.span) else {
            return;
        };
        let (Some(source), Some(player)) = (self.packaged(path), self.facts.players.get(path)) else {
            return;
        };
        open(&media.title, media.caption.as_deref(), html);
        self.player(media, source, player, html);
        close(media.caption.as_deref(), html);
        for transcript in player.transcripts {
            self.transcript(media, transcript, player.transcripts.len(), html);
        }
        if let Some((described, medium)) = player.described.and_then(|path| Some((path, self.facts.media.get(path)?))) {
            html.open("p", &[]).open("a", &[("href", medium.path.as_str()), ("download", "")]);
            html.text(&self.words.fill("described", &[("title", &media.title)])).text(" ");
            html.element("small", &[], &self.download_note(described, medium.asset.size)).close("a").close("p");
        }
        html.close("div");
    }

    fn packaged(&self, path: &str) -> Option<&str> {
        Some(self.facts.media.get(path)?.path.as_str())
    }

    fn player(&self, media: &Media, source: &str, player: &Player<'_>, html: &mut Html) {
        let mut attributes = vec![("controls", ""), ("preload", "none"), ("src", source), ("aria-label", &media.title)];
        if media.kind == MediaKind::Audio {
            html.open("audio", &attributes).close("audio");
            return;
        }
        attributes.extend(player.poster.and_then(|poster| self.packaged(poster)).map(|poster| ("poster", poster)));
        html.open("video", &attributes);
        for (language, path) in &player.captions {
            let Some(source) = self.packaged(path) else { continue };
            // Captions, and not subtitles: those are for people who hear (RGAA 4.3.2).
            let (kind, label) = (("kind", "captions"), ("label", native_name(language)));
            html.open("track", &[kind, ("src", source), ("srclang", language.tag()), label]);
        }
        html.close("video");
        self.caption_buttons(&player.captions, html);
    }

    /// Browsers hide theirs in a menu; ours are as near as the one that plays (EN 301 549, 7.3).
    fn caption_buttons(&self, captions: &[(Language, &str)], html: &mut Html) {
        if captions.is_empty() {
            return;
        }
        html.open("p", &[("class", "actions")]);
        for (language, _) in captions {
            html.open("button", &[("type", "button"), ("aria-pressed", "false"), ("hidden", "")]);
            html.text(self.words.get("captions"));
            self.in_language(language, captions.len(), html);
            html.close("button");
        }
        html.close("p");
    }

    /// The name of a language, where there is another one to tell it from.
    fn in_language(&self, language: &Language, of: usize, html: &mut Html) {
        if of > 1 {
            html.text(" – ").element("span", &[("lang", language.tag())], native_name(language));
        }
    }

    fn transcript(&self, media: &Media, transcript: &Transcript, of: usize, html: &mut Html) {
        html.line().open("details", &[]).open("summary", &[]);
        html.text(&self.words.fill("transcript", &[("title", &media.title)]));
        self.in_language(&transcript.language, of, html);
        html.close("summary").line();
        let language = &transcript.language;
        let foreign = [("lang", language.tag()), ("dir", language.direction().as_str())];
        html.open("div", if language == self.facts.language { &[] } else { &foreign }).line();
        let headings = transcript.blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(heading.level),
            _ => None,
        });
        let top = headings.min().unwrap_or(1);
        for block in &transcript.blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    self.heading(media.under + 1 + heading.level - top, &heading.content, html);
                }
                _ => self.block(block, html),
            }
        }
        html.close("div").close("details");
    }

    /// A heading of a transcript: under the one under which its player stands, and no place to link to.
    fn heading(&self, level: u8, content: &[Inline], html: &mut Html) {
        let tag = format!("h{}", level.min(6));
        html.open(&tag, &[]);
        self.inlines(content, html);
        html.close(&tag).line();
    }

    /// A card; nothing is asked of the site before the learner asks for the video.
    pub(super) fn external_video(&self, video: &ExternalVideo, html: &mut Html) {
        open(&video.title, video.caption.as_deref(), html);
        html.element("p", &[], &self.words.fill("hosted", &[("site", &video.site)])).open("p", &[("class", "actions")]);
        let title = self.words.fill("video-frame", &[("title", &video.title)]);
        let button = [("type", "button"), ("data-frame", video.frame.as_str()), ("data-title", &title), ("hidden", "")];
        html.element("button", &button, self.words.get("play-here")).close("p");
        close(video.caption.as_deref(), html);
        html.open("p", &[("class", "remote")]);
        let text = self.words.fill("watch-there", &[("title", &video.title), ("site", &video.site)]);
        self.outside(&video.address, &[Inline::Text(text)], html);
        html.close("p").close("div");
    }
}

/// Opens the block of a player, with its title and, as for figures, its caption (RGAA 1.9, 4.7).
fn open(title: &str, caption: Option<&str>, html: &mut Html) {
    html.open("div", &[("class", "media")]).element("p", &[("class", "media-title")], title);
    if let Some(caption) = caption {
        html.open("figure", &[("role", "figure"), ("aria-label", caption)]);
    }
}

fn close(caption: Option<&str>, html: &mut Html) {
    if let Some(caption) = caption {
        html.element("figcaption", &[], caption).close("figure");
    }
}

/// A language as its own readers call it; its tag where we do not know.
fn native_name(language: &Language) -> &str {
    match language.primary() {
        "ar" => "العربية",
        "br" => "Brezhoneg",
        "ca" => "Català",
        "co" => "Corsu",
        "cs" => "Čeština",
        "da" => "Dansk",
        "de" => "Deutsch",
        "el" => "Ελληνικά",
        "en" => "English",
        "es" => "Español",
        "eu" => "Euskara",
        "fi" => "Suomi",
        "fr" => "Français",
        "he" => "עברית",
        "hu" => "Magyar",
        "it" => "Italiano",
        "ja" => "日本語",
        "ko" => "한국어",
        "nl" => "Nederlands",
        "no" | "nb" => "Norsk",
        "oc" => "Occitan",
        "pl" => "Polski",
        "pt" => "Português",
        "ro" => "Română",
        "ru" => "Русский",
        "sv" => "Svenska",
        "tr" => "Türkçe",
        "uk" => "Українська",
        "vi" => "Tiếng Việt",
        "zh" => "中文",
        _ => language.tag(),
    }
}
