//! Finds the Go that lessons run.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::process::{self, Job};
use crate::go::version::{GoVersion, OLDEST};

/// A Go that answers and is new enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toolchain {
    /// The `go` program.
    pub go: PathBuf,
    pub goroot: PathBuf,
    pub version: GoVersion,
}

/// Why no lesson can be run. Each says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ToolchainError {
    #[error(
        "there is no Go on this machine, or it is not on your PATH; `haveago go install` gets one for haveago alone, \
         or read on without it"
    )]
    Missing,
    #[error("there is no Go at {0}, where the settings say it is; correct the setting, or remove it to use the PATH")]
    NotThere(PathBuf),
    #[error(
        "the Go at {go} is {found}, and lessons need {OLDEST} or newer; install a newer one from https://go.dev/dl/"
    )]
    TooOld { go: PathBuf, found: GoVersion },
    #[error("the Go at {go} does not answer: {reason}; install it again from https://go.dev/dl/")]
    Broken { go: PathBuf, reason: String },
}

/// The Go of `setting` (the program, or the folder it is installed in), else the first one on the PATH, else the newest
/// of our own below `own`.
///
/// # Errors
/// When there is none, it is too old, or it does not answer.
pub fn find(setting: Option<&Path>, own: &Path) -> Result<Toolchain, ToolchainError> {
    if let Some(place) = setting {
        return in_folder(place);
    }
    // One of the PATH that is of no use is told of only where there is no other.
    in_path().or_else(|fault| newest_in(own).ok_or(fault))
}

/// The first Go on the PATH.
///
/// # Errors
/// When there is none, it is too old, or it does not answer.
pub fn in_path() -> Result<Toolchain, ToolchainError> {
    ask(on_path().ok_or(ToolchainError::Missing)?)
}

/// The Go at this place: the program itself, or the folder it is installed in.
///
/// # Errors
/// When there is none, it is too old, or it does not answer.
pub fn in_folder(place: &Path) -> Result<Toolchain, ToolchainError> {
    at(place).ok_or_else(|| ToolchainError::NotThere(place.to_owned())).and_then(ask)
}

/// A toolchain of ours that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub version: GoVersion,
    pub folder: PathBuf,
}

/// The toolchains in `folder`, each in one named `go1.27.0`, the newest last. They are not asked whether they work.
#[must_use]
pub fn kept(folder: &Path) -> Vec<Kept> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut kept: Vec<Kept> = entries
        .filter_map(|entry| {
            let version = GoVersion::parse(entry.file_name().to_str()?.strip_prefix("go")?)?;
            entry.path().is_dir().then(|| Kept { version, folder: entry.path() })
        })
        .collect();
    kept.sort_by_key(|kept| kept.version);
    kept
}

/// The newest of ours that works.
fn newest_in(folder: &Path) -> Option<Toolchain> {
    kept(folder).into_iter().rev().find_map(|kept| in_folder(&kept.folder).ok())
}

fn at(place: &Path) -> Option<PathBuf> {
    let candidates = [place.to_owned(), place.join("bin").join(program()), place.join(program())];
    candidates.into_iter().find(|file| file.is_file())
}

fn on_path() -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program()))
        .find(|file| file.is_file())
}

fn program() -> &'static str {
    if cfg!(windows) { "go.exe" } else { "go" }
}

/// One question for all there is to know.
fn ask(go: PathBuf) -> Result<Toolchain, ToolchainError> {
    let argv = [go.to_string_lossy().as_ref(), "env", "GOROOT", "GOVERSION"].map(str::to_owned);
    let mut env: Vec<(String, String)> = ["PATH", "HOME", "SystemRoot", "USERPROFILE", "LOCALAPPDATA", "APPDATA"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), std::env::var(name).ok()?)))
        .collect();
    env.extend([("GOTOOLCHAIN", "local"), ("GOENV", "off")].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let dir = go.parent().map_or_else(PathBuf::new, Path::to_owned);
    // The first start of a program from a slow disk under a virus scanner takes seconds.
    let timeout = Duration::from_mins(1);
    let seen = process::run(&Job { argv: &argv, dir: &dir, env: &env, stdin: "", timeout, output_limit: 64 * 1024 });
    let broken = |reason: String| ToolchainError::Broken { go: go.clone(), reason };
    if seen.stopped.is_some() {
        return Err(broken("it runs on without an answer".to_owned()));
    }
    let mut lines = seen.stdout.lines();
    let (Some(goroot), Some(version)) = (lines.next(), lines.next().and_then(GoVersion::parse)) else {
        let first = seen.output.lines().find(|line| !line.trim().is_empty());
        return Err(broken(first.map_or_else(|| format!("exit code {}", seen.exit), str::to_owned)));
    };
    if version < OLDEST {
        return Err(ToolchainError::TooOld { go, found: version });
    }
    Ok(Toolchain { go, goroot: PathBuf::from(goroot), version })
}

#[cfg(test)]
mod tests;
