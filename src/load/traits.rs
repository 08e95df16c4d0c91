//! What the bytes of a file tell about how learners will meet it, found by the marks of its format.

use std::io::Read as _;
use std::path::Path;

use super::open;
use crate::error::Error;

/// What the bytes of a file tell. Everything is `false` where it cannot be known for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits {
    /// An image that moves by itself: a GIF that repeats, an animated PNG or WebP.
    pub animated: bool,
    /// A PDF without the tags that screen readers go by (ISO 32000-1, 14.7.1: no `MarkInfo` in its catalogue).
    pub untagged: bool,
}

/// Far enough into an image for what says that it is animated.
const HEAD: u64 = 4096;

impl Traits {
    pub(super) fn read(disk: &Path, path: &str) -> Result<Self, Error> {
        let mut traits = Self::default();
        match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "gif" => traits.animated = contains(&bytes(disk, HEAD)?, b"NETSCAPE2.0"),
            "png" => traits.animated = contains(&bytes(disk, HEAD)?, b"acTL"),
            "webp" => traits.animated = contains(&bytes(disk, HEAD)?, b"ANIM"),
            "pdf" => {
                let pdf = bytes(disk, u64::MAX)?;
                // The catalogue may be inside a compressed object stream, where nothing can be seen.
                traits.untagged = !contains(&pdf, b"/MarkInfo") && !contains(&pdf, b"/ObjStm");
            }
            _ => {}
        }
        Ok(traits)
    }
}

fn bytes(disk: &Path, at_most: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    open(disk)?.take(at_most).read_to_end(&mut bytes).map_err(Error::io("read", disk))?;
    Ok(bytes)
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}
