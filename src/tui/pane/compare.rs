//! The solution beside the learner's own text: two columns, what differs coloured and signed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use similar::{ChangeTag, TextDiff};

use crate::base::FilePath;
use crate::base::obeyed::readable;
use crate::base::width::{truncate, width};
use crate::page::Theme;

/// Columns of a tab.
const TAB: usize = 4;
/// Columns at the left of a text: its sign and a blank.
const SIGN: usize = 2;
/// Narrower than this, two columns would cut most lines; the lesson's page shows the difference in one.
pub const NARROWEST: u16 = 100;

/// One file of a solution beside one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compare {
    pub path: FilePath,
    pub solution: String,
    rows: Vec<Row>,
    /// The first row in sight.
    scroll: usize,
}

/// A line of one's own and one of the solution; either may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    own: Option<String>,
    solution: Option<String>,
    differs: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareAction {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
    /// Puts the solution in place of one's own.
    Take,
}

/// The keys of this list.
pub const KEYS: &[(&str, CompareAction, &str)] = &[
    ("Up", CompareAction::Up, "scroll up"),
    ("Down", CompareAction::Down, "scroll down"),
    ("PgUp", CompareAction::PageUp, "a page up"),
    ("PgDn", CompareAction::PageDown, "a page down"),
    ("Home", CompareAction::First, "the start"),
    ("End", CompareAction::Last, "the end"),
    ("Enter", CompareAction::Take, "put the solution in place of yours"),
];

impl Compare {
    #[must_use]
    pub fn new(path: FilePath, own: &str, solution: String) -> Self {
        let rows = rows(own, &solution);
        let first = rows.iter().position(|row| row.differs).unwrap_or(0);
        Self { path, solution, rows, scroll: first.saturating_sub(3) }
    }

    /// Scrolls; `height` is that of the inside.
    pub fn scroll(&mut self, action: CompareAction, height: u16) {
        let page = usize::from(height.saturating_sub(3)).max(1);
        let here = self.scroll;
        let wanted = match action {
            CompareAction::Up => here.saturating_sub(1),
            CompareAction::Down => here + 1,
            CompareAction::PageUp => here.saturating_sub(page),
            CompareAction::PageDown => here + page,
            CompareAction::First => 0,
            CompareAction::Last => usize::MAX,
            CompareAction::Take => here,
        };
        self.scroll = wanted.min(self.last(height));
    }

    /// Rows that the frame's inside needs for all of it.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX).saturating_add(2)
    }

    fn last(&self, height: u16) -> usize {
        self.rows.len().saturating_sub(usize::from(height.saturating_sub(2)))
    }

    /// Draws the two columns with their heads.
    pub fn render(&self, area: Rect, buf: &mut Buffer, theme: &Theme) {
        let half = area.width.saturating_sub(3) / 2;
        let right = area.x + half + 3;
        buf.set_stringn(area.x + SIGN as u16, area.y, "yours", usize::from(half), theme.title);
        buf.set_stringn(right + SIGN as u16, area.y, "the solution", usize::from(half), theme.title);
        let first = self.scroll.min(self.last(area.height));
        for (row, y) in self.rows.iter().skip(first).zip(area.y + 2..area.bottom()) {
            let (own, solution) = if row.differs { (theme.wrong, theme.right) } else { (theme.text, theme.text) };
            let signs = if row.differs { ("-", "+") } else { (" ", " ") };
            draw(row.own.as_deref(), signs.0, own, Rect::new(area.x, y, half, 1), buf);
            buf.set_stringn(area.x + half + 1, y, theme.glyphs.bar, 1, theme.faint);
            draw(row.solution.as_deref(), signs.1, solution, Rect::new(right, y, half, 1), buf);
        }
        let below = self.rows.len().saturating_sub(first + usize::from(area.height.saturating_sub(2)));
        if below > 0 {
            let more = format!(" {} {below} more below ", theme.glyphs.down);
            buf.set_stringn(area.x + 1, area.bottom(), &more, usize::from(half), theme.accent);
        }
    }
}

fn draw(text: Option<&str>, sign: &str, style: Style, area: Rect, buf: &mut Buffer) {
    let Some(text) = text else { return };
    let columns = usize::from(area.width);
    buf.set_stringn(area.x, area.y, sign, columns, style);
    let room = columns.saturating_sub(SIGN);
    buf.set_stringn(area.x + SIGN as u16, area.y, truncate(text, room), room, style);
}

/// Lines that were taken out stand beside those that were put in for them.
fn rows(own: &str, solution: &str) -> Vec<Row> {
    let diff = TextDiff::from_lines(own, solution);
    let mut rows: Vec<Row> = Vec::new();
    for op in diff.ops() {
        let mut out: Vec<String> = Vec::new();
        let mut put: Vec<String> = Vec::new();
        for change in diff.iter_changes(op) {
            let line = plain(change.value().trim_end_matches(['\n', '\r']));
            match change.tag() {
                ChangeTag::Equal => {
                    rows.push(Row { own: Some(line.clone()), solution: Some(line), differs: false });
                }
                ChangeTag::Delete => out.push(line),
                ChangeTag::Insert => put.push(line),
            }
        }
        let (mut out, mut put) = (out.into_iter(), put.into_iter());
        loop {
            let (own, solution) = (out.next(), put.next());
            if own.is_none() && solution.is_none() {
                break;
            }
            rows.push(Row { own, solution, differs: true });
        }
    }
    rows
}

/// The line as it can be drawn: tabs as blanks, nothing that a terminal obeys.
fn plain(line: &str) -> String {
    let mut text = String::new();
    for part in readable(line).split_inclusive('\t') {
        text.push_str(part.trim_end_matches('\t'));
        if part.ends_with('\t') {
            let fill = TAB - width(&text) % TAB;
            text.extend(std::iter::repeat_n(' ', fill));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;

    use super::{Compare, CompareAction};
    use crate::base::FilePath;
    use crate::page::theme::{Depth, FANCY, Theme, ThemeName};

    fn screen(compare: &Compare) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 43, 8));
        compare.render(buffer.area, &mut buffer, &Theme::new(ThemeName::Dark, Depth::None, FANCY));
        let rows = buffer.content.chunks(43);
        rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned())
            .collect()
    }

    #[test]
    fn what_differs_stands_side_by_side_and_has_signs() {
        let own = "package main\n\nfunc main() {\n\tprint(1)\n}\n";
        let solution = "package main\n\nfunc main() {\n\tprint(2)\n\tprint(3)\n}\n".to_owned();
        let mut compare = Compare::new(FilePath::parse("main.go").unwrap(), own, solution);
        assert_eq!(
            screen(&compare),
            [
                "  yours                  the solution",
                "",
                "  package main       │   package main",
                "                     │",
                "  func main() {      │   func main() {",
                "-     print(1)       │ +     print(2)",
                "                     │ +     print(3)",
                "  }                  │   }",
            ]
        );
        compare.scroll(CompareAction::Last, 8);
        assert_eq!(compare.scroll, 0, "all of it is in sight");
        compare.scroll(CompareAction::Last, 5);
        assert_eq!(compare.scroll, 3);
    }
}
