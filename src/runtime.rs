//! `runtime.js`: one classic script per package, joined from the plain files of `templates/runtime/`.
//!
//! No bundler and no minifier: names stay as they are written. What goes is what a browser does not read:
//! comments (but the licence line), blanks and line ends that separate nothing. The squeezer is a small lexer,
//! so that a string or a regular expression is never touched.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The files that every runtime has, in the order in which they are joined.
const CORE: [(&str, &str); 10] = [
    ("course.js", include_str!("../templates/runtime/course.js")),
    ("state.js", include_str!("../templates/runtime/state.js")),
    ("learner.js", include_str!("../templates/runtime/learner.js")),
    ("spare.js", include_str!("../templates/runtime/spare.js")),
    ("tabs.js", include_str!("../templates/runtime/tabs.js")),
    ("tracker.js", include_str!("../templates/runtime/tracker.js")),
    ("pages.js", include_str!("../templates/runtime/pages.js")),
    ("questions.js", include_str!("../templates/runtime/questions.js")),
    ("quiz.js", include_str!("../templates/runtime/quiz.js")),
    ("main.js", include_str!("../templates/runtime/main.js")),
];

const TYPES: &str = include_str!("../templates/runtime/types.js");
const RESPONSES: &str = include_str!("../templates/runtime/responses.js");
const TEXTS: &str = include_str!("../templates/runtime/texts.js");
const KIND_CHOICE: &str = include_str!("../templates/runtime/kind-choice.js");
const KIND_SCALE: &str = include_str!("../templates/runtime/kind-scale.js");
const KIND_ORDER: &str = include_str!("../templates/runtime/kind-order.js");
const KIND_MATCH: &str = include_str!("../templates/runtime/kind-match.js");
const KIND_TEXT: &str = include_str!("../templates/runtime/kind-text.js");
const FEATURE_VALIDATE: &str = include_str!("../templates/runtime/feature-validate.js");
const FEATURE_SHUFFLE: &str = include_str!("../templates/runtime/feature-shuffle.js");
const FEATURE_BANKS: &str = include_str!("../templates/runtime/feature-banks.js");
const FEATURE_OBJECTIVES: &str = include_str!("../templates/runtime/feature-objectives.js");
const FEATURE_FILTER: &str = include_str!("../templates/runtime/feature-filter.js");
const FEATURE_MEDIA: &str = include_str!("../templates/runtime/feature-media.js");

/// A kind of question as the runtime names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One choice is taken.
    Single,
    /// Any number of choices is taken.
    Multiple,
    /// True or false.
    TrueFalse,
    /// One of several opinions is taken.
    Scale,
    /// Items are put into an order.
    Order,
    /// Answers are given to prompts.
    Match,
    /// Blanks in a text are filled.
    Blanks,
    /// A text is written.
    Text,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Single,
        Self::Multiple,
        Self::TrueFalse,
        Self::Scale,
        Self::Order,
        Self::Match,
        Self::Blanks,
        Self::Text,
    ];

    /// Its name in the question data.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::TrueFalse => "true-false",
            Self::Scale => "scale",
            Self::Order => "order",
            Self::Match => "match",
            Self::Blanks => "blanks",
            Self::Text => "text",
        }
    }

    /// The files that declare it, and the call that makes it.
    fn source(self) -> (&'static [&'static str], &'static str) {
        match self {
            Self::Single | Self::TrueFalse => (&[KIND_CHOICE], "choiceKind(false)"),
            Self::Multiple => (&[KIND_CHOICE], "choiceKind(true)"),
            Self::Scale => (&[KIND_CHOICE, KIND_SCALE], "scaleKind()"),
            Self::Order => (&[RESPONSES, KIND_ORDER], "orderKind()"),
            Self::Match => (&[RESPONSES, KIND_MATCH], "matchKind()"),
            Self::Blanks => (&[RESPONSES, TEXTS, KIND_TEXT], "blanksKind()"),
            Self::Text => (&[RESPONSES, TEXTS, KIND_TEXT], "textKind()"),
        }
    }
}

/// What the runtime does beyond pages and questions, in courses that use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// Questions have buttons of their own.
    Validate,
    /// Questions or choices stand in another order in each attempt.
    Shuffle,
    /// Questions are drawn from banks; with [`Feature::Shuffle`].
    Banks,
    /// The result of a quiz says how well each objective was met, and what to read again.
    Objectives,
    /// Tables are filtered.
    Filter,
    /// Players of video and sound, and videos of other sites.
    Media,
}

impl Feature {
    /// Every feature.
    pub const ALL: [Self; 6] =
        [Self::Validate, Self::Shuffle, Self::Banks, Self::Objectives, Self::Filter, Self::Media];

