//! What was done and can be undone, in groups that a person thinks of as one.

use super::document::Selection;
use super::text::{Ending, Position};

/// One replaced piece: `removed` stood at `start`, `inserted` stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub start: Position,
    pub removed: String,
    pub inserted: String,
}

/// Whether an edit may join the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// Characters typed one after the other.
    Typing,
    /// Characters deleted one after the other.
    Deleting,
    /// A step of its own: a paste, a newline, a moved line.
    Alone,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub edits: Vec<Edit>,
    pub before: Standing,
    pub after: Standing,
}

/// What a text has beside its lines before and after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub selection: Selection,
    pub ending: Ending,
}

#[derive(Clone, Debug)]
pub struct History {
    done: Vec<Group>,
    undone: Vec<Group>,
    /// What the last group may still take in.
    open: Run,
}

impl History {
    pub fn new() -> Self {
        Self { done: Vec::new(), undone: Vec::new(), open: Run::Alone }
    }

    /// The next edit starts a group of its own.
    pub fn close(&mut self) {
        self.open = Run::Alone;
    }

    pub fn record(&mut self, run: Run, group: Group) {
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if run != Run::Alone && run == self.open && last.after == group.before => last.join(group),
            Some(_) | None => self.done.push(group),
        }
        self.open = run;
    }

    /// Takes back the last group: the caller undoes its edits from last to first.
    pub fn undo(&mut self) -> Option<&Group> {
        self.close();
        self.undone.push(self.done.pop()?);
        self.undone.last()
    }

    /// Takes up the last undone group: the caller does its edits from first to last.
    pub fn redo(&mut self) -> Option<&Group> {
        self.close();
        self.done.push(self.undone.pop()?);
        self.done.last()
    }
}

impl Group {
    fn join(&mut self, next: Self) {
        self.after = next.after;
        for edit in next.edits {
            match self.edits.last_mut() {
                Some(last) if edit.removed.is_empty() && last.start.after(&last.inserted) == edit.start => {
                    last.inserted.push_str(&edit.inserted);
                }
                Some(_) | None => self.edits.push(edit),
            }
        }
    }
}
