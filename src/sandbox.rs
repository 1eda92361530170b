//! Running things: the Go toolchain, scratch directories, the helper process, pseudo-terminals, and the prober.

use std::path::PathBuf;
use std::time::Duration;

mod alone;
mod cache;
mod check;
pub mod confine;
pub mod dirs;
pub mod doctor;
pub mod environment;
pub mod gofmt;
pub mod helper;
mod line;
pub mod own_editor;
pub mod probe;
pub mod problems;
pub mod process;
pub mod pty;
pub mod room;
pub mod scratch;
mod shown;
pub mod toolchain;
pub mod warm;

pub use cache::fill as fill_cache;
pub use dirs::Dirs;
pub use line::run_line;
pub use scratch::Scratch;
pub use shown::run_line_shown;
pub use toolchain::Toolchain;

/// A line of the shell language that has ended, and where it left the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Exit code of the line; 130 when Ctrl-C cut it short, 137 when it was stopped.
    pub exit: i32,
    /// The folder in which the next line starts.
    pub dir: PathBuf,
    /// The whole environment of the next line. Names that begin with `$` are variables of the shell alone.
    pub env: Vec<(String, String)>,
    pub elapsed: Duration,
    /// The learner asked to leave: `exit`.
    pub leave: bool,
}
