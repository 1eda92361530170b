//! Looks whether this machine has all that learning needs: each look is a line that is good, or says the one thing to
//! do.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde::Serialize;

use super::Dirs;

mod go;
mod holds;
pub mod measured;
mod place;

/// How long a look may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a look came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    Good,
    /// One can learn so, and better with what is to be done.
    Note,
    /// One cannot learn so.
    Stop,
}

/// One line of the doctor's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub about: &'static str,
    pub grade: Grade,
    /// What was seen: a sentence without its end.
    pub says: String,
    /// The one thing to do.
    #[serde(rename = "do")]
    pub mend: Option<String>,
}

impl Line {
    fn good(about: &'static str, says: impl Into<String>) -> Self {
        Self { about, grade: Grade::Good, says: says.into(), mend: None }
    }

    fn note(about: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { about, grade: Grade::Note, says: says.into(), mend: Some(mend.into()) }
    }

    fn stop(about: &'static str, says: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { grade: Grade::Stop, ..Self::note(about, says, mend) }
    }
}

/// What is looked at, and what its face knows of its terminal.
#[derive(Clone, Debug)]
pub struct Patient {
    pub dirs: Dirs,
    /// A setting that names the `go` to use.
    pub go: Option<PathBuf>,
    pub terminal: measured::Terminal,
}

/// Whether one can learn with these lines.
#[must_use]
pub fn is_ready(lines: &[Line]) -> bool {
    lines.iter().all(|line| line.grade != Grade::Stop)
}

/// The last line.
#[must_use]
pub fn verdict(lines: &[Line]) -> String {
    match lines.iter().filter(|line| line.grade == Grade::Stop).count() {
        0 => "READY".to_owned(),
        1 => "NOT READY: there is one thing to do first.".to_owned(),
        count => format!("NOT READY: there are {count} things to do first."),
    }
}

/// A look at one thing.
type Look = fn(&Patient) -> Vec<Line>;

/// Looks at everything, and tells each line as it is found. What does not answer in time is a line too.
pub fn examine(patient: &Patient, tell: &mut dyn FnMut(Line)) {
    let looks: [(&'static str, Look); 9] = [
        ("Go", go::found),
        ("Build", go::timed_build),
        ("Confinement", holds::confinement),
        ("Disk", place::writable),
        ("Space", place::room),
        ("File events", place::events),
        ("Terminal", |patient| measured::terminal(&patient.terminal)),
        ("Clock", |_| vec![measured::clock(measured::year_now())]),
        ("Proxy", holds::proxy),
    ];
    for (about, look) in looks {
        for line in in_time(about, patient, look) {
            tell(line);
        }
    }
}

fn in_time(about: &'static str, patient: &Patient, look: Look) -> Vec<Line> {
    let (send, seen) = channel();
    let patient = patient.clone();
    // One that never ends is left behind, and goes with this program.
    thread::spawn(move || send.send(look(&patient)));
    seen.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        let says = format!("no answer in {} seconds", PATIENCE.as_secs());
        vec![Line::note(about, says, "look again when the machine is less busy: `haveago doctor`")]
    })
}

/// The first folder on the way up from `path` that there is.
fn nearest_folder(path: &Path) -> &Path {
    path.ancestors().find(|folder| folder.is_dir()).unwrap_or(path)
}

#[cfg(test)]
mod tests;
