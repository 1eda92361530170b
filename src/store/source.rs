//! Where a course's files come from: the embedded course, or a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::base::FilePath;

/// A bigger file is no lesson.
const FILE_BYTES: u64 = 2 * 1024 * 1024;
/// A folder with more files is no course.
const FILES: usize = 20_000;
/// Folders inside folders.
const DEPTH: usize = 16;

/// The course that the program brings along.
#[derive(rust_embed::Embed)]
#[folder = "lessons/"]
#[allow_missing = true]
struct Embedded;

/// Where a course is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourseSource {
    /// "Go Fundamentals", in the program itself (debug builds read it from the source tree).
    Embedded,
    Folder(PathBuf),
}

/// Why a course cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("there is no folder {}; give the folder of a course, the one with its `course.toml`", .0.display())]
    NoFolder(PathBuf),
    #[error("{} is no course: it has no `course.toml`; give the folder that has one", .0.display())]
    NoCourse(PathBuf),
    #[error("{} is no course: it has no `course.toml`; but {} is one, give that", folder.display(), inside.display())]
    CourseInside { folder: PathBuf, inside: PathBuf },
    #[error("{} cannot be read ({source}); give yourself access to it", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{} has more than {FILES} files; give the course's own folder", .0.display())]
    TooMany(PathBuf),
    #[error("{} is bigger than 2 MiB, too big for a course; make it smaller", .0.display())]
    TooBig(PathBuf),
    #[error("{} is not written in UTF-8; save it as UTF-8", .0.display())]
    NotText(PathBuf),
}

impl CourseSource {
    /// The text files of the course: path inside the course with `/` between its parts → text. Hidden files, `target`
    /// folders, what is not text, and links that lead out of the course are left out.
    ///
    /// # Errors
    /// When there is no course, it cannot be read, or it is bigger than any course.
    pub fn read(&self) -> Result<BTreeMap<String, String>, SourceError> {
        match self {
            Self::Embedded => Ok(read_embedded("")),
            Self::Folder(folder) => read_folder(folder),
        }
    }

    /// The text of its course.toml alone; none where there is none to be read, which [`Self::read`] tells more of.
    #[must_use]
    pub fn manifest(&self) -> Option<String> {
        match self {
            Self::Embedded => String::from_utf8(Embedded::get("course.toml")?.data.into_owned()).ok(),
            Self::Folder(folder) => {
                let mut text = String::new();
                let file = fs::File::open(folder.join("course.toml")).ok()?;
                file.take(FILE_BYTES).read_to_string(&mut text).ok()?;
                Some(text)
            }
        }
    }

    /// The text files of [`Self::read`] below one of the course's folders; none where it cannot be read.
    #[must_use]
    pub fn below(&self, inside: &FilePath) -> BTreeMap<String, String> {
        match self {
            Self::Embedded => read_embedded(&format!("{inside}/")),
            Self::Folder(folder) => {
                let Ok(root) = fs::canonicalize(folder) else { return BTreeMap::new() };
                let mut walk = Walk { shown: folder, root: &root, files: BTreeMap::new(), seen: 0 };
                let is_own = fs::canonicalize(inside.under(&root)).is_ok_and(|end| end == inside.under(&root));
                if is_own && walk.folder(inside.as_str(), 1).is_ok() { walk.files } else { BTreeMap::new() }
            }
        }
    }

    /// The name for people: of the folder, or of the embedded course.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Embedded => "the course in haveago".to_owned(),
            Self::Folder(folder) => folder.display().to_string(),
        }
    }
}

/// The text files of the embedded course whose path in it begins so.
fn read_embedded(prefix: &str) -> BTreeMap<String, String> {
    let text = |path: Cow<'static, str>| {
        let inside = path.replace('\\', "/");
        if !inside.starts_with(prefix) {
            return None;
        }
        Some((inside, String::from_utf8(Embedded::get(&path)?.data.into_owned()).ok()?))
    };
    Embedded::iter().filter_map(text).collect()
}

/// The files of the embedded course below a folder, by their path in it.
pub(super) fn embedded_below(folder: &FilePath) -> Vec<(String, Cow<'static, [u8]>)> {
    let prefix = format!("{folder}/");
    let file = |path: Cow<'static, str>| {
        let inside = path.replace('\\', "/").strip_prefix(&prefix)?.to_owned();
        Some((inside, Embedded::get(&path)?.data))
    };
    let mut files: Vec<_> = Embedded::iter().filter_map(file).collect();
    files.sort();
    files
}

