//! The built-in templates: strict about what they are given, with block tags on lines of their own.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, Value};

use crate::error::Error;

/// Renders a built-in template.
///
/// # Errors
/// [`Error::Template`] when it fails, which is a bug.
pub(crate) fn render(name: &str, view: Value) -> Result<String, Error> {
    let rendered = BUILT_IN.get_template(name).and_then(|template| template.render(view));
    rendered.map_err(|error| Error::Template { name: name.to_owned(), detail: format!("{error:#}") })
}

static BUILT_IN: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()
            .unwrap_or_else(|error| unreachable!("the usual syntax is valid: {error}")),
    );
    for (name, source) in [
        ("document.html", include_str!("../templates/pages/document.html")),
        ("cover.html", include_str!("../templates/pages/cover.html")),
        ("page.html", include_str!("../templates/pages/page.html")),
        ("about.html", include_str!("../templates/pages/about.html")),
        ("scorm12.fr.md", include_str!("../templates/sheets/scorm12.fr.md")),
        ("scorm12.en.md", include_str!("../templates/sheets/scorm12.en.md")),
    ] {
        if let Err(error) = environment.add_template(name, source) {
            unreachable!("the built-in template {name} does not parse: {error}");
        }
    }
    environment
});
