//! The base: the standard library as one Go builds it, in editions. An edition is a folder that appears with all that is in
//! it, and never changes; a later one has all of the earlier.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::key;
use crate::sandbox::Toolchain;
use crate::sandbox::warm::stages;

/// The base of one Go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    folder: PathBuf,
}

/// Whose base it is, so that one can tell when nobody's.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Owner {
    goroot: PathBuf,
    version: String,
}

impl Base {
    pub fn of(bases: &Path, toolchain: &Toolchain) -> Self {
        let path = std::env::var("PATH").unwrap_or_default();
        Self { folder: bases.join(key::name(toolchain, &path, &stages().concat().join(" "))) }
    }

    pub fn name(&self) -> String {
        self.folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    /// Where it is built. Go leaves nothing in here that misleads it when it is killed half-way.
    pub fn building(&self) -> PathBuf {
        self.folder.join("building")
    }

    /// The newest edition, and its number: how many stages are in it.
    pub fn newest(&self) -> Option<(usize, PathBuf)> {
        self.editions().into_iter().max()
    }

    fn editions(&self) -> Vec<(usize, PathBuf)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path()))).collect()
    }

    /// Makes its folders, and takes them for the one that builds; none when another program has them.
    ///
    /// # Errors
    /// When they cannot be made.
    pub fn take(&self, toolchain: &Toolchain) -> io::Result<Option<File>> {
        fs::create_dir_all(self.building())?;
        let lock = File::options().create(true).truncate(false).write(true).open(self.folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Ok(None),
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
        fs::write(self.folder.join("owner.json"), serde_json::to_vec(&Owner::of(toolchain))?)?;
        Ok(Some(lock))
    }

    /// Makes all that is built so far an edition.
    ///
    /// # Errors
    /// When it cannot be laid; then it is as if it had never been begun.
    pub fn publish(&self, number: usize) -> io::Result<()> {
        let part = tempfile::Builder::new().prefix("part-").tempdir_in(&self.folder)?;
        // In the year 2037. Of what is from the future Go neither notes that it has used it nor throws it away.
        let for_ever = SystemTime::UNIX_EPOCH + Duration::from_hours(590_000);
        for folder in fs::read_dir(self.building())? {
            let folder = folder?;
            if folder.file_name().len() != 2 || !folder.file_type()?.is_dir() {
                continue;
            }
            let target = part.path().join(folder.file_name());
            fs::create_dir(&target)?;
            for file in fs::read_dir(folder.path())? {
                let file = file?;
                if file.file_type()?.is_file() {
                    keep(&file.path(), &target.join(file.file_name()), for_ever)?;
                }
            }
        }
        // Not even a loss of power leaves an edition with less in it than it seems.
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(File::open(part.path())?)?;
        #[cfg(unix)]
        fs::set_permissions(part.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
        fs::rename(part.path(), self.folder.join(number.to_string()))?;
        // It has another name now, by which it is not removed.
        let _ = part.keep();
        Ok(())
    }

    /// Removes what nobody needs any more: earlier editions, what was cut short, bases of a Go that is gone.
    pub fn sweep(&self, toolchain: &Toolchain) {
        let newest = self.newest().map_or(0, |(number, _)| number);
        for (_, folder) in self.editions().into_iter().filter(|(number, _)| *number < newest) {
            remove(&folder);
        }
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with("part-") {
                remove(&entry.path());
            }
        }
        let others = self.folder.parent().map(fs::read_dir);
        for entry in others.into_iter().flatten().flatten().flatten() {
            let owner = fs::read(entry.path().join("owner.json")).ok();
            let owner: Option<Owner> = owner.and_then(|bytes| serde_json::from_slice(&bytes).ok());
            if entry.path() != self.folder && owner.is_some_and(|owner| owner.is_gone(&Owner::of(toolchain))) {
                remove(&entry.path());
            }
        }
    }
}

impl Owner {
    fn of(toolchain: &Toolchain) -> Self {
        Self { goroot: toolchain.goroot.clone(), version: toolchain.version.to_string() }
    }

