//! Judges the document that an LMS opens: who can read it, and whether its own policy lets it work.

use super::content::is_script;
use super::finding::{Finding, Place};
use super::findings::Findings;
use super::markup::{Piece, Tag};
use super::rules::{content, document as rule};

/// What a page tells of itself.
#[derive(Debug, Default)]
pub(super) struct Document {
    is_frameset: bool,
    language: Option<(String, usize)>,
    title: bool,
    viewport: Option<(String, usize)>,
    heading: bool,
    images_without_alternative: Vec<usize>,
    policy: Option<String>,
    inline_script: Option<usize>,
    inline_handler: Option<usize>,
    generator: Option<String>,
    comments: Vec<String>,
}

/// The most images without alternative that are told of one page.
const IMAGES: usize = 20;

/// The most comments that are looked at, and the most characters of one: tools write theirs at the top, on a line.
const COMMENTS: usize = 20;
const COMMENT: usize = 120;

/// What stands before a tool's name in the comment that it leaves in pages.
const MARKS: [&str; 2] = ["Created using Storyline", "Created with iSpring"];

impl Document {
    /// Takes in a piece of the page.
    pub(super) fn see(&mut self, piece: &Piece, text: &str) {
        match piece {
            Piece::Tag(tag) if !tag.closing => self.tag(tag),
            Piece::Raw(tag, range) => {
                let has_text = !text[range.clone()].trim().is_empty();
                match &*tag.name {
                    "title" => self.title |= has_text,
                    "script" if has_text && is_script(tag) && tag.get("src").is_none() => {
                        self.inline_script.get_or_insert(tag.at);
                    }
                    _ => {}
                }
            }
            Piece::Comment(range) if self.comments.len() < COMMENTS => {
                let comment = text.get(range.clone()).unwrap_or_default();
                let comment = comment.strip_suffix("-->").unwrap_or(comment).trim();
                self.comments.push(comment.chars().take(COMMENT).collect());
            }
            _ => {}
        }
    }

    /// The tool that made the page, if the page says so: by `meta name="generator"` (HTML, 4.2.5.1), or by the comment
    /// that some tools leave instead, with their version in the next ones.
    pub(super) fn maker(&self) -> Option<String> {
        if let Some(generator) = &self.generator {
            return Some(generator.clone());
        }
        let mark = |comment: &String| MARKS.iter().any(|mark| comment.starts_with(mark));
        let at = self.comments.iter().position(mark)?;
        let name = self.comments[at].trim_start_matches("Created using ").trim_start_matches("Created with ");
        let name = name.split(" - ").next().unwrap_or(name).trim();
        let number = |comment: &String| {
            let number = comment.strip_prefix("version")?.trim_start_matches(':').trim();
            let is_one = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            is_one.then(|| number.to_owned())
        };
        let version = self.comments[at..].iter().find_map(number);
        Some(version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}")))
    }

    fn tag(&mut self, tag: &Tag) {
        let says = |name: &str| tag.get(name).is_some_and(|value| !value.trim().is_empty());
        match &*tag.name {
            "html" => {
                let told = ["lang", "xml:lang"].into_iter().find(|name| says(name)).and_then(|name| tag.get(name));
                self.language = told.map(|told| (told.trim().to_owned(), tag.at));
            }
            "frameset" => self.is_frameset = true,
            "h1" => self.heading = true,
            "meta" => self.meta(tag),
            "img" => {
                let is_hidden =
                    tag.get("aria-hidden") == Some("true") || matches!(tag.get("role"), Some("presentation" | "none"));
                let is_named =
                    tag.get("alt").is_some() || says("aria-label") || says("aria-labelledby") || says("title");
                if !is_hidden && !is_named && self.images_without_alternative.len() < IMAGES {
                    self.images_without_alternative.push(tag.at);
                }
            }
            _ => {}
        }
        if self.inline_handler.is_none() {
            let is_handler = |name: &str| name.starts_with("on") && name.len() > 2;
            self.inline_handler = tag.attributes.iter().find(|a| is_handler(&a.name)).map(|a| a.at);
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let content = tag.get("content").unwrap_or_default().to_ascii_lowercase();
        if tag.get("name").is_some_and(|name| name.eq_ignore_ascii_case("viewport")) {
            self.viewport = Some((content, tag.at));
        } else if tag.get("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy")) {
            self.policy.get_or_insert(content);
        } else if tag.get("name").is_some_and(|name| name.eq_ignore_ascii_case("generator")) {
            let told = tag.get("content").map(str::trim).filter(|told| !told.is_empty());
            self.generator = self.generator.take().or_else(|| told.map(str::to_owned));
        }
    }

