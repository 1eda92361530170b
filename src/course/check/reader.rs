//! Takes the words of a check line one after the other, and says what is wrong with the one that does not fit.

use crate::base::FilePath;
use crate::course::condition::Pattern;
use crate::course::words::{Fault, Word, WordKind, one_of};

/// The words that are left.
pub struct Reader<'a> {
    line: &'a str,
    words: std::vec::IntoIter<Word<'a>>,
}

impl<'a> Reader<'a> {
    pub fn new(line: &'a str, words: Vec<Word<'a>>) -> Self {
        Self { line, words: words.into_iter() }
    }

    pub fn peek(&self) -> Option<&Word<'a>> {
        self.words.as_slice().first()
    }

    pub fn next(&mut self) -> Option<Word<'a>> {
        self.words.next()
    }

    /// Takes the next word when it is the bare `word`.
    pub fn accept(&mut self, word: &str) -> bool {
        let is_next = self.peek().is_some_and(|next| matches!(next.kind, WordKind::Bare) && next.raw == word);
        if is_next {
            self.words.next();
        }
        is_next
    }

    /// Where the next word begins, or the line ends.
    pub fn at(&self) -> usize {
        self.peek().map_or(self.line.trim_end().len(), |word| word.at)
    }

    /// The next word, which must be one of `known`; `what` names its kind: "check word".
    pub fn one_of(&mut self, what: &str, known: &[&'static str]) -> Result<&'static str, Fault> {
        let at = self.at();
        let Some(word) = self.words.next() else {
            return Err(Fault::new(at, "the line ends too early", format!("go on with {}", one_of(known))));
        };
        let found = known.iter().find(|known| **known == word.raw);
        found.copied().ok_or_else(|| Fault::unknown(word.at, what, word.raw, known))
    }

    /// The next word as it is written, whatever it is; `example` shows what would be right.
    pub fn bare(&mut self, what: &str, example: &str) -> Result<(usize, &'a str), Fault> {
        let at = self.at();
        match self.words.next() {
            Some(Word { at, raw, kind: WordKind::Bare | WordKind::Pair { .. } }) => Ok((at, raw)),
            Some(_) | None => Err(missing(at, what, example)),
        }
    }

    pub fn path(&mut self) -> Result<FilePath, Fault> {
        let (at, raw) = match self.peek() {
            // A path that begins with a slash is read as a regular expression; it is told as the path it was meant to be.
            Some(word) if matches!(word.kind, WordKind::Regex(_)) => (word.at, word.raw),
            Some(_) | None => self.bare("path", "go.mod")?,
        };
        path(at, raw)
    }

    /// A text in quotes.
    pub fn text(&mut self, example: &str) -> Result<(usize, String), Fault> {
        let at = self.at();
        match self.words.next() {
            Some(Word { at, kind: WordKind::Text(text), .. }) => Ok((at, text)),
            Some(_) | None => Err(missing(at, "text in double quotes", example)),
        }
    }

    /// A text in quotes or a regular expression between slashes.
    pub fn pattern(&mut self) -> Result<Pattern, Fault> {
        let at = self.at();
        match self.words.next().map(|word| word.kind) {
            Some(WordKind::Text(text)) if text.is_empty() => {
                Err(Fault::new(at, "an empty text is found everywhere", "write the text that is wanted"))
            }
            Some(WordKind::Text(text)) => Ok(Pattern::Text(text)),
            Some(WordKind::Regex(regex)) => Ok(Pattern::Regex(regex)),
            Some(WordKind::Bare | WordKind::Pair { .. }) | None => Err(missing(
                at,
                "text in double quotes, or a regular expression between slashes",
                "\"Hello\"` or `/Hel+o/",
            )),
        }
    }

    /// Nothing may be left.
    pub fn end(&mut self) -> Result<(), Fault> {
        match self.words.next() {
            None => Ok(()),
            Some(word) => Err(Fault::new(
                word.at,
                format!("`{}` is more than this line takes", word.raw),
                "take it away, or write it as a line of its own",
            )),
        }
    }
}

pub fn path(at: usize, raw: &str) -> Result<FilePath, Fault> {
    FilePath::parse(raw)
        .map_err(|error| Fault::new(at, format!("`{raw}` is no path that can be used here"), error.to_string()))
}

fn missing(at: usize, what: &str, example: &str) -> Fault {
    Fault::new(at, format!("here a {what} is missing"), format!("write, for example, `{example}`"))
}
