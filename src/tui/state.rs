//! All that the full-screen face knows. Data only: handles of processes and of the terminal belong to the worker.

mod notices;
mod over;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::base::FilePath;
use crate::course::model::LessonIndex;
use crate::course::{Chapter, Course, Lesson, Step, StepId};
use crate::learner::event::Record;
use crate::learner::{Event, Progress, Session};
use crate::page::{Page, Theme};
use crate::sandbox::confine::Chosen;
use crate::sandbox::warm;
use crate::store::settings::Settings;
use crate::term::{BlockId, TabId};

use super::action::Focus;
use super::appearance::Ground;
use super::clicks::Clicks;
use super::due::Due;
use super::effect::Effect;
use super::keymap::{Context, Keymap};
use super::layout::{Layout, inside};
use super::pane::editor::Editor;
use super::pane::files::Files;
use super::pane::reader::Reader;
use super::pane::terminal::Terminal;

pub use notices::{NoticeKind, Notices};
pub use over::{Answer, Examined, Overlay, Spot};

/// How much of the course there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// What the first frame shows: the open lesson and its chapter's page.
    OpenLesson,
    Whole,
}

/// The whole state of the full-screen face.
#[derive(Debug)]
pub struct State {
    pub course: Arc<Course>,
    /// How much of it has been read.
    pub known: Known,
    /// The GOOS word of this machine.
    pub os: &'static str,
    pub size: (u16, u16),
    pub theme: Theme,
    /// What is known of the terminal.
    pub ground: Ground,
    pub settings: Settings,
    /// The settings that the screen follows now: those above, or what is tried out before it is kept.
    pub shown: Settings,
    /// How often settings are being written at this moment.
    pub keeping: u32,
    pub keymap: Keymap,
    pub progress: Progress,
    /// The open step.
    pub at: At,
    /// The program was started at the step that was open last, and its folder has not been opened yet.
    pub comes_back: bool,
    /// The lesson's chapter has its own page read, before its first step, which is open behind it.
    pub reads_chapter: bool,
    pub session: Session,
    pub scratch: Scratch,
    /// The scratch directory that the terminal and the editor are in.
    pub last_root: Option<PathBuf>,
    pub toolchain: Toolchain,
    /// How strongly commands are confined, once that is known.
    pub tier: Option<Chosen>,
    /// How far the standard library is built beforehand, while it is.
    pub preparing: Option<warm::Progress>,
    pub reader: Reader,
    pub terminal: Terminal,
    pub editor: Editor,
    /// Editors of lessons that were left while the disk would not take their text, with their folders.
    pub set_aside: Vec<(PathBuf, Editor)>,
    /// The file that is to be shown once it is read, and where in it: line, and column in bytes, from 1. None: where it
    /// was left.
    pub wanted_place: Option<(FilePath, Option<(u32, u32)>)>,
    /// The command whose places were walked last, and which of them was shown.
    pub walked: Option<(BlockId, usize)>,
    /// The lesson that the last explanation leads to.
    pub taught: Option<LessonIndex>,
    /// The step that was left for it.
    pub came_from: Option<(LessonIndex, usize)>,
    /// Lines put in order, to be written into a file once that is read.
    pub wanted_order: Option<(FilePath, usize)>,
    /// Code of the lesson to be put into a file once that is read.
    pub wanted_code: Option<(FilePath, String)>,
    /// Command lines that wait for the step's folder, each with the directory its prompt shows.
    pub wanted_runs: Vec<(TabId, BlockId, String, String)>,
    /// A prediction whose comparison is to be seen once the page is laid out.
    /// Words that the page is to show when it is laid out.
    pub wanted_words: Option<String>,
    pub wanted_guess: Option<usize>,
    pub files: Files,
    pub focus: Focus,
    /// Which of the sandbox's panes is seen: never [`Focus::Reader`].
    pub sandbox: Focus,
    pub overlay: Option<Overlay>,
    /// One sentence for the learner, until the next key.
    pub notices: Notices,
    /// What is read, laid out for the reader's width; derived by `settle`.
    pub page: Page,
    pub(super) page_key: Option<PageKey>,
    /// Counts changes of what the page shows.
    pub(super) page_revision: u64,
    /// What is done a while after something was typed.
    pub due: Due,
    /// How often build and vet were asked for.
    pub problems_asked: u64,
    pub clicks: Clicks,
    pub refused: Refused,
    /// Looks at the check that have not been answered yet.
    pub looks: u32,
    /// Saves not yet on the disk: nothing new is drawn while there are any.
    pub unsaved: u32,
    /// Time since the start.
    pub now: Duration,
    /// When what is being waited for began: for the spinner.
    pub busy_since: Option<Duration>,
    /// Seconds since 1970 at the start, for records.
    pub epoch: u64,
    /// That a first build takes longer has been said.
    pub told_slow_build: bool,
    pub leaving: Leaving,
    /// Why it ends without the learner's wish: no key can be read.
    pub deaf: Option<String>,
    pub anew: Anew,
    pub trust: Trust,
}

