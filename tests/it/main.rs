//! The tests of the whole: one program, a module a theme.

mod chapter;
mod cli;
mod plain;
mod sandbox;
mod stage;
