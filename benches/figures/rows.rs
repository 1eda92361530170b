//! The rows of the table, a file a theme.

pub mod check;
pub mod confinement;
pub mod course;
pub mod editor;
pub mod first;
pub mod idle;
pub mod keys;
pub mod output;
pub mod page;
pub mod search;
pub mod start;
