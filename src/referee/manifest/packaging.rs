//! What SCORM 1.2 and SCORM 2004 share: content packaging, with its organizations, items, resources and files.

mod organizations;

use super::address::{self, LONGEST, Target};
use super::grammar::shortened;
use super::reader::{self, Node, any_attribute, child, children, place};
use super::{Identifier, Judged, Names, Report, Sought, rules};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// In bytes, those of outer elements included: every address is joined with them, and every resource keeps its own.
const LONGEST_BASE: usize = 500;

/// The most bytes that the addresses of all items have: several items can launch one resource, each with its own
/// parameters.
const LAUNCHES: usize = 32 << 20;

/// How one version of SCORM writes what the other writes too.
pub(super) struct Dialect {
    pub(super) type_attribute: &'static str,
    pub(super) other_type_attribute: &'static str,
    /// Elements of an item that say something about what it launches.
    pub(super) settings: &'static [&'static str],
    /// Those of all parts that decide on a learner's way or status.
    pub(super) judging: &'static [&'static str],
}

/// A resource and what is known of it.
pub(super) struct Resource<'a, 'i> {
    pub(super) node: Node<'a, 'i>,
    pub(super) kind: Option<&'a str>,
    base: Rc<str>,
    href: Option<&'a str>,
    file: Option<String>,
    external: bool,
}

/// What a walk through a manifest leaves for the rules of its version.
pub(super) struct Package<'a, 'i> {
    pub(super) items: Vec<Item<'a, 'i>>,
    pub(super) identifiers: BTreeSet<&'a str>,
}

/// An item or an organization.
pub(super) struct Item<'a, 'i> {
    pub(super) node: Node<'a, 'i>,
    /// Whether it launches a SCO.
    pub(super) sco: bool,
    /// How many items are in it.
    pub(super) inside: usize,
    pub(super) organization: bool,
}

struct Walk<'w, 'a, 'i, 'r> {
    dialect: &'w Dialect,
    resources: &'w BTreeMap<&'a str, Resource<'a, 'i>>,
    known: &'w BTreeSet<&'a str>,
    used: BTreeSet<&'a str>,
    /// What is left of [`LAUNCHES`].
    left: usize,
    package: Package<'a, 'i>,
    report: &'w mut Report<'r>,
    judged: &'w mut Judged,
}

/// Judges the parts that both versions share.
pub(super) fn judge<'a, 'i: 'a>(
    root: Node<'a, 'i>,
    text: &str,
    dialect: &Dialect,
    names: &Names,
    report: &mut Report,
    judged: &mut Judged,
) -> Package<'a, 'i> {
    judged.listed.insert(report.entry.to_owned());
    identifier_of_manifest(root, report, judged);
    let resources = resources(root, dialect, names, report, judged);
    let known: BTreeSet<&str> = root
        .descendants()
        .filter(|node| matches!(node.tag_name().name(), "resource" | "manifest"))
        .filter_map(|node| node.attribute("identifier"))
        .collect();
    dependencies(root, &known, report);
    prefixes(root, text, report);
    if let Some((at, reference)) = numeric_reference(text) {
        report.at(&rules::NUMERIC_REFERENCE, at, format!("`{reference}` stands for a character"));
    }
    metadata_files(root, names, report, judged);
    let package = Package { items: Vec::new(), identifiers: BTreeSet::new() };
    let mut walk = Walk {
        dialect,
        resources: &resources,
        known: &known,
        used: BTreeSet::new(),
        left: LAUNCHES,
        package,
        report,
        judged,
    };
    walk.organizations(root);
    let Walk { used, package, .. } = walk;
    types(&resources, &used, dialect, report);
    super::each_once(&mut judged.launches);
    launches(root, &resources, &package, report, judged);
    unlisted(root, names, report, judged);
    if let Some(inner) = child(root, "manifest") {
        report.at(&rules::SUB_MANIFEST, inner.range().start, "a manifest stands inside the manifest");
    }
    package
}

