//! Go source → coloured spans, by its syntax tree.

use std::ops::Range;

/// The kinds of code that have a colour of their own, for every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    Keyword,
    String,
    Number,
    Comment,
    Function,
    Type,
    Plain,
}

/// For each line of `text`, its coloured byte ranges in order, without overlaps; gaps are plain.
#[must_use]
pub fn colour(text: &str) -> Vec<Vec<(Range<usize>, Token)>> {
    text.lines().map(|_| Vec::new()).collect()
}
