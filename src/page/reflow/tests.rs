//! What pages look like.
