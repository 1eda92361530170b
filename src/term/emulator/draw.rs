//! The rows of a running program, drawn: only those that are seen.

use alacritty_terminal::grid::Dimensions;
use alacritty_terminal::index::{Column, Line};
use alacritty_terminal::term::cell::{Cell, Flags, LineLength};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::glyph;
use super::Emulator;
use super::look::style;

impl Emulator {
    /// Rows in use: the history and the screen down to its last line that has something or holds the cursor.
    /// On the alternate screen the whole screen is in use.
    #[must_use]
    pub fn rows(&self) -> usize {
        let screen = self.term.screen_lines();
        if self.alternate_screen() {
            return self.term.history_size() + screen;
        }
        let grid = self.term.grid();
        let cursor = grid.cursor.point;
        let has_text = |row: usize| grid[line_number(row)].line_length() > Column(0);
        let last_text = (0..screen).rev().find(|row| has_text(*row)).map_or(0, |row| row + 1);
        let cursor_rows = usize::try_from(cursor.line.0).unwrap_or(0) + 1;
        self.term.history_size() + last_text.max(cursor_rows)
    }

    /// Whether nothing has been printed yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let cursor = self.term.grid().cursor.point;
        self.rows() == 1 && cursor.column == Column(0) && self.term.grid()[Line(0)].line_length() == Column(0)
    }

    /// The first row of the screen, counted from the top of the history.
    #[must_use]
    pub fn screen_top(&self) -> usize {
        self.term.history_size()
    }

    /// Whether `row` goes on in the next one because the line was too long.
    #[must_use]
    pub fn wraps(&self, row: usize) -> bool {
        self.row(row)
            .is_some_and(|line| self.term.grid()[line][Column(self.term.columns() - 1)].flags.contains(Flags::WRAPLINE))
    }

    /// Draws the rows from `first` on into `area`, as many as fit; blank below the last one.
    pub fn draw(&self, first: usize, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let mut symbol = String::new();
        for y in 0..area.height {
            let Some(line) = self.row(first + usize::from(y)) else { return };
            let row = &self.term.grid()[line];
            let columns = self.term.columns().min(usize::from(area.width));
            for x in 0..columns {
                let cell = &row[Column(x)];
                let width = drawn_width(cell, x + 1 < columns);
                if width > 0 {
                    let at = Position::new(area.x + x as u16, area.y + y);
                    draw_cell(cell, width, at, &mut symbol, buf);
                }
            }
        }
    }

    /// The engine's line of `row`, when there is such a row.
    pub(super) fn row(&self, row: usize) -> Option<Line> {
        (row < self.term.total_lines()).then(|| line_number(row) - self.term.history_size())
    }
}

/// The engine counts lines from the top of the screen, with a sign; there are never 2³¹ of them.
fn line_number(row: usize) -> Line {
    Line(i32::try_from(row).unwrap_or(i32::MAX))
}

/// 0 for the second column of a wide character; 1 for the visible half of a wide one that is cut off.
fn drawn_width(cell: &Cell, has_room: bool) -> usize {
    if cell.flags.contains(Flags::WIDE_CHAR_SPACER) {
        0
    } else if cell.flags.contains(Flags::WIDE_CHAR) && has_room {
        2
    } else {
        1
    }
}

fn draw_cell(cell: &Cell, width: usize, at: Position, symbol: &mut String, buf: &mut Buffer) {
    let marks = cell.zerowidth();
    if cell.flags.contains(Flags::HIDDEN) {
        glyph::put(buf, at, "  ".get(..width).unwrap_or(" "), width, style(cell));
    } else if marks.is_none() && (' '..='~').contains(&cell.c) {
        if let Some(target) = buf.cell_mut(at) {
            target.set_char(cell.c).set_style(style(cell));
        }
    } else {
        glyph::visible(cell.c, marks.into_iter().flatten().copied(), width, symbol);
        glyph::put(buf, at, symbol, width, style(cell));
    }
}
