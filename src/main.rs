//! The `cartable` command: the only code that knows a terminal.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::args::Arguments::try_parse() {
        Ok(arguments) => cli::run(&arguments),
        Err(error) => cli::words::with_advice(error).exit(),
    }
}
