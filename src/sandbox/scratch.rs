//! A learner's folder: files laid, read and saved in it, and nothing outside it.

mod aside;
mod change;
pub mod contents;

use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Dirs;
use crate::base::FilePath;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 << 20;
/// The most names that are listed of one folder.
const MOST_NAMES: usize = 2_000;

/// An open folder of a learner's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scratch {
    /// Without links on its way.
    pub root: PathBuf,
}

/// For how long a text is to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasts {
    PowerCuts,
    /// As long as the system runs.
    Here,
}

/// What came of laying a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Laid {
    Written,
    /// There was one already, and it is as it was.
    KeptYours,
}

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub name: String,
    pub is_dir: bool,
    /// May be started as a program.
    pub executable: bool,
}

/// Why a file cannot be used, each with the way on.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    #[error("`{0}` cannot name a folder; the course's author can mend that")]
    Name(String),
    #[error("{0} is not there")]
    Missing(String),
    #[error("{0} is a link, and links may lead out of your folder; remove it with `rm {0}` and try again")]
    Link(String),
    #[error("{0} is a folder; name a file in it")]
    Folder(String),
    #[error("{0} is neither a file nor a folder but a pipe or a device; remove it with `rm {0}` and try again")]
    Special(String),
    #[error("{0} has more than 4 MiB, which is more than is shown here; use a program in the terminal")]
    Huge(String),
    #[error("{0} is there already; take another name, or rename that one first")]
    Taken(String),
    #[error("{0} is not text; use a program in the terminal")]
    NotText(String),
    #[error("{} is a file or a link, and your lesson's folder should be there; move it away, and that is made anew", .0.display())]
    NoFolder(PathBuf),
    #[error("`{path}` cannot be read or written ({source}); {mend}", mend = mend(source))]
    Io { path: String, source: io::Error },
}

fn mend(fault: &io::Error) -> &'static str {
    // ENFILE and EMFILE have no kind of their own.
    let text = fault.to_string();
    if cfg!(unix) && ["(os error 23)", "(os error 24)"].iter().any(|number| text.contains(number)) {
        return "close other programs and try again";
    }
    "check the rights of its folder and the room on the disk"
}

/// Opens the folder of the lesson (of a chain of lessons: the one that starts it), making it where it is not there.
///
/// # Errors
/// When an id cannot name a folder, the folder cannot be made, or something else is in its place.
pub fn open(dirs: &Dirs, course_id: &str, chapter_id: &str, lesson_id: &str) -> Result<Scratch, ScratchError> {
    let mut root = dirs.work.clone();
    for id in [course_id, chapter_id, lesson_id] {
        let part = FilePath::parse(id).ok().filter(|part| !part.as_str().contains('/'));
        root = part.ok_or_else(|| ScratchError::Name(id.to_owned()))?.under(&root);
        is_there(&root)?;
    }
    let fault = |source| ScratchError::Io { path: root.display().to_string(), source };
    fs::create_dir_all(&root).map_err(fault)?;
    Ok(Scratch { root: canonical(&root).map_err(fault)? })
}

