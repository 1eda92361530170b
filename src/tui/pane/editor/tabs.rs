//! The open files as a row of tabs, where there is more than one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::Editor;
use crate::base::width::width;
use crate::page::Theme;

/// Panes with fewer rows have none to spare for tabs.
const LOW: u16 = 5;

impl Editor {
    /// Rows that the tabs take at the top of the pane.
    pub(super) fn tab_rows(&self) -> u16 {
        u16::from(self.files.len() > 1 && self.size.1 >= LOW)
    }

    /// Columns and rows for the text and the message below it.
    pub(super) fn room(&self) -> (u16, u16) {
        (self.size.0, self.size.1 - self.tab_rows())
    }

    /// First column, columns and words of each tab. Where there is no room for all, the current one is among those that
    /// are seen.
    fn places(&self, columns: u16) -> Vec<(usize, u16, String)> {
        let titles = self.titles().map(|title| format!(" {}{} ", title.path, if title.dirty { " *" } else { "" }));
        let titles: Vec<String> = titles.collect();
        let wide = |words: &str| width(words) as u16 + 1;
        let up_to_current: u16 = titles[..=self.current].iter().map(|words| wide(words)).sum();
        let mut hidden = up_to_current.saturating_sub(columns + 1);
        let mut places = Vec::new();
        let mut x = 0;
        for (index, words) in titles.into_iter().enumerate() {
            if hidden > 0 && index < self.current {
                hidden = hidden.saturating_sub(wide(&words));
                continue;
            }
            if x >= columns {
                break;
            }
            let next = x + wide(&words);
            places.push((index, x, words));
            x = next;
        }
        places
    }

    /// Draws the tabs into the top row of `area`.
    pub(super) fn draw_tabs(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        for (index, x, words) in self.places(area.width) {
            let style = match (index == self.current, focused) {
                (true, true) => theme.focus.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
                (true, false) => theme.text.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
                (false, _) => theme.dim,
            };
            buf.set_stringn(area.x + x, area.y, &words, usize::from(area.width - x), style);
            let end = x + width(&words) as u16;
            if end < area.width && index + 1 < self.files.len() {
                buf.set_stringn(area.x + end, area.y, theme.glyphs.bar, 1, theme.faint);
            }
        }
    }

    /// A press in the row of tabs shows that file.
    pub(super) fn click_tab(&mut self, x: u16) {
        let found = self.places(self.size.0).into_iter().rfind(|(_, from, _)| *from <= x);
        if let Some((index, from, words)) = found
            && x < from + width(&words) as u16
        {
            self.current = index;
            self.show_cursor();
        }
    }
}
