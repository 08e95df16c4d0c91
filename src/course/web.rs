//! What the author says of the course on the web, without an LMS.

use crate::diagnostic::Span;
use crate::keys::Spanned;

/// `[web]`: what search engines and social networks are told, and how the course is handed over.
#[derive(Debug, Clone, Default)]
pub struct Web {
    /// Whether search engines may list it.
    pub index: bool,
    /// The https address of its first document; a folder ends in `/`.
    pub url: Option<String>,
    /// Path, in the course's folder, of the picture that is shown beside links to it.
    pub image: Option<Spanned<String>>,
    /// What that picture shows.
    pub image_alt: Option<String>,
    /// Where the author asks that the whole course is written as one file too.
    pub single_file: Option<Span>,
}

impl Web {
    /// The address of a file of the package, given its path there.
    #[must_use]
    pub fn address(&self, path: &str) -> Option<String> {
        let url = self.url.as_ref()?;
        let folder = url.rfind('/').map_or(url.as_str(), |slash| &url[..=slash]);
        // Every static host answers with it when it is asked for the folder.
        Some(if path == "index.html" { url.clone() } else { format!("{folder}{path}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_their_address_beside_the_first_document() {
        for (url, index, image) in [
            ("https://example.org/a/", "https://example.org/a/", "https://example.org/a/media/x.png"),
            ("https://example.org/a/b.html", "https://example.org/a/b.html", "https://example.org/a/media/x.png"),
        ] {
            let web = Web { url: Some(url.to_owned()), ..Web::default() };
            assert_eq!(web.address("index.html").as_deref(), Some(index));
            assert_eq!(web.address("media/x.png").as_deref(), Some(image));
        }
        assert_eq!(Web::default().address("index.html"), None);
    }
}
