//! One file a pane, each with its state, its actions and its drawing.

pub mod consent;
pub mod editor;
pub mod files;
pub mod help;
pub mod install;
pub mod list;
pub mod reader;
pub mod status;
pub mod terminal;
