//! A terminal put away: its history and screen as compact lines.

use alacritty_terminal::grid::{Dimensions, Row};
use alacritty_terminal::index::Column;
use alacritty_terminal::term::cell::{Cell, Flags, LineLength};

use super::super::frozen::Frozen;
use super::super::glyph;
use super::Emulator;
use super::look::style;

/// Lines kept of a command's output, and how many of them from its beginning when it was longer.
const LINES: usize = 5_000;
const HEAD_LINES: usize = 500;
/// Text kept at most, where lines are very long.
const BYTES: usize = 2 << 20;

impl Emulator {
    /// Everything there is to see, as lines: of a long output the beginning and the end, with a line in between that
    /// says how much is missing. A program that left the alternate screen up is taken off it first.
    pub fn freeze(&mut self) -> Frozen {
        self.stop_sync();
        if self.alternate_screen() {
            self.processor.advance(&mut self.term, b"\x1b[?1049l");
        }
        let kept = self.lines(0..self.term.total_lines(), usize::MAX);
        let mut frozen = self.with_head(kept);
        frozen.trim();
        bounded(frozen)
    }

    /// What the program has shown until now, for the checks: first and last 64 KiB, without escape codes.
    #[must_use]
    pub fn text(&self) -> String {
        let mut frozen = self.with_head(self.lines(0..self.term.total_lines(), usize::MAX));
        frozen.trim();
        frozen.text()
    }

    /// The first lines of the history, before it loses them.
    pub(super) fn freeze_head(&self) -> Frozen {
        self.lines(0..self.term.history_size(), HEAD_LINES)
    }

    /// `kept` with the lines before it that the history has lost, or a note in their place.
    fn with_head(&self, kept: Frozen) -> Frozen {
        let lost = self.lines_lost(&kept);
        let Some(head) = self.head.as_ref().filter(|_| lost > 0) else { return kept };
        let mut frozen = Frozen::default();
        let from_head = head.len().min(usize::try_from(lost).unwrap_or(usize::MAX));
        frozen.append(head, 0..from_head);
        let missing = lost - from_head as u64;
        if missing > 0 {
            frozen.note_left_out(missing);
        }
        frozen.append(&kept, 0..kept.len());
        frozen
    }

    /// Lines that fell out of the history: those begun by the program less those still there.
    fn lines_lost(&self, kept: &Frozen) -> u64 {
        if self.rows_lost == 0 {
            return 0;
        }
        let below_cursor =
            self.term.screen_lines() - 1 - usize::try_from(self.term.grid().cursor.point.line.0).unwrap_or(0);
        let here = kept.len().saturating_sub(below_cursor) as u64;
        (self.newlines + 1).saturating_sub(here)
    }

    /// The lines of these rows, at most `limit`.
    fn lines(&self, rows: std::ops::Range<usize>, limit: usize) -> Frozen {
        let mut frozen = Frozen::default();
        let mut text = String::new();
        for line in rows.filter_map(|row| self.row(row)) {
            let row = &self.term.grid()[line];
            self.push_row(row, &mut text, &mut frozen);
            let is_last = line == self.term.bottommost_line();
            if is_last || !row[Column(self.term.columns() - 1)].flags.contains(Flags::WRAPLINE) {
                frozen.end_line();
            }
            if frozen.len() >= limit {
                break;
            }
        }
        frozen
    }

    fn push_row(&self, row: &Row<Cell>, text: &mut String, frozen: &mut Frozen) {
        let length = row.line_length().0.min(self.term.columns());
        let mut column = 0;
        while column < length {
            let cell = &row[Column(column)];
            column += 1;
            if cell.flags.intersects(Flags::WIDE_CHAR_SPACER | Flags::LEADING_WIDE_CHAR_SPACER) {
                continue;
            }
            text.clear();
            text.push(if cell.flags.contains(Flags::HIDDEN) { ' ' } else { cell.c });
            text.extend(cell.zerowidth().into_iter().flatten());
            frozen.push(text, style(cell));
            if cell.c == '\t' {
                let stop = column - 1 + glyph::tab_width(column - 1);
                while column < stop.min(length) && row[Column(column)].c == ' ' {
                    column += 1;
                }
            }
        }
    }
}

/// At most the lines and bytes that are kept, the middle left out.
fn bounded(frozen: Frozen) -> Frozen {
    let fits = |count: usize, bytes: usize| count <= LINES + 1 && bytes <= BYTES;
    if fits(frozen.len(), frozen.bytes()) {
        return frozen;
    }
    let head = ends_within(&frozen, 0..frozen.len(), HEAD_LINES, BYTES / 8);
    let tail = ends_within(&frozen, (head..frozen.len()).rev(), LINES - HEAD_LINES, BYTES - BYTES / 8);
    let mut kept = Frozen::default();
    kept.append(&frozen, 0..head);
    let cut = head..frozen.len() - tail;
    kept.note_left_out(cut.map(|line| noted(frozen.line(line))).sum());
    kept.append(&frozen, frozen.len() - tail..frozen.len());
    kept
}

/// How many of `lines`, in that order, stay within so many lines and bytes.
fn ends_within(frozen: &Frozen, lines: impl Iterator<Item = usize>, most: usize, bytes: usize) -> usize {
    let mut left = bytes;
    lines
        .take(most)
        .take_while(|line| {
            let length = frozen.line(*line).len();
            let fits = length <= left;
            left = left.saturating_sub(length);
            fits
        })
        .count()
}

/// How many lines of the output a line stands for: one, or as many as a note says that are left out.
fn noted(line: &str) -> u64 {
    let digits = line.strip_prefix("… ").and_then(|rest| rest.strip_suffix(" lines left out …"));
    digits.and_then(|digits| digits.replace(',', "").parse().ok()).unwrap_or(1)
}
