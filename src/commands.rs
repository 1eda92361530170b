//! The commands that print and end: contents, progress.
