//! The files that learners meet: documents to download, and images that are heavy or move. Each is judged once.

use std::collections::BTreeSet;

use crate::check::links::{Destination, Links};
use crate::code;
use crate::course::{Block, BlockKind, Course, Inline, Node, Page};
use crate::diagnostic::{Diagnostic, Span};
use crate::load::{Asset, Tree};

/// Beyond this, in bytes, an image makes a package heavy.
const HEAVY: u64 = 1_000_000;

/// Beyond this, in pixels, a side of an image is more than any screen shows.
const LARGE: u32 = 4000;

/// Endings of office documents, which have an accessibility of their own.
const DOCUMENTS: &[&str] =
    &["pdf", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "ppt", "pptx", "odp", "epub", "pages", "key"];

pub(super) fn check<'a>(
    pages: impl Iterator<Item = &'a Page>,
    course: &Course,
    tree: &Tree,
    links: &Links<'_>,
) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for page in pages {
        page.walk(&mut |node| {
            let (destination, span, shown) = match node {
                Node::Inline(Inline::Image(image)) | Node::Block(Block { kind: BlockKind::Figure(image), .. }) => {
                    (&image.destination, image.span, true)
                }
                Node::Inline(Inline::Link(link)) => (&link.destination, link.span, false),
                Node::Inline(_) | Node::Block(_) => return,
            };
            if let Ok(Destination::File(path)) = links.resolve(&page.path, destination)
                && let Some(asset) = tree.assets.get(path)
                && seen.insert((path.to_owned(), shown))
            {
                match shown {
                    true => found.extend(image(path, asset, span)),
                    false => found.extend(document(path, asset, span, course)),
                }
            }
        });
    }
    found
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

fn document(path: &str, asset: &Asset, link: Span, course: &Course) -> Option<Diagnostic> {
    if !DOCUMENTS.contains(&ending(path).as_str()) {
        return None;
    }
    let declared = course.accessibility.documents.iter().find(|document| document.value == path);
    if asset.traits.untagged {
        let message = format!("the PDF `{path}` has no tags: a screen reader finds no headings and no order in it");
        let place = declared.and_then(|document| document.span).unwrap_or(link);
        let hint = "save it again as a tagged (accessible) PDF, or offer the same as a page (RGAA 13.3)";
        return Some(Diagnostic::new(&code::DOCUMENT_UNTAGGED, place, message).hint(hint));
    }
    declared.is_none().then(|| {
        let message = format!("nobody has said whether the document `{path}` is accessible (RGAA 13.3)");
        Diagnostic::new(&code::DOCUMENT_ACCESSIBILITY_UNKNOWN, link, message)
            .hint(format!("if it is, add to [accessibility] in course.toml: documents = [\"{path}\"]"))
            .hint("if not, offer the same as a page of the course")
    })
}

fn image(path: &str, asset: &Asset, span: Span) -> Vec<Diagnostic> {
    let ending = ending(path);
    if !["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&ending.as_str()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let (width, height) = asset.dimensions.unwrap_or_default();
    if asset.size > HEAVY {
        let tenths = asset.size.div_ceil(100_000);
        let message = format!("the image `{path}` weighs {}.{} MB: learners wait for it", tenths / 10, tenths % 10);
        let hint = "save it as a JPEG or WebP of at most 2000 pixels in width";
        found.push(Diagnostic::new(&code::IMAGE_HEAVY, span, message).hint(hint));
    } else if width.max(height) > LARGE && ending != "svg" {
        let message = format!("the image `{path}` has {width} × {height} pixels, more than any screen shows");
        let hint = "save it again with at most 2000 pixels in width";
        found.push(Diagnostic::new(&code::IMAGE_HEAVY, span, message).hint(hint));
    }
    if asset.traits.reaches_out {
        let message =
            format!("the image `{path}` has a script, or parts that are elsewhere: in a page they are missing");
        let hint = "export it again as plain SVG with its images embedded, or as PNG";
        found.push(Diagnostic::new(&code::SVG_CONTENT, span, message).hint(hint));
    }
    if asset.traits.animated {
        let message = format!("the image `{path}` moves by itself, and a learner cannot stop it (RGAA 13.8)");
        let hint = "use a still image, or several; if it moves for less than five seconds, it may stay";
        found.push(Diagnostic::new(&code::IMAGE_ANIMATED, span, message).hint(hint));
    }
    found
}
