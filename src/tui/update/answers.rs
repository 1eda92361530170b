//! The world's answers. Each carries the visit it belongs to; a late one is dropped.

use crate::learner::Event;

use super::super::effect::Effect;
use super::super::msg::{Msg, ProgramEnd, ScratchShown};
use super::super::state::{NoticeKind, Scratch, State};
use super::{asks, keep, step};
use crate::base::FilePath;
use crate::term::{BlockId, TabId};

/// Takes an answer in, unless it is of an earlier visit.
pub fn answer(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::ScratchOpened { visit, result } if visit == state.at.visit => scratch_opened(state, result),
        Msg::Ended { tab, block, end } => ended(state, tab, block, end),
        Msg::Listed { tab, listing } => {
            state.terminal.listed(tab, &listing);
            Vec::new()
        }
        Msg::Files { visit, rows } if visit == state.at.visit => {
            state.files.set(rows);
            Vec::new()
        }
        Msg::FileRead { visit, path, result } if visit == state.at.visit => file_read(state, path, result),
        Msg::FileSaved { visit, root, path, result } => keep::saved(state, visit, &root, &path, result),
        Msg::Observed { visit, wanted, evidence } if visit == state.at.visit => {
            step::observed(state, &wanted, &evidence)
        }
        Msg::FilesChanged { visit } if visit == state.at.visit => changed_outside(state),
        _ => Vec::new(),
    }
}

/// The folder is ready: the terminal stands in it, the editor opens the step's file, and the check is looked at once,
/// as what is asked may be there already.
fn scratch_opened(state: &mut State, result: Result<ScratchShown, String>) -> Vec<Effect> {
    let shown = match result {
        Ok(shown) => shown,
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence.clone());
            state.scratch = Scratch::Failed(sentence);
            return Vec::new();
        }
    };
    let mut effects = Vec::new();
    if state.last_root.as_ref() != Some(&shown.root) {
        effects.extend(keep::change_folder(state, &shown.root));
        state.terminal.set_dir(&shown.shown);
    }
    state.scratch = Scratch::Open(shown.root);
    effects.extend(refresh(state));
    if let Some(path) = state.step().and_then(step::file_of) {
        effects.extend(asks::read_file(state, path));
    }
    effects.extend(step::look(state));
    effects
}

/// What the folder holds may have changed: the tree and the editor's files are read again.
fn refresh(state: &mut State) -> Vec<Effect> {
    let Some(root) = state.root() else { return Vec::new() };
    let mut effects = vec![Effect::ListFiles { visit: state.at.visit, root }];
    effects.extend(state.editor.open_paths().into_iter().flat_map(|path| asks::read_file(state, path)));
    effects
}

/// Something in the folder changed. While a command runs it is most likely its doing, and is looked at when it ends.
fn changed_outside(state: &mut State) -> Vec<Effect> {
    let mut effects = refresh(state);
    if !state.terminal.busy() {
        effects.extend(step::look(state));
    }
    effects
}

/// A command has ended: it is seen by the step, and what it left behind is looked at.
fn ended(state: &mut State, tab: TabId, block: BlockId, end: ProgramEnd) -> Vec<Effect> {
    let is_elsewhere = state.terminal.is_elsewhere(tab);
    let next = state.terminal.ended(tab, block, end.exit, end.took, &end.dir_shown);
    let mut effects = asks::terminal(state, next);
    let Some(seen) = state.terminal.seen(block) else { return effects };
    if end.leave {
        let asks = state.terminal.close(tab);
        effects.extend(asks::terminal(state, asks));
    }
    if is_elsewhere {
        return effects;
    }
    let events = state.session.ran(seen);
    effects.extend(state.record(events));
    effects.extend(refresh(state));
    effects.extend(step::look(state));
    effects
}

fn file_read(state: &mut State, path: FilePath, result: Result<Option<String>, String>) -> Vec<Effect> {
    let mut effects = take_text(state, &path, result);
    if let Some((_, text)) = state.wanted_code.take_if(|(wanted, _)| *wanted == path) {
        effects.extend(asks::put_code(state, Some(path.clone()), text, false));
    }
    if let Some((_, line, column)) = state.wanted_place.take_if(|(wanted, _, _)| *wanted == path) {
        state.editor.go_to(&path, line as usize, column as usize);
    }
    effects
}

fn take_text(state: &mut State, path: &FilePath, result: Result<Option<String>, String>) -> Vec<Effect> {
    match result {
        Ok(text) if state.editor.open_paths().contains(path) => {
            if let Some(text) = text {
                state.editor.disk_changed(path, &text);
            }
            state.stale_page();
            Vec::new()
        }
        Ok(text) => {
            state.editor.open(path.clone(), text);
            state.stale_page();
            let lesson = state.session.step.0.rsplit_once('/').map_or(String::new(), |(lesson, _)| lesson.to_owned());
            state.record(vec![Event::FileOpened { lesson, file: path.to_string() }])
        }
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence);
            Vec::new()
        }
    }
}
