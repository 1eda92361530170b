//! What is being read: scrolling, and making room when too much is kept.

use super::flow::{Flow, Look};
use super::{Scroll, Terminal, TerminalAsk};
use crate::page::Theme;
use crate::page::theme::{Depth, PLAIN, ThemeName};

impl Terminal {
    pub(super) fn scroll(&mut self, scroll: Scroll) -> Vec<TerminalAsk> {
        let page = isize::try_from(self.size().1).unwrap_or(1).max(2) - 1;
        match scroll {
            Scroll::Up => self.scroll_by(-1),
            Scroll::Down => self.scroll_by(1),
            Scroll::PageUp => self.scroll_by(-page),
            Scroll::PageDown => self.scroll_by(page),
            Scroll::Top => self.scroll_by(isize::MIN),
            Scroll::Bottom => self.tab_mut().top = None,
        }
        Vec::new()
    }

    /// Moves by rows; at the bottom the output is followed again. A full-screen program scrolls by itself.
    pub(super) fn scroll_by(&mut self, rows: isize) {
        if self.full_screen() {
            return;
        }
        let bottom = self.bottom();
        let top = self.tab().top.unwrap_or(bottom).min(bottom).saturating_add_signed(rows);
        self.tab_mut().top = (top < bottom).then_some(top);
    }

    /// The first row shown while the output is followed.
    pub(super) fn bottom(&self) -> usize {
        self.measured(|flow| flow.rows).saturating_sub(usize::from(self.size().1))
    }

    /// The first row shown now.
    pub(super) fn top(&self) -> usize {
        let bottom = self.bottom();
        self.tab().top.map_or(bottom, |top| top.min(bottom))
    }

    /// Something about the rows of the tab that is shown, where colours do not matter.
    pub(super) fn measured<T>(&self, measure: impl FnOnce(&Flow<'_>) -> T) -> T {
        let theme = Theme::new(ThemeName::Dark, Depth::None, PLAIN);
        let look = Look { theme: &theme, width: self.size().0, suggestion: self.suggestion(), now: None };
        measure(&Flow::of(self.tab(), &look))
    }

    /// Drops the oldest commands where too much is kept; what is being read stays where it is.
    pub(super) fn make_room(&mut self, index: usize) {
        let surplus = self.tabs[index].surplus();
        if surplus == 0 {
            return;
        }
        let is_shown = index == self.current;
        let before = self.measured(|flow| flow.rows);
        let tab = &mut self.tabs[index];
        tab.blocks.drain(..surplus);
        tab.selection = None;
        if is_shown {
            let gone = before.saturating_sub(self.measured(|flow| flow.rows));
            let tab = &mut self.tabs[index];
            tab.top = tab.top.map(|top| top.saturating_sub(gone));
        } else {
            self.tabs[index].top = None;
        }
    }
}
