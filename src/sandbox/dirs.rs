//! Where things live on this machine: the learner's work in plain sight, state and cache where the system puts them.

use std::path::PathBuf;

/// The folders of one haveago. `--data DIR` or `HAVEAGO_DATA` puts all of them below one folder, as tests do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirs {
    /// Learners' work: `~/haveago`, or `DATA/work`.
    pub work: PathBuf,
    /// Progress and settings: `~/.local/state/haveago` and its like, or `DATA/state`.
    pub state: PathBuf,
    /// The build cache and what else can be made again: `~/.cache/haveago` and its like, or `DATA/cache`.
    pub cache: PathBuf,
}
