//! The check language as types: one [`Condition`] a line, each a fact that is either so or not.

use std::time::Duration;

use regex::Regex;

use super::Problem;
use crate::base::{FilePath, Place};

/// One line of a ` ```check ` block.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Must hold together with all other `now` conditions at one moment, instead of once.
    pub now: bool,
    pub fact: Fact,
    /// Where the line stands.
    pub place: Place,
    /// The line as the author wrote it. Progress hangs on it, with the step's id.
    pub source: String,
}

/// Reads one line of a check; `place` is where the line begins.
///
/// # Errors
/// The first fault of the line, placed at the word that is wrong, with the nearest right word as its mend.
// By value: the callers hold a place of their own making, and most of them are done with it.
#[allow(clippy::needless_pass_by_value)]
pub fn parse(line: &str, place: Place) -> Result<Condition, Problem> {
    super::check::parse(line, &place)
}

/// What a condition says about the scratch directory, the commands run, or the learner's answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// `file PATH exists`: a file or folder.
    FileExists(FilePath),
    /// `file PATH contains "…"` / `matches /…/`.
    FileContains(FilePath, Pattern),
    /// `no file PATH`.
    FileMissing(FilePath),
    /// `binary PATH exists`: `PATH` or `PATH.exe`, an executable of this machine's kind.
    BinaryExists(FilePath),
    /// `binary PATH is static`: needs no shared library.
    BinaryStatic(FilePath),
    /// `binary PATH is for windows` or `… is for linux/arm64`: an executable for another system.
    BinaryFor(FilePath, Target),
    /// `ran "go mod init"` and its endings.
    Ran(Ran),
    /// `build`.
    Builds,
    /// `vet`.
    Vets,
    /// `fmt`.
    Formatted,
    /// `test`, `test race`, `test TestDouble`.
    Tests(Tests),
    /// `tests catch mutants`.
    TestsCatchMutants,
    /// `run …`.
    Runs(Run),
    /// `uses …` (wanted) and `forbids …` (not wanted).
    Uses { feature: Feature, wanted: bool },
    /// `answer "…" or /…/`: the learner types one of these; texts are compared trimmed, ignoring case.
    Answers(Vec<Pattern>),
    /// `http GET :8080/health is 200 prints "ok"`.
    Http(Http),
}

/// A text to find: literally, or by a multi-line regular expression.
#[derive(Clone, Debug)]
pub enum Pattern {
    Text(String),
    Regex(Regex),
}

impl Pattern {
    /// Whether `text` has it somewhere.
    #[must_use]
    pub fn found_in(&self, text: &str) -> bool {
        match self {
            Self::Text(wanted) => text.contains(wanted.as_str()),
            Self::Regex(wanted) => wanted.is_match(text),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Regex(a), Self::Regex(b)) => a.as_str() == b.as_str(),
            (Self::Text(_), Self::Regex(_)) | (Self::Regex(_), Self::Text(_)) => false,
        }
    }
}

/// A system that Go can build for, in GOOS and GOARCH words; no `arch` means any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub os: String,
    pub arch: Option<String>,
}

/// `ran "go build" fails prints "…"`: a command whose words start so has ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// The words the command starts with. A program's leading path and `.exe` do not count: `./hello` is `hello`.
    pub words: Vec<String>,
    pub ends: Ending,
    /// What its output, both streams as the learner saw them, has.
    pub prints: Option<Pattern>,
}

/// How a command that was run is to have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ending {
    /// With exit code 0.
    #[default]
    Works,
    /// `fails`: with another one.
    Fails,
    /// `or fails`: with any, for commands that end differently from one Go to the next.
    Either,
}

/// `test`, with its options.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Tests {
    pub race: bool,
    /// Only the hidden tests of this name.
    pub only: Option<String>,
}

/// `run` with how to run it and what is expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub how: RunHow,
    /// `exits N`; 0 where the line does not say.
    pub exits: i32,
    pub prints: Option<Prints>,
}

/// How the program is run. Conditions with the same `RunHow` share one run.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RunHow {
    /// `in=DIR`: the package's folder; the scratch directory itself where the line does not say.
    pub dir: Option<FilePath>,
    pub args: Vec<String>,
    pub stdin: Option<String>,
    /// `timeout=5s`; the prober's default where the line does not say.
    pub timeout: Option<Duration>,
    pub race: bool,
}

/// What a program prints on standard output and standard error together.
#[derive(Clone, Debug, PartialEq)]
pub enum Prints {
    Contains(Pattern),
    Exactly(String),
}

/// A fact about the learner's source, told by its syntax tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Feature {
    /// `func NAME`: a function or method of that name is declared.
    Func(String),
    /// `type NAME`.
    Type(String),
    /// `call fmt.Println` or `call len`.
    Call(String),
    /// `import "os"`.
    Import(String),
    /// `package NAME`.
    Package(String),
    /// A keyword or construct by its word: one of [`CONSTRUCTS`].
    Construct(&'static str),
}

/// The words `uses` knows besides `func NAME`, `type NAME`, `call NAME`, `import "PATH"` and `package NAME`.
pub const CONSTRUCTS: &[&str] = &[
    "range",
    "for",
    "for-cond",
    "if",
    "if-init",
    "else",
    "switch",
    "type-switch",
    "select",
    "go",
    "defer",
    "return",
    "break",
    "continue",
    "goto",
    "label",
    "fallthrough",
    "var",
    "const",
    "iota",
    "short-var",
    "assign",
    "struct",
    "interface",
    "map",
    "slice",
    "array",
    "chan",
    "pointer",
    "closure",
    "method",
    "generic",
    "variadic",
    "append",
    "make",
    "new",
];

/// A request to the program that `run` keeps up meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    pub method: String,
    pub port: u16,
    /// With its leading `/`.
    pub path: String,
    pub status: u16,
    pub prints: Option<Pattern>,
}
