//! Small texts of the pane: wrapped spans, times, shortened folders.

use std::time::Duration;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::base::width::{graphemes, width};
use crate::term::glyph;

/// Spans laid at a width, broken wherever the row is full, as terminals do.
#[derive(Clone, Debug, Default)]
pub struct Wrapped {
    pub rows: Vec<Line<'static>>,
    /// Columns taken in the last row.
    pub column: usize,
}

impl Wrapped {
    /// An empty row to begin with.
    pub fn new() -> Self {
        Self { rows: vec![Line::default()], column: 0 }
    }

    /// Adds text without its control characters.
    pub fn push(&mut self, text: &str, style: Style, columns: usize) {
        let text = glyph::plain(text);
        let mut row = String::new();
        for (grapheme, width) in graphemes(&text) {
            if self.column + width > columns && self.column > 0 {
                self.flush(&mut row, style);
                self.rows.push(Line::default());
                self.column = 0;
            }
            row.push_str(grapheme);
            self.column += width;
        }
        self.flush(&mut row, style);
    }

    fn flush(&mut self, text: &mut String, style: Style) {
        if let Some(line) = self.rows.last_mut().filter(|_| !text.is_empty()) {
            line.push_span(Span::styled(std::mem::take(text), style));
        }
    }
}

/// Prose broken between words; what stands in backticks is `code`, the backticks go.
pub fn prose(text: &str, columns: usize, plain: Style, code: Style) -> Vec<Line<'static>> {
    let mut rows = Vec::new();
    let mut in_code = false;
    for paragraph in text.trim_end().split('\n') {
        let mut row = Wrapped::new();
        for word in glyph::plain(paragraph).split_whitespace() {
            let length = width(&word.replace('`', ""));
            if row.column > 0 && row.column + 1 + length > columns {
                rows.append(&mut row.rows);
                row = Wrapped::new();
            }
            if row.column > 0 {
                row.push(" ", if in_code { code } else { plain }, columns);
            }
            for (index, part) in word.split('`').enumerate() {
                in_code ^= index > 0;
                row.push(part, if in_code { code } else { plain }, columns);
            }
        }
        rows.append(&mut row.rows);
    }
    rows
}

/// How long a command took: `0.02 s`, `1.3 s`, `2 min 5 s`.
pub fn time(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    if seconds < 0.1 {
        format!("{seconds:.2} s")
    } else if seconds < 59.95 {
        format!("{seconds:.1} s")
    } else {
        let whole = (took + Duration::from_millis(500)).as_secs();
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

/// `dir` in at most `columns`: its last folders matter most.
pub fn short_dir(dir: &str, columns: usize) -> String {
    if width(dir) <= columns {
        return dir.to_owned();
    }
    let mut kept = dir;
    while let Some(slash) = kept.find('/') {
        kept = &kept[slash + 1..];
        if width(kept) + 2 <= columns {
            return format!("…/{kept}");
        }
    }
    crate::base::width::truncate(kept, columns.max(2))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ratatui::style::{Modifier, Style};

    use super::{prose, short_dir, time};

    #[test]
    fn times_and_folders_are_short() {
        assert_eq!(time(Duration::from_millis(17)), "0.02 s");
        assert_eq!(time(Duration::from_millis(1_340)), "1.3 s");
        assert_eq!(time(Duration::from_secs(125)), "2 min 5 s");
        assert_eq!(short_dir("~/haveago/hello", 20), "~/haveago/hello");
        assert_eq!(short_dir("~/haveago/hello", 10), "…/hello");
        assert_eq!(short_dir("~/haveago/hellohello", 7), "helloh…");
    }

    #[test]
    fn prose_breaks_between_words_and_marks_code() {
        let code = Style::new().add_modifier(Modifier::BOLD);
        let rows = prose("`go mod` has no part called `int`.", 14, Style::new(), code);
        let text: Vec<String> = rows.iter().map(ToString::to_string).collect();
        assert_eq!(text, ["go mod has no", "part called", "int."]);
        assert_eq!(rows[0].spans[0].style, code);
        assert_eq!(rows[2].spans.last().map(|span| span.style), Some(Style::new()));
    }
}
