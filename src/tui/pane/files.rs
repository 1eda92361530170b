//! The files pane: the scratch directory as it is now, with what is new or changed.

use std::collections::BTreeSet;

use crate::base::FilePath;

mod change;
mod draw;

#[cfg(test)]
mod tests;

pub use change::FileWork;
use change::Prompt;

/// What became of a file since the last command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    New,
    Changed,
    Same,
}

/// One line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    pub path: FilePath,
    /// How many folders it is in, from the scratch directory on.
    pub depth: usize,
    pub is_dir: bool,
    /// Bytes; of no meaning for a folder.
    pub size: u64,
    pub mark: Mark,
    /// Shown in place of the size: `ELF, 2.3 MB, static`.
    pub note: Option<String>,
}

/// The files pane. Folders fold; the selection stays with its file when the tree changes.
#[derive(Clone, Debug, Default)]
pub struct Files {
    rows: Vec<FileRow>,
    folded: BTreeSet<FilePath>,
    /// An index into what is shown.
    selected: usize,
    /// The first row in sight.
    top: usize,
    height: usize,
    /// A name that is asked for.
    prompt: Option<Prompt>,
    /// What takes back what was done, the last thing last.
    undo: Vec<FileWork>,
    /// To be selected as soon as it is in the tree.
    wanted: Option<FilePath>,
}

/// What a key wants of the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesAction {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    /// Opens the file, or folds and unfolds the folder; takes the name that was typed.
    Enter,
    NewFile,
    NewFolder,
    Rename,
    Delete,
    /// Takes back the last delete or rename.
    Undo,
    /// A letter of a name.
    Type(char),
    Paste(String),
    Backspace,
    /// Drops the name that is being typed.
    Cancel,
}

/// What the pane asks of its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesAsk {
    Open(FilePath),
    Work(FileWork),
    /// A sentence for the learner.
    Say(String),
}

/// Key, action, and the words of the help; keys are written as in [`super::editor::KEYS`].
pub const KEYS: &[(&str, FilesAction, &str)] = &[
    ("Up", FilesAction::Up, "the file above"),
    ("Down", FilesAction::Down, "the file below"),
    ("PageUp", FilesAction::PageUp, "a page up"),
    ("PageDown", FilesAction::PageDown, "a page down"),
    ("Home", FilesAction::First, "the first file"),
    ("End", FilesAction::Last, "the last file"),
    ("Enter", FilesAction::Enter, "open the file; fold or unfold the folder"),
    ("n", FilesAction::NewFile, "new file"),
    ("f", FilesAction::NewFolder, "new folder"),
    ("r", FilesAction::Rename, "rename"),
    ("d", FilesAction::Delete, "delete; U brings it back"),
    ("Delete", FilesAction::Delete, ""),
    ("u", FilesAction::Undo, "take back the last delete or rename"),
    ("Ctrl-Z", FilesAction::Undo, ""),
];

impl Files {
    /// A pane without files.
    #[must_use]
    pub fn new() -> Self {
        Self { height: 20, ..Self::default() }
    }

    /// Takes the tree as it is now: each folder before what is in it.
    pub fn set(&mut self, rows: Vec<FileRow>) {
        let selected = self.selected().map(|row| row.path.clone());
        self.rows = rows;
        let new = self.wanted.take_if(|path| self.rows.iter().any(|row| row.path == *path));
        let same = new.or(selected).and_then(|path| self.shown().position(|row| row.path == path));
        self.select(same.unwrap_or(self.selected));
    }

    /// Whether there is a `go.mod` at the top.
    #[must_use]
    pub fn has_module(&self) -> bool {
        self.rows.iter().any(|row| row.path.as_str() == "go.mod")
    }

    /// Whether this is a file of the tree.
    #[must_use]
    pub fn has(&self, path: &FilePath) -> bool {
        self.rows.iter().any(|row| row.path == *path && !row.is_dir)
    }

