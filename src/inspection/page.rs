//! An inspection as a page of its own: no script, nothing loaded, to be sent to whoever has to decide.

use super::{Amount, Document, Inspection, Size};
use crate::referee::Place;
use crate::referee::manifest::Part;
use crate::render::html::Html;

/// The most parts, units, hosts and identifiers that a page shows, each.
const MOST: usize = 1000;

const STYLE: &str = "
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; }
dt { font-weight: bold; }
dd { margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; padding-block: .5rem; max-width: calc(100vw - 2rem); }
th, td { text-align: start; vertical-align: top; min-width: 6rem; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid GrayText; }
th[scope=row] { min-width: 10rem; }
.n { min-width: 4rem; text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.map { width: 40%; min-width: 8rem; vertical-align: middle; }
.bar { display: block; height: 1rem; min-width: 1px; background: #2563a8; forced-color-adjust: none; }
";

impl Inspection {
    /// The page; `name` is the package's own.
    #[must_use]
    pub fn page(&self, name: &str) -> String {
        let mut html = Html::default();
        let title = self.title.as_deref().unwrap_or(name);
        html.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        html.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]).line();
        html.open("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]).line();
        html.element("title", &[], &format!("{title}: what is in the package")).line();
        html.open("style", &[]).raw(STYLE).close("style").raw("\n</head>\n<body>\n<main>\n");
        html.element("h1", &[("dir", "auto")], title).line();
        self.facts(name, &mut html);
        self.structure(&mut html);
        self.units(&mut html);
        self.sizes(&mut html);
        self.hosts(&mut html);
        self.identifiers(&mut html);
        html.raw("</main>\n</body>\n</html>\n");
        html.finish()
    }

    fn facts(&self, name: &str, html: &mut Html) {
        let Amount { files, packed, unpacked } = self.all;
        let mark = self.pass_mark.as_ref().map(|mark| format!("{} of {}", mark.value, mark.of));
        let facts = [
            ("Package", Some(name.to_owned())),
            ("Standard", Some(self.standard.clone().unwrap_or_else(|| "none recognised".to_owned()))),
            ("Made by", self.maker.clone()),
            ("Pass mark", mark),
            ("Files", Some(format!("{files}, {} packed, {} unpacked", Size(packed), Size(unpacked)))),
            (
                "Found by check",
                Some(format!("errors: {}, warnings: {}{}", self.errors, self.warnings, self.codes_in_words())),
            ),
        ];
        html.open("dl", &[]).line();
        for (name, text) in facts.iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
            html.element("dt", &[], name).element("dd", &[("dir", "auto")], text).line();
        }
        html.close("dl").line();
    }

    fn structure(&self, html: &mut Html) {
        if self.structure.is_empty() {
            return;
        }
        html.element("h2", &[], "Structure").line();
        let mut left = MOST;
        list(&self.structure, &mut left, html);
        let mut count = 0;
        super::each_part(&self.structure, &mut |_, _| count += 1);
        more(count, html);
    }

    fn units(&self, html: &mut Html) {
        if self.units.is_empty() {
            return;
        }
        table(
            html,
            "Units",
            "What the LMS launches",
            &["Title", "Kind", "Address", "Document", "Files named"],
            |html| {
                for unit in self.units.iter().take(MOST) {
                    let title = unit.title.as_deref().unwrap_or(&unit.identifier);
                    let document = match &unit.document {
                        Document::Inside(file) => format!("{}, {}", file.name, Size(file.unpacked)),
                        Document::Elsewhere => "not in the package".to_owned(),
                    };
                    html.open("tr", &[]).element("th", &[("scope", "row"), ("dir", "auto")], title);
                    html.element("td", &[], unit.kind).element("td", &[], &unit.address);
                    let named = unit.named.map(|named| format!("{}, {}", named.files, Size(named.unpacked)));
                    html.element("td", &[], &document).element("td", &[], named.as_deref().unwrap_or("none"));
                    html.close("tr").line();
                }
            },
        );
        more(self.units.len(), html);
    }

    fn sizes(&self, html: &mut Html) {
        let head = ["Kind", "Files", "Packed", "Unpacked", "Share"];
        table(html, "Sizes", "Files by kind; the bars compare what they take unpacked", &head, |html| {
            for (kind, amount) in &self.kinds {
                html.open("tr", &[]).element("th", &[("scope", "row")], kind.words());
                number(html, &amount.files.to_string());
                self.size_cells(amount.packed, amount.unpacked, html);
            }
        });
        if self.largest.is_empty() {
            return;
        }
        let head = ["File", "Packed", "Unpacked", "Share"];
        table(html, "Largest files", "The largest files of the package", &head, |html| {
            for file in &self.largest {
                html.open("tr", &[]).element("th", &[("scope", "row"), ("dir", "auto")], &file.name);
                self.size_cells(file.packed, file.unpacked, html);
            }
        });
    }

    fn size_cells(&self, packed: u64, unpacked: u64, html: &mut Html) {
        let tenths = u128::from(unpacked) * 1000 / u128::from(self.all.unpacked.max(1));
        let share = format!("{}.{}%", tenths / 10, tenths % 10);
        number(html, &Size(packed).to_string());
        number(html, &Size(unpacked).to_string());
        html.open("td", &[("class", "map")]).text(&share);
        html.element("span", &[("class", "bar"), ("style", &format!("width: {share}"))], "");
        html.close("td").close("tr").line();
    }

    fn hosts(&self, html: &mut Html) {
        html.element("h2", &[], "Other hosts").line();
        match self.hosts.as_deref() {
            None => {
                html.element("p", &[], "The files could not be read.").line();
            }
            Some([]) => {
                html.element("p", &[], "No page or style sheet loads anything from elsewhere.").line();
            }
            Some(hosts) => {
                rows(html, "What pages and style sheets load from elsewhere", &["Host", "Times", "First in"], |html| {
                    for host in hosts.iter().take(MOST) {
                        html.open("tr", &[]).element("th", &[("scope", "row")], &host.name);
                        number(html, &host.times.to_string());
                        let (Place::Entry(first) | Place::Text { entry: first, .. }) = &host.place else {
                            html.element("td", &[], "").close("tr").line();
                            continue;
                        };
                        html.element("td", &[], first).close("tr").line();
                    }
                });
                more(hosts.len(), html);
            }
        }
    }

    fn identifiers(&self, html: &mut Html) {
        if self.identifiers.is_empty() {
            return;
        }
        let caption = "By these an LMS knows the course and its parts";
        table(html, "Identifiers", caption, &["Of", "Identifier"], |html| {
            for identifier in self.identifiers.iter().take(MOST) {
                html.open("tr", &[]).element("th", &[("scope", "row")], identifier.of);
                html.element("td", &[], &identifier.value).close("tr").line();
            }
        });
        more(self.identifiers.len(), html);
    }
}

