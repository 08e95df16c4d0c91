//! `cartable explain`: what a finding, or a difference, means.

use cartable::comparison::{self, CODES};
use cartable::referee::{self, Rule};
use cartable::{Error, code};

use super::Status;
use super::console::print;

/// Prints all that is known of a code.
pub(super) fn run(name: &str) -> Result<Status, Error> {
    // As it is shown: `error[code]`.
    let bare = name.rsplit_once('[').map_or(name, |(_, rest)| rest).trim_end_matches(']').trim();
    let bare = bare.to_ascii_lowercase();
    let bare = bare.as_str();
    // A finding about a course and a difference between packages may share a name.
    let texts: Vec<String> = [
        referee::find(bare).map(text),
        code::find(bare).map(|code| example(code.name).expect("a test writes a section for each code")),
        comparison::meaning(bare).map(|meaning| difference(bare, meaning)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !texts.is_empty() {
        print(&texts.join("\n\n"));
        return Ok(Status::Done);
    }
    let rules = referee::tables().into_iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.name));
    let differences = CODES.iter().map(|(name, _)| *name);
    let known = rules.chain(code::ALL.iter().map(|code| code.name)).chain(differences);
    let advice = match known.min_by_key(|known| strsim::damerau_levenshtein(known, bare)) {
        Some(near) if strsim::normalized_damerau_levenshtein(near, bare) > 0.6 => format!("; did you mean `{near}`?"),
        _ => "; codes stand in brackets after the severity of a finding".to_owned(),
    };
    Err(Error::Usage(format!("`{bare}` is no code of a finding{advice}")))
}

/// What docs/diagnostics.md, which the tests write, says of a finding: what it means, an example, and what mends that.
fn example(code: &str) -> Option<String> {
    let heading = format!("\n## `{code}` ");
    let section = &DIAGNOSTICS[DIAGNOSTICS.find(&heading)? + heading.len()..];
    let section = section.split("\n## `").next().unwrap_or(section).trim_end();
    let lines = section.lines().filter(|line| !line.starts_with("```"));
    Some(format!("{code} {}", lines.collect::<Vec<_>>().join("\n")))
}

const DIAGNOSTICS: &str = include_str!("../../docs/diagnostics.md");

fn difference(code: &str, meaning: &str) -> String {
    format!(
        "{code} (in `cartable compare`)\n\n{meaning}\nIf learners lose something by it, and that is meant: cartable compare OLD.zip NEW.zip --accept {code}"
    )
}

fn text(rule: &Rule) -> String {
    let families: Vec<&str> = rule.families.iter().map(|family| family.name()).collect();
    let named = rule.named.map_or_else(String::new, |named| format!(" (where named: {})", named.word()));
    let whom = if families.is_empty() { "every LMS".to_owned() } else { families.join(", ") + &named };
    format!(
        "{} ({})\n\n{}\n{}\n\nConcerns: {whom}\nSource:   {}\n\nWrong:    {}\nRight:    {}",
        rule.name,
        rule.severity.word(),
        rule.summary,
        rule.mend,
        rule.source,
        rule.bad,
        rule.good
    )
}
