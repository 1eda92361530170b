//! The pane drawn: the tab names, the rows of the tab that is shown, the selection. Changes nothing.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Terminal;
use super::flow::{Flow, Look, more_below};
use super::words::short_dir;
use crate::base::width::{truncate, width};
use crate::page::Theme;
use crate::term::{Emulator, Tab};

/// Columns of a tab's name at most.
const NAME: usize = 20;

impl Terminal {
    /// Draws the pane's inside; returns where the cursor is, when the pane has the focus and the cursor is in view.
    /// `now` counts as for [`Terminal::tick`]; give none where nothing may move.
    pub fn render(
        &self,
        area: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        focused: bool,
        now: Option<Duration>,
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.width < 2 || area.height <= self.strip_rows() {
            return None;
        }
        buf.set_style(area, theme.text);
        let strip = self.strip_rows();
        if strip > 0 {
            self.draw_strip(Rect { height: 1, ..area }, buf, theme);
        }
        let inner = Rect { y: area.y + strip, height: area.height - strip, ..area };
        let look = Look { theme, width: self.size().0.min(inner.width), suggestion: self.suggestion(), now };
        let flow = Flow::of(self.tab(), &look);
        let bottom = flow.rows.saturating_sub(usize::from(inner.height));
        let top = self.tab().top.map_or(bottom, |top| top.min(bottom));
        flow.draw(top, inner, buf, true);
        draw_selection(self.tab(), top, inner, buf, theme.selection);
        if top < bottom {
            more_below(bottom - top, inner, theme, buf);
        }
        let (row, column) = flow.cursor.filter(|_| focused)?;
        let y = u16::try_from(row.checked_sub(top)?).ok().filter(|y| *y < inner.height)?;
        Some(Position::new(inner.x + column.min(inner.width - 1), inner.y + y))
    }

    /// The index of the tab whose name stands at `column` of the strip.
    pub(super) fn tab_at(&self, column: u16) -> Option<usize> {
        let mut end = 0;
        self.tabs.iter().enumerate().position(|(index, tab)| {
            end += width(&name(index, tab, index == self.current));
            usize::from(column) < end
        })
    }

    fn draw_strip(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let mut x = area.x;
        for (index, tab) in self.tabs.iter().enumerate() {
            let style = if index == self.current { theme.focus } else { theme.dim };
            let left = usize::from(area.right().saturating_sub(x));
            x = buf.set_stringn(x, area.y, name(index, tab, index == self.current), left, style).0;
        }
    }
}

/// `[1 go run .]`: what runs there, else the folder. The one that is shown is in brackets, so not only by colour.
fn name(index: usize, tab: &Tab, is_shown: bool) -> String {
    let title = tab.running().map(|block| block.emulator().and_then(Emulator::title).unwrap_or(&block.line));
    let name = title.map_or_else(|| short_dir(&tab.dir, NAME), |title| truncate(title, NAME));
    if is_shown { format!("[{} {name}]", index + 1) } else { format!(" {} {name} ", index + 1) }
}

fn draw_selection(tab: &Tab, top: usize, area: Rect, buf: &mut Buffer, style: Style) {
    let Some(selection) = tab.selection else { return };
    for y in 0..area.height {
        if let Some(columns) = selection.columns(top + usize::from(y), area.width) {
            let width = columns.end - columns.start;
            buf.set_style(Rect { x: area.x + columns.start, y: area.y + y, width, height: 1 }, style);
        }
    }
}
