//! What is done a while after something was typed. The loop sleeps until it is due; while nothing is typed, nothing is.

use std::time::Duration;

/// No later than this after a key the draft is on its way to the disk.
const DRAFT: Duration = Duration::from_millis(250);
/// What the disk has refused is tried again after this time.
const AGAIN: Duration = Duration::from_secs(3);
/// A pause of this length, and the syntax is looked at.
const SYNTAX: Duration = Duration::from_millis(600);

/// When what is due; times are since the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Due {
    draft: Option<Duration>,
    syntax: Option<Duration>,
    again: Option<Duration>,
}

impl Due {
    /// A text has changed.
    pub fn typed(&mut self, now: Duration) {
        self.draft.get_or_insert(now + DRAFT);
        self.syntax = Some(now + SYNTAX);
    }

    /// When the loop has to wake, at the latest.
    #[must_use]
    pub fn next(&self) -> Option<Duration> {
        self.draft.into_iter().chain(self.syntax).chain(self.again).min()
    }

    /// Whether drafts are to be kept now.
    pub fn draft(&mut self, now: Duration) -> bool {
        self.draft.take_if(|due| *due <= now).is_some()
    }

    /// Whether the syntax is to be looked at now.
    pub fn syntax(&mut self, now: Duration) -> bool {
        self.syntax.take_if(|due| *due <= now).is_some()
    }

    /// The disk has refused something.
    pub fn refused(&mut self, now: Duration) {
        self.again.get_or_insert(now + AGAIN);
    }

    /// Whether what was refused is to be tried again now.
    pub fn again(&mut self, now: Duration) -> bool {
        self.again.take_if(|due| *due <= now).is_some()
    }

    /// The drafts are kept already, for another reason.
    pub fn draft_is_kept(&mut self) {
        self.draft = None;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Due;

    #[test]
    fn drafts_do_not_wait_for_the_end_of_typing_and_the_syntax_does() {
        let at = Duration::from_millis;
        let mut due = Due::default();
        assert_eq!(due.next(), None);
        for key in 0..5 {
            due.typed(at(key * 100));
        }
        assert_eq!(due.next(), Some(at(250)));
        assert!(!due.draft(at(249)) && due.draft(at(260)) && !due.draft(at(270)));
        assert!(!due.syntax(at(999)) && due.syntax(at(1_000)));
        assert_eq!(due.next(), None);
    }
}
