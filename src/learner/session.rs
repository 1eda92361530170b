//! The open step: what has been seen of its check, its quizzes and hints. Both faces drive it the same way, and
//! every method that changes something worth keeping answers with the events to save.

use std::collections::BTreeMap;

use super::event::Event;
use super::hints::{self, HintOutcome};
use super::progress::{Progress, StepProgress, keep_latest};
use crate::course::model::Order;
use crate::course::{Condition, Step, StepId};
use crate::judge::evidence::CommandSeen;
use crate::judge::{Finding, Judgement, Verdict};

/// Bytes of the beginning and of the end of a command's output that are saved.
const OUTPUT_SAVED: usize = 4 * 1024;

/// The state of the open step. The default is that of no step, before the first is opened.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that do not exclude one another")]
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
    /// The latest commands since the step was opened for the first time, oldest first.
    pub commands: Vec<CommandSeen>,
    /// What went wrong in the last action and the looks since: outputs, the one that tells most first.
    pub faults: Vec<String>,
    /// The answer handed in last.
    pub answer: Option<String>,
    /// The answer being typed.
    pub answer_draft: String,
    pub tries: u32,
    pub passed: bool,
    /// Passed after the solution was shown.
    pub helped: bool,
    /// The learner has done something for the step since the last look.
    pub acted: bool,
    /// How often each mistake was made, by the name of its explanation.
    pub mistakes: BTreeMap<String, u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConditionState {
    /// It has been seen true; for a `now` condition: it was true at the last look.
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

impl QuizState {
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.answered.as_ref().is_some_and(|(_, right)| *right)
    }
}

impl OrderState {
    /// The arranged lines as a file's text.
    #[must_use]
    pub fn text(&self, order: &Order) -> String {
        self.arranged
            .iter()
            .filter_map(|&line| order.lines.get(line))
            .fold(String::new(), |text, line| text + line + "\n")
    }

    /// Whether the text is the right one; identical lines may stand for each other.
    fn reads_right(&self, order: &Order) -> bool {
        self.arranged.iter().map(|&line| order.lines.get(line)).eq(order.lines.iter().map(Some))
    }
}

impl Session {
    /// Opens `step` where `progress` left it.
    #[must_use]
    pub fn open(step: &Step, progress: &Progress) -> Self {
        let nothing = StepProgress::default();
        let saved = progress.steps.get(&step.id).unwrap_or(&nothing);
        let passed = saved.passed_at.is_some();
        let condition = |condition: &Condition| ConditionState {
            met: passed || (!condition.now && saved.met.contains(&condition.source)),
            finding: None,
        };
        let order = |(index, order): (usize, &Order)| {
            let arranged = saved.orders.get(&index).filter(|lines| is_arrangement(lines, order.lines.len()));
            let mut state = OrderState { arranged: arranged.unwrap_or(&order.shuffled).clone(), right: false };
            state.right = passed || (step.check.is_empty() && state.reads_right(order));
            state
        };
        Self {
            step: step.id.clone(),
            conditions: step.check.iter().map(condition).collect(),
            quizzes: (0..step.quizzes.len())
                .map(|index| QuizState { picked: Vec::new(), answered: saved.quizzes.get(&index).cloned() })
                .collect(),
            predictions: (0..step.predictions.len())
                .map(|index| PredictionState { typed: String::new(), answered: saved.predictions.get(&index).cloned() })
                .collect(),
            orders: step.orders.iter().enumerate().map(order).collect(),
            hints_shown: saved.hints.iter().copied().filter(|&hint| hint < step.hints.len()).collect(),
            solution_shown: saved.solution_shown,
            commands: saved.commands.clone(),
            faults: Vec::new(),
            answer: saved.answer.clone(),
            answer_draft: String::new(),
            tries: saved.tries,
            passed,
            helped: saved.helped,
            acted: false,
            mistakes: BTreeMap::new(),
        }
    }

    /// Takes in a command that has ended.
    pub fn ran(&mut self, command: CommandSeen) -> Vec<Event> {
        self.acted = true;
        self.faults = if command.exit == 0 { Vec::new() } else { vec![command.output.clone()] };
        let (line, exit, output) = (command.line.clone(), command.exit, ends_of(&command.output));
        keep_latest(&mut self.commands, command);
        if self.passed {
            return Vec::new();
        }
        vec![Event::Ran { step: self.step.clone(), line, exit, output }]
    }

    /// Takes in that the learner has saved a file: the next look is a try.
    pub fn saved(&mut self) {
        self.acted = true;
        self.faults.clear();
    }

