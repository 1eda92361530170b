//! Bombs: each ends by itself above what is allowed, and none runs where nothing holds it.

use super::attack::Bare::{Held, NotRun};
use super::attack::{Attack, attack};

const BOMB: &str = "a bomb";

const fn bomb(row: u8, name: &'static str, line: &'static str) -> Attack {
    attack(row, name, line, NotRun(BOMB)).seconds(9)
}

/// Ours, or Go's own of one process that asks for more than it may have.
const MEMORY: &[&str] = &["Stopped: it used more than", "out of memory", "cannot allocate memory"];
/// Ours; or the system's, which holds this limit itself for all but its own user, and then perhaps our last.
const PROCESSES: &[&str] =
    &["processes and threads", "resource temporarily unavailable", "failed to create new OS thread", "it ran longer"];
const DISK: &[&str] = &["Stopped: it wrote more than"];
const FILES: &[&str] = &["files in this folder, or folders too deep"];
/// What the system says itself to a program that asks it for too much.
/// On a busy machine the watch may come before the kernel.
const TOO_LARGE: &[&str] = &["file too large", "Stopped: it wrote more"];
const REFUSED: &[&str] = &["file too large", "no space left on device", "permission denied", "too many open files"];

pub const ATTACKS: &[Attack] = &[
    bomb(36, "900 processes", "{a} bomb-fork {mark}").says(PROCESSES),
    bomb(36, "processes born and dying", "{a} bomb-procs-die {mark}").seconds(3).says(&["Stopped: it ran longer than"]),
    bomb(37, "3,000 threads", "{a} bomb-threads").says(PROCESSES),
    bomb(38, "1.8 GiB of heap", "{a} bomb-heap 1800").says(MEMORY),
    bomb(38, "a recursion without end", "{a} bomb-recursion").says(MEMORY),
    bomb(39, "1.8 GiB of shared memory", "{a} bomb-shared").says(MEMORY),
    bomb(39, "1.9 GiB in eight processes", "{a} bomb-many {mark}").says(MEMORY),
    bomb(41, "700 MiB of shared files", "{a} bomb-shm").says(REFUSED),
    bomb(41, "700 MiB of temporary files", "{a} bomb-tmp").says(REFUSED),
    bomb(42, "700 MiB in one file", "{a} bomb-file").says(TOO_LARGE),
    bomb(42, "800 MiB in many files", "{a} bomb-files").says(DISK),
    bomb(42, "800 MiB without a name", "{a} bomb-unlinked").says(DISK),
    bomb(42, "800 MiB without a name and never written", "{a} bomb-allocated").says(DISK),
    bomb(42, "800 MiB in sight of memory alone", "{a} bomb-mapped").says(DISK),
    bomb(42, "30,000 files", "{a} bomb-inodes").seconds(12).says(FILES),
    bomb(44, "3,000 folders in each other", "{a} bomb-depth").says(FILES),
    bomb(47, "3,000 open files", "{a} bomb-fds").says(REFUSED),
    attack(45, "an output without end", "{a} bomb-output", Held("the output is bounded in every tier"))
        .says(&["Stopped: it printed more than"]),
];
