//! The difference between what was asked for and what was seen, said in words: "a comma is missing after `Hello`".
//! Where the two are not alike, only what was seen is told.

#[cfg(test)]
mod tests;
mod words;

use super::tell::{quote, telling_line};
use crate::base::prose;
use words::{Part, Token, nearest_part, tokens};

/// Lines of a text that are looked at.
const LINES: usize = 500;

/// So many lines are shown whole.
const FEW: usize = 3;

/// What `text` lacks to contain `wanted`: "seen: `Hello Go!` – a comma is missing after `Hello`".
#[must_use]
pub fn lacks(wanted: &str, text: &str) -> String {
    if text.trim().is_empty() {
        return "nothing was printed".to_owned();
    }
    let is_one_line = !wanted.trim_end_matches('\n').contains('\n');
    if is_one_line { lacks_line(wanted, text) } else { lacks_lines(wanted, text) }
}

/// What a file's `text` lacks to contain `wanted`; of a file of more than a few lines, unlike of what a program prints,
/// nothing is shown that is not near.
#[must_use]
pub fn lacks_written(wanted: &str, text: &str) -> String {
    let missing = wanted.split('\n').find(|line| !line.trim().is_empty() && !text.contains(*line));
    let line = missing.unwrap_or_else(|| wanted.trim_end_matches('\n'));
    match near_line(if missing.is_some() { line } else { wanted }, text) {
        Some(near) => near,
        None if missing.is_none() => "every line asked for is there, but not one right after the other".to_owned(),
        None if text.lines().filter(|line| !line.trim().is_empty()).count() <= FEW => seen(text),
        None => format!("{} is not there yet", quote(line)),
    }
}

fn lacks_line(wanted: &str, text: &str) -> String {
    near_line(wanted, text).unwrap_or_else(|| seen(text))
}

/// The line that is alike, and how it differs; none where no line is.
fn near_line(wanted: &str, text: &str) -> Option<String> {
    let line = wanted.trim_end_matches('\n');
    let goes_on =
        |seen: &&str| wanted.ends_with('\n') && seen.split_once(line).is_some_and(|(_, rest)| begins_anew(line, rest));
    if let Some(seen) = text.lines().find(goes_on).filter(|_| !line.is_empty()) {
        return Some(format!("seen: {} – {}", quote(seen.trim()), no_line_end(line)));
    }
    let (seen, part) = nearest_line(wanted, text).filter(|(_, part)| part.is_alike)?;
    // The line is right, so it is the line end after it that the text goes without.
    let said = of_part(line, &part).unwrap_or_else(|| "the line end after it is missing".to_owned());
    Some(format!("seen: {} – {said}", quote(seen.trim())))
}

/// Whether `rest`, right behind `line`, is a word or number of its own, and not the end of the line's last one.
fn begins_anew(line: &str, rest: &str) -> bool {
    match (line.chars().next_back(), rest.chars().next()) {
        (Some(a), Some(b)) => {
            b.is_alphanumeric() && (a.is_alphabetic(), a.is_numeric()) != (b.is_alphabetic(), b.is_numeric())
        }
        (None, _) | (_, None) => false,
    }
}

/// "a line end is missing after `2.50`": the place is told by the last word of the line.
fn no_line_end(line: &str) -> String {
    let word = line.split_whitespace().next_back().unwrap_or(line);
    format!("a line end is missing after {}", quote(word))
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
        Some(_) | None if lines.len() <= FEW => format!("seen: {}", prose::list(&quoted, "and")),
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
            if let Some(said) = line_ends_elsewhere(a, b, wanted.get(number).copied()) {
                return format!("seen: {} – {said}", quote_line(b));
            }
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

/// Two lines that became one, or one that became two.
fn line_ends_elsewhere(wanted: &str, seen: &str, next: Option<&str>) -> Option<String> {
    let is_begun =
        |rest: &str| next.is_some_and(|next| !next.is_empty() && (rest.starts_with(next) || next.starts_with(rest)));
    let is_joined = seen.strip_prefix(wanted).is_some_and(|rest| !rest.is_empty() && is_begun(rest));
    (is_joined && !wanted.trim().is_empty()).then(|| no_line_end(wanted))
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
        let missing = named(missing);
        return format!("{missing} {} asked for{place}, not {}", is_or_are(&missing), named(extra));
    }
    let place = match (last_word(&wanted[..head]), first_word(&wanted[wanted.len() - tail..])) {
        (Some(word), _) => format!("after {}", quote(&word)),
        (None, Some(word)) if !part.is_at_start => format!("before {}", quote(&word)),
        (None, _) => "at the start".to_owned(),
    };
    let (what, how) = if missing.is_empty() { (extra, "too much") } else { (missing, "missing") };
    let what = named(what);
    format!("{what} {} {how} {place}", is_or_are(&what))
}

/// "6 spaces are", "a tab and 2 spaces are", "a comma is".
fn is_or_are(what: &str) -> &'static str {
    let is_many =
        !what.starts_with('`') && (what.ends_with("spaces") || what.ends_with("tabs") || what.contains(" and "));
    if is_many { "are" } else { "is" }
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
        None if text.chars().all(|c| matches!(c, ' ' | '\t')) => blanks(tokens),
        None => quote(text.trim()),
    }
}

/// "a tab and 2 spaces": white space as nobody can see it.
fn blanks(tokens: &[Token<'_>]) -> String {
    let name = |token: &Token<'_>| {
        let (one, many) = if token.0.starts_with('\t') { ("a tab", "tabs") } else { ("a space", "spaces") };
        let count = token.0.chars().count();
        if count == 1 { one.to_owned() } else { format!("{count} {many}") }
    };
    prose::list(&tokens.iter().map(name).collect::<Vec<_>>(), "and")
}
