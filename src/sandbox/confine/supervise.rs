//! The supervisor of one command: it stays outside, starts the confined process, watches over it, and sees to it that
//! nothing is left, whoever ends first.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{DumpableBehavior, Pid, PidfdFlags, Signal, WaitOptions};

use super::ends::{ALIVE, ChildEnds, Inlet};
use super::watch::{Sample, Watch};
use super::{Layers, Plan, Terminal, Tier, asker, bwrap, init, limits, namespaces, root, sys, target, watch};
use crate::judge::evidence::Stopped;
use crate::sandbox::helper::{Letter, NO_OUTCOME, Order, Outcome, Told, Work};
use crate::sandbox::probe::server;

/// The exit code of what was stopped.
const KILLED: i32 = 137;
/// The exit code of what cannot be started as it should.
const REFUSED: i32 = 126;

/// Signals that the supervisor hears instead of dying of them.
const HEARD: &[libc::c_int] =
    &[libc::SIGTERM, libc::SIGINT, libc::SIGQUIT, libc::SIGHUP, libc::SIGTTOU, libc::SIGTTIN, libc::SIGTSTP];

/// Does what is ordered, confined, and leaves in `folder` what came of it. Answers with the exit code.
pub(crate) fn run(folder: &Path, order: Order) -> i32 {
    sys::close_the_rest();
    match Supervisor::start(order) {
        Ok((mut supervisor, watch)) => {
            let told = supervisor.see_through(folder, watch);
            if let Err(error) = Letter::answer(folder, &told) {
                eprintln!("{NO_OUTCOME} ({error}); make room in {}", folder.parent().unwrap_or(folder).display());
            }
            told.exit
        }
        Err(error) => {
            eprintln!("this command is not run, since it cannot be confined: {error}");
            REFUSED
        }
    }
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// By itself.
    Natural,
    /// We were told to stop it, or nobody is left who wants it.
    Asked,
    Limit(Stopped),
}

/// What the supervisor listens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Child,
    Parent,
    Signals,
    Report,
    Answers,
}

#[derive(Debug)]
struct Supervisor {
    plan: Plan,
    asks: Vec<server::Ask>,
    patience: Duration,
    /// The first process of the namespaces, or the command itself.
    child: Pid,
    /// The command is a line, and our shell runs it.
    has_shell: bool,
    child_ended: OwnedFd,
    parent_ended: OwnedFd,
    signals: OwnedFd,
    setup: Inlet,
    report: Inlet,
    /// Who sends the requests from here.
    asker: Option<Pid>,
    /// What has come of the requests.
    answers: Option<Inlet>,
    kept: Kept,
}

/// What is held open.
#[derive(Debug)]
struct Kept {
    /// The terminal that we share with the command.
    terminal: Option<File>,
    /// What lies on top of its layers is the command's alone as long as this is open.
    #[expect(dead_code, reason = "it is there to be closed")]
    top: Option<File>,
    /// Ends with us.
    #[expect(dead_code, reason = "it is there to be closed")]
    lifeline: io::PipeWriter,
}

impl Supervisor {
    fn start(mut order: Order) -> io::Result<(Self, Watch)> {
        order.plan.tty = root::own_terminal(order.plan.terminal);
        let parent_ended = watch_parent(order.parent)?;
        let signals = sys::take_signals(HEARD)?;
        rustix::process::set_child_subreaper(Some(rustix::process::getpid()))?;
        let terminal = prepare_terminal(order.plan.terminal)?;
        let (setup, setup_in) = io::pipe()?;
        let (report, report_in) = io::pipe()?;
        let (lifeline, lifeline_in) = io::pipe()?;
        let top = order.plan.layers.as_mut().and_then(Layers::take);
        let plan = order.plan.clone();
        let (asks, patience) = order.asks();
        let is_asked_inside = plan.tier == Tier::Bwrap && !asks.is_empty();
        let (answers, answers_in) = if is_asked_inside { Some(io::pipe()?) } else { None }.unzip();
        let ends = ChildEnds { setup: setup_in, report: report_in, answers: answers_in, lifeline };
        let has_shell = matches!(order.work, Work::Line(_));
        // What is there before it begins is not its doing, and all that comes after is.
        let watch = Watch::new(&plan);
        if plan.tier == Tier::Full {
            namespaces::enter()?;
        }
        let Some(child) = sys::fork()? else {
            drop((setup, report, answers, lifeline_in, signals, parent_ended, terminal));
            match plan.tier {
                Tier::Full => init::run(order, ends),
                Tier::Bwrap => bwrap::run(&order, ends),
                Tier::Landlock | Tier::None => target::run(order, ends),
                Tier::Seatbelt | Tier::AppContainer | Tier::Job => ends.refuse("this tier is another system's"),
            }
        };
        drop(ends);
        rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
        let child_ended = rustix::process::pidfd_open(child, PidfdFlags::empty())?;
        let (setup, report) = (Inlet::new(setup)?, Inlet::new(report)?);
        let answers = answers.map(Inlet::new).transpose()?;
        let null = File::open("/dev/null")?;
        rustix::stdio::dup2_stdin(null.as_fd())?;
        let kept = Kept { terminal, top, lifeline: lifeline_in };
        let supervisor = Self {
            plan,
            asks,
            patience,
            child,
            has_shell,
            child_ended,
            parent_ended,
            signals,
            setup,
            report,
            asker: None,
            answers,
            kept,
        };
        Ok((supervisor, watch))
    }

