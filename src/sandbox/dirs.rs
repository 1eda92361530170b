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

    /// The home folder of a course's commands, so that none of them reads or changes the learner's own, or another
    /// course's.
    #[must_use]
    pub fn home(&self, course: &str) -> PathBuf {
        self.state.join("home").join(folder_name(course))
    }

    /// GOCACHE of a course's commands.
    #[must_use]
    pub fn go_cache(&self, course: &str) -> PathBuf {
        self.go_builds(course).join("go-build")
    }

    /// The Go toolchains that haveago has installed for itself.
    #[must_use]
    pub fn toolchains(&self) -> PathBuf {
        self.state.join("toolchains")
    }

    /// Everything that a course's commands have built. Without it they only take longer.
    #[must_use]
    pub fn go_builds(&self, course: &str) -> PathBuf {
        self.cache.join("go-build").join(folder_name(course))
    }

    /// The standard library as we have built it for all courses, which no command of theirs may change.
    #[must_use]
    pub fn go_base(&self) -> PathBuf {
        self.cache.join("go-base")
    }

    /// GOPATH of a course's commands.
    #[must_use]
    pub fn go_path(&self, course: &str) -> PathBuf {
        self.cache.join("gopath").join(folder_name(course))
    }

    /// GOMODCACHE of a course's commands.
    #[must_use]
    pub fn go_mod_cache(&self, course: &str) -> PathBuf {
        self.go_path(course).join("pkg").join("mod")
    }

    /// Makes the folders of state and cache for a course, the former for the user's eyes only. Done already is no fault.
    ///
    /// # Errors
    /// When one of them cannot be made.
    pub fn make(&self, course: &str) -> io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.state)?;
        builder.create(self.home(course))?;
        std::fs::create_dir_all(self.go_cache(course))?;
        std::fs::create_dir_all(self.go_path(course))
    }
}

/// A name for a course's folder: its id, and of one that is none, something that leads nowhere else and means no other.
fn folder_name(course: &str) -> String {
    let plain = |letter: &u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || *letter == b'-';
    let name = course.bytes().take(100).map(|letter| match letter {
        letter if plain(&letter) => char::from(letter).to_string(),
        letter => format!("_{letter:02x}"),
    });
    // No id is empty.
    name.reduce(|name, letter| name + &letter).unwrap_or_else(|| "_".to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Dirs;

    #[test]
    fn everything_lies_below_the_given_folder() {
        let dirs = Dirs::find(Some(Path::new("some/where"))).unwrap();
        let base = std::path::absolute("some/where").unwrap();
        for dir in [&dirs.work, &dirs.state, &dirs.cache, &dirs.home("a"), &dirs.go_cache("a"), &dirs.go_mod_cache("a")]
        {
            assert!(dir.starts_with(&base), "{}", dir.display());
        }
    }

    #[test]
    fn no_course_has_another_ones_folders_whatever_it_calls_itself() {
        let dirs = Dirs::find(Some(Path::new("some/where"))).unwrap();
        let all = |course: &str| [dirs.home(course), dirs.go_builds(course), dirs.go_path(course)];
        for (course, others) in [("a", ["b", "a/", "../a"]), ("", [".", "..", "/"]), ("A", ["a", "_41", "a_"])] {
            for other in others {
                for (ours, theirs) in all(course).iter().zip(&all(other)) {
                    assert!(!ours.starts_with(theirs) && !theirs.starts_with(ours), "{course}, {other}");
                    assert_eq!(ours.parent(), theirs.parent());
                }
            }
        }
    }
}
