//! The commands that are the same on every system, small and kind: files, texts, and what the shell knows of itself.

use std::io;
use std::path::PathBuf;
use std::rc::Rc;

use deno_task_shell::{ExecuteResult, ShellCommandContext, ShellPipeReader, ShellPipeWriter};

use super::dispatch::until_interrupted;
use super::shellwords;
use super::state::Shared;

mod about;
mod copy;
mod files;
mod ls;
mod text;

/// A command of ours.
pub(super) struct Command {
    pub name: &'static str,
    /// How it is written, and what it does, for `help`.
    pub usage: &'static str,
    pub does: &'static str,
    run: fn(&mut Call) -> io::Result<i32>,
}

const fn command(
    name: &'static str,
    usage: &'static str,
    does: &'static str,
    run: fn(&mut Call) -> io::Result<i32>,
) -> Command {
    Command { name, usage, does, run }
}

/// All of them, in the order of their names.
pub(super) const COMMANDS: &[Command] = &[
    command("alone", "alone ./PROGRAM WORD…", "starts a program where there is nothing but that file", about::alone),
    command("cat", "cat FILE…", "shows files, or what comes in", text::cat),
    command("clear", "clear", "empties the screen", about::clear),
    command("cp", "cp [-r] FROM… TO", "copies files, with -r folders", copy::cp),
    command("echo", "echo [-n] WORD…", "prints its words", text::echo),
    command("head", "head [-n COUNT] FILE…", "shows the first lines (10)", text::head),
    command("help", "help", "shows this list", about::help),
    command("history", "history", "shows the lines you have run", about::history),
    command("ls", "ls [-l] [-a] [-1] PATH…", "lists files: folders end in /, programs in *", ls::ls),
    command("mkdir", "mkdir [-p] FOLDER…", "makes folders, with -p those above them too", files::mkdir),
    command("mv", "mv FROM… TO", "moves or renames", copy::mv),
    command("pwd", "pwd", "prints the folder you are in", about::pwd),
    command("rm", "rm [-r] [-f] PATH…", "removes files, with -r folders", files::rm),
    command("rmdir", "rmdir FOLDER…", "removes empty folders", files::rmdir),
    command("touch", "touch FILE…", "makes empty files", files::touch),
    command("which", "which NAME…", "says what a command's name stands for", about::which),
];

/// Every name that means something without a program: for completion.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let ours = COMMANDS.iter().map(|command| command.name);
    let mut names: Vec<_> =
        ours.chain(shellwords::OURS.iter().copied()).chain(shellwords::THEIRS.iter().copied()).collect();
    names.sort_unstable();
    names
}

/// What a command of ours gets: all of it its own, so that it can run beside the others of a pipeline.
struct Call {
    /// Without the name.
    args: Vec<String>,
    dir: PathBuf,
    root: PathBuf,
    path: String,
    history: Vec<String>,
    stdin: ShellPipeReader,
    stdout: ShellPipeWriter,
    stderr: ShellPipeWriter,
}

impl Call {
    /// Whether the learner sees the output directly: it goes neither into a pipe nor into a file.
    fn is_on_screen(&self) -> bool {
        matches!(self.stdout, ShellPipeWriter::Stdout)
    }

    /// A sentence on standard error.
    fn complain(&mut self, sentence: &str) -> io::Result<()> {
        self.stderr.write_line(sentence)
    }

    /// The options, each of which must be one of `known`, and the other arguments. `--` ends the options.
    fn options(&mut self, name: &str, known: &str) -> Option<(String, Vec<String>)> {
        let (mut options, mut rest) = (String::new(), Vec::new());
        let mut args = std::mem::take(&mut self.args).into_iter();
        while let Some(arg) = args.next() {
            if arg == "--" {
                rest.extend(args.by_ref());
            } else if let Some(letters) = arg.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                if let Some(strange) = letters.chars().find(|letter| !known.contains(*letter)) {
                    let option = if strange == '-' { arg } else { format!("-{strange}") };
                    // The exit code says it too.
                    let _ = self.complain(&format!("{name}: {option} is not built in here; {}", offer(known)));
                    return None;
                }
                options.push_str(letters);
            } else {
                rest.push(arg);
            }
        }
        Some((options, rest))
    }
}

fn offer(known: &str) -> String {
    let letters: Vec<String> = known.chars().map(|letter| format!("-{letter}")).collect();
    if letters.is_empty() {
        return "it has no options".to_owned();
    }
    format!("there is {}", crate::base::prose::list(&letters, "and"))
}

/// Exit code of wrong use.
const MISUSED: i32 = 2;

/// Runs a command of ours on a thread of its own: it may wait for a pipe that another command of the line fills.
pub(super) async fn run(command: &Command, context: ShellCommandContext, shared: &Rc<Shared>) -> ExecuteResult {
    let text = |value: &std::ffi::OsString| value.to_string_lossy().into_owned();
    let mut call = Call {
        args: context.args.iter().map(text).collect(),
        dir: context.state.cwd().clone(),
        root: shared.root.clone(),
        path: context.state.get_var("PATH".as_ref()).map(text).unwrap_or_default(),
        history: shared.history.clone(),
        stdin: context.stdin,
        stdout: context.stdout,
        stderr: context.stderr,
    };
    let (name, run) = (command.name, command.run);
    let running = tokio::task::spawn_blocking(move || finish(name, run(&mut call), &mut call));
    let running = async { ExecuteResult::from_exit_code(running.await.unwrap_or(1)) };
    until_interrupted(running, shared).await
}

fn finish(name: &str, result: io::Result<i32>, call: &mut Call) -> i32 {
    match result {
        Ok(exit) => exit,
        // As a program that is ended by SIGPIPE.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => 141,
        Err(error) => {
            // Where nobody reads, nobody misses it.
            let _ = call.complain(&format!("{name}: {}", reason(&error)));
            1
        }
    }
}

/// A system's error in words that say the same on every system.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "the system does not allow it".to_owned(),
        io::ErrorKind::AlreadyExists => "there is one of that name already".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        io::ErrorKind::DirectoryNotEmpty => "the folder is not empty".to_owned(),
        _ => error.to_string(),
    }
}
