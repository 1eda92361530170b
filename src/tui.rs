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
pub mod opening;
pub mod outside;
pub mod pane;
mod pen;
pub mod run;
pub mod screen;
pub mod settle;
pub mod start;
pub mod state;
pub mod thread;
pub mod update;
pub mod view;
pub mod worker;

use crate::course::model::LessonIndex;
use crate::sandbox::Dirs;
use crate::store::settings::Settings;
use crate::store::source::CourseSource;
use crate::tutor::Opened;

pub use run::run;

/// What the full-screen face is started with.
#[derive(Debug)]
pub struct Options {
    pub dirs: Dirs,
    pub source: CourseSource,
    pub settings: Settings,
    /// What the learner should know of the settings: a sentence.
    pub notice: Option<String>,
}

/// Where it begins.
#[derive(Debug)]
pub enum Start {
    /// Where the learner was last.
    WhereLast,
    /// In a lesson of a course that has been opened to find it.
    Lesson(Box<Opened>, LessonIndex),
}
