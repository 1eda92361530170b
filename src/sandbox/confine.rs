//! Confinement: what a learner's command may see, change and use up, and how strongly this machine can hold it to that.

use std::cell::RefCell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

// What these two systems are told is text and numbers, and so it is tested on every system.
#[cfg_attr(not(windows), allow(dead_code, reason = "used on Windows"))]
mod container;
#[cfg_attr(not(windows), allow(dead_code, reason = "used on Windows"))]
mod job;
mod limits;
mod plan;
mod probe;
#[cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "used on macOS"))]
mod seatbelt;
#[cfg_attr(not(target_os = "macos"), allow(dead_code, reason = "used on macOS"))]
mod tree;

#[cfg(not(target_os = "linux"))]
pub(super) mod elsewhere;

#[cfg(target_os = "linux")]
mod asker;
#[cfg(target_os = "linux")]
pub(super) mod bwrap;
#[cfg(target_os = "linux")]
mod ends;
#[cfg(target_os = "linux")]
mod init;
#[cfg(target_os = "linux")]
mod landlock;
#[cfg(target_os = "linux")]
mod layers;
#[cfg(target_os = "linux")]
mod nameless;
#[cfg(target_os = "linux")]
mod namespaces;
#[cfg(target_os = "linux")]
mod root;
#[cfg(target_os = "linux")]
mod seccomp;
#[cfg(target_os = "linux")]
pub(super) mod supervise;
#[cfg(target_os = "linux")]
mod sys;
#[cfg(target_os = "linux")]
mod target;
#[cfg(target_os = "linux")]
mod walk;
#[cfg(target_os = "linux")]
mod watch;

pub(crate) use container::plain;
pub(crate) use limits::{Class, Limits, sentence};
pub(crate) use plan::{Layers, Plan, Terminal, offer, register};

/// The variable that asks for a tier, for tests and for those who know what they do. It is read from this program's
/// own environment only, never from a command's.
pub const VARIABLE: &str = "HAVEAGO_TIER";

/// How strongly a command is confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tier {
    /// Namespaces of its own with a root that holds nothing but what it needs, then Landlock, a filter of system
    /// calls, and limits.
    Full,
    /// The same, where only the system's `bwrap` may make the namespaces and the root.
    Bwrap,
    /// Landlock, a stricter filter of system calls, one process group, and limits. Names, sizes and times of the
    /// user's files can be seen.
    Landlock,
    /// Rules of macOS's Seatbelt, and limits. Names, sizes and times of the user's files can be seen.
    Seatbelt,
    /// A container of Windows without any right but to the folders it is given, in a job with limits.
    AppContainer,
    /// A job of Windows with limits: all ends with it, but it can read and change what the user can.
    Job,
    /// Limits only: it runs with all rights of the user.
    None,
}

/// What was found out about this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The tier that holds; a sentence where a stronger one was asked for than there is, and nothing is run.
    pub tier: Result<Tier, String>,
    /// Why it is not a stronger one: each tier that was tried, with what the system said.
    pub why: Vec<(Tier, String)>,
    /// It could not be found out just now, and may be later.
    pub is_undecided: bool,
}

impl Tier {
    /// Whether the user's other files are out of reach of a command.
    #[must_use]
    pub fn keeps_files_safe(self) -> bool {
        match self {
            Self::Full | Self::Bwrap | Self::Landlock | Self::Seatbelt | Self::AppContainer => true,
            Self::Job | Self::None => false,
        }
    }

    /// Whether a command needs a folder for temporary files that it alone may use.
    pub(super) fn needs_temporary(self) -> bool {
        match self {
            Self::Landlock | Self::Seatbelt | Self::AppContainer => true,
            Self::Full | Self::Bwrap | Self::Job | Self::None => false,
        }
    }

    /// Whether commands have namespaces and a root of their own.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "used on Linux"))]
    pub(crate) fn has_own_root(self) -> bool {
        matches!(self, Self::Full | Self::Bwrap)
    }

    /// A word or two for the status line.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Full => "confined",
            Self::Bwrap => "confined (bubblewrap)",
            Self::Landlock => "confined (landlock)",
            Self::Seatbelt => "confined (seatbelt)",
            Self::AppContainer => "confined (appcontainer)",
            Self::Job => "limits only",
            Self::None => "not confined",
        }
    }

    /// What it means for the learner's files.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Full | Self::Bwrap => {
                "Programs that you run here see only this folder and Go itself: no other file of yours, no network, \
                 and limits on time, memory and disk."
            }
            Self::Landlock => {
                "Programs that you run here cannot read or change your other files, and have no network; they can see \
                 names, sizes and times of files. chmod and servers do not work in them."
            }
            Self::Seatbelt => {
                "Programs that you run here cannot read or change your other files, and have no network; they can see \
                 names, sizes and times of files. Servers do not work in them. What detaches itself in the background \
                 is looked for and ended, which can miss it."
            }
            Self::AppContainer => {
                "Programs that you run here cannot read or change your other files, and have no network; there are \
                 limits on time, memory and disk. Servers do not work in them."
            }
            Self::Job => {
                "There are limits on time, memory and disk for the programs that you run here, but they can read and \
                 change your files as you can. Run only courses that you trust."
            }
            Self::None => {
                "Nothing confines the programs that you run here: they have all your rights. Run only courses that \
                 you trust."
            }
        }
    }
}

