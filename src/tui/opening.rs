//! The course and the progress, read from disk: the open lesson for the first frame, the rest after it.

use std::sync::Arc;

use anyhow::bail;

use crate::base::prose;
use crate::course::Course;
use crate::course::model::LessonIndex;
use crate::learner::Progress;
use crate::store::progress::Log;
use crate::store::settings::Settings;
use crate::tutor::{self, Glimpse, Opened};

use super::appearance::Ground;
use super::settle::settle;
use super::state::{Known, State};
use super::{Options, Start, start};

/// What has been read of a course.
#[derive(Debug)]
pub enum Opening {
    /// One lesson.
    Glimpsed(Glimpse),
    /// All of it.
    Whole(Ready),
}

/// A whole course to be learned.
#[derive(Debug)]
pub struct Ready {
    pub course: Arc<Course>,
    pub log: Log,
    pub progress: Progress,
    /// Something the learner should know about their saved progress or their settings.
    pub notice: Option<String>,
    /// The lesson that was asked for.
    pub lesson: Option<LessonIndex>,
}

impl Opening {
    /// Reads as much as the first frame needs.
    ///
    /// # Errors
    /// When there is no course to learn, or its progress is from a newer haveago.
    pub fn begin(options: &Options, at: Start) -> anyhow::Result<Self> {
        if let Start::Lesson(opened, lesson) = at {
            return Ok(Self::Whole(Ready::new(*opened, Some(lesson), options)?));
        }
        if let Some(glimpse) = tutor::glimpse(&options.dirs, &options.source)? {
            return Ok(Self::Glimpsed(glimpse));
        }
        Ok(Self::Whole(Ready::new(tutor::open(&options.dirs, &options.source)?, None, options)?))
    }

    /// The first frame's state, where it can be drawn before all is read.
    #[must_use]
    pub fn glimpse(&self, settings: &Settings, ground: &Ground, size: (u16, u16)) -> Option<State> {
        let Self::Glimpsed(glimpse) = self else { return None };
        let course = Arc::new(glimpse.course.clone());
        let mut state = start::state(course, glimpse.log.progress.clone(), settings, *ground, size);
        state.known = Known::OpenLesson;
        // What is to be done comes again with the whole course, and is done then.
        let _ = start::first(&mut state, None, None);
        state.step()?;
        settle(&mut state);
        Some(state)
    }

    /// Reads the rest.
    ///
    /// # Errors
    /// When there is no course to learn.
    pub fn finish(self, options: &Options) -> anyhow::Result<Ready> {
        match self {
            Self::Glimpsed(glimpse) => Ready::new(tutor::read(&options.source)?.with(glimpse.log), None, options),
            Self::Whole(ready) => Ok(ready),
        }
    }
}

impl Ready {
    fn new(opened: Opened, lesson: Option<LessonIndex>, options: &Options) -> anyhow::Result<Self> {
        let Opened { course, problems, progress, log, notice } = opened;
        if course.lessons().all(|(_, _, lesson)| lesson.steps.is_empty()) {
            bail!("the course \"{}\" has no steps yet; write a lesson with a `## heading` in it", course.title);
        }
        let faults = || {
            let count = prose::count(problems.len(), "fault", "faults");
            (!problems.is_empty()).then(|| format!("This course has {count}; `haveago check` tells which."))
        };
        let told = notice.into_iter().chain(options.notice.clone()).reduce(|one, other| format!("{one} {other}"));
        Ok(Self { course: Arc::new(course), log, progress, notice: told.or_else(faults), lesson })
    }
}
