//! A Go of our own: fetched, checked, unpacked and put in place for lessons alone. Nothing of the system is changed.

mod archive;
mod download;
mod origin;
mod pace;
mod place;
mod release;
mod sums;

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::go::version::GoVersion;
use crate::sandbox::toolchain::{self, Toolchain, ToolchainError};

pub use crate::sandbox::toolchain::{Kept, kept};
pub use origin::{Origin, Surroundings};
pub use pace::Pace;
pub use place::remove;
pub use release::{Release, Releases, this_system};

/// What is to be installed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The version, or the newest that is known.
    pub version: Option<GoVersion>,
    /// A file, a folder or an address to take it from, instead of the usual places.
    pub from: Option<Origin>,
}

/// How far it is. Sizes are in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Fetching from there; how much of it is here, and how much it is where that is known.
    Fetching {
        from: String,
        done: u64,
        total: Option<u64>,
    },
    Checking,
    Unpacking {
        done: u64,
        total: u64,
    },
}

/// Told how far it is; a break ends the installation, and what was fetched is kept for the next time.
pub type Watcher<'a> = &'a mut dyn FnMut(Phase) -> ControlFlow<()>;

/// Why no Go was installed. Nothing that was there before is changed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    #[error("the installation was stopped; `haveago go install` goes on where it was")]
    Stopped,
    #[error("another haveago is installing Go right now; wait until it is done, then try again")]
    Busy,
    #[error("go {0} is not known to haveago; give its archive with `--from FILE`, and its checksum in FILE.sha256")]
    Unknown(GoVersion),
    #[error("no ready Go is known for {0}; build one from its sources, and name it in settings.toml (`go = \"…\"`)")]
    NoneForSystem(String),
    #[error("go {0} is older than {OLDEST}, the oldest that lessons run on; leave the version out for a newer one", OLDEST = crate::go::version::OLDEST)]
    TooOld(GoVersion),
    #[error("there is nothing at {}; give the archive of Go, a folder with one in it, or its address", .0.display())]
    NotThere(PathBuf),
    #[error("there is no archive of Go for {system} in {}; put `{name}` there", folder.display())]
    NotInFolder { folder: PathBuf, system: String, name: String },
    #[error(
        "{what} has no checksum to compare with: it is none of the archives that haveago knows, and there is no \
         {what}.sha256 beside it; put that there"
    )]
    NoChecksum { what: String },
    #[error(
        "{what} is not what it should be: its SHA-256 is {found}, and should be {expected}; it is not used. Fetch it \
         again, from another place if this repeats"
    )]
    WrongChecksum { what: String, expected: String, found: String },
    #[error("{url} cannot be fetched: {reason}; {mend}")]
    Fetch { url: String, reason: String, mend: &'static str },
    #[error("the disk of {} has {} MB free, and Go needs {} MB; free some space there", folder.display(), free / 1_000_000, needed / 1_000_000)]
    NoRoom { folder: PathBuf, free: u64, needed: u64 },
    #[error("{what} is no archive of Go: {reason}; nothing of it is kept")]
    Archive { what: String, reason: String },
    #[error("the Go in {what} does not run here: {source}")]
    DoesNotRun { what: String, source: ToolchainError },
    #[error("{} cannot be written ({source}); give yourself access there, or free some space", path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{} cannot be read ({source}); give yourself access to it", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("no go {0} of haveago's own is there; `haveago go status` lists those that are")]
    NotInstalled(GoVersion),
}

/// Installs `wanted` into `folder`, the one of all toolchains of ours.
///
/// # Errors
/// With what stood in the way, after clearing up; what was fetched is kept where it can be gone on with.
pub fn install(
    wanted: &Wanted,
    folder: &Path,
    releases: &Releases,
    surroundings: &Surroundings,
    watcher: Watcher<'_>,
) -> Result<Toolchain, InstallError> {
    if let Some(version) = wanted.version.filter(|version| *version < crate::go::version::OLDEST) {
        return Err(InstallError::TooOld(version));
    }
    let site = place::Site::claim(folder)?;
    if wanted.from.is_none()
        && let Some(there) = wanted.version.and_then(|version| place::working(folder, version))
    {
        return Ok(there);
    }
    let fetched = origin::fetch(wanted, &site, releases, surroundings, watcher)?;
    let unpacked = site.unpacking()?;
    let what = fetched.name.clone();
    let archive_error = |reason: String| InstallError::Archive { what: what.clone(), reason };
    place::has_room(folder, archive::unpacked_size(&fetched.file).map_err(archive_error)?)?;
    let sum = archive::unpack(&fetched.file, unpacked.path(), watcher).map_err(|error| match error {
        archive::Fault::Stopped => InstallError::Stopped,
        archive::Fault::Wrong(reason) => archive_error(reason),
        archive::Fault::Write(source) => InstallError::Write { path: unpacked.path().to_owned(), source },
    })?;
    if let Some(expected) = &fetched.module_sum
        && sum != *expected
    {
        fetched.forget();
        return Err(InstallError::WrongChecksum { what: fetched.name, expected: expected.clone(), found: sum });
    }
    let go = toolchain::in_folder(unpacked.path())
        .map_err(|source| InstallError::DoesNotRun { what: fetched.name.clone(), source })?;
    let installed = site.put_in_place(unpacked, go.version)?;
    fetched.forget();
    Ok(installed)
}
