//! What is done to whole lines: indent, comment, duplicate, move.

use std::ops::RangeInclusive;

use super::column::TAB;
use super::document::{Document, Selection};
use super::history::Run;
use super::text::Position;

impl Document {
    /// Indents the selected lines by a tab; with no more than a piece of one line selected, types the tab.
    pub fn indent(&mut self) {
        if self.selection.start().line == self.selection.end().line {
            return self.step(Run::Typing, |document| document.over_selection("\t"));
        }
        self.step(Run::Alone, |document| {
            for line in document.covered() {
                if !document.text.line(line).is_empty() {
                    document.put_in_line(line, 0, 0, "\t");
                }
            }
        });
    }

    /// Takes one indent away from each selected line, or from the cursor's.
    pub fn dedent(&mut self) {
        self.step(Run::Alone, |document| {
            for line in document.covered() {
                let text = document.text.line(line);
                let spaces = text.len() - text.trim_start_matches(' ').len();
                let indent = if text.starts_with('\t') { 1 } else { spaces.min(TAB) };
                document.put_in_line(line, 0, indent, "");
            }
        });
    }

    /// Makes the selected lines comments that start with `mark`, or takes the marks away where all have one.
    pub fn toggle_comment(&mut self, mark: &str) {
        let covered = self.covered();
        let lines: Vec<usize> = covered.clone().filter(|line| !self.text.line(*line).trim().is_empty()).collect();
        let lines = if lines.is_empty() { covered.collect() } else { lines };
        let indent = |line: usize| {
            let text = self.text.line(line);
            text.len() - text.trim_start().len()
        };
        if lines.iter().all(|line| self.text.line(*line).trim_start().starts_with(mark)) {
            let marks: Vec<(usize, usize)> = lines.iter().map(|line| (*line, indent(*line))).collect();
            return self.step(Run::Alone, |document| {
                for (line, at) in marks {
                    let space = document.text.line(line)[at + mark.len()..].starts_with(' ');
                    document.put_in_line(line, at, mark.len() + usize::from(space), "");
                }
            });
        }
        let at = lines.iter().map(|line| indent(*line)).min().unwrap_or(0);
        self.step(Run::Alone, |document| {
            for line in lines {
                document.put_in_line(line, at, 0, &format!("{mark} "));
            }
        });
    }

    /// Puts a copy of the selected lines, or of the cursor's, below them and goes to it.
    pub fn duplicate_lines(&mut self) {
        let (first, last) = self.covered().into_inner();
        let copy = self.text.lines()[first..=last].join("\n");
        self.step(Run::Alone, |document| {
            let end = Position::new(last, document.text.line(last).len());
            document.put(end, end, &format!("\n{copy}"));
            document.selection = document.selection.shifted((last - first + 1).cast_signed());
        });
    }

    /// Moves the selected lines, or the cursor's, above the line before them; false when they are the first.
    pub fn move_lines_up(&mut self) -> bool {
        let (first, last) = self.covered().into_inner();
        if first == 0 || self.is_end_mark(last) {
            return false;
        }
        self.turn(first - 1, first, last, -1);
        true
    }

    /// Moves the selected lines, or the cursor's, below the line after them; false when they are the last.
    pub fn move_lines_down(&mut self) -> bool {
        let (first, last) = self.covered().into_inner();
        if last + 1 >= self.lines().len() || self.is_end_mark(last + 1) {
            return false;
        }
        self.turn(first, last + 1, last + 1, 1);
        true
    }

    /// Puts the lines `middle..=last` before the lines `first..middle`.
    fn turn(&mut self, first: usize, middle: usize, last: usize, shift: isize) {
        let lines = self.text.lines();
        let turned = [&lines[middle..=last], &lines[first..middle]].concat().join("\n");
        self.step(Run::Alone, |document| {
            let end = Position::new(last, document.text.line(last).len());
            document.put(Position::new(first, 0), end, &turned);
            document.selection = document.selection.shifted(shift);
            document.selection = Selection {
                anchor: document.text.clamp(document.selection.anchor),
                cursor: document.text.clamp(document.selection.cursor),
            };
        });
    }

    /// The empty last line that stands for the final line break.
    fn is_end_mark(&self, line: usize) -> bool {
        line > 0 && line + 1 == self.lines().len() && self.text.line(line).is_empty()
    }

    /// The lines the selection touches; one whose very start ends the selection is not meant.
    fn covered(&self) -> RangeInclusive<usize> {
        let (start, end) = (self.selection.start(), self.selection.end());
        let last = if end.byte == 0 && end.line > start.line { end.line - 1 } else { end.line };
        start.line..=last
    }

    /// Inside a step: replaces `removed` bytes of a line at `at`; the selection keeps to the characters it is at.
    fn put_in_line(&mut self, line: usize, at: usize, removed: usize, new: &str) {
        self.put(Position::new(line, at), Position::new(line, at + removed), new);
        let follow = |place: Position| {
            if place.line != line || place.byte < at {
                return place;
            }
            let kept = place.byte.saturating_sub(at + removed);
            Position::new(line, at + new.len() + kept)
        };
        self.selection = Selection { anchor: follow(self.selection.anchor), cursor: follow(self.selection.cursor) };
    }
}
