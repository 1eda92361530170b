//! Looking at files without being led astray: nothing outside the scratch directory is read, nothing huge, no pipe.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::base::nearest::nearest;
use crate::base::{self, FilePath};
use crate::go::binary;
use crate::go::source::is_go_file;
use crate::judge::evidence::FileSeen;

/// Bytes up to which a file is read as text.
const TEXT_LIMIT: u64 = 1024 * 1024;

/// How many entries are looked at in search of a misplaced file or of sources.
const ENTRIES: usize = 2000;

/// How many folders deep sources and misplaced files are looked for.
const DEPTH: usize = 8;

/// `path` without links in it, in the form that Go uses too.
pub(super) fn without_links(path: &Path) -> PathBuf {
    let Ok(real) = path.canonicalize() else { return path.to_owned() };
    // Windows gives `\\?\C:\…`, which Go and most programs do not take.
    match real.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|text| !text.starts_with("UNC")) {
        Some(plain) => PathBuf::from(plain),
        None => real,
    }
}

/// What each of `wanted` is; for one that is missing also what may be meant by it: nearly its name, or its name
/// in another folder, and whether that folder is a module.
pub(super) fn look(root: &Path, wanted: &BTreeSet<FilePath>) -> BTreeMap<FilePath, FileSeen> {
    let mut seen: BTreeMap<FilePath, FileSeen> =
        wanted.iter().map(|path| (path.clone(), look_at(root, path))).collect();
    let missing: Vec<&FilePath> = wanted.iter().filter(|path| seen.get(path) == Some(&FileSeen::Missing)).collect();
    if missing.is_empty() {
        return seen;
    }
    for path in walk(root) {
        if missing.iter().any(|wanted| may_be_meant(wanted, &path)) {
            let module = path.as_str().rsplit_once('/').map(|(folder, _)| format!("{folder}/go.mod"));
            for path in module.and_then(|module| FilePath::parse(&module).ok()).into_iter().chain([path]) {
                seen.entry(path).or_insert_with_key(|path| look_at(root, path));
            }
        }
    }
    seen
}

fn may_be_meant(wanted: &FilePath, path: &FilePath) -> bool {
    let folder =
        |path: &FilePath| path.as_str().rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let (name, other) = (wanted.name(), path.name());
    name == other
        || folder(wanted) == folder(path)
            && (name.eq_ignore_ascii_case(other) || other.starts_with(name) || nearest(name, [other]).is_some())
}

fn look_at(root: &Path, path: &FilePath) -> FileSeen {
    let place = path.under(root);
    let link = match fs::symlink_metadata(&place) {
        Ok(metadata) => metadata.is_symlink(),
        Err(error) => return absent(&error),
    };
    // A folder on the way may be a link as well, so it is the real place that must be inside.
    let Ok(real) = place.canonicalize() else { return FileSeen::Unreadable("it is a link to nothing".to_owned()) };
    if !without_links(&real).starts_with(root) {
        return FileSeen::Unreadable("it is a link that leads out of the folder".to_owned());
    }
    // Some systems find `Main.go` under `main.go`; for Go, and on a server, these are two names.
    if !link && real.file_name().is_some_and(|name| name.to_str() != Some(path.name())) {
        return FileSeen::Missing;
    }
    match fs::metadata(&real) {
        Err(error) => absent(&error),
        Ok(metadata) if metadata.is_dir() => FileSeen::Folder,
        Ok(metadata) if !metadata.is_file() => FileSeen::Unreadable("it is no ordinary file".to_owned()),
        Ok(metadata) => read(&real, metadata.len()),
    }
}

fn absent(error: &std::io::Error) -> FileSeen {
    match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => FileSeen::Missing,
        _ => FileSeen::Unreadable(error.to_string()),
    }
}

fn read(path: &Path, bytes: u64) -> FileSeen {
    let read_up_to = |limit: u64| -> std::io::Result<Vec<u8>> {
        let mut content = Vec::new();
        File::open(path)?.take(limit).read_to_end(&mut content)?;
        Ok(content)
    };
    let head = match read_up_to(binary::HEAD as u64) {
        Ok(head) => head,
        Err(error) => return FileSeen::Unreadable(error.to_string()),
    };
    if let Some(seen) = binary::identify(&head, bytes, (base::goos(), base::goarch())) {
        return FileSeen::Binary(seen);
    }
    if bytes > TEXT_LIMIT {
        return FileSeen::Other { bytes };
    }
    match read_up_to(TEXT_LIMIT).map(String::from_utf8) {
        Ok(Ok(text)) => FileSeen::Text(text),
        Ok(Err(_)) => FileSeen::Other { bytes },
        Err(error) => FileSeen::Unreadable(error.to_string()),
    }
}

/// The program at `path`, if it is one that this machine can start.
pub(super) fn is_native_program(path: &Path) -> bool {
    let bytes = fs::metadata(path).map_or(0, |metadata| metadata.len());
    matches!(read(path, bytes), FileSeen::Binary(seen) if seen.is_native)
}

/// Whether there is a Go file anywhere below `root`.
pub(super) fn has_go(root: &Path) -> bool {
    walk(root).iter().any(|path| is_go_file(path.name()))
}

/// The learner's Go sources, tests left out, in the order of their paths.
pub(super) fn sources(root: &Path) -> Vec<(FilePath, String)> {
    let is_source = |path: &FilePath| is_go_file(path.name()) && !path.as_str().ends_with("_test.go");
    let mut sources: Vec<(FilePath, String)> = walk(root)
        .into_iter()
        .filter(is_source)
        .filter_map(|path| match look_at(root, &path) {
            FileSeen::Text(text) => Some((path, text)),
            FileSeen::Missing
            | FileSeen::Folder
            | FileSeen::Binary(_)
            | FileSeen::Other { .. }
            | FileSeen::Unreadable(_) => None,
        })
        .collect();
    sources.sort();
    sources
}

/// The files below `root`, folders that Go does not look into left out. Links are not followed.
fn walk(root: &Path) -> Vec<FilePath> {
    let mut found = Vec::new();
    let mut waiting = vec![(root.to_owned(), String::new(), 0)];
    while let Some((folder, prefix, depth)) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten().take(ENTRIES) {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{prefix}{name}");
            match entry.file_type() {
                Ok(kind) if kind.is_dir() && depth < DEPTH && !name.starts_with(['.', '_']) && name != "testdata" => {
                    waiting.push((entry.path(), format!("{path}/"), depth + 1));
                }
                Ok(kind) if kind.is_file() => found.extend(FilePath::parse(&path)),
                Ok(_) | Err(_) => {}
            }
        }
        if found.len() > ENTRIES {
            break;
        }
    }
    found
}
