//! From bytes of a line to graphemes and to columns on the screen, and back.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns from one tab stop to the next.
pub const TAB: usize = 4;

/// One grapheme of a line with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    pub grapheme: &'a str,
    /// Where it starts in the line.
    pub byte: usize,
    /// Its first column on the screen, from 0.
    pub column: usize,
    /// The columns it takes: 0, 1 or 2, and for a tab those up to the next stop.
    pub width: usize,
}

/// The graphemes of `line` in order.
pub fn cells(line: &str) -> impl Iterator<Item = Cell<'_>> {
    let (mut byte, mut column) = (0, 0);
    std::iter::from_fn(move || {
        let grapheme = grapheme_at(line, byte)?;
        let width = if grapheme == "\t" { TAB - column % TAB } else { drawn_width(grapheme) };
        let cell = Cell { grapheme, byte, column, width };
        byte += grapheme.len();
        column += width;
        Some(cell)
    })
}

/// A control character is drawn as a sign one column wide; terminals draw nothing wider than two.
fn drawn_width(grapheme: &str) -> usize {
    if grapheme.starts_with(|c: char| c.is_control()) { 1 } else { grapheme.width().min(2) }
}

/// The grapheme that starts at `byte`, which must be a border between graphemes. None at the end of the line.
fn grapheme_at(line: &str, byte: usize) -> Option<&str> {
    let rest = line.get(byte..)?;
    let ascii = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    match rest.as_bytes() {
        [first, more @ ..] if first.is_ascii() && ascii(more.first()) => Some(&rest[..1]),
        _ => rest.graphemes(true).next(),
    }
}

/// The column on the screen where the grapheme at `byte` starts; for the line's end, the line's width.
#[must_use]
pub fn screen_column(line: &str, byte: usize) -> usize {
    let mut end = 0;
    for cell in cells(line) {
        if cell.byte >= byte {
            return cell.column;
        }
        end = cell.column + cell.width;
    }
    end
}

/// The byte of the grapheme that covers `column` of the screen; beyond the text, the line's end.
#[must_use]
pub fn byte_at_screen_column(line: &str, column: usize) -> usize {
    cells(line).find(|cell| column < cell.column + cell.width).map_or(line.len(), |cell| cell.byte)
}

/// How many graphemes stand before `byte`.
#[must_use]
pub fn grapheme_column(line: &str, byte: usize) -> usize {
    cells(line).take_while(|cell| cell.byte < byte).count()
}

/// The byte where grapheme number `column` (from 0) starts; beyond the text, the line's end.
#[must_use]
pub fn byte_of_grapheme(line: &str, column: usize) -> usize {
    cells(line).nth(column).map_or(line.len(), |cell| cell.byte)
}

/// The border between graphemes that follows `byte`, or the line's end.
#[must_use]
pub fn next(line: &str, byte: usize) -> usize {
    grapheme_at(line, byte).map_or(line.len(), |grapheme| byte + grapheme.len())
}

/// The border between graphemes before `byte`, or 0.
#[must_use]
pub fn previous(line: &str, byte: usize) -> usize {
    let before = line.get(..byte).unwrap_or(line);
    before.graphemes(true).next_back().map_or(0, |grapheme| before.len() - grapheme.len())
}

/// The last border between graphemes that is not after `byte`.
#[must_use]
pub fn floor(line: &str, byte: usize) -> usize {
    if byte >= line.len() {
        return line.len();
    }
    cells(line).take_while(|cell| cell.byte <= byte).last().map_or(0, |cell| cell.byte)
}

#[cfg(test)]
mod tests {
    use super::{byte_at_screen_column, byte_of_grapheme, floor, grapheme_column, next, previous, screen_column};

    #[test]
    fn tabs_wide_and_joined_characters_have_their_columns() {
        let line = "\ta\t世e\u{301}👨‍👩‍👧x";
        let bytes = [0, 1, 2, 3, 6, 9, 27];
        let columns = [0, 4, 5, 8, 10, 11, 13];
        for (number, (byte, column)) in bytes.into_iter().zip(columns).enumerate() {
            assert_eq!(screen_column(line, byte), column, "byte {byte}");
            assert_eq!(byte_at_screen_column(line, column), byte, "column {column}");
            assert_eq!((grapheme_column(line, byte), byte_of_grapheme(line, number)), (number, byte));
        }
        assert_eq!(screen_column(line, line.len()), 14);
        assert_eq!(byte_at_screen_column(line, 9), 3, "the right half of a wide character is the character");
        assert_eq!((next(line, 9), previous(line, 27), floor(line, 20)), (27, 9, 9));
        assert_eq!((next(line, line.len()), previous(line, 0), byte_at_screen_column(line, 99)), (28, 0, 28));
    }
}
