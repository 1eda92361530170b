//! The filter of system calls: everything is allowed but what no lesson needs and what other barriers do not stop.

use std::io;

use libc::{c_long, sock_filter};

use super::{Plan, sys};

const LOAD: u16 = 0x20;
const EQUAL: u16 = 0x15;
const AT_LEAST: u16 = 0x35;
const ANY_BIT: u16 = 0x45;
const AND: u16 = 0x54;
const ANSWER: u16 = 0x06;

const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;

const ALLOW: u32 = 0x7fff_0000;
const KILL_PROCESS: u32 = 0x8000_0000;

#[cfg(target_arch = "x86_64")]
const OURS: u32 = 0xC000_003E;
#[cfg(target_arch = "aarch64")]
const OURS: u32 = 0xC000_00B7;
#[cfg(target_arch = "riscv64")]
const OURS: u32 = 0xC000_00F3;
#[cfg(target_arch = "loongarch64")]
const OURS: u32 = 0xC000_0102;

/// Numbers that are the same on every architecture and that libc may not name yet.
const QUOTACTL_FD: c_long = 443;
const FCHMODAT2: c_long = 452;
const SETXATTRAT: c_long = 463;
const REMOVEXATTRAT: c_long = 466;
const FILE_SETATTR: c_long = 469;
const OPEN_TREE_ATTR: c_long = 467;

/// Looking into or steering other processes, mounting, namespaces, and the whole machine.
const NEVER: &[c_long] = &[
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_kcmp,
    libc::SYS_pidfd_getfd,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    OPEN_TREE_ATTR,
    libc::SYS_mount_setattr,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_kexec_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_syslog,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_adjtimex,
    libc::SYS_clock_adjtime,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_vhangup,
    libc::SYS_fanotify_init,
    libc::SYS_move_pages,
    libc::SYS_migrate_pages,
    libc::SYS_mbind,
    libc::SYS_set_mempolicy,
    // Messages and shared memory: those of other programs, and memory that nobody counts.
    libc::SYS_shmget,
    libc::SYS_shmat,
    libc::SYS_shmctl,
    libc::SYS_msgget,
    libc::SYS_msgctl,
    libc::SYS_msgsnd,
    libc::SYS_msgrcv,
    libc::SYS_semget,
    libc::SYS_semctl,
    libc::SYS_semop,
    libc::SYS_semtimedop,
    libc::SYS_mq_open,
    libc::SYS_mq_unlink,
];

#[cfg(target_arch = "x86_64")]
const NEVER_HERE: &[c_long] = &[
    libc::SYS_kexec_file_load,
    libc::SYS_iopl,
    libc::SYS_ioperm,
    libc::SYS_modify_ldt,
    libc::SYS_uselib,
    libc::SYS_ustat,
    libc::SYS_sysfs,
];
#[cfg(not(target_arch = "x86_64"))]
const NEVER_HERE: &[c_long] = &[];

/// Calls whose arguments cannot be looked at, or that get around what is looked at; programs do without them when
/// they seem to be missing.
const MISSING: &[c_long] = &[
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_clone3,
    libc::SYS_memfd_create,
    libc::SYS_memfd_secret,
    QUOTACTL_FD,
    // Its mode cannot be looked at; see `no_lent_rights`.
    libc::SYS_openat2,
];

const NEW_NAMESPACE: u32 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET)
    .cast_unsigned();

/// Requests that type into a terminal, or take it over.
const TERMINAL_REQUESTS: &[u32] =
    &[libc::TIOCSTI as u32, libc::TIOCLINUX as u32, libc::TIOCCONS as u32, libc::TIOCSETD as u32];

/// Requests that change the flags of a file that is open to be read only.
const FILE_REQUESTS: &[u32] = &[0x4008_6602, 0x4004_6602, 0x401c_5820, 0x4008_7602];

/// Rights that a program lends to whoever starts it: the learner's, to all others on this machine.
const LENT_RIGHTS: u32 = 0o6000;

/// Landlock has no rights for these either, and they tell what is in the attributes of all files.
const ATTRIBUTES: &[c_long] = &[
    libc::SYS_getxattr,
    libc::SYS_lgetxattr,
    libc::SYS_listxattr,
    libc::SYS_llistxattr,
    464, // getxattrat
    465, // listxattrat
];

/// Landlock has no rights for these, and what they change lies in every folder of the user.
const METADATA: &[c_long] = &[
    libc::SYS_fchmod,
    libc::SYS_fchmodat,
    FCHMODAT2,
    libc::SYS_fchown,
    libc::SYS_fchownat,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    SETXATTRAT,
    REMOVEXATTRAT,
    FILE_SETATTR,
];
#[cfg(target_arch = "x86_64")]
const METADATA_HERE: &[c_long] =
    &[libc::SYS_chmod, libc::SYS_chown, libc::SYS_lchown, libc::SYS_utime, libc::SYS_utimes, libc::SYS_futimesat];
