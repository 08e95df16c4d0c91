//! The course's own looks: `theme.css`, and the files of the folder `templates`.

use super::links::Destination;
use super::{Checker, style};
use crate::code;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::templates::Partial;

impl Checker<'_> {
    /// Files of the folder `templates` that replace nothing.
    pub(super) fn templates(&mut self) {
        let tree = self.tree;
        let texts = tree.texts.iter().map(|(path, file)| (path, Some(Span::new(*file, 0..0))));
        for (path, span) in texts.chain(tree.assets.keys().map(|path| (path, None))) {
            let Some(name) = path.strip_prefix("templates/") else {
                continue;
            };
            let known = Partial::ALL.map(Partial::file);
            if known.contains(&name) {
                continue;
            }
            let message = format!("`{path}` replaces nothing: cartable has no template of that name for you to change");
            let mut diagnostic = Diagnostic::new(&code::UNKNOWN_TEMPLATE, span, message);
            if let Some(similar) = nearest(name, known) {
                diagnostic = diagnostic.hint(format!("did you mean `templates/{similar}`?"));
            }
            let hint = format!("the templates are: {}; styles go into theme.css beside course.toml", known.join(", "));
            self.say(diagnostic.hint(hint));
        }
    }

    /// Takes what `theme.css` loads into the package, and writes the names that it has there into the rules.
    pub(super) fn style(&mut self) {
        let tree = self.tree;
        for path in tree.assets.keys().filter(|path| !path.contains('/') && path.to_lowercase().ends_with(".css")) {
            let message = format!("`{path}` has no effect: the style sheet of a course is called `theme.css`");
            let hint = "rename it, or move it away";
            self.say(Diagnostic::new(&code::UNUSED_FILE, None, message).hint(hint));
        }
        let Some(&file) = tree.texts.get("theme.css") else {
            return;
        };
        let text = tree.sources.text(file);
        let (resources, found) = style::scan(text, file);
        self.diagnostics.extend(found);
        let mut rules = String::from("/* theme.css */\n");
        let mut at = 0;
        for style::Resource { range, address } in resources {
            rules.push_str(&text[at..range.start]);
            at = range.end;
            match self.packaged(&address, Span::new(file, range.clone())) {
                Some(path) => rules.push_str(&format!("url(\"{path}\")")),
                None => rules.push_str(&text[range]),
            }
        }
        rules.push_str(&text[at..]);
        self.facts.style = rules;
    }

    /// The address in the package of what `theme.css` loads from `address`, if it is another than the author's.
    fn packaged(&mut self, address: &str, span: Span) -> Option<String> {
        if address.starts_with('#') {
            return None;
        }
        if address.is_empty() {
            let message = "this url() names no file";
            self.say(Diagnostic::new(&code::BROKEN_LINK, span, message).hint("write none, or the path of a file"));
            return None;
        }
        let fragment = address.find('#').map_or("", |at| &address[at..]);
        let path = match self.facts.links.resolve("theme.css", address) {
            Ok(Destination::File(path)) => path.to_owned(),
            Ok(_) => {
                let message = "this file is not in the course: learners' browsers would have to fetch it elsewhere";
                let hint = "save the file into the course's folder and write its path from there";
                self.say(Diagnostic::new(&code::EXTERNAL_MEDIA, span, message).hint(hint));
                return None;
            }
            Err(_) if address.to_ascii_lowercase().starts_with("data:") => {
                let message = "the page's security policy refuses addresses that start with `data:`";
                let hint = "save the image as a file of the course and write its path";
                self.say(Diagnostic::new(&code::THEME_RESOURCE, span, message).hint(hint));
                return None;
            }
            Err(problem) => {
                self.broken(&problem, address, span);
                return None;
            }
        };
        self.medium(&path, span);
        Some(format!("{}{fragment}", self.facts.media.get(&path)?.path.as_str()))
    }
}
