//! Which tier this machine can hold, found out by confining a process that does nothing.

use std::io;
use std::process::{Command, Stdio};

use super::{Chosen, Class, Plan, Terminal, Tier, within};
use crate::sandbox::helper::{self, Letter, Order, Work};
use crate::sandbox::line;

/// What there is on this system.
const STRONGEST_FIRST: &[Tier] = if cfg!(target_os = "linux") {
    &[Tier::Full, Tier::Bwrap, Tier::Landlock, Tier::None]
} else if cfg!(target_os = "macos") {
    &[Tier::Seatbelt, Tier::None]
} else if cfg!(windows) {
    &[Tier::AppContainer, Tier::Job, Tier::None]
} else {
    &[Tier::None]
};

/// The strongest tier there is; the one that was `asked` for, or none at all.
pub(super) fn choose(asked: Option<&str>) -> Chosen {
    let candidates: &[Tier] = match asked {
        Some("full") => &[Tier::Full],
        Some("bwrap") => &[Tier::Bwrap],
        Some("landlock") => &[Tier::Landlock],
        Some("seatbelt") => &[Tier::Seatbelt],
        Some("appcontainer") => &[Tier::AppContainer],
        Some("job") => &[Tier::Job],
        Some("none") => &[Tier::None],
        Some(_) | None => STRONGEST_FIRST,
    };
    let mut why = Vec::new();
    for tier in candidates.iter().copied() {
        match attempt(tier) {
            Ok(()) => return Chosen { tier: Ok(tier), why, is_undecided: false },
            Err(Fault::System(reason)) => why.push((tier, reason)),
            // To go on with a weaker one would be to give up a stronger one that is there.
            Err(Fault::Moment(reason)) => return Chosen { tier: Err(undecided(&reason)), why, is_undecided: true },
        }
    }
    let reasons: Vec<&str> = why.iter().map(|(_, reason)| reason.as_str()).collect();
    let tier = Err(format!(
        "{}={} asks for a protection that this system does not give: {}",
        super::VARIABLE,
        asked.unwrap_or_default(),
        reasons.join("; ")
    ));
    Chosen { tier, why, is_undecided: false }
}

fn undecided(reason: &str) -> String {
    format!(
        "Programs are not run, as it cannot be found out how well this system confines them: {reason}. Make room in {}, \
         or close other programs, and try again.",
        std::env::temp_dir().display()
    )
}

/// Why a tier was not seen to hold.
enum Fault {
    /// The system does not give it.
    System(String),
    /// It could not be tried: there is no room, or too much is open.
    Moment(String),
}

/// Confines a helper with nothing to do.
pub(super) fn try_out(tier: Tier) -> Result<(), String> {
    attempt(tier).map_err(|fault| match fault {
        Fault::System(reason) | Fault::Moment(reason) => reason,
    })
}

fn attempt(tier: Tier) -> Result<(), Fault> {
    if tier == Tier::None {
        return Ok(());
    }
    if !STRONGEST_FIRST.contains(&tier) {
        return Err(Fault::System("it belongs to another system".to_owned()));
    }
    #[cfg(target_os = "linux")]
    if tier == Tier::Bwrap {
        super::bwrap::installed().map_err(Fault::System)?;
    }
    let moment = |error: io::Error| Fault::Moment(error.to_string());
    let folder = tempfile::tempdir().map_err(moment)?;
    let plan =
        within(tier, "", || Plan::new(folder.path(), &[], Class::Program, Terminal::None)).map_err(Fault::System)?;
    let letter = Letter::write(Order::new(plan, Work::Nothing)).map_err(moment)?;
    let program = helper::program().map_err(moment)?;
    let output = Command::new(program)
        .args(letter.args())
        .env_clear()
        .envs(line::bare_env())
        .stdin(Stdio::null())
        .output()
        .map_err(moment)?;
    // Only the helper answers: whatever else this binary may be does not.
    if output.status.success() && letter.told().is_some_and(|told| told.exit == 0) {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if said.starts_with(helper::NO_OUTCOME) {
        return Err(Fault::Moment(said));
    }
    Err(Fault::System(if said.is_empty() { format!("its helper ended with {}", output.status) } else { said }))
}
