//! Watches over what a command uses while it runs: what the kernel's own limits do not count, or count too late.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::process::Pid;

use super::limits::memory_line;
use super::nameless::{Held, Nameless};
use super::walk::{Bounds, Used, used};
use super::{Layers, Plan};
use crate::judge::evidence::Stopped;

/// From the first look on, in between, and when nothing has happened for long.
const FIRST: Duration = Duration::from_millis(30);
const BUSY: Duration = Duration::from_millis(100);
const IDLE: Duration = Duration::from_millis(500);
/// When processes multiply, which they do by thousands a second.
const QUICK: Duration = Duration::from_millis(10);
/// More new threads than this between two looks are many.
const MULTIPLYING: u64 = 32;

/// Between two walks through the learner's folder.
const WALK: Duration = Duration::from_millis(500);
/// For so long a command may stand at its limit of processes: it may be about to notice.
const CROWDED: Duration = Duration::from_secs(2);
/// What the caches may hold: more than any course needs, less than a disk.
const CACHE: Bounds = Bounds { bytes: 2 << 30, entries: 100_000, depth: 40 };
/// Writing less than this cannot fill a cache.
const CACHE_WRITTEN: u64 = 256 << 20;

/// What a command's processes use at one moment.
#[derive(Debug, Default)]
pub(super) struct Sample {
    pub pids: Vec<Pid>,
    memory: u64,
    threads: u64,
    /// In ticks of the system's clock.
    time: u64,
    written: u64,
}

#[derive(Debug)]
pub(super) struct Watch {
    scratch: Used,
    nameless: Nameless,
    /// Looks in a row at which a process did not let itself be looked at.
    hidden: u32,
    free: u64,
    written: u64,
    /// Processor time and bytes at the last look.
    last: (u64, u64),
    /// Threads at the last look.
    threads: u64,
    walked: Instant,
    crowded_since: Option<Instant>,
    pause: Duration,
}

impl Watch {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            scratch: plan.writable.first().map_or_else(Used::default, |folder| used(folder, &far(plan))),
            nameless: Nameless::new(&plan.writable),
            hidden: 0,
            free: free_bytes(plan),
            written: 0,
            last: (0, 0),
            threads: 0,
            walked: Instant::now(),
            crowded_since: None,
            pause: FIRST,
        }
    }

    /// How long to wait until the next look.
    pub(super) fn pause(&self) -> Duration {
        self.pause
    }

    /// Looks at all below `root` and answers with the limit that is passed, if one is. Those of `ours` may keep
    /// themselves out of sight.
    pub(super) fn look(&mut self, root: Pid, plan: &Plan, ours: &[Pid]) -> Option<Stopped> {
        let sample = Sample::below(root);
        let now = (sample.time, sample.written);
        self.pause = match now == self.last && self.crowded_since.is_none() {
            _ if sample.threads > self.threads + MULTIPLYING => QUICK,
            // On a busy machine a command that has just begun, or works in small parts, looks idle at first.
            true => (self.pause * 2).min(IDLE),
            false => BUSY.min(self.pause * 2),
        };
        (self.last, self.threads) = (now, sample.threads);
        self.written = self.written.max(sample.written);
        let limits = &plan.limits;
        // Many small ones are many first, and large together then.
        if self.is_crowded(&sample, plan) {
            return Some(Stopped::Processes(limits.processes));
        }
        if sample.memory > limits.memory {
            return Some(Stopped::Memory(limits.memory));
        }
        if memory_line("MemAvailable:").is_some_and(|free| free < limits.floor) {
            return Some(Stopped::Machine);
        }
        let held = self.nameless.look(&sample.pids, ours);
        self.hidden = if held.is_partial { self.hidden + 1 } else { 0 };
        self.disk(plan, held)
    }

    /// The kernel holds the limit itself where it can; there a command is given time to notice.
    fn is_crowded(&mut self, sample: &Sample, plan: &Plan) -> bool {
        let limit = plan.limits.processes;
        if sample.threads > limit + 16 {
            return true;
        }
        if sample.threads + 16 < limit {
            self.crowded_since = None;
            return false;
        }
        self.crowded_since.get_or_insert_with(Instant::now).elapsed() >= CROWDED
    }

    fn disk(&mut self, plan: &Plan, held: Held) -> Option<Stopped> {
        let limit = plan.limits.disk;
        let taken = self.free.saturating_sub(free_bytes(plan));
        // What is held in ways that nobody can see is in these numbers; either alone could be another program's. One that
        // hides keeps the second for itself, and is not given the benefit of the doubt.
        if held.bytes > limit || (taken > limit && (self.written > limit || self.hidden > 1)) {
            return Some(Stopped::Disk(limit));
        }
        if self.walked.elapsed() < WALK && taken < limit / 2 {
            return None;
        }
        self.walked = Instant::now();
        let folder = plan.writable.first()?;
        let bounds = far(plan);
        let mut now = used(folder, &bounds);
        now.bytes += held.bytes;
        // What was too much before is for the learner to remove, and that needs commands.
        if now.bytes > limit && now.bytes > self.scratch.bytes + (1 << 20) {
            return Some(Stopped::Disk(limit));
        }
        if (now.entries > bounds.entries && now.entries > self.scratch.entries + 16)
            || (now.depth > bounds.depth && now.depth > self.scratch.depth)
        {
            return Some(Stopped::Files(bounds.entries));
        }
        if self.written < CACHE_WRITTEN {
            return None;
        }
        let changed = plan.layers.as_ref().and_then(Layers::changed);
        let full = plan.writable[1..].iter().chain(&changed).any(|folder| used(folder, &CACHE).is_over(&CACHE));
        full.then_some(Stopped::Disk(CACHE.bytes))
    }

    /// Whether a command with this exit code has been ended for its processor time.
    pub(super) fn has_used_up(plan: &Plan, exit: i32) -> bool {
        match exit - 128 {
            libc::SIGXCPU => true,
            // Go takes no notice of the first signal. The limit counts in ticks, of which a busy machine has stolen some.
            libc::SIGKILL => super::sys::children_time() >= Duration::from_secs(plan.limits.cpu) / 2,
            _ => false,
        }
    }
}

