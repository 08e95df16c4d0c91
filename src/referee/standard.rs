//! Which standard a package is made for, as its own manifest tells it.

use super::manifest::reader;

/// A standard for packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// SCORM 1.2, of `imsmanifest.xml`.
    Scorm12,
    /// SCORM 2004 in any edition, of `imsmanifest.xml`.
    Scorm2004,
    /// cmi5, of `cmi5.xml`.
    Cmi5,
    /// Tin Can (xAPI), of `tincan.xml`.
    TinCan,
}

impl Standard {
    /// How people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Scorm12 => "SCORM 1.2",
            Self::Scorm2004 => "SCORM 2004",
            Self::Cmi5 => "cmi5",
            Self::TinCan => "Tin Can",
        }
    }

    /// The entry that a package of it must have at its root.
    #[must_use]
    pub fn manifest(self) -> &'static str {
        match self {
            Self::Scorm12 | Self::Scorm2004 => "imsmanifest.xml",
            Self::Cmi5 => "cmi5.xml",
            Self::TinCan => "tincan.xml",
        }
    }
}

/// Which SCORM an `imsmanifest.xml` is written for. What its `schemaversion` says counts more than its namespaces, as
/// it does for LMSs; text that is no XML is looked through for the namespaces of 2004.
#[must_use]
pub fn detect(bytes: &[u8]) -> Standard {
    let Some(text) = reader::text(bytes) else { return Standard::Scorm12 };
    let told = |text: &str| text.contains("imscp_v1p1") || text.contains("adlcp_v1p3");
    let by_names = if told(&text) { Standard::Scorm2004 } else { Standard::Scorm12 };
    match reader::schema_version(&text).as_deref() {
        Some("1.2") => Standard::Scorm12,
        Some(version) if version.contains("2004") || version.contains("1.3") => Standard::Scorm2004,
        _ => by_names,
    }
}
