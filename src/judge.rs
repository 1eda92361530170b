//! Conditions and evidence in, a verdict out: pure, so that every judgement can be tested without Go.

pub mod evidence;
pub mod verdict;

pub use evidence::Evidence;
pub use verdict::{Finding, Judgement, Verdict};
