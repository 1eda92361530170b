//! Drafts: unsaved text and what can be undone, from one start to the next, and a file that another hand has changed.

use crate::base::FilePath;
use crate::edit::{Document, Draft, Restored};

use super::Editor;
use super::open::OpenFile;

impl Editor {
    /// Opens a file that is not open with the draft that was kept of it. `text` is what the disk has, `None` when there
    /// is no such file. Unsaved text is back with a notice.
    pub fn open_draft(&mut self, path: FilePath, text: Option<&str>, draft: &Draft) {
        if self.index(&path).is_some() {
            return self.open(path, text.map(str::to_owned));
        }
        self.prompt = None;
        let (document, restored) = Document::restore(draft, text);
        let mut file = OpenFile::with(path.clone(), document);
        match restored {
            Restored::Saved => {}
            Restored::Unsaved => {
                self.notice = Some(format!("The text of {path} that was not saved is back. Ctrl-S saves it."));
            }
            // The caller asks which of the two is to be shown.
            Restored::Conflict(theirs) => file.theirs = Some(theirs),
        }
        // What is on the disk may not be what it is now.
        file.kept = (u64::MAX, false);
        self.add(file);
    }

    /// The drafts that are no longer as they were last given out here: what is to be kept of each file, if anything.
    pub fn take_drafts(&mut self) -> Vec<(FilePath, Option<Draft>)> {
        let changed = self.files.iter_mut().filter(|file| file.kept != file.standing());
        changed
            .map(|file| {
                file.kept = file.standing();
                (file.path.clone(), file.document.draft())
            })
            .collect()
    }

    /// The draft that was given out last is not on the disk.
    pub fn draft_not_kept(&mut self, path: &FilePath) {
        if let Some(file) = self.file_mut(path) {
            file.kept = (u64::MAX, false);
        }
    }

    /// An open file that another hand has changed while it has unsaved text, with the text that the disk has now; each
    /// time once.
    pub fn take_conflict(&mut self) -> Option<(FilePath, String)> {
        self.files.iter_mut().find_map(|file| Some((file.path.clone(), file.theirs.take()?)))
    }

    /// Shows the text that another hand has put on the disk. Undo leads back to the unsaved one.
    pub fn take_theirs(&mut self, path: &FilePath, theirs: &str) {
        let size = self.room();
        let Some(file) = self.file_mut(path) else { return };
        file.take_text(theirs, size);
        file.document.mark_saved(theirs);
        self.notice = Some(format!("{path} is shown as it is on the disk. Undo (Ctrl-Z) brings your text back."));
    }
}
