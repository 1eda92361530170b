//! The terminal pane.