/// A step that begins once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anew {
    /// The visit whose step it is, while its files are being made ready.
    pub begins: Option<u64>,
    /// The next change that is seen in the folder is of our own making.
    pub expects_change: bool,
}

/// What the disk has refused and is tried again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refused {
    /// Progress waits in the log.
    pub progress: bool,
    pub drafts: bool,
    /// Files whose saving the learner wanted, each with its lesson's folder.
    pub files: BTreeSet<(PathBuf, FilePath)>,
    /// Settings by their names.
    pub settings: BTreeSet<&'static str>,
}

/// What the learner's own editor is to be opened on, which is not confined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// The course is ours.
    #[default]
    Ours,
    /// The learner brought the course: what lies in its folders is not ours, which is to be said.
    ToBeTold,
    Told,
}

/// The open step: its lesson, its place among the lesson's steps on this system, and which visit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At {
    pub lesson: LessonIndex,
    pub step: usize,
    /// Counts visits of steps; answers of an earlier visit are stale.
    pub visit: u64,
}

/// How far the program is on its way out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaving {
    #[default]
    No,
    /// The learner wants to leave, and the last saves are under way.
    WhenSaved,
    /// It ends now.
    Now,
}

/// The step's scratch directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scratch {
    Opening,
    Open(PathBuf),
    /// Why there is none.
    Failed(String),
}

/// The Go that lessons run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Toolchain {
    Looking,
    Found(String),
    /// A sentence on what is missing.
    Missing(String),
}

/// What the page was laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageKey {
    pub visit: u64,
    /// It is the chapter's own page.
    pub is_chapter: bool,
    pub width: u16,
    pub revision: u64,
}

impl State {
    /// The open lesson.
    #[must_use]
    pub fn lesson(&self) -> Option<&Lesson> {
        self.course.lesson(self.at.lesson)
    }

    /// The open step. `None` only in a course without any.
    #[must_use]
    pub fn step(&self) -> Option<&Step> {
        self.lesson()?.steps_on(self.os).nth(self.at.step)
    }

    /// The open scratch directory. While there is none, what needs it waits or is said not to work.
    #[must_use]
    pub fn root(&self) -> Option<PathBuf> {
        match &self.scratch {
            Scratch::Open(root) => Some(root.clone()),
            Scratch::Opening | Scratch::Failed(_) => None,
        }
    }

    /// The chapter of the open lesson.
    #[must_use]
    pub fn chapter(&self) -> Option<&Chapter> {
        self.course.chapters.get(self.at.lesson.chapter)
    }

    /// How many steps the open lesson has on this system.
    #[must_use]
    pub fn steps_in_lesson(&self) -> usize {
        self.lesson().map_or(0, |lesson| lesson.steps_on(self.os).count())
    }

    #[must_use]
    pub fn layout(&self) -> Layout {
        Layout::of(self.size.0, self.size.1)
    }

    /// Whether the lesson is on the screen.
    #[must_use]
    pub fn shows_reader(&self) -> bool {
        self.focus == Focus::Reader || matches!(self.layout(), Layout::SideBySide { .. })
    }

    /// Height of the reader's text.
    #[must_use]
    pub fn reader_height(&self) -> u16 {
        inside(self.layout().reader()).height
    }

