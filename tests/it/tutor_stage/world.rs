//! The obedient world: a disk in memory. Programs and looks are answered by the story.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use haveago::base::FilePath;
use haveago::course::StepId;
use haveago::course::model::LessonIndex;
use haveago::sandbox::Dirs;
use haveago::tui::effect::{Effect, Exchange};
use haveago::tui::msg::{Exchanged, Msg, SavedFile, ScratchShown};
use haveago::tui::pane::files::{FileRow, Mark};
use haveago::tutor::catch_up::{Means, Ready, make_ready};

use super::Stage;

/// Where the learner's work is.
pub const WORK: &str = "/home/ada/haveago";

impl Stage {
    /// Answers what waits, and what the answers bring, in order.
    pub(super) fn answer(&mut self) {
        while !self.waiting.is_empty() && !self.slow {
            let effect = self.waiting.remove(0);
            let Some(msg) = self.answer_to(effect) else { continue };
            let effects = haveago::tui::update::update(&mut self.state, msg);
            haveago::tui::settle::settle(&mut self.state);
            self.asked.extend(effects.iter().cloned());
            self.waiting.extend(effects);
        }
    }

    fn answer_to(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            Effect::Save(_) if self.disk_full => Some(Msg::SaveFailed("The disk is full.".to_owned())),
            Effect::Save(_) => Some(Msg::Saved),
            Effect::OpenScratch { visit, lesson, step, dir } => {
                let opened = self.open(lesson, &step);
                let shown = dir.map_or(opened.shown.clone(), |dir| format!("{}/{dir}", opened.shown));
                Some(Msg::ScratchOpened { visit, result: Ok(ScratchShown { shown, ..opened }) })
            }
            Effect::ListFiles { visit, root } => Some(Msg::Files { visit, rows: self.rows(&root) }),
            Effect::ReadFile { visit, root, path, with_draft } => {
                let name = name(&root, &path);
                let draft = self.drafts.get(&name).filter(|_| with_draft).cloned().map(Box::new);
                Some(Msg::FileRead { visit, path, result: Ok(self.disk.get(&name).cloned()), draft })
            }
            Effect::SaveFile { visit, root, path, text } => {
                let result = self.save(&root, &path, &text);
                Some(Msg::FileSaved { visit, root, path, result })
            }
            Effect::MakeReady { visit, lesson, step } => {
                Some(Msg::Ready { visit, result: self.make_ready(lesson, &step) })
            }
            Effect::Exchange { root, what, open } => Some(self.exchange(root, &what, open)),
            Effect::ChangeFiles { visit, work, .. } => Some(Msg::FilesDone { visit, work, result: Ok(None) }),
            Effect::KeepSettings { names, .. } if self.disk_full => {
                Some(Msg::SettingsKept { names, result: Err("the disk is full".to_owned()) })
            }
            Effect::KeepSettings { names, settings } => Some(Msg::SettingsKept { names, result: Ok(settings) }),
            Effect::KeepDraft { root, path, .. } if self.disk_full => {
                Some(Msg::DraftNotKept { root, path, why: "The disk is full.".to_owned() })
            }
            Effect::KeepDraft { root, path, draft } => {
                match draft {
                    Some(draft) => drop(self.drafts.insert(name(&root, &path), *draft)),
                    None => drop(self.drafts.remove(&name(&root, &path))),
                }
                None
            }
            Effect::List { .. }
            | Effect::MarkFiles
            | Effect::Parse { .. }
            | Effect::FindProblems { .. }
            | Effect::Run(_)
            | Effect::Allow(_)
            | Effect::Write { .. }
            | Effect::Resize { .. }
            | Effect::Stop(_)
            | Effect::Close(_)
            | Effect::Observe(_)
            | Effect::Examine(_)
            | Effect::InstallGo(_)
            | Effect::StopInstalling
            | Effect::Copy(_)
            | Effect::FindEditor(_)
            | Effect::StartEditor(_)
            | Effect::KeepCopy { .. }
            | Effect::Mouse(_)
            | Effect::Quit => None,
        }
    }

    fn open(&mut self, at: LessonIndex, step: &StepId) -> ScratchShown {
        let course = self.state.course.clone();
        let lessons = &course.chapters[at.chapter].lessons;
        let home = lessons[..=at.lesson].iter().rfind(|lesson| !lesson.continues).unwrap();
        let root = Path::new(WORK).join(&home.id);
        let step = course.lesson(at).unwrap().steps.iter().find(|known| known.id == *step).unwrap();
        for file in &step.files {
            self.disk.entry(name(&root, &file.path)).or_insert_with(|| file.text.clone());
        }
        let here = format!("{}/", root.display());
        let unsaved = self.drafts.iter().filter(|(_, draft)| draft.is_unsaved());
        let drafts = unsaved.filter_map(|(name, _)| FilePath::parse(name.strip_prefix(&here)?).ok()).collect();
        ScratchShown { shown: home.id.clone(), root, drafts }
    }

    /// The step's files by what the program itself makes of a course without commands.
    fn make_ready(&self, lesson: LessonIndex, step: &StepId) -> Result<Arc<Ready>, String> {
        let dirs = Dirs::find(Some(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("stage"))).unwrap();
        let course = &self.state.course;
        let step = course.lesson(lesson).unwrap().steps.iter().find(|known| known.id == *step).unwrap();
        let means = Means { dirs: &dirs, course, env: &[], no_go: Some("there is no Go on this stage") };
        make_ready(means, lesson, step, &mut |_| {}).map(Arc::new).map_err(|error| error.to_string())
    }

    fn exchange(&mut self, root: PathBuf, what: &Exchange, open: Vec<FilePath>) -> Msg {
        if self.disk_full {
            return Msg::Exchanged { root, result: Err("The disk is full.".to_owned()) };
        }
        let next = match what {
            Exchange::Lay(ready) => laid(&ready.folder(), &root),
            Exchange::BringBack => match self.set_aside.pop() {
                Some(files) => files,
                None => return Msg::Exchanged { root, result: Err("Nothing is set aside.".to_owned()) },
            },
        };
        let here = format!("{}/", root.display());
        let own: BTreeMap<String, String> =
            self.disk.iter().filter(|(name, _)| name.starts_with(&here)).map(|(n, t)| (n.clone(), t.clone())).collect();
        self.disk.retain(|name, _| !own.contains_key(name));
        self.disk.extend(next);
        let kept = (!own.is_empty()).then(|| PathBuf::from(format!("{}.kept-1", root.display())));
        self.set_aside.extend(kept.is_some().then_some(own));
        let gone = open.into_iter().filter(|path| !self.disk.contains_key(&name(&root, path))).collect();
        let is_back = matches!(what, Exchange::BringBack);
        Msg::Exchanged { root, result: Ok(Exchanged { kept, is_back, gone }) }
    }

    fn save(&mut self, root: &Path, path: &FilePath, text: &str) -> Result<SavedFile, String> {
        if self.disk_full {
            return Err(format!("`{path}` cannot be saved: the disk is full."));
        }
        if let Some(draft) = self.drafts.get_mut(&name(root, path)) {
            draft.settle(text);
        }
        let text = (self.gofmt)(text);
        self.disk.insert(name(root, path), text.clone());
        Ok(SavedFile { text, complaint: None })
    }

    fn rows(&self, root: &Path) -> Vec<FileRow> {
        let root = format!("{}/", root.display());
        let here = self.disk.iter().filter_map(|(name, text)| Some((name.strip_prefix(&root)?, text)));
        here.map(|(path, text)| FileRow {
            path: FilePath::parse(path).unwrap(),
            depth: path.matches('/').count(),
            is_dir: false,
            size: text.len() as u64,
            mark: Mark::Same,
            note: None,
        })
        .collect()
    }
}

/// The files right in a folder, as those of the lesson's folder `root`.
fn laid(folder: &Path, root: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| root.join(path.file_name().unwrap()).display().to_string();
    entries.map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

fn name(root: &Path, path: &FilePath) -> String {
    let root: PathBuf = root.to_owned();
    format!("{}/{path}", root.display())
}
