//! What a check came to, for people and for other programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::{PAGE, Proved};
use crate::base::prose;
use crate::course::Problem;

/// The outcome of `haveago check`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// By file, line and column.
    pub problems: Vec<Problem>,
    /// Lessons that were looked at.
    pub lessons: usize,
    /// Steps in them that passed with their solution, or are there for reading.
    pub steps: usize,
    /// Lessons left out, each with the reason: this Go is too old for them.
    pub skipped: Vec<String>,
}

impl Report {
    pub(super) fn of(problems: Vec<Problem>) -> Self {
        Self { problems, ..Self::default() }
    }

    pub(super) fn add(&mut self, proved: Proved, progress: &mut dyn FnMut(&str)) {
        progress(&proved.line());
        match proved.skipped {
            Some(why) => self.skipped.push(format!("{}: {why}", proved.file)),
            None => self.lessons += usize::from(!proved.file.ends_with(PAGE)),
        }
        self.steps += proved.steps;
        self.problems.extend(proved.problems);
    }

    /// Whether the course has no problem.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        self.problems.is_empty()
    }

    /// Each problem as `file:line:column: fault; mend`, and what was left out, a line each.
    #[must_use]
    pub fn details(&self) -> String {
        let mut text = String::new();
        for problem in &self.problems {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{problem}");
        }
        for skipped in &self.skipped {
            let _ = writeln!(text, "left out: {skipped}");
        }
        text
    }

    /// What was proved, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let lessons = prose::count(self.lessons, "lesson", "lessons");
        let steps = prose::count(self.steps, "step", "steps");
        match self.problems.len() {
            0 => format!("{lessons}, {steps}: all proved\n"),
            count => format!("{lessons}, {steps} proved, {}\n", prose::count(count, "problem", "problems")),
        }
    }
}
