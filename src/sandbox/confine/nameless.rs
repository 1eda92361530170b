//! Files that have lost their last name and are still held by a command: no folder shows them, yet they fill the disk.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::Pid;

/// Of the time of one processor, looking takes no more than one part in so many.
const SHARE: u32 = 20;
/// Open files that are looked at; the limits allow fewer.
const MOST: usize = 600_000;
/// What the kernel writes behind the path of a mapped file that has lost its name.
const DELETED: &str = " (deleted)";
/// The number of a file system in memory.
const IN_MEMORY: u64 = 0x0102_1994;

/// What a command holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// On the disk, in files without a name.
    pub bytes: u64,
    /// A process does not let itself be looked at. It takes no right for that: a program that may be run and not be read
    /// is such a one.
    pub is_partial: bool,
}

/// The look, which takes its time in proportion to what it costs.
#[derive(Debug)]
pub(super) struct Nameless {
    /// Folders in which a command may write.
    folders: Vec<PathBuf>,
    /// The disks they lie on.
    disks: Vec<u64>,
    rests_until: Instant,
    last: Held,
}

impl Nameless {
    pub(super) fn new(folders: &[PathBuf]) -> Self {
        let disks = folders.iter().filter_map(|folder| Some(fs::metadata(folder).ok()?.dev())).collect();
        Self { folders: folders.to_vec(), disks, rests_until: Instant::now(), last: Held::default() }
    }

    /// What `pids` hold; what they held a moment ago, where looking has just cost much. Those of `ours` may keep themselves
    /// out of sight.
    ///
    /// Reading this of a process takes its user, or power over its namespaces, and that it lets itself be looked at.
    pub(super) fn look(&mut self, pids: &[Pid], ours: &[Pid]) -> Held {
        let start = Instant::now();
        if start < self.rests_until {
            return self.last;
        }
        let mut seen = Seen::default();
        for pid in pids {
            let place = Path::new("/proc").join(pid.as_raw_nonzero().to_string());
            let is_seen = self.open_files(&place, &mut seen) && self.mapped_files(&place, &mut seen);
            // One that has ended meanwhile holds nothing.
            seen.is_partial |= !is_seen && !ours.contains(pid) && is_alive(&place);
        }
        self.last = seen.held();
        self.rests_until = start + start.elapsed().saturating_mul(SHARE).min(Duration::from_secs(5));
        self.last
    }

    /// False when they cannot be read.
    fn open_files(&self, process: &Path, seen: &mut Seen) -> bool {
        let Ok(entries) = fs::read_dir(process.join("fd")) else { return false };
        for entry in entries.flatten() {
            seen.looked_at += 1;
            if seen.looked_at > MOST {
                return false;
            }
            let path = entry.path();
            // It leads to the file itself, wherever that is and whatever it was called.
            let Ok(file) = fs::metadata(&path) else { continue };
            if file.is_file() && file.nlink() == 0 && self.is_on_disk(&path, file.dev()) {
                seen.open.insert((file.dev(), file.ino()), file.blocks() * 512);
            }
        }
        true
    }

    /// Folders in memory have bounds of their own.
    fn is_on_disk(&self, path: &Path, disk: u64) -> bool {
        self.disks.contains(&disk)
            || rustix::fs::statfs(path).is_ok_and(|system| u64::try_from(system.f_type) != Ok(IN_MEMORY))
    }

    /// A file can be held by memory alone. What it takes is not told then, but how much of it is in sight: no less, but
    /// for holes. False when that cannot be read.
    fn mapped_files(&self, process: &Path, seen: &mut Seen) -> bool {
        let Ok(maps) = fs::read_to_string(process.join("maps")) else { return false };
        let mut mapped: HashMap<u64, u64> = HashMap::new();
        for line in maps.lines().filter(|line| line.ends_with(DELETED)) {
            let Some((path, inode, bytes)) = mapping(line) else { continue };
            if self.folders.iter().any(|folder| Path::new(path).starts_with(folder)) {
                *mapped.entry(inode).or_default() += bytes;
            }
        }
        for (inode, bytes) in mapped {
            let most = seen.mapped.entry(inode).or_default();
            *most = bytes.max(*most);
        }
        true
    }
}

/// The path, the file's number and the size of a line as in `7f00-7f10 rw-s 00000000 fe:00 42    /path (deleted)`.
fn mapping(line: &str) -> Option<(&str, u64, u64)> {
    let mut words = line.split_ascii_whitespace();
    let (from, to) = words.next()?.split_once('-')?;
    let inode = words.nth(3)?.parse().ok()?;
    let number = |digits| u64::from_str_radix(digits, 16).ok();
    let path = line.get(line.find('/')?..)?.strip_suffix(DELETED)?;
    Some((path, inode, number(to)?.saturating_sub(number(from)?)))
}

/// Whether a process is there and has not ended.
fn is_alive(process: &Path) -> bool {
    let stat = fs::read_to_string(process.join("stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_ascii_whitespace().next());
    state.is_some_and(|state| state != "Z" && state != "X")
}

/// Each file once, whoever holds it and how often.
#[derive(Debug, Default)]
struct Seen {
    /// By disk and number, what they take.
    open: HashMap<(u64, u64), u64>,
    /// By number alone: the disk has another name there.
    mapped: HashMap<u64, u64>,
    looked_at: usize,
    is_partial: bool,
}

impl Seen {
    fn held(&self) -> Held {
        let is_open = |inode: &u64| self.open.keys().any(|(_, open)| open == inode);
        let mapped = self.mapped.iter().filter(|(inode, _)| !is_open(inode)).map(|(_, bytes)| bytes);
        Held { bytes: self.open.values().chain(mapped).sum(), is_partial: self.is_partial }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use super::{Nameless, Pid, mapping};

    const MIB: usize = 1 << 20;

    #[test]
    fn a_file_without_a_name_counts_as_long_as_it_is_held_whatever_the_disk_has_free() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let path = folder.join("big");
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(&vec![1; 8 * MIB]).unwrap();
        // The next one to hold it is another process, by another descriptor, of the same file.
        let mut other = Command::new("cat").stdin(Stdio::piped()).stdout(file.try_clone().unwrap()).spawn().unwrap();
        let pids = [rustix::process::getpid(), Pid::from_child(&other)];
        let held = || Nameless::new(std::slice::from_ref(&folder)).look(&pids, &[]);
        let before = held().bytes;
        assert!(before < MIB as u64, "{before}");
        std::fs::remove_file(&path).unwrap();
        assert!((8 * MIB as u64..9 * MIB as u64).contains(&held().bytes), "{:?}", held());
        drop(file);
        assert!(held().bytes >= 8 * MIB as u64, "{:?}", held());
        other.kill().unwrap();
        other.wait().unwrap();
        assert!(held().bytes < MIB as u64, "{:?}", held());
    }

    #[test]
    fn a_mapped_file_without_a_name_is_found_by_what_the_kernel_says_of_it() {
        let line = "7f0000000000-7f0000800000 rw-s 00000000 fe:00 42         /home/a b/x y (deleted)";
        assert_eq!(mapping(line), Some(("/home/a b/x y", 42, 8 * MIB as u64)));
        assert_eq!(mapping("7f00-7f10 rw-p 00000000 00:00 0 "), None);
    }
}