impl Chosen {
    /// The tier, for those who only tell of it.
    #[must_use]
    pub fn short(&self) -> &'static str {
        self.tier.as_ref().map_or("refused", |tier| tier.short())
    }

    /// What it means, and why it is no better; or why nothing is run.
    #[must_use]
    pub fn sentence(&self) -> String {
        let what = match &self.tier {
            Ok(tier) => tier.sentence(),
            Err(sentence) => return sentence.clone(),
        };
        match self.why.first() {
            Some((_, reason)) => format!("{what} This system does not let us do better: {reason}."),
            None => what.to_owned(),
        }
    }
}

/// What it means to run something where nothing confines it, for the one who is asked.
pub const UNCONFINED: &str = "Nothing on this system confines programs: what you run here, and what this course brings \
                              along, can read, change and delete your files and use your network. Say yes only if you \
                              trust this course.";

/// Why nothing is run as long as nobody has said yes.
const NO_CONSENT: &str = "nothing confines programs on this system, and you have not said that those of this course may \
                          run all the same; run a command to be asked, or start haveago with --allow-unconfined";

/// Whether the learner has said that programs may run though nothing confines them.
static ALLOWED: AtomicBool = AtomicBool::new(false);

static CHOSEN: OnceLock<Chosen> = OnceLock::new();

thread_local! {
    static HERE: RefCell<Option<(Tier, String)>> = const { RefCell::new(None) };
}

/// The tier of this machine, found out by really doing it. The first call takes 10 to 40 ms, the others nothing; as long
/// as it could not be found out, each call tries again.
pub fn chosen() -> &'static Chosen {
    if let Some(chosen) = CHOSEN.get() {
        return chosen;
    }
    let chosen = probe::choose(std::env::var(VARIABLE).ok().as_deref());
    if chosen.is_undecided {
        // A few hundred bytes for each command that was not run.
        return Box::leak(Box::new(chosen));
    }
    CHOSEN.get_or_init(|| chosen)
}

/// Confines a process that does nothing with `tier`, to see whether this machine lets us.
///
/// # Errors
/// With the reason, in the system's words.
pub fn try_out(tier: Tier) -> Result<(), String> {
    probe::try_out(tier)
}

/// Lets programs run though nothing confines them, until this program ends: the learner has said so. To ask for
/// [`Tier::None`] is not to say so.
pub fn allow_unconfined() {
    ALLOWED.store(true, Ordering::Relaxed);
}

/// Why nothing may be run until the learner has said yes; none where it may.
#[must_use]
pub fn unanswered() -> Option<&'static str> {
    let is_open = chosen().tier.as_ref().is_ok_and(|tier| !tier.keeps_files_safe()) && !ALLOWED.load(Ordering::Relaxed);
    is_open.then_some(NO_CONSENT)
}

/// The tier of what this thread starts; or why it may start nothing.
pub(crate) fn tier() -> Result<Tier, String> {
    if let Some(tier) = HERE.with_borrow(|here| here.as_ref().map(|(tier, _)| *tier)) {
        return Ok(tier);
    }
    unanswered().map_or_else(|| chosen().tier.clone(), |why| Err(why.to_owned()))
}

/// Limits that are lowered for what this thread starts, as [`limits`] reads them.
fn lowered() -> String {
    let here = HERE.with_borrow(|here| here.as_ref().map(|(_, limits)| limits.clone()));
    here.unwrap_or_else(|| std::env::var(limits::VARIABLE).unwrap_or_default())
}

/// Does `work`, and confines what this thread starts meanwhile with `tier`, whatever the machine could do, and with
/// limits lowered as in `memory=64,disk=8` (MiB), `processes=50`, `files=100`, `cpu=2` (seconds). For tests: an attack
/// that fails in every tier proves nothing.
#[doc(hidden)]
pub fn within<T>(tier: Tier, limits: &str, work: impl FnOnce() -> T) -> T {
    let before = HERE.replace(Some((tier, limits.to_owned())));
    let result = work();
    HERE.set(before);
    result
}
