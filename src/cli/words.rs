//! Words that other tools have for commands, and what does here what they do there.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Names of commands that cartable does not have, and what to type instead.
const ELSEWHERE: [(&[&str], &str); 6] = [
    (
        &["preview", "serve", "watch", "view", "open", "dev", "start", "run"],
        "to look at a course, type `cartable build --unpacked` and open the index.html of the folder in dist with a browser",
    ),
    (&["init", "create", "make"], "to make a new course, type `cartable new my-course`"),
    (&["export", "package", "pack", "zip", "scorm"], "to make the package for the LMS, type `cartable build`"),
    (&["validate", "lint", "test"], "to look for mistakes without writing anything, type `cartable check`"),
    (
        &["import", "convert", "unpack"],
        "cartable makes no course of a package: make one with `cartable new my-course` and write its texts in Markdown",
    ),
    (&["diff", "update", "upgrade"], "to see what an update does to learners, type `cartable compare OLD.zip NEW.zip`"),
];

/// An error of what was typed, with what to type instead of a command of other tools.
pub(crate) fn with_advice(mut error: Error) -> Error {
    let typed = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(typed)) if error.kind() == ErrorKind::InvalidSubcommand => typed.to_lowercase(),
        _ => return error,
    };
    if let Some((_, advice)) = ELSEWHERE.iter().find(|(names, _)| names.contains(&typed.as_str())) {
        // A command of ours that is spelt alike does something else.
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*advice).into()]));
    }
    error
}
