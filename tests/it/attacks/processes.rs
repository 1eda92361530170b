//! Attacks on other programs, on the helper, and on the end of the line.

use super::attack::Bare::{AsRoot, Does, Held, NotRun, Perhaps, Unhelped};
use super::attack::Harm::{Alive, Forged, Power, Reached, Touched};
use super::attack::{Attack, Meanwhile, attack};

const STOPPED: &str = "the line and its group are stopped in every tier";

pub const ATTACKS: &[Attack] = &[
    attack(27, "the outcome forged", "{a} forge", Does(Forged)),
    attack(27, "the outcome on every open end", "{a} write-all", Held("there is no such end in the simplest tier")),
    attack(27, "the outcome on the helper's ends", "{a} then-forge", Does(Forged)),
    attack(28, "a signal", "{a} signal {pid} 10", Does(Touched)),
    attack(28, "a signal, by the shell's kill", "sh -c 'kill -USR1 {pid}'", Does(Touched)),
    attack(28, "a stop", "{a} signal {pid} 19", Does(Touched)),
    attack(28, "an end", "{a} signal {pid} 9", Does(Touched)),
    attack(28, "a signal to a thread", "{a} signal-thread {pid}", Does(Touched)),
    attack(28, "a signal with a message", "{a} signal-queue {pid}", Does(Touched)),
    attack(28, "a signal by a descriptor", "{a} signal-pidfd {pid}", Does(Touched)),
    attack(28, "a signal that the kernel sends", "{a} signal-owner {pid}", Does(Touched)),
    attack(28, "a signal to all", "{a} signal-all {pid}", NotRun("it would reach everything on the machine")),
    attack(29, "the helper ended, something left", "{a} kill-parent {mark}", Does(Alive)),
    attack(29, "the first process", "{a} kill-one {pid}", NotRun("it is the machine's own")),
    attack(31, "memory written", "{a} vm-write {pid} {addr}", Does(Touched)),
    attack(32, "limits", "{a} prlimit {pid}", Does(Touched)),
    attack(33, "the rank", "{a} renice {pid}", Does(Touched)),
    attack(33, "the rank of all", "{a} renice-all {pid}", NotRun("it would reach everything of the user's")),
    attack(33, "the rank at the disk", "{a} ioprio {pid}", Does(Touched)),
    attack(33, "the rank when memory is short", "{a} proc-oom {pid}", Does(Touched)),
    attack(34, "the processors", "{a} affinity {pid}", Does(Touched)),
    attack(34, "the scheduling", "{a} scheduler {pid}", Does(Touched)),
    attack(34, "the place of another", "{a} set-namespace {pid}", AsRoot(Power)),
    attack(35, "a daemon", "{a} daemon {mark}", Unhelped(Alive)),
    attack(35, "a daemon, by the shell", "setsid -f sh -c 'sleep 15; echo {mark}'", Unhelped(Alive)),
    attack(35, "a group of its own", "{a} new-group {mark}", Unhelped(Alive)),
    attack(35, "a child of nobody", "{a} thread-child {mark}", Unhelped(Alive)),
    attack(35, "forty daemons", "{a} late {mark}", Unhelped(Alive)),
    attack(48, "both processors, for ever", "{a} spin", Held(STOPPED)).seconds(1).says(&["Stopped: it ran longer"]),
    attack(48, "both processors, from behind", "{a} spin-detached {mark}", Unhelped(Alive)).seconds(2),
    attack(48, "deaf to signals", "{a} stubborn {mark}", Unhelped(Alive)).seconds(1),
    attack(49, "a terminal of the user's", "{a} pts {pts}={mark}", Does(Reached)),
    attack(49, "the terminal of haveago", "{a} tty {mark}", NotRun("it may be a real one")),
    attack(50, "typing into the user's terminal", "{a} tiocsti {pts}={mark}", Perhaps(Reached)),
    attack(58, "a program that lends rights", "./door who", AsRoot(Power)),
    attack(58, "rights that were kept", "{a} keep-rights", Does(Power)),
    attack(70, "haveago killed, a daemon left", "{a} daemon {mark}; {a} stay {mark} here", Unhelped(Alive))
        .meanwhile(Meanwhile::Dies),
    attack(70, "haveago killed in the midst", "{a} stay {mark} here", Unhelped(Alive)).meanwhile(Meanwhile::Dies),
    attack(70, "the helper killed, a daemon left", "{a} daemon {mark}; {a} stay {mark} here", Does(Alive))
        .meanwhile(Meanwhile::KillsHelper),
    attack(71, "the output held by one that stays", "{a} hold {mark}", Unhelped(Alive)),
];
