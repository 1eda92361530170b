//! The first process of a command's namespaces: it makes the private root, starts the command, and waits. With it ends
//! all that is left in them.

use std::io;
use std::os::fd::AsFd;

use rustix::process::{DumpableBehavior, Pid, Signal, WaitOptions};

use super::ends::ChildEnds;
use super::{Tier, asker, namespaces, root, sys, target};
use crate::sandbox::environment;
use crate::sandbox::helper::Order;

/// Exit code of a process that could not be confined; nothing has run then.
pub(super) const REFUSED: i32 = 125;

/// The whole life of the first process; in [`Tier::Bwrap`] its root is made already.
pub(super) fn run(order: Order, ends: ChildEnds) -> ! {
    let command = match start(order, ends) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(REFUSED);
        }
    };
    std::process::exit(wait_for(command));
}

fn start(order: Order, mut ends: ChildEnds) -> io::Result<Pid> {
    ends.die_with_parent()?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    let null = std::fs::File::options().read(true).write(true).open("/dev/null")?;
    let made = match (order.plan.tier, &order.plan.home) {
        (Tier::Bwrap, Some(home)) => environment::without_telemetry(home),
        (Tier::Bwrap, None) => Ok(()),
        (Tier::Full | Tier::Landlock | Tier::Seatbelt | Tier::AppContainer | Tier::Job | Tier::None, _) => {
            root::make(&order.plan)
        }
    };
    if let Err(error) = made {
        ends.refuse(&error.to_string());
    }
    let (asks, patience) = order.asks();
    let answers = ends.answers.take();
    let Some(command) = sys::fork()? else {
        drop(answers);
        target::run(order, ends)
    };
    drop(ends);
    namespaces::drop_capabilities()?;
    if let Some(answers) = answers
        && sys::fork()?.is_none()
    {
        asker::run(&asks, patience, answers);
    }
    let_go_of_streams(&null)?;
    Ok(command)
}

/// What is open here could keep a reader waiting after the command has ended.
fn let_go_of_streams(null: &std::fs::File) -> io::Result<()> {
    rustix::stdio::dup2_stdin(null.as_fd())?;
    rustix::stdio::dup2_stdout(null.as_fd())?;
    rustix::stdio::dup2_stderr(null.as_fd())?;
    Ok(())
}

/// Buries whoever dies, until the command has ended; answers with its exit code.
fn wait_for(command: Pid) -> i32 {
    loop {
        match rustix::process::wait(WaitOptions::empty()) {
            Ok(Some((pid, status))) if pid == command => return exit_of(status),
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return 128 + Signal::KILL.as_raw(),
        }
    }
}

/// The exit code of an ended process, 128 + N for signal N.
pub(super) fn exit_of(status: rustix::process::WaitStatus) -> i32 {
    status.exit_status().or_else(|| status.terminating_signal().map(|signal| 128 + signal)).unwrap_or(1)
}
