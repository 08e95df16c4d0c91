//! Reading the author's `theme.css`: what it loads, and what would make the pages hard to use. Nothing of the course
//! is known here, and the text is not changed.

use std::ops::Range;

use cssparser::color::parse_named_color;
use cssparser::{Parser, ParserInput, Token};

use crate::code::{self, Code};
use crate::diagnostic::{Diagnostic, Span};
use crate::sources::FileId;

/// A `url()` of the style sheet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Resource {
    /// The whole `url(…)`.
    pub(super) range: Range<usize>,
    /// The address in it.
    pub(super) address: String,
}

/// What a style sheet loads, in order, and what is wrong with it by itself.
pub(super) fn scan(text: &str, file: FileId) -> (Vec<Resource>, Vec<Diagnostic>) {
    let mut scanner = Scanner { text, file, resources: Vec::new(), diagnostics: Vec::new() };
    let mut input = ParserInput::new(text);
    scanner.block(&mut Parser::new(&mut input), Inside::Sheet);
    (scanner.resources, scanner.diagnostics)
}

struct Scanner<'a> {
    text: &'a str,
    file: FileId,
    resources: Vec<Resource>,
    diagnostics: Vec<Diagnostic>,
}

/// What a run of tokens stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Nothing: rules follow each other.
    Sheet,
    /// Braces, which hold declarations or rules.
    Braces,
    /// Brackets, or a function.
    Value,
}

/// A declaration as far as it is read, or a selector: which of them, `{` or `;` will tell.
#[derive(Default)]
struct Candidate {
    name: Option<(String, usize)>,
    value: Option<usize>,
    has_colour: bool,
}

/// The declarations of one rule that have to do with each other.
#[derive(Default)]
struct Rule {
    colour: Option<Pairing>,
    background: Option<Pairing>,
}

struct Pairing {
    range: Range<usize>,
    /// Whether a colour is written there, rather than a variable of ours, which changes with the scheme.
    fixed: bool,
}

impl Scanner<'_> {
    fn say(&mut self, code: &'static Code, range: Range<usize>, message: impl Into<String>, hint: &str) {
        let diagnostic = Diagnostic::new(code, Span::new(self.file, range), message);
        self.diagnostics.push(diagnostic.hint(hint));
    }

    fn block(&mut self, parser: &mut Parser<'_, '_>, inside: Inside) -> bool {
        let mut rule = Rule::default();
        let mut candidate = Candidate::default();
        let mut has_colour = false;
        loop {
            let start = parser.position().byte_index();
            let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else {
                break;
            };
            let range = start..parser.position().byte_index();
            match &token {
                Token::Semicolon if inside == Inside::Braces => {
                    self.declaration(&std::mem::take(&mut candidate), start, &mut rule);
                }
                Token::CurlyBracketBlock => {
                    self.nested(parser, Inside::Braces);
                    candidate = Candidate::default();
                }
                Token::Function(name) => {
                    let colour = self.function(parser, name, start);
                    candidate.has_colour |= colour;
                    has_colour |= colour;
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock => {
                    let colour = self.nested(parser, Inside::Value);
                    candidate.has_colour |= colour;
                }
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                    let hint = "copy the rules of the other file into theme.css";
                    self.say(&code::THEME_RESOURCE, range, "a style sheet cannot bring another one by @import", hint);
                    while parser.next().is_ok_and(|token| *token != Token::Semicolon) {}
                }
                _ => {
                    self.token(&token, range.clone());
                    candidate.read(&token, range);
                    has_colour |= is_colour(&token);
                }
            }
        }
        if inside == Inside::Braces {
            self.declaration(&candidate, parser.position().byte_index(), &mut rule);
            self.pair(rule);
        }
        has_colour
    }

    /// Reads a block; whether a colour is written in it.
    fn nested(&mut self, parser: &mut Parser<'_, '_>, inside: Inside) -> bool {
        let read =
            parser.parse_nested_block(|parser| Ok::<_, cssparser::ParseError<'_, ()>>(self.block(parser, inside)));
        read.unwrap_or(false)
    }

    /// Reads the inside of a function; whether it is a colour.
    fn function(&mut self, parser: &mut Parser<'_, '_>, name: &str, start: usize) -> bool {
        let name = name.to_ascii_lowercase();
        // A url() without a string is one token, and never comes here.
        let address = if name == "url" {
            string_in(parser)
        } else {
            self.nested(parser, Inside::Value);
            None
        };
        let range = start..parser.position().byte_index();
        if let Some(address) = address {
            self.resources.push(Resource { range, address });
        } else if matches!(name.as_str(), "image-set" | "-webkit-image-set" | "src" | "image" | "cross-fade") {
            let message = format!("{name}() cannot be followed into a package");
            self.say(&code::THEME_RESOURCE, range, message, "write url() with one file of the course");
        }
        is_colour_function(&name)
    }

    fn token(&mut self, token: &Token<'_>, range: Range<usize>) {
        match token {
            Token::UnquotedUrl(address) => self.resources.push(Resource { range, address: address.to_string() }),
            Token::BadUrl(_) | Token::BadString(_) => {
                let hint = "close the quotation mark and the bracket on the line where they were opened";
                self.say(&code::THEME_SYNTAX, range, "this text or address has no end", hint);
            }
            Token::CloseCurlyBracket | Token::CloseParenthesis | Token::CloseSquareBracket => {
                let hint = "remove it, or open it before";
                self.say(&code::THEME_SYNTAX, range, "this bracket closes nothing", hint);
            }
            _ => {}
        }
    }

    fn declaration(&mut self, candidate: &Candidate, end: usize, rule: &mut Rule) {
        let (Some((name, start)), Some(value)) = (&candidate.name, candidate.value) else {
            return;
        };
        let range = *start..end.max(value);
        let value = self.text[value..range.end].trim().to_ascii_lowercase();
        let value = value.trim_end_matches("!important").trim();
        let hides = match name.as_str() {
            "outline" | "outline-style" | "outline-width" => {
                value.split_whitespace().any(|word| matches!(word, "none" | "0" | "0px" | "hidden"))
            }
            _ => false,
        };
        if hides {
            let message = "without an outline, nobody sees where the keyboard is";
            let hint = "remove the line, or give the outline another look: outline: 3px dashed var(--accent)";
            self.say(&code::THEME_FOCUS, range.clone(), message, hint);
        }
        let pairing = Pairing { range, fixed: candidate.has_colour };
        match name.as_str() {
            "color" => rule.colour = Some(pairing),
            "background" | "background-color" => rule.background = Some(pairing),
            _ => {}
        }
    }

    /// RGAA 10.5: text and background are coloured together. Alone, a fixed colour meets the other scheme's background.
    fn pair(&mut self, rule: Rule) {
        let (alone, other) = match (rule.colour, rule.background) {
            (Some(colour), None) => (colour, "background-color"),
            (None, Some(background)) => (background, "color"),
            _ => return,
        };
        if alone.fixed {
            let message = format!("a colour without {other}: in dark or in light surroundings it may be unreadable");
            let hint = format!(
                "set {other} in the same rule, or take a colour that knows both: var(--accent), var(--fore), var(--soft), var(--back), var(--wash)"
            );
            self.say(&code::THEME_COLOUR_PAIR, alone.range, message, &hint);
        }
    }
}