    /// The files that declare it, and the call that starts it once the pages are there, unless they call it themselves.
    fn source(self) -> (&'static [&'static str], Option<&'static str>) {
        match self {
            Self::Validate => (&[FEATURE_VALIDATE], None),
            Self::Shuffle => (&[FEATURE_SHUFFLE], None),
            Self::Banks => (&[FEATURE_BANKS], None),
            Self::Objectives => (&[FEATURE_OBJECTIVES], None),
            Self::Filter => (&[TEXTS, FEATURE_FILTER], Some("startFilter(course)")),
            Self::Media => (&[FEATURE_MEDIA], Some("startMedia()")),
        }
    }
}

/// What a runtime is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A package: squeezed.
    Shipped,
    /// The type checker: as written, with the shared types.
    Checked,
}

/// Joins the runtime for an adapter's files, and the kinds of question and the features that a course uses.
#[must_use]
pub fn assemble(adapter: &[&str], kinds: &BTreeSet<Kind>, features: &BTreeSet<Feature>, form: Form) -> String {
    let of_kinds = kinds.iter().flat_map(|kind| kind.source().0);
    let used: BTreeSet<&str> =
        features.iter().flat_map(|feature| feature.source().0).chain(of_kinds).copied().collect();
    let mut joined = String::new();
    let (main, rest) = CORE.split_last().unwrap_or_else(|| unreachable!("there are core files"));
    for source in rest.iter().map(|(_, source)| *source).chain(used).chain(adapter.iter().copied()) {
        joined.push_str(source);
        joined.push('\n');
    }
    joined.push_str("/** @returns {Record<string, Kind>} */\nfunction questionKinds() {\n\treturn {\n");
    for kind in kinds {
        let quote = if kind.name().contains('-') { "\"" } else { "" };
        let _ = writeln!(joined, "\t\t{quote}{}{quote}: {},", kind.name(), kind.source().1);
    }
    joined.push_str("\t};\n}\n\n/** @param {Course} course */\nfunction startFeatures(course) {\n");
    for start in features.iter().filter_map(|feature| feature.source().1) {
        let _ = writeln!(joined, "\t{start};");
    }
    joined.push_str("}\n\n");
    joined.push_str(main.1);
    match form {
        Form::Checked => format!("{TYPES}\n{joined}"),
        Form::Shipped => {
            let licence = concat!("/* cartable ", env!("CARGO_PKG_VERSION"), " runtime. MIT OR Apache-2.0. */");
            format!("{licence}\n\"use strict\";\n{}", squeeze(&joined))
        }
    }
}

/// Drops comments and what blanks and line ends separate nothing, and joins neighbouring declarations.
fn squeeze(source: &str) -> String {
    let tokens = arrows(&tokens(source));
    let mut out = String::with_capacity(source.len() / 2);
    // The word that the current statement declares with, for every bracket that is open.
    let mut declares = vec![""];
    let mut skipped = None;
    for (index, (gap, text)) in tokens.iter().enumerate() {
        if skipped == Some(index) {
            continue;
        }
        // The brackets around an argument may stand for a type that has gone.
        if *text == "(" && !out.ends_with(is_word) && is_lone_argument(&tokens[index + 1..]) {
            skipped = Some(index + 2);
            continue;
        }
        let next = tokens.get(index + 1).map_or("", |(_, next)| *next);
        let joins = *text == ";" && next == "let" && declares.last() == Some(&"let");
        match *text {
            "{" | "(" | "[" => declares.push(""),
            "}" | ")" | "]" => drop(declares.pop()),
            "let" | ";" if !joins => {
                if let Some(word) = declares.last_mut() {
                    *word = if *text == ";" { "" } else { text };
                }
            }
            _ => {}
        }
        if matches!(*text, "}" | ")" | "]") && out.ends_with(',') {
            out.pop();
        }
        // A closing brace ends the statement before it (ECMA-262 12.10); the runtime has no empty statements.
        if *text == ";" && next == "}" {
            continue;
        }
        separate(&mut out, *gap, text);
        out.push_str(if joins { "," } else { text });
        if joins {
            skipped = Some(index + 1);
        }
    }
    out.push('\n');
    out
}

/// The code of `source`, each token with what stood before it.
fn tokens(source: &str) -> Vec<(Gap, &str)> {
    let mut tokens: Vec<(Gap, &str)> = Vec::new();
    let mut rest = source;
    let mut gap = Gap::None;
    while let Some(token) = next_token(rest, tokens.last().map_or("", |(_, before)| before)) {
        let (text, after) = rest.split_at(token.length);
        rest = after;
        match token.kind {
            TokenKind::Blank => gap = gap.max(if text.contains('\n') { Gap::Line } else { Gap::Space }),
            TokenKind::Comment => gap = gap.max(Gap::Space),
            TokenKind::Code => tokens.push((std::mem::replace(&mut gap, Gap::None), shorter(text))),
        }
    }
    tokens
}

