//! What may stand in braces, on every kind of question: taken where the reference says so, refused elsewhere.

use cartable::keys::braces::{self, Setting};

use crate::support::CourseTest;

/// Each kind of question with its answer; `{}` stands after the first thing to choose, to move or to match.
const ANSWERS: [(&str, &str); 8] = [
    ("single-choice", "- [ ] One{}\n- [x] Two\n- [ ] Three\n"),
    ("multiple-choice", "- [ ] One{}\n- [x] Two {weight=50}\n- [x] Three {weight=50}\n"),
    ("true-false", "- [ ] True{}\n- [x] False\n"),
    ("ordering", "1. One{}\n2. Two\n"),
    ("matching", "| A | B |\n|---|---|\n| One | Two{} |\n| Three | Four |\n"),
    ("fill-in", "It is [[twelve]].\n"),
    ("scale", "- Yes{}\n- No\n"),
    ("free-text", "[[…]]\n"),
];

/// Classes that make another kind of a list.
const OF_LISTS: [&str; 3] = [".multiple", ".true-false", ".scale"];

#[test]
fn a_setting_is_taken_on_the_headings_of_its_kinds() {
    let values =
        [("points", "2"), ("tries", "2"), ("credit", "parts"), ("max", "50"), ("case", "match"), ("accents", "match")];
    for setting in braces::HEADING {
        let value = values.iter().find(|(name, _)| *name == setting.name).map(|(_, value)| value);
        let written = value.map_or_else(|| setting.name.to_owned(), |value| format!("{}={value}", setting.name));
        for (kind, answer) in ANSWERS {
            let is_list = answer.starts_with(['-', '1']);
            if !OF_LISTS.contains(&setting.name) || setting.kinds.contains(&kind) || !is_list {
                let blank = if setting.name == ".numeric" { "12" } else { "twelve" };
                taken_or_refused(setting, kind, &written, &answer.replace("{}", "").replace("twelve", blank));
            }
        }
    }
}

#[test]
fn a_setting_is_taken_on_the_choices_of_its_kinds() {
    for (setting, written) in braces::CHOICE.iter().zip(["fixed", "weight=-50"]) {
        for (kind, answer) in ANSWERS.iter().filter(|(_, answer)| answer.contains("{}")) {
            taken_or_refused(setting, kind, "", &answer.replace("{}", &format!(" {{{written}}}")));
        }
    }
}

fn taken_or_refused(setting: &Setting, kind: &str, heading: &str, answer: &str) {
    let scale = if kind == "scale" && heading != ".scale" { ".scale " } else { "" };
    let test = CourseTest::of("base", if heading.is_empty() { "braces-choices" } else { "braces-heading" });
    let question = format!("## What? {{#what {scale}{heading}}}\n\n{answer}");
    test.file(
        "lesson/quiz.md",
        format!("+++\ntitle = \"Quiz\"\nkind = \"quiz\"\nfeedback = \"after-each\"\n+++\n\n{question}"),
    );
    let run = test.run(&["check", "src", "--message-format", "short"]);
    let errors: Vec<&str> = run.stderr.lines().filter(|line| line.contains(": error[")).collect();
    match errors.as_slice() {
        [] => assert!(setting.kinds.contains(&kind), "{} is taken on {kind}", setting.name),
        [one] if one.contains("unknown-attribute") => {
            assert!(!setting.kinds.contains(&kind), "{} is refused on {kind}: {one}", setting.name);
        }
        _ => panic!("{question}\n{}", run.stderr),
    }
}
