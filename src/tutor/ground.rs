//! A folder in which lessons are done as their learner would, by the course's own solutions: files laid and saved, commands
//! run, and all of it carried on. The proof of a course stands on it, and who catches up.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::base::{FilePath, Place};
use crate::course::Step;
use crate::course::model::{ConsoleCommand, CourseFile, SolutionPart};
use crate::judge::evidence::Captured;
use crate::sandbox::gofmt::{self, Formatted};
use crate::sandbox::run_line;
use crate::sandbox::scratch::{Scratch, ScratchError};

/// How long a command of a lesson may take; the first one may have to build the standard library.
const TIMEOUT: Duration = Duration::from_mins(2);
const OUTPUT_LIMIT: u64 = 8_000_000;

/// One thing that a solution does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A file is saved.
    File(CourseFile),
    /// Lines are put in order and saved.
    Lines(CourseFile),
    Command(ConsoleCommand),
}

impl Deed {
    fn place(&self) -> &Place {
        match self {
            Self::File(file) | Self::Lines(file) => &file.place,
            Self::Command(command) => &command.place,
        }
    }
}

/// What the step's solution does, in the order in which it is written: files where they stand, commands where they stand.
#[must_use]
pub fn deeds(step: &Step) -> Vec<Deed> {
    let arranged = step.orders.iter().map(|order| {
        let text = order.lines.iter().fold(String::new(), |text, line| text + line + "\n");
        Deed::Lines(CourseFile { path: order.path.clone(), text, place: order.place.clone() })
    });
    let parts = step.solution_parts().into_iter().map(|part| match part {
        SolutionPart::File(file) => Deed::File(file.clone()),
        SolutionPart::Command(command) => Deed::Command(command.clone()),
    });
    let mut deeds: Vec<Deed> = arranged.chain(parts).collect();
    deeds.sort_by_key(|deed| step.line_of(deed.place()));
    deeds
}

/// The folder, and where its terminal stands.
#[derive(Debug)]
pub struct Ground {
    /// The commands of a course may lay links in it, which are not followed.
    scratch: Scratch,
    pub terminal: Terminal,
    /// The starters laid so far: a new one may replace them, the learner's own work never.
    starters: BTreeMap<FilePath, BTreeSet<String>>,
    /// Files that a solution of this lesson wrote: the learner's own work.
    own: BTreeSet<FilePath>,
}

/// A terminal between two commands.
#[derive(Clone, Debug)]
pub struct Terminal {
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
}

impl Ground {
    /// On the folder `root`, with the environment that learners' commands get.
    #[must_use]
    pub fn new(root: PathBuf, env: &[(String, String)]) -> Self {
        let terminal = Terminal { dir: root.clone(), env: env.to_vec() };
        Self { scratch: Scratch { root }, terminal, starters: BTreeMap::new(), own: BTreeSet::new() }
    }

    /// The scratch directory.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.scratch.root
    }

    /// A new lesson begins: the terminal stands in the scratch directory again.
    pub fn go_home(&mut self) {
        self.terminal.dir.clone_from(&self.scratch.root);
        self.own.clear();
    }

    /// Lays a step's starter files as `tutor::scratch::lay` does for a learner: where there is no such file, or an
    /// untouched starter. Answers with those that are not laid though another text of this lesson stands there.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn lay<'a>(&mut self, files: &'a [CourseFile]) -> io::Result<Vec<&'a CourseFile>> {
        let mut kept = Vec::new();
        for file in files {
            let before = self.starters.entry(file.path.clone()).or_default();
            let is_free = match self.scratch.read(&file.path) {
                Ok(text) => text == file.text || before.contains(&text),
                Err(error) => matches!(error, ScratchError::Missing(_)),
            };
            before.insert(file.text.clone());
            if is_free {
                self.write(file)?;
            } else if self.own.contains(&file.path) {
                kept.push(file);
            }
        }
        Ok(kept)
    }

    /// Writes a file of the solution as the learner would save it.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn put(&mut self, file: &CourseFile) -> io::Result<()> {
        self.own.insert(file.path.clone());
        self.write(file)
    }

    /// Lines put in order are saved as the learner's are: through gofmt, which sets the blank lines.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn arrange(&mut self, file: &CourseFile) -> io::Result<()> {
        let text = match gofmt::format(&file.text, &self.scratch.root, &self.terminal.env) {
            Formatted::Text(text) => text,
            // A block that is no Go is told as such where it stands.
            Formatted::Refused(_) | Formatted::NotAsked => file.text.clone(),
        };
        self.put(&CourseFile { text, ..file.clone() })
    }

    fn write(&self, file: &CourseFile) -> io::Result<()> {
        self.scratch.put(&file.path, &file.text).map_err(io::Error::other)
    }

    /// Runs a command line as the learner's terminal does.
    pub fn run(&mut self, line: &str) -> Captured {
        let Terminal { dir, env } = &self.terminal;
        let (captured, ended) = run_line(line, dir, &self.scratch.root, env, "", TIMEOUT, OUTPUT_LIMIT);
        self.terminal = Terminal { dir: ended.dir, env: ended.env };
        captured
    }
}
