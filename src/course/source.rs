//! A text file with its name: byte offsets become places for people.

use std::sync::Arc;

use super::Problem;
use super::words::Fault;
use crate::base::Place;

/// A file of the course.
#[derive(Debug)]
pub struct Source<'a> {
    pub file: Arc<str>,
    pub text: &'a str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
}

impl<'a> Source<'a> {
    /// `text` without a byte order mark, which some editors put first.
    pub fn new(file: &str, text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.into(), text, lines }
    }

    /// The place of a byte offset; past the end it is the end.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.lines.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |before| before.chars().count());
        Place::new(Arc::clone(&self.file), line as u32 + 1, column as u32 + 1)
    }

    /// The problem that a fault in a part beginning at `base` is.
    pub fn problem(&self, base: usize, fault: Fault) -> Problem {
        Problem::new(self.place(base + fault.at), fault.what, fault.mend)
    }
}

/// Text that was put together from pieces of a source (a quoted block without its `> `), and knows whence each came.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    pub text: String,
    /// Where a piece begins in `text`, and where in the source.
    starts: Vec<(usize, usize)>,
}

impl Pieces {
    pub fn push(&mut self, piece: &str, offset: usize) {
        self.starts.push((self.text.len(), offset));
        self.text.push_str(piece);
    }

    /// Where the byte at `position` of the text stands in the source; none when there is no text.
    pub fn offset(&self, position: usize) -> Option<usize> {
        let index = self.starts.partition_point(|(start, _)| *start <= position).checked_sub(1)?;
        let (start, offset) = self.starts.get(index)?;
        Some(offset + (position - start))
    }

    /// The lines without their ends, each with its offset in the source.
    pub fn lines(&self) -> impl Iterator<Item = (&str, usize)> {
        let mut position = 0;
        self.text.split_inclusive('\n').map(move |line| {
            let offset = self.offset(position).unwrap_or(0);
            position += line.len();
            (line.trim_end_matches(['\n', '\r']), offset)
        })
    }
}
