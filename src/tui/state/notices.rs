//! Sentences for the status line: the newest, and those before it that nobody can have read yet.

use std::time::Duration;

/// A sentence counts as read when it was there for so long.
const READ: Duration = Duration::from_secs(2);
/// Sentences at once; of more, the oldest go.
const MOST: usize = 3;

/// A sentence with its kind: never by colour alone, the sign in front says it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub text: String,
    /// When it was said, since the start.
    said: Duration,
    /// It goes as soon as it can have been read.
    is_dismissed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    Good,
    Plain,
    /// A fault: a key that is pressed while it comes does not wipe it away.
    Bad,
}

impl Notice {
    fn is_read(&self, now: Duration) -> bool {
        now >= self.said + READ
    }
}

/// What is said now, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Notices(Vec<Notice>);

impl Notices {
    /// Says one more. It takes the place of those that were read, and of itself.
    pub fn say(&mut self, now: Duration, kind: NoticeKind, text: String) {
        self.0.retain(|notice| !notice.is_read(now) && notice.text != text);
        self.0.push(Notice { kind, text, said: now, is_dismissed: false });
        let too_many = self.0.len().saturating_sub(MOST);
        self.0.drain(..too_many);
    }

    /// This is not so any more.
    pub fn unsay(&mut self, text: &str) {
        self.0.retain(|notice| notice.text != text);
    }

    /// A key was pressed, or the mouse: all go, faults when they can have been read.
    pub fn dismiss(&mut self, now: Duration) {
        self.0.retain(|notice| notice.kind == NoticeKind::Bad && !notice.is_read(now));
        for notice in &mut self.0 {
            notice.is_dismissed = true;
        }
    }

    /// When the next one goes by itself.
    #[must_use]
    pub fn next(&self) -> Option<Duration> {
        self.0.iter().filter(|notice| notice.is_dismissed).map(|notice| notice.said + READ).min()
    }

    /// Takes those away that are to go by now.
    pub fn fade(&mut self, now: Duration) {
        self.0.retain(|notice| !(notice.is_dismissed && notice.is_read(now)));
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The newest first.
    pub fn newest(&self) -> impl Iterator<Item = &Notice> {
        self.0.iter().rev()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{NoticeKind, Notices};

    fn texts(notices: &Notices) -> Vec<&str> {
        notices.newest().map(|notice| notice.text.as_str()).collect()
    }

    #[test]
    fn a_sentence_takes_the_place_of_those_that_were_read_and_of_no_other() {
        let at = Duration::from_millis;
        let mut notices = Notices::default();
        notices.say(at(0), NoticeKind::Plain, "the folder was removed".to_owned());
        notices.say(at(10), NoticeKind::Good, "done".to_owned());
        assert_eq!(texts(&notices), ["done", "the folder was removed"]);
        notices.say(at(20), NoticeKind::Plain, "the folder was removed".to_owned());
        assert_eq!(texts(&notices), ["the folder was removed", "done"]);
        notices.say(at(2_015), NoticeKind::Good, "next".to_owned());
        assert_eq!(texts(&notices), ["next", "the folder was removed"]);
        for number in 0..5 {
            notices.say(at(2_016), NoticeKind::Plain, number.to_string());
        }
        assert_eq!(texts(&notices), ["4", "3", "2"]);
    }

    #[test]
    fn a_key_wipes_no_fault_away_before_it_can_have_been_read() {
        let at = Duration::from_millis;
        let mut notices = Notices::default();
        notices.say(at(0), NoticeKind::Bad, "not saved".to_owned());
        notices.say(at(10), NoticeKind::Plain, "copied".to_owned());
        assert_eq!(notices.next(), None, "until a key is pressed, all stay");
        notices.dismiss(at(11));
        assert_eq!((texts(&notices), notices.next()), (vec!["not saved"], Some(at(2_000))));
        notices.fade(at(1_999));
        assert_eq!(texts(&notices), ["not saved"]);
        notices.fade(at(2_000));
        assert!(notices.is_empty());
        notices.say(at(3_000), NoticeKind::Bad, "not saved".to_owned());
        notices.dismiss(at(9_000));
        assert!(notices.is_empty());
    }
}
