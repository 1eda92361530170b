//! The tests of the whole: one program, a module a theme.

mod check;
mod cli;
mod plain;
mod probe;
mod sandbox;
mod stage;
mod support;
mod tidy;
