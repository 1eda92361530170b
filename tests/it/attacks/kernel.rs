//! Attacks by rarely used doors of the kernel.

use super::attack::Bare::{Does, NotRun, Perhaps};
use super::attack::Harm::{Changed, Leaked, Power, Touched};
use super::attack::{Attack, attack};

pub const ATTACKS: &[Attack] = &[
    attack(40, "memory of nobody", "{a} memfd", Does(Power)),
    attack(40, "secret memory of nobody", "{a} memfd-secret", Perhaps(Power)),
    attack(40, "a segment that stays", "{a} shm-own", Does(Power)),
    attack(56, "a key of the keyring", "{a} key {key}", Perhaps(Leaked)),
    attack(57, "io_uring", "{a} io-uring", Perhaps(Power)),
    attack(57, "userfaultfd", "{a} userfaultfd", Perhaps(Power)),
    attack(57, "bpf", "{a} bpf", Perhaps(Power)),
    attack(57, "perf", "{a} perf", Perhaps(Power)),
    attack(57, "fanotify", "{a} fanotify", Perhaps(Power)),
    attack(57, "the kernel's log", "{a} kernel-log", NotRun("it is the machine's own")),
    attack(57, "the machine's name", "{a} host-name", NotRun("it is the machine's own")),
    attack(59, "a segment read", "{a} shm-read {shm}", Does(Leaked)),
    attack(59, "a segment written", "{a} shm-write {shm}", Does(Touched)),
    attack(59, "a message taken", "{a} message {msg}", Does(Leaked)),
    attack(59, "a semaphore taken", "{a} semaphore {sem}", Does(Touched)),
    attack(59, "a queue read", "{a} mq {mq}", Does(Leaked)),
    attack(59, "shared memory read", "cat {shmfile}", Does(Leaked)),
    attack(59, "shared memory written", "{a} append {shmfile}", Does(Changed)),
    attack(60, "calls of 32 bits", "{a} int-80", Perhaps(Power)),
    attack(60, "calls of the third kind", "{a} x32", Perhaps(Power)),
];
