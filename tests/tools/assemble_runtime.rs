//! Prints the runtime of a target with every kind of question and every feature, `assemble-runtime TARGET
//! checked|shipped`, or as shipped with what questions need alone, `assemble-runtime TARGET questions`.

use cartable::runtime::{Feature, Form, Kind, assemble};
use cartable::target::Target;

#[expect(clippy::disallowed_macros, reason = "a tool of the tests, whose output is its result")]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (target, form) = match arguments.as_slice() {
        [target, form] => (Target::find(target), form.as_str()),
        _ => panic!("usage: assemble-runtime TARGET checked|shipped|questions"),
    };
    let target = target.expect("a target of cartable");
    let features = if form == "questions" { [Feature::Validate, Feature::Shuffle].into() } else { Feature::ALL.into() };
    let form = if form == "checked" { Form::Checked } else { Form::Shipped };
    print!("{}", assemble(target.profile().adapter, &Kind::ALL.into(), &features, form));
}
