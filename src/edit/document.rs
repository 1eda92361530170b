//! One text under edit: its lines, where the cursor is, what can be undone, whether it is saved.

use serde::{Deserialize, Serialize};

use super::history::{Edit, Group, History, Run, Standing};
use super::text::{Change, Position, Text};

/// What is selected: from the anchor, where it began, to the cursor. Nothing when both are one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    pub(super) history: History,
    /// The text as it was last known to be on the disk.
    pub(super) saved: String,
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
            history: History::default(),
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

    /// The place that exists and is nearest to `at`.
    #[must_use]
    pub fn nearest(&self, at: Position) -> Position {
        self.text.clamp(at)
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
        let is_whole = group.edits.iter().rev().all(|edit| self.turn_back(edit.start, &edit.inserted, &edit.removed));
        is_whole && self.arrive(group.before)
    }

    /// Does the last undone step again; false when there is none.
    pub fn redo(&mut self) -> bool {
        let Some(group) = self.history.redo().cloned() else { return false };
        let is_whole = group.edits.iter().all(|edit| self.turn_back(edit.start, &edit.removed, &edit.inserted));
        is_whole && self.arrive(group.after)
    }

    /// Puts `new` in the place of `old`, which stands at `start`. A history that was kept on the disk may have been
    /// tampered with there: where it does not fit the text, it is forgotten, and the answer is false.
    fn turn_back(&mut self, start: Position, old: &str, new: &str) -> bool {
        let end = start.after(old);
        let fits = self.text.has(start) && self.text.has(end) && self.text.slice(start, end) == old;
        if fits {
            self.replace(start, end, new);
        } else {
            self.history = History::default();
            self.select(self.selection.anchor, self.selection.cursor);
        }
        fits
    }

    fn arrive(&mut self, standing: Standing) -> bool {
        self.text.ending = standing.ending;
        self.selection = Selection {
            anchor: self.text.clamp(standing.selection.anchor),
            cursor: self.text.clamp(standing.selection.cursor),
        };
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
