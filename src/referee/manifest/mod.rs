//! Judges the manifest of a package, whoever made it: what its schemas want, what its standard says beyond them, and
//! what LMSs make of it.
//!
//! [`judge`] is a pure function of the manifest's bytes and of the names in the package. A `vocabularies` table says what
//! may stand where, and `grammar` reads by it; the files named after the standards hold what no schema can say. They
//! read elements by their local names, as LMSs do, so that a manifest with a wrong namespace is still looked at.

mod address;
mod cmi5;
mod grammar;
mod lom;
mod packaging;
pub(crate) mod reader;
mod scorm12;
mod scorm2004;
mod sequencing;
mod tincan;
mod values;
mod vocabularies;

use super::rules::manifest as rules;
use super::{Finding, Place, Rule, Standard};
use reader::Node;
use std::collections::{BTreeMap, BTreeSet};

/// The names of the files in a package.
#[derive(Debug, Clone, Default)]
pub struct Names {
    names: BTreeMap<String, String>,
    exact: BTreeSet<String>,
    known: bool,
}

/// What became of a name that was looked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Sought<'n> {
    /// It is there.
    There,
    /// It is there in other capitals.
    Otherwise(&'n str),
    /// It is not there.
    Missing,
    /// Nobody knows what is in the package.
    Unknown,
}

impl Names {
    /// The names of all files of a package, with `/` between folders.
    #[must_use]
    pub fn of(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let exact: BTreeSet<String> = names.into_iter().map(Into::into).collect();
        let names = exact.iter().map(|name| (name.to_lowercase(), name.clone())).collect();
        Self { names, exact, known: true }
    }

    /// For a manifest alone: no rule about files applies.
    #[must_use]
    pub fn unknown() -> Self {
        Self::default()
    }

    pub(crate) fn seek(&self, name: &str) -> Sought<'_> {
        match self.names.get(&name.to_lowercase()) {
            _ if !self.known => Sought::Unknown,
            _ if self.exact.contains(name) => Sought::There,
            Some(other) => Sought::Otherwise(other),
            None => Sought::Missing,
        }
    }
}

/// What a manifest says, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Judged {
    /// What was found, in the order of the text.
    pub findings: Vec<Finding>,
    /// The edition of the standard, as it is known to people: `1.2`, `2004 4th Edition`.
    pub edition: Option<String>,
    /// The course's title, in the first language given.
    pub title: Option<String>,
    /// The identifiers by which LMSs know the course and its parts, in the order of the text: what stays the same in an
    /// update that is one.
    pub identifiers: Vec<Identifier>,
    /// What learners see of its structure.
    pub structure: Vec<Part>,
    /// What can be launched, in order, each once.
    pub launches: Vec<Launch>,
    /// The first pass mark, as it is written: `80` of 100 in SCORM 1.2, else `0.8` of 1.
    pub pass_mark: Option<String>,
    /// The files of the package that the manifest names.
    pub listed: BTreeSet<String>,
    /// By the file that a resource launches, the files of the package that the resource names, itself among them.
    pub belonging: BTreeMap<String, BTreeSet<String>>,
}

impl Judged {
    /// The same in a package in which the manifest stands in `folder`; addresses stay relative to the manifest.
    pub(super) fn under(mut self, folder: &str) -> Self {
        let under = |name: String| format!("{folder}{name}");
        for launch in &mut self.launches {
            launch.file = launch.file.take().map(under);
        }
        self.listed = self.listed.into_iter().map(under).collect();
        let names = |names: BTreeSet<String>| names.into_iter().map(under).collect();
        self.belonging = self.belonging.into_iter().map(|(file, named)| (under(file), names(named))).collect();
        self
    }
}

/// An identifier and what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// Of what: `manifest`, `organization`, `item`, `resource`, `course`, `block`, `au`, `objective` or `activity`.
    pub of: &'static str,
    /// The identifier.
    pub value: String,
}

/// A part of a course: an organization, an item, a block, a unit or an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is: `organization`, `item`, `block`, `au`, `activity`; `resource` in a package without organizations.
    pub kind: &'static str,
    /// Its identifier.
    pub identifier: String,
    /// Its title, in the first language given.
    pub title: Option<String>,
    /// What it launches.
    pub launch: Option<Launch>,
    /// By what the LMS judges it, and what it does with it.
    pub settings: Vec<Setting>,
    /// What is in it.
    pub parts: Vec<Part>,
}

/// A pass mark, a prerequisite, a rule of sequencing: whatever changes a learner's way or status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The element or attribute of the standard.
    pub name: &'static str,
    /// What it says; of an element with others in it, a digest that begins with `#`.
    pub value: String,
}

/// Something that can be launched.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Launch {
    /// The file of the package, decoded; none for an address outside.
    pub file: Option<String>,
    /// The address, relative to the package, with query and parameters.
    pub url: String,
    /// Whether it is a SCO, which has to speak to the LMS.
    pub sco: bool,
}

/// At most so many findings of one rule are kept.
const MOST_OF_A_RULE: usize = 100;

/// What is found while a manifest is read; places become lines and columns at the end, all in one pass.
pub(crate) struct Report<'e> {
    entry: &'e str,
    text: String,
    found: Vec<(Option<usize>, Finding)>,
    counts: BTreeMap<&'static str, (&'static Rule, usize)>,
}

