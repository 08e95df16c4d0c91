//! What single values mean: identifiers, tags, licences, durations. Pure functions, one value each.

use crate::catalogue;
use crate::code;
use crate::colour::{Colour, Scheme};
use crate::course::Duration;
use crate::diagnostic::{Diagnostic, Span};
use crate::keys::Spanned;
use crate::language::Language;
use crate::license::License;
use crate::text;

type Meaning<T> = Result<T, Diagnostic>;

fn wrong(at: &Spanned<String>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&code::WRONG_VALUE, at.span, message)
}

/// An absolute IRI (RFC 3987), as xAPI and cmi5 want it: LMSs that validate a package refuse another one.
pub(super) fn course_id(id: Spanned<String>) -> Meaning<Spanned<String>> {
    let (scheme, rest) = id.value.split_once(':').unwrap_or_default();
    let scheme_ok = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b));
    let rest_ok =
        rest.len() > 2 && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c));
    // RFC 9110, section 4.2: an address of the web has a host.
    let host_ok = !matches!(scheme, "http" | "https")
        || rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']));
    if scheme_ok && rest_ok && host_ok {
        return match misplaced_sign(rest) {
            Some((message, hint)) => Err(wrong(&id, message).hint(hint)),
            None => Ok(id),
        };
    }
    let joined = id.value.split_whitespace().collect::<Vec<_>>().join("-");
    if joined != id.value
        && let (Some(span), Ok(fixed)) = (id.span, course_id(Spanned { value: joined, span: None }))
    {
        let fixed = format!("\"{}\"", fixed.value);
        return Err(wrong(&id, "the id of a course is an address, and has no spaces").fix("for example", span, fixed));
    }
    let hint =
        "write an address that you own, such as \"https://www.example.org/courses/data\"; it need not lead anywhere";
    Err(wrong(&id, "the id of a course is an absolute address (IRI)").hint(hint))
}

/// A sign that means something in an IRI, and not what it says there (RFC 3986, sections 2.1 and 3).
fn misplaced_sign(iri: &str) -> Option<(&'static str, &'static str)> {
    let is_escape = |rest: &str| rest.len() > 1 && rest.as_bytes().iter().take(2).all(u8::is_ascii_hexdigit);
    if iri.matches('#').count() > 1 {
        return Some(("the id of a course has one # at most", "write a hyphen instead of the other"));
    }
    if iri.contains(['[', ']']) {
        return Some(("the id of a course has no square brackets", "leave them out"));
    }
    let escaped = iri.split('%').skip(1).all(is_escape);
    (!escaped).then_some((
        "the id of a course has a % that stands for nothing",
        "leave it out, or write %25 for a percent sign",
    ))
}

pub(super) fn name(name: &Spanned<String>) -> Meaning<String> {
    let fits = text::ascii_slug(&name.value, 64) == name.value;
    if fits {
        return Ok(name.value.clone());
    }
    let slug = text::ascii_slug(&name.value, 64);
    let diagnostic = wrong(name, "the name has only lower-case letters a to z, digits and single hyphens");
    Err(match name.span {
        Some(span) if !slug.is_empty() => diagnostic.fix("for example", span, format!("\"{slug}\"")),
        _ => diagnostic,
    })
}

pub(super) fn version(version: &Spanned<String>) -> Meaning<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    if version.value.starts_with(|c: char| c.is_ascii_alphanumeric()) && version.value.chars().all(allowed) {
        return Ok(version.value.clone());
    }
    Err(wrong(version, "the version has only letters a to z, digits, dots, hyphens and underscores")
        .hint("for example: \"1.2.0\""))
}

pub(super) fn language(tag: &Spanned<String>) -> Meaning<Language> {
    let meant = Language::meant(&tag.value);
    if let (Some(language), None) = (Language::parse(&tag.value), &meant) {
        return Ok(language);
    }
    let message = match Language::parse(&tag.value) {
        Some(_) => format!("`{}` is a code of three letters, and the language has one of two", tag.value),
        None => format!("`{}` is no language tag", tag.value),
    };
    let diagnostic = wrong(tag, message);
    Err(match (tag.span, meant) {
        (Some(span), Some(meant)) => {
            let advice = format!("did you mean `{}`?", meant.tag());
            diagnostic.fix(advice, span, format!("\"{}\"", meant.tag()))
        }
        _ => diagnostic.hint("for example: fr, en, pt-BR (BCP 47)"),
    })
}

