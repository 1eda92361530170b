//! Running things: the Go toolchain, scratch directories, the helper process, pseudo-terminals, and the prober.

pub mod dirs;
pub mod probe;
pub mod process;

pub use dirs::Dirs;
