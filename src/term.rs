//! The terminal pane's heart: commands as blocks, terminal emulation, the command line, history and completion. Pure.

pub mod block;
pub mod complete;
pub mod emulator;
pub mod frozen;
pub mod glyph;
pub mod history;
pub mod line;
pub mod tab;

pub use block::{BlockState, CommandBlock};
pub use emulator::Emulator;
pub use frozen::Frozen;
pub use line::CommandLine;
pub use tab::Tab;

/// Names a tab for as long as the program runs; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TabId(pub u64);

/// Names a command for as long as the program runs; never used twice, in no tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u64);
