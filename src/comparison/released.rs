//! What a document of ours says of its unit: the data for its script, as [`crate::render`] writes them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::referee::{on_one_line, unescaped};

/// The most bytes of a document that are read.
pub(super) const LONGEST: usize = 16 << 20;

/// The most bytes of a heading that are read.
const HEADING: usize = 10_000;

/// The most characters of a title that are kept.
const TITLE: usize = 120;

/// A unit as it was released. What a later version may leave out has a default.
#[derive(Debug, Deserialize)]
pub(super) struct Released {
    pub(super) unit: [u8; 4],
    pub(super) state: u8,
    pub(super) version: Option<String>,
    pub(super) completion: Completion,
    pub(super) records: String,
    pub(super) pages: Vec<Page>,
    /// The titles of pages, by number.
    #[serde(skip)]
    pub(super) titles: BTreeMap<u32, String>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Completion {
    pub(super) when: String,
    pub(super) pass_mark: u32,
    pub(super) on_failure: String,
    pub(super) success: String,
    pub(super) attempt: String,
    pub(super) no_quiz: Option<u32>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Page {
    pub(super) n: u32,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) quiz: Option<Quiz>,
    #[serde(default)]
    pub(super) questions: Vec<Question>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Quiz {
    pub(super) weight: u32,
    pub(super) attempts: u32,
    pub(super) tries: u32,
    pub(super) feedback: String,
    #[serde(default)]
    pub(super) banks: Vec<u32>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Question {
    pub(super) n: u32,
    pub(super) kind: String,
    pub(super) slug: String,
    pub(super) points: u32,
    #[serde(default = "first")]
    pub(super) rev: u32,
    pub(super) bank: Option<usize>,
    pub(super) max: Option<u32>,
    pub(super) tries: Option<u32>,
    #[serde(default)]
    pub(super) parts: Vec<Part>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Part {
    pub(super) n: u32,
    pub(super) max: Option<u32>,
}

fn first() -> u32 {
    1
}

impl Released {
    /// Reads a document; none if it is not one of ours.
    pub(super) fn read(document: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(document).ok()?;
        let data = between(text, "id=\"course-data\">", "</script>")?;
        let mut released: Self = serde_json::from_str(data).ok()?;
        released.titles = titles(text);
        Some(released)
    }

    /// A page in words.
    pub(super) fn page(&self, number: u32) -> String {
        self.titles.get(&number).map_or_else(|| format!("page {number}"), |title| format!("the page “{title}”"))
    }

    /// The questions, each with its page.
    pub(super) fn questions(&self) -> impl Iterator<Item = (&Page, &Question)> {
        self.pages.iter().flat_map(|page| page.questions.iter().map(move |question| (page, question)))
    }
}

/// The titles of the pages of a document, in one pass.
fn titles(text: &str) -> BTreeMap<u32, String> {
    let title = |rest: &str| {
        let (number, rest) = rest.split_once("-title\">")?;
        let title = rest.split_once("</h1>")?.0;
        Some((number.parse().ok()?, on_one_line(&bare(title), TITLE)))
    };
    // Headings are short: whoever leaves them open wants to hurt.
    text.split("<h1 id=\"p").skip(1).filter_map(|rest| title(head_of(rest))).collect()
}

/// The beginning of a text.
fn head_of(text: &str) -> &str {
    let end = (0..=text.len().min(HEADING)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    &text[..end]
}

fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

/// The text of a heading, without its markup.
fn bare(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for sign in html.chars() {
        match sign {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(sign),
            _ => {}
        }
    }
    unescaped(&text).into_owned()
}
