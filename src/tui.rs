//! The full-screen face: messages in, state changed in one place, effects out, a pure view.

pub mod pane;

use crate::course::model::LessonIndex;
use crate::sandbox::Dirs;
use crate::store::{CourseSource, Settings};

/// What the full screen is opened with.
#[derive(Clone, Debug)]
pub struct Options {
    pub dirs: Dirs,
    pub source: CourseSource,
    /// The lesson to open; else where the learner was.
    pub lesson: Option<LessonIndex>,
    pub settings: Settings,
}

/// Runs the full screen until the learner leaves.
///
/// # Errors
/// When the terminal cannot be drawn on.
pub fn run(options: Options) -> anyhow::Result<()> {
    drop(options);
    anyhow::bail!("the full screen is not part of this build; `haveago --plain` is the same course line by line")
}
