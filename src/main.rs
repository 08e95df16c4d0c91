//! The `cartable` command: the only code that knows a terminal.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    cli::run(&cli::args::Arguments::parse())
}
