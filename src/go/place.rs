//! `file:line:column` in what a program printed.

use std::ops::Range;

/// A place in a file as the compiler, the vet or a stack trace names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text it was found in.
    pub range: Range<usize>,
    pub file: String,
    pub line: u32,
    pub column: u32,
}

/// All places in `text`, from left to right.
#[must_use]
pub fn places(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "\"'`()[]<>,".contains(c)) {
        let trimmed = word.trim_end_matches(|c: char| c.is_whitespace() || "\"'`()[]<>,".contains(c));
        found.extend(place(trimmed, start));
        start += word.len();
    }
    found
}

/// `main.go:3:5: message` and `main.go:3`, the file with an extension so that `12:30:01` is none.
fn place(word: &str, start: usize) -> Option<Found> {
    let (file, rest) = file_and_rest(word)?;
    let (line, rest) = number(rest)?;
    let (column, rest) = rest.strip_prefix(':').and_then(number).unwrap_or((1, rest));
    (rest.is_empty() || rest.starts_with(':')).then(|| Found {
        range: start..start + word.len() - rest.len(),
        file: file.strip_prefix("./").unwrap_or(file).to_owned(),
        line,
        column,
    })
}

/// Splits before the line number; a drive letter's colon is part of the file.
fn file_and_rest(word: &str) -> Option<(&str, &str)> {
    word.match_indices(':').map(|(at, _)| (&word[..at], &word[at + 1..])).find(|(file, rest)| {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        extension.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn number(text: &str) -> Option<(u32, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u32 = text[..digits].parse().ok()?;
    (number > 0).then(|| (number, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use super::places;

    fn found(text: &str) -> Vec<(String, u32, u32, String)> {
        let places = places(text).into_iter();
        places.map(|place| (place.file, place.line, place.column, text[place.range].to_owned())).collect()
    }

    #[test]
    fn places_are_found_as_go_prints_them() {
        let one = |file: &str, line, column, text: &str| vec![(file.to_owned(), line, column, text.to_owned())];
        assert_eq!(found("./main.go:5:2: undefined: x"), one("main.go", 5, 2, "./main.go:5:2"));
        assert_eq!(found("\t/home/me/x/main.go:12 +0x1d"), one("/home/me/x/main.go", 12, 1, "/home/me/x/main.go:12"));
        assert_eq!(found("    calc_test.go:9: got 3"), one("calc_test.go", 9, 1, "calc_test.go:9"));
        assert_eq!(found("vet: (cmd/a.go:1:1)"), one("cmd/a.go", 1, 1, "cmd/a.go:1:1"));
        assert_eq!(found("C:\\x\\main.go:3:4: bad"), one("C:\\x\\main.go", 3, 4, "C:\\x\\main.go:3:4"));
        assert_eq!(found("at 12:30:01 localhost:8080 go1.27:x 10.0.0.1:80 a.go:0"), vec![]);
    }
}
