//! Output kept within bounds: its beginning and its end.

use std::collections::VecDeque;

/// Bytes kept of the beginning, and as many of the end.
const HALF: usize = 512 * 1024;

/// The first and last half MiB of a stream.
#[derive(Debug, Default)]
pub(super) struct Keep {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    seen: u64,
}

impl Keep {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.seen += bytes.len() as u64;
        let (first, rest) = bytes.split_at(bytes.len().min(HALF - self.head.len()));
        self.head.extend_from_slice(first);
        let rest = &rest[rest.len().saturating_sub(HALF)..];
        let excess = (self.tail.len() + rest.len()).saturating_sub(HALF);
        self.tail.drain(..excess);
        self.tail.extend(rest);
    }

    /// All bytes that came, kept or not.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// What was kept, with a line that says what was left out.
    pub(super) fn text(&mut self) -> String {
        let left_out = self.seen - (self.head.len() + self.tail.len()) as u64;
        let mut all = std::mem::take(&mut self.head);
        if left_out > 0 {
            all.extend_from_slice(format!("\n… {left_out} bytes left out …\n").as_bytes());
        }
        all.extend(self.tail.drain(..));
        match String::from_utf8(all) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HALF, Keep};

    #[test]
    fn the_beginning_and_the_end_are_kept() {
        let mut keep = Keep::default();
        keep.push(&vec![b'a'; HALF + 10]);
        keep.push(&vec![b'b'; HALF]);
        assert_eq!(keep.seen(), 2 * HALF as u64 + 10);
        let text = keep.text();
        assert!(text.starts_with("aaa") && text.ends_with("bbb"));
        assert!(text.contains("10 bytes left out"), "the ten that neither half had room for");
    }
}
