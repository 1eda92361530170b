//! Watches the bytes of a program for the few sequences that need care before the emulator sees them.

/// How often a character may be repeated by one sequence; real programs repeat at most a screen's width.
pub const REPEAT_LIMIT: u32 = 1_000;

/// How many bytes at the end of `bytes` are the beginning of a character whose other bytes are still to come.
pub fn torn_length(bytes: &[u8]) -> usize {
    let is_more = |byte: &&u8| (0x80..=0xbf).contains(*byte);
    let length = bytes.iter().rev().take(3).take_while(is_more).count() + 1;
    let wanted = match bytes.len().checked_sub(length).map(|first| bytes[first]) {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) | None => 0,
    };
    if length < wanted { length } else { 0 }
}

/// A tiny reader of control sequences that keeps its place between reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct Guard {
    place: Where,
    /// The first number of the sequence being read.
    number: u32,
    /// The first number is complete.
    number_ended: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Where {
    #[default]
    Text,
    /// After ESC.
    Escape,
    /// After ESC and bytes that make it another sequence than a plain one.
    OtherEscape,
    /// After `ESC [`.
    Sequence,
    /// After `ESC [` and a private mark or an intermediate byte.
    OtherSequence,
}

/// What stands at the end of a part that [`Guard::part`] cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The last byte asks to repeat the last character this often.
    Repeat(u32),
    /// The last byte clears the screen, the scrollback or both.
    Clear,
}

impl Guard {
    /// Reads `bytes` up to the next sequence of interest: how many bytes belong to this part, and what ends it.
    pub fn part(&mut self, bytes: &[u8]) -> (usize, Found) {
        if self.place == Where::Text && !bytes.contains(&0x1b) {
            return (bytes.len(), Found::Nothing);
        }
        let mut at = 0;
        while at < bytes.len() {
            if self.place == Where::Text {
                let Some(escape) = bytes[at..].iter().position(|byte| *byte == 0x1b) else {
                    return (bytes.len(), Found::Nothing);
                };
                self.place = Where::Escape;
                at += escape + 1;
                continue;
            }
            let found = self.step(bytes[at]);
            at += 1;
            if found != Found::Nothing {
                return (at, found);
            }
        }
        (bytes.len(), Found::Nothing)
    }

    fn step(&mut self, byte: u8) -> Found {
        match (self.place, byte) {
            (_, 0x1b) => self.place = Where::Escape,
            (_, 0x18 | 0x1a) => self.place = Where::Text,
            (_, 0x00..=0x1f | 0x7f) | (Where::OtherSequence, 0x20..=0x3f) => {}
            (Where::Escape, b'[') => *self = Self { place: Where::Sequence, number: 0, number_ended: false },
            (Where::Escape, b'c') => {
                self.place = Where::Text;
                return Found::Clear;
            }
            (Where::Escape | Where::OtherEscape, 0x20..=0x2f) => self.place = Where::OtherEscape,
            (Where::Sequence, b'0'..=b'9') => {
                if !self.number_ended {
                    self.number = self.number.saturating_mul(10).saturating_add(u32::from(byte - b'0'));
                }
            }
            (Where::Sequence, b';' | b':') => self.number_ended = true,
            (Where::Sequence, 0x20..=0x2f | 0x3c..=0x3f) => self.place = Where::OtherSequence,
            (Where::Sequence, b'b') => {
                self.place = Where::Text;
                return Found::Repeat(self.number.max(1));
            }
            (Where::Sequence, b'J') => {
                self.place = Where::Text;
                return if matches!(self.number, 2 | 3) { Found::Clear } else { Found::Nothing };
            }
            (
                Where::Text | Where::Escape | Where::OtherEscape | Where::Sequence | Where::OtherSequence,
                0x20..=0x7e | 0x80..,
            ) => self.place = Where::Text,
        }
        Found::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Guard, torn_length};

    fn parts(chunks: &[&[u8]]) -> Vec<(Vec<u8>, Found)> {
        let mut guard = Guard::default();
        let mut seen = Vec::new();
        for chunk in chunks {
            let mut rest = *chunk;
            while !rest.is_empty() {
                let (length, found) = guard.part(rest);
                seen.push((rest[..length].to_vec(), found));
                rest = &rest[length..];
            }
        }
        seen
    }

    #[test]
    fn a_character_that_is_cut_is_told_from_a_whole_one() {
        for (bytes, torn) in [
            (&b""[..], 0),
            (b"a", 0),
            ("aé".as_bytes(), 0),
            (b"a\xc3", 1),
            (b"\xe4", 1),
            (b"x\xe4\xb8", 2),
            ("世".as_bytes(), 0),
            (b"\xf0\x9f\x91", 3),
            ("👍".as_bytes(), 0),
            (b"\x80\x80\x80\x80", 0),
            (b"\xff", 0),
            (b"\xc3\xa9\xa9", 0),
        ] {
            assert_eq!(torn_length(bytes), torn, "{bytes:?}");
        }
    }

    #[test]
    fn repeats_and_clears_are_found_across_reads() {
        let found: Vec<Found> = parts(&[b"a\x1b[65", b"535bz", b"\x1b[2", b"J"]).into_iter().map(|p| p.1).collect();
        assert_eq!(found, [Found::Nothing, Found::Repeat(65_535), Found::Nothing, Found::Nothing, Found::Clear]);
        assert_eq!(parts(&[b"\x1bc"]), [(b"\x1bc".to_vec(), Found::Clear)]);
        assert_eq!(parts(&[b"\x1b[b"]), [(b"\x1b[b".to_vec(), Found::Repeat(1))]);
    }

    #[test]
    fn other_sequences_pass() {
        for text in ["\x1b[?9999b", "\x1b[1;9999H", "\x1b[0J", "\x1b[1;2J", "\x1b[38:5:9m 2J 9999b", "\x1b(c", "plain"]
        {
            assert_eq!(parts(&[text.as_bytes()]), [(text.as_bytes().to_vec(), Found::Nothing)], "{text:?}");
        }
    }
}
