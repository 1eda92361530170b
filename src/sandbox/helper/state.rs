//! What the commands of one line share: the learner's folder, the history, Ctrl-C, and where the shell is now.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use deno_task_shell::ShellState;
use tokio::sync::watch;

use super::{Outcome, Request};

/// Lives as long as the line.
pub(super) struct Shared {
    pub root: PathBuf,
    pub history: Vec<String>,
    /// Names that may be variables of the shell alone.
    variables: Vec<String>,
    interrupted: watch::Sender<bool>,
    leave: Cell<bool>,
    now: RefCell<(PathBuf, Vec<(String, String)>)>,
}

impl Shared {
    pub fn new(request: &Request, dir: &Path, mut variables: Vec<String>) -> Self {
        variables.extend(request.env.iter().filter_map(|(name, _)| name.strip_prefix('$').map(str::to_owned)));
        Self {
            root: request.root.clone(),
            history: request.history.clone(),
            variables,
            interrupted: watch::channel(false).0,
            leave: Cell::new(false),
            now: RefCell::new((dir.to_owned(), request.env.clone())),
        }
    }

    /// Notes where the shell is.
    pub fn remember(&self, state: &ShellState) {
        let mut env: Vec<(String, String)> = state
            .env_vars()
            .iter()
            .filter_map(|(name, value)| Some((name.to_str()?.to_owned(), value.to_str()?.to_owned())))
            .filter(|(name, _)| name != "?" && name != "PWD")
            .collect();
        for name in &self.variables {
            let is_exported = env.iter().any(|(exported, _)| exported == name);
            if let (false, Some(value)) = (is_exported, state.get_var(name.as_ref())) {
                env.push((format!("${name}"), value.to_string_lossy().into_owned()));
            }
        }
        env.sort();
        env.dedup();
        *self.now.borrow_mut() = (state.cwd().clone(), env);
    }

    /// Ctrl-C: no further command of this line starts.
    pub fn interrupt(&self) {
        self.interrupted.send_replace(true);
    }

    pub fn is_interrupted(&self) -> bool {
        *self.interrupted.borrow()
    }

    /// Waits for Ctrl-C.
    pub async fn interruption(&self) {
        // The sender lives in `self`, so this cannot fail.
        let _ = self.interrupted.subscribe().wait_for(|interrupted| *interrupted).await;
    }

    pub fn set_leave(&self, leave: bool) {
        self.leave.set(leave);
    }

    pub fn outcome(&self, exit: i32) -> Outcome {
        let (dir, env) = self.now.borrow().clone();
        Outcome { exit, dir, env, leave: self.leave.get() }
    }
}
