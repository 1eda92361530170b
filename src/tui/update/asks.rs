//! What panes ask for, turned into effects. A pane knows nothing of the others; here they meet.

use std::time::Duration;

use crate::base::FilePath;
use crate::learner::Event;

use super::super::action::Focus;
use super::super::effect::{Effect, RunLine};
use super::super::pane::editor::{EditorAction, EditorAsk};
use super::super::pane::files::{FilesAction, FilesAsk};
use super::super::pane::install::InstallAction;
use super::super::pane::reader::{ReaderAction, ReaderAsk, field};
use super::super::pane::review::ReviewAction;
use super::super::pane::terminal::{TerminalAction, TerminalAsk};
use super::super::state::{Answer, NoticeKind, Overlay, Scratch, State};
use super::{change, focus, keep, places, review, step, taught};
use crate::term::{BlockId, TabId};

/// Pasted text goes to whatever takes text now.
pub fn paste(state: &mut State, mut text: String) -> Vec<Effect> {
    state.notices.dismiss(state.now);
    // A file with NUL in it is no text any more, and could not be opened again.
    text.retain(|letter| letter != '\0');
    match (&mut state.overlay, state.focus) {
        (Some(Overlay::Install(install)), _) => {
            install.act(InstallAction::Paste(text));
            Vec::new()
        }
        (Some(Overlay::Settings(choosing)), _) => {
            choosing.paste(&text);
            Vec::new()
        }
        (Some(Overlay::Review(_)), _) => review::act(state, ReviewAction::Paste(text)),
        (Some(_), _) => Vec::new(),
        (None, Focus::Files) => {
            let asks = state.files.act(FilesAction::Paste(text));
            files(state, asks)
        }
        (None, Focus::Reader) => reader_action(state, ReaderAction::Paste(text)),
        (None, Focus::Terminal) => {
            let asks = state.terminal.act(TerminalAction::Paste(text));
            terminal(state, asks)
        }
        (None, Focus::Editor) => {
            let asks = state.editor.act(EditorAction::Paste(text));
            editor(state, asks)
        }
    }
}

pub fn reader_action(state: &mut State, action: ReaderAction) -> Vec<Effect> {
    let height = state.reader_height();
    let draft = state.session.answer_draft.clone();
    let is_copy = action == ReaderAction::Copy;
    let asks = state.reader.act(action, &state.page, height, &state.session, &draft);
    if is_copy && asks.is_empty() {
        state.say(NoticeKind::Plain, "Ctrl-C copies what is selected, and nothing is. Ctrl-Q leaves haveago.");
    }
    reader(state, asks)
}

/// The reader's wishes.
pub fn reader(state: &mut State, asks: Vec<ReaderAsk>) -> Vec<Effect> {
    asks.into_iter().flat_map(|ask| reader_ask(state, ask)).collect()
}

fn reader_ask(state: &mut State, ask: ReaderAsk) -> Vec<Effect> {
    let Some(step) = state.step().cloned() else { return Vec::new() };
    let was_passed = state.session.passed;
    let hands_in = matches!(ask, ReaderAsk::SubmitQuiz(_) | ReaderAsk::Predict(_) | ReaderAsk::Answer);
    state.stale_page();
    let events = match ask {
        ReaderAsk::TypeCommand(line) => return type_command(state, &line),
        ReaderAsk::PutCode { file, text } => return put_code(state, file, text, false),
        ReaderAsk::Copy(text) => return copy(state, text),
        ReaderAsk::OpenPlace { file, line, column } => return places::open(state, "", &file, (line, column)),
        ReaderAsk::OpenLink(url) => {
            state.say(NoticeKind::Plain, format!("{url} is copied: paste it into a browser."));
            return vec![Effect::Copy(url)];
        }
        ReaderAsk::Pick { quiz, option } => {
            state.session.pick(&step, quiz, option);
            Vec::new()
        }
        ReaderAsk::SubmitQuiz(quiz) => state.session.submit_quiz(&step, quiz),
        ReaderAsk::SetPrediction { index, text } => {
            tell_full(state, &text);
            state.session.set_prediction(index, text);
            Vec::new()
        }
        ReaderAsk::Predict(index) => state.session.predict(&step, index),
        ReaderAsk::SetAnswer(text) => {
            tell_full(state, &text);
            state.session.set_answer(text);
            Vec::new()
        }
        ReaderAsk::Answer => state.session.answer(),
        ReaderAsk::Move { order, from, to } => state.session.move_line(order, from, to),
        ReaderAsk::SubmitOrder(order) => return submit_order(state, order, false),
    };
    if hands_in && events.is_empty() {
        state.say(NoticeKind::Plain, "There is no new answer to look at: pick one, or type it, first.");
    }
    let is_answer = events.iter().any(|event| matches!(event, Event::Answered { .. }));
    let wrong_guess = events.iter().find_map(|event| match event {
        Event::Predicted { prediction, right: false, .. } => Some(*prediction),
        _ => None,
    });
    let mut effects = state.record(events);
    if state.session.passed && !was_passed {
        step::praise(state);
    }
    if let Some(guess) = wrong_guess {
        step::tell_wrong_guess(state, &step, guess);
    }
    if is_answer {
        effects.extend(step::look(state));
    }
    effects
}

