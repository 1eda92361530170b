//! The command line being typed: a cursor that moves by what people see as characters, and the usual editing.

use unicode_segmentation::UnicodeSegmentation;

use super::glyph;

/// One line of text, its cursor, and what was cut last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    text: String,
    /// Byte offset, always between two characters.
    cursor: usize,
    cut: String,
}

/// Where the cursor can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
}

impl CommandLine {
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the cursor in the text.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    #[must_use]
    pub fn at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Replaces the whole line; the cursor goes to its end.
    pub fn set(&mut self, text: &str) {
        self.text = glyph::plain(text);
        self.cursor = self.text.len();
    }

    /// Replaces the bytes of `range`; the cursor goes behind what was put in.
    pub fn replace(&mut self, range: std::ops::Range<usize>, text: &str) {
        if self.text.get(range.clone()).is_some() {
            self.text.replace_range(range.clone(), text);
            self.cursor = range.start + text.len();
        }
    }

    /// The text, leaving the line empty.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Puts text in at the cursor, without control characters.
    pub fn insert(&mut self, text: &str) {
        let text = glyph::plain(text);
        self.text.insert_str(self.cursor, &text);
        self.cursor += text.len();
    }

    /// Puts pasted text in. Complete lines are given back to be run in turn, a copied prompt (`$ `) taken off each;
    /// what follows the last line end stays in the line.
    pub fn paste(&mut self, text: &str) -> Vec<String> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut parts: Vec<&str> = text.split('\n').collect();
        let last = parts.pop().unwrap_or("");
        let mut complete = Vec::new();
        for part in parts {
            let after = self.text.split_off(self.cursor);
            self.insert(without_prompt(part, self.cursor == 0));
            complete.push(self.take());
            self.text = after;
        }
        self.insert(without_prompt(last, self.cursor == 0));
        complete.retain(|line| !line.trim().is_empty());
        complete
    }

    pub fn go(&mut self, motion: Motion) {
        self.cursor = self.target(motion);
    }

    /// Deletes the character before the cursor.
    pub fn backspace(&mut self) {
        self.remove(self.target(Motion::Left));
    }

    /// Deletes the character under the cursor.
    pub fn delete(&mut self) {
        self.remove(self.target(Motion::Right));
    }

    /// Cuts from the cursor to where `motion` leads.
    pub fn cut(&mut self, motion: Motion) {
        self.cut_to(self.target(motion));
    }

    /// Cuts back to the blank before the word, as Ctrl-W does in shells: a path is one word.
    pub fn cut_blank_word(&mut self) {
        let before = self.text[..self.cursor].trim_end();
        self.cut_to(before.trim_end_matches(|c: char| !c.is_whitespace()).len());
    }

    /// Puts back what was cut last.
    pub fn yank(&mut self) {
        let cut = self.cut.clone();
        self.insert(&cut);
    }

    fn target(&self, motion: Motion) -> usize {
        let (before, after) = self.text.split_at(self.cursor);
        match motion {
            Motion::Left => before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at),
            Motion::Right => self.cursor + after.graphemes(true).next().map_or(0, str::len),
            Motion::WordLeft => {
                let trimmed = before.trim_end_matches(|c: char| !c.is_alphanumeric());
                trimmed.trim_end_matches(char::is_alphanumeric).len()
            }
            Motion::WordRight => {
                let rest = after.trim_start_matches(|c: char| !c.is_alphanumeric());
                self.text.len() - rest.trim_start_matches(char::is_alphanumeric).len()
            }
            Motion::Start => 0,
            Motion::End => self.text.len(),
        }
    }

    fn cut_to(&mut self, target: usize) {
        let range = target.min(self.cursor)..target.max(self.cursor);
        if !range.is_empty() {
            self.cut = self.text[range].to_owned();
            self.remove(target);
        }
    }

    fn remove(&mut self, target: usize) {
        let range = target.min(self.cursor)..target.max(self.cursor);
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }
}

fn without_prompt(line: &str, at_start: bool) -> &str {
    if at_start { line.strip_prefix("$ ").unwrap_or(line) } else { line }
}

#[cfg(test)]
mod tests {
    use super::{CommandLine, Motion};

    fn line(text: &str) -> CommandLine {
        let mut line = CommandLine::default();
        line.insert(text);
        line
    }

    #[test]
    fn the_cursor_moves_by_characters_as_people_see_them() {
        let mut edited = line("aé👩‍🚀e\u{301}");
        edited.backspace();
        assert_eq!(edited.text(), "aé👩‍🚀");
        edited.go(Motion::Left);
        edited.go(Motion::Left);
        edited.delete();
        assert_eq!(edited.text(), "a👩‍🚀");
        edited.insert("\u{1b}[b");
        assert_eq!(edited.text(), "a[b👩‍🚀");
    }

    #[test]
    fn a_word_after_a_wide_blank_is_cut_whole() {
        let mut edited = line("go\u{2000}run");
        edited.cut_blank_word();
        assert_eq!(edited.text(), "go\u{2000}");
    }

    #[test]
    fn words_are_passed_and_cut() {
        let mut edited = line("go run ./cmd/main.go");
        edited.go(Motion::WordLeft);
        edited.go(Motion::WordLeft);
        assert_eq!(&edited.text()[edited.cursor()..], "main.go");
        edited.cut(Motion::WordRight);
        assert_eq!(edited.text(), "go run ./cmd/.go");
        edited.go(Motion::End);
        edited.cut_blank_word();
        assert_eq!(edited.text(), "go run ");
        edited.yank();
        assert_eq!(edited.text(), "go run ./cmd/.go");
        edited.cut(Motion::Start);
        edited.cut(Motion::End);
        assert_eq!(edited.text(), "");
        edited.yank();
        assert_eq!(edited.text(), "go run ./cmd/.go");
    }

    #[test]
    fn pasted_lines_run_in_turn_and_the_rest_stays() {
        let mut edited = line("go ");
        edited.insert(" x");
        edited.go(Motion::Left);
        edited.go(Motion::Left);
        assert_eq!(edited.paste("build\r\n$ go vet\n\n$ ./my"), ["go build", "go vet"]);
        assert_eq!(edited.text(), "./my x");
    }
}
