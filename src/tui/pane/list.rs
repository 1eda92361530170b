//! A list to pick from, with a search line above it: the contents and the palette are both this.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use crate::base::width::{truncate, width};
use crate::page::Theme;

/// One line to pick.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<T> {
    /// What picking it means; `None` where it cannot be picked.
    pub value: Option<T>,
    /// A mark of one column in front, with its style.
    pub mark: (&'static str, Style),
    pub text: String,
    /// Words at the right end: a key, minutes.
    pub note: String,
    pub indent: u16,
    /// It stands above others: its words begin where their marks stand.
    pub is_heading: bool,
}

/// The list and what was typed to narrow it.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T> {
    pub title: &'static str,
    entries: Vec<Entry<T>>,
    query: String,
    /// Indexes into `entries` that match, best first (all in order while nothing is typed).
    shown: Vec<usize>,
    selected: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListAction {
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
    Pick,
    Type(char),
    Backspace,
}

/// Keys of a list; other characters narrow it.
pub const KEYS: &[(&str, ListAction, &str)] = &[
    ("Up", ListAction::Up, "up"),
    ("Down", ListAction::Down, "down"),
    ("PgUp", ListAction::PageUp, "a page up"),
    ("PgDn", ListAction::PageDown, "a page down"),
    ("Home", ListAction::Home, "to the first"),
    ("End", ListAction::End, "to the last"),
    ("Enter", ListAction::Pick, "pick"),
    ("Backspace", ListAction::Backspace, "delete a letter"),
];

/// Lines moved by a page key.
const PAGE: isize = 10;

impl<T: Clone> List<T> {
    /// A list with its first entry that can be picked selected, or `at`.
    #[must_use]
    pub fn new(title: &'static str, entries: Vec<Entry<T>>, at: Option<usize>) -> Self {
        let shown = (0..entries.len()).collect();
        let mut list = Self { title, entries, query: String::new(), shown, selected: 0 };
        list.selected = at.unwrap_or(0).min(list.shown.len().saturating_sub(1));
        list.settle(1);
        list
    }

    /// Does `action`; picking answers with the value.
    pub fn act(&mut self, action: ListAction) -> Option<T> {
        match action {
            ListAction::Up => self.step(-1),
            ListAction::Down => self.step(1),
            ListAction::PageUp => self.step(-PAGE),
            ListAction::PageDown => self.step(PAGE),
            ListAction::Home => self.jump(0, 1),
            ListAction::End => self.jump(self.shown.len().saturating_sub(1), -1),
            ListAction::Type(c) => {
                self.query.push(c);
                self.narrow();
            }
            ListAction::Backspace => {
                self.query.pop();
                self.narrow();
            }
            ListAction::Pick => return self.current().and_then(|entry| entry.value.clone()),
        }
        None
    }

    /// The entry drawn at `row` of the list's area, selected; answers with its value.
    pub fn click(&mut self, row: u16, area: Rect) -> Option<T> {
        let rows = usize::from(area.height.saturating_sub(2));
        let line = usize::from(row.checked_sub(area.y + 2)?);
        let index = self.first_row(rows) + line;
        if line < rows && index < self.shown.len() {
            self.selected = index;
            return self.current().and_then(|entry| entry.value.clone());
        }
        None
    }

    /// Rows that show all of it, frame and search line included.
    #[must_use]
    pub fn height(&self) -> u16 {
        self.entries.len() as u16 + 5
    }

    fn current(&self) -> Option<&Entry<T>> {
        self.shown.get(self.selected).and_then(|index| self.entries.get(*index))
    }

    fn step(&mut self, by: isize) {
        let to = self.selected.saturating_add_signed(by).min(self.shown.len().saturating_sub(1));
        self.jump(to, by.signum());
    }

    fn jump(&mut self, to: usize, direction: isize) {
        let before = self.selected;
        self.selected = to;
        self.settle(direction);
        if self.current().is_none_or(|entry| entry.value.is_none()) {
            self.selected = before;
        }
    }

    /// Moves off headings, in `direction` and else the other way.
    fn settle(&mut self, direction: isize) {
        let is_pickable =
            |index: usize| self.shown.get(index).is_some_and(|entry| self.entries[*entry].value.is_some());
        let down = (self.selected..self.shown.len()).find(|index| is_pickable(*index));
        let up = (0..=self.selected).rev().find(|index| is_pickable(*index));
        let found = if direction < 0 { up.or(down) } else { down.or(up) };
        if let Some(index) = found {
            self.selected = index;
        }
    }

