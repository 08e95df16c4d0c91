//! What text claims to be, and what only looks like it: headings, lists, tables, and pages without anything.

use super::text::{Line, Role, own_text};
use super::{View, tables};
use crate::code;
use crate::course::{Block, BlockKind, Inline, Node, PageKind, Table, plain_text};
use crate::diagnostic::{Diagnostic, Span};

pub(super) fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = headings(view);
    found.extend(fake_headings(view));
    found.extend(view.lines.iter().filter_map(fake_list));
    view.page.walk(&mut |node| {
        if let Node::Block(Block { kind: BlockKind::Table(table), span }) = node {
            found.extend(self::table(table, *span, view));
        }
    });
    found.extend(tables::check(view));
    found.extend(empty(view));
    found
}

fn empty(view: &View<'_>) -> Option<Diagnostic> {
    let is_empty = view.page.blocks.is_empty() && matches!(view.page.kind, PageKind::Reading);
    is_empty.then(|| {
        let message = "this page has a title and nothing else";
        let hint = "write its text under the second line +++, or remove it from pages in the lesson's index.md";
        Diagnostic::new(&code::PAGE_EMPTY, view.page.span, message).hint(hint)
    })
}

/// Headings in reading order, from the page's title down.
fn headings(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut above = 1;
    view.page.walk(&mut |node| {
        let (level, content, span) = match node {
            Node::Block(Block { kind: BlockKind::Heading(heading), span }) => (heading.level, &heading.content, *span),
            Node::Block(Block { kind: BlockKind::Question(question), .. }) => {
                (question.level, &question.title, question.span)
            }
            Node::Block(_) | Node::Inline(_) => return,
        };
        if plain_text(content).trim().is_empty() {
            let message = "this heading has no text (RGAA 9.1)";
            let hint = "write its text after the #, or remove the line";
            found.push(Diagnostic::new(&code::HEADING_EMPTY, span, message).hint(hint));
        }
        if level == 1 {
            let message = "the page's title is its heading of level 1 already (RGAA 9.1)";
            let diagnostic = Diagnostic::new(&code::HEADING_LEVEL_ONE, span, message);
            found.push(with_level(diagnostic, 2, span, view));
        } else if level > above + 1 {
            let message = format!("this heading is of level {level}, and the one above it of level {above} (RGAA 9.1)");
            found.push(with_level(Diagnostic::new(&code::HEADING_SKIPS, span, message), above + 1, span, view));
        }
        above = level;
    });
    found
}

/// Adds what to write for a heading of `level`.
fn with_level(diagnostic: Diagnostic, level: u8, heading: Span, view: &View<'_>) -> Diagnostic {
    let marks = "#".repeat(usize::from(level));
    let written = view.sources.slice(heading);
    let old = written.len() - written.trim_start_matches('#').len();
    if old == 0 {
        return diagnostic.hint(format!("write {marks} before its text, without a line under it"));
    }
    let start = heading.start as usize;
    diagnostic.fix("give it the level that comes next", Span::new(heading.file, start..start + old), marks)
}

/// Bold lines with something under them, on a page to read.
fn fake_headings(view: &View<'_>) -> Vec<Diagnostic> {
    if view.page.quiz().is_some() {
        return Vec::new();
    }
    let mut level = 1;
    let mut found = Vec::new();
    for pair in view.page.blocks.windows(2) {
        match &pair[0].kind {
            BlockKind::Heading(heading) => level = heading.level,
            BlockKind::Paragraph(content)
                if is_bold_line(content) && !matches!(pair[1].kind, BlockKind::Heading(_)) =>
            {
                let message = "this bold line looks like a heading, but is none for those who listen (RGAA 8.9, 9.1)";
                let heading = format!("{} {}", "#".repeat(usize::from(level.min(5)) + 1), plain_text(content).trim());
                let diagnostic = Diagnostic::new(&code::FAKE_HEADING, pair[0].span, message);
                found.push(diagnostic.fix("make it a heading", pair[0].span, heading));
            }
            _ => {}
        }
    }
    found
}

