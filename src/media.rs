//! Files of video and sound by their names: what is one, where it plays, and what stands beside it.
//!
//! All that belongs to `talk.mp4` begins with its stem `talk`: captions `talk.fr.vtt` and transcripts `talk.fr.md` in
//! any language, the described version `talk.ad.mp4`, the poster `talk.jpg`.

use crate::course::MediaKind;
use crate::hosting;
use crate::language::Language;

/// Endings of video that browsers play, the ones that all of them do first.
const VIDEO: [&str; 4] = ["mp4", "m4v", "webm", "ogv"];
/// Endings of sound that browsers play, the ones that all of them do first.
const AUDIO: [&str; 6] = ["mp3", "m4a", "wav", "ogg", "oga", "opus"];
/// Endings of what may be a poster.
const POSTER: [&str; 4] = ["jpg", "jpeg", "png", "webp"];
/// What stands where a language may, in the name of a described version.
const DESCRIBED: &str = "ad";

/// What a file or an address is, by its ending.
pub(crate) fn kind(path: &str) -> Option<MediaKind> {
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let ending = ending(path);
    if VIDEO.contains(&ending.as_str()) {
        Some(MediaKind::Video)
    } else if AUDIO.contains(&ending.as_str()) {
        Some(MediaKind::Audio)
    } else {
        None
    }
}

/// Whether an address of an image is played rather than shown.
pub(crate) fn is_played(destination: &str) -> bool {
    kind(destination).is_some() || hosting::find(destination).is_some()
}

/// The ending to prefer, for a file that some browsers do not play (Safari knows Ogg and WebM only of late).
pub(crate) fn better_ending(path: &str) -> Option<&'static str> {
    match ending(path).as_str() {
        "webm" | "ogv" => Some("mp4"),
        "ogg" | "oga" | "opus" => Some("mp3"),
        _ => None,
    }
}

/// The path without its ending, with which everything beside the file begins.
pub(crate) fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// What a file is to the video or the sound with the path `media`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// `stem.fr.vtt`
    Captions(Language),
    /// `stem.ad.mp4`
    Described,
    /// `stem.jpg`
    Poster,
}

/// What the file at `path` is to `media`, if anything.
pub(crate) fn beside(media: &str, path: &str) -> Option<Beside> {
    let rest = path.strip_prefix(stem(media))?.strip_prefix('.')?.to_ascii_lowercase();
    if POSTER.contains(&rest.as_str()) {
        return Some(Beside::Poster);
    }
    match rest.rsplit_once('.')? {
        (DESCRIBED, ending) => VIDEO.contains(&ending).then_some(Beside::Described),
        (tag, "vtt") => Language::parse(tag).map(Beside::Captions),
        _ => None,
    }
}

/// The stem and the language that the name of a transcript gives: `talk.fr.md`.
pub(crate) fn transcript_name(path: &str) -> Option<(&str, Language)> {
    let (stem, tag) = path.strip_suffix(".md")?.rsplit_once('.')?;
    (tag != DESCRIBED).then_some((stem, Language::parse(tag)?))
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_video_is_known_by_its_name() {
        let language = |tag| Language::parse(tag).expect("a tag");
        for (path, expected) in [
            ("a/talk.fr.vtt", Some(Beside::Captions(language("fr")))),
            ("a/talk.fr-CA.VTT", Some(Beside::Captions(language("fr-CA")))),
            ("a/talk.ad.mp4", Some(Beside::Described)),
            ("a/talk.png", Some(Beside::Poster)),
            ("a/talk.vtt", None),
            ("a/talk.ad.vtt", None),
            ("a/talk.v2.fr.vtt", None),
            ("a/talk.mp4", None),
            ("a/talks.fr.vtt", None),
        ] {
            assert_eq!(beside("a/talk.mp4", path), expected, "{path}");
        }
        assert_eq!(transcript_name("a/talk.fr.md"), Some(("a/talk", language("fr"))));
        assert_eq!(transcript_name("a/talk.md"), None);
    }
}
