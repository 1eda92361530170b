//! Judgements on files and executables.

use super::difference;
use super::evidence::{BinarySeen, Evidence, FileSeen};
use super::tell::{found, quote, unmet, unmet_with};
use super::verdict::Judgement;
use crate::base::FilePath;
use crate::base::nearest::nearest;
use crate::course::condition::{Pattern, Target};

pub(super) fn exists(path: &FilePath, evidence: &Evidence) -> Judgement {
    match evidence.files.get(path) {
        None => Judgement::NotSeen,
        Some(FileSeen::Missing) => missing(path, evidence),
        Some(FileSeen::Unreadable(why)) => unmet(format!("`{path}` cannot be read: {why}")),
        Some(FileSeen::Folder | FileSeen::Text(_) | FileSeen::Binary(_) | FileSeen::Other { .. }) => Judgement::Met,
    }
}

pub(super) fn contains(path: &FilePath, pattern: &Pattern, evidence: &Evidence) -> Judgement {
    let text = match evidence.files.get(path) {
        None => return Judgement::NotSeen,
        Some(FileSeen::Missing) => return missing(path, evidence),
        Some(FileSeen::Text(text)) => text,
        Some(FileSeen::Folder) => return unmet(format!("`{path}` is a folder, not a file")),
        Some(FileSeen::Binary(_)) => return unmet(format!("`{path}` is a program, not a text")),
        Some(FileSeen::Other { bytes }) => return unmet(format!("`{path}` is no text ({bytes} bytes)")),
        Some(FileSeen::Unreadable(why)) => return unmet(format!("`{path}` cannot be read: {why}")),
    };
    if found(pattern, text) {
        return Judgement::Met;
    }
    if text.trim().is_empty() {
        let said = format!("`{path}` is empty");
        // What a redirection has written is not the learner's own text.
        let is_redirected = evidence.commands.iter().any(|seen| redirects_into(&seen.line, path));
        return if is_redirected { unmet(said) } else { unmet_with(said, "after writing in it, save it") };
    }
    match pattern {
        Pattern::Text(wanted) => unmet(format!("in `{path}`, {}", difference::lacks_written(wanted, text))),
        Pattern::Regex(_) => {
            unmet(format!("`{path}` does not have it yet; it begins with {}", quote(text.trim_start())))
        }
    }
}

/// Whether the line has `> path`, from wherever it was typed.
fn redirects_into(line: &str, path: &FilePath) -> bool {
    line.split('>').skip(1).any(|rest| {
        let word = rest.split_whitespace().next().unwrap_or_default().trim_matches(['"', '\'']);
        word.trim_end_matches(';').rsplit('/').next() == Some(path.name())
    })
}

pub(super) fn is_missing(path: &FilePath, evidence: &Evidence) -> Judgement {
    match evidence.files.get(path) {
        None => Judgement::NotSeen,
        Some(FileSeen::Missing) => Judgement::Met,
        Some(FileSeen::Folder) => {
            unmet_with(format!("the folder `{path}` is still there"), format!("`rm -r {path}` removes it"))
        }
        Some(FileSeen::Text(_) | FileSeen::Binary(_) | FileSeen::Other { .. } | FileSeen::Unreadable(_)) => {
            unmet_with(format!("`{path}` is still there"), format!("`rm {path}` removes it"))
        }
    }
}

pub(super) fn binary_exists(path: &FilePath, evidence: &Evidence) -> Judgement {
    with_binary(path, evidence, |name, binary| {
        if binary.is_native {
            return Judgement::Met;
        }
        unmet_with(
            format!("`{name}` is a program for {}, which this machine cannot start", system(binary)),
            "build it without `GOOS` and `GOARCH`",
        )
    })
}

pub(super) fn binary_is_static(path: &FilePath, evidence: &Evidence) -> Judgement {
    with_binary(path, evidence, |name, binary| {
        if binary.is_static {
            return Judgement::Met;
        }
        unmet_with(
            format!("`{name}` needs shared libraries of the system it runs on"),
            "build it with `CGO_ENABLED=0 go build`",
        )
    })
}

pub(super) fn binary_is_for(path: &FilePath, target: &Target, evidence: &Evidence) -> Judgement {
    with_binary(path, evidence, |name, binary| {
        if binary.os == target.os && target.arch.as_ref().is_none_or(|arch| *arch == binary.arch) {
            return Judgement::Met;
        }
        let (wanted, advice) = match &target.arch {
            Some(arch) => (
                format!("{}/{arch}", target.os),
                format!("set both before the command: `GOOS={} GOARCH={arch} go build`", target.os),
            ),
            None => (target.os.clone(), format!("set it before the command: `GOOS={} go build`", target.os)),
        };
        unmet_with(format!("`{name}` is a program for {}, not for {wanted}", system(binary)), advice)
    })
}

fn system(binary: &BinarySeen) -> String {
    format!("{}/{}", binary.os, binary.arch)
}

