//! The tree on the screen: names on the left, what is new beside them, sizes on the right.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::{FileRow, Files, FilesAction, Mark};
use crate::base::obeyed::readable;
use crate::base::width;
use crate::page::Theme;

const EMPTY: &str = "This folder is empty. What you and the go command make appears here.";

impl Files {
    /// Draws the pane without a border or title.
    /// Answers where the cursor stands in a name that is asked for.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let last = Rect { y: area.bottom() - 1, height: 1, ..area };
        let area = Rect { height: area.height - 1, ..area };
        if self.rows.is_empty() {
            let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
            Paragraph::new(Line::styled(EMPTY, theme.dim)).wrap(Wrap { trim: true }).render(inner, buf);
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
        let cursor = self.draw_last(last, buf, theme, focused);
        cursor.filter(|_| focused)
    }

    /// The name that is asked for, or the keys that change files.
    fn draw_last(&self, row: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) -> Option<Position> {
        let columns = usize::from(row.width);
        if let Some(prompt) = &self.prompt {
            let (x, _) = buf.set_stringn(row.x, row.y, prompt.words(), columns, theme.accent);
            let room = usize::from(row.right().saturating_sub(x));
            // The end of a long name is what is being typed.
            let skipped = width::width(&prompt.typed).saturating_sub(room.saturating_sub(1));
            let shown = prompt.typed.chars().skip(skipped).collect::<String>();
            let (x, _) = buf.set_stringn(x, row.y, readable(&shown), room, theme.text);
            return Some(Position::new(x.min(row.right() - 1), row.y));
        }
        if !focused {
            return None;
        }
        for (at, key, what, _) in offers() {
            if usize::from(at) + key.len() + 1 + what.len() > columns {
                break;
            }
            buf.set_stringn(row.x + at, row.y, key, columns, theme.accent);
            buf.set_stringn(row.x + at + key.len() as u16 + 1, row.y, what, columns, theme.dim);
        }
        None
    }

    fn draw_row(&self, row: &FileRow, selected: bool, area: Rect, over: Style, buf: &mut Buffer, theme: &Theme) {
        let mut pen = Pen { x: area.x, area, over, buf };
        pen.write(if selected { theme.glyphs.here } else { " " }, theme.accent);
        pen.write(&" ".repeat(1 + 2 * row.depth), theme.text);
        let folded = self.folded.contains(&row.path);
        let name = readable(row.path.name());
        let name = match (row.is_dir, folded) {
            (true, true) => format!("{name}/ …"),
            (true, false) => format!("{name}/"),
            (false, _) => name.into_owned(),
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

/// What the last row offers: column, key, word, action.
fn offers() -> impl Iterator<Item = (u16, &'static str, &'static str, FilesAction)> {
    let all = [
        ("n", "new file", FilesAction::NewFile),
        ("f", "folder", FilesAction::NewFolder),
        ("r", "rename", FilesAction::Rename),
        ("d", "delete", FilesAction::Delete),
        ("u", "undo", FilesAction::Undo),
    ];
    all.into_iter().scan(2, |x, (key, what, action)| {
        let at = *x;
        *x += (key.len() + 1 + what.len() + 2) as u16;
        Some((at, key, what, action))
    })
}

/// What a click in the last row asks for.
pub(super) fn offered(x: u16) -> Option<FilesAction> {
    let mut offers = offers();
    let hit = offers.find(|(at, key, what, _)| (*at..*at + (key.len() + 1 + what.len()) as u16).contains(&x));
    hit.map(|(_, _, _, action)| action)
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