/// A language that the course is in and the interface is not.
pub(super) fn interface_language(language: &Language, span: Option<Span>) -> Option<Diagnostic> {
    let spoken = catalogue::all().map(|catalogue| catalogue.language);
    (!spoken.contains(&language.primary())).then(|| {
        let message = format!("buttons and messages will be in English: cartable speaks {}", spoken.join(" and "));
        let hint = "nothing to do: they are marked as English, and screen readers change their voice";
        Diagnostic::new(&code::INTERFACE_LANGUAGE, span, message).hint(hint)
    })
}

/// A contact that gives no address, and no number to call.
pub(super) fn contact(contact: &Spanned<String>) -> Option<Diagnostic> {
    let text = &contact.value;
    let dotted = |word: &str| word.trim_matches(['.', ',', ';', ':', '(', ')']).contains('.');
    let reachable = text.contains(['@', '/'])
        || text.split_whitespace().any(dotted)
        || text.chars().filter(char::is_ascii_digit).count() >= 4;
    (!reachable).then(|| {
        let message = "this is no address, so learners who meet a barrier cannot tell anybody";
        let hint = "write an e-mail address, a web address or a telephone number: contact = \"access@example.org\"";
        Diagnostic::new(&code::CONTACT_UNREACHABLE, contact.span, message).hint(hint)
    })
}

/// The https address of a folder or a document on the web; a folder gets its `/`.
pub(super) fn web_address(address: &Spanned<String>) -> Meaning<String> {
    if let Some(whole) = whole_address(&address.value) {
        let Some(folder) = whole.strip_suffix("/index.html") else {
            return Ok(whole);
        };
        let message = "every server shows index.html to those who ask for the folder: two addresses would be one page";
        let diagnostic = wrong(address, message);
        return Err(match address.span {
            Some(span) => diagnostic.fix("write the address of the folder", span, format!("\"{folder}/\"")),
            None => diagnostic.hint(format!("write the address of the folder: \"{folder}/\"")),
        });
    }
    let bare = address.value.split(['?', '#']).next().unwrap_or_default();
    let meant = whole_address(bare)
        .or_else(|| whole_address(&format!("https://{}", bare.strip_prefix("http://").unwrap_or(bare))));
    let diagnostic = wrong(address, "this is not the whole address of a place on the web");
    Err(match (address.span, meant) {
        (Some(span), Some(meant)) => diagnostic.fix("did you mean this one?", span, format!("\"{meant}\"")),
        _ => diagnostic.hint("write it from https:// on, such as \"https://www.example.org/courses/data/\""),
    })
}

