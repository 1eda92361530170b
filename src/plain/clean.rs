//! A program's output without escape codes: what remains can be read aloud.

/// Takes out escape codes and control characters, across the borders of pieces.
#[derive(Debug, Default)]
pub struct Cleaner {
    state: State,
    /// The beginning of a character whose rest has not come yet.
    rest: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// A carriage return: a line end together with `\n`, else the line is written anew.
    Return,
    Escape,
    /// `ESC (` and its like: one more character belongs to it.
    Charset,
    /// `ESC [` up to its last letter.
    Sequence,
    /// `ESC ]` and its like, up to a bell or `ESC \`.
    Words,
    WordsEscape,
}

impl Cleaner {
    /// The readable part of the next piece.
    pub fn clean(&mut self, bytes: &[u8]) -> String {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        if let Err(error) = std::str::from_utf8(&all)
            && error.error_len().is_none()
        {
            self.rest = all.split_off(error.valid_up_to());
        }
        let mut text = String::with_capacity(all.len());
        for c in String::from_utf8_lossy(&all).chars() {
            self.take(c, &mut text);
        }
        text
    }

    fn take(&mut self, c: char, text: &mut String) {
        self.state = match (self.state, c) {
            (State::Text | State::Return, '\u{1b}') => State::Escape,
            (State::Text | State::Return, '\r') => State::Return,
            (State::Return, '\n') | (State::Text, _) => {
                push(c, text);
                State::Text
            }
            (State::Return, c) => {
                text.push('\n');
                push(c, text);
                State::Text
            }
            (State::Escape, '[') => State::Sequence,
            (State::Escape, ']' | 'P' | '_' | '^' | 'X') => State::Words,
            (State::Escape, '(' | ')' | '*' | '+' | '#' | '%' | ' ') => State::Charset,
            (State::Escape | State::Charset, _)
            | (State::Sequence, '\u{40}'..='\u{7e}')
            | (State::Words, '\u{7}')
            | (State::WordsEscape, '\\') => State::Text,
            (State::Sequence, _) => State::Sequence,
            (State::Words, '\u{1b}') => State::WordsEscape,
            (State::Words | State::WordsEscape, _) => State::Words,
        };
    }
}

fn push(c: char, text: &mut String) {
    if !c.is_control() || matches!(c, '\n' | '\t') {
        text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::Cleaner;

    #[test]
    fn escape_codes_go_and_text_stays_however_it_is_cut() {
        let raw = "a\u{1b}[31mred\u{1b}[0m\r\n\u{1b}]8;;https://x\u{1b}\\link\u{1b}]0;t\u{7}é世\u{1b}(B10%\r20%\u{8}\n";
        let wanted = "ared\nlinké世10%\n20%\n";
        for size in [1, 2, 3, 7, 1000] {
            let mut cleaner = Cleaner::default();
            let text: String = raw.as_bytes().chunks(size).map(|piece| cleaner.clean(piece)).collect();
            assert_eq!(text, wanted, "{size}");
        }
    }
}