#[cfg(not(target_arch = "x86_64"))]
const METADATA_HERE: &[c_long] = &[];

/// Calls with a process as their first argument, that may be meant for oneself only.
const ON_ONESELF: &[c_long] = &[
    libc::SYS_prlimit64,
    libc::SYS_sched_setaffinity,
    libc::SYS_sched_setscheduler,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setattr,
];

/// Signals that a program sends to its own threads.
const TO_ONESELF: &[libc::c_int] = &[libc::SIGURG, libc::SIGABRT, libc::SIGPROF, libc::SIGSEGV];

/// Filters the calls of this process and of all that it starts, for ever. It must have given up new privileges.
pub(super) fn apply(plan: &Plan) -> io::Result<()> {
    sys::filter_calls(&mut program(plan))
}

/// The filter itself.
pub(super) fn program(plan: &Plan) -> Vec<sock_filter> {
    Filter::new(plan, sys::landlock_version()).program
}

struct Filter {
    program: Vec<sock_filter>,
}

impl Filter {
    fn new(plan: &Plan, landlock: i32) -> Self {
        let mut filter = Self { program: Vec::new() };
        filter.begin();
        for call in NEVER.iter().chain(NEVER_HERE) {
            filter.deny(*call, libc::EPERM);
        }
        for call in MISSING {
            filter.deny(*call, libc::ENOSYS);
        }
        filter.case(libc::SYS_clone, &[load(argument(0)), jump(ANY_BIT, NEW_NAMESPACE, 0, 1), fail(libc::EPERM)]);
        let requests = TERMINAL_REQUESTS
            .iter()
            .chain(FILE_REQUESTS)
            .flat_map(|request| [jump(EQUAL, *request, 0, 1), fail(libc::EPERM)]);
        filter.case(libc::SYS_ioctl, &[load(argument(1))].into_iter().chain(requests).collect::<Vec<_>>());
        if plan.tier.has_own_root() {
            filter.own_network();
        } else {
            filter.no_network(!plan.ports.is_empty());
            filter.without_namespaces(landlock);
        }
        filter.no_lent_rights();
        filter.program.push(answer(ALLOW));
        filter
    }

    /// Another architecture's calls have other numbers: such a program is ended.
    fn begin(&mut self) {
        self.program.extend([load(ARCHITECTURE), jump(EQUAL, OURS, 1, 0), answer(KILL_PROCESS), load(NUMBER)]);
        if cfg!(target_arch = "x86_64") {
            // Its second set of calls.
            self.program.extend([jump(AT_LEAST, 0x4000_0000, 0, 1), fail(libc::ENOSYS)]);
        }
    }

    fn deny(&mut self, call: c_long, error: libc::c_int) {
        self.program.extend([jump(EQUAL, number(call), 0, 1), fail(error)]);
    }

    /// What is done for one call; where `body` comes to its end, the call is allowed.
    fn case(&mut self, call: c_long, body: &[sock_filter]) {
        let over = u8::try_from(body.len() + 1).unwrap_or(u8::MAX);
        self.program.push(jump(EQUAL, number(call), 0, over));
        self.program.extend(body);
        self.program.push(answer(ALLOW));
    }

    /// No file may come to lend its owner's rights, neither as it is made nor later.
    fn no_lent_rights(&mut self) {
        let mode = |index: u32| [load(argument(index)), jump(ANY_BIT, LENT_RIGHTS, 0, 1), fail(libc::EPERM)];
        let making = (libc::O_CREAT | libc::O_TMPFILE & !libc::O_DIRECTORY).cast_unsigned();
        let opening =
            |flags: u32| [&[load(argument(flags)), jump(ANY_BIT, making, 0, 3)][..], &mode(flags + 1)].concat();
        for (call, index) in [(libc::SYS_fchmod, 1), (libc::SYS_fchmodat, 2), (FCHMODAT2, 2), (libc::SYS_mknodat, 2)] {
            self.case(call, &mode(index));
        }
        self.case(libc::SYS_openat, &opening(2));
        #[cfg(target_arch = "x86_64")]
        {
            for call in [libc::SYS_chmod, libc::SYS_creat, libc::SYS_mknod] {
                self.case(call, &mode(1));
            }
            self.case(libc::SYS_open, &opening(1));
        }
    }

