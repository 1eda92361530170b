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

/// Lets the program run when no other wants the processor, and all that it starts; before its start where that is how
/// the system does it.
pub(crate) fn leave_first(command: &mut Command) {
    #[cfg(windows)]
    {
        const IDLE: u32 = 0x40;
        std::os::windows::process::CommandExt::creation_flags(command, IDLE);
    }
    #[cfg(not(windows))]
    let _ = command;
}

/// The same, once it runs, where that is how the system does it. On Linux the helper sees to it for what it starts, and is
/// itself as quick to end that as ever.
pub(crate) fn give_way(pid: u32) {
    #[cfg(all(unix, not(target_os = "linux")))]
    if let Some(pid) = as_pid(pid) {
        // It has ended, else; or it is as urgent as any other, and no harm is done.
        let _ = rustix::process::setpriority_process(Some(pid), 19);
    }
    #[cfg(not(all(unix, not(target_os = "linux"))))]
    let _ = pid;
}

/// Ends the program and its whole group at once. The program must not have been waited for yet, so that its
/// number is still its own.
pub(crate) fn kill(child: &mut Child) {
    #[cfg(unix)]
    kill_group(child.id());
    // On a system without groups this is all there is; with them it is done already, and an error says so.
    let _ = child.kill();
}

/// Tells a helper to end what it runs, and then itself; whether it is one that does.
pub(crate) fn ask_to_end(helper: u32) -> bool {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Some(pid) = as_pid(helper) {
        // It has not been waited for, so its number is its own; an error says that it has ended.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        return true;
    }
    let _ = helper;
    false
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

/// SIGKILL to every process of the session that `leader` leads, whatever group it has made for itself. Answers
/// whether there was any besides the leader.
#[cfg(unix)]
pub(crate) fn kill_session(leader: u32) -> bool {
    kill_group(leader);
    #[cfg(target_os = "macos")]
    return crate::sandbox::confine::elsewhere::end_session_of(leader);
    #[cfg(not(target_os = "macos"))]
    kill_members(leader)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn kill_members(leader: u32) -> bool {
    let members = session_members(leader);
    for pid in members.iter().copied().filter_map(as_pid) {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
    }
    !members.is_empty()
}

/// The same until none is left: what forks while it is looked for is found by the next look, and a process that is
/// killed needs its turn on a processor to die. Gives up after half a second.
#[cfg(unix)]
pub(crate) fn end_session(leader: u32) {
    for _ in 0..250 {
        if !kill_session(leader) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The living processes of a session, its leader left out; none where the system does not tell.
#[cfg(all(unix, not(target_os = "macos")))]
fn session_members(leader: u32) -> Vec<u32> {
    std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|pid| *pid != leader && session_of(*pid) == Some(leader))
        .collect()
}

/// The session of a process that is not dead: the fourth word after the name in brackets, which may have brackets
/// and spaces itself.
#[cfg(all(unix, not(target_os = "macos")))]
fn session_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut words = stat.rsplit_once(')')?.1.split_ascii_whitespace();
    let is_dead = matches!(words.next()?, "Z" | "X");
    words.nth(2)?.parse().ok().filter(|_| !is_dead)
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
