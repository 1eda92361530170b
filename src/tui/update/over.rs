//! A step begun once more: a question, its files made ready, the learner's own set aside for them, and brought back.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::FilePath;
use crate::tutor::catch_up::Ready;
use crate::tutor::scratch::file_to_edit;

use super::super::action::{Command, key_of};
use super::super::effect::{Effect, Exchange};
use super::super::msg::Exchanged;
use super::super::state::{Answer, NoticeKind, Overlay, State};
use super::{answers, asks, keep};

/// Said where programs run in the folder.
const BUSY: &str = "A program is still running, and would lose its files. F9 stops it.";

/// Said while they are made ready.
const WAIT: &str = "The files of this step are being made ready …";

/// Asks whether the learner means it.
pub fn ask(state: &mut State) -> Vec<Effect> {
    if let Some(sentence) = hindrance(state) {
        state.say(NoticeKind::Plain, sentence);
        return Vec::new();
    }
    let text =
        "Begin this step once more? Its files will be as at its start, by the course's own solutions. All that is \
                yours in the folder is set aside, and can be brought back."
            .to_owned();
    state.overlay = Some(Overlay::Question { text, yes: Answer::BeginAgain });
    Vec::new()
}

fn hindrance(state: &State) -> Option<&'static str> {
    if state.root().is_none() {
        Some("The lesson's folder is not open yet. Please try again.")
    } else if state.anew.begins == Some(state.at.visit) {
        Some("The files of this step are being made ready already.")
    } else if state.terminal.busy() {
        Some(BUSY)
    } else {
        None
    }
}

/// Has the step's files made ready, which may take as long as the commands of the steps before.
pub fn begin(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.step().map(|step| step.id.clone()) else { return Vec::new() };
    state.anew.begins = Some(state.at.visit);
    state.say(NoticeKind::Plain, WAIT);
    vec![Effect::MakeReady { visit: state.at.visit, lesson: state.at.lesson, step }]
}

/// They are ready; those of a step that was left meanwhile are not wanted any more.
pub fn ready(state: &mut State, result: Result<Arc<Ready>, String>) -> Vec<Effect> {
    state.anew.begins = None;
    state.notices.unsay(WAIT);
    match result {
        Ok(ready) => exchange(state, Exchange::Lay(ready)),
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence);
            Vec::new()
        }
    }
}

/// Brings back what was set aside last.
pub fn take_back(state: &mut State) -> Vec<Effect> {
    if let Some(sentence) = hindrance(state) {
        state.say(NoticeKind::Plain, sentence);
        return Vec::new();
    }
    exchange(state, Exchange::BringBack)
}

/// What was typed into the files until now is saved first, so that it goes with them.
fn exchange(state: &mut State, what: Exchange) -> Vec<Effect> {
    let Some(root) = state.root().filter(|_| !state.terminal.busy()) else {
        state.say(NoticeKind::Plain, BUSY);
        return Vec::new();
    };
    let mut effects = keep::save_all(state);
    let open = state.editor.open_paths();
    effects.push(Effect::Exchange { root, what, open });
    effects
}

/// The files have changed places, or a sentence says why not.
pub fn done(state: &mut State, root: &PathBuf, result: Result<Exchanged, String>) -> Vec<Effect> {
    let exchanged = match result {
        Ok(exchanged) => exchanged,
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence);
            return Vec::new();
        }
    };
    if let Some(editor) = keep::editor_of(state, root) {
        // What could not be saved stays open, so that it is not lost.
        let unsaved = editor.unsaved();
        let is_saved = |path: &&FilePath| unsaved.iter().all(|(other, _)| other != *path);
        exchanged.gone.iter().filter(is_saved).for_each(|path| editor.removed(path));
    }
    let kept = exchanged.kept.as_ref().and_then(|kept| kept.file_name()).map(|name| name.to_string_lossy());
    let way = format!("{}, then `undo`,", key_of(Command::Palette));
    let text = match (exchanged.is_back, kept) {
        (false, Some(kept)) => {
            format!(
                "This step begins once more. Your own files are in `{kept}`, beside this folder; {way} brings them back."
            )
        }
        (false, None) => "This step begins once more. There was nothing of yours to set aside.".to_owned(),
        (true, Some(kept)) => {
            format!("Your own files are back. What was here is in `{kept}`; {way} exchanges them again.")
        }
        (true, None) => "Your own files are back.".to_owned(),
    };
    state.say(NoticeKind::Plain, text);
    if state.root().as_ref() != Some(root) {
        return Vec::new();
    }
    state.stale_page();
    let to_edit = state.step().and_then(file_to_edit).cloned();
    let shown = to_edit.and_then(|path| asks::show_file(state, path));
    // The watch will see it, too.
    state.anew.expects_change = true;
    shown.into_iter().chain(answers::changed_by_us(state)).collect()
}
