//! The templates: ours, strict about what they are given, with block tags on lines of their own; and the partials
//! that a course brings in place of some of them.
//!
//! A partial is rendered by itself, from its own view, and its HTML is put into a built-in page. So an author's
//! template sees what is documented for it and nothing else, and what the runtime needs stands in none of them.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;
use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;

use crate::code;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::error::Error;
use crate::load::Tree;
use crate::sources::{FileId, Sources};
use crate::target::Target;

/// A part of the pages that a course may replace by a file in its folder `templates`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partial {
    /// The course's line at the top of the document.
    Header,
    /// What stands above the title on a lesson's cover.
    Masthead,
    /// What a lesson's cover says of the lesson.
    Cover,
    /// The links to the page before and the page after.
    Pager,
    /// What the last page says of the course.
    About,
    /// The foot of the document.
    Footer,
}

impl Partial {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Header, Self::Masthead, Self::Cover, Self::Pager, Self::About, Self::Footer];

    /// The name of its file in the folder `templates`.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Header => "header.html",
            Self::Masthead => "masthead.html",
            Self::Cover => "cover.html",
            Self::Pager => "pager.html",
            Self::About => "about.html",
            Self::Footer => "footer.html",
        }
    }

    const fn built_in(self) -> &'static str {
        match self {
            Self::Header => include_str!("../templates/partials/header.html"),
            Self::Masthead => include_str!("../templates/partials/masthead.html"),
            Self::Cover => include_str!("../templates/partials/cover.html"),
            Self::Pager => include_str!("../templates/partials/pager.html"),
            Self::About => include_str!("../templates/partials/about.html"),
            Self::Footer => include_str!("../templates/partials/footer.html"),
        }
    }

    /// The path of the author's file, which names it in the environment too.
    fn path(self) -> String {
        format!("templates/{}", self.file())
    }
}

/// What a partial is given.
pub trait View: Serialize {
    /// The partial.
    const PARTIAL: Partial;
}

/// The HTML of a partial, or what is wrong with the author's template.
pub(crate) type Rendering = Result<String, Vec<Diagnostic>>;

/// The templates of one course.
#[derive(Debug)]
pub(crate) struct Templates<'a> {
    environment: Environment<'static>,
    /// The author's partials.
    own: BTreeMap<Partial, FileId>,
    sources: &'a Sources,
}

impl<'a> Templates<'a> {
    /// Ours, with the author's in front of them.
    pub(crate) fn of(tree: &'a Tree) -> (Self, Vec<Diagnostic>) {
        let mut templates = Self { environment: BUILT_IN.clone(), own: BTreeMap::new(), sources: &tree.sources };
        let mut diagnostics = Vec::new();
        for partial in Partial::ALL {
            let Some(&file) = tree.texts.get(&partial.path()) else {
                continue;
            };
            templates.own.insert(partial, file);
            let source = tree.sources.text(file).to_owned();
            if let Err(error) = templates.environment.add_template_owned(partial.path(), source) {
                diagnostics.extend(templates.explained(&error, &[]));
            }
        }
        (templates, diagnostics)
    }

    /// The author's file for a partial.
    pub(crate) fn own(&self, partial: Partial) -> Option<FileId> {
        self.own.get(&partial).copied()
    }

    /// Renders a partial.
    ///
    /// # Errors
    /// [`Error::Template`] when ours fails, which is a bug.
    pub(crate) fn partial<V: View>(&self, view: &V) -> Result<Rendering, Error> {
        let value = Value::from(Serde(view));
        let Some(&file) = self.own.get(&V::PARTIAL) else {
            let name = format!("built-in/{}", V::PARTIAL.file());
            return render_with(&self.environment, &name, value).map(|html| Ok(on_lines(html)));
        };
        let names = names(&value);
        let unknown = self.unknown_names(V::PARTIAL, file, &names);
        if !unknown.is_empty() {
            return Ok(Err(unknown));
        }
        let path = V::PARTIAL.path();
        match self.environment.get_template(&path).and_then(|template| template.render(value)) {
            Ok(html) => Ok(Ok(on_lines(html))),
            Err(error) => match self.explained(&error, &names) {
                Some(diagnostic) => Ok(Err(vec![diagnostic])),
                None => Err(broken(&path, &error)),
            },
        }
    }

    /// Names that the view does not have, also where this course's data never lead.
    fn unknown_names(&self, partial: Partial, file: FileId, names: &[String]) -> Vec<Diagnostic> {
        let Ok(template) = self.environment.get_template(&partial.path()) else {
            return Vec::new();
        };
        let globals: BTreeSet<&str> = self.environment.globals().map(|(name, _)| name).collect();
        let used: BTreeSet<String> = template.undeclared_variables(false).into_iter().collect();
        let unknown = used.iter().filter(|name| !globals.contains(name.as_str()) && !names.contains(name));
        let text = self.sources.text(file);
        unknown
            .map(|name| {
                let span = Span::new(file, place_of(text, name).unwrap_or(0..0));
                undefined(span, name, name, names)
            })
            .collect()
    }

