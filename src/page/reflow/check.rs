//! The step's conditions as sentences, each with its mark, and what was seen instead below the one to do next.

use std::ops::Range;

use ratatui::text::Span;

use super::listing::inside;
use super::sheet::{Setting, hanging};
use super::{Page, PageView, TargetKind};
use crate::course::condition::{Condition, Fact};
use crate::go::place::{Found, places};
use crate::judge::Finding;

impl Setting<'_> {
    pub(super) fn check(&self, range: Range<usize>, width: usize) -> Page {
        let Some(view) = self.view else { return Page::default() };
        let mut page = Page::default();
        for index in range {
            if let Some(condition) = view.step.check.get(index) {
                page.append(self.condition(view, index, condition, width));
            }
        }
        page
    }

    fn condition(&self, view: &PageView<'_>, index: usize, condition: &Condition, width: usize) -> Page {
        let glyphs = self.theme.glyphs;
        let is_met = |index: usize| view.session.conditions.get(index).is_some_and(|state| state.met);
        let next = (0..view.step.check.len()).find(|index| !is_met(*index));
        let (sign, style) = if is_met(index) {
            (glyphs.right, self.theme.right)
        } else if next == Some(index) {
            (glyphs.here, self.theme.accent)
        } else {
            (glyphs.open, self.theme.dim)
        };
        let mark = vec![Span::styled(format!("{sign} "), style)];
        let mut page = hanging(&mark, width, |width| {
            let mut page = self.asked_for(condition, width);
            if let Some((told, finding)) = first_finding(view)
                && told == index
            {
                page.append(self.finding(finding, width));
            }
            if matches!(condition.fact, Fact::Answers(_)) && !is_met(index) {
                page.append(self.sentence("Your answer, then Enter:", self.theme.dim, width));
                page.append(self.field(view.answer_draft, 1, width, TargetKind::Answer));
            }
            page
        });
        let lines = 0..page.lines.len();
        let target =
            super::Target { lines, columns: 0..width as u16, kind: TargetKind::Condition(index), cursor: None };
        page.targets.insert(0, target);
        page
    }

    /// The sentence, and below it the lines that it speaks of.
    fn asked_for(&self, condition: &Condition, width: usize) -> Page {
        let Some(lines) = condition.lines() else {
            return self.sentence(&condition.sentence(), self.theme.text, width);
        };
        let mut page = self.sentence(&format!("{}:", condition.sentence()), self.theme.text, width);
        let mut block = Page::default();
        self.add_code(&mut block, "output", lines, inside(width));
        page.append(self.on_ground(block, width, &[]));
        page
    }

    fn finding(&self, finding: &Finding, width: usize) -> Page {
        let space = vec![Span::raw("  ")];
        hanging(&space, width, |width| {
            let mut page = self.sentence(&finding.seen, self.theme.wrong, width);
            if let Some(Found { file, line, column, .. }) = places(&finding.seen).into_iter().next() {
                page.target(0, width, TargetKind::Place { file, line, column });
            }
            if let Some(advice) = &finding.advice {
                page.append(self.sentence(advice, self.theme.dim, width));
            }
            page
        })
    }
}

/// One finding at a time: that of the first condition which does not hold and of which something was seen.
fn first_finding<'a>(view: &PageView<'a>) -> Option<(usize, &'a Finding)> {
    let mut open = view.session.conditions.iter().enumerate().filter(|(_, state)| !state.met);
    open.find_map(|(index, state)| state.finding.as_ref().map(|finding| (index, finding)))
}
