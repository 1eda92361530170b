//! The learner's own editor: opened at what is worked on, and what it has saved taken in.

use crate::base::FilePath;

use super::super::action::Focus;
use super::super::effect::{Effect, ForEditor};
use super::super::msg::Msg;
use super::super::state::{Answer, NoticeKind, Overlay, State, Trust};
use super::{answers, keep};
use crate::sandbox::own_editor::{Start, Takes};
use crate::tutor;

/// The file beside which the text of ours is kept, and that of the other program.
pub const OURS: &str = "yours";
pub const THEIRS: &str = "theirs";

/// Opens what is worked on in the learner's own editor, once what was typed here is saved.
pub fn open(state: &mut State) -> Vec<Effect> {
    let Some(root) = state.root() else {
        state.say(NoticeKind::Plain, "The lesson's folder is not open yet. Please try again.");
        return Vec::new();
    };
    let Some((path, place)) = subject(state) else {
        state.say(NoticeKind::Plain, "There is no file to open here: pick one among the files, with Alt-4.");
        return Vec::new();
    };
    if state.trust == Trust::ToBeTold {
        state.trust = Trust::Told;
        let text = format!(
            "Your own editor runs with your own rights, and `{path}` lies in the folder of a course that haveago does \
             not bring along. Open it, if you trust the course?"
        );
        state.overlay = Some(Overlay::Question { text, yes: Answer::OpenOutside });
        return Vec::new();
    }
    let mut effects = keep::save_all(state);
    effects.push(Effect::FindEditor(ForEditor { visit: state.at.visit, root, path, place }));
    effects
}

/// The file that is selected or edited, with the cursor's line and column; else the one that the step is about.
fn subject(state: &State) -> Option<(FilePath, Option<(u32, u32)>)> {
    if state.focus == Focus::Files
        && let Some(row) = state.files.selected()
    {
        return (!row.is_dir).then(|| (row.path.clone(), None));
    }
    if let Some((path, cursor)) = state.editor.current() {
        let count = |index: usize| u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        return Some((path.clone(), Some((count(cursor.line), count(cursor.byte)))));
    }
    let of_step = state.step().and_then(tutor::scratch::file_to_edit).cloned();
    of_step.or_else(|| FilePath::parse("main.go").ok()).map(|path| (path, None))
}

/// Takes an answer in, unless it is of an earlier visit.
pub fn answer(state: &mut State, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::EditorFound { visit, path, result } if visit == state.at.visit => found(state, &path, result),
        Msg::Kept { visit, result } if visit == state.at.visit => kept(state, result),
        Msg::EditorEnded(result) => ended(state, result),
        _ => Vec::new(),
    }
}

/// The editor is known: it starts.
fn found(state: &mut State, path: &FilePath, result: Result<Start, String>) -> Vec<Effect> {
    match result {
        Ok(start) => {
            if start.takes == Takes::Window {
                let text = format!("`{path}` opens in {}. What you save there is seen here at once.", start.name);
                state.say(NoticeKind::Plain, text);
            }
            vec![Effect::StartEditor(start)]
        }
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence);
            Vec::new()
        }
    }
}

/// The editor is closed, or was not opened: what it has saved is taken in.
fn ended(state: &mut State, result: Result<(), String>) -> Vec<Effect> {
    match result {
        // What was said while the editor had the screen has not been seen yet.
        Ok(()) if !state.notices.is_empty() => {}
        Ok(()) => state.say(NoticeKind::Plain, "You are back from your editor. What you saved there is here."),
        Err(sentence) => state.say(NoticeKind::Bad, sentence),
    }
    answers::changed_outside(state)
}

/// The text from outside goes on; what was typed here is kept beside it.
pub fn take(state: &mut State, path: &FilePath, text: &str) -> Vec<Effect> {
    let ours = state.editor.text(path);
    let effects = ours.and_then(|ours| keep_copy(state, path, ours, OURS));
    state.editor.take_theirs(path, text);
    state.stale_page();
    effects.into_iter().chain(keep::drafts(state)).collect()
}

/// What was typed here goes on; the text from outside is kept beside it.
pub fn refuse(state: &State, path: &FilePath, text: String) -> Vec<Effect> {
    keep_copy(state, path, text, THEIRS).into_iter().collect()
}

fn keep_copy(state: &State, path: &FilePath, text: String, ending: &'static str) -> Option<Effect> {
    let root = state.last_root.clone()?;
    Some(Effect::KeepCopy { visit: state.at.visit, root, path: path.clone(), text, ending })
}

/// The copy is on the disk.
fn kept(state: &mut State, result: Result<FilePath, String>) -> Vec<Effect> {
    match result {
        Ok(path) => state.say(NoticeKind::Plain, format!("The other text is kept as `{path}`.")),
        Err(sentence) => state.say(NoticeKind::Bad, sentence),
    }
    state.root().map(|root| Effect::ListFiles { visit: state.at.visit, root }).into_iter().collect()
}
