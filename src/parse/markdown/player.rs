//! Images by themselves: figures, players of video and sound, cards of videos on other sites.

use super::{Reader, data_table, is_file};
use crate::code;
use crate::course::{BlockKind, Description, ExternalVideo, Image, Inline, Media, MediaKind};
use crate::diagnostic::{Diagnostic, Span};
use crate::{hosting, media};

/// The mark after a video that needs no audio description.
const NO_DESCRIPTION: &str = "{no-description}";

impl<'a, F: pulldown_cmark::BrokenLinkCallback<'a>> Reader<'a, F> {
    /// What a paragraph is: text, or what its only image shows or plays.
    pub(super) fn paragraph_of(&mut self, content: Vec<Inline>) -> BlockKind {
        match content.as_slice() {
            [Inline::Image(image)] if media::is_played(&image.destination) => self.played(image, ""),
            [Inline::Image(image), Inline::Text(mark)] if media::is_played(&image.destination) && is_mark(mark) => {
                self.played(image, mark)
            }
            [Inline::Image(image)] if data_table::is_table(image) => BlockKind::DataTable(data_table::of(image)),
            [Inline::Image(image)] => BlockKind::Figure(image.clone()),
            [Inline::Link(link)] if is_file(&link.destination) => BlockKind::Download(content),
            _ => BlockKind::Paragraph(content),
        }
    }

    fn played(&mut self, image: &Image, mark: &str) -> BlockKind {
        let Image { destination, alternative: title, caption, span } = image.clone();
        if title.is_empty() {
            let message = "this player has no title: nobody can tell what it plays (RGAA 4.7)";
            let hint = format!("write one in the brackets: ![Interview with …]({destination})");
            self.say(Diagnostic::new(&code::MEDIA_TITLE_MISSING, span, message).hint(hint));
        }
        let kind = media::kind(&destination);
        let description = self.description(kind, mark, span);
        match (kind, hosting::find(&destination)) {
            (None, Some(hosting::Hosted { site, frame })) => {
                BlockKind::ExternalVideo(ExternalVideo { title, caption, address: destination, site, frame, span })
            }
            (kind, _) => {
                let kind = kind.unwrap_or(MediaKind::Video);
                BlockKind::Media(Media { kind, destination, title, caption, description, under: self.level, span })
            }
        }
    }

    fn description(&mut self, kind: Option<MediaKind>, mark: &str, image: Span) -> Description {
        match mark.trim() {
            "" => Description::Undecided,
            NO_DESCRIPTION if kind == Some(MediaKind::Video) => Description::NotNeeded,
            mark => {
                let length = u32::try_from(mark.len()).unwrap_or_default();
                let span = Span { start: image.end, end: image.end + length, ..image };
                let message = format!("`{mark}` means nothing here");
                let hint = format!("only {NO_DESCRIPTION} may follow a video of the course; remove the mark");
                self.say(Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, span, message).hint(hint));
                Description::Undecided
            }
        }
    }
}

fn is_mark(text: &str) -> bool {
    text.starts_with('{') && text.trim_end().ends_with('}')
}
