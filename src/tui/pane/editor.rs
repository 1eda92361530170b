//! The editor: several open files, what the keys do with them, and their drawing.

use crate::base::FilePath;
use crate::edit::{Direction, Document, Motion, Position};

mod act;
mod all;
mod bracket;
mod diagnostic;
mod draft;
mod draw;
mod keys;
mod message;
mod mouse;
mod open;
mod outside;
mod problems;
mod prompt;
mod tabs;
mod wrong;

#[cfg(test)]
mod tests;

pub use diagnostic::{Diagnostic, Severity};
pub use keys::KEYS;
pub use mouse::Click;
pub use open::Tempo;

use open::OpenFile;
use prompt::Prompt;

/// The editor pane. It holds texts and asks for what touches the world.
#[derive(Clone, Debug)]
pub struct Editor {
    files: Vec<OpenFile>,
    current: usize,
    prompt: Option<Prompt>,
    /// What was last searched for.
    words: String,
    /// Capitals matter in searches, whatever the words.
    exact: bool,
    /// What was last copied or cut here.
    copied: String,
    notice: Option<String>,
    /// Problems in files that are not open.
    elsewhere: Vec<(FilePath, Diagnostic)>,
    /// Columns and rows of the pane, as last told.
    size: (u16, u16),
    /// How fast keys come now.
    pub tempo: Tempo,
}

/// What a key, a menu or a test wants of the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditorAction {
    Type(char),
    /// A text from the terminal's own paste.
    Paste(String),
    /// What was last copied or cut in this editor.
    PasteCopied,
    Newline,
    Backspace,
    Delete,
    DeleteWordLeft,
    DeleteWordRight,
    Indent,
    Dedent,
    ToggleComment,
    DuplicateLines,
    MoveLinesUp,
    MoveLinesDown,
    Go(Motion),
    Select(Motion),
    PageUp,
    PageDown,
    SelectPageUp,
    SelectPageDown,
    SelectAll,
    SelectWord,
    SelectLine,
    Copy,
    Cut,
    Save,
    Undo,
    Redo,
    Find,
    FindNext,
    FindPrevious,
    GoToLine,
    Replace,
    ReplaceAll,
    /// Capitals matter in searches, or only when the words have some.
    MatchCase,
    NextProblem,
    PreviousProblem,
    NextFile,
    PreviousFile,
    CloseFile,
    /// Ends what is going on: the prompt, then the selection, then asks to leave the pane.
    Cancel,
}

/// What the editor asks of its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditorAsk {
    /// Write the file; answer with [`Editor::saved`] or [`Editor::save_failed`].
    Save { path: FilePath, text: String },
    /// Put the text on the system's clipboard.
    Copy(String),
    /// The text of the file is no longer what it was: its draft is to be kept, and its syntax to be looked at.
    Changed { path: FilePath },
    /// Open the file, which has a problem at this line and byte, both from 1.
    Show { path: FilePath, line: usize, column: usize },
    /// The key has no meaning here now: it is meant for the pane's surroundings.
    Leave,
}

/// One open file as its tab shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title<'a> {
    pub path: &'a FilePath,
    /// The text differs from the saved one.
    pub dirty: bool,
    pub current: bool,
}

/// Why a change by another hand loses nothing.
const BOTH_KEPT: &str = "Your unsaved text is kept, and so is the other: undo (Ctrl-Z) leads to it.";

impl Default for Editor {
    fn default() -> Self {
        Self::new()
    }
}

impl Editor {
    /// An editor with no file.
    #[must_use]
    pub fn new() -> Self {
        Self {
            files: Vec::new(),
            current: 0,
            prompt: None,
            words: String::new(),
            exact: false,
            copied: String::new(),
            notice: None,
            elsewhere: Vec::new(),
            size: (80, 24),
            tempo: Tempo::default(),
        }
    }

    /// Shows the file, opening it with `text` when it is not open. `None` is a file that is yet to be.
    /// A file that is open and clean takes `text`; unsaved text is never lost by this.
    pub fn open(&mut self, path: FilePath, text: Option<String>) {
        self.prompt = None;
        if let Some(index) = self.index(&path) {
            self.current = index;
            if let Some(text) = text {
                self.disk_changed(&path, &text);
            }
            return;
        }
        self.add(OpenFile::new(path, &text.unwrap_or_default()));
    }

    fn add(&mut self, file: OpenFile) {
        self.elsewhere.retain(|(path, _)| *path != file.path);
        self.files.push(file);
        self.current = self.files.len() - 1;
        self.show_cursor();
    }

    /// The save asked for is done. `formatted` is what the formatter left on the disk, when it changed the text; it is
    /// taken with the cursor at its token, unless more was typed in the meantime.
    pub fn saved(&mut self, path: &FilePath, formatted: Option<String>) {
        let size = self.room();
        let Some(file) = self.file_mut(path) else { return };
        let text = file.document.text();
        let asked = file.asked.pop_front().unwrap_or_else(|| text.clone());
        let unchanged = asked == text;
        let on_disk = formatted.unwrap_or(asked);
        if unchanged {
            file.take_text(&on_disk, size);
        }
        file.document.mark_saved(&on_disk);
        file.catch_up();
        self.notice = Some(format!("{path} is saved."));
    }

