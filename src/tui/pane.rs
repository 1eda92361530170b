//! One file a pane, each with its state, its actions and its drawing.

pub mod compare;
pub mod consent;
pub mod doctor;
pub mod editor;
pub mod files;
pub mod help;
pub mod install;
pub mod list;
pub mod reader;
pub mod review;
pub mod search;
pub mod settings;
pub mod status;
pub mod terminal;
