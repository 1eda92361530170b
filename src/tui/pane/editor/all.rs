//! All open files at once: what is not saved, and what others need to know of them.

use crate::base::FilePath;

use super::open::OpenFile;
use super::{Editor, EditorAsk};

impl Editor {
    /// Asks for every file with unsaved text to be saved.
    pub fn save_all(&mut self) -> Vec<EditorAsk> {
        // A save under way is of the text as it was then: what was typed since needs one of its own.
        let is_under_way = |file: &OpenFile| file.asked.back().is_some_and(|asked| *asked == file.document.text());
        let unsaved = self.files.iter_mut().filter(|file| file.document.dirty() && !is_under_way(file));
        unsaved.map(super::act::save).collect()
    }

    /// … whatever is under way already.
    pub fn save_all_anew(&mut self) -> Vec<EditorAsk> {
        self.files.iter_mut().filter(|file| file.document.dirty()).map(super::act::save).collect()
    }

    /// The paths of the open files.
    #[must_use]
    pub fn open_paths(&self) -> Vec<FilePath> {
        self.files.iter().map(|file| file.path.clone()).collect()
    }

    /// Paths and texts of the open files, saved or not.
    #[must_use]
    pub fn texts(&self) -> Vec<(FilePath, String)> {
        self.files.iter().map(|file| (file.path.clone(), file.document.text())).collect()
    }

    /// Whether the open file has a text that is neither empty, nor `text`, nor an arrangement of `lines`.
    #[must_use]
    pub fn has_other_text(&self, path: &FilePath, text: &str, lines: &[String]) -> bool {
        let Some(own) = self.text(path) else { return false };
        let mut own_lines: Vec<&str> = own.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut known: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
        own_lines.sort_unstable();
        known.sort_unstable();
        !own.trim().is_empty() && own != text && own_lines != known
    }

    /// What its tab says: the current file, marked while it has unsaved text.
    #[must_use]
    pub fn tab(&self) -> String {
        self.titles().find(|title| title.current).map_or_else(
            || "Editor".to_owned(),
            |title| format!("{}{}", title.path, if title.dirty { " *" } else { "" }),
        )
    }
}
