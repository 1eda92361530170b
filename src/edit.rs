//! The editor's text model: lines, selection, undo groups, coloured spans. Pure.

pub mod column;
mod document;
mod draft;
mod find;
mod history;
mod lines;
mod motion;
mod replace;
mod text;
mod typing;

#[cfg(test)]
mod tests;

pub use document::{Document, Selection};
pub use draft::{Draft, Restored};
pub use find::Direction;
pub use motion::Motion;
pub use text::{Change, Position, Text};
