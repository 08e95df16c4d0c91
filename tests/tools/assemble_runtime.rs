//! Prints the runtime of a target with every kind of question and every feature: `assemble-runtime TARGET checked|shipped`.

use cartable::runtime::{Feature, Form, Kind, assemble};
use cartable::target::Target;

#[expect(clippy::disallowed_macros, reason = "a tool of the tests, whose output is its result")]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (target, form) = match arguments.as_slice() {
        [target, form] => (Target::find(target), form.as_str()),
        _ => panic!("usage: assemble-runtime TARGET checked|shipped"),
    };
    let target = target.expect("a target of cartable");
    let form = if form == "checked" { Form::Checked } else { Form::Shipped };
    print!("{}", assemble(target.adapter(), &Kind::ALL.into(), &Feature::ALL.into(), form));
}
