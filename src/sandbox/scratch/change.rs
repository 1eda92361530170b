//! What the learner does with files and folders as such: make, rename, put away, bring back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{Laid, Scratch, ScratchError, fault};
use crate::base::FilePath;

/// Things kept that were put away; the oldest go first.
const MOST_KEPT: usize = 100;
/// Folders in folders that are moved to another disk at most.
const DEEPEST: usize = 64;

impl Scratch {
    /// Makes an empty file.
    ///
    /// # Errors
    /// When there is something of that name, or the system refuses.
    pub fn make_file(&self, path: &FilePath) -> Result<(), ScratchError> {
        match self.lay(path, "")? {
            Laid::Written => Ok(()),
            Laid::KeptYours => Err(ScratchError::Taken(path.to_string())),
        }
    }

    /// Makes a folder, and those it is in.
    ///
    /// # Errors
    /// When there is something of that name, or the system refuses.
    pub fn make_folder(&self, path: &FilePath) -> Result<(), ScratchError> {
        let place = self.free(path)?;
        fs::create_dir_all(place).map_err(|error| fault(path, error))
    }

    /// Gives a file, a folder or a link another name.
    ///
    /// # Errors
    /// When it is not there, the name is taken, or the system refuses.
    pub fn rename(&self, from: &FilePath, to: &FilePath) -> Result<(), ScratchError> {
        let old = self.taken(from)?;
        let new = self.free(to)?;
        let rename = || {
            fs::create_dir_all(new.parent().unwrap_or(&self.root))?;
            fs::rename(&old, &new)
        };
        rename().map_err(|error| fault(from, error))
    }

    /// Moves a file, a folder or a link into a new folder of `trash`; answers with where it is kept.
    ///
    /// # Errors
    /// When it is not there, or the system refuses; it is where it was then.
    pub fn put_away(&self, path: &FilePath, trash: &Path) -> Result<PathBuf, ScratchError> {
        let place = self.taken(path)?;
        let put = || {
            fs::create_dir_all(trash)?;
            clear_out(trash);
            let kept = tempfile::Builder::new().prefix("kept-").tempdir_in(trash)?.keep().join(path.name());
            move_to(&place, &kept)?;
            Ok(kept)
        };
        put().map_err(|error| fault(path, error))
    }

    /// Moves what was put away back to `path`.
    ///
    /// # Errors
    /// When something else is there by now, or the system refuses.
    pub fn bring_back(&self, kept: &Path, path: &FilePath) -> Result<(), ScratchError> {
        let place = self.free(path)?;
        let bring = || {
            fs::create_dir_all(place.parent().unwrap_or(&self.root))?;
            move_to(kept, &place)
        };
        bring().map_err(|error| fault(path, error))
    }

    /// Where something is that is there, a link itself included, but none on its way.
    fn taken(&self, path: &FilePath) -> Result<PathBuf, ScratchError> {
        match self.place(path) {
            Ok((place, Some(_))) => Ok(place),
            Ok((_, None)) => Err(ScratchError::Missing(path.to_string())),
            Err(ScratchError::Link(link)) if link == path.as_str() => Ok(path.under(&self.root)),
            Err(error) => Err(error),
        }
    }

    /// Where nothing is yet.
    fn free(&self, path: &FilePath) -> Result<PathBuf, ScratchError> {
        match self.place(path) {
            Ok((place, None)) => Ok(place),
            Ok((_, Some(_))) => Err(ScratchError::Taken(path.to_string())),
            Err(ScratchError::Link(link)) if link == path.as_str() => Err(ScratchError::Taken(link)),
            Err(error) => Err(error),
        }
    }
}

/// Renames; onto another disk, copies and then removes.
pub(super) fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            copy(from, to, 0)?;
            let is_folder = from.symlink_metadata()?.is_dir();
            if is_folder { fs::remove_dir_all(from) } else { fs::remove_file(from) }
        }
        moved => moved,
    }
}

