//! Confinement: what a learner's command may see, change and use up, and how strongly this machine can hold it to that.

use std::cell::RefCell;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

mod limits;
mod plan;
mod probe;

#[cfg(target_os = "linux")]
mod ends;
#[cfg(target_os = "linux")]
mod init;
#[cfg(target_os = "linux")]
mod landlock;
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

pub(crate) use limits::{Class, Limits, sentence};
pub(crate) use plan::{Plan, Terminal, offer, register};

/// The variable that asks for a tier, for tests and for those who know what they do. It is read from this program's
/// own environment only, never from a command's.
pub const VARIABLE: &str = "HAVEAGO_TIER";

/// How strongly a command is confined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tier {
    /// Namespaces of its own with a root that holds nothing but what it needs, then Landlock, a filter of system
    /// calls, and limits.
    Full,
    /// Landlock, a stricter filter of system calls, one process group, and limits. Names, sizes and times of the
    /// user's files can be seen.
    Landlock,
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
}

impl Tier {
    /// A word or two for the status line.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Full => "confined",
            Self::Landlock => "confined (landlock)",
            Self::None => "not confined",
        }
    }

    /// What it means for the learner's files.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Full => {
                "Programs that you run here see only this folder and Go itself: no other file of yours, no network, \
                 and limits on time, memory and disk."
            }
            Self::Landlock => {
                "Programs that you run here cannot read or change your other files, and have no network; they can see \
                 names, sizes and times of files. chmod and servers do not work in them."
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

static CHOSEN: OnceLock<Chosen> = OnceLock::new();

thread_local! {
    static HERE: RefCell<Option<(Tier, String)>> = const { RefCell::new(None) };
}

/// The tier of this machine, found out by really doing it. The first call takes 10 to 40 ms, the others nothing.
pub fn chosen() -> &'static Chosen {
    CHOSEN.get_or_init(|| probe::choose(std::env::var(VARIABLE).ok().as_deref()))
}

/// The tier of what this thread starts.
pub(crate) fn tier() -> Result<Tier, String> {
    HERE.with_borrow(|here| here.as_ref().map(|(tier, _)| *tier)).map_or_else(|| chosen().tier.clone(), Ok)
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