fn identifier_of_manifest(root: Node, report: &mut Report, judged: &mut Judged) {
    let Some(value) = root.attribute("identifier") else { return };
    judged.identifiers.push(Identifier { of: "manifest", value: value.to_owned() });
    if of_template(value) {
        let message = format!("`{}` is an identifier that templates have", shortened(value));
        report.at(&rules::ITEM_IDENTIFIER_TEMPLATE, place(root, "identifier"), message);
    }
}

/// Identifiers that tools and samples put in when the author gives none.
pub(super) fn of_template(value: &str) -> bool {
    let plain: String = value.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let stock = [
        "manifest",
        "manifest1",
        "manifest01",
        "manifest001",
        "singlecoursemanifest",
        "mymanifest",
        "course",
        "course1",
        "coursemanifest",
        "identifier",
        "test",
    ];
    let parts =
        ["template", "golfsample", "yourcourse", "courseidhere", "changeme", "todo", "examplemanifest", "scormdefault"];
    stock.contains(&plain.as_str()) || parts.iter().any(|part| plain.contains(part))
}

/// Seconds or milliseconds since 1970 of our days, or a date with a time.
pub(super) fn of_time(value: &str) -> bool {
    value.split(|sign: char| !sign.is_ascii_digit()).any(|digits| {
        let year =
            digits.get(..4).and_then(|year| year.parse().ok()).is_some_and(|year: u32| (2000..2100).contains(&year));
        let month =
            digits.get(4..6).and_then(|month| month.parse().ok()).is_some_and(|month: u32| (1..=12).contains(&month));
        let day = digits.get(6..8).and_then(|day| day.parse().ok()).is_some_and(|day: u32| (1..=31).contains(&day));
        (matches!(digits.len(), 10 | 13) && digits.starts_with("1"))
            || (matches!(digits.len(), 12 | 14 | 17) && year && month && day)
    })
}

fn base_of(outer: &Rc<str>, node: Node, report: &mut Report) -> Rc<str> {
    let Some(base) = node.attribute((reader::XML, "base")) else { return Rc::clone(outer) };
    let at = place(node, "base");
    if node.tag_name().name() != "resource" {
        report.at(&rules::XML_BASE, at, format!("`{}` has an xml:base", node.tag_name().name()));
    }
    let base = base.trim();
    if outer.len() + base.len() > LONGEST_BASE {
        report.at(
            &rules::XML_BASE_FORM,
            at,
            format!("xml:base has {} bytes, with those around it", outer.len() + base.len()),
        );
        return Rc::clone(outer);
    }
    if (!base.is_empty() && !base.ends_with('/'))
        || (base.starts_with('/') && !base.starts_with("//"))
        || base.contains('\\')
    {
        report.at(&rules::XML_BASE_FORM, at, format!("xml:base is `{}`", shortened(base)));
    }
    let folder = base.rfind('/').map_or("", |slash| &base[..=slash]);
    if address::has_scheme(base) { folder.into() } else { format!("{outer}{folder}").into() }
}

fn resources<'a, 'i: 'a>(
    root: Node<'a, 'i>,
    dialect: &Dialect,
    names: &Names,
    report: &mut Report,
    judged: &mut Judged,
) -> BTreeMap<&'a str, Resource<'a, 'i>> {
    let mut found = BTreeMap::new();
    // Manifests in manifests have bases of their own; few readers get so far.
    for manifest in root.descendants().filter(|node| node.is_element() && node.tag_name().name() == "manifest") {
        let of_manifest = base_of(&Rc::from(""), manifest, report);
        for list in children(manifest, "resources") {
            let of_list = base_of(&of_manifest, list, report);
            for node in children(list, "resource") {
                let base = base_of(&of_list, node, report);
                let resource = resource(node, base, dialect, names, report, judged);
                if let Some(identifier) = node.attribute("identifier") {
                    judged.identifiers.push(Identifier { of: "resource", value: identifier.to_owned() });
                    found.entry(identifier).or_insert(resource);
                }
            }
        }
    }
    found
}