    /// Sockets that end in the command's own namespaces, and a list of its interfaces.
    fn own_network(&mut self) {
        let families = [libc::AF_UNIX, libc::AF_INET, libc::AF_INET6];
        let mut body = vec![load(argument(0))];
        for family in families {
            body.extend([jump(EQUAL, family.cast_unsigned(), 0, 1), answer(ALLOW)]);
        }
        let netlink = libc::AF_NETLINK.cast_unsigned();
        body.extend([jump(EQUAL, netlink, 0, 3), load(argument(2)), jump(EQUAL, 0, 0, 1), answer(ALLOW)]);
        body.push(fail(libc::EAFNOSUPPORT));
        self.case(libc::SYS_socket, &body);
    }

    /// No sockets, or plain TCP only, whose ports Landlock holds.
    fn no_network(&mut self, has_ports: bool) {
        if !has_ports {
            return self.deny(libc::SYS_socket, libc::EACCES);
        }
        let stream = libc::SOCK_STREAM.cast_unsigned();
        let tcp = libc::IPPROTO_TCP.cast_unsigned();
        self.case(
            libc::SYS_socket,
            &[
                load(argument(0)),
                jump(EQUAL, libc::AF_INET.cast_unsigned(), 2, 0),
                jump(EQUAL, libc::AF_INET6.cast_unsigned(), 1, 0),
                fail(libc::EAFNOSUPPORT),
                load(argument(1)),
                line(AND, 0xf),
                jump(EQUAL, stream, 1, 0),
                fail(libc::EACCES),
                load(argument(2)),
                jump(EQUAL, 0, 2, 0),
                // Multipath TCP would get around Landlock; Go falls back to this.
                jump(EQUAL, tcp, 1, 0),
                fail(libc::EPROTONOSUPPORT),
            ],
        );
    }

    /// What namespaces would hold back: leaving the process group, changing what files are, steering other processes.
    fn without_namespaces(&mut self, landlock: i32) {
        for call in METADATA.iter().chain(METADATA_HERE) {
            self.deny(*call, libc::EPERM);
        }
        for call in [libc::SYS_setsid, libc::SYS_setpgid, libc::SYS_setpriority, libc::SYS_ioprio_set] {
            self.deny(call, libc::EPERM);
        }
        for call in ATTRIBUTES {
            self.deny(*call, libc::EOPNOTSUPP);
        }
        // It tells what the user does in any folder.
        self.deny(libc::SYS_inotify_add_watch, libc::EACCES);
        // One of a pair sends to any other socket that has a path.
        let datagrams = libc::SOCK_DGRAM.cast_unsigned();
        self.case(
            libc::SYS_socketpair,
            &[load(argument(1)), line(AND, 0xf), jump(EQUAL, datagrams, 0, 1), fail(libc::EACCES)],
        );
        // With a path it reaches any file; without one it is about an open one.
        let no_path = |half: u32| [load(argument(1) + half), jump(EQUAL, 0, 1, 0), fail(libc::EPERM)];
        self.case(libc::SYS_utimensat, &[no_path(0), no_path(4)].concat());
        for call in ON_ONESELF {
            self.case(*call, &[load(argument(0)), jump(EQUAL, 0, 1, 0), fail(libc::EPERM)]);
        }
        if landlock < 3 {
            self.deny(libc::SYS_truncate, libc::EPERM);
        }
        if landlock < 6 {
            self.signals_to_oneself();
        }
    }

    /// Before signals can be scoped, none may leave the process.
    fn signals_to_oneself(&mut self) {
        for call in [
            libc::SYS_kill,
            libc::SYS_tkill,
            libc::SYS_rt_sigqueueinfo,
            libc::SYS_rt_tgsigqueueinfo,
            libc::SYS_pidfd_open,
            libc::SYS_pidfd_send_signal,
        ] {
            self.deny(call, libc::EPERM);
        }
        let allowed = TO_ONESELF.iter().flat_map(|signal| [jump(EQUAL, signal.cast_unsigned(), 0, 1), answer(ALLOW)]);
        let body = [load(argument(2))].into_iter().chain(allowed).chain([fail(libc::EPERM)]);
        self.case(libc::SYS_tgkill, &body.collect::<Vec<_>>());
    }
}

/// System calls have small numbers.
fn number(call: c_long) -> u32 {
    u32::try_from(call).unwrap_or(u32::MAX)
}

/// Where the low half of an argument lies.
fn argument(index: u32) -> u32 {
    16 + 8 * index
}

fn line(code: u16, k: u32) -> sock_filter {
    sock_filter { code, jt: 0, jf: 0, k }
}

fn load(offset: u32) -> sock_filter {
    line(LOAD, offset)
}

fn jump(code: u16, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter { code, jt, jf, k }
}

fn answer(what: u32) -> sock_filter {
    line(ANSWER, what)
}

fn fail(error: libc::c_int) -> sock_filter {
    answer(0x0005_0000 | error.cast_unsigned())
}
