//! `when:` texts: each must come up in something the lesson prints, or in a message that Go is known to give.

use super::lesson::Proof;
use crate::course::Problem;
use crate::course::model::Step;

/// Messages of Go, one a line, as learners' mistakes bring them up.
const MESSAGES: &str = include_str!("../../../assets/go-messages.txt");

impl Proof<'_> {
    /// Called once the whole lesson has run: a text may come up in a later step as well.
    pub(super) fn hints(&mut self, step: &Step) {
        for hint in &step.hints {
            let Some(when) = &hint.when else { continue };
            let comes_up = self.ground.outputs.iter().any(|output| output.contains(when.as_str()))
                || MESSAGES.lines().any(|message| message.contains(when.as_str()));
            if !comes_up {
                self.problems.push(Problem::new(
                    hint.place.clone(),
                    format!("`when: {when}` never comes up in what this lesson prints"),
                    "write a part of a message that Go gives, letter by letter",
                ));
            }
        }
    }
}
