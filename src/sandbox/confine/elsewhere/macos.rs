//! A command under Seatbelt: started by the system's `sandbox-exec`, found again by the tree of processes.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::process::parent_id;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::{Pid, Resource, Rlimit, Signal};

use super::Wake;
use crate::judge::evidence::Stopped;
use crate::sandbox::confine::seatbelt::{self, Profile};
use crate::sandbox::confine::tree::{Process, Tree};
use crate::sandbox::confine::{Limits, Plan, Terminal};
use crate::sandbox::helper::{INSIDE, Letter, Order, Told, WORD};
use crate::sandbox::process::{exit_code, group};

#[path = "macos/sys.rs"]
mod sys;

/// A confined process is less urgent than the program that shows what it prints.
const NICE: i32 = 10;
/// The tree is looked at so often: who leaves it in between without a trace is not found again.
const TREE: Duration = Duration::from_millis(50);
/// Bytes of an outcome at most; an environment is smaller.
const REPORT: u64 = 8 << 20;

/// A confined command.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    /// Who wants it.
    parent: u32,
    wakes: Receiver<Wake>,
    tree: Tree,
    members: Vec<Process>,
    report: JoinHandle<Vec<u8>>,
}

impl Running {
    pub(super) fn start(folder: &Path, order: &Order) -> io::Result<Self> {
        let mut order = order.clone();
        let stdin = rustix::stdio::stdin();
        if order.plan.terminal != Terminal::None && rustix::termios::isatty(stdin) {
            let name = rustix::termios::ttyname(stdin, Vec::new())?;
            order.plan.tty = Some(name.to_string_lossy().into_owned().into());
        }
        let helper = std::env::current_exe()?.canonicalize()?;
        let (order_out, mut order_in) = io::pipe()?;
        let (report_out, report_in) = io::pipe()?;
        // Only these two are for the command; what else we have open closes by itself when it starts.
        for end in [order_out.as_raw_fd(), report_in.as_raw_fd()] {
            sys::let_through(end)?;
        }
        let (send, wakes) = channel();
        hear_signals(send.clone())?;
        let child = Command::new(seatbelt::PROGRAM)
            .args(Profile::of(&order.plan, &helper).args())
            .arg(&helper)
            .args([WORD, INSIDE, &order_out.as_raw_fd().to_string(), &report_in.as_raw_fd().to_string()])
            .spawn()?;
        drop((order_out, report_in));
        // Whoever finds us killed can end the command by this.
        let _ = Letter::name_leader(folder, child.id());
        let report = thread::spawn(move || read_report(report_out));
        await_end(child.id(), send);
        let parent = order.parent;
        // When it has ended already, its exit code says why.
        let _ = serde_json::to_vec(&order).map_err(io::Error::from).and_then(|order| order_in.write_all(&order));
        Ok(Self { child, parent, wakes, tree: Tree::default(), members: Vec::new(), report })
    }

    pub(super) fn wait(&mut self, pause: Duration) -> Wake {
        let wake = match self.wakes.recv_timeout(pause.min(TREE)) {
            Ok(wake) => wake,
            Err(RecvTimeoutError::Timeout) if parent_id() != self.parent => Wake::Unwanted,
            Err(RecvTimeoutError::Timeout) => Wake::Time,
            Err(RecvTimeoutError::Disconnected) => Wake::Unwanted,
        };
        self.members = self.tree.members(&sys::processes(), Some(self.child.id()), std::process::id());
        wake
    }

    pub(super) fn over(&mut self, limits: &Limits) -> Option<Stopped> {
        let memory: u64 = self.members.iter().map(|process| process.memory).sum();
        let threads: u64 = self.members.iter().map(|process| process.threads).sum();
        if threads > limits.processes + 16 {
            return Some(Stopped::Processes(limits.processes));
        }
        (memory > limits.memory).then_some(Stopped::Memory(limits.memory))
    }

