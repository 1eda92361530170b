//! All of a learner's folder at once: set aside in a folder beside it, and brought back. Nothing is removed by it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::change::move_to;
use super::{Scratch, ScratchError};

/// Names that are tried for a new folder beside.
const MOST_TRIES: u32 = 100;
/// Folders beside that are looked at: a chapter has not so many lessons.
const MOST_BESIDE: usize = 20_000;

impl Scratch {
    /// Sets all that is in the folder aside, in a new folder beside it, and moves all that is in `ready` in. Answers with
    /// the folder beside; none where there was nothing to set aside, unless one is wanted in `any` case. Links are moved
    /// as such.
    ///
    /// # Errors
    /// When the system refuses; what was moved is moved back then.
    pub fn exchange(&self, ready: &Path, any: bool) -> Result<Option<PathBuf>, ScratchError> {
        self.stand_up()?;
        let kept = self.set_aside(any)?;
        if let Err(error) = move_all(ready, &self.root) {
            if let Some(kept) = &kept
                && move_all(kept, &self.root).is_ok()
            {
                let _ = fs::remove_dir(kept);
            }
            return Err(self.fault(error));
        }
        Ok(kept)
    }

    /// The folder of what was set aside last: `start-a-project.kept-2` beside `start-a-project`. A link is none.
    #[must_use]
    pub fn last_aside(&self) -> Option<PathBuf> {
        let number = self.last_number()?;
        Some(self.beside_it(number)).filter(|kept| kept.symlink_metadata().is_ok_and(|meta| meta.is_dir()))
    }

    fn set_aside(&self, any: bool) -> Result<Option<PathBuf>, ScratchError> {
        let is_empty = fs::read_dir(&self.root).map_err(|error| self.fault(error))?.next().is_none();
        if is_empty && !any {
            return Ok(None);
        }
        let kept = self.new_beside().map_err(|error| self.fault(error))?;
        if let Err(error) = move_all(&self.root, &kept) {
            let _ = fs::remove_dir(&kept);
            return Err(self.fault(error));
        }
        Ok(Some(kept))
    }

    fn new_beside(&self) -> io::Result<PathBuf> {
        let first = self.last_number().unwrap_or(0).saturating_add(1);
        for number in first..first.saturating_add(MOST_TRIES) {
            let kept = self.beside_it(number);
            match fs::create_dir(&kept) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => return made.map(|()| kept),
            }
        }
        Err(io::Error::new(ErrorKind::AlreadyExists, "too many folders beside it have such names already"))
    }

    /// The highest number among what stands beside the folder under such a name, whatever it is.
    fn last_number(&self) -> Option<u32> {
        let beside = fs::read_dir(self.root.parent()?).ok()?;
        let name = self.root.file_name()?.to_str()?;
        let number = |entry: fs::DirEntry| {
            let found = entry.file_name().into_string().ok()?;
            found.strip_prefix(name)?.strip_prefix(".kept-")?.parse().ok()
        };
        beside.flatten().take(MOST_BESIDE).filter_map(number).max()
    }

    fn beside_it(&self, number: u32) -> PathBuf {
        let mut name = self.root.file_name().unwrap_or_default().to_owned();
        name.push(format!(".kept-{number}"));
        self.root.with_file_name(name)
    }

    fn fault(&self, source: io::Error) -> ScratchError {
        ScratchError::Io { path: self.root.display().to_string(), source }
    }
}

/// Moves all that is in one folder into another; all of it or nothing, as far as the system lets it.
fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    let names: Vec<_> =
        fs::read_dir(from)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<Result<_, _>>()?;
    for (index, name) in names.iter().enumerate() {
        let target = to.join(name);
        let moved = match target.symlink_metadata() {
            Ok(_) => Err(io::Error::new(ErrorKind::AlreadyExists, format!("there is a new {} now", name.display()))),
            Err(_) => move_to(&from.join(name), &target),
        };
        if let Err(error) = moved {
            for moved in &names[..index] {
                let _ = move_to(&to.join(moved), &from.join(moved));
            }
            return Err(error);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Scratch;

    fn scratch(folder: &Path) -> Scratch {
        let root = folder.join("start");
        fs::create_dir(&root).unwrap();
        Scratch { root }
    }

    fn ready(folder: &Path, text: &str) -> std::path::PathBuf {
        let ready = folder.join("ready");
        fs::create_dir(&ready).unwrap();
        fs::write(ready.join("main.go"), text).unwrap();
        ready
    }

    #[test]
    fn what_is_set_aside_is_there_whole_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = scratch(folder.path());
        assert_eq!(
            (scratch.exchange(&ready(folder.path(), "first"), false).unwrap(), scratch.last_aside()),
            (None, None)
        );
        fs::create_dir_all(scratch.root.join("cmd/deep")).unwrap();
        fs::write(scratch.root.join("cmd/deep/a"), [0, 0xff, 10]).unwrap();
        fs::remove_dir(folder.path().join("ready")).unwrap();
        let kept = scratch.exchange(&ready(folder.path(), "second"), false).unwrap().unwrap();
        assert_eq!((kept.clone(), scratch.last_aside()), (folder.path().join("start.kept-1"), Some(kept.clone())));
        assert_eq!(fs::read(kept.join("cmd/deep/a")).unwrap(), [0, 0xff, 10]);
        assert_eq!(fs::read_to_string(scratch.root.join("main.go")).unwrap(), "second");
        let second = scratch.exchange(&kept, false).unwrap().unwrap();
        assert_eq!(fs::read_to_string(scratch.root.join("main.go")).unwrap(), "first");
        assert_eq!(fs::read(scratch.root.join("cmd/deep/a")).unwrap(), [0, 0xff, 10]);
        assert_eq!(fs::read_to_string(second.join("main.go")).unwrap(), "second");
        assert_eq!(fs::read_dir(&kept).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_moved_and_never_followed() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let scratch = scratch(folder.path());
        let precious = folder.path().join("precious");
        fs::create_dir(&precious).unwrap();
        fs::write(precious.join("main.go"), "mine").unwrap();
        symlink(&precious, scratch.root.join("cmd")).unwrap();
        symlink(precious.join("main.go"), scratch.root.join("main.go")).unwrap();
        symlink(&precious, folder.path().join("start.kept-1")).unwrap();
        assert_eq!(scratch.last_aside(), None, "a link is nothing that was set aside");
        let kept = scratch.exchange(&ready(folder.path(), "new"), false).unwrap().unwrap();
        assert_eq!(kept, folder.path().join("start.kept-2"));
        assert!(kept.join("cmd").is_symlink() && kept.join("main.go").is_symlink());
        assert!(!scratch.root.join("main.go").is_symlink());
        assert_eq!(fs::read_dir(&precious).unwrap().count(), 1);
        assert_eq!(fs::read_to_string(precious.join("main.go")).unwrap(), "mine");
        fs::rename(&scratch.root, folder.path().join("away")).unwrap();
        symlink(&precious, &scratch.root).unwrap();
        assert!(
            scratch.exchange(&folder.path().join("away"), false).unwrap_err().to_string().contains("a file or a link")
        );
        assert_eq!(fs::read_dir(&precious).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_moved_leaves_all_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = scratch(folder.path());
        fs::write(scratch.root.join("a"), "a").unwrap();
        let why = scratch.exchange(&folder.path().join("none"), false).unwrap_err().to_string();
        assert!(why.contains("start"), "{why}");
        assert_eq!((fs::read_to_string(scratch.root.join("a")).unwrap().as_str(), scratch.last_aside()), ("a", None));
    }
}
