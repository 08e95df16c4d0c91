//! A CSV file as a table: a header and rows of the same length.
//!
//! These files come from spreadsheets, so what spreadsheets do is taken as it is: any of three separators, rows and
//! columns that are empty, cells missing at the end of a row. What nobody can have meant is a finding in the file
//! itself. Who shows the table, and how, is not known here.

use std::collections::BTreeMap;

use crate::code;
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::FileId;
use crate::text;
use crate::typography::Typography;

/// A table of more rows makes pages slow, and nobody reads it.
const MOST_ROWS: usize = 2_000;
/// How many records show what separates the cells.
const SAMPLE: usize = 20;
/// How many times the same mistake is said; then the author has understood.
const REPEATED: usize = 5;

/// A table that was read from a file.
#[derive(Debug, Default)]
pub(crate) struct Dataset {
    /// The names of the columns.
    pub(crate) head: Vec<String>,
    /// The cells, each row as long as the header.
    pub(crate) rows: Vec<Vec<String>>,
    /// What separates several values in one cell.
    separators: Vec<char>,
}

impl Dataset {
    /// The column that the author calls `name`: case, accents, and kinds of space and apostrophe do not count.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        let name = text::folded(name);
        self.head.iter().position(|head| text::folded(head) == name)
    }

    /// The values in a cell: `|` separates them, and `;` where it does not separate the cells.
    pub(crate) fn values<'a>(&self, cell: &'a str) -> Vec<&'a str> {
        cell.split(&*self.separators).map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// The column that says where the rows lead: the only one of nothing but addresses, not the first.
    pub(crate) fn addresses(&self) -> Option<usize> {
        let mut columns = (1..self.head.len()).filter(|&column| {
            let mut cells = self.rows.iter().map(|row| row[column].as_str()).filter(|cell| !cell.is_empty()).peekable();
            cells.peek().is_some() && cells.all(|cell| host(cell).is_some())
        });
        columns.next().filter(|_| columns.next().is_none())
    }
}

/// The host of a cell that is one web address and nothing else.
pub(crate) fn host(cell: &str) -> Option<&str> {
    let rest = cell.strip_prefix("https://").or_else(|| cell.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty() && !cell.contains(char::is_whitespace)).then_some(host)
}

/// Reads the table in `text`, the whole of `file`.
pub(crate) fn read(text: &str, file: FileId, typography: Typography) -> (Dataset, Vec<Diagnostic>) {
    let Some(delimiter) = delimiter(text) else {
        return (Dataset::default(), vec![not_a_table(text, file)]);
    };
    let mut reader = Reader { file, typography, delimiter, diagnostics: Vec::new() };
    let mut records = records(text, delimiter);
    let head = records.remove(0);
    let rows: Vec<Record> = records.into_iter().filter(|record| !record.is_empty()).collect();
    if reader.unclosed_quotation(text, rows.last().unwrap_or(&head)) {
        // The rest would be said of what the author has not written.
        return (Dataset::default(), reader.diagnostics);
    }
    let kept = reader.columns(&head, &rows);
    reader.shape(head.cells.len(), &head, &rows);
    let pick = |record: &Record| kept.iter().map(|&column| reader.cell(record, column)).collect();
    let dataset = Dataset {
        head: pick(&head),
        rows: rows.iter().map(pick).collect(),
        separators: if delimiter == b';' { vec!['|'] } else { vec!['|', ';'] },
    };
    (dataset, reader.diagnostics)
}

/// A line of the table, or several where a cell in quotation marks goes on.
struct Record {
    /// As they stand, without the blanks around them.
    cells: Vec<String>,
    /// Where it stands in the text.
    place: std::ops::Range<usize>,
}