    /// Ends what is left, and answers with the exit code and what was told.
    pub(super) fn finish(mut self, is_natural: bool) -> (i32, Option<Told>) {
        let us = std::process::id();
        // As long as nobody has waited for it, its number is its own and its children are found by it.
        self.tree.members(&sys::processes(), Some(self.child.id()), us);
        if !is_natural {
            // It has ended meanwhile, else.
            let _ = self.child.kill();
        }
        let exit = self.child.wait().map_or(super::KILLED, exit_code);
        // A process that is killed needs its turn on a processor to die.
        for _ in 0..500 {
            let left = self.tree.members(&sys::processes(), None, us);
            if left.is_empty() {
                break;
            }
            for pid in left.iter().filter_map(|process| group::as_pid(process.pid)) {
                let _ = rustix::process::kill_process(pid, Signal::KILL);
            }
            thread::sleep(Duration::from_millis(2));
        }
        let report = self.report.join().unwrap_or_default();
        (exit, serde_json::from_slice(&report).ok())
    }

    /// Go takes no notice of the first signal at the limit of processor time, and the second is a plain kill.
    pub(super) fn used_up(exit: i32, limits: &Limits) -> Option<Stopped> {
        let limit = Duration::from_secs(limits.cpu);
        let is_over = match exit - 128 {
            libc::SIGXCPU => true,
            libc::SIGKILL => sys::children_time() >= limit / 2,
            _ => false,
        };
        is_over.then_some(Stopped::Cpu(limit))
    }
}

/// Signals that mean the end; those of the keyboard reach the command by themselves, and must not end us. Handlers, not
/// silence: what is started would inherit that.
fn hear_signals(send: Sender<Wake>) -> io::Result<()> {
    let signals = [libc::SIGTERM, libc::SIGHUP, libc::SIGINT, libc::SIGQUIT];
    let mut signals = signal_hook::iterator::Signals::new(signals)?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let is_end = matches!(signal, libc::SIGTERM | libc::SIGHUP);
            if is_end && send.send(Wake::Unwanted).is_err() {
                return;
            }
        }
    });
    Ok(())
}

fn await_end(child: u32, send: Sender<Wake>) {
    thread::spawn(move || {
        group::await_end(child);
        // Nobody listens any more when the command was given up.
        let _ = send.send(Wake::Ended);
    });
}

fn read_report(report: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read is as good as not told.
    let _ = report.take(REPORT).read_to_end(&mut bytes);
    bytes
}

/// Takes over the end of a pipe that the supervisor has let through.
pub(super) fn take_end(end: &str) -> io::Result<File> {
    sys::take(end.parse().map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?)
}

/// Leads a session of its own where it has no terminal, and is held to the limits that the kernel keeps.
pub(super) fn settle(plan: &Plan) -> io::Result<()> {
    if plan.terminal == Terminal::None {
        rustix::process::setsid()?;
    }
    // The number is relative: what is nicer already stays so. A refusal costs nothing but speed.
    let _ = rustix::process::nice(NICE);
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o022));
    let Limits { cpu, file, open, processes, .. } = plan.limits;
    let limits = [
        (Resource::Core, 0),
        (Resource::Cpu, cpu),
        (Resource::Fsize, file),
        (Resource::Nofile, open),
        // It counts everything that the user runs.
        (Resource::Nproc, processes + sys::processes().len() as u64),
    ];
    for (resource, limit) in limits {
        let maximum = rustix::process::getrlimit(resource).maximum;
        // A second for a last word.
        let more = u64::from(resource == Resource::Cpu);
        let current = Some(maximum.map_or(limit, |maximum| maximum.min(limit)));
        let hard = Some(maximum.map_or(limit + more, |maximum| maximum.min(limit + more)));
        rustix::process::setrlimit(resource, Rlimit { current, maximum: hard })?;
    }
    Ok(())
}

/// Kills every process of the session that `leader` leads; whether there was any besides the leader.
pub(crate) fn end_session_of(leader: u32) -> bool {
    let members = sys::processes().into_iter().filter(|process| process.session == leader && process.pid != leader);
    let pids: Vec<Pid> = members.filter_map(|process| group::as_pid(process.pid)).collect();
    for pid in &pids {
        let _ = rustix::process::kill_process(*pid, Signal::KILL);
    }
    !pids.is_empty()
}
