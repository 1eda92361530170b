//! What `update` wants done in the world, as values. Only the worker does them, and answers with messages.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::FilePath;
use crate::course::model::LessonIndex;
use crate::course::{Condition, StepId};
use crate::edit::Draft;
use crate::judge::evidence::CommandSeen;
use crate::learner::Event;
use crate::sandbox::doctor::measured::Terminal;
use crate::sandbox::own_editor::Start;

use crate::store::settings::Settings;
use crate::tutor::catch_up::Ready;

use super::pane::files::FileWork;
use crate::term::{BlockId, TabId};

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write these down for good. Nothing new is drawn until it is done, so that what is shown as done is saved.
    Save(Vec<Event>),
    /// Make the step's scratch directory ready and lay its starter files.
    OpenScratch {
        visit: u64,
        lesson: LessonIndex,
        step: StepId,
        /// The directory in it where the terminal stood last.
        dir: Option<String>,
    },
    /// Start a command line in a tab.
    Run(RunLine),
    /// Programs may run though nothing confines them.
    Allow(Allow),
    Write {
        tab: TabId,
        bytes: Vec<u8>,
    },
    Resize {
        tab: TabId,
        size: (u16, u16),
    },
    /// End a tab's program and all it started.
    Stop(TabId),
    /// The tab is gone.
    Close(TabId),
    /// The names in a folder, for completion: relative to the tab's directory.
    List {
        tab: TabId,
        root: PathBuf,
        dir: String,
    },
    /// The scratch directory's tree.
    ListFiles {
        visit: u64,
        root: PathBuf,
    },
    /// From now on files that are new or changed are marked as such.
    MarkFiles,
    /// Make, rename, delete or bring back.
    ChangeFiles {
        visit: u64,
        root: PathBuf,
        work: FileWork,
    },
    /// Make the files of the step's start ready, beside everything else.
    MakeReady {
        visit: u64,
        lesson: LessonIndex,
        step: StepId,
    },
    /// Set all that is in the folder aside for other files; the editor shows those of `open`.
    Exchange {
        root: PathBuf,
        what: Exchange,
        open: Vec<FilePath>,
    },
    ReadFile {
        visit: u64,
        root: PathBuf,
        path: FilePath,
        /// It is not open: what was kept of it is wanted, too.
        with_draft: bool,
    },
    SaveFile {
        visit: u64,
        root: PathBuf,
        path: FilePath,
        text: String,
    },
    /// Find the learner's own editor for a file of the folder, once all that was saved before is on the disk.
    FindEditor(ForEditor),
    /// Start it; one that takes the terminal gets the whole screen until it is closed.
    StartEditor(Start),
    /// Keep a text beside its file under another name, as `main.go.yours`.
    KeepCopy {
        visit: u64,
        root: PathBuf,
        path: FilePath,
        text: String,
        ending: &'static str,
    },
    /// Keep what is typed in a file and not saved, and what can be undone in it; none: there is nothing to keep.
    KeepDraft {
        root: PathBuf,
        path: FilePath,
        draft: Option<Box<Draft>>,
    },
    /// Look at the syntax of a Go text that is being typed.
    Parse {
        root: PathBuf,
        path: FilePath,
        /// Which of the file's texts it is.
        revision: u64,
        text: String,
    },
    /// Build and vet what is in the folder. The newest question has the highest number; earlier ones may go unanswered.
    FindProblems {
        root: PathBuf,
        number: u64,
    },
    /// Look at these conditions of the open step.
    Observe(Look),
    /// Look whether this machine has all that learning needs; what it knows of its terminal is told along.
    Examine(Terminal),
    /// Write the settings of these names into the file for good.
    KeepSettings {
        names: Vec<&'static str>,
        settings: Settings,
    },
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Install a Go of our own, from what was named where something was.
    InstallGo(Option<String>),
    /// Stop installing; what was fetched is kept.
    StopInstalling,
    /// Into the system's clipboard, by the terminal.
    Copy(String),
    Quit,
}

/// What takes the place of the learner's own files.
#[derive(Clone, Debug, PartialEq)]
pub enum Exchange {
    /// The files of a step's start.
    Lay(Arc<Ready>),
    /// What was set aside last.
    BringBack,
}

/// A place in a file for the learner's own editor. Line and column count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForEditor {
    pub visit: u64,
    pub root: PathBuf,
    pub path: FilePath,
    pub place: Option<(u32, u32)>,
}

/// For how long programs may run though nothing confines them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allow {
    /// Until haveago is left.
    ThisTime,
    /// Always in this course.
    Always,
}

/// A look at the open step's conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub visit: u64,
    pub root: PathBuf,
    pub lesson: LessonIndex,
    pub step: StepId,
    /// Indexes into the step's check, with the conditions.
    pub wanted: Vec<(usize, Condition)>,
    /// Nothing was done yet: ticks are welcome, but nothing is to be complained about.
    pub quiet: bool,
    pub commands: Vec<CommandSeen>,
    pub answer: Option<String>,
}

/// A command line to start on a pseudo-terminal of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct RunLine {
    pub tab: TabId,
    pub block: BlockId,
    /// The lesson's scratch directory; the tab's own directory is below it.
    pub root: PathBuf,
    /// The tab's directory as its prompt shows it; counts when nothing has run in the tab yet.
    pub dir: String,
    pub line: String,
    /// Columns and rows.
    pub size: (u16, u16),
    pub history: Vec<String>,
}
