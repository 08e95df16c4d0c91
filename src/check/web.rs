//! The picture that social networks show beside a link to the course.

use super::links::Destination;
use super::{Checker, is_image};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::load::has_ending;

impl Checker<'_> {
    /// Finds it once every other file has its name in the package.
    pub(super) fn web_image(&mut self) {
        let Some(image) = &self.course.web.image else {
            return;
        };
        let path = match self.facts.links.resolve("course.toml", &image.value) {
            Ok(Destination::File(path)) if is_image(path) => path.to_owned(),
            _ => {
                let message = format!("the picture `{}` is no image of the course's folder", image.value);
                let hint = "write the path of a PNG or JPEG file, from the folder of course.toml";
                return self.say(Diagnostic::new(&code::MISSING_FILE, image.span, message).hint(hint));
            }
        };
        self.mentioned.insert(path.clone());
        if ["svg", "avif"].iter().any(|ending| has_ending(&path, ending)) {
            let message = format!("social networks do not show `{path}`");
            let hint = "save it as a PNG or a JPEG, of about 1200 by 630 pixels, and write that file's path";
            return self.say(Diagnostic::new(&code::WRONG_VALUE, image.span, message).hint(hint));
        }
        let shown = self.facts.media.get(&path).cloned();
        self.facts.web_image = shown.or_else(|| self.under_its_name(&path, image.span));
    }
}
