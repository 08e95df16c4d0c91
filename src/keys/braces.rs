//! What may stand in braces: after the heading of a question, `{#sum points=2}`, and at the end of what may be answered.

/// A setting in braces.
#[derive(Debug)]
pub struct Setting {
    /// Its name as it is written: `.scale` for a class, `points` for what takes a value.
    pub name: &'static str,
    /// What values it takes, as messages say it; empty for what takes none.
    pub takes: &'static str,
    /// What holds when it is left out.
    pub usual: &'static str,
    /// The kinds of question on which it means something, as `course.lock` and messages name them.
    pub kinds: &'static [&'static str],
    /// What it is for, in a sentence, for the author.
    pub doc: &'static str,
}

/// What may stand after the heading of a question, beside its id.
pub static HEADING: &[Setting] = &[
    Setting {
        name: ".multiple",
        takes: "",
        usual: "boxes where several choices are right",
        kinds: &["multiple-choice"],
        doc: "Boxes to tick, even where one choice is right.",
    },
    Setting {
        name: ".true-false",
        takes: "",
        usual: "known by the words for true and false",
        kinds: &["true-false"],
        doc: "The two choices stand for true and false, whatever their words: the one for true comes first.",
    },
    Setting {
        name: ".scale",
        takes: "",
        usual: "",
        kinds: &["scale"],
        doc: "The list asks for an opinion, of which none is right.",
    },
    Setting {
        name: ".text",
        takes: "",
        usual: "what looks like a number is one",
        kinds: &["fill-in"],
        doc: "All blanks are texts, even those that look like numbers.",
    },
    Setting {
        name: ".numeric",
        takes: "",
        usual: "what looks like a number is one",
        kinds: &["fill-in"],
        doc: "All blanks are numbers: one that is none is an error.",
    },
    Setting {
        name: "points",
        takes: "a number from 0.01 to 1000, such as 2 or 1.5",
        usual: "1",
        kinds: &["single-choice", "multiple-choice", "true-false", "ordering", "matching", "fill-in"],
        doc: "What a right answer is worth.",
    },
    Setting {
        name: "tries",
        takes: "a whole number from 1 to 15, or unlimited",
        usual: "as the quiz says",
        kinds: &["single-choice", "multiple-choice", "true-false", "ordering", "matching", "fill-in"],
        doc: "How often it may be answered within an attempt, where feedback comes after each answer.",
    },
    Setting {
        name: "credit",
        takes: "whole or parts",
        usual: "parts for matching, for several blanks and where choices have weights; else whole",
        kinds: &["multiple-choice", "ordering", "matching", "fill-in"],
        doc: "Whether an answer that is right in part gets no points, or a part of them.",
    },
    Setting {
        name: "max",
        takes: "a number of characters from 1 to 2000",
        usual: "40 in a blank, 12 where it takes a number, 200 in the learner's own words",
        kinds: &["fill-in", "free-text"],
        doc: "How much may be written: at least what is right.",
    },
    Setting {
        name: "case",
        takes: "match or ignore",
        usual: "ignore",
        kinds: &["fill-in"],
        doc: "Whether capitals count.",
    },
    Setting {
        name: "accents",
        takes: "match or ignore",
        usual: "by the language of the course: ignore in English, French, Italian and others where they are often left out",
        kinds: &["fill-in"],
        doc: "Whether accents count.",
    },
];

/// What may stand at the end of a choice, beside its id.
pub static CHOICE: &[Setting] = &[
    Setting {
        name: "fixed",
        takes: "",
        usual: "it moves with the others",
        kinds: &["single-choice", "multiple-choice", "true-false"],
        doc: "Keeps its place when choices are shuffled.",
    },
    Setting {
        name: "weight",
        takes: "a percentage from -100 to 100, such as weight=50 or weight=-25",
        usual: "what is right shares the points alike",
        kinds: &["single-choice", "multiple-choice", "true-false"],
        doc: "What taking it is worth, as a percentage of the question's points.",
    },
];

/// What means something on the heading of a kind of question, by name.
pub(crate) fn names(kind: &str) -> impl Iterator<Item = &'static str> {
    HEADING.iter().filter(move |setting| setting.kinds.contains(&kind)).map(|setting| setting.name)
}
