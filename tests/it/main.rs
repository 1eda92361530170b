//! The tests of the whole: one program, a module a theme.

mod explain;
mod sandbox;
