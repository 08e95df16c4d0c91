//! The open web: a folder for any server, or for a disk. No LMS, no manifest: local storage is the record.
//!
//! The documents say in their heads what search engines and social networks ask for (Open Graph Protocol; the
//! meta name `robots`), and bring the words that stand in the place of those that speak of a platform.

use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

use super::{Contents, Limits, Profile, Sheet, add};
use crate::catalogue;
use crate::check::Facts;
use crate::code;
use crate::course::{Course, Unit};
use crate::diagnostic::Diagnostic;
use crate::package::{Content, Files, PackagePath};
use crate::render::{duration_text, statement};
use crate::templates;

pub(super) const PROFILE: Profile = Profile {
    name: "web",
    title: "Web",
    // An origin has some five million characters for all of its pages.
    limits: Limits { state: 64000, choice_letters: None, response: 4000 },
    adapter: &[include_str!("../../templates/runtime/adapter-web.js")],
    connect_src: "'none'",
    manifest: None,
    sheet: Sheet {
        name: "web",
        english: include_str!("../../templates/sheets/web.en.md"),
        french: include_str!("../../templates/sheets/web.fr.md"),
    },
    two_statuses: false,
    widely_taken: true,
    links_units: true,
    takes_folders: true,
};

/// From this size on, in bytes, a single file passes through few mailboxes.
const BIG: u64 = 20_000_000;

/// Where a language is most spoken, for those in which the Open Graph Protocol would otherwise be guessed wrong.
const TERRITORIES: [(&str, &str); 6] =
    [("de", "DE"), ("es", "ES"), ("fr", "FR"), ("it", "IT"), ("nl", "NL"), ("pt", "PT")];

/// The picture beside links, and with several units the page that leads to them.
pub(super) fn add_manifest(contents: &Contents<'_>, files: &mut Files) {
    let Contents { course, facts, .. } = contents;
    if let Some(image) = facts.web_image.as_ref().filter(|image| files.get(image.path.as_str()).is_none()) {
        add(files, image.path.clone(), Content::File(image.asset.disk.clone(), image.asset.size));
    }
    if contents.documents.len() < 2 {
        return;
    }
    let units = course.units().into_iter().zip(&contents.documents);
    let units: Vec<UnitView<'_>> = units.map(|(unit, document)| UnitView::of(course, unit, document)).collect();
    let image = facts.web_image.as_ref().map(|image| &image.path);
    let html = units_page(course, image, facts.logo(course), &units);
    add(files, PackagePath::known("index.html"), Content::Bytes(html.into_bytes()));
}

/// What stands in the head of the document of `unit`.
pub(super) fn head(course: &Course, facts: &Facts<'_>, unit: &Unit<'_>, document: &PackagePath) -> String {
    let words = catalogue::for_language(&course.language);
    let mut strings = words.section("web").clone();
    if course.units().len() > 1 {
        strings.extend(words.section("web-unit").clone());
    }
    let strings = serde_json::to_string(&strings)
        .unwrap_or_else(|error| unreachable!("texts are JSON: {error}"))
        // Neither `</script` nor `<!--` may stand in the block (HTML, "Restrictions for contents of script elements").
        .replace('<', "\\u003c");
    let image = facts.web_image.as_ref().map(|image| &image.path);
    head_lines(
        course,
        image,
        unit.title,
        unit.description(course),
        document.as_str(),
        Some(Value::from_safe_string(strings)),
    )
}

fn head_lines(
    course: &Course,
    image: Option<&PackagePath>,
    title: &str,
    description: Option<&str>,
    document: &str,
    strings: Option<Value>,
) -> String {
    // As the template would, but for the strokes, which need it nowhere.
    let address = |path: &str| Some(Value::from_safe_string(course.web.address(path)?.replace('&', "&amp;")));
    let view = context! {
        index => course.web.index,
        address => address(document),
        title => title,
        description => description,
        locale => locale(course),
        image => image.and_then(|path| address(path.as_str())),
        image_alt => &course.web.image_alt,
        strings => strings,
    };
    rendered("web-head.html", view)
}

/// The language and the territory as the Open Graph Protocol writes them; nothing where that would be a guess.
fn locale(course: &Course) -> Option<String> {
    let (tag, primary) = (course.language.tag(), course.language.primary());
    let is_territory = |part: &&str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    let given = tag.split('-').skip(1).find(is_territory).map(str::to_ascii_uppercase);
    let usual = || TERRITORIES.iter().find(|(language, _)| *language == primary).map(|(_, place)| (*place).to_owned());
    Some(format!("{primary}_{}", given.or_else(usual)?))
}

/// A unit, as the page that leads to it names it.
#[derive(Serialize)]
struct UnitView<'a> {
    label: Option<&'a str>,
    title: &'a str,
    document: &'a str,
    description: Option<&'a str>,
    duration: Option<String>,
}

impl<'a> UnitView<'a> {
    fn of(course: &Course, unit: Unit<'a>, document: &'a PackagePath) -> Self {
        let words = catalogue::for_language(&course.language);
        let lesson = unit.lessons.first();
        Self {
            label: lesson.and_then(|lesson| lesson.label.as_deref()),
            title: unit.title,
            document: document.as_str(),
            description: lesson.and_then(|lesson| lesson.description.as_deref()),
            duration: lesson.and_then(|lesson| lesson.duration).map(|duration| duration_text(duration, words)),
        }
    }
}

