//! What the interface says, by language. Languages without a catalogue get English, marked as such.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

use crate::language::Language;
use crate::typography::Typography;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Catalogue {
    /// The language that the words are in.
    pub(crate) language: &'static str,
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

static FRENCH: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read("fr", include_str!("../templates/strings/fr.toml")));
static ENGLISH: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read("en", include_str!("../templates/strings/en.toml")));

/// The catalogue for a language.
pub(crate) fn for_language(language: &Language) -> &'static Catalogue {
    match language.primary() {
        "fr" => &FRENCH,
        _ => &ENGLISH,
    }
}

/// Every catalogue.
pub(crate) fn all() -> [&'static Catalogue; 2] {
    [&ENGLISH, &FRENCH]
}

impl Catalogue {
    fn read(language: &'static str, text: &str) -> Self {
        let typography = Language::parse(language).map_or(Typography::Plain, |l| Typography::of(&l));
        let table = DeTable::parse(text).unwrap_or_else(|error| unreachable!("the catalogue {language}: {error}"));
        let words = |value: &DeValue<'_>| match value {
            DeValue::String(text) => typography.apply(text).into_owned(),
            _ => unreachable!("the catalogue {language} holds texts only"),
        };
        let section = |value: &DeValue<'_>| match value {
            DeValue::Table(table) => {
                table.iter().map(|(key, value)| (key.get_ref().to_string(), words(value.get_ref()))).collect()
            }
            _ => unreachable!("the catalogue {language} holds tables only"),
        };
        let table = table.get_ref();
        let sections = table.iter().map(|(name, value)| (name.get_ref().to_string(), section(value.get_ref())));
        Self { language, sections: sections.collect() }
    }

    /// A section of the catalogue.
    pub(crate) fn section(&self, name: &str) -> &BTreeMap<String, String> {
        self.sections.get(name).unwrap_or_else(|| unreachable!("the catalogue has no section {name}"))
    }

    /// A word of the pages.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.section("page").get(key).unwrap_or_else(|| unreachable!("the catalogue has no word {key}"))
    }

    /// A word of the pages with its `{gaps}` filled.
    pub(crate) fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A day such as `2026-11-23`, as people write it.
    pub(crate) fn date(&self, day: &str) -> String {
        let mut parts = day.split('-').map(|part| part.parse::<usize>().unwrap_or(1));
        let (year, month, day) = (parts.next().unwrap_or(1), parts.next().unwrap_or(1), parts.next().unwrap_or(1));
        let month = self.get("months").split(' ').nth(month.saturating_sub(1)).unwrap_or_default();
        let day = if self.language == "fr" && day == 1 { "1er".to_owned() } else { day.to_string() };
        format!("{day} {month} {year}")
    }
}

/// Fills the `{gaps}` of a text.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(text: &str) -> Vec<&str> {
        let mut gaps: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|g| g.0).collect();
        gaps.sort_unstable();
        gaps
    }

    #[test]
    fn what_a_unit_says_instead_takes_the_place_of_something() {
        for (key, text) in ENGLISH.section("unit") {
            assert_eq!(gaps(text), gaps(&ENGLISH.section("runtime")[key]), "{key}");
        }
    }

    #[test]
    fn every_catalogue_has_the_same_keys_with_the_same_gaps() {
        assert_eq!(FRENCH.sections.keys().collect::<Vec<_>>(), ENGLISH.sections.keys().collect::<Vec<_>>());
        for (name, english) in &ENGLISH.sections {
            let french = FRENCH.section(name);
            assert_eq!(french.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{name}");
            for (key, text) in english {
                assert_eq!(gaps(text), gaps(&french[key]), "{name}.{key}");
                assert!(!text.trim().is_empty());
            }
        }
    }
}