    /// The names right in a folder of the tree; none is the lesson's own.
    pub fn names_in(&self, dir: Option<&str>) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| {
            let (folder, name) =
                row.path.as_str().rsplit_once('/').map_or((None, row.path.as_str()), |(dir, name)| (Some(dir), name));
            (folder == dir && !row.is_dir).then_some(name)
        })
    }

    /// The pane has so many rows now, of which the last is for the keys or a name.
    pub fn resize(&mut self, height: u16) {
        self.height = usize::from(height.saturating_sub(1));
        self.select(self.selected);
    }

    pub fn act(&mut self, action: FilesAction) -> Vec<FilesAsk> {
        let page = self.height.saturating_sub(1).max(1);
        match action {
            FilesAction::Up => self.select(self.selected.saturating_sub(1)),
            FilesAction::Down => self.select(self.selected + 1),
            FilesAction::PageUp => self.select(self.selected.saturating_sub(page)),
            FilesAction::PageDown => self.select(self.selected + page),
            FilesAction::First => self.select(0),
            FilesAction::Last => self.select(usize::MAX),
            FilesAction::Enter if self.wants_text() => return self.named(),
            FilesAction::Enter => return self.enter(),
            FilesAction::NewFile => self.ask_new(false),
            FilesAction::NewFolder => self.ask_new(true),
            FilesAction::Rename => return self.ask_rename(),
            FilesAction::Delete => return self.delete(),
            FilesAction::Undo => return self.undo(),
            FilesAction::Type(letter) => self.type_name(letter.encode_utf8(&mut [0; 4])),
            FilesAction::Paste(text) => self.type_name(text.lines().next().unwrap_or_default()),
            FilesAction::Backspace => {
                if let Some(prompt) = &mut self.prompt {
                    prompt.typed.pop();
                }
            }
            FilesAction::Cancel => self.prompt = None,
        }
        Vec::new()
    }

    /// A press of the left button in the pane: selects the file there and opens it, or does what the last row offers.
    pub fn click(&mut self, x: u16, y: u16) -> Vec<FilesAsk> {
        if usize::from(y) == self.height {
            return draw::offered(x).map_or_else(Vec::new, |action| self.act(action));
        }
        if self.point(y) { self.enter() } else { Vec::new() }
    }

    /// Selects the file in row `y` of the pane, if there is one.
    pub fn point(&mut self, y: u16) -> bool {
        self.prompt = None;
        let row = self.top + usize::from(y);
        let is_there = usize::from(y) < self.height && row < self.shown().count();
        if is_there {
            self.select(row);
        }
        is_there
    }

    /// Scrolls by so many rows, up when negative.
    pub fn wheel(&mut self, rows: isize) {
        let last = self.shown().count().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(rows).min(last);
    }

    /// The file the next Enter is about.
    #[must_use]
    pub fn selected(&self) -> Option<&FileRow> {
        self.shown().nth(self.selected)
    }

    fn enter(&mut self) -> Vec<FilesAsk> {
        let Some(row) = self.selected() else { return Vec::new() };
        let path = row.path.clone();
        if !row.is_dir {
            return vec![FilesAsk::Open(path)];
        }
        if !self.folded.remove(&path) {
            self.folded.insert(path);
        }
        self.select(self.selected);
        Vec::new()
    }

    /// The rows that no folded folder hides.
    fn shown(&self) -> impl Iterator<Item = &FileRow> {
        self.rows.iter().filter(|row| {
            let path = row.path.as_str();
            !path.match_indices('/').any(|(end, _)| self.folded.iter().any(|folded| folded.as_str() == &path[..end]))
        })
    }

    fn select(&mut self, row: usize) {
        let count = self.shown().count();
        self.selected = row.min(count.saturating_sub(1));
        let height = self.height.max(1);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(height));
        self.top = self.top.min(count.saturating_sub(height));
    }
}
