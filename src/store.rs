//! Disk: where courses come from, what is remembered of the learner, their drafts, and the settings.

pub mod consent;
pub mod drafts;
pub mod progress;
pub mod settings;
pub mod source;

pub use consent::Consent;
pub use drafts::Drafts;
pub use progress::{Log, OpenError, Opened, SaveError};
pub use settings::{Settings, SettingsError};
pub use source::{CourseSource, SourceError};
