//! A line cut into words, spaces and signs, and the part of it that is nearest to what was asked for. Words are taken
//! whole: nobody reads half a word.

/// A word (letters, digits and `_`), a run of one kind of white space, or one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a>(pub &'a str);

impl Token<'_> {
    pub fn is_word(self) -> bool {
        self.0.starts_with(is_letter)
    }

    pub fn is_space(self) -> bool {
        self.0.starts_with(char::is_whitespace)
    }

    fn letters(self) -> usize {
        self.0.chars().count()
    }

    fn same_but_case(self, other: Self) -> bool {
        self == other || self.0.to_lowercase() == other.0.to_lowercase()
    }
}

/// The nearest part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub tokens: Vec<Token<'a>>,
    /// How far it is from what was asked for: the smaller, the nearer.
    pub distance: isize,
    /// It begins where the line begins.
    pub is_at_start: bool,
    /// Enough of the words asked for are in it that a person sees what was meant.
    pub is_alike: bool,
}

/// Longest lines that are compared, in tokens; longer ones are no lesson's.
const COMPARED: usize = 400;

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The text in pieces that together are the text.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let goes_on = |c: char| if is_letter(first) { is_letter(c) } else { first.is_whitespace() && c == first };
        let first_end = first.len_utf8();
        let more = rest[first_end..].find(|c| !goes_on(c)).unwrap_or(rest.len() - first_end);
        let (token, tail) = rest.split_at(first_end + more);
        found.push(Token(token));
        rest = tail;
    }
    found
}

/// The part of `line` that is nearest to `wanted`; with `to_the_end` the part goes to the line's end.
/// None where either is too long to compare.
pub fn nearest_part<'a>(wanted: &str, line: &'a str, to_the_end: bool) -> Option<Part<'a>> {
    let (wanted, line) = (tokens(wanted), tokens(line));
    if wanted.len() > COMPARED || line.len() > COMPARED {
        return None;
    }
    let mut row: Vec<Cell> = (0..=line.len()).map(|start| Cell { distance: 0, start, found: 0 }).collect();
    for want in &wanted {
        let mut next = vec![Cell { start: 0, ..row[0].more(*want) }];
        for (at, seen) in line.iter().enumerate() {
            next.push(row[at].change(*want, *seen).or(row[at + 1].more(*want)).or(next[at].more(*seen)));
        }
        row = next;
    }
    let first_end = if to_the_end { line.len() } else { 0 };
    // Of equally near parts the longest: a wrong word at the end is shown, and not called missing.
    let ends = row.into_iter().enumerate().skip(first_end).rev();
    let (end, cell) = ends.min_by_key(|(_, cell)| cell.score())?;
    let start = cell.start.min(end);
    let letters = |tokens: &[Token<'_>]| tokens.iter().map(|token| token.letters()).sum::<usize>();
    let words: Vec<Token<'_>> = wanted.iter().copied().filter(|token| token.is_word()).collect();
    let is_alike =
        if words.is_empty() { cell.distance * 2 < letters(&wanted) } else { cell.found * 2 >= letters(&words) };
    let is_at_start = line[..start].iter().all(|token| token.is_space());
    Some(Part { tokens: line[start..end].to_vec(), distance: cell.score(), is_at_start, is_alike })
}

/// How a beginning of what was asked for meets the line up to some token.
#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Letters and signs that would have to change.
    distance: usize,
    /// Where in the line the part begins.
    start: usize,
    /// Letters of the words that were found, or nearly so.
    found: usize,
}

impl Cell {
    fn change(self, want: Token<'_>, seen: Token<'_>) -> Self {
        let (distance, is_found) = if want.same_but_case(seen) {
            (0, true)
        } else if want.is_word() && seen.is_word() {
            let wrong = letters_wrong(want.0, seen.0);
            // A strange word in its place is no worse than no word at all.
            (wrong.min(want.letters()), wrong * 3 <= want.letters())
        } else if want.is_space() == seen.is_space() && want.is_word() == seen.is_word() {
            (1, false)
        } else {
            (want.letters() + seen.letters(), false)
        };
        let found = if want.is_word() && is_found { want.letters() } else { 0 };
        Self { distance: self.distance + distance, found: self.found + found, ..self }
    }

    fn more(self, token: Token<'_>) -> Self {
        Self { distance: self.distance + token.letters(), ..self }
    }

    fn or(self, other: Self) -> Self {
        if other.score() < self.score() { other } else { self }
    }

    /// The smaller, the better: a word found makes up for three times its letters of strangers beside it.
    fn score(self) -> isize {
        self.distance.cast_signed() - 3 * self.found.cast_signed()
    }
}

/// Levenshtein's distance of two words, upper and lower case being the same.
fn letters_wrong(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            next.push((row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1));
        }
        row = next;
    }
    row[b.len()]
}
