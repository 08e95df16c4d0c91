//! What stands on a page: blocks, and the inlines in them.

use super::Question;
use crate::diagnostic::Span;
use crate::language::Language;

/// A block of a page and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where the author wrote it.
    pub span: Span,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading inside a page.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Text of a tight list item: a paragraph without its own space.
    Line(Vec<Inline>),
    /// An image by itself, with its caption.
    Figure(Image),
    /// A video or a sound of the course's own.
    Media(Media),
    /// A video of another site, fetched when the learner asks for it.
    ExternalVideo(ExternalVideo),
    /// A list.
    List(List),
    /// A table whose first row is its header.
    Table(Table),
    /// A table whose rows are in a file of their own.
    DataTable(DataTable),
    /// A quotation, with who said it.
    Quotation(Quotation),
    /// A note, tip, warning.
    Callout(CalloutKind, Vec<Block>),
    /// Preformatted text.
    Code {
        /// The language after the fence.
        language: Option<String>,
        /// The text.
        text: String,
    },
    /// A thematic break.
    Rule,
    /// A list of terms with their definitions.
    Definitions(Vec<Definition>),
    /// What is shown on demand.
    Disclosure(Disclosure),
    /// A link by itself to a file of the course: one inline, a link.
    Download(Vec<Inline>),
    /// A formula by itself.
    Formula(Formula),
    /// A question.
    Question(Box<Question>),
}

/// A heading inside a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6, as the author wrote it.
    pub level: u8,
    /// The anchor: the author's `{#id}` or the heading's slug, unique on its page; empty in a transcript.
    pub anchor: String,
    /// The text.
    pub content: Vec<Inline>,
    /// What the author wrote in braces after it.
    pub attributes: Attributes,
}

/// What stands in braces after a heading: `{#id .class key=value}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes {
    /// `#id`
    pub id: Option<String>,
    /// `.class`
    pub classes: Vec<String>,
    /// `key=value`
    pub pairs: Vec<(String, String)>,
}

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Where the author says it is.
    pub destination: String,
    /// The text alternative; empty when the author marked the image as decorative.
    pub alternative: String,
    /// The title after the address: the caption of a figure.
    pub caption: Option<String>,
    /// Where the author wrote it.
    pub span: Span,
}

/// A video or a sound of the course's own: an image by itself whose address ends like one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// What it is, by the ending of its address.
    pub kind: MediaKind,
    /// Where the author says it is.
    pub destination: String,
    /// The text in the brackets, shown before the player (RGAA 4.7).
    pub title: String,
    /// The title after the address: the caption of a figure.
    pub caption: Option<String>,
    /// Whether it needs an audio description.
    pub description: Description,
    /// The level of the heading under which it stands; 1 for the page's own title.
    pub under: u8,
    /// Where the author wrote it.
    pub span: Span,
}

/// What a player plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// Pictures, perhaps with sound.
    Video,
    /// Sound alone.
    Audio,
}

/// Whether a video needs an audio description (RGAA 4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Description {
    /// The author says no, with `{no-description}`: whoever only listens misses nothing.
    NotNeeded,
    /// The author does not say: a described version beside the video decides.
    Undecided,
}

/// A video of another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalVideo {
    /// The text in the brackets.
    pub title: String,
    /// The title after the address: the caption of a figure.
    pub caption: Option<String>,
    /// The address that the author wrote: that of the video's page.
    pub address: String,
    /// The host of the site, as people know it.
    pub site: String,
    /// The address of its player, for a frame; always `https:`.
    pub frame: String,
    /// Where the author wrote it.
    pub span: Span,
}

impl ExternalVideo {
    /// The origin of its player, as a policy names it (CSP 3, section 2.3.1): `https://player.example.org`.
    #[must_use]
    pub fn origin(&self) -> &str {
        let path = self.frame.match_indices('/').nth(2).map_or(self.frame.len(), |(at, _)| at);
        &self.frame[..path]
    }
}

