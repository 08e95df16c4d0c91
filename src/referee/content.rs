//! Judges what pages and style sheets load, and what else the text of a page tells.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound::{Included, Unbounded};

use super::document::Document;
use super::finding::{Finding, Place};
use super::findings::Findings;
use super::markup::{self, Lines, Piece, Tag};
use super::names::shown;
use super::package::Entry;
use super::paths::{self, Elsewhere, LONGEST_BASE};
use super::rule::Rule;
use super::rules::content as rule;
use super::scripts::Scripts;

/// How many bytes references, and the scripts inside pages, may make us handle in all: a few seconds at the very most. Those
/// of three thousand pages are a fifth of it; a small archive can hold fifty million.
const WORK: usize = 128 << 20;

/// What a reference or a script costs beside its letters, in bytes.
const EACH: usize = 100;

/// The most hosts that are told apart.
const HOSTS: usize = 500;

/// The names of a package, to look references up. Folders are found by what stands in them: names can be long, and be
/// made of nothing but folders.
#[derive(Debug)]
struct Index<'a> {
    names: BTreeSet<Cow<'a, str>>,
    by_lower_case: BTreeMap<String, Cow<'a, str>>,
}

impl<'a> Index<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let name = |entry: &'a Entry| match entry.name.contains('\\') {
            true => Cow::Owned(entry.name.replace('\\', "/")),
            false => Cow::Borrowed(entry.name.as_str()),
        };
        let names: BTreeSet<Cow<str>> = entries.iter().map(name).collect();
        let by_lower_case = names.iter().map(|name| (name.to_lowercase(), name.clone())).collect();
        Self { names, by_lower_case }
    }

    fn has(&self, path: &str) -> bool {
        if self.names.contains(path) {
            return true;
        }
        let folder = format!("{}/", path.trim_end_matches('/'));
        let next = self.names.range::<str, _>((Included(folder.as_str()), Unbounded)).next();
        next.is_some_and(|name| name.starts_with(&folder))
    }

    /// A file or folder of this name in other capitals.
    fn otherwise(&self, path: &str) -> Option<&str> {
        let lower = path.to_lowercase();
        if let Some(name) = self.by_lower_case.get(&lower) {
            return Some(name);
        }
        let (_, name) = self.by_lower_case.range::<str, _>((Included(lower.as_str()), Unbounded)).next()?;
        let is_inside = lower.ends_with('/') && name.to_lowercase().starts_with(&lower);
        let (end, _) = name.match_indices('/').nth(lower.matches('/').count().checked_sub(1)?).filter(|_| is_inside)?;
        Some(&name[..=end])
    }
}

/// What happens with what a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// A script: what it does may be all that matters.
    Script,
    /// A style sheet.
    Style,
    /// Loaded with the page.
    Loaded,
    /// Opened when somebody follows it.
    Linked,
}

/// A text that is being judged.
struct File<'a> {
    name: &'a str,
    lines: Lines<'a>,
    is_launch: bool,
}

impl File<'_> {
    fn at(&self, at: usize) -> Place {
        let (line, column) = self.lines.place(at);
        Place::Text { entry: self.name.to_owned(), line, column }
    }
}

/// What the texts of a package tell beside what is wrong with them.
#[derive(Debug, Default)]
pub struct Told {
    /// The other hosts from which something is loaded, by name.
    pub hosts: Vec<Host>,
    /// The tool that made the package, as the first launch document that knows calls it.
    pub maker: Option<String>,
}

/// A host from which something is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// In how many places of the texts.
    pub times: usize,
    /// The first of them.
    pub place: Place,
}

/// The judge of all texts of a package.
#[derive(Debug)]
pub(super) struct Content<'a> {
    index: Index<'a>,
    /// What is left of [`WORK`].
    left: usize,
    /// Where each host is first asked for something, and how often.
    hosts: BTreeMap<String, (usize, Place)>,
    maker: Option<String>,
    /// What scripts tell.
    pub(super) scripts: Scripts,
}

