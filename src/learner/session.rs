//! The open step: what has been seen of its check, its quizzes and hints. Both faces drive it the same way, and
//! every method that changes something worth keeping answers with the events to save.

use super::event::Event;
use super::progress::Progress;
use crate::course::{Condition, Step, StepId};
use crate::judge::evidence::CommandSeen;
use crate::judge::{Finding, Verdict};

/// The state of the open step.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub step: StepId,
    /// One a condition of the step's check.
    pub conditions: Vec<ConditionState>,
    pub quizzes: Vec<QuizState>,
    pub predictions: Vec<PredictionState>,
    pub orders: Vec<OrderState>,
    /// Indexes into the step's hints, in the order they were given.
    pub hints_shown: Vec<usize>,
    pub solution_shown: bool,
    /// Commands since the step was opened for the first time, oldest first.
    pub commands: Vec<CommandSeen>,
    pub answer: Option<String>,
    pub tries: u32,
    pub passed: bool,
    /// Passed after the solution was shown.
    pub helped: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionState {
    pub met: bool,
    /// Why it was not met when last looked at; none once it is met or when nothing was seen.
    pub finding: Option<Finding>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuizState {
    /// Options picked now, not yet handed in.
    pub picked: Vec<usize>,
    /// What was handed in last, and whether it was right.
    pub answered: Option<(Vec<usize>, bool)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PredictionState {
    /// What the learner is typing.
    pub typed: String,
    pub answered: Option<(String, bool)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderState {
    /// The lines as they stand now: indexes into `Order::lines`.
    pub arranged: Vec<usize>,
    /// Whether they stand right (or compile and pass, where the step has a check).
    pub right: bool,
}

impl Session {
    /// Opens `step` where `progress` left it.
    #[must_use]
    pub fn open(step: &Step, progress: &Progress) -> Self {
        let _ = progress;
        Self {
            step: step.id.clone(),
            conditions: vec![ConditionState::default(); step.check.len()],
            quizzes: vec![QuizState::default(); step.quizzes.len()],
            predictions: vec![PredictionState::default(); step.predictions.len()],
            orders: vec![OrderState::default(); step.orders.len()],
            hints_shown: Vec::new(),
            solution_shown: false,
            commands: Vec::new(),
            answer: None,
            tries: 0,
            passed: false,
            helped: false,
        }
    }

    /// Takes in a command that has ended.
    pub fn ran(&mut self, command: CommandSeen) -> Vec<Event> {
        self.commands.push(command);
        Vec::new()
    }

    /// The conditions to look at now, with their indexes in the step's check: those not met yet,
    /// and every `now` condition as long as the step is not passed. Empty when there is nothing left to see.
    #[must_use]
    pub fn wanted(&self, step: &Step) -> Vec<(usize, Condition)> {
        step.check.iter().cloned().enumerate().filter(|(index, _)| !self.conditions[*index].met).collect()
    }

    /// Takes in the verdict on `wanted` (same order).
    pub fn judged(&mut self, step: &Step, wanted: &[usize], verdict: &Verdict) -> Vec<Event> {
        let _ = (step, wanted, verdict);
        Vec::new()
    }
}
