//! What the bytes of a file tell about how learners will meet it, found by the marks of its format.

use std::io::Read as _;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event as XmlEvent};

use super::open;
use crate::error::Error;

/// What the bytes of a file tell. Everything is `false` where it cannot be known for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits {
    /// An image that moves by itself: a GIF that repeats, an animated PNG or WebP.
    pub animated: bool,
    /// A PDF without the tags that screen readers go by (ISO 32000-1, 14.7.1: no `MarkInfo` in its catalogue).
    pub untagged: bool,
    /// A file with the ending of an image whose first bytes are those of none.
    pub no_image: bool,
    /// An SVG with a script, or that would fetch something from a site: neither happens for an image in a page.
    pub reaches_out: bool,
}

/// Far enough into an image for what says that it is animated.
const HEAD: u64 = 4096;

impl Traits {
    fn svg(&mut self, text: &str) {
        // An SVG in UTF-16 is rare and right: nothing can be seen in it here.
        if text.contains('\0') {
            return;
        }
        let mut reader = Reader::from_str(text);
        self.no_image = true;
        // Where it stops being XML, browsers stop too.
        while let Ok(event) = reader.read_event() {
            match event {
                XmlEvent::Start(tag) | XmlEvent::Empty(tag) => {
                    self.no_image &= tag.local_name().as_ref() != "svg";
                    self.reaches_out |= reaches_out(&tag);
                }
                XmlEvent::Eof => break,
                _ => {}
            }
        }
    }

    pub(super) fn read(disk: &Path, path: &str) -> Result<Self, Error> {
        let mut traits = Self::default();
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "gif" => traits.animated = contains(&bytes(disk, HEAD)?, b"NETSCAPE2.0"),
            "png" => traits.animated = contains(&bytes(disk, HEAD)?, b"acTL"),
            "webp" => traits.animated = contains(&bytes(disk, HEAD)?, b"ANIM"),
            "pdf" => {
                let pdf = bytes(disk, u64::MAX)?;
                // The catalogue may be inside a compressed object stream, where nothing can be seen.
                traits.untagged = !contains(&pdf, b"/MarkInfo") && !contains(&pdf, b"/ObjStm");
            }
            "svg" => traits.svg(&String::from_utf8_lossy(&bytes(disk, u64::MAX)?)),
            _ => {}
        }
        if matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp") {
            traits.no_image = imagesize::size(disk).is_err();
        }
        Ok(traits)
    }
}

/// Whether an element of an SVG asks for something that browsers refuse an image (SVG 2, 2.7: secure static mode).
fn reaches_out(tag: &BytesStart<'_>) -> bool {
    let name = tag.local_name();
    let fetches = |attribute: Attribute<'_>| {
        let value = attribute.value.trim_start();
        let outside = ["http:", "https:", "//"].iter().any(|start| value.starts_with(start));
        let styled = ["url(http", "url('http", "url(\"http", "url(&quot;http"].iter().any(|url| value.contains(url));
        // A link fetches nothing, and neither does a name of a namespace.
        (attribute.key.local_name().as_ref() == "href" && outside && name.as_ref() != "a") || styled
    };
    name.as_ref() == "script" || tag.attributes().flatten().any(fetches)
}

fn bytes(disk: &Path, at_most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    open(disk)?.take(at_most).read_to_end(&mut bytes).map_err(Error::io("read", disk))?;
    Ok(bytes)
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
