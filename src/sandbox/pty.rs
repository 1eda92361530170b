//! A line of the learner's on a pseudo-terminal of its own, run by the helper.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, ChildKiller, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::confine::Terminal;
use super::helper::{self, Letter};
use super::line;
use super::process::group;

mod gate;

pub use super::Ended;
use gate::Gate;

/// What to run, where, and how large its screen is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub line: String,
    pub dir: PathBuf,
    /// The learner's folder: where `cd` alone leads.
    pub root: PathBuf,
    /// See [`Ended::env`].
    pub env: Vec<(String, String)>,
    /// Earlier lines, oldest first.
    pub history: Vec<String>,
    /// Columns and rows.
    pub size: (u16, u16),
}

/// Why a line could not be started at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpawnError {
    #[error("there is no free terminal for this command ({0}); close a tab and try again")]
    Terminal(String),
    #[error("the command cannot be started ({0}); check that there is room in {folder}", folder = std::env::temp_dir().display())]
    Helper(String),
    /// It is not to be run as things are; the sentence says why.
    #[error("{0}")]
    Refused(String),
}

/// A running line. Dropping it stops the line.
#[derive(Debug)]
pub struct Handle {
    input: Sender<Vec<u8>>,
    /// Writes that the terminal has not taken yet.
    waiting: Arc<AtomicUsize>,
    life: Arc<Life>,
}

/// Starts the line. `on_output` gets its bytes as they come, on a thread of its own; it may take its time, which slows
/// the line down and keeps memory bounded. `on_end` comes once, after the last output; until it has returned the
/// line counts as running.
///
/// # Errors
/// When there is no terminal or no helper to be had.
pub fn spawn(
    request: Request,
    on_output: impl FnMut(Vec<u8>) + Send + 'static,
    on_end: impl FnOnce(Ended) + Send + 'static,
) -> Result<Handle, SpawnError> {
    let start = Instant::now();
    let size = pty_size(request.size);
    let asked = as_asked(request);
    let (_, letter) = line::prepare(&asked, Terminal::Own).map_err(|error| cannot_prepare(&error))?;
    let terminal = |error: anyhow::Error| SpawnError::Terminal(in_words(&error.to_string()));
    let pair = native_pty_system().openpty(size).map_err(terminal)?;
    let reader = pair.master.try_clone_reader().map_err(terminal)?;
    let writer = pair.master.take_writer().map_err(terminal)?;
    let child = pair.slave.spawn_command(command(&letter)?).map_err(|error| SpawnError::Helper(error.to_string()))?;
    // As long as we hold the line's end ourselves, its output has no end.
    drop(pair.slave);

    let life = Arc::new(Life::new(pair.master, child.as_ref()));
    let gate = Arc::new(Gate::default());
    let (input, lines) = channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    {
        let waiting = Arc::clone(&waiting);
        thread::spawn(move || write_all(writer, &lines, &waiting));
    }
    {
        let gate = Arc::clone(&gate);
        thread::spawn(move || gate.deliver(reader, on_output));
    }
    {
        let life = Arc::clone(&life);
        thread::spawn(move || {
            let exit = life.await_end(child);
            let elapsed = start.elapsed();
            gate.await_last();
            on_end(line::ended(&letter, asked, exit, elapsed));
        });
    }
    Ok(Handle { input, waiting, life })
}

impl Handle {
    /// Types `bytes` into the line's terminal. Never waits.
    pub fn write(&self, bytes: Vec<u8>) {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        // When the writer is gone, so is whoever would have read it.
        let _ = self.input.send(bytes);
    }

    /// Tells the line that its screen has a new size.
    pub fn resize(&self, columns: u16, rows: u16) {
        if let Some(master) = &self.life.lock().master {
            // A terminal that has ended has no size; there is nobody to tell.
            let _ = master.resize(pty_size((columns, rows)));
        }
    }

    /// Ctrl-C. It is typed as any key, so that a full-screen program can take it as one; when the line does not read
    /// what was typed before, it is sent past that as a signal.
    pub fn interrupt(&self) {
        if self.waiting.load(Ordering::SeqCst) == 0 {
            self.write(vec![0x03]);
        } else {
            self.life.interrupt();
        }
    }

