//! The tests of the whole: one program, a module a theme.

mod check;
mod probe;
mod sandbox;
