//! The world's answers. Each carries the visit it belongs to; a late one is dropped.

use crate::edit::Draft;
use crate::go::explain::{Explanation, explain_among};
use crate::judge::evidence::CommandSeen;
use crate::learner::Event;
use crate::tutor;

use super::super::effect::Effect;
use super::super::msg::{Msg, ProgramEnd, ScratchShown};
use super::super::state::{NoticeKind, Scratch, State};
use super::{asks, change, keep, over, places, problems, refused, step, stuck, taught};
use crate::base::FilePath;
use crate::term::block::Lead;
use crate::term::{BlockId, TabId};

/// Takes an answer in, unless it is of an earlier visit.
pub fn answer(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::ScratchOpened { visit, result } if visit == state.at.visit => scratch_opened(state, result),
        Msg::Ended { tab, block, end } => ended(state, tab, block, &end),
        Msg::Listed { tab, listing } => {
            state.terminal.listed(tab, &listing);
            Vec::new()
        }
        Msg::Files { visit, rows } if visit == state.at.visit => {
            state.files.set(rows);
            Vec::new()
        }
        Msg::FilesDone { visit, work, result } if visit == state.at.visit => change::done(state, &work, result),
        Msg::Ready { visit, result } if visit == state.at.visit => over::ready(state, result),
        Msg::Exchanged { root, result } => over::done(state, &root, result),
        Msg::FileRead { visit, path, result, draft } if visit == state.at.visit => {
            file_read(state, &path, result, draft.as_deref())
        }
        Msg::Parsed { root, path, revision, complaint } if state.last_root.as_ref() == Some(&root) => {
            state.editor.parsed(&path, revision, complaint);
            Vec::new()
        }
        Msg::Problems { number, found } if number == state.problems_asked => {
            state.editor.problems(&found);
            Vec::new()
        }
        Msg::FileSaved { visit, root, path, result } => keep::saved(state, visit, &root, &path, result),
        Msg::Observed { visit, wanted, quiet, evidence } if visit == state.at.visit => {
            step::observed(state, &wanted, quiet, &evidence)
        }
        Msg::FilesChanged { visit } if visit == state.at.visit && std::mem::take(&mut state.anew.expects_change) => {
            changed_by_us(state)
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
            refused::folder(state, sentence);
            return asks::run_wanted(state, None);
        }
    };
    let mut effects = Vec::new();
    let mut moved_to = None;
    if state.last_root.as_ref() != Some(&shown.root) {
        effects.extend(keep::change_folder(state, &shown.root));
        state.files.forget();
        state.terminal.set_dir(&shown.shown);
        moved_to = Some(shown.shown);
    }
    state.scratch = Scratch::Open(shown.root.clone());
    effects.extend(asks::run_wanted(state, moved_to.as_deref()));
    effects.extend(refresh(state));
    effects.extend(shown.drafts.into_iter().filter_map(|path| asks::read_file(state, path)));
    for path in files_to_show(state, moved_to.is_some()) {
        effects.extend(asks::show_file(state, path));
    }
    effects.extend(step::look_quietly(state));
    effects
}

/// What the editor opens, what it shows last: the step's file, else what was open in this lesson before. Who comes back
/// to the step has both, and sees what they saw.
fn files_to_show(state: &mut State, is_another_folder: bool) -> Vec<FilePath> {
    let comes_back = std::mem::take(&mut state.comes_back);
    let to_edit = state.step().and_then(tutor::scratch::file_to_edit).cloned();
    let key = tutor::scratch::lesson_key(&state.course, state.at.lesson);
    let was_open = state.progress.open_files.get(&key).and_then(|path| FilePath::parse(path).ok());
    // Within a lesson the editor goes on with what it shows.
    let was_open = was_open.filter(|_| is_another_folder && (comes_back || to_edit.is_none()));
    let mut files: Vec<FilePath> = to_edit.into_iter().chain(was_open).collect();
    files.dedup();
    files
}

/// What the folder holds may have changed: the tree and the editor's files are read again.
fn refresh(state: &mut State) -> Vec<Effect> {
    let Some(root) = state.root() else { return Vec::new() };
    let mut effects = vec![Effect::ListFiles { visit: state.at.visit, root }];
    effects.extend(state.editor.open_paths().into_iter().filter_map(|path| asks::read_file(state, path)));
    effects
}

/// Something in the folder changed. While a command runs it is most likely its doing, and is looked at when it ends.
pub fn changed_outside(state: &mut State) -> Vec<Effect> {
    let mut effects = refresh(state);
    if !state.terminal.busy() {
        effects.extend(step::look(state));
    }
    effects
}

/// We have changed it ourselves for a new beginning: nothing is complained about.
pub fn changed_by_us(state: &mut State) -> Vec<Effect> {
    refresh(state).into_iter().chain(step::look_quietly(state)).collect()
}