impl<'a> Content<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> Self {
        Self { index: Index::of(entries), left: WORK, hosts: BTreeMap::new(), maker: None, scripts: Scripts::default() }
    }

    /// Judges a page; `launch` says whether an LMS opens it.
    pub(super) fn page(&mut self, name: &str, text: &str, launch: bool, found: &mut Findings) {
        let file = File { name, lines: Lines::new(text), is_launch: launch };
        // Longer names are none that anything can be resolved by; that they are long is said of the names.
        let mut folder = Some(paths::folder(name).to_owned()).filter(|folder| folder.len() <= LONGEST_BASE);
        let mut document = Document::default();
        markup::scan(text, &mut |piece| {
            document.see(&piece, text);
            match &piece {
                Piece::Tag(tag) if tag.name == "base" && tag.get("href").is_some() => {
                    folder = self.base(&file, folder.take(), tag, found);
                }
                Piece::Tag(tag) if !tag.closing => self.tag(&file, folder.as_deref(), tag, found),
                Piece::Raw(tag, range) if tag.name == "style" => {
                    let css = &text[range.clone()];
                    markup::style_references(css, &mut |address, at| {
                        self.reference(&file, folder.as_deref(), (address, range.start + at), Use::Loaded, found);
                    });
                }
                Piece::Raw(tag, range) if is_script(tag) && self.affords(range.len()) => {
                    self.scripts.read(&text[range.clone()]);
                }
                _ => {}
            }
        });
        self.scripts.report(name, found);
        if launch && self.maker.is_none() {
            self.maker = document.maker();
        }
        document.judge(&|at| file.at(at), name, launch, found);
    }

    /// The folder that all references after a `base` are relative to; none where that is on another site.
    fn base(&self, file: &File<'_>, former: Option<String>, tag: &Tag, found: &mut Findings) -> Option<String> {
        let href = tag.get("href").unwrap_or_default();
        if href.len() > LONGEST_BASE {
            let message = || format!("the base of the page has {} bytes, more than any path", href.len());
            tell(&rule::MISSING, file, tag.at, found, message);
            return None;
        }
        match paths::resolve(paths::folder(file.name), href) {
            Ok(path) => Some(paths::folder(&path.unwrap_or_default()).to_owned()),
            Err(Elsewhere::Nowhere) => former,
            Err(Elsewhere::Outside) => {
                let rule = if file.is_launch { &rule::LAUNCH_BASE_LEAVES } else { &rule::LEAVES };
                tell(rule, file, tag.at, found, || format!("the base `{}` leads out of the package", shown(href)));
                // What is wrong beside that can be told only as if the package stood there.
                Some(String::new())
            }
            Err(Elsewhere::Disk) => {
                tell(&rule::LOCAL, file, tag.at, found, || {
                    format!("the base `{}` is on somebody's computer", shown(href))
                });
                Some(String::new())
            }
            Err(Elsewhere::Host { .. }) => None,
        }
    }

    /// Judges a style sheet.
    pub(super) fn style(&mut self, name: &str, text: &str, found: &mut Findings) {
        let file = File { name, lines: Lines::new(text), is_launch: false };
        let folder = Some(paths::folder(name)).filter(|folder| folder.len() <= LONGEST_BASE);
        markup::style_references(text, &mut |address, at| {
            self.reference(&file, folder, (address, at), Use::Loaded, found);
        });
    }

    /// Judges a script.
    pub(super) fn script(&mut self, name: &str, text: &str, found: &mut Findings) {
        self.scripts.read(text);
        self.scripts.report(name, found);
    }

    /// What can be told only when all was read.
    pub(super) fn finish(self, found: &mut Findings) -> (Scripts, Told) {
        let host = |(name, (times, place))| Host { name, times, place };
        let hosts: Vec<Host> = self.hosts.into_iter().map(host).collect();
        for Host { name, times, place } in &hosts {
            let times = if *times == 1 { "once".to_owned() } else { format!("{times} times") };
            let message = format!("`{}` is asked for something, {times}", shown(name));
            found.add(Finding::new(&rule::EXTERNAL, place.clone(), message));
        }
        (self.scripts, Told { hosts, maker: self.maker })
    }

    /// Whether there is time left for a reference or a script with so many bytes.
    fn affords(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(EACH + bytes);
        self.left = left.unwrap_or_default();
        self.scripts.incomplete |= left.is_none();
        left.is_some()
    }

    fn tag(&mut self, file: &File<'_>, folder: Option<&str>, tag: &Tag, found: &mut Findings) {
        for attribute in &tag.attributes {
            let value = &*attribute.value;
            if attribute.name == "style" {
                markup::style_references(value, &mut |address, _| {
                    self.reference(file, folder, (address, attribute.at), Use::Loaded, found);
                });
            } else if attribute.name.starts_with("on") {
                if self.affords(value.len()) {
                    self.scripts.handler(&attribute.name, value);
                }
            } else if matches!(&*attribute.name, "srcset" | "imagesrcset") {
                for candidate in markup::candidates(value) {
                    self.reference(file, folder, (candidate, attribute.at), Use::Loaded, found);
                }
            } else if let Some(kind) = use_of(tag, &attribute.name) {
                self.reference(file, folder, (value, attribute.at), kind, found);
            }
        }
    }

    fn reference(
        &mut self,
        file: &File<'_>,
        folder: Option<&str>,
        (reference, at): (&str, usize),
        kind: Use,
        found: &mut Findings,
    ) {
        if !self.affords(folder.map_or(0, str::len) + reference.len()) {
            return;
        }
        let path = match (folder, paths::resolve(folder.unwrap_or_default(), reference)) {
            (_, Err(Elsewhere::Host { scheme, host })) => return self.host(file, at, (&scheme, host), kind, found),
            (_, Err(Elsewhere::Nowhere) | Ok(None)) => return,
            (None, _) => {
                self.scripts.incomplete |= kind == Use::Script;
                return;
            }
            (_, Err(Elsewhere::Disk)) => {
                return tell(&rule::LOCAL, file, at, found, || {
                    format!("`{}` is on somebody's computer", shown(reference))
                });
            }
            (_, Err(Elsewhere::Outside)) => {
                return tell(&rule::LEAVES, file, at, found, || {
                    format!("`{}` leads out of the package", shown(reference))
                });
            }
            (_, Ok(Some(path))) => path,
        };
        if self.index.has(&path) {
            return;
        }
        if let Some(name) = self.index.otherwise(&path) {
            let message = || format!("`{}` is called `{}` in the package", shown(reference), shown(name));
            return tell(&rule::CASE, file, at, found, message);
        }
        let is_essential = file.is_launch && matches!(kind, Use::Script | Use::Style);
        let rule = if is_essential { &rule::LAUNCH_LOADS_MISSING } else { &rule::MISSING };
        tell(rule, file, at, found, || format!("`{}` is not in the package", shown(reference)));
    }

    fn host(&mut self, file: &File<'_>, at: usize, (scheme, host): (&str, String), kind: Use, found: &mut Findings) {
        if kind == Use::Linked || host.is_empty() {
            return;
        }
        self.scripts.incomplete |= kind == Use::Script;
        if scheme == "http" {
            let message = || format!("something is loaded from `{}` by http:", shown(&host));
            tell(&rule::MIXED, file, at, found, message);
        }
        let is_full = self.hosts.len() >= HOSTS;
        match self.hosts.get_mut(&host) {
            Some((count, _)) => *count += 1,
            None if is_full => {}
            None => drop(self.hosts.insert(host, (1, file.at(at)))),
        }
    }
}

