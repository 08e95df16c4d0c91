//! What the fuzzers share: packages in memory, and everything that looks into one.

use cartable::inspection::Inspection;
use cartable::referee::{Entry, Package, Unread};

/// Judges a package and writes the report about it: all that `cartable check` and `cartable inspect` do with strangers.
pub fn look_into(package: &dyn Package) {
    let _ = Inspection::of(package).page("package.zip");
}

/// Takes the first byte of an input, which chooses one of `ways`; the rest is what is read. Seeds begin with a digit.
#[must_use]
pub fn chosen<'d, T: Copy>(data: &'d [u8], ways: &[T]) -> Option<(T, &'d [u8])> {
    let (first, rest) = data.split_first()?;
    Some((ways[usize::from(first.wrapping_sub(b'0')) % ways.len()], rest))
}

/// Files in memory.
#[derive(Debug, Default)]
pub struct InMemory<'d> {
    entries: Vec<Entry>,
    contents: Vec<&'d [u8]>,
}

impl<'d> InMemory<'d> {
    /// Adds a file, or replaces one.
    #[must_use]
    pub fn with(mut self, name: &str, bytes: &'d [u8]) -> Self {
        let size = bytes.len() as u64;
        let entry = Entry { name: name.to_owned(), size, packed: size };
        match self.entries.iter().position(|known| known.name == name) {
            Some(at) => (self.entries[at], self.contents[at]) = (entry, bytes),
            None => {
                self.entries.push(entry);
                self.contents.push(bytes);
            }
        }
        self
    }

    /// A good package for SCORM 1.2.
    #[must_use]
    pub fn good() -> Self {
        Self::default()
            .with("imsmanifest.xml", include_bytes!("../../tests/packages/bases/scorm12/imsmanifest.xml"))
            .with("index.html", include_bytes!("../../tests/packages/bases/scorm12/index.html"))
            .with("more.html", include_bytes!("../../tests/packages/bases/scorm12/more.html"))
            .with("style.css", include_bytes!("../../tests/packages/bases/scorm12/style.css"))
            .with("course.js", include_bytes!("../../tests/packages/bases/scorm12/course.js"))
            .with("media/plan.png", include_bytes!("../../tests/packages/bases/scorm12/media/plan.png"))
    }
}

impl Package for InMemory<'_> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, entry: usize, limit: usize) -> Result<Vec<u8>, Unread> {
        let bytes = self.contents[entry];
        Ok(bytes[..bytes.len().min(limit)].to_vec())
    }
}
