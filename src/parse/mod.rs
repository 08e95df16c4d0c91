//! The *parse* stage: the author's files become a [`Course`].
//!
//! Every file gives a value and its diagnostics; nothing stops at the first mistake. What depends on several
//! files at once (links, ids, limits) is for [`crate::check`].

mod accessibility;
mod completion;
mod front_matter;
mod markdown;
mod meaning;
mod missing;
mod question;
mod quiz;
mod rulings;
mod transcript;
mod web;

use std::collections::BTreeSet;

use crate::code;
use crate::colour::Scheme;
use crate::course::{
    Block, Competency, ControlDocuments, Course, Inline, Lesson, ManifestPassMark, Page, PageKind, Records, Units,
};
use crate::diagnostic::{Diagnostic, Severity, Span, any_error, nearest};
use crate::keys::{self, Spanned, Values};
use crate::language::Language;
use crate::license::License;
use crate::load::Tree;
use crate::sources::FileId;
use crate::text;
use crate::typography::Typography;

use missing::MissingPage;
use question::{Asks, Reading};

/// Parses a whole course. The course is complete only if no diagnostic is an error.
pub(crate) fn parse(tree: &Tree) -> (Course, Vec<Diagnostic>) {
    let Some(&file) = tree.texts.get("course.toml") else { unreachable!("load refuses a folder without course.toml") };
    let (values, diagnostics) = keys::read(&keys::COURSE, tree.sources.text(file), file, 0);
    let mut parser = Parser {
        tree,
        language: Language::unknown(),
        typography: Typography::Plain,
        pass_mark: 70,
        banks: BTreeSet::new(),
        bank_folders: missing::bank_folders(tree),
        missing: Vec::new(),
        diagnostics,
    };
    let course = parser.course(values, file);
    if course.language.is_unknown() {
        // How numbers are written is a habit of the language, which is to be mended first.
        parser.diagnostics.retain(|found| *found.code != code::QUESTION_NUMBER);
    }
    (course, parser.diagnostics)
}

struct Parser<'a> {
    tree: &'a Tree,
    language: Language,
    typography: Typography,
    pass_mark: u32,
    /// The folders of questions that a quiz draws from.
    banks: BTreeSet<String>,
    /// The folders that quizzes name as banks, known before any is read.
    bank_folders: BTreeSet<String>,
    /// What lists of pages name and is not there.
    missing: Vec<MissingPage>,
    diagnostics: Vec<Diagnostic>,
}