/// Whether there is such a folder. A link to one is none: the learner's files would be somewhere else.
fn is_there(folder: &Path) -> Result<bool, ScratchError> {
    match folder.symlink_metadata() {
        Ok(meta) if meta.is_dir() => Ok(true),
        Ok(_) => Err(ScratchError::NoFolder(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(ScratchError::Io { path: folder.display().to_string(), source }),
    }
}

/// Windows' canonical paths begin with `\\?\`, which neither Go nor a learner reads well.
fn canonical(path: &Path) -> io::Result<PathBuf> {
    if cfg!(windows) { std::path::absolute(path) } else { path.canonicalize() }
}

impl Scratch {
    /// Whether the folder is still there.
    ///
    /// # Errors
    /// When something else is in its place.
    pub fn stands(&self) -> Result<bool, ScratchError> {
        is_there(&self.root)
    }

    /// Makes the folder anew where it was removed; answers whether it was.
    ///
    /// # Errors
    /// When something else is in its place, or the system refuses.
    pub fn stand_up(&self) -> Result<bool, ScratchError> {
        if self.stands()? {
            return Ok(false);
        }
        let fault = |source| ScratchError::Io { path: self.root.display().to_string(), source };
        fs::create_dir_all(&self.root).map(|()| true).map_err(fault)
    }

    /// Lays `text` at `path`, making its folders, unless there is something already: a learner's own work stays.
    ///
    /// # Errors
    /// When a link is in the way, or the system refuses.
    pub fn lay(&self, path: &FilePath, text: &str) -> Result<Laid, ScratchError> {
        match self.place(path) {
            Ok((_, Some(_))) => return Ok(Laid::KeptYours),
            Ok((_, None)) => {}
            Err(ScratchError::Link(link)) if link == path.as_str() => return Ok(Laid::KeptYours),
            Err(error) => return Err(error),
        }
        let file = self.beside(path, text, None, Lasts::PowerCuts)?;
        match file.persist_noclobber(path.under(&self.root)) {
            Ok(_) => Ok(Laid::Written),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(Laid::KeptYours),
            Err(error) => Err(fault(path, error.error)),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When it is not there, no file, larger than 4 MiB, not text, or behind a link.
    pub fn read(&self, path: &FilePath) -> Result<String, ScratchError> {
        let (place, meta) = self.place(path)?;
        let meta = meta.ok_or_else(|| ScratchError::Missing(path.to_string()))?;
        must_be_file(path, &meta)?;
        let file = open_no_link(&place).map_err(|error| fault(path, error))?;
        // It may have become another since it was looked at.
        must_be_file(path, &file.metadata().map_err(|error| fault(path, error))?)?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| fault(path, error))?;
        if bytes.len() as u64 > LARGEST {
            return Err(ScratchError::Huge(path.to_string()));
        }
        String::from_utf8(bytes).map_err(|_| ScratchError::NotText(path.to_string()))
    }

    /// Saves `text` at `path`, whole or not at all; the rights of a file that was there are kept.
    ///
    /// # Errors
    /// When a link, a folder or a device is in the way, or the system refuses.
    pub fn save(&self, path: &FilePath, text: &str) -> Result<(), ScratchError> {
        self.write(path, text, Lasts::PowerCuts)
    }

    /// The same for a text that can be made again: it is not waited for until the disk has it.
    ///
    /// # Errors
    /// When a link, a folder or a device is in the way, or the system refuses.
    pub fn put(&self, path: &FilePath, text: &str) -> Result<(), ScratchError> {
        self.write(path, text, Lasts::Here)
    }

    fn write(&self, path: &FilePath, text: &str, lasts: Lasts) -> Result<(), ScratchError> {
        let (place, meta) = self.place(path)?;
        if let Some(meta) = &meta
            && !matches!(must_be_file(path, meta), Ok(()) | Err(ScratchError::Huge(_)))
        {
            return must_be_file(path, meta);
        }
        let file = self.beside(path, text, meta.as_ref(), lasts)?;
        file.persist(place).map(drop).map_err(|error| fault(path, error.error))
    }

    /// The names in a folder (none: the learner's folder itself), in order, at most 2,000 of them.
    ///
    /// # Errors
    /// When it is not there, no folder, or behind a link.
    pub fn list(&self, dir: Option<&FilePath>) -> Result<Vec<Entry>, ScratchError> {
        let (place, name) = match dir {
            Some(dir) => (self.place(dir)?.0, dir.to_string()),
            None => (self.root.clone(), ".".to_owned()),
        };
        let entries = fs::read_dir(place).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => ScratchError::Missing(name.clone()),
            _ => ScratchError::Io { path: name.clone(), source: error },
        })?;
        let mut list: Vec<Entry> = entries
            .flatten()
            .take(MOST_NAMES)
            .filter_map(|entry| {
                let meta = entry.metadata().ok()?;
                let name = entry.file_name().into_string().ok()?;
                Some(Entry { is_dir: meta.is_dir(), executable: is_program(&name, &meta), name })
            })
            .collect();
        list.sort();
        Ok(list)
    }

    /// Where `path` is, and what is there; refused when a link is on the way or at its end.
    fn place(&self, path: &FilePath) -> Result<(PathBuf, Option<Metadata>), ScratchError> {
        self.stands()?;
        let mut place = self.root.clone();
        let mut found = None;
        let mut parts = path.as_str().split('/').peekable();
        let mut so_far = String::new();
        while let Some(part) = parts.next() {
            place.push(part);
            so_far = if so_far.is_empty() { part.to_owned() } else { format!("{so_far}/{part}") };
            match place.symlink_metadata() {
                Ok(meta) if meta.is_symlink() => return Err(ScratchError::Link(so_far)),
                Ok(meta) => found = parts.peek().is_none().then_some(meta),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Ok((path.under(&self.root), None));
                }
                Err(source) => return Err(ScratchError::Io { path: so_far, source }),
            }
        }
        Ok((place, found))
    }

    /// A file with `text` in the folder of `path`, not yet of that name.
    fn beside(
        &self,
        path: &FilePath,
        text: &str,
        old: Option<&Metadata>,
        lasts: Lasts,
    ) -> Result<tempfile::NamedTempFile, ScratchError> {
        let place = path.under(&self.root);
        let folder = place.parent().unwrap_or(&self.root);
        let write = || -> io::Result<tempfile::NamedTempFile> {
            fs::create_dir_all(folder)?;
            let mut file = tempfile::Builder::new().prefix(".haveago-").tempfile_in(folder)?;
            file.write_all(text.as_bytes())?;
            set_rights(file.as_file(), old)?;
            if lasts == Lasts::PowerCuts {
                file.as_file().sync_all()?;
            }
            Ok(file)
        };
        write().map_err(|error| fault(path, error))
    }
}

fn fault(path: &FilePath, source: io::Error) -> ScratchError {
    // Of a file that is only on its way to its name, that is no help.
    let text = source.to_string();
    let source = match text.split_once(" at path ") {
        Some((fault, _)) => io::Error::new(source.kind(), fault.to_owned()),
        None => source,
    };
    ScratchError::Io { path: path.to_string(), source }
}

fn must_be_file(path: &FilePath, meta: &Metadata) -> Result<(), ScratchError> {
    let name = path.to_string();
    if meta.is_dir() {
        Err(ScratchError::Folder(name))
    } else if !meta.is_file() {
        Err(ScratchError::Special(name))
    } else if meta.len() > LARGEST {
        Err(ScratchError::Huge(name))
    } else {
        Ok(())
    }
}

/// Opens without following a link and without waiting for the other end of a pipe.
fn open_no_link(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.custom_flags(flags.bits().cast_signed());
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        // FILE_FLAG_OPEN_REPARSE_POINT: a link is opened itself, and is no file then.
        options.custom_flags(0x0020_0000);
    }
    options.open(path)
}

#[cfg_attr(not(unix), allow(clippy::unnecessary_wraps, reason = "there are rights on Unix"))]
fn set_rights(file: &File, old: Option<&Metadata>) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let rights = old.map_or_else(|| fs::Permissions::from_mode(0o644), Metadata::permissions);
        file.set_permissions(rights)
    }
    #[cfg(not(unix))]
    {
        let _ = (file, old);
        Ok(())
    }
}

fn is_program(name: &str, meta: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = name;
        meta.is_file() && meta.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        meta.is_file() && Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("exe"))
    }
}

#[cfg(test)]
mod tests;