/// RFC 9110, section 4.2.2, without a user, a query or a fragment.
fn whole_address(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let port_ok = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let host_ok = name.contains('.') && !name.starts_with('.') && !name.contains('@') && port_ok;
    let readable = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'{}|\\^`?#".contains(c);
    if !host_ok || !rest.chars().all(readable) {
        return None;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_document = last.contains('.');
    Some(if is_document || text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}

pub(super) fn license(id: &Spanned<String>) -> Meaning<License> {
    License::find(&id.value).ok_or_else(|| {
        let prefix = id.value.to_lowercase();
        let near: Vec<String> =
            License::all().map(|l| l.id).filter(|known| known.to_lowercase().starts_with(&prefix)).collect();
        let list = if near.is_empty() {
            "CC-BY-4.0, CC-BY-SA-4.0, CC-BY-NC-4.0, CC0-1.0, etalab-2.0, …".to_owned()
        } else {
            near.join(", ")
        };
        let message = format!("`{}` is no licence that cartable knows", id.value);
        wrong(id, message)
            .hint(format!("write an SPDX identifier: {list}"))
            .hint("without the line, all rights are reserved")
    })
}

/// A colour, as the key called `key` takes it.
pub(super) fn colour(key: &str, colour: Spanned<String>) -> Meaning<Spanned<String>> {
    match Colour::parse(&colour.value) {
        None => {
            let hint = format!("for example: {key} = \"#1f5fa8\"");
            Err(wrong(&colour, "a colour is written #rrggbb").hint(hint))
        }
        Some(_) => Ok(colour),
    }
}

/// An accent that is hard to read in a scheme (WCAG 2.2, 1.4.3: a contrast of 4.5 to 1).
pub(super) fn accent_contrast(accent: &Spanned<String>, scheme: Scheme) -> Option<Diagnostic> {
    let contrast = scheme.contrast(Colour::parse(&accent.value)?);
    let (word, hint) = match scheme {
        Scheme::Light => ("light", "choose a darker colour"),
        Scheme::Dark => ("dark", "choose a lighter colour, or remove the line: one is then made from accent"),
    };
    (contrast < 4.5).then(|| {
        // Rounded down: 4.49 is not enough.
        let shown = (contrast * 10.0).floor() / 10.0;
        let message = format!(
            "links and buttons of the colour {} have a contrast of {shown:.1} on {word} backgrounds; 4.5 is needed",
            accent.value
        );
        Diagnostic::new(&code::THEME_CONTRAST, accent.span, message).hint(hint)
    })
}

/// `10 min`, `5-10 min`, `1 h`, `1 h 30`, `1-2 h`.
pub(super) fn duration(text: &Spanned<String>) -> Meaning<Duration> {
    let unreadable =
        || wrong(text, "this duration cannot be read").hint("write for example: 10 min, 5-10 min, 1 h, 1 h 30");
    let compact: String = text.value.to_lowercase().replace(['–', '—'], "-").split_whitespace().collect();
    let (min, max) = match compact.split_once('-') {
        None => (minutes(&compact), minutes(&compact)),
        Some((low, high)) => {
            let unit = high.trim_start_matches(|c: char| c.is_ascii_digit());
            let low = if low.bytes().all(|b| b.is_ascii_digit()) { format!("{low}{unit}") } else { low.to_owned() };
            (minutes(&low), minutes(high))
        }
    };
    let (Some(min), Some(max)) = (min, max) else {
        return Err(unreadable());
    };
    if min > max || max == 0 || max > 6000 {
        return Err(wrong(text, "this duration goes from more to less, or is nothing")
            .hint("write the shorter time first: 5-10 min"));
    }
    Ok(Duration { min, max })
}

fn minutes(text: &str) -> Option<u32> {
    let number = |digits: &str| (!digits.is_empty() && digits.len() <= 4).then(|| digits.parse::<u32>().ok()).flatten();
    if let Some((hours, rest)) = text.split_once('h') {
        let rest = rest.trim_start_matches("ours").trim_start_matches("our").trim_end_matches("min");
        let extra = if rest.is_empty() { 0 } else { number(rest)? };
        return Some(number(hours)? * 60 + extra);
    }
    let digits =
        text.strip_suffix("minutes").or_else(|| text.strip_suffix("min")).or_else(|| text.strip_suffix("mn"))?;
    number(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Spanned<String> {
        Spanned { value: text.to_owned(), span: None }
    }

    #[test]
    fn durations_are_read_in_minutes() {
        for (text, min, max) in [
            ("5-10 min", 5, 10),
            ("10 min", 10, 10),
            ("1 h", 60, 60),
            ("1 h 30", 90, 90),
            ("1-2 h", 60, 120),
            ("45 min – 1 h", 45, 60),
        ] {
            assert_eq!(duration(&given(text)).ok(), Some(Duration { min, max }), "{text}");
        }
        for bad in ["ten minutes", "10", "0 min", "10-5 min", "1 h 30 s", "99999 min", "-5 min"] {
            assert!(duration(&given(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn addresses_on_the_web_are_whole_and_end_in_a_folder_or_a_document() {
        for (good, whole) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org:8443/a", "https://example.org:8443/a/"),
            ("https://example.org/a", "https://example.org/a/"),
            ("https://example.org/a/", "https://example.org/a/"),
            ("https://example.org/a/b.html", "https://example.org/a/b.html"),
            ("https://exemple.fr/été", "https://exemple.fr/été/"),
        ] {
            assert_eq!(web_address(&given(good)).ok().as_deref(), Some(whole), "{good}");
        }
        for bad in [
            "",
            "example",
            "/a/",
            "http://example.org",
            "https://",
            "https:///a",
            "https://a b.org/",
            "ftp://example.org",
            "https://example.org/?a=1",
            "https://example.org/#a",
            "https://me@example.org/",
            "https://example.org:/",
            "https://example.org:99999/",
            "https://example.org/a/index.html",
            "https://example.org/\"x",
        ] {
            assert!(web_address(&given(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn course_ids_are_absolute_iris() {
        for good in [
            "https://example.org/a",
            "urn:uuid:0b1c",
            "http://exemple.fr/été",
            "https://example.org/a%20b?c=1#d",
            "tag:example.org,2026:a",
        ] {
            assert!(course_id(given(good)).is_ok(), "{good}");
        }
        for bad in [
            "example.org/a",
            "",
            "https:",
            "my course",
            "https://a b",
            "1http://x",
            "https:/example.org",
            "https:///a",
            "https:example.org",
            "https://example.org/a#b#c",
            "https://example.org/100%",
            "https://example.org/%é0",
            "https://example.org/[a]",
        ] {
            assert!(course_id(given(bad)).is_err(), "{bad}");
        }
    }
}
