//! Findings as they come, so many of each rule and no more.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::rule::Rule;

/// How many findings of one rule are told one by one.
const TOLD: usize = 20;

/// Findings, the first of each rule in full and the others as a number.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<Finding>,
    /// By rule, how many were told, and how many there are.
    counts: BTreeMap<&'static str, (&'static Rule, usize, usize)>,
}

impl Findings {
    /// Adds one.
    pub(crate) fn add(&mut self, finding: Finding) {
        let (_, told, count) = self.counts.entry(finding.rule.name).or_insert((finding.rule, 0, 0));
        *count += finding.count();
        if *told < TOLD && finding.more == 0 {
            *told += 1;
            self.found.push(finding);
        }
    }

    /// Adds what others are, changed.
    pub(crate) fn take_in(&mut self, others: Self, change: impl Fn(Finding) -> Finding) {
        for (name, (rule, told, count)) in others.counts {
            let (_, _, known) = self.counts.entry(name).or_insert((rule, 0, 0));
            *known += count - told;
        }
        others.found.into_iter().map(change).for_each(|finding| self.add(finding));
    }

    /// Whether there are enough of a rule, so that no more need be made.
    pub(crate) fn enough(&self, rule: &Rule) -> bool {
        self.counts.get(rule.name).is_some_and(|(_, told, _)| *told >= TOLD)
    }

    /// All of them: the worst first, then by place.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        for (rule, told, count) in self.counts.into_values().filter(|(_, told, count)| count > told) {
            self.found.push(Finding::rest(rule, count - told));
        }
        sort(&mut self.found);
        self.found
    }
}

/// Sorts as findings are shown; those that only count others stand after them.
pub(crate) fn sort(found: &mut Vec<Finding>) {
    found.sort_by(|a, b| {
        let key = |f: &Finding| (f.rule.severity, f.rule.name, f.more > 0);
        key(a).cmp(&key(b)).then_with(|| a.place.cmp(&b.place)).then_with(|| a.message.cmp(&b.message))
    });
    found.dedup();
}
