//! cartable compiles a folder of Markdown and a quiz into the package that a learning management system imports.
//!
//! The stages run in one direction, each a function from plain data to plain data and diagnostics:
//! *load* reads the author's folder, *parse* makes a course of it, *check* judges it as a whole, *render* writes the
//! pages, *package* adds what a target needs, *write* puts it on disk. [`pipeline::compile`] runs all but the last.
//!
//! What is not here: a terminal (that is the binary's), a clock, randomness, and any network.

pub mod answer_key;
mod catalogue;
mod check;
pub mod code;
mod colour;
pub mod command;
pub mod comparison;
pub mod course;
mod dataset;
pub mod diagnostic;
mod error;
mod hosting;
pub mod ids;
pub mod inspection;
pub mod keys;
pub mod language;
pub mod license;
pub mod load;
pub mod lock;
mod math;
mod media;
mod number;
mod package;
mod parse;
pub mod pipeline;
pub mod referee;
mod render;
mod rulings;
pub mod runtime;
pub mod scaffold;
mod sheet;
mod single;
pub mod sources;
pub mod state;
pub mod target;
mod templates;
mod text;
pub mod typography;
mod webvtt;
pub mod write;

pub use diagnostic::{Diagnostic, Severity};
pub use error::Error;
pub use render::views;
