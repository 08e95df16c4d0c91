//! `[web]`: what is said of the course where there is no LMS.

use super::{Parser, meaning};
use crate::code;
use crate::course::Web;
use crate::diagnostic::Diagnostic;
use crate::keys::{Spanned, Values};

impl Parser<'_> {
    pub(super) fn web(&mut self, table: Option<Spanned<Values>>) -> Web {
        let Some(Spanned { value: mut table, .. }) = table else {
            return Web::default();
        };
        let url = table.text("url");
        let (image, alternative) = (table.text("image"), table.text("image-alt"));
        if let Some(image) = &image {
            if url.is_none() {
                let message =
                    "social networks fetch this picture by its whole address, and nothing says where it will stand";
                let hint = "write where the course will stand: url = \"https://www.example.org/courses/data/\"";
                self.say(Diagnostic::new(&code::MISSING_KEY, image.span, message).hint(hint));
            }
            if alternative.is_none() {
                let message = "this picture has no text alternative";
                let hint = "say what it shows: image-alt = \"…\"";
                self.say(Diagnostic::new(&code::IMAGE_ALT_MISSING, image.span, message).hint(hint));
            }
        }
        if let (None, Some(alternative)) = (&image, &alternative) {
            let message = "`image-alt` says what a picture shows, and there is no picture";
            let hint = "write where it is, image = \"cover.png\", or remove the line";
            self.say(Diagnostic::new(&code::WEB_IDLE, alternative.span, message).hint(hint));
        }
        let mut given = |key: &str| table.bool(key).filter(|given| given.value);
        Web {
            index: given("index").is_some(),
            single_file: given("single-file").and_then(|given| given.span),
            url: url.and_then(|url| self.keep(meaning::web_address(&url))),
            image,
            image_alt: self.optional(alternative),
        }
    }
}
