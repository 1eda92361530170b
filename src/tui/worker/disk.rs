//! Everything that reads or writes files: progress, the scratch directory, the editor's files. One thread, in order.

mod tree;

use std::path::Path;

use crossbeam_channel::Receiver;

use crate::base::FilePath;
use crate::course::StepId;
use crate::course::model::LessonIndex;
use crate::sandbox::gofmt::{self, Formatted};
use crate::sandbox::scratch::{Scratch, ScratchError};
use crate::store::Drafts;
use crate::store::progress::{Log, stamp};
use crate::tutor;

use super::super::effect::Effect;
use super::super::msg::{Msg, SavedFile, ScratchShown};
use super::super::pane::editor::{Diagnostic, Severity};
use super::World;
use super::programs::shown;
use super::watch::Watch;

/// Serves until the program ends and all that was asked for is done.
pub fn serve(world: &World, mut log: Log, effects: &Receiver<Effect>) {
    let mut before = tree::Snapshot::default();
    let drafts = Drafts::new(&world.dirs.state);
    while let Ok(effect) = effects.recv() {
        match effect {
            Effect::Save(events) => world.tell(match log.append(&stamp(events)) {
                Ok(_) => Msg::Saved,
                Err(error) => Msg::SaveFailed(error.to_string()),
            }),
            Effect::OpenScratch { visit, lesson, step } => {
                before = tree::Snapshot::default();
                let result = open(world, &drafts, visit, lesson, &step);
                world.tell(Msg::ScratchOpened { visit, result });
            }
            Effect::ListFiles { visit, root } => {
                let rows = tree::rows(&Scratch { root }, &mut before);
                world.tell(Msg::Files { visit, rows });
            }
            Effect::ReadFile { visit, root, path, with_draft } => {
                let draft = if with_draft { drafts.read(&root, &path).map(Box::new) } else { None };
                let result = read(&Scratch { root }, &path);
                world.tell(Msg::FileRead { visit, path, result, draft });
            }
            Effect::SaveFile { visit, root, path, text } => {
                let scratch = Scratch { root };
                let result = save(world, &drafts, &scratch, &path, text);
                world.tell(Msg::FileSaved { visit, root: scratch.root, path, result });
            }
            Effect::KeepDraft { root, path, draft } => {
                if let Err(error) = drafts.keep(&root, &path, draft.as_deref()) {
                    world.tell(Msg::DraftNotKept(format!(
                        "What you type is not kept until you save it ({error}). Free some space on the disk."
                    )));
                }
            }
            Effect::Observe(_)
            | Effect::Parse { .. }
            | Effect::FindProblems { .. }
            | Effect::Run(_)
            | Effect::Allow(_)
            | Effect::List { .. }
            | Effect::Write { .. }
            | Effect::Resize { .. }
            | Effect::Stop(_)
            | Effect::Close(_)
            | Effect::InstallGo(_)
            | Effect::StopInstalling
            | Effect::Copy(_)
            | Effect::Quit => {}
        }
    }
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
    let drafts = drafts.unsaved(&scratch.root);
    Ok(ScratchShown { shown: shown(&scratch.root, &scratch.root), root: scratch.root, drafts })
}

fn read(scratch: &Scratch, path: &FilePath) -> Result<Option<String>, String> {
    match scratch.read(path) {
        Ok(text) => Ok(Some(text)),
        Err(ScratchError::Missing(_)) => Ok(None),
        Err(error) => Err(format!("{error}.")),
    }
}

/// Writes the file as typed first, so that nothing is lost whatever gofmt does, then as gofmt has it.
fn save(world: &World, drafts: &Drafts, scratch: &Scratch, path: &FilePath, text: String) -> Result<SavedFile, String> {
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
