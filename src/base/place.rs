//! Where something stands in a text file, for people: `file:line:column`.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

/// A place in a text file. Lines and columns count from 1; columns count characters, as editors do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Path as the reader of the message knows it, with `/` between its parts.
    pub file: Arc<str>,
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// The place at `line` and `column` (from 1) of `file`.
    #[must_use]
    pub fn new(file: impl Into<Arc<str>>, line: u32, column: u32) -> Self {
        Self { file: file.into(), line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}
