//! The engine's straight line, shared by both faces: open a course, lay a step's files, look, judge, remember.

pub mod lookup;
