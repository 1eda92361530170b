//! Saved files that cannot be used: kept beside, under another name, and never written over.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// How many there may be of one file.
const MOST: u32 = 1_000;

/// Gives the file the first free name of `<name>.damaged-<n>`; answers with it.
///
/// # Errors
/// When the system refuses; it is where it was then.
pub(super) fn set_aside(file: &Path) -> io::Result<PathBuf> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for number in 1..=MOST {
        let kept = file.with_file_name(format!("{name}.damaged-{number}"));
        match fs::hard_link(file, &kept) {
            Ok(()) => return fs::remove_file(file).map(|()| kept),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            // There are disks without second names.
            Err(_) if kept.symlink_metadata().is_err() => return fs::rename(file, &kept).map(|()| kept),
            Err(_) => {}
        }
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, format!("there are {MOST} damaged ones already")))
}
