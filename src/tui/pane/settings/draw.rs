//! Drawing the settings, and what is where.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::{Choosing, SWITCH, place};
use crate::base::width::{truncate, width};
use crate::page::Theme;
use crate::store::settings::table::{Kind, SETTINGS, Setting};

const KEEP: &str = "Enter: keep";
const TAKE_BACK: &str = "Esc: take back";
/// Columns before the values.
const NAMES: u16 = 18;
/// Rows of a setting: its value, what it is for, and air where there is room for it.
const ROWS: u16 = 3;

/// What is at a place.
pub(super) enum Spot {
    Setting(usize),
    /// A setting's value of this number.
    Value(usize, usize),
    /// The sign that turns to the next value.
    Next(usize),
    Keep,
    TakeBack,
}

/// Rows that show all of it, frame and answers included.
#[must_use]
pub fn height() -> u16 {
    SETTINGS.len() as u16 * ROWS + 4
}

impl Choosing {
    /// Draws the settings inside their frame; answers with where the cursor is, if a text is typed.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        let mut cursor = None;
        for (index, line) in lines(self.selected, area) {
            let Some(setting) = SETTINGS.get(index) else { continue };
            let selected = index == self.selected;
            let room = usize::from(line.width);
            if selected {
                buf.set_stringn(line.x, line.y, theme.glyphs.here, room, theme.accent);
            }
            let style = if selected { theme.text.add_modifier(Modifier::BOLD) } else { theme.text };
            buf.set_stringn(line.x + 2, line.y, setting.name, room.saturating_sub(2), style);
            let at = self.draw_value(setting, selected, values_in(line), buf, theme);
            cursor = cursor.or(at.filter(|_| selected));
            let about = truncate(setting.about, room.saturating_sub(2));
            buf.set_stringn(line.x + 2, line.y + 1, about, room.saturating_sub(2), theme.dim);
        }
        for (place, words) in answers(area).into_iter().zip([KEEP, TAKE_BACK]) {
            buf.set_stringn(place.x, place.y, words, usize::from(place.width), theme.accent);
        }
        cursor
    }

    /// Draws a value; answers with where typing goes on.
    fn draw_value(
        &self,
        setting: &Setting,
        selected: bool,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
    ) -> Option<Position> {
        let room = usize::from(area.width);
        if let Kind::Text { empty, get, .. } = setting.kind {
            let text = get(&self.tried);
            // The end of a long text is where one types.
            let mut tails = text.char_indices().map(|(at, _)| &text[at..]);
            let shown = tails.find(|tail| width(tail) < room).unwrap_or_default();
            buf.set_stringn(area.x, area.y, shown, room, theme.code);
            let end = area.x + width(shown) as u16;
            if text.is_empty() {
                let from = (area.x + 1).min(area.right());
                let words = if selected { format!("{empty} (type to change it)") } else { empty.to_owned() };
                buf.set_stringn(from, area.y, truncate(&words, room.saturating_sub(1)), room, theme.dim);
            }
            return Some(Position::new(end.min(area.right().saturating_sub(1)), area.y));
        }
        let now = place(setting, &self.tried).map_or(0, |(now, _)| now);
        for (value, spot, word) in values(setting, now, area) {
            let words = if value == now { format!("[{word}]") } else { format!(" {word} ") };
            let style = if value == now { theme.accent.add_modifier(Modifier::BOLD) } else { theme.dim };
            buf.set_stringn(spot.x, spot.y, words, usize::from(spot.width), style);
        }
        None
    }
}

/// What is at `at`, the settings drawn in `area`.
pub(super) fn spot(choosing: &Choosing, at: Position, area: Rect) -> Option<Spot> {
    let [keep, back] = answers(area);
    if keep.contains(at) {
        return Some(Spot::Keep);
    } else if back.contains(at) {
        return Some(Spot::TakeBack);
    }
    let (index, line) = lines(choosing.selected, area).into_iter().find(|(_, line)| line.contains(at))?;
    let setting = SETTINGS.get(index)?;
    let now = place(setting, &choosing.tried).map_or(0, |(now, _)| now);
    let shown = values(setting, now, values_in(line));
    let hit = shown.iter().find(|(_, spot, _)| spot.contains(at));
    Some(match hit {
        // Where there is room for one value only, a click on it turns to the next.
        Some(_) if shown.len() == 1 => Spot::Next(index),
        Some((value, _, _)) => Spot::Value(index, *value),
        None => Spot::Setting(index),
    })
}

/// The values of a setting that are shown, with their numbers, places and words: all of them, or the one it has where
/// there is not room for all.
fn values(setting: &Setting, now: usize, area: Rect) -> Vec<(usize, Rect, &'static str)> {
    let words: &[&str] = match setting.kind {
        Kind::Choice { words, .. } => words,
        Kind::Switch { .. } => &SWITCH,
        Kind::Text { .. } => &[],
    };
    let columns = |word: &str| width(word) as u16 + 2;
    let all: u16 = words.iter().map(|word| columns(word) + 1).sum();
    let mut x = area.x;
    let shown = words.iter().enumerate().filter(|(value, _)| *value == now || all <= area.width + 1);
    shown
        .map(|(value, word)| {
            let spot = Rect::new(x, area.y, columns(word).min(area.right().saturating_sub(x)), 1);
            x += spot.width + 1;
            (value, spot, *word)
        })
        .collect()
}

/// Where the value is in a setting's lines.
fn values_in(line: Rect) -> Rect {
    let names = NAMES.min(line.width);
    Rect { x: line.x + names, width: line.width - names, height: 1, ..line }
}

/// The settings in sight, each with its two lines.
fn lines(selected: usize, area: Rect) -> Vec<(usize, Rect)> {
    let list = area.height.saturating_sub(2);
    let rows = if SETTINGS.len() as u16 * ROWS <= list + 1 { ROWS } else { ROWS - 1 };
    let fit = usize::from(list / rows).max(1);
    let first = selected.saturating_sub(fit / 2).min(SETTINGS.len().saturating_sub(fit));
    let line = |row: usize| Rect::new(area.x, area.y + row as u16 * rows, area.width.saturating_sub(1), 2);
    (first..SETTINGS.len()).take(fit).enumerate().map(|(row, index)| (index, line(row).intersection(area))).collect()
}

/// Where the two answers stand, keeping first.
fn answers(area: Rect) -> [Rect; 2] {
    let y = area.bottom().saturating_sub(1);
    let (keep, back) = (KEEP.len() as u16, TAKE_BACK.len() as u16);
    let at = |x: u16, columns: u16| Rect::new(area.x + x, y, columns, 1).intersection(area);
    [at(2, keep), at(2 + keep + 4, back)]
}
