//! The referee: judges a finished package as an LMS would, whoever made it.
//!
//! It reads a package through one small interface, writes nothing to disk, and says what it found as [`Finding`]s: what
//! rule is broken, where, and what to do. It knows no course and no terminal.

pub mod finding;
pub mod manifest;
pub mod rule;
pub mod standard;

pub use finding::{Finding, Place};
pub use rule::{Family, Rule};
pub use standard::Standard;
