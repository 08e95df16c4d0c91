//! The *check* stage: what can only be judged with the whole course in view.
//!
//! Links, identities, media and the name of every file in the package are settled here, so that what is wrong
//! is said on the author's line and never found by an LMS.

mod broken;
mod data_table;
mod documents;
pub(crate) mod limits;
pub(crate) mod links;
pub(crate) mod lint;
mod media;
mod style;
mod theme;
mod web;

use std::collections::{BTreeMap, BTreeSet};

use crate::code;
use crate::course::{
    Answer, Block, BlockKind, ControlDocuments, Course, Feedback, Formula, Image, Inline, Lesson, Link, Matching, Node,
    Part, Question,
};
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Fix, Span, nearest};
use crate::hosting;
use crate::keys::{Count, Spanned};
use crate::language::Language;
use crate::load::{self, Asset, Tree};
use crate::media::is_played;
use crate::package::PackagePath;
use crate::referee::is_of_servers;
use crate::sources::FileId;
use crate::templates::Templates;
use crate::text;

use links::{Destination, Links};
pub(crate) use media::Player;

/// What is known of a course once it is checked, for rendering and packaging.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// Where links lead.
    pub(crate) links: Links<'a>,
    /// The document of each unit, in the order of the course's units.
    pub(crate) documents: Vec<PackagePath>,
    /// The files that go into the package, by their path in the course's folder.
    pub(crate) media: BTreeMap<String, Medium<'a>>,
    /// The CSV files that pages show, by their path in the course's folder.
    pub(crate) datasets: BTreeMap<String, Dataset>,
    /// What stands beside each video and sound, by the path of the latter in the course's folder.
    pub(crate) players: BTreeMap<String, Player<'a>>,
    /// The links that lead from one unit to another.
    pub(crate) crossings: Vec<Crossing>,
    /// The course's language.
    pub(crate) language: &'a Language,
    /// The picture beside links to the course on the web: a file of the package of that target.
    pub(crate) web_image: Option<Medium<'a>>,
    /// The author's control documents, by file name.
    pub(crate) control_documents: BTreeMap<String, &'a Asset>,
    /// The author's rules, to stand after ours in the style sheet.
    pub(crate) style: String,
    /// Our templates, with the author's in front of them.
    pub(crate) templates: Templates<'a>,
}

impl Facts<'_> {
    /// The course's logo, if it has one.
    pub(crate) fn logo(&self, course: &Course) -> Option<&PackagePath> {
        match self.links.resolve("course.toml", &course.logo.as_ref()?.value) {
            Ok(Destination::File(path)) => Some(&self.media.get(path)?.path),
            _ => None,
        }
    }
}

/// A link from one unit to another.
#[derive(Debug)]
pub(crate) struct Crossing {
    /// The title of the unit that it leads to.
    pub(crate) title: String,
    /// Where it stands.
    pub(crate) span: Span,
}

/// A file of the author's that goes into the package.
#[derive(Debug, Clone)]
pub(crate) struct Medium<'a> {
    /// Its path in the package.
    pub(crate) path: PackagePath,
    /// The file.
    pub(crate) asset: &'a Asset,
}

/// Checks `course`, which was parsed from `tree`, of which the files in `misread` have errors.
pub(crate) fn check<'a>(
    course: &'a Course,
    tree: &'a Tree,
    misread: &BTreeSet<FileId>,
) -> (Facts<'a>, Vec<Diagnostic>) {
    let (templates, diagnostics) = Templates::of(tree);
    let facts = Facts {
        links: Links::new(course, tree),
        documents: documents::paths(course),
        media: BTreeMap::new(),
        datasets: BTreeMap::new(),
        players: BTreeMap::new(),
        crossings: Vec::new(),
        language: &course.language,
        web_image: None,
        control_documents: BTreeMap::new(),
        style: String::new(),
        templates,
    };
    let diagnostics = [diagnostics, documents::renamed(course, &facts.documents)].concat();
    let mut checker = Checker { mentioned: BTreeSet::new(), course, tree, facts, diagnostics };
    checker.page_ids();
    checker.question_ids();
    checker.objectives();
    checker.tries();
    for page in course.pages() {
        page.walk(&mut |node| checker.node(node));
    }
    checker.logo();
    checker.accessible_documents();
    checker.control_documents();
    checker.templates();
    checker.style();
    checker.web_image();
    checker.unused_files(misread);
    (checker.facts, checker.diagnostics)
}

