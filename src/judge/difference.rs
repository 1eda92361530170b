//! The difference between what was asked for and what was seen, said in words: "a comma is missing after `Hello`".

use super::tell::quote;

/// Longest texts (in characters) that are compared letter by letter; longer ones are only shown.
const COMPARED: usize = 400;

/// What `text` lacks to contain `wanted`: "seen: `Hello Go!` – a comma is missing after `Hello`".
#[must_use]
pub fn lacks(wanted: &str, text: &str) -> String {
    if text.trim().is_empty() {
        return "nothing was printed".to_owned();
    }
    if wanted.trim_end().contains('\n') {
        return of_lines(wanted, text);
    }
    let nearest = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(200)
        .filter_map(|line| nearest_part(wanted, line).map(|(distance, part)| (distance, line, part)))
        .min_by_key(|(distance, _, _)| *distance);
    match nearest {
        Some((distance, line, part)) if distance * 2 <= wanted.chars().count() => {
            // The line is right, so it is the line end after it that the text goes without.
            let said = of_line(wanted.trim_end_matches('\n'), &part)
                .unwrap_or_else(|| "the line end after it is missing".to_owned());
            format!("seen: {} – {said}", quote(line))
        }
        Some(_) | None => format!("seen: {}", quote(text.trim_start_matches('\n'))),
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
        (Some(line), None) => format!("line {number} is missing: {}", quote(line)),
        (None, Some(line)) => format!("line {number} is an extra line: {}", quote(line)),
        (Some(_), Some(line)) if wanted[same..] == seen[number..] => {
            format!("line {number} is an extra line: {}", quote(line))
        }
        (Some(line), Some(_)) if wanted[number..] == seen[same..] => {
            format!("line {number} is missing: {}", quote(line))
        }
        (Some(a), Some(b)) => {
            let place = if wanted.len() == 1 && seen.len() == 1 { String::new() } else { format!("line {number}: ") };
            let said = of_line(a, b).unwrap_or_else(|| format!("{} is asked for", quote(a)));
            format!("seen: {place}{} – {said}", quote(b))
        }
        (None, None) => "seen: the same text with other line ends".to_owned(),
    }
}

/// One line against another in words; `None` when they are the same.
#[must_use]
pub fn of_line(wanted: &str, seen: &str) -> Option<String> {
    if wanted == seen {
        return None;
    }
    if wanted.trim_end_matches(['\r', '\n']) == seen.trim_end_matches(['\r', '\n']) {
        return Some("only the line end differs".to_owned());
    }
    if wanted.to_lowercase() == seen.to_lowercase() {
        let (a, b) = differing_words(wanted, seen);
        return Some(format!("only upper and lower case differ: {} is asked for, not {}", quote(&a), quote(&b)));
    }
    Some(of_characters(wanted, seen))
}

/// The first pair of words that are not the same.
fn differing_words(wanted: &str, seen: &str) -> (String, String) {
    let pair = wanted.split_whitespace().zip(seen.split_whitespace()).find(|(a, b)| a != b);
    pair.map_or_else(|| (wanted.to_owned(), seen.to_owned()), |(a, b)| (a.to_owned(), b.to_owned()))
}

/// What stands between the common beginning and the common end of the two.
fn of_characters(wanted: &str, seen: &str) -> String {
    let (a, b): (Vec<char>, Vec<char>) = (wanted.chars().collect(), seen.chars().collect());
    let (head, tail) = common_ends(&a, &b);
    let (missing, extra) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let place = after(&a[..head]);
    match (missing, extra) {
        ([], extra) => format!("{} is too much {place}", named(extra)),
        (missing, []) => format!("{} is missing {place}", named(missing)),
        (missing, extra) if without_space(&a) == without_space(&b) => {
            if missing.iter().all(|c| c.is_whitespace()) && extra.iter().all(|c| c.is_whitespace()) {
                format!("{} is asked for {place}, not {}", named(missing), named(extra))
            } else {
                "only the white space differs".to_owned()
            }
        }
        (missing, extra) if missing.len().max(extra.len()) <= 20 => {
            format!("{} is asked for {place}, not {}", named(missing), named(extra))
        }
        (_, _) => format!("{} is asked for", quote(wanted)),
    }
}

/// How many characters are the same at the beginning and at the end. Where both have something between, a word or a
/// number that differs is taken whole: `100000` and not `67530`, though both end with 0.
fn common_ends(a: &[char], b: &[char]) -> (usize, usize) {
    let mut head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let mut tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let between = |text: &[char]| text[head..text.len() - tail].iter().any(|c| !c.is_whitespace());
    if head + tail < a.len().min(b.len()) && (between(a) || between(b)) {
        while head > 0 && a[head - 1].is_alphanumeric() {
            head -= 1;
        }
        while tail > 0 && a[a.len() - tail].is_alphanumeric() {
            tail -= 1;
        }
    }
    (head, tail)
}

