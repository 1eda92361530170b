//! Process groups: everything that a program started, as one thing that can be ended.

use std::process::{Child, Command};
use std::time::Duration;

/// How often to look whether the program has ended, where its end cannot be awaited beside its pipes.
pub(crate) const TICK: Option<Duration> = if cfg!(unix) { None } else { Some(Duration::from_millis(10)) };

/// Lets the program lead a process group of its own.
pub(crate) fn lead(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Ends the program and its whole group at once. The program must not have been waited for yet, so that its
/// number is still its own.
pub(crate) fn kill(child: &mut Child) {
    #[cfg(unix)]
    kill_group(child.id());
    // On a system without groups this is all there is; with them it is done already, and an error says so.
    let _ = child.kill();
}

/// Waits until the process has ended, and leaves its exit code (and its number) for `wait`.
pub(crate) fn await_end(pid: u32) {
    #[cfg(unix)]
    {
        use rustix::process::{WaitId, WaitIdOptions, waitid};
        let Some(pid) = as_pid(pid) else { return };
        while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
        {
        }
    }
    #[cfg(not(unix))]
    let _ = pid;
}

/// SIGKILL to the group that process `leader` leads.
#[cfg(unix)]
pub(crate) fn kill_group(leader: u32) {
    signal_group(leader, rustix::process::Signal::KILL);
}

/// A signal to the group that process `leader` leads; a group that is gone already is no fault.
#[cfg(unix)]
pub(crate) fn signal_group(leader: u32, signal: rustix::process::Signal) {
    if let Some(pid) = as_pid(leader) {
        let _ = rustix::process::kill_process_group(pid, signal);
    }
}

#[cfg(unix)]
pub(crate) fn as_pid(pid: u32) -> Option<rustix::process::Pid> {
    i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw)
}
