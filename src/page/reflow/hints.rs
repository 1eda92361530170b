//! The hints that were asked for, in the order in which they were given.

use super::sheet::Setting;
use super::{Page, PageView};
use crate::course::model::Hint;

/// The hints shown, each with its number from 1 in the order of giving.
pub(super) fn shown<'a>(view: &PageView<'a>) -> Vec<(usize, &'a Hint)> {
    let hints = view.session.hints_shown.iter().filter_map(|index| view.step.hints.get(*index));
    hints.enumerate().map(|(index, hint)| (index + 1, hint)).collect()
}

impl Setting<'_> {
    pub(super) fn hints(&self, hints: &[(usize, &Hint)], width: usize) -> Page {
        let all = self.view.map_or(0, |view| view.step.hints.len());
        let mut page = Page::default();
        for (number, hint) in hints {
            page.append_apart(self.aside(&format!("Hint {number} of {all}"), self.theme.accent, &hint.blocks, width));
        }
        page
    }
}