    /// The conditions to look at now, with their indexes in the step's check: those not met yet,
    /// and every `now` condition as long as the step is not passed. Empty when there is nothing left to see.
    #[must_use]
    pub fn wanted(&self, step: &Step) -> Vec<(usize, Condition)> {
        if self.passed {
            return Vec::new();
        }
        let open = |(index, condition): &(usize, &Condition)| condition.now || !self.conditions[*index].met;
        step.check.iter().enumerate().filter(open).map(|(index, condition)| (index, condition.clone())).collect()
    }

    /// Takes in the verdict on `wanted` (same order).
    pub fn judged(&mut self, step: &Step, wanted: &[usize], verdict: &Verdict) -> Vec<Event> {
        let tried = std::mem::take(&mut self.acted);
        if self.passed {
            return Vec::new();
        }
        let mut events = Vec::new();
        let mut found = false;
        for (&index, judgement) in wanted.iter().zip(&verdict.judgements) {
            let (Some(state), Some(condition)) = (self.conditions.get_mut(index), step.check.get(index)) else {
                continue;
            };
            let was_met = state.met;
            *state = match judgement {
                Judgement::Met => ConditionState { met: true, finding: None },
                // Seen true by an earlier look whose verdict came first: it stays so.
                Judgement::Unmet(_) | Judgement::NotSeen if was_met && !condition.now => continue,
                Judgement::Unmet(finding) => ConditionState { met: false, finding: Some(finding.clone()) },
                Judgement::NotSeen => ConditionState::default(),
            };
            found |= state.finding.is_some();
            if state.met && !was_met && !condition.now {
                events.push(Event::Met { step: self.step.clone(), condition: condition.source.clone() });
            }
        }
        events.extend(self.pass_if_done(step));
        if !self.passed && tried && found {
            self.tries = self.tries.saturating_add(1);
            events.push(Event::Tried { step: self.step.clone() });
        }
        events
    }

    /// Gives the next hint, each only once.
    pub fn next_hint(&mut self, step: &Step) -> (HintOutcome, Vec<Event>) {
        match hints::next(step, self) {
            Some(hint) => {
                self.hints_shown.push(hint);
                (HintOutcome::Hint(hint), vec![Event::HintShown { step: self.step.clone(), hint }])
            }
            None if !step.solution.is_empty() && !self.solution_shown => (HintOutcome::OfferSolution, Vec::new()),
            None => (HintOutcome::NothingLeft, Vec::new()),
        }
    }

    /// The learner takes the solution: from now on passing counts as helped.
    pub fn show_solution(&mut self) -> Vec<Event> {
        if std::mem::replace(&mut self.solution_shown, true) {
            return Vec::new();
        }
        vec![Event::SolutionShown { step: self.step.clone() }]
    }

    /// Picks an option of a quiz, or lets go of it; a single choice has one pick at a time. A quiz that has been
    /// answered right stays as it is.
    pub fn pick(&mut self, step: &Step, quiz: usize, option: usize) {
        let (Some(state), Some(asked)) = (self.quizzes.get_mut(quiz), step.quizzes.get(quiz)) else { return };
        if state.is_right() || option >= asked.options.len() {
            return;
        }
        let was_picked = state.picked.contains(&option);
        state.picked.retain(|&picked| picked != option && !asked.is_single());
        if !was_picked {
            state.picked.push(option);
            state.picked.sort_unstable();
        }
    }

    /// Hands in what is picked.
    pub fn submit_quiz(&mut self, step: &Step, quiz: usize) -> Vec<Event> {
        let (Some(state), Some(asked)) = (self.quizzes.get_mut(quiz), step.quizzes.get(quiz)) else {
            return Vec::new();
        };
        if state.is_right() || state.picked.is_empty() {
            return Vec::new();
        }
        let picked = std::mem::take(&mut state.picked);
        let right = asked.options.iter().enumerate().all(|(index, option)| option.right == picked.contains(&index));
        state.answered = Some((picked.clone(), right));
        let mut events = vec![Event::QuizAnswered { step: self.step.clone(), quiz, picked, right }];
        if !right {
            self.tries = self.tries.saturating_add(1);
            events.push(Event::Tried { step: self.step.clone() });
        }
        events.extend(self.pass_if_done(step));
        events
    }

    /// What the learner is typing as a prediction.
    pub fn set_prediction(&mut self, prediction: usize, text: impl Into<String>) {
        if let Some(state) = self.predictions.get_mut(prediction) {
            state.typed = text.into();
        }
    }