/// Whether a paragraph is one short bold text that does not end as a sentence does.
fn is_bold_line(content: &[Inline]) -> bool {
    let content = match content {
        [Inline::Strong(inner)] => inner,
        [Inline::Emphasis(inner)] if matches!(inner.as_slice(), [Inline::Strong(_)]) => inner,
        _ => return false,
    };
    let text = own_text(content);
    let text = text.trim();
    let is_sentence = text.ends_with(['.', '!', ';', ',', '…', '»', '”']);
    !text.is_empty() && !is_sentence && !text.contains('\n') && text.chars().count() <= 80
}

/// Lines of a paragraph that begin as the items of a list would.
fn fake_list(line: &Line) -> Option<Diagnostic> {
    if line.role != Role::Prose || !looks_like_list(&line.text) {
        return None;
    }
    let message = "these lines look like a list, but are one paragraph for those who listen (RGAA 9.3)";
    let hint = "write each item on a line of its own that begins with a hyphen and a space (or 1. and a space), \
                after an empty line";
    Some(Diagnostic::new(&code::FAKE_LIST, line.span, message).hint(hint))
}

/// What stands at the beginning of a line that is meant as an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A sign that nothing else begins with: `•`.
    Bullet,
    /// `–`, which may also be an aside or a turn of speech.
    Dash,
    /// `-` glued to a word.
    Hyphen,
    /// `2)`, `b)`, `1/`.
    Count,
}

fn looks_like_list(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let marks: Vec<Option<Mark>> = lines.iter().map(|line| mark(line)).collect();
    let count = |mark| marks.iter().filter(|found| **found == Some(mark)).count();
    // Turns of speech begin with dashes too, but nothing announces them, and they end as sentences do.
    let announced = lines.iter().any(|line| line.ends_with([':', ';']));
    count(Mark::Bullet) >= 1
        || count(Mark::Hyphen) >= 2
        || count(Mark::Count) >= 2
        || (count(Mark::Dash) >= 2 && announced)
}

fn mark(line: &str) -> Option<Mark> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    match first {
        '•' | '‣' | '◦' | '▪' | '▫' | '●' | '■' | '►' | '➢' | '➤' | '✓' | '✔' | '☐' | '☑' => {
            Some(Mark::Bullet)
        }
        '·' if rest.starts_with(char::is_whitespace) => Some(Mark::Bullet),
        '–' | '—' if rest.starts_with(char::is_whitespace) => Some(Mark::Dash),
        '-' if rest.starts_with(char::is_alphabetic) => Some(Mark::Hyphen),
        _ => {
            let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let after = if after.len() == line.len() && first.is_ascii_alphabetic() { rest } else { after };
            let counted = after.len() < line.len() && line.len() - after.len() <= 2;
            (counted && after.starts_with([')', '/', '°'])).then_some(Mark::Count)
        }
    }
}

fn table(table: &Table, span: Span, view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if table.caption.is_none() {
        let message =
            "this table has no caption: nobody who listens knows what it shows before hearing it all (RGAA 5.4)";
        let hint = "write under it, after an empty line, a line that begins with a colon and a space: `: What the table shows`";
        let first_line = view.sources.slice(span).lines().next().unwrap_or_default().len();
        let head = Span::new(span.file, span.start as usize..span.start as usize + first_line);
        found.push(Diagnostic::new(&code::TABLE_NO_CAPTION, head, message).hint(hint));
    }
    if let Some(message) = complex(table) {
        let hint = "name every column and every row; cut a table in several parts into several tables";
        found.push(Diagnostic::new(&code::TABLE_COMPLEX, span, message).hint(hint));
    }
    found
}

