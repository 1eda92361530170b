//! The output of a command that has ended: styled lines, small, wrapped anew at any width.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::glyph;

/// Text bytes kept of each end of an output for the checks.
const EXCERPT: usize = 64 * 1024;

/// Lines of styled text. Lines are whole, however long; rows are what they take at the width last laid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frozen {
    /// All lines, one after the other, without line ends.
    text: String,
    /// Where each line ends in `text`.
    ends: Vec<usize>,
    /// Styles by where they end in `text`; neighbours differ.
    runs: Vec<(usize, Style)>,
    layout: Layout,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Layout {
    width: usize,
    /// The first row of each line, and behind the last line the number of rows.
    starts: Vec<usize>,
}

impl Frozen {
    /// Plain lines, as text that never was in a terminal.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut frozen = Self::default();
        for line in text.lines() {
            frozen.push(line, Style::new());
            frozen.end_line();
        }
        frozen
    }

    /// Adds to the line being built. Line ends in `text` are not lines here; use [`Self::end_line`].
    pub fn push(&mut self, text: &str, style: Style) {
        self.text.push_str(text);
        self.style_to_the_end(style);
    }

    /// Closes the line being built.
    pub fn end_line(&mut self) {
        self.ends.push(self.text.len());
    }

    /// Adds copies of lines of another.
    pub fn append(&mut self, other: &Self, lines: Range<usize>) {
        for line in lines {
            let range = other.range(line);
            for (part, style) in other.styled(range) {
                self.push(&other.text[part], style);
            }
            self.end_line();
        }
    }

    /// Adds a line that says how many lines are missing here.
    pub fn note_left_out(&mut self, lines: u64) {
        let word = if lines == 1 { "line" } else { "lines" };
        self.push(&format!("… {} {word} left out …", grouped(lines)), Style::new().add_modifier(Modifier::DIM));
        self.end_line();
    }

    /// Drops blank lines at the end.
    pub fn trim(&mut self) {
        while self.ends.len().checked_sub(1).is_some_and(|last| self.line(last).trim().is_empty()) {
            self.ends.pop();
            self.text.truncate(self.ends.last().copied().unwrap_or(0));
        }
        let length = self.text.len();
        while self.runs.len() > 1 && self.runs[self.runs.len() - 2].0 >= length {
            self.runs.pop();
        }
        if let Some(last) = self.runs.last_mut() {
            last.0 = last.0.min(length);
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of text kept.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The text of line `index`, empty when there is none.
    #[must_use]
    pub fn line(&self, index: usize) -> &str {
        self.text.get(self.range(index)).unwrap_or("")
    }

    /// The whole text, lines joined by line ends.
    #[must_use]
    pub fn whole(&self) -> String {
        let lines: Vec<&str> = (0..self.len()).map(|index| self.line(index)).collect();
        lines.join("\n")
    }

    /// The text for the checks: without escape codes, of a long one the first and last 64 KiB.
    #[must_use]
    pub fn text(&self) -> String {
        let whole = self.whole();
        if whole.len() <= 2 * EXCERPT {
            return whole;
        }
        let first = &whole[..whole.floor_char_boundary(EXCERPT)];
        let last = &whole[whole.ceil_char_boundary(whole.len() - EXCERPT)..];
        format!("{first}\n…\n{last}")
    }

    /// Wraps all lines at `width` columns. Cheap when the width is the same as before.
    pub fn lay(&mut self, width: u16) {
        let width = usize::from(width.max(1));
        if self.layout.width == width && self.layout.starts.len() == self.len() + 1 {
            return;
        }
        let mut starts = Vec::with_capacity(self.len() + 1);
        let mut row = 0;
        for index in 0..self.len() {
            starts.push(row);
            row += rows_of(self.line(index), width);
        }
        starts.push(row);
        self.layout = Layout { width, starts };
    }

    /// Rows at the width last laid.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.layout.starts.last().copied().unwrap_or(0)
    }

    /// Columns taken in the last row at the width last laid.
    #[must_use]
    pub fn last_row_width(&self) -> usize {
        let Some(last) = self.len().checked_sub(1) else { return 0 };
        let row = self.rows().saturating_sub(self.layout.starts.get(last).copied().unwrap_or(0) + 1);
        let placed = wrap(self.line(last), self.layout.width.max(1), row).filter(|placed| placed.row == row);
        placed.last().map_or(0, |placed| placed.column + placed.width)
    }

    /// Whether `row` goes on in the next one because the line is too long.
    #[must_use]
    pub fn wraps(&self, row: usize) -> bool {
        row + 1 < self.rows() && self.layout.starts.binary_search(&(row + 1)).is_err()
    }

    /// Draws the rows from `first` on into `area`, as many as fit.
    pub fn draw(&self, first: usize, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let last = (first + usize::from(area.height)).min(self.rows());
        let mut index = self.layout.starts.partition_point(|start| *start <= first).saturating_sub(1);
        while index < self.len() && self.layout.starts[index] < last {
            self.draw_line(index, first..last, area, buf);
            index += 1;
        }
    }

    fn draw_line(&self, index: usize, rows: Range<usize>, area: Rect, buf: &mut Buffer) {
        let start = self.layout.starts[index];
        let line = self.range(index);
        let skipped = rows.start.saturating_sub(start);
        let mut run = self.run_at(line.start);
        let mut symbol = String::new();
        for placed in wrap(&self.text[line.clone()], self.layout.width, skipped) {
            if start + placed.row >= rows.end {
                return;
            }
            if placed.row < skipped || placed.column + placed.width > usize::from(area.width) {
                continue;
            }
            while self.runs.get(run).is_some_and(|(end, _)| *end <= line.start + placed.offset) {
                run += 1;
            }
            let style = self.runs.get(run).map_or(Style::new(), |(_, style)| *style);
            let y = area.y + (start + placed.row - rows.start) as u16;
            let at = Position::new(area.x + placed.column as u16, y);
            placed.draw(at, style, &mut symbol, buf);
        }
    }

    fn range(&self, index: usize) -> Range<usize> {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or(self.text.len()) };
        start..self.ends.get(index).copied().unwrap_or(self.text.len())
    }

    fn run_at(&self, offset: usize) -> usize {
        self.runs.partition_point(|(end, _)| *end <= offset)
    }

    /// The parts of `range` that have one style each.
    fn styled(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Style)> {
        let mut at = range.start;
        self.runs[self.run_at(range.start)..].iter().map_while(move |(end, style)| {
            let part = at..(*end).min(range.end);
            at = part.end;
            (!part.is_empty()).then_some((part, *style))
        })
    }

    fn style_to_the_end(&mut self, style: Style) {
        let length = self.text.len();
        match self.runs.last_mut() {
            Some((end, last)) if *last == style => *end = length,
            Some((end, _)) if *end == length => {}
            Some(_) | None => {
                if length > 0 {
                    self.runs.push((length, style));
                }
            }
        }
    }
}

