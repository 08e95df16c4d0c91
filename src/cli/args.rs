//! What may be typed.

use std::path::PathBuf;

use cartable::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Compiles a folder of Markdown and a quiz into the package that a learning management system imports.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit status: 0 done, 1 the course or a package has errors, a learner's state cannot be read in full, or \
                  learners would lose something, 2 wrong usage or a file that cannot be read or written."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Builds the packages of a course.
    Build(Build),
    /// Checks courses and packages without writing anything.
    ///
    /// A folder with course.toml is a course. A file, or a folder with imsmanifest.xml, cmi5.xml or tincan.xml, is a
    /// package, whoever made it: what LMSs would refuse or lose is said. `cartable explain CODE` says more of a finding.
    Check(Check),
    /// Shows what is in packages, whoever made them.
    ///
    /// The standard, the title, the identifiers, the structure, what LMSs launch, the sizes by kind, the hosts that are
    /// asked for something, and the tool that made it, where the package says so.
    Inspect(Inspect),
    /// Says what learners in the middle of a course keep when a new package takes the place of the old one.
    ///
    /// Their place, answers, score and status, by LMS, and what to do there. The exit status is 1 if something of it is
    /// lost in an LMS that is asked about.
    Compare(Compare),
    /// Says what a finding means, why it matters, and what to do.
    Explain(Explain),
    /// Makes a new course.
    New(New),
    /// Writes missing question ids into the files of a course.
    ///
    /// A question without an id is known by its text: change the text, and learners lose their answer. With an id
    /// of its own it keeps its answers for ever.
    Ids(Ids),
    /// Says in plain words what a learner had done, from what the LMS keeps of them.
    ///
    /// LMSs call it suspend data (`cmi.suspend_data`): a reader's report or an administrator's page shows it.
    State(State),
    /// Mends course.lock, which keeps the numbers under which LMSs store learners' answers.
    #[command(subcommand)]
    Lock(Lock),
}

#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The folder with course.toml. Left out: course-src if that is a course, or the current folder.
    #[arg(value_name = "SRC")]
    pub(crate) source: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Judging {
    /// Treats warnings as errors.
    #[arg(long)]
    pub(crate) deny_warnings: bool,
    /// Fails if course.lock would get new lines, instead of adding them: for CI.
    #[arg(long)]
    pub(crate) locked: bool,
    /// The targets, separated by commas. Left out: those of course.toml.
    #[arg(long, value_name = "TARGETS", value_delimiter = ',')]
    pub(crate) target: Vec<String>,
}

impl Judging {
    /// How bad a finding may be without a failure.
    pub(crate) fn worst_allowed(&self) -> Severity {
        if self.deny_warnings { Severity::Note } else { Severity::Warning }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With the line concerned, for people.
    Human,
    /// One line each: file:line:column.
    Short,
    /// One JSON object per line on standard output, for tools.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// With the line concerned, for people.
    Human,
    /// One line each: file:line:column.
    Short,
    /// One JSON object per line on standard output, for tools.
    Json,
    /// One SARIF 2.1.0 document on standard output, for code scanners.
    Sarif,
    /// One JUnit document on standard output, for CI: each error is a failure.
    Junit,
}

#[derive(Debug, Args)]
pub(crate) struct Build {
    #[command(flatten)]
    pub(crate) source: Source,
    /// How findings are shown.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// The folder for the packages.
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub(crate) out: PathBuf,
    /// Writes a folder instead of a zip.
    #[arg(long)]
    pub(crate) unpacked: bool,
    /// Also writes all questions with their right answers into this file, for those who teach the course.
    #[arg(long, value_name = "FILE")]
    pub(crate) answer_key: Option<PathBuf>,
    /// Prints the files that the packages would hold, and writes nothing.
    #[arg(long)]
    pub(crate) list: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folders with course.toml, packages, or folders of what was a package. Left out: course-src if that is a course, or
    /// the current folder.
    #[arg(value_name = "SRC-OR-PACKAGE")]
    pub(crate) sources: Vec<PathBuf>,
    /// How findings are shown.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: CheckFormat,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// The LMSs that packages are for, separated by commas: moodle, open-edx, scorm-cloud, docebo, 360learning,
    /// cornerstone, successfactors, strict. What is known of these only counts as an error, what is known of others only
    /// is left out.
    #[arg(long = "for", value_name = "LMS", value_delimiter = ',')]
    pub(crate) families: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// Packages, or folders of what was a package.
    #[arg(value_name = "PACKAGE", required = true)]
    pub(crate) packages: Vec<PathBuf>,
    /// Prints one JSON object for each package, for tools.
    #[arg(long)]
    pub(crate) json: bool,
    /// Also writes what is in the package, of which there must be one, as a page of its own.
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// The package that learners have now, or the folder of it.
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The package that is to take its place.
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// The LMSs that are asked about, separated by commas: moodle, open-edx, scorm-cloud, docebo, 360learning,
    /// cornerstone, successfactors, strict. Left out: all that take such a package.
    #[arg(long = "for", value_name = "LMS", value_delimiter = ',')]
    pub(crate) families: Vec<String>,
    /// What is meant, separated by commas, by the codes in brackets: page-gone, question-gone. It is shown, and
    /// counts for nothing.
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(crate) accept: Vec<String>,
    /// Prints one JSON object, for tools.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code of a finding, as it stands in brackets.
    #[arg(value_name = "CODE")]
    pub(crate) code: String,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder to make.
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// The language of the course and of the examples in it.
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) lang: Language,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

#[derive(Debug, Args)]
pub(crate) struct Ids {
    #[command(flatten)]
    pub(crate) source: Source,
}

#[derive(Debug, Args)]
pub(crate) struct State {
    /// The text that the LMS keeps, as pasted; or - for standard input, one on each line.
    #[arg(value_name = "SUSPEND_DATA")]
    pub(crate) state: String,
    /// The folder with course.toml and course.lock, for pages, questions and answers in words. Left out: by their numbers.
    #[arg(value_name = "SRC")]
    pub(crate) source: Option<PathBuf>,
    /// Prints one JSON object for each state, for tools.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Lock {
    /// Says that NEW is another name for OLD: a page, a question, QUESTION/CHOICE, or the folder of a lesson.
    ///
    /// NEW gets the number of OLD, so that learners keep what they did there; of a folder, every page that has gone from
    /// it and is in the other one under the same name.
    Rename {
        /// The name before.
        old: String,
        /// The name now.
        new: String,
        #[command(flatten)]
        course: CourseOption,
    },
    /// Gives a page, a question, or QUESTION/CHOICE a new number, after two branches took the same one.
    Renumber {
        /// What gets a new number.
        #[arg(required_unless_present = "base")]
        id: Option<String>,
        /// The released lock, as a git branch, tag or commit, or as a file: whatever is not in it gets new numbers.
        #[arg(long, value_name = "REF-OR-FILE", conflicts_with = "id")]
        base: Option<String>,
        #[command(flatten)]
        course: CourseOption,
    },
    /// Accepts that LMSs will see a new course: learners of the old one lose progress, answers and scores.
    AcceptReset {
        #[command(flatten)]
        course: CourseOption,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CourseOption {
    /// The folder with course.toml. Left out: course-src if that is a course, or the current folder.
    #[arg(long, value_name = "SRC")]
    pub(crate) course: Option<PathBuf>,
}
