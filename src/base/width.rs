//! How many columns a text takes on the screen, measured the same way by every room.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns `text` takes, by grapheme: a combining accent takes none, a wide character two.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { graphemes(text).map(|(_, width)| width).sum() }
}

/// The graphemes of `text`, each with its columns (0, 1 or 2: terminals draw no grapheme wider).
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.graphemes(true).map(|grapheme| (grapheme, grapheme.width().min(2)))
}

/// `text` cut to at most `columns`, its last column an ellipsis when something was left off.
#[must_use]
pub fn truncate(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for (grapheme, width) in graphemes(text) {
        if used + width >= columns {
            break;
        }
        kept.push_str(grapheme);
        used += width;
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{truncate, width};

    #[test]
    fn wide_and_combining_characters_are_measured_right() {
        assert_eq!(width("Go"), 2);
        assert_eq!(width("世界"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(truncate("世界世界", 5), "世界…");
        assert_eq!(truncate("short", 5), "short");
    }
}
