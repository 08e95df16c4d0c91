//! The world's failures: what went wrong outside the author's text, always with the path concerned.

use std::path::{Path, PathBuf};

/// A failure that stops a command at once. The author's mistakes are [`Diagnostic`](crate::Diagnostic)s instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading or writing failed.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was being done, as a verb phrase: "read", "create the folder".
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder given is no course.
    #[error("{what}. {advice}")]
    NotACourse {
        /// The folder, and that it is none.
        what: String,
        /// What to do instead.
        advice: String,
    },
    /// Something stands where the output should go, and it was not written by cartable.
    #[error("{} will not be replaced: {reason}", path.display())]
    NotOurs {
        /// The folder or file in the way.
        path: PathBuf,
        /// How that was seen, and what to do.
        reason: String,
    },
    /// A request that cannot be carried out as it was made.
    #[error("{0}")]
    Usage(String),
    /// A built-in template failed: a bug of cartable.
    #[error("the built-in template {name} failed: {detail}. This is a bug of cartable; please report it")]
    Template {
        /// The template's file name.
        name: String,
        /// What the template engine said.
        detail: String,
    },
}

impl Error {
    /// Wraps an I/O error with what was being done to which path.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }
}
