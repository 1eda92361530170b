//! The commands that change the shell itself: where it is, what it remembers, whether it goes on.

use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use deno_task_shell::{EnvChange, ExecuteResult, ShellCommandContext, ShellState};

use super::dispatch::delegate;
use super::rewrite::RUN;
use super::state::Shared;
use crate::base::nearest::nearest;

/// Those told here.
pub(super) const OURS: &[&str] = &["cd", "env", "exit", "export"];
/// Those of the shell crate.
pub(super) const THEIRS: &[&str] = &[":", "false", "set", "shopt", "sleep", "test", "true", "unset", "xargs"];

pub(super) async fn run(word: &str, context: ShellCommandContext, shared: &Rc<Shared>) -> ExecuteResult {
    match word {
        "cd" => cd(context, shared),
        "env" => env(context).await,
        "exit" => exit(context, shared),
        _ => export(context),
    }
}

fn cd(mut context: ShellCommandContext, shared: &Shared) -> ExecuteResult {
    let args: Vec<String> = texts(&context);
    let here = context.state.cwd().clone();
    let target = match args.as_slice() {
        [] => Ok(shared.root.clone()),
        // The home of commands is a private folder that a learner never wants to be in.
        [path] if is_home(path, &context.state) => Ok(shared.root.clone()),
        [dash] if dash == "-" => var(&context.state, "OLDPWD").map(PathBuf::from).ok_or_else(no_folder_before),
        [path] => folder(&here, path),
        [..] => Err("cd: name one folder; quote a name that has spaces".to_owned()),
    };
    match target {
        Ok(dir) => {
            let changes =
                vec![EnvChange::SetEnvVar("OLDPWD".into(), here.into_os_string()), EnvChange::Cd(dir.clone())];
            if args == ["-"] {
                let _ = context.stdout.write_line(&dir.display().to_string());
            }
            ExecuteResult::Continue(0, changes, Vec::new())
        }
        Err(sentence) => fail(&mut context, &sentence, 1),
    }
}

fn no_folder_before() -> String {
    "cd: there is no folder to go back to yet".to_owned()
}

fn is_home(path: &str, state: &ShellState) -> bool {
    var(state, "HOME").is_some_and(|home| Path::new(&home) == Path::new(path))
}

/// The folder `path` leads to from `here`, `..` taken by name as shells do.
fn folder(here: &Path, path: &str) -> Result<PathBuf, String> {
    let dir = here.join(path).components().fold(PathBuf::new(), |mut dir, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                dir.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => dir.push(part),
        }
        dir
    });
    if dir.is_dir() {
        return Ok(dir);
    }
    if dir.exists() {
        return Err(format!("cd: {path} is a file, not a folder"));
    }
    let beside: Vec<String> = dir
        .parent()
        .and_then(|parent| parent.read_dir().ok())
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let name = dir.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mend = nearest(&name, beside.iter().map(String::as_str)).map(|near| format!("; did you mean {near}?"));
    Err(format!("cd: there is no folder {path}{}", mend.unwrap_or_default()))
}

/// `env`, `env NAME=VALUE… command`, `env -i command`.
async fn env(mut context: ShellCommandContext) -> ExecuteResult {
    let mut args = std::mem::take(&mut context.args).into_iter().peekable();
    while let Some(arg) = args.peek().and_then(|arg| arg.to_str()) {
        match arg.split_once('=') {
            _ if arg == "-i" || arg == "-" => {
                let names: Vec<_> = context.state.env_vars().keys().cloned().map(EnvChange::UnsetVar).collect();
                context.state.apply_changes(&names);
            }
            Some((name, value)) => context.state.apply_env_var(name.as_ref(), value.as_ref()),
            None if arg.starts_with('-') => {
                let sentence = format!("env: {arg} is not built in here; there is -i, and NAME=VALUE before a command");
                return fail(&mut context, &sentence, 2);
            }
            None => break,
        }
        args.next();
    }
    context.args = args.collect();
    if context.args.is_empty() {
        return print_env(&mut context);
    }
    delegate(RUN.into(), context).await
}

fn print_env(context: &mut ShellCommandContext) -> ExecuteResult {
    let mut lines: Vec<String> = context
        .state
        .env_vars()
        .iter()
        .filter(|(name, _)| *name != "?")
        .map(|(name, value)| format!("{}={}\n", name.to_string_lossy(), value.to_string_lossy()))
        .collect();
    lines.sort();
    let _ = context.stdout.write_all(lines.concat().as_bytes());
    ExecuteResult::from_exit_code(0)
}

/// `exit` ends the line and asks to leave; a number is the exit code.
fn exit(mut context: ShellCommandContext, shared: &Shared) -> ExecuteResult {
    let last = var(&context.state, "?").and_then(|code| code.parse::<i32>().ok()).unwrap_or(0);
    let code = match texts(&context).as_slice() {
        [] => Some(last),
        [code] => code.parse::<i32>().ok().map(|code| code.rem_euclid(256)),
        [..] => None,
    };
    let Some(code) = code else { return fail(&mut context, "exit: the exit code is one number", 2) };
    shared.set_leave(true);
    ExecuteResult::Exit(code, Vec::new())
}

/// `export NAME=VALUE…`, `export NAME` for a variable of the shell alone.
fn export(mut context: ShellCommandContext) -> ExecuteResult {
    if context.args.is_empty() {
        return print_env(&mut context);
    }
    let mut changes = Vec::new();
    for arg in texts(&context) {
        let (name, value) = match arg.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (arg.as_str(), var(&context.state, &arg)),
        };
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_name {
            let sentence = format!("export: {name} is not a name for a variable; letters, digits and _ make one");
            return fail(&mut context, &sentence, 1);
        }
        if let Some(value) = value {
            changes.push(EnvChange::SetEnvVar(name.into(), value.into()));
        }
    }
    ExecuteResult::Continue(0, changes, Vec::new())
}

fn texts(context: &ShellCommandContext) -> Vec<String> {
    context.args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect()
}

fn var(state: &ShellState, name: &str) -> Option<String> {
    state.get_var(name.as_ref()).map(|value| value.to_string_lossy().into_owned())
}

fn fail(context: &mut ShellCommandContext, sentence: &str, code: i32) -> ExecuteResult {
    let _ = context.stderr.write_line(sentence);
    ExecuteResult::from_exit_code(code)
}
