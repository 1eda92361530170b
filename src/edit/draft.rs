//! What is kept of a document from one start to the next: its text, saved or not, and what can be undone.

use serde::{Deserialize, Serialize};

use super::document::{Document, Selection};
use super::history::History;
use super::text::{Ending, Text};

/// Bytes of history that are kept, about: the steps nearest to the text as it stands.
const HISTORY: usize = 512 * 1024;

/// A document as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    text: String,
    ending: Ending,
    /// The text differs from the one that was last known to be on the disk.
    unsaved: bool,
    /// The fingerprint of that one.
    base: u64,
    selection: Selection,
    history: History,
}

/// What came of taking a draft up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    /// The text is the one on the disk.
    Saved,
    /// Unsaved text is back.
    Unsaved,
    /// Unsaved text is back, and the disk has meanwhile got this text, of another hand. Undo leads to it.
    Conflict(String),
}

impl Draft {
    /// Whether it holds text that is not on the disk.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// Its text is on the disk now, or what a formatter makes of it will soon be; false when it holds another text.
    pub fn settle(&mut self, text: &str) -> bool {
        let is_it = self.text == text;
        if is_it {
            self.unsaved = false;
        }
        is_it
    }
}

impl Document {
    /// What is to be kept of this document: nothing where the disk has its text and nothing can be undone.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let unsaved = self.dirty();
        (unsaved || !self.history.is_empty()).then(|| Draft {
            text: self.text(),
            ending: self.text.ending,
            unsaved,
            base: fingerprint(&self.saved),
            selection: self.selection,
            history: self.history.nearest(HISTORY),
        })
    }

    /// The document as it was kept, now that the disk has the text `on_disk` (none: there is no such file). A text that
    /// was saved gives way to the disk's, as a step that can be undone; one that was not is never given up.
    #[must_use]
    pub fn restore(draft: &Draft, on_disk: Option<&str>) -> (Self, Restored) {
        let mut document = Self::new(on_disk.unwrap_or_default());
        document.text = Text::broken_by(&draft.text, draft.ending);
        document.history = draft.history.clone();
        document.select(draft.selection.anchor, draft.selection.cursor);
        let restored = match on_disk {
            Some(disk) if disk == draft.text => Restored::Saved,
            _ if !draft.unsaved => {
                document.replace_all_text(on_disk.unwrap_or_default());
                document.take_changes();
                Restored::Saved
            }
            Some(disk) if fingerprint(disk) != draft.base => {
                document.keep_beside(disk);
                document.take_changes();
                Restored::Conflict(disk.to_owned())
            }
            Some(_) | None => Restored::Unsaved,
        };
        (document, restored)
    }

    /// Keeps a text of another hand, which the disk has now, beside this one: undo leads to it, and redo back to this
    /// one.
    pub fn keep_beside(&mut self, theirs: &str) {
        let (ours, selection) = (self.text(), self.selection);
        self.replace_all_text(theirs);
        self.replace_all_text(&ours);
        self.mark_saved(theirs);
        self.select(selection.anchor, selection.cursor);
    }
}

/// FNV-1a: tells texts apart, and stays the same from one version of this program to the next.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
