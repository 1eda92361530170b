//! Programs run on pipes: bounded in time and output, and gone with everything they started.

use std::io::{self, ErrorKind, PipeReader, PipeWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::helper::{self, Letter, Told};
use super::line;
use crate::judge::evidence::{Captured, Stopped};

pub(crate) mod group;
mod keep;

use keep::Keep;

/// What to run and how far it may go.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The program and its arguments.
    pub argv: &'a [String],
    pub dir: &'a Path,
    /// The whole environment; nothing is inherited.
    pub env: &'a [(String, String)],
    pub stdin: &'a str,
    pub timeout: Duration,
    /// Bytes of output after which it is stopped; what is kept is bounded as well.
    pub output_limit: u64,
}

/// How long a pipe that nobody of the group can hold any more may stay silent before it is given up.
const LINGER: Duration = Duration::from_millis(300);
/// The same after a helper, which leaves nobody who could hold it: a busy machine needs time to read what is in it.
const LINGER_OF_HELPER: Duration = Duration::from_secs(5);

/// How to end what was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Its process group is killed.
    Group,
    /// It is a helper, which ends what it runs and then itself; if it does not, its group is killed.
    Helper,
}

/// How long a helper may take to end what it runs.
const HELPER: Duration = Duration::from_secs(2);

/// Runs `job` to its end (or to its limit) and tells what was seen, unconfined: for programs of the toolchain's only.
/// Never fails: a program that cannot be started is an exit of 127 with the reason on its standard error.
///
/// Its own process group is killed at the end, so that nothing it left in the background lives on or holds a pipe.
/// What is kept of each stream is its first and last half MiB.
#[must_use]
pub fn run(job: &Job<'_>) -> Captured {
    capture(job, None, Ending::Group)
}

/// The same for the helper, which does what the letter says. Where `is_together`, both streams come in one pipe, as a
/// terminal has them: their order is exact, and all of it counts as standard output. Also answers with what the helper
/// told in the end; nothing, when it could not.
pub(crate) fn run_helper(
    letter: &Letter,
    stdin: &str,
    timeout: Duration,
    output_limit: u64,
    is_together: bool,
) -> (Captured, Told) {
    let start = Instant::now();
    let pipe = if is_together { io::pipe().map(Some) } else { Ok(None) };
    let (program, pipe) = match helper::program().and_then(|program| Ok((program, pipe?))) {
        Ok(both) => both,
        Err(error) => return (not_started(&error.to_string(), start), Told::default()),
    };
    let argv: Vec<String> = [program.to_string_lossy().into_owned()].into_iter().chain(letter.args()).collect();
    let (dir, env) = (line::safe_dir(), line::bare_env());
    let job = Job { argv: &argv, dir: &dir, env: &env, stdin, timeout, output_limit };
    let mut captured = capture(&job, pipe, Ending::Helper);
    let told = match letter.told() {
        Some(told) => told,
        // It was killed, else. What has told nothing has done nothing, and least of all done it well.
        None if captured.exit == 0 => return (not_started("the helper did not answer", start), Told::default()),
        None => Told::default(),
    };
    captured.stopped = captured.stopped.or(told.stopped);
    (captured, told)
}

fn capture(job: &Job<'_>, together: Option<(PipeReader, PipeWriter)>, ending: Ending) -> Captured {
    let start = Instant::now();
    let (reader, writer) = together.unzip();
    let mut child = match spawn(job, writer) {
        Ok(child) => child,
        Err(reason) => return not_started(&reason, start),
    };
    let mut seen = Seen::new(ending);
    seen.closed = u8::from(reader.is_some());
    let events = listen(&mut child, job.stdin, reader);
    seen.watch(&mut child, &events, start, job);
    let exit = child.wait().map_or(127, exit_code);
    Captured {
        exit,
        stdout: seen.stdout.text(),
        stderr: seen.stderr.text(),
        output: seen.output.text(),
        stopped: seen.stopped,
        took: start.elapsed(),
    }
}

/// The exit code of an ended program, 128 + N for signal N.
pub(crate) fn exit_code(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1)
    }
    #[cfg(not(unix))]
    {
        status.code().map_or(1, code)
    }
}

/// An exit code of Windows as a shell would tell it: what the system has ended for Ctrl-C, for a fault in its memory or
/// by force is known by the numbers that lessons and people know.
#[cfg_attr(unix, allow(dead_code, reason = "used on Windows"))]
pub(crate) fn code(exit: i32) -> i32 {
    match exit.cast_unsigned() {
        0xC000_013A => 130,
        0xC000_0005 | 0xC000_00FD => 139,
        _ => exit,
    }
}

fn spawn(job: &Job<'_>, together: Option<PipeWriter>) -> Result<Child, String> {
    let [program, args @ ..] = job.argv else { return Err("there is no program to start".to_owned()) };
    let mut command = Command::new(place(program, job.dir));
    command
        .args(args)
        .current_dir(job.dir)
        .env_clear()
        .envs(job.env.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(writer) = together {
        command.stdout(writer.try_clone().map_err(|error| error.to_string())?).stderr(writer);
    }
    group::lead(&mut command);
    command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound if !job.dir.is_dir() => format!("the folder {} does not exist", job.dir.display()),
        ErrorKind::NotFound => format!("{program}: no such program"),
        _ => format!("{program}: {error}"),
    })
}

