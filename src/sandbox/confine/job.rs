//! Limits as a Job Object of Windows counts them, and what its account says of a command.

use std::time::Duration;

use super::Limits;
use crate::judge::evidence::Stopped;

/// What the job itself holds its processes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JobLimits {
    /// Processes at once.
    pub processes: u32,
    /// Bytes of committed memory, of one process and of all.
    pub process_memory: usize,
    pub job_memory: usize,
    /// Processor time of one process, in units of 100 ns.
    pub process_time: i64,
}

/// What a job's processes have used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Account {
    /// Most bytes of memory at any moment.
    pub memory: u64,
    /// Processes at this moment.
    pub processes: u64,
    /// Processor time of all.
    pub time: Duration,
}

impl JobLimits {
    pub(super) fn of(limits: &Limits) -> Self {
        let bytes = |bytes: u64| usize::try_from(bytes).unwrap_or(usize::MAX);
        Self {
            processes: u32::try_from(processes(limits)).unwrap_or(u32::MAX),
            process_memory: bytes(limits.data),
            job_memory: bytes(limits.memory),
            process_time: i64::try_from(limits.cpu.saturating_mul(10_000_000)).unwrap_or(i64::MAX),
        }
    }
}

/// A job counts processes; the limits count threads as well, of which a Go program has several.
fn processes(limits: &Limits) -> u64 {
    (limits.processes / 4).max(2)
}

impl Account {
    /// The limit that is passed, if one is. Memory is refused at its limit and never more than that, so a command that
    /// came close has met it.
    pub(super) fn over(&self, limits: &Limits) -> Option<Stopped> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as u64;
        if self.processes >= processes(limits) {
            return Some(Stopped::Processes(processes(limits)));
        }
        if self.memory > limits.memory - limits.memory / 64 {
            return Some(Stopped::Memory(limits.memory));
        }
        let allowed = Duration::from_secs(limits.cpu.saturating_mul(cores));
        (self.time > allowed).then_some(Stopped::Cpu(Duration::from_secs(limits.cpu)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Account, JobLimits};
    use crate::judge::evidence::Stopped;
    use crate::sandbox::confine::{Class, Limits};

    #[test]
    fn a_job_gets_the_limits_of_its_class() {
        let limits =
            Limits { cpu: 10, data: 512 << 20, memory: 768 << 20, processes: 260, ..Limits::of(Class::Program) };
        let job = JobLimits::of(&limits);
        assert_eq!(job.process_time, 100_000_000, "ten seconds, in units of 100 ns");
        assert_eq!((job.process_memory, job.job_memory), (512 << 20, 768 << 20));
        assert_eq!(job.processes, 65);
        let huge = JobLimits::of(&Limits { cpu: u64::MAX, processes: u64::MAX, ..limits });
        assert_eq!((huge.process_time, huge.processes), (i64::MAX, u32::MAX));
    }

    #[test]
    fn the_account_says_which_limit_it_was() {
        let limits = Limits { cpu: 1, memory: 640 << 20, processes: 40, ..Limits::of(Class::Program) };
        let calm = Account { memory: 100 << 20, processes: 3, time: Duration::from_millis(900) };
        assert_eq!(calm.over(&limits), None);
        assert_eq!(Account { memory: 635 << 20, ..calm }.over(&limits), Some(Stopped::Memory(640 << 20)));
        assert_eq!(Account { processes: 10, ..calm }.over(&limits), Some(Stopped::Processes(10)));
        let hours = Account { time: Duration::from_secs(100_000), ..calm };
        assert_eq!(hours.over(&limits), Some(Stopped::Cpu(Duration::from_secs(1))));
    }
}
