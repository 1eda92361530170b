//! The folder a lesson is worked in: where it is, and how a step's files come into it.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::base::FilePath;
use crate::course::model::{CourseFile, LessonIndex};
use crate::course::{Course, Step};

/// The folder of a lesson: its own, or for one that `continues` that of the lesson before.
#[must_use]
pub fn folder(work: &Path, course: &Course, at: LessonIndex) -> PathBuf {
    let first = course
        .lessons()
        .take_while(|(index, ..)| *index <= at)
        .filter(|(_, _, lesson)| !lesson.continues)
        .last()
        .or_else(|| course.lessons().next());
    match first {
        Some((_, chapter, lesson)) => work.join(&course.id).join(&chapter.id).join(&lesson.id),
        None => work.join(&course.id),
    }
}

/// `chapter/lesson`, the key of what is remembered of a lesson.
#[must_use]
pub fn lesson_key(course: &Course, at: LessonIndex) -> String {
    let found = course.chapters.get(at.chapter).and_then(|chapter| Some((chapter, chapter.lessons.get(at.lesson)?)));
    found.map_or_else(String::new, |(chapter, lesson)| format!("{}/{}", chapter.id, lesson.id))
}

/// Makes the folder and lays the step's starter files into it, and says which were laid. A file that is there already is
/// the learner's and stays, unless it is the untouched starter of an earlier step.
///
/// # Errors
/// When a folder or a file cannot be made; the path is in the error's text.
pub fn lay(folder: &Path, course: &Course, step: &Step) -> io::Result<Vec<FilePath>> {
    fs::create_dir_all(folder).map_err(|error| named(folder, &error))?;
    let mut laid = Vec::new();
    for file in &step.files {
        let path = file.path.under(folder);
        if lay_one(&path, file, course, step).map_err(|error| named(&path, &error))? {
            laid.push(file.path.clone());
        }
    }
    Ok(laid)
}

fn lay_one(path: &Path, file: &CourseFile, course: &Course, step: &Step) -> io::Result<bool> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut new) => new.write_all(file.text.as_bytes()).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let Ok(there) = fs::read_to_string(path) else { return Ok(false) };
            let is_untouched = there != file.text && is_earlier_starter(&there, file, course, step);
            if is_untouched {
                fs::write(path, &file.text)?;
            }
            Ok(is_untouched)
        }
        Err(error) => Err(error),
    }
}

/// Whether a step before this one laid exactly this text there.
fn is_earlier_starter(text: &str, file: &CourseFile, course: &Course, step: &Step) -> bool {
    let before = course.lessons().flat_map(|(_, _, lesson)| &lesson.steps).take_while(|earlier| earlier.id != step.id);
    before.flat_map(|earlier| &earlier.files).any(|earlier| earlier.path == file.path && earlier.text == text)
}

/// Writes a file of the learner's, with the folders above it.
///
/// # Errors
/// When it cannot be written; the path is in the error's text.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.map_err(|error| named(path, &error))
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{} cannot be written ({error})", path.display()))
}
