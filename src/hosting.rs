//! Sites that host videos: whose address leads to which player.
//!
//! A player is chosen so that its site learns as little as it allows: no cookies before the video plays (YouTube), no
//! record of the visit (Vimeo).

/// A video on a site that is known.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hosted {
    /// The host, as people know it.
    pub(crate) site: String,
    /// The address of the player, for a frame.
    pub(crate) frame: String,
}

/// The addresses that are known, for an author who wrote another.
pub(crate) const KNOWN: &str = "https://www.youtube.com/watch?v=…, https://vimeo.com/…, \
    https://www.dailymotion.com/video/… and, of any PeerTube site, https://…/w/…";

/// The video at `address`, if its site and the form of the address are known.
pub(crate) fn find(address: &str) -> Option<Hosted> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let path: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let parameter = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let known = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(&host);
    match (known, path.as_slice()) {
        ("youtube.com", ["watch"]) => youtube(parameter("v")?),
        ("youtube.com", ["shorts" | "live" | "embed", id]) | ("youtu.be", [id]) => youtube(id),
        ("youtube-nocookie.com", ["embed", id]) => youtube(id),
        ("vimeo.com", [id]) | ("player.vimeo.com", ["video", id]) => vimeo(id, parameter("h")),
        ("vimeo.com", [id, key]) => vimeo(id, Some(key)),
        ("dailymotion.com", ["video", id]) | ("dai.ly", [id]) => dailymotion(id),
        (_, ["w", id] | ["videos", "watch" | "embed", id]) => peertube(&host, id),
        _ => None,
    }
}

fn youtube(id: &str) -> Option<Hosted> {
    let good = id.len() == 11 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    good.then(|| hosted("www.youtube.com", format!("https://www.youtube-nocookie.com/embed/{id}")))
}

fn vimeo(id: &str, key: Option<&str>) -> Option<Hosted> {
    let good = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let key = match key {
        Some(key) if is_plain(key) => format!("h={key}&"),
        Some(_) => return None,
        None => String::new(),
    };
    good.then(|| hosted("vimeo.com", format!("https://player.vimeo.com/video/{id}?{key}dnt=1")))
}

fn dailymotion(id: &str) -> Option<Hosted> {
    let frame = || format!("https://geo.dailymotion.com/player.html?video={id}");
    is_plain(id).then(|| hosted("www.dailymotion.com", frame()))
}

/// Any site may run PeerTube; its identifiers are UUIDs, long or short.
fn peertube(host: &str, id: &str) -> Option<Hosted> {
    let name = host.split(':').next().unwrap_or(host);
    let good_host = name.contains('.') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let good = (20..=36).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (good_host && good).then(|| hosted(name, format!("https://{name}/videos/embed/{id}")))
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn hosted(site: &str, frame: String) -> Hosted {
    Hosted { site: site.to_owned(), frame }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_are_found_from_the_addresses_that_people_copy() {
        for (address, frame) in [
            ("https://www.youtube.com/watch?v=abc-DEF_123&t=9", "https://www.youtube-nocookie.com/embed/abc-DEF_123"),
            ("https://m.youtube.com/watch?app=m&v=abc-DEF_123", "https://www.youtube-nocookie.com/embed/abc-DEF_123"),
            ("https://youtu.be/abc-DEF_123?si=x", "https://www.youtube-nocookie.com/embed/abc-DEF_123"),
            ("http://youtube.com/shorts/abc-DEF_123", "https://www.youtube-nocookie.com/embed/abc-DEF_123"),
            ("https://vimeo.com/1234567", "https://player.vimeo.com/video/1234567?dnt=1"),
            ("https://vimeo.com/1234567/0a1b2c", "https://player.vimeo.com/video/1234567?h=0a1b2c&dnt=1"),
            ("https://www.dailymotion.com/video/x7abc", "https://geo.dailymotion.com/player.html?video=x7abc"),
            ("https://dai.ly/x7abc", "https://geo.dailymotion.com/player.html?video=x7abc"),
            (
                "https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
                "https://tube.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv",
            ),
            (
                "https://tube.example.org/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
                "https://tube.example.org/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            ),
        ] {
            assert_eq!(find(address).map(|hosted| hosted.frame).as_deref(), Some(frame), "{address}");
        }
    }

    #[test]
    fn what_is_no_video_of_a_known_site_is_not_found() {
        for address in [
            "https://www.youtube.com/@channel",
            "https://www.youtube.com/watch?v=short",
            "https://www.youtube.com/watch?v=abc\"DEF_123",
            "https://vimeo.com/channels/staffpicks",
            "https://example.org/w/short",
            "https://exa mple.org/w/kkGMgK9ZtnKfYAgnEtQxbv",
            "https://example.org/video.html",
            "mailto:someone@example.org",
        ] {
            assert_eq!(find(address), None, "{address}");
        }
    }
}
