//! Disk: where courses come from, what is remembered of the learner, their drafts, and the settings.

mod aside;
pub mod consent;
pub mod drafts;
mod lock;
pub mod progress;
mod proxy;
pub mod settings;
pub mod source;
mod sum;

#[cfg(test)]
mod tests;

pub use consent::Consent;
pub use drafts::Drafts;
pub use progress::{Log, OpenError, Opened, SaveError};
pub use settings::{Settings, SettingsError};
pub use source::{CourseSource, SourceError};
