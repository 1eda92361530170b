//! What is taught: a course of chapters, lessons and steps, read from Markdown with every fault named and placed.

pub mod condition;
pub mod glimpse;
pub mod model;
pub mod problem;
pub mod report;
pub mod search;
pub mod solution;

mod blocks;
mod check;
mod console;
mod directive;
mod fence;
mod lesson;
mod links;
mod load;
mod manifest;
mod markdown;
mod names;
mod order;
mod rules;
mod sentence;
mod source;
mod words;

#[cfg(test)]
mod tests;

pub use condition::{Condition, Fact};
pub use glimpse::Outline;
pub use load::{Loaded, load};
pub use model::{Block, BlockKind, Chapter, Course, Inline, Lesson, Step, StepId};
pub use problem::Problem;
