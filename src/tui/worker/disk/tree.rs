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

/// Files with their sizes and times as they were when last listed; empty before the first time.
#[derive(Debug, Default)]
pub struct Snapshot {
    files: HashMap<FilePath, (u64, Option<SystemTime>)>,
    is_taken: bool,
}

/// The tree as it is now; `before` becomes what it was.
pub fn rows(scratch: &Scratch, before: &mut Snapshot) -> Vec<FileRow> {
    let mut found = Vec::new();
    let mut now = Snapshot { files: HashMap::new(), is_taken: true };
    walk(scratch, None, before, &mut now, &mut found);
    *before = now;
    found
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
    let changed = (size, meta.and_then(|meta| meta.modified().ok()));
    let mark = match before.files.get(path) {
        _ if !before.is_taken => Mark::Same,
        None => Mark::New,
        // A folder's time changes with every file in it; its files tell.
        Some(was) if *was == changed || entry.is_dir => Mark::Same,
        Some(_) => Mark::Changed,
    };
    now.files.insert(path.clone(), changed);
    let note = if entry.executable && !entry.is_dir { binary_note(&place, size) } else { None };
    FileRow { path: path.clone(), depth, is_dir: entry.is_dir, size, mark, note }
}

/// `program for linux/amd64, 2.3 MB, static`.
fn binary_note(place: &Path, size: u64) -> Option<String> {
    let mut head = Vec::new();
    fs::File::open(place).ok()?.take(binary::HEAD as u64).read_to_end(&mut head).ok()?;
    let seen = binary::identify(&head, size, (crate::base::goos(), crate::base::goarch()))?;
    let tenths = size / 100_000;
    let needs = if seen.is_static { ", needs no library" } else { "" };
    Some(format!("program for {}/{}, {}.{} MB{needs}", seen.os, seen.arch, tenths / 10, tenths % 10))
}
