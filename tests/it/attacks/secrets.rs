//! Attacks on secrets: files, other programs' memory, and what was left open.

use super::attack::Bare::{AsRoot, Does, Held, Perhaps, Unhelped};
use super::attack::Harm::{Leaked, Power};
use super::attack::{Attack, Meanwhile, attack};

const CLEARED: &str = "the environment is built from nothing in every tier";

pub const ATTACKS: &[Attack] = &[
    attack(16, "a key, by the shell", "cat {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "a key, by the shell's own opening", "cat < {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "keys by a pattern", "cat {home}/.ssh/*", Does(Leaked)),
    attack(16, "a key copied here", "cp {home}/.ssh/id_ed25519 mine; cat mine", Does(Leaked)),
    attack(16, "the whole home copied here", "cp -r {home} mine; cat mine/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "a key, by a program", "{a} read {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "a key, by climbing", "{a} read-relative {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "a key, by the newest opening", "{a} read-openat2 {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "a key, by the way of oneself", "{a} read /proc/self/root{home}/.ssh/id_ed25519", Does(Leaked)),
    attack(16, "names, by the shell", "ls -a {home}", Does(Leaked)),
    attack(16, "names, after going there", "cd {home} && ls -a", Does(Leaked)),
    attack(16, "names", "{a} list {home}", Does(Leaked)),
    attack(16, "an attribute", "{a} getxattr {home}/.bashrc", Perhaps(Leaked)),
    attack(16, "names of attributes", "{a} listxattr {home}/.bashrc", Perhaps(Leaked)),
    attack(16, "a program of the user's", "{home}/bin/tool", Does(Leaked)),
    attack(16, "what the user does with files", "{a} watch {desk}", Does(Leaked)).meanwhile(Meanwhile::Works),
    attack(16, "a lock on a file", "{a} flock {home}/.bashrc", Does(Power)),
    attack(8, "a key under a second name", "{a} hard-link {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(8, "a key under a second name, pointed at", "{a} hard-link-fd {home}/.ssh/id_ed25519", Perhaps(Leaked)),
    attack(9, "another lesson's file", "cat ../../../other/chapter/lesson/secret.txt", Does(Leaked)),
    attack(17, "the size of a file", "{a} stat {home}/.ssh/id_ed25519", Does(Leaked)).reduced(Leaked),
    attack(17, "where a link leads", "{a} readlink {home}/link", Does(Leaked)).reduced(Leaked),
    attack(18, "a program's environment", "{a} proc {pid} environ", Does(Leaked)),
    attack(18, "a program's environment, by the shell", "sh -c 'tr -d .. < /proc/{pid}/environ'", Does(Leaked)),
    attack(18, "haveago's environment", "{a} proc {self} environ", Does(Leaked)),
    attack(19, "a program's memory", "{a} proc-mem {pid} {addr}", Does(Leaked)),
    attack(20, "a program's arguments", "{a} proc {pid} cmdline", Does(Leaked)),
    attack(21, "a key by a program's root", "cat /proc/{pid}/root{home}/.ssh/id_ed25519", Does(Leaked)),
    attack(22, "a key by a program's folder", "cat /proc/{pid}/cwd/.ssh/id_ed25519", Does(Leaked)),
    attack(23, "a program's open files", "{a} proc-fd {pid}", Does(Leaked)),
    attack(24, "all programs' arguments", "{a} proc-list", Does(Leaked)),
    attack(25, "a key by the root of any program", "{a} proc-roots {home}/.ssh/id_ed25519", Does(Leaked)),
    attack(26, "what was left open", "{a} descriptors", Unhelped(Leaked)),
    attack(26, "the environment", "{a} environment", Held(CLEARED)),
    attack(26, "the environment, by the shell", "env", Held(CLEARED)),
    attack(30, "memory by tracing", "{a} ptrace {pid} {addr}", Does(Leaked)),
    attack(31, "memory by reading across", "{a} vm-read {pid} {addr}", Does(Leaked)),
    attack(31, "an open file taken over", "{a} pidfd-getfd {pid} {fd}", Does(Leaked)),
    attack(57, "a key by its number on the disk", "{a} handle {handle}", AsRoot(Leaked)),
];
