//! Bombs: each ends by itself above what is allowed, and none runs where nothing holds it.

use super::attack::Bare::{Held, NotRun};
use super::attack::{Attack, attack};

const BOMB: &str = "a bomb";

const fn bomb(row: u8, name: &'static str, line: &'static str) -> Attack {
    attack(row, name, line, NotRun(BOMB)).seconds(9)
}

pub const ATTACKS: &[Attack] = &[
    bomb(36, "900 processes", "{a} bomb-fork {mark}"),
    bomb(36, "processes born and dying", "{a} bomb-procs-die {mark}").seconds(3),
    bomb(37, "3,000 threads", "{a} bomb-threads"),
    bomb(38, "1.8 GiB of heap", "{a} bomb-heap 1800"),
    bomb(38, "a recursion without end", "{a} bomb-recursion"),
    bomb(39, "1.8 GiB of shared memory", "{a} bomb-shared"),
    bomb(39, "1.9 GiB in eight processes", "{a} bomb-many {mark}"),
    bomb(41, "700 MiB of shared files", "{a} bomb-shm"),
    bomb(41, "700 MiB of temporary files", "{a} bomb-tmp"),
    bomb(42, "700 MiB in one file", "{a} bomb-file"),
    bomb(42, "800 MiB in many files", "{a} bomb-files"),
    bomb(42, "800 MiB without a name", "{a} bomb-unlinked"),
    bomb(42, "30,000 files", "{a} bomb-inodes").seconds(12),
    bomb(44, "3,000 folders in each other", "{a} bomb-depth"),
    bomb(47, "3,000 open files", "{a} bomb-fds"),
    attack(45, "an output without end", "{a} bomb-output", Held("the output is bounded in every tier")),
];
