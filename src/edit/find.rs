//! Finding text: next, previous, all of them.

use super::document::{Document, Selection};
use super::history::Run;
use super::text::Position;

/// Which way a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Next,
    Previous,
    /// Next, but a match at the cursor counts: for words that are still being typed.
    Here,
}

impl Document {
    /// Every place where `words` stand, in order, as (start, end). Capitals matter when `exact`, or when `words` has some.
    #[must_use]
    pub fn matches(&self, words: &str, exact: bool) -> Vec<(Position, Position)> {
        let exact = exact || words.chars().any(char::is_uppercase);
        let in_line = |(number, line): (usize, &String)| {
            let mut found = Vec::new();
            let mut from = 0;
            while let Some((start, end)) = find_in(line, from, words, exact) {
                found.push((Position::new(number, start), Position::new(number, end)));
                from = end;
            }
            found
        };
        self.lines().iter().enumerate().flat_map(in_line).collect()
    }

    /// Selects the match that follows the selection, around the text's end if need be. Says which of how many it is,
    /// from 1, or None when there is none.
    pub fn find(&mut self, words: &str, direction: Direction, exact: bool) -> Option<(usize, usize)> {
        let matches = self.matches(words, exact);
        let selection = self.selection();
        let index = match direction {
            Direction::Here => matches.iter().position(|(start, _)| *start >= selection.start()).unwrap_or(0),
            Direction::Next => {
                let from = if selection.is_empty() { selection.start() } else { selection.end() };
                matches.iter().position(|(start, _)| *start >= from).unwrap_or(0)
            }
            Direction::Previous => matches
                .iter()
                .rposition(|(_, end)| *end <= selection.start())
                .unwrap_or(matches.len().saturating_sub(1)),
        };
        let (start, end) = *matches.get(index)?;
        self.select(start, end);
        Some((index + 1, matches.len()))
    }

    /// Puts `new`, which has no line break, in the place of every match, as one step. The cursor stays at its text. Says
    /// how many there were.
    pub fn replace_matches(&mut self, words: &str, exact: bool, new: &str) -> usize {
        let matches = self.matches(words, exact);
        let (Some((first, _)), Some((last, _))) = (matches.first(), matches.last()) else { return 0 };
        let (first, last) = (first.line, last.line);
        let mut lines = self.lines()[first..=last].to_vec();
        let mut cursor = self.cursor();
        for (start, end) in matches.iter().rev() {
            lines[start.line - first].replace_range(start.byte..end.byte, new);
            if cursor.line == start.line && cursor.byte >= end.byte {
                cursor.byte = cursor.byte + new.len() - (end.byte - start.byte);
            } else if cursor.line == start.line && cursor.byte > start.byte {
                cursor.byte = start.byte + new.len();
            }
        }
        self.step(Run::Alone, |document| {
            let end = Position::new(last, document.text.line(last).len());
            document.put(Position::new(first, 0), end, &lines.join("\n"));
            document.selection = Selection::at(document.text.clamp(cursor));
        });
        matches.len()
    }
}

/// The first match in `line` that starts at or after `from`.
fn find_in(line: &str, from: usize, words: &str, exact: bool) -> Option<(usize, usize)> {
    if words.is_empty() {
        return None;
    }
    if words.is_ascii() && !exact {
        let (all, wanted) = (&line.as_bytes()[from..], words.as_bytes());
        let at = all.windows(wanted.len()).position(|some| some.eq_ignore_ascii_case(wanted))?;
        return Some((from + at, from + at + wanted.len()));
    }
    if exact {
        return line[from..].find(words).map(|at| (from + at, from + at + words.len()));
    }
    line[from..].char_indices().find_map(|(at, _)| {
        let start = from + at;
        same_letters(&line[start..], words).map(|length| (start, start + length))
    })
}

/// The bytes at the start of `text` that spell `words` when capitals do not matter.
fn same_letters(text: &str, words: &str) -> Option<usize> {
    let mut rest = text.chars();
    for wanted in words.chars() {
        let got = rest.next()?;
        if got != wanted && !got.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}
