//! How much a command may use, by what kind of command it is, and the sentences for one that wants more.

use serde::{Deserialize, Serialize};

use crate::judge::evidence::Stopped;

/// The variable that lowers limits, for tests: `memory=64,disk=8` in MiB, `processes=50`, `files=100`, `cpu=2` in
/// seconds. It is read from this program's own environment only.
pub(super) const VARIABLE: &str = "HAVEAGO_LIMITS";

const MIB: u64 = 1 << 20;

/// What kind of command it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Class {
    /// A line that the learner types: Go and their programs in one.
    Line,
    /// A go command of a check.
    Go,
    /// The learner's own program, run by a check.
    Program,
}

/// Sizes are in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Limits {
    /// Memory that all processes have together.
    pub memory: u64,
    /// Private memory of one process.
    pub data: u64,
    /// Address space of one process; Go reserves more than it uses.
    pub address_space: u64,
    /// Memory of the whole machine that must stay free.
    pub floor: u64,
    /// Processor time of one process, in seconds.
    pub cpu: u64,
    /// Processes and threads.
    pub processes: u64,
    /// The largest file.
    pub file: u64,
    /// All that lies in the learner's folder.
    pub disk: u64,
    /// Files and folders in the learner's folder, and how deep they may lie.
    pub files: u64,
    pub depth: u32,
    /// Open files of one process.
    pub open: u64,
    /// Room in each folder that is kept in memory.
    pub temporary: u64,
}

impl Limits {
    /// The limits of a class on this machine.
    pub(crate) fn of(class: Class) -> Self {
        let ram = total_memory();
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as u64;
        let of_go = Self {
            memory: (ram / 4).max(1536 * MIB).min(ram / 2),
            data: 1024 * MIB,
            address_space: 8192 * MIB,
            floor: (ram / 20).clamp(64 * MIB, 400 * MIB),
            cpu: 120,
            processes: 512 + 4 * cores,
            file: 256 * MIB,
            disk: 256 * MIB,
            files: 5_000,
            depth: 40,
            open: 1024,
            temporary: 256 * MIB,
        };
        let limits = match class {
            // One sees what one started, and can stop it; ten minutes of full speed are forgotten, not wanted.
            Class::Line => Self { cpu: 600, ..of_go },
            Class::Go => of_go,
            Class::Program => Self {
                memory: (768 * MIB).min(ram / 2),
                data: 512 * MIB,
                address_space: 4096 * MIB,
                cpu: 10,
                processes: 256 + 4 * cores,
                file: 64 * MIB,
                open: 256,
                ..of_go
            },
        };
        limits.lowered(&super::lowered())
    }

    fn lowered(mut self, wish: &str) -> Self {
        for (name, value) in wish.split(',').filter_map(|part| part.split_once('=')) {
            let Ok(value) = value.parse::<u64>() else { continue };
            let (limit, unit) = match name {
                "memory" => (&mut self.memory, MIB),
                "data" => (&mut self.data, MIB),
                "cpu" => (&mut self.cpu, 1),
                "processes" => (&mut self.processes, 1),
                "file" => (&mut self.file, MIB),
                "disk" => (&mut self.disk, MIB),
                "files" => (&mut self.files, 1),
                "temporary" => (&mut self.temporary, MIB),
                _ => continue,
            };
            *limit = (*limit).min(value.saturating_mul(unit));
        }
        self
    }
}

/// Bytes of memory that the machine has; a small machine's where it does not tell.
fn total_memory() -> u64 {
    memory_line("MemTotal:").unwrap_or(4096 * MIB)
}

/// Bytes in a line of the system's account of its memory.
pub(super) fn memory_line(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let value = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(value.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}

/// What is printed below a command that was stopped at a limit: which, and what to do. None where the learner
/// knows it already.
pub(crate) fn sentence(stopped: Stopped) -> Option<String> {
    let mib = |bytes: u64| bytes / MIB;
    Some(match stopped {
        Stopped::Asked => return None,
        Stopped::Time(limit) => format!(
            "Stopped: it ran longer than {} seconds. Look for a loop that never ends, or for input that it waits for.",
            limit.as_secs()
        ),
        Stopped::Output(limit) => {
            format!("Stopped: it printed more than {} MB. Look for a loop that never ends.", limit / 1_000_000)
        }
        Stopped::Memory(limit) => format!(
            "Stopped: it used more than {} MiB of memory. Look for a slice, map or recursion that grows without an end.",
            mib(limit)
        ),
        Stopped::Machine => "Stopped: this machine has almost no memory left. Close other programs, or look for \
                             something in yours that grows without an end."
            .to_owned(),
        Stopped::Processes(limit) => format!(
            "Stopped: it had more than {limit} processes and threads. Look for a loop that starts programs, or for \
             goroutines that block in system calls."
        ),
        Stopped::Disk(limit) => format!(
            "Stopped: it wrote more than {} MiB. Look for a loop that writes without an end, and remove what it left: \
             `ls` shows it, `rm` removes it.",
            mib(limit)
        ),
        Stopped::Files(limit) => format!(
            "Stopped: there are more than {limit} files in this folder, or folders too deep. Look for a loop that makes \
             them, and remove them with `rm -r`."
        ),
        Stopped::Cpu(limit) => format!(
            "Stopped: it used more than {} seconds of processor time. Look for a loop that never ends.",
            limit.as_secs()
        ),
    })
}

/// The limit on processor time.
#[cfg(target_os = "linux")]
pub(super) fn cpu(limits: &Limits) -> Stopped {
    Stopped::Cpu(std::time::Duration::from_secs(limits.cpu))
}

#[cfg(test)]
mod tests {
    use super::{Class, Limits, MIB};

    #[test]
    fn limits_can_only_be_lowered() {
        let limits = Limits::of(Class::Program);
        let lower = limits.lowered("memory=64,files=10,cpu=9999999,nonsense=1,disk=");
        assert_eq!((lower.memory, lower.files), (64 * MIB, 10));
        assert_eq!((lower.cpu, lower.disk), (limits.cpu, limits.disk));
    }

    #[test]
    fn a_program_may_use_less_than_the_toolchain() {
        let (program, go, line) = (Limits::of(Class::Program), Limits::of(Class::Go), Limits::of(Class::Line));
        assert!(program.data < go.data && program.cpu < go.cpu && program.processes < go.processes);
        assert_eq!(go, Limits { cpu: go.cpu, ..line });
    }
}
