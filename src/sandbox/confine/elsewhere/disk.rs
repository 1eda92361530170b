//! Watches over what lies in the learner's folder: its size, its files, its depth.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Plan;
use crate::judge::evidence::Stopped;

/// Between two walks through the folder.
const WALK: Duration = Duration::from_millis(500);

/// What lies in a folder, as far as was looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Used {
    bytes: u64,
    entries: u64,
    depth: u32,
}

#[derive(Debug)]
pub(super) struct DiskWatch {
    before: Used,
    walked: Instant,
}

impl DiskWatch {
    pub(super) fn new(plan: &Plan) -> Self {
        Self { before: used(plan), walked: Instant::now() }
    }

    /// The limit that is passed, if one is. What was too much before is for the learner to remove, and that needs
    /// commands.
    pub(super) fn look(&mut self, plan: &Plan) -> Option<Stopped> {
        if self.walked.elapsed() < WALK {
            return None;
        }
        let limits = &plan.limits;
        let now = used(plan);
        // A walk that takes long is not made more often than it can be.
        self.walked = Instant::now();
        if now.bytes > limits.disk && now.bytes > self.before.bytes + (1 << 20) {
            return Some(Stopped::Disk(limits.disk));
        }
        let more = now.entries > limits.files && now.entries > self.before.entries + 16;
        let deeper = now.depth > limits.depth && now.depth > self.before.depth;
        (more || deeper).then_some(Stopped::Files(limits.files))
    }
}

fn used(plan: &Plan) -> Used {
    let mut used = Used::default();
    if let Some(folder) = plan.writable.first() {
        walk(folder, 1, plan, &mut used);
    }
    used
}

/// Follows no link, and goes no further than it must to know that it is too much.
fn walk(folder: &Path, depth: u32, plan: &Plan, used: &mut Used) {
    let limits = &plan.limits;
    used.depth = used.depth.max(depth);
    if depth > limits.depth {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if used.entries > limits.files || used.bytes > limits.disk.saturating_mul(8) {
            return;
        }
        used.entries += 1;
        // Of the entry itself, and not of what a link leads to.
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            walk(&entry.path(), depth + 1, plan, used);
        } else {
            used.bytes = used.bytes.saturating_add(size(&metadata));
        }
    }
}

/// What it really takes on the disk, where the system tells.
#[cfg(unix)]
fn size(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata).saturating_mul(512)
}

#[cfg(not(unix))]
fn size(metadata: &fs::Metadata) -> u64 {
    metadata.len()
}
