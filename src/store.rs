//! Disk: course sources and saved progress.
