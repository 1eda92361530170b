//! A text as lines that can be put back together byte for byte.

use serde::{Deserialize, Serialize};

use super::column;

/// A place between two characters: a line from 0, and a byte in it at a border between characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    pub line: usize,
    pub byte: usize,
}

impl Position {
    /// The place `byte` bytes into `line`.
    #[must_use]
    pub fn new(line: usize, byte: usize) -> Self {
        Self { line, byte }
    }

    /// Where `text` ends when it starts here. A place that was kept on the disk may lie anywhere: then it is the last.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { line: self.line, byte: self.byte.saturating_add(text.len()) },
            Some(last) => {
                Self { line: self.line.saturating_add(text.matches('\n').count()), byte: text.len() - last - 1 }
            }
        }
    }
}

/// One replaced piece of a text, as a parser that follows the text wants to know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub start: Position,
    pub old_end: Position,
    pub new_end: Position,
    /// Bytes before `start` in the whole text, counting each line break as one.
    pub start_byte: usize,
    /// Bytes taken away, counting each line break as one.
    pub removed: usize,
    /// Bytes put in, counting each line break as one.
    pub inserted: usize,
}

/// How a text breaks its lines. Where a text mixes both, the odd `\r` is a character like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    Lf,
    CrLf,
}

impl Ending {
    fn sign(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
        }
    }
}

/// Lines without their breaks; never empty. A text that ends with a break has an empty last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    lines: Vec<String>,
    pub(super) ending: Ending,
}

impl Text {
    /// The lines of a file's text.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let breaks = text.matches('\n').count();
        let ending = if breaks > 0 && text.matches("\r\n").count() == breaks { Ending::CrLf } else { Ending::Lf };
        Self::broken_by(text, ending)
    }

    /// The lines of a text whose breaks are known.
    #[must_use]
    pub fn broken_by(text: &str, ending: Ending) -> Self {
        Self { lines: text.split(ending.sign()).map(str::to_owned).collect(), ending }
    }

    /// The bytes of the file: what was read, when nothing was changed.
    #[must_use]
    pub fn write(&self) -> String {
        self.lines.join(self.ending.sign())
    }

    /// Whether the file's text would be `text`.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        let Some((first, more)) = self.lines.split_first() else { return text.is_empty() };
        let sign = self.ending.sign();
        let rest = text.strip_prefix(first.as_str());
        more.iter().try_fold(rest, |rest, line| {
            rest.map(|rest| rest.strip_prefix(sign).and_then(|rest| rest.strip_prefix(line.as_str())))
        }) == Some(Some(""))
    }

    /// Foreign text in this text's own breaks, as [`Text::splice`] takes it: `\n` only.
    #[must_use]
    pub fn normal(foreign: &str) -> String {
        foreign.replace("\r\n", "\n").replace('\r', "\n")
    }

    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The line, or nothing where there is none.
    #[must_use]
    pub fn line(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", String::as_str)
    }

    #[must_use]
    pub fn end(&self) -> Position {
        let line = self.lines.len().saturating_sub(1);
        Position { line, byte: self.line(line).len() }
    }

    /// The nearest place that exists, at a border between graphemes.
    #[must_use]
    pub fn clamp(&self, at: Position) -> Position {
        if at.line >= self.lines.len() {
            return self.end();
        }
        Position { line: at.line, byte: column::floor(self.line(at.line), at.byte) }
    }

    /// Whether there is such a place, at a border between characters.
    #[must_use]
    pub fn has(&self, at: Position) -> bool {
        self.lines.get(at.line).is_some_and(|line| line.is_char_boundary(at.byte))
    }

    /// The text from `from` to `to`, with `\n` between lines.
    #[must_use]
    pub fn slice(&self, from: Position, to: Position) -> String {
        if from.line == to.line {
            return self.line(from.line).get(from.byte..to.byte).unwrap_or_default().to_owned();
        }
        let mut text = self.line(from.line).get(from.byte..).unwrap_or_default().to_owned();
        for line in from.line + 1..to.line {
            text.push('\n');
            text.push_str(self.line(line));
        }
        text.push('\n');
        text.push_str(self.line(to.line).get(..to.byte).unwrap_or_default());
        text
    }

    /// Puts `new` (lines broken by `\n`) in the place of all from `from` to `to`, both places of this text.
    pub fn splice(&mut self, from: Position, to: Position, new: &str) -> (String, Change) {
        let removed = self.slice(from, to);
        let change = Change {
            start: from,
            old_end: to,
            new_end: from.after(new),
            start_byte: self.lines[..from.line].iter().map(|line| line.len() + 1).sum::<usize>() + from.byte,
            removed: removed.len(),
            inserted: new.len(),
        };
        let tail = self.lines[to.line].split_off(to.byte);
        let mut pieces = new.split('\n');
        let head = &mut self.lines[from.line];
        head.truncate(from.byte);
        head.push_str(pieces.next().unwrap_or_default());
        self.lines.splice(from.line + 1..=to.line, pieces.map(str::to_owned));
        self.lines[change.new_end.line].push_str(&tail);
        (removed, change)
    }
}
