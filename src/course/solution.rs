//! What passes a step: files and commands, in the order in which they are written.

use super::model::Step;
use crate::base::{FilePath, Place};

/// A file the course brings, with where its text begins.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseFile {
    pub path: FilePath,
    pub text: String,
    pub place: Place,
}

/// What passes the step, each list in the order of the text; the proof does both by their places.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Solution {
    pub files: Vec<CourseFile>,
    pub commands: Vec<ConsoleCommand>,
}

impl Solution {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.commands.is_empty()
    }
}

/// What a solution does at one point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SolutionPart<'a> {
    File(&'a CourseFile),
    Command(&'a ConsoleCommand),
}

impl SolutionPart<'_> {
    /// Where it is written.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::File(file) => &file.place,
            Self::Command(command) => &command.place,
        }
    }
}

/// One `$ command` of a console block with the output shown below it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConsoleCommand {
    pub line: String,
    /// The output lines as written; `...` alone on a line stands for any lines.
    pub output: Vec<String>,
    pub place: Place,
}

impl Step {
    /// What the solution does, in the order in which it is written.
    #[must_use]
    pub fn solution_parts(&self) -> Vec<SolutionPart<'_>> {
        let files = self.solution.files.iter().map(SolutionPart::File);
        let commands = self.solution.commands.iter().map(SolutionPart::Command);
        let mut parts: Vec<_> = files.chain(commands).collect();
        parts.sort_by_key(|part| self.line_of(part.place()));
        parts
    }

    /// The line of a place in this step's lesson. A body that comes from another file (`src=`) has its place there:
    /// it goes first.
    #[must_use]
    pub fn line_of(&self, place: &Place) -> u32 {
        if place.file == self.place.file { place.line } else { 0 }
    }
}