impl Record {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }

    fn get(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// What separates the cells: the candidate by which most of the first records have as many cells as the header.
fn delimiter(text: &str) -> Option<u8> {
    let likeness = |delimiter: &u8| {
        let sample: Vec<usize> = records_of(text, *delimiter).take(SAMPLE).map(|record| record.cells.len()).collect();
        let columns = sample.first().copied().unwrap_or(0);
        let alike = sample.iter().filter(|&&cells| cells == columns).count();
        (columns > 1).then_some((alike, columns))
    };
    // Of equals `max_by_key` takes the last.
    let (delimiter, likeness) = [b',', b'\t', b';'].map(|d| (d, likeness(&d))).into_iter().max_by_key(|(_, l)| *l)?;
    likeness.map(|_| delimiter)
}

fn records(text: &str, delimiter: u8) -> Vec<Record> {
    records_of(text, delimiter).collect()
}

fn records_of(text: &str, delimiter: u8) -> impl Iterator<Item = Record> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    std::iter::from_fn(move || {
        let mut record = csv::StringRecord::new();
        // Text in memory can neither fail to be read nor be no UTF-8.
        let more = reader.read_record(&mut record).unwrap_or(false);
        let start = usize::try_from(record.position()?.byte()).ok()?;
        let end = usize::try_from(reader.position().byte()).ok()?.min(text.len());
        let place = trimmed(text, start..end);
        more.then(|| Record { cells: record.iter().map(text::one_line).collect(), place })
    })
}

/// The range without the blanks and line ends around it.
fn trimmed(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let whole = &text[range.clone()];
    let start = range.start + whole.len() - whole.trim_start().len();
    start..start + whole.trim().len()
}

fn not_a_table(text: &str, file: FileId) -> Diagnostic {
    let first_line = trimmed(text, 0..text.trim_end().find('\n').unwrap_or(text.len()));
    if text.trim().is_empty() {
        let span = Span::new(file, 0..0);
        let message = "this file is empty: there is no table to show";
        let hint = "write the names of the columns on the first line, and one row on each line below";
        return Diagnostic::new(&code::TABLE_DATA, span, message).hint(hint);
    }
    let span = Span::new(file, first_line);
    let message = "nothing separates the cells on this line: neither `;` nor `,` nor a tab";
    let hint = "save the file again from the spreadsheet as CSV, with the names of the columns on the first line";
    Diagnostic::new(&code::TABLE_DATA, span, message).hint(hint)
}

struct Reader {
    file: FileId,
    typography: Typography,
    delimiter: u8,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn say(&mut self, code: &'static code::Code, place: std::ops::Range<usize>, message: String, hint: &str) {
        self.diagnostics.push(Diagnostic::new(code, Span::new(self.file, place), message).hint(hint));
    }

    /// A cell as learners read it; addresses stay as they are.
    fn cell(&self, record: &Record, column: usize) -> String {
        let cell = record.get(column);
        if host(cell).is_some() { cell.to_owned() } else { self.typography.apply(cell).into_owned() }
    }

