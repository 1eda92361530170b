//! What lies in blocks, however deep.

use super::{Block, BlockKind, CodeBlock, Inline};
use crate::base::Place;

/// Shows `see` every block of `blocks`, each before those inside it.
pub fn each_block<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        match &block.kind {
            BlockKind::List { items, .. } => items.iter().for_each(|item| each_block(&item.blocks, see)),
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } | BlockKind::Footnote { blocks, .. } => {
                each_block(blocks, see);
            }
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Rule
            | BlockKind::Check(_)
            | BlockKind::Quiz(_)
            | BlockKind::Prediction(_)
            | BlockKind::Order(_)
            | BlockKind::Pause => {}
        }
    }
}

/// Every code block in `blocks` and inside them, with its place.
#[must_use]
pub fn code_blocks(blocks: &[Block]) -> Vec<(&Place, &CodeBlock)> {
    let mut found = Vec::new();
    each_block(blocks, &mut |block| {
        if let BlockKind::Code(code) = &block.kind {
            found.push((&block.place, code));
        }
    });
    found
}

/// The labels of the footnotes that the texts of `blocks` refer to, in reading order; one twice where it is referred to
/// twice.
#[must_use]
pub fn notes_referred(blocks: &[Block]) -> Vec<&str> {
    let mut found = Vec::new();
    each_block(blocks, &mut |block| match &block.kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph(text) => signs(text, &mut found),
        BlockKind::Table(table) => {
            table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| signs(cell, &mut found));
        }
        _ => {}
    });
    found
}

fn signs<'a>(text: &'a [Inline], found: &mut Vec<&'a str>) {
    for inline in text {
        match inline {
            Inline::FootnoteRef(label) => found.push(label),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link { text: inner, .. } => signs(inner, found),
            Inline::Text(_) | Inline::Code(_) | Inline::Image { .. } | Inline::SoftBreak | Inline::HardBreak => {}
        }
    }
}
