//! The words of a check line or a fence: bare words, `"texts"`, `/regexes/` and `key=value` pairs, each with its place.

use regex::{Regex, RegexBuilder};

use crate::base::nearest::nearest;
use crate::base::obeyed::readable;
use crate::base::prose;

/// A fault inside a line, `at` bytes from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub what: String,
    pub mend: String,
}

impl Fault {
    /// What it quotes of the course can be printed, also what was written there as an escape.
    pub fn new(at: usize, fault: impl Into<String>, mend: impl Into<String>) -> Self {
        let printed = |text: String| readable(&text).into_owned();
        Self { at, what: printed(fault.into()), mend: printed(mend.into()) }
    }

    /// A word that is none of `known`, with the nearest of them as the mend.
    pub fn unknown(at: usize, what: &str, word: &str, known: &[&str]) -> Self {
        let mend = match nearest(word, known.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None => format!("use {}", one_of(known)),
        };
        Self::new(at, format!("the {what} `{word}` is not known"), mend)
    }
}

/// `a`, `b` or `c`, each as code.
pub fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    prose::list(&words, "or")
}

/// One word of a line.
#[derive(Clone, Debug)]
pub struct Word<'a> {
    /// Bytes from the beginning of the line.
    pub at: usize,
    /// As written.
    pub raw: &'a str,
    pub kind: WordKind<'a>,
}

#[derive(Clone, Debug)]
pub enum WordKind<'a> {
    Bare,
    Text(String),
    Regex(Regex),
    Pair { key: &'a str, value: String, value_at: usize },
}

/// Splits a line at its spaces.
pub fn split(line: &str) -> Result<Vec<Word<'_>>, Fault> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(skip) = line[at..].find(|c: char| !c.is_whitespace()) {
        at += skip;
        let word = word(line, at)?;
        at += word.raw.len();
        words.push(word);
    }
    Ok(words)
}

fn word(line: &str, at: usize) -> Result<Word<'_>, Fault> {
    let rest = &line[at..];
    if rest.starts_with('"') {
        let (text, length) = text(rest, at)?;
        let raw = whole(line, at, length, "text")?;
        return Ok(Word { at, raw, kind: WordKind::Text(text) });
    }
    if rest.starts_with('/') {
        let (regex, length) = regex(rest, at)?;
        let raw = whole(line, at, length, "regular expression")?;
        return Ok(Word { at, raw, kind: WordKind::Regex(regex) });
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let key_length = rest[..end].find('=').filter(|length| is_key(&rest[..*length]));
    let Some(key_length) = key_length else {
        return Ok(Word { at, raw: &rest[..end], kind: WordKind::Bare });
    };
    let value_at = at + key_length + 1;
    let value = &line[value_at..];
    let (value, length) = if value.starts_with('"') {
        text(value, value_at)?
    } else {
        (rest[key_length + 1..end].to_owned(), end - key_length - 1)
    };
    let raw = whole(line, at, key_length + 1 + length, "text")?;
    Ok(Word { at, raw, kind: WordKind::Pair { key: &rest[..key_length], value, value_at } })
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

/// The word of `length` bytes at `at`, when a space or the end follows it.
fn whole<'a>(line: &'a str, at: usize, length: usize, what: &str) -> Result<&'a str, Fault> {
    match line[at + length..].chars().next() {
        Some(next) if !next.is_whitespace() => {
            Err(Fault::new(at + length, format!("`{next}` follows the {what} without a space"), "put a space between"))
        }
        Some(_) | None => Ok(&line[at..at + length]),
    }
}

/// The text between the quote that `rest` starts with and its end, and how many bytes that took.
fn text(rest: &str, at: usize) -> Result<(String, usize), Fault> {
    let mut text = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Ok((text, index + 1)),
            '\\' => {
                let escape = chars.next().map(|(_, c)| c);
                match escape {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some(same @ ('"' | '\\')) => text.push(same),
                    Some('x') => {
                        let digits: String = chars.by_ref().take(2).map(|(_, c)| c).collect();
                        text.push(hex(&digits, at + index)?);
                    }
                    Some(_) | None => return Err(bad_escape(escape, at + index)),
                }
            }
            other => text.push(other),
        }
    }
    Err(Fault::new(at, "the text has no end", "close it with `\"`"))
}

fn hex(digits: &str, at: usize) -> Result<char, Fault> {
    let is_hex = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let code = is_hex.then(|| u8::from_str_radix(digits, 16).ok()).flatten();
    code.filter(u8::is_ascii).map(char::from).ok_or_else(|| {
        Fault::new(at, format!("`\\x{digits}` is no character"), "write two digits from `\\x00` to `\\x7f`")
    })
}

fn bad_escape(escape: Option<char>, at: usize) -> Fault {
    let shown = escape.map(String::from).unwrap_or_default();
    let mend = "the escapes are `\\n`, `\\t`, `\\r`, `\\\"`, `\\\\` and `\\x41`; write `\\\\` for a backslash";
    Fault::new(at, format!("the escape `\\{shown}` is not known"), mend)
}

/// The regular expression between the slash that `rest` starts with and the next one, and how many bytes that took.
fn regex(rest: &str, at: usize) -> Result<(Regex, usize), Fault> {
    let mut pattern = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((index, c)) = chars.next() {
        match c {
            '/' => return Ok((compile(&pattern, at)?, index + 1)),
            '\\' => match chars.next() {
                Some((_, '/')) => pattern.push('/'),
                Some((_, other)) => pattern.extend(['\\', other]),
                None => pattern.push('\\'),
            },
            other => pattern.push(other),
        }
    }
    Err(Fault::new(at, "the regular expression has no end", "close it with `/`; a slash inside is written `\\/`"))
}

fn compile(pattern: &str, at: usize) -> Result<Regex, Fault> {
    if pattern.is_empty() {
        return Err(Fault::new(at, "the regular expression is empty", "write what it should match"));
    }
    RegexBuilder::new(pattern).multi_line(true).size_limit(1 << 20).build().map_err(|error| {
        if let regex::Error::CompiledTooBig(_) = error {
            let mend = "write it with fewer or smaller repetitions";
            return Fault::new(at, "the regular expression takes more than a megabyte", mend);
        }
        let text = error.to_string();
        let last = text.lines().last().unwrap_or_default();
        let why = last.strip_prefix("error: ").unwrap_or(last);
        let mend =
            "correct it; the syntax is that of Go's `regexp`, and a `\\` takes away a character's special meaning";
        Fault::new(at, format!("the regular expression is not valid: {why}"), mend)
    })
}
