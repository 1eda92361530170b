//! Footnotes: numbered as they are met, and told at the end of the page.

use ratatui::text::Span;

use super::super::inline::note_sign;
use super::Page;
use super::sheet::{Setting, hanging};
use crate::base::width::width;
use crate::course::model::{each_block, notes_referred};
use crate::course::{Block, BlockKind};

/// The labels of the notes in the order in which the text refers to them; notes that nothing refers to come last.
pub(super) fn labels<'a>(parts: &[&'a [Block]]) -> Vec<&'a str> {
    let mut labels = Vec::new();
    let referred = parts.iter().flat_map(|blocks| notes_referred(blocks));
    let told = parts.iter().flat_map(|blocks| bodies(blocks)).map(|(label, _)| label);
    for label in referred.chain(told) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

impl Setting<'_> {
    /// The notes themselves, below a short rule.
    pub(super) fn notes(&self, parts: &[&[Block]], columns: usize) -> Page {
        let bodies: Vec<(&str, &[Block])> = parts.iter().flat_map(|blocks| bodies(blocks)).collect();
        if bodies.is_empty() {
            return Page::default();
        }
        let mut page = self.rule(columns.min(12));
        for label in self.notes {
            let sign = note_sign(self.notes, label, self.theme);
            let fill = " ".repeat(if width(&sign) < 2 { 2 } else { 1 });
            let mark = vec![Span::styled(sign, self.theme.accent), Span::raw(fill)];
            // One that is written twice is told twice.
            for (_, blocks) in bodies.iter().filter(|(body, _)| body == label) {
                page.append(hanging(&mark, columns, |width| self.blocks(blocks, width)));
            }
        }
        page
    }
}

fn bodies(blocks: &[Block]) -> Vec<(&str, &[Block])> {
    let mut found = Vec::new();
    each_block(blocks, &mut |block| {
        if let BlockKind::Footnote { label, blocks } = &block.kind {
            found.push((label.as_str(), blocks.as_slice()));
        }
    });
    found
}
