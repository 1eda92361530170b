//! The face of lines: the same course without a screen, for screen readers, simple terminals and scripts.

mod answer;
mod clean;
mod consent;
mod editor;
mod face;
mod input;
mod over;
mod review;
mod shell;
mod task;
mod text;
mod word;

use std::io::{self, ErrorKind};

use crate::course::model::LessonIndex;
use crate::sandbox::Dirs;
use crate::store::{Consent, CourseSource, Settings};
use crate::tutor::Opened;

/// What the face of lines is opened with.
#[derive(Debug)]
pub struct Options {
    pub dirs: Dirs,
    pub opened: Opened,
    /// The lesson to open; else where the learner was.
    pub lesson: Option<LessonIndex>,
    pub source: CourseSource,
    pub settings: Settings,
    /// The learner's word on this course, where nothing confines its programs.
    pub consent: Consent,
}

/// Runs until the learner leaves or the input ends. Nobody reading any more is an end as well.
///
/// # Errors
/// When standard input cannot be read, standard output cannot be written, or the course has no steps.
pub fn run(options: Options) -> anyhow::Result<()> {
    in_peace(face::run(options))
}

/// Asks the questions from earlier lessons that are due, no more than two, or says when the next one will be.
///
/// # Errors
/// When standard input cannot be read, standard output cannot be written, or an answer could not be saved.
pub fn review(opened: Opened) -> anyhow::Result<()> {
    let Opened { course, mut progress, mut log, .. } = opened;
    let mut input = input::Input::open()?;
    let mut asker = review::Asker { course: &course, progress: &mut progress, log: &mut log, input: &mut input };
    in_peace(asker.run("`haveago review` asks the next ones").map_err(Into::into))?;
    log.give_up().map_or(Ok(()), |lost| Err(anyhow::anyhow!(lost)))
}

fn in_peace(ended: anyhow::Result<()>) -> anyhow::Result<()> {
    match ended {
        Err(error) if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe) => Ok(()),
        ended => ended,
    }
}
