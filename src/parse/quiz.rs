//! A quiz: its settings, and the banks that some of its questions are drawn from.

use super::question::{self, Asks, Reading};
use super::{Parser, front_matter, markdown, meaning};
use crate::code;
use crate::course::{Answers, Bank, Block, BlockKind, Feedback, Quiz};
use crate::diagnostic::{Diagnostic, Span, any_error, nearest};
use crate::keys::{self, Count, Spanned, Values};
use crate::sources::FileId;

impl Parser<'_> {
    /// The settings of a quiz of the lesson in `folder`, and the questions of its banks.
    pub(super) fn quiz(&mut self, values: &mut Values, folder: &str) -> (Option<Quiz>, Vec<Block>) {
        let shuffle = values.texts("shuffle");
        let shuffles = |what: &str| shuffle.iter().any(|word| word.value == what);
        let feedback = match values.text("feedback").map(|word| word.value).as_deref() {
            Some("after-each") => Feedback::AfterEach,
            Some("never") => Feedback::Never,
            _ => Feedback::AtEnd,
        };
        let answers = match values.text("answers").map(|word| word.value).as_deref() {
            Some("never") => Answers::Never,
            Some("at-end") => Answers::AtEnd,
            _ => Answers::LastAttempt,
        };
        let tries = values.count("tries").unwrap_or(Spanned { value: Count::Times(1), span: None });
        let confirm = values.bool("confirm").unwrap_or(Spanned { value: true, span: None });
        if feedback == Feedback::AfterEach && tries.value == Count::Times(1) && !confirm.value {
            let message = "an answer can neither be reviewed, nor changed, nor confirmed (RGAA 11.12)";
            let hint = "remove the line confirm = false, or allow a second try: tries = 2";
            self.say(Diagnostic::new(&code::QUIZ_NO_CORRECTION, confirm.span, message).hint(hint));
        }
        if feedback != Feedback::AfterEach && tries.value != Count::Times(1) {
            let message = "a second try needs to know that the first was wrong";
            let hint = "add feedback = \"after-each\", or use attempts for the whole quiz";
            self.say(Diagnostic::new(&code::TRIES_WITHOUT_FEEDBACK, tries.span, message).hint(hint));
        }
        let attempts = values.count("attempts").unwrap_or(Spanned { value: Count::Times(2), span: None });
        if attempts.value == Count::Unlimited && answers == Answers::LastAttempt {
            let message = "without an end of attempts there is no last one, so nobody ever sees the right answers";
            let diagnostic = Diagnostic::new(&code::ANSWERS_NEVER_SHOWN, attempts.span, message)
                .hint("to show them after each attempt, write answers = \"at-end\"")
                .hint("to keep them hidden, say so: answers = \"never\"");
            self.say(diagnostic);
        }
        let (banks, questions) = self.banks(values.tables("bank"), folder);
        let quiz = Quiz {
            pass_mark: values.integer("pass-mark").and_then(|n| u32::try_from(n.value).ok()).unwrap_or(self.pass_mark),
            attempts: attempts.value,
            tries: tries.value,
            shuffle_questions: shuffles("questions"),
            shuffle_choices: shuffles("choices"),
            feedback,
            answers,
            confirm: confirm.value,
            weight: values.integer("weight").and_then(|n| u32::try_from(n.value).ok()),
            time: values.text("time").and_then(|text| self.keep(meaning::duration(&text))),
            banks,
        };
        (Some(quiz), questions)
    }

    /// The banks of a quiz, and all their questions.
    fn banks(&mut self, tables: Vec<Values>, lesson: &str) -> (Vec<Bank>, Vec<Block>) {
        let (mut banks, mut all) = (Vec::new(), Vec::new());
        for mut table in tables {
            let draw = table.integer("draw");
            let Some(from) = table.text("from") else { continue };
            let Some((folder, files)) = self.bank_files(&from, lesson) else { continue };
            if !self.banks.insert(folder.clone()) {
                let message = format!("another [[bank]] draws from `{folder}` already");
                let hint = "give each quiz a folder of its own: a question has one place in the learner's results";
                self.say(Diagnostic::new(&code::BANK_SHARED, from.span, message).hint(hint));
                continue;
            }
            let before = self.diagnostics.len();
            let questions: Vec<Block> = files.into_iter().flat_map(|file| self.bank_file(file, banks.len())).collect();
            let misread = any_error(&self.diagnostics[before..]);
            if let Some(draw) = self.draw(draw.as_ref(), questions.len(), &from, misread) {
                self.points_differ(&questions, draw, &from);
                banks.push(Bank { folder, span: from.span, draw });
                all.extend(questions);
            }
        }
        (banks, all)
    }

    /// The folder of a bank and the files in it, in the order of their names.
    fn bank_files(&mut self, from: &Spanned<String>, lesson: &str) -> Option<(String, Vec<FileId>)> {
        let name = from.value.trim_start_matches("./").trim_end_matches('/');
        let files = |folder: &str| -> Vec<FileId> {
            let inside = |path: &str| path.rsplit_once('/').is_some_and(|(parent, _)| parent == folder);
            self.tree.texts.iter().filter(|(path, _)| inside(path)).map(|(_, file)| *file).collect()
        };
        let places = [name.to_owned(), format!("{lesson}/{name}")];
        if let Some(folder) = places.iter().find(|folder| !files(folder).is_empty()) {
            return Some((folder.clone(), files(folder)));
        }
        let folders = self.tree.texts.keys().filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder);
        let similar = nearest(name, folders).map(str::to_owned);
        let message = format!("there is no folder `{name}` with questions in it");
        let mut diagnostic = Diagnostic::new(&code::MISSING_FILE, from.span, message);
        if let (Some(similar), Some(span)) = (similar, from.span) {
            diagnostic = diagnostic.fix(format!("did you mean `{similar}`?"), span, format!("\"{similar}\""));
        }
        let hint =
            format!("a bank is a folder of Markdown files, such as {name}/1.md, each with questions as on a quiz page");
        self.say(diagnostic.hint(hint));
        None
    }

    /// The questions in a file of a bank.
    fn bank_file(&mut self, file: FileId, bank: usize) -> Vec<Block> {
        let text = self.tree.sources.text(file);
        let mut front = front_matter::split(text, file);
        // A file of a bank needs no front matter.
        if !text.trim_start().starts_with(['+', '-']) {
            front.diagnostic = None;
        }
        let (_, found) = self.front_matter(&keys::BANK_FILE, &front, file);
        self.diagnostics.extend(found);
        let body = markdown::parse(front.body, file, front.body_start, self.typography);
        let headings = body.diagnostics.iter().filter(|found| *found.code == code::HEADING_MARKER);
        let misread: Vec<Span> = headings.filter_map(|found| found.span).collect();
        self.diagnostics.extend(body.diagnostics);
        if let Some(note) = body.footnotes.iter().flat_map(|note| &note.blocks).next() {
            let message = "a question of a bank has no footnotes: nobody knows which notes would be on the page";
            self.say(Diagnostic::new(&code::BANK_SHAPE, note.span, message).hint("write it into the explanation"));
        }
        let reading = Reading {
            asks: Asks::EveryHeading,
            file_text: text,
            misread: &misread,
            language: &self.language,
            typography: self.typography,
        };
        let (blocks, found) = question::gather(body.blocks, &reading);
        self.diagnostics.extend(found);
        let stem = self.tree.sources.path(file).rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
        let prefix = crate::text::slug(stem, 60);
        blocks.into_iter().filter_map(|block| self.bank_question(block, bank, &prefix)).collect()
    }

    fn bank_question(&mut self, block: Block, bank: usize, prefix: &str) -> Option<Block> {
        match block {
            Block { kind: BlockKind::Question(mut question), span } => {
                question.bank = Some(bank);
                // Files of a bank share one page, where every anchor stands once.
                for block in &mut question.prompt {
                    if let BlockKind::Heading(heading) = &mut block.kind {
                        heading.anchor = format!("{prefix}-{}", heading.anchor);
                    }
                }
                Some(Block { kind: BlockKind::Question(question), span })
            }
            Block { span, .. } => {
                let message = "only questions can stand in a bank: learners would never see this";
                let hint = "write a heading above it, ## What is …?, or move it to the page of the quiz";
                self.say(Diagnostic::new(&code::BANK_SHAPE, span, message).hint(hint));
                None
            }
        }
    }

    /// How many questions are drawn of the `there` ones.
    fn draw(
        &mut self,
        draw: Option<&Spanned<i64>>,
        there: usize,
        from: &Spanned<String>,
        misread: bool,
    ) -> Option<u32> {
        let there = u32::try_from(there).unwrap_or(u32::MAX);
        let Some(Spanned { value, span }) = draw else { return Some(there) };
        let draw = u32::try_from(*value).unwrap_or(u32::MAX);
        // Questions that could not be read are there all the same.
        if draw > there && !misread {
            let questions = if there == 1 { "question" } else { "questions" };
            let message = format!("{draw} questions are drawn from `{}`, which has {there} {questions}", from.value);
            let hint = format!("write draw = {there} or less, or add questions");
            self.say(Diagnostic::new(&code::BANK_DRAW, *span, message).hint(hint));
            return None;
        }
        Some(draw.min(there))
    }

    fn points_differ(&mut self, questions: &[Block], draw: u32, from: &Spanned<String>) {
        let points = |block: &Block| match &block.kind {
            BlockKind::Question(question) => question.points,
            _ => 0,
        };
        let differ = questions.iter().any(|block| points(block) != points(&questions[0]));
        if differ && (draw as usize) < questions.len() {
            let message =
                format!("the questions of `{}` are worth different points: the draw decides on the score", from.value);
            let hint = "give them all the same points, or put those that differ into a bank of their own";
            self.say(Diagnostic::new(&code::BANK_POINTS, from.span, message).hint(hint));
        }
    }
}