impl Candidate {
    fn read(&mut self, token: &Token<'_>, range: Range<usize>) {
        match token {
            Token::WhiteSpace(_) | Token::Comment(_) => {}
            Token::Ident(name) if self.name.is_none() => {
                self.name = Some((name.to_ascii_lowercase(), range.start));
            }
            Token::Colon if self.value.is_none() && self.name.is_some() => self.value = Some(range.end),
            // No declaration begins so: what follows is a selector, or nothing that a browser reads.
            _ if self.name.is_none() => self.name = Some((String::new(), range.start)),
            _ => self.has_colour |= self.value.is_some() && is_colour(token),
        }
    }
}

/// The text between quotation marks in a function.
fn string_in(parser: &mut Parser<'_, '_>) -> Option<String> {
    let read = parser.parse_nested_block(|parser| {
        let text = parser.expect_string()?.as_ref().to_owned();
        while parser.next().is_ok() {}
        Ok::<_, cssparser::ParseError<'_, ()>>(text)
    });
    read.ok()
}

fn is_colour(token: &Token<'_>) -> bool {
    match token {
        Token::Hash(_) | Token::IDHash(_) => true,
        Token::Ident(name) => parse_named_color(&name.to_ascii_lowercase()).is_ok(),
        _ => false,
    }
}

fn is_colour_function(name: &str) -> bool {
    matches!(name, "rgb" | "rgba" | "hsl" | "hsla" | "hwb" | "lab" | "lch" | "oklab" | "oklch" | "color")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(css: &str) -> Vec<&'static str> {
        scan(css, FileId(0)).1.iter().map(|diagnostic| diagnostic.code.name).collect()
    }

    #[test]
    fn every_spelling_of_an_address_is_found_where_it_stands() {
        let css = "a{background:url(a.png)}\n@media print{b{background:#fff url( \"b c.png\" ) no-repeat;color:#000}}/*url(x)*/c::after{content:\"url(y)\"}";
        let (resources, diagnostics) = scan(css, FileId(0));
        let found: Vec<(&str, &str)> = resources.iter().map(|r| (&css[r.range.clone()], r.address.as_str())).collect();
        assert_eq!(found, [("url(a.png)", "a.png"), ("url( \"b c.png\" )", "b c.png")]);
        assert_eq!(diagnostics, []);
    }

    #[test]
    fn what_is_hard_to_use_is_told_from_what_is_not() {
        for (css, expected) in [
            ("a:focus { outline: none }", vec!["theme-focus"]),
            ("a { outline: 0 !important; }", vec!["theme-focus"]),
            ("a { outline: 2px solid; outline-offset: 0 }", vec![]),
            ("a { color: #333 }", vec!["theme-colour-pair"]),
            ("a { background: rgb(1 2 3) }", vec!["theme-colour-pair"]),
            ("a { COLOR: Red; background-color: white }", vec![]),
            ("a { color: var(--soft, #333) }", vec![]),
            ("a { border-color: #333; background: none }", vec![]),
            (".card { &:hover { color: teal } background: var(--wash) }", vec!["theme-colour-pair"]),
            ("@media print { a:hover { color: inherit } }", vec![]),
            ("@import \"x.css\";", vec!["theme-resource"]),
            ("a { background: image-set(\"x.png\" 1x) }", vec!["theme-resource"]),
            ("a { content: \"x\n }", vec!["theme-syntax"]),
            ("a { margin: 0 } }", vec!["theme-syntax"]),
        ] {
            assert_eq!(found(css), expected, "{css}");
        }
    }
}
