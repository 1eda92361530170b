//! The few calls of macOS that no crate of ours offers as safe functions.
#![allow(unsafe_code, reason = "each of these calls is one that only the system's interface can express")]

use std::fs::File;
use std::io;
use std::mem::{size_of, zeroed};
use std::os::fd::{FromRawFd, RawFd};
use std::time::Duration;

use crate::sandbox::confine::tree::Process;

/// Lets a descriptor of ours go on into what is started.
pub(super) fn let_through(descriptor: RawFd) -> io::Result<()> {
    // SAFETY: this request takes a number and touches no memory.
    let result = unsafe { libc::fcntl(descriptor, libc::F_SETFD, 0) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Takes over a descriptor that was let through to us; what we start does not get it.
pub(super) fn take(descriptor: RawFd) -> io::Result<File> {
    if descriptor <= 2 {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // SAFETY: this request takes a number and touches no memory; on one that is not open it fails.
    let result = unsafe { libc::fcntl(descriptor, libc::F_SETFD, libc::FD_CLOEXEC) };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it is open, it is none of the standard streams, and this process has just begun, so nobody else has it.
    Ok(unsafe { File::from_raw_fd(descriptor) })
}

/// All processes that we may look at.
pub(super) fn processes() -> Vec<Process> {
    numbers().into_iter().filter_map(process).collect()
}

fn numbers() -> Vec<libc::pid_t> {
    // Room for some that begin meanwhile; what is cut off is seen by the next look.
    // SAFETY: without a buffer the call answers how many there are.
    let count = unsafe { libc::proc_listallpids(std::ptr::null_mut(), 0) };
    let mut pids: Vec<libc::pid_t> = vec![0; usize::try_from(count).unwrap_or(0) + 64];
    let bytes = libc::c_int::try_from(pids.len() * size_of::<libc::pid_t>()).unwrap_or(0);
    // SAFETY: the buffer has as many bytes as are told, and any bytes are numbers.
    let count = unsafe { libc::proc_listallpids(pids.as_mut_ptr().cast(), bytes) };
    pids.truncate(usize::try_from(count).unwrap_or(0));
    pids
}

fn process(pid: libc::pid_t) -> Option<Process> {
    // SAFETY: the structure is plain numbers, for which zeros are a value.
    let mut info: libc::proc_taskallinfo = unsafe { zeroed() };
    let size = libc::c_int::try_from(size_of::<libc::proc_taskallinfo>()).ok()?;
    // SAFETY: the buffer is the structure that this request fills, and its true size is told.
    let filled = unsafe { libc::proc_pidinfo(pid, libc::PROC_PIDTASKALLINFO, 0, (&raw mut info).cast(), size) };
    if filled != size {
        return None;
    }
    // SAFETY: the call takes a number and touches no memory.
    let session = unsafe { libc::getsid(pid) };
    let (common, task) = (info.pbsd, info.ptinfo);
    Some(Process {
        pid: common.pbi_pid,
        parent: common.pbi_ppid,
        session: u32::try_from(session).unwrap_or(0),
        began: common.pbi_start_tvsec.saturating_mul(1_000_000).saturating_add(common.pbi_start_tvusec),
        memory: task.pti_resident_size,
        threads: u64::try_from(task.pti_threadnum).unwrap_or(0),
    })
}

/// Processor time of all children that have been waited for.
pub(super) fn children_time() -> Duration {
    // SAFETY: the structure is plain numbers, for which zeros are a value, and lives through the call.
    let usage = unsafe {
        let mut usage: libc::rusage = zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(u64::from(time.tv_usec.unsigned_abs()))
    };
    time(usage.ru_utime) + time(usage.ru_stime)
}