    fn see_through(&mut self, folder: &Path, watch: Watch) -> Told {
        if !self.plan.tier.has_own_root() {
            // Whoever finds us killed can end the command by this.
            let _ = Letter::name_leader(folder, self.child.as_raw_nonzero().get().unsigned_abs());
        }
        let end = match self.send_requests() {
            Ok(()) => self.follow(watch),
            // Nobody gets an answer then, and the command has no reason to go on.
            Err(_) => End::Asked,
        };
        let (exit, refusal) = self.finish(end);
        self.give_terminal_back();
        if let Some(layers) = &self.plan.layers {
            layers.clear();
        }
        if let Some(refusal) = refusal {
            eprintln!("this command is not run, since it cannot be confined: {refusal}");
            return Told { exit: REFUSED, ..Told::default() };
        }
        let end = match end {
            End::Natural if Watch::has_used_up(&self.plan, exit) => End::Limit(limits::cpu(&self.plan.limits)),
            End::Natural | End::Asked | End::Limit(_) => end,
        };
        self.tell(end, exit)
    }

    /// Starts a process that sends the requests to the command as a server, beside it, where it can be reached. Threads
    /// cannot be started any more in new namespaces.
    fn send_requests(&mut self) -> io::Result<()> {
        if self.asks.is_empty() || self.answers.is_some() {
            return Ok(());
        }
        let (answers, answers_in) = io::pipe()?;
        let Some(asker) = sys::fork()? else { asker::run(&self.asks, self.patience, answers_in) };
        drop(answers_in);
        self.asker = Some(asker);
        self.answers = Some(Inlet::new(answers)?);
        Ok(())
    }

    /// Waits and watches until it is over.
    fn follow(&mut self, mut watch: Watch) -> End {
        loop {
            let ready = self.wait(watch.pause());
            if ready.contains(&Source::Report) {
                self.report.take();
            }
            let is_answered = ready.contains(&Source::Answers) && self.take_answers();
            if ready.contains(&Source::Child) {
                return End::Natural;
            }
            let is_over = is_answered || ready.contains(&Source::Parent);
            if is_over || (ready.contains(&Source::Signals) && self.must_stop()) {
                return End::Asked;
            }
            if let Some(limit) = watch.look(rustix::process::getpid(), &self.plan, &self.ours()) {
                return End::Limit(limit);
            }
        }
    }

    /// The command itself.
    fn command(&self) -> Option<Pid> {
        match self.plan.tier {
            Tier::Full => watch::command_below(self.child),
            Tier::Bwrap => watch::command_below(self.child).and_then(watch::command_below),
            Tier::Landlock | Tier::Seatbelt | Tier::AppContainer | Tier::Job | Tier::None => Some(self.child),
        }
    }

    /// The processes below us that are our own program.
    fn ours(&self) -> Vec<Pid> {
        let first = Some(self.child).filter(|_| self.plan.tier.has_own_root());
        let shell = self.command().filter(|_| self.has_shell);
        [first, shell, self.asker].into_iter().flatten().collect()
    }

    /// Takes in the answers that have come; whether these are all.
    fn take_answers(&mut self) -> bool {
        let Some(inlet) = &mut self.answers else { return false };
        inlet.take();
        if let (false, Some(asker)) = (inlet.is_open, self.asker) {
            // It has ended, or is about to. As long as it is not buried, its namespaces cannot end.
            let _ = rustix::process::waitpid(Some(asker), WaitOptions::empty());
        }
        inlet.bytes.split(|byte| *byte == b'\n').count() > self.asks.len()
    }

    /// Waits until something happens, or for so long.
    fn wait(&self, pause: Duration) -> Vec<Source> {
        let mut sources = vec![
            (Source::Child, self.child_ended.as_fd()),
            (Source::Parent, self.parent_ended.as_fd()),
            (Source::Signals, self.signals.as_fd()),
        ];
        let inlets = [(Source::Report, Some(&self.report)), (Source::Answers, self.answers.as_ref())];
        for (source, inlet) in inlets {
            sources.extend(inlet.filter(|inlet| inlet.is_open).map(|inlet| (source, inlet.reader.as_fd())));
        }
        let mut ends: Vec<PollFd<'_>> =
            sources.iter().map(|(_, source)| PollFd::from_borrowed_fd(*source, PollFlags::IN)).collect();
        let pause = Timespec { tv_sec: 0, tv_nsec: i64::from(pause.subsec_nanos()) };
        if poll(&mut ends, Some(&pause)).is_err() {
            return Vec::new();
        }
        let ready = sources.iter().zip(&ends).filter(|(_, end)| !end.revents().is_empty());
        ready.map(|((source, _), _)| *source).collect()
    }

