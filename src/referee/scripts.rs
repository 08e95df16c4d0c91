//! What the text of scripts tells: hints, since nothing is run.

use super::finding::{Finding, Place};
use super::findings::Findings;
use super::rules::scripts as rule;
use super::standard::Standard;

/// The length of the shortest word that is searched for: `.API`.
const SHORTEST: usize = 4;

/// What was met in the scripts of a package.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    /// Whether there is a script that was not read to its end, so that nothing can be called absent.
    pub(super) incomplete: bool,
    searches_1_2: bool,
    searches_2004: bool,
    finishes_1_2: bool,
    finishes_2004: bool,
    elements_of_1_2: bool,
    elements_of_2004: bool,
    unload: bool,
    stores: bool,
    before_unload: bool,
    logs_learners: bool,
}

/// What is known of a learner, as scripts call it.
const LEARNER: [&str; 9] = [
    "student_name",
    "student_id",
    "learner_name",
    "learner_id",
    "suspend_data",
    "student_response",
    "learner_response",
    "auth-token",
    "authToken",
];

/// Calls by which something is stored or ended.
const STORES: [&str; 5] = ["LMSFinish", "Terminate", "LMSCommit", "Commit", "sendBeacon"];

/// The most bytes of what is logged that are looked at.
const LOGGED: usize = 300;

/// The most calls of a script that are looked at: one that logs, logs early.
const CALLS: usize = 2_000;

impl Scripts {
    /// Takes in a script, or a part of one.
    pub(super) fn read(&mut self, text: &str) {
        // Pages can have millions of handlers.
        if text.len() < SHORTEST {
            return;
        }
        let has = |word: &str| text.contains(word);
        let quoted = |word: &str| is_quoted(text, word);
        self.searches_1_2 |= has("LMSInitialize") || quoted("API") || has_property(text, ".API");
        self.searches_2004 |= has("API_1484_11");
        self.finishes_1_2 |= has("LMSFinish") || quoted("Finish");
        self.finishes_2004 |= has("Terminate");
        self.elements_of_1_2 |= has("cmi.core.") || quoted("core.lesson_status");
        self.elements_of_2004 |= has("cmi.completion_status") || has("cmi.success_status") || has("cmi.score.scaled");
        self.unload |= has("onunload") || quoted("unload");
        self.stores |= STORES.iter().any(|call| has(call));
        self.before_unload |= has("onbeforeunload") || quoted("beforeunload");
        self.logs_learners |= logs_learners(text);
    }

    /// Takes in a handler that stands in an attribute.
    pub(super) fn handler(&mut self, name: &str, script: &str) {
        self.read(script);
        // What a page of the course does at its end is what it has to store.
        self.unload |= name == "onunload";
        self.stores |= name == "onunload";
        self.before_unload |= name == "onbeforeunload";
    }

    /// Says what the file just read does, and forgets that.
    pub(super) fn report(&mut self, name: &str, found: &mut Findings) {
        let place = || Place::Entry(name.to_owned());
        // Libraries free memory when a page goes: nothing is lost if they do not.
        let stores = std::mem::take(&mut self.stores);
        if std::mem::take(&mut self.unload) && stores {
            found.add(Finding::new(&rule::UNLOAD, place(), "a script waits for `unload` to store or to end something"));
        }
        if std::mem::take(&mut self.before_unload) {
            found.add(Finding::new(&rule::BEFORE_UNLOAD, place(), "a script waits for `beforeunload`"));
        }
        if std::mem::take(&mut self.logs_learners) {
            found.add(Finding::new(&rule::LOGS_LEARNERS, place(), "a script logs what it knows of a learner"));
        }
    }

    /// Judges all scripts together, in a package that has a SCO.
    pub(super) fn judge(&self, standard: Standard, found: &mut Findings) {
        let (searches, finishes, object, end) = match standard {
            Standard::Scorm12 => (self.searches_1_2, self.finishes_1_2, "API", "LMSFinish"),
            _ => (self.searches_2004, self.finishes_2004, "API_1484_11", "Terminate"),
        };
        if self.incomplete {
            return;
        }
        if !searches {
            let message = format!("no script searches for `{object}`, so nothing can be recorded");
            found.add(Finding::new(&rule::NO_API, Place::Package, message));
        } else if !finishes {
            let message = format!("no script calls `{end}`, so no session is ended");
            found.add(Finding::new(&rule::NO_FINISH, Place::Package, message));
        }
        let knows_1_2_only = self.searches_1_2 && !self.searches_2004 && !self.elements_of_1_2;
        if standard == Standard::Scorm12 && knows_1_2_only && self.elements_of_2004 {
            let message = "scripts use elements such as `cmi.completion_status`, which SCORM 1.2 does not know";
            found.add(Finding::new(&rule::OTHER_EDITION, Place::Package, message));
        }
    }
}

/// Whether something that is known of a learner stands in what is written to the console.
fn logs_learners(text: &str) -> bool {
    text.match_indices("console.").take(CALLS).any(|(at, word)| {
        let call = &text[at + word.len()..];
        let after = |method: &&str| call.strip_prefix(*method)?.trim_start().strip_prefix('(').map(arguments);
        let logged = ["log", "info", "debug", "warn", "error", "table", "dir", "trace"].iter().find_map(after);
        logged.is_some_and(|logged| LEARNER.iter().any(|known| logged.contains(known)))
    })
}

/// What stands before the bracket that closes a call, or the beginning of it.
fn arguments(text: &str) -> &str {
    let mut depth = 0_usize;
    let close = text.bytes().take(LOGGED).position(|byte| {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return true,
            b')' => depth -= 1,
            _ => {}
        }
        false
    });
    let end = close.unwrap_or(LOGGED.min(text.len()));
    let end = (0..=end).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    &text[..end]
}

/// Whether a word stands between quotes, alone.
fn is_quoted(text: &str, word: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices(word).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        matches!(before, Some(b'"' | b'\'')) && before == bytes.get(at + word.len())
    })
}

/// Whether a property of exactly this name is used.
fn has_property(text: &str, property: &str) -> bool {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    text.match_indices(property).any(|(at, _)| !text[at + property.len()..].starts_with(goes_on))
}

#[cfg(test)]
mod tests {
    use super::logs_learners;

    #[test]
    fn what_is_logged_of_a_learner_is_seen() {
        for script in [
            "console.log('state', api.LMSGetValue('cmi.suspend_data'))",
            "console.debug(f(1), learner_name);",
            "console.info( `${student_id}` ",
        ] {
            assert!(logs_learners(script), "{script}");
        }
        for script in [
            "console.log('ready'); set('cmi.suspend_data', state)",
            "console.assert(learner_name)",
            "console.",
            "console.log('é",
            "log(student_name)",
        ] {
            assert!(!logs_learners(script), "{script}");
        }
        assert!(!logs_learners(&format!("console.log('{}é', student_name)", "x".repeat(298))));
    }
}
