//! The scratch directory as rows for the files pane, with what is new or changed since it was last listed.

use std::collections::HashMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::SystemTime;

use crate::base::FilePath;
use crate::go::binary;
use crate::sandbox::scratch::{Entry, Scratch};

use super::super::super::pane::files::{FileRow, Mark};

/// Rows at most: more would help nobody, and a program may leave any number of files.
const MOST: usize = 1_000;
/// Folders in folders at most.
const DEEPEST: usize = 12;

/// What is known of a folder's files.
#[derive(Debug, Default)]
pub struct Tree {
    /// As they were when the last command began: what differs from it is marked.
    base: Snapshot,
    /// As they were when last listed.
    last: Snapshot,
}

/// Files with their sizes and times; empty before the first time.
#[derive(Clone, Debug, Default)]
struct Snapshot {
    files: HashMap<FilePath, (u64, Option<SystemTime>)>,
    is_taken: bool,
}

impl Tree {
    /// The tree as it is now.
    pub fn rows(&mut self, scratch: &Scratch) -> Vec<FileRow> {
        let mut found = Vec::new();
        let mut now = Snapshot { files: HashMap::new(), is_taken: true };
        walk(scratch, None, &self.base, &mut now, &mut found);
        if !self.base.is_taken {
            self.base = now.clone();
        }
        self.last = now;
        found
    }

    /// What is there by now is neither new nor changed any more.
    pub fn mark(&mut self) {
        self.base = self.last.clone();
    }
}

fn walk(scratch: &Scratch, dir: Option<&FilePath>, before: &Snapshot, now: &mut Snapshot, found: &mut Vec<FileRow>) {
    let depth = dir.map_or(0, |dir| dir.as_str().split('/').count());
    let Ok(entries) = scratch.list(dir) else { return };
    for entry in entries {
        if found.len() >= MOST {
            return;
        }
        let name = dir.map_or_else(|| entry.name.clone(), |dir| format!("{dir}/{}", entry.name));
        // A name that no file of ours can have (control characters) is the program's own affair.
        let Ok(path) = FilePath::parse(&name) else { continue };
        let row = row(scratch, &path, depth, &entry, before, now);
        found.push(row);
        if entry.is_dir && depth < DEEPEST {
            walk(scratch, Some(&path), before, now, found);
        }
    }
}

fn row(
    scratch: &Scratch,
    path: &FilePath,
    depth: usize,
    entry: &Entry,
    before: &Snapshot,
    now: &mut Snapshot,
) -> FileRow {
    let place = path.under(&scratch.root);
    let meta = place.symlink_metadata().ok();
    let size = meta.as_ref().map_or(0, fs::Metadata::len);
    let meta_kind = meta.as_ref().map(fs::Metadata::file_type);
    let changed = (size, meta.and_then(|meta| meta.modified().ok()));
    let mark = match before.files.get(path) {
        _ if !before.is_taken => Mark::Same,
        None => Mark::New,
        // A folder's time changes with every file in it; its files tell.
        Some(was) if *was == changed || entry.is_dir => Mark::Same,
        Some(_) => Mark::Changed,
    };
    now.files.insert(path.clone(), changed);
    let note = match meta_kind {
        Some(kind) if kind.is_symlink() => Some("link".to_owned()),
        Some(kind) if !kind.is_file() && !kind.is_dir() => Some("pipe or device".to_owned()),
        Some(_) | None if entry.executable && !entry.is_dir => binary_note(&place, size),
        Some(_) | None => None,
    };
    FileRow { path: path.clone(), depth, is_dir: entry.is_dir, size, mark, note }
}

/// `ELF program for linux/amd64, 2.3 MB, static`.
fn binary_note(place: &Path, size: u64) -> Option<String> {
    let mut head = Vec::new();
    fs::File::open(place).ok()?.take(binary::HEAD as u64).read_to_end(&mut head).ok()?;
    let seen = binary::identify(&head, size, (crate::base::goos(), crate::base::goarch()))?;
    let tenths = size / 100_000;
    let needs = if seen.is_static { "static" } else { "needs shared libraries" };
    let format = binary::format(&head);
    Some(format!("{format} program for {}/{}, {}.{} MB, {needs}", seen.os, seen.arch, tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use std::fs;

    #[cfg(unix)]
    use super::DEEPEST;
    use super::{Mark, Scratch, Tree};

    fn seen(tree: &mut Tree, scratch: &Scratch) -> Vec<(String, Mark)> {
        tree.rows(scratch).into_iter().map(|row| (row.path.to_string(), row.mark)).collect()
    }

    #[test]
    fn what_is_new_or_changed_stays_marked_until_the_next_command() {
        let folder = tempfile::tempdir().unwrap();
        let scratch = Scratch { root: folder.path().to_owned() };
        let mut tree = Tree::default();
        fs::write(folder.path().join("a"), "1").unwrap();
        assert_eq!(seen(&mut tree, &scratch), [("a".to_owned(), Mark::Same)]);
        tree.mark();
        fs::write(folder.path().join("a"), "22").unwrap();
        fs::write(folder.path().join("b"), "1").unwrap();
        let changed = [("a".to_owned(), Mark::Changed), ("b".to_owned(), Mark::New)];
        assert_eq!(seen(&mut tree, &scratch), changed);
        assert_eq!(seen(&mut tree, &scratch), changed, "listed again, it is still what the last command did");
        tree.mark();
        assert_eq!(seen(&mut tree, &scratch), [("a".to_owned(), Mark::Same), ("b".to_owned(), Mark::Same)]);
    }

    #[cfg(unix)]
    #[test]
    fn links_pipes_odd_names_and_deep_folders_are_listed_without_harm() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::os::unix::fs::symlink("/", root.join("out")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(root.join("pipe")).status().unwrap().success());
        fs::write(root.join("red\u{1b}[31m"), "").unwrap();
        let deep = (0..40).fold(root.to_owned(), |path, _| path.join("d"));
        fs::create_dir_all(deep).unwrap();
        let rows = Tree::default().rows(&Scratch { root: root.to_owned() });
        let note = |path: &str| rows.iter().find(|row| row.path.as_str() == path).and_then(|row| row.note.clone());
        assert_eq!(note("out").as_deref(), Some("link"));
        assert_eq!(note("pipe").as_deref(), Some("pipe or device"));
        assert!(rows.iter().all(|row| !row.path.as_str().contains('\u{1b}') && !row.path.as_str().starts_with("out/")));
        assert_eq!(rows.iter().map(|row| row.depth).max(), Some(DEEPEST));
    }
}
