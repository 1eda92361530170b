//! What one command is confined to: made on our side of the barrier, from what we know and not from what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Class, Limits, Tier, tier};
use crate::sandbox::cache::CourseCache;
use crate::sandbox::{Dirs, Toolchain};

/// How a command has to do with a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Terminal {
    /// It runs on pipes.
    None,
    /// A pseudo-terminal of its own, which it leads.
    Own,
    /// The one that we run on ourselves; it gets the keys, but writes through us.
    Shared,
}

/// What a command may see, change and use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Plan {
    pub tier: Tier,
    pub terminal: Terminal,
    pub limits: Limits,
    /// Folders and files that it may change, the learner's own first. Without links on their way.
    pub writable: Vec<PathBuf>,
    /// Folders that it may read besides the system's, without links on their way.
    pub readable: Vec<PathBuf>,
    /// Links on the way to the others: the link, and where it leads.
    pub links: Vec<(PathBuf, PathBuf)>,
    /// The home folder of ours that it gets fresh, or to write in where that cannot be.
    pub home: Option<PathBuf>,
    /// The folder for its temporary files, where it has no `/tmp` of its own; it goes with the command.
    pub temporary: Option<PathBuf>,
    /// The file of its own terminal.
    pub tty: Option<PathBuf>,
    /// The one file that it gets to see, below the learner's folder.
    pub alone: Option<PathBuf>,
    /// Ports on which it may listen where it has no network of its own.
    pub ports: Vec<u16>,
    /// Nobody waits for it.
    pub is_behind: bool,
    /// Its build cache, where that lies on top of one that it cannot change.
    pub layers: Option<Layers>,
}

/// A folder that is seen where another lies, with what is changed in it laid over that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Layers {
    /// Where the command sees both as one.
    pub at: PathBuf,
    /// Below; it is not changed, neither by the command nor by us.
    pub base: PathBuf,
    /// Holds what lies on top: a folder for each command that runs at the same time, so that none is laid twice.
    pub tops: PathBuf,
    /// The one that this command has, as soon as it is decided.
    pub top: Option<PathBuf>,
    /// It is only to be seen whether the kernel does it. Otherwise a command does without, and only takes longer.
    pub is_trial: bool,
}

/// Folders of ours that commands may use. Which of them one uses is in its environment, where a command can write
/// anything for the next; so only those are given that we named ourselves.
#[derive(Debug, Default)]
struct Ours {
    writable: BTreeSet<PathBuf>,
    readable: BTreeSet<PathBuf>,
    homes: BTreeSet<PathBuf>,
    /// By the folders that `GOCACHE` names.
    caches: BTreeMap<PathBuf, CourseCache>,
}

static OURS: Mutex<Option<Ours>> = Mutex::new(None);

/// Makes known that commands may use the caches and the home folder of this course, and this Go. One program serves one
/// course: so no command can name those of another for the next.
pub(crate) fn register(dirs: &Dirs, course: &str, toolchain: Option<&Toolchain>) {
    with_ours(|ours| {
        ours.writable.extend([dirs.go_cache(course), dirs.go_path(course), dirs.go_mod_cache(course)]);
        ours.homes.insert(dirs.home(course));
        ours.caches.insert(dirs.go_cache(course), CourseCache::new(dirs, course, toolchain));
        ours.readable.extend(toolchain.map(|toolchain| toolchain.goroot.clone()));
    });
}

fn with_ours<T>(work: impl FnOnce(&mut Ours) -> T) -> T {
    let mut ours = OURS.lock().unwrap_or_else(PoisonError::into_inner);
    work(ours.get_or_insert_default())
}

impl Plan {
    /// For a command in the learner's folder `root`, in an environment that may be the work of earlier commands.
    ///
    /// # Errors
    /// With the reason, when this machine cannot confine as was asked for.
    pub(crate) fn new(root: &Path, env: &[(String, String)], class: Class, terminal: Terminal) -> Result<Self, String> {
        let mut plan = Self {
            tier: tier()?,
            terminal,
            limits: Limits::of(class),
            writable: Vec::new(),
            readable: Vec::new(),
            links: Vec::new(),
            home: None,
            temporary: None,
            tty: None,
            alone: None,
            ports: Vec::new(),
            is_behind: false,
            layers: None,
        };
        plan.may_write(root);
        let mut cache = None;
        with_ours(|ours| {
            for (name, value) in env {
                let path = Path::new(value);
                match name.as_str() {
                    "GOCACHE" | "GOPATH" | "GOMODCACHE" if ours.writable.contains(path) => {
                        plan.may_write(path);
                        if cache.is_none() {
                            cache = ours.caches.get(path).cloned();
                        }
                    }
                    "HOME" if ours.homes.contains(path) => plan.home = plan.real(path),
                    _ => {}
                }
            }
            for path in &ours.readable {
                plan.may_read(path);
            }
        });
        plan.layers = cache.and_then(|cache| cache.layers(plan.tier));
        Ok(plan)
    }

    /// Lets it change what is at `path`, which must be of our making.
    pub(crate) fn may_write(&mut self, path: &Path) {
        if let Some(real) = self.real(path)
            && !self.writable.iter().any(|known| real.starts_with(known))
        {
            self.writable.push(real);
        }
    }

    /// Lets it read what is at `path`.
    pub(crate) fn may_read(&mut self, path: &Path) {
        if let Some(real) = self.real(path) {
            self.readable.push(real);
        }
    }

    /// Where it really is, with the link that leads there noted; none when it is not there.
    fn real(&mut self, path: &Path) -> Option<PathBuf> {
        let real = path.canonicalize().ok()?;
        if real != path {
            self.links.push((path.to_owned(), real.clone()));
        }
        Some(real)
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Plan, Terminal, register};
    use crate::sandbox::Dirs;
    use crate::sandbox::confine::{Tier, within};

    #[test]
    fn a_command_cannot_choose_what_the_next_may_write() {
        let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let dirs = Dirs::find(Some(ours.path())).unwrap();
        dirs.make("course").unwrap();
        register(&dirs, "course", None);
        let root = ours.path().join("work");
        std::fs::create_dir(&root).unwrap();
        let plan = |cache: &std::path::Path| {
            let env =
                [("GOCACHE".to_owned(), cache.display().to_string()), ("HOME".to_owned(), cache.display().to_string())];
            within(Tier::None, "", || Plan::new(&root, &env, Class::Line, Terminal::None)).unwrap()
        };
        let real = |path: &std::path::Path| path.canonicalize().unwrap();
        let cache = dirs.go_cache("course");
        assert_eq!(plan(&cache).writable, [real(&root), real(&cache)]);
        assert_eq!(plan(theirs.path()).writable, [real(&root)]);
        assert_eq!(plan(theirs.path()).home, None);
        let home = dirs.home("course");
        assert_eq!(plan(&home).home, Some(real(&home)));
    }
}
