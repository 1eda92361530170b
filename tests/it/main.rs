//! The tests of the whole: one program, a module a theme.

mod cli;
mod plain;
mod sandbox;
mod stage;
