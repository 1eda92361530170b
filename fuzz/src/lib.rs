//! The fuzz targets: each takes any bytes, does with them what the program does with what it reads, and panics when
//! something comes out that must never come out. The fuzzer drives them with new inputs, `tests/it/fuzz.rs` with the
//! corpus and all past findings.

pub mod blocks;
pub mod check;
pub mod explain;
pub mod keys;
pub mod lesson;
pub mod reflow;
pub mod saved;
mod support;

/// A target: its name, which is that of its folder below `corpus`, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: &[Target] = &[
    ("blocks", blocks::run),
    ("check", check::run),
    ("explain", explain::run),
    ("keys", keys::run),
    ("lesson", lesson::run),
    ("reflow", reflow::run),
    ("saved", saved::run),
];
