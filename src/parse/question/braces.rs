//! The braces after a heading as people type them: where Markdown reads something else in them, or nothing.

use super::Gatherer;
use super::settings::{classes, pairs};
use crate::code;
use crate::course::{Attributes, Inline, Node, walk_inlines};
use crate::diagnostic::{Diagnostic, Span};
use crate::text::is_no_break_space;

impl Gatherer<'_> {
    /// What stands in the braces after a heading.
    pub(super) fn braces(&self, heading: Span) -> Option<&str> {
        let source = self.source(heading).trim_end();
        let (before, inside) = source.strip_suffix('}')?.rsplit_once('{')?;
        // What a backslash stands before is shown.
        (!before.ends_with('\\') && !inside.ends_with('\\')).then_some(inside)
    }

    /// Where a setting stands in the braces after a heading; the heading, where that cannot be told.
    pub(super) fn place(&self, setting: &str, heading: Span) -> Span {
        let is_it = |token: &&str| {
            let rest = token.strip_prefix(setting);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        };
        let token = self.braces(heading).and_then(|braces| braces.split_whitespace().rfind(is_it));
        let Some(token) = token else { return heading };
        let start = token.as_ptr() as usize - self.file_text.as_ptr() as usize;
        Span::new(heading.file, start..start + token.len())
    }

    /// Reports `{#sum points = 2}`, which Markdown reads as three settings, and what else it reads otherwise than it
    /// was meant: `points: 2`, `#sum,`, `points="2"`.
    pub(super) fn untidy_braces(&mut self, span: Span) -> bool {
        let Some(braces) = self.braces(span) else { return false };
        let joined = braces.split('=').map(str::trim).collect::<Vec<_>>().join("=");
        let spaced = joined.replace(is_no_break_space, " ");
        let named = pairs().iter().fold(spaced, |joined, name| {
            joined.replace(&format!("{name}: "), &format!("{name}=")).replace(&format!("{name}:"), &format!("{name}="))
        });
        let bare = |token: &str| match token.split_once('=').filter(|(name, _)| pairs().contains(name)) {
            Some((name, value)) => format!("{name}={}", value.trim_matches(['"', '\'', '“', '”', '«', '»'])),
            None => token.to_owned(),
        };
        let tokens = named.split_whitespace().map(|token| bare(token.trim_end_matches([',', ';'])));
        let tidy = tokens.collect::<Vec<_>>().join(" ");
        let hidden = braces.contains(is_no_break_space);
        if !hidden && tidy == braces.split_whitespace().collect::<Vec<_>>().join(" ") {
            return false;
        }
        let start = braces.as_ptr() as usize - self.file_text.as_ptr() as usize;
        let place = Span::new(span.file, start..start + braces.len());
        if hidden {
            let message = "there is a no-break space in these braces, which parts no settings";
            self.error(&code::UNKNOWN_ATTRIBUTE, place, message, "delete it and type an ordinary space");
            return true;
        }
        let (message, advice) = if named.len() < braces.trim().len() && braces.contains('=') && !braces.contains('"') {
            ("spaces stand around an = in these braces", "write no spaces around =")
        } else {
            ("these braces hold signs that have no place in them", "write name=value, and only spaces between settings")
        };
        self.say(Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, place, message).fix(advice, place, tidy));
        true
    }

    /// Reports braces that stand in a heading as text: they are doubled, not closed, or not at the end.
    pub(super) fn braces_as_text(&mut self, title: &[Inline], span: Span) -> bool {
        let is_text = |inline: &Inline| matches!(inline, Inline::Text(text) if text.contains('{'));
        let doubled = self.source(span).split_once("{{").filter(|(before, _)| !before.ends_with('\\'));
        if let Some((before, braces)) = doubled.filter(|_| title.iter().any(is_text)) {
            let fixed = format!("{before}{{{}", braces.trim_end().replace("}}", "}"));
            let diagnostic = Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, span, "one brace is enough");
            self.say(diagnostic.fix("write", span, fixed));
            return true;
        }
        let opens = |text: &str| ["{#", "{."].iter().filter_map(|sign| text.find(sign)).min();
        let mut found = false;
        walk_inlines(title, &mut |node| {
            found |= matches!(node, Node::Inline(Inline::Text(text)) if opens(text).is_some());
        });
        let source = self.source(span).trim_end();
        let Some(open) = opens(source).filter(|open| found && !source[..*open].ends_with('\\')) else {
            return false;
        };
        let (before, braces) = source.split_at(open);
        let (message, fixed) = match braces.split_once('}') {
            None => ("these braces are not closed, so learners would read them", format!("{source}}}")),
            Some((inside, rest)) => {
                let (rest, before) = (rest.trim_end(), before.trim_end());
                let (title, more) = match rest.trim_start().strip_prefix('{').and_then(|more| more.strip_suffix('}')) {
                    Some(more) => (before.to_owned(), format!(" {more}")),
                    None => (format!("{before}{rest}"), String::new()),
                };
                let message = "these braces do not stand at the end of the heading, so learners would read them";
                (message, format!("{title} {inside}{more}}}"))
            }
        };
        self.say(Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, span, message).fix("write", span, fixed));
        true
    }

    /// Reports a setting that has become a part of the id, for want of a space: `{#sumpoints=2}`, `{#sum.multiple}`.
    pub(super) fn glued_id(&mut self, attributes: &Attributes, span: Span) -> bool {
        let Some(id) = attributes.id.as_deref() else { return false };
        let names = pairs().into_iter().map(|name| format!("{name}="));
        let settings: Vec<String> = classes().into_iter().map(str::to_owned).chain(names).collect();
        let starts = settings.iter().filter_map(|setting| id.find(setting.as_str()).filter(|at| *at > 0)).min();
        let place = self.place(&format!("#{id}"), span);
        let found = match starts {
            Some(at) => {
                let message = "a setting is a part of the id here: no space stands before it";
                let fixed = format!("#{} {}", &id[..at], &id[at..]);
                Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, place, message).fix("write", place, fixed)
            }
            None if id.contains(['=', '{', '#']) => {
                let message = format!("`#{id}` is no id: it holds a sign that has no place in one");
                let hint = "an id has letters, digits and hyphens: {#first-question}";
                Diagnostic::new(&code::UNKNOWN_ATTRIBUTE, place, message).hint(hint)
            }
            None => return false,
        };
        self.say(found);
        true
    }
}