/// Functions that only return something, as arrows: what runs comes after all that is declared.
fn arrows<'a>(tokens: &[(Gap, &'a str)]) -> Vec<(Gap, &'a str)> {
    let bare = |text| (Gap::None, text);
    let mut out = Vec::with_capacity(tokens.len());
    let (mut index, mut depth) = (0, 0_usize);
    while let Some((gap, text)) = tokens.get(index) {
        if let Some((body, end)) = returned(tokens, index).filter(|_| depth == 0) {
            let is_object = tokens[body].1 == "{";
            out.extend([(*gap, "let"), tokens[index + 1], bare("=")]);
            // The arguments in their brackets end before the words `{ return`; the last one before the brace is `;`.
            out.extend_from_slice(&tokens[index + 2..body - 2]);
            out.extend([bare("="), bare(">")]);
            out.extend(is_object.then_some(bare("(")));
            out.push(bare(tokens[body].1));
            out.extend_from_slice(&tokens[body + 1..end - 1]);
            out.extend(is_object.then_some(bare(")")));
            out.push(bare(";"));
            index = end + 1;
            continue;
        }
        match *text {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        out.push((*gap, text));
        index += 1;
    }
    out
}

/// Where what a function returns begins, and where the function ends, if it begins at `start` and does nothing else.
fn returned(tokens: &[(Gap, &str)], start: usize) -> Option<(usize, usize)> {
    let text = |index: usize| tokens.get(index).map_or("", |(_, text)| *text);
    if text(start) != "function" || (start > 0 && text(start - 1) == "async") {
        return None;
    }
    let brace = closing(tokens, start + 2)? + 1;
    let end = closing(tokens, brace)?;
    let mut depth = 0_i32;
    let only = (brace + 1..end - 1).all(|index| {
        depth += i32::from(matches!(text(index), "{" | "(" | "[")) - i32::from(matches!(text(index), "}" | ")" | "]"));
        depth > 0 || text(index) != ";"
    });
    (text(brace + 1) == "return" && text(end - 1) == ";" && only).then_some((brace + 2, end))
}

/// The bracket that closes the one at `open`.
fn closing(tokens: &[(Gap, &str)], open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    (open..tokens.len()).find(|index| {
        depth += match tokens[*index].1 {
            "{" | "(" | "[" => 1,
            "}" | ")" | "]" => -1,
            _ => 0,
        };
        depth == 0
    })
}

/// A shorter word for the same: the type checker has seen that nobody changes a constant.
fn shorter(word: &str) -> &str {
    match word {
        "const" => "let",
        "true" => "!0",
        "false" => "!1",
        "Infinity" => "1/0",
        _ => word,
    }
}

/// Whether `tokens` go on after an opening bracket as those of a function with one plain argument: `a) =>`.
fn is_lone_argument(tokens: &[(Gap, &str)]) -> bool {
    let name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
    matches!(tokens, [(_, argument), (_, ")"), (_, "="), (_, ">"), ..] if name(argument))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

struct Token {
    kind: TokenKind,
    length: usize,
}

enum TokenKind {
    Blank,
    Comment,
    Code,
}

/// Puts between two tokens what must stand there.
fn separate(out: &mut String, gap: Gap, next: &str) {
    let (Some(before), Some(after)) = (out.chars().next_back(), next.chars().next()) else {
        return;
    };
    // A line end may end a statement (ECMA-262 12.10), unless the statement clearly goes on or has ended.
    let goes_on = matches!(before, '{' | '(' | '[' | ',' | ';' | ':' | '?' | '=' | '&' | '|' | '<' | '>')
        || matches!(after, '}' | ')' | ']' | '.' | '?' | ':' | ',' | ';')
        // A block has ended, since expressions end with a semicolon here; functions keep a line of their own.
        || (before == '}' && !matches!(next, "function" | "async"));
    if gap == Gap::Line && !goes_on {
        out.push('\n');
    } else if gap > Gap::None
        && ((is_word(before) && is_word(after)) || (before == after && matches!(before, '+' | '-' | '/')))
    {
        out.push(' ');
    }
}

/// Whether a character is one of names and numbers.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

fn next_token(source: &str, before: &str) -> Option<Token> {
    let first = source.chars().next()?;
    let span = |accept: fn(char) -> bool| source.find(|c| !accept(c)).unwrap_or(source.len());
    let (kind, length) = if first.is_whitespace() {
        (TokenKind::Blank, span(char::is_whitespace))
    } else if source.starts_with("//") {
        (TokenKind::Comment, source.find('\n').unwrap_or(source.len()))
    } else if source.starts_with("/*") {
        (TokenKind::Comment, source.find("*/").map_or(source.len(), |end| end + 2))
    } else if matches!(first, '"' | '\'' | '`') {
        (TokenKind::Code, quoted(source, first))
    } else if first == '/' && regex_may_start(before) {
        (TokenKind::Code, regex(source))
    } else if is_word(first) {
        (TokenKind::Code, span(is_word))
    } else {
        (TokenKind::Code, first.len_utf8())
    };
    Some(Token { kind, length })
}

/// Length of a string from its opening quote on. Template literals are not used in the runtime.
fn quoted(source: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in source.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    source.len()
}

/// Length of a regular expression from its first slash on, flags left to the next token.
fn regex(source: &str) -> usize {
    let (mut escaped, mut class) = (false, false);
    for (at, c) in source.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return at + 1,
            _ => {}
        }
    }
    source.len()
}

