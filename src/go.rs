//! Words about Go: versions, where a message points, what kind of executable a file is, what a source uses.

pub mod colour;
pub mod version;

pub use version::GoVersion;
