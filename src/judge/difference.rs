//! The difference between what was asked for and what was seen, said in words: "a comma is missing after `Hello`".
//! Where the two are not alike, only what was seen is told.

mod words;

use super::tell::{quote, telling_line};
use crate::base::prose;
use words::{Part, Token, nearest_part, tokens};

/// Lines of a text that are looked at.
const LINES: usize = 500;

/// What `text` lacks to contain `wanted`: "seen: `Hello Go!` – a comma is missing after `Hello`".
#[must_use]
pub fn lacks(wanted: &str, text: &str) -> String {
    if text.trim().is_empty() {
        return "nothing was printed".to_owned();
    }
    let is_one_line = !wanted.trim_end_matches('\n').contains('\n');
    if is_one_line { lacks_line(wanted, text) } else { lacks_lines(wanted, text) }
}

fn lacks_line(wanted: &str, text: &str) -> String {
    let line = wanted.trim_end_matches('\n');
    match nearest_line(wanted, text) {
        Some((seen, part)) if part.is_alike => {
            // The line is right, so it is the line end after it that the text goes without.
            let said = of_part(line, &part).unwrap_or_else(|| "the line end after it is missing".to_owned());
            format!("seen: {} – {said}", quote(seen.trim()))
        }
        Some(_) | None => seen(text),
    }
}

/// The line of `text` that is nearest to `wanted`, and the part of it.
fn nearest_line<'a>(wanted: &str, text: &'a str) -> Option<(&'a str, Part<'a>)> {
    let (line, to_the_end) = (wanted.trim_end_matches('\n'), wanted.ends_with('\n'));
    text.lines()
        .filter(|seen| !seen.trim().is_empty())
        .take(LINES)
        .filter_map(|seen| nearest_part(line, seen, to_the_end).map(|part| (seen, part)))
        .min_by_key(|(_, part)| (!part.is_alike, part.distance))
}

/// The first line asked for that the text does not have. A line that is right as it stands is no misspelling of another.
fn lacks_lines(wanted: &str, text: &str) -> String {
    let lines: Vec<&str> = wanted.split('\n').filter(|line| !line.trim().is_empty()).collect();
    let others: String =
        text.lines().filter(|seen| !lines.contains(&seen.trim_end())).flat_map(|line| [line, "\n"]).collect();
    match lines.iter().find(|line| !text.contains(**line)) {
        Some(line) => match nearest_line(line, &others) {
            Some((_, part)) if part.is_alike => lacks_line(line, &others),
            Some(_) | None => format!("{}; the line {} is missing", seen(text), quote(line)),
        },
        None => format!("{}; every line asked for is there, but not one right after the other", seen(text)),
    }
}

/// What was seen, and no guess about it: a message that says why, else the first lines.
fn seen(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let quoted: Vec<String> = lines.iter().map(|line| quote(line)).collect();
    match telling_line(text) {
        Some(telling) if lines.first().is_some_and(|first| first.trim() != telling) => {
            format!("seen: {}", quote(telling))
        }
        Some(_) | None if lines.len() <= 3 => format!("seen: {}", prose::list(&quoted, "and")),
        Some(_) | None => {
            let more = prose::count(lines.len() - 1, "more line", "more lines");
            format!("seen: {} and {more}", quoted.first().map_or("", String::as_str))
        }
    }
}

/// How `seen` differs from `wanted`, where nothing else may be: line by line, white space at the end told apart.
#[must_use]
pub fn exactly(wanted: &str, seen: &str) -> String {
    if seen.is_empty() {
        return "nothing was printed".to_owned();
    }
    if wanted.is_empty() {
        return format!("seen: {} – nothing is to be printed here", quote(seen));
    }
    if wanted.trim_end_matches('\n') == seen.trim_end_matches('\n') {
        let (wants, has) = (line_ends(wanted), line_ends(seen));
        let said = match (wants, has) {
            (_, 0) => "the line end at the very end is missing",
            (0, _) => "the line end at the very end is too much",
            (wants, has) if has < wants => "an empty line at the very end is missing",
            (_, _) => "there is an empty line too much at the very end",
        };
        return format!("seen: {} – {said}", quote(seen));
    }
    of_lines(wanted, seen)
}

fn line_ends(text: &str) -> usize {
    text.len() - text.trim_end_matches('\n').len()
}