    /// Ends the line and everything it started, at once. `on_end` still comes, and then all of it is gone.
    pub fn stop(&self) {
        self.life.stop();
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A system's error that was printed for programmers, in the system's own words.
fn in_words(error: &str) -> String {
    let message = error.split_once("message: \"").and_then(|(_, rest)| Some(rest.split_once('"')?.0));
    message.unwrap_or(error).to_owned()
}

fn cannot_prepare(error: &io::Error) -> SpawnError {
    match error.kind() {
        io::ErrorKind::Other => SpawnError::Refused(error.to_string()),
        _ => SpawnError::Helper(error.to_string()),
    }
}

fn as_asked(request: Request) -> helper::Request {
    let Request { line, dir, root, mut env, history, size: _ } = request;
    for (name, value) in [("TERM", "xterm-256color"), ("COLORTERM", "truecolor")] {
        if !env.iter().any(|(set, _)| set == name) {
            env.push((name.to_owned(), value.to_owned()));
        }
    }
    helper::Request { line, dir, root, env, history }
}

fn command(letter: &Letter) -> Result<CommandBuilder, SpawnError> {
    let program = helper::program().map_err(|error| SpawnError::Helper(error.to_string()))?;
    if !program.is_file() {
        return Err(SpawnError::Helper(format!("{} is not there any more", program.display())));
    }
    let mut command = CommandBuilder::new(program);
    command.args(letter.args());
    command.cwd(line::safe_dir());
    command.env_clear();
    for (name, value) in line::bare_env() {
        command.env(name, value);
    }
    Ok(command)
}

fn pty_size((columns, rows): (u16, u16)) -> PtySize {
    PtySize { rows: rows.max(1), cols: columns.max(2), pixel_width: 0, pixel_height: 0 }
}

/// Writes what is typed, on a thread of its own, since a line that does not read makes writing wait.
fn write_all(mut writer: Box<dyn Write + Send>, lines: &Receiver<Vec<u8>>, waiting: &AtomicUsize) {
    while let Ok(bytes) = lines.recv() {
        let written = writer.write_all(&bytes).and_then(|()| writer.flush());
        waiting.fetch_sub(1, Ordering::SeqCst);
        match written {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return,
            Ok(()) | Err(_) => {}
        }
    }
}

/// How long the helper may take to end all.
const PATIENCE: Duration = Duration::from_secs(1);

/// The helper's process, as long as its number is its own.
#[derive(Debug)]
struct Life {
    pid: Option<u32>,
    state: Mutex<State>,
}

struct State {
    running: bool,
    /// The helper has been told to end all.
    stopping: bool,
    master: Option<Box<dyn MasterPty + Send>>,
    killer: Box<dyn ChildKiller + Send + Sync>,
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("running", &self.running).finish_non_exhaustive()
    }
}

impl Life {
    fn new(master: Box<dyn MasterPty + Send>, child: &(dyn Child + Send + Sync)) -> Self {
        let state = State { running: true, stopping: false, master: Some(master), killer: child.clone_killer() };
        Self { pid: child.process_id(), state: Mutex::new(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing in here panics half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn interrupt(&self) {
        let state = self.lock();
        #[cfg(unix)]
        if state.running
            && let Some(leader) = state.master.as_ref().and_then(|master| master.process_group_leader())
        {
            group::signal_group(leader.unsigned_abs(), rustix::process::Signal::INT);
        }
        #[cfg(not(unix))]
        drop(state);
    }

    /// Tells the helper to end all, and sees to it when it does not.
    fn stop(self: &Arc<Self>) {
        let mut state = self.lock();
        if !state.running || state.stopping {
            return;
        }
        if self.pid.is_some_and(group::ask_to_end) {
            state.stopping = true;
            let life = Arc::clone(self);
            thread::spawn(move || {
                thread::sleep(PATIENCE);
                let mut state = life.lock();
                if state.running {
                    life.kill(&mut state);
                }
            });
        } else {
            self.kill(&mut state);
        }
    }

    #[cfg_attr(not(unix), allow(clippy::unused_self, reason = "there are sessions to end on Unix"))]
    fn kill(&self, state: &mut State) {
        #[cfg(unix)]
        if let Some(pid) = self.pid {
            group::kill_session(pid);
        }
        // On a system without groups this is all there is; with them it is done already, and an error says so.
        let _ = state.killer.kill();
    }

    /// Waits for the helper's end, ends what it left behind, and answers its exit code.
    fn await_end(&self, mut child: Box<dyn Child + Send + Sync>) -> i32 {
        if let Some(pid) = self.pid {
            group::await_end(pid);
        }
        #[cfg(unix)]
        {
            // Its number is still its own: nobody has waited for it yet.
            if let Some(pid) = self.pid {
                group::end_session(pid);
            }
            self.lock().running = false;
        }
        let status = child.wait();
        let mut state = self.lock();
        state.running = false;
        // Without this the output has no end on Windows.
        state.master = None;
        match status {
            // Ctrl-C that came before the helper could take it.
            Ok(status) if status.signal() == Some("Interrupt") => 130,
            Ok(status) if status.signal().is_none() => i32::try_from(status.exit_code()).unwrap_or(1),
            Ok(_) | Err(_) => 137,
        }
    }
}
