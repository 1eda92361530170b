//! Canned outputs and the explanations they get.

mod canned;
mod table;
