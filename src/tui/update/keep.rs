//! The learner's text on its way to the disk, and what becomes of it when it does not get there.

use std::path::{Path, PathBuf};

use crate::base::FilePath;
use crate::edit::Draft;

use super::super::action::Focus;
use super::super::effect::Effect;
use super::super::msg::SavedFile;
use super::super::pane::editor::{Diagnostic, Editor, EditorAsk};
use super::super::state::{Answer, Leaving, NoticeKind, Overlay, State};
use super::outside::{OURS, THEIRS};
use super::{problems, refused, step};

/// Asks for every file with unsaved text to be saved, those of lessons left behind too.
pub fn save_all(state: &mut State) -> Vec<Effect> {
    save_each(state, Editor::save_all)
}

/// … whatever is under way already: who asks for it again has waited long enough.
pub fn save_all_anew(state: &mut State) -> Vec<Effect> {
    save_each(state, Editor::save_all_anew)
}

fn save_each(state: &mut State, save: impl Fn(&mut Editor) -> Vec<EditorAsk>) -> Vec<Effect> {
    state.refused.files.clear();
    let mut effects = drafts(state);
    let asks = save(&mut state.editor);
    effects.extend(to_save(state, asks));
    let visit = state.at.visit;
    for (root, editor) in &mut state.set_aside {
        effects.extend(save(editor).into_iter().filter_map(|ask| effect(visit, root, ask)));
    }
    effects
}

/// Asks for one file of the editor's folder to be saved.
pub fn save(state: &mut State, path: FilePath, text: String) -> Vec<Effect> {
    state.refused.files.clear();
    let mut effects = drafts(state);
    effects.extend(to_save(state, vec![EditorAsk::Save { path, text }]));
    effects
}

/// Has the drafts kept that are not on the disk as they are here. Before a save this comes first, so that the disk can
/// note down which draft it was that is saved.
pub fn drafts(state: &mut State) -> Vec<Effect> {
    state.due.draft_is_kept();
    let mut effects = Vec::new();
    if let Some(root) = &state.last_root {
        effects.extend(kept(root, &mut state.editor));
    }
    for (root, editor) in &mut state.set_aside {
        effects.extend(kept(root, editor));
    }
    effects
}

/// Asks once more for a file to be saved, where that is still wanted.
pub fn save_again(state: &mut State, root: &Path, path: &FilePath) -> Option<Effect> {
    let visit = state.at.visit;
    let ask = editor_of(state, root)?.save_again(path)?;
    effect(visit, root, ask)
}

/// The editor of the files in this lesson's folder: the open one, or one that is set aside.
pub fn editor_of<'a>(state: &'a mut State, root: &Path) -> Option<&'a mut Editor> {
    if state.last_root.as_deref() == Some(root) {
        return Some(&mut state.editor);
    }
    state.set_aside.iter_mut().find(|(known, _)| known == root).map(|(_, editor)| editor)
}

fn kept(root: &Path, editor: &mut Editor) -> Vec<Effect> {
    let drafts = editor.take_drafts().into_iter();
    drafts.map(|(path, draft)| Effect::KeepDraft { root: root.to_owned(), path, draft: draft.map(Box::new) }).collect()
}

/// Opens a file with what was kept of it. Text that was not saved is told of, and shown.
pub fn bring_back(state: &mut State, path: &FilePath, text: Option<&str>, draft: &Draft) -> Vec<Effect> {
    state.editor.open_draft(path.clone(), text, draft);
    if draft.is_unsaved() {
        state.sandbox = Focus::Editor;
    }
    if let Some(sentence) = state.editor.notice().map(str::to_owned) {
        state.say(NoticeKind::Plain, sentence);
    }
    drafts(state)
}

