//! Go's build cache in two layers: below, the standard library as we have built it, which no command can change; above,
//! what the commands of one course have built.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::confine::{Class, Layers, Plan, Terminal, Tier, within};
use super::helper::{self, Letter, Order, Work};
use super::{Dirs, Toolchain, line};

mod base;
pub(super) mod fill;
mod key;
mod prune;

pub(crate) use base::Base;

/// The cache of one course's commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CourseCache {
    /// What `GOCACHE` names.
    pub at: PathBuf,
    /// Where what is on top lies, and what is known of it.
    folder: PathBuf,
    /// All bases.
    bases: PathBuf,
    /// Of the Go that is used; none without one.
    pub base: Option<Base>,
}

impl CourseCache {
    pub fn new(dirs: &Dirs, course: &str, toolchain: Option<&Toolchain>) -> Self {
        Self {
            at: dirs.go_cache(course),
            folder: dirs.go_builds(course),
            bases: dirs.go_base(),
            base: toolchain.map(|toolchain| Base::of(&dirs.go_base(), toolchain)),
        }
    }

    /// What a command sees at [`CourseCache::at`], where the kernel can lay one folder over another. The base is what is
    /// there of it now: it grows, and what has been given out never changes.
    pub fn layers(&self, tier: Tier) -> Option<Layers> {
        if tier != Tier::Full || !are_possible(&self.bases) {
            return None;
        }
        let newest = self.base.as_ref().and_then(Base::newest).map(|(_, folder)| folder);
        let base = newest.or_else(|| nothing(&self.bases).ok())?.canonicalize().ok()?;
        let at = self.at.canonicalize().ok()?;
        Some(Layers { at, base, tops: self.tops(), top: None, is_trial: false })
    }

    /// Takes away what was built on top before the base had it.
    pub fn prune(&self) {
        if let Some((_, edition)) = self.base.as_ref().and_then(Base::newest) {
            prune::prune(&self.tops(), &edition);
        }
    }

    fn tops(&self) -> PathBuf {
        self.folder.join("tops")
    }

    /// Where one folder cannot be laid over another: the base that is still to be copied into the course's own, and
    /// how it is noted that it is there.
    pub fn lacks(&self, tier: Tier) -> Option<Lack> {
        if tier == Tier::Full && are_possible(&self.bases) {
            return None;
        }
        let base = self.base.as_ref()?;
        let (number, folder) = base.newest()?;
        let name = format!("{} {number}\n", base.name());
        let note = self.folder.join("copied");
        let is_there = fs::read_to_string(&note).is_ok_and(|text| text == name) && self.at.join("00").is_dir();
        (!is_there).then_some(Lack { from: folder, to: self.at.clone(), note, name })
    }
}

/// A copy that is to be made.
#[derive(Debug)]
pub(crate) struct Lack {
    pub from: PathBuf,
    pub to: PathBuf,
    note: PathBuf,
    name: String,
}

impl Lack {
    /// The order for the copy. It is made within the confinement: what a program has left in its cache (a link, say)
    /// leads the copy no further than it leads the program.
    pub fn order(&self, place: &Path, is_behind: bool) -> Result<Order, String> {
        let mut plan = Plan::new(place, &[], Class::Go, Terminal::None)?;
        plan.may_write(&self.to);
        plan.may_read(&self.from);
        plan.is_behind = is_behind;
        let absolute = |path: &Path| path.canonicalize().map_err(|error| error.to_string());
        Ok(Order::new(plan, Work::Fill { from: absolute(&self.from)?, to: absolute(&self.to)? }))
    }

    /// Remembers that it is made.
    pub fn remember(&self) {
        // It is made once more, else, and finds everything there.
        let _ = fs::write(&self.note, &self.name);
    }
}

