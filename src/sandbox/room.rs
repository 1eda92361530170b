//! Whether the disks that commands write on have room left: programs that find none seldom say so plainly.

use std::path::Path;

use super::Dirs;

/// With fewer bytes a disk is as good as full.
const FULL: u64 = 256 * 1024;

/// The fault, where a disk is full that commands in the lesson's folder `root` write on.
#[must_use]
pub fn fault(dirs: &Dirs, root: &Path) -> Option<String> {
    let temporary = std::env::temp_dir();
    let full = [root, &dirs.cache, &temporary]
        .into_iter()
        .find(|folder| free_bytes(folder).is_some_and(|free| free < FULL))?;
    Some(format!("the disk of {} is full, which may be why this command failed; make room there", full.display()))
}

/// None where there is no such folder, or the system does not tell.
fn free_bytes(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        rustix::fs::statvfs(folder).ok().map(|stat| stat.f_bavail.saturating_mul(stat.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}
