//! A lock beside a file that several haveagos write.

use std::fs::{File, OpenOptions};
use std::io::ErrorKind;
use std::path::Path;

#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    Read,
    Write,
}

/// The lock of a file, held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Waits for the lock. Where there can be none (a folder that cannot be written, a network disk without locks) it
    /// goes on without: not saving at all would be worse, and what is written is written in one step.
    pub(super) fn take(locked: &Path, access: Access) -> Self {
        let path = locked.with_extension("lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path).ok();
        if let Some(file) = &file {
            let lock = || match access {
                Access::Read => file.lock_shared(),
                Access::Write => file.lock(),
            };
            while lock().is_err_and(|error| error.kind() == ErrorKind::Interrupted) {}
        }
        Self { _file: file }
    }
}