impl Parser<'_> {
    fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Keeps a value, or the diagnostic that says why there is none.
    fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|diagnostic| self.say(diagnostic)).ok()
    }

    fn set(&self, text: &str) -> String {
        self.typography.apply(text).into_owned()
    }

    fn optional(&self, text: Option<Spanned<String>>) -> Option<String> {
        text.map(|text| self.set(&text.value))
    }

    fn all(&self, texts: &[Spanned<String>]) -> Vec<String> {
        texts.iter().map(|text| self.set(&text.value)).collect()
    }

    fn course(&mut self, mut values: Values, file: FileId) -> Course {
        if let Some(tag) = values.text("language") {
            match self.keep(meaning::language(&tag)) {
                Some(language) => {
                    self.diagnostics.extend(meaning::interface_language(&language, tag.span));
                    self.language = language;
                }
                None => self.language = Language::meant(&tag.value).unwrap_or_else(Language::unknown),
            }
        }
        if values.bool("typography").is_some_and(|on| on.value) {
            self.typography = Typography::of(&self.language);
        }
        let id = values.text("id").and_then(|id| self.keep(meaning::course_id(id)));
        let id = id.unwrap_or_else(|| Spanned { value: String::new(), span: None });
        let name = match values.text("name") {
            Some(name) => self.keep(meaning::name(&name)).unwrap_or_default(),
            None => text::ascii_slug(id.value.rsplit(['/', ':', '#']).find(|s| !s.is_empty()).unwrap_or_default(), 64),
        };
        let mut completion = values.table("completion");
        if let Some(mark) = completion.as_mut().and_then(|table| table.value.integer("pass-mark")) {
            self.pass_mark = u32::try_from(mark.value).unwrap_or(70);
        }
        let license_span = values.place("license");
        let license = values.text("license").and_then(|id| self.keep(meaning::license(&id)));
        if license.as_ref().is_some_and(License::needs_publisher_and_date) {
            let asked = [
                ("publisher", "the publisher's name", "publisher = \"…\""),
                ("updated", "the date of the last update", "updated = 2026-11-23"),
            ];
            let missing: Vec<_> = asked.into_iter().filter(|(key, ..)| values.lacks(key)).collect();
            if !missing.is_empty() {
                let joined = |parts: Vec<&str>| parts.join(" and ");
                let names = joined(missing.iter().map(|(_, name, _)| *name).collect());
                let lines = joined(missing.iter().map(|(.., line)| *line).collect());
                let word = if missing.len() == 1 { "line" } else { "lines" };
                let message = format!("the licence etalab-2.0 asks for {names}");
                let diagnostic = Diagnostic::new(&code::MISSING_KEY, license_span, message);
                self.say(diagnostic.hint(format!("add the {word} {lines}")));
            }
        }
        let publisher = self.optional(values.text("publisher"));
        let updated = values.date("updated").map(|date| date.value.to_string());
        let title = self.optional(values.text("title")).unwrap_or_default();
        let version = values.text("version").and_then(|v| self.keep(meaning::version(&v))).unwrap_or_default();
        let folders = values.texts("lessons");
        let keywords = values.texts("keywords");
        self.repeated(&keywords, "keyword");
        let sources = values.texts("sources").into_iter().map(|source| self.source_line(&source)).collect();
        let accessibility = self.accessibility(values.table("accessibility"));
        let web = self.web(values.table("web"));
        let rulings = self.rulings(values.by_code("lint"));
        let theme = values.table("theme");
        let (accent, accent_dark) = self.accents(theme);
        let package = values.table("package");
        let lessons = self.lessons(&folders);
        self.missing_pages(&lessons);
        let transcripts = self.transcripts(&lessons);
        self.unlisted(&lessons, &folders, file);
        let has_quiz =
            lessons.iter().flat_map(|lesson| &lesson.pages).any(|page| page.required && page.quiz().is_some());
        let package = self.package(package);
        Course {
            id,
            name,
            title,
            version,
            language: self.language.clone(),
            typography: self.typography,
            description: self.optional(values.text("description")),
            authors: self.all(&values.texts("authors")),
            publisher,
            license,
            credits: self.optional(values.text("credits")),
            sources,
            updated,
            keywords: self.all(&keywords),
            logo: values.text("logo"),
            lessons,
            transcripts,
            completion: self.completion(completion, has_quiz),
            accent: accent.unwrap_or_else(|| Spanned { value: String::new(), span: None }),
            accent_dark,
            accessibility,
            web,
            rulings,
            units: package.units,
            units_span: package.units_span,
            targets_span: package.targets_span,
            targets: package.targets.into_iter().map(|target| target.value).collect(),
            control_documents: package.control_documents,
            records: package.records,
            manifest_pass_mark: package.manifest_pass_mark,
        }
    }

    /// The accent colours of the light and of the dark scheme.
    fn accents(&mut self, theme: Option<Spanned<Values>>) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
        let mut theme = theme.map(|theme| theme.value);
        let mut accent = |key: &str, scheme: Scheme| {
            let colour = theme.as_mut()?.text(key)?;
            let colour = self.keep(meaning::colour(key, colour))?;
            self.diagnostics.extend(meaning::accent_contrast(&colour, scheme));
            Some(colour)
        };
        (accent("accent", Scheme::Light), accent("accent-dark", Scheme::Dark))
    }

    fn repeated(&mut self, texts: &[Spanned<String>], what: &str) {
        for (index, text) in texts.iter().enumerate() {
            if texts[..index].iter().any(|other| other.value == text.value) {
                let message = format!("the {what} `{}` stands twice", text.value);
                self.say(Diagnostic::new(&code::REPEATED, text.span, message).hint("remove one of them"));
            }
        }
    }

    /// A line of `sources`: inline Markdown inside a TOML string.
    fn source_line(&mut self, line: &Spanned<String>) -> Vec<Inline> {
        let file = line.span.map_or(FileId(0), |span| span.file);
        let body = markdown::parse(&line.value, file, 0, self.typography);
        match body.blocks.into_iter().next().map(|block| block.kind) {
            Some(crate::course::BlockKind::Paragraph(content)) => content,
            _ => vec![Inline::Text(self.set(&line.value))],
        }
    }

    fn package(&mut self, table: Option<Spanned<Values>>) -> PackageSettings {
        let mut table = table.map(|table| table.value);
        let mut word = |key: &str| table.as_mut().and_then(|table| table.text(key));
        let given = word("units");
        let units_span = given.as_ref().and_then(|given| given.span);
        let lessons = given.is_some_and(|word| word.value == "lessons");
        let units = if lessons { Units::Lessons } else { Units::Course };
        let control_documents = match word("control-documents") {
            Some(Spanned { value, .. }) if value == "none" => ControlDocuments::None,
            Some(folder) if folder.value != "own" => ControlDocuments::Folder(folder),
            _ => ControlDocuments::Own,
        };
        let journal = word("records").is_some_and(|word| word.value == "journal");
        let records = if journal { Records::Journal } else { Records::PerQuestion };
        let told = table.as_mut().and_then(|table| table.bool("manifest-pass-mark")).is_some_and(|told| told.value);
        let manifest_pass_mark = if told { ManifestPassMark::Written } else { ManifestPassMark::LeftOut };
        let targets_span = table.as_ref().and_then(|table| table.place("targets"));
        let mut targets = table.as_mut().map(|table| table.texts("targets")).unwrap_or_default();
        self.repeated(&targets, "target");
        let mut known = BTreeSet::new();
        targets.retain(|target| known.insert(target.value.clone()));
        PackageSettings { units, units_span, targets, targets_span, control_documents, records, manifest_pass_mark }
    }

    fn lessons(&mut self, folders: &[Spanned<String>]) -> Vec<Lesson> {
        self.repeated(folders, "lesson");
        let mut lessons: Vec<Lesson> = Vec::new();
        for folder in folders {
            let name = folder_name(&folder.value).to_owned();
            if lessons.iter().any(|lesson| lesson.folder == name) {
                continue;
            }
            match self.tree.texts.get(&format!("{name}/index.md")) {
                Some(&file) => lessons.push(self.lesson(name, folder.span, file)),
                None if self.tree.unreadable.contains(&format!("{name}/index.md")) => {}
                None => self.missing_lesson(&name, folder.span),
            }
        }
        lessons
    }

    fn missing_lesson(&mut self, name: &str, span: Option<Span>) {
        let folders: BTreeSet<&str> =
            self.tree.texts.keys().filter_map(|path| path.strip_suffix("/index.md")).collect();
        let message = format!("there is no lesson `{name}`: the file {name}/index.md does not exist");
        let mut diagnostic = Diagnostic::new(&code::MISSING_FILE, span, message);
        let bare = name.trim_end_matches("/index.md").trim_end_matches(".md");
        let similar = folders.get(bare).copied().or_else(|| nearest(bare, folders.iter().copied()));
        if let Some(hint) = self.renamed(&format!("{name}/index.md")) {
            diagnostic = diagnostic.hint(hint);
        } else if let (Some(similar), Some(span)) = (similar, span) {
            diagnostic = diagnostic.fix(format!("did you mean `{similar}`?"), span, format!("\"{similar}\""));
        } else {
            diagnostic = diagnostic.hint("create the folder with an index.md, or remove it from the list");
        }
        self.say(diagnostic);
    }

    fn lesson(&mut self, folder: String, span: Option<Span>, file: FileId) -> Lesson {
        let front = front_matter::split(self.tree.sources.text(file), file);
        let (mut values, diagnostics) = self.front_matter(&keys::LESSON, &front, file);
        self.diagnostics.extend(diagnostics);
        let title = self.optional(values.text("title")).unwrap_or_default();
        let duration = values.text("duration").and_then(|text| self.keep(meaning::duration(&text)));
        let mut competencies = Vec::new();
        for mut table in values.tables("competencies") {
            let name = self.optional(table.text("name")).unwrap_or_default();
            competencies.push(Competency { name, parts: self.all(&table.texts("parts")) });
        }
        let listed = values.texts("pages");
        let cover = self.cover(&folder, &title, &front, file);
        let mut pages = vec![cover];
        pages.extend(self.pages(&folder, &listed));
        Lesson {
            span,
            title,
            label: self.optional(values.text("label")),
            description: self.optional(values.text("description")),
            objectives: self.all(&values.texts("objectives")),
            competencies,
            activity: values.text("activity").map(|word| word.value),
            duration,
            instructions: self.optional(values.text("instructions")),
            pages,
            folder,
        }
    }

    fn front_matter(
        &mut self,
        table: &'static keys::Table,
        front: &front_matter::Split<'_>,
        file: FileId,
    ) -> (Values, Vec<Diagnostic>) {
        self.diagnostics.extend(front.diagnostic.clone());
        let (values, diagnostics) = keys::read(table, front.toml, file, front.toml_start);
        // Without front matter every required key is missing; saying so once is enough.
        let diagnostics = if front.diagnostic.is_some() { Vec::new() } else { diagnostics };
        (values, diagnostics)
    }

    fn cover(&mut self, folder: &str, title: &str, front: &front_matter::Split<'_>, file: FileId) -> Page {
        let path = format!("{folder}/index.md");
        let settings = PageSettings {
            id: format!("{folder}/index"),
            title: title.to_owned(),
            span: None,
            kind: PageKind::Cover,
            required: false,
            record: false,
            asks: Asks::MarkedHeadings,
            banks: Vec::new(),
            misread: false,
        };
        self.page(path, settings, front, file)
    }

    fn pages(&mut self, folder: &str, listed: &[Spanned<String>]) -> Vec<Page> {
        self.repeated(listed, "page");
        let mut pages: Vec<Page> = Vec::new();
        for name in listed {
            let path = format!("{folder}/{}", name.value.trim_start_matches("./"));
            if pages.iter().any(|page| page.path == path) {
                continue;
            }
            match self.tree.texts.get(&path) {
                Some(_) if name.value == "index.md" => {
                    let message = "index.md is the lesson's cover and always comes first";
                    self.say(Diagnostic::new(&code::REPEATED, name.span, message).hint("remove it from the list"));
                }
                Some(_) if self.is_of_bank(&path) => self.say(missing::of_bank(name, &path)),
                Some(&file) => pages.push(self.listed_page(folder, path, &name.value, file)),
                // What is there and cannot be read has been reported by then.
                None if self.tree.unreadable.contains(&path) => {}
                None => self.missing.push(MissingPage { folder: folder.to_owned(), name: name.clone() }),
            }
        }
        pages
    }

    fn listed_page(&mut self, folder: &str, path: String, name: &str, file: FileId) -> Page {
        let front = front_matter::split(self.tree.sources.text(file), file);
        // Also where the line has slipped below the first brackets, which is said.
        let kinds = keys::peek(front.toml, "kind").into_iter().chain(keys::peek_tables(front.toml, "bank", "kind"));
        let is_quiz = kinds.into_iter().next().as_deref() == Some("quiz");
        let table = if is_quiz { &keys::QUIZ } else { &keys::PAGE };
        let (mut values, diagnostics) = self.front_matter(table, &front, file);
        self.diagnostics.extend(diagnostics);
        let title = values.text("title");
        let span = title.as_ref().and_then(|title| title.span);
        let title = self.optional(title).unwrap_or_default();
        let required = values.bool("required").is_none_or(|required| required.value);
        let stem = name.trim_start_matches("./");
        let stem = stem.strip_suffix(".md").unwrap_or(stem);
        let id = values.text("id").map_or_else(|| format!("{folder}/{stem}"), |id| id.value);
        let record = !is_quiz && values.bool("record").is_some_and(|record| record.value);
        let before = self.diagnostics.len();
        let (quiz, banks) = if is_quiz { self.quiz(&mut values, folder) } else { (None, Vec::new()) };
        let kind = quiz.map_or(PageKind::Reading, PageKind::Quiz);
        let misread = any_error(&self.diagnostics[before..]);
        // What was meant for a quiz has been reported by now, and its questions are no stray lists.
        let asks = if is_quiz || keys::means_quiz(front.toml) { Asks::EveryHeading } else { Asks::MarkedHeadings };
        self.page(path, PageSettings { id, title, span, kind, required, record, asks, banks, misread }, &front, file)
    }

    fn page(&mut self, path: String, settings: PageSettings, front: &front_matter::Split<'_>, file: FileId) -> Page {
        let body = markdown::parse(front.body, file, front.body_start, self.typography);
        let headings = body.diagnostics.iter().filter(|found| *found.code == code::HEADING_MARKER);
        let misread: Vec<Span> = headings.filter_map(|found| found.span).collect();
        self.diagnostics.extend(body.diagnostics);
        let is_quiz = matches!(settings.kind, PageKind::Quiz(_));
        let text = self.tree.sources.text(file);
        let reading = Reading {
            asks: settings.asks,
            file_text: text,
            misread: &misread,
            language: &self.language,
            typography: self.typography,
        };
        let (blocks, diagnostics) = question::gather(body.blocks, &reading);
        let PageSettings { id, title, span, kind, required, record, banks, .. } = settings;
        let misshapen = settings.misread || !misread.is_empty() || any_error(&diagnostics);
        // Without front matter nobody knows what kind of page it is.
        if !front.toml.is_empty() || front.diagnostic.is_none() {
            self.diagnostics.extend(diagnostics);
        }
        let page = Page {
            id,
            path,
            span: span.unwrap_or_else(|| Span::new(file, 0..0)),
            title,
            kind,
            required,
            record,
            blocks: blocks.into_iter().chain(banks).collect(),
            footnotes: body.footnotes,
        };
        if is_quiz && !misshapen && page.questions().next().is_none() {
            let message = "this quiz has no question";
            let hint = "each heading of level 2 is a question: ## What is …?";
            self.say(Diagnostic::new(&code::QUIZ_EMPTY, page.span, message).hint(hint));
        }
        page
    }

    /// Pages and lessons on disk that no list names. A list in a file with errors may well mean to name them.
    fn unlisted(&mut self, lessons: &[Lesson], listed: &[Spanned<String>], file: FileId) {
        let used: BTreeSet<&str> = lessons.iter().flat_map(|l| &l.pages).map(|page| page.path.as_str()).collect();
        let place = listed.last().and_then(|last| last.span).unwrap_or_else(|| Span::new(file, 0..0));
        let mut found = Vec::new();
        let errors = self.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
        let misread: BTreeSet<FileId> = errors.filter_map(|error| error.span).map(|span| span.file).collect();
        let lists_all = |list: &str| self.tree.texts.get(list).is_none_or(|file| !misread.contains(file));
        for (path, &file) in &self.tree.texts {
            let Some((folder, name)) = path.rsplit_once('/') else {
                continue;
            };
            if self.banks.contains(folder) {
                continue;
            }
            let in_lesson = lessons.iter().any(|lesson| lesson.folder == folder);
            let list = if in_lesson { &format!("{folder}/index.md") } else { "course.toml" };
            if !lists_all(list) {
                continue;
            }
            if in_lesson && !used.contains(path.as_str()) && !self.is_transcript(path) {
                let message = format!("the page {path} is in no list, so it is not in the course");
                let hint = format!("add \"{name}\" to pages in {folder}/index.md, or move the file away");
                found.push(Diagnostic::new(&code::UNLISTED_PAGE, Span::new(file, 0..0), message).hint(hint));
            } else if name == "index.md" && !listed.iter().any(|l| folder_name(&l.value) == folder) {
                let message = format!("the lesson {folder} is in no list, so it is not in the course");
                let hint = format!("add \"{folder}\" to lessons in course.toml, or move the folder away");
                found.push(Diagnostic::new(&code::UNLISTED_PAGE, place, message).hint(hint));
            }
        }
        self.diagnostics.extend(found);
    }
}

/// The folder that an entry of `lessons` names: `./one/` is `one`.
fn folder_name(entry: &str) -> &str {
    entry.trim_start_matches("./").trim_end_matches('/')
}

/// What `[package]` says.
struct PackageSettings {
    units: Units,
    units_span: Option<Span>,
    targets: Vec<Spanned<String>>,
    targets_span: Option<Span>,
    control_documents: ControlDocuments,
    records: Records,
    manifest_pass_mark: ManifestPassMark,
}

/// What a page is, before its body is parsed.
struct PageSettings {
    id: String,
    title: String,
    span: Option<Span>,
    kind: PageKind,
    required: bool,
    record: bool,
    asks: Asks,
    /// The questions of its banks.
    banks: Vec<Block>,
    /// Whether some of its settings, and questions with them, could not be read.
    misread: bool,
}
