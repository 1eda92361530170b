//! How the reader is used.