/// Judges the program at `path` or at its `.exe` twin, whichever passes; else tells what the first of them is.
fn with_binary(path: &FilePath, evidence: &Evidence, judge: impl Fn(&FilePath, &BinarySeen) -> Judgement) -> Judgement {
    let twin = FilePath::parse(&format!("{path}.exe")).ok();
    let names: Vec<&FilePath> = std::iter::once(path).chain(twin.as_ref()).collect();
    if names.iter().all(|name| !evidence.files.contains_key(*name)) {
        return Judgement::NotSeen;
    }
    let mut first = None;
    for name in names {
        let judgement = match evidence.files.get(name) {
            None | Some(FileSeen::Missing) => continue,
            Some(FileSeen::Binary(binary)) => judge(name, binary),
            Some(FileSeen::Folder) => unmet(format!("`{name}` is a folder, not a program")),
            Some(FileSeen::Text(_)) => unmet(format!("`{name}` is a text, not a program")),
            Some(FileSeen::Other { bytes }) => unmet(format!("`{name}` is no program ({bytes} bytes)")),
            Some(FileSeen::Unreadable(why)) => unmet(format!("`{name}` cannot be read: {why}")),
        };
        if judgement == Judgement::Met {
            return judgement;
        }
        first.get_or_insert(judgement);
    }
    first.unwrap_or_else(|| missing_binary(path, evidence))
}

/// "there is no `main.go` yet", with what may be meant by it: another spelling, or the name in another folder.
fn missing(path: &FilePath, evidence: &Evidence) -> Judgement {
    let said = format!("there is no `{path}` yet");
    if let Some(other) = other_spelling(path, evidence) {
        return unmet_with(format!("{said}; seen: `{other}`"), format!("`mv {other} {path}` gives it its name"));
    }
    let Some(other) = elsewhere(path, evidence) else { return unmet(said) };
    let said = format!("{said}; {}", where_it_is(path, other));
    if may_be_moved(other, path, evidence) {
        return unmet_with(said, format!("in your lesson's folder, `mv {other} {path}` brings it here"));
    }
    unmet(said)
}

/// A program is not moved but built where it belongs.
fn missing_binary(path: &FilePath, evidence: &Evidence) -> Judgement {
    match elsewhere(path, evidence).filter(|other| matches!(evidence.files.get(*other), Some(FileSeen::Binary(_)))) {
        Some(other) => unmet_with(
            format!("there is no `{path}` yet; {}", where_it_is(path, other)),
            format!("`go build -o {path}` writes it there"),
        ),
        None => missing(path, evidence),
    }
}

/// A file of this name in another folder.
fn elsewhere<'a>(path: &FilePath, evidence: &'a Evidence) -> Option<&'a FilePath> {
    present(evidence).find(|other| *other != path && other.name() == path.name())
}

fn where_it_is(path: &FilePath, other: &FilePath) -> String {
    match folder(other) {
        "" => format!("there is a `{}` in your lesson's folder, not in `{}`", path.name(), folder(path)),
        folder => format!("there is one in the folder `{folder}`"),
    }
}

/// The files that are there.
fn present(evidence: &Evidence) -> impl Iterator<Item = &FilePath> {
    evidence.files.iter().filter(|(_, seen)| **seen != FileSeen::Missing).map(|(path, _)| path)
}

/// Whether no lesson speaks of this file, so that it can only be a slip of the learner's.
fn is_stray(path: &FilePath, evidence: &Evidence) -> bool {
    evidence.spoken_of.as_ref().is_some_and(|files| !files.contains(path))
}

/// A stray file may be moved up out of a folder, but no module file and nothing that belongs to a module of its own.
fn may_be_moved(from: &FilePath, to: &FilePath, evidence: &Evidence) -> bool {
    let goes_up = folder(to).is_empty() || folder(from).starts_with(&format!("{}/", folder(to)));
    let is_module = |path: &FilePath| matches!(path.name(), "go.mod" | "go.sum" | "go.work");
    let belongs = present(evidence).any(|other| is_module(other) && folder(other) == folder(from));
    goes_up && !is_module(from) && !belongs && is_stray(from, evidence)
}

/// A stray file in the same folder whose name differs by case, by an ending an editor added, or by a typo.
fn other_spelling<'a>(path: &FilePath, evidence: &'a Evidence) -> Option<&'a FilePath> {
    let beside: Vec<&FilePath> = present(evidence)
        .filter(|other| *other != path && folder(other) == folder(path) && is_stray(other, evidence))
        .collect();
    let mut by_case = beside.iter().filter(|other| other.name().eq_ignore_ascii_case(path.name()));
    let mut by_ending = beside.iter().filter(|other| other.name().strip_prefix(path.name()) == Some(".txt"));
    // A short name is near to nearly every other short name.
    let by_typo = || {
        let name = nearest(path.name(), beside.iter().map(|other| other.name())).filter(|_| path.name().len() > 3)?;
        beside.iter().find(|other| other.name() == name)
    };
    by_case.next().or_else(|| by_ending.next()).or_else(by_typo).copied()
}

fn folder(path: &FilePath) -> &str {
    path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}