/// What is said or shown in a video or a sound, as text, from a Markdown file beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The language, from the file's name.
    pub language: Language,
    /// The text. Its headings have no anchors, and only its top level has headings.
    pub blocks: Vec<Block>,
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The task marker: `[x]` or `[ ]`.
    pub marker: Option<bool>,
    /// The content.
    pub blocks: Vec<Block>,
    /// Where it stands.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table shows, from a paragraph after it that starts with `: `.
    pub caption: Option<Vec<Inline>>,
    /// How each column is aligned.
    pub columns: Vec<Alignment>,
    /// The header cells.
    pub head: Vec<Vec<Inline>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// Terms and what they mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// What is defined.
    pub term: Vec<Inline>,
    /// What it means, one list of blocks for each meaning.
    pub meanings: Vec<Vec<Block>>,
}

/// What is shown on demand, under a few words that say what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Disclosure {
    /// The words.
    pub summary: Vec<Inline>,
    /// What they hide.
    pub blocks: Vec<Block>,
}

/// A formula, in TeX.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// What the author wrote between the dollar signs.
    pub tex: String,
    /// The same in words, for those who cannot read formulas.
    pub wording: Option<String>,
}

/// A table whose rows are in a CSV file of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTable {
    /// Where the author says the file is.
    pub destination: String,
    /// What the table shows; empty when the author does not say.
    pub caption: String,
    /// The columns that learners filter by, as the author names them: what stands after `filter:` in the title.
    pub filters: Vec<String>,
    /// A title that does not start with `filter:`, and so says nothing.
    pub stray_title: Option<String>,
    /// Where the author wrote it.
    pub span: Span,
}

/// How a column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the language goes.
    Start,
    /// In the middle.
    Center,
    /// At the far side.
    End,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// What is quoted.
    pub blocks: Vec<Block>,
    /// Who said it, from the last line that starts with a dash.
    pub attribution: Option<Vec<Inline>>,
}

/// The five callouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// The author's label.
    pub label: String,
    /// The text.
    pub blocks: Vec<Block>,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Strikethrough(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link.
    Link(Link),
    /// An image inside a line.
    Image(Image),
    /// The call of a footnote.
    FootnoteCall {
        /// The note's index on the page.
        note: usize,
        /// Whether the note is called here first: it leads back to here.
        first: bool,
    },
    /// A line break that the author asked for.
    Break,
    /// A formula in a line.
    Math(Formula),
    /// A blank of the question, from where the author wrote it.
    Blank(Span),
    /// Text in one of the HTML elements that Markdown has no sign for.
    Markup(Markup),
}

/// Text in an HTML element of the allow-list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markup {
    /// The element's name.
    pub element: &'static str,
    /// Its attributes.
    pub attributes: Vec<(&'static str, String)>,
    /// The text.
    pub content: Vec<Inline>,
}

impl Markup {
    /// The language of the text, if it is said.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == "lang").map(|(_, tag)| tag.as_str())
    }
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where the author says it leads.
    pub destination: String,
    /// Its text.
    pub content: Vec<Inline>,
    /// Where the author wrote it.
    pub span: Span,
}

/// The plain text of inlines: no markup, images by their alternatives, breaks as spaces, blanks as "…".
#[must_use]
pub fn plain_text(content: &[Inline]) -> String {
    filled_text(content, &mut |_| "…".to_owned())
}

/// The plain text of inlines, each blank filled with what `fill` has for it.
pub fn filled_text(content: &[Inline], fill: &mut dyn FnMut(Span) -> String) -> String {
    fn add(content: &[Inline], fill: &mut dyn FnMut(Span) -> String, text: &mut String) {
        for inline in content {
            match inline {
                Inline::Text(t) | Inline::Code(t) => text.push_str(t),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                    add(inner, fill, text);
                }
                Inline::Link(link) => add(&link.content, fill, text),
                Inline::Image(image) => text.push_str(&image.alternative),
                Inline::Math(formula) => text.push_str(formula.wording.as_deref().unwrap_or(&formula.tex)),
                Inline::Markup(markup) => add(&markup.content, fill, text),
                Inline::FootnoteCall { .. } => {}
                Inline::Break => text.push(' '),
                Inline::Blank(span) => text.push_str(&fill(*span)),
            }
        }
    }
    let mut text = String::new();
    add(content, fill, &mut text);
    text
}
