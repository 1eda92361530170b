//! What was done and can be undone, in groups that a person thinks of as one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::document::Selection;
use super::text::{Ending, Position};

/// One replaced piece: `removed` stood at `start`, `inserted` stands there now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub start: Position,
    pub removed: String,
    pub inserted: String,
}

/// Whether an edit may join the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// Characters typed one after the other.
    Typing,
    /// Characters deleted one after the other.
    Deleting,
    /// A step of its own: a paste, a newline, a moved line.
    #[default]
    Alone,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub edits: Vec<Edit>,
    pub before: Standing,
    pub after: Standing,
}

/// What a text has beside its lines before and after a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub selection: Selection,
    pub ending: Ending,
}

/// The groups are shared, so that what is kept of them on the disk is cheap to hand over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    done: Vec<Arc<Group>>,
    undone: Vec<Arc<Group>>,
    /// What the last group may still take in.
    #[serde(skip)]
    open: Run,
}

impl History {
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.undone.is_empty()
    }

    /// As much of it as takes about `most` bytes: the steps that are nearest to the text as it stands.
    pub fn nearest(&self, most: usize) -> Self {
        let mut left = most;
        let mut fits = |group: &&Arc<Group>| {
            left = left.saturating_sub(group.bytes());
            left > 0
        };
        let mut done: Vec<_> = self.done.iter().rev().take_while(&mut fits).cloned().collect();
        let mut undone: Vec<_> = self.undone.iter().rev().take_while(fits).cloned().collect();
        done.reverse();
        undone.reverse();
        Self { done, undone, open: Run::Alone }
    }

    /// The next edit starts a group of its own.
    pub fn close(&mut self) {
        self.open = Run::Alone;
    }

    pub fn record(&mut self, run: Run, group: Group) {
        self.undone.clear();
        match self.done.last_mut() {
            Some(last) if run != Run::Alone && run == self.open && last.after == group.before => {
                Arc::make_mut(last).join(group);
            }
            Some(_) | None => self.done.push(Arc::new(group)),
        }
        self.open = run;
    }

    /// Takes back the last group: the caller undoes its edits from last to first.
    pub fn undo(&mut self) -> Option<&Arc<Group>> {
        self.close();
        self.undone.push(self.done.pop()?);
        self.undone.last()
    }

    /// Takes up the last undone group: the caller does its edits from first to last.
    pub fn redo(&mut self) -> Option<&Arc<Group>> {
        self.close();
        self.done.push(self.undone.pop()?);
        self.done.last()
    }
}

impl Group {
    /// About what it takes on the disk.
    fn bytes(&self) -> usize {
        const NUMBERS: usize = 200;
        self.edits.iter().map(|edit| edit.removed.len() + edit.inserted.len() + NUMBERS).sum::<usize>() + NUMBERS
    }

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
