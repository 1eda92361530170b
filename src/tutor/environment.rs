//! The environment of what the learner runs: theirs, with Go kept to this lesson and this machine's toolchain.

use std::path::{Path, PathBuf};

use crate::sandbox::Dirs;
use crate::store::Settings;

/// Go's own settings that would make a lesson behave otherwise than its author saw it.
const LEFT_OUT: [&str; 6] = ["GOFLAGS", "GO111MODULE", "GOOS", "GOARCH", "GOEXPERIMENT", "HAVEAGO_DATA"];

/// Our own environment, changed as far as lessons need it.
#[must_use]
pub fn of_lessons(dirs: &Dirs, settings: &Settings) -> Vec<(String, String)> {
    let ours =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    let mut env: Vec<(String, String)> = ours.filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())).collect();
    set(&mut env, "GOCACHE", &dirs.cache.join("go-build").to_string_lossy());
    // A lesson never downloads another toolchain, and no `go.work` above the learner's folder takes part in it.
    set(&mut env, "GOTOOLCHAIN", "local");
    set(&mut env, "GOWORK", "off");
    if let Some(folder) = settings.go.as_deref().and_then(Path::parent) {
        let path = get(&env, "PATH").map(str::to_owned).unwrap_or_default();
        let all = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path));
        if let Ok(joined) = std::env::join_paths(all) {
            set(&mut env, "PATH", &joined.to_string_lossy());
        }
    }
    env
}

/// The `go` command that `env` finds, if there is one.
#[must_use]
pub fn go_in(env: &[(String, String)]) -> Option<PathBuf> {
    let name = format!("go{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(get(env, "PATH")?).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// Sets a variable, in place of one of that name.
pub fn set(env: &mut Vec<(String, String)>, name: &str, value: &str) {
    env.retain(|(other, _)| !is_same(other, name));
    env.push((name.to_owned(), value.to_owned()));
}

fn get<'a>(env: &'a [(String, String)], name: &str) -> Option<&'a str> {
    env.iter().find(|(other, _)| is_same(other, name)).map(|(_, value)| value.as_str())
}

/// Windows writes `Path` and means `PATH`.
fn is_same(a: &str, b: &str) -> bool {
    if cfg!(windows) { a.eq_ignore_ascii_case(b) } else { a == b }
}
