//! What was seen: the commands the learner ran, the files there are, and what a probe's own runs gave.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::base::FilePath;
use crate::course::condition::{Http, RunHow, Tests};
pub use crate::go::binary::BinarySeen;

/// Everything a judge may look at. The prober fills in only what the wanted conditions need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The learner's commands since the step was opened, oldest first.
    pub commands: Vec<CommandSeen>,
    /// Files and folders that conditions name (for a binary: also its `.exe` twin).
    pub files: BTreeMap<FilePath, FileSeen>,
    /// The files that the lessons of this scratch directory speak of: none of them lies in a wrong place. Not known
    /// where nobody said so, and then no file may be moved.
    pub spoken_of: Option<BTreeSet<FilePath>>,
    /// `go build ./...` into nowhere.
    pub build: Option<Captured>,
    /// `go vet ./...`.
    pub vet: Option<Captured>,
    /// Files that gofmt would change (empty: all is well), or its complaint.
    pub unformatted: Option<Result<Vec<String>, Captured>>,
    pub tests: Vec<(Tests, Captured)>,
    pub mutants: Option<MutantsSeen>,
    pub runs: Vec<(RunHow, RunSeen)>,
    /// The learner's Go sources below the scratch directory, tests left out, path and text.
    pub sources: Vec<(FilePath, String)>,
    /// The last answer typed for this step.
    pub answer: Option<String>,
    pub http: Vec<(Http, HttpSeen)>,
}

/// A command of the learner's that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandSeen {
    /// As typed.
    pub line: String,
    pub exit: i32,
    /// Both streams as the screen showed them, escape codes gone, at most the first and last 64 KiB.
    pub output: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileSeen {
    Missing,
    Folder,
    Text(String),
    /// An executable of some system.
    Binary(BinarySeen),
    /// Neither text of a sensible size nor an executable.
    Other {
        bytes: u64,
    },
    /// It could not be read, and why.
    Unreadable(String),
}

/// A program that ran on pipes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// Exit code; 128 + N for a signal N, as shells do; 127 when it could not be started.
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
    /// Both streams in the order in which they came.
    pub output: String,
    pub stopped: Option<Stopped>,
    pub took: Duration,
}

/// Why a program was stopped from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stopped {
    /// It ran longer than this.
    Time(Duration),
    /// It printed more than this many bytes.
    Output(u64),
    /// It and what it started had more memory than this many bytes.
    Memory(u64),
    /// The whole machine was about to have no memory left.
    Machine,
    /// It had more than so many processes and threads.
    Processes(u64),
    /// It wrote more than this many bytes.
    Disk(u64),
    /// There were more than so many files in the folder, or they lay too deep.
    Files(u64),
    /// It used more processor time than this.
    Cpu(Duration),
    /// The learner or the leaving program asked.
    Asked,
}

/// What came of building and running the learner's program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunSeen {
    /// It did not build.
    NotBuilt(Captured),
    Ran(Captured),
}

/// How the names begin of the files that stand in for hidden tests: no learner wrote them, and none is shown them.
pub const OVERLAY: &str = "overlay-";

/// The learner's tests on the solution and on each mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MutantsSeen {
    /// The folder of the tests, where it is not the scratch directory itself.
    pub folder: Option<FilePath>,
    pub on_solution: Captured,
    /// In the step's order; `true` when the tests failed on it, as they should.
    pub caught: Vec<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpSeen {
    Answer { status: u16, body: String },
    NoAnswer(String),
}
