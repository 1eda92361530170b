//! Which of all processes belong to a command, where the system has nothing that holds them together.

use std::collections::BTreeMap;

/// A process at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Process {
    pub pid: u32,
    pub parent: u32,
    pub session: u32,
    /// When it began, in microseconds: with the number, no other process is meant by it, ever.
    pub began: u64,
    /// Bytes of memory.
    pub memory: u64,
    pub threads: u64,
}

/// All that has been seen of a command: once one of it, always one of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// By number: when it began.
    seen: BTreeMap<u32, u64>,
}

impl Tree {
    /// Those of `all` that the process `root` has started, directly or not, that lead on from one that was seen before,
    /// or that are in the session of one. `root` itself is among them; `us` never is.
    pub(super) fn members(&mut self, all: &[Process], root: Option<u32>, us: u32) -> Vec<Process> {
        self.seen.retain(|pid, began| all.iter().any(|process| process.pid == *pid && process.began == *began));
        let others = || all.iter().filter(|process| process.pid != us);
        if let Some(root) = others().find(|process| Some(process.pid) == root) {
            self.seen.insert(root.pid, root.began);
        }
        // A child may stand before its parent: until nothing new is found.
        loop {
            let known = self.seen.len();
            for process in others() {
                let is_ours = |pid: u32| pid != us && self.seen.contains_key(&pid);
                if is_ours(process.parent) || is_ours(process.session) {
                    self.seen.insert(process.pid, process.began);
                }
            }
            if self.seen.len() == known {
                break;
            }
        }
        others().filter(|process| self.seen.get(&process.pid) == Some(&process.began)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Process, Tree};

    fn process(pid: u32, parent: u32, session: u32) -> Process {
        Process { pid, parent, session, began: u64::from(pid) * 10, ..Process::default() }
    }

    fn pids(found: &[Process]) -> Vec<u32> {
        found.iter().map(|process| process.pid).collect()
    }

    #[test]
    fn what_detaches_is_known_from_before() {
        let mut tree = Tree::default();
        let before = [process(9, 8, 7), process(8, 7, 7), process(7, 5, 5), process(5, 1, 5), process(4, 1, 4)];
        assert_eq!(pids(&tree.members(&before, Some(7), 5)), [9, 8, 7], "neither we nor strangers");
        // 8 has ended, 9 is a child of the first process now and leads a session of its own with a child in it.
        let after = [process(9, 1, 9), process(10, 1, 9), process(7, 5, 5), process(5, 1, 5), process(4, 1, 4)];
        assert_eq!(pids(&tree.members(&after, Some(7), 5)), [9, 10, 7]);
        // The command's first process has ended and been waited for.
        assert_eq!(pids(&tree.members(&after[..2], None, 5)), [9, 10]);
    }

    #[test]
    fn a_number_that_comes_again_is_another_process() {
        let mut tree = Tree::default();
        tree.members(&[process(9, 7, 7), process(7, 5, 5)], Some(7), 5);
        let stranger = Process { began: 1, ..process(9, 1, 9) };
        assert_eq!(pids(&tree.members(&[stranger, process(7, 5, 5)], Some(7), 5)), [7]);
    }
}