/// One cell of a wrapped line.
struct Placed<'a> {
    row: usize,
    column: usize,
    width: usize,
    /// Bytes before it in its line.
    offset: usize,
    text: &'a str,
}

impl Placed<'_> {
    fn draw(&self, at: Position, style: Style, symbol: &mut String, buf: &mut Buffer) {
        let mut chars = self.text.chars();
        match chars.next() {
            Some('\t') => {
                for column in 0..self.width {
                    glyph::put(buf, Position::new(at.x + column as u16, at.y), " ", 1, style);
                }
            }
            Some(base) => {
                glyph::visible(base, chars, self.width, symbol);
                glyph::put(buf, at, symbol, self.width, style);
            }
            None => {}
        }
    }
}

/// Lays `line` at `width`; plain text starts at row `skip` without looking at what stands before it.
fn wrap(line: &str, width: usize, skip: usize) -> impl Iterator<Item = Placed<'_>> {
    let skipped = if is_plain(line) { (skip * width).min(line.len()) } else { 0 };
    let (mut row, mut column) = (skipped / width, 0);
    let mut offset = skipped;
    glyph::cells(&line[skipped..]).map(move |(text, cell_width)| {
        let needed = if cell_width == 0 { 1 } else { cell_width };
        if column + needed > width && column > 0 {
            row += 1;
            column = 0;
        }
        let room = width.saturating_sub(column).max(1);
        let taken = if cell_width == 0 { glyph::tab_width(column).min(room) } else { cell_width };
        let placed = Placed { row, column, width: taken, offset, text };
        column += taken;
        offset += text.len();
        placed
    })
}

fn rows_of(line: &str, width: usize) -> usize {
    if is_plain(line) {
        line.len().div_ceil(width).max(1)
    } else {
        wrap(line, width, 0).last().map_or(1, |placed| placed.row + 1)
    }
}

/// One byte a cell.
fn is_plain(line: &str) -> bool {
    line.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::{Frozen, grouped};

    fn drawn(frozen: &mut Frozen, width: u16, first: usize, height: u16) -> Vec<String> {
        frozen.lay(width);
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        frozen.draw(first, area, &mut buf);
        (0..height)
            .map(|y| (0..width).map(|x| buf[(x, y)].symbol()).collect::<String>().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn lines_wrap_at_any_width_and_rows_are_drawn_from_anywhere() {
        let mut frozen = Frozen::from_text("0123456789ab\n世界世\na\tb");
        assert_eq!(drawn(&mut frozen, 5, 0, 7), ["01234", "56789", "ab", "世 界", "世", "a", "b"]);
        assert_eq!(drawn(&mut frozen, 5, 1, 2), ["56789", "ab"]);
        assert_eq!((frozen.wraps(0), frozen.wraps(2), frozen.wraps(3)), (true, false, true));
        assert_eq!(drawn(&mut frozen, 20, 0, 4), ["0123456789ab", "世 界 世", "a       b", ""]);
    }

    #[test]
    fn styles_stay_with_their_text() {
        let red = Style::new().fg(Color::Red);
        let mut frozen = Frozen::default();
        frozen.push("plain ", Style::new());
        frozen.push("red", red);
        frozen.end_line();
        frozen.push("red too", red);
        frozen.end_line();
        let mut copy = Frozen::default();
        copy.append(&frozen, 0..2);
        frozen.lay(20);
        copy.lay(20);
        assert_eq!(copy, frozen);
        assert_eq!(frozen.runs.len(), 2);
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 3));
        copy.lay(4);
        copy.draw(1, buf.area, &mut buf);
        assert_eq!((buf[(1, 0)].fg, buf[(2, 0)].fg, buf[(0, 2)].fg), (Color::Reset, Color::Red, Color::Red));
    }

    #[test]
    fn blank_lines_at_the_end_go_and_long_texts_keep_both_ends() {
        let mut frozen = Frozen::from_text("a\n\nb\n \n\n");
        frozen.trim();
        assert_eq!(frozen.whole(), "a\n\nb");
        let long = format!("first\n{}\nlast", "x".repeat(400_000));
        let text = Frozen::from_text(&long).text();
        assert!(text.starts_with("first\n") && text.ends_with("\nlast") && text.len() < 140_000);
        assert_eq!(
            (grouped(1_234_567), grouped(12), grouped(1_000)),
            ("1,234,567".into(), "12".into(), "1,000".into())
        );
    }
}
