//! The colours of lines the parser could make no sense of: what it skipped there is read word by word.

use std::ops::Range;

use super::{Spans, Token};

const KEYWORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// Fills the gaps between `spans`. A string without its end is a string up to the end of the line: while one is being
/// typed, the rest of the program keeps its looks.
pub fn fill(line: &str, spans: &mut Spans) {
    let mut known = std::mem::take(spans).into_iter().peekable();
    let mut at = 0;
    while at < line.len() {
        while known.next_if(|(range, _)| range.end <= at).is_some() {}
        let (end, token) = match known.peek() {
            Some((range, token)) if range.start <= at && !lone_quote(line, range) => (range.end, Some(*token)),
            Some(_) | None => piece(line, at),
        };
        if let Some(token) = token {
            spans.push((at..end, token));
        }
        at = end;
    }
}

/// The parser has met the opening quote of a string and not its end.
fn lone_quote(line: &str, range: &Range<usize>) -> bool {
    matches!(line.get(range.clone()), Some("\"" | "'"))
}

/// Where the piece of code that starts at `at` ends, and what it is.
fn piece(line: &str, at: usize) -> (usize, Option<Token>) {
    let rest = &line[at..];
    let Some(first) = rest.chars().next() else { return (line.len(), None) };
    if rest.starts_with("//") || rest.starts_with("/*") {
        return (line.len(), Some(Token::Comment));
    }
    if first == '"' || first == '\'' {
        return (at + quoted(rest, first), Some(Token::String));
    }
    let word = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    if word == 0 {
        return (at + first.len_utf8(), None);
    }
    let token = if first.is_ascii_digit() {
        Some(Token::Number)
    } else if KEYWORDS.contains(&&rest[..word]) {
        Some(Token::Keyword)
    } else {
        rest[word..].starts_with('(').then_some(Token::Function)
    };
    (at + word, token)
}

/// The length of the quoted text at the start of `rest`: to its closing quote, or all of it.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}
