//! Tables of data: the same HTML as a table written in Markdown, under controls to filter it where they help.
//!
//! The controls are hidden until the runtime starts them: without script the whole table shows, and nothing is dead.

use super::blocks::Context;
use super::html::Html;
use crate::check::Facts;
use crate::check::links::Destination;
use crate::course::{Alignment, Block, BlockKind, Course, DataTable, Inline, Link, Node, Page, Table};
use crate::dataset::{self, Dataset};

/// From so many rows on a table has a filter without being asked: it does not fit a window any more.
const LONG: usize = 8;

/// Whether any table of the course is filtered.
pub(super) fn has_filters(course: &Course, facts: &Facts<'_>) -> bool {
    course.pages().any(|page| {
        let tables = tables(page);
        tables.into_iter().any(|table| dataset(facts, table).is_some_and(|data| is_filtered(table, data)))
    })
}

fn is_filtered(table: &DataTable, data: &Dataset) -> bool {
    !table.filters.is_empty() || data.rows.len() >= LONG
}

fn tables(page: &Page) -> Vec<&DataTable> {
    let mut tables = Vec::new();
    page.walk(&mut |node| {
        if let Node::Block(Block { kind: BlockKind::DataTable(table), .. }) = node {
            tables.push(table);
        }
    });
    tables
}

fn dataset<'a>(facts: &'a Facts<'_>, table: &DataTable) -> Option<&'a Dataset> {
    match facts.links.follow(&table.destination, table.span) {
        Ok(Destination::File(path)) => facts.datasets.get(path),
        _ => None,
    }
}

impl Context<'_> {
    pub(super) fn data_table(&self, table: &DataTable, html: &mut Html) {
        let Some(data) = dataset(self.facts, table) else {
            return;
        };
        let filters: Vec<usize> = table.filters.iter().filter_map(|name| data.column(name)).collect();
        let addresses = data.addresses().filter(|column| !filters.contains(column));
        let shown: Vec<usize> = (0..data.head.len()).filter(|column| Some(*column) != addresses).collect();
        if is_filtered(table, data) {
            self.filters(table, data, &filters, &shown, html);
        }
        let join = self.words.section("runtime")["join"].trim_end();
        let cell = |row: &[String], column: usize| match addresses.filter(|_| column == 0).map(|at| row[at].as_str()) {
            Some(address) if !address.is_empty() => vec![link(table, address, &row[column])],
            _ if filters.contains(&column) => lines(data.values(&row[column]), join),
            _ => match dataset::host(&row[column]) {
                Some(host) => vec![link(table, &row[column], host)],
                None => vec![Inline::Text(row[column].clone())],
            },
        };
        let shown_cells = |row: &Vec<String>| shown.iter().map(|&column| cell(row, column)).collect();
        let whole = Table {
            caption: (!table.caption.is_empty()).then(|| vec![Inline::Text(table.caption.clone())]),
            columns: vec![Alignment::Start; shown.len()],
            head: shown.iter().map(|&column| vec![Inline::Text(data.head[column].clone())]).collect(),
            rows: data.rows.iter().map(shown_cells).collect(),
        };
        self.table(&whole, html);
    }

    /// A field for words and a list for each column that the author names; the runtime fills the lists.
    fn filters(&self, table: &DataTable, data: &Dataset, filters: &[usize], shown: &[usize], html: &mut Html) {
        let number = tables(self.page).iter().position(|other| other.span == table.span).unwrap_or(0) + 1;
        let id = |control: &str| format!("{}-table{number}-{control}", self.section());
        html.open("fieldset", &[("class", "filters"), ("hidden", "")]);
        html.element("legend", &[], self.words.get("filter"));
        let words = id("words");
        html.open("p", &[]).element("label", &[("for", &words)], self.words.get("filter-words")).text(" ");
        html.open("input", &[("type", "search"), ("id", &words), ("autocomplete", "off")]).close("p").line();
        for column in filters {
            let (list, at) = (id(&(column + 1).to_string()), shown.iter().position(|other| other == column));
            let at = at.unwrap_or(0).to_string();
            html.open("p", &[]).element("label", &[("for", &list)], &data.head[*column]).text(" ");
            html.open("select", &[("id", &list), ("data-column", &at), ("autocomplete", "off")]);
            html.element("option", &[("value", "")], self.words.get("filter-all")).close("select").close("p").line();
        }
        html.open("p", &[("role", "status")]).close("p").close("fieldset").line();
    }
}

fn link(table: &DataTable, address: &str, text: &str) -> Inline {
    let content = vec![Inline::Text(text.to_owned())];
    Inline::Link(Link { destination: address.to_owned(), content, span: table.span })
}

/// Several values in one cell, each on a line of its own, with `join` at the end of all lines but the last.
fn lines(values: Vec<&str>, join: &str) -> Vec<Inline> {
    let last = values.len().saturating_sub(1);
    let line = |(at, value): (usize, &str)| match at {
        _ if at == last => vec![Inline::Text(value.to_owned())],
        _ => vec![Inline::Text(format!("{value}{join}")), Inline::Break],
    };
    values.into_iter().enumerate().flat_map(line).collect()
}