/// Copies of the base what a course's commands need, where that is how they get it; and waits for it. For those who are
/// about to run many.
pub fn fill(dirs: &Dirs, course: &str, toolchain: &Toolchain) {
    let Ok(tier) = super::confine::tier() else { return };
    let cache = CourseCache::new(dirs, course, Some(toolchain));
    let Some(lack) = cache.lacks(tier).filter(|lack| has_room(&lack.to, ROOM)) else { return };
    let Ok(place) = tempfile::Builder::new().prefix("haveago-fill-").tempdir() else { return };
    let letter = lack.order(place.path(), false).map(Letter::write);
    if let Ok(Ok(letter)) = letter
        && run(&letter).is_ok()
    {
        lack.remember();
    }
}

/// Bytes that must be free for what we build or copy beforehand. A command of the learner's needs less.
pub(crate) const ROOM: u64 = 1 << 30;

/// Whether there is so much room on the disk of `folder`; a system that does not tell has it.
pub(crate) fn has_room(folder: &Path, bytes: u64) -> bool {
    #[cfg(unix)]
    {
        let room = rustix::fs::statvfs(folder).map(|stat| stat.f_bavail.saturating_mul(stat.f_frsize));
        room.is_ok_and(|room| room >= bytes)
    }
    #[cfg(not(unix))]
    {
        let _ = bytes;
        folder.is_dir()
    }
}

/// A folder with nothing in it: the base where there is none yet.
fn nothing(bases: &Path) -> io::Result<PathBuf> {
    let nothing = bases.join("nothing");
    fs::create_dir_all(&nothing)?;
    Ok(nothing)
}

/// What has been found out: by the folder that holds the bases.
static POSSIBLE: Mutex<Vec<(PathBuf, bool)>> = Mutex::new(Vec::new());

/// Whether the kernel lays one folder of this disk over another for us, found out by really doing it. That it does is
/// remembered for this kernel.
fn are_possible(bases: &Path) -> bool {
    let mut known = POSSIBLE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, is_possible)) = known.iter().find(|(folder, _)| folder == bases) {
        return *is_possible;
    }
    let is_possible = cfg!(target_os = "linux") && remembered(bases);
    known.push((bases.to_owned(), is_possible));
    is_possible
}

fn remembered(bases: &Path) -> bool {
    let kernel = fs::read_to_string("/proc/sys/kernel/version").unwrap_or_default();
    let note = bases.join("layers");
    if !kernel.is_empty() && fs::read_to_string(&note).is_ok_and(|known| known == kernel) {
        return true;
    }
    let is_possible = try_out(bases).is_ok();
    if is_possible {
        // It is tried again, else.
        let _ = fs::write(note, kernel);
    }
    is_possible
}

fn try_out(bases: &Path) -> Result<(), String> {
    let told = |error: io::Error| error.to_string();
    let base = nothing(bases).and_then(|nothing| nothing.canonicalize()).map_err(told)?;
    let place = tempfile::Builder::new().prefix("trial-").tempdir_in(bases).map_err(told)?;
    let folder = place.path().canonicalize().map_err(told)?;
    let at = folder.join("at");
    fs::create_dir(&at).map_err(told)?;
    let mut plan = within(Tier::Full, "", || Plan::new(&folder, &[], Class::Program, Terminal::None))?;
    plan.may_write(&at);
    plan.layers = Some(Layers { at, base, tops: folder.join("tops"), top: None, is_trial: true });
    run(&Letter::write(Order::new(plan, Work::Nothing)).map_err(told)?)
}

/// Runs a helper that has nothing to say.
fn run(letter: &Letter) -> Result<(), String> {
    let told = |error: io::Error| error.to_string();
    let mut command = Command::new(helper::program().map_err(told)?);
    command.args(letter.args()).env_clear().envs(line::bare_env());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().map_err(told)?;
    let is_done = status.success() && letter.told().is_some_and(|told| told.exit == 0);
    if is_done { Ok(()) } else { Err(format!("it ended with {status}")) }
}
