//! Tables whose rows are in a CSV file: written like an image, since they too are shown in their place.

use crate::course::{DataTable, Image};
use crate::load;

/// Whether what is written like an image is a table.
pub(super) fn is_table(image: &Image) -> bool {
    load::has_ending(&image.destination, "csv")
}

/// The table that stands alone in its paragraph.
pub(super) fn of(image: &Image) -> DataTable {
    let title = image.caption.as_deref().unwrap_or_default();
    let named = filters(title);
    DataTable {
        destination: image.destination.clone(),
        caption: image.alternative.clone(),
        stray_title: (named.is_none() && !title.is_empty()).then(|| title.to_owned()),
        filters: named.unwrap_or_default(),
        span: image.span,
    }
}

/// The names after `filter:`; a French author may well put a space before the colon.
fn filters(title: &str) -> Option<Vec<String>> {
    let (word, names) = title.split_once(':')?;
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
    word.trim().eq_ignore_ascii_case("filter").then(|| names.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_the_filters() {
        let names = |title| filters(title).map(|names| names.join("|"));
        assert_eq!(names("filter: genre, Compétence visée").as_deref(), Some("genre|Compétence visée"));
        assert_eq!(names("Filter\u{a0}: a,").as_deref(), Some("a"));
        assert_eq!(names("filter:").as_deref(), Some(""));
        assert_eq!(names("A caption: of old"), None);
    }
}
