//! What the tools say about the open files: taken in, dropped when it no longer holds, gone to.

use crate::base::FilePath;
use crate::edit::Position;

use super::{Diagnostic, Editor, EditorAsk};

impl Editor {
    /// What the tools say about one file now, in place of what they said before.
    pub fn diagnostics(&mut self, path: &FilePath, diagnostics: Vec<Diagnostic>) {
        if let Some(file) = self.file_mut(path) {
            file.problems = diagnostics;
        }
    }

    /// The tools begin to look at the files as they are on the disk. What is typed until they answer is remembered, so
    /// that their answer finds its lines.
    pub fn look_begins(&mut self) {
        for file in &mut self.files {
            file.since = (!file.document.dirty()).then(Vec::new);
        }
    }

    /// What the tools have found in the whole folder since [`Editor::look_begins`], in their order.
    pub fn problems(&mut self, found: &[(FilePath, Diagnostic)]) {
        for file in &mut self.files {
            let own = found.iter().filter(|(path, _)| *path == file.path).map(|(_, diagnostic)| diagnostic.clone());
            file.take_problems(own.collect());
        }
        if !found.is_empty() {
            // They are what is to be told now.
            self.notice = None;
        }
        let open = self.open_paths();
        self.elsewhere = found.iter().filter(|(path, _)| !open.contains(path)).cloned().collect();
    }

    /// The Go text that is shown, with its number among the texts of its file, for a look at its syntax.
    #[must_use]
    pub fn to_parse(&self) -> Option<(FilePath, u64, String)> {
        let file = self.files.get(self.current).filter(|file| file.is_go())?;
        Some((file.path.clone(), file.revision, file.document.text()))
    }

    /// What the parser says about the text with this number; nothing when it is well formed. An answer about an earlier
    /// text is not taken.
    pub fn parsed(&mut self, path: &FilePath, revision: u64, complaint: Option<Diagnostic>) {
        if let Some(file) = self.file_mut(path).filter(|file| file.revision == revision) {
            file.syntax = complaint;
        }
    }

    /// What the formatter said about the text that was saved.
    pub fn complained(&mut self, path: &FilePath, complaint: Option<Diagnostic>) {
        if let Some(file) = self.file_mut(path).filter(|file| !file.document.dirty()) {
            file.syntax = complaint;
        }
    }

    /// Goes to the next problem, or the one before: in this file, around its end, else in another.
    pub(super) fn go_to_problem(&mut self, forward: bool) -> Vec<EditorAsk> {
        let size = self.room();
        if let Some(file) = self.files.get_mut(self.current)
            && let Some(place) = file.next_problem(forward)
        {
            file.document.select(place, place);
            file.reveal(size);
            return Vec::new();
        }
        if let Some(index) = self.files.iter().position(|file| file.all_problems().next().is_some()) {
            self.current = index;
            return self.go_to_problem(forward);
        }
        if let Some((path, first)) = self.elsewhere.first() {
            return vec![EditorAsk::Show { path: path.clone(), line: first.line, column: first.column }];
        }
        self.notice = Some("No problem is known here. Saving looks for some.".to_owned());
        Vec::new()
    }

    /// Puts the cursor at a line and a byte of an open file, both from 1 as the tools count, and shows it.
    pub fn go_to_byte(&mut self, path: &FilePath, line: usize, column: usize) -> bool {
        let Some(index) = self.index(path) else { return false };
        self.current = index;
        self.prompt = None;
        let place = Position::new(line.saturating_sub(1), column.saturating_sub(1));
        self.files[index].document.select(place, place);
        self.show_cursor();
        true
    }
}