/// A command has ended: it is seen by the step, and what it left behind is looked at.
fn ended(state: &mut State, tab: TabId, block: BlockId, end: &ProgramEnd) -> Vec<Effect> {
    let is_elsewhere = state.terminal.is_elsewhere(tab);
    let next = state.terminal.ended(tab, block, end.exit, end.took, &end.dir_shown);
    let mut effects = asks::terminal(state, next);
    let Some(seen) = state.terminal.seen(block) else { return effects };
    let why = explain(state, block, &seen);
    if end.leave {
        let asks = state.terminal.close(tab);
        effects.extend(asks::terminal(state, asks));
    }
    if is_elsewhere {
        return effects;
    }
    effects.extend(remember_directory(state, &end.dir_shown));
    let events = state.session.ran(seen);
    effects.extend(state.record(events));
    effects.extend(refresh(state));
    effects.extend(step::look(state));
    if why.is_some_and(|why| state.session.mistook(&why.id)) {
        effects.extend(stuck::hint_unasked(state));
    }
    effects
}

/// Puts the explanation of a failure below its command.
fn explain(state: &mut State, block: BlockId, seen: &CommandSeen) -> Option<Explanation> {
    let dir = state.terminal.named().find(|(named, ..)| *named == block).map(|(_, dir, _)| dir.to_owned());
    let below = dir.as_deref().and_then(|dir| dir.split_once('/')).map(|(_, below)| below);
    let names: Vec<&str> = state.files.names_in(below).collect();
    let why = explain_among(&seen.line, seen.exit, &seen.output, &names)?;
    let place = places::first_of(state, block);
    let lesson = taught::lead(state, &why);
    let words: Vec<String> = place.into_iter().chain(lesson.as_ref().map(|(words, _)| words.clone())).collect();
    let lead = Lead { words: words.join("\n"), lesson: lesson.map(|(_, key)| key) };
    state.terminal.explain(block, &why.text, Some(lead));
    Some(why)
}

/// Where the terminal stands in the lesson's folder, for the next start; outside of it nothing is remembered.
fn remember_directory(state: &mut State, shown: &str) -> Vec<Effect> {
    let root = state.last_root.as_ref().and_then(|root| root.file_name()).map(|name| name.to_string_lossy());
    let below = root.and_then(|root| shown.strip_prefix(root.as_ref()));
    let dir = match below.map(|below| (below, below.strip_prefix('/'))) {
        Some(("", _)) => ".",
        Some((_, Some(dir))) => dir,
        Some((_, None)) | None => return Vec::new(),
    };
    let key = tutor::scratch::lesson_key(&state.course, state.at.lesson);
    if state.progress.directories.get(&key).map_or(".", String::as_str) == dir {
        return Vec::new();
    }
    state.record(vec![Event::Directory { lesson: key, dir: dir.to_owned() }])
}

fn file_read(
    state: &mut State,
    path: &FilePath,
    result: Result<Option<String>, String>,
    draft: Option<&Draft>,
) -> Vec<Effect> {
    let is_read = result.is_ok();
    let mut effects = take_text(state, path, result, draft);
    if let Some((_, text)) = state.wanted_code.take_if(|(wanted, _)| wanted == path) {
        effects.extend(asks::put_code(state, Some(path.clone()), text, false));
    }
    if let Some((_, order)) = state.wanted_order.take_if(|(wanted, _)| wanted == path)
        && state.editor.text(path).is_some()
    {
        effects.extend(asks::submit_order(state, order, false));
    }
    if let Some((_, place)) = state.wanted_place.take_if(|(wanted, _)| wanted == path)
        && is_read
    {
        effects.extend(places::show(state, path, place));
    }
    effects
}

fn take_text(
    state: &mut State,
    path: &FilePath,
    result: Result<Option<String>, String>,
    draft: Option<&Draft>,
) -> Vec<Effect> {
    let text = match result {
        Ok(text) => text,
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence);
            return Vec::new();
        }
    };
    let mut effects = Vec::new();
    if let Some(before) = state.editor.text(path) {
        if let Some(text) = text.filter(|text| *text != before) {
            state.editor.disk_changed(path, &text);
            effects.extend(keep::drafts(state));
            effects.extend(problems::look(state, path));
        }
    } else {
        match draft {
            Some(draft) => effects.extend(keep::bring_back(state, path, text.as_deref(), draft)),
            None => state.editor.open(path.clone(), text),
        }
        let lesson = tutor::scratch::lesson_key(&state.course, state.at.lesson);
        effects.extend(state.record(vec![Event::FileOpened { lesson, file: path.to_string() }]));
    }
    state.stale_page();
    keep::ask_about_conflict(state);
    effects
}
