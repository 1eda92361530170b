//! The text of a field: what can be typed into it, and taken away again.

use crate::base::width::graphemes;

pub(super) fn drop_last(text: &mut String) {
    let last = graphemes(text).last().map_or(0, |(grapheme, _)| grapheme.len());
    text.truncate(text.len() - last);
}

/// Letters of a field at most: more than any program of a course prints. With each key the page is laid out anew.
pub const MOST: usize = 2_000;

/// Whether nothing more goes into a field with this text.
#[must_use]
pub fn is_full(text: &str) -> bool {
    text.chars().nth(MOST - 1).is_some()
}

/// What a field can hold: no control characters, line ends only where it has several lines, and no more than [`MOST`].
pub(super) fn cleaned(text: &str, has_lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let keep = |c: char| match c {
        '\n' if has_lines => Some('\n'),
        '\n' | '\t' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(keep).take(MOST).collect()
}
