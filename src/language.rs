//! Languages: BCP 47 tags, writing direction, and which of them the interface speaks.

use crate::text::slug;

/// A BCP 47 language tag in canonical case, such as `fr` or `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(String);

/// The way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// Languages that courses are in: the two-letter code, then what people type instead: codes of three letters (ISO
/// 639-2) and names, in the language itself, in French, English and German.
const NAMES: [(&str, &str); 36] = [
    ("ar", "ara العربية arabe arabic arabisch"),
    ("bg", "bul български bulgare bulgarian bulgarisch"),
    ("br", "bre brezhoneg breton"),
    ("ca", "cat català catalan katalanisch"),
    ("co", "cos corsu corse corsican"),
    ("cs", "ces cze čeština tchèque czech tschechisch"),
    ("da", "dan dansk danois danish dänisch"),
    ("de", "deu ger deutsch allemand german"),
    ("el", "ell gre ελληνικά grec greek griechisch"),
    ("en", "eng english anglais englisch inglés inglese"),
    ("es", "spa español espagnol spanish spanisch castellano"),
    ("et", "est eesti estonien estonian estnisch"),
    ("eu", "eus baq euskara basque baskisch"),
    ("fi", "fin suomi finnois finnish finnisch"),
    ("fr", "fra fre français french französisch francés francese"),
    ("ga", "gle gaeilge irlandais irish"),
    ("he", "heb עברית hébreu hebrew hebräisch"),
    ("hr", "hrv hrvatski croate croatian kroatisch"),
    ("hu", "hun magyar hongrois hungarian ungarisch"),
    ("it", "ita italiano italien italian italienisch"),
    ("ja", "jpn 日本語 japonais japanese japanisch"),
    ("lb", "ltz lëtzebuergesch luxembourgeois luxembourgish luxemburgisch"),
    ("lt", "lit lietuvių lituanien lithuanian litauisch"),
    ("lv", "lav latviešu letton latvian lettisch"),
    ("nl", "nld dut nederlands néerlandais dutch niederländisch flamand"),
    ("oc", "oci occitan"),
    ("pl", "pol polski polonais polish polnisch"),
    ("pt", "por português portugais portuguese portugiesisch"),
    ("ro", "ron rum română roumain romanian rumänisch"),
    ("ru", "rus русский russe russian russisch"),
    ("sk", "slk slo slovenčina slovaque slovak slowakisch"),
    ("sl", "slv slovenščina slovène slovenian slowenisch"),
    ("sv", "swe svenska suédois swedish schwedisch"),
    ("tr", "tur türkçe turc turkish türkisch"),
    ("uk", "ukr українська ukrainien ukrainian ukrainisch"),
    ("zh", "zho chi 中文 chinois chinese chinesisch"),
];

impl Language {
    /// English, the language of last resort.
    pub(crate) fn english() -> Self {
        Self("en".to_owned())
    }

    /// A language that nobody has said, or that cannot be told from what was said (`und`, RFC 5646 section 4.1).
    pub(crate) fn unknown() -> Self {
        Self("und".to_owned())
    }

    /// Whether it is not known.
    pub(crate) fn is_unknown(&self) -> bool {
        self.primary() == "und"
    }

    /// The language that was meant by what is not its tag: its name, or a code of three letters, where BCP 47 wants
    /// the one of two (RFC 5646 section 2.2.1), or underscores.
    pub(crate) fn meant(text: &str) -> Option<Self> {
        let parts = text.replace('_', "-");
        let (primary, rest) =
            parts.split_once('-').map_or((parts.as_str(), None), |(primary, rest)| (primary, Some(rest)));
        let alike = |name: &str| name == primary.to_lowercase() || slug(name, 40) == slug(primary, 40);
        let named = NAMES.iter().find(|(_, names)| names.split(' ').any(alike)).map(|(code, _)| *code);
        if named.is_none() && parts == text {
            return None;
        }
        let primary = named.unwrap_or(primary);
        Self::parse(&rest.map_or_else(|| primary.to_owned(), |rest| format!("{primary}-{rest}")))
            .or_else(|| named.and_then(Self::parse))
    }

    /// Reads a tag and puts it into canonical case (RFC 5646 section 2.1.1).
    ///
    /// The grammar is that of `xs:language`, which SCORM 1.2, cmi5 and HTML share: parts of 1 to 8 letters or
    /// digits joined by hyphens, the first of letters only. The primary part must have 2 or 3 letters.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let parts: Vec<&str> = tag.split('-').collect();
        let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let primary = parts.first()?;
        let primary_ok = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
        if !primary_ok || !parts.iter().all(|part| well_formed(part)) {
            return None;
        }
        let cased = parts.iter().enumerate().map(|(i, part)| match part.len() {
            _ if i == 0 => part.to_ascii_lowercase(),
            2 => part.to_ascii_uppercase(),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase()
            }
            _ => part.to_ascii_lowercase(),
        });
        Some(Self(cased.collect::<Vec<_>>().join("-")))
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary part: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Whether its decimal sign is a comma (CLDR 48, `decimal` of the Latin digits).
    #[must_use]
    pub fn has_decimal_comma(&self) -> bool {
        const POINT: [&str; 24] = [
            "en", "he", "ar", "ja", "zh", "ko", "th", "hi", "bn", "ta", "te", "ur", "ms", "fil", "ga", "cy", "mt",
            "sw", "fa", "my", "si", "km", "ne", "pa",
        ];
        let by_region = matches!(self.0.as_str(), "de-CH" | "it-CH" | "es-MX" | "es-US" | "es-PR" | "de-LI");
        !by_region && !POINT.contains(&self.primary())
    }

    /// The way it is written, from the script part or the primary part.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let script = self.0.split('-').skip(1).find(|part| part.len() == 4);
        let rtl = match script {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm"),
            None => matches!(self.primary(), "ar" | "fa" | "he" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv"),
        };
        if rtl { Direction::Rtl } else { Direction::Ltr }
    }
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_checked_and_put_into_canonical_case() {
        for (given, expected) in
            [("fr", Some("fr")), ("FR-fr", Some("fr-FR")), ("zh-hant-tw", Some("zh-Hant-TW")), ("fr_FR", None)]
                .into_iter()
                .chain([("french", None), ("", None), ("fr-", None), ("x-none", None), ("fr-CA-quebecois1", None)])
        {
            assert_eq!(Language::parse(given).as_ref().map(Language::tag), expected, "{given}");
        }
    }

    #[test]
    fn names_and_codes_of_three_letters_are_known() {
        for (given, expected) in [
            ("français", Some("fr")),
            ("FRANCAIS", Some("fr")),
            ("Deutsch", Some("de")),
            ("fre", Some("fr")),
            ("FRA-ca", Some("fr-CA")),
            ("eng", Some("en")),
            ("日本語", Some("ja")),
            ("fr_FR", Some("fr-FR")),
            ("fr", None),
            ("gsw", None),
            ("-", None),
            ("", None),
            ("klingon", None),
        ] {
            assert_eq!(Language::meant(given).as_ref().map(Language::tag), expected, "{given}");
        }
    }

    #[test]
    fn direction_follows_the_script_before_the_language() {
        let direction = |tag| Language::parse(tag).map(|l| l.direction());
        assert_eq!(direction("ar"), Some(Direction::Rtl));
        assert_eq!(direction("az-Arab"), Some(Direction::Rtl));
        assert_eq!(direction("ks-Deva"), Some(Direction::Ltr));
    }
}
