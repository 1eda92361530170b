//! What can be done, by name. Keys, the palette, the help and the status bar are all read from [`COMMANDS`].

use crate::page::theme::ThemeName;

use super::effect::Allow;
use super::pane::compare::CompareAction;
use super::pane::editor::EditorAction;
use super::pane::files::FilesAction;
use super::pane::install::InstallAction;
use super::pane::list::ListAction;
use super::pane::reader::ReaderAction;
use super::pane::review::ReviewAction;
use super::pane::settings::SettingsAction;
use super::pane::terminal::TerminalAction;

/// Everything a key, a click on a tab or a palette line can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Command(Command),
    Reader(ReaderAction),
    Terminal(TerminalAction),
    Editor(EditorAction),
    Files(FilesAction),
    List(ListAction),
    Compare(CompareAction),
    Settings(SettingsAction),
    Install(InstallAction),
    Review(ReviewAction),
    /// Closes what is drawn above the panes.
    Close,
    /// Answers a question with yes.
    Yes,
    /// Lets programs run though nothing confines them.
    Allow(Allow),
}

/// What can be done from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Help,
    Hint,
    Contents,
    Solution,
    Run,
    NextPane,
    PreviousPane,
    PreviousStep,
    NextStep,
    Palette,
    Search,
    Check,
    GoTo(Focus),
    StopProgram,
    /// The next `file:line` that an output names.
    NextPlace,
    /// The lesson that an explanation leads to, and back.
    Taught,
    /// The learner's own editor.
    OwnEditor,
    /// Questions from earlier lessons again.
    Review,
    Settings,
    UseTheme(ThemeName),
    /// The step once more, with its files as at its start.
    BeginAgain,
    /// What was set aside for that comes back.
    TakeBack,
    Doctor,
    InstallGo,
    Quit,
}

/// The pane that gets the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Focus {
    Reader,
    Terminal,
    Editor,
    Files,
}

/// One row of the table: the command, its keys (the first is the one shown), and its name for people.
pub type Row = (Command, &'static [&'static str], &'static str);

/// Every command with its keys and its name, in the order in which help shows them.
pub const COMMANDS: &[Row] = &[
    (Command::NextStep, &["F8"], "Next step"),
    (Command::PreviousStep, &["F7"], "Step before"),
    (Command::NextPane, &["F6"], "Next pane: lesson, terminal, editor, files"),
    (Command::PreviousPane, &["Shift-F6"], "Pane before"),
    (Command::Run, &["F5"], "Save and run the program"),
    (Command::Check, &["Ctrl-K"], "Look at the step's checks now"),
    (Command::Hint, &["F2"], "Give a hint"),
    (Command::Solution, &["F4"], "Show the solution"),
    (Command::Contents, &["F3"], "Contents of the course"),
    (Command::Palette, &["Ctrl-P"], "All commands"),
    (Command::Help, &["F1"], "Help: the keys that matter here"),
    (Command::Search, &["Alt-S"], "Search the course's text (in the lesson: /)"),
    (Command::GoTo(Focus::Reader), &["Alt-1"], "Go to the lesson"),
    (Command::GoTo(Focus::Terminal), &["Alt-2"], "Go to the terminal"),
    (Command::GoTo(Focus::Editor), &["Alt-3"], "Go to the editor"),
    (Command::GoTo(Focus::Files), &["Alt-4"], "Go to the files"),
    (Command::StopProgram, &["F9"], "Stop the running program"),
    (Command::NextPlace, &["Alt-O"], "Go to the next place in a file that the output names"),
    (Command::Taught, &["Alt-L"], "Open the lesson that an explanation leads to, and come back"),
    (Command::OwnEditor, &["F12"], "Open the file in your own editor"),
    (Command::Review, &[], "Review: questions from earlier lessons again"),
    (Command::BeginAgain, &[], "Reset this step: its files as at its start"),
    (Command::TakeBack, &[], "Undo the reset: bring your own files back"),
    (Command::Settings, &[], "Settings: theme, signs, go, editor, motion, mouse, review"),
    (Command::UseTheme(ThemeName::Dark), &[], "Theme: dark"),
    (Command::UseTheme(ThemeName::Light), &[], "Theme: light"),
    (Command::UseTheme(ThemeName::HighContrast), &[], "Theme: high contrast"),
    (Command::Doctor, &[], "Doctor: is this machine ready?"),
    (Command::InstallGo, &[], "Install Go for haveago alone"),
    (Command::Quit, &["Ctrl-Q", "F10"], "Leave (everything is saved)"),
];

/// The key shown for a command, empty where it has none.
#[must_use]
pub fn key_of(command: Command) -> &'static str {
    COMMANDS.iter().find(|(known, _, _)| *known == command).and_then(|(_, keys, _)| keys.first()).copied().unwrap_or("")
}