/// The first line that differs, or the line that is missing or too much.
fn of_lines(wanted: &str, seen: &str) -> String {
    let wanted: Vec<&str> = wanted.trim_end_matches('\n').split('\n').collect();
    let seen: Vec<&str> = seen.trim_end_matches('\n').split('\n').collect();
    let same = wanted.iter().zip(&seen).take_while(|(a, b)| a == b).count();
    let number = same + 1;
    match (wanted.get(same), seen.get(same)) {
        (Some(line), None) => format!("line {number} is missing: {}", quote_line(line)),
        (None, Some(line)) => format!("line {number} is an extra line: {}", quote_line(line)),
        (Some(_), Some(line)) if wanted[same..] == seen[number..] => {
            format!("line {number} is an extra line: {}", quote_line(line))
        }
        (Some(line), Some(_)) if wanted[number..] == seen[same..] => {
            format!("line {number} is missing: {}", quote_line(line))
        }
        (Some(a), Some(b)) => {
            let place = if wanted.len() == 1 && seen.len() == 1 { String::new() } else { format!("line {number}: ") };
            let is_alike = nearest_part(a, b, true).is_some_and(|part| part.is_alike) || a.trim() == b.trim();
            let whole = Part { tokens: tokens(b), distance: 0, is_at_start: true, is_alike };
            let said = of_part(a, &whole).filter(|_| is_alike);
            let said = said.unwrap_or_else(|| format!("{} is asked for", quote_line(a)));
            format!("seen: {place}{} – {said}", quote_line(b))
        }
        (None, None) => "seen: the same text with other line ends".to_owned(),
    }
}

/// A whole line, also one with nothing on it.
fn quote_line(line: &str) -> String {
    match line {
        "" => "an empty line".to_owned(),
        line if line.trim().is_empty() => "a line of nothing but spaces".to_owned(),
        line => quote(line),
    }
}

/// One line against a part of another in words; `None` when they are the same.
fn of_part(wanted: &str, seen: &Part<'_>) -> Option<String> {
    let seen_text = text_of(&seen.tokens);
    if wanted == seen_text {
        return None;
    }
    if wanted.trim_end_matches('\r') == seen_text.trim_end_matches('\r') {
        return Some("only the line end differs".to_owned());
    }
    if wanted.to_lowercase() == seen_text.to_lowercase() {
        let (a, b) = differing_words(wanted, &seen_text);
        return Some(format!("only upper and lower case differ: {} is asked for, not {}", quote(&a), quote(&b)));
    }
    Some(of_words(&tokens(wanted), seen))
}

