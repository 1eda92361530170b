//! What is written down for good, one line of `events.jsonl` each. Saved logs must load for ever:
//! add variants and optional fields, never rename or remove one.

use serde::{Deserialize, Serialize};

use crate::course::StepId;

/// An event and when it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Seconds since 1970, by the machine's clock: for people, never for order (the log's order is the order).
    pub at: u64,
    #[serde(flatten)]
    pub event: Event,
}

/// A question of a step, by its index among those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    Quiz(usize),
    Prediction(usize),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The learner looks at this step now; `scroll` is the reader's first line.
    Opened {
        step: StepId,
        #[serde(default)]
        scroll: usize,
    },
    /// A condition (its source line) was seen true; sticky.
    Met {
        step: StepId,
        condition: String,
    },
    /// The whole step is passed.
    Passed {
        step: StepId,
        helped: bool,
    },
    /// A look at the check that did not pass the step after the learner did something for it.
    Tried {
        step: StepId,
    },
    HintShown {
        step: StepId,
        hint: usize,
    },
    SolutionShown {
        step: StepId,
    },
    QuizAnswered {
        step: StepId,
        quiz: usize,
        picked: Vec<usize>,
        right: bool,
    },
    Predicted {
        step: StepId,
        prediction: usize,
        text: String,
        right: bool,
    },
    /// A question of a passed step was asked again; whether the first answer was right this time.
    Reviewed {
        step: StepId,
        question: Question,
        right: bool,
    },
    /// The arrangement of an order-the-lines block.
    Arranged {
        step: StepId,
        order: usize,
        lines: Vec<usize>,
    },
    Answered {
        step: StepId,
        text: String,
    },
    /// A command line the learner entered, for the history.
    Entered {
        line: String,
    },
    /// A command has ended; with it the checks of a step survive a restart. Output: first and last 4 KiB.
    Ran {
        step: StepId,
        line: String,
        exit: i32,
        output: String,
    },
    /// The file in the editor, relative to the scratch directory.
    FileOpened {
        lesson: String,
        file: String,
    },
    /// The terminal's working directory inside the scratch directory, `.` for itself.
    Directory {
        lesson: String,
        dir: String,
    },
}
