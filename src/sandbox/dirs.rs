//! Where things live on this machine: the learner's work in plain sight, state and cache where the system puts them.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

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

/// Why there is no place for haveago's files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DirsError {
    #[error("your home folder is not known; set HOME, or say where files go with `--data DIR`")]
    NoHome,
    #[error("{0} cannot be made an absolute path: {1}; name another folder with `--data DIR`")]
    NoPath(PathBuf, String),
}

impl Dirs {
    /// The system's places, or all below `data` where it is given. Makes nothing.
    ///
    /// # Errors
    /// When no home folder is known, or `data` is no path.
    pub fn find(data: Option<&Path>) -> Result<Self, DirsError> {
        match data {
            Some(data) => {
                let data =
                    std::path::absolute(data).map_err(|error| DirsError::NoPath(data.to_owned(), error.to_string()))?;
                Ok(Self { work: data.join("work"), state: data.join("state"), cache: data.join("cache") })
            }
            None => Self::of_the_system(),
        }
    }

    fn of_the_system() -> Result<Self, DirsError> {
        let places = etcetera::choose_base_strategy().map_err(|_| DirsError::NoHome)?;
        Ok(Self {
            work: places.home_dir().join("haveago"),
            state: places.state_dir().unwrap_or_else(|| places.data_dir()).join("haveago"),
            cache: places.cache_dir().join("haveago"),
        })
    }

    /// The home folder of the learner's commands, so that none of them reads or changes the learner's own.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.state.join("home")
    }

    /// GOCACHE, shared by all lessons and warmed before the first.
    #[must_use]
    pub fn go_cache(&self) -> PathBuf {
        self.cache.join("go-build")
    }

    /// The Go toolchains that haveago has installed for itself.
    #[must_use]
    pub fn toolchains(&self) -> PathBuf {
        self.state.join("toolchains")
    }

    /// GOPATH.
    #[must_use]
    pub fn go_path(&self) -> PathBuf {
        self.cache.join("gopath")
    }

    /// GOMODCACHE.
    #[must_use]
    pub fn go_mod_cache(&self) -> PathBuf {
        self.go_path().join("pkg").join("mod")
    }

    /// Makes the folders of state and cache, the former for the user's eyes only. Done already is no fault.
    ///
    /// # Errors
    /// When one of them cannot be made.
    pub fn make(&self) -> io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.state)?;
        builder.create(self.home())?;
        std::fs::create_dir_all(self.go_cache())?;
        std::fs::create_dir_all(self.go_path())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Dirs;

    #[test]
    fn everything_lies_below_the_given_folder() {
        let dirs = Dirs::find(Some(Path::new("some/where"))).unwrap();
        let base = std::path::absolute("some/where").unwrap();
        for dir in [&dirs.work, &dirs.state, &dirs.cache, &dirs.home(), &dirs.go_cache(), &dirs.go_mod_cache()] {
            assert!(dir.starts_with(&base), "{}", dir.display());
        }
    }
}
