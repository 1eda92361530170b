//! Disk: where courses come from, what is remembered of the learner, and the settings.

mod lock;
pub mod progress;
mod proxy;
pub mod settings;
pub mod source;

pub use progress::{Log, OpenError, Opened, SaveError};
pub use settings::{Settings, SettingsError};
pub use source::{CourseSource, SourceError};