    /// What has the keys now.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.overlay, self.focus) {
            (Some(Overlay::Contents(_) | Overlay::Palette(_) | Overlay::Search(_)), _) => Context::List,
            (Some(Overlay::Help { .. } | Overlay::Doctor(_)), _) => Context::Help,
            (Some(Overlay::Compare(_)), _) => Context::Compare,
            (Some(Overlay::Settings(_)), _) => Context::Settings,
            (Some(Overlay::Install(_)), _) => Context::Install,
            (Some(Overlay::Review(_)), _) => Context::Review,
            (Some(Overlay::Question { .. }), _) => Context::Question,
            (Some(Overlay::Unconfined(_)), _) => Context::Unconfined,
            (None, Focus::Reader) if self.reader.wants_text(&self.page) => Context::ReaderField,
            (None, Focus::Reader) => Context::Reader,
            (None, Focus::Terminal) if self.terminal.takes_keys() => Context::Program,
            (None, Focus::Terminal) if self.terminal.line_is_empty() => Context::TerminalEmpty,
            (None, Focus::Terminal) => Context::Terminal,
            (None, Focus::Editor) => Context::Editor,
            (None, Focus::Files) if self.files.wants_text() => Context::FilesField,
            (None, Focus::Files) => Context::Files,
        }
    }

    /// Takes events into the progress at once, and asks for them to be saved.
    pub fn record(&mut self, events: Vec<Event>) -> Vec<Effect> {
        if events.is_empty() {
            return Vec::new();
        }
        for event in &events {
            self.progress.apply(&Record { at: self.clock(), event: event.clone() });
        }
        self.unsaved += 1;
        self.stale_page();
        vec![Effect::Save(events)]
    }

    /// Seconds since 1970, now.
    #[must_use]
    pub fn clock(&self) -> u64 {
        self.epoch.saturating_add(self.now.as_secs())
    }

    /// The page has to be laid out anew.
    pub fn stale_page(&mut self) {
        self.page_revision += 1;
    }

    /// Says a sentence in the status line.
    pub fn say(&mut self, kind: NoticeKind, text: impl Into<String>) {
        self.notices.say(self.now, kind, text.into());
    }

    /// How many steps of the course are passed, and how many there are on this system.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let mut passed = 0;
        let mut all = 0;
        for (_, _, lesson) in self.course.lessons() {
            for step in lesson.steps_on(self.os).filter(|step| !step.optional) {
                all += 1;
                passed += usize::from(self.progress.has_passed(&step.id));
            }
        }
        (passed, all)
    }

    /// Where `id` is in the course on this system.
    #[must_use]
    pub fn find(&self, id: &StepId) -> Option<(LessonIndex, usize)> {
        self.course
            .lessons()
            .find_map(|(at, _, lesson)| lesson.steps_on(self.os).position(|step| step.id == *id).map(|step| (at, step)))
    }

    /// Whether a clock is needed: for a spinner, or for output that a program holds back.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.terminal.holds_back() || (!self.shown.reduce_motion && (self.looks > 0 || self.terminal.is_silent()))
    }

    /// Whether it has been busy for long enough that a spinner informs.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.busy_since.is_some_and(|since| self.now.saturating_sub(since) >= SPINNER_AFTER)
    }

    /// The spinner's sign of this moment.
    #[must_use]
    pub fn spinner_glyph(&self) -> &'static str {
        let signs: &[&str] = if self.theme.glyphs.bar == "|" {
            &["-", "\\", "|", "/"]
        } else {
            &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧"]
        };
        let step = (self.now.as_millis() / TICK.as_millis()) as usize;
        signs.get(step % signs.len()).copied().unwrap_or("-")
    }

    /// The time for the spinner of a running program that says nothing; none where nothing may move.
    #[must_use]
    pub fn spinner_time(&self) -> Option<Duration> {
        (!self.shown.reduce_motion && self.terminal.is_silent()).then_some(self.now)
    }
}

/// Waiting shorter than this needs no sign.
const SPINNER_AFTER: Duration = Duration::from_millis(150);
/// The pace of the spinner.
pub const TICK: Duration = Duration::from_millis(120);
