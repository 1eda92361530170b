//! What is taught: a course of chapters, lessons and steps, read from Markdown with every fault named and placed.

pub mod condition;
pub mod model;
pub mod problem;

pub use condition::{Condition, Fact};
pub use model::{Block, BlockKind, Chapter, Course, Inline, Lesson, Step, StepId};
pub use problem::Problem;
