//! How far a step is read: what follows a prediction would give its answer away.

use super::Session;
use crate::course::{Block, BlockKind, Fact, Step};

impl Session {
    /// The blocks that may be shown by now: up to the first prediction that waits for its answer.
    #[must_use]
    pub fn readable<'a>(&self, blocks: &'a [Block]) -> &'a [Block] {
        let waits = |block: &Block| match &block.kind {
            BlockKind::Prediction(index) => self.predictions.get(*index).is_some_and(|state| state.answered.is_none()),
            BlockKind::Heading { .. }
            | BlockKind::Paragraph(_)
            | BlockKind::List { .. }
            | BlockKind::Quote(_)
            | BlockKind::Alert { .. }
            | BlockKind::Code(_)
            | BlockKind::Table(_)
            | BlockKind::Rule
            | BlockKind::Footnote { .. }
            | BlockKind::Check(_)
            | BlockKind::Quiz(_)
            | BlockKind::Order(_)
            | BlockKind::Pause => false,
        };
        let end = blocks.iter().position(waits).filter(|_| !self.passed);
        end.map_or(blocks, |end| &blocks[..=end])
    }

    /// Whether a question of the step waits for its answer.
    #[must_use]
    pub fn asks(&self, step: &Step) -> bool {
        let answers = step.check.iter().zip(&self.conditions);
        !self.passed
            && (self.quizzes.iter().any(|quiz| !quiz.is_right())
                || self.predictions.iter().any(|prediction| prediction.answered.is_none())
                || answers.filter(|(_, state)| !state.met).any(|(line, _)| matches!(line.fact, Fact::Answers(_))))
    }

    /// Whether there is more to read than may be shown by now.
    #[must_use]
    pub fn hides_some(&self, blocks: &[Block]) -> bool {
        let hidden = &blocks[self.readable(blocks).len()..];
        hidden
            .iter()
            .any(|block| !matches!(block.kind, BlockKind::Footnote { .. } | BlockKind::Pause | BlockKind::Rule))
    }
}
