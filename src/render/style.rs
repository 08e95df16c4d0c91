//! The style sheet of a package: ours, squeezed as the runtime is, then the author's as it was written.

use super::data;
use crate::check::Facts;
use crate::colour::Colour;
use crate::course::Course;
use crate::runtime::Kind;

const STYLE: &str = include_str!("../../templates/style.css");
/// For questions that are more than a choice.
const KINDS: &str = include_str!("../../templates/style-kinds.css");

/// Ours, and the author's after it, whose rules win.
pub(super) fn sheet(course: &Course, facts: &Facts<'_>) -> String {
    let colour = |text: &str| Colour::parse(text).unwrap_or_else(|| unreachable!("parse lets only colours through"));
    let accent = colour(&course.accent.value);
    let dark = course.accent_dark.as_ref().map_or_else(|| accent.lightened(), |dark| colour(&dark.value));
    let ours = STYLE.replace("ACCENT-ON-LIGHT", &accent.to_string()).replace("ACCENT-ON-DARK", &dark.to_string());
    let choice = |kind: &Kind| matches!(kind, Kind::Single | Kind::Multiple | Kind::TrueFalse);
    let kinds = if data::kinds(course).iter().all(choice) { "" } else { KINDS };
    squeeze(&ours) + &squeeze(kinds) + &facts.style
}

/// Drops comments and the blanks that separate nothing; every rule keeps a line of its own, for who must read it.
fn squeeze(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let (mut rest, mut depth, mut gap) = (css, 0_u32, false);
    while let Some(c) = rest.chars().next() {
        let length = if let Some(comment) = rest.strip_prefix("/*") {
            gap = true;
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        } else if c.is_whitespace() {
            gap = true;
            rest = &rest[c.len_utf8()..];
            continue;
        } else if matches!(c, '"' | '\'') {
            rest[1..].find(c).map_or(rest.len(), |end| end + 2)
        } else {
            c.len_utf8()
        };
        let before = out.chars().next_back().unwrap_or('\n');
        if std::mem::take(&mut gap) && !"{};,:>\n".contains(before) && !"{};,>!".contains(c) {
            out.push(' ');
        }
        if c == '}' && before == ';' {
            out.pop();
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
        depth = depth.saturating_add_signed(i32::from(c == '{') - i32::from(c == '}'));
        if c == '}' && depth == 0 {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_light_with_every_kind_of_question_too() {
        let weight = squeeze(STYLE).len() + squeeze(KINDS).len();
        assert!(weight <= 12 * 1024, "{weight} bytes");
    }

    #[test]
    fn squeezing_keeps_what_separates_and_every_string() {
        for (css, squeezed) in [
            ("a,\nb > c {\n\tcolor: red;\n}\n", "a,b>c{color:red}\n"),
            ("/* no */\na :hover {\n\tmargin: 0 calc(1rem + 2px);\n}", "a :hover{margin:0 calc(1rem + 2px)}\n"),
            (
                "@media (a: b) and (c) {\n\ta {\n\t\tx: y !important;\n\t}\n}",
                "@media (a:b) and (c){a{x:y!important}}\n",
            ),
            ("q {\n\tquotes: \"« { \" \"  » }\";\n}", "q{quotes:\"« { \" \"  » }\"}\n"),
        ] {
            assert_eq!(squeeze(css), squeezed);
        }
    }
}
