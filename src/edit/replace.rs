//! A whole new text for the old one, as from a formatter, with the cursor at the same token.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::document::{Document, Selection};
use super::history::Run;
use super::text::{Position, Text};

/// Changed pieces longer than this are not compared letter by letter: the time grows with the square.
const COMPARABLE: usize = 4_000;

impl Document {
    /// Takes `new` for the text, as one step that can be undone. The cursor stays at the token it was at, as well as
    /// that can be told from what the two texts have in common.
    pub fn replace_all_text(&mut self, new: &str) {
        if self.text.is(new) {
            return;
        }
        let new = Text::read(new);
        let selection = Selection {
            anchor: follow(self.text.lines(), new.lines(), self.selection.anchor),
            cursor: follow(self.text.lines(), new.lines(), self.selection.cursor),
        };
        self.step(Run::Alone, |document| {
            document.put_lines(new.lines());
            if new.lines().len() > 1 {
                document.text.ending = new.ending;
            }
            document.selection = selection;
        });
    }

    /// Inside a step: replaces the lines that differ.
    fn put_lines(&mut self, new: &[String]) {
        let old = self.text.lines();
        // One line of each is left over even when nothing else differs, so that there is something to replace.
        let most = old.len().min(new.len()) - 1;
        let head = old.iter().zip(new).take(most).take_while(|(old, new)| old == new).count();
        let tail = old.iter().rev().zip(new.iter().rev()).take(most - head).take_while(|(old, new)| old == new).count();
        let last = old.len() - tail - 1;
        let end = Position::new(last, old[last].len());
        self.put(Position::new(head, 0), end, &new[head..new.len() - tail].join("\n"));
    }
}

/// Where the place `at` of the old lines is in the new ones.
fn follow(old: &[String], new: &[String], at: Position) -> Position {
    let (before, after) = old[at.line].split_at(at.byte);
    let index = old[..at.line].iter().map(|line| ink(line).count()).sum::<usize>() + ink(before).count();
    let letters = Letters::of(old, new);
    if before.ends_with(|c: char| !c.is_whitespace()) || (!before.trim().is_empty() && after.trim().is_empty()) {
        return letters.place(new, at, index - 1).1;
    }
    if !after.trim().is_empty() {
        let place = letters.place(new, at, index).0;
        return if at.byte == 0 { Position::new(place.line, 0) } else { place };
    }
    let blank_above = old[..at.line].iter().rev().take_while(|line| line.trim().is_empty()).count();
    let above = match index.checked_sub(1) {
        Some(last) => letters.place(new, Position::new(at.line - blank_above - 1, 0), last).0.line + 1,
        None => 0,
    };
    let blank_now = new[above.min(new.len())..].iter().take_while(|line| line.trim().is_empty()).count();
    match (above + blank_above.min(blank_now.saturating_sub(1)), blank_now) {
        (_, 0) => Position::new(above.saturating_sub(1), new[above.saturating_sub(1)].len()),
        (line, _) => Position::new(line, new[line].len()),
    }
}

/// The letters of both texts that are no blanks: what a formatter leaves alone.
struct Letters {
    old: Vec<char>,
    new: Vec<char>,
    head: usize,
    tail: usize,
    /// For places in what differs: the old lines' letters, to find a line that was moved.
    lines: Vec<String>,
}

impl Letters {
    fn of(old: &[String], new: &[String]) -> Self {
        let all = |lines: &[String]| lines.iter().flat_map(|line| ink(line)).map(|(_, c)| c).collect::<Vec<char>>();
        let (old_letters, new_letters) = (all(old), all(new));
        let pairs = old_letters.iter().zip(&new_letters);
        let head = pairs.take_while(|(old, new)| old == new).count();
        let most = old_letters.len().min(new_letters.len()) - head;
        let pairs = old_letters.iter().rev().zip(new_letters.iter().rev());
        let tail = pairs.take(most).take_while(|(old, new)| old == new).count();
        Self { old: old_letters, new: new_letters, head, tail, lines: old.to_vec() }
    }

    /// The new places before and after the old letter number `index`, which stands in the line of `at`.
    fn place(&self, new: &[String], at: Position, index: usize) -> (Position, Position) {
        let index = self.moved_line(new, at, index).unwrap_or_else(|| self.counterpart(index));
        let mut left = index;
        for (number, line) in new.iter().enumerate() {
            let count = ink(line).count();
            if let Some((byte, letter)) = ink(line).nth(left) {
                return (Position::new(number, byte), Position::new(number, byte + letter.len_utf8()));
            }
            left -= count;
        }
        let last = new.len() - 1;
        let end = Position::new(last, new[last].len());
        (end, end)
    }

    /// In a line that changed its place: the letter's number in the new text.
    fn moved_line(&self, new: &[String], at: Position, index: usize) -> Option<usize> {
        if index < self.head || index >= self.old.len() - self.tail {
            return None;
        }
        let bare = |line: &String| ink(line).map(|(_, c)| c).collect::<String>();
        let wanted = bare(&self.lines[at.line]);
        let mut same = new.iter().enumerate().filter(|(_, line)| bare(line) == wanted);
        let (number, _) = same.next()?;
        if same.next().is_some() {
            return None;
        }
        let letters = |lines: &[String]| lines.iter().map(|line| ink(line).count()).sum::<usize>();
        Some(index - letters(&self.lines[..at.line]) + letters(&new[..number]))
    }

    /// The number in the new text of the old letter `index`, or of the letter at the place where it was.
    fn counterpart(&self, index: usize) -> usize {
        if index < self.head {
            return index;
        }
        if index >= self.old.len() - self.tail {
            return index + self.new.len() - self.old.len();
        }
        let old = &self.old[self.head..self.old.len() - self.tail];
        let new = &self.new[self.head..self.new.len() - self.tail];
        if old.len() + new.len() > COMPARABLE {
            return index.min(self.head + new.len());
        }
        let index = index - self.head;
        let ops = capture_diff_slices(Algorithm::Myers, old, new);
        let op = ops.iter().find(|op| op.old_range().contains(&index));
        self.head
            + match op {
                Some(DiffOp::Equal { old_index, new_index, .. }) => index - old_index + new_index,
                Some(op) => op.new_range().start,
                None => 0,
            }
    }
}

/// The characters of a line that are no blanks, with their bytes.
fn ink(line: &str) -> impl Iterator<Item = (usize, char)> {
    line.char_indices().filter(|(_, c)| !c.is_whitespace())
}
