//! The parsed line made ours: every simple command goes through [`RUN`], so that one place decides what a name means.

use deno_task_shell::parser::{
    Command, CommandInner, Pipeline, PipelineInner, Sequence, SequentialList, SequentialListItem, SimpleCommand, Word,
};

/// Runs its arguments as a command.
pub(super) const RUN: &str = "__run";
/// The same, with the line's own standard output: the end of a pipeline would otherwise get a pipe, and a pager or
/// an editor there needs the terminal.
pub(super) const RUN_OUT: &str = "__run_out";
/// Stands at the end of a line and notes where the shell is.
pub(super) const END: &str = "__end";

/// What the line has that this shell does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HasBackgroundJob;

/// The line with its commands handed to us, and the names of the variables it sets for the shell alone.
pub(super) fn rewrite(mut list: SequentialList) -> Result<(SequentialList, Vec<String>), HasBackgroundJob> {
    let mut variables = Vec::new();
    walk_list(&mut list, true, &mut variables)?;
    list.items.push(SequentialListItem {
        is_async: false,
        ends_line: true,
        sequence: SimpleCommand { env_vars: Vec::new(), args: vec![Word::new_string(END)] }.into(),
    });
    Ok((list, variables))
}

fn walk_list(list: &mut SequentialList, direct: bool, variables: &mut Vec<String>) -> Result<(), HasBackgroundJob> {
    for item in &mut list.items {
        if item.is_async {
            return Err(HasBackgroundJob);
        }
        walk_sequence(&mut item.sequence, direct, variables)?;
    }
    Ok(())
}

fn walk_sequence(sequence: &mut Sequence, direct: bool, variables: &mut Vec<String>) -> Result<(), HasBackgroundJob> {
    match sequence {
        Sequence::ShellVar(variable) => {
            variables.push(variable.name.clone());
            Ok(())
        }
        Sequence::Pipeline(Pipeline { inner, .. }) => walk_pipeline(inner, false, direct),
        Sequence::BooleanList(list) => {
            walk_sequence(&mut list.current, direct, variables)?;
            walk_sequence(&mut list.next, direct, variables)
        }
    }
}

/// `piped`: something stands before it; `direct`: its output is the line's own.
fn walk_pipeline(inner: &mut PipelineInner, piped: bool, direct: bool) -> Result<(), HasBackgroundJob> {
    match inner {
        PipelineInner::Command(command) => walk_command(command, piped, direct),
        PipelineInner::PipeSequence(sequence) => {
            walk_command(&mut sequence.current, false, false)?;
            walk_pipeline(&mut sequence.next, true, direct)
        }
    }
}

fn walk_command(command: &mut Command, piped: bool, direct: bool) -> Result<(), HasBackgroundJob> {
    let direct = direct && command.redirect.is_none();
    match &mut command.inner {
        CommandInner::Simple(simple) => {
            simple.args.insert(0, Word::new_string(if piped && direct { RUN_OUT } else { RUN }));
            Ok(())
        }
        // A subshell's variables are its own.
        CommandInner::Subshell(list) => walk_list(list, direct && !piped, &mut Vec::new()),
    }
}
