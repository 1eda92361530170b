//! What a program printed → what may stand in one cell of our screen: no control characters, no sign that the outer
//! terminal would draw wider or narrower than its cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Marks on one letter beyond this are not drawn.
const MARKS: usize = 4;

/// The cells of `text` as terminals lay it: each character of its own width, followed by the marks that stand on it.
/// A tab is one cell of width 0 here: its width depends on where it stands. Other control characters are left out.
pub fn cells(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let first = rest.chars().next()?;
            let marks = if first == '\t' { 0 } else { marks_length(&rest[first.len_utf8()..]) };
            let (cell, after) = rest.split_at(first.len_utf8() + marks);
            rest = after;
            match first.width() {
                Some(width @ 1..) => return Some((cell, width)),
                None if first == '\t' => return Some((cell, 0)),
                Some(0) | None => {}
            }
        }
    })
}

fn marks_length(text: &str) -> usize {
    text.chars().take_while(|c| c.width() == Some(0)).map(char::len_utf8).sum()
}

/// Columns from `column` to the next tab stop.
#[must_use]
pub fn tab_width(column: usize) -> usize {
    8 - column % 8
}

/// Writes what is drawn for one cell's text into `out`: exactly `width` columns wide on every terminal.
pub fn visible(base: char, marks: impl IntoIterator<Item = char>, width: usize, out: &mut String) {
    out.clear();
    if base.is_control() || base.width() != Some(width) || joins_to_the_left(base) {
        out.extend(std::iter::repeat_n(' ', width));
        return;
    }
    out.push(base);
    if base == ' ' {
        return;
    }
    out.extend(marks.into_iter().filter(|c| is_drawn_mark(*c)).take(MARKS));
    if out.width() != width {
        out.truncate(base.len_utf8());
    }
}

/// Draws one cell's text, clipped to the buffer; the second column of a wide one is left blank.
pub fn put(buf: &mut Buffer, at: Position, symbol: &str, width: usize, style: Style) {
    if let Some(cell) = buf.cell_mut(at) {
        cell.set_symbol(symbol).set_style(style);
    }
    if width == 2
        && let Some(cell) = buf.cell_mut((at.x + 1, at.y))
    {
        cell.set_symbol(" ").set_style(style);
    }
}

/// `text` without control characters, for a title or a line that is typed; tabs become a blank.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|c| !c.is_control()).collect()
}

/// Skin tones melt into the emoji before them on some terminals, and everything after them would drift.
fn joins_to_the_left(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Combining accents stay; joiners, variation selectors, direction marks and tags change widths or the order of cells.
fn is_drawn_mark(c: char) -> bool {
    !c.is_control()
        && !matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::{cells, plain, visible};

    fn shown(base: char, marks: &str, width: usize) -> String {
        let mut out = String::new();
        visible(base, marks.chars(), width, &mut out);
        out
    }

    #[test]
    fn a_cell_is_as_wide_as_it_says() {
        assert_eq!(shown('e', "\u{301}", 1), "e\u{301}");
        assert_eq!(shown('❤', "\u{fe0f}", 1), "❤");
        assert_eq!(shown('👨', "\u{200d}", 2), "👨");
        assert_eq!(shown('\u{1f3fd}', "", 2), "  ");
        assert_eq!(shown('\u{1b}', "", 1), " ");
        assert_eq!(shown('世', "", 2), "世");
        assert_eq!(shown('e', &"\u{301}".repeat(50), 1).chars().count(), 5);
    }

    #[test]
    fn text_falls_into_cells_with_their_marks() {
        let seen: Vec<(&str, usize)> = cells("a世\te\u{301}\u{1b}[").collect();
        assert_eq!(seen, [("a", 1), ("世", 2), ("\t", 0), ("e\u{301}", 1), ("[", 1)]);
        assert_eq!(plain("a\tb\u{1b}[31m\n"), "a b[31m");
    }
}
