//! From a command's name to a program's file, or to the sentence that says why there is none.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use super::{builtin, shellwords};
use crate::base::nearest::nearest;

/// Why a name starts nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotFound {
    pub exit: i32,
    pub sentence: String,
}

/// Where names are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a> {
    pub dir: &'a Path,
    /// The value of `PATH`.
    pub path: &'a str,
}

/// The program that `name` starts: by its path if it has one, else from `PATH`.
pub(super) fn program(name: &str, places: Places<'_>) -> Result<PathBuf, NotFound> {
    if has_path(name) { by_path(name, places.dir) } else { from_path(name, places) }
}

/// The first file of that name on `PATH` that can be started.
pub(super) fn on_path(name: &str, places: Places<'_>) -> Option<PathBuf> {
    std::env::split_paths(places.path)
        .filter(|folder| !folder.as_os_str().is_empty())
        .flat_map(|folder| spellings(&places.dir.join(folder).join(name)))
        .find(|file| file.metadata().is_ok_and(|meta| can_start(file, &meta)))
}

fn has_path(name: &str) -> bool {
    name.contains('/') || (cfg!(windows) && name.contains('\\'))
}

fn by_path(name: &str, dir: &Path) -> Result<PathBuf, NotFound> {
    let files = spellings(&dir.join(name));
    let found = files.iter().find_map(|file| Some((file, file.metadata().ok()?)));
    match found {
        None => Err(NotFound { exit: 127, sentence: format!("{name}: there is no such file{}", near_file(name, dir)) }),
        Some((_, meta)) if meta.is_dir() => {
            Err(NotFound { exit: 126, sentence: format!("{name} is a folder; `cd {name}` goes into it") })
        }
        Some((file, meta)) if can_start(file, &meta) => Ok(file.clone()),
        Some(_) if has_extension(name, "go") => Err(NotFound {
            exit: 126,
            sentence: format!("{name} is Go source, not a program; `go run {name}` runs it"),
        }),
        Some(_) => Err(NotFound { exit: 126, sentence: format!("{name} is not a program: it may not be executed") }),
    }
}

fn from_path(name: &str, places: Places<'_>) -> Result<PathBuf, NotFound> {
    if let Some(file) = on_path(name, places) {
        return Ok(file);
    }
    let here = spellings(&places.dir.join(name));
    let mend = if name == "go" {
        "; Go is not installed here, or not on the PATH: https://go.dev/dl/ has it".to_owned()
    } else if here.iter().any(|file| file.metadata().is_ok_and(|meta| can_start(file, &meta))) {
        format!("; the program in this folder starts as ./{name}")
    } else {
        near_command(name, places).map(|near| format!("; did you mean {near}?")).unwrap_or_default()
    };
    Err(NotFound { exit: 127, sentence: format!("{name}: command not found{mend}") })
}

/// The nearest word among those a learner meets here, else among all programs there are.
fn near_command(name: &str, places: Places<'_>) -> Option<String> {
    let known = builtin::COMMANDS.iter().map(|command| command.name);
    let words = known.chain(shellwords::OURS.iter().copied()).chain(["go", "gofmt", "vim", "less"]);
    if let Some(word) = nearest(name, words) {
        return Some(word.to_owned());
    }
    let programs: Vec<String> = std::env::split_paths(places.path)
        .filter_map(|folder| folder.read_dir().ok())
        .flat_map(Iterator::flatten)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    // Among thousands of names a two-letter word is near to anything.
    let long = name.chars().count() >= 4;
    nearest(name, programs.iter().map(String::as_str)).filter(|_| long).map(str::to_owned)
}

fn near_file(name: &str, dir: &Path) -> String {
    let path = dir.join(name);
    let (Some(parent), Some(last)) = (path.parent(), path.file_name().and_then(|last| last.to_str())) else {
        return String::new();
    };
    let beside: Vec<String> = parent
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    nearest(last, beside.iter().map(String::as_str)).map(|near| format!("; did you mean {near}?")).unwrap_or_default()
}

fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// The file itself and, on Windows, with the endings that programs have there.
fn spellings(file: &Path) -> Vec<PathBuf> {
    if cfg!(windows) {
        let mut files: Vec<PathBuf> = ["exe", "cmd", "bat", "com"]
            .iter()
            .map(|ending| {
                let mut name = file.as_os_str().to_owned();
                name.push(".");
                name.push(ending);
                PathBuf::from(name)
            })
            .collect();
        files.insert(if has_ending(file) { 0 } else { files.len() }, file.to_owned());
        files
    } else {
        vec![file.to_owned()]
    }
}

fn has_ending(file: &Path) -> bool {
    file.to_str().is_some_and(|name| ["exe", "cmd", "bat", "com"].iter().any(|ending| has_extension(name, ending)))
}

/// Whether the system would try to start the file.
pub(super) fn can_start(file: &Path, meta: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = file;
        meta.is_file() && meta.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        meta.is_file() && has_ending(file)
    }
}