    /// Says what is wrong with the page.
    pub(super) fn judge(self, at: &dyn Fn(usize) -> Place, name: &str, launch: bool, found: &mut Findings) {
        self.judge_policy(at, found);
        if !launch {
            return;
        }
        let mut add = |rule, message: &str| found.add(Finding::new(rule, Place::Entry(name.to_owned()), message));
        if self.language.is_none() {
            add(&rule::NO_LANGUAGE, "the launch document does not say its language");
        }
        if !self.title {
            add(&rule::NO_TITLE, "the launch document has no title");
        }
        if self.viewport.is_none() {
            add(&rule::NO_VIEWPORT, "the launch document says nothing of small screens");
        }
        if !self.heading && !self.is_frameset {
            add(&rule::NO_HEADING, "the launch document has no `h1`");
        }
        if let Some((language, place)) = self.language.filter(|(language, _)| !is_tag(language)) {
            let message = format!("`{}` is no language tag", super::names::shown(&language));
            found.add(Finding::new(&rule::UNKNOWN_LANGUAGE, at(place), message));
        }
        if let Some((content, place)) = self.viewport.filter(|(content, _)| forbids_zoom(content)) {
            let message = format!("`{}` forbids to enlarge the page", super::names::shown(&content));
            found.add(Finding::new(&rule::NO_ZOOM, at(place), message));
        }
        for image in self.images_without_alternative {
            found.add(Finding::new(&rule::NO_ALTERNATIVE, at(image), "the image has no `alt`"));
        }
    }

    fn judge_policy(&self, at: &dyn Fn(usize) -> Place, found: &mut Findings) {
        let Some(policy) = &self.policy else { return };
        if let Some(place) = self.inline_script.filter(|_| forbids(policy, "script-src-elem", &["'nonce-", "'sha"])) {
            found.add(Finding::new(&content::INLINE, at(place), "the page's policy forbids this script"));
        }
        if let Some(place) = self.inline_handler.filter(|_| forbids(policy, "script-src-attr", &["'unsafe-hashes'"])) {
            found.add(Finding::new(&content::INLINE, at(place), "the page's policy forbids this handler"));
        }
    }
}

/// Whether a text can be the tag of a language (BCP 47, 2.1). No language has one of four letters or more.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let is_first = match first.len() {
        1 => matches!(first, "x" | "X" | "i" | "I") && text.len() > 2,
        length => matches!(length, 2 | 3),
    };
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_first && first.bytes().all(|byte| byte.is_ascii_alphabetic()) && parts.all(is_part)
}

/// Whether people cannot make the page twice as large.
fn forbids_zoom(viewport: &str) -> bool {
    viewport.split([',', ';']).filter_map(|part| part.split_once('=')).any(|(name, value)| {
        let value = value.trim();
        match name.trim() {
            "user-scalable" => matches!(value, "no" | "0"),
            "maximum-scale" => value.parse::<f32>().is_ok_and(|scale| scale < 2.0),
            _ => false,
        }
    })
}

/// Whether a policy forbids what stands in a page, but for what `unless` may allow piece by piece.
fn forbids(policy: &str, directive: &str, unless: &[&str]) -> bool {
    let sources = |wanted: &str| {
        let mut directives = policy.split(';').map(str::trim);
        directives.find_map(|directive| {
            let (name, sources) = directive.split_once(char::is_whitespace).unwrap_or((directive, ""));
            (name == wanted).then_some(sources)
        })
    };
    let Some(sources) = [directive, "script-src", "default-src"].into_iter().find_map(sources) else { return false };
    let is_listed = sources.contains("'nonce-") || sources.contains("'sha");
    let allows_all = sources.contains("'unsafe-inline'") && !is_listed;
    !allows_all && !unless.iter().any(|mark| sources.contains(mark))
}
