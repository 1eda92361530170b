//! What has been done for good: the fold of all events.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Event, Record};
use crate::course::StepId;
use crate::judge::evidence::CommandSeen;

/// Everything that is remembered of one learner in one course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    pub steps: BTreeMap<StepId, StepProgress>,
    /// Where the learner was last: the step and the reader's first line.
    pub place: Option<(StepId, usize)>,
    /// Command lines, oldest first, neighbours that are the same kept once.
    pub history: Vec<String>,
    /// The open file of each lesson (`chapter/lesson`).
    pub open_files: BTreeMap<String, String>,
    /// The terminal's directory in each lesson.
    pub directories: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepProgress {
    /// Seconds since 1970.
    pub passed_at: Option<u64>,
    pub helped: bool,
    pub tries: u32,
    /// Sources of the conditions that were seen true.
    pub met: BTreeSet<String>,
    pub hints: BTreeSet<usize>,
    pub solution_shown: bool,
    /// Quiz index → the options picked last, and whether they were right.
    pub quizzes: BTreeMap<usize, (Vec<usize>, bool)>,
    pub predictions: BTreeMap<usize, (String, bool)>,
    pub orders: BTreeMap<usize, Vec<usize>>,
    pub answer: Option<String>,
    /// The latest commands, at most 50.
    pub commands: Vec<CommandSeen>,
}

impl Progress {
    /// Takes one record in.
    pub fn apply(&mut self, record: &Record) {
        let _ = (record, Event::Entered { line: String::new() });
    }

    /// Whether the step has been passed.
    #[must_use]
    pub fn has_passed(&self, step: &StepId) -> bool {
        self.steps.get(step).is_some_and(|step| step.passed_at.is_some())
    }
}
