//! Characters that a terminal obeys instead of showing: text from outside is printed without them.

use std::borrow::Cow;

/// What stands in their place.
const STAND_IN: &str = "\u{fffd}";

/// Where in `text` a character stands that no terminal shows: a control character (an escape code begins with one; tabs
/// and ends of lines are meant as such), or one that turns the direction of what follows.
pub fn obeyed(text: &str) -> impl Iterator<Item = (usize, char)> {
    // All of them begin with one of these bytes, and few others do.
    let begins = |byte: u8| matches!(byte, 0..=0x1f | 0x7f | 0xc2 | 0xe2);
    let suspects = text.bytes().enumerate().filter(move |(_, byte)| begins(*byte));
    suspects.filter_map(|(at, _)| Some((at, text[at..].chars().next()?))).filter(|(at, c)| match c {
        '\t' | '\n' => false,
        '\r' => !text[at + 1..].starts_with('\n'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    })
}

/// `text` with a stand-in for each such character: it can be printed, whoever wrote it.
#[must_use]
pub fn readable(text: &str) -> Cow<'_, str> {
    let mut clean = String::new();
    let mut done = 0;
    for (at, c) in obeyed(text) {
        clean.push_str(&text[done..at]);
        clean.push_str(STAND_IN);
        done = at + c.len_utf8();
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(&text[done..]);
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn what_terminals_obey_is_replaced_and_nothing_else() {
        assert_eq!(readable("\u{1b}[31mred\u{7}\u{9b}2J\u{7f}"), "\u{fffd}[31mred\u{fffd}\u{fffd}2J\u{fffd}");
        assert_eq!(readable("safe\rover\u{202e}txt.exe\u{2066}"), "safe\u{fffd}over\u{fffd}txt.exe\u{fffd}");
        for same in ["", "a\tb\r\nc\n", "שלום مرحبا 世界 e\u{301} 👨\u{200d}👩"] {
            assert_eq!(readable(same), same);
        }
    }
}