struct Checker<'a> {
    /// The files that the course uses, also those that cannot go into a package.
    mentioned: BTreeSet<String>,
    course: &'a Course,
    tree: &'a Tree,
    facts: Facts<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn page_ids(&mut self) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for page in self.course.pages() {
            if let Some(first) = seen.insert(&page.id, &page.path) {
                let message = format!("the page id `{}` is also that of {first}", page.id);
                let diagnostic = Diagnostic::new(&code::DUPLICATE_ID, page.span, message);
                self.diagnostics.push(diagnostic.hint("give one of the two pages another id in its front matter"));
            }
        }
    }

    /// How often a question may be answered depends on when its quiz says what was right.
    fn tries(&mut self) {
        for (page, question) in self.course.questions() {
            let (Some(quiz), Some(tries)) = (page.quiz(), question.tries) else { continue };
            let each = quiz.feedback == Feedback::AfterEach;
            let (code, message, hint) = if !each {
                let message = "`tries` means nothing in this quiz, which says what was right at its end or never";
                (&code::TRIES_WITHOUT_FEEDBACK, message, "remove it, or add feedback = \"after-each\" to the quiz")
            } else if tries == Count::Times(1) && quiz.tries != Count::Times(1) && !quiz.confirm {
                let message = "an answer can neither be reviewed, nor changed, nor confirmed (RGAA 11.12)";
                let hint = "remove tries=1, or the line confirm = false of the quiz";
                (&code::QUIZ_NO_CORRECTION, message, hint)
            } else {
                continue;
            };
            self.diagnostics.push(Diagnostic::new(code, question.span, message).hint(hint));
        }
    }

    /// A question tests what a lesson of the course says that it teaches.
    fn objectives(&mut self) {
        let known: Vec<&str> = self.course.lessons.iter().flat_map(Lesson::aims).collect();
        for (_, question) in self.course.questions() {
            let Some(Spanned { value, span }) = &question.objective else { continue };
            if known.iter().any(|aim| text::folded(aim) == text::folded(value)) {
                continue;
            }
            let message = format!("no lesson has the objective or the competency `{value}`");
            let mut diagnostic = Diagnostic::new(&code::OBJECTIVE_UNKNOWN, *span, message);
            if let (Some(similar), Some(span)) = (nearest(value, known.iter().copied()), *span) {
                diagnostic = diagnostic.fix("did you mean this one?", span, format!("\"{similar}\""));
            }
            let hint = "write it word for word as in objectives or [[competencies]] of a lesson's index.md";
            self.diagnostics.push(diagnostic.hint(hint));
        }
    }

    fn question_ids(&mut self) {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (_, question) in self.course.questions() {
            if question.id.is_empty() {
                let message = "no id can be made from this heading";
                let hint = "write one after it, such as {#first-question}";
                self.diagnostics.push(Diagnostic::new(&code::QUESTION_ID, question.span, message).hint(hint));
                continue;
            }
            if let Some(first) = seen.insert(&question.id, question.span) {
                // Twice in one file, it has been reported with the other headings.
                if first.file == question.span.file && question.id_is_explicit {
                    continue;
                }
                let message =
                    format!("the question id `{}` is also in {}", question.id, self.tree.sources.path(first.file));
                let hint = format!("give one of the two another id, such as {{#{}-2}}", question.id);
                self.diagnostics.push(Diagnostic::new(&code::DUPLICATE_ID, question.span, message).hint(hint));
            } else if !question.id_is_explicit {
                let message = "this question has no id: if its text changes, learners lose their answer";
                let end = Span { start: question.span.end, ..question.span };
                let mut diagnostic = Diagnostic::new(&code::QUESTION_ID_IMPLICIT, question.span, message);
                diagnostic = match self.id_insertion(question.span, &question.id) {
                    Some(fix) => diagnostic.fix(
                        "write the id that it has now, or let `cartable ids` do it",
                        fix.span,
                        fix.replacement,
                    ),
                    None => diagnostic.fix("write the id that it has now", end, format!(" {{#{}}}", question.id)),
                };
                self.diagnostics.push(diagnostic);
            }
        }
    }

    fn id_insertion(&self, heading: Span, id: &str) -> Option<Fix> {
        crate::ids::insertion(&self.tree.sources, heading, id)
    }

    fn node(&mut self, node: Node<'a>) {
        match node {
            Node::Inline(Inline::Link(link)) => self.link(link),
            Node::Inline(Inline::Image(image)) if is_played(&image.destination) => self.played_in_a_line(image),
            Node::Inline(Inline::Image(image)) | Node::Block(Block { kind: BlockKind::Figure(image), .. }) => {
                self.image(image);
            }
            Node::Block(Block { kind: BlockKind::Formula(Formula { wording: None, .. }), span }) => {
                let message = "this formula says nothing to those who cannot read formulas";
                let hint = "write its words on the line under it, after a colon and a space, such as `: the square of x plus two`";
                self.say(Diagnostic::new(&code::MATH_NO_WORDING, *span, message).hint(hint));
            }
            Node::Block(Block { kind: BlockKind::Question(question), .. }) => self.formulas_to_choose(question),
            Node::Block(Block { kind: BlockKind::DataTable(table), .. }) => self.data_table(table),
            Node::Block(Block { kind: BlockKind::Media(media), .. }) => self.player(media),
            Node::Inline(_) | Node::Block(_) => {}
        }
    }

    /// Some screen readers pass over formulas: a choice that is nothing else would be heard as nothing.
    fn formulas_to_choose(&mut self, question: &Question) {
        let texts: Vec<&[Inline]> = match &question.answer {
            Answer::Match(Matching { prompts, answers, .. }) => {
                let prompts = prompts.iter().map(|prompt| &*prompt.content);
                prompts.chain(answers.iter().map(|answer| &*answer.content)).collect()
            }
            _ => question.choices().iter().map(|choice| &*choice.content).collect(),
        };
        for (content, Part { kind, span, .. }) in texts.into_iter().zip(question.parts()) {
            let word = kind.word();
            let is_formula = |inline: &Inline| matches!(inline, Inline::Math(_));
            let is_blank = |inline: &Inline| matches!(inline, Inline::Text(text) if text.trim().is_empty());
            if content.iter().all(|inline| is_formula(inline) || is_blank(inline)) {
                let message = format!("this {word} is a formula without a word: some screen readers pass over it");
                let hint = "say it in words too: $x^2$ (x squared)";
                self.say(Diagnostic::new(&code::MATH_NO_WORDING, span, message).hint(hint));
            }
        }
    }

    fn link(&mut self, link: &Link) {
        if link.destination.is_empty() {
            let message = "this link leads nowhere: nothing stands between its parentheses";
            let hint = "write an address or the name of a page in them; a box of a choice is [x] with a space after it";
            return self.say(Diagnostic::new(&code::BROKEN_LINK, link.span, message).hint(hint));
        }
        match self.facts.links.follow(&link.destination, link.span) {
            Ok(Destination::File(path)) => {
                let path = path.to_owned();
                self.medium(&path, link.span);
            }
            Ok(Destination::OtherUnit { title, .. }) => {
                let crossing = Crossing { title: title.to_owned(), span: link.span };
                self.facts.crossings.push(crossing);
            }
            Ok(_) => {}
            Err(problem) => self.broken(&problem, &link.destination, link.span),
        }
        if crate::course::plain_text(&link.content).trim().is_empty() {
            let message = "this link has no text: nobody can tell where it leads";
            self.say(Diagnostic::new(&code::LINK_EMPTY, link.span, message).hint("write its text in the brackets"));
        }
    }

    fn image(&mut self, image: &Image) {
        match self.facts.links.follow(&image.destination, image.span) {
            Ok(Destination::File(path)) => {
                let path = path.to_owned();
                if is_image(&path) {
                    self.medium(&path, image.span);
                } else if load::has_ending(&path, "csv") {
                    self.table_within_a_line(path, image.span);
                } else {
                    self.mentioned.insert(path.clone());
                    let message = format!("`{path}` is no image, video, sound or table");
                    let hint =
                        "use a PNG, JPEG, GIF, WebP or SVG file, an MP4, an MP3 or a CSV, or link to the file instead";
                    self.say(Diagnostic::new(&code::IMAGE_UNREADABLE, image.span, message).hint(hint));
                }
            }
            Ok(Destination::Outside(address)) => {
                let address = address.to_owned();
                self.image_outside(image, &address);
            }
            Ok(_) => {
                let message = format!("`{}` is no image", image.destination);
                self.say(
                    Diagnostic::new(&code::BROKEN_LINK, image.span, message).hint("write the name of an image file"),
                );
            }
            Err(problem) => self.broken(&problem, &image.destination, image.span),
        }
    }

    fn image_outside(&mut self, image: &Image, address: &str) {
        if is_image(address) {
            let message = "this image is not in the course: learners' browsers would have to fetch it elsewhere";
            let hint = "save the image into the lesson's folder and write its file name";
            return self.say(Diagnostic::new(&code::EXTERNAL_MEDIA, image.span, message).hint(hint));
        }
        let title = if image.alternative.is_empty() { "its title" } else { &image.alternative };
        let message = "this is neither an image of the course nor the address of a video that can be played in a page";
        let diagnostic = Diagnostic::new(&code::EXTERNAL_MEDIA, image.span, message)
            .hint(format!("write a link instead: [{title}]({address})"))
            .hint("if it is an image, save it into the lesson's folder and write its file name")
            .hint(format!("videos can be played from {}", hosting::KNOWN));
        self.say(diagnostic);
    }

    /// Takes a file of the author's into the package, and sees that its name there is free.
    fn medium(&mut self, path: &str, span: impl Into<Option<Span>>) {
        let span = span.into();
        if !self.mentioned.insert(path.to_owned()) {
            return;
        }
        if let Some(medium) = self.under_its_name(path, span) {
            self.facts.media.insert(path.to_owned(), medium);
        }
    }

    /// A file of the author's under the name that it gets in the package, if it can go there.
    fn under_its_name(&mut self, path: &str, span: Option<Span>) -> Option<Medium<'a>> {
        let asset = self.tree.assets.get(path)?;
        let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
        if is_of_servers(path) {
            let message = format!("`{path}` has an ending that a web server might run; some LMSs refuse the package");
            let hint = "offer it in a .zip or as .txt";
            self.say(Diagnostic::new(&code::FILE_NAME, span, message).hint(hint));
            return None;
        }
        let Some(packaged) = package_path(path, &extension) else {
            let message = format!("no portable name can be made from `{path}`");
            let hint = "rename the file with letters a to z, digits and hyphens, and an ending such as .png";
            self.say(Diagnostic::new(&code::FILE_NAME, span, message).hint(hint));
            return None;
        };
        if documents::is_ours(&packaged, &self.facts.documents) {
            let message = format!("`{path}` would have the name of a file of cartable's in the package");
            self.say(Diagnostic::new(&code::PACKAGE_PATH_CLASH, span, message).hint("rename the file"));
            return None;
        }
        if let Some((other, _)) = self.facts.media.iter().find(|(_, m)| m.path.base_name() == packaged.base_name()) {
            let message =
                format!("`{path}` and `{other}` would have the same name in the package: {}", packaged.as_str());
            self.say(Diagnostic::new(&code::PACKAGE_PATH_CLASH, span, message).hint("rename one of the two files"));
            return None;
        }
        if asset.traits.no_image {
            let message = match asset.size {
                0 => format!("the file `{path}` is empty: learners would see no image"),
                _ => format!("the file `{path}` is no image that a browser can show, whatever its name says"),
            };
            let hint = "open it in a program for images and save it again as PNG or JPEG; \
                        if it does not open there, fetch it again from where it came";
            self.say(Diagnostic::new(&code::IMAGE_UNREADABLE, span, message).hint(hint));
        }
        Some(Medium { path: packaged, asset })
    }

    fn logo(&mut self) {
        let Some(logo) = &self.course.logo else {
            return;
        };
        match self.facts.links.resolve("course.toml", &logo.value) {
            Ok(Destination::File(path)) if is_image(path) => {
                let path = path.to_owned();
                self.medium(&path, logo.span);
            }
            _ => {
                let message = format!("the logo `{}` is no image of the course's folder", logo.value);
                let hint = "write the path of a PNG, JPEG, GIF, WebP or SVG file, from the folder of course.toml";
                self.say(Diagnostic::new(&code::MISSING_FILE, logo.span, message).hint(hint));
            }
        }
    }

    fn accessible_documents(&mut self) {
        for document in &self.course.accessibility.documents {
            if self.tree.assets.contains_key(&document.value) {
                continue;
            }
            let message = format!("there is no document `{}` in the course", document.value);
            let mut diagnostic = Diagnostic::new(&code::MISSING_FILE, document.span, message);
            let known = self.tree.assets.keys().map(String::as_str);
            diagnostic = match (nearest(&document.value, known), document.span) {
                (Some(similar), Some(span)) => {
                    diagnostic.fix(format!("did you mean `{similar}`?"), span, format!("\"{similar}\""))
                }
                _ => diagnostic.hint("write its path from the folder of course.toml: lesson/form.pdf"),
            };
            self.diagnostics.push(diagnostic);
        }
    }

    fn control_documents(&mut self) {
        let ControlDocuments::Folder(folder) = &self.course.control_documents else {
            return;
        };
        let prefix = format!("{}/", folder.value.trim_end_matches('/'));
        for (path, asset) in &self.tree.assets {
            let Some(name) = path.strip_prefix(&prefix) else {
                continue;
            };
            if PackagePath::new(name).is_some() && (name.ends_with(".xsd") || name.ends_with(".dtd")) {
                self.facts.control_documents.insert(name.to_owned(), asset);
            }
        }
        if self.facts.control_documents.is_empty() {
            let message = format!("there is no .xsd file in the folder `{}`", folder.value);
            let hint = "put the official files there, or write control-documents = \"own\" or \"none\"";
            self.say(Diagnostic::new(&code::MISSING_FILE, folder.span, message).hint(hint));
        }
    }

    /// Files beside the pages that no page uses. What a page with errors names may well be used in what was not read.
    fn unused_files(&mut self, misread: &BTreeSet<FileId>) {
        for path in self.tree.assets.keys() {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            if misread.iter().any(|file| self.tree.sources.text(*file).contains(name)) {
                continue;
            }
            let in_lesson = self.course.lessons.iter().any(|lesson| {
                folder == lesson.folder || folder.strip_prefix(&lesson.folder).is_some_and(|rest| rest.starts_with('/'))
            });
            if in_lesson && !self.mentioned.contains(path) && !self.facts.datasets.contains_key(path) {
                let message = format!("no page uses the file `{path}`, so it is not in the package");
                let hint = "link to it, or move it out of the lesson's folder";
                self.diagnostics.push(Diagnostic::new(&code::UNUSED_FILE, None, message).hint(hint));
            }
        }
    }
}

fn is_image(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    matches!(extension.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif")
}

/// The name of a file in the package: its folder and name as one slug, so that base names are unique.
fn package_path(path: &str, extension: &str) -> Option<PackagePath> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let slug = text::ascii_slug(&stem.replace('/', " "), 120);
    let extension_ok = (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    if slug.is_empty() || !extension_ok {
        return None;
    }
    PackagePath::new(&format!("media/{slug}.{extension}"))
}

/// `path` as written from the folder of the file at `from`.
fn relative(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.is_empty() {
        return path.to_owned();
    }
    match path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) => rest.to_owned(),
        None => format!("{}{path}", "../".repeat(folder.split('/').count())),
    }
}
