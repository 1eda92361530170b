//! Progress on disk: one line of JSON an event, appended under a lock, so that a kill loses nothing that was shown as
//! done and two instances at once lose nothing of each other's.
//!
//! `state/courses/<course>/events.jsonl` begins with a header line. `events.lock` beside it is locked, and not the log
//! itself, because mending a damaged log puts a new file in its place.

mod lines;
mod mend;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::lock::{Access, Lock};
use super::sum;
use crate::learner::{Event, Progress, Record};
use lines::Contents;

/// The format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// A course's log, open for appending. No file is held open between appends.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    /// The header as it was when last read; a log with another header has been mended by someone else meanwhile.
    header: Vec<u8>,
    /// How far the file has been read.
    read_to: u64,
    /// Lines that could not be written yet; the next append tries them again.
    unsaved: Vec<u8>,
}

/// A log with what it holds.
#[derive(Debug)]
pub struct Opened {
    pub log: Log,
    pub progress: Progress,
    /// What a person should know about the opening: a sentence, when a damaged file was set aside.
    pub notice: Option<String>,
}

/// Why progress cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "{} was written by a newer haveago (format {format}, this one knows {FORMAT}) and is left as it is; \
         update haveago, or keep separate progress with `--data DIR`", path.display()
    )]
    Newer { path: PathBuf, format: u64 },
    #[error(
        "the progress in {} cannot be read ({source}); give yourself access to it, or keep progress elsewhere \
         with `--data DIR`", path.display()
    )]
    Read { path: PathBuf, source: io::Error },
}

/// Why something could not be saved. It is kept in memory, and the next append tries it again.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    #[error(
        "your progress cannot be saved in {} ({source}); you can go on, and it is tried again at the next step, \
         but free some space or give yourself access there before you leave", path.display()
    )]
    Write { path: PathBuf, source: io::Error },
    #[error(
        "your progress cannot be saved: a newer haveago has written {} meanwhile (format {format}); \
         close this one and update it", path.display()
    )]
    Newer { path: PathBuf, format: u64 },
}

/// Seconds since 1970, by the machine's clock.
#[must_use]
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

/// The events with the time of this moment.
#[must_use]
pub fn stamp(events: Vec<Event>) -> Vec<Record> {
    let at = now();
    events.into_iter().map(|event| Record { at, event }).collect()
}

