//! One tab of the terminal pane: its commands, the line being typed, and what is being read.

use std::collections::VecDeque;

use super::complete::Listing;
use super::history::Browse;
use super::{BlockId, CommandBlock, CommandLine, TabId};

/// Commands, lines and bytes kept in a tab; the oldest commands go first.
const BLOCKS: usize = 200;
const LINES: usize = 20_000;
const BYTES: usize = 8 << 20;

/// A list of commands and a command line.
#[derive(Debug)]
pub struct Tab {
    pub id: TabId,
    /// The working directory as it is shown.
    pub dir: String,
    pub blocks: Vec<CommandBlock>,
    pub line: CommandLine,
    pub browse: Browse,
    /// Pasted lines that wait for their turn.
    pub queue: VecDeque<String>,
    /// The first row being read, from the top of everything; none follows the output.
    pub top: Option<usize>,
    /// What the last Tab could not decide between.
    pub candidates: Vec<String>,
    /// A completion that waits for the names of a folder: the line and cursor it was asked for.
    pub waiting: Option<(String, usize, String)>,
    pub selection: Option<Selection>,
    /// Another lesson was opened while a command ran here: the folder the tab is in once that has ended.
    pub moves_to: Option<String>,
}

/// Selected text: rows from the top of everything, columns of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub anchor: (usize, u16),
    pub head: (usize, u16),
}

impl Selection {
    /// Both ends, the upper one first; the lower one is part of it.
    #[must_use]
    pub fn ends(&self) -> ((usize, u16), (usize, u16)) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
    }

    /// The selected columns of a row of `width` columns.
    #[must_use]
    pub fn columns(&self, row: usize, width: u16) -> Option<std::ops::Range<u16>> {
        let (first, last) = self.ends();
        if row < first.0 || row > last.0 {
            return None;
        }
        let from = if row == first.0 { first.1 } else { 0 };
        let to = if row == last.0 { (last.1 + 1).min(width) } else { width };
        (from < to).then_some(from..to)
    }
}

impl Tab {
    #[must_use]
    pub fn new(id: TabId, dir: &str) -> Self {
        Self {
            id,
            dir: dir.to_owned(),
            blocks: Vec::new(),
            line: CommandLine::default(),
            browse: Browse::default(),
            queue: VecDeque::new(),
            top: None,
            candidates: Vec::new(),
            waiting: None,
            selection: None,
            moves_to: None,
        }
    }

    /// The command that runs now: always the last one.
    #[must_use]
    pub fn running(&self) -> Option<&CommandBlock> {
        self.blocks.last().filter(|block| block.is_running())
    }

    pub fn running_mut(&mut self) -> Option<&mut CommandBlock> {
        self.blocks.last_mut().filter(|block| block.is_running())
    }

    /// Whether the running program has taken the whole screen.
    #[must_use]
    pub fn full_screen(&self) -> bool {
        self.running().and_then(CommandBlock::emulator).is_some_and(super::Emulator::alternate_screen)
    }

    #[must_use]
    pub fn block(&self, id: BlockId) -> Option<&CommandBlock> {
        self.blocks.iter().find(|block| block.id == id)
    }

    pub fn block_mut(&mut self, id: BlockId) -> Option<&mut CommandBlock> {
        self.blocks.iter_mut().find(|block| block.id == id)
    }

    /// Drops the commands that have ended.
    pub fn clear(&mut self) {
        self.blocks.retain(CommandBlock::is_running);
        self.top = None;
        self.selection = None;
    }

    /// How many of the oldest commands are too many to keep.
    #[must_use]
    pub fn surplus(&self) -> usize {
        let (mut lines, mut bytes) = (0, 0);
        let kept = self
            .blocks
            .iter()
            .rev()
            .enumerate()
            .take_while(|(index, block)| {
                let weight = block.weight();
                lines += weight.0;
                bytes += weight.1;
                *index == 0 || (*index < BLOCKS && lines <= LINES && bytes <= BYTES)
            })
            .count();
        self.blocks.len() - kept
    }

    /// Whether a listing that has come is the one that is waited for; the wait is over then.
    pub fn takes_listing(&mut self, listing: &Listing) -> bool {
        let fits = self.waiting.as_ref().is_some_and(|(line, cursor, dir)| {
            line == self.line.text() && *cursor == self.line.cursor() && *dir == listing.dir
        });
        if fits {
            self.waiting = None;
        }
        fits
    }
}
