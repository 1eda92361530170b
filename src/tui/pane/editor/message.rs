//! The last row of the pane: the prompt, a notice, what is wrong in the cursor's line, or where the cursor is.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Place, Rect};
use ratatui::style::Style;

use super::Editor;
use super::open::OpenFile;
use crate::base::{prose, width};
use crate::edit::column;
use crate::page::Theme;

/// Longer messages are cut: they must not hide the lines they are about.
const MOST_ROWS: usize = 3;

impl Editor {
    /// Draws into the last row of `area`, and over a row or two above it where a message is long. Answers where the
    /// cursor stands in the prompt, if there is one.
    pub(super) fn draw_message(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Place> {
        let file = self.files.get(self.current)?;
        if let Some(prompt) = &self.prompt {
            let (before, after) = prompt.around();
            let row = last_row(area);
            clear(row, buf, theme.text);
            let (x, _) = buf.set_stringn(row.x, row.y, before, usize::from(row.width), theme.accent);
            let (x, _) = put(buf, x, row, &prompt.typed, theme.text);
            let cursor = Place::new(x.min(row.right().saturating_sub(1)), row.y);
            put(buf, x.saturating_add(2), row, &after, theme.dim);
            return Some(cursor);
        }
        let wrong = file.diagnostic(file.document.cursor().line);
        match (&self.notice, wrong) {
            (Some(notice), _) => draw_rows(area, buf, notice, theme.text, theme.accent),
            (None, Some(wrong)) => {
                draw_rows(area, buf, &format!("{} {}", theme.glyphs.wrong, wrong.message), theme.text, theme.wrong);
            }
            (None, None) => draw_place(file, last_row(area), buf, theme),
        }
        None
    }
}

/// The cursor's line and column on the right; on the left where there is something wrong, if anywhere.
fn draw_place(file: &OpenFile, row: Rect, buf: &mut Buffer, theme: &Theme) {
    clear(row, buf, theme.text);
    let cursor = file.document.cursor();
    let character = column::grapheme_column(&file.document.lines()[cursor.line], cursor.byte) + 1;
    let place = format!("{}:{character}", cursor.line + 1);
    let left = file.diagnostics.first().map(|first| {
        let count = prose::count(file.diagnostics.len(), "problem", "problems");
        format!("{} {count}, the first in line {}", theme.glyphs.wrong, first.line)
    });
    let columns = width::width(&place) as u16;
    put(buf, row.right().saturating_sub(columns), row, &place, theme.faint);
    if let Some(left) = left {
        let room = usize::from(row.width.saturating_sub(columns + 2));
        put(buf, row.x, row, &width::truncate(&left, room), theme.wrong);
    }
}

fn draw_rows(area: Rect, buf: &mut Buffer, message: &str, ground: Style, style: Style) {
    let lines = wrap(message, usize::from(area.width));
    let rows = lines.len().min(MOST_ROWS).min(usize::from(area.height)) as u16;
    for (y, line) in (area.bottom() - rows..area.bottom()).zip(lines) {
        let row = Rect { y, height: 1, ..area };
        clear(row, buf, ground);
        put(buf, row.x, row, &line, style);
    }
}

/// The words of `message` in lines of at most `columns`; the last of [`MOST_ROWS`] says by `…` that there is more.
fn wrap(message: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in message.split_whitespace() {
        let full = lines.len() == MOST_ROWS;
        let Some(last) = lines.last_mut() else { break };
        if last.is_empty() {
            word.clone_into(last);
        } else if width::width(last) + 1 + width::width(word) <= columns {
            last.push(' ');
            last.push_str(word);
        } else if full {
            last.push_str(" …");
            break;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.iter().map(|line| width::truncate(line, columns)).collect()
}

fn last_row(area: Rect) -> Rect {
    Rect { y: area.bottom().saturating_sub(1), height: area.height.min(1), ..area }
}

fn clear(row: Rect, buf: &mut Buffer, style: Style) {
    for place in row.positions() {
        buf[place].reset();
        buf[place].set_style(style);
    }
}

/// Writes in `row` from column `x` of the screen, as far as the row goes.
fn put(buf: &mut Buffer, x: u16, row: Rect, text: &str, style: Style) -> (u16, u16) {
    if x >= row.right() || row.height == 0 {
        return (x, row.y);
    }
    buf.set_stringn(x, row.y, text, usize::from(row.right() - x), style)
}
