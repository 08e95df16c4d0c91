//! Tables that do not reach the page as they were typed: rows of another length, and lines that make no table at all.

use super::View;
use super::text::{Line, Role};
use crate::code;
use crate::course::{Block, BlockKind, Node, Table};
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::Sources;
use crate::text::{cells, row_misfit};

pub(super) fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<_> = view.lines.iter().filter_map(|line| fake_table(line, view.sources)).collect();
    view.page.walk(&mut |node| {
        if let Node::Block(Block { kind: BlockKind::Table(table), span }) = node {
            found.extend(rows(table, *span, view.sources));
        }
    });
    found
}

/// Rows that are not as long as the table is wide: Markdown drops what is too much, and fills up what is missing.
fn rows(table: &Table, span: Span, sources: &Sources) -> Vec<Diagnostic> {
    let columns = table.head.len();
    let source = sources.slice(span);
    let rows = source.lines().skip(2).take(table.rows.len());
    rows.filter_map(|line| {
        let row = bare(line);
        let start = span.start as usize + (row.as_ptr() as usize - source.as_ptr() as usize);
        let place = Span::new(span.file, start..start + row.len());
        misfit(row, columns, place, &line_start(sources.text(span.file), place))
    })
    .collect()
}

fn misfit(row: &str, columns: usize, place: Span, lead: &str) -> Option<Diagnostic> {
    let cells = cells(row);
    let message = row_misfit(cells.len(), columns);
    let lost = cells.iter().skip(columns).map(|cell| cell.trim()).find(|cell| !cell.is_empty());
    if let Some(lost) = lost {
        let message = format!("{message}: `{lost}` would not be on the page");
        return Some(
            Diagnostic::new(&code::TABLE_ROW_LONG, place, message)
                .hint("give the table one more column: in its first line, and in the line |---|---| under it")
                .hint("or, if a bar belongs to the text of a cell, write a backslash before it: \\|"),
        );
    }
    // What begins as a caption is told from a row elsewhere.
    if cells.len() >= columns || row.starts_with(':') {
        return None;
    }
    if !row.contains('|') {
        let message = "this line stands right under the table, so it is read as a row of it";
        let diagnostic = Diagnostic::new(&code::TABLE_ROW_SHORT, place, message);
        return Some(diagnostic.fix("leave an empty line before it", place, format!("\n{lead}{row}")));
    }
    let bar = if row.ends_with('|') { "" } else { " |" };
    let whole = format!("{row}{bar}{}", " |".repeat(columns - cells.len()));
    let diagnostic = Diagnostic::new(&code::TABLE_ROW_SHORT, place, message);
    Some(diagnostic.fix("if the cells at its end are empty, write their bars", place, whole))
}

/// Lines of a paragraph that begin and end with a bar.
fn fake_table(line: &Line, sources: &Sources) -> Option<Diagnostic> {
    let source = sources.slice(line.span);
    let lines: Vec<&str> = source.lines().map(bare).collect();
    // A table in the meaning of a term is told with the line that makes it one.
    let is_meaning = sources.text(line.span.file)[..line.span.start as usize].trim_end_matches(' ').ends_with(':');
    let shown = line.text.lines().filter(|line| is_row(line.trim())).count();
    let first = lines.windows(2).position(|pair| pair.iter().all(|line| is_row(line)))?;
    if line.role != Role::Prose || shown < 2 || is_meaning {
        return None;
    }
    let rows = lines[first..].iter().take_while(|line| is_row(line)).count();
    let place = |from: &str, to: &str| {
        let at = |part: &str| line.span.start as usize + (part.as_ptr() as usize - source.as_ptr() as usize);
        Span::new(line.span.file, at(from)..at(to) + to.len())
    };
    let (head, second) = (lines[first], lines[first + 1]);
    let columns = cells(head).len();
    let ruler = format!("|{}", "---|".repeat(columns));
    let lead = line_start(sources.text(line.span.file), place(head, head));
    let message = "these lines look like a table and show as text with bars";
    let diagnostic = Diagnostic::new(&code::FAKE_TABLE, place(head, lines[first + rows - 1]), message);
    Some(match () {
        () if is_like_ruler(head) => {
            diagnostic.hint(format!("begin with the names of the columns; {ruler} is the line under them"))
        }
        () if second == ruler && first > 0 => {
            diagnostic.fix("leave an empty line above it", place(head, head), format!("\n{lead}{head}"))
        }
        () if is_like_ruler(second) => {
            let advice = "the second line has three hyphens and a bar for each column: write";
            diagnostic.fix(advice, place(second, second), ruler)
        }
        () => {
            let both = format!("{head}\n{lead}{ruler}");
            diagnostic.fix(
                "the second line of a table parts the names of the columns from the rows: write",
                place(head, head),
                both,
            )
        }
    })
}

/// What stands before the first row on its line, as the line under it must have it too.
fn line_start(text: &str, row: Span) -> String {
    let above = &text[..row.start as usize];
    let lead = &above[above.rfind('\n').map_or(0, |end| end + 1)..];
    lead.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect()
}

/// A line without the signs of the block quote or the blanks of the item in which it stands.
fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|')
}

/// The line between the head of a table and its rows, or what a word processor makes of it.
fn is_like_ruler(line: &str) -> bool {
    line.contains(['-', '—', '–', '_', '=', '−'])
        && line.chars().all(|c| matches!(c, '|' | '-' | '—' | '–' | '−' | '_' | '=' | ':') || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<Option<String>> {
        let mut sources = Sources::default();
        let file = sources.add("a.md", text.to_owned());
        let line =
            Line { role: Role::Prose, text: text.to_owned(), span: Span::new(file, 0..text.len()), quoted: false };
        fake_table(&line, &sources).map(|said| said.hints[0].fix.as_ref().map(|fix| fix.replacement.clone()))
    }

    #[test]
    fn lines_between_bars_are_told_from_prose() {
        for (text, expected) in [
            ("| a | b |\n| 1 | 2 |", Some("| a | b |\n|---|---|")),
            ("| a | b |\n|——|——|\n| 1 | 2 |", Some("|---|---|")),
            ("| a | b |\n|---|\n| 1 | 2 |", Some("|---|---|")),
            ("Text\n| a |\n|---|", Some("\n| a |")),
            ("|x| = |y|", None),
            ("|x| is |y|\nand so on", None),
            ("a | b\nc | d", None),
        ] {
            assert_eq!(found(text).map(Option::unwrap_or_default).as_deref(), expected, "{text}");
        }
    }
}
