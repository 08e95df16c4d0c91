//! Formulas: TeX to MathML Core, which browsers show by themselves.

use std::ops::Range;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use crate::language::Language;

/// How a formula stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Display {
    /// In a line of text.
    Inline,
    /// By itself.
    Block,
}

/// Why a formula cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The part of the TeX that is wrong, in bytes.
    pub(crate) range: Range<usize>,
    /// What is wrong, in words.
    pub(crate) message: String,
}

/// Converts TeX as in `$…$`. Numbers are written as `language` writes them.
///
/// # Errors
/// When the TeX is wrong, uses a command that is not known, or asks for what a strict style policy forbids.
pub(crate) fn to_mathml(tex: &str, display: Display, language: &Language) -> Result<String, Problem> {
    let converter = LatexToMathML::new(MathCoreConfig::default())
        .unwrap_or_else(|error| unreachable!("the default configuration is valid: {error:?}"));
    let display = match display {
        Display::Inline => MathDisplay::Inline,
        Display::Block => MathDisplay::Block,
    };
    let converted = converter.convert_with_local_state(tex, display).map_err(|error| Problem {
        range: error.0.clone(),
        message: uncapitalized(error.to_string().trim_end_matches('.')),
    })?;
    let mathml = converted.mathml;
    if mathml.contains(" style=\"") {
        let message = "colours and sizes cannot be set in a formula".to_owned();
        return Err(Problem { range: 0..tex.len(), message });
    }
    // TeX takes a comma for a list's, with a space after it; between digits it is a decimal comma where one is used.
    let decimal = ["fr", "de", "es", "it", "pt", "nl"].contains(&language.primary());
    Ok(if decimal { mathml.replace("</mn><mo>,</mo><mn>", ",") } else { mathml })
}

fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Whether what stands between two `$` reads like a sentence: two words, and nothing that a formula has.
pub(crate) fn looks_like_prose(tex: &str) -> bool {
    let words = tex.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3).count();
    words >= 2 && !tex.contains(['\\', '^', '_', '=', '+', '{', '<', '>'])
}

/// Whether a text has a command of TeX between two `$`.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    let inside = text.split_once('$').and_then(|(_, rest)| rest.rsplit_once('$')).map_or("", |(inside, _)| inside);
    inside.split('\\').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convert(tex: &str, language: &str) -> Result<String, Problem> {
        let language = Language::parse(language).expect("a language");
        to_mathml(tex, Display::Inline, &language)
    }

    #[test]
    fn a_comma_between_digits_is_decimal_where_the_language_says_so() {
        assert_eq!(convert("6,7", "fr").as_deref(), Ok("<math><mn>6,7</mn></math>"));
        assert_eq!(convert("6,7", "en").as_deref(), Ok("<math><mn>6</mn><mo>,</mo><mn>7</mn></math>"));
    }

    #[test]
    fn what_is_wrong_is_found_in_its_place() {
        let problem = convert("\\frac{a}{b} \\foo", "en").expect_err("an unknown command");
        assert_eq!(problem.range, 12..16);
        assert!(convert("\\color{red}{x}", "en").is_err(), "a style attribute would break the page's policy");
    }

    #[test]
    fn prose_between_dollars_is_told_from_formulas() {
        for prose in ["US pour tout le monde et", "per month or"] {
            assert!(looks_like_prose(prose), "{prose}");
        }
        for formula in ["x", "E = mc^2", "\\text{si la valeur}", "a b c", "sin x"] {
            assert!(!looks_like_prose(formula), "{formula}");
        }
    }
}
