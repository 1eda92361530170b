//! haveago: learn Go in the terminal. This is the map of the house, in reading order: what is taught, what is seen,
//! how it is judged, how it is drawn, and last the two faces. ARCHITECTURE.md says who may import whom.

pub mod base;

pub mod course;
pub mod go;
pub mod judge;
pub mod learner;

pub mod edit;
pub mod page;
pub mod term;

pub mod install;
pub mod sandbox;
pub mod store;
pub mod tutor;

pub mod author;
pub mod cli;
pub mod commands;
pub mod plain;
pub mod tui;
