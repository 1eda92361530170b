//! What has come of an attack, seen from outside.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirEntryExt, FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::attack::Harm;
use super::ground::Ground;
use super::runner::Ran;
use super::{Kit, Tier};

/// A file of more than this has no business in a lesson.
const LARGEST: u64 = 1 << 30;

/// Every precious file with all that could have been changed of it.
pub struct Before(BTreeMap<PathBuf, String>);

impl Before {
    pub fn look(ground: &Ground, kit: &Kit) -> Self {
        let mut all = BTreeMap::new();
        for place in ground.precious(kit) {
            look_at(&place, &mut all);
        }
        // The learner's folder is to stay the same folder, whatever is in it, and alone where it is.
        for entry in fs::read_dir(ground.scratch.parent().unwrap()).into_iter().flatten().flatten() {
            all.insert(entry.path(), entry.ino().to_string());
        }
        Self(all)
    }

    fn changes(&self, now: &Self) -> Vec<String> {
        let changed = self.0.iter().filter(|(path, look)| now.0.get(*path) != Some(look)).map(|(path, _)| path);
        let new = now.0.keys().filter(|path| !self.0.contains_key(*path));
        changed.chain(new).map(|path| path.display().to_string()).collect()
    }
}

fn look_at(path: &Path, all: &mut BTreeMap<PathBuf, String>) {
    let Ok(meta) = fs::symlink_metadata(path) else { return };
    let mut text = DefaultHasher::new();
    // A large one cannot be another without another time.
    if meta.is_file() && meta.len() < 1 << 20 {
        fs::read(path).unwrap_or_default().hash(&mut text);
    }
    let times = (meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec());
    let look = (meta.mode(), meta.uid(), meta.gid(), meta.nlink(), meta.len(), meta.ino(), times, text.finish());
    all.insert(path.to_owned(), format!("{look:?}"));
    for entry in fs::read_dir(path).into_iter().flatten().flatten().filter(|_| meta.is_dir()) {
        look_at(&entry.path(), all);
    }
}

/// All harm that is to be seen, each with what it is.
pub fn seen(ground: &mut Ground, kit: &Kit, before: &Before, ran: &Ran, tier: Tier) -> Vec<(Harm, String)> {
    let mut harm = Vec::new();
    harm.extend(alive(&ground.mark, tier).into_iter().map(|what| (Harm::Alive, what)));
    harm.extend(before.changes(&Before::look(ground, kit)).into_iter().map(|what| (Harm::Changed, what)));
    for line in ran.output.lines() {
        if ground.secrets(kit).iter().any(|secret| line.contains(secret.as_str())) {
            harm.push((Harm::Leaked, line.to_owned()));
        }
        if line.starts_with("power:") {
            harm.push((Harm::Power, line.to_owned()));
        }
    }
    let mut complaints = ground.victim.complaints();
    if complaints.is_empty() && tier == Tier::None {
        // On a busy machine a signal may take its time, and here it is one that is waited for.
        std::thread::sleep(Duration::from_millis(100));
        complaints = ground.victim.complaints();
    }
    for complaint in complaints {
        let is_visit = complaint.starts_with("a connection") || complaint.starts_with("a datagram");
        harm.push((if is_visit { Harm::Reached } else { Harm::Touched }, complaint));
    }
    harm.extend(ran.served.iter().map(|what| (Harm::Reached, what.clone())));
    if ground.terminal.shown().contains(&ground.mark) {
        harm.push((Harm::Reached, "the user's terminal".to_owned()));
    }
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    if mounts.contains(&ground.base.display().to_string()) {
        harm.push((Harm::Reached, "the mounts of the machine".to_owned()));
    }
    if ran.is_forged {
        harm.push((Harm::Forged, "the outcome".to_owned()));
    }
    harm.extend(overrun(ground).into_iter().map(|what| (Harm::Overrun, what)));
    harm
}

/// What still runs of an attack; it is ended. It may take the kernel a moment to clear away what was killed.
fn alive(mark: &str, tier: Tier) -> Vec<String> {
    let patience = if tier == Tier::None { Duration::from_millis(100) } else { Duration::from_secs(1) };
    let start = Instant::now();
    loop {
        let found = marked(mark);
        if found.is_empty() || start.elapsed() > patience {
            for (pid, _) in &found {
                let _ = kill_process(*pid, Signal::KILL);
            }
            return found.into_iter().map(|(_, what)| what).collect();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The living processes with the mark in their arguments or in their program's name.
pub fn marked(mark: &str) -> Vec<(Pid, String)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let pid = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
            let line = fs::read(entry.path().join("cmdline")).ok()?;
            let line = String::from_utf8_lossy(&line).replace('\0', " ");
            let program = fs::read_link(entry.path().join("exe")).unwrap_or_default();
            let is_marked = line.contains(mark) || program.to_string_lossy().contains(mark);
            is_marked.then(|| (pid, format!("{} {line}", pid.as_raw_nonzero())))
        })
        .collect()
}

fn overrun(ground: &Ground) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(&ground.scratch).into_iter().flatten().flatten() {
        let Ok(meta) = entry.metadata() else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        if meta.len() > LARGEST {
            found.push(format!("{name} has {} bytes", meta.len()));
        }
        if meta.file_type().is_char_device() || meta.file_type().is_block_device() {
            found.push(format!("{name} is a device"));
        }
        let is_ours = name != "door";
        if is_ours && meta.is_file() && meta.mode() & 0o6000 != 0 && others_reach(ground) {
            found.push(format!("{name} lends the learner's rights to all others"));
        }
    }
    found
}

/// Whether others than the user can go from the folder of all work to the learner's.
fn others_reach(ground: &Ground) -> bool {
    let ways = ground.scratch.ancestors().take_while(|way| way.starts_with(&ground.dirs.work));
    ways.into_iter().all(|way| way.metadata().is_ok_and(|meta| meta.mode() & 0o001 != 0))
}
