//! `cartable compare`: what learners keep when one package takes the place of another.

use std::iter;
use std::path::Path;

use cartable::comparison::{Aspect, CODES, Comparison, Difference, Fate, Record, Side, Verdict, meaning};
use cartable::referee::Family;
use cartable::{Error, command};
use serde_json::{Value, json};

use super::Status;
use super::args::Compare;
use super::console::{counted, print, say};
use super::packages::{self, families};

/// How many differences are shown; `--json` has all.
const MOST: usize = 100;

/// How wide the names of LMSs and what becomes of an aspect are shown.
const NAMES: usize = 16;
const FATES: usize = 14;

pub(super) fn run(arguments: &Compare) -> Result<Status, Error> {
    let families = families(&arguments.families)?;
    let Compare { old, new, json, .. } = arguments;
    let accepted: Vec<&str> = arguments.accept.iter().map(|code| code.trim()).filter(|code| !code.is_empty()).collect();
    if let Some(unknown) = accepted.iter().find(|code| meaning(code).is_none()) {
        let known = CODES.map(|(name, _)| name).join(", ");
        return Err(Error::Usage(format!("`{unknown}` is no code of a difference; there are: {known}")));
    }
    let comparison = Comparison::of(&*packages::open(old)?, &*packages::open(new)?, &accepted);
    let mut no_package = false;
    for (path, side) in [(old, &comparison.old), (new, &comparison.new)] {
        if side.inspection.standard.is_none() {
            say(&packages::no_package(path));
            no_package = true;
        }
    }
    if no_package {
        if *json {
            print(&as_json((old, new), &comparison, &[], &[]).to_string());
        }
        return Ok(Status::CourseHasErrors);
    }
    let verdicts: Vec<&Verdict> = comparison.verdicts.iter().filter(|verdict| is_asked(verdict, &families)).collect();
    // What goes by identifiers alone stands for LMSs that nobody knows. In cmi5 and xAPI that is all that can be gone by.
    let is_scorm = comparison.old.inspection.standard.as_deref().is_some_and(|name| name.starts_with("SCORM"));
    let counts = |found: &&&Verdict| found.family != Family::Strict || !is_scorm || families.contains(&Family::Strict);
    let losing: Vec<Family> =
        verdicts.iter().filter(counts).filter(|verdict| loses(verdict)).map(|verdict| verdict.family).collect();
    if *json {
        print(&as_json((old, new), &comparison, &verdicts, &losing).to_string());
    } else {
        print(&in_words((old, new), &comparison, &verdicts, &losing));
    }
    let broken = comparison.new.inspection.errors > 0;
    if broken {
        let errors = counted(comparison.new.inspection.errors, comparison.new.inspection.warnings);
        let typed = command::word(&new.to_string_lossy());
        say(&format!("{} has {errors}: `cartable check {typed}` says them. Mend it first.", new.display()));
    }
    let is_taken = verdicts.iter().any(|found| found.record != Record::NotTaken);
    Ok(match (broken || !is_taken, losing.is_empty()) {
        (true, _) => Status::CourseHasErrors,
        (false, false) => Status::LearnersLose,
        (false, true) => Status::Done,
    })
}

/// Whether a verdict is to be shown: that of an LMS which does not take the package is only where it was named.
fn is_asked(verdict: &Verdict, families: &[Family]) -> bool {
    if families.is_empty() { verdict.record != Record::NotTaken } else { families.contains(&verdict.family) }
}

fn loses(verdict: &Verdict) -> bool {
    verdict.record != Record::NotTaken && verdict.fates.any_loss()
}

fn lms(family: Family) -> &'static str {
    match family {
        Family::Moodle => "Moodle",
        Family::OpenEdx => "Open edX",
        Family::ScormCloud => "SCORM Cloud",
        Family::Docebo => "Docebo",
        Family::ThreeSixtyLearning => "360Learning",
        Family::Cornerstone => "Cornerstone",
        Family::SuccessFactors => "SuccessFactors",
        Family::Strict => "strict",
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "kept",
        Fate::Changes => "new rules",
        Fate::Unknown => "not known",
        Fate::LostInPart => "lost in part",
        Fate::Lost => "LOST",
        Fate::MixedUp => "MIXED UP",
    }
}