    /// An error in an author's template, or in what it includes, as a finding; `None` for an error in ours.
    fn explained(&self, error: &minijinja::Error, names: &[String]) -> Option<Diagnostic> {
        let chain = std::iter::successors(Some(error), |error| cause(error));
        let (error, file) = chain.filter_map(|error| Some((error, self.file(error.name()?)?))).last()?;
        let text = self.sources.text(file);
        let range = error.range().filter(|range| text.get(range.clone()).is_some());
        let range = range.unwrap_or_else(|| line_range(text, error.line().unwrap_or(1)));
        let span = Span::new(file, range.clone());
        let expression = text[range].trim();
        if error.kind() == ErrorKind::UndefinedError {
            let last = expression.rsplit('.').next().unwrap_or(expression);
            return Some(undefined(span, expression, last, names));
        }
        let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let hint = match error.kind() {
            ErrorKind::SyntaxError => {
                "write {{ name }} for a value, {% if name %} … {% endif %} or {% for one in names %} … {% endfor %}"
            }
            ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
                "only ours can be included, such as {% include \"built-in/header.html\" %}"
            }
            _ => "see the examples in docs/theme.md",
        };
        Some(Diagnostic::new(&code::TEMPLATE, span, format!("this template does not work: {detail}")).hint(hint))
    }

    /// Where `text` stands in an author's template, whatever its case; its beginning, when it stands nowhere.
    pub(crate) fn place(&self, file: FileId, text: &str) -> std::ops::Range<usize> {
        let template = self.sources.text(file).to_ascii_lowercase();
        template.find(&text.to_ascii_lowercase()).map_or(0..0, |at| at..at + text.len())
    }

    fn file(&self, name: &str) -> Option<FileId> {
        self.own.iter().find(|(partial, _)| partial.path() == name).map(|(_, file)| *file)
    }
}

fn cause(error: &minijinja::Error) -> Option<&minijinja::Error> {
    error.source()?.downcast_ref()
}

fn undefined(span: Span, expression: &str, name: &str, names: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&code::TEMPLATE, span, format!("`{expression}` stands for nothing here"));
    let diagnostic = match nearest(name, names.iter().map(String::as_str)) {
        Some(similar) => diagnostic.hint(format!("did you mean `{similar}`?")),
        None => diagnostic,
    };
    diagnostic.hint(format!("what this template can show: {}", names.join(", ")))
}

/// The fields of a view.
fn names(view: &Value) -> Vec<String> {
    view.try_iter().into_iter().flatten().map(|name| name.to_string()).collect()
}

/// Where `name` stands in a tag of a template as a name of its own.
fn place_of(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).map(|(at, _)| at..at + name.len()).find(|range| {
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let opened = before.rfind("{{").max(before.rfind("{%"));
        let closed = before.rfind("}}").max(before.rfind("%}"));
        opened > closed
            && !before.ends_with(|c: char| part_of_name(c) || c == '.' || c == '"' || c == '\'')
            && !after.starts_with(part_of_name)
    })
}

fn line_range(text: &str, line: usize) -> std::ops::Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text[start..].split('\n').next().unwrap_or_default().len();
    start..start + length
}

/// HTML that ends with a line end, or nothing at all.
fn on_lines(html: String) -> String {
    let end = html.trim_end().len();
    let mut html = html;
    html.truncate(end);
    if end > 0 {
        html.push('\n');
    }
    html
}

/// Renders a built-in template.
///
/// # Errors
/// [`Error::Template`] when it fails, which is a bug.
pub(crate) fn render(name: &str, view: Value) -> Result<String, Error> {
    render_with(&BUILT_IN, name, view)
}

fn render_with(environment: &Environment<'_>, name: &str, view: Value) -> Result<String, Error> {
    let rendered = environment.get_template(name).and_then(|template| template.render(view));
    rendered.map_err(|error| broken(name, &error))
}

fn broken(name: &str, error: &minijinja::Error) -> Error {
    Error::Template { name: name.to_owned(), detail: format!("{error:#}") }
}

static BUILT_IN: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // What an author has left out is shown as nothing.
    environment.set_formatter(
        |out, state, value| {
            if value.is_none() { Ok(()) } else { escape_formatter(out, state, value) }
        },
    );
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .unwrap_or_else(|error| unreachable!("the usual syntax is valid: {error}")),
    );
    let partials = Partial::ALL.map(|partial| (format!("built-in/{}", partial.file()), partial.built_in()));
    let others = [
        ("document.html", include_str!("../templates/pages/document.html")),
        ("page.html", include_str!("../templates/pages/page.html")),
        ("about.html", include_str!("../templates/pages/about.html")),
        ("web-head.html", include_str!("../templates/pages/web-head.html")),
        ("units.html", include_str!("../templates/pages/units.html")),
    ];
    let others = others.map(|(name, source)| (name.to_owned(), source));
    let sheets = Target::ALL.map(|target| target.profile().sheet).into_iter().flat_map(|sheet| {
        [("en", sheet.english), ("fr", sheet.french)]
            .map(|(language, source)| (format!("{}.{language}.md", sheet.name), source))
    });
    for (name, source) in partials.into_iter().chain(others).chain(sheets) {
        if let Err(error) = environment.add_template_owned(name.clone(), source) {
            unreachable!("the built-in template {name} does not parse: {error}");
        }
    }
    environment
});
