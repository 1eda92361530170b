//! Words about Go: versions, where a message points, what kind of executable a file is, what a source uses.

pub mod binary;
pub mod colour;
pub mod diagnostic;
pub mod explain;
pub mod place;
pub mod source;
pub mod version;

pub use version::GoVersion;