fn in_words((old, new): (&Path, &Path), comparison: &Comparison, verdicts: &[&Verdict], losing: &[Family]) -> String {
    let side = |name: &str, path: &Path, side: &Side| {
        let standard = side.inspection.standard.as_deref().unwrap_or_default();
        let title = side.inspection.title.as_deref().unwrap_or("no title");
        let version = side.version().map(|version| format!(", version {version}")).unwrap_or_default();
        format!("{name}  {}: {standard}, {title}{version}", path.display())
    };
    let mut lines = vec![side("Old", old, &comparison.old), side("New", new, &comparison.new), String::new()];
    if comparison.differences.is_empty() {
        lines.push("Nothing differs that matters to learners who are in the middle of the course.".to_owned());
    } else {
        lines.push("What differs, and what it does to learners who are in the middle:".to_owned());
    }
    lines.extend(comparison.differences.iter().take(MOST).map(difference));
    if comparison.differences.len() > MOST {
        lines.push(format!("  and {} more (--json has all)", comparison.differences.len() - MOST));
    }
    lines.extend([String::new(), "What they keep:".to_owned(), String::new()]);
    let heads: String = Aspect::ALL.map(|aspect| format!("{:<FATES$}", aspect.name())).concat();
    lines.push(format!("  {:<NAMES$}{}", "", heads.trim_end()));
    lines.extend(rows(verdicts));
    lines.push(String::new());
    let losing: Vec<&str> = losing.iter().map(|family| lms(*family)).collect();
    let unsure = verdicts.iter().any(|found| Aspect::ALL.iter().any(|one| found.fates.of(*one) == Fate::Unknown));
    lines.push(match (losing.is_empty(), unsure) {
        _ if verdicts.iter().all(|found| found.record == Record::NotTaken) => {
            "No LMS that was asked about takes this package.".to_owned()
        }
        (false, _) => format!("Learners lose something: {}.", losing.join(", ")),
        (true, true) => "Nothing is known to be lost; where it says `not known`, try it with one learner.".to_owned(),
        (true, false) => "Nothing is lost.".to_owned(),
    });
    lines.join("\n")
}

fn difference(found: &Difference) -> String {
    let unit = found.unit.as_deref().map(|unit| format!("in “{unit}”: ")).unwrap_or_default();
    let effect = if found.effect.is_empty() { String::new() } else { format!(":\n      {}", found.effect) };
    format!("  - [{}] {unit}{}{effect}", found.code, found.message)
}

/// The rows of the table: LMSs of which the same is to be said share one.
fn rows(verdicts: &[&Verdict]) -> Vec<String> {
    let mut groups: Vec<(&Verdict, Vec<&str>)> = Vec::new();
    for found in verdicts {
        let same = |(other, _): &&mut (&Verdict, Vec<&str>)| Verdict { family: other.family, ..**found } == **other;
        match groups.iter_mut().find(same) {
            Some((_, names)) => names.push(lms(found.family)),
            None => groups.push((found, vec![lms(found.family)])),
        }
    }
    groups.iter().flat_map(|(found, names)| row(found, &names.join(", "))).collect()
}

fn row(found: &Verdict, names: &str) -> Vec<String> {
    let inset = |text: &str| format!("  {:<NAMES$}{text}", "");
    let what = if found.record == Record::NotTaken {
        "does not take this package".to_owned()
    } else {
        let fates: String = Aspect::ALL.map(|aspect| format!("{:<FATES$}", fate(found.fates.of(aspect)))).concat();
        fates.trim_end().to_owned()
    };
    let head =
        if names.len() < NAMES { format!("  {names:<NAMES$}{what}") } else { format!("  {names}\n{}", inset(&what)) };
    let texts = [found.advice.to_owned(), format!("({})", found.why)];
    iter::once(head).chain(texts.iter().filter(|text| !text.is_empty()).map(|text| inset(text))).collect()
}

/// The names are a promise: tests/compared holds one of each.
fn as_json((old, new): (&Path, &Path), comparison: &Comparison, verdicts: &[&Verdict], losing: &[Family]) -> Value {
    let side = |path: &Path, side: &Side| {
        let found = &side.inspection;
        json!({ "package": path, "standard": found.standard, "title": found.title, "maker": found.maker,
            "version": side.version(), "errors": found.errors })
    };
    let fates = |fates: &dyn Fn(Aspect) -> Fate| {
        let pairs = Aspect::ALL.iter().map(|aspect| (aspect.name().to_owned(), Value::from(fates(*aspect).name())));
        Value::Object(pairs.collect())
    };
    let difference = |found: &Difference| {
        json!({
            "code": found.code,
            "unit": found.unit,
            "message": found.message,
            "effect": found.effect,
            "learners": fates(&|aspect| found.fates.of(aspect)),
        })
    };
    let verdict = |found: &&Verdict| {
        let taken = found.record != Record::NotTaken;
        json!({
            "lms": found.family.name(),
            "record": found.record.name(),
            "learners": if taken { fates(&|aspect| found.fates.of(aspect)) } else { Value::Null },
            "loses": loses(found),
            "why": found.why,
            "source": found.source,
            "advice": found.advice,
        })
    };
    json!({
        "type": "comparison",
        "old": side(old, &comparison.old),
        "new": side(new, &comparison.new),
        "differences": comparison.differences.iter().map(difference).collect::<Vec<_>>(),
        "verdicts": verdicts.iter().map(verdict).collect::<Vec<_>>(),
        "loses": !losing.is_empty(),
    })
}
