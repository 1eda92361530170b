//! The learner's word on courses whose programs may run where nothing confines them: one line a course, in a file that
//! a person can read and correct.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::CourseSource;

const HEAD: &str =
    "# Courses whose programs may run though nothing confines them. Remove a line, and you are asked again.\n";

/// The line of the course that the program brings along; no path is written so.
const EMBEDDED: &str = "the course of haveago itself";

/// The word on one course. It is known by its place and not by what it calls itself: any course can take a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    file: PathBuf,
    /// None where the course's place cannot be written as a line.
    line: Option<String>,
}

impl Consent {
    /// The word on the course of `source`, kept in the folder `state`.
    #[must_use]
    pub fn of(state: &Path, source: &CourseSource) -> Self {
        let line = match source {
            CourseSource::Embedded => Some(EMBEDDED.to_owned()),
            CourseSource::Folder(folder) => {
                let place = folder.canonicalize().ok().and_then(|folder| folder.to_str().map(str::to_owned));
                place.filter(|place| !place.contains(['\n', '\r']))
            }
        };
        Self { file: state.join("unconfined.txt"), line }
    }

    /// Whether it was given for good. A file that cannot be read gives nothing.
    #[must_use]
    pub fn is_given(&self) -> bool {
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        self.line.as_ref().is_some_and(|line| text.lines().any(|given| given == line))
    }

    /// Keeps it for good: the file is the old one or the new one, whenever it is looked at.
    ///
    /// # Errors
    /// When the file cannot be written, or the course's place cannot be named in it.
    pub fn keep(&self) -> io::Result<()> {
        let line = self.line.as_ref().ok_or_else(|| io::Error::other("the course's folder has an unusual name"))?;
        if self.is_given() {
            return Ok(());
        }
        let mut text = match fs::read_to_string(&self.file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => HEAD.to_owned(),
            Err(error) => {
                let mend = "mend it, or move it away";
                return Err(io::Error::new(error.kind(), format!("{}: {error}; {mend}", self.file.display())));
            }
        };
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut beside = tempfile::NamedTempFile::new_in(folder)?;
        beside.write_all(text.as_bytes())?;
        beside.as_file().sync_all()?;
        beside.persist(&self.file)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Consent, CourseSource};

    #[test]
    fn it_is_given_for_the_course_at_one_place_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let courses = ["mine", "theirs"].map(|name| folder.path().join(name));
        for course in &courses {
            std::fs::create_dir(course).unwrap();
        }
        let of = |source: CourseSource| Consent::of(&state, &source);
        let [mine, theirs] = courses.clone().map(|course| of(CourseSource::Folder(course)));
        assert!(!mine.is_given());
        mine.keep().unwrap();
        mine.keep().unwrap();
        assert!(mine.is_given() && !theirs.is_given() && !of(CourseSource::Embedded).is_given());
        of(CourseSource::Embedded).keep().unwrap();
        assert!(mine.is_given() && of(CourseSource::Embedded).is_given());
        // The same place by another way is the same course.
        assert!(of(CourseSource::Folder(courses[0].join("../mine"))).is_given());
        let file = state.join("unconfined.txt");
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        // What a person takes out is out, and a file that ends in the midst of a line spoils nothing.
        std::fs::write(&file, "# mine").unwrap();
        assert!(!mine.is_given());
        mine.keep().unwrap();
        assert!(mine.is_given());
        assert!(of(CourseSource::Folder(folder.path().join("nowhere"))).keep().is_err());
        // What is no text is neither taken for a yes nor written over.
        let damaged = [text.as_bytes(), b"\xff\n"].concat();
        std::fs::write(&file, &damaged).unwrap();
        assert!(!mine.is_given());
        let sentence = mine.keep().unwrap_err().to_string();
        assert!(sentence.contains("unconfined.txt") && sentence.contains("move it away"), "{sentence}");
        assert_eq!(std::fs::read(&file).unwrap(), damaged);
    }
}
