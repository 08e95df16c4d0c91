//! Packages before they are archives: an ordered map from package path to content.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// A path inside a package: relative, `/` between parts, each part of `a-z A-Z 0-9 . _ -`.
///
/// Every LMS we know of keeps such names as they are (Chamilo renames others; SCORM 1.2 hrefs are URI references).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackagePath(String);

impl PackagePath {
    /// Checks a path: at most 200 characters, no part empty, `.`, `..` or starting with a dot.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let part_ok = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        (path.len() <= 200 && path.split('/').all(part_ok)).then(|| Self(path.to_owned()))
    }

    /// A path that is a constant of this program.
    pub(crate) fn known(path: &'static str) -> Self {
        Self::new(path).unwrap_or_else(|| unreachable!("{path} is a good package path"))
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part. Open edX finds files by it alone, so it is unique in a package.
    #[must_use]
    pub fn base_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

/// What a file of a package holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// A file on disk, to be streamed, with its size.
    File(PathBuf, u64),
}

/// The files of a package, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Files {
    entries: BTreeMap<PackagePath, Content>,
    /// Where each base name (in lower case) comes from, in words.
    origins: BTreeMap<String, String>,
}

/// Two files that want the same name in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The path of the second.
    pub path: PackagePath,
    /// Where the two come from.
    pub origins: [String; 2],
}

impl Files {
    /// Adds a file; `origin` says in words where it comes from.
    ///
    /// # Errors
    /// When a file with the same base name, whatever its case, is there already.
    pub fn insert(&mut self, path: PackagePath, content: Content, origin: &str) -> Result<(), Clash> {
        let base = path.base_name().to_ascii_lowercase();
        if let Some(first) = self.origins.get(&base) {
            return Err(Clash { path, origins: [first.clone(), origin.to_owned()] });
        }
        self.origins.insert(base, origin.to_owned());
        self.entries.insert(path, content);
        Ok(())
    }

    /// Adds a file that only tools read, unless its path is taken. No browser asks for it, so another file may have its
    /// base name: the official schemas of LOM have it so.
    pub(crate) fn insert_for_tools(&mut self, path: PackagePath, content: Content) {
        self.entries.entry(path).or_insert(content);
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&PackagePath, &Content)> {
        self.entries.iter()
    }

    /// The content at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Content> {
        self.entries.get(&PackagePath::new(path)?)
    }

    /// The same without one file: what a builder that forgets it would make.
    #[cfg(test)]
    pub(crate) fn without(&self, path: &str) -> Self {
        let mut files = self.clone();
        files.entries.retain(|known, _| known.as_str() != path);
        files
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Content {
    /// The size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(_, size) => *size,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_paths_are_portable_or_refused() {
        for good in ["index.html", "media/a-b_c.1.svg"] {
            assert!(PackagePath::new(good).is_some(), "{good}");
        }
        for bad in ["", "/a", "a//b", "../a", "a/..", "é.png", "a b", "a\\b", ".htaccess", "a/", "c:/x"] {
            assert!(PackagePath::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_name_taken_twice_names_both_sources() {
        let mut files = Files::default();
        let path = |p| PackagePath::new(p).expect("good");
        assert!(files.insert(path("a/x.png"), Content::Bytes(vec![]), "un.png").is_ok());
        let clash = files.insert(path("b/X.png"), Content::Bytes(vec![]), "deux.png").expect_err("clash");
        assert_eq!(clash.origins, ["un.png".to_owned(), "deux.png".to_owned()]);
    }
}
