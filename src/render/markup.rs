//! What an author's partial may not write: what would break the page around it, or what its security policy refuses.
//!
//! The HTML is read as a browser would, tag by tag, and never changed.

/// Elements without an end tag (HTML, "Void elements").
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose end tag may be left out (HTML, "Optional tags").
const MAY_STAY_OPEN: [&str; 12] = ["li", "dt", "dd", "p", "rt", "rp", "option", "thead", "tbody", "tfoot", "tr", "td"];
/// The page around a partial has them already, and the script finds its way by them.
const OF_THE_PAGE: [&str; 9] = ["html", "head", "title", "body", "main", "header", "footer", "section", "h1"];
/// What runs, loads or asks. Controls belong to questions, whose answers are kept.
const FOREIGN: [&str; 16] = [
    "script", "style", "link", "meta", "base", "iframe", "frame", "object", "embed", "template", "form", "input",
    "select", "textarea", "button", "dialog",
];

/// Something that a partial may not write.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// How it begins in the HTML, to be looked for in the template.
    pub(super) text: String,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: &'static str,
}

fn fault(text: impl Into<String>, message: impl Into<String>, hint: &'static str) -> Fault {
    Fault { text: text.into(), message: message.into(), hint }
}

/// What is wrong with the HTML of a partial; `in_package` says which paths a package has.
pub(super) fn faults(html: &str, in_package: &dyn Fn(&str) -> bool) -> Vec<Fault> {
    let mut reader = Reader { open: Vec::new(), faults: Vec::new(), in_package };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = reader.markup(&rest[at..]);
    }
    reader.end();
    reader.faults
}

struct Reader<'a> {
    open: Vec<String>,
    faults: Vec<Fault>,
    in_package: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    /// Reads a tag or a comment at the beginning of `html`; what follows it.
    fn markup<'h>(&mut self, html: &'h str) -> &'h str {
        if let Some(comment) = html.strip_prefix("<!--") {
            let end = comment.find("-->");
            if end.is_none() {
                self.faults.push(fault("<!--", "this comment has no end", "end it with -->"));
            }
            return end.map_or("", |end| &comment[end + 3..]);
        }
        let closes = html.starts_with("</");
        let inside = &html[if closes { 2 } else { 1 }..];
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return inside;
        }
        let length = inside.find(|c: char| c.is_whitespace() || "/>".contains(c)).unwrap_or(inside.len());
        let name = inside[..length].to_ascii_lowercase();
        let (attributes, rest, ends_itself) = attributes(&inside[length..]);
        let Some(rest) = rest else {
            let text = format!("<{}", &inside[..length]);
            self.faults.push(fault(text, format!("the tag <{name}> has no end"), "end it with >"));
            return "";
        };
        // Only in drawings does a slash close an element (HTML, "Foreign elements").
        let alone = VOID.contains(&name.as_str()) || (ends_itself && self.open.iter().any(|open| open == "svg"));
        match (closes, alone) {
            (true, _) => self.closed(&name),
            (false, true) => self.opened(&name, &attributes),
            (false, false) => {
                self.opened(&name, &attributes);
                self.open.push(name);
            }
        }
        rest
    }

    fn opened(&mut self, name: &str, attributes: &[(String, String)]) {
        let text = format!("<{name}");
        if OF_THE_PAGE.contains(&name) {
            let hint = "take <div>, <p> or <h2>: what stands around this template is the page's";
            self.faults.push(fault(&text, format!("<{name}> has no place in this template"), hint));
        } else if FOREIGN.contains(&name) {
            let hint = "remove it: styles go into theme.css, and a course brings no script";
            self.faults.push(fault(&text, format!("<{name}> has no place in a template"), hint));
            return;
        }
        for (attribute, value) in attributes {
            self.attribute(name, attribute, value, attributes);
        }
    }

    fn attribute(&mut self, element: &str, name: &str, value: &str, all: &[(String, String)]) {
        let found = match name {
            "style" => {
                Some(("the page's security policy refuses style=", "write a class and put the style into theme.css"))
            }
            "id" => Some(("an id could be that of something else in the page", "write a class instead")),
            "srcset" => Some(("srcset= is not supported in a template", "write src= alone")),
            _ if name.starts_with("on") => Some(("the page's security policy refuses scripts", "remove the attribute")),
            _ => None,
        };
        if let Some((message, hint)) = found {
            self.faults.push(fault(format!("{name}="), message, hint));
        }
        match name {
            "src" | "poster" | "data" if !self.packaged(value) => {
                let hint = "a template can show {{ logo }}; other images come by url() in theme.css, or on a page";
                self.faults.push(fault(format!("{name}="), format!("`{value}` is not in the package"), hint));
            }
            "href" => {
                let new_window = all.iter().any(|(name, value)| name == "target" && value == "_blank");
                self.faults.extend(self.link(element, value, new_window));
            }
            _ => {}
        }
    }

    fn packaged(&self, address: &str) -> bool {
        (self.in_package)(address.split('#').next().unwrap_or(address))
    }

    /// A link that leaves the document opens elsewhere: in an LMS's frame it would replace the course.
    fn link(&self, element: &str, address: &str, new_window: bool) -> Option<Fault> {
        if element == "a" && outside(address) {
            let message = "this link would open another site in the place of the course";
            return (!new_window).then(|| fault("href=", message, "add target=\"_blank\" rel=\"noopener\""));
        }
        let leads = address.starts_with('#') || address.starts_with("mailto:") || self.packaged(address);
        (!leads).then(|| {
            let hint = "link to https:// with target=\"_blank\", to mailto:, or to a page by # and its id";
            fault("href=", format!("`{address}` leads nowhere in the package"), hint)
        })
    }

    fn closed(&mut self, name: &str) {
        while let Some(last) = self.open.pop() {
            if last == name {
                return;
            }
            if !MAY_STAY_OPEN.contains(&last.as_str()) {
                self.open.push(last);
                break;
            }
        }
        let message = format!("</{name}> closes what this template has not opened");
        self.faults.push(fault(
            format!("</{name}"),
            message,
            "close every tag where it was opened, the last one first",
        ));
    }

    fn end(&mut self) {
        for name in std::mem::take(&mut self.open) {
            if !MAY_STAY_OPEN.contains(&name.as_str()) {
                let hint = "close every tag in the template that opens it";
                self.faults.push(fault(format!("<{name}"), format!("<{name}> is not closed"), hint));
            }
        }
    }
}

