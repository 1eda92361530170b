//! The question whether programs may run though nothing confines them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::page::Theme;
use crate::sandbox::confine::UNCONFINED;

use super::super::effect::Allow;
use super::super::layout::centred;

pub const TITLE: &str = "May it run?";

/// The answers, each with what it allows.
const ANSWERS: [(&str, Option<Allow>); 3] = [
    ("t: run it, and what I run until I leave", Some(Allow::ThisTime)),
    ("a: always in this course", Some(Allow::Always)),
    ("Esc: not now; you can read on without", None),
];

/// Columns of the words.
const COLUMNS: u16 = 60;

/// Where it stands.
#[must_use]
pub fn area(screen: Rect) -> Rect {
    let columns = COLUMNS.min(screen.width.saturating_sub(8)).max(10);
    centred(screen, columns + 4, words(columns).len() as u16 + ANSWERS.len() as u16 + 3)
}

fn words(columns: u16) -> Vec<String> {
    crate::page::wrap_plain(UNCONFINED, usize::from(columns).max(1))
}

/// The rows of the answers in the inside of its frame.
fn rows(area: Rect) -> impl Iterator<Item = (Rect, &'static str, Option<Allow>)> {
    let first = area.y + words(area.width.saturating_sub(2)).len() as u16 + 1;
    ANSWERS.into_iter().zip(first..).map(move |((words, allow), y)| {
        let row = Rect::new(area.x + 1, y, area.width.saturating_sub(2), 1);
        (row.intersection(area), words, allow)
    })
}

pub fn render(theme: &Theme, area: Rect, buf: &mut Buffer) {
    let columns = area.width.saturating_sub(2);
    for (line, y) in words(columns).iter().zip(area.y..area.bottom()) {
        buf.set_stringn(area.x + 1, y, line, usize::from(columns), theme.text);
    }
    for (row, words, _) in rows(area).filter(|(row, _, _)| row.height > 0) {
        buf.set_stringn(row.x, row.y, words, usize::from(row.width), theme.accent);
    }
}

/// The answer below the pointer: what it allows, if anything.
#[must_use]
pub fn answer_at(area: Rect, at: Position) -> Option<Option<Allow>> {
    rows(area).find(|(row, _, _)| row.contains(at)).map(|(_, _, allow)| allow)
}