impl<'e> Report<'e> {
    fn new(entry: &'e str) -> Self {
        Self { entry, text: String::new(), found: Vec::new(), counts: BTreeMap::new() }
    }

    /// Reports at a byte of the text.
    fn at(&mut self, rule: &'static Rule, offset: usize, message: impl Into<String>) {
        self.push(Some(offset), Finding::new(rule, Place::Entry(self.entry.to_owned()), message));
    }

    /// Reports at a byte of the text, with what to do.
    fn advise(&mut self, rule: &'static Rule, offset: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.push(Some(offset), Finding::new(rule, Place::Entry(self.entry.to_owned()), message).hint(hint));
    }

    fn push(&mut self, offset: Option<usize>, finding: Finding) {
        let (_, count) = self.counts.entry(finding.rule.name).or_insert((finding.rule, 0));
        *count += 1;
        if *count <= MOST_OF_A_RULE {
            self.found.push((offset, finding));
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        self.found.sort_by_key(|(offset, _)| *offset);
        // A rule that knows what was meant says more than the grammar.
        let spelt: BTreeSet<Option<usize>> = self
            .found
            .iter()
            .filter(|(_, finding)| finding.rule == &rules::SCORM_TYPE_SPELLING)
            .map(|(at, _)| *at)
            .collect();
        self.found.retain(|(at, finding)| finding.rule != &rules::UNKNOWN_ATTRIBUTE || !spelt.contains(at));
        let mut told: BTreeMap<&str, usize> = BTreeMap::new();
        self.found.iter().for_each(|(_, finding)| *told.entry(finding.rule.name).or_default() += 1);
        let misspelt = self.counts.get(rules::SCORM_TYPE_SPELLING.name).map_or(0, |(_, count)| *count);
        let more = self.counts.values().filter_map(|(rule, count)| {
            let said_better = if *rule == &rules::UNKNOWN_ATTRIBUTE { misspelt } else { 0 };
            let told = told.get(rule.name).copied().unwrap_or_default();
            let more = count.saturating_sub(said_better).saturating_sub(told);
            (*count > MOST_OF_A_RULE && more > 0).then(|| Finding::rest(rule, more))
        });
        let more: Vec<Finding> = more.collect();
        let (mut at, mut line, mut column) = (0, 1, 1);
        let mut findings = Vec::with_capacity(self.found.len());
        for (offset, mut finding) in self.found {
            if let Some(offset) = offset {
                for sign in self.text.get(at..offset).unwrap_or_default().chars() {
                    (line, column) = if sign == '\n' { (line + 1, 1) } else { (line, column + 1) };
                }
                at = offset.max(at);
                finding.place = Place::Text { entry: self.entry.to_owned(), line, column };
            }
            findings.push(finding);
        }
        findings.extend(more);
        findings
    }
}

/// Judges the manifest `entry` of a package of `standard`; `names` are the files beside it.
#[must_use]
pub fn judge(standard: Standard, entry: &str, bytes: &[u8], names: &Names) -> Judged {
    let mut report = Report::new(entry);
    let mut judged = Judged::default();
    if let Some(text) = reader::read(bytes, &mut report) {
        match reader::parse(&text) {
            Ok(document) => {
                let root = document.root_element();
                judge_root(standard, root, &text, names, &mut report, &mut judged);
            }
            Err(reader::Refusal { rule, offset, message }) => report.at(rule, offset, message),
        }
    }
    each_once(&mut judged.launches);
    judged.findings = report.finish();
    judged
}

/// Why a manifest cannot be read at all.
pub(super) fn unreadable(bytes: &[u8]) -> Option<String> {
    let Some(text) = reader::text(bytes) else {
        return Some("its bytes are not in the encoding that it declares".to_owned());
    };
    reader::parse(&text).err().map(|refusal| refusal.message)
}

/// Leaves of equal launches the first.
fn each_once(launches: &mut Vec<Launch>) {
    let mut met = BTreeSet::new();
    launches.retain(|launch| met.insert(launch.clone()));
}

fn judge_root(standard: Standard, root: Node, text: &str, names: &Names, report: &mut Report, judged: &mut Judged) {
    match standard {
        Standard::Scorm12 => scorm12::judge(root, text, names, report, judged),
        Standard::Scorm2004 => scorm2004::judge(root, text, names, report, judged),
        Standard::Cmi5 => cmi5::judge(root, names, report, judged),
        Standard::TinCan => tincan::judge(root, names, report, judged),
    }
}

/// Whether the root is the one that the standard wants; if not, its grammar has nothing to say.
fn root_is(root: Node, name: &str, namespace: &str, report: &mut Report) -> bool {
    let tag = root.tag_name();
    let named = tag.name() == name;
    let fine = named && tag.namespace() == Some(namespace);
    if !fine {
        let given = tag.namespace().map_or_else(|| "no namespace".to_owned(), |given| format!("the namespace {given}"));
        let message = format!("the root is `{}` of {given}, not `{name}` of {namespace}", tag.name());
        // SCORM is read by the names of its elements; who reads cmi5 or Tin Can reads namespaces.
        let rule = if named && name == "manifest" { &rules::NAMESPACE } else { &rules::ROOT };
        report.at(rule, root.range().start, message);
    }
    fine
}
