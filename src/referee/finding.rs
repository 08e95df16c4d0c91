//! What the referee says of a package.

use super::names;
use super::rule::Rule;

/// The most characters of a message. Packages can have names of megabytes.
const MESSAGE: usize = 1_000;

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the package as a whole.
    Package,
    /// In, or about, the entry of this name.
    Entry(String),
    /// At a place in the text of an entry.
    Text {
        /// The entry's name.
        entry: String,
        /// The line, from 1.
        line: u32,
        /// The character in the line, from 1.
        column: u32,
    },
}

impl Place {
    /// The name of the entry on one line of bounded length, for people.
    #[must_use]
    pub fn entry(&self) -> Option<String> {
        match self {
            Self::Package => None,
            Self::Entry(entry) | Self::Text { entry, .. } => Some(names::shown(entry)),
        }
    }
}

/// One finding about a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is broken.
    pub rule: &'static Rule,
    /// Where.
    pub place: Place,
    /// One phrase, lower case, without a full stop.
    pub message: String,
    /// What to do here, where it is more than [`Rule::mend`] says.
    pub hint: Option<String>,
    /// Where it stands for findings of the rule that are not told one by one: how many.
    pub more: usize,
}

impl Finding {
    /// A finding of `rule` at `place`. What a package calls things cannot forge lines, nor fill a screen.
    #[must_use]
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        let message = names::on_one_line(&message.into(), MESSAGE);
        Self { rule, place, message, hint: None, more: 0 }
    }

    /// The same in a package in which what was judged stands in `folder`.
    pub(crate) fn under(self, folder: &str) -> Self {
        self.renamed(|entry| format!("{folder}{entry}"))
    }

    /// The same for who looks at `folder` alone.
    pub(crate) fn within(self, folder: &str) -> Self {
        self.renamed(|entry| entry.strip_prefix(folder).map(str::to_owned).unwrap_or(entry))
    }

    fn renamed(mut self, name: impl FnOnce(String) -> String) -> Self {
        self.place = match self.place {
            Place::Package => Place::Package,
            Place::Entry(entry) => Place::Entry(name(entry)),
            Place::Text { entry, line, column } => Place::Text { entry: name(entry), line, column },
        };
        self
    }

    /// Adds what to do here.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = Some(names::on_one_line(&text.into(), MESSAGE));
        self
    }

    /// So many more findings of a rule.
    pub(crate) fn rest(rule: &'static Rule, more: usize) -> Self {
        Self { more, ..Self::new(rule, Place::Package, format!("and {more} more of these")) }
    }

    /// How many findings it stands for.
    #[must_use]
    pub fn count(&self) -> usize {
        self.more.max(1)
    }
}
