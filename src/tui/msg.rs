//! Everything that can happen, as one closed list. `update` takes these in; nothing else changes the state.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::{KeyEvent, MouseEvent};

use crate::base::FilePath;
use crate::edit::Draft;
use crate::install::Phase;
use crate::judge::Evidence;
use crate::sandbox::confine::Chosen;
use crate::sandbox::doctor::Line;
use crate::sandbox::own_editor::Start;
use crate::sandbox::warm::Progress;
use crate::store::settings::Settings;
use crate::tutor::catch_up::Ready;

use super::effect::RunLine;
use super::pane::editor::Diagnostic;
use super::pane::files::{FileRow, FileWork};
use crate::term::complete::Listing;
use crate::term::{BlockId, TabId};

/// Something happened. Answers to an [`super::effect::Effect`] carry the visit (or tab and block) they belong to, so that
/// a late one is known as stale.
#[derive(Clone, Debug)]
pub enum Msg {
    Key(KeyEvent),
    Mouse(MouseEvent),
    Paste(String),
    /// The screen has this many columns and rows now.
    Resized(u16, u16),
    /// Time since the start; comes only while something is waited for.
    Tick(Duration),
    /// The oldest of the saves under way is on the disk, with all that waited.
    Saved,
    /// It is not, and waits.
    SaveFailed(String),
    /// The Go that lessons run, or a sentence that says what is missing.
    Toolchain(Result<String, String>),
    /// How far the installation of Go is.
    Installing(Phase),
    /// It is over; a sentence says why it came to nothing.
    Installed(Result<(), String>),
    /// How strongly commands are confined on this machine.
    Tier(Chosen),
    /// This command waits for the learner's word: nothing would confine it.
    Unconfined(RunLine),
    /// The doctor has found this; none when all is looked at.
    Examined(Option<Line>),
    /// A fault of the machine's that the learner should know of.
    Trouble(String),
    /// How far the warm-up is; none when there is nothing to tell of it any more.
    Preparing(Option<Progress>),
    ScratchOpened {
        visit: u64,
        result: Result<ScratchShown, String>,
    },
    /// This lesson's folder was removed under us.
    FolderGone(PathBuf),
    Output {
        tab: TabId,
        block: BlockId,
        bytes: Vec<u8>,
    },
    Ended {
        tab: TabId,
        block: BlockId,
        end: ProgramEnd,
    },
    /// The files that command completion asked for.
    Listed {
        tab: TabId,
        listing: Listing,
    },
    /// The scratch directory as it is now.
    Files {
        visit: u64,
        rows: Vec<FileRow>,
    },
    /// What came of a change of files; where a deleted one is kept.
    FilesDone {
        visit: u64,
        work: FileWork,
        result: Result<Option<PathBuf>, String>,
    },
    /// The files of a step's start, or a sentence on why there are none.
    Ready {
        visit: u64,
        result: Result<Arc<Ready>, String>,
    },
    /// The learner's own files were set aside for others, or a sentence says why not.
    Exchanged {
        root: PathBuf,
        result: Result<Exchanged, String>,
    },
    /// A file for the editor; `None` when there is none of that name yet.
    FileRead {
        visit: u64,
        path: FilePath,
        result: Result<Option<String>, String>,
        /// What was kept of it, where that was asked for.
        draft: Option<Box<Draft>>,
    },
    /// A draft could not be kept; a sentence says why.
    DraftNotKept {
        root: PathBuf,
        path: FilePath,
        why: String,
    },
    /// They are kept again.
    DraftsKept,
    /// What the parser says about a text that was being typed; nothing when it is Go.
    Parsed {
        root: PathBuf,
        path: FilePath,
        revision: u64,
        complaint: Option<Diagnostic>,
    },
    /// What build and vet have found, in their order.
    Problems {
        number: u64,
        found: Vec<(FilePath, Diagnostic)>,
    },
    FileSaved {
        visit: u64,
        root: PathBuf,
        path: FilePath,
        result: Result<SavedFile, String>,
    },
    Observed {
        visit: u64,
        wanted: Vec<usize>,
        quiet: bool,
        evidence: Box<Evidence>,
    },
    /// Settings that were written, or why not: all settings as they are in the file now.
    SettingsKept {
        names: Vec<&'static str>,
        result: Result<Settings, String>,
    },
    /// Files changed in the scratch directory, by whatever hand.
    FilesChanged {
        visit: u64,
    },
    /// The learner's own editor for a file, or a sentence that says why there is none.
    EditorFound {
        visit: u64,
        path: FilePath,
        result: Result<Start, String>,
    },
    /// It was closed, or a window could not be opened: a sentence. An editor with the whole screen has given it back.
    EditorEnded(Result<(), String>),
    /// A text is kept beside its file, under this name.
    Kept {
        visit: u64,
        result: Result<FilePath, String>,
    },
    /// SIGTSTP: the shell wants the terminal for a while.
    Suspend,
    /// The terminal is there, and its keys cannot be read; why.
    Deaf(String),
    /// The terminal went away, or the system asks us to end.
    Hangup,
}

/// How a command in the terminal ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramEnd {
    pub exit: i32,
    pub took: Duration,
    /// The tab's directory from now on, as the prompt shows it.
    pub dir_shown: String,
    /// `exit` was typed: the tab closes.
    pub leave: bool,
}

/// A scratch directory that was opened for a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScratchShown {
    /// Where the terminal stands in it, as the prompt shows it: `start-a-project/hello`.
    pub shown: String,
    pub root: PathBuf,
    /// Files with text that was typed and not saved when the program ended.
    pub drafts: Vec<FilePath>,
}

/// Files that have changed places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// Where those are that were in the folder; none where there were none.
    pub kept: Option<PathBuf>,
    /// What is there now was set aside before.
    pub is_back: bool,
    /// Files that the editor shows and that are not there any more.
    pub gone: Vec<FilePath>,
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFile {
    /// The text that stands on the disk now, after gofmt where it could.
    pub text: String,
    /// Why gofmt could not format it: the first complaint, with line and column.
    pub complaint: Option<Diagnostic>,
}
