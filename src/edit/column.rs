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

/// A walk over the graphemes of a line, which leaps over what is plain: a line may be megabytes long, and each key
/// measures it.
#[derive(Clone, Debug)]
pub struct Cells<'a> {
    line: &'a str,
    byte: usize,
    column: usize,
}

/// The graphemes of `line` in order.
#[must_use]
pub fn cells(line: &str) -> Cells<'_> {
    Cells { line, byte: 0, column: 0 }
}

/// The graphemes of `line` that can be seen from `column` on.
pub fn cells_from(line: &str, column: usize) -> impl Iterator<Item = Cell<'_>> {
    let mut cells = cells(line);
    cells.leap(column);
    cells.skip_while(move |cell| cell.column + cell.width <= column)
}

impl Cells<'_> {
    /// Goes past plain graphemes, each of one byte and one column, at most `most` of them; how many they were.
    fn leap(&mut self, most: usize) -> usize {
        let rest = &self.line.as_bytes()[self.byte..];
        let is_plain = |byte: &u8| matches!(byte, b' '..=b'~');
        let length = rest.iter().take(most.saturating_add(1)).take_while(|byte| is_plain(byte)).count();
        // A mark may stand on the last one.
        let whole = if rest.get(length).is_none_or(u8::is_ascii) { length } else { length.saturating_sub(1) };
        let count = whole.min(most);
        self.byte += count;
        self.column += count;
        count
    }
}

impl<'a> Iterator for Cells<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let (byte, column) = (self.byte, self.column);
        let grapheme = grapheme_at(self.line, byte)?;
        let width = if grapheme == "\t" { TAB - column % TAB } else { drawn_width(grapheme) };
        self.byte += grapheme.len();
        self.column += width;
        Some(Cell { grapheme, byte, column, width })
    }
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
    walk_to(line, byte).0.column
}

/// The byte of the grapheme that covers `column` of the screen; beyond the text, the line's end.
#[must_use]
pub fn byte_at_screen_column(line: &str, column: usize) -> usize {
    let mut cells = cells(line);
    loop {
        cells.leap(column.saturating_sub(cells.column));
        match cells.next() {
            Some(cell) if column < cell.column + cell.width => return cell.byte,
            Some(_) => {}
            None => return line.len(),
        }
    }
}

/// How many graphemes stand before `byte`.
#[must_use]
pub fn grapheme_column(line: &str, byte: usize) -> usize {
    walk_to(line, byte).1
}

/// Walks to the first grapheme that does not start before `byte`; with it, how many do.
fn walk_to(line: &str, byte: usize) -> (Cells<'_>, usize) {
    let (mut cells, mut count) = (cells(line), 0);
    loop {
        count += cells.leap(byte.saturating_sub(cells.byte));
        if cells.byte >= byte || cells.next().is_none() {
            return (cells, count);
        }
        count += 1;
    }
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
    let mut cells = cells(line);
    loop {
        cells.leap(byte - cells.byte);
        match cells.next() {
            Some(cell) if cells.byte > byte => return cell.byte,
            Some(_) => {}
            None => return line.len(),
        }
    }
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

    #[test]
    fn what_is_leapt_over_is_measured_as_if_each_was_looked_at() {
        let slowly = |line: &str| {
            let mut places = Vec::new();
            let mut column = 0;
            for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(line, true) {
                let width = match grapheme {
                    "\t" => super::TAB - column % super::TAB,
                    "\u{1}" => 1,
                    _ => unicode_width::UnicodeWidthStr::width(grapheme),
                };
                let byte = grapheme.as_ptr().addr() - line.as_ptr().addr();
                places.push((byte, column));
                column += width;
            }
            (places, column)
        };
        for line in
            ["", "plain words", "ends with e\u{301}", "e\u{301}e\u{301}x", "a\tb世界 c", "\u{1}x\t", "世", "x👨‍👩‍👧y~"]
        {
            let (places, width) = slowly(line);
            for (number, (byte, column)) in places.iter().copied().enumerate() {
                let next = places.get(number + 1).map_or(line.len(), |place| place.0);
                assert_eq!(screen_column(line, byte), column, "{line:?} {byte}");
                assert_eq!(byte_at_screen_column(line, column), byte, "{line:?} {column}");
                assert_eq!((grapheme_column(line, byte), byte_of_grapheme(line, number)), (number, byte), "{line:?}");
                assert!((byte..next).all(|inside| floor(line, inside) == byte), "{line:?} {byte}");
                let seen: Vec<usize> = super::cells_from(line, column).map(|cell| cell.byte).collect();
                assert_eq!(seen, places[number..].iter().map(|place| place.0).collect::<Vec<_>>(), "{line:?} {column}");
            }
            let end = line.len();
            assert_eq!((screen_column(line, end), grapheme_column(line, end)), (width, places.len()), "{line:?}");
            assert_eq!((byte_at_screen_column(line, width), floor(line, end)), (end, end), "{line:?}");
        }
    }
}
