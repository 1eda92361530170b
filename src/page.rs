//! Prose → styled lines: the theme, code colours, tables, and reflow at any width. Pure.

pub mod code;
mod inline;
pub mod reflow;
pub mod theme;
mod wrap;

pub use reflow::{Page, PageLine, PageView, Target, TargetKind, reflow, reflow_blocks, reflow_chapter};
pub use theme::Theme;
pub use wrap::wrap_plain;
