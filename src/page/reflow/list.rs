//! Lists with hanging indents: bullets, numbers, and boxes that are ticked or not.

use ratatui::style::Style;
use ratatui::text::Span;

use super::Page;
use super::sheet::{Setting, hanging};
use crate::course::model::ListItem;
use crate::course::{Block, BlockKind};

impl Setting<'_> {
    pub(super) fn list(&self, start: Option<u64>, items: &[ListItem], width: usize) -> Page {
        self.list_at(0, start, items, width)
    }

    fn list_at(&self, depth: usize, start: Option<u64>, items: &[ListItem], width: usize) -> Page {
        let is_loose = items.iter().any(|item| is_loose(&item.blocks));
        let last = start.map(|start| start.saturating_add(items.len().saturating_sub(1) as u64));
        let digits = last.map_or(0, |last| last.to_string().len());
        let mut page = Page::default();
        for (index, item) in items.iter().enumerate() {
            if is_loose {
                page.gap(1);
            }
            let number = start.map(|start| start.saturating_add(index as u64));
            let mark = self.mark(depth, number, digits, item.checked);
            page.append(hanging(&mark, width, |width| self.item(depth, &item.blocks, is_loose, width)));
        }
        page
    }

    fn mark(&self, depth: usize, number: Option<u64>, digits: usize, checked: Option<bool>) -> Vec<Span<'static>> {
        let (glyphs, faint) = (self.theme.glyphs, self.theme.dim);
        let plain = |text: String, style: Style| vec![Span::styled(text, style)];
        match (checked, number) {
            (Some(true), _) => plain("[x] ".to_owned(), self.theme.right),
            (Some(false), _) => plain("[ ] ".to_owned(), faint),
            (None, Some(number)) => plain(format!("{number:>digits$}. "), faint),
            (None, None) => plain(format!("{} ", if depth == 0 { glyphs.bullet } else { glyphs.inner_bullet }), faint),
        }
    }

    /// In a tight list nothing stands apart but code and its like.
    fn item(&self, depth: usize, blocks: &[Block], is_loose: bool, width: usize) -> Page {
        let mut page = Page::default();
        for block in blocks {
            match &block.kind {
                BlockKind::List { start, items } => {
                    let list = self.list_at(depth + 1, *start, items, width);
                    if is_loose { page.append_apart(list) } else { page.append(list) }
                }
                BlockKind::Paragraph(_)
                | BlockKind::Heading { .. }
                | BlockKind::Quote(_)
                | BlockKind::Alert { .. }
                | BlockKind::Code(_)
                | BlockKind::Table(_)
                | BlockKind::Rule
                | BlockKind::Footnote { .. }
                | BlockKind::Check(_)
                | BlockKind::Quiz(_)
                | BlockKind::Prediction(_)
                | BlockKind::Order(_)
                | BlockKind::Pause => page.append_apart(self.blocks(std::slice::from_ref(block), width)),
            }
        }
        page
    }
}

/// An item of more than one paragraph, or with anything set apart in it, spreads its list.
fn is_loose(blocks: &[Block]) -> bool {
    let flowing = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
    let apart = |block: &Block| !matches!(block.kind, BlockKind::Paragraph(_) | BlockKind::List { .. });
    blocks.iter().filter(flowing).count() > 1 || blocks.iter().any(apart)
}
