//! Everything that reads or writes files but progress: the scratch directory, the editor's files, drafts, settings. One
//! thread, in order.

mod aside;
mod tree;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use crossbeam_channel::Receiver;

use crate::base::{FilePath, prose};
use crate::course::StepId;
use crate::course::model::LessonIndex;
use crate::sandbox::gofmt::{self, Formatted};
use crate::sandbox::scratch::{Scratch, ScratchError};
use crate::store::Drafts;
use crate::store::settings::Settings;
use crate::tutor;

use super::super::effect::{Effect, ForEditor};
use super::super::msg::{Msg, SavedFile, ScratchShown};
use super::super::pane::editor::{Diagnostic, Severity};
use super::super::pane::files::FileWork;
use super::programs::shown;
use super::watch::Watch;
use super::{World, over};

/// Serves until the program ends and all that was asked for is done.
pub fn serve(world: &World, effects: &Receiver<Effect>) {
    let mut tree = tree::Tree::default();
    let drafts = Drafts::new(&world.dirs.state);
    let mut are_refused = false;
    let mut waiting = VecDeque::new();
    while let Some(effect) = next(effects, &mut waiting) {
        match effect {
            Effect::OpenScratch { visit, lesson, step, dir } => {
                tree = tree::Tree::default();
                let result = open(world, &drafts, visit, lesson, &step).map(|opened| standing_in(opened, dir));
                world.tell(Msg::ScratchOpened { visit, result });
            }
            Effect::ListFiles { visit, root } => world.tell(listed(&mut tree, visit, Scratch { root })),
            Effect::MarkFiles => tree.mark(),
            Effect::ChangeFiles { visit, root, work } => world.tell(changed(world, visit, root, work)),
            Effect::Exchange { root, what, open } => world.tell(over::exchange(world, root, &what, open)),
            Effect::ReadFile { visit, root, path, with_draft } => {
                file_read(world, &drafts, visit, &Scratch { root }, path, with_draft);
            }
            Effect::SaveFile { visit, root, path, text } => {
                save_file(world, &drafts, visit, Scratch { root }, path, text);
            }
            Effect::FindEditor(wanted) => world.tell(editor_for(world, wanted)),
            Effect::KeepCopy { visit, root, path, text, ending } => {
                let result = aside::keep_copy(&Scratch { root }, &path, &text, ending);
                world.tell(Msg::Kept { visit, result });
            }
            Effect::KeepSettings { names, settings } => world.tell(settings_kept(world, names, &settings)),
            Effect::KeepDraft { root, path, draft } => {
                let result = drafts.keep(&root, &path, draft.as_deref());
                draft_kept(world, root, path, result, &mut are_refused);
            }
            Effect::Save(_)
            | Effect::Observe(_)
            | Effect::MakeReady { .. }
            | Effect::Parse { .. }
            | Effect::FindProblems { .. }
            | Effect::Run(_)
            | Effect::Allow(_)
            | Effect::List { .. }
            | Effect::Write { .. }
            | Effect::Resize { .. }
            | Effect::Stop(_)
            | Effect::Close(_)
            | Effect::Examine(_)
            | Effect::InstallGo(_)
            | Effect::StopInstalling
            | Effect::Copy(_)
            | Effect::StartEditor(_)
            | Effect::Mouse(_)
            | Effect::Quit => {}
        }
    }
}

/// The next effect in order. Drafts that another one of the same file has overtaken are left out: on a slow disk they
/// come faster than they are kept.
fn next(effects: &Receiver<Effect>, waiting: &mut VecDeque<Effect>) -> Option<Effect> {
    loop {
        if waiting.is_empty() {
            waiting.push_back(effects.recv().ok()?);
        }
        waiting.extend(effects.try_iter());
        let effect = waiting.pop_front()?;
        if !is_overtaken(&effect, waiting) {
            return Some(effect);
        }
    }
}

fn is_overtaken(effect: &Effect, waiting: &VecDeque<Effect>) -> bool {
    let Effect::KeepDraft { root, path, .. } = effect else { return false };
    // Only those right behind it: what comes between may look at drafts.
    let mut behind = waiting.iter().map_while(|later| match later {
        Effect::KeepDraft { root, path, .. } => Some((root, path)),
        _ => None,
    });
    behind.any(|later| later == (root, path))
}

/// Tells what was refused, and when it is taken again.
fn draft_kept(world: &World, root: PathBuf, path: FilePath, result: io::Result<()>, are_refused: &mut bool) {
    match result {
        Err(error) => {
            *are_refused = true;
            world.tell(Msg::DraftNotKept { root, path, why: not_kept(&error) });
        }
        Ok(()) if std::mem::take(are_refused) => world.tell(Msg::DraftsKept),
        Ok(()) => {}
    }
}

/// The tree, or what has become of the folder.
fn listed(tree: &mut tree::Tree, visit: u64, scratch: Scratch) -> Msg {
    match scratch.stands() {
        Ok(true) => Msg::Files { visit, rows: tree.rows(&scratch) },
        Ok(false) => Msg::FolderGone(scratch.root),
        Err(error) => Msg::ScratchOpened { visit, result: Err(prose::sentence(&error.to_string())) },
    }
}

fn settings_kept(world: &World, names: Vec<&'static str>, settings: &Settings) -> Msg {
    let result = settings.keep(&names, &world.dirs.state).map_err(|error| error.to_string());
    Msg::SettingsKept { names, result }
}

