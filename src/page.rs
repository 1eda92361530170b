//! Prose → styled lines: the theme, code colours, tables, and reflow at any width. Pure.

pub mod theme;

pub use theme::Theme;
