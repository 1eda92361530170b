//! The learner: what has been done for good (progress) and what is going on in the open step (session). Pure.

pub mod event;
pub mod progress;
pub mod session;

pub use event::{Event, Record};
pub use progress::Progress;
pub use session::Session;