fn text_of(tokens: &[Token<'_>]) -> String {
    tokens.iter().map(|token| token.0).collect()
}

/// The first pair of words that are not the same.
fn differing_words(wanted: &str, seen: &str) -> (String, String) {
    let pair = wanted.split_whitespace().zip(seen.split_whitespace()).find(|(a, b)| a != b);
    pair.map_or_else(|| (wanted.to_owned(), seen.to_owned()), |(a, b)| (a.to_owned(), b.to_owned()))
}

/// What stands between the common beginning and the common end of the two.
fn of_words(wanted: &[Token<'_>], part: &Part<'_>) -> String {
    let seen = part.tokens.as_slice();
    let head = wanted.iter().zip(seen).take_while(|(a, b)| a == b).count();
    let tail = wanted[head..].iter().rev().zip(seen[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (missing, extra) = (&wanted[head..wanted.len() - tail], &seen[head..seen.len() - tail]);
    let is_space = |tokens: &[Token<'_>]| tokens.iter().all(|token| token.is_space());
    if !missing.is_empty() && !extra.is_empty() {
        if without_space(wanted) == without_space(seen) && !(is_space(missing) && is_space(extra)) {
            return "only the white space differs".to_owned();
        }
        let place = last_word(&wanted[..head]).map_or_else(String::new, |word| format!(" after {}", quote(&word)));
        return format!("{} is asked for{place}, not {}", named(missing), named(extra));
    }
    let place = match (last_word(&wanted[..head]), first_word(&wanted[wanted.len() - tail..])) {
        (Some(word), _) => format!("after {}", quote(&word)),
        (None, Some(word)) if !part.is_at_start => format!("before {}", quote(&word)),
        (None, _) => "at the start".to_owned(),
    };
    if missing.is_empty() {
        format!("{} is too much {place}", named(extra))
    } else {
        format!("{} is missing {place}", named(missing))
    }
}

/// The last word before a place, up to the white space around it, for people to find the place.
fn last_word(before: &[Token<'_>]) -> Option<String> {
    text_of(before).split_whitespace().next_back().map(str::to_owned)
}

fn first_word(behind: &[Token<'_>]) -> Option<String> {
    text_of(behind).split_whitespace().next().map(str::to_owned)
}

fn without_space<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    tokens.iter().copied().filter(|token| !token.is_space()).collect()
}

/// Signs by their names where they have one, else in code marks.
fn named(tokens: &[Token<'_>]) -> String {
    let name = |sign: &str| match sign {
        "," => Some("a comma"),
        "." => Some("a full stop"),
        "!" => Some("an exclamation mark"),
        "?" => Some("a question mark"),
        ":" => Some("a colon"),
        ";" => Some("a semicolon"),
        "-" => Some("a hyphen"),
        "'" => Some("an apostrophe"),
        "\"" => Some("a quotation mark"),
        " " => Some("a space"),
        "\t" => Some("a tab"),
        "\r" => Some("a carriage return"),
        _ => None,
    };
    let text = text_of(tokens);
    match name(&text) {
        Some(name) => name.to_owned(),
        None if text.chars().all(|c| c == ' ') => format!("{} spaces", text.chars().count()),
        None => quote(text.trim()),
    }
}

#[cfg(test)]
mod tests {
    use super::{exactly, lacks};

    #[test]
    fn what_is_missing_is_named() {
        for (wanted, seen, said) in [
            ("Hello, Go!", "Hello Go!\n", "seen: `Hello Go!` – a comma is missing after `Hello`"),
            ("Hello, Go!", "Hello, Go\n", "seen: `Hello, Go` – an exclamation mark is missing after `Go`"),
            ("Hello, Go!", "Hello,Go!\n", "seen: `Hello,Go!` – a space is missing after `Hello,`"),
            ("Hello, Go!", "Hello,, Go!\n", "seen: `Hello,, Go!` – a comma is too much after `Hello,`"),
            (
                "Hello, Go!",
                "hello, Go!\n",
                "seen: `hello, Go!` – only upper and lower case differ: `Hello,` is asked for, not `hello,`",
            ),
            ("Hello, Go!", "Helo, Go!\n", "seen: `Helo, Go!` – `Hello` is asked for, not `Helo`"),
            ("Hello, Go!", "Hello, Gi!\n", "seen: `Hello, Gi!` – `Go` is asked for after `Hello,`, not `Gi`"),
            ("Hello, Go!", "Start\n> Hello Go!\n", "seen: `> Hello Go!` – a comma is missing after `Hello`"),
            (
                "waiting: 100000",
                "waiting: 67530\n",
                "seen: `waiting: 67530` – `100000` is asked for after `waiting:`, not `67530`",
            ),
            ("Hello, Go!", "42\n", "seen: `42`"),
            ("Hello, Go!", "", "nothing was printed"),
            ("1\n2\n", "1\n3\n", "seen: `1` and `3`; the line `2` is missing"),
            ("15 popcorn\n12 popcorn", "15 popcorn\n", "seen: `15 popcorn`; the line `12 popcorn` is missing"),
            ("15 popcorn\n12 popcorn", "15 popcorn\n13 popcorn\n", "seen: `13 popcorn` – `12` is asked for, not `13`"),
            (
                "1\n2\n",
                "1\n0\n2\n",
                "seen: `1`, `0` and `2`; every line asked for is there, but not one right after the other",
            ),
            (
                "func main() {\n}\n",
                "func mian() {\n}\n",
                "seen: `func mian() {` – `main` is asked for after `func`, not `mian`",
            ),
            (
                "undefined: greet",
                "go: go.mod file not found in current directory\n",
                "seen: `go: go.mod file not found in current directory`",
            ),
            ("Hello", "one\ntwo\nthree\nfour\n", "seen: `one` and 3 more lines"),
            (
                "module example.com/x\n",
                "// module\nmodule\texample.com/x\n",
                "seen: `module    example.com/x` – a space is asked for after `module`, not a tab",
            ),
            (
                "example.com/x",
                "module https://example.org/x\n",
                "seen: `module https://example.org/x` – `com` is asked for after `example.`, not `org`",
            ),
            ("7\n", "7", "seen: `7` – the line end after it is missing"),
        ] {
            assert_eq!(lacks(wanted, seen), said, "{wanted:?} {seen:?}");
        }
    }

    #[test]
    fn an_exact_text_is_compared_line_by_line() {
        for (wanted, seen, said) in [
            ("7\n", "7", "seen: `7` – the line end at the very end is missing"),
            ("7", "7\n", "seen: `7` – the line end at the very end is too much"),
            ("7\n", "7\n\n", "seen: `7` – there is an empty line too much at the very end"),
            ("7\n", "7\n8\n", "line 2 is an extra line: `8`"),
            ("7\n", "start\n7\n", "line 1 is an extra line: `start`"),
            ("7\n8\n", "7\n", "line 2 is missing: `8`"),
            ("7\n", "8\n", "seen: `8` – `7` is asked for"),
            ("a b\n", "a  b\n", "seen: `a  b` – a space is asked for after `a`, not 2 spaces"),
            ("a\tb\n", "a b\n", "seen: `a b` – a tab is asked for after `a`, not a space"),
            ("7\n8\n", "\n8\n", "seen: line 1: an empty line – `7` is asked for"),
            ("7\n\n8\n", "7\n8\n", "line 2 is missing: an empty line"),
            ("7\n", "7\r\n", "seen: `7` – only the line end differs"),
            ("", "7\n", "seen: `7` – nothing is to be printed here"),
            ("7\n", "", "nothing was printed"),
        ] {
            assert_eq!(exactly(wanted, seen), said, "{wanted:?} {seen:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_kindly() {
        let seen = "x".repeat(500);
        assert_eq!(lacks("Hello", &seen), format!("seen: `{}…`", "x".repeat(119)));
    }
}