    /// The save asked for did not happen; `why` is a sentence for the learner.
    pub fn save_failed(&mut self, path: &FilePath, why: &str) {
        if let Some(file) = self.file_mut(path) {
            file.asked.pop_front();
        }
        self.notice = Some(why.to_owned());
    }

    /// Asks once more for a file to be saved, unless it is under way, there is nothing to save any more, or
    /// another hand has changed it.
    pub fn save_again(&mut self, path: &FilePath) -> Option<EditorAsk> {
        let file = self.file_mut(path).filter(|file| {
            let is_asked = file.theirs.is_some() || !file.asked.is_empty();
            file.document.dirty() && !is_asked
        })?;
        Some(act::save(file))
    }

    /// The file on the disk is now `text`. A clean document takes it; unsaved text stays, and a notice says so.
    pub fn disk_changed(&mut self, path: &FilePath, text: &str) {
        let size = self.room();
        let Some(file) = self.file_mut(path) else { return };
        let ours = file.document.text();
        if ours == text {
            file.document.mark_saved(text);
        } else if file.asked.iter().any(|asked| asked == text) || file.document.is_saved_as(text) {
            // The echo of a save of ours, or nothing new: what was typed since stays.
        } else if file.document.dirty() {
            file.document.keep_beside(text);
            file.follow(Tempo::Typed);
            file.theirs = Some(text.to_owned());
            self.notice = Some(format!("{path} was changed outside the editor. {BOTH_KEPT}"));
        } else {
            file.take_text(text, size);
            file.document.mark_saved(text);
            self.notice = Some(format!("{path} was changed outside the editor and is shown as it is now."));
        }
    }

    /// Puts a code block of the lesson into a file, the current one when `path` is `None`. A file that is not open is
    /// taken as empty: open it first when it is on the disk. The cursor goes to the end of the code. The caller keeps the
    /// draft, as after [`EditorAsk::Changed`].
    ///
    /// # Errors
    /// A sentence for the learner when the file has text of its own and `force` is not given, or when no file is meant.
    pub fn put_code(&mut self, path: Option<FilePath>, text: &str, force: bool) -> Result<(), String> {
        let path = match (path, self.files.get(self.current)) {
            (Some(path), _) => path,
            (None, Some(file)) => file.path.clone(),
            (None, None) => return Err("No file is open to put the code into. Open or name one first.".to_owned()),
        };
        self.prompt = None;
        let index = self.index(&path).unwrap_or_else(|| {
            self.add(OpenFile::new(path.clone(), ""));
            self.files.len() - 1
        });
        self.current = index;
        let size = self.room();
        let file = &mut self.files[index];
        let own = file.document.text();
        if !own.trim().is_empty() && own != text && !force {
            return Err(format!(
                "{path} has text of its own. Putting the code there replaces it; undo brings it back."
            ));
        }
        if own != text {
            file.document.replace_all_text(text);
            file.document.go(Motion::TextEnd, false);
            file.follow(Tempo::Typed);
            file.reveal(size);
        }
        Ok(())
    }

    /// Puts the cursor at a line and a character of an open file, both from 1, and shows it; false when it is not open.
    pub fn go_to(&mut self, path: &FilePath, line: usize, character: usize) -> bool {
        let Some(index) = self.index(path) else { return false };
        self.current = index;
        self.prompt = None;
        self.files[index].document.go_to(line, character);
        self.show_cursor();
        true
    }

    /// The pane has this many columns and rows now. To be told before keys and clicks are.
    pub fn resize(&mut self, width: u16, height: u16) {
        if self.size != (width, height) {
            self.size = (width, height);
            self.show_cursor();
        }
    }

    /// Scrolls so far that the cursor of the shown file is in sight.
    fn show_cursor(&mut self) {
        let size = self.room();
        if let Some(file) = self.files.get_mut(self.current) {
            file.reveal(size);
        }
    }

    /// The open files in the order of their tabs.
    pub fn titles(&self) -> impl Iterator<Item = Title<'_>> {
        self.files.iter().enumerate().map(|(index, file)| Title {
            path: &file.path,
            dirty: file.document.dirty(),
            current: index == self.current,
        })
    }

    /// The file that is shown, with its cursor.
    #[must_use]
    pub fn current(&self) -> Option<(&FilePath, Position)> {
        self.files.get(self.current).map(|file| (&file.path, file.document.cursor()))
    }

    /// The text of an open file as it stands here, saved or not.
    #[must_use]
    pub fn text(&self, path: &FilePath) -> Option<String> {
        self.index(path).map(|index| self.files[index].document.text())
    }

    /// The open files whose text is not on the disk, with that text: what a draft has to keep.
    #[must_use]
    pub fn unsaved(&self) -> Vec<(FilePath, String)> {
        let dirty = self.files.iter().filter(|file| file.document.dirty());
        dirty.map(|file| (file.path.clone(), file.document.text())).collect()
    }

    /// Closes every file, as when another lesson's folder takes the place of this one. Keep [`Editor::unsaved`] first.
    pub fn close_all(&mut self) {
        self.files.clear();
        self.elsewhere.clear();
        (self.current, self.prompt, self.notice) = (0, None, None);
    }

    /// What the editor last had to say, until the next key.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    fn index(&self, path: &FilePath) -> Option<usize> {
        self.files.iter().position(|file| file.path == *path)
    }

    fn file_mut(&mut self, path: &FilePath) -> Option<&mut OpenFile> {
        self.files.iter_mut().find(|file| file.path == *path)
    }
}
