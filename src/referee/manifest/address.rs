//! Addresses in manifests, and the files that they lead to.

use super::grammar::shortened;
use super::reader::{self, Node};
use super::{Names, Report, Sought, rules};
use crate::referee::paths::{self, decode, without_query};
use std::borrow::Cow;

/// The most bytes of an address. SCORM 1.2 CAM 2.3 allows 2,000 characters; several items can share one.
pub(super) const LONGEST: usize = 2_000;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a file of the package, by its decoded name.
    Inside(String),
    /// To another server.
    External,
    /// To the root of the server that serves the package.
    Root(String),
    /// Above the package's root.
    Outside,
}

/// Where `href` leads from `base`, a folder of the package or an address.
pub(super) fn target(base: &str, href: &str) -> Target {
    if has_scheme(href) || href.starts_with("//") {
        return Target::External;
    }
    if let Some(path) = href.strip_prefix('/') {
        return Target::Root(decode(without_query(path)).into_owned());
    }
    if has_scheme(base) || base.starts_with("//") {
        return Target::External;
    }
    let path = format!("{}{}", base.trim_start_matches('/'), without_query(href));
    let path = path.replace('\\', "/");
    let mut folders: Vec<Cow<str>> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                if folders.pop().is_none() {
                    return Target::Outside;
                }
            }
            _ => folders.push(decode(segment)),
        }
    }
    Target::Inside(folders.join("/"))
}

/// Whether a text begins with a scheme (RFC 3986, 3.1). A letter of a drive is none.
pub(super) fn has_scheme(text: &str) -> bool {
    paths::scheme(text).is_some_and(|(scheme, _)| scheme.len() > 1)
}

/// Whether a text is an absolute IRI, as ids must be.
pub(super) fn is_iri(text: &str) -> bool {
    let rest = text.split_once(':').map_or("", |(_, rest)| rest);
    let foreign =
        |sign: char| sign.is_whitespace() || matches!(sign, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
    has_scheme(text) && !rest.trim_matches('/').is_empty() && !text.contains(foreign)
}

/// Says that a text is too long to be an address, or a part of one.
pub(super) fn too_long(place: usize, text: &str, report: &mut Report) {
    let message = format!("the address `{}` has {} bytes, more than {LONGEST}", shortened(text), text.len());
    report.at(&rules::TOO_LARGE, place, message);
}

/// Says what is wrong with the address in `attribute` of `node` (its text, if that is empty), and gives the file that it
/// leads to.
pub(super) fn check(
    node: Node,
    attribute: &str,
    (base, href): (&str, &str),
    names: &Names,
    report: &mut Report,
) -> Option<String> {
    let place = reader::place(node, attribute);
    if href.len() > LONGEST {
        too_long(place, href, report);
        return None;
    }
    let shown = shortened(href);
    if href.contains('\\') {
        let hint = format!("write `{}`", shortened(&href.replace('\\', "/")));
        report.advise(&rules::HREF_BACKSLASH, place, format!("`{shown}` has a backslash"), hint);
    } else if let Some(sign) =
        href.chars().find(|sign| sign.is_whitespace() || sign.is_control() || "<>\"{}|^`".contains(*sign))
    {
        let message = format!(
            "`{shown}` holds {}",
            if sign.is_whitespace() { "a blank".to_owned() } else { format!("`{sign}`") }
        );
        report.at(&rules::HREF_CHARACTERS, place, message);
    }
    let file = match target(base, href) {
        Target::External => return None,
        Target::Root(file) => {
            report.advise(
                &rules::HREF_ROOT,
                place,
                format!("`{shown}` begins with a slash"),
                format!("write `{}`", shortened(href.trim_start_matches('/'))),
            );
            file
        }
        Target::Outside => {
            report.at(&rules::HREF_OUTSIDE, place, format!("`{shown}` leads out of the package"));
            return None;
        }
        Target::Inside(file) => file,
    };
    // What is only listed is missed where a page loads it; what is launched is an empty page.
    let (missing, otherwise) = match node.tag_name().name() {
        "file" => (&rules::LISTED_MISSING, &rules::LISTED_CASE),
        _ => (&rules::HREF_MISSING, &rules::HREF_CASE),
    };
    // A name may really hold what looks like an escape.
    let literal = format!("{base}{}", without_query(href));
    match names.seek(&file) {
        Sought::There | Sought::Unknown => Some(file),
        _ if names.seek(&literal) == Sought::There => Some(literal),
        Sought::Otherwise(other) => {
            let message = format!("`{shown}` is named `{}` in the package", shortened(other));
            report.at(otherwise, place, message);
            Some(other.to_owned())
        }
        Sought::Missing => {
            report.at(missing, place, format!("`{shown}` is not in the package"));
            None
        }
    }
}