/// Whether a slash after the token `before` begins a regular expression rather than a division.
fn regex_may_start(before: &str) -> bool {
    before == "return" || before.chars().next_back().is_none_or(|c| "(,=:[!&|?{};+>".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::Target;

    #[test]
    fn squeezing_keeps_strings_regular_expressions_and_statement_ends() {
        for (source, expected) in [
            ("const a = \"x  // y\"; // no\n/* no */ b()\nc()", "let a=\"x  // y\";b()\nc()\n"),
            ("if (/[/] \\/ x/.test(a)) return 1 / 2 / b;", "if(/[/] \\/ x/.test(a))return 1/2/b;\n"),
            ("let a = b\n\t+ c;\nlet d = /** @type {X} */ (e);", "let a=b\n+c,d=(e);\n"),
            ("return a\n}", "return a}\n"),
            ("x = {\n\ta: [1,],\n};\ntypeof x in y", "x={a:[1]};typeof x in y\n"),
            (
                "const a = 1;\nconst b = () => {\n\tconst c = 2;\n\tlet d;\n\tconst e = 3;\n};\nconst f = 4;",
                "let a=1,b=()=>{let c=2,d,e=3},f=4;\n",
            ),
            (
                "const a = 1;\nif (a) b();\nconst c = 2;\nfor (const d of e) f;\nconst g = 3;",
                "let a=1;if(a)b();let c=2;for(let d of e)f;let g=3;\n",
            ),
            ("a + +b - -c; i++\n++j", "a+ +b- -c;i++\n++j\n"),
            ("const f = async () => {\n\tawait g;\n};", "let f=async()=>{await g};\n"),
            (
                "a = (/** @type {X} */ b) => c((d) => b, (e, f) => f, async (g) => g, (h), () => {});",
                "a=b=>c(d=>b,(e,f)=>f,async(g)=>g,(h),()=>{});\n",
            ),
            (
                "function f(a) {\n\treturn a + 1;\n}\nfunction g() {\n\treturn { a: () => {\n\t\tb();\n\t\tc();\n\t} };\n}\nfunction h() {\n\treturn 1;\n\t2;\n}",
                "let f=a=>a+1,g=()=>({a:()=>{b();c()}});function h(){return 1;2}\n",
            ),
            ("return true;\nx = { y: false, \"true\": a };", "return!0;x={y:!1,\"true\":a};\n"),
        ] {
            assert_eq!(squeeze(source), expected);
        }
    }

    #[test]
    fn a_runtime_leaves_out_what_a_course_does_not_use() {
        let none = assemble(&["function connect() {}"], &BTreeSet::new(), &BTreeSet::new(), Form::Shipped);
        for left_out in ["choiceKind", "givenIn(", "createButton({", "shuffled(", "startFilter(", "startMedia("] {
            assert!(!none.contains(left_out), "{left_out}");
        }
        let all = assemble(&["function connect() {}"], &Kind::ALL.into(), &Feature::ALL.into(), Form::Shipped);
        assert_eq!(all.matches("function choiceKind(").count(), 1);
        assert_eq!(all.matches("givenIn=response").count(), 1);
        assert_eq!(all.matches("startFilter(").count(), 2, "declared and called");
        assert_eq!(all.matches("/*").count(), 1, "the licence line is the only comment");
    }

    #[test]
    fn every_file_of_the_runtime_is_joined() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let adapters: Vec<&str> = Target::ALL.iter().flat_map(|target| target.profile().adapter).copied().collect();
        let all = assemble(&adapters, &Kind::ALL.into(), &Feature::ALL.into(), Form::Checked);
        #[expect(clippy::disallowed_methods, reason = "a test of the repository itself")]
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("readable").path();
            let source = std::fs::read_to_string(&path).expect("text");
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            assert!(all.contains(&source), "{name} is in no list");
        }
    }
}
