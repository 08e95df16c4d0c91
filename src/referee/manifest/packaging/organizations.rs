//! The tree of organizations and items, and what its items launch.

use super::{Item, Resource, Walk, of_time};
use crate::referee::manifest::address::{self, LONGEST};
use crate::referee::manifest::grammar::shortened;
use crate::referee::manifest::reader::{self, Node, child, children, place, said};
use crate::referee::manifest::{Identifier, Launch, Part, rules};

impl<'a, 'i: 'a> Walk<'_, 'a, 'i, '_> {
    pub(super) fn organizations(&mut self, root: Node<'a, 'i>) {
        let Some(list) = child(root, "organizations") else { return self.resources_alone(root) };
        let all: Vec<Node> = children(list, "organization").collect();
        let default = list.attribute("default");
        let chosen = all.iter().find(|node| default.is_some() && node.attribute("identifier") == default);
        if all.is_empty() {
            self.report.at(&rules::NO_ORGANIZATION, list.range().start, "`organizations` is empty");
            self.resources_alone(root);
        } else if default.is_none() {
            self.report.at(&rules::NO_DEFAULT_ORGANIZATION, list.range().start, "`organizations` has no `default`");
        } else if let (None, Some(default)) = (chosen, default) {
            let message = format!("no organization has the identifier `{}`", shortened(default));
            self.report.at(&rules::DEFAULT_ORGANIZATION, place(list, "default"), message);
        }
        if let Some(second) = all.get(1) {
            let message = format!("the manifest has {} organizations", all.len());
            self.report.at(&rules::ORGANIZATIONS, second.range().start, message);
        }
        self.judged.title = chosen.or(all.first()).and_then(|node| said(*node, "title"));
        for node in all {
            let part = self.part(node, "organization");
            self.judged.structure.push(part);
            if children(node, "item").next().is_none() {
                self.report.at(&rules::NO_ITEMS, node.range().start, "the organization has no item");
            }
        }
    }

    /// Without organizations, LMSs that take the package launch its resources (seen in Moodle 4.2: an entry for each).
    fn resources_alone(&mut self, root: Node<'a, 'i>) {
        let list = child(root, "resources");
        for node in list.into_iter().flat_map(|list| children(list, "resource")) {
            let identifier = node.attribute("identifier").unwrap_or_default();
            let Some(launch) = self.resources.get(identifier).and_then(|resource| self.opened(resource, "", node))
            else {
                continue;
            };
            self.judged.launches.push(launch.clone());
            self.judged.structure.push(Part {
                kind: "resource",
                identifier: identifier.to_owned(),
                title: None,
                launch: Some(launch),
                settings: Vec::new(),
                parts: Vec::new(),
            });
        }
    }

    fn part(&mut self, node: Node<'a, 'i>, kind: &'static str) -> Part {
        let identifier = node.attribute("identifier").unwrap_or_default();
        self.judged.identifiers.push(Identifier { of: kind, value: identifier.to_owned() });
        self.package.identifiers.insert(identifier);
        self.named(node, identifier);
        let inside: Vec<Node> = children(node, "item").collect();
        let launch = (kind == "item").then(|| self.launch(node, !inside.is_empty())).flatten();
        let resource = node.attribute("identifierref").and_then(|wanted| self.resources.get(wanted));
        let leads = kind == "item" && resource.is_some();
        let sco = leads && resource.is_some_and(|resource| resource.kind == Some("sco"));
        self.package.items.push(Item { node, sco, inside: inside.len(), organization: kind == "organization" });
        if node.attribute("identifierref").is_none() {
            for name in self.dialect.settings {
                if let Some(setting) = child(node, name) {
                    let message = format!("`{name}` stands on an {kind} that launches nothing");
                    self.report.at(&rules::NOT_ON_A_SCO, setting.range().start, message);
                }
            }
        }
        for name in self.dialect.settings {
            if let Some(second) = children(node, name).nth(1) {
                self.report.at(&rules::SETTING_TWICE, second.range().start, format!("`{name}` stands there twice"));
            }
        }
        let title = said(node, "title").filter(|title| !title.is_empty());
        self.judged.launches.extend(launch.clone());
        let parts = inside.into_iter().map(|item| self.part(item, "item")).collect();
        let settings = reader::settings(node, self.dialect.judging, &[]);
        Part { kind, identifier: identifier.to_owned(), title, launch, settings, parts }
    }

    fn named(&mut self, node: Node, identifier: &str) {
        let name = node.tag_name().name();
        match said(node, "title") {
            None => self.report.at(&rules::TITLE_MISSING, node.range().start, format!("the {name} has no title")),
            Some(title) if title.is_empty() => {
                self.report.at(&rules::TITLE_MISSING, node.range().start, format!("the {name}'s title is empty"));
            }
            Some(title) if title.chars().count() > 255 => {
                let message = format!("the title has {} characters", title.chars().count());
                self.report.at(&rules::TITLE_LONG, node.range().start, message);
            }
            Some(_) => {}
        }
        if identifier.chars().count() > 255 {
            self.report.at(
                &rules::TITLE_LONG,
                place(node, "identifier"),
                "the identifier has more than 255 characters",
            );
        }
        if of_time(identifier) {
            let message = format!("`{}` looks like a moment in time", shortened(identifier));
            self.report.at(&rules::IDENTIFIER_OF_TIME, place(node, "identifier"), message);
        }
    }

    fn launch(&mut self, node: Node<'a, 'i>, parent: bool) -> Option<Launch> {
        let wanted = node.attribute("identifierref")?;
        if parent {
            self.report.at(&rules::REFERENCE_OF_PARENT, place(node, "identifierref"), "the item also has items in it");
        }
        let Some(resource) = self.resources.get(wanted) else {
            if !self.known.contains(wanted) {
                let message = format!("no resource has the identifier `{}`", shortened(wanted));
                self.report.at(&rules::REFERENCE, place(node, "identifierref"), message);
            }
            return None;
        };
        let first = self.used.insert(wanted);
        let Some(href) = resource.href else {
            if first {
                let message = format!("the resource `{}` has no href", shortened(wanted));
                self.report.at(&rules::NO_HREF, resource.node.range().start, message);
            }
            return None;
        };
        let external = resource.external;
        if external && first && resource.kind == Some("sco") {
            let message = format!("`{}` is on another server", shortened(href));
            self.report.at(&rules::HREF_EXTERNAL, place(resource.node, "href"), message);
        }
        if !external && first && href.contains(['?', '#']) {
            let message = format!("`{}` is more than a file's name", shortened(href));
            self.report.at(&rules::HREF_QUERY, place(resource.node, "href"), message);
        }
        let mut parameters = node.attribute("parameters").unwrap_or_default();
        if parameters.len() > LONGEST {
            address::too_long(place(node, "parameters"), parameters, self.report);
            parameters = "";
        }
        self.opened(resource, parameters, node)
    }

    /// What an LMS opens of a resource; none where its address, or all of them together, would be too long.
    fn opened(&mut self, resource: &Resource, parameters: &str, node: Node) -> Option<Launch> {
        let href = resource.href?;
        let bytes = resource.base.len() + href.len() + parameters.len();
        if href.len() > LONGEST || !self.affords(bytes, node) {
            return None;
        }
        let plain = format!("{}{href}", if address::has_scheme(href) { "" } else { &resource.base });
        Some(Launch {
            file: resource.file.clone(),
            url: with_parameters(plain, parameters),
            sco: resource.kind == Some("sco"),
        })
    }

    /// Whether an address of so many bytes is still taken; the first that is not is said.
    fn affords(&mut self, bytes: usize, node: Node) -> bool {
        let left = self.left.checked_sub(bytes);
        if left.is_none() && self.left > 0 {
            let message = "the addresses that items launch have more bytes than any manifest needs";
            self.report.at(&rules::TOO_LARGE, node.range().start, message);
        }
        self.left = left.unwrap_or_default();
        left.is_some()
    }
}

/// Joins an address with an item's parameters as the standard does (SCORM 2004 CAM 3.4, parameters).
fn with_parameters(address: String, parameters: &str) -> String {
    let rest = parameters.trim_start_matches(['?', '&']);
    if rest.is_empty() {
        return address;
    }
    let (path, fragment) = address.split_once('#').map_or((address.as_str(), ""), |(path, fragment)| (path, fragment));
    if rest.starts_with('#') {
        return if fragment.is_empty() { format!("{path}{rest}") } else { address };
    }
    let sign = if path.contains('?') { '&' } else { '?' };
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    format!("{path}{sign}{rest}{fragment}")
}
