//! Where the cursor goes.

use super::column;
use super::document::{Document, Selection};
use super::text::{Position, Text};

/// One move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    /// So many lines up, keeping the column on the screen as well as the lines allow.
    Up(usize),
    Down(usize),
    /// The first character of the line that is no blank; when already there, the line's start.
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
}

impl Document {
    /// Moves the cursor; with `select`, the selection grows or shrinks with it.
    pub fn go(&mut self, motion: Motion, select: bool) {
        let cursor = match motion {
            Motion::Left if !select && !self.selection.is_empty() => self.selection.start(),
            Motion::Right if !select && !self.selection.is_empty() => self.selection.end(),
            other => self.target(other),
        };
        let goal = match motion {
            Motion::Up(_) | Motion::Down(_) => Some(self.goal_column()),
            Motion::Left
            | Motion::Right
            | Motion::WordLeft
            | Motion::WordRight
            | Motion::LineStart
            | Motion::LineEnd
            | Motion::TextStart
            | Motion::TextEnd => None,
        };
        self.select(if select { self.selection.anchor } else { cursor }, cursor);
        self.goal = goal;
    }

    /// Puts the cursor at a line and a character of it, both from 1 as messages give them.
    pub fn go_to(&mut self, line: usize, character: usize) {
        let line = line.saturating_sub(1);
        let bytes = self.text.line(line).char_indices().map(|(byte, _)| byte).nth(character.saturating_sub(1));
        let at = Position::new(line, bytes.unwrap_or(self.text.line(line).len()));
        self.select(at, at);
    }

    pub fn select_all(&mut self) {
        self.select(Position::default(), self.text.end());
    }

    /// Selects the word the cursor is in or at.
    pub fn select_word(&mut self) {
        let Position { line, byte } = self.cursor();
        let (before, after) = self.text.line(line).split_at(byte);
        let start = before.trim_end_matches(in_word).len();
        let end = byte + (after.len() - after.trim_start_matches(in_word).len());
        self.select(Position::new(line, start), Position::new(line, end));
    }

    /// Selects the cursor's line with its break.
    pub fn select_line(&mut self) {
        let line = self.cursor().line;
        let end = if line + 1 < self.lines().len() { Position::new(line + 1, 0) } else { self.text.end() };
        self.select(Position::new(line, 0), end);
    }

    pub(super) fn target(&self, motion: Motion) -> Position {
        let at = self.cursor();
        let line = self.text.line(at.line);
        match motion {
            Motion::Left if at.byte > 0 => Position::new(at.line, column::previous(line, at.byte)),
            Motion::Left => line_before(&self.text, at),
            Motion::Right if at.byte < line.len() => Position::new(at.line, column::next(line, at.byte)),
            Motion::Right => line_after(&self.text, at),
            Motion::WordLeft => word_left(&self.text, at),
            Motion::WordRight => word_right(&self.text, at),
            Motion::Up(lines) if at.line == 0 && lines > 0 => Position::default(),
            Motion::Up(lines) => self.in_line(at.line.saturating_sub(lines)),
            Motion::Down(lines) if at.line + 1 == self.lines().len() && lines > 0 => self.text.end(),
            Motion::Down(lines) => self.in_line((at.line + lines).min(self.text.end().line)),
            Motion::LineStart => {
                let indent = line.len() - line.trim_start().len();
                Position::new(at.line, if at.byte == indent { 0 } else { indent })
            }
            Motion::LineEnd => Position::new(at.line, line.len()),
            Motion::TextStart => Position::default(),
            Motion::TextEnd => self.text.end(),
        }
    }

    fn goal_column(&self) -> usize {
        let at = self.cursor();
        self.goal.unwrap_or_else(|| column::screen_column(self.text.line(at.line), at.byte))
    }

    fn in_line(&self, line: usize) -> Position {
        Position::new(line, column::byte_at_screen_column(self.text.line(line), self.goal_column()))
    }
}

impl Selection {
    /// Both ends moved down, or up, by so many lines.
    pub(super) fn shifted(self, lines: isize) -> Self {
        let shift = |at: Position| Position::new(at.line.saturating_add_signed(lines), at.byte);
        Self { anchor: shift(self.anchor), cursor: shift(self.cursor) }
    }
}

pub(super) fn in_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The start of the word before `at`; at a line's start, the end of the line before.
pub(super) fn word_left(text: &Text, at: Position) -> Position {
    if at.byte == 0 {
        return line_before(text, at);
    }
    let before = text.line(at.line)[..at.byte].trim_end();
    let rest = match before.chars().next_back() {
        Some(last) if in_word(last) => before.trim_end_matches(in_word),
        Some(_) => before.trim_end_matches(|c: char| !in_word(c) && !c.is_whitespace()),
        None => "",
    };
    text.clamp(Position::new(at.line, rest.len()))
}

/// The end of the word after `at`; at a line's end, the start of the next line.
pub(super) fn word_right(text: &Text, at: Position) -> Position {
    let line = text.line(at.line);
    if at.byte >= line.len() {
        return line_after(text, at);
    }
    let after = line[at.byte..].trim_start();
    let rest = match after.chars().next() {
        Some(first) if in_word(first) => after.trim_start_matches(in_word),
        Some(_) => after.trim_start_matches(|c: char| !in_word(c) && !c.is_whitespace()),
        None => "",
    };
    let byte = line.len() - rest.len();
    let border = column::floor(line, byte);
    // An accent after the word belongs to its last letter.
    Position::new(at.line, if border < byte { column::next(line, border) } else { byte })
}

fn line_before(text: &Text, at: Position) -> Position {
    match at.line.checked_sub(1) {
        Some(line) => Position::new(line, text.line(line).len()),
        None => Position::default(),
    }
}

fn line_after(text: &Text, at: Position) -> Position {
    if at.line + 1 < text.lines().len() { Position::new(at.line + 1, 0) } else { text.end() }
}