/// Says how many are not shown.
fn more(count: usize, html: &mut Html) {
    if count > MOST {
        html.element("p", &[], &format!("And {} more.", count - MOST)).line();
    }
}

/// A heading and a table below it.
fn table(html: &mut Html, heading: &str, caption: &str, head: &[&str], body: impl FnOnce(&mut Html)) {
    html.element("h2", &[], heading).line();
    rows(html, caption, head, body);
}

fn rows(html: &mut Html, caption: &str, head: &[&str], body: impl FnOnce(&mut Html)) {
    // Who has no mouse scrolls what can be focused (WCAG 2.1.1).
    let scrolled = [("class", "wide"), ("role", "group"), ("aria-label", caption), ("tabindex", "0")];
    html.open("div", &scrolled).open("table", &[]).element("caption", &[], caption).line();
    html.open("thead", &[]).open("tr", &[]);
    for name in head {
        let columns = [("scope", "col"), ("class", "n")];
        let is_number = matches!(*name, "Files" | "Packed" | "Unpacked" | "Times");
        html.element("th", &columns[..=usize::from(is_number)], name);
    }
    html.close("tr").close("thead").line().open("tbody", &[]).line();
    body(html);
    html.close("tbody").close("table").close("div").line();
}

fn number(html: &mut Html, text: &str) {
    html.element("td", &[("class", "n")], text);
}

fn list(parts: &[Part], left: &mut usize, html: &mut Html) {
    if parts.is_empty() || *left == 0 {
        return;
    }
    html.open("ul", &[]).line();
    for part in parts {
        if *left == 0 {
            break;
        }
        *left -= 1;
        html.open("li", &[]).element("span", &[("dir", "auto")], part.title.as_deref().unwrap_or("(no title)"));
        html.text(&format!(" ({} ", part.kind)).element("code", &[], &part.identifier).text(")");
        list(&part.parts, left, html);
        html.close("li").line();
    }
    html.close("ul").line();
}
