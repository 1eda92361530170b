//! A fault in a course, in an author's words: the place, what is wrong, and what would mend it.

use std::fmt;

use serde::Serialize;

use crate::base::Place;

/// The author's kind of wrong. Collected, never thrown: an author sees all of them at once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    pub place: Place,
    /// What is wrong, one sentence without a full stop: "the fence word `fiel` is not known".
    pub fault: String,
    /// What to do about it, one sentence without a full stop: "write `file=main.go`".
    pub mend: String,
}

impl Problem {
    #[must_use]
    pub fn new(place: Place, fault: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { place, fault: fault.into(), mend: mend.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place, self.fault, self.mend)
    }
}
