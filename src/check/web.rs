//! The picture that social networks show beside a link to the course.

use super::links::{Destination, Problem};
use super::{Checker, is_image};
use crate::code;
use crate::diagnostic::{Diagnostic, Span};
use crate::load::has_ending;

const PICTURE: &str = "write the path of a PNG or JPEG file, from the folder of course.toml";

impl Checker<'_> {
    /// Finds it once every other file has its name in the package.
    pub(super) fn web_image(&mut self) {
        let Some(image) = &self.course.web.image else {
            return;
        };
        let path = match self.facts.links.resolve("course.toml", &image.value) {
            Ok(Destination::File(path)) if is_image(path) => path.to_owned(),
            found => {
                let found = self.no_picture(&image.value, image.span, found);
                return self.say(found);
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

    /// Why what is named is no picture of the course's.
    fn no_picture(&self, named: &str, span: Option<Span>, found: Result<Destination<'_>, Problem>) -> Diagnostic {
        let (code, message, hint) = match found {
            Ok(Destination::Outside(_)) => (
                &code::EXTERNAL_MEDIA,
                "the picture is to be a file of the course, not an address".to_owned(),
                "save it beside course.toml and write its name; `url` makes the address that networks fetch it by",
            ),
            Ok(Destination::Here(_) | Destination::OtherUnit { .. }) | Err(Problem::NotListed(_)) => {
                (&code::WRONG_VALUE, format!("`{named}` is a text of the course, not a picture"), PICTURE)
            }
            Ok(Destination::File(_)) => (&code::WRONG_VALUE, format!("`{named}` is no picture"), PICTURE),
            Err(Problem::NotRelative | Problem::Escapes) => (
                &code::MISSING_FILE,
                format!("`{named}` is not in the course's folder"),
                "copy the picture into it, and write its path from there, with /: pictures/cover.png",
            ),
            Err(Problem::Scheme(scheme)) => {
                (&code::WRONG_VALUE, format!("`{scheme}:` is no way to a file of the course"), PICTURE)
            }
            Err(Problem::NoFile(path) | Problem::NoAnchor(path, _)) => {
                let message = format!("there is no file `{named}`");
                let diagnostic = Diagnostic::new(&code::MISSING_FILE, span, message);
                return match (self.similar_file(&path), span) {
                    (Some(similar), Some(span)) => {
                        diagnostic.fix(format!("did you mean `{similar}`?"), span, format!("\"{similar}\""))
                    }
                    _ => diagnostic.hint(PICTURE),
                };
            }
        };
        Diagnostic::new(code, span, message).hint(hint)
    }
}