fn read_folder(folder: &Path) -> Result<BTreeMap<String, String>, SourceError> {
    let root = match fs::canonicalize(folder) {
        Ok(root) if root.is_dir() => root,
        Ok(_) => return Err(SourceError::NoFolder(folder.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(SourceError::NoFolder(folder.to_owned())),
        Err(source) => return Err(SourceError::Read { path: folder.to_owned(), source }),
    };
    if !root.join("course.toml").is_file() {
        let inside = folder.join("lessons");
        return Err(if inside.join("course.toml").is_file() {
            SourceError::CourseInside { folder: folder.to_owned(), inside }
        } else {
            SourceError::NoCourse(folder.to_owned())
        });
    }
    let mut walk = Walk { shown: folder, root: &root, files: BTreeMap::new(), seen: 0 };
    walk.folder("", 0)?;
    Ok(walk.files)
}

/// A walk through a course's folder that ends, whatever is in it.
struct Walk<'a> {
    /// The folder as the person named it.
    shown: &'a Path,
    root: &'a Path,
    files: BTreeMap<String, String>,
    seen: usize,
}

impl Walk<'_> {
    fn folder(&mut self, inside: &str, depth: usize) -> Result<(), SourceError> {
        let path = self.root.join(inside);
        let entries = fs::read_dir(&path).map_err(|source| self.unreadable(inside, source))?;
        for entry in entries {
            let entry = entry.map_err(|source| self.unreadable(inside, source))?;
            // A name that is no Unicode cannot be written in a lesson either.
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') || name == "target" {
                continue;
            }
            self.seen += 1;
            if self.seen > FILES {
                return Err(SourceError::TooMany(self.shown.to_owned()));
            }
            let inside = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            let kind = entry.file_type().map_err(|source| self.unreadable(&inside, source))?;
            if kind.is_dir() && depth < DEPTH {
                self.folder(&inside, depth + 1)?;
            } else if kind.is_file() || (kind.is_symlink() && self.leads_to_own_file(&inside)) {
                self.file(inside)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, inside: String) -> Result<(), SourceError> {
        let must_be_text = [".md", ".toml", ".go"].iter().any(|ending| inside.ends_with(ending));
        let mut bytes = Vec::new();
        // What is read is bounded by itself, not by what a file says of its size.
        fs::File::open(self.root.join(&inside))
            .and_then(|file| file.take(FILE_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|source| self.unreadable(&inside, source))?;
        let shown = || self.shown.join(&inside);
        if bytes.len() as u64 > FILE_BYTES {
            return if must_be_text { Err(SourceError::TooBig(shown())) } else { Ok(()) };
        }
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => {
                self.files.insert(inside, text);
                Ok(())
            }
            Ok(_) | Err(_) if must_be_text => Err(SourceError::NotText(shown())),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Whether the link is to a file of this course: a link to a folder could lead round in a circle.
    fn leads_to_own_file(&self, inside: &str) -> bool {
        fs::canonicalize(self.root.join(inside)).is_ok_and(|end| end.starts_with(self.root) && end.is_file())
    }

    fn unreadable(&self, inside: &str, source: io::Error) -> SourceError {
        SourceError::Read { path: self.shown.join(inside), source }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{CourseSource, SourceError};

    fn course(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn read(folder: &tempfile::TempDir) -> Result<Vec<String>, SourceError> {
        Ok(CourseSource::Folder(folder.path().to_owned()).read()?.into_keys().collect())
    }

    #[test]
    fn a_folder_gives_its_text_files_and_nothing_else() {
        let folder = course(&[
            ("course.toml", b"format = 1"),
            ("01-a/README.md", b"# A"),
            ("01-a/02-x/main.go", b"package main"),
            ("01-a/picture.png", b"\x89PNG\xff\0"),
            (".git/config", b"x"),
            ("target/y.md", b"x"),
        ]);
        assert_eq!(read(&folder).unwrap(), ["01-a/02-x/main.go", "01-a/README.md", "course.toml"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_or_in_circles_are_left_out() {
        let outside = course(&[("secret.md", b"secret")]);
        let folder = course(&[("course.toml", b""), ("a.md", b"# A")]);
        let link = |to: &std::path::Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        link(&outside.path().join("secret.md"), "out.md");
        link(outside.path(), "out");
        link(folder.path(), "circle");
        link(&folder.path().join("a.md"), "twin.md");
        assert_eq!(read(&folder).unwrap(), ["a.md", "course.toml", "twin.md"]);
    }

    #[test]
    fn what_is_no_course_is_told_with_a_mend() {
        let error = |files: &[(&str, &[u8])]| read(&course(files)).unwrap_err().to_string();
        assert!(error(&[("a.md", b"")]).contains("no `course.toml`"));
        assert!(error(&[("lessons/course.toml", b"")]).contains("lessons is one, give that"));
        assert!(error(&[("course.toml", b""), ("a.md", b"\xff\xfe")]).contains("a.md is not written in UTF-8"));
        assert!(
            error(&[("course.toml", b""), ("a.md", &vec![b'a'; 2 * 1024 * 1024 + 1])]).contains("bigger than 2 MiB")
        );
        let missing = CourseSource::Folder("/nowhere/at/all".into()).read().unwrap_err();
        assert!(missing.to_string().starts_with("there is no folder /nowhere/at/all"));
    }
}
