//! One line of the shell language, run by the helper on pipes.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::confine::{Class, Plan, Terminal, sentence};
use super::helper::{self, Letter, Order, Request, Told};
use super::process;
use super::{Ended, alone};
use crate::judge::evidence::Captured;

/// Runs `line` in `dir` on pipes, as the learner's terminal would, and tells what was seen and where it left the
/// shell. Both streams come in one, in their true order, as standard output. `root` is the learner's folder. Never fails: what cannot be run is an exit of 127 with the reason.
#[must_use]
pub fn run_line(
    line: &str,
    dir: &Path,
    root: &Path,
    env: &[(String, String)],
    stdin: &str,
    timeout: Duration,
    output_limit: u64,
) -> (Captured, Ended) {
    let request = Request {
        line: line.to_owned(),
        dir: dir.to_owned(),
        root: root.to_owned(),
        env: env.to_vec(),
        history: Vec::new(),
    };
    match prepare(&request, Terminal::None) {
        Ok((_, letter)) => {
            let (mut captured, told) = process::run_helper(&letter, stdin, timeout, output_limit, true);
            // It is stopped from here, and so it is told from here.
            if let Some(sentence) = captured.stopped.filter(|_| told.stopped != captured.stopped).and_then(sentence) {
                for text in [&mut captured.stdout, &mut captured.output] {
                    text.extend(["\n", &sentence, "\n"]);
                }
            }
            let ended = came_to(Some(told), request, captured.exit, captured.took);
            (captured, ended)
        }
        Err(error) => {
            let text = match error.kind() {
                io::ErrorKind::Other => format!("{error}\n"),
                _ => format!("the command cannot be started: {error}\n"),
            };
            let captured = Captured { exit: 127, stderr: text.clone(), output: text, ..Captured::default() };
            let ended = stay(request, 127, Duration::ZERO);
            (captured, ended)
        }
    }
}

/// Where the helper left the shell; where it started when it was killed before it could say.
pub(super) fn ended(letter: &Letter, request: Request, exit: i32, elapsed: Duration) -> Ended {
    came_to(letter.told(), request, exit, elapsed)
}

fn came_to(told: Option<Told>, request: Request, exit: i32, elapsed: Duration) -> Ended {
    match told.and_then(|told| told.outcome) {
        Some(outcome) => {
            Ended { exit: outcome.exit, dir: outcome.dir, env: outcome.env, elapsed, leave: outcome.leave }
        }
        None => stay(request, exit, elapsed),
    }
}

fn stay(request: Request, exit: i32, elapsed: Duration) -> Ended {
    Ended { exit, dir: request.dir, env: request.env, elapsed, leave: false }
}

/// The helper's program, and the letter that orders the line.
pub(super) fn prepare(request: &Request, terminal: Terminal) -> io::Result<(PathBuf, Letter)> {
    let mut plan = Plan::new(&request.root, &request.env, Class::Line, terminal).map_err(io::Error::other)?;
    let work = alone::order(request, &mut plan).map_err(io::Error::other)?;
    Ok((helper::program()?, Letter::write(Order::new(plan, work))?))
}

/// The helper itself needs nothing from its surroundings but what the system cannot do without.
pub(super) fn bare_env() -> Vec<(String, String)> {
    ["SystemRoot", "TEMP", "TMP"]
        .into_iter()
        .filter(|_| cfg!(windows))
        .filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?)))
        .collect()
}

/// The helper starts in a folder that is always there; it goes to the line's own, which may be gone, by itself.
pub(super) fn safe_dir() -> PathBuf {
    if cfg!(windows) { std::env::temp_dir() } else { PathBuf::from("/") }
}

/// Takes Ctrl-C and does nothing with it. Ignoring it would be inherited by the line, a handler is not.
pub(super) fn outlive_interrupts() -> io::Result<()> {
    #[cfg(unix)]
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let _inside = runtime.enter();
        let _ = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
        Ok(())
    }
    #[cfg(windows)]
    super::confine::elsewhere::outlive_interrupts()
}
