//! What differs between two manifests, as far as LMSs go by it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Aspect, Difference, Fate, Side};
use crate::inspection::{Unit, each_part};
use crate::referee::manifest::{Part, Setting};
use crate::referee::on_one_line;

/// By these an LMS judges; all others decide on the way through the course.
const MARKS: [&str; 3] = ["masteryscore", "masteryScore", "minNormalizedMeasure"];

/// The most characters of a value that are shown.
const SHOWN: usize = 80;

/// Two manifests, compared.
#[derive(Debug, Default)]
pub(super) struct Manifests {
    pub(super) differences: Vec<Difference>,
    /// The units that both have, by their places among the units of each.
    pub(super) pairs: Vec<(usize, usize)>,
    /// How many units there were.
    pub(super) units: usize,
    /// Whether it is another standard, or another edition of it.
    pub(super) standard: bool,
    pub(super) edition: bool,
    /// Whether the course itself, its manifest or its organization, is called otherwise.
    pub(super) identity: bool,
    /// Whether there are other parts, or parts at other places.
    pub(super) structure: bool,
    /// Whether a setting changed that is no pass mark.
    pub(super) settings: bool,
    /// Whether the manifests are the same, byte by byte.
    pub(super) same: bool,
}

impl Manifests {
    pub(super) fn of(old: &Side, new: &Side) -> Self {
        let mut found =
            Self { units: old.inspection.units.len(), same: old.manifest == new.manifest, ..Self::default() };
        found.standards(old, new);
        found.identities(old, new);
        found.units(&old.inspection.units, &new.inspection.units);
        found.parts(&old.inspection.structure, &new.inspection.structure);
        found
    }

    fn standards(&mut self, old: &Side, new: &Side) {
        let [before, after] = [old, new].map(|side| side.inspection.standard.as_deref().unwrap_or_default());
        // SCORM 2004 is one standard in several editions.
        let family =
            |name: &str| if name.starts_with("SCORM 2004") { "SCORM 2004".to_owned() } else { name.to_owned() };
        self.standard = family(before) != family(after);
        self.edition = before != after;
        if self.edition {
            let effect = if self.standard { "records are kept in other words: learners begin anew" } else { "" };
            let fate = if self.standard { Fate::Lost } else { Fate::Kept };
            let message = format!("the package is {after} and was {before}");
            self.differences.push(Difference::new("standard-changed", message, effect).does_to_all(fate));
        }
    }

    /// What stands above the units; that of a standard which was left says nothing.
    fn identities(&mut self, old: &Side, new: &Side) {
        for of in ["manifest", "organization", "course"].into_iter().filter(|_| !self.standard) {
            let [before, after] = [old, new].map(|side| {
                let of_kind = side.inspection.identifiers.iter().filter(move |found| found.of == of);
                of_kind.map(|found| found.value.as_str()).collect::<Vec<_>>()
            });
            if before != after {
                self.identity = true;
                let [before, after] = [before, after].map(|names| on_one_line(&names.join(", "), SHOWN));
                let message = format!("the identifier of the {of} is `{after}` and was `{before}`");
                self.differences.push(Difference::new("identifier-changed", message, ""));
            }
        }
    }

