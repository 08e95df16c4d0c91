//! Addresses taken apart, and references of pages resolved inside a package (RFC 3986, 5.2).

use std::borrow::Cow;

/// The most bytes of a base: every reference is joined with it.
pub(super) const LONGEST_BASE: usize = 2_000;

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Elsewhere {
    /// To another origin: its scheme and host.
    Host {
        /// In small letters; empty where the page's own is taken (`//host`).
        scheme: String,
        /// Without user and port.
        host: String,
    },
    /// To a file on a disk.
    Disk,
    /// Out of the package, by `..` or a leading slash.
    Outside,
    /// To nothing that could be looked up: a fragment, `data:`, `mailto:`, or a text that a script fills in.
    Nowhere,
}

/// The path in the package that `reference` of a file in `folder` (empty, or ending in `/`) leads to; `None` for the
/// folder of the package itself.
pub(super) fn resolve(folder: &str, reference: &str) -> Result<Option<String>, Elsewhere> {
    let reference = reference.trim();
    let is_filled_in = ["{{", "${", "<%", "{%"].iter().any(|mark| reference.contains(mark));
    if reference.is_empty() || reference.starts_with(['#', '?']) || is_filled_in {
        return Err(Elsewhere::Nowhere);
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return Err(Elsewhere::Host { scheme: String::new(), host: host(rest) });
    }
    if let Some((scheme, rest)) = scheme(reference) {
        return Err(match scheme.as_str() {
            "http" | "https" | "ws" | "wss" => {
                Elsewhere::Host { host: host(rest.trim_start_matches(['/', '\\'])), scheme }
            }
            "file" => Elsewhere::Disk,
            // A drive letter.
            _ if scheme.len() == 1 => Elsewhere::Disk,
            _ => Elsewhere::Nowhere,
        });
    }
    // Browsers take a backslash in an address of the web for a slash.
    let path = decode(without_query(reference));
    let path = if path.contains('\\') { Cow::Owned(path.replace('\\', "/")) } else { path };
    if path.starts_with('/') {
        return Err(Elsewhere::Outside);
    }
    // As a text and not as a list: a folder can be ten thousand deep, and have a million references in it.
    let mut resolved = folder.trim_matches('/').to_owned();
    if resolved.contains("//") {
        resolved = resolved.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if resolved.is_empty() => return Err(Elsewhere::Outside),
            ".." => resolved.truncate(resolved.rfind('/').unwrap_or(0)),
            part => {
                if !resolved.is_empty() {
                    resolved.push('/');
                }
                resolved.push_str(part);
            }
        }
    }
    if path.ends_with('/') || path.ends_with("/.") || path.ends_with("..") || path == "." {
        resolved.push('/');
    }
    Ok((resolved != "/").then_some(resolved))
}

/// The folder of a file: empty, or ending in `/`.
pub(super) fn folder(name: &str) -> &str {
    name.rfind('/').map_or("", |slash| &name[..=slash])
}

/// The path of an address, without query and fragment.
pub(super) fn without_query(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or(address)
}

/// The scheme that an address begins with, in small letters, and what comes after it (RFC 3986, 3.1); that of a single
/// letter is a drive.
pub(super) fn scheme(reference: &str) -> Option<(String, &str)> {
    let (scheme, rest) = reference.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

fn host(rest: &str) -> String {
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default().to_ascii_lowercase()
}

/// A path with its escapes taken for what they stand for; bytes that make no text become replacement characters.
pub(super) fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let bytes = path.as_bytes();
    let digit =
        |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push(high * 16 + low);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&decoded).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_as_browsers_do() {
        let inside = |path: &str| Ok(Some(path.to_owned()));
        for (folder, reference, path) in [
            ("", "index.html", "index.html"),
            ("a/b/", "../c.png?x=1#y", "a/c.png"),
            ("a/", "./d%20e.png", "a/d e.png"),
            ("a/", "img\\f.png", "a/img/f.png"),
            ("a/", "g/", "a/g/"),
            ("a//b/", "../../c", "c"),
        ] {
            assert_eq!(resolve(folder, reference), inside(path), "{reference}");
        }
        assert_eq!(resolve("", "../x"), Err(Elsewhere::Outside));
        assert_eq!(resolve("", "/x"), Err(Elsewhere::Outside));
        assert_eq!(resolve("a/", ".."), Ok(None));
        assert_eq!(resolve("", "C:/x.png"), Err(Elsewhere::Disk));
        assert_eq!(resolve("", "mailto:a@b"), Err(Elsewhere::Nowhere));
        let host = |scheme: &str| Elsewhere::Host { scheme: scheme.to_owned(), host: "example.org".to_owned() };
        assert_eq!(resolve("", "HTTP://u@Example.org:80/x"), Err(host("http")));
        assert_eq!(resolve("", "//example.org/x"), Err(host("")));
    }
}
