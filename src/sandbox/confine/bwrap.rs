//! Namespaces and a root of its own for a command, made by the system's `bwrap`: some systems let that program make
//! them, and not ours. What it makes is what [`super::root`] makes; the rest is done by our own program inside.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::MemfdFlags;
use rustix::io::FdFlags;

use super::ends::ChildEnds;
use super::root::{self, DEVICES, IN_MEMORY, MACHINE, SETTINGS, SYSTEM};
use super::{Plan, init, seccomp, sys, target};
use crate::go::binary;
use crate::sandbox::helper::{self, Order, Program, Work, program::cannot_start};

/// The system's own one, whatever a `PATH` says.
const PROGRAM: &str = "/usr/bin/bwrap";

/// Where our own program stands in the root.
const US: &str = "/.haveago";

/// Namespaces as [`super::namespaces`] makes them, and nothing that outlives us.
const NAMESPACES: &[&str] = &[
    "--unshare-user",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--hostname",
    MACHINE,
    "--die-with-parent",
    "--cap-drop",
    "ALL",
];

/// Whether there is a `bwrap` at all.
///
/// # Errors
/// With a reason that names what is missing.
pub(super) fn installed() -> Result<(), String> {
    if Path::new(PROGRAM).is_file() { Ok(()) } else { Err(format!("there is no {PROGRAM}")) }
}

/// Becomes `bwrap`, with what it needs to make the root and to start the command in it.
pub(super) fn run(order: &Order, ends: ChildEnds) -> ! {
    let result = match (&order.work, &order.plan.alone) {
        (Work::Program(program), Some(file)) => become_alone(&order.plan, file, program, &ends),
        (Work::Program(_) | Work::Line(_) | Work::Fill { .. } | Work::Nothing, _) => become_root(order, &ends),
    };
    match result {
        Ok(never) => match never {},
        Err(error) => ends.refuse(&format!("{PROGRAM} cannot be started ({error})")),
    }
}

type Never = std::convert::Infallible;

fn become_root(order: &Order, ends: &ChildEnds) -> io::Result<Never> {
    ends.die_with_parent()?;
    let mut call = Call::new();
    call.lay_out(&order.plan)?;
    let us = std::env::current_exe()?;
    call.add([OsString::from("--ro-bind"), us.into(), US.into()]);
    call.words(&["--as-pid-1", "--remount-ro", "/", "--chdir", "/", "--", US, helper::WORD, helper::INSIDE]);
    let letter = call.keep(&serde_json::to_vec(order)?)?;
    let answers = ends.answers.as_ref().map(AsFd::as_fd);
    let handed = [ends.setup.as_fd(), ends.report.as_fd(), ends.lifeline.as_fd()];
    let mut numbers = vec![letter];
    for end in handed.into_iter().chain(answers) {
        rustix::io::fcntl_setfd(end, FdFlags::empty())?;
        numbers.push(end.as_raw_fd().to_string());
    }
    call.add(numbers);
    Err(call.exec())
}

/// The one file in an empty root. Our own program cannot be there, so that `bwrap` starts it and sets the filter.
fn become_alone(plan: &Plan, file: &Path, program: &Program, ends: &ChildEnds) -> io::Result<Never> {
    let (folder, [name, args @ ..]) = (plan.writable.first(), program.argv.as_slice()) else {
        return Err(io::ErrorKind::NotFound.into());
    };
    // No link is followed on the way to it.
    if let Err(error) = root::find_alone(plan, file) {
        ends_with(&format!("{} cannot be shown ({error})", file.display()), 127);
    }
    let source = folder.map(|folder| folder.join(file)).unwrap_or_default();
    can_start(&source, name);
    // The kernel counts all that the user runs, until bwrap has made its namespaces.
    target::prepare(plan, ends, false)?;
    let mut call = Call::new();
    call.add([OsString::from("--ro-bind"), source.into(), name.into()]);
    let filter: Vec<u8> = seccomp::program(plan).into_iter().flat_map(as_bytes).collect();
    let filter = call.keep(&filter)?;
    call.words(&["--remount-ro", "/", "--chdir", "/", "--clearenv", "--seccomp", &filter, "--", name]);
    call.add(args);
    Err(call.exec())
}

/// A line of the filter as it lies in memory.
fn as_bytes(line: libc::sock_filter) -> Vec<u8> {
    [&line.code.to_ne_bytes()[..], &[line.jt, line.jf], &line.k.to_ne_bytes()].concat()
}

/// Says why the file will not start where there is nothing else, before `bwrap` says it in its own words.
fn can_start(file: &Path, name: &str) {
    let head = File::open(file).and_then(|file| {
        let mut head = Vec::new();
        file.take(binary::HEAD as u64).read_to_end(&mut head).map(|_| head)
    });
    let Ok(head) = head else { return };
    let error = match binary::identify(&head, head.len() as u64, (crate::base::goos(), crate::base::goarch())) {
        Some(seen) if seen.is_native && seen.is_static => return,
        Some(seen) if seen.is_native => io::ErrorKind::NotFound.into(),
        None if head.starts_with(b"#!") => io::ErrorKind::NotFound.into(),
        Some(_) | None => io::Error::from_raw_os_error(libc::ENOEXEC),
    };
    let (sentence, exit) = cannot_start(name, file, &error);
    ends_with(&sentence, exit);
}

