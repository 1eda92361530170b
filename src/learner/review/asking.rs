//! A question that is being asked again: cut out of its step with what it needs to be understood, and judged as there.

use super::super::event::{Event, Question};
use super::super::progress::Progress;
use super::super::session::Session;
use super::Again;
use crate::course::model::{LessonIndex, notes_referred};
use crate::course::{Block, BlockKind, Step};

/// A question that is being asked again.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    pub lesson: LessonIndex,
    /// The question alone, as a step that asks nothing else and leaves nothing in the sandbox.
    pub step: Step,
    pub session: Session,
    /// Which it is of its own step.
    question: Question,
    /// Whether the first answer was right; it alone counts.
    pub first: Option<bool>,
}

impl Asking {
    /// Asks it, as if it had never been answered.
    #[must_use]
    pub fn begin(again: &Again<'_>) -> Self {
        let step = alone(again.step, again.question);
        let session = Session::open(&step, &Progress::default());
        Self { lesson: again.lesson, step, session, question: again.question, first: None }
    }

    /// Hands in what is picked or typed, and answers with the events to save; none at all where nothing is.
    pub fn hand_in(&mut self) -> Option<Vec<Event>> {
        let answers = match self.question {
            Question::Quiz(_) => self.session.submit_quiz(&self.step, 0),
            Question::Prediction(_) => self.session.predict(&self.step, 0),
        };
        // The step itself is passed since long; that is not to be said of this one.
        self.session.passed = false;
        let right = answers.iter().find_map(|event| match event {
            Event::QuizAnswered { right, .. } | Event::Predicted { right, .. } => Some(*right),
            _ => None,
        })?;
        if self.first.is_some() {
            return Some(Vec::new());
        }
        self.first = Some(right);
        Some(vec![Event::Reviewed { step: self.step.id.clone(), question: self.question, right }])
    }

    /// Whether no other answer can be given.
    #[must_use]
    pub fn is_done(&self) -> bool {
        !self.session.asks(&self.step)
    }

    #[must_use]
    pub fn is_quiz(&self) -> bool {
        matches!(self.question, Question::Quiz(_))
    }
}

/// A step with this question of it alone.
fn alone(step: &Step, question: Question) -> Step {
    let (kind, quiz, prediction) = match question {
        Question::Quiz(index) => (BlockKind::Quiz(index), step.quizzes.get(index), None),
        Question::Prediction(index) => (BlockKind::Prediction(index), None, step.predictions.get(index)),
    };
    let shown = if quiz.is_some() { BlockKind::Quiz(0) } else { BlockKind::Prediction(0) };
    let mut blocks = lead_up(&step.blocks, &kind);
    // Another note may tell the answer.
    let referred = notes_referred(&blocks);
    let is_told =
        |block: &&Block| matches!(&block.kind, BlockKind::Footnote { label, .. } if referred.contains(&label.as_str()));
    let notes: Vec<Block> = step.blocks.iter().filter(is_told).cloned().collect();
    blocks.push(Block { place: step.place.clone(), kind: shown });
    blocks.extend(notes);
    Step {
        blocks,
        quizzes: quiz.into_iter().cloned().collect(),
        predictions: prediction.into_iter().cloned().collect(),
        ..Step::bare(step.id.clone(), step.title.clone(), step.place.clone())
    }
}

/// What is read before a question: what stands above the step's first heading, which is for all its questions, and what
/// stands below the last heading before this one. What else the step asks is left out.
fn lead_up(blocks: &[Block], question: &BlockKind) -> Vec<Block> {
    let end = blocks.iter().position(|block| block.kind == *question).unwrap_or(0);
    let before = &blocks[..end];
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    let shared = before.iter().position(is_heading).unwrap_or(end);
    let own = before.iter().rposition(is_heading).unwrap_or(end);
    let is_read = |block: &&Block| {
        !matches!(
            block.kind,
            BlockKind::Check(_)
                | BlockKind::Quiz(_)
                | BlockKind::Prediction(_)
                | BlockKind::Order(_)
                | BlockKind::Footnote { .. }
                | BlockKind::Pause
        )
    };
    before[..shared].iter().chain(&before[own..]).filter(is_read).cloned().collect()
}