    /// Hands in the prediction: graded, and any answer counts. The first one stays, as the output is known after it.
    pub fn predict(&mut self, step: &Step, prediction: usize) -> Vec<Event> {
        let (Some(state), Some(asked)) = (self.predictions.get_mut(prediction), step.predictions.get(prediction))
        else {
            return Vec::new();
        };
        if state.answered.is_some() || state.typed.trim().is_empty() {
            return Vec::new();
        }
        let text = std::mem::take(&mut state.typed);
        let right = trimmed_lines(&text).eq(trimmed_lines(&asked.output));
        state.answered = Some((text.clone(), right));
        let mut events = vec![Event::Predicted { step: self.step.clone(), prediction, text, right }];
        events.extend(self.pass_if_done(step));
        events
    }

    /// What the learner is typing as the step's answer.
    pub fn set_answer(&mut self, text: impl Into<String>) {
        self.answer_draft = text.into();
    }

    /// Hands in the answer; the next look judges it.
    pub fn answer(&mut self) -> Vec<Event> {
        let text = std::mem::take(&mut self.answer_draft).trim().to_owned();
        if text.is_empty() {
            return Vec::new();
        }
        self.acted = true;
        self.answer = Some(text.clone());
        vec![Event::Answered { step: self.step.clone(), text }]
    }

    /// Moves the line at position `from` to position `to`; the arrangement is kept at once.
    pub fn move_line(&mut self, order: usize, from: usize, to: usize) -> Vec<Event> {
        let Some(state) = self.orders.get_mut(order) else { return Vec::new() };
        let places = 0..state.arranged.len();
        if self.passed || from == to || !places.contains(&from) || !places.contains(&to) {
            return Vec::new();
        }
        let line = state.arranged.remove(from);
        state.arranged.insert(to, line);
        state.right = false;
        vec![Event::Arranged { step: self.step.clone(), order, lines: state.arranged.clone() }]
    }

    /// Puts all lines at once: `positions` are the places where they stand now, in the order wanted.
    pub fn arrange(&mut self, order: usize, positions: &[usize]) -> Vec<Event> {
        let Some(state) = self.orders.get_mut(order) else { return Vec::new() };
        if self.passed || !is_arrangement(positions, state.arranged.len()) {
            return Vec::new();
        }
        state.arranged = positions.iter().map(|&position| state.arranged[position]).collect();
        state.right = false;
        vec![Event::Arranged { step: self.step.clone(), order, lines: state.arranged.clone() }]
    }

    /// Hands in the arrangement. Without a check its text is compared; with one, the caller writes the file and looks.
    pub fn submit_order(&mut self, step: &Step, order: usize) -> Vec<Event> {
        let (Some(state), Some(asked)) = (self.orders.get_mut(order), step.orders.get(order)) else {
            return Vec::new();
        };
        if self.passed {
            return Vec::new();
        }
        let mut events = vec![Event::Arranged { step: self.step.clone(), order, lines: state.arranged.clone() }];
        if !step.check.is_empty() {
            self.acted = true;
            return events;
        }
        state.right = state.reads_right(asked);
        if !state.right {
            self.tries = self.tries.saturating_add(1);
            events.push(Event::Tried { step: self.step.clone() });
        }
        events.extend(self.pass_if_done(step));
        events
    }

    /// The learner moves on: a step for reading is passed by it.
    pub fn read_on(&mut self, step: &Step) -> Vec<Event> {
        if step.is_reading() { self.pass_if_done(step) } else { Vec::new() }
    }

    /// Passes the step when nothing is left to do in it.
    fn pass_if_done(&mut self, step: &Step) -> Vec<Event> {
        let done = self.conditions.iter().all(|condition| condition.met)
            && self.quizzes.iter().all(QuizState::is_right)
            && self.predictions.iter().all(|prediction| prediction.answered.is_some())
            && (!step.check.is_empty() || self.orders.iter().all(|order| order.right));
        if self.passed || !done {
            return Vec::new();
        }
        self.passed = true;
        self.helped = self.solution_shown;
        for order in &mut self.orders {
            order.right = true;
        }
        vec![Event::Passed { step: self.step.clone(), helped: self.helped }]
    }
}

/// Whether `lines` has each of `0..len` once: a saved arrangement of another edition of the step has not.
fn is_arrangement(lines: &[usize], len: usize) -> bool {
    let mut sorted = lines.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..len)
}

/// The lines without the space at their ends, and without empty ones at the end of the text.
fn trimmed_lines(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end().lines().map(str::trim_end)
}

/// The first and last 4 KiB of `output`.
fn ends_of(output: &str) -> String {
    if output.len() <= 2 * OUTPUT_SAVED {
        return output.to_owned();
    }
    let head = output.floor_char_boundary(OUTPUT_SAVED);
    let tail = output.ceil_char_boundary(output.len() - OUTPUT_SAVED);
    format!("{}\n…\n{}", &output[..head], &output[tail..])
}