/// No key is swallowed without a word.
fn tell_full(state: &mut State, text: &str) {
    if field::is_full(text) {
        state.say(NoticeKind::Plain, "No more letters go into this field. Backspace takes some away.");
    }
}

/// "Type it for me": into the command line, never over what the learner has typed.
fn type_command(state: &mut State, line: &str) -> Vec<Effect> {
    match state.terminal.enter(line) {
        Ok(()) => {
            let effects = focus(state, Focus::Terminal);
            state.say(NoticeKind::Plain, "Enter runs it.");
            effects
        }
        Err(sentence) => {
            state.say(NoticeKind::Plain, sentence);
            Vec::new()
        }
    }
}

/// The file that code is put into when the lesson names none and none is open.
const USUAL: &str = "main.go";

/// A code block of the lesson into the editor; over the learner's own text only after a yes.
pub fn put_code(state: &mut State, file: Option<FilePath>, text: String, agreed: bool) -> Vec<Effect> {
    let file = if state.editor.current().is_none() { file.or_else(|| FilePath::parse(USUAL).ok()) } else { file };
    if let Some(path) = file.clone().filter(|path| state.editor.text(path).is_none()) {
        // It may be on the disk with the learner's own text: read it before anything is put over it.
        let Some(read) = read_file(state, path.clone()) else {
            state.say(NoticeKind::Plain, "The lesson's folder is not open yet. Please try again.");
            return Vec::new();
        };
        state.wanted_code = Some((path, text));
        return vec![read];
    }
    match state.editor.put_code(file.clone(), &text, agreed) {
        Ok(()) => {
            let effects = focus(state, Focus::Editor);
            state.say(NoticeKind::Plain, "Ctrl-S saves it. Ctrl-Z takes it back.");
            effects
        }
        Err(sentence) => {
            let text_kept = text;
            state.overlay =
                Some(Overlay::Question { text: sentence, yes: Answer::PutCode { path: file, text: text_kept } });
            Vec::new()
        }
    }
}

/// Hands in an arrangement. With a check the file is written and looked at; the learner's own file is never overwritten
/// without a yes.
pub fn submit_order(state: &mut State, order: usize, agreed: bool) -> Vec<Effect> {
    let Some(step) = state.step().cloned() else { return Vec::new() };
    let (Some(asked), Some(arranged)) = (step.orders.get(order), state.session.orders.get(order)) else {
        return Vec::new();
    };
    let was_passed = state.session.passed;
    let text = arranged.text(asked);
    let path = asked.path.clone();
    if !step.check.is_empty() && state.editor.text(&path).is_none() {
        // It may be on the disk with the learner's own text: read it before anything is put over it.
        let read = read_file(state, path.clone());
        state.wanted_order = Some((path, order));
        return read.into_iter().collect();
    }
    if !step.check.is_empty() && !agreed && state.editor.has_other_text(&path, &text, &asked.lines) {
        let question = format!("`{path}` has text of your own. Put these lines there instead?");
        state.overlay = Some(Overlay::Question { text: question, yes: Answer::WriteOrder { order } });
        return Vec::new();
    }
    let events = state.session.submit_order(&step, order);
    let mut effects = state.record(events);
    if !step.check.is_empty() && !state.session.passed {
        effects.extend(keep::save(state, path, text));
    }
    if state.session.passed && !was_passed {
        step::praise(state);
    }
    effects
}

/// The terminal's wishes.
pub fn terminal(state: &mut State, asks: Vec<TerminalAsk>) -> Vec<Effect> {
    asks.into_iter().flat_map(|ask| terminal_ask(state, ask)).collect()
}

