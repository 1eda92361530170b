//! What may be typed at the prompt: a shell command, or a word of the tutor's beginning with `:`.

use crate::base::nearest;

/// A line at the prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Empty,
    Shell(String),
    Tutor(Word),
    /// A sentence about a `:` line that means nothing.
    Wrong(String),
}

/// What the tutor is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Next,
    Back,
    Read,
    Check,
    Hint,
    Solution,
    /// None: several lines follow.
    Answer(Option<String>),
    /// Numbers from 1.
    Pick(Vec<usize>),
    /// Numbers from 1.
    Order(Vec<usize>),
    Type(String),
    Edit(String),
    Chapter,
    Contents,
    Search(String),
    Goto(String),
    Review,
    Reset,
    Undo,
    Help,
    Quit,
}

/// Name, what follows it, and what it does: for reading, for help and for the nearest word alike.
const WORDS: [(&str, &str, &str); 20] = [
    ("next", "", "go on to the next step"),
    ("back", "", "go back to the step before"),
    ("read", "", "print this step again"),
    ("check", "", "look at what is done, and say what was seen"),
    ("hint", "", "get a hint"),
    ("solution", "", "show the solution"),
    ("answer", "TEXT", "answer a question; without TEXT, several lines up to one with a single ."),
    ("pick", "NUMBERS", "pick options of a question, as in :pick 2"),
    ("order", "NUMBERS", "put lines in order, as in :order 3 1 2"),
    ("type", "FILE", "write a file, line by line, up to one with a single ."),
    ("edit", "FILE", "open a file in the editor that EDITOR names"),
    ("chapter", "", "print the page of this chapter: what it is about"),
    ("contents", "", "list the lessons"),
    ("search", "WORDS", "find words in the course's text, as in :search go build"),
    ("goto", "LESSON", "open a lesson, as in :goto 1.3"),
    ("review", "", "answer questions from earlier lessons again, those that are due"),
    ("reset", "", "start this step over: its files as at its start; yours are set aside"),
    ("undo", "", "bring back what :reset has set aside"),
    ("help", "", "print this list"),
    ("quit", "", "leave; everything is saved"),
];

/// Reads a line.
#[must_use]
pub fn read(line: &str) -> Line {
    let line = line.trim();
    let Some(tutor) = line.strip_prefix(':') else {
        return if line.is_empty() { Line::Empty } else { Line::Shell(line.to_owned()) };
    };
    let (name, rest) = tutor.split_once(char::is_whitespace).unwrap_or((tutor, ""));
    let rest = rest.trim();
    match word(name, rest) {
        Some(Ok(word)) => Line::Tutor(word),
        Some(Err(sentence)) => Line::Wrong(sentence),
        None => Line::Wrong(match nearest::nearest(name, WORDS.iter().map(|(name, ..)| *name)) {
            Some(near) => format!("There is no `:{name}`; did you mean `:{near}`?"),
            None => format!("There is no `:{name}`; `:help` lists what there is."),
        }),
    }
}

/// The list for `:help`.
#[must_use]
pub fn help() -> String {
    let mut text =
        "A line is a command for the shell, as in go run . Lines that begin with : are for the tutor:\n".to_owned();
    for (name, follows, does) in WORDS {
        let gap = if follows.is_empty() { "" } else { " " };
        text.extend(["  :", name, gap, follows, " - ", does, "\n"]);
    }
    text
}

fn word(name: &str, rest: &str) -> Option<Result<Word, String>> {
    let text = |make: fn(String) -> Word, example: &str| {
        if rest.is_empty() {
            Err(format!("`:{name}` needs a name after it, as in `:{name} {example}`."))
        } else {
            Ok(make(rest.to_owned()))
        }
    };
    let numbers = |make: fn(Vec<usize>) -> Word, example: &str| match numbers(rest) {
        Some(numbers) => Ok(make(numbers)),
        None => Err(format!("`:{name}` needs numbers after it, as in `:{name} {example}`.")),
    };
    Some(match name {
        "next" => Ok(Word::Next),
        "back" => Ok(Word::Back),
        "read" => Ok(Word::Read),
        "check" => Ok(Word::Check),
        "hint" => Ok(Word::Hint),
        "solution" => Ok(Word::Solution),
        "answer" => Ok(Word::Answer((!rest.is_empty()).then(|| rest.to_owned()))),
        "pick" => numbers(Word::Pick, "2"),
        "order" => numbers(Word::Order, "3 1 2"),
        "type" => text(Word::Type, "main.go"),
        "edit" => text(Word::Edit, "main.go"),
        "chapter" => Ok(Word::Chapter),
        "contents" => Ok(Word::Contents),
        "search" => text(Word::Search, "go build"),
        "goto" => text(Word::Goto, "1.3"),
        "review" => Ok(Word::Review),
        "reset" => Ok(Word::Reset),
        "undo" => Ok(Word::Undo),
        "help" => Ok(Word::Help),
        "quit" => Ok(Word::Quit),
        _ => return None,
    })
}

/// Numbers from 1, with spaces or commas between them.
fn numbers(text: &str) -> Option<Vec<usize>> {
    let words = text.split([' ', ',', '\t']).filter(|word| !word.is_empty());
    let numbers: Option<Vec<usize>> = words.map(|word| word.parse().ok().filter(|&number| number > 0)).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Line, WORDS, Word, read};

    #[test]
    fn commands_and_words_are_told_apart() {
        assert_eq!(read("  go run . "), Line::Shell("go run .".to_owned()));
        assert_eq!(read("   "), Line::Empty);
        assert_eq!(read(":pick 1, 3"), Line::Tutor(Word::Pick(vec![1, 3])));
        assert_eq!(read(":answer package main"), Line::Tutor(Word::Answer(Some("package main".to_owned()))));
        let wrong = |line: &str| match read(line) {
            Line::Wrong(sentence) => sentence,
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(":nxt"), "There is no `:nxt`; did you mean `:next`?");
        assert_eq!(wrong(":frobnicate"), "There is no `:frobnicate`; `:help` lists what there is.");
        assert_eq!(wrong(":pick zero"), "`:pick` needs numbers after it, as in `:pick 2`.");
        assert_eq!(wrong(":type"), "`:type` needs a name after it, as in `:type main.go`.");
    }

    #[test]
    fn every_listed_word_is_known() {
        for (name, ..) in WORDS {
            assert!(matches!(read(&format!(":{name} 1")), Line::Tutor(_)), "{name}");
        }
    }
}
