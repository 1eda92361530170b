//! How a folder is watched: by the system's events; where none come, which is found out by trying, by looking.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::Sender;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Files that are ours for a moment begin with this.
const OURS: &str = ".haveago-";
/// An event of the trial has come by then, if any ever comes.
const TRIAL: Duration = Duration::from_secs(2);
/// Between two looks, where no events come.
const PACE: Duration = Duration::from_secs(2);
/// Names looked at, at most.
const MOST: usize = 2_000;
/// Folders in folders at most.
const DEEPEST: usize = 12;

/// The watch on one folder.
#[derive(Debug)]
pub struct Eyes {
    root: PathBuf,
    /// Which folder it was: another one of the same name is not watched by these.
    identity: Option<Identity>,
    /// Keeps the system's events coming.
    _watcher: Option<RecommendedWatcher>,
    /// Whether any event has come yet.
    heard: Arc<AtomicBool>,
    way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// A file was made and removed; its events are waited for.
    Trying { until: Instant },
    /// Events come.
    Told,
    /// None do: what was seen last is compared with what is there.
    Looking { next: Instant, seen: u64 },
}

impl Eyes {
    /// Opens them on `root`; changes are told to `changes`, where one that waits is enough.
    pub fn on(root: &Path, changes: Sender<()>) -> Self {
        let heard = Arc::new(AtomicBool::new(false));
        let watcher = start(root, changes, heard.clone());
        Self::with(root, watcher, heard)
    }

    fn with(root: &Path, watcher: Option<RecommendedWatcher>, heard: Arc<AtomicBool>) -> Self {
        let now = Instant::now();
        let way = if watcher.is_some() {
            // Where it cannot be made, nothing else can be saved either.
            drop(tempfile::Builder::new().prefix(OURS).tempfile_in(root));
            Way::Trying { until: now + TRIAL }
        } else {
            Way::Looking { next: now + PACE, seen: print_of(root) }
        };
        Self { root: root.to_owned(), identity: identity(root), _watcher: watcher, heard, way }
    }

    /// Whether the folder is still the one they were opened on.
    pub fn see_it(&self) -> bool {
        self.identity == identity(&self.root)
    }

    /// When [`Self::look`] is wanted next; never, where events come.
    pub fn due(&self) -> Option<Instant> {
        match self.way {
            Way::Trying { until } => Some(until),
            Way::Told => None,
            Way::Looking { next, .. } => Some(next),
        }
    }

    /// Looks whether anything has changed, where no events tell it.
    pub fn look(&mut self, now: Instant) -> bool {
        let before = match self.way {
            Way::Told => return false,
            Way::Trying { .. } if self.heard.load(Ordering::Relaxed) => {
                self.way = Way::Told;
                return false;
            }
            // What changed during the trial was not seen.
            Way::Trying { .. } => None,
            Way::Looking { seen, .. } => Some(seen),
        };
        let seen = print_of(&self.root);
        self.way = Way::Looking { next: now + PACE, seen };
        // A folder that is gone is told of until it is there again.
        before != Some(seen) || !self.root.is_dir()
    }
}

/// What makes a folder this one, and no other of its name. Its number alone does not: file systems give that of a folder
/// that is gone to the next.
type Identity = (u64, SystemTime);

fn identity(root: &Path) -> Option<Identity> {
    let meta = fs::metadata(root).ok()?;
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    // Where births are not written down, a folder that was changed meanwhile counts as another one.
    let birth = meta.created().or_else(|_| meta.modified()).ok()?;
    Some((number, birth))
}

fn start(root: &Path, changes: Sender<()>, heard: Arc<AtomicBool>) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<Event>| {
        heard.store(true, Ordering::Relaxed);
        if event.map_or(true, |event| is_change(&event)) {
            // One that waits already is enough.
            let _ = changes.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(root, RecursiveMode::Recursive).ok()?;
    Some(watcher)
}

/// Being read is no change, nor is what we do on the way to a save; everything else asks for a new look at the folder.
fn is_change(event: &Event) -> bool {
    let is_ours = |path: &PathBuf| path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with(OURS));
    let only_ours = !event.paths.is_empty() && event.paths.iter().all(is_ours);
    !matches!(event.kind, EventKind::Access(_)) && !only_ours
}