fn editor_for(world: &World, wanted: ForEditor) -> Msg {
    let result = aside::find_editor(world.editor.as_deref(), &wanted);
    Msg::EditorFound { visit: wanted.visit, path: wanted.path, result }
}

fn changed(world: &World, visit: u64, root: PathBuf, work: FileWork) -> Msg {
    let result = aside::change(&Scratch { root }, &world.dirs.trash(), &work);
    Msg::FilesDone { visit, work, result }
}

fn not_kept(error: &impl std::fmt::Display) -> String {
    format!("What you type is not kept until you save it ({error}). Free some space, or give yourself access there.")
}

/// Makes the lesson's folder ready and lays the step's starter files where the learner has none.
fn open(world: &World, drafts: &Drafts, visit: u64, at: LessonIndex, step: &StepId) -> Result<ScratchShown, String> {
    let course = &world.course;
    let told = |error: ScratchError| format!("{error}.");
    let scratch = tutor::scratch::open(&world.dirs, course, at).map_err(told)?;
    if let Some(step) = course.lesson(at).and_then(|lesson| lesson.steps.iter().find(|known| known.id == *step)) {
        tutor::scratch::lay(&scratch, course, step).map_err(told)?;
    }
    // The watcher lives as long as the program; when it is gone, so is everything.
    let _ = world.watches.send(Watch { visit, root: scratch.root.clone() });
    let (drafts, faults) = drafts.unsaved(&scratch.root);
    for fault in faults {
        world.tell(Msg::Trouble(fault));
    }
    Ok(ScratchShown { shown: shown(&scratch.root, &scratch.root), root: scratch.root, drafts })
}

/// The folder with the terminal in this directory of it, where that is still there.
fn standing_in(opened: ScratchShown, dir: Option<String>) -> ScratchShown {
    let dir = dir.map(|dir| opened.root.join(dir)).filter(|dir| dir.is_dir());
    let shown = dir.map_or(opened.shown, |dir| shown(&opened.root, &dir));
    ScratchShown { shown, ..opened }
}

fn file_read(world: &World, drafts: &Drafts, visit: u64, scratch: &Scratch, path: FilePath, with_draft: bool) {
    let (draft, fault) = if with_draft { drafts.take_up(&scratch.root, &path) } else { (None, None) };
    let result = read(scratch, &path);
    world.tell(Msg::FileRead { visit, path, result, draft: draft.map(Box::new) });
    if let Some(fault) = fault {
        world.tell(Msg::Trouble(fault));
    }
}

fn read(scratch: &Scratch, path: &FilePath) -> Result<Option<String>, String> {
    if let Some(sentence) = aside::too_big(scratch, path) {
        return Err(sentence);
    }
    match scratch.read(path) {
        Ok(text) if text.contains('\0') => Err(format!("{}.", ScratchError::NotText(path.to_string()))),
        Ok(text) => Ok(Some(text)),
        Err(ScratchError::Missing(_)) => Ok(None),
        Err(error) => Err(format!("{error}.")),
    }
}

fn save_file(world: &World, drafts: &Drafts, visit: u64, scratch: Scratch, path: FilePath, text: String) {
    // What is no text was never shown here, so it is not ours to write over.
    let spared = aside::spare(&scratch, &path);
    let result = spared.clone().and_then(|_| save(world, drafts, &scratch, &path, text));
    world.tell(Msg::FileSaved { visit, root: scratch.root, path, result });
    if let Some(name) = spared.ok().flatten() {
        world.tell(Msg::Kept { visit, result: Ok(name) });
    }
}

/// Writes the file as typed first, so that nothing is lost whatever gofmt does, then as gofmt has it.
fn save(world: &World, drafts: &Drafts, scratch: &Scratch, path: &FilePath, text: String) -> Result<SavedFile, String> {
    world.stand_up(scratch).map_err(|error| format!("{error}."))?;
    scratch.save(path, &text).map_err(|error| format!("{error}."))?;
    drafts.saved(&scratch.root, path, &text);
    let is_go = Path::new(path.name()).extension().is_some_and(|ending| ending == "go");
    if !is_go || text.trim().is_empty() {
        return Ok(SavedFile { text, complaint: None });
    }
    match gofmt::format(&text, &scratch.root, &world.environment()) {
        Formatted::Text(formatted) if formatted != text => {
            scratch.save(path, &formatted).map_err(|error| format!("{error}."))?;
            Ok(SavedFile { text: formatted, complaint: None })
        }
        Formatted::Text(_) | Formatted::NotAsked => Ok(SavedFile { text, complaint: None }),
        Formatted::Refused(found) => {
            let complaint = found.map(|found| Diagnostic::new(&found, Severity::Error));
            Ok(SavedFile { text, complaint })
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use crossbeam_channel::unbounded;

    use super::{Effect, next};
    use crate::base::FilePath;

    #[test]
    fn of_drafts_that_wait_the_last_of_each_file_is_kept_and_all_else_stays_in_order() {
        let draft = |name: &str| Effect::KeepDraft {
            root: "/lesson".into(),
            path: FilePath::parse(name).expect("a name"),
            draft: None,
        };
        let (sender, effects) = unbounded();
        for effect in [draft("a"), draft("b"), draft("a"), Effect::MarkFiles, draft("a"), draft("b")] {
            sender.send(effect).expect("it is heard");
        }
        drop(sender);
        let mut waiting = VecDeque::new();
        let kept: Vec<Effect> = std::iter::from_fn(|| next(&effects, &mut waiting)).collect();
        assert_eq!(kept, [draft("b"), draft("a"), Effect::MarkFiles, draft("a"), draft("b")]);
    }
}