fn copy(from: &Path, to: &Path, depth: usize) -> io::Result<()> {
    let meta = from.symlink_metadata()?;
    if meta.is_dir() && depth < DEEPEST {
        fs::create_dir(to)?;
        return fs::read_dir(from)?.try_for_each(|entry| {
            let entry = entry?;
            copy(&entry.path(), &to.join(entry.file_name()), depth + 1)
        });
    }
    if meta.is_file() {
        return fs::copy(from, to).map(drop);
    }
    #[cfg(unix)]
    if meta.is_symlink() {
        return std::os::unix::fs::symlink(fs::read_link(from)?, to);
    }
    Err(io::Error::other("it is neither a file nor a folder, or it is too deep, and cannot be moved to another disk"))
}

/// Removes the oldest, where much is kept already. What cannot be removed stays.
fn clear_out(trash: &Path) {
    let Ok(entries) = fs::read_dir(trash) else { return };
    let age =
        |entry: &fs::DirEntry| entry.metadata().and_then(|meta| meta.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut kept: Vec<(SystemTime, PathBuf)> = entries.flatten().map(|entry| (age(&entry), entry.path())).collect();
    kept.sort();
    for (_, old) in kept.iter().take((kept.len() + 1).saturating_sub(MOST_KEPT)) {
        let _ = fs::remove_dir_all(old);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{MOST_KEPT, Scratch, copy};
    use crate::base::FilePath;

    fn path(text: &str) -> FilePath {
        FilePath::parse(text).unwrap()
    }

    #[test]
    fn what_is_put_away_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("work");
        let trash = folder.path().join("state/trash");
        fs::create_dir_all(root.join("cmd/deep")).unwrap();
        fs::write(root.join("cmd/deep/a.go"), "package a\n").unwrap();
        let scratch = Scratch { root };
        let kept = scratch.put_away(&path("cmd"), &trash).unwrap();
        assert!(!scratch.root.join("cmd").exists() && kept.starts_with(&trash));
        scratch.make_file(&path("cmd")).unwrap();
        let why = scratch.bring_back(&kept, &path("cmd")).unwrap_err().to_string();
        assert!(why.contains("cmd is there already"), "{why}");
        scratch.put_away(&path("cmd"), &trash).unwrap();
        scratch.bring_back(&kept, &path("cmd")).unwrap();
        assert_eq!(scratch.read(&path("cmd/deep/a.go")).unwrap(), "package a\n");
        for number in 0..MOST_KEPT + 20 {
            let file = path(&format!("f{number}"));
            scratch.make_file(&file).unwrap();
            scratch.put_away(&file, &trash).unwrap();
        }
        assert!(fs::read_dir(&trash).unwrap().count() <= MOST_KEPT, "the oldest are gone");
        copy(&scratch.root.join("cmd"), &scratch.root.join("copy"), 0).unwrap();
        assert_eq!(scratch.read(&path("copy/deep/a.go")).unwrap(), "package a\n");
    }

    #[test]
    fn names_that_are_taken_stay_with_what_has_them() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch { root: folder.path().to_owned() };
        scratch.save(&path("a"), "a").unwrap();
        scratch.save(&path("b"), "b").unwrap();
        assert!(scratch.make_file(&path("a")).is_err() && scratch.make_folder(&path("b")).is_err());
        assert!(scratch.rename(&path("a"), &path("b")).is_err());
        assert!(scratch.rename(&path("nothing"), &path("c")).is_err());
        scratch.rename(&path("a"), &path("sub/c")).unwrap();
        assert_eq!(scratch.read(&path("sub/c")).unwrap(), "a");
        assert_eq!(scratch.read(&path("b")).unwrap(), "b");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_put_away_itself_and_never_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("work");
        fs::create_dir(&root).unwrap();
        fs::write(folder.path().join("precious"), "mine").unwrap();
        std::os::unix::fs::symlink(folder.path(), root.join("out")).unwrap();
        let scratch = Scratch { root };
        let trash = folder.path().join("trash");
        assert!(scratch.put_away(&path("out/precious"), &trash).is_err());
        assert!(scratch.make_file(&path("out/new")).is_err());
        assert!(scratch.rename(&path("out/precious"), &path("stolen")).is_err());
        scratch.put_away(&path("out"), &trash).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("precious")).unwrap(), "mine");
    }
}
