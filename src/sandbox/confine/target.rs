//! The process that is confined: it gives up every right it does not need, and then does what was ordered.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use rustix::fs::Mode;
use rustix::process::{DumpableBehavior, Resource, Rlimit};

use super::ends::ChildEnds;
use super::{Limits, Plan, Terminal, Tier, landlock, namespaces, seccomp, sys};
use crate::sandbox::cache::fill::fill;
use crate::sandbox::environment;
use crate::sandbox::helper::program::cannot_start;
use crate::sandbox::helper::{Order, Program, Work, shell};

/// A confined process is less urgent than the program that shows what it prints.
const NICE: i32 = 10;
/// One that nobody waits for runs when no other wants to.
const BEHIND: i32 = 19;

/// The whole life of the confined process.
pub(super) fn run(mut order: Order, ends: ChildEnds) -> ! {
    if let Err(error) = confine(&order.plan, &ends) {
        ends.refuse(&error.to_string());
    }
    let report = ends.ready();
    match &mut order.work {
        Work::Line(request) => environment::settle(&mut request.env, &order.plan),
        Work::Program(program) if order.plan.alone.is_none() => environment::settle(&mut program.env, &order.plan),
        Work::Program(_) | Work::Fill { .. } | Work::Nothing => {}
    }
    let exit = match order.work {
        Work::Nothing => 0,
        Work::Fill { from, to } => i32::from(fill(&from, &to).is_err()),
        Work::Program(program) => start(&program, order.plan.alone.is_some()),
        Work::Line(request) => {
            let mut outcome = shell::run(request);
            environment::unsettle(&mut outcome.env, &order.plan);
            let exit = outcome.exit;
            if let Err(error) = serde_json::to_writer(report, &outcome) {
                eprintln!("the outcome of this command cannot be told: {error}");
            }
            exit
        }
    };
    std::process::exit(exit);
}

fn confine(plan: &Plan, ends: &ChildEnds) -> io::Result<()> {
    // Without a namespace the kernel counts everything that the user runs, and only the supervisor can tell them apart.
    prepare(plan, ends, plan.tier.has_own_root())?;
    if plan.tier == Tier::None {
        return Ok(());
    }
    rustix::thread::set_no_new_privs(true)?;
    landlock::apply(plan).map_err(io::Error::other)?;
    namespaces::drop_capabilities()?;
    // What it starts can look neither into its memory nor at what it has open.
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    namespaces::told("the kernel takes no filter of system calls", seccomp::apply(plan))
}

/// All that is not a barrier: whom it dies with, its terminal, its limits; that on processes where they are `counted`.
pub(super) fn prepare(plan: &Plan, ends: &ChildEnds, counted: bool) -> io::Result<()> {
    ends.die_with_parent()?;
    lead(plan.terminal)?;
    sys::give_signals_back();
    rustix::process::umask(Mode::from_raw_mode(0o022));
    limit(plan, counted)?;
    let nice = match (plan.is_behind, plan.tier) {
        (true, _) => BEHIND,
        (false, Tier::None) => 0,
        (false, _) => NICE,
    };
    // The number is relative: what is nicer already stays so. A refusal costs nothing but speed.
    let _ = rustix::process::nice(nice);
    Ok(())
}

/// Becomes the leader of all that it will start, with the terminal that goes with it.
fn lead(terminal: Terminal) -> io::Result<()> {
    let stdin = rustix::stdio::stdin();
    match terminal {
        Terminal::None => drop(rustix::process::setsid()?),
        Terminal::Own => {
            rustix::process::setsid()?;
            rustix::process::ioctl_tiocsctty(stdin)?;
        }
        Terminal::Shared => {
            rustix::process::setpgid(None, None)?;
            // There is nobody who could wake what Ctrl-Z has put to sleep.
            sys::ignore(libc::SIGTSTP);
            if rustix::termios::isatty(stdin) {
                // Where it is not our terminal, it is nobody's to give.
                let _ = rustix::termios::tcsetpgrp(stdin, rustix::process::getpgrp());
            }
        }
    }
    Ok(())
}

fn limit(plan: &Plan, counted: bool) -> io::Result<()> {
    let Limits { data, address_space, cpu, processes, file, open, .. } = plan.limits;
    let mut limits = vec![
        (Resource::Core, 0),
        (Resource::Data, data),
        (Resource::As, address_space),
        (Resource::Cpu, cpu),
        (Resource::Fsize, file),
        (Resource::Nofile, open),
        (Resource::Stack, 16 << 20),
        (Resource::Memlock, 64 << 10),
        (Resource::Msgqueue, 0),
        (Resource::Sigpending, 512),
    ];
    if counted {
        limits.push((Resource::Nproc, processes));
    }
    for (resource, limit) in limits {
        let maximum = rustix::process::getrlimit(resource).maximum;
        let current = Some(maximum.map_or(limit, |maximum| maximum.min(limit)));
        // A second for a last word.
        let more = u64::from(resource == Resource::Cpu);
        let hard = Some(maximum.map_or(limit + more, |maximum| maximum.min(limit + more)));
        rustix::process::setrlimit(resource, Rlimit { current, maximum: hard })?;
    }
    Ok(())
}

/// Becomes the program; comes back only when it cannot be started.
fn start(program: &Program, is_alone: bool) -> i32 {
    let [name, args @ ..] = program.argv.as_slice() else { return 127 };
    if let Some(notice) = &program.notice {
        eprintln!("{notice}");
    }
    if let Err(error) = rustix::process::chdir(&program.dir) {
        eprintln!("the folder {} cannot be entered: {}", program.dir.display(), io::Error::from(error));
        return 127;
    }
    let mut command = Command::new(program.place(name));
    command.args(args).env_clear().envs(program.env.iter().map(|(name, value)| (name, value)));
    let error = command.exec();
    if is_alone {
        let (sentence, exit) = cannot_start(name, Path::new(name), &error);
        eprintln!("{sentence}");
        return exit;
    }
    match error.kind() {
        io::ErrorKind::NotFound => eprintln!("{name}: no such program"),
        _ => eprintln!("{name}: {error}"),
    }
    127
}
