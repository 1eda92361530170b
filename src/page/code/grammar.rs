//! The languages a Go course shows now and then, by syntect's grammars: loaded only when such a block is really there.

use std::ops::Range;
use std::sync::OnceLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

use super::Lines;
use crate::go::colour::Token;

/// A longer line is data, not code: its colours are not worth the wait.
const LONGEST_LINE: usize = 2_000;

/// `None` when the language is not one of ours.
pub(super) fn spans(language: &str, text: &str) -> Option<Lines> {
    let extension = extension(language)?;
    let set = set();
    let syntax = set.find_syntax_by_extension(extension)?;
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut lines = Vec::new();
    for line in LinesWithEndings::from(text) {
        if line.len() > LONGEST_LINE {
            lines.push(Vec::new());
        } else {
            lines.push(parsed(line, set, &mut state, &mut stack)?);
        }
    }
    Some(lines)
}

fn extension(language: &str) -> Option<&'static str> {
    Some(match language {
        "json" | "jsonc" => "json",
        "sh" | "shell" | "bash" | "zsh" => "sh",
        "toml" => "toml",
        "yaml" | "yml" => "yaml",
        "python" | "py" => "py",
        "javascript" | "js" => "js",
        "c" => "c",
        "java" => "java",
        "rust" | "rs" => "rs",
        "sql" => "sql",
        "html" => "html",
        "css" => "css",
        "powershell" | "ps1" => "ps1",
        "dockerfile" => "Dockerfile",
        "makefile" | "make" => "Makefile",
        _ => return None,
    })
}

fn set() -> &'static SyntaxSet {
    static SET: OnceLock<SyntaxSet> = OnceLock::new();
    SET.get_or_init(two_face::syntax::extra_newlines)
}

/// One line's spans; `None` when the grammar itself is at fault.
fn parsed(
    line: &str,
    set: &SyntaxSet,
    state: &mut ParseState,
    stack: &mut ScopeStack,
) -> Option<Vec<(Range<usize>, Token)>> {
    let mut spans: Vec<(Range<usize>, Token)> = Vec::new();
    let mut start = 0;
    let shown = line.trim_end_matches(['\n', '\r']).len();
    let mut push = |range: Range<usize>, token: Token| {
        let range = range.start..range.end.min(shown);
        if token == Token::Plain || range.start >= range.end {
            return;
        }
        match spans.last_mut() {
            Some((last, kind)) if *kind == token && last.end == range.start => last.end = range.end,
            Some(_) | None => spans.push((range, token)),
        }
    };
    for (at, operation) in state.parse_line(line, set).ok()? {
        push(start..at, token(stack));
        start = start.max(at);
        stack.apply(&operation).ok()?;
    }
    push(start..line.len(), token(stack));
    Some(spans)
}

/// Our kind for a place in a file: the innermost scope that means something to us.
fn token(stack: &ScopeStack) -> Token {
    static KINDS: OnceLock<Vec<(Scope, Token)>> = OnceLock::new();
    let kinds = KINDS.get_or_init(kinds);
    let is_key = |scope: &Scope| kinds.first().is_some_and(|(key, _)| key.is_prefix_of(*scope));
    if stack.as_slice().iter().any(is_key) {
        return Token::Type;
    }
    let kind = |scope: &Scope| kinds.iter().find(|(kind, _)| kind.is_prefix_of(*scope)).map(|(_, token)| *token);
    stack.as_slice().iter().rev().find_map(kind).unwrap_or(Token::Plain)
}

/// The first is the key of a mapping, whatever it is made of; of the others, the narrower stand before the wider.
fn kinds() -> Vec<(Scope, Token)> {
    [
        ("meta.mapping.key", Token::Type),
        ("comment", Token::Comment),
        ("string", Token::String),
        ("constant", Token::Number),
        ("keyword.operator", Token::Plain),
        ("keyword", Token::Keyword),
        ("storage", Token::Keyword),
        ("entity.name.function", Token::Function),
        ("support.function", Token::Function),
        ("variable.function", Token::Function),
        ("entity.name", Token::Type),
        ("support.type", Token::Type),
        ("support.class", Token::Type),
    ]
    .into_iter()
    .filter_map(|(name, token)| Some((Scope::new(name).ok()?, token)))
    .collect()
}
