//! What must never be lost, whatever the monkey does: files of the learner, steps that are passed, text that was typed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use haveago::course::{Course, StepId};
use haveago::sandbox::Dirs;
use haveago::store::Log;

/// Files longer than this are none of ours.
const LONGEST: u64 = 64 * 1024 * 1024;

/// All that is to be kept below one data folder.
pub struct Keeping {
    seed: u64,
    dirs: Dirs,
    /// Files that no command names, and no editor can open: each is unlike all others.
    witnesses: Vec<Vec<u8>>,
    /// The folders that have one.
    guarded: BTreeSet<PathBuf>,
    passed: BTreeSet<StepId>,
    pub pledges: u64,
}

impl Keeping {
    pub fn of(seed: u64, data: &Path) -> Self {
        let dirs = Dirs::find(Some(data)).expect("the folders");
        Self { seed, dirs, witnesses: Vec::new(), guarded: BTreeSet::new(), passed: BTreeSet::new(), pledges: 0 }
    }

    /// A line that has never been before.
    pub fn next_pledge(&mut self) -> String {
        self.pledges += 1;
        format!("kept {} {} kept", self.seed, self.pledges)
    }

    /// Whether `text` is in a file of the learner, or in a draft.
    pub fn has(&self, text: &str) -> bool {
        let holds = |path: &PathBuf| fs::read(path).is_ok_and(|all| String::from_utf8_lossy(&all).contains(text));
        files(&self.dirs.state.join("drafts")).iter().chain(&files(&self.dirs.work)).any(holds)
    }

    /// Looks whether all is there while no program runs, and lays a witness into each folder that is new.
    pub fn look(&mut self, course: &Course) -> Result<(), String> {
        self.progress(course)?;
        let (there, deleted) = (files(&self.dirs.work), files(&self.dirs.trash()));
        for witness in std::mem::take(&mut self.witnesses) {
            // The learner's own editor adds a line to it where it was named as a Go file is.
            let is_it = |path: &PathBuf| {
                let mut start = vec![0; witness.len()];
                fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok()) && start == witness
            };
            if there.iter().any(is_it) {
                self.witnesses.push(witness);
            } else if !deleted.iter().any(is_it) {
                // What was deleted by hand is no witness any more: it goes from the trash in the end.
                return Err(format!("the learner's file {} is gone", String::from_utf8_lossy(&witness)));
            }
        }
        for folder in lessons(&self.dirs.work) {
            if self.guarded.insert(folder.clone()) {
                let mut witness = format!("witness {} of seed {} ", self.guarded.len(), self.seed).into_bytes();
                // No text, for any editor.
                witness.extend([0, 0xff, 0xfe, 0]);
                fs::write(folder.join("witness.bin"), &witness).map_err(|error| format!("no witness: {error}"))?;
                self.witnesses.push(witness);
            }
        }
        Ok(())
    }

    /// What was passed stays passed, and the file of it whole.
    fn progress(&mut self, course: &Course) -> Result<(), String> {
        let opened = Log::open(&self.dirs.state, &course.id).map_err(|error| format!("the progress: {error}"))?;
        if let Some(notice) = opened.notice {
            return Err(format!("the progress: {notice}"));
        }
        let passed: BTreeSet<StepId> =
            opened.progress.steps.keys().filter(|step| opened.progress.has_passed(step)).cloned().collect();
        if let Some(lost) = self.passed.difference(&passed).next() {
            return Err(format!("{lost} was passed and is not any more"));
        }
        self.passed = passed;
        Ok(())
    }

    pub fn steps(&self) -> usize {
        self.passed.len()
    }
}

/// Course, chapter, lesson: the learner's folders.
fn lessons(work: &Path) -> Vec<PathBuf> {
    let within = |folder: PathBuf| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        entries.filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    within(work.to_owned()).into_iter().flat_map(within).flat_map(within).collect()
}

/// The files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(meta) if meta.is_dir() => folders.push(entry.path()),
                Ok(meta) if meta.is_file() && meta.len() < LONGEST => found.push(entry.path()),
                Ok(_) | Err(_) => {}
            }
        }
    }
    found
}
