//! Files that other programs write, rename and remove while they are open here.

use crate::base::FilePath;

use super::Editor;

impl Editor {
    /// Whether the file has unsaved text here, and on the disk another text that is new.
    #[must_use]
    pub fn conflicts(&self, path: &FilePath, on_disk: &str) -> bool {
        let Some(file) = self.files.iter().find(|file| file.path == *path) else { return false };
        let is_ours = file.asked.iter().any(|asked| asked == on_disk) || file.document.text() == on_disk;
        file.document.dirty() && !is_ours && !file.document.is_saved_as(on_disk)
    }

    /// Takes the text that another program wrote in place of the unsaved one, which undo brings back.
    pub fn take_theirs(&mut self, path: &FilePath, text: &str) {
        let size = self.size;
        let Some(file) = self.file_mut(path) else { return };
        file.take_text(text, size);
        file.document.mark_saved(text);
    }

    /// Goes on with the unsaved text though the disk has another one, which is known from now on.
    pub fn refuse_theirs(&mut self, path: &FilePath, text: &str) {
        if let Some(file) = self.file_mut(path) {
            file.document.mark_saved(text);
        }
    }

    /// A file or folder has another name: what is open of it goes on under that.
    pub fn renamed(&mut self, from: &FilePath, to: &FilePath) {
        for file in &mut self.files {
            if let Some(path) = moved(&file.path, from, to) {
                file.path = path;
            }
        }
    }

    /// A file or folder is gone: what is open of it is closed.
    pub fn removed(&mut self, path: &FilePath) {
        let current = self.files.get(self.current).map(|file| file.path.clone());
        self.files.retain(|file| moved(&file.path, path, path).is_none());
        let same = current.and_then(|path| self.files.iter().position(|file| file.path == path));
        self.current = same.unwrap_or(0);
    }
}

/// The path of what was at `path`, when it is `from` or in it, which is at `to` now.
fn moved(path: &FilePath, from: &FilePath, to: &FilePath) -> Option<FilePath> {
    let rest = path.as_str().strip_prefix(from.as_str())?;
    if rest.is_empty() || rest.starts_with('/') { FilePath::parse(&format!("{to}{rest}")).ok() } else { None }
}
