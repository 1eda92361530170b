//! Drafts on disk: what is typed and not saved, and what can be undone, one file for each file of a lesson.
//!
//! `state/drafts/<course>/<chapter>/<lesson>/main.go.json` is written whole or not at all, so that a kill leaves the
//! draft before it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{aside, sum};
use crate::base::FilePath;
use crate::edit::Draft;

/// The format that this program writes, and the newest that it reads.
const FORMAT: u32 = 1;
/// What a killed writer leaves behind has this name before and is removed when it is so old.
const UNFINISHED: &str = ".haveago-";
const OLD: Duration = Duration::from_hours(1);
/// Folders in folders at most.
const DEEPEST: usize = 40;

/// The drafts of all courses.
#[derive(Clone, Debug)]
pub struct Drafts {
    folder: PathBuf,
}

/// A draft with what it is of.
#[derive(Debug, Serialize, Deserialize)]
struct Kept<D> {
    format: u32,
    path: FilePath,
    draft: D,
}

impl Drafts {
    /// Those below the folder `state`. Makes nothing.
    #[must_use]
    pub fn new(state: &Path) -> Self {
        Self { folder: state.join("drafts") }
    }

    /// Keeps the draft of a file of the lesson's folder `root`, in place of the one before; none removes it.
    ///
    /// # Errors
    /// When the disk refuses. The draft before is then still there.
    pub fn keep(&self, root: &Path, path: &FilePath, draft: Option<&Draft>) -> io::Result<()> {
        let place = self.place(root, path);
        let Some(draft) = draft else {
            return match fs::remove_file(&place) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                Ok(()) | Err(_) => Ok(()),
            };
        };
        let folder = place.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        let mut kept = serde_json::to_vec(&Kept { format: FORMAT, path: path.clone(), draft })?;
        sum::seal(&mut kept);
        file.write_all(&kept)?;
        file.as_file().sync_data()?;
        file.persist(place).map(drop).map_err(|error| error.error)
    }

    /// The draft of a file, if one is kept that can be read.
    #[must_use]
    pub fn read(&self, root: &Path, path: &FilePath) -> Option<Draft> {
        Some(read(&self.place(root, path)).ok()?.draft)
    }

    /// The same for one that is opened. A draft that cannot be read is set aside first, since the next one would take its
    /// place; a sentence tells of it.
    #[must_use]
    pub fn take_up(&self, root: &Path, path: &FilePath) -> (Option<Draft>, Option<String>) {
        let place = self.place(root, path);
        match read(&place) {
            Ok(kept) if kept.path == *path => (Some(kept.draft), None),
            Ok(_) => (None, Some(set_aside(&place, Unread::Damaged))),
            Err(Unread::Missing) => (None, None),
            Err(why) => (None, Some(set_aside(&place, why))),
        }
    }

    /// The text of a file is on the disk now: a draft of this very text is unsaved no more. What cannot be noted down
    /// is told apart by its text, too.
    pub fn saved(&self, root: &Path, path: &FilePath, text: &str) {
        if let Some(mut draft) = self.read(root, path).filter(Draft::is_unsaved)
            && draft.settle(text)
        {
            let _ = self.keep(root, path, Some(&draft));
        }
    }

    /// The files of a lesson's folder that have unsaved text, in order; and a sentence for each draft that cannot be read
    /// and was set aside.
    #[must_use]
    pub fn unsaved(&self, root: &Path) -> (Vec<FilePath>, Vec<String>) {
        let (mut found, mut told) = (Vec::new(), Vec::new());
        let mut folders = vec![(self.folder_of(root), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for entry in entries.flatten() {
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() && depth < DEEPEST {
                    folders.push((entry.path(), depth + 1));
                } else if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                    remove_old(&entry);
                } else if entry.path().extension().is_some_and(|ending| ending == "json") {
                    match read(&entry.path()) {
                        Ok(kept) if self.place(root, &kept.path) != entry.path() => {
                            told.push(set_aside(&entry.path(), Unread::Damaged));
                        }
                        Ok(kept) => found.extend(kept.draft.is_unsaved().then_some(kept.path)),
                        Err(Unread::Missing) => {}
                        Err(why) => told.push(set_aside(&entry.path(), why)),
                    }
                }
            }
        }
        found.sort();
        (found, told)
    }

    /// All drafts of the folder `from` are those of the folder `to` from now on, since its files are there; what was kept of
    /// `to` is set aside.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn follow(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (self.folder_of(from), self.folder_of(to));
        if from.symlink_metadata().is_err() {
            return Ok(());
        }
        if to.symlink_metadata().is_ok() {
            aside::set_aside(&to)?;
        }
        fs::rename(from, to)
    }

    /// A lesson's folder is known by its last three names: course, chapter, lesson.
    fn folder_of(&self, root: &Path) -> PathBuf {
        let is_name = |part: &Component<'_>| matches!(part, Component::Normal(_));
        let names: Vec<Component<'_>> = root.components().rev().take_while(is_name).take(3).collect();
        names.iter().rev().fold(self.folder.clone(), |folder, name| folder.join(name))
    }

    fn place(&self, root: &Path, path: &FilePath) -> PathBuf {
        let place = path.under(&self.folder_of(root));
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(".json");
        place.with_file_name(name)
    }
}

/// Why a draft is not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    Missing,
    /// By a later haveago, which knows more.
    Newer,
    Damaged,
}

/// What every format says of itself.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

fn read(place: &Path) -> Result<Kept<Draft>, Unread> {
    match fs::read(place) {
        Ok(bytes) => parse(&bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Unread::Missing),
        Err(_) => Err(Unread::Damaged),
    }
}

fn parse(bytes: &[u8]) -> Result<Kept<Draft>, Unread> {
    if !sum::holds(bytes) {
        return Err(Unread::Damaged);
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Unread::Damaged)?;
    if head.format > FORMAT {
        return Err(Unread::Newer);
    }
    serde_json::from_slice(bytes).map_err(|_| Unread::Damaged)
}

/// The draft that these bytes are.
#[cfg(test)]
pub(super) fn look(bytes: &[u8]) -> Option<Draft> {
    parse(bytes).ok().map(|kept| kept.draft)
}

/// Gives a draft another name, and tells of it.
fn set_aside(place: &Path, why: Unread) -> String {
    let why = match why {
        Unread::Newer => "a newer haveago has written it",
        Unread::Missing | Unread::Damaged => "it is damaged",
    };
    let kept = aside::set_aside(place);
    let name = place.file_stem().unwrap_or_default().to_string_lossy();
    match kept {
        Ok(kept) => format!(
            "What was kept of your text in `{name}` cannot be used, as {why}. It is set aside as {}; look into it if you \
             miss something.",
            kept.display()
        ),
        Err(error) => format!(
            "What was kept of your text in `{name}` cannot be used, as {why}. It is in {}, and cannot be set aside \
             ({error}).",
            place.display()
        ),
    }
}

/// Another program may be writing it at this moment, when it is not old.
fn remove_old(entry: &fs::DirEntry) {
    let age = entry.metadata().ok().and_then(|meta| meta.modified().ok()?.elapsed().ok());
    if age.is_some_and(|age| age > OLD) {
        let _ = fs::remove_file(entry.path());
    }
}

#[cfg(test)]
mod tests;
