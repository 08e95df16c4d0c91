//! Video and sound: what stands beside a file, and what learners who do not see or hear it would miss.

use super::links::Destination;
use super::{Checker, relative};
use crate::code;
use crate::course::{Course, Description, Image, Media, MediaKind, Transcript, walk};
use crate::diagnostic::{Diagnostic, Span};
use crate::language::Language;
use crate::load::Tree;
use crate::media::{self, Beside};
use crate::sources::FileId;
use crate::webvtt::{self, Fault, Mistake};

/// From this size on, in bytes, a file takes minutes on a slow line, and some LMSs refuse the package.
const BIG: u64 = 50_000_000;

/// What stands beside a video or a sound; files by their path in the course's folder.
#[derive(Debug)]
pub(crate) struct Player<'a> {
    /// Its captions, by language.
    pub(crate) captions: Vec<(Language, &'a str)>,
    /// The same with an audio description.
    pub(crate) described: Option<&'a str>,
    /// What a video shows before it plays.
    pub(crate) poster: Option<&'a str>,
    /// Its transcripts, by language.
    pub(crate) transcripts: &'a [Transcript],
}

impl<'a> Player<'a> {
    fn find(course: &'a Course, tree: &'a Tree, path: &str, kind: MediaKind) -> Self {
        let transcripts = course.transcripts.get(media::stem(path)).map_or(&[][..], Vec::as_slice);
        let mut player = Self { captions: Vec::new(), described: None, poster: None, transcripts };
        for other in tree.assets.keys() {
            match (media::beside(path, other), kind) {
                (Some(Beside::Captions(language)), MediaKind::Video) => player.captions.push((language, other)),
                (Some(Beside::Described), MediaKind::Video) => player.described = Some(other),
                (Some(Beside::Poster), MediaKind::Video) => player.poster = Some(other),
                _ => {}
            }
        }
        player
    }
}

impl<'a> Checker<'a> {
    pub(super) fn played_in_a_line(&mut self, image: &Image) {
        let message = "a player stands inside a line of text";
        let hint = format!(
            "put an empty line before and after it, or write a link: [{}]({})",
            image.alternative, image.destination
        );
        self.say(Diagnostic::new(&code::MEDIA_INLINE, image.span, message).hint(hint));
        if let Ok(Destination::File(path)) = self.facts.links.follow(&image.destination, image.span) {
            self.mentioned.insert(path.to_owned());
        }
    }

    /// Takes a video or a sound into the package, with all that stands beside it.
    pub(super) fn player(&mut self, media: &Media) {
        match self.facts.links.follow(&media.destination, media.span) {
            Ok(Destination::File(path)) => {
                let path = path.to_owned();
                self.medium(&path, media.span);
                if !self.facts.players.contains_key(&path) {
                    self.new_player(media, path);
                }
            }
            Ok(_) => {
                let what = if media.kind == MediaKind::Video { "video" } else { "recording" };
                let message =
                    format!("this {what} is not in the course: learners' browsers would have to fetch it elsewhere");
                let hint = "save the file into the lesson's folder and write its name, or write a link";
                self.say(Diagnostic::new(&code::EXTERNAL_MEDIA, media.span, message).hint(hint));
            }
            Err(problem) => self.broken(&problem, &media.destination, media.span),
        }
    }

    fn new_player(&mut self, media: &Media, path: String) {
        let player = Player::find(self.course, self.tree, &path, media.kind);
        let captions = player.captions.iter().map(|(_, path)| *path);
        for beside in captions.chain(player.described).chain(player.poster) {
            self.medium(beside, media.span);
        }
        for (_, captions) in &player.captions {
            if let Some(&file) = self.tree.captions.get(*captions) {
                self.captions(file);
            }
        }
        self.alternatives(media, &path, &player);
        self.format(media, &path);
        self.size(media, &path);
        let transcripts = player.transcripts;
        // Before its transcripts, which may name it again.
        self.facts.players.insert(path, player);
        for transcript in transcripts {
            walk(&transcript.blocks, &mut |node| self.node(node));
        }
    }

    /// What the file lacks for those who do not see or hear it.
    fn alternatives(&mut self, media: &Media, path: &str, player: &Player<'_>) {
        let video = media.kind == MediaKind::Video;
        if video && player.captions.is_empty() {
            self.without_captions(media, path);
        }
        // A described version says all that a transcript would (RGAA 4.1.3).
        if player.transcripts.is_empty() && player.described.is_none() {
            self.without_transcript(media, path);
        }
        if video && player.described.is_none() && media.description == Description::Undecided {
            self.without_description(media, path);
        }
    }

    /// The name, from the page, of a file beside a video or a sound.
    fn beside(&self, media: &Media, path: &str, ending: &str) -> String {
        relative(self.tree.sources.path(media.span.file), &format!("{}.{ending}", media::stem(path)))
    }