    fn units<'u>(&mut self, old: &'u [Unit], new: &'u [Unit]) {
        if self.standard {
            return;
        }
        let mut come: BTreeSet<usize> = (0..new.len()).collect();
        let mut gone = Vec::new();
        // Of several that say the same, the first.
        let places: BTreeMap<&str, usize> =
            new.iter().enumerate().rev().map(|(at, unit)| (unit.identifier.as_str(), at)).collect();
        for (at, unit) in old.iter().enumerate() {
            match places.get(unit.identifier.as_str()) {
                Some(place) => {
                    come.remove(place);
                    self.pairs.push((at, *place));
                    self.address(unit, &new[*place]);
                }
                None => gone.push(unit),
            }
        }
        let likes = |unit: &'u Unit| (unit.address.as_str(), unit.title.as_deref());
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        come.iter().rev().for_each(|at| alike.entry(likes(&new[*at])).or_default().push(*at));
        for unit in gone {
            // One that does the same under another name was renamed: by a tool, or by whoever lost the lock.
            let same = alike.get_mut(&likes(unit)).and_then(Vec::pop);
            let title = title(unit);
            let message = match same {
                Some(at) => {
                    come.remove(&at);
                    format!("{title} is called `{}` and was `{}`", new[at].identifier, unit.identifier)
                }
                None => format!("{title} (`{}`) has gone", unit.identifier),
            };
            let effect = "LMSs that go by it lose the records of it";
            self.differences.push(match same {
                Some(_) => Difference::new("unit-renamed", message, effect),
                None => Difference::new("unit-gone", message, effect)
                    .does(Aspect::Place, Fate::LostInPart)
                    .does(Aspect::Answers, Fate::LostInPart),
            });
        }
        for unit in come.into_iter().map(|at| &new[at]) {
            let message = format!("{} (`{}`) is new", title(unit), unit.identifier);
            let effect = "learners have to begin it; an LMS may count it for the status of the whole";
            self.differences.push(Difference::new("unit-new", message, effect).does(Aspect::Status, Fate::Changes));
        }
    }

    fn address(&mut self, old: &Unit, new: &Unit) {
        if old.address != new.address {
            let message = format!("{} opens `{}` and opened `{}`", title(old), new.address, old.address);
            self.differences.push(Difference::new("launch-changed", message, ""));
        }
    }

    fn parts(&mut self, old: &[Part], new: &[Part]) {
        let [before, after] = [old, new].map(parts);
        let shape = |parts: &[(&Part, usize)]| -> Vec<(&'static str, String, usize)> {
            parts.iter().map(|(part, depth)| (part.kind, part.identifier.clone(), *depth)).collect()
        };
        self.structure = shape(&before) != shape(&after);
        // What units do is said already.
        let is_said = self.differences.iter().any(|found| found.code.starts_with("unit-"));
        if self.structure && !self.standard && !is_said {
            let message = "the structure has other parts, or has them at other places";
            self.differences.push(Difference::new("structure-changed", message, ""));
        }
        // Another standard has other settings.
        if self.standard {
            return;
        }
        let by_identifier: BTreeMap<&str, &Part> =
            after.iter().rev().map(|(part, _)| (part.identifier.as_str(), *part)).collect();
        for (part, _) in &before {
            if let Some(other) = by_identifier.get(part.identifier.as_str()) {
                self.setting(part, other);
            }
        }
    }

    fn setting(&mut self, old: &Part, new: &Part) {
        let value = |settings: &[Setting], name| {
            settings.iter().find(|found| found.name == name).map(|found| found.value.clone())
        };
        let names: BTreeSet<&str> = old.settings.iter().chain(&new.settings).map(|found| found.name).collect();
        for name in names {
            let (before, after) = (value(&old.settings, name), value(&new.settings, name));
            if before == after {
                continue;
            }
            self.settings |= !MARKS.contains(&name);
            let part = new.title.as_deref().unwrap_or(&new.identifier);
            if [&before, &after].into_iter().flatten().any(|value| value.starts_with('#')) {
                let message = format!("the rules of `{name}` of “{part}” have changed");
                let found = Difference::new("setting-changed", message, "the LMS goes by them from now on");
                self.differences.push(found.does(Aspect::Status, Fate::Changes));
                continue;
            }
            let [before, after] = [before, after].map(|value| {
                value.map_or_else(|| "not there".to_owned(), |value| format!("`{}`", on_one_line(&value, SHOWN)))
            });
            let message = format!("`{name}` of “{part}” is {after} and was {before}");
            let effect = "the LMS goes by it from now on";
            let found = Difference::new("setting-changed", message, effect);
            self.differences.push(found.does(Aspect::Status, Fate::Changes));
        }
    }
}

fn title(unit: &Unit) -> String {
    format!("the unit “{}”", unit.title.as_deref().unwrap_or(&unit.identifier))
}

fn parts(structure: &[Part]) -> Vec<(&Part, usize)> {
    let mut parts = Vec::new();
    each_part(structure, &mut |part, depth| parts.push((part, depth)));
    parts
}