/// Another hand has changed a file that has unsaved text: which of the two is to be shown?
pub fn ask_about_conflict(state: &mut State) {
    if state.overlay.is_some() {
        return;
    }
    let Some((path, text)) = state.editor.take_conflict() else { return };
    let question = format!(
        "`{path}` was changed by another program, and you have text in it that is not saved. Show the file as it is on \
         the disk, and keep yours as `{path}.{OURS}`? With no, you go on with yours, and the other is kept as \
         `{path}.{THEIRS}`."
    );
    state.overlay = Some(Overlay::Question { text: question, yes: Answer::TakeText { path, text } });
}

/// The editor's files are in the folder that was opened last, while the next is still being made ready too.
fn to_save(state: &mut State, asks: Vec<EditorAsk>) -> Vec<Effect> {
    let Some(root) = state.last_root.clone() else {
        if !asks.is_empty() {
            state.say(NoticeKind::Bad, "Your text cannot be saved: the lesson's folder is not there.");
        }
        return Vec::new();
    };
    let visit = state.at.visit;
    asks.into_iter().filter_map(|ask| effect(visit, &root, ask)).collect()
}

fn effect(visit: u64, root: &Path, ask: EditorAsk) -> Option<Effect> {
    match ask {
        EditorAsk::Save { path, text } => Some(Effect::SaveFile { visit, root: root.to_owned(), path, text }),
        EditorAsk::Copy(_) | EditorAsk::Changed { .. } | EditorAsk::Show { .. } | EditorAsk::Leave => None,
    }
}

/// Another lesson's folder: its files are not these, whatever they are called. What was typed until now is saved; an
/// editor whose text the disk would not take is set aside, and is there again when its lesson is.
pub fn change_folder(state: &mut State, root: &Path) -> Vec<Effect> {
    let effects = save_all(state);
    let here = state.set_aside.iter().position(|(known, _)| known == root);
    let next = here.map_or_else(Editor::default, |index| state.set_aside.swap_remove(index).1);
    let before = std::mem::replace(&mut state.editor, next);
    let root_before = state.last_root.replace(root.to_owned());
    if let Some(root) = root_before.filter(|_| !before.unsaved().is_empty()) {
        state.set_aside.push((root, before));
    }
    let area = super::super::layout::sandbox_inside(&state.layout());
    state.editor.resize(area.width, area.height);
    effects
}

/// Whether any text of the learner's is not on the disk yet.
pub fn has_unsaved(state: &State) -> bool {
    !state.editor.unsaved().is_empty() || !state.set_aside.is_empty()
}

/// A file was written, or was not: told to the editor it is open in, and looked at when it is of the open step.
pub fn saved(
    state: &mut State,
    visit: u64,
    root: &PathBuf,
    path: &FilePath,
    result: Result<SavedFile, String>,
) -> Vec<Effect> {
    let saved = match result {
        Ok(saved) => saved,
        Err(sentence) => return refused::file(state, root, path, sentence),
    };
    refused::file_again(state, root, path);
    let is_open = state.last_root.as_ref() == Some(root);
    let mut effects = Vec::new();
    let here = state.at.visit;
    if let Some(editor) = editor_of(state, root) {
        if is_open && visit == here && !editor.open_paths().contains(path) {
            editor.open(path.clone(), Some(saved.text.clone()));
        }
        editor.saved(path, Some(saved.text));
        editor.complained(path, saved.complaint.clone());
        effects.extend(kept(root, editor));
    }
    state.set_aside.retain(|(_, editor)| !editor.unsaved().is_empty());
    if state.leaving == Leaving::WhenSaved {
        // What was typed while the save was under way is one more to wait for.
        effects.extend(super::leave(state));
        return effects;
    }
    if !is_open || visit != state.at.visit {
        return effects;
    }
    if let Some(Diagnostic { line, message, .. }) = saved.complaint {
        state.say(NoticeKind::Bad, format!("`{path}` is saved. gofmt stops at line {line}: {message}"));
    }
    state.session.saved();
    effects.extend(state.root().map(|root| Effect::ListFiles { visit: state.at.visit, root }));
    effects.extend(step::look(state));
    effects.extend(problems::look(state, path));
    effects
}