    fn without_captions(&mut self, media: &Media, path: &str) {
        let name = self.beside(media, path, &format!("{}.vtt", self.course.language.tag()));
        let hint = format!("put captions beside it, in a file `{name}`; one cue may say that nobody speaks");
        let message = "this video has no captions (RGAA 4.3)";
        let mut diagnostic = Diagnostic::new(&code::VIDEO_NO_CAPTIONS, media.span, message);
        let nameless = format!("{}.vtt", media::stem(path));
        if self.tree.assets.contains_key(&nameless) {
            self.mentioned.insert(nameless);
            let found = self.beside(media, path, "vtt");
            diagnostic = diagnostic.hint(format!("`{found}` does not say its language: rename it to `{name}`"));
        } else {
            diagnostic = diagnostic.hint(hint);
        }
        self.say(diagnostic);
    }

    fn without_transcript(&mut self, media: &Media, path: &str) {
        let name = self.beside(media, path, &format!("{}.md", self.course.language.tag()));
        let (what, all) = match media.kind {
            MediaKind::Video => ("video", "said and shown"),
            MediaKind::Audio => ("recording", "said"),
        };
        let message = format!("this {what} has no transcript (RGAA 4.1)");
        let hint = format!("write all that is {all} in a file `{name}` beside it, without front matter");
        self.say(Diagnostic::new(&code::MEDIA_NO_TRANSCRIPT, media.span, message).hint(hint));
    }

    fn without_description(&mut self, media: &Media, path: &str) {
        let message = "nothing says whether this video needs an audio description (RGAA 4.5)";
        let name = self.beside(media, path, "ad.mp4");
        let diagnostic = Diagnostic::new(&code::VIDEO_DESCRIPTION_UNDECIDED, media.span, message)
            .hint(format!("if it shows what nobody says, put a version that says it beside it: `{name}`"))
            .hint("if whoever only listens misses nothing, write {no-description} right after it");
        self.say(diagnostic);
    }

    fn format(&mut self, media: &Media, path: &str) {
        if let Some(better) = media::better_ending(path) {
            let message = format!("some browsers, on phones above all, do not play `{path}`");
            let hint = format!("convert the file to {}, which plays everywhere", better.to_uppercase());
            self.say(Diagnostic::new(&code::MEDIA_FORMAT, media.span, message).hint(hint));
        }
    }

    fn size(&mut self, media: &Media, path: &str) {
        let size = self.tree.assets.get(path).map_or(0, |asset| asset.size);
        if size > BIG {
            let message = format!(
                "`{path}` has {} MB: learners wait for it, and some LMSs refuse big packages",
                size / 1_000_000
            );
            let hint =
                "make it smaller (a video of a person who speaks needs about 5 MB per minute), or cut it in parts";
            self.say(Diagnostic::new(&code::MEDIA_BIG, media.span, message).hint(hint));
        }
    }

    fn captions(&mut self, file: FileId) {
        let text = self.tree.sources.text(file);
        for Mistake { fault, line } in webvtt::mistakes(text) {
            let (message, hint) = explain(fault, &text[line.clone()]);
            let diagnostic = Diagnostic::new(&code::CAPTIONS_INVALID, Span::new(file, line), message);
            self.say(diagnostic.hint(hint));
        }
    }
}

fn explain(fault: Fault, line: &str) -> (&'static str, String) {
    let example = "00:01.000 --> 00:04.000";
    match fault {
        Fault::Header => (
            "captions begin with a line WEBVTT: browsers ignore the whole file",
            "put two lines at the head of the file: WEBVTT, and an empty one".to_owned(),
        ),
        Fault::HeaderEnd => (
            "an empty line is missing before this one: browsers ignore the text below it",
            "put an empty line after the line WEBVTT".to_owned(),
        ),
        Fault::Commas => (
            "captions write times with a point: browsers ignore this text",
            format!("write {}, and so in the whole file", line.replace(',', ".")),
        ),
        Fault::Timing => (
            "these are no times: browsers ignore the text below them",
            format!("write them with minutes, seconds and three digits: {example}"),
        ),
        Fault::Backwards => {
            ("this text ends before it begins, so it never shows", format!("write the earlier time first: {example}"))
        }
        Fault::Order => ("this text begins before the one above it", "correct its times, or move it up".to_owned()),
        Fault::NoTiming => (
            "this text has no times, so it never shows",
            format!("put a line such as {example} above it, or remove the empty line before it"),
        ),
        Fault::NoText => ("nothing is to be shown at these times", "write the text on the next line".to_owned()),
        Fault::NoGap => (
            "an empty line is missing before these times: they would show as text",
            "put an empty line before this one".to_owned(),
        ),
        Fault::NoCue => (
            "these captions hold no text",
            format!("add an empty line, a line of times such as {example}, and what is said then"),
        ),
    }
}
