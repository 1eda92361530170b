//! What is ordered, done without any confinement, for systems on which we know none.

use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use super::{Answer, Order, Program, Told, Work, shell};
use crate::judge::evidence::Stopped;
use crate::sandbox::cache::fill::fill;
use crate::sandbox::probe::server;
use crate::sandbox::process::exit_code;

/// Does what is ordered on our own standard streams.
pub(in crate::sandbox) fn run(order: Order) -> Told {
    match order.work {
        Work::Nothing => Told::default(),
        Work::Line(request) => {
            let outcome = shell::run(request);
            Told { exit: outcome.exit, outcome: Some(outcome), ..Told::default() }
        }
        Work::Program(program) => start(&program),
        Work::Fill { from, to } => Told { exit: i32::from(fill(&from, &to).is_err()), ..Told::default() },
    }
}

fn start(program: &Program) -> Told {
    let [name, args @ ..] = program.argv.as_slice() else { return Told { exit: 127, ..Told::default() } };
    if let Some(notice) = &program.notice {
        eprintln!("{notice}");
    }
    let mut command = Command::new(program.place(name));
    command.args(args).current_dir(&program.dir).env_clear();
    command.envs(program.env.iter().map(|(name, value)| (name, value)));
    match command.spawn() {
        Ok(child) if program.asks.is_empty() => Told { exit: wait(child), ..Told::default() },
        Ok(child) => ask(child, program),
        Err(error) => {
            eprintln!("{name}: {error}");
            Told { exit: 127, ..Told::default() }
        }
    }
}

fn wait(mut child: Child) -> i32 {
    child.wait().map_or(127, exit_code)
}

/// Sends the requests, and then stops the program.
fn ask(mut child: Child, program: &Program) -> Told {
    let ended = std::sync::atomic::AtomicBool::new(false);
    let (answers, stopped): (Vec<Answer>, Option<Stopped>) = thread::scope(|scope| {
        let is_over = || ended.load(std::sync::atomic::Ordering::SeqCst);
        let deadline = Instant::now() + program.patience;
        let answers = move || program.asks.iter().map(|ask| server::answer(ask, deadline, &is_over)).collect();
        let asking = scope.spawn(answers);
        while !asking.is_finished() {
            if !matches!(child.try_wait(), Ok(None)) {
                ended.store(true, std::sync::atomic::Ordering::SeqCst);
            }
            thread::sleep(Duration::from_millis(5));
        }
        let stopped = matches!(child.try_wait(), Ok(None)).then_some(Stopped::Asked);
        (asking.join().unwrap_or_default(), stopped)
    });
    if stopped.is_some() {
        // It has ended meanwhile, else.
        let _ = child.kill();
    }
    Told { exit: wait(child), outcome: None, stopped, answers }
}