fn outside(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    address.starts_with("http:") || address.starts_with("https:") || address.starts_with("//")
}

/// The attributes of a tag, what follows its `>`, if it has one, and whether it ends with `/>`.
fn attributes(tag: &str) -> (Vec<(String, String)>, Option<&str>, bool) {
    let mut all = Vec::new();
    let mut rest = tag;
    loop {
        let between = rest;
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (all, Some(after), between[..between.len() - rest.len()].ends_with('/'));
        }
        if rest.is_empty() {
            return (all, None, false);
        }
        // An `=` in front of a name is part of it (HTML, "Before attribute name state").
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(|c: char| c.is_whitespace() || "/>=".contains(c));
        let (name, after) = rest.split_at(end.map_or(rest.len(), |end| end + first));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            None => ("", after),
            Some(after) => value(after.trim_start()),
        };
        all.push((name.to_ascii_lowercase(), value.to_owned()));
        rest = after;
    }
}

fn value(text: &str) -> (&str, &str) {
    match text.chars().next().filter(|c| "\"'".contains(*c)) {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(html: &str) -> Vec<String> {
        faults(html, &|path| path == "media/logo.svg").into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn what_holds_together_is_let_through() {
        for good in [
            "",
            "1 < 2 and <3",
            "<dl><dt>One<dd>Two</dl><p>Three",
            "<ul><li>a<li>b</ul><br><hr/>",
            "<img src=\"media/logo.svg\" alt=''><!-- <section> -->",
            "<a href='https://example.org/?a=1&amp;b=2' target=_blank>there</a><a href=\"#p2\">here</a>",
            "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>",
        ] {
            assert_eq!(messages(good), Vec::<String>::new(), "{good}");
        }
    }

    #[test]
    fn what_would_break_the_page_is_said() {
        for (bad, word) in [
            ("<div>", "not closed"),
            ("</div>", "not opened"),
            ("<div><p></div></div>", "not opened"),
            ("<!-- no end", "no end"),
            ("<p class=\"a", "no end"),
            ("<p class=", "no end"),
            ("</section><section>", "not opened"),
            ("<h1>Title</h1>", "no place"),
            ("<SCRIPT>x</SCRIPT>", "no place"),
            ("<p style='color: red'>", "security policy"),
            ("<p OnClick=x()>", "security policy"),
            ("<p id=save>", "id"),
            ("<img src=https://example.org/a.png>", "not in the package"),
            ("<a href='https://example.org'>x</a>", "in the place of the course"),
            ("<a href='javascript:x'>x</a>", "leads nowhere"),
        ] {
            let found = messages(bad);
            assert!(found.iter().any(|message| message.contains(word)), "{bad}: {found:?}");
        }
    }
}
