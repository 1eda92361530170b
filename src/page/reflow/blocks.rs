//! Blocks one below the other: paragraphs, headings, quotes, alerts, pictures.

use ratatui::style::{Modifier, Style};
use ratatui::text::Span;

use super::Page;
use super::sheet::{Setting, behind};
use crate::base::width::width;
use crate::course::model::AlertKind;
use crate::course::{Block, BlockKind, Inline};

impl Setting<'_> {
    pub(super) fn blocks(&self, blocks: &[Block], width: usize) -> Page {
        let mut page = Page::default();
        for (index, block) in blocks.iter().enumerate() {
            let set = self.block(block, width);
            if set.lines.is_empty() {
                continue;
            }
            let before = index.checked_sub(1).map(|before| &blocks[before].kind);
            page.gap(space_between(before, &block.kind));
            page.append(set);
        }
        page
    }

    fn block(&self, block: &Block, width: usize) -> Page {
        match &block.kind {
            BlockKind::Heading { level, text } => self.inlines(text, self.heading_style(*level), width),
            BlockKind::Paragraph(text) => self.paragraph(text, width),
            BlockKind::List { start, items } => self.list(*start, items, width),
            BlockKind::Quote(blocks) => {
                let bar = self.bar(self.theme.faint);
                behind(&bar, &bar, width, |width| self.blocks(blocks, width))
            }
            BlockKind::Alert { kind, blocks } => self.alert(*kind, blocks, width),
            BlockKind::Code(code) => self.listing(code, width),
            BlockKind::Table(table) => self.table(table, width),
            BlockKind::Rule => self.rule(width),
            BlockKind::Check(range) => self.check(range.clone(), width),
            BlockKind::Quiz(index) => self.quiz(*index, width),
            BlockKind::Prediction(index) => self.prediction(*index, width),
            BlockKind::Order(index) => self.order(*index, width),
            // Footnotes stand at the end of the page; a pause is for the presenter.
            BlockKind::Footnote { .. } | BlockKind::Pause => Page::default(),
        }
    }

    fn heading_style(&self, level: u8) -> Style {
        match level {
            0..=3 => self.theme.title,
            _ => self.theme.title.remove_modifier(Modifier::BOLD).add_modifier(Modifier::ITALIC),
        }
    }

    /// A picture alone in its paragraph gets a box, one among words does not.
    fn paragraph(&self, text: &[Inline], width: usize) -> Page {
        match text {
            [Inline::Image { alt, .. }] => self.picture(alt, width),
            _ => self.inlines(text, self.theme.text, width),
        }
    }

    fn picture(&self, alt: &str, columns: usize) -> Page {
        let (glyphs, faint) = (self.theme.glyphs, self.theme.faint);
        let words = if alt.is_empty() { "picture".to_owned() } else { format!("picture: {alt}") };
        if columns < 12 {
            return self.sentence(&words, self.theme.dim, columns);
        }
        let inside = width(&words).min(columns - 4);
        let mut page = self.sentence(&words, self.theme.dim, inside);
        for line in &mut page.lines {
            let fill = inside - super::sheet::spans_width(&line.line.spans);
            line.line.spans.insert(0, Span::styled(format!("{} ", glyphs.bar), faint));
            line.line.spans.push(Span::styled(format!("{} {}", " ".repeat(fill), glyphs.bar), faint));
        }
        let edge = |left: &str, right: &str| {
            vec![Span::styled(format!("{left}{}{right}", glyphs.rule.repeat(inside + 2)), faint)]
        };
        let [top_left, top_right, bottom_left, bottom_right] = glyphs.corners;
        let mut framed = Page::of_spans(edge(top_left, top_right));
        framed.append(page);
        framed.push(edge(bottom_left, bottom_right));
        framed
    }

    fn alert(&self, kind: AlertKind, blocks: &[Block], width: usize) -> Page {
        let (word, style) = match kind {
            AlertKind::Note => ("Note", self.theme.accent),
            AlertKind::Tip => ("Tip", self.theme.right),
            AlertKind::Important => ("Important", self.theme.accent),
            AlertKind::Warning => ("Warning", self.theme.warn),
            AlertKind::Caution => ("Caution", self.theme.wrong),
        };
        self.aside(word, style, blocks, width)
    }

    /// A coloured word with what it is about below it, all behind a bar of that colour.
    pub(super) fn aside(&self, word: &str, style: Style, blocks: &[Block], width: usize) -> Page {
        let bar = self.bar(style);
        behind(&bar, &bar, width, |width| {
            let mut page = self.sentence(word, style.add_modifier(Modifier::BOLD), width);
            page.append(self.blocks(blocks, width));
            page
        })
    }

    fn bar(&self, style: Style) -> [Span<'static>; 1] {
        [Span::styled(format!("{} ", self.theme.glyphs.bar), style.remove_modifier(Modifier::BOLD))]
    }
}

/// Empty lines between two blocks: a heading stands nearer to what it heads than to what was before.
fn space_between(before: Option<&BlockKind>, block: &BlockKind) -> usize {
    match (before, block) {
        (Some(BlockKind::Heading { level: 3.., .. }), _) => 0,
        (_, BlockKind::Heading { level: 0..=2, .. }) => 2,
        (_, _) => 1,
    }
}
