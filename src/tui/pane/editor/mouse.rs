//! The mouse in the editor. Columns and rows count from the pane's own corner.

use super::Editor;
use super::open::text_rows;
use crate::edit::{Position, column};

/// What a press of the left button means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// Puts the cursor there.
    Place,
    /// With Shift: selects from where the cursor was.
    Extend,
    /// The second press at one place: selects the word.
    Word,
    /// The third: selects the line.
    Line,
}

impl Editor {
    /// A press at a place of the pane. On a line's number, it selects the line.
    pub fn click(&mut self, x: u16, y: u16, click: Click) {
        self.notice = None;
        self.prompt = None;
        let tabs = self.tab_rows();
        if y < tabs {
            return self.click_tab(x);
        }
        let Some(at) = self.text_place(x, (y - tabs).min(text_rows(self.room().1).saturating_sub(1))) else { return };
        let width = self.size.0;
        let Some(file) = self.files.get_mut(self.current) else { return };
        let document = &mut file.document;
        match click {
            Click::Extend => document.select(document.selection().anchor, at),
            Click::Place | Click::Word | Click::Line => document.select(at, at),
        }
        match click {
            Click::Word => document.select_word(),
            Click::Line => document.select_line(),
            Click::Place if x < file.gutter(width) => file.document.select_line(),
            Click::Place | Click::Extend => {}
        }
    }

    /// The mouse went to a place with the button held: selects up to there, and scrolls at the borders.
    pub fn drag(&mut self, x: u16, y: u16) {
        let y = y.saturating_sub(self.tab_rows());
        let Some(at) = self.text_place(x, y) else { return };
        let size = self.room();
        let Some(file) = self.files.get_mut(self.current) else { return };
        let anchor = file.document.selection().anchor;
        file.document.select(anchor, at);
        if y == 0 || y + 1 >= text_rows(size.1) {
            file.reveal(size);
        }
    }

    /// Scrolls by so many lines, up when negative. The cursor stays where it is in the text.
    pub fn wheel(&mut self, lines: isize) {
        let height = self.room().1;
        if let Some(file) = self.files.get_mut(self.current) {
            file.scroll(lines, height);
        }
    }

    fn text_place(&self, x: u16, y: u16) -> Option<Position> {
        let file = self.files.get(self.current)?;
        let lines = file.document.lines();
        let line = (file.top + usize::from(y)).min(lines.len() - 1);
        let column = file.left + usize::from(x.saturating_sub(file.gutter(self.size.0)));
        Some(Position::new(line, column::byte_at_screen_column(&lines[line], column)))
    }
}