/// A program named by a relative path is meant relative to the job's folder, on every system.
fn place(program: &str, dir: &Path) -> PathBuf {
    let path = Path::new(program);
    if path.is_relative() && path.components().count() > 1 { dir.join(path) } else { path.to_owned() }
}

fn not_started(reason: &str, start: Instant) -> Captured {
    let text = format!("{reason}\n");
    Captured {
        exit: 127,
        stdout: String::new(),
        stderr: text.clone(),
        output: text,
        stopped: None,
        took: start.elapsed(),
    }
}

#[derive(Clone, Copy, Debug)]
enum Stream {
    Out,
    Err,
}

#[derive(Debug)]
enum Event {
    Bytes(Stream, Vec<u8>),
    /// One of the two pipes has ended.
    Closed,
    /// The program itself has ended, and is still to be waited for.
    Exited,
}

/// Starts the threads that feed and read the pipes and await the end.
fn listen(child: &mut Child, stdin: &str, together: Option<PipeReader>) -> Receiver<Event> {
    let (send, events) = sync_channel(16);
    if let Some(mut pipe) = child.stdin.take() {
        let text = stdin.to_owned();
        // A program that does not read its input closes the pipe; that is no fault.
        thread::spawn(move || pipe.write_all(text.as_bytes()));
    }
    if let Some(pipe) = together {
        let send = send.clone();
        thread::spawn(move || pump(pipe, Stream::Out, &send));
    }
    if let Some(pipe) = child.stdout.take() {
        let send = send.clone();
        thread::spawn(move || pump(pipe, Stream::Out, &send));
    }
    if let Some(pipe) = child.stderr.take() {
        let send = send.clone();
        thread::spawn(move || pump(pipe, Stream::Err, &send));
    }
    let pid = child.id();
    if group::TICK.is_none() {
        thread::spawn(move || {
            group::await_end(pid);
            // Nobody listens any more when the job was given up.
            let _ = send.send(Event::Exited);
        });
    }
    events
}

fn pump(mut pipe: impl Read, stream: Stream, send: &SyncSender<Event>) {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match pipe.read(&mut buffer) {
            Ok(0) => break,
            Ok(size) => {
                if send.send(Event::Bytes(stream, buffer[..size].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    let _ = send.send(Event::Closed);
}

/// What has come so far.
struct Seen {
    ending: Ending,
    /// A helper that was told to stop is killed then.
    deadline: Option<Instant>,
    stdout: Keep,
    stderr: Keep,
    output: Keep,
    stopped: Option<Stopped>,
    closed: u8,
    ended: bool,
}

impl Seen {
    fn new(ending: Ending) -> Self {
        Self {
            ending,
            deadline: None,
            stdout: Keep::default(),
            stderr: Keep::default(),
            output: Keep::default(),
            stopped: None,
            closed: 0,
            ended: false,
        }
    }

    /// Takes in events until the program has ended and both pipes are empty.
    fn watch(&mut self, child: &mut Child, events: &Receiver<Event>, start: Instant, job: &Job<'_>) {
        while !(self.ended && self.closed == 2) {
            let left = job.timeout.saturating_sub(start.elapsed());
            let left = self.deadline.map_or(left, |deadline| deadline.saturating_duration_since(Instant::now()));
            let linger = match self.ending {
                Ending::Group => LINGER,
                Ending::Helper => LINGER_OF_HELPER,
            };
            let wait = if self.ended { linger } else { group::TICK.map_or(left, |tick| tick.min(left)) };
            match events.recv_timeout(wait) {
                Ok(Event::Bytes(stream, bytes)) => self.take(stream, &bytes),
                Ok(Event::Closed) => self.closed += 1,
                Ok(Event::Exited) => self.end(child),
                Err(RecvTimeoutError::Disconnected) => break,
                // Something that left the group holds a pipe: what it prints is not ours.
                Err(RecvTimeoutError::Timeout) if self.ended => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if !self.ended && group::TICK.is_some() && matches!(child.try_wait(), Ok(Some(_))) {
                self.end(child);
            }
            self.limit(child, start, job);
        }
    }

    fn take(&mut self, stream: Stream, bytes: &[u8]) {
        self.output.push(bytes);
        match stream {
            Stream::Out => self.stdout.push(bytes),
            Stream::Err => self.stderr.push(bytes),
        }
    }

    fn end(&mut self, child: &mut Child) {
        self.ended = true;
        group::kill(child);
    }

    fn limit(&mut self, child: &mut Child, start: Instant, job: &Job<'_>) {
        if self.stopped.is_some() {
            if !self.ended && self.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                self.deadline = None;
                group::kill(child);
            }
            return;
        }
        if self.output.seen() > job.output_limit {
            self.stopped = Some(Stopped::Output(job.output_limit));
        } else if !self.ended && start.elapsed() >= job.timeout {
            self.stopped = Some(Stopped::Time(job.timeout));
        } else {
            return;
        }
        match self.ending {
            Ending::Helper if group::ask_to_end(child.id()) => self.deadline = Some(Instant::now() + HELPER),
            Ending::Helper | Ending::Group => group::kill(child),
        }
    }
}

#[cfg(test)]
mod tests;
