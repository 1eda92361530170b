//! What the disk has refused: said once, tried again now and then, and said again once it is taken. What was taken away
//! is put back.

use std::path::Path;

use crate::base::{FilePath, prose};

use super::super::effect::Effect;
use super::super::state::{Answer, Leaving, NoticeKind, Overlay, Scratch, State};
use super::{keep, settings, step};

/// The oldest of the saves under way is on the disk, and all that waited before it.
pub fn saved(state: &mut State) -> Vec<Effect> {
    state.unsaved = state.unsaved.saturating_sub(1);
    if std::mem::take(&mut state.refused.progress) {
        state.say(NoticeKind::Good, "Your progress is saved again.");
    }
    if state.leaving == Leaving::WhenSaved { super::leave(state) } else { Vec::new() }
}

/// Progress waits to be saved. Who leaves is asked first.
pub fn not_saved(state: &mut State, fault: &str) -> Vec<Effect> {
    state.unsaved = state.unsaved.saturating_sub(1);
    let is_known = std::mem::replace(&mut state.refused.progress, true);
    state.due.refused(state.now);
    if std::mem::take(&mut state.leaving) == Leaving::WhenSaved {
        let text = format!("{} Leave all the same, and lose what is not saved?", prose::sentence(fault));
        state.overlay = Some(Overlay::Question { text, yes: Answer::Quit });
    } else if !is_known {
        state.say(NoticeKind::Bad, prose::sentence(fault));
    }
    Vec::new()
}

/// A draft could not be kept: typing goes on.
pub fn draft(state: &mut State, root: &Path, path: &FilePath, why: &str) -> Vec<Effect> {
    if let Some(editor) = keep::editor_of(state, root) {
        editor.draft_not_kept(path);
    }
    state.due.refused(state.now);
    if !std::mem::replace(&mut state.refused.drafts, true) {
        state.say(NoticeKind::Bad, why);
    }
    Vec::new()
}

/// Drafts are kept again.
pub fn drafts_again(state: &mut State) -> Vec<Effect> {
    if std::mem::take(&mut state.refused.drafts) {
        state.say(NoticeKind::Good, "What you type is kept again.");
    }
    Vec::new()
}

/// A file could not be saved: its text stays in the editor. Who leaves is asked first.
pub fn file(state: &mut State, root: &Path, path: &FilePath, why: String) -> Vec<Effect> {
    if let Some(editor) = keep::editor_of(state, root) {
        editor.save_failed(path, &why);
    }
    let is_new = state.refused.files.insert((root.to_owned(), path.clone()));
    state.due.refused(state.now);
    if std::mem::take(&mut state.leaving) == Leaving::WhenSaved {
        let text = format!("{why} Leave all the same, and lose what is not saved?");
        state.overlay = Some(Overlay::Question { text, yes: Answer::Quit });
    } else if is_new {
        state.say(NoticeKind::Bad, why);
    }
    Vec::new()
}

/// A file is saved; when it was refused before, that is said.
pub fn file_again(state: &mut State, root: &Path, path: &FilePath) {
    if state.refused.files.remove(&(root.to_owned(), path.clone())) {
        state.say(NoticeKind::Good, format!("`{path}` is saved."));
    }
}

/// The lesson's folder cannot be made ready.
pub fn folder(state: &mut State, why: String) {
    let failed = Scratch::Failed(why.clone());
    if state.scratch != failed {
        state.say(NoticeKind::Bad, why);
    }
    state.scratch = failed;
    state.due.refused(state.now);
}

/// The lesson's folder was removed under us: it is made anew, with the texts that are open here before the starters.
pub fn folder_gone(state: &mut State, root: &Path) -> Vec<Effect> {
    if state.root().as_deref() != Some(root) {
        return Vec::new();
    }
    state.say(
        NoticeKind::Plain,
        "Your lesson's folder was removed. It is made anew, with the files of this step and those that are open in the \
         editor.",
    );
    let visit = state.at.visit;
    let texts = state.editor.texts().into_iter();
    let save = |(path, text)| Effect::SaveFile { visit, root: root.to_owned(), path, text };
    texts.map(save).chain(step::open_folder(state)).collect()
}

/// Tries everything again, and says nothing unless it is taken.
pub fn again(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    if state.refused.progress {
        // The log knows what waits.
        state.unsaved += 1;
        effects.push(Effect::Save(Vec::new()));
    }
    effects.extend(keep::drafts(state));
    let files = state.refused.files.clone();
    effects.extend(files.iter().filter_map(|(root, path)| keep::save_again(state, root, path)));
    effects.extend(settings::keep_refused(state));
    if matches!(state.scratch, Scratch::Failed(_)) {
        effects.extend(step::open_folder(state));
    }
    effects
}
