//! `haveago go`: which Go lessons run; one of haveago's own installed, or removed.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::ops::ControlFlow;
use std::time::Instant;

use anyhow::{Result, bail};

use super::{Outcome, Usage, print};
use crate::cli::GoCommand;
use crate::go::GoVersion;
use crate::install::{self, Origin, Pace, Phase, Releases, Surroundings, Wanted};
use crate::sandbox::{Dirs, toolchain};
use crate::store::Settings;

/// Carries out one of them.
pub fn run(dirs: &Dirs, command: &GoCommand) -> Result<Outcome> {
    match command {
        GoCommand::Status => status(dirs),
        GoCommand::Install { version, from } => {
            let version = version.as_deref().map(version_of).transpose()?;
            let from = from.as_deref().map(Origin::parse);
            install(dirs, &Wanted { version, from })
        }
        GoCommand::Remove { version } => {
            let version = version_of(version)?;
            install::remove(&dirs.toolchains(), version)?;
            print(&format!("go {version} is removed.\n"))?;
            Ok(Outcome::Done)
        }
    }
}

fn version_of(text: &str) -> Result<GoVersion> {
    GoVersion::parse(text).ok_or_else(|| {
        let near = "a version is written like 1.27.0";
        Usage(format!("`{text}` is no version of Go; {near}")).into()
    })
}

fn status(dirs: &Dirs) -> Result<Outcome> {
    let settings = Settings::load(&dirs.state)?;
    let found = toolchain::find(settings.go.as_deref(), &dirs.toolchains());
    let mut text = String::new();
    let outcome = match &found {
        Ok(found) => {
            let _ = writeln!(text, "Lessons run go {} from {}.", found.version, found.goroot.display());
            Outcome::Done
        }
        Err(fault) => {
            text.push_str(&crate::base::prose::sentence(&fault.to_string()));
            text.push('\n');
            Outcome::FellShort
        }
    };
    for kept in install::kept(&dirs.toolchains()) {
        let _ = writeln!(text, "haveago's own: go {} in {}.", kept.version, kept.folder.display());
    }
    print(&text)?;
    Ok(outcome)
}

fn install(dirs: &Dirs, wanted: &Wanted) -> Result<Outcome> {
    let releases = Releases::known();
    let began = Instant::now();
    let mut teller = Teller { pace: Pace::default(), is_terminal: io::stderr().is_terminal(), last: String::new() };
    let around = Surroundings::of_this_machine();
    let installed = install::install(wanted, &dirs.toolchains(), &releases, &around, &mut |phase| {
        teller.tell(&phase, began);
        ControlFlow::Continue(())
    });
    teller.end();
    let installed = installed?;
    print(&format!("go {} is installed for haveago, in {}.\n", installed.version, installed.goroot.display()))?;
    let settings = Settings::load(&dirs.state)?;
    match toolchain::find(settings.go.as_deref(), &dirs.toolchains()) {
        Ok(found) if found == installed => {}
        Ok(found) => print(&format!(
            "Lessons run go {} from {} all the same, as it is found first; name the other in settings.toml to change \
             that.\n",
            found.version,
            found.goroot.display()
        ))?,
        Err(fault) => bail!(fault),
    }
    Ok(Outcome::Done)
}

/// Tells on standard error how far it is: on a terminal in one line that changes, else a line for each phase.
struct Teller {
    pace: Pace,
    is_terminal: bool,
    last: String,
}

impl Teller {
    fn tell(&mut self, phase: &Phase, began: Instant) {
        let line = self.pace.sentence(phase, began.elapsed());
        let shown = if self.is_terminal { line } else { phase.name() };
        if shown == self.last {
            return;
        }
        let mut err = io::stderr();
        // Where nobody reads it, nothing is lost.
        let _ = if self.is_terminal { write!(err, "\r\x1b[K{shown}") } else { writeln!(err, "{shown}") };
        let _ = err.flush();
        self.last = shown;
    }

    fn end(&self) {
        if self.is_terminal && !self.last.is_empty() {
            eprint!("\r\x1b[K");
        }
    }
}
