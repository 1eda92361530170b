//! The text of a field: what can be typed into it, and taken away again.

use crate::base::width::graphemes;

pub(super) fn drop_last(text: &mut String) {
    let last = graphemes(text).last().map_or(0, |(grapheme, _)| grapheme.len());
    text.truncate(text.len() - last);
}

/// What a field can hold: no control characters, and line ends only where it has several lines.
pub(super) fn cleaned(text: &str, has_lines: bool) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let keep = |c: char| match c {
        '\n' if has_lines => Some('\n'),
        '\n' | '\t' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(keep).collect()
}
