//! Code of any language a lesson shows → coloured spans in our own dozen kinds.

mod console;
mod grammar;
mod module;
#[cfg(test)]
mod tests;

use std::ops::Range;

use ratatui::style::Style;

use super::Theme;
use crate::course::Lesson;
use crate::course::model::code_blocks;

pub(super) use console::command;

use crate::go::colour::{Token, colour};

/// The coloured byte ranges of each line.
type Lines = Vec<Vec<(Range<usize>, Token)>>;

/// For each line of `text` its coloured byte ranges (within the line) in order and without overlaps; gaps are plain.
/// Languages that are not known come out plain, and so does text too long to be a lesson's.
#[must_use]
pub fn highlight(language: &str, text: &str) -> Vec<Vec<(Range<usize>, Token)>> {
    const LONGEST: usize = 128 * 1024;
    if text.len() > LONGEST {
        return plain(text);
    }
    let spans = match language {
        "go" => colour(text),
        "gomod" | "mod" | "go.mod" | "gowork" => module::spans(text),
        "console" => text.lines().map(console::tokens).collect(),
        "diff" | "patch" => text.lines().map(diff_tokens).collect(),
        _ => grammar::spans(language, text).unwrap_or_else(|| plain(text)),
    };
    fitted(text, spans)
}

/// The same as [`highlight`], as styles: here consoles and diffs get what no kind of code stands for – a faint prompt,
/// dim output, right and wrong lines.
#[must_use]
pub fn styled(language: &str, text: &str, theme: &Theme) -> Vec<Vec<(Range<usize>, Style)>> {
    match language {
        "console" => console::styles(text, theme),
        "text" | "" if text.lines().any(|line| line.starts_with("$ ")) => console::styles(text, theme),
        "diff" | "patch" => text.lines().map(|line| diff_styles(line, theme)).collect(),
        _ => {
            let style = |(range, token)| (range, theme.token(token));
            highlight(language, text).into_iter().map(|line| line.into_iter().map(style).collect()).collect()
        }
    }
}

/// Makes ready what the colours of a lesson's code need: a language's grammar takes longer than a frame the first time.
pub fn prepare(lesson: &Lesson) {
    let blocks = lesson.steps.iter().map(|step| &step.blocks).chain([&lesson.intro]);
    for (_, block) in blocks.flat_map(|blocks| code_blocks(blocks)) {
        // Of the others nothing is kept.
        let _ = grammar::spans(&block.language, &block.text);
    }
}

fn plain(text: &str) -> Lines {
    text.lines().map(|_| Vec::new()).collect()
}

/// Holds any colourer to the promise: one entry a line, ranges inside it, on character borders, in order.
fn fitted(text: &str, mut spans: Lines) -> Lines {
    let lines: Vec<&str> = text.lines().collect();
    spans.resize_with(lines.len(), Vec::new);
    for (line, spans) in lines.iter().zip(&mut spans) {
        let mut end = 0;
        spans.retain(|(range, _)| {
            let fits = range.start >= end && range.start < range.end && line.get(range.clone()).is_some();
            end = if fits { range.end } else { end };
            fits
        });
    }
    spans
}

fn diff_tokens(line: &str) -> Vec<(Range<usize>, Token)> {
    let token = match line.as_bytes().first() {
        Some(b'+') => Token::String,
        Some(b'-') => Token::Keyword,
        Some(b'@') => Token::Comment,
        Some(_) | None => return Vec::new(),
    };
    vec![(0..line.len(), token)]
}

fn diff_styles(line: &str, theme: &Theme) -> Vec<(Range<usize>, Style)> {
    let style = match line.as_bytes().first() {
        Some(b'+') => theme.right,
        Some(b'-') => theme.wrong,
        Some(b'@') => theme.dim,
        Some(_) | None => return Vec::new(),
    };
    vec![(0..line.len(), style)]
}
