//! The helper process: this binary again, as `haveago __sandbox REQUEST`. It runs one line of the shell language, with
//! its own standard streams as the line's, and leaves the outcome in a file. Where the system lets it, it confines what
//! it runs before the line is read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::confine::Plan;
pub(crate) use super::probe::server::{Answer, Ask};
use super::warm::First;
use crate::judge::evidence::Stopped;

mod builtin;
mod dispatch;
mod find;
#[cfg(not(target_os = "linux"))]
pub(super) mod plainly;
pub(super) mod program;
mod redirect;
mod rewrite;
pub(super) mod shell;
mod shellwords;
mod state;

pub use builtin::names;

/// The word that makes the binary a helper.
pub const WORD: &str = "__sandbox";

/// How the helper begins when the disk does not take what came of a command.
pub(super) const NO_OUTCOME: &str = "what came of this command cannot be kept";

/// What stands behind [`WORD`] in the process that is confined where another program starts it; the ends of its pipes follow.
pub(super) const INSIDE: &str = "--inside";

/// What the helper is ordered to do. It comes in a private file, so that neither the arguments nor the environment of
/// the helper, which others can see, tell anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Order {
    /// Who wants it: when this process ends, so does the command.
    pub parent: u32,
    pub plan: Plan,
    pub work: Work,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Work {
    Line(Request),
    Program(Program),
    /// Copy what is missing of a build cache.
    Fill {
        from: PathBuf,
        to: PathBuf,
    },
    /// Only to see whether it can be confined.
    Nothing,
}

/// A line of the shell language.
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

/// A program with its arguments, as a check runs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    pub argv: Vec<String>,
    pub dir: PathBuf,
    /// Its whole environment.
    pub env: Vec<(String, String)>,
    /// What is said before it starts.
    pub notice: Option<String>,
    /// Requests that are sent to it while it runs; when all are answered it is stopped.
    pub asks: Vec<Ask>,
    /// How long an answer is waited for.
    pub patience: Duration,
}

/// What the shell leaves behind at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub exit: i32,
    pub dir: PathBuf,
    pub env: Vec<(String, String)>,
    pub leave: bool,
}

/// What the helper tells at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    pub exit: i32,
    /// Of a line that came to its end.
    pub outcome: Option<Outcome>,
    pub stopped: Option<Stopped>,
    pub answers: Vec<Answer>,
}

impl Order {
    pub fn new(plan: Plan, work: Work) -> Self {
        Self { parent: std::process::id(), plan, work }
    }

    /// The requests that are to be sent, and how long their answers are waited for.
    #[cfg(target_os = "linux")]
    pub(super) fn asks(&self) -> (Vec<Ask>, Duration) {
        match &self.work {
            Work::Program(program) => (program.asks.clone(), program.patience),
            Work::Line(_) | Work::Fill { .. } | Work::Nothing => (Vec::new(), Duration::ZERO),
        }
    }
}

impl Program {
    /// The file that `name` names: a relative path is meant relative to the program's folder, on every system; a name
    /// alone is looked for in its `PATH`.
    pub fn place(&self, name: &str) -> PathBuf {
        let path = Path::new(name);
        if path.components().count() > 1 {
            return self.dir.join(path);
        }
        let places = self.env.iter().find(|(name, _)| name == "PATH").map_or("", |(_, places)| places.as_str());
        find::on_path(name, find::Places { dir: &self.dir, path: places }).unwrap_or_else(|| path.to_owned())
    }
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
    if let [INSIDE, ends @ ..] = args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        #[cfg(target_os = "linux")]
        return super::confine::bwrap::inside(ends);
        #[cfg(not(target_os = "linux"))]
        return super::confine::elsewhere::inside(ends);
    }
    let [letter] = args else {
        eprintln!("{WORD} is how haveago runs your commands; it is not for use by hand");
        return 2;
    };
    let folder = Path::new(letter);
    match Letter::read(folder) {
        Ok(order) => obey(folder, order),
        Err(error) => {
            eprintln!("the request at {} cannot be read: {error}", folder.display());
            2
        }
    }
}

#[cfg(target_os = "linux")]
fn obey(folder: &Path, order: Order) -> i32 {
    super::confine::supervise::run(folder, order)
}

#[cfg(not(target_os = "linux"))]
fn obey(folder: &Path, order: Order) -> i32 {
    super::confine::elsewhere::run(folder, order)
}

/// A private folder that holds one order and, later, what came of it. It goes when it is dropped.
#[derive(Debug)]
pub(crate) struct Letter {
    folder: tempfile::TempDir,
    /// As long as it is there, what is built beforehand waits.
    #[expect(dead_code, reason = "it is there to be dropped")]
    first: Option<First>,
}

impl Letter {
    pub fn write(order: Order) -> io::Result<Self> {
        let first = First::come();
        Ok(Self { first: Some(first), ..Self::behind(order)? })
    }

    /// An order that others go before.
    pub fn behind(mut order: Order) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("haveago-").tempdir()?;
        if order.plan.tier.needs_temporary() {
            let temporary = folder.path().canonicalize()?.join("tmp");
            std::fs::create_dir(&temporary)?;
            order.plan.temporary = Some(temporary);
        }
        std::fs::write(folder.path().join("request.json"), serde_json::to_vec(&order)?)?;
        Ok(Self { folder, first: None })
    }

    /// The arguments that hand this letter to the helper.
    pub fn args(&self) -> [String; 2] {
        [WORD.to_owned(), self.folder.path().to_string_lossy().into_owned()]
    }

    /// What the helper told; none when it was killed, and then nothing of what it ran is left.
    pub fn told(&self) -> Option<Told> {
        let told = std::fs::read(self.folder.path().join("outcome.json")).ok();
        let told = told.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        #[cfg(unix)]
        if told.is_none()
            && let Ok(leader) = std::fs::read_to_string(self.folder.path().join("leader"))
            && let Ok(leader) = leader.parse()
        {
            super::process::group::end_session(leader);
        }
        told
    }

    fn read(folder: &Path) -> io::Result<Order> {
        Ok(serde_json::from_slice(&std::fs::read(folder.join("request.json"))?)?)
    }

    /// Whole or not at all: written beside, then renamed.
    pub(super) fn answer(folder: &Path, told: &Told) -> io::Result<()> {
        let beside = folder.join("outcome.part");
        std::fs::write(&beside, serde_json::to_vec(told)?)?;
        std::fs::rename(beside, folder.join("outcome.json"))
    }

    /// Names the process that leads all others of the command.
    #[cfg(unix)]
    #[cfg_attr(not(any(target_os = "linux", target_os = "macos")), expect(dead_code, reason = "nothing is confined"))]
    pub(super) fn name_leader(folder: &Path, leader: u32) -> io::Result<()> {
        std::fs::write(folder.join("leader"), leader.to_string())
    }
}