fn far(plan: &Plan) -> Bounds {
    let limits = &plan.limits;
    Bounds { bytes: limits.disk.saturating_mul(8), entries: limits.files, depth: limits.depth }
}

/// Room on the disk of the learner's folder.
fn free_bytes(plan: &Plan) -> u64 {
    let Some(folder) = plan.writable.first() else { return 0 };
    rustix::fs::statvfs(folder).map_or(0, |stat| stat.f_bavail.saturating_mul(stat.f_frsize))
}

impl Sample {
    /// All that `root` has started and what they have, itself left out.
    pub(super) fn below(root: Pid) -> Self {
        let mut sample = Self::default();
        let mut waiting = children(root.as_raw_nonzero().get());
        // More than this no limit allows; whoever makes more at once is found out by it.
        while let Some(pid) = waiting.pop()
            && sample.pids.len() < 100_000
        {
            if sample.add(pid) {
                waiting.extend(children(pid));
            }
        }
        sample
    }

    fn add(&mut self, pid: i32) -> bool {
        let place = Path::new("/proc").join(pid.to_string());
        let Ok(stat) = fs::read_to_string(place.join("stat")) else { return false };
        let Some((_, words)) = stat.rsplit_once(')') else { return false };
        let words: Vec<&str> = words.split_ascii_whitespace().collect();
        let number = |index: usize| words.get(index).and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
        if matches!(words.first(), Some(&("Z" | "X"))) && number(17) <= 1 {
            return true;
        }
        self.pids.extend(Pid::from_raw(pid));
        self.threads += number(17);
        self.time += number(11) + number(12);
        self.memory += number(21) * rustix::param::page_size() as u64;
        let io = fs::read_to_string(place.join("io")).unwrap_or_default();
        let line = io.lines().find_map(|line| line.strip_prefix("write_bytes: "));
        self.written += line.and_then(|bytes| bytes.parse::<u64>().ok()).unwrap_or(0);
        true
    }
}

/// The children of all threads of a process.
fn children(pid: i32) -> Vec<i32> {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    let lists = threads.flatten().filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_ascii_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<i32>>())
        .collect()
}

/// The command itself, below the first process of its namespaces.
pub(super) fn command_below(init: Pid) -> Option<Pid> {
    children(init.as_raw_nonzero().get()).first().copied().and_then(Pid::from_raw)
}
