//! From nodes to what is read and what is judged: blocks for the learner, and the parts of a step.

mod directions;
mod fences;
mod quiz;

use std::iter::Peekable;
use std::vec::IntoIter;

use super::Problem;
use super::lesson::Setting;
use super::markdown::{Item, Node, NodeKind};
use super::model::{AlertKind, Block, BlockKind, Hint, Inline, Lesson, ListItem, Step};
use super::source::Source;
use super::words::Fault;

/// Where nodes stand, which decides what they may be.
pub enum Room<'r> {
    /// A chapter's own page.
    Chapter,
    /// Before the first step of a lesson.
    Intro(&'r mut Lesson),
    Step(&'r mut Step),
    /// Inside a hint, an option's feedback or a footnote: only for reading.
    Aside,
}

/// Makes the blocks of one file.
pub struct Blocks<'a> {
    pub source: &'a Source<'a>,
    pub problems: Vec<Problem>,
    setting: Setting<'a>,
    /// A `highlight` that waits for its code block, and where it stands.
    highlight: Option<(Vec<Vec<u32>>, usize)>,
}

/// Nodes that are still to be read.
type Nodes = Peekable<IntoIter<Node>>;

impl<'a> Blocks<'a> {
    pub fn new(source: &'a Source<'a>, setting: Setting<'a>) -> Self {
        Self { source, problems: Vec::new(), setting, highlight: None }
    }

    /// The problems, once all is read.
    pub fn finish(mut self) -> Vec<Problem> {
        self.end_of_part();
        self.problems
    }

    /// The introduction or a step ends here.
    pub fn end_of_part(&mut self) {
        if let Some((_, at)) = self.highlight.take() {
            self.fault(at, "no code block follows this `highlight`", "put it before the block that it is for");
        }
    }

    pub fn fault(&mut self, at: usize, fault: impl Into<String>, mend: impl Into<String>) {
        self.problems.push(self.source.problem(at, Fault::new(0, fault, mend)));
    }

    pub fn blocks(&mut self, nodes: Vec<Node>, room: &mut Room) -> Vec<Block> {
        let mut nodes = nodes.into_iter().peekable();
        let mut blocks = Vec::new();
        while let Some(Node { at, kind }) = nodes.next() {
            let kind = match kind {
                NodeKind::Heading { level, text, .. } => Some(BlockKind::Heading { level, text }),
                NodeKind::Paragraph(text) => Some(text).filter(|text| !is_blank(text)).map(BlockKind::Paragraph),
                NodeKind::List { start, items } => Some(self.list(at.start, start, items, room)),
                NodeKind::Quote { alert, nodes } => self.quote(at.start, alert, nodes, room),
                NodeKind::Code(code) => self.code(at.start, code, &mut nodes, room),
                NodeKind::Table(table) => Some(BlockKind::Table(table)),
                NodeKind::Rule => Some(BlockKind::Rule),
                NodeKind::Footnote { label, nodes } => {
                    Some(BlockKind::Footnote { label, blocks: self.blocks(nodes, &mut Room::Aside) })
                }
                NodeKind::Comment(comment) => self.comment(at.start, &comment, room),
            };
            let place = self.source.place(at.start);
            blocks.extend(kind.map(|kind| Block { place, kind }));
        }
        blocks
    }

    fn list(&mut self, at: usize, start: Option<u64>, items: Vec<Item>, room: &mut Room) -> BlockKind {
        match room {
            Room::Step(step) if items.iter().any(|item| item.checked.is_some()) => {
                let quiz = self.quiz(at, items);
                step.quizzes.push(quiz);
                BlockKind::Quiz(step.quizzes.len() - 1)
            }
            Room::Chapter | Room::Intro(_) | Room::Step(_) | Room::Aside => {
                let items = items.into_iter();
                let items = items.map(|item| ListItem { checked: item.checked, blocks: self.blocks(item.nodes, room) });
                BlockKind::List { start, items: items.collect() }
            }
        }
    }

    fn quote(&mut self, at: usize, alert: Option<AlertKind>, nodes: Vec<Node>, room: &mut Room) -> Option<BlockKind> {
        match (alert, room) {
            (Some(AlertKind::Tip), Room::Step(step)) => {
                let hint = self.hint(at, nodes);
                step.hints.push(hint);
                None
            }
            (Some(kind), room) => Some(BlockKind::Alert { kind, blocks: self.blocks(nodes, room) }),
            (None, room) => {
                self.look_for_unknown_alert(at, &nodes);
                Some(BlockKind::Quote(self.blocks(nodes, room)))
            }
        }
    }

    fn hint(&mut self, at: usize, mut nodes: Vec<Node>) -> Hint {
        let when = directions::take_when(&mut nodes);
        let blocks = self.blocks(nodes, &mut Room::Aside);
        if blocks.is_empty() {
            self.fault(at, "this hint is empty", "write what it should say below `[!TIP]`");
        }
        Hint { when, blocks, place: self.source.place(at) }
    }

    /// `> [!TPI]` is an ordinary quote for Markdown, and not what was meant.
    fn look_for_unknown_alert(&mut self, at: usize, nodes: &[Node]) {
        const KINDS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
        let Some(Node { at: inner, kind: NodeKind::Paragraph(text) }) = nodes.first() else { return };
        let Some(Inline::Text(text)) = text.first() else { return };
        let Some((word, rest)) = text.strip_prefix("[!").and_then(|text| text.split_once(']')) else { return };
        let word_at = inner.start.max(at) + 2;
        if KINDS.contains(&word.to_uppercase().as_str()) {
            if !rest.trim().is_empty() {
                self.fault(word_at, format!("`[!{word}]` does not stand alone"), "begin its text in the next line");
            }
            return;
        }
        let fault = Fault::unknown(word_at, "alert", word, KINDS);
        self.problems.push(self.source.problem(0, fault));
    }
}

fn is_blank(text: &[Inline]) -> bool {
    text.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Code(_)
        | Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Strike(_)
        | Inline::Link { .. }
        | Inline::Image { .. }
        | Inline::FootnoteRef(_) => false,
    })
}
