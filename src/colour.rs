//! Colours of the theme and their contrast (WCAG 2.2, "relative luminance" and "contrast ratio").

use std::fmt;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

/// A scheme of colours, as people choose it for all that they read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

impl Scheme {
    /// What accented text stands on: the background of pages, and that of callouts. As in the style sheet.
    pub(crate) const fn backgrounds(self) -> [Colour; 2] {
        match self {
            Self::Light => [Colour([0xff, 0xff, 0xff]), Colour([0xf4, 0xf6, 0xf9])],
            Self::Dark => [Colour([0x15, 0x18, 0x1d]), Colour([0x1e, 0x22, 0x29])],
        }
    }

    /// The lowest contrast of an accent with what it meets: as the colour of links on either background, and as the
    /// background of buttons, whose text has the colour of the page's background.
    pub(crate) fn contrast(self, accent: Colour) -> f64 {
        self.backgrounds().into_iter().map(|background| accent.contrast(background)).fold(f64::INFINITY, f64::min)
    }
}

impl Colour {
    /// Reads `#rrggbb`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self([byte(0)?, byte(2)?, byte(4)?]))
    }

    fn luminance(self) -> f64 {
        let linear = self.0.map(|byte| {
            let c = f64::from(byte) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// The contrast ratio of two colours, from 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour itself, or the nearest mixture with white that stands out on dark pages (7:1).
    pub(crate) fn lightened(self) -> Self {
        let [background, _] = Scheme::Dark.backgrounds();
        let mixed = |white: u16| {
            Self(self.0.map(|c| u8::try_from((u16::from(c) * (16 - white) + 255 * white) / 16).unwrap_or(u8::MAX)))
        };
        (0..=16).map(mixed).find(|c| c.contrast(background) >= 7.0).unwrap_or(Self([0xff; 3]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour")
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((colour("#000000").contrast(colour("#ffffff")) - 21.0).abs() < 1e-9);
        assert!((colour("#767676").contrast(colour("#ffffff")) - 4.54).abs() < 0.01);
    }

    #[test]
    fn an_accent_is_readable_in_the_dark() {
        for accent in ["#1f5fa8", "#000000", "#7a1fa8", "#ffffff"] {
            let light = colour(accent).lightened();
            assert!(light.contrast(Scheme::Dark.backgrounds()[0]) >= 7.0, "{accent} becomes {light}");
            assert!(Scheme::Dark.contrast(light) >= 4.5, "{accent} becomes {light}");
        }
    }

    #[test]
    fn the_style_sheet_has_the_backgrounds_that_contrast_is_checked_with() {
        let style = include_str!("../templates/style.css").replace("#fff;", "#ffffff;");
        for scheme in [Scheme::Light, Scheme::Dark] {
            let [back, wash] = scheme.backgrounds();
            assert!(style.contains(&format!("--back: {back};")), "{scheme:?}");
            assert!(style.contains(&format!("--wash: {wash};")), "{scheme:?}");
        }
    }
}
