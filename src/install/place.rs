//! The folder of our own toolchains: claimed while one is installed, changed at once, swept of what a kill left.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::InstallError;
use crate::go::version::GoVersion;
use crate::sandbox::toolchain::{self, Toolchain};

/// Folders that an installation works in begin so, and nothing that is kept does.
const PASSING: &str = ".passing-";
const DOWNLOADS: &str = ".downloads";

/// Removes a toolchain of ours.
///
/// # Errors
/// When it is not there, or cannot be removed.
pub fn remove(folder: &Path, version: GoVersion) -> Result<(), InstallError> {
    let site = Site::claim(folder)?;
    let place = place_of(folder, version);
    if !place.is_dir() {
        return Err(InstallError::NotInstalled(version));
    }
    site.set_aside(&place)?;
    site.sweep();
    Ok(())
}

/// The toolchain of this version in `folder`, if it is there and works.
pub(super) fn working(folder: &Path, version: GoVersion) -> Option<Toolchain> {
    toolchain::in_folder(&place_of(folder, version)).ok().filter(|found| found.version == version)
}

fn place_of(folder: &Path, version: GoVersion) -> PathBuf {
    folder.join(format!("go{version}"))
}

/// The folder while nobody else changes it.
#[derive(Debug)]
pub(super) struct Site {
    folder: PathBuf,
    /// Locked as long as it is open.
    _lock: File,
}

impl Site {
    /// Claims the folder, makes it where needed, and removes what a killed installation has left.
    pub(super) fn claim(folder: &Path) -> Result<Self, InstallError> {
        let write = |source| InstallError::Write { path: folder.to_owned(), source };
        fs::create_dir_all(folder.join(DOWNLOADS)).map_err(write)?;
        let lock = File::create(folder.join(".lock")).map_err(write)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(InstallError::Busy),
            Err(fs::TryLockError::Error(source)) => return Err(write(source)),
        }
        let site = Self { folder: folder.to_owned(), _lock: lock };
        site.sweep();
        Ok(site)
    }

    fn sweep(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(PASSING) {
                // What cannot be removed now is tried again the next time.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// Where the download of that name is, or its beginning.
    pub(super) fn download(&self, name: &str) -> Result<PathBuf, InstallError> {
        let is_plain = !name.is_empty() && !name.starts_with('.') && !name.contains(['/', '\\', ':']);
        let name = if is_plain { name } else { "go-archive" };
        let path = self.folder.join(DOWNLOADS).join(name);
        let others = fs::read_dir(self.folder.join(DOWNLOADS)).into_iter().flatten().flatten();
        // One that is begun can be gone on with; those of other versions only take room.
        for other in others.map(|entry| entry.path()).filter(|other| *other != path) {
            fs::remove_file(&other).map_err(|source| InstallError::Write { path: other.clone(), source })?;
        }
        Ok(path)
    }

    /// A new folder to unpack in, on the disk where it stays. It goes when it is not put in place.
    pub(super) fn unpacking(&self) -> Result<TempDir, InstallError> {
        self.passing().map_err(|source| InstallError::Write { path: self.folder.clone(), source })
    }

    fn passing(&self) -> io::Result<TempDir> {
        tempfile::Builder::new().prefix(PASSING).tempdir_in(&self.folder)
    }

    /// Puts what was unpacked in its place, at once: whoever looks sees the old one or the new one.
    pub(super) fn put_in_place(&self, unpacked: TempDir, version: GoVersion) -> Result<Toolchain, InstallError> {
        let place = place_of(&self.folder, version);
        if place.exists() {
            self.set_aside(&place)?;
        }
        let from = unpacked.keep();
        fs::rename(&from, &place).map_err(|source| InstallError::Write { path: place.clone(), source })?;
        self.sweep();
        toolchain::in_folder(&place).map_err(|source| InstallError::DoesNotRun { what: "it".to_owned(), source })
    }

    fn set_aside(&self, place: &Path) -> Result<(), InstallError> {
        let write = |source| InstallError::Write { path: place.to_owned(), source };
        let aside = self.passing().map_err(write)?.keep();
        fs::rename(place, aside.join("old")).map_err(write)
    }
}

/// Whether the disk of `folder` has room for so many bytes and some to spare.
pub(super) fn has_room(folder: &Path, bytes: u64) -> Result<(), InstallError> {
    const SPARE: u64 = 50_000_000;
    let needed = bytes.saturating_add(SPARE);
    match free_bytes(folder) {
        Some(free) if free < needed => Err(InstallError::NoRoom { folder: folder.to_owned(), free, needed }),
        Some(_) | None => Ok(()),
    }
}

#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    rustix::fs::statvfs(folder).ok().map(|stat| stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// It is not asked there; a full disk then stops the writing itself.
#[cfg(not(unix))]
fn free_bytes(_: &Path) -> Option<u64> {
    None
}
