//! Files made, renamed, deleted and brought back: begun here, and what the editor has to know of it.

use std::path::PathBuf;

use super::super::effect::Effect;
use super::super::pane::files::FileWork;
use super::super::state::{NoticeKind, State};
use super::{answers, keep, places};

/// Has it done; what was typed into the files until now is saved first, so that it goes with them.
pub fn begin(state: &mut State, work: FileWork) -> Vec<Effect> {
    let Some(root) = state.root() else {
        state.say(NoticeKind::Plain, "The lesson's folder is not open yet. Please try again.");
        return Vec::new();
    };
    let mut effects = keep::save_all(state);
    effects.push(Effect::ChangeFiles { visit: state.at.visit, root, work });
    effects
}

/// It was done, or a sentence says why not.
pub fn done(state: &mut State, work: &FileWork, result: Result<Option<PathBuf>, String>) -> Vec<Effect> {
    let kept = match result {
        Ok(kept) => kept,
        Err(sentence) => {
            state.say(NoticeKind::Bad, sentence);
            return Vec::new();
        }
    };
    state.files.done(work, kept);
    let mut shown = None;
    let text = match work {
        FileWork::MakeFile(path) => {
            shown = Some(path.clone());
            format!("`{path}` is new and empty.")
        }
        FileWork::MakeFolder(path) => format!("`{path}` is a new folder. N makes a file in it."),
        FileWork::Rename { from, to } => {
            state.editor.renamed(from, to);
            format!("`{from}` is `{to}` now. U takes it back.")
        }
        FileWork::Delete(path) => {
            state.editor.removed(path);
            format!("`{path}` is deleted. U brings it back.")
        }
        FileWork::BringBack { path, .. } => format!("`{path}` is back."),
    };
    state.say(NoticeKind::Plain, text);
    state.stale_page();
    let open = shown.and_then(|path| places::read_and_show(state, path, None));
    open.into_iter().chain(answers::changed_outside(state)).collect()
}
