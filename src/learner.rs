//! The learner: what has been done for good (progress) and what is going on in the open step (session). Pure.

pub mod event;
mod hints;
pub mod progress;
mod reading;
pub mod review;
pub mod session;
#[cfg(test)]
mod tests;

pub use event::{Event, Question, Record};
pub use hints::HintOutcome;
pub use progress::{Progress, Tally};
pub use review::{Asking, Review};
pub use session::Session;
