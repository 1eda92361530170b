//! One text under edit: its lines, where the cursor is, what can be undone, whether it is saved.

use super::history::{Edit, Group, History, Run, Standing};
use super::text::{Change, Position, Text};

/// What is selected: from the anchor, where it began, to the cursor. Nothing when both are one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    pub anchor: Position,
    pub cursor: Position,
}

impl Selection {
    /// A cursor with nothing selected.
    #[must_use]
    pub fn at(cursor: Position) -> Self {
        Self { anchor: cursor, cursor }
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.anchor == self.cursor
    }

    #[must_use]
    pub fn start(self) -> Position {
        self.anchor.min(self.cursor)
    }

    #[must_use]
    pub fn end(self) -> Position {
        self.anchor.max(self.cursor)
    }
}

/// A text under edit. Every change can be undone; a series of typed characters is one step.
#[derive(Clone, Debug)]
pub struct Document {
    pub(super) text: Text,
    pub(super) selection: Selection,
    /// The column on the screen that moving up and down tries to keep.
    pub(super) goal: Option<usize>,
    history: History,
    /// The text as it was last known to be on the disk.
    saved: String,
    pending: Vec<Edit>,
    changes: Vec<Change>,
}

impl Document {
    /// The document of a saved text, with the cursor at its start.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self {
            text: Text::read(text),
            saved: text.to_owned(),
            selection: Selection::default(),
            goal: None,
            history: History::new(),
            pending: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The lines without their breaks; there is at least one.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        self.text.lines()
    }

    /// The whole text as it goes to the disk, with the line breaks it came with.
    #[must_use]
    pub fn text(&self) -> String {
        self.text.write()
    }

    #[must_use]
    pub fn selection(&self) -> Selection {
        self.selection
    }

    #[must_use]
    pub fn cursor(&self) -> Position {
        self.selection.cursor
    }

    #[must_use]
    pub fn selected_text(&self) -> String {
        self.text.slice(self.selection.start(), self.selection.end())
    }

    /// Selects from `anchor` to `cursor`, each moved to the nearest place that exists. Ends a series of typing.
    pub fn select(&mut self, anchor: Position, cursor: Position) {
        self.selection = Selection { anchor: self.text.clamp(anchor), cursor: self.text.clamp(cursor) };
        self.goal = None;
        self.history.close();
    }

    /// The text differs from the saved one.
    #[must_use]
    pub fn dirty(&self) -> bool {
        !self.text.is(&self.saved)
    }

    /// `text` is now on the disk.
    pub fn mark_saved(&mut self, text: &str) {
        text.clone_into(&mut self.saved);
        self.history.close();
    }

    /// Whether `text` is what was last known to be on the disk.
    #[must_use]
    pub fn is_saved_as(&self, text: &str) -> bool {
        self.saved == text
    }

    /// The changes since the last call, in order, for whoever follows the text.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// Takes back the last step; false when there is none.
    pub fn undo(&mut self) -> bool {
        let Some(group) = self.history.undo().cloned() else { return false };
        for edit in group.edits.iter().rev() {
            self.replace(edit.start, edit.start.after(&edit.inserted), &edit.removed);
        }
        self.arrive(group.before)
    }

    /// Does the last undone step again; false when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(group) = self.history.redo().cloned() else { return false };
        for edit in &group.edits {
            self.replace(edit.start, edit.start.after(&edit.removed), &edit.inserted);
        }
        self.arrive(group.after)
    }

    fn arrive(&mut self, standing: Standing) -> bool {
        self.selection = standing.selection;
        self.text.ending = standing.ending;
        self.goal = None;
        true
    }

    fn standing(&self) -> Standing {
        Standing { selection: self.selection, ending: self.text.ending }
    }

    /// Runs `work`, whose edits become one step that can be undone.
    pub(super) fn step(&mut self, run: Run, work: impl FnOnce(&mut Self)) {
        let before = self.standing();
        work(self);
        self.goal = None;
        let (edits, after) = (std::mem::take(&mut self.pending), self.standing());
        if !edits.is_empty() || before.ending != after.ending {
            self.history.record(run, Group { edits, before, after });
        }
    }

    /// Inside a step: puts `new` in the place of `from..to` and returns where it ends. The selection stays as it is.
    pub(super) fn put(&mut self, from: Position, to: Position, new: &str) -> Position {
        let removed = self.replace(from, to, new);
        if removed != new {
            self.pending.push(Edit { start: from, removed, inserted: new.to_owned() });
        }
        from.after(new)
    }

    fn replace(&mut self, from: Position, to: Position, new: &str) -> String {
        let (removed, change) = self.text.splice(from, to, new);
        self.changes.push(change);
        removed
    }
}