impl Log {
    /// Opens the log of `course` below the folder `state`, and reads all of it. A missing log is an empty one; nothing
    /// is created before the first append.
    ///
    /// # Errors
    /// When the log is of a newer format (it is left alone) or cannot be read.
    pub fn open(state: &Path, course: &str) -> Result<Opened, OpenError> {
        let path = state.join("courses").join(folder_name(course)).join("events.jsonl");
        let contents = {
            let _lock = Lock::take(&path, Access::Read);
            read_all(&path)?
        };
        let (contents, notice) = if contents.is_damaged() {
            let _lock = Lock::take(&path, Access::Write);
            // Another instance may have mended it before the lock was ours.
            let again = read_all(&path)?;
            if again.is_damaged() { mend::set_aside(&path, again) } else { (again, None) }
        } else {
            (contents, None)
        };
        let progress = Progress::fold(&contents.records);
        // Without its last line break the file is read again before anything is added to it.
        let read_to = if contents.lacks_line_break { 0 } else { contents.whole };
        let log = Self { path, header: contents.header, read_to, unsaved: Vec::new() };
        Ok(Opened { log, progress, notice })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether lines wait to be written since an append failed.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Writes `records` (and what could not be written before) to the disk, and returns the records that another
    /// instance has added since this one read last. When it returns, the records outlive a power cut.
    ///
    /// # Errors
    /// When the file cannot be written (the records then wait for the next append) or is of a newer format by now.
    pub fn append(&mut self, records: &[Record]) -> Result<Vec<Record>, SaveError> {
        for record in records {
            // A record is plain data with text keys: turning it into JSON cannot fail.
            let mut line = serde_json::to_vec(record).unwrap_or_default();
            sum::seal(&mut line);
            self.unsaved.extend(line);
            self.unsaved.push(b'\n');
        }
        if self.unsaved.is_empty() {
            return Ok(Vec::new());
        }
        self.write_unsaved().map_err(|fault| match fault {
            Fault::Newer(format) => SaveError::Newer { path: self.path.clone(), format },
            Fault::Io(source) => SaveError::Write { path: self.path.clone(), source },
        })
    }

    /// Tries for the last time to write what waits. Answers with a sentence when that is lost.
    pub fn give_up(&mut self) -> Option<String> {
        let lost = self.append(&[]).err()?;
        Some(match lost {
            SaveError::Write { path, source } => format!(
                "your latest progress is lost, as {} cannot be written ({source}); free some space or give yourself \
                 access there before you start again",
                path.display()
            ),
            SaveError::Newer { .. } => lost.to_string(),
        })
    }

    fn write_unsaved(&mut self) -> Result<Vec<Record>, Fault> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let _lock = Lock::take(&self.path, Access::Write);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&self.path)?;
        let (others, end) = self.catch_up(&mut file)?;
        let mut text = if end == 0 { lines::header(0) } else { Vec::new() };
        let header_is_new = !text.is_empty();
        text.extend_from_slice(&self.unsaved);
        if let Err(error) = write_at(&mut file, end, &text) {
            // A full disk takes a part of it: the part goes again, and the whole waits.
            let _ = file.set_len(end);
            return Err(error.into());
        }
        if header_is_new {
            self.header = lines::header(0);
        }
        self.read_to = end + text.len() as u64;
        self.unsaved.clear();
        Ok(others)
    }

    /// Reads what others have added, and finds where the next line goes: after the last whole line. A torn one, of a
    /// writer that was killed, was never shown as done; it is overwritten.
    fn catch_up(&self, file: &mut File) -> Result<(Vec<Record>, u64), Fault> {
        let length = file.metadata()?.len();
        let mut header = vec![0; self.header.len()];
        let known = length >= self.read_to && self.read_to > 0 && file.read_exact(&mut header).is_ok();
        if known && header == self.header {
            file.seek(SeekFrom::Start(self.read_to))?;
            let mut tail = Vec::new();
            file.read_to_end(&mut tail)?;
            let contents = lines::read_tail(&tail);
            let end = end_whole(file, self.read_to, &contents, length)?;
            return Ok((contents.records, end));
        }
        // New, or replaced since by a mended one: what others wrote is seen at the next opening.
        file.seek(SeekFrom::Start(0))?;
        let mut all = Vec::new();
        file.read_to_end(&mut all)?;
        let contents = lines::read(&all).map_err(Fault::Newer)?;
        let end = end_whole(file, 0, &contents, length)?;
        Ok((Vec::new(), end))
    }
}

/// Makes the file end with a whole line, and tells where that is.
fn end_whole(file: &mut File, start: u64, contents: &Contents, length: u64) -> io::Result<u64> {
    let end = start + contents.whole;
    if contents.lacks_line_break {
        write_at(file, end, b"\n")?;
        return Ok(end + 1);
    }
    if length > end {
        file.set_len(end)?;
    }
    Ok(end)
}

fn write_at(file: &mut File, at: u64, text: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(text)?;
    file.sync_data()
}

fn read_all(path: &Path) -> Result<Contents, OpenError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(source) => return Err(OpenError::Read { path: path.to_owned(), source }),
    };
    lines::read(&bytes).map_err(|format| OpenError::Newer { path: path.to_owned(), format })
}

/// What the bytes of a log hold; the format's number, when it is newer.
#[cfg(test)]
pub(super) fn look(bytes: &[u8]) -> Result<Contents, u64> {
    lines::read(bytes)
}

/// Why an append failed.
enum Fault {
    Newer(u64),
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A course's folder. Ids are checked when a course is loaded; whatever else comes here still names one folder.
fn folder_name(course: &str) -> String {
    let mut name = String::new();
    for byte in course.bytes().take(100) {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' {
            name.push(char::from(byte));
        } else {
            let _ = write!(name, "_{byte:02x}");
        }
    }
    if name.is_empty() { "_".to_owned() } else { name }
}
