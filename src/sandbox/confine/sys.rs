//! The few system calls that no crate of ours offers as safe functions.
#![allow(unsafe_code, reason = "each of these calls is one that only the kernel's interface can express")]

use std::io;
use std::mem::size_of;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::time::Duration;

use rustix::process::Pid;
use rustix::thread::UnshareFlags;

fn check(result: libc::c_long) -> io::Result<libc::c_long> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// Doubles this process: the child's number in the parent, none in the child. Only for a process with one thread, as
/// the helper is before it looks after its child.
pub(super) fn fork() -> io::Result<Option<Pid>> {
    // SAFETY: the helper has no other thread, so that no lock and no half-written memory is copied into the child.
    let child = unsafe { libc::fork() };
    check(child.into()).map(|_| Pid::from_raw(child))
}

/// Leaves the namespaces of the parent for new ones.
pub(super) fn unshare(flags: UnshareFlags) -> io::Result<()> {
    // SAFETY: the table of open files is not among the flags that are used here, and there is one thread only.
    unsafe { rustix::thread::unshare_unsafe(flags) }.map_err(io::Error::from)
}

/// The kernel's `struct mount_attr`.
#[repr(C)]
struct MountAttributes {
    set: u64,
    clear: u64,
    propagation: u64,
    user_namespace: u64,
}

/// Adds attributes (`MOUNT_ATTR_*`) to a mount and, where `recursive`, to all below it.
pub(super) fn add_mount_attributes(mount: BorrowedFd<'_>, set: u64, recursive: bool) -> io::Result<()> {
    let attributes = MountAttributes { set, clear: 0, propagation: 0, user_namespace: 0 };
    let flags = libc::AT_EMPTY_PATH | if recursive { libc::AT_RECURSIVE } else { 0 };
    // SAFETY: the path is a text with its end, the structure lives through the call and its true size is told.
    let result = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            mount.as_raw_fd(),
            c"".as_ptr(),
            flags,
            &raw const attributes,
            size_of::<MountAttributes>(),
        )
    };
    check(result).map(drop)
}

/// Switches on the loopback interface of a new network namespace.
pub(super) fn loopback_up() -> io::Result<()> {
    let socket = rustix::net::socket(rustix::net::AddressFamily::INET, rustix::net::SocketType::DGRAM, None)?;
    // SAFETY: the structure is plain numbers, for which zeros are a value.
    let mut request: libc::ifreq = unsafe { std::mem::zeroed() };
    for (to, from) in request.ifr_name.iter_mut().zip(b"lo\0") {
        *to = from.cast_signed() as libc::c_char;
    }
    let flags = libc::IFF_UP | libc::IFF_RUNNING;
    request.ifr_ifru.ifru_flags = flags as libc::c_short;
    // SAFETY: this request reads a `struct ifreq` with name and flags, which is what it is given.
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCSIFFLAGS as _, &raw const request) };
    check(result.into()).map(drop)
}

/// Filters the system calls of this process and of all that it starts, for ever.
pub(super) fn filter_calls(program: &mut [libc::sock_filter]) -> io::Result<()> {
    let len = u16::try_from(program.len()).map_err(|_| io::Error::from(io::ErrorKind::InvalidInput))?;
    let program = libc::sock_fprog { len, filter: program.as_mut_ptr() };
    // SAFETY: the program lives through the call and its true length is told; the kernel checks what it does.
    let result = unsafe { libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const program) };
    check(result).map(drop)
}

/// Holds these signals back, and answers with a descriptor from which they can be read.
pub(super) fn take_signals(signals: &[libc::c_int]) -> io::Result<OwnedFd> {
    // SAFETY: a set of signals is plain numbers, and each call gets one that lives through it.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        for signal in signals {
            libc::sigaddset(&raw mut set, *signal);
        }
        check(libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut()).into())?;
        let descriptor = libc::signalfd(-1, &raw const set, libc::SFD_CLOEXEC | libc::SFD_NONBLOCK);
        check(descriptor.into())?;
        // SAFETY: the kernel has just made it, and nobody else has it.
        Ok(OwnedFd::from_raw_fd(descriptor))
    }
}

/// The next signal that was held back, if there is one.
pub(super) fn next_signal(signals: &OwnedFd) -> Option<libc::c_int> {
    let mut bytes = [0; size_of::<libc::signalfd_siginfo>()];
    let size = rustix::io::read(signals, &mut bytes).ok()?;
    // The number is the first word of the structure.
    (size == bytes.len()).then(|| libc::c_int::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

/// Lets all signals through again.
pub(super) fn give_signals_back() {
    // SAFETY: a set of signals is plain numbers, and each call gets one that lives through it.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigprocmask(libc::SIG_SETMASK, &raw const set, std::ptr::null_mut());
    }
}

/// Takes no notice of a signal; what is started afterwards does neither.
pub(super) fn ignore(signal: libc::c_int) {
    // SAFETY: no handler is installed, so that nothing of ours runs in a signal's context.
    unsafe { libc::signal(signal, libc::SIG_IGN) };
}

/// Closes everything but the standard streams.
pub(super) fn close_the_rest() {
    // SAFETY: it is the first thing the helper does: nothing in this process owns a descriptor above 2 yet.
    unsafe { libc::syscall(libc::SYS_close_range, 3, libc::c_uint::MAX, 0) };
}

/// Takes over an open descriptor that was inherited under this number; it will not be inherited further.
pub(super) fn take_over(number: i32) -> io::Result<OwnedFd> {
    // SAFETY: the call takes a number and answers with an error for one that is not open.
    check(unsafe { libc::fcntl(number, libc::F_SETFD, libc::FD_CLOEXEC) }.into())?;
    // SAFETY: it is open, and whoever started us has opened it for us alone.
    Ok(unsafe { OwnedFd::from_raw_fd(number) })
}

/// Gives up the controlling terminal, so that another session can have it.
pub(super) fn leave_terminal(terminal: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: this request takes no argument.
    let result = unsafe { libc::ioctl(terminal.as_raw_fd(), libc::TIOCNOTTY) };
    check(result.into()).map(drop)
}

/// Processor time of all children that have been waited for.
pub(super) fn children_time() -> Duration {
    // SAFETY: the structure is plain numbers, for which zeros are a value, and lives through the call.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    let time = |time: libc::timeval| {
        Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
    };
    time(usage.ru_utime) + time(usage.ru_stime)
}

/// The version of Landlock that this kernel has; 0 for none.
pub(super) fn landlock_version() -> i32 {
    const VERSION: libc::c_uint = 1;
    // SAFETY: with this flag the call takes no structure and answers with a number.
    let version = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<u8>(), 0, VERSION) };
    i32::try_from(version).unwrap_or(0).max(0)
}
