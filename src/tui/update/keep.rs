//! The learner's text on its way to the disk, and what becomes of it when it does not get there.

use std::path::{Path, PathBuf};

use crate::base::FilePath;
use crate::edit::Draft;

use super::super::action::Focus;
use super::super::effect::Effect;
use super::super::msg::SavedFile;
use super::super::pane::editor::{Diagnostic, Editor, EditorAsk};
use super::super::state::{Answer, Leaving, NoticeKind, Overlay, State};
use super::{problems, step};

/// Asks for every file with unsaved text to be saved, those of lessons left behind too.
pub fn save_all(state: &mut State) -> Vec<Effect> {
    let mut effects = drafts(state);
    let asks = state.editor.save_all();
    effects.extend(to_save(state, asks));
    let visit = state.at.visit;
    for (root, editor) in &mut state.set_aside {
        effects.extend(kept(root, editor));
        effects.extend(editor.save_all().into_iter().filter_map(|ask| effect(visit, root, ask)));
    }
    effects
}

/// Asks for one file of the editor's folder to be saved.
pub fn save(state: &mut State, path: FilePath, text: String) -> Vec<Effect> {
    let mut effects = drafts(state);
    effects.extend(to_save(state, vec![EditorAsk::Save { path, text }]));
    effects
}

/// Has the drafts kept that are not on the disk as they are here. Before a save this comes first, so that the disk can
/// note down which draft it was that is saved.
pub fn drafts(state: &mut State) -> Vec<Effect> {
    state.due.draft_is_kept();
    let Some(root) = state.last_root.clone() else { return Vec::new() };
    kept(&root, &mut state.editor)
}

fn kept(root: &Path, editor: &mut Editor) -> Vec<Effect> {
    let drafts = editor.take_drafts().into_iter();
    drafts.map(|(path, draft)| Effect::KeepDraft { root: root.to_owned(), path, draft: draft.map(Box::new) }).collect()
}

/// Says once why drafts cannot be kept; typing goes on, and saving tells for itself.
pub fn not_kept(state: &mut State, why: &str) -> Vec<Effect> {
    if !std::mem::replace(&mut state.told_no_drafts, true) {
        state.say(NoticeKind::Bad, why);
    }
    Vec::new()
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
         the disk? Both are kept: undo and redo lead from one to the other."
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
    let is_open = state.last_root.as_ref() == Some(root);
    let mut effects = Vec::new();
    let aside = state.set_aside.iter_mut().find(|(known, _)| known == root).map(|(_, editor)| editor);
    let editor = if is_open { Some(&mut state.editor) } else { aside };
    let saved = match result {
        Ok(saved) => saved,
        Err(sentence) => {
            if let Some(editor) = editor {
                editor.save_failed(path, &sentence);
            }
            if std::mem::take(&mut state.leaving) == Leaving::WhenSaved {
                let text = format!("{sentence} Leave all the same, and lose what is not saved?");
                state.overlay = Some(Overlay::Question { text, yes: Answer::Quit });
            } else {
                state.say(NoticeKind::Bad, sentence);
            }
            return Vec::new();
        }
    };
    if let Some(editor) = editor {
        if is_open && visit == state.at.visit && !editor.open_paths().contains(path) {
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
