//! The helper process: this binary again, as `haveago __sandbox REQUEST`. It runs one line of the shell language, with
//! its own standard streams as the line's, and leaves the outcome in a file. Confinement has its place in it, before
//! the line is read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

mod builtin;
mod dispatch;
mod find;
mod program;
mod redirect;
mod rewrite;
mod shell;
mod shellwords;
mod state;

pub use builtin::names;

/// The word that makes the binary a helper.
pub const WORD: &str = "__sandbox";

/// What the helper is asked to do. It comes in a private file, so that neither the arguments nor the environment of
/// the helper, which others can see, tell anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    pub line: String,
    pub dir: PathBuf,
    /// The learner's folder: where `cd` alone leads, and what `rm` will not remove.
    pub root: PathBuf,
    /// See [`super::Ended::env`].
    pub env: Vec<(String, String)>,
    /// Earlier lines, oldest first.
    pub history: Vec<String>,
}

/// What the helper leaves behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub exit: i32,
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
    pub leave: bool,
}

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Names the binary to run as the helper; the first call wins. Only tests need it, whose own binary is another one.
pub fn set_program(program: PathBuf) {
    let _ = PROGRAM.set(program);
}

/// The binary to run as the helper: the one set, else the running one.
pub(crate) fn program() -> io::Result<PathBuf> {
    PROGRAM.get().cloned().map_or_else(running, Ok)
}

/// The running binary. One that was replaced under us (an upgrade, a build) is gone by name, yet Linux still has it.
fn running() -> io::Result<PathBuf> {
    let named = std::env::current_exe()?;
    let kept = Path::new("/proc/self/exe");
    Ok(if cfg!(target_os = "linux") && !named.exists() && kept.exists() { kept.to_owned() } else { named })
}

/// The helper's whole life; `args` are those after [`WORD`]. Answers the exit code for the process.
#[must_use]
pub fn main(args: &[String]) -> i32 {
    let [letter] = args else {
        eprintln!("{WORD} is how haveago runs your commands; it is not for use by hand");
        return 2;
    };
    let folder = Path::new(letter);
    let request = match Letter::read(folder) {
        Ok(request) => request,
        Err(error) => {
            eprintln!("the request at {} cannot be read: {error}", folder.display());
            return 2;
        }
    };
    let outcome = shell::run(request);
    if let Err(error) = Letter::answer(folder, &outcome) {
        eprintln!("the outcome of this command cannot be written: {error}");
    }
    outcome.exit
}

/// A private folder that holds one request and, later, its outcome. It goes when it is dropped.
#[derive(Debug)]
pub(crate) struct Letter {
    folder: tempfile::TempDir,
}

impl Letter {
    pub fn write(request: &Request) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("haveago-").tempdir()?;
        std::fs::write(folder.path().join("request.json"), serde_json::to_vec(request)?)?;
        Ok(Self { folder })
    }

    /// The arguments that hand this letter to the helper.
    pub fn args(&self) -> [String; 2] {
        [WORD.to_owned(), self.folder.path().to_string_lossy().into_owned()]
    }

    /// What the helper left; none when it was killed.
    pub fn outcome(&self) -> Option<Outcome> {
        let bytes = std::fs::read(self.folder.path().join("outcome.json")).ok()?;
        serde_json::from_slice(&bytes).ok()
    }

    fn read(folder: &Path) -> io::Result<Request> {
        Ok(serde_json::from_slice(&std::fs::read(folder.join("request.json"))?)?)
    }

    /// Whole or not at all: written beside, then renamed.
    fn answer(folder: &Path, outcome: &Outcome) -> io::Result<()> {
        let beside = folder.join("outcome.part");
        std::fs::write(&beside, serde_json::to_vec(outcome)?)?;
        std::fs::rename(beside, folder.join("outcome.json"))
    }
}