/// A number that is another when a file in the folder was written, made or removed.
fn print_of(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut left = MOST;
    walk(root, 0, &mut left, &mut hasher);
    hasher.finish()
}

fn walk(folder: &Path, depth: usize, left: &mut usize, hasher: &mut DefaultHasher) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut found: Vec<_> = entries.flatten().take(*left).collect();
    *left -= found.len();
    found.sort_by_key(fs::DirEntry::file_name);
    for entry in found {
        let Ok(meta) = entry.metadata() else { continue };
        (entry.file_name(), meta.len(), meta.modified().ok()).hash(hasher);
        if meta.is_dir() && depth < DEEPEST {
            walk(&entry.path(), depth + 1, left, hasher);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use crossbeam_channel::bounded;

    use super::{Eyes, PACE, TRIAL, Way, start};

    #[test]
    fn where_no_events_come_saves_are_seen_by_looking() {
        let (here, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (changes, _kept) = bounded(1);
        // A watcher that hears nothing of this folder, as on a file system that sends no events.
        let deaf = start(elsewhere.path(), changes, Arc::default());
        let mut eyes = Eyes::with(here.path(), deaf, Arc::default());
        let mut now = eyes.due().expect("the trial ends");
        fs::write(here.path().join("main.go"), "package main\n").unwrap();
        assert!(eyes.look(now), "what was saved during the trial");
        assert!(matches!(eyes.way, Way::Looking { .. }));
        now += PACE;
        assert!(!eyes.look(now), "nothing has changed");
        // An atomic save: another file under the same name.
        fs::write(here.path().join("main.go.new"), "package main // b\n").unwrap();
        fs::rename(here.path().join("main.go.new"), here.path().join("main.go")).unwrap();
        now += PACE;
        assert!(eyes.look(now));
        fs::create_dir(here.path().join("cmd")).unwrap();
        fs::write(here.path().join("cmd/a.go"), "").unwrap();
        assert!(eyes.look(now + PACE));
        fs::remove_file(here.path().join("cmd/a.go")).unwrap();
        assert!(eyes.look(now + PACE));
        assert!(!eyes.look(now + PACE));
        assert!(eyes.due() > Some(now));
    }

    #[test]
    fn where_events_come_nothing_is_looked_for() {
        let here = tempfile::tempdir().unwrap();
        let (changes, told) = bounded(1);
        let mut eyes = Eyes::on(here.path(), changes);
        fs::write(here.path().join("main.go.new"), "package main\n").unwrap();
        fs::rename(here.path().join("main.go.new"), here.path().join("main.go")).unwrap();
        told.recv_timeout(TRIAL * 10).expect("the save is told");
        let due = eyes.due().expect("the trial ends");
        assert!(!eyes.look(due));
        assert_eq!(eyes.due(), None);
    }

    #[test]
    fn a_system_that_refuses_to_watch_is_looked_at_from_the_start() {
        let here = tempfile::tempdir().unwrap();
        let mut eyes = Eyes::with(here.path(), None, Arc::new(AtomicBool::new(false)));
        let due = eyes.due().expect("a look");
        assert!(!eyes.look(due));
        fs::write(here.path().join("a"), "").unwrap();
        assert!(eyes.look(due));
    }

    #[test]
    fn a_folder_of_the_same_name_is_another_one() {
        let ground = tempfile::tempdir().unwrap();
        let root = ground.path().join("lesson");
        fs::create_dir(&root).unwrap();
        for _ in 0..20 {
            let (changes, _kept) = bounded(1);
            let eyes = Eyes::on(&root, changes);
            fs::write(root.join("main.go"), "").unwrap();
            assert!(eyes.see_it());
            // The clock of births goes in steps of some milliseconds.
            let birth = |path: &Path| fs::metadata(path).unwrap().created().ok();
            while birth(tempfile::tempdir_in(&ground).unwrap().path()) == birth(&root) {}
            fs::remove_dir_all(&root).unwrap();
            // File systems give the number of a folder that is gone to the next.
            fs::create_dir(&root).unwrap();
            assert!(!eyes.see_it());
        }
    }
}
