//! What typing does: characters, new lines with their indent, deleting.

use super::column;
use super::document::{Document, Selection};
use super::history::Run;
use super::motion::{Motion, word_left, word_right};
use super::text::{Position, Text};

impl Document {
    /// Types one character over the selection. A closing bracket on a blank line takes one indent away.
    pub fn type_char(&mut self, character: char) {
        match character {
            '\n' | '\r' => self.newline(),
            '\t' => self.indent(),
            '}' | ')' | ']' => self.type_closing(character),
            other if other.is_control() => {}
            other => self.step(Run::Typing, |document| document.over_selection(other.encode_utf8(&mut [0; 4]))),
        }
    }

    /// Puts a text over the selection, as a step of its own.
    pub fn insert_text(&mut self, text: &str) {
        let text = Text::normal(text);
        self.step(Run::Alone, |document| document.over_selection(&text));
    }

    /// Breaks the line. The new one has the indent of the old, and one more after an opening bracket or a `case`.
    pub fn newline(&mut self) {
        let (start, end) = (self.selection.start(), self.selection.end());
        let before = &self.text.line(start.line)[..start.byte];
        let after = &self.text.line(end.line)[end.byte..];
        let indent = &before[..before.len() - before.trim_start_matches([' ', '\t']).len()];
        let opened = before.trim_end().chars().next_back().filter(|c| matches!(c, '{' | '(' | '['));
        let closes = opened.is_some_and(|open| after.starts_with(closing(open)));
        let first = match opened {
            Some(_) => format!("\n{indent}\t"),
            None if opens_case(before) => format!("\n{indent}\t"),
            None => format!("\n{indent}"),
        };
        let second = if closes { format!("\n{indent}") } else { String::new() };
        self.step(Run::Alone, |document| {
            let cursor = document.put(start, end, &first);
            document.put(cursor, cursor, &second);
            document.selection = Selection::at(cursor);
        });
    }

    /// Deletes the selection, or the grapheme before the cursor; at a line's start joins it to the line before.
    pub fn backspace(&mut self) {
        self.delete_to(Run::Deleting, |document| document.target(Motion::Left));
    }

    /// Deletes the selection, or the grapheme after the cursor; at a line's end joins the next line to it.
    pub fn delete(&mut self) {
        self.delete_to(Run::Deleting, |document| document.target(Motion::Right));
    }

    /// Deletes the selection, or to the start of the word before the cursor.
    pub fn delete_word_left(&mut self) {
        self.delete_to(Run::Alone, |document| word_left(&document.text, document.cursor()));
    }

    /// Deletes the selection, or to the end of the word after the cursor.
    pub fn delete_word_right(&mut self) {
        self.delete_to(Run::Alone, |document| word_right(&document.text, document.cursor()));
    }

    fn delete_to(&mut self, run: Run, target: impl FnOnce(&Self) -> Position) {
        if !self.selection.is_empty() {
            return self.step(Run::Alone, |document| document.over_selection(""));
        }
        let (from, to) = (self.cursor(), target(self));
        self.step(run, |document| {
            let at = document.put(from.min(to), from.max(to), "");
            document.selection = Selection::at(at);
        });
    }

    fn type_closing(&mut self, bracket: char) {
        let cursor = self.cursor();
        let before = &self.text.line(cursor.line)[..cursor.byte];
        let blank = self.selection.is_empty() && self.text.line(cursor.line).trim().is_empty();
        let indent = if blank { last_indent(before) } else { 0 };
        self.step(Run::Typing, |document| {
            let from = Position::new(cursor.line, cursor.byte - indent);
            if indent > 0 {
                document.selection = Selection { anchor: from, cursor };
            }
            document.over_selection(bracket.encode_utf8(&mut [0; 4]));
        });
    }

    /// Inside a step: puts `new` over the selection and the cursor behind it.
    pub(super) fn over_selection(&mut self, new: &str) {
        let cursor = self.put(self.selection.start(), self.selection.end(), new);
        self.selection = Selection::at(cursor);
    }
}

fn closing(open: char) -> char {
    match open {
        '{' => '}',
        '(' => ')',
        _ => ']',
    }
}

/// `case x:` or `default:`, whose body stands one indent further in.
fn opens_case(line: &str) -> bool {
    let line = line.trim();
    line.ends_with(':') && (line.starts_with("case ") || line == "default:")
}

/// The bytes of the last indent of a blank text: one tab, or spaces up to a tab's worth.
pub(super) fn last_indent(blank: &str) -> usize {
    if blank.ends_with('\t') {
        return 1;
    }
    let spaces = blank.len() - blank.trim_end_matches(' ').len();
    spaces.min(column::TAB)
}
