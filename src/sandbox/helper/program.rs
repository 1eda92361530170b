//! Starts a program as a part of the line and waits for it.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use deno_task_shell::{ExecuteResult, ShellCommandContext};
use tokio::process::Child;

use super::dispatch::INTERRUPTED;
use super::find::{self, Places};
use super::state::Shared;
use crate::sandbox::process::exit_code;
#[cfg(unix)]
use crate::sandbox::process::group;

/// Runs the program that `name` means, with the context's streams, and answers its exit code. Ctrl-C is the
/// program's own affair: it gets it from the terminal as the helper does.
pub(super) async fn run(name: &OsStr, mut context: ShellCommandContext, shared: &Shared) -> ExecuteResult {
    let state = &context.state;
    let path = state.get_var("PATH".as_ref()).map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    let word = name.to_string_lossy();
    if word.is_empty() {
        return fail(&mut context, "there is no command in an empty text", 127);
    }
    let file = match find::program(&word, Places { dir: state.cwd(), path: &path }) {
        Ok(file) => file,
        Err(not_found) => return fail(&mut context, &not_found.sentence, not_found.exit),
    };
    let mut command = tokio::process::Command::new(&file);
    #[cfg(unix)]
    command.arg0(name);
    let stderr = context.stderr.clone();
    command
        .args(&context.args)
        .current_dir(state.cwd())
        .env_clear()
        .envs(state.env_vars().iter().filter(|(name, _)| *name != "?"))
        .stdin(context.stdin.into_stdio())
        .stdout(context.stdout.into_stdio())
        .stderr(stderr.into_stdio());
    let spawned = command.spawn();
    // It holds the ends of pipes, and whoever reads from them waits until they are closed.
    drop(command);
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            let (sentence, exit) = cannot_start(&word, &file, &error);
            let _ = context.stderr.write_line(&sentence);
            return ExecuteResult::from_exit_code(exit);
        }
    };
    let exit = await_end(&mut child, shared).await;
    if exit == INTERRUPTED {
        // It may have come from elsewhere than the terminal; the rest of the line is meant all the same.
        shared.interrupt();
    }
    if let Some(sentence) = died_of(&word, exit) {
        let _ = context.stderr.write_line(&sentence);
    }
    ExecuteResult::from_exit_code(exit)
}

/// For so long a program may have missed a Ctrl-C that came while it was being started.
const STARTING: Duration = Duration::from_millis(100);

async fn await_end(child: &mut Child, shared: &Shared) -> i32 {
    let pid = child.id();
    let missed = async {
        if tokio::time::timeout(STARTING, shared.interruption()).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let status = tokio::select! {
        status = child.wait() => status,
        () = missed => {
            interrupt(pid);
            child.wait().await
        }
    };
    status.map_or(1, exit_code)
}

fn interrupt(pid: Option<u32>) {
    #[cfg(unix)]
    if let Some(pid) = pid.and_then(group::as_pid) {
        // It has not been waited for, so its number is its own; an error says that it has ended.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::INT);
    }
    #[cfg(not(unix))]
    let _ = pid;
}

fn fail(context: &mut ShellCommandContext, sentence: &str, exit: i32) -> ExecuteResult {
    let _ = context.stderr.write_line(sentence);
    ExecuteResult::from_exit_code(exit)
}

/// The system's words, then what they mean.
pub(in crate::sandbox) fn cannot_start(word: &str, file: &Path, error: &std::io::Error) -> (String, i32) {
    match error.kind() {
        std::io::ErrorKind::NotFound => (
            format!(
                "{word}: No such file or directory\nThe file is there; what is missing is a program that it needs to \
                 start: a loader for shared libraries, or the one its #! line names."
            ),
            127,
        ),
        std::io::ErrorKind::PermissionDenied => (format!("{word}: this system does not let you start it"), 126),
        _ if is_foreign(error) => {
            let mend = if starts_as_text(file) {
                "It is a text without a #! line that says what runs it."
            } else {
                "It is a program for another system or another kind of processor."
            };
            (format!("{word}: cannot execute binary file: Exec format error\n{mend}"), 126)
        }
        _ => (format!("{word}: {error}"), 126),
    }
}

/// ENOEXEC, or what Windows calls it.
fn is_foreign(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(if cfg!(windows) { 193 } else { 8 })
}

fn starts_as_text(file: &Path) -> bool {
    let mut start = [0; 256];
    File::open(file).and_then(|mut file| file.read(&mut start)).is_ok_and(|size| !start[..size].contains(&0))
}

/// Signals that end a program without a word of its own.
fn died_of(word: &str, exit: i32) -> Option<String> {
    let reason = match exit {
        137 => "killed",
        139 => "segmentation fault",
        134 => "aborted",
        _ => return None,
    };
    Some(format!("{word}: {reason}"))
}