    /// Whether there is no such Go any more: its place is empty, or another's now.
    fn is_gone(&self, now: &Self) -> bool {
        !self.goroot.is_dir() || (self.goroot == now.goroot && self.version != now.version)
    }
}

/// Keeps a file that was built, in the edition too. Both are ours, and no command can write to either: so it may be one
/// file with two names.
fn keep(built: &Path, to: &Path, time: SystemTime) -> io::Result<()> {
    // Some systems set the time of a file only for those who may write to it.
    File::options().read(true).write(cfg!(windows)).open(built)?.set_modified(time)?;
    match fs::hard_link(built, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        // Not every disk has second names.
        Err(_) => {
            fs::copy(built, to)?;
            File::options().read(true).write(cfg!(windows)).open(to)?.set_modified(time)
        }
        Ok(()) => Ok(()),
    }
}

fn remove(folder: &Path) {
    // The next one who sweeps meets it again.
    let _ = fs::remove_dir_all(folder);
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Base, Owner};
    use crate::go::version::GoVersion;
    use crate::sandbox::Toolchain;

    fn go(goroot: &Path, version: &str) -> Toolchain {
        let version = GoVersion::parse(version).unwrap();
        Toolchain { go: goroot.join("bin/go"), goroot: goroot.to_owned(), version }
    }

    #[test]
    fn what_is_half_built_is_no_edition_and_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let toolchain = go(folder.path(), "go1.26.3");
        let base = Base::of(&folder.path().join("bases"), &toolchain);
        assert_eq!(base.newest(), None);
        let lock = base.take(&toolchain).unwrap();
        assert!(lock.is_some());
        // Another program is not let in meanwhile.
        assert!(base.take(&toolchain).unwrap().is_none());
        std::fs::create_dir(base.building().join("0a")).unwrap();
        std::fs::write(base.building().join("0a/1-d"), "object").unwrap();
        std::fs::write(base.building().join("README"), "not an object").unwrap();
        std::fs::create_dir(base.folder.join("part-cut-short")).unwrap();
        assert_eq!(base.newest(), None);
        base.publish(1).unwrap();
        base.publish(2).unwrap();
        let (number, edition) = base.newest().unwrap();
        assert_eq!((number, std::fs::read_to_string(edition.join("0a/1-d")).unwrap()), (2, "object".to_owned()));
        assert!(!edition.join("README").exists());
        // Go looks at the time: this one never grows old.
        let built = edition.join("0a/1-d").metadata().unwrap().modified().unwrap();
        assert!(built > std::time::SystemTime::now() + std::time::Duration::from_hours(24 * 365));
        base.sweep(&toolchain);
        assert!(!base.folder.join("part-cut-short").exists() && !base.folder.join("1").exists());
        assert_eq!(base.newest(), Some((2, edition)));
    }

    #[test]
    fn the_base_of_a_go_that_is_gone_is_swept_away() {
        let folder = tempfile::tempdir().unwrap();
        let bases = folder.path().join("bases");
        let roots: Vec<PathBuf> = ["old", "other"].map(|name| folder.path().join(name)).into();
        for root in &roots {
            std::fs::create_dir(root).unwrap();
        }
        let toolchains = [go(&roots[0], "go1.25.1"), go(&roots[0], "go1.26.1"), go(&roots[1], "go1.25.2")];
        let all: Vec<Base> = toolchains.iter().map(|toolchain| Base::of(&bases, toolchain)).collect();
        for (base, toolchain) in all.iter().zip(&toolchains) {
            base.take(toolchain).unwrap();
        }
        all[1].sweep(&toolchains[1]);
        let there: Vec<bool> = all.iter().map(|base| base.folder.is_dir()).collect();
        assert_eq!(there, [false, true, true]);
        std::fs::remove_dir(&roots[1]).unwrap();
        all[1].sweep(&toolchains[1]);
        assert!(!all[2].folder.is_dir());
        assert!(!Owner::of(&toolchains[1]).is_gone(&Owner::of(&toolchains[1])));
    }
}
