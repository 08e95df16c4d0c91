//! Children of an element, matched against what may stand in it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Part, What};

/// Matches children against a content: each step takes the places reached so far to those reached after it, so that
/// time grows with the number of children, whatever they are.
pub(super) struct Matching<'m> {
    pub(super) names: &'m [(Option<&'m str>, &'m str)],
    pub(super) own: &'m str,
    pub(super) farthest: usize,
    /// What could stand at the farthest place, and whether it must.
    pub(super) expected: BTreeMap<&'static str, bool>,
}

impl Matching<'_> {
    pub(super) fn sequence(&mut self, parts: &[Part], from: BTreeSet<usize>) -> BTreeSet<usize> {
        parts.iter().fold(from, |places, part| self.part(part, places))
    }

    fn part(&mut self, part: &Part, from: BTreeSet<usize>) -> BTreeSet<usize> {
        let mut reached = self.once(&part.what, part.least, &from);
        if part.many {
            let mut frontier = reached.clone();
            while !frontier.is_empty() {
                frontier = self.once(&part.what, false, &frontier).difference(&reached).copied().collect();
                reached.extend(&frontier);
            }
        }
        if !part.least {
            reached.extend(from);
        }
        reached
    }

    fn once(&mut self, what: &What, needed: bool, from: &BTreeSet<usize>) -> BTreeSet<usize> {
        if let What::Choice(ways) = what {
            return ways.iter().flat_map(|way| self.sequence(way, from.clone())).collect();
        }
        let step = |at: &usize| {
            let &(namespace, name) = self.names.get(*at)?;
            let fits = match what {
                What::Element { name: wanted, .. } => name == *wanted && namespace == Some(self.own),
                What::Other => namespace.is_some_and(|namespace| namespace != self.own),
                What::Any => true,
                What::Choice(_) => false,
            };
            fits.then_some(at + 1)
        };
        let reached: BTreeSet<usize> = from.iter().filter_map(step).collect();
        for at in from.iter().filter(|at| !reached.contains(&(*at + 1))) {
            if let (What::Element { name, .. }, true) = (what, *at >= self.farthest) {
                if *at > self.farthest {
                    self.expected.clear();
                }
                self.farthest = *at;
                let known = self.expected.entry(name).or_default();
                *known |= needed;
            }
        }
        if let Some(last) = reached.last().filter(|last| **last > self.farthest) {
            self.farthest = *last;
            self.expected.clear();
        }
        reached
    }
}
