//! A damaged log: a copy is set aside, and its good lines go on as a new one.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::lines::{self, Contents};
use crate::base::prose;

/// How many damaged copies there may be beside a log.
const COPIES: u32 = 1_000;

/// Puts a copy of the damaged log at `path` aside and its good lines in its place; the caller holds the lock. Answers
/// with the log as it is then, and with a sentence for the learner. Where nothing can be written, the good lines are
/// used all the same.
pub fn set_aside(path: &Path, damaged: Contents) -> (Contents, Option<String>) {
    let fault = if damaged.bad_header && damaged.bad_lines == 0 {
        "its first line is missing".to_owned()
    } else {
        format!("{} could not be read", prose::count(damaged.bad_lines.max(1), "line", "lines"))
    };
    let kept = prose::count(damaged.records.len(), "event is", "events are");
    match copy_aside(path).and_then(|copy| Ok((copy, replace(path, &damaged)?))) {
        Ok((copy, contents)) => {
            let notice = format!(
                "The file with your progress was damaged ({fault}). {kept} kept and used; the damaged file is set \
                 aside as {}.",
                copy.display()
            );
            (contents, Some(notice))
        }
        Err(error) => {
            let notice = format!(
                "The file with your progress, {}, is damaged ({fault}) and could not be set aside ({error}). \
                 {kept} used.",
                path.display()
            );
            (damaged, Some(notice))
        }
    }
}

/// Copies the log to the first free `events.damaged-<n>.jsonl`.
fn copy_aside(path: &Path) -> io::Result<PathBuf> {
    for number in 1..=COPIES {
        let copy = path.with_file_name(format!("events.damaged-{number}.jsonl"));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&copy) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        io::copy(&mut File::open(path)?, &mut file)?;
        file.sync_all()?;
        return Ok(copy);
    }
    Err(io::Error::new(ErrorKind::AlreadyExists, format!("there are {COPIES} damaged copies already")))
}

/// Writes the good lines below a new header, and puts that file in the log's place in one step.
fn replace(path: &Path, damaged: &Contents) -> io::Result<Contents> {
    let header = lines::header(damaged.mended.wrapping_add(1));
    let mut text = header.clone();
    text.extend_from_slice(&damaged.good);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&text)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(Contents {
        header,
        mended: damaged.mended.wrapping_add(1),
        records: damaged.records.clone(),
        good: damaged.good.clone(),
        whole: text.len() as u64,
        ..Contents::default()
    })
}