fn terminal_ask(state: &mut State, ask: TerminalAsk) -> Vec<Effect> {
    match ask {
        TerminalAsk::Run { tab, block, line, dir } => run_line(state, (tab, block), line, dir),
        TerminalAsk::Entered(line) => state.record(vec![Event::Entered { line }]),
        TerminalAsk::Write { tab, bytes } => vec![Effect::Write { tab, bytes }],
        TerminalAsk::Resize { tab, columns, rows } => vec![Effect::Resize { tab, size: (columns, rows) }],
        TerminalAsk::Copy(text) => copy(state, text),
        TerminalAsk::List { tab, dir, .. } => {
            state.root().map(|root| Effect::List { tab, root, dir }).into_iter().collect()
        }
        TerminalAsk::Edit { dir, file } => places::edit(state, &dir, &file),
        TerminalAsk::Open { dir, file, line, column } => places::open(state, &dir, &file, (line, column)),
        TerminalAsk::OpenLesson(lesson) => taught::open(state, &lesson),
        TerminalAsk::Close(tab) => vec![Effect::Close(tab)],
    }
}

/// The editor's wishes.
pub fn editor(state: &mut State, asks: Vec<EditorAsk>) -> Vec<Effect> {
    asks.into_iter()
        .flat_map(|ask| match ask {
            EditorAsk::Save { path, text } => keep::save(state, path, text),
            EditorAsk::Copy(text) => copy(state, text),
            EditorAsk::Changed { .. } => {
                state.due.typed(state.now);
                Vec::new()
            }
            EditorAsk::Show { path, line, column } => show_problem(state, path, line, column),
            EditorAsk::Leave => focus(state, Focus::Reader),
        })
        .collect()
}

/// A problem in a file that is not open.
fn show_problem(state: &mut State, path: FilePath, line: usize, column: usize) -> Vec<Effect> {
    state.wanted_place = Some((path.clone(), Some((line as u32, column as u32))));
    read_file(state, path).into_iter().collect()
}

/// The wheel over the files.
pub fn scroll_files(state: &mut State, action: FilesAction) -> Vec<Effect> {
    let asks = state.files.act(action);
    files(state, asks)
}

/// The files pane's wishes.
pub fn files(state: &mut State, asks: Vec<FilesAsk>) -> Vec<Effect> {
    asks.into_iter()
        .flat_map(|ask| match ask {
            FilesAsk::Open(path) => {
                state.wanted_place = Some((path.clone(), None));
                read_file(state, path).into_iter().collect()
            }
            FilesAsk::Work(work) => change::begin(state, work),
            FilesAsk::Say(sentence) => {
                state.say(NoticeKind::Plain, sentence);
                Vec::new()
            }
        })
        .collect()
}

fn copy(state: &mut State, text: String) -> Vec<Effect> {
    let lines = text.lines().count();
    state.say(NoticeKind::Plain, format!("Copied {}.", crate::base::prose::count(lines, "line", "lines")));
    vec![Effect::Copy(text)]
}

/// Starts a command line, or says why it cannot be. One that comes too early waits for its folder.
fn run_line(state: &mut State, (tab, block): (TabId, BlockId), line: String, dir: String) -> Vec<Effect> {
    match &state.scratch {
        Scratch::Open(root) => {
            let (root, size, history) = (root.clone(), state.terminal.size(), state.progress.history.clone());
            vec![Effect::MarkFiles, Effect::Run(RunLine { tab, block, root, dir, line, size, history })]
        }
        Scratch::Opening => {
            state.wanted_runs.push((tab, block, line, dir));
            Vec::new()
        }
        Scratch::Failed(sentence) => {
            let sentence = sentence.clone();
            state.say(NoticeKind::Bad, sentence);
            state.terminal.ended(tab, block, 1, Duration::ZERO, "");
            Vec::new()
        }
    }
}

/// Runs what was entered while the folder was being made ready, now that it is or cannot be; in `dir`, where it is
/// another folder than before.
pub fn run_wanted(state: &mut State, dir: Option<&str>) -> Vec<Effect> {
    let wanted = std::mem::take(&mut state.wanted_runs);
    let run = |(tab, block, line, before): (TabId, BlockId, String, String)| {
        run_line(state, (tab, block), line, dir.map_or(before, str::to_owned))
    };
    wanted.into_iter().flat_map(run).collect()
}

/// Shows a file in the editor: at once when it is open there, else when it is read.
pub fn show_file(state: &mut State, path: FilePath) -> Option<Effect> {
    if state.editor.open_paths().contains(&path) {
        state.editor.open(path.clone(), None);
    }
    read_file(state, path)
}

/// Reads a file for the editor.
pub fn read_file(state: &State, path: FilePath) -> Option<Effect> {
    let with_draft = !state.editor.open_paths().contains(&path);
    Some(Effect::ReadFile { visit: state.at.visit, root: state.root()?, path, with_draft })
}