fn resource<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    base: Rc<str>,
    dialect: &Dialect,
    names: &Names,
    report: &mut Report,
    judged: &mut Judged,
) -> Resource<'a, 'i> {
    let href = node.attribute("href").filter(|href| !href.trim().is_empty());
    let mut files = BTreeSet::new();
    for file in children(node, "file") {
        let Some(href) = file.attribute("href") else { continue };
        // What is named after the resource itself is told of there.
        let same = node.attribute("href").is_some_and(|own| own == href);
        let (mut quiet, counted) = (Report::new(""), &mut *report);
        let told = if same { &mut quiet } else { counted };
        let listed = address::check(file, "href", (&base, href), names, told);
        files.extend(listed);
    }
    let file = href.and_then(|href| address::check(node, "href", (&base, href), names, report));
    if let (Some(href), Some(file)) = (href, &file)
        && !files.contains(file)
    {
        let message = format!("`{}` is not among the resource's files", shortened(href));
        report.at(&rules::HREF_NOT_LISTED, place(node, "href"), message);
    }
    if let Some(file) = &file {
        let belonging = judged.belonging.entry(file.clone()).or_default();
        belonging.extend(files.iter().cloned());
        belonging.insert(file.clone());
    }
    judged.listed.extend(files);
    judged.listed.extend(file.clone());
    if let Some(kind) = node.attribute("type").filter(|kind| *kind != "webcontent") {
        report.at(&rules::RESOURCE_TYPE, place(node, "type"), format!("the type is `{}`", shortened(kind)));
    }
    let kind = any_attribute(node, dialect.type_attribute);
    if let (None, Some(_)) = (kind, any_attribute(node, dialect.other_type_attribute)) {
        let message = format!("`{}` is not of this version of SCORM", dialect.other_type_attribute);
        let hint = format!("write `adlcp:{}`", dialect.type_attribute);
        report.advise(&rules::SCORM_TYPE_SPELLING, place(node, dialect.other_type_attribute), message, hint);
    }
    let kind = kind.or_else(|| any_attribute(node, dialect.other_type_attribute));
    // Every item that launches the resource would look at its address again.
    let external = href.is_some_and(|href| href.len() <= LONGEST && address::target(&base, href) == Target::External);
    Resource { node, kind, base, href, file, external }
}

fn dependencies(root: Node, known: &BTreeSet<&str>, report: &mut Report) {
    for node in root.descendants().filter(|node| node.tag_name().name() == "dependency") {
        if let Some(wanted) = node.attribute("identifierref").filter(|wanted| !known.contains(wanted)) {
            let message = format!("no resource has the identifier `{}`", shortened(wanted));
            report.at(&rules::REFERENCE, place(node, "identifierref"), message);
        }
    }
}

/// The first element and the first attribute with another prefix than the usual one.
fn prefixes(root: Node, text: &str, report: &mut Report) {
    let packaging = root.tag_name().namespace();
    let usual = |namespace: &str| {
        let known = [("adlcp", "adlcp"), ("adlseq", "adlseq"), ("adlnav", "adlnav"), ("imsss", "imsss")];
        known.iter().find(|(part, _)| namespace.contains(&format!("/{part}"))).map(|(_, prefix)| *prefix)
    };
    for node in root.descendants().filter(Node::is_element) {
        let written = reader::written(text, node);
        let prefix = written.split_once(':').map_or("", |(prefix, _)| prefix);
        let namespace = node.tag_name().namespace();
        let wanted = if namespace == packaging { Some("") } else { namespace.and_then(usual) };
        if let Some(wanted) = wanted.filter(|wanted| *wanted != prefix) {
            let usual = if wanted.is_empty() { "no prefix".to_owned() } else { format!("the prefix `{wanted}`") };
            return report.at(&rules::PREFIX, node.range().start, format!("`{written}` usually has {usual}"));
        }
        for attribute in node.attributes() {
            let range = attribute.range_qname();
            let written = text.get(range.clone()).unwrap_or_default();
            let prefix = written.split_once(':').map_or("", |(prefix, _)| prefix);
            if let Some(wanted) = attribute.namespace().and_then(usual).filter(|wanted| *wanted != prefix) {
                return report.at(
                    &rules::PREFIX,
                    range.start,
                    format!("`{written}` usually has the prefix `{wanted}`"),
                );
            }
        }
    }
}

