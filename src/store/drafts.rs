//! Drafts on disk: what is typed and not saved, and what can be undone, one file for each file of a lesson.
//!
//! `state/drafts/<course>/<chapter>/<lesson>/main.go.json` is written whole or not at all, so that a kill leaves the
//! draft before it.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

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
        let kept = Kept { format: FORMAT, path: path.clone(), draft };
        file.write_all(&serde_json::to_vec(&kept)?)?;
        file.as_file().sync_data()?;
        file.persist(place).map(drop).map_err(|error| error.error)
    }

    /// The draft of a file, if one is kept that can be read.
    #[must_use]
    pub fn read(&self, root: &Path, path: &FilePath) -> Option<Draft> {
        Some(read(&self.place(root, path))?.draft)
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

    /// The files of a lesson's folder that have unsaved text, in order.
    #[must_use]
    pub fn unsaved(&self, root: &Path) -> Vec<FilePath> {
        let mut found = Vec::new();
        let mut folders = vec![(self.folder_of(root), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for entry in entries.flatten() {
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() && depth < DEEPEST {
                    folders.push((entry.path(), depth + 1));
                } else if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                    remove_old(&entry);
                } else {
                    let kept = read(&entry.path()).filter(|kept| kept.draft.is_unsaved());
                    found.extend(kept.map(|kept| kept.path).filter(|path| self.place(root, path) == entry.path()));
                }
            }
        }
        found.sort();
        found
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

fn read(place: &Path) -> Option<Kept<Draft>> {
    let kept: Kept<Draft> = serde_json::from_slice(&fs::read(place).ok()?).ok()?;
    (kept.format == FORMAT).then_some(kept)
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
