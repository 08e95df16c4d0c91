//! A document with all that it needs in one file: style, script, pictures, sound, captions and downloads.
//!
//! What a browser would fetch becomes a `data:` address (RFC 2397). The policy allows these, and of style and script
//! the very texts that stand in the file, by their hashes (CSP 3, section 2.3.1). Large files are not read here: they
//! stay parts, to be streamed where the file is written.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::load;
use crate::package::{Content, Files};

/// A stretch of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// A file of the package, written in base64.
    Encoded(Content),
}

/// The lines of `document.html` that load something.
const STYLE: &str = "<link rel=\"stylesheet\" href=\"style.css\">";
const SCRIPT: &str = "<script src=\"runtime.js\"></script>";
/// The policy for what they load.
const SOURCES: &str = "script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self';";

/// The parts of one file that holds `document` and what it uses of the package's `files`.
///
/// # Errors
/// [`Error::Io`] when a picture of the style sheet cannot be read.
pub(crate) fn parts(document: &str, files: &Files) -> Result<Vec<Part>, Error> {
    let style = style(&text(files, "style.css"), files)?;
    let script = text(files, "runtime.js");
    let policy = format!(
        "script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; media-src data:; font-src data:;",
        base64(&Sha256::digest(&script)),
        base64(&Sha256::digest(&style))
    );
    let [before, rest] = cut(document, SOURCES);
    let [head, rest] = cut(rest, STYLE);
    // The last: what an author writes stands before it.
    let [body, after] = rest.rsplit_once(SCRIPT).map_or([rest, ""], |(body, after)| [body, after]);
    let mut parts = vec![Part::Text(format!("{before}{policy}"))];
    inlined(head, files, &mut parts);
    parts.push(Part::Text(format!("<style>{style}</style>")));
    inlined(body, files, &mut parts);
    parts.push(Part::Text(format!("<script>{script}</script>{after}")));
    Ok(parts)
}

fn cut<'a>(text: &'a str, at: &str) -> [&'a str; 2] {
    text.split_once(at).map_or([text, ""], |(before, after)| [before, after])
}

/// A file of ours.
fn text(files: &Files, path: &str) -> String {
    match files.get(path) {
        Some(Content::Bytes(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        _ => unreachable!("{path} is in every package, as bytes"),
    }
}

/// The style sheet with its files in it: it must be whole, for its hash.
fn style(css: &str, files: &Files) -> Result<String, Error> {
    const OPEN: &str = "url(\"media/";
    // What an author writes into a comment could end the element.
    let css = css.replace("</", "<\\/");
    let mut pieces = css.split(OPEN);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_at(piece.find(['"', '#']).unwrap_or(0));
        let path = format!("media/{name}");
        match files.get(&path) {
            Some(content) => whole.push_str(&format!("url(\"data:{};base64,{}", kind(&path), base64(&bytes(content)?))),
            None => whole.push_str(&format!("{OPEN}{name}")),
        }
        whole.push_str(rest);
    }
    Ok(whole)
}

fn bytes(content: &Content) -> Result<Vec<u8>, Error> {
    match content {
        Content::Bytes(bytes) => Ok(bytes.clone()),
        Content::File(disk, _) => {
            let mut bytes = Vec::new();
            load::open(disk)?.read_to_end(&mut bytes).map_err(Error::io("read", disk))?;
            Ok(bytes)
        }
    }
}

/// HTML, or HTML within JSON, with what its attributes name in it. In texts no such attribute stands before an address
/// of ours: quotation marks are escaped there.
fn inlined(html: &str, files: &Files, parts: &mut Vec<Part>) {
    let mut rest = html;
    while let Some(at) = rest.find("media/") {
        let (before, from) = rest.split_at(at);
        let end = from.find(['"', '\'', '\\', '>', ' ', '\n', '#']).unwrap_or(from.len());
        let (path, after) = from.split_at(end);
        let opening = before.trim_end_matches(['"', '\'', '\\']);
        let content = files.get(path).filter(|_| ends_in_attribute(opening));
        let Some(content) = content else {
            parts.push(Part::Text(format!("{before}{path}")));
            rest = after;
            continue;
        };
        parts.push(Part::Text(format!("{before}data:{};base64,", kind(path))));
        parts.push(Part::Encoded(content.clone()));
        rest = after;
        // Such an address has no name of its own, under which a download could be kept.
        let quote = &before[opening.len()..];
        if let Some(end) = rest.strip_prefix(quote).and_then(|rest| rest.strip_prefix(" download"))
            && !end.starts_with('=')
        {
            let name = path.rsplit('/').next().unwrap_or(path);
            parts.push(Part::Text(format!("{quote} download={quote}{name}{quote}")));
            rest = end;
        }
    }
    parts.push(Part::Text(rest.to_owned()));
}

/// Whether a piece of HTML ends with the name of an attribute that loads or links, and its `=`.
fn ends_in_attribute(html: &str) -> bool {
    let named = ["src=", "href=", "poster="].into_iter().find_map(|attribute| html.strip_suffix(attribute));
    named.is_some_and(|before| before.ends_with(char::is_whitespace))
}

/// The media type of a file, by its ending (IANA's registry).
fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "vtt" => "text/vtt",
        "csv" => "text/csv",
        "txt" => "text/plain",
        "pdf" => "application/pdf",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// Writes what it is given in base64 (RFC 4648, section 4).
#[derive(Debug)]
pub(crate) struct Base64<W> {
    to: W,
    /// What does not make three bytes yet.
    rest: Vec<u8>,
}

impl<W: Write> Base64<W> {
    pub(crate) fn new(to: W) -> Self {
        Self { to, rest: Vec::new() }
    }

    /// Writes what is left, with its padding.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if self.rest.is_empty() { Ok(()) } else { self.to.write_all(&digits(&self.rest)) }
    }
}