fn without_space(text: &[char]) -> Vec<char> {
    text.iter().copied().filter(|c| !c.is_whitespace()).collect()
}

/// "after `Hello`": the word before the difference, for people to find the place; or "at the start".
fn after(before: &[char]) -> String {
    let text: String = before.iter().collect();
    let word = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    if word.is_empty() { "at the start".to_owned() } else { format!("after {}", quote(word)) }
}

/// Characters by their names where they have one, else in code marks.
fn named(characters: &[char]) -> String {
    let name = |c: char| match c {
        ',' => Some("a comma"),
        '.' => Some("a full stop"),
        '!' => Some("an exclamation mark"),
        '?' => Some("a question mark"),
        ':' => Some("a colon"),
        ';' => Some("a semicolon"),
        '-' => Some("a hyphen"),
        '\'' => Some("an apostrophe"),
        '"' => Some("a quotation mark"),
        ' ' => Some("a space"),
        '\t' => Some("a tab"),
        '\r' => Some("a carriage return"),
        '\n' => Some("a line end"),
        _ => None,
    };
    match characters {
        [one] => name(*one).map_or_else(|| format!("`{one}`"), str::to_owned),
        [first, rest @ ..] if *first == ' ' && rest.iter().all(|c| c == first) => {
            format!("{} spaces", characters.len())
        }
        many => quote(&many.iter().collect::<String>()),
    }
}

/// The part of `line` that is nearest to `wanted`, with the number of letters that are wrong in it;
/// `None` when either is too long to compare.
fn nearest_part(wanted: &str, line: &str) -> Option<(usize, String)> {
    let a: Vec<char> = wanted.trim_end_matches('\n').chars().collect();
    let b: Vec<char> = line.chars().collect();
    if a.len() > COMPARED || b.len() > COMPARED {
        return None;
    }
    // Each cell: (letters wrong so far, where in the line the part began). The part may begin and end anywhere.
    let mut row: Vec<(usize, usize)> = (0..=b.len()).map(|j| (0, j)).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![(i + 1, 0)];
        for (j, y) in b.iter().enumerate() {
            let change = (row[j].0 + usize::from(!same_letter(*x, *y)), row[j].1);
            let drop = (row[j + 1].0 + 1, row[j + 1].1);
            let add = (next[j].0 + 1, next[j].1);
            next.push([change, drop, add].into_iter().min_by_key(|cell| cell.0).unwrap_or(change));
        }
        row = next;
    }
    // Of equally near parts the one that goes on longest reads best; a line of nearly this length is taken whole.
    let (end, (distance, start)) = row.into_iter().enumerate().min_by_key(|(_, (distance, _))| *distance)?;
    if b.len() <= a.len() + 3 && start == 0 {
        return Some((distance + b.len().saturating_sub(end), line.to_owned()));
    }
    Some((distance, b[start..end].iter().collect()))
}

/// Case does not count towards the distance, so that a line wrong only in case is found and told as such.
fn same_letter(a: char, b: char) -> bool {
    a == b || a.to_lowercase().eq(b.to_lowercase())
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
            ("Hello, Go!", "Helo, Go!\n", "seen: `Helo, Go!` – `l` is missing after `Hel`"),
            ("Hello, Go!", "Hello, Gi!\n", "seen: `Hello, Gi!` – `Go` is asked for after `Hello,`, not `Gi`"),
            ("Hello, Go!", "Start\n> Hello Go!\n", "seen: `> Hello Go!` – a comma is missing after `Hello`"),
            (
                "waiting: 100000",
                "waiting: 67530\n",
                "seen: `waiting: 67530` – `100000` is asked for after `waiting:`, not `67530`",
            ),
            ("Hello, Go!", "42\n", "seen: `42`"),
            ("Hello, Go!", "", "nothing was printed"),
            ("1\n2\n", "1\n3\n", "seen: line 2: `3` – `2` is asked for at the start, not `3`"),
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
            ("7\n", "8\n", "seen: `8` – `7` is asked for at the start, not `8`"),
            ("a b\n", "a  b\n", "seen: `a  b` – a space is too much after `a`"),
            ("a\tb\n", "a b\n", "seen: `a b` – a tab is asked for after `a`, not a space"),
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
        assert_eq!(lacks("Hello", &seen), format!("seen: `{}…`", "x".repeat(71)));
    }
}
