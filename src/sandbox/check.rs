//! Programs run for a check: confined as the learner's own commands are, on pipes.

use std::path::Path;
use std::time::Duration;

use super::confine::{Class, Plan, Terminal};
use super::helper::{Answer, Ask, Letter, Order, Program, Work};
use super::process::{self, Job};
use crate::judge::evidence::Captured;

/// Where a check runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The learner's folder.
    pub root: &'a Path,
    /// A folder of ours that it may write in as well.
    pub also: &'a Path,
    pub class: Class,
}

/// Runs `job` and tells what was seen. Never fails: what cannot be run is an exit of 126 or 127 with the reason.
pub(super) fn run(job: &Job<'_>, place: Place<'_>) -> Captured {
    serve(job, place, &[], Duration::ZERO).0
}

/// The same for a server: it is stopped when all `asks` are answered, or have been waited for as long as `patience`.
pub(super) fn serve(job: &Job<'_>, place: Place<'_>, asks: &[Ask], patience: Duration) -> (Captured, Vec<Answer>) {
    let letter = Plan::new(place.root, job.env, place.class, Terminal::None).and_then(|mut plan| {
        plan.may_write(place.also);
        plan.ports = asks.iter().map(|ask| ask.port).collect();
        let program = Program {
            argv: job.argv.to_vec(),
            dir: job.dir.to_owned(),
            env: job.env.to_vec(),
            notice: None,
            asks: asks.to_vec(),
            patience,
        };
        Letter::write(Order::new(plan, Work::Program(program))).map_err(|error| error.to_string())
    });
    match letter {
        Ok(letter) => {
            let (captured, told) = process::run_helper(&letter, job.stdin, job.timeout, job.output_limit, false);
            (captured, told.answers)
        }
        Err(why) => {
            let why = format!("{why}\n");
            (Captured { exit: 126, stderr: why.clone(), output: why, ..Captured::default() }, Vec::new())
        }
    }
}
