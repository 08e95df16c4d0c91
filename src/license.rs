//! Licences: SPDX identifiers, their short names and the addresses where people read them.
//!
//! The list is the set of licences that courses carry (Creative Commons, public domain, Etalab); software
//! licences are refused with a hint. Addresses are those of the deeds, not of the legal codes.

/// A licence of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// The identifier, in the SPDX list's case.
    pub id: String,
    /// What people call it, such as `CC BY-SA 4.0`.
    pub name: String,
    /// Where people read it.
    pub url: String,
}

const CREATIVE_COMMONS: [&str; 6] = ["BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"];
const OTHERS: [(&str, &str, &str); 3] = [
    ("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("CC-PDM-1.0", "Public Domain Mark 1.0", "https://creativecommons.org/publicdomain/mark/1.0/"),
    (
        "etalab-2.0",
        "Licence Ouverte / Open Licence 2.0 (Etalab)",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
];

impl License {
    /// Finds a licence by its SPDX identifier, in any case.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::all().find(|license| license.id.eq_ignore_ascii_case(id))
    }

    /// Every licence of the list.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = OTHERS.iter().map(|(id, name, url)| Self::new(id, name, url));
        let versions = ["4.0", "3.0"].iter().flat_map(|version| {
            CREATIVE_COMMONS.iter().map(move |code| {
                let url = format!("https://creativecommons.org/licenses/{}/{version}/", code.to_lowercase());
                Self::new(&format!("CC-{code}-{version}"), &format!("CC {code} {version}"), &url)
            })
        });
        let france = CREATIVE_COMMONS.iter().map(|code| {
            let url = format!("https://creativecommons.org/licenses/{}/3.0/fr/", code.to_lowercase());
            Self::new(&format!("LicenseRef-CC-{code}-3.0-FR"), &format!("CC {code} 3.0 France"), &url)
        });
        versions.chain(others).chain(france)
    }

    fn new(id: &str, name: &str, url: &str) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), url: url.to_owned() }
    }

    /// Whether reuse is bound to conditions (LOM: `copyrightAndOtherRestrictions`).
    #[must_use]
    pub fn has_conditions(&self) -> bool {
        !matches!(self.id.as_str(), "CC0-1.0" | "CC-PDM-1.0")
    }

    /// Whether the licence asks for the publisher's name and the date of the last update (Etalab 2.0).
    #[must_use]
    pub fn needs_publisher_and_date(&self) -> bool {
        self.id == "etalab-2.0"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_found_in_any_case_and_keep_the_lists_case() {
        assert_eq!(License::find("Etalab-2.0").map(|l| l.id), Some("etalab-2.0".to_owned()));
        let by_sa = License::find("cc-by-sa-4.0").map(|l| (l.name, l.url));
        let url = "https://creativecommons.org/licenses/by-sa/4.0/";
        assert_eq!(by_sa, Some(("CC BY-SA 4.0".to_owned(), url.to_owned())));
        assert_eq!(License::find("CC-BY-SA"), None);
        assert_eq!(License::find("MIT"), None);
    }
}
