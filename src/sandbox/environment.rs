//! The whole environment of every learner's command and every check, built from nothing.

use std::path::{Path, PathBuf};

use super::confine::{self, Plan};
use super::{Dirs, toolchain::Toolchain};

/// Variables of the user's that are let through besides `PATH`: the language, the time zone, and on Windows what no
/// program starts without.
const KEPT: &[&str] = &["LANG", "LANGUAGE", "TZ"];
const KEPT_ON_WINDOWS: &[&str] =
    &["SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "TEMP", "TMP", "NUMBER_OF_PROCESSORS"];

/// The environment of a course: the toolchain first on `PATH`, a home of its own, Go's caches among ours, nothing
/// downloaded, nothing configured elsewhere. Also makes the folders it names, as far as that is possible.
#[must_use]
pub fn build(dirs: &Dirs, course: &str, toolchain: Option<&Toolchain>) -> Vec<(String, String)> {
    // What cannot be made is named by the first program that misses it, better than here.
    let _ = dirs.make(course);
    confine::register(dirs, course, toolchain);
    let _ = without_telemetry(&dirs.home(course));
    let folders = Folders {
        home: dirs.home(course),
        cache: dirs.go_cache(course),
        path: dirs.go_path(course),
        modules: dirs.go_mod_cache(course),
    };
    in_folders(toolchain, &folders)
}

/// The folders that an environment names.
#[derive(Debug)]
pub(super) struct Folders {
    pub home: PathBuf,
    /// GOCACHE, GOPATH and GOMODCACHE.
    pub cache: PathBuf,
    pub path: PathBuf,
    pub modules: PathBuf,
}

/// The environment with other folders, which need not be there.
pub(super) fn in_folders(toolchain: Option<&Toolchain>, folders: &Folders) -> Vec<(String, String)> {
    let mut env = kept(|name| std::env::var(name).ok(), std::env::vars_os());
    env.push(("PATH".to_owned(), path(toolchain, &std::env::var("PATH").unwrap_or_default())));
    env.extend(homes(&folders.home));
    for (name, dir) in [("GOCACHE", &folders.cache), ("GOPATH", &folders.path), ("GOMODCACHE", &folders.modules)] {
        env.push((name.to_owned(), dir.to_string_lossy().into_owned()));
    }
    // GOFLAGS and GOWORK are set to nothing, so that what Go says is what it says everywhere.
    for (name, value) in [
        ("GOENV", "off"),
        ("GOFLAGS", ""),
        ("GOPROXY", "off"),
        ("GOSUMDB", "off"),
        ("GOTOOLCHAIN", "local"),
        ("GOWORK", ""),
    ] {
        env.push((name.to_owned(), value.to_owned()));
    }
    env.sort();
    env
}

fn kept(
    var: impl Fn(&str) -> Option<String>,
    all: impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
) -> Vec<(String, String)> {
    let windows = if cfg!(windows) { KEPT_ON_WINDOWS } else { &[] };
    let mut env: Vec<(String, String)> =
        KEPT.iter().chain(windows).filter_map(|name| Some(((*name).to_owned(), var(name)?))).collect();
    env.extend(
        all.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| name.starts_with("LC_")),
    );
    let has_language = env.iter().any(|(name, _)| name == "LANG" || name == "LC_ALL" || name == "LC_CTYPE");
    if cfg!(unix) && !has_language {
        // Without one, editors and pagers show every accent as a question mark.
        let language = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };
        env.push(("LANG".to_owned(), language.to_owned()));
    }
    env
}

fn path(toolchain: Option<&Toolchain>, users: &str) -> String {
    let first = toolchain.map(|toolchain| toolchain.goroot.join("bin"));
    let all = first.into_iter().chain(std::env::split_paths(users));
    // A folder with the separator in its name cannot stand in a PATH at all.
    std::env::join_paths(all).map_or_else(|_| users.to_owned(), |path| path.to_string_lossy().into_owned())
}

/// `HOME` and what else programs of a system take for it.
fn homes(home: &Path) -> Vec<(String, String)> {
    let mut homes = vec![("HOME", home.to_owned())];
    if cfg!(windows) {
        let data = home.join("AppData");
        homes.push(("USERPROFILE", home.to_owned()));
        homes.push(("APPDATA", data.join("Roaming")));
        homes.push(("LOCALAPPDATA", data.join("Local")));
    }
    homes.into_iter().map(|(name, dir)| (name.to_owned(), dir.to_string_lossy().into_owned())).collect()
}

/// The variables that name the folder of temporary files.
const TEMPORARY: &[&str] = if cfg!(windows) { &["TEMP", "TMP"] } else { &["TMPDIR"] };

/// Sets what holds inside the confinement of this one command only: a folder for its temporary files, where it has no
/// `/tmp` of its own.
pub(super) fn settle(env: &mut Vec<(String, String)>, plan: &Plan) {
    let Some(folder) = &plan.temporary else { return };
    if cfg!(windows) {
        // It is always set there, to a folder that is closed to the command.
        env.retain(|(name, _)| !TEMPORARY.contains(&name.as_str()));
    }
    for temporary in TEMPORARY {
        if !env.iter().any(|(name, _)| name == temporary) {
            env.push(((*temporary).to_owned(), confine::plain(folder)));
        }
    }
}

/// Takes back what [`settle`] has set: the next command has another one.
pub(super) fn unsettle(env: &mut Vec<(String, String)>, plan: &Plan) {
    if let Some(folder) = plan.temporary.as_deref().map(confine::plain) {
        env.retain(|(name, value)| !TEMPORARY.contains(&name.as_str()) || *value != folder);
    }
}

/// Go's telemetry is not switched by a variable but by a file; left on, it costs a process a command.
pub(super) fn without_telemetry(home: &Path) -> std::io::Result<()> {
    let config = if cfg!(target_os = "macos") {
        home.join("Library").join("Application Support")
    } else if cfg!(windows) {
        home.join("AppData").join("Roaming")
    } else {
        home.join(".config")
    };
    let folder = config.join("go").join("telemetry");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("mode"), "off\n")
}

#[cfg(test)]
mod tests {
    use super::build;
    use crate::sandbox::Dirs;

    #[test]
    fn nothing_of_the_users_leaks_in() {
        let data = tempfile::tempdir().unwrap();
        let dirs = Dirs::find(Some(data.path())).unwrap();
        let env = build(&dirs, "course", None);
        let get = |name: &str| env.iter().find(|(set, _)| set == name).map(|(_, value)| value.as_str());
        assert_eq!(get("HOME"), dirs.home("course").to_str());
        assert_eq!(get("GOFLAGS"), Some(""));
        assert_eq!(get("GOENV"), Some("off"));
        // Cargo sets many variables for a test, and all of them are the user's here.
        assert!(std::env::var("CARGO_MANIFEST_DIR").is_ok());
        assert!(env.iter().all(|(name, _)| !name.starts_with("CARGO")), "{env:?}");
        let names: Vec<&String> = env.iter().map(|(name, _)| name).collect();
        let mut once = names.clone();
        once.dedup();
        assert_eq!(names, once);
        assert!(dirs.home("course").is_dir() && dirs.go_cache("course").is_dir());
    }
}
