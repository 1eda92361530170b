//! Go source → coloured spans, by its syntax tree.

use std::cell::Cell;
use std::ops::{ControlFlow, Range};

use tree_sitter::{ParseOptions, ParseState, Parser, Point, Tree};

mod broken;
mod walk;

#[cfg(test)]
mod tests;

/// The kinds of code that have a colour of their own, for every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Type,
    Plain,
}

/// The coloured byte ranges of one line, in order, without overlaps; gaps are plain.
pub type Spans = Vec<(Range<usize>, Token)>;

/// For each line of `text`, its coloured byte ranges in order, without overlaps; gaps are plain.
///
/// Any text will do: a fragment of a program, a broken one, or none at all.
#[must_use]
pub fn colour(text: &str) -> Vec<Spans> {
    let lines: Vec<&str> = text.lines().collect();
    GoColours::new(&lines).spans(&lines, 0..lines.len())
}

/// The colours of a text that is being edited: its syntax tree, mended after each change only where it changed.
#[derive(Clone, Debug)]
pub struct GoColours {
    /// None when the parser gave up, in which case all is plain.
    tree: Option<Tree>,
    /// The tree was moved along with the last edit and not mended.
    behind: bool,
    /// Bytes put in since it was last mended.
    unread: usize,
}

/// One replaced piece of a text. Places are (line, byte in the line), both from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Splice {
    pub start: (usize, usize),
    pub old_end: (usize, usize),
    pub new_end: (usize, usize),
    /// Bytes before `start` in the whole text, counting each line break as one.
    pub start_byte: usize,
    /// Bytes taken away, counting each line break as one.
    pub removed: usize,
    /// Bytes put in, counting each line break as one.
    pub inserted: usize,
}

impl GoColours {
    /// Reads the whole text, given by its lines without their breaks.
    #[must_use]
    pub fn new<L: AsRef<str>>(lines: &[L]) -> Self {
        Self { tree: parse(lines, None, Budget { looks: usize::MAX, reads: usize::MAX }), behind: false, unread: 0 }
    }

    /// Follows `splices`, made one after the other in this order, after which the text is `lines`.
    ///
    /// A lone backquote in a long file can change the meaning of all that follows. Where the parser would need many
    /// milliseconds for that, the colours stay what they were and move with the text, until it is whole again or
    /// [`GoColours::catch_up`] is called.
    pub fn edit<L: AsRef<str>>(&mut self, splices: &[Splice], lines: &[L]) {
        self.move_along(splices);
        let Some(tree) = &mut self.tree else {
            *self = Self::new(lines);
            return;
        };
        let budget = Budget { looks: PATIENCE + self.unread / BYTES_A_LOOK, reads: READS + self.unread };
        if let Some(mended) = parse(lines, Some(tree), budget) {
            (*tree, self.behind, self.unread) = (mended, false, 0);
        }
    }

    /// Moves the colours along with the text, and reads nothing of it: the next edit does, or [`GoColours::catch_up`].
    pub fn move_along(&mut self, splices: &[Splice]) {
        self.behind = true;
        self.unread += splices.iter().map(|splice| splice.inserted).sum::<usize>();
        let Some(tree) = &mut self.tree else { return };
        for splice in splices {
            tree.edit(&tree_sitter::InputEdit {
                start_byte: splice.start_byte,
                old_end_byte: splice.start_byte + splice.removed,
                new_end_byte: splice.start_byte + splice.inserted,
                start_position: point(splice.start),
                old_end_position: point(splice.old_end),
                new_end_position: point(splice.new_end),
            });
        }
    }

    /// Reads the whole text anew if an edit was too much to follow. For a moment when nobody waits for a key.
    pub fn catch_up<L: AsRef<str>>(&mut self, lines: &[L]) {
        if self.behind {
            *self = Self::new(lines);
        }
    }

    /// The spans of the lines `wanted`, one entry for each of them that exists.
    #[must_use]
    pub fn spans<L: AsRef<str>>(&self, lines: &[L], wanted: Range<usize>) -> Vec<Spans> {
        let wanted = wanted.start.min(lines.len())..wanted.end.min(lines.len());
        match &self.tree {
            Some(tree) => walk::spans(tree, lines, wanted),
            None => wanted.map(|_| Spans::new()).collect(),
        }
    }
}

fn point((line, byte): (usize, usize)) -> Point {
    Point::new(line, byte)
}

/// What the parser may spend on an edit before it is too much: a few milliseconds.
#[derive(Clone, Copy)]
struct Budget {
    /// How often it looks up, each time after a hundred steps.
    looks: usize,
    /// How often it reads a piece of the text: a line, or its break. Where a text is broken, one step may read all that
    /// follows, and again and again.
    reads: usize,
}

const PATIENCE: usize = 150;
const READS: usize = 20_000;
/// New text allows one more look for so many bytes, twice what plain code needs.
const BYTES_A_LOOK: usize = 80;

/// None when the parser has spent more than its budget.
fn parse<L: AsRef<str>>(lines: &[L], old: Option<&Tree>, budget: Budget) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_go::LANGUAGE.into()).ok()?;
    let reads = Cell::new(0);
    let is_spent = || reads.get() > budget.reads;
    let mut piece = |_: usize, at: Point| -> &[u8] {
        reads.set(reads.get() + 1);
        if is_spent() {
            // Only the end of the text stops it at once.
            return b"";
        }
        let Some(line) = lines.get(at.row) else { return b"" };
        let line = line.as_ref().as_bytes();
        match line.get(at.column..) {
            Some(rest) if !rest.is_empty() => rest,
            Some(_) | None if at.row + 1 < lines.len() => b"\n",
            Some(_) | None => b"",
        }
    };
    let mut left = budget.looks;
    let mut look = |_: &ParseState| match left.checked_sub(1) {
        Some(fewer) if !is_spent() => {
            left = fewer;
            ControlFlow::Continue(())
        }
        Some(_) | None => ControlFlow::Break(()),
    };
    let tree = parser.parse_with_options(&mut piece, old, Some(ParseOptions::new().progress_callback(&mut look)));
    tree.filter(|_| !is_spent())
}
