//! How much lies in a folder that others may write in at the same time: by descriptors, so that neither links nor depth
//! lead astray, and never further than a limit.

use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, openat, statat};

/// What was found, as far as was looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Used {
    /// Really taken on the disk.
    pub bytes: u64,
    pub entries: u64,
    pub depth: u32,
}

/// When to stop looking.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub bytes: u64,
    pub entries: u64,
    pub depth: u32,
}

impl Used {
    pub(super) fn is_over(&self, bounds: &Bounds) -> bool {
        self.bytes > bounds.bytes || self.entries > bounds.entries || self.depth > bounds.depth
    }
}

/// What lies below `folder`; nothing when it cannot be read.
pub(super) fn used(folder: &Path, bounds: &Bounds) -> Used {
    let mut used = Used::default();
    if let Some(folder) = open(CWD, folder) {
        walk(&folder, 1, bounds, &mut used);
    }
    used
}

fn open(at: impl AsFd, name: impl rustix::path::Arg) -> Option<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    openat(at, name, flags, Mode::empty()).ok()
}

fn walk(folder: &OwnedFd, depth: u32, bounds: &Bounds, used: &mut Used) {
    used.depth = used.depth.max(depth);
    if depth > bounds.depth {
        return;
    }
    let Ok(entries) = Dir::read_from(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if name == c"." || name == c".." {
            continue;
        }
        if used.is_over(bounds) {
            return;
        }
        let Ok(stat) = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) else { continue };
        used.entries += 1;
        used.bytes += u64::try_from(stat.st_blocks).unwrap_or(0) * 512;
        if FileType::from_raw_mode(stat.st_mode).is_dir()
            && let Some(below) = open(folder, name)
        {
            walk(&below, depth + 1, bounds, used);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bounds, used};

    #[test]
    fn files_are_counted_and_links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
        std::fs::write(folder.path().join("a/big"), vec![1; 100_000]).unwrap();
        std::os::unix::fs::symlink("/usr", folder.path().join("usr")).unwrap();
        let bounds = Bounds { bytes: 1 << 30, entries: 100, depth: 40 };
        let seen = used(folder.path(), &bounds);
        assert_eq!((seen.entries, seen.depth), (4, 3));
        assert!((100_000..200_000).contains(&seen.bytes), "{seen:?}");
        assert!(used(folder.path(), &Bounds { entries: 2, ..bounds }).is_over(&Bounds { entries: 2, ..bounds }));
        assert!(used(folder.path(), &Bounds { depth: 2, ..bounds }).is_over(&Bounds { depth: 2, ..bounds }));
    }
}