    fn narrow(&mut self) {
        self.selected = 0;
        if self.query.is_empty() {
            self.shown = (0..self.entries.len()).collect();
            return self.settle(1);
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(&self.query, CaseMatching::Smart, Normalization::Smart);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = self
            .entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.value.is_some())
            .filter_map(|(index, entry)| {
                let score = pattern.score(Utf32Str::new(&entry.text, &mut buffer), &mut matcher)?;
                Some((score, index))
            })
            .collect();
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.shown = scored.into_iter().map(|(_, index)| index).collect();
    }

    /// The first entry drawn when `rows` fit, so that the selected one is seen with some company.
    fn first_row(&self, rows: usize) -> usize {
        let last_start = self.shown.len().saturating_sub(rows);
        self.selected.saturating_sub(rows / 2).min(last_start)
    }

    /// Draws the list inside its frame; answers with where the search's cursor is.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Position {
        let columns = usize::from(area.width);
        let prompt = format!("{} {}", theme.glyphs.here, self.query);
        buf.set_stringn(area.x, area.y, &prompt, columns, theme.accent);
        let cursor = area.x + (width(&prompt) as u16).min(area.width.saturating_sub(1));
        if self.query.is_empty() {
            buf.set_stringn(cursor, area.y, " type to search", columns.saturating_sub(2), theme.dim);
        }
        let rows = usize::from(area.height.saturating_sub(2));
        let first = self.first_row(rows);
        if self.shown.is_empty() {
            let words = format!("Nothing has \"{}\" in it. Backspace widens the search.", self.query);
            buf.set_stringn(area.x, area.y + 2, words, columns, theme.dim);
        }
        for (row, index) in (first..self.shown.len()).take(rows).enumerate() {
            let line = Rect::new(area.x, area.y + 2 + row as u16, area.width, 1);
            self.render_entry(&self.entries[self.shown[index]], index == self.selected, line, buf, theme);
        }
        Position::new(cursor, area.y)
    }

    fn render_entry(&self, entry: &Entry<T>, selected: bool, line: Rect, buf: &mut Buffer, theme: &Theme) {
        let columns = usize::from(line.width);
        let style = if entry.is_heading { theme.title } else { theme.text };
        if selected {
            buf.set_style(line, theme.selection);
            buf.set_stringn(line.x, line.y, theme.glyphs.here, 1, theme.accent);
        }
        let x = line.x + 2 + if self.query.is_empty() { entry.indent } else { 0 };
        // A heading has no mark.
        let x = if entry.is_heading { x - 2 } else { x };
        if !entry.is_heading {
            buf.set_stringn(x, line.y, entry.mark.0, 1, entry.mark.1);
        }
        let note = width(&entry.note);
        let room = columns.saturating_sub(usize::from(x - line.x) + 2 + note + 1);
        let style = if selected { style.add_modifier(Modifier::BOLD) } else { style };
        buf.set_stringn(x + 2, line.y, truncate(&entry.text, room), room, style);
        if columns > note {
            buf.set_stringn(line.right() - note as u16, line.y, &entry.note, note, theme.dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::{Entry, List, ListAction};

    fn entry(value: Option<u8>, text: &str) -> Entry<u8> {
        let is_heading = value.is_none();
        Entry { value, mark: (" ", Style::new()), text: text.to_owned(), note: String::new(), indent: 0, is_heading }
    }

    #[test]
    fn headings_are_never_picked_and_typing_narrows() {
        let entries =
            vec![entry(None, "First"), entry(Some(1), "go run"), entry(None, "Second"), entry(Some(2), "go build")];
        let mut list = List::new("Contents", entries, None);
        assert_eq!(list.act(ListAction::Pick), Some(1));
        list.act(ListAction::Down);
        assert_eq!(list.act(ListAction::Pick), Some(2));
        list.act(ListAction::Home);
        assert_eq!(list.act(ListAction::Pick), Some(1));
        for c in "buil".chars() {
            list.act(ListAction::Type(c));
        }
        assert_eq!(list.act(ListAction::Pick), Some(2));
        list.act(ListAction::Type('z'));
        assert_eq!(list.act(ListAction::Pick), None);
    }
}