impl<W: Write> Write for Base64<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        let whole = self.rest.len() - self.rest.len() % 3;
        let encoded: Vec<u8> = self.rest[..whole].chunks(3).flat_map(digits).collect();
        self.rest.drain(..whole);
        self.to.write_all(&encoded)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// The four characters of one to three bytes.
fn digits(bytes: &[u8]) -> [u8; 4] {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(bytes.get(at).copied().unwrap_or(0)));
    [0, 1, 2, 3].map(|at| if at > bytes.len() { b'=' } else { ALPHABET[(bits >> (18 - 6 * at) & 63) as usize] })
}

fn base64(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(digits).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::PackagePath;

    #[test]
    fn base64_is_that_of_the_rfc_however_it_is_cut() {
        // RFC 4648, section 10.
        let vectors =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, encoded) in vectors {
            assert_eq!(base64(plain.as_bytes()), encoded);
            let mut written = Vec::new();
            let mut writer = Base64::new(&mut written);
            for byte in plain.bytes() {
                writer.write_all(&[byte]).expect("a vector takes all");
            }
            writer.finish().expect("a vector takes all");
            assert_eq!(written, encoded.as_bytes());
        }
    }

    fn files() -> Files {
        let mut files = Files::default();
        for (path, text) in [
            ("media/a.png", "a"),
            ("media/b.svg", "b"),
            ("style.css", "p{background:url(\"media/b.svg#x\")}/*</style>*/"),
            ("runtime.js", "start();"),
        ] {
            let path = PackagePath::new(path).expect("good");
            files.insert(path, Content::Bytes(text.into()), "").expect("another");
        }
        files
    }

    fn shown(parts: &[Part]) -> String {
        let shown = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Encoded(content) => base64(&bytes(content).expect("in memory")),
        };
        parts.iter().map(shown).collect()
    }

    #[test]
    fn what_attributes_name_is_put_in_and_texts_stay() {
        for (html, expected) in [
            ("<img src=\"media/a.png\" alt=\"\">", "<img src=\"data:image/png;base64,YQ==\" alt=\"\">"),
            ("<img src='media/a.png'>", "<img src='data:image/png;base64,YQ=='>"),
            ("<img src=media/a.png>", "<img src=data:image/png;base64,YQ==>"),
            ("{\"f\":\"<img src=\\\"media/a.png\\\">\"}", "{\"f\":\"<img src=\\\"data:image/png;base64,YQ==\\\">\"}"),
            ("<a href=\"media/a.png\" download>", "<a href=\"data:image/png;base64,YQ==\" download=\"a.png\">"),
            (
                "{\"<a href=\\\"media/a.png\\\" download\\u003e\"}",
                "{\"<a href=\\\"data:image/png;base64,YQ==\\\" download=\\\"a.png\\\"\\u003e\"}",
            ),
            ("<code>media/a.png</code>", "<code>media/a.png</code>"),
            ("<img src=\"media/none.png\">", "<img src=\"media/none.png\">"),
            ("{\"right\":\"media/a.png\"}", "{\"right\":\"media/a.png\"}"),
        ] {
            let mut parts = Vec::new();
            inlined(html, &files(), &mut parts);
            assert_eq!(shown(&parts), expected);
        }
    }

    #[test]
    fn style_and_script_stand_in_the_file_and_the_policy_names_them() {
        let document = format!("<meta content=\"{SOURCES}\">{STYLE}<p>media/a.png</p>{SCRIPT}</body>");
        let whole = shown(&parts(&document, &files()).expect("all in memory"));
        let style = "p{background:url(\"data:image/svg+xml;base64,Yg==#x\")}/*<\\/style>*/";
        let hash = |text: &str| base64(&Sha256::digest(text));
        let expected = format!(
            "<meta content=\"script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; media-src data:; font-src data:;\">\
             <style>{style}</style><p>media/a.png</p><script>start();</script></body>",
            hash("start();"),
            hash(style)
        );
        assert_eq!(whole, expected);
    }
}
