//! What a look at the evidence came to, condition by condition.

use serde::Serialize;

/// One judgement a condition, in the order of the step's check.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Verdict {
    pub judgements: Vec<Judgement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It holds.
    Met,
    /// It does not hold; what was seen instead.
    Unmet(Finding),
    /// Nothing was seen that could tell: no such command yet, no answer given.
    NotSeen,
}

/// The learner's kind of wrong: what was seen, where it points, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// One sentence in the learner's words: "seen: `Hello Go!` – a comma is missing after `Hello`".
    pub seen: String,
    /// How to go on, where that is known.
    pub advice: Option<String>,
}
