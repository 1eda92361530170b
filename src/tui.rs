//! The full-screen face: messages in, state changed in one place, effects out, a pure view.

pub mod pane;
