//! The rules, table by table: each says where it is written, and what to do.
//!
//! The severity is that of an LMS which is not known: an error is refused by, or loses something in, every LMS that we
//! know of; a warning in some; a note asks for nothing. `docs/referee.md` is written from these tables.

use super::rule::Rule;

/// Declares rules and the list of them. What stands after `or` is how bad it is where an LMS of the list is named.
macro_rules! rules {
    ($($constant:ident = $name:literal, $severity:ident $(or $named:ident)?, [$($family:ident),*], $summary:literal,
        source: $source:literal, mend: $mend:literal, bad: $bad:literal, good: $good:literal;)*) => {
        $(
            #[doc = $summary]
            pub(crate) static $constant: Rule = Rule {
                name: $name,
                severity: Severity::$severity,
                named: {
                    let named: &[Severity] = &[$(Severity::$named)?];
                    match named {
                        [named, ..] => Some(*named),
                        [] => None,
                    }
                },
                summary: $summary,
                families: &[$(Family::$family),*],
                source: $source,
                mend: $mend,
                bad: $bad,
                good: $good,
            };
        )*
        /// The rules of this table.
        pub(crate) static ALL: &[&Rule] = &[$(&$constant),*];
    };
}

pub(crate) mod archive;
pub(crate) mod content;
pub(crate) mod document;
pub(crate) mod entrance;
pub(crate) mod manifest;
pub(crate) mod names;
pub(crate) mod scripts;

/// Every rule, by what it is about.
#[must_use]
pub fn tables() -> Vec<(&'static str, &'static [&'static Rule])> {
    vec![
        ("The archive", archive::ALL),
        ("Names of files", names::ALL),
        ("The manifest's place", entrance::ALL),
        ("The manifest", manifest::ALL),
        ("What pages load", content::ALL),
        ("The launch document", document::ALL),
        ("Scripts", scripts::ALL),
    ]
}

/// The rule called `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Rule> {
    tables().into_iter().flat_map(|(_, rules)| rules.iter().copied()).find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique_and_no_code_of_a_course() {
        let names: Vec<&str> =
            super::tables().into_iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.name)).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        for name in names {
            assert!(crate::code::find(name).is_none(), "{name} is also a code of courses");
        }
    }
}
