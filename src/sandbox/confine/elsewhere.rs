//! The supervisor of one command on systems other than Linux: it stays outside, starts the confined process, watches
//! over it, and sees to it that nothing is left.

use std::io;
use std::path::Path;
use std::time::Duration;

use super::{Plan, Tier};
use crate::judge::evidence::Stopped;
use crate::sandbox::helper::{Letter, NO_OUTCOME, Order, Told, plainly};

mod disk;
mod inside;
#[cfg(target_os = "macos")]
#[path = "elsewhere/macos.rs"]
mod system;
#[cfg(windows)]
#[path = "elsewhere/windows.rs"]
mod system;
#[cfg(not(any(target_os = "macos", windows)))]
#[path = "elsewhere/unknown.rs"]
mod system;

use disk::DiskWatch;
pub(crate) use inside::run as inside;
use system::Running;
#[cfg(target_os = "macos")]
pub(crate) use system::end_session_of;
#[cfg(windows)]
pub(in crate::sandbox) use system::sys::outlive_interrupts;

/// The exit code of what was stopped.
const KILLED: i32 = 137;
/// The exit code of what cannot be started as it should.
const REFUSED: i32 = 126;

/// Between two looks at what a command uses.
const PAUSE: Duration = Duration::from_millis(100);

/// Why the supervisor wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wake {
    /// The command has ended.
    Ended,
    /// Nobody is left who wants it, or we were told to stop it.
    Unwanted,
    /// It is time to look.
    Time,
}

/// Why it is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Natural,
    Asked,
    Limit(Stopped),
}

/// Does what is ordered, confined as far as this system can, and leaves in `folder` what came of it. Answers with the
/// exit code.
pub(crate) fn run(folder: &Path, order: Order) -> i32 {
    let told = match order.plan.tier {
        Tier::None => Ok(plainly::run(order)),
        Tier::Full | Tier::Bwrap | Tier::Landlock | Tier::Seatbelt | Tier::AppContainer | Tier::Job => {
            see_through(folder, &order)
        }
    };
    match told {
        Ok(told) => {
            if let Err(error) = Letter::answer(folder, &told) {
                eprintln!("{NO_OUTCOME} ({error}); make room in {}", folder.parent().unwrap_or(folder).display());
            }
            told.exit
        }
        Err(error) => {
            eprintln!("this command is not run, since it cannot be confined: {error}");
            REFUSED
        }
    }
}

fn see_through(folder: &Path, order: &Order) -> io::Result<Told> {
    let mut running = Running::start(folder, order)?;
    let end = follow(&mut running, &order.plan);
    let (exit, told) = running.finish(end == End::Natural);
    let end = match end {
        End::Natural => Running::used_up(exit, &order.plan.limits).map_or(end, End::Limit),
        End::Asked | End::Limit(_) => end,
    };
    let stopped = match end {
        End::Natural => {
            // What has told nothing has not done what was ordered, whatever it answers.
            return Ok(told.unwrap_or(Told { exit: if exit == 0 { REFUSED } else { exit }, ..Told::default() }));
        }
        End::Asked => Stopped::Asked,
        End::Limit(limit) => limit,
    };
    if let Some(sentence) = super::sentence(stopped) {
        eprint!("\r\n{sentence}\r\n");
    }
    Ok(Told { exit: KILLED, stopped: Some(stopped), ..Told::default() })
}

fn follow(running: &mut Running, plan: &Plan) -> End {
    let mut disk = DiskWatch::new(plan);
    loop {
        match running.wait(PAUSE) {
            Wake::Ended => return End::Natural,
            Wake::Unwanted => return End::Asked,
            Wake::Time => {}
        }
        if let Some(limit) = running.over(&plan.limits).or_else(|| disk.look(plan)) {
            return End::Limit(limit);
        }
    }
}
