//! Lines to be put in order, each a thing to take hold of.

use ratatui::text::Span;

use super::super::code::styled;
use super::listing::inside;
use super::sheet::{Setting, hanging};
use super::{Page, TargetKind};
use crate::learner::session::OrderState;

impl Setting<'_> {
    pub(super) fn order(&self, index: usize, width: usize) -> Page {
        let Some(view) = self.view else { return Page::default() };
        let Some(order) = view.step.orders.get(index) else { return Page::default() };
        let none = OrderState::default();
        let state = view.session.orders.get(index).unwrap_or(&none);
        let arranged = if state.arranged.is_empty() { &order.shuffled } else { &state.arranged };
        // Colours are told from the lines as they belong: out of order they are no program.
        let colours = styled("go", &order.lines.join("\n"), self.theme);
        let is_done = state.right || view.session.passed;
        let digits = arranged.len().to_string().len();
        let mut page = Page::default();
        for (position, line) in arranged.iter().enumerate() {
            let Some(text) = order.lines.get(*line) else { continue };
            let coloured = (text.as_str(), colours.get(*line).cloned().unwrap_or_default());
            let number = vec![Span::styled(format!("{:>digits$}  ", position + 1), self.theme.dim)];
            let from = page.lines.len();
            page.append(hanging(&number, inside(width), |width| {
                let mut page = Page::default();
                self.add_line(&mut page, &coloured, width);
                page
            }));
            if !is_done {
                page.target(from, inside(width), TargetKind::OrderLine { order: index, position });
            }
        }
        let mut page = self.on_ground(page, width, &[]);
        page.append_apart(self.order_end(is_done, index, width));
        page
    }

    fn order_end(&self, is_done: bool, index: usize, width: usize) -> Page {
        if is_done {
            return self.signed(self.theme.glyphs.right, "The lines are in order", self.theme.right, width);
        }
        let mut page = self.sentence("Alt-Up and Alt-Down (or - and +) move the line.", self.theme.dim, width);
        page.append(self.button("Check order", width, TargetKind::OrderSubmit(index)));
        page
    }
}