fn ends_with(sentence: &str, exit: i32) -> ! {
    eprintln!("{sentence}");
    std::process::exit(exit);
}

/// A call of `bwrap` in the making.
struct Call {
    args: Vec<OsString>,
    /// Files that it reads, open until it has.
    kept: Vec<OwnedFd>,
}

impl Call {
    fn new() -> Self {
        let mut call = Self { args: Vec::new(), kept: Vec::new() };
        call.words(NAMESPACES);
        call
    }

    fn add(&mut self, args: impl IntoIterator<Item = impl Into<OsString>>) {
        self.args.extend(args.into_iter().map(Into::into));
    }

    fn words(&mut self, words: &[&str]) {
        self.add(words);
    }

    /// A file in memory that `bwrap` and what it starts inherit; the number of its descriptor.
    fn keep(&mut self, bytes: &[u8]) -> io::Result<String> {
        let mut file = File::from(rustix::fs::memfd_create("haveago", MemfdFlags::empty())?);
        file.write_all(bytes)?;
        file.rewind()?;
        let number = file.as_raw_fd().to_string();
        self.kept.push(file.into());
        Ok(number)
    }

    /// The root: as in the tier of our own making, so that a lesson is the same in both.
    fn lay_out(&mut self, plan: &Plan) -> io::Result<()> {
        for folder in IN_MEMORY {
            self.in_memory(Path::new(folder), "1777", plan.limits.temporary);
        }
        for link in SYSTEM {
            if let Ok(leads_to) = std::fs::read_link(link) {
                self.add([OsString::from("--symlink"), leads_to.into(), link.into()]);
            }
        }
        self.words(&["--perms", "0755", "--dir", "/etc", "--proc", "/proc"]);
        for (name, to) in [("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")] {
            self.words(&["--symlink", &format!("/proc/self/fd{to}"), &format!("/dev/{name}")]);
        }
        let parts = parts(plan);
        for (how, path, real) in &parts {
            self.add([OsString::from(how), real.into(), path.into()]);
        }
        if let Some(home) = &plan.home {
            self.in_memory(home, "0755", plan.limits.temporary);
        }
        let mut laid = BTreeSet::new();
        for (link, real) in &plan.links {
            // What comes with another part is there already.
            let is_there = parts.iter().any(|(_, path, _)| link.starts_with(path));
            if !is_there && laid.insert(link) {
                self.add([OsString::from("--symlink"), real.into(), link.into()]);
            }
        }
        for (name, text) in root::own_settings(plan) {
            let file = self.keep(text.as_bytes())?;
            self.words(&["--perms", "0644", "--file", &file, &format!("/etc/{name}")]);
        }
        Ok(())
    }

    fn in_memory(&mut self, folder: &Path, mode: &str, bytes: u64) {
        self.words(&["--perms", mode, "--size", &bytes.to_string(), "--tmpfs"]);
        self.add([folder]);
    }

    /// Comes back only when it cannot be started.
    fn exec(self) -> io::Error {
        Command::new(PROGRAM).args(&self.args).env_clear().exec()
    }
}

/// The parts of the old root: how each is shown, where, and from where. What lies in another comes after it.
fn parts(plan: &Plan) -> Vec<(&'static str, PathBuf, PathBuf)> {
    let system = SYSTEM.iter().map(Path::new).filter(|path| !path.is_symlink());
    let read = system.chain(SETTINGS.iter().map(Path::new)).chain(plan.readable.iter().map(PathBuf::as_path));
    let read = read.map(|path| ("--ro-bind", path.to_owned()));
    let write = plan.writable.iter().map(|path| ("--bind", path.clone()));
    let devices = DEVICES.iter().map(PathBuf::from).chain(root::terminals(plan)).map(|path| ("--dev-bind", path));
    let mut parts: Vec<_> = read
        .chain(write)
        .chain(devices)
        // A file of the settings may be a link; what it leads to is what programs want.
        .filter_map(|(how, path)| Some((how, path.clone(), path.canonicalize().ok()?)))
        .collect();
    parts.sort_by_key(|(_, path, _)| path.components().count());
    parts
}

/// Our own program in the root that `bwrap` has made, as its first process. `ends` are the numbers of what it inherits.
pub(in crate::sandbox) fn inside(ends: &[&str]) -> i32 {
    match take_up(ends) {
        Ok((order, ends)) => init::run(order, ends),
        Err(error) => {
            eprintln!("{}: {error}", helper::INSIDE);
            init::REFUSED
        }
    }
}

fn take_up(ends: &[&str]) -> io::Result<(Order, ChildEnds)> {
    let take = |number: &str| sys::take_over(number.parse().map_err(io::Error::other)?);
    let [letter, setup, report, lifeline, answers @ ..] = ends else {
        return Err(io::Error::other("it is how haveago runs your commands, and not for use by hand"));
    };
    let order = serde_json::from_reader(File::from(take(letter)?))?;
    let mut ends = ChildEnds {
        setup: take(setup)?.into(),
        report: take(report)?.into(),
        lifeline: take(lifeline)?.into(),
        answers: answers.first().map(|number| take(number)).transpose()?.map(Into::into),
    };
    ends.come_alive()?;
    Ok((order, ends))
}
