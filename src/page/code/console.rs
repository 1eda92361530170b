//! A transcript: prompts, commands, and what they printed.

use std::ops::Range;

use ratatui::style::Style;

use super::super::Theme;
use crate::go::colour::Token;

/// What the learner types begins after this.
pub(in crate::page) const PROMPT: &str = "$ ";

/// The command of a line that shows one.
pub(in crate::page) fn command(line: &str) -> Option<&str> {
    line.strip_prefix(PROMPT).map(str::trim).filter(|command| !command.is_empty())
}

pub(super) fn tokens(line: &str) -> Vec<(Range<usize>, Token)> {
    let end = if line.starts_with(PROMPT) { PROMPT.len() } else { line.len() };
    if end == 0 { Vec::new() } else { vec![(0..end, Token::Comment)] }
}

/// Output is dim only where there is a command to stand out from it.
pub(super) fn styles(text: &str, theme: &Theme) -> Vec<Vec<(Range<usize>, Style)>> {
    let has_command = text.lines().any(|line| line.starts_with(PROMPT));
    let output = if has_command { theme.dim } else { theme.text };
    let line = |line: &str| {
        if line.starts_with(PROMPT) {
            vec![(0..PROMPT.len(), theme.faint), (PROMPT.len()..line.len(), theme.text)]
        } else {
            vec![(0..line.len(), output)]
        }
    };
    text.lines().map(line).collect()
}
