//! The files pane: the scratch directory as it is now, with what is new or changed.

use std::collections::BTreeSet;

use crate::base::FilePath;

mod draw;

#[cfg(test)]
mod tests;

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
}

/// What a key wants of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilesAction {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    /// Opens the file, or folds and unfolds the folder.
    Enter,
}

/// What the pane asks of its caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesAsk {
    Open(FilePath),
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
        let same = selected.and_then(|path| self.shown().position(|row| row.path == path));
        self.select(same.unwrap_or(self.selected));
    }

    /// Whether there is a `go.mod` at the top.
    #[must_use]
    pub fn has_module(&self) -> bool {
        self.rows.iter().any(|row| row.path.as_str() == "go.mod")
    }

    /// The pane has so many rows now.
    pub fn resize(&mut self, height: u16) {
        self.height = usize::from(height);
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
            FilesAction::Enter => return self.enter(),
        }
        Vec::new()
    }

    /// A press of the left button in row `y` of the pane: selects the file there and opens it.
    pub fn click(&mut self, y: u16) -> Vec<FilesAsk> {
        let row = self.top + usize::from(y);
        if row >= self.shown().count() {
            return Vec::new();
        }
        self.select(row);
        self.enter()
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
