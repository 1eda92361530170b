//! What a tool says about a place of a file, and how it moves when the text does.

use ratatui::style::Style;

use crate::edit::{Change, Position};
use crate::go::diagnostic::Diagnostic as Found;
use crate::go::explain::explain;
use crate::page::Theme;

/// What a tool says about a place of a file. Lines count from 1; so do columns, in bytes, as the go tools count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub line: usize,
    pub column: usize,
    /// As the tool words it.
    pub message: String,
    /// What that means, in one sentence.
    pub why: Option<String>,
}

/// Whether the program can be built all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    /// The sign for it, which says it without a colour.
    pub(super) fn sign(self, theme: &Theme) -> &'static str {
        match self {
            Self::Error => theme.glyphs.wrong,
            Self::Warning => "!",
        }
    }

    pub(super) fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Error => theme.wrong,
            Self::Warning => theme.warn,
        }
    }
}

impl Diagnostic {
    /// What a tool has found, with what there is to explain about it.
    #[must_use]
    pub fn new(found: &Found, severity: Severity) -> Self {
        let raw = format!("{}:{}:{}: {}", found.file, found.line, found.column, found.message.replace('\n', "\n\t"));
        Self {
            severity,
            line: found.line as usize,
            column: found.column as usize,
            message: found.message.clone(),
            why: explain("", 1, &raw).map(|why| first_sentence(&why.text).to_owned()),
        }
    }

    /// Where it points.
    pub(super) fn place(&self) -> Position {
        Position::new(self.line.saturating_sub(1), self.column.saturating_sub(1))
    }

    /// Follows a change of the text, after which it has these `lines`. False when the change was in the very line: what
    /// was said of it may no longer be so.
    pub(super) fn follow(&mut self, change: &Change, lines: &[String]) -> bool {
        let line = self.line.saturating_sub(1);
        let (start, old_end, new_end) = (change.start, change.old_end, change.new_end);
        if line < start.line {
            return true;
        }
        // Whole lines were put in, or taken out, above.
        let is_moved = line == old_end.line && old_end.byte == 0 && new_end.byte == 0;
        if line > old_end.line || is_moved {
            self.line = self.line + new_end.line - old_end.line;
            return true;
        }
        // A line was begun, or lines were taken out, below.
        let ends_at = |at: Position| lines.get(at.line).is_some_and(|line| line.len() == at.byte);
        let was_all = old_end.line > line || (change.removed == 0 && ends_at(new_end));
        line == start.line && was_all && ends_at(start)
    }
}

/// Up to the first full stop that ends a sentence and is not part of code.
fn first_sentence(text: &str) -> &str {
    let mut in_code = false;
    for (at, letter) in text.char_indices() {
        in_code ^= letter == '`';
        if letter == '.' && !in_code && text[at + 1..].starts_with(' ') {
            return &text[..=at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Severity, first_sentence};
    use crate::go::diagnostic::read_line;

    #[test]
    fn what_is_known_is_explained_in_one_sentence() {
        let found = read_line("./main.go:6:2: declared and not used: x").expect("a message");
        let diagnostic = Diagnostic::new(&found, Severity::Error);
        assert_eq!((diagnostic.line, diagnostic.column), (6, 2));
        let why = diagnostic.why.expect("it is explained");
        assert!(why.contains("`x`") && why.ends_with('.') && !why.contains(". "), "{why}");
        let found = read_line("./main.go:6:2: something nobody has ever met").expect("a message");
        assert_eq!(Diagnostic::new(&found, Severity::Warning).why, None);
    }

    #[test]
    fn a_full_stop_in_code_ends_no_sentence() {
        assert_eq!(first_sentence("Write `a. b` or x.y there. Then go on."), "Write `a. b` or x.y there.");
        assert_eq!(first_sentence("One only"), "One only");
    }
}
