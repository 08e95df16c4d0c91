//! Languages: BCP 47 tags, writing direction, and which of them the interface speaks.

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

impl Language {
    /// English, the language of last resort.
    pub(crate) fn english() -> Self {
        Self("en".to_owned())
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
    fn direction_follows_the_script_before_the_language() {
        let direction = |tag| Language::parse(tag).map(|l| l.direction());
        assert_eq!(direction("ar"), Some(Direction::Rtl));
        assert_eq!(direction("az-Arab"), Some(Direction::Rtl));
        assert_eq!(direction("ks-Deva"), Some(Direction::Ltr));
    }
}
