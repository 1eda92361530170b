//! What a command's name means: a part of the shell, a command of ours, or a program.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::pin::Pin;
use std::rc::Rc;

use deno_task_shell::{ExecuteCommandArgsContext, ExecuteResult, ShellCommand, ShellCommandContext, ShellPipeWriter};

use super::state::Shared;
use super::{builtin, program, rewrite, shellwords};

type Running = Pin<Box<dyn Future<Output = ExecuteResult>>>;

/// Exit code of what Ctrl-C cut short.
pub(super) const INTERRUPTED: i32 = 130;

/// Every command the shell crate shall find by name: our entrances, and our commands for `$(…)`, which it
/// looks up by itself.
pub(super) fn commands(shared: &Rc<Shared>) -> HashMap<String, Rc<dyn ShellCommand>> {
    let entrance = |word: &str, role: Role| {
        let command: Rc<dyn ShellCommand> = Rc::new(Entrance { role, shared: Rc::clone(shared) });
        (word.to_owned(), command)
    };
    let named = builtin::COMMANDS.iter().map(|command| command.name).chain(shellwords::OURS.iter().copied());
    named
        .map(|name| entrance(name, Role::Named(name)))
        .chain([
            entrance(rewrite::RUN, Role::Run),
            entrance(rewrite::RUN_OUT, Role::RunOut),
            entrance(rewrite::END, Role::End),
        ])
        .collect()
}

/// Hears Ctrl-C (and Ctrl-\) beside the commands, so that they die of it and the helper does not.
pub(super) fn listen_for_interrupts(shared: Rc<Shared>) -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut quit) = (signal(SignalKind::interrupt())?, signal(SignalKind::quit())?);
        tokio::task::spawn_local(async move {
            loop {
                tokio::select! { _ = interrupt.recv() => {}, _ = quit.recv() => {} }
                shared.interrupt();
            }
        });
    }
    #[cfg(windows)]
    {
        let mut interrupt = tokio::signal::windows::ctrl_c()?;
        tokio::task::spawn_local(async move {
            while interrupt.recv().await.is_some() {
                shared.interrupt();
            }
        });
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Role {
    /// The first argument is the command's name.
    Run,
    /// The same, with the line's own standard output.
    RunOut,
    /// Called by its own name.
    Named(&'static str),
    /// The end of the line.
    End,
}

struct Entrance {
    role: Role,
    shared: Rc<Shared>,
}

impl ShellCommand for Entrance {
    fn execute(&self, mut context: ShellCommandContext) -> Running {
        let (role, shared) = (self.role, Rc::clone(&self.shared));
        Box::pin(async move {
            shared.remember(&context.state);
            let name = match role {
                Role::End => return end(&shared, &context),
                Role::Named(name) => name.into(),
                Role::Run | Role::RunOut if context.args.is_empty() => return ExecuteResult::from_exit_code(0),
                Role::Run => context.args.remove(0),
                Role::RunOut => {
                    context.stdout = ShellPipeWriter::stdout();
                    context.args.remove(0)
                }
            };
            if shared.is_interrupted() {
                return ExecuteResult::from_exit_code(INTERRUPTED);
            }
            run(name, context, shared).await
        })
    }
}

/// The line's exit code is that of its last command; having come here, no `exit` has ended it.
fn end(shared: &Shared, context: &ShellCommandContext) -> ExecuteResult {
    shared.set_leave(false);
    let last = context.state.get_var("?".as_ref()).and_then(|code| code.to_str()?.parse().ok());
    ExecuteResult::from_exit_code(last.unwrap_or(0))
}

async fn run(name: OsString, context: ShellCommandContext, shared: Rc<Shared>) -> ExecuteResult {
    let Some(word) = name.to_str() else { return program::run(&name, context, &shared).await };
    if shellwords::OURS.contains(&word) {
        return shellwords::run(word, context, &shared).await;
    }
    if let Some(command) = builtin::COMMANDS.iter().find(|command| command.name == word) {
        return builtin::run(command, context, &shared).await;
    }
    if shellwords::THEIRS.contains(&word) {
        return until_interrupted(delegate(name, context), &shared).await;
    }
    program::run(&name, context, &shared).await
}

/// Hands the command to the shell crate.
pub(super) fn delegate(name: OsString, context: ShellCommandContext) -> Running {
    let ShellCommandContext { mut args, state, stdin, stdout, stderr, execute_command_args } = context;
    args.insert(0, name);
    execute_command_args(ExecuteCommandArgsContext { args, state, stdin, stdout, stderr })
}

/// The result, or that of an interruption if it comes first.
pub(super) async fn until_interrupted(running: impl Future<Output = ExecuteResult>, shared: &Shared) -> ExecuteResult {
    tokio::select! {
        result = running => result,
        () = shared.interruption() => ExecuteResult::from_exit_code(INTERRUPTED),
    }
}
