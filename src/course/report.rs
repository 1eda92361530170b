//! A problem as compilers print it: the fault, the line with a caret below the word, the mend.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::Problem;

/// The problem over several lines, without colour. `source` is the text of the file it is in; without it, or when the
/// place lies outside it, only the place is named.
#[must_use]
pub fn render(problem: &Problem, source: Option<&str>) -> String {
    let title = Level::ERROR.primary_title(problem.fault.as_str());
    let help = Level::HELP.message(problem.mend.as_str());
    let path = &*problem.place.file;
    // Text of a byte order mark has no column of its own.
    let source = source.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
    let found = source.and_then(|text| span(problem, text).map(|span| (text, span)));
    let report = if let Some((text, span)) = found {
        title.element(Snippet::source(text).path(path).annotation(AnnotationKind::Primary.span(span))).element(help)
    } else {
        let (line, column) = (problem.place.line as usize, problem.place.column as usize);
        title.element(Origin::path(path).line(line).char_column(column)).element(help)
    };
    Renderer::plain().render(&[report])
}

/// The bytes of the word that the problem is about.
fn span(problem: &Problem, text: &str) -> Option<Range<usize>> {
    let line = problem.place.line.checked_sub(1)? as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..)?;
    let content = rest.lines().next().unwrap_or_default();
    if start == text.len() && line >= text.lines().count().max(1) {
        return None;
    }
    let column = problem.place.column.checked_sub(1)? as usize;
    let before: usize = content.chars().take(column).map(char::len_utf8).sum();
    let begin = start + before;
    let word = content.get(before..)?;
    Some(begin..begin + word_length(word))
}

/// A text in quotes is one word; else a word ends at a space.
fn word_length(text: &str) -> usize {
    if let Some(inner) = text.strip_prefix('"') {
        let mut is_escaped = false;
        for (at, c) in inner.char_indices() {
            match c {
                '"' if !is_escaped => return at + 2,
                '\\' => is_escaped = !is_escaped,
                _ => is_escaped = false,
            }
        }
    }
    text.find(char::is_whitespace).unwrap_or(text.len())
}