    /// The columns that hold something. Spreadsheets leave empty ones at the end.
    fn columns(&mut self, head: &Record, rows: &[Record]) -> Vec<usize> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut kept = Vec::new();
        for (column, name) in head.cells.iter().enumerate() {
            let number = column + 1;
            if name.is_empty() {
                let Some(first) = rows.iter().map(|row| row.get(column)).find(|cell| !cell.is_empty()) else {
                    continue;
                };
                let message = format!("column {number} has no name, and its first cell is `{first}`");
                let hint = "write its name on the first line of the file, or remove the column";
                self.say(&code::TABLE_DATA, head.place.clone(), message, hint);
            } else if let Some(twin) = seen.insert(text::folded(name), number) {
                let message = format!("columns {twin} and {number} have the same name, `{name}`");
                self.say(&code::TABLE_DATA, head.place.clone(), message, "give each column a name of its own");
            }
            kept.push(column);
        }
        kept
    }

    fn shape(&mut self, columns: usize, head: &Record, rows: &[Record]) {
        if rows.is_empty() {
            let message = "this table has names of columns and no row".to_owned();
            self.say(
                &code::TABLE_DATA,
                head.place.clone(),
                message,
                "write its rows below, or remove it from the page",
            );
        }
        if let Some(row) = rows.get(MOST_ROWS) {
            let message = format!("this table has {} rows, and {MOST_ROWS} is the most for a page", rows.len());
            let hint = "show the rows that matter, and offer the whole file as a link: [All the data](data.csv)";
            self.say(&code::TABLE_DATA, row.place.clone(), message, hint);
        }
        let too_long = |row: &&Record| row.cells.iter().skip(columns).any(|cell| !cell.is_empty());
        for row in rows.iter().filter(too_long).take(REPEATED) {
            let message = text::row_misfit(row.cells.len(), columns);
            let hint = format!(
                "put quotation marks around a cell that holds the separator: \"one{0} two\"",
                self.delimiter as char
            );
            self.say(&code::TABLE_DATA, row.place.clone(), message, &hint);
        }
        for row in rows.iter().filter(|row| row.cells.len() < columns).take(REPEATED) {
            let message = text::row_misfit(row.cells.len(), columns);
            let hint = "the cells at its end are shown empty; perhaps a line was broken in two";
            self.say(&code::TABLE_ROW_SHORT, row.place.clone(), message, hint);
        }
    }

    /// Whether the last record never ends: a quotation mark that is not closed takes everything below it into one cell.
    fn unclosed_quotation(&mut self, text: &str, last: &Record) -> bool {
        let source = &text[last.place.clone()];
        let Some((line, _)) = source.split_once('\n').filter(|_| source.matches('"').count() % 2 == 1) else {
            return false;
        };
        let place = last.place.start..last.place.start + line.len();
        let message = "a quotation mark opens on this line and is closed nowhere".to_owned();
        let hint = "close it at the end of the cell; a mark within a cell in quotation marks is written twice: \"\"";
        self.say(&code::TABLE_DATA, place, message, hint);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Dataset, Vec<String>) {
        let (dataset, found) = read(text, FileId(0), Typography::French);
        (dataset, found.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn the_separator_is_the_one_that_fits_most_records() {
        for (text, expected) in [
            ("a;b\n1,5;2,5\n", Some(b';')),
            ("a,b\n\"x;y\",2\n\"z;\nw\",3\n", Some(b',')),
            ("a\tb, c\n1\t2, 3\n4\t5\n", Some(b'\t')),
            ("a;b,c\n", Some(b';')),
            ("a|b\n1|2\n", None),
            ("", None),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }

    #[test]
    fn what_spreadsheets_leave_is_left_out() {
        let (dataset, found) = table("nom;an;;\n« a » ; 1 ;;\n;;;\nb;\"2\n3\";;\n\n;;;\n");
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(dataset.head, ["nom", "an"]);
        assert_eq!(dataset.rows, [["«\u{202f}a\u{202f}»", "1"], ["b", "2 3"]]);
        assert_eq!((dataset.column("NÔM"), dataset.column("x")), (Some(0), None));
    }

    #[test]
    fn values_are_separated_by_what_does_not_separate_cells() {
        assert_eq!(table("a,b\nx ; y | z,1\n").0.values("x ; y | z"), ["x", "y", "z"]);
        assert_eq!(table("a;b\nx | z;1\n").0.values("x ; y | z"), ["x ; y", "z"]);
    }

    #[test]
    fn one_column_of_nothing_but_addresses_says_where_rows_lead() {
        assert_eq!(table("a;b;c\n1;;2\n3;https://example.org/x?y;4\n").0.addresses(), Some(1));
        assert_eq!(table("a;b;c\n1;;2\n3;see https://example.org;4\n").0.addresses(), None);
        assert_eq!(table("a;b;c\n1;http://x.y;http://z.w\n").0.addresses(), None);
        assert_eq!(table("a;b\nhttp://x.y;2\n").0.addresses(), None);
        assert_eq!(host("https://www.example.org/a?b"), Some("example.org"));
        assert_eq!(host("https:///a"), None);
    }

    #[test]
    fn a_mistake_points_at_its_record() {
        let places = |text: &'static str| -> Vec<&str> {
            let (_, found) = read(text, FileId(0), Typography::Plain);
            found.iter().filter_map(|d| text.get(d.span?.range())).collect()
        };
        assert_eq!(places("a;b\n1;2\n\n3;4;5\n6\n"), ["3;4;5", "6"]);
        assert_eq!(places("a;b\n3;4;5\n\"7;8\n9;10\n"), ["\"7;8"]);
        assert_eq!(places("a;;c\n1;2;3\n"), ["a;;c"]);
    }

    #[test]
    fn a_table_ends_somewhere() {
        let text = |rows| "a;b\n".to_owned() + &"1;2\n".repeat(rows);
        assert_eq!(table(&text(MOST_ROWS)).1, Vec::<String>::new());
        assert_eq!(table(&text(MOST_ROWS + 1)).1, ["this table has 2001 rows, and 2000 is the most for a page"]);
    }
}