fn units_page(
    course: &Course,
    image: Option<&PackagePath>,
    logo: Option<&PackagePath>,
    units: &[UnitView<'_>],
) -> String {
    let words = catalogue::for_language(&course.language);
    let view = context! {
        language => course.language.tag(),
        dir => course.language.direction().as_str(),
        words_language => (words.language != course.language.primary()).then_some(words.language),
        title => &course.title,
        description => &course.description,
        version => env!("CARGO_PKG_VERSION"),
        head => Value::from_safe_string(head_lines(course, image, &course.title, course.description.as_deref(), "index.html", None)),
        units_word => &words.section("index")["units"],
        units => Serde(units),
        logo => logo.map(|path| Value::from_safe_string(path.as_str().to_owned())),
        conformance => words.get(&format!("accessibility-{}", statement::conformance(course))),
    };
    rendered("units.html", view)
}

fn rendered(name: &str, view: Value) -> String {
    templates::render(name, view).unwrap_or_else(|error| unreachable!("a built-in template: {error}"))
}

/// A single file that nobody could send.
pub(super) fn check(course: &Course, facts: &Facts<'_>) -> Option<Diagnostic> {
    // In base64 three bytes are four characters.
    let bytes = facts.media.values().map(|medium| medium.asset.size).sum::<u64>().div_ceil(3) * 4;
    let (source, medium) = facts.media.iter().max_by_key(|(_, medium)| medium.asset.size)?;
    (course.web.single_file.is_some() && bytes > BIG).then(|| {
        let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
        let message = format!(
            "the single file of the course has more than {} MB: many mailboxes refuse it, and it opens slowly",
            megabytes(bytes) - 1
        );
        let hint = format!(
            "the largest part is {source}, of {} MB; make it smaller, or give people the zip or an address",
            megabytes(medium.asset.size)
        );
        Diagnostic::new(&code::SINGLE_FILE_BIG, None, message).hint(hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Tree;
    use crate::parse;

    fn course(more: &str) -> Course {
        let mut tree = Tree::default();
        let toml = format!(
            "id = \"https://example.org/a\"\ntitle = \"Salt & <water>\"\nversion = \"1\"\nlessons = [\"a\"]\n{more}"
        );
        let lesson = "+++\ntitle = \"A\"\npages = []\n+++\n\nText.\n";
        for (path, text) in [("course.toml", toml.as_str()), ("a/index.md", lesson)] {
            let id = tree.sources.add(path.to_owned(), text.to_owned());
            tree.texts.insert(path.to_owned(), id);
        }
        parse::parse(&tree).0
    }

    #[test]
    fn a_course_of_several_units_has_a_page_that_leads_to_each() {
        let course = course("language = \"fr\"\n[web]\nurl = \"https://example.org/a\"\n");
        let units = [("Un", "un.html", None), ("Deux & trois", "deux.html", Some("Pour <voir>"))];
        let units = units.map(|(title, document, description)| UnitView {
            label: description.map(|_| "Leçon 2"),
            title,
            document,
            description,
            duration: description.map(|_| "5 min".to_owned()),
        });
        let html = units_page(&course, None, None, &units);
        for line in [
            "<html lang=\"fr\" dir=\"ltr\">",
            "<title>Salt &amp; &lt;water&gt;</title>",
            "<meta name=\"robots\" content=\"noindex\">",
            "<link rel=\"canonical\" href=\"https://example.org/a/\">",
            "<h2>Parties du cours</h2>",
            "<li><a href=\"un.html\">Un</a></li>",
            "<li><a href=\"deux.html\">Leçon 2 · Deux &amp; trois</a> <small>(5 min)</small><br>Pour &lt;voir&gt;</li>",
            "<p><a href=\"un.html#accessibility\">Accessibilité\u{a0}: non conforme</a></p>",
        ] {
            assert!(html.lines().any(|other| other == line), "{line} is not in\n{html}");
        }
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn what_is_said_to_networks_is_what_the_author_says() {
        let lines = |more: &str, image: Option<&str>, document: &str| {
            let image = image.and_then(PackagePath::new);
            head_lines(&course(more), image.as_ref(), "T", course(more).description.as_deref(), document, None)
        };
        let plain = "<meta name=\"robots\" content=\"noindex\">\n<meta property=\"og:type\" content=\"website\">\n\
                     <meta property=\"og:title\" content=\"T\">\n";
        assert_eq!(lines("language = \"en\"\n", None, "index.html"), plain);
        let all = "language = \"pt-BR\"\ndescription = \"D \\\"e\\\"\"\n[web]\nindex = true\nimage = \"x.png\"\n\
                   image-alt = \"An x\"\nurl = \"https://example.org/p&q/\"\n";
        let expected = "<link rel=\"canonical\" href=\"https://example.org/p&amp;q/b.html\">\n\
                        <meta property=\"og:url\" content=\"https://example.org/p&amp;q/b.html\">\n\
                        <meta property=\"og:type\" content=\"website\">\n\
                        <meta property=\"og:title\" content=\"T\">\n\
                        <meta property=\"og:description\" content=\"D &quot;e&quot;\">\n\
                        <meta property=\"og:locale\" content=\"pt_BR\">\n\
                        <meta property=\"og:image\" content=\"https://example.org/p&amp;q/media/x.png\">\n\
                        <meta property=\"og:image:alt\" content=\"An x\">\n";
        assert_eq!(lines(all, Some("media/x.png"), "b.html"), expected);
        for (tag, locale) in
            [("fr", Some("fr_FR")), ("fr-CA", Some("fr_CA")), ("en", None), ("zh-Hant-TW", Some("zh_TW"))]
        {
            let said = lines(&format!("language = \"{tag}\"\n"), None, "index.html");
            let expected = locale.map(|locale| format!("<meta property=\"og:locale\" content=\"{locale}\">"));
            assert_eq!(said.lines().find(|line| line.contains("locale")), expected.as_deref(), "{tag}");
        }
    }
}
