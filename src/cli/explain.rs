//! `cartable explain`: what a finding means.

use cartable::referee::{self, Rule};
use cartable::{Error, code};

use super::Status;
use super::console::print;

/// Prints all that is known of a code.
pub(super) fn run(name: &str) -> Result<Status, Error> {
    // As it is shown: `error[code]`.
    let bare = name.rsplit_once('[').map_or(name, |(_, rest)| rest).trim_end_matches(']').trim();
    if let Some(rule) = referee::find(bare) {
        print(&text(rule));
        return Ok(Status::Done);
    }
    if let Some(code) = code::find(bare) {
        let more = "docs/diagnostics.md has an example of it, and what mends that.";
        print(&format!("{} ({})\n\n{}\n\n{more}", code.name, code.severity.word(), code.summary));
        return Ok(Status::Done);
    }
    let rules = referee::tables().into_iter().flat_map(|(_, rules)| rules.iter().map(|rule| rule.name));
    let known = rules.chain(code::ALL.iter().map(|code| code.name));
    let advice = match known.min_by_key(|known| strsim::damerau_levenshtein(known, bare)) {
        Some(near) if strsim::normalized_damerau_levenshtein(near, bare) > 0.6 => format!("; did you mean `{near}`?"),
        _ => "; codes stand in brackets after the severity of a finding".to_owned(),
    };
    Err(Error::Usage(format!("`{bare}` is no code of a finding{advice}")))
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
