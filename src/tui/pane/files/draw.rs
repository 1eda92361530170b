//! The tree on the screen: names on the left, what is new beside them, sizes on the right.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::{FileRow, Files, Mark};
use crate::base::width;
use crate::page::Theme;

const EMPTY: &str = "This folder is empty. What you and the go command make appears here.";

impl Files {
    /// Draws the pane without a border or title.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return;
        }
        if self.rows.is_empty() {
            let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
            Paragraph::new(Line::styled(EMPTY, theme.dim)).wrap(Wrap { trim: true }).render(inner, buf);
            return;
        }
        let in_sight = self.shown().enumerate().skip(self.top);
        for ((index, row), y) in in_sight.zip(area.top()..area.bottom()) {
            let line = Rect { y, height: 1, ..area };
            let selected = index == self.selected;
            if selected && focused {
                buf.set_style(line, theme.selection);
            }
            let over = if selected && focused { theme.selection } else { Style::new() };
            self.draw_row(row, selected, line, over, buf, theme);
        }
    }

    fn draw_row(&self, row: &FileRow, selected: bool, area: Rect, over: Style, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen { x: area.x, area, over, buf };
        pen.write(if selected { theme.glyphs.here } else { " " }, theme.accent);
        pen.write(&" ".repeat(1 + 2 * row.depth), theme.text);
        let folded = self.folded.contains(&row.path);
        let name = match (row.is_dir, folded) {
            (true, true) => format!("{}/ …", row.path.name()),
            (true, false) => format!("{}/", row.path.name()),
            (false, _) => row.path.name().to_owned(),
        };
        let style = if row.is_dir { theme.title } else { theme.text };
        let room = usize::from(pen.room());
        pen.write(&width::truncate(&name, room), style);
        match row.mark {
            Mark::New => pen.write("  new", theme.right.add_modifier(Modifier::BOLD)),
            Mark::Changed => pen.write("  changed", theme.warn),
            Mark::Same => {}
        }
        let about = match (&row.note, row.is_dir) {
            (Some(note), _) => note.clone(),
            (None, true) => return,
            (None, false) => size_in_words(row.size),
        };
        pen.write_right(&about, theme.dim);
    }
}

/// Writes from left to right in one row.
struct Pen<'a> {
    x: u16,
    area: Rect,
    over: Style,
    buf: &'a mut Buffer,
}

impl Pen<'_> {
    fn room(&self) -> u16 {
        self.area.right().saturating_sub(self.x)
    }

    /// Writes `text` if there is room for all of it, apart from blanks.
    fn write(&mut self, text: &str, style: Style) {
        let room = self.room();
        if room == 0 || (!text.trim().is_empty() && width::width(text) > usize::from(room)) {
            return;
        }
        (self.x, _) = self.buf.set_stringn(self.x, self.area.y, text, usize::from(room), style.patch(self.over));
    }

    /// Writes `text` up to the right border, if it keeps two blanks from what stands on the left.
    fn write_right(&mut self, text: &str, style: Style) {
        let columns = width::width(text) as u16;
        if columns + 3 <= self.room() {
            self.x = self.area.right() - columns - 1;
            self.write(text, style);
        }
    }
}

/// `120 B`, `4.1 kB`, `2.3 MB`.
fn size_in_words(bytes: u64) -> String {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit / (unit / 10));
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        1_000_000_000.. => format!("{} GB", tenths(1_000_000_000)),
    }
}
