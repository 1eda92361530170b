//! The contract of lesson-format.md, row by row.

mod example;
mod support;
