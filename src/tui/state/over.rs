//! What is drawn above the panes, and what it may lead to.

use crate::base::FilePath;
use crate::course::model::LessonIndex;
use crate::sandbox::doctor::Line;
use crate::tui::action::Command;
use crate::tui::effect::RunLine;
use crate::tui::pane::compare::Compare;
use crate::tui::pane::install::Install;
use crate::tui::pane::list::List;
use crate::tui::pane::review::Reviewing;
use crate::tui::pane::search::Search;
use crate::tui::pane::settings::Choosing;

/// What is drawn above the panes.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    Contents(List<Spot>),
    Palette(List<Command>),
    Search(Search),
    Help {
        scroll: usize,
    },
    /// The solution beside the learner's own text.
    Compare(Compare),
    Settings(Choosing),
    /// Questions from earlier lessons again.
    Review(Box<Reviewing>),
    /// Go is missing, and can be had.
    Install(Install),
    /// A question with what a yes does.
    Question {
        text: String,
        yes: Answer,
    },
    /// What the doctor has found so far.
    Doctor(Examined),
    /// Whether programs may run though nothing confines them, with the commands that wait for it.
    Unconfined(Vec<RunLine>),
}

/// What the doctor has found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    pub lines: Vec<Line>,
    /// All is looked at.
    pub is_done: bool,
    pub scroll: usize,
}

/// Where a line of the contents leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// To the own page of the chapter with this index.
    Chapter(usize),
    Lesson(LessonIndex),
}

/// What a yes to a question does.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    PutCode {
        path: Option<FilePath>,
        text: String,
    },
    ShowSolution,
    /// Set the learner's own files aside, and lay those of the step's start.
    BeginAgain,
    /// Leave although a program is running.
    Leave,
    /// Leave although text could not be saved.
    Quit,
    /// Open the file in the learner's own editor, which is not confined.
    OpenOutside,
    /// Show a file as it is on the disk, in place of unsaved text; undo leads back.
    TakeText {
        path: FilePath,
        text: String,
    },
    /// Write an arrangement of lines over the learner's own file.
    WriteOrder {
        order: usize,
    },
}
