//! The contract of lesson-format.md, row by row.

mod anything;
mod conditions;
mod courses;
mod example;
mod fences;
mod lessons;
mod support;
