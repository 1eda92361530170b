//! Which Go is used: found when it is needed first, and looked for again when it is deleted under us.

use std::path::PathBuf;
use std::sync::PoisonError;

use crate::sandbox::toolchain::{self, Toolchain};

use super::super::msg::Msg;
use super::World;

/// The Go that is used, as far as it is known.
#[derive(Debug, Default)]
pub struct InUse {
    is_looked_for: bool,
    found: Option<Toolchain>,
    /// Where there was one that is gone.
    gone: Option<PathBuf>,
}

impl World {
    /// The Go that lessons run. What is new about it is told.
    pub(super) fn toolchain(&self) -> Option<Toolchain> {
        let mut in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        if in_use.found.as_ref().is_some_and(|found| found.go.is_file()) {
            return in_use.found.clone();
        }
        if let Some(gone) = in_use.found.take() {
            in_use.gone = Some(gone.go);
        } else if in_use.is_looked_for && !in_use.gone.as_ref().is_some_and(|gone| gone.is_file()) {
            return None;
        }
        in_use.is_looked_for = true;
        let found = toolchain::find(self.go.as_deref(), &self.dirs.toolchains());
        let gone = in_use.gone.as_ref().filter(|gone| !gone.is_file()).map(|gone| gone.display());
        self.tell(Msg::Toolchain(match (&found, &gone) {
            (Ok(toolchain), _) => Ok(toolchain.version.to_string()),
            (Err(error), None) => Err(error.to_string()),
            (Err(_), Some(gone)) => Err(format!(
                "the Go at {gone} is gone, and there is no other; put it back, or have haveago install one"
            )),
        }));
        if let (Ok(toolchain), Some(gone)) = (&found, gone) {
            let other = toolchain.go.display();
            self.tell(Msg::Trouble(format!("the Go at {gone} is gone; the one at {other} is used from now on")));
        }
        in_use.found = found.ok();
        in_use.found.clone()
    }

    /// Its `go` program.
    pub(super) fn go(&self) -> Option<PathBuf> {
        self.toolchain().map(|toolchain| toolchain.go)
    }

    /// One was installed; where another works already, that stays in use.
    pub(super) fn installed(&self, toolchain: Toolchain) {
        let mut in_use = self.in_use.lock().unwrap_or_else(PoisonError::into_inner);
        if !in_use.found.as_ref().is_some_and(|found| found.go.is_file()) {
            in_use.found = Some(toolchain);
        }
    }
}