    /// Whether a signal that came means that it shall end; Ctrl-C that came to us is handed on.
    fn must_stop(&self) -> bool {
        let mut stop = false;
        while let Some(signal) = sys::next_signal(&self.signals) {
            match signal {
                libc::SIGTERM => stop = true,
                libc::SIGINT | libc::SIGQUIT => {
                    if let (Some(command), Some(signal)) = (self.command(), Signal::from_named_raw(signal)) {
                        // It leads no group where bwrap has started it itself, or has ended meanwhile.
                        let _ = rustix::process::kill_process_group(command, signal)
                            .or_else(|_| rustix::process::kill_process(command, signal));
                    }
                }
                _ => {}
            }
        }
        stop
    }

    /// Ends what is left and answers with the exit code, and with the reason if nothing was run.
    fn finish(&mut self, end: End) -> (i32, Option<String>) {
        if end != End::Natural {
            // The first process of a namespace takes all others with it.
            let _ = rustix::process::kill_process(self.child, Signal::KILL);
        }
        if !self.plan.tier.has_own_root() {
            // It is no group of its own when it has just begun.
            let _ = rustix::process::kill_process_group(self.child, Signal::KILL);
        }
        let exit = loop {
            match rustix::process::wait(WaitOptions::empty()) {
                Ok(Some((pid, status))) if pid == self.child => break init::exit_of(status),
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => break KILLED,
            }
        };
        end_all();
        self.report.take();
        self.take_answers();
        self.setup.take();
        (exit, self.refusal().filter(|_| end == End::Natural))
    }

    /// Why nothing was run.
    fn refusal(&self) -> Option<String> {
        let is_of_bwrap = self.plan.tier == Tier::Bwrap && self.plan.alone.is_none();
        let said = match self.setup.bytes.strip_prefix(&[ALIVE]) {
            Some(rest) => rest,
            None if is_of_bwrap && self.setup.bytes.is_empty() => b"bubblewrap has not made its root",
            None => &self.setup.bytes,
        };
        (!said.is_empty()).then(|| String::from_utf8_lossy(said).into_owned())
    }

    fn give_terminal_back(&self) {
        if let Some(terminal) = &self.kept.terminal {
            // Where it is not our terminal, there is nothing to give back.
            let _ = rustix::termios::tcsetpgrp(terminal, rustix::process::getpgrp());
        }
    }

    fn tell(&self, end: End, exit: i32) -> Told {
        let stopped = match end {
            End::Natural => None,
            End::Asked => Some(Stopped::Asked),
            End::Limit(limit) => Some(limit),
        };
        if let Some(sentence) = stopped.and_then(limits::sentence) {
            eprint!("\r\n{sentence}\r\n");
        }
        let outcome: Option<Outcome> =
            if stopped.is_none() { serde_json::from_slice(&self.report.bytes).ok() } else { None };
        let answers = self.answers.as_ref().map_or(&[][..], |inlet| &inlet.bytes);
        let answers = String::from_utf8_lossy(answers);
        // One that is torn is none: whoever sent the request was ended before the answer had come.
        let answers = answers.lines().map_while(|line| serde_json::from_str(line).ok()).collect();
        let exit = if stopped.is_some() { KILLED } else { exit };
        Told { exit, outcome, stopped, answers }
    }
}

/// A descriptor that is readable when our parent has ended, whichever of its threads has started us.
fn watch_parent(parent: u32) -> io::Result<OwnedFd> {
    let parent = i32::try_from(parent).ok().and_then(Pid::from_raw);
    let gone = || io::Error::other("the program that wanted it has ended");
    let ended = rustix::process::pidfd_open(parent.ok_or_else(gone)?, PidfdFlags::empty())?;
    if rustix::process::getppid() == parent { Ok(ended) } else { Err(gone()) }
}

/// Gives up a terminal that is the command's own; of a shared one, keeps a hand on it.
fn prepare_terminal(terminal: Terminal) -> io::Result<Option<File>> {
    let stdin = rustix::stdio::stdin();
    match terminal {
        Terminal::Own => {
            namespaces::told("its terminal cannot be handed on", sys::leave_terminal(stdin))?;
            Ok(None)
        }
        Terminal::Shared if rustix::termios::isatty(stdin) => {
            // Keys come through it; what is printed must not go past us.
            let read_only = File::open("/proc/self/fd/0")?;
            rustix::stdio::dup2_stdin(read_only.as_fd())?;
            Ok(Some(read_only))
        }
        Terminal::None | Terminal::Shared => Ok(None),
    }
}

/// Kills whatever has come to us, until there is nothing.
fn end_all() {
    let me = rustix::process::getpid();
    loop {
        for pid in Sample::below(me).pids {
            // It has ended meanwhile, else.
            let _ = rustix::process::kill_process(pid, Signal::KILL);
        }
        match rustix::process::wait(WaitOptions::NOHANG) {
            Ok(Some(_)) | Err(rustix::io::Errno::INTR) => {}
            Ok(None) => thread::sleep(Duration::from_millis(1)),
            Err(_) => return,
        }
    }
}
