//! The tests of the whole: one program, a module a theme.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod chapter;
mod check;
mod cli;
mod explain;
mod plain;
mod probe;
mod sandbox;
mod screens;
mod stage;
mod support;
mod tidy;
mod tutor_stage;
