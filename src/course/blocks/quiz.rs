//! A task list in a step: options, which of them are right, and what is said to each.

use super::{Blocks, Room};
use crate::course::markdown::{Item, Node, NodeKind};
use crate::course::model::{Block, Quiz, QuizOption};

impl Blocks<'_> {
    pub fn quiz(&mut self, at: usize, items: Vec<Item>) -> Quiz {
        let options: Vec<QuizOption> = items.into_iter().map(|item| self.option(item)).collect();
        if options.len() < 2 {
            self.fault(at, "this quiz has one option only", "give it a second one, as in `- [ ] another answer`");
        }
        if !options.iter().any(|option| option.right) {
            self.fault(at, "no option of this quiz is right", "mark the right ones with `- [x]`");
        }
        Quiz { options, place: self.source.place(at) }
    }

    fn option(&mut self, item: Item) -> QuizOption {
        if item.checked.is_none() {
            self.fault(
                item.at,
                "this option of the quiz has no mark",
                "begin it with `- [ ]`, or `- [x]` if it is right",
            );
        }
        let mut nodes = item.nodes;
        let text = if let Some(Node { kind: NodeKind::Paragraph(text), .. }) = nodes.first_mut() {
            let text = std::mem::take(text);
            nodes.remove(0);
            text
        } else {
            self.fault(item.at, "this option of the quiz has no text", "write it after the mark, in the same line");
            Vec::new()
        };
        QuizOption { right: item.checked == Some(true), text, feedback: self.feedback(nodes) }
    }

    /// A list of one item is the usual way to write feedback: its bullet is not part of it.
    fn feedback(&mut self, nodes: Vec<Node>) -> Vec<Block> {
        let mut flat = Vec::new();
        for node in nodes {
            match node.kind {
                NodeKind::List { mut items, .. } if items.len() == 1 => {
                    flat.extend(items.pop().into_iter().flat_map(|item| item.nodes));
                }
                kind => flat.push(Node { at: node.at, kind }),
            }
        }
        self.blocks(flat, &mut Room::Aside)
    }
}
