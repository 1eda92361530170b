//! A line of the shell language from its text to its outcome.

use std::collections::HashMap;
use std::ffi::OsString;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::rc::Rc;

use deno_task_shell::parser::{SequentialList, parse};
use deno_task_shell::{
    EnvChange, KillSignal, ParseError, ShellPipeReader, ShellPipeWriter, ShellState, execute_with_pipes,
};
use tokio::task::LocalSet;

use super::state::Shared;
use super::{Outcome, Request, dispatch, redirect, rewrite};

/// Exit code of a line that cannot be read.
const UNREADABLE: i32 = 2;

/// How the parser's message about two redirections of one command begins.
const MULTIPLE_REDIRECTS: &str = "Multiple redirects";

/// Runs the line on our own standard streams.
pub(in crate::sandbox) fn run(request: Request) -> Outcome {
    if only_comments(&request.line) {
        return stay(request, 0);
    }
    let list = match read(&request.line) {
        Ok(list) => list,
        Err(sentence) => {
            eprintln!("{sentence}");
            return stay(request, UNREADABLE);
        }
    };
    let (list, variables) = list;
    let dir = existing_dir(&request);
    if let Some(name) = redirect::missing_input(&request.line, &dir) {
        eprintln!("{name}: there is no such file or folder");
        return stay(request, 1);
    }
    let shared = Rc::new(Shared::new(&request, &dir, variables));
    // The shell crate panics where a pipe's reader has gone; the learner gets a sentence, not a trace.
    std::panic::set_hook(Box::new(|_| {}));
    let exit = std::panic::catch_unwind(AssertUnwindSafe(|| execute(list, &request, dir, &shared)));
    let _ = std::panic::take_hook();
    match exit {
        Ok(Ok(exit)) => shared.outcome(exit),
        Ok(Err(error)) => {
            eprintln!("the shell cannot start: {error}");
            shared.outcome(127)
        }
        Err(_) => {
            eprintln!("the shell lost a part of this line: something stopped reading its output");
            shared.outcome(141)
        }
    }
}

fn stay(request: Request, exit: i32) -> Outcome {
    Outcome { exit, dir: request.dir, env: request.env, leave: false }
}

fn only_comments(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim().starts_with('#'))
}

fn read(text: &str) -> Result<(SequentialList, Vec<String>), String> {
    let list = parse(text).or_else(|error| {
        let is_nested = error.message.starts_with(MULTIPLE_REDIRECTS);
        let nested = is_nested.then(|| redirect::nested(text)).flatten().and_then(|line| parse(&line).ok());
        nested.ok_or_else(|| unreadable(text, &error))
    })?;
    rewrite::rewrite(list).map_err(|rewrite::HasBackgroundJob| {
        "background jobs (a lone `&`) are not part of this shell; open a second tab for a second command".to_owned()
    })
}

/// The sentence for a line that does not parse: what, where, and how to mend it where that is known.
fn unreadable(text: &str, error: &ParseError) -> String {
    if text.contains("<<") {
        return "here-documents (`<<`) are not part of this shell; write the file in the editor pane".to_owned();
    }
    let message = error.message.trim_end_matches('.');
    let place = match error.code_snippet.as_deref() {
        Some(snippet) if !snippet.trim().is_empty() => format!(" at `{}`", snippet.trim()),
        Some(_) | None => String::new(),
    };
    let mend = if message.starts_with(MULTIPLE_REDIRECTS) {
        "; `&> FILE` sends both output and errors to one file"
    } else if message.contains("quot") {
        "; a quote that opens must close again"
    } else {
        ""
    };
    format!("this line cannot be read{place}: {}{mend}", lower_first(message))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The line's folder, or the learner's own when that one is gone.
fn existing_dir(request: &Request) -> PathBuf {
    if request.dir.is_dir() {
        return request.dir.clone();
    }
    eprintln!("the folder {} is gone; you are back in {}", request.dir.display(), request.root.display());
    request.root.clone()
}

fn execute(list: SequentialList, request: &Request, dir: PathBuf, shared: &Rc<Shared>) -> std::io::Result<i32> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (shell_only, env): (Vec<_>, Vec<_>) =
        request.env.iter().filter(|(name, _)| name != "PWD").cloned().partition(|(name, _)| name.starts_with('$'));
    let env: HashMap<OsString, OsString> = env.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    let mut state = ShellState::new(env, dir, dispatch::commands(shared), KillSignal::default());
    let shell_only: Vec<EnvChange> =
        shell_only.into_iter().map(|(name, value)| EnvChange::SetShellVar(name[1..].into(), value.into())).collect();
    state.apply_changes(&shell_only);
    let exit = LocalSet::new().block_on(&runtime, async {
        dispatch::listen_for_interrupts(Rc::clone(shared))?;
        let (stdin, stdout, stderr) = (ShellPipeReader::stdin(), ShellPipeWriter::stdout(), ShellPipeWriter::stderr());
        Ok(execute_with_pipes(list, state, stdin, stdout, stderr).await)
    });
    // A command that reads may still wait for input that never comes; the end of the process ends it.
    runtime.shutdown_background();
    exit
}