/// The first numeric reference outside comments and CDATA.
fn numeric_reference(text: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    while let Some(found) = text[at..].find(['<', '&']).map(|found| at + found) {
        let rest = &text[found..];
        let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>")].iter().find(|(begin, _)| rest.starts_with(begin));
        at = match skipped {
            Some((_, end)) => found + rest.find(end)?,
            None if rest.starts_with("&#") => return Some((found, &rest[..=rest.find(';')?])),
            None => found + 1,
        };
    }
    None
}

/// Records in files of their own, beside the manifest's own record.
fn metadata_files(root: Node, names: &Names, report: &mut Report, judged: &mut Judged) {
    for node in root.descendants().filter(|node| node.tag_name().name() == "metadata") {
        for location in children(node, "location") {
            let path = reader::content(location);
            let Target::Inside(file) = address::target("", path.trim()) else { continue };
            match names.seek(&file) {
                Sought::There | Sought::Unknown => {}
                _ => {
                    let message = format!("`{}` is not in the package", shortened(&path));
                    report.at(&rules::METADATA_LOCATION, location.range().start, message);
                }
            }
            judged.listed.insert(file);
        }
    }
}

fn types(resources: &BTreeMap<&str, Resource>, used: &BTreeSet<&str>, dialect: &Dialect, report: &mut Report) {
    for (identifier, resource) in resources.iter().filter(|(_, resource)| resource.kind.is_none()) {
        let launched = used.contains(identifier) && resource.href.is_some();
        let rule = if launched { &rules::SCORM_TYPE_MISSING } else { &rules::SCORM_TYPE_ELSEWHERE };
        let message = format!("the resource `{}` has no `adlcp:{}`", shortened(identifier), dialect.type_attribute);
        report.at(rule, resource.node.range().start, message);
    }
}

fn launches(root: Node, resources: &BTreeMap<&str, Resource>, package: &Package, report: &mut Report, judged: &Judged) {
    let organized = package.items.iter().any(|item| !item.organization);
    if organized && judged.launches.is_empty() {
        let leads = package.items.iter().any(|item| item.node.attribute("identifierref").is_some());
        if !leads {
            let place = child(root, "organizations").map_or(0, |list| list.range().start);
            report.at(&rules::NOTHING_TO_LAUNCH, place, "no item refers to a resource");
        }
    }
    if judged.launches.len() > 1 {
        let message = format!("{} things are launched one by one", judged.launches.len());
        let place = child(root, "organizations").map_or(0, |list| list.range().start);
        report.at(&rules::SEVERAL_SCOS, place, message);
    }
    let first = child(root, "resources")
        .and_then(|list| children(list, "resource").find(|node| node.attribute("href").is_some()));
    let launched = package.items.iter().find_map(|item| resources.get(item.node.attribute("identifierref")?));
    if let (Some(first), Some(launched)) = (first, launched)
        && launched.href.is_some()
        && first != launched.node
    {
        report.at(&rules::OPEN_EDX_LAUNCH, first.range().start, "the first resource is not the one to launch");
    }
}

/// Files that no resource lists. Schemas and other descriptions of packages are none.
fn unlisted(root: Node, names: &Names, report: &mut Report, judged: &Judged) {
    let control = |name: &str| {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        ["xsd", "dtd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
            || matches!(name, "imsmanifest.xml" | "tincan.xml" | "cmi5.xml")
            || name.ends_with('/')
    };
    let left: Vec<&str> = names
        .exact
        .iter()
        .filter(|name| !judged.listed.contains(*name) && !control(name))
        .map(String::as_str)
        .collect();
    if let Some(first) = left.first() {
        let more = match left.len() - 1 {
            0 => String::new(),
            1 => ", nor does another".to_owned(),
            others => format!(", nor do {others} others"),
        };
        let place = child(root, "resources").map_or(0, |list| list.range().start);
        report.at(&rules::FILE_NOT_LISTED, place, format!("`{}` stands in no `file`{more}", shortened(first)));
    }
}
