//! What is right in a question, as a line of the lock says it: by the numbers of the parts, which never change.

use crate::code;
use crate::course::{Accepts, Answer, Credit, PartKind, Question};
use crate::diagnostic::Diagnostic;

/// The key of a question: what is right, and how many points it gives.
pub(super) fn of(question: &Question, numbers: &[u32]) -> String {
    let right = right_answer(question, numbers);
    format!("{right} for {}.{:02}", question.points / 100, question.points % 100)
}

/// That a question has another key than its lines had before.
pub(super) fn changed(question: &Question, numbers: &[u32], former: &str, key: &str) -> Diagnostic {
    // A line of an older make may say nothing of points.
    let right = |key: &str| key.rsplit_once(" for ").map_or(key, |(right, _)| right).to_owned();
    let (former, right) = (right(former), right(key));
    let answer = former != right;
    let what = if answer { "another right answer" } else { "another number of points" };
    let changed = if answer { changed_parts(question, numbers, &former) } else { Vec::new() };
    let places = if changed.is_empty() { String::new() } else { format!(" ({})", changed.join(", ")) };
    let message =
        format!("`{}` has {what} now{places}: unfinished attempts are scored by it, finished ones stay", question.id);
    Diagnostic::new(&code::KEY_CHANGED, question.span, message).hint("nothing to do if that is meant")
}

fn right_answer(question: &Question, numbers: &[u32]) -> String {
    let right = right_parts(question, numbers).join(",");
    match question.credit {
        Credit::Parts => format!("{right}{IN_PARTS}"),
        Credit::Whole => right,
    }
}

/// Ends what is right in a line of the lock where a part of it counts too.
const IN_PARTS: &str = " in parts";

/// What is right in each part: of a matching one for each prompt, of blanks one for each, in the author's order.
fn right_parts(question: &Question, numbers: &[u32]) -> Vec<String> {
    match &question.answer {
        Answer::Choices(_, choices) => {
            let mut right: Vec<(u32, Option<i32>)> = choices
                .iter()
                .zip(numbers)
                .filter(|(choice, _)| choice.weight.map_or(choice.right, |weight| weight != 0))
                .map(|(choice, n)| (*n, choice.weight))
                .collect();
            right.sort_unstable();
            let part = |(n, weight): &(u32, Option<i32>)| match weight {
                Some(weight) => format!("{n}:{}", f64::from(*weight) / 100.0),
                None => n.to_string(),
            };
            right.iter().map(part).collect()
        }
        Answer::Order(_) => numbers.iter().map(ToString::to_string).collect(),
        Answer::Match(matching) => {
            let (prompts, answers) = numbers.split_at(matching.prompts.len());
            let pairs = matching.prompts.iter().zip(prompts);
            pairs.map(|(prompt, n)| format!("{n}={}", answers[prompt.answer])).collect()
        }
        Answer::Blanks(_, blanks) => {
            blanks.iter().zip(numbers).map(|(blank, n)| format!("{n}={}", accepted(&blank.accepts))).collect()
        }
        Answer::Scale(_) | Answer::Text(_) => Vec::new(),
    }
}

/// The rows or blanks whose right answer is another than in `former`, by their texts; none for other kinds.
fn changed_parts(question: &Question, numbers: &[u32], former: &str) -> Vec<String> {
    let what = match &question.answer {
        Answer::Match(_) => PartKind::Row,
        Answer::Blanks(..) => PartKind::Blank,
        _ => return Vec::new(),
    };
    let former = format!(",{},", former.strip_suffix(IN_PARTS).unwrap_or(former));
    let parts = question.parts();
    let is_new = |right: &str| !former.contains(&format!(",{right},"));
    let changed = right_parts(question, numbers).into_iter().zip(&parts).filter(|(right, _)| is_new(right));
    changed.map(|(_, part)| format!("{} `{}`", what.word(), part.id)).collect()
}

fn accepted(accepts: &Accepts) -> String {
    match accepts {
        Accepts::Text { forms, pattern, case, accents } => {
            let exactly = [(*case, "case"), (*accents, "accents")].into_iter().filter(|(on, _)| *on);
            let pattern = pattern.iter().map(|pattern| format!("/{pattern}/"));
            let forms = forms.iter().cloned().chain(pattern).collect::<Vec<_>>().join("|");
            exactly.fold(forms, |said, (_, what)| format!("{said} ({what})"))
        }
        Accepts::Number { low, high, .. } => format!("{low}..{high}"),
    }
}