/// Adds a finding, made only if it will be shown: a page can have millions.
fn tell(rule: &'static Rule, file: &File<'_>, at: usize, found: &mut Findings, message: impl FnOnce() -> String) {
    let finding = if found.enough(rule) {
        Finding::new(rule, Place::Package, String::new())
    } else {
        Finding::new(rule, file.at(at), message())
    };
    found.add(finding);
}

/// Whether a `script` holds one: not data, not a template.
pub(super) fn is_script(tag: &Tag) -> bool {
    let kind = tag.get("type").unwrap_or_default().trim().to_ascii_lowercase();
    tag.name == "script"
        && (kind.is_empty() || kind == "module" || kind.ends_with("javascript") || kind.ends_with("ecmascript"))
}

/// What an attribute loads or links, if it holds an address.
fn use_of(tag: &Tag, attribute: &str) -> Option<Use> {
    let has_rel = |words: &[&str]| {
        let rel = tag.get("rel").unwrap_or_default().to_ascii_lowercase();
        rel.split_ascii_whitespace().any(|word| words.contains(&word))
    };
    match (&*tag.name, attribute) {
        ("script", "src") => Some(Use::Script),
        ("link", "href") if has_rel(&["stylesheet"]) => Some(Use::Style),
        ("link", "href")
            if has_rel(&["icon", "apple-touch-icon", "preload", "modulepreload", "prefetch", "manifest"]) =>
        {
            Some(Use::Loaded)
        }
        ("a" | "area", "href") => Some(Use::Linked),
        ("img" | "source" | "track" | "audio" | "video" | "iframe" | "frame" | "embed" | "input", "src")
        | ("video", "poster")
        | ("object", "data")
        | ("body" | "table" | "td" | "th", "background")
        | ("image" | "use", "href" | "xlink:href") => Some(Use::Loaded),
        _ => None,
    }
}
