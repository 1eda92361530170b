//! What has been proved before need not be proved again: chains of lessons whose text, Go and haveago are the same.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::{MANIFEST, Proved};
use crate::course::model::Lesson;
use crate::go::GoVersion;

/// A folder of proofs without a fault, a small file each. Losing it costs only time.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    folder: Option<PathBuf>,
}

/// A lesson as it was proved.
#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    file: String,
    steps: usize,
}

/// What a chain of lessons was proved with, as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Memo {
    /// Remembers nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Proofs kept in `folder`, which is made when the first is.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// The key of a chain: its lessons' texts and what lies beside them, the course's manifest, the Go, this haveago.
    pub(super) fn key(files: &BTreeMap<String, String>, chain: &[&Lesson], go: GoVersion) -> Key {
        let mut hasher = DefaultHasher::new();
        this_haveago().hash(&mut hasher);
        go.hash(&mut hasher);
        files.get(MANIFEST).hash(&mut hasher);
        for lesson in chain {
            // Files beside a lesson stand in a folder of its name, or in its chapter's.
            let chapter = lesson.file.split('/').next().unwrap_or(&lesson.file);
            let is_other_lesson = |path: &str| is_markdown(path) && *path != *lesson.file;
            let beside = files.iter().filter(|(path, _)| path.starts_with(chapter) && !is_other_lesson(path));
            for (path, text) in beside {
                (path, text).hash(&mut hasher);
            }
        }
        Key(hasher.finish())
    }

    /// What was proved under this key.
    pub(super) fn recall(&self, key: Key) -> Option<Vec<Proved>> {
        let text = fs::read(self.place(key)?).ok()?;
        let remembered: Vec<Remembered> = serde_json::from_slice(&text).ok()?;
        let proved = |it: Remembered| Proved { file: it.file, problems: Vec::new(), steps: it.steps, skipped: None };
        Some(remembered.into_iter().map(proved).collect())
    }

    /// Keeps a proof without a fault. Where it cannot be kept, the next check proves it again.
    pub(super) fn remember(&self, key: Key, chain: &[Proved]) {
        let is_whole = chain.iter().all(|proved| proved.problems.is_empty() && proved.skipped.is_none());
        let Some(place) = self.place(key).filter(|_| is_whole) else { return };
        let remembered: Vec<Remembered> =
            chain.iter().map(|proved| Remembered { file: proved.file.clone(), steps: proved.steps }).collect();
        if let (Some(folder), Ok(text)) = (place.parent(), serde_json::to_vec(&remembered)) {
            let _ = fs::create_dir_all(folder).and_then(|()| fs::write(&place, text));
        }
    }

    fn place(&self, key: Key) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{:016x}.json", key.0)))
    }
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|ending| ending == "md")
}

/// This program, told by its size and age: another build may judge otherwise.
fn this_haveago() -> Option<(u64, u64)> {
    let meta = fs::metadata(std::env::current_exe().ok()?).ok()?;
    let age = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some((meta.len(), age.as_nanos() as u64))
}
