//! Tables of data: their files are read here, where it is known which are shown.

use super::Checker;
use super::links::Destination;
use crate::code;
use crate::course::DataTable;
use crate::dataset::{self, Dataset};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::load::LARGEST_TABLE;
use crate::text;

impl Checker<'_> {
    pub(super) fn data_table(&mut self, table: &DataTable) {
        match self.facts.links.follow(&table.destination, table.span) {
            Ok(Destination::File(path)) => {
                let path = path.to_owned();
                self.dataset(&path, table.span);
                self.filters(&path, table);
            }
            Ok(_) => {
                let message = "this table is not in the course: learners' browsers would have to fetch it elsewhere";
                let hint = "save the file into the lesson's folder and write its name";
                self.say(Diagnostic::new(&code::EXTERNAL_MEDIA, table.span, message).hint(hint));
            }
            Err(problem) => self.broken(&problem, &table.destination, table.span),
        }
        if table.caption.is_empty() {
            let message = "this table has no caption: nobody can tell what it shows";
            let hint = format!("write it in the brackets: ![The caption]({})", table.destination);
            self.say(Diagnostic::new(&code::TABLE_NO_CAPTION, table.span, message).hint(hint));
        }
    }

    pub(super) fn table_within_a_line(&mut self, path: String, span: Span) {
        let message = format!("`{path}` is a table, and a table cannot stand within a line");
        let hint = "leave an empty line above it and below it, or link to the file: [Text](file.csv)";
        self.say(Diagnostic::new(&code::TABLE_PLACE, span, message).hint(hint));
        self.mentioned.insert(path);
    }

    /// Reads a file once, however many tables show it.
    fn dataset(&mut self, path: &str, span: Span) {
        if self.facts.datasets.contains_key(path) {
            return;
        }
        let dataset = match self.tree.tables.get(path) {
            Some(&file) => {
                let (dataset, found) = dataset::read(self.tree.sources.text(file), file, self.course.typography);
                self.diagnostics.extend(found);
                dataset
            }
            None => {
                let message = format!("`{path}` is larger than {} MB, too much for a page", LARGEST_TABLE / 1_000_000);
                let hint = "show the rows that matter, and offer the whole file as a link: [All the data](data.csv)";
                self.say(Diagnostic::new(&code::TABLE_DATA, span, message).hint(hint));
                Dataset::default()
            }
        };
        self.facts.datasets.insert(path.to_owned(), dataset);
    }

    fn filters(&mut self, path: &str, table: &DataTable) {
        let Some(data) = self.facts.datasets.get(path).filter(|data| !data.head.is_empty()) else {
            return;
        };
        let stray = table.stray_title.iter().map(|title| self.stray_title(title, table, data));
        let unknown = table.filters.iter().filter(|name| data.column(name).is_none());
        let found: Vec<_> = stray.chain(unknown.map(|name| self.unknown_column(path, name, table, data))).collect();
        self.diagnostics.extend(found);
    }

    fn stray_title(&self, title: &str, table: &DataTable, data: &Dataset) -> Diagnostic {
        let message = format!("`{title}` says nothing here: the caption of a table is the text in brackets");
        let known = |names: &&str| names.split(',').all(|name| data.column(name).is_some());
        let meant = title.split_once(':').map(|(_, names)| names.trim()).filter(known).unwrap_or(&data.head[0]);
        let hint = format!("to let learners filter by columns, name them: \"filter: {meant}\"");
        Diagnostic::new(&code::TABLE_FILTER, self.within(table.span, title), message).hint(hint)
    }

    fn unknown_column(&self, path: &str, name: &str, table: &DataTable, data: &Dataset) -> Diagnostic {
        let span = self.within(table.span, name);
        let message = format!("`{path}` has no column `{name}` to filter by");
        let diagnostic = Diagnostic::new(&code::TABLE_FILTER, span, message);
        match nearest_column(name, &data.head) {
            Some(column) => diagnostic.fix(format!("did you mean `{column}`?"), span, column),
            None => diagnostic.hint(format!("its columns are: {}", data.head.join(", "))),
        }
    }

    /// Where `words` stand in what the author wrote at `span`; all of it where typography has changed them.
    fn within(&self, span: Span, words: &str) -> Span {
        let found = self.tree.sources.slice(span).rfind(words);
        let start = found.map(|at| span.start as usize + at);
        start.map_or(span, |start| Span::new(span.file, start..start + words.len()))
    }
}

fn nearest_column<'a>(name: &str, head: &'a [String]) -> Option<&'a str> {
    let folded: Vec<String> = head.iter().map(|column| text::folded(column)).collect();
    let near = nearest(&text::folded(name), folded.iter().map(String::as_str))?;
    folded.iter().position(|column| column == near).map(|at| head[at].as_str())
}
