//! The full-screen face: messages in, state changed in one place, effects out, a pure view.

pub mod action;
pub mod appearance;
pub mod clicks;
pub mod due;
pub mod effect;
pub mod input;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod msg;
pub mod outside;
pub mod pane;
mod pen;
pub mod run;
pub mod screen;
pub mod settle;
pub mod start;
pub mod state;
pub mod update;
pub mod view;
pub mod worker;

use crate::course::model::LessonIndex;
use crate::sandbox::Dirs;
use crate::store::settings::Settings;
use crate::store::source::CourseSource;

pub use run::run;

/// What the full-screen face is started with.
#[derive(Debug)]
pub struct Options {
    pub dirs: Dirs,
    pub source: CourseSource,
    /// The lesson to open; where one was last, else.
    pub lesson: Option<LessonIndex>,
    pub settings: Settings,
    /// What the learner should know of the settings: a sentence.
    pub notice: Option<String>,
}
