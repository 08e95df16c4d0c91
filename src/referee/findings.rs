//! Findings as they come, so many of each rule and no more.

use std::collections::BTreeMap;

use super::finding::{Finding, Place};
use super::rule::Rule;

/// How many findings of one rule are told one by one.
const TOLD: usize = 20;

/// Findings, the first of each rule in full and the others as a number.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Finding>,
    counts: BTreeMap<&'static str, (&'static Rule, usize)>,
}

impl Findings {
    /// Adds one.
    pub(crate) fn add(&mut self, finding: Finding) {
        let (_, count) = self.counts.entry(finding.rule.name).or_insert((finding.rule, 0));
        *count += 1;
        if *count <= TOLD {
            self.found.push(finding);
        }
    }

    /// Adds what others are, changed.
    pub(crate) fn take_in(&mut self, others: Self, change: impl Fn(Finding) -> Finding) {
        let told: BTreeMap<&str, usize> = others.found.iter().fold(BTreeMap::new(), |mut told, finding| {
            *told.entry(finding.rule.name).or_default() += 1;
            told
        });
        for (name, (rule, count)) in others.counts {
            let (_, known) = self.counts.entry(name).or_insert((rule, 0));
            *known += count - told.get(name).copied().unwrap_or_default();
        }
        others.found.into_iter().map(change).for_each(|finding| self.add(finding));
    }

    /// Whether there are enough of a rule, so that no more need be made.
    pub(crate) fn enough(&self, rule: &Rule) -> bool {
        self.counts.get(rule.name).is_some_and(|(_, count)| *count >= TOLD)
    }

    /// All of them: the worst first, then by place.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        for (rule, count) in self.counts.into_values().filter(|(_, count)| *count > TOLD) {
            let message = format!("there are {} more of these", count - TOLD);
            self.found.push(Finding::new(rule, Place::Package, message));
        }
        sort(&mut self.found);
        self.found
    }
}

/// Sorts as findings are shown.
pub(crate) fn sort(found: &mut Vec<Finding>) {
    found.sort_by(|a, b| {
        let key = |f: &Finding| (f.rule.severity, f.rule.name, is_rest(f));
        key(a).cmp(&key(b)).then_with(|| a.place.cmp(&b.place)).then_with(|| a.message.cmp(&b.message))
    });
    found.dedup();
}

/// Whether a finding only counts others, so that it stands after them.
fn is_rest(finding: &Finding) -> bool {
    finding.place == Place::Package && finding.message.ends_with("more of these")
}
