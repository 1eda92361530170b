//! The search through the course's text: what is typed, and the places that have it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use crate::base::goos;
use crate::base::width::{truncate, width};
use crate::course::Course;
use crate::course::search::{Found, Hit, Index, MOST, Spot};
use crate::page::Theme;

use super::list::ListAction;

/// Rows of a place: where it is, and what it says.
const ROWS: usize = 2;
/// Places moved by a page key.
const PAGE: isize = 5;

/// What is looked for, and what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    index: Arc<Index>,
    query: String,
    found: Found,
    selected: usize,
}

impl Search {
    #[must_use]
    pub fn new(index: Arc<Index>) -> Self {
        Self { index, query: String::new(), found: Found::default(), selected: 0 }
    }

    /// The words that are looked for.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// Does `action`; picking answers with the place.
    pub fn act(&mut self, action: ListAction) -> Option<Spot> {
        match action {
            ListAction::Up => self.step(-1),
            ListAction::Down => self.step(1),
            ListAction::PageUp => self.step(-PAGE),
            ListAction::PageDown => self.step(PAGE),
            ListAction::Home => self.selected = 0,
            ListAction::End => self.selected = self.found.hits.len().saturating_sub(1),
            ListAction::Type(c) => {
                self.query.push(c);
                self.look();
            }
            ListAction::Backspace => {
                self.query.pop();
                self.look();
            }
            ListAction::Pick => return self.found.hits.get(self.selected).map(|hit| hit.spot),
        }
        None
    }

    /// The place drawn at `row` of the area, selected; answers with where it is.
    pub fn click(&mut self, row: u16, area: Rect) -> Option<Spot> {
        let line = usize::from(row.checked_sub(area.y + 2)?);
        let shown = shown(area);
        let index = self.first(shown) + line / ROWS;
        let hit = self.found.hits.get(index).filter(|_| line / ROWS < shown)?;
        self.selected = index;
        Some(hit.spot)
    }

    fn step(&mut self, by: isize) {
        self.selected = self.selected.saturating_add_signed(by).min(self.found.hits.len().saturating_sub(1));
    }

    fn look(&mut self) {
        self.found = self.index.find(&self.query);
        self.selected = 0;
    }

    /// The first place drawn when so many fit, so that the selected one is seen with some company.
    fn first(&self, shown: usize) -> usize {
        self.selected.saturating_sub(shown / 2).min(self.found.hits.len().saturating_sub(shown))
    }

    /// Draws it inside its frame; answers with where the cursor is.
    pub fn render(&self, course: &Course, area: Rect, buf: &mut Buffer, theme: &Theme) -> Position {
        let columns = usize::from(area.width);
        let prompt = format!("{} {}", theme.glyphs.here, self.query);
        let cursor = area.x + (width(&prompt) as u16).min(area.width.saturating_sub(1));
        buf.set_stringn(area.x, area.y, &prompt, columns, theme.accent);
        let count = self.count();
        let room = columns.saturating_sub(width(&prompt) + 2);
        if width(&count) <= room {
            buf.set_string(area.right() - width(&count) as u16, area.y, &count, theme.dim);
        }
        if self.query.is_empty() {
            buf.set_stringn(cursor, area.y, " type what you look for", room, theme.dim);
        }
        if self.found.hits.is_empty() && !self.query.trim().is_empty() && area.height > 2 {
            let words = format!("Nothing has \"{}\" in it. Backspace widens the search.", self.query);
            buf.set_stringn(area.x, area.y + 2, truncate(&words, columns), columns, theme.dim);
        }
        let shown = shown(area);
        let first = self.first(shown);
        for (row, hit) in self.found.hits.iter().skip(first).take(shown).enumerate() {
            let place = Rect::new(area.x, area.y + 2 + (row * ROWS) as u16, area.width, ROWS as u16);
            draw(hit, course, first + row == self.selected, place, buf, theme);
        }
        Position::new(cursor, area.y)
    }

    fn count(&self) -> String {
        match self.found.hits.len() {
            0 => String::new(),
            _ if self.found.is_cut => format!("the first {MOST} places"),
            1 => "1 place".to_owned(),
            many => format!("{many} places"),
        }
    }
}

/// How many places fit.
fn shown(area: Rect) -> usize {
    usize::from(area.height.saturating_sub(2)) / ROWS
}

fn draw(hit: &Hit, course: &Course, selected: bool, area: Rect, buf: &mut Buffer, theme: &Theme) {
    if selected {
        buf.set_style(area, theme.selection);
        buf.set_stringn(area.x, area.y, theme.glyphs.here, 1, theme.accent);
    }
    let room = usize::from(area.width).saturating_sub(2);
    let style = if selected { theme.title.add_modifier(Modifier::BOLD) } else { theme.title };
    buf.set_stringn(area.x + 2, area.y, truncate(&hit.spot.name(course, goos(), theme.glyphs.rule), room), room, style);
    let (text, words) = window(hit, room.saturating_sub(2));
    buf.set_stringn(area.x + 4, area.y + 1, &text, room.saturating_sub(2), theme.text);
    for word in words {
        let x = area.x + 4 + width(&text[..word.start]) as u16;
        let marked = Rect::new(x, area.y + 1, width(&text[word]) as u16, 1).intersection(area);
        buf.set_style(marked, theme.accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED));
    }
}

/// The part of a line that fits into `columns` and has the first word in it, with the words' bytes in it.
fn window(hit: &Hit, columns: usize) -> (String, Vec<std::ops::Range<usize>>) {
    let first = hit.words.first().cloned().unwrap_or(0..0);
    if width(&hit.text[..first.end]) < columns {
        let (text, end) = cut(&hit.text, columns);
        return (text, hit.words.iter().filter(|word| word.end <= end).cloned().collect());
    }
    // A third of the room is for what stands before it.
    let mut begin = first.start;
    for (at, _) in hit.text[..first.start].char_indices().rev() {
        if width(&hit.text[at..first.start]) > columns / 3 {
            break;
        }
        begin = at;
    }
    let (text, end) = cut(&format!("…{}", &hit.text[begin..]), columns);
    let moved = |at: usize| at - begin + '…'.len_utf8();
    let words = hit.words.iter().filter(|word| word.start >= begin).map(|word| moved(word.start)..moved(word.end));
    (text, words.filter(|word| word.end <= end).collect())
}

/// As much of a text as fits, and how many bytes of it are the text's own.
fn cut(text: &str, columns: usize) -> (String, usize) {
    let cut = truncate(text, columns);
    let own = if cut.len() < text.len() || cut != text { cut.len() - '…'.len_utf8() } else { cut.len() };
    (cut, own)
}