/// Why the cells of a table do not belong to exactly one column and one row that have names.
fn complex(table: &Table) -> Option<&'static str> {
    let blank = |cell: &Vec<Inline>| plain_text(cell).trim().is_empty();
    let columns = table.head.len();
    // The corner above the names of the rows may be empty.
    if columns > 1 && table.head.iter().skip(1).any(blank) {
        return Some("a column of this table has no name (RGAA 5.6)");
    }
    let rows = || table.rows.iter().filter(|row| !row.iter().all(blank));
    let alone = |row: &&Vec<Vec<Inline>>| row.iter().skip(1).all(blank);
    // One row of the kind may lack data; several, or one in bold, are headings.
    let in_bold = |row: &Vec<Vec<Inline>>| matches!(row.first().map(Vec::as_slice), Some([Inline::Strong(_)]));
    if columns > 2 && (rows().filter(alone).count() > 1 || rows().filter(alone).any(in_bold)) {
        return Some("a row of this table has one cell only, as if it were a heading (RGAA 5.1)");
    }
    let nameless = |row: &Vec<Vec<Inline>>| row.first().is_some_and(blank);
    (columns > 1 && rows().any(nameless) && !rows().all(nameless))
        .then_some("a row of this table has no name, as if it went on with the row above (RGAA 5.1)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_lists_are_told_from_prose() {
        for (text, expected) in [
            ("• un\n• deux", true),
            ("Il faut :\n– du temps ;\n– de l’argent.", true),
            ("-un\n-deux", true),
            ("a) un\nb) deux", true),
            ("2) deux\n3) trois", true),
            ("1/ ouvrir\n2/ fermer", true),
            ("– Bonjour !\n– Bonsoir.", false),
            ("Un texte\n– avec une incise – coupé", false),
            ("-5 °C le matin\n-2 °C le soir", false),
            ("En\n2000) il y eut", false),
            ("Une phrase sur\ndeux lignes : rien de plus", false),
            ("(a) un cas\n(b) un autre", false),
            ("", false),
        ] {
            assert_eq!(looks_like_list(text), expected, "{text}");
        }
    }

    #[test]
    fn tables_whose_cells_have_one_row_and_one_column_are_simple() {
        let cell = |text: &str| match text.strip_prefix('*') {
            Some(bold) => vec![Inline::Strong(vec![Inline::Text(bold.to_owned())])],
            None => vec![Inline::Text(text.to_owned())],
        };
        let row = |row: &str| row.split('|').map(cell).collect::<Vec<_>>();
        for (rows, expected) in [
            (&["Port|Ship|Year", "Brest|Belem|2020"][..], false),
            (&["|Ship|Year", "Brest|Belem|2020"], false),
            (&["Port||Year", "Brest|Belem|2020"], true),
            (&["Port|Ship|Year", "Brest|Belem|2020", "|Hermione|2021"], true),
            (&["Port|Ship|Year", "*In the north||", "Brest|Belem|2020"], true),
            (&["Port|Ship|Year", "North||", "Brest|Belem|2020", "South||", "Nantes|Hermione|2021"], true),
            (&["Port|Ship|Year", "Brest|Belem|2020", "Nantes||"], false),
            (&["Port|Ship|Year", "||", "Brest|Belem|"], false),
        ] {
            let mut rows: Vec<_> = rows.iter().map(|text| row(text)).collect();
            let head = rows.remove(0);
            let table = Table { caption: None, columns: Vec::new(), head, rows };
            assert_eq!(complex(&table).is_some(), expected, "{table:?}");
        }
    }

    #[test]
    fn bold_sentences_are_no_headings() {
        let strong = |text: &str| vec![Inline::Strong(vec![Inline::Text(text.to_owned())])];
        for (text, expected) in [
            ("Les étapes", true),
            ("What you need:", true),
            ("Que faire ?", true),
            ("Lisez tout.", false),
            ("Attention !", false),
            ("", false),
        ] {
            assert_eq!(is_bold_line(&strong(text)), expected, "{text}");
        }
        assert!(is_bold_line(&[Inline::Emphasis(strong("Les étapes"))]));
        assert!(!is_bold_line(&[strong("Un mot").remove(0), Inline::Text(" et la suite".to_owned())]));
    }
}
