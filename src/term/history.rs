//! The commands entered before: recalled by Up, found by a search, offered while typing.

use std::collections::HashSet;

use super::line::CommandLine;

/// Commands kept.
const LIMIT: usize = 10_000;

/// Commands, oldest first; neighbours that are the same are kept once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    entries: Vec<String>,
    /// Lines whose last run failed: recalled like any other, but never offered while typing.
    failed: HashSet<String>,
}

/// Where a tab stands in the history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Browse {
    /// The line is one's own.
    #[default]
    Not,
    /// An entry is shown; `draft` is what was typed before.
    At { index: usize, draft: String },
    /// A search as one types; `found` is the entry shown.
    Search { query: String, found: Option<usize>, draft: String },
}

impl History {
    #[must_use]
    pub fn new(entries: &[String]) -> Self {
        let mut history = Self::default();
        for entry in entries {
            history.push(entry);
        }
        history
    }

    /// Takes a command in; false when it is the same as the last one, or blank.
    pub fn push(&mut self, line: &str) -> bool {
        let line = line.trim();
        if line.is_empty() || self.entries.last().is_some_and(|last| last == line) {
            return false;
        }
        if self.entries.len() >= LIMIT {
            self.entries.drain(..LIMIT / 10);
        }
        self.entries.push(line.to_owned());
        true
    }

    #[must_use]
    pub fn entries(&self) -> &[String] {
        &self.entries
    }

    /// Remembers how the latest run of a line ended.
    pub fn ended(&mut self, line: &str, is_good: bool) {
        if is_good {
            self.failed.remove(line);
        } else {
            self.failed.insert(line.to_owned());
        }
    }

    /// What could follow `typed`, from the latest command that begins so and did not fail.
    #[must_use]
    pub fn suggestion(&self, typed: &str) -> Option<&str> {
        if typed.trim().is_empty() {
            return None;
        }
        let good = self.entries.iter().rev().filter(|entry| !self.failed.contains(entry.as_str()));
        good.into_iter().find_map(|entry| entry.strip_prefix(typed).filter(|rest| !rest.is_empty()))
    }

    fn before(&self, end: usize, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        self.entries[..end.min(self.entries.len())].iter().rposition(|entry| wanted(entry))
    }

    fn after(&self, start: usize, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        let rest = self.entries.get(start..)?;
        rest.iter().position(|entry| wanted(entry)).map(|at| start + at)
    }
}

impl Browse {
    /// Shows the command before, of those that begin with what was typed.
    pub fn up(&mut self, line: &mut CommandLine, history: &History) {
        let (index, draft) = match std::mem::take(self) {
            Self::At { index, draft } => (index, draft),
            Self::Not => (history.entries.len(), line.text().to_owned()),
            Self::Search { draft, found, .. } => (found.unwrap_or(history.entries.len()), draft),
        };
        let shown = line.text();
        let earlier = history.before(index, |entry| entry.starts_with(&draft) && entry != shown);
        *self = Self::show(earlier.unwrap_or(index), draft, line, history);
    }

    /// Shows the command after; behind the last one the draft comes back.
    pub fn down(&mut self, line: &mut CommandLine, history: &History) {
        let Self::At { index, draft } = std::mem::take(self) else { return };
        let shown = line.text();
        let later = history.after(index + 1, |entry| entry.starts_with(&draft) && entry != shown);
        *self = Self::show(later.unwrap_or(history.entries.len()), draft, line, history);
    }

    fn show(index: usize, draft: String, line: &mut CommandLine, history: &History) -> Self {
        if let Some(entry) = history.entries.get(index) {
            line.set(entry);
            Self::At { index, draft }
        } else {
            line.set(&draft);
            Self::Not
        }
    }

    /// Begins a search; in one, goes on to the match before.
    pub fn search(&mut self, line: &mut CommandLine, history: &History) {
        match std::mem::take(self) {
            Self::Search { query, found, draft } => {
                let end = found.unwrap_or(history.entries.len());
                let shown = line.text().to_owned();
                let earlier = history.before(end, |entry| entry.contains(&query) && entry != shown);
                *self = Self::found(query, earlier.or(found), draft, line, history);
            }
            Self::Not => {
                *self = Self::Search { query: String::new(), found: None, draft: line.text().to_owned() };
            }
            Self::At { draft, .. } => *self = Self::Search { query: String::new(), found: None, draft },
        }
    }

    /// Changes what is searched for; true when a search was on.
    pub fn search_for(&mut self, line: &mut CommandLine, history: &History, change: impl FnOnce(&mut String)) -> bool {
        match std::mem::take(self) {
            Self::Search { mut query, draft, .. } => {
                change(&mut query);
                let found = history.before(history.entries.len(), |entry| !query.is_empty() && entry.contains(&query));
                *self = Self::found(query, found, draft, line, history);
                true
            }
            other @ (Self::Not | Self::At { .. }) => {
                *self = other;
                false
            }
        }
    }

    fn found(query: String, found: Option<usize>, draft: String, line: &mut CommandLine, history: &History) -> Self {
        line.set(found.and_then(|index| history.entries.get(index)).unwrap_or(&draft));
        Self::Search { query, found, draft }
    }

    /// Leaves the search or the history, giving back what was typed.
    pub fn cancel(&mut self, line: &mut CommandLine) {
        match std::mem::take(self) {
            Self::At { draft, .. } | Self::Search { draft, .. } => line.set(&draft),
            Self::Not => {}
        }
    }

    /// Keeps what is shown as one's own line.
    pub fn accept(&mut self) {
        *self = Self::Not;
    }
}

#[cfg(test)]
mod tests {
    use super::{Browse, CommandLine, History};

    fn history() -> History {
        let entries = ["go version", "ls", "ls", "go mod init x", "cat go.mod", "go run ."];
        History::new(&entries.map(str::to_owned))
    }

    #[test]
    fn up_and_down_keep_the_draft_and_follow_what_was_typed() {
        let (history, mut browse, mut line) = (history(), Browse::default(), CommandLine::default());
        assert_eq!(history.entries().len(), 5);
        line.insert("go");
        browse.up(&mut line, &history);
        assert_eq!(line.text(), "go run .");
        browse.up(&mut line, &history);
        assert_eq!(line.text(), "go mod init x");
        browse.up(&mut line, &history);
        browse.up(&mut line, &history);
        assert_eq!(line.text(), "go version");
        for expected in ["go mod init x", "go run .", "go", "go"] {
            browse.down(&mut line, &history);
            assert_eq!(line.text(), expected);
        }
    }

    #[test]
    fn a_search_narrows_goes_back_and_can_be_left() {
        let (history, mut browse, mut line) = (history(), Browse::default(), CommandLine::default());
        line.insert("draft");
        browse.search(&mut line, &history);
        assert!(browse.search_for(&mut line, &history, |query| query.push_str("mod")));
        assert_eq!(line.text(), "cat go.mod");
        browse.search(&mut line, &history);
        assert_eq!(line.text(), "go mod init x");
        browse.search_for(&mut line, &history, |query| query.push_str("zzz"));
        assert_eq!(line.text(), "draft");
        browse.cancel(&mut line);
        assert_eq!((line.text(), browse), ("draft", Browse::Not));
    }

    #[test]
    fn the_latest_fitting_command_is_suggested() {
        assert_eq!(history().suggestion("go m"), Some("od init x"));
        assert_eq!(history().suggestion("go run ."), None);
        assert_eq!(history().suggestion(" "), None);
    }
}
