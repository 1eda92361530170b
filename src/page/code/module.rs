//! Go module files: `go.mod` and `go.work`.

use std::ops::Range;

use super::Lines;
use crate::go::colour::Token;

const DIRECTIVES: [&str; 11] =
    ["module", "go", "toolchain", "require", "replace", "exclude", "retract", "tool", "godebug", "ignore", "use"];

pub(super) fn spans(text: &str) -> Lines {
    text.lines().map(line).collect()
}

fn line(line: &str) -> Vec<(Range<usize>, Token)> {
    let mut spans = Vec::new();
    let code = line.find("//").filter(|at| *at == 0 || line[..*at].ends_with([' ', '\t'])).unwrap_or(line.len());
    for (index, range) in words(&line[..code]).into_iter().enumerate() {
        if let Some(token) = token(&line[range.clone()], index == 0) {
            spans.push((range, token));
        }
    }
    if code < line.len() {
        spans.push((code..line.len(), Token::Comment));
    }
    spans
}

fn token(word: &str, first: bool) -> Option<Token> {
    if first && DIRECTIVES.contains(&word) {
        return Some(Token::Keyword);
    }
    if word.starts_with(['"', '`']) {
        return Some(Token::String);
    }
    let version = word.strip_prefix('v').or_else(|| word.strip_prefix("go")).unwrap_or(word);
    version.starts_with(|c: char| c.is_ascii_digit()).then_some(Token::Number)
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | ',');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}
