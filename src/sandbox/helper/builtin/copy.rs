//! `cp` and `mv`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Call, MISUSED, reason};

pub(super) fn cp(call: &mut Call) -> io::Result<i32> {
    let Some((options, names)) = call.options("cp", "rRafp") else { return Ok(MISUSED) };
    let folders = options.contains(['r', 'R', 'a']);
    pairs(call, "cp", &names, |from, to| {
        if !from.is_dir() {
            return copy_file(from, to);
        }
        if !folders {
            return Err(io::Error::other("it is a folder; `cp -r` copies a folder and all that is in it"));
        }
        outside(from, to)?;
        copy_folder(from, to)
    })
}

pub(super) fn mv(call: &mut Call) -> io::Result<i32> {
    let Some((_, names)) = call.options("mv", "fn") else { return Ok(MISUSED) };
    pairs(call, "mv", &names, |from, to| {
        outside(from, to)?;
        match fs::rename(from, to) {
            // Another disk: copied, then removed.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices && from.is_dir() => {
                copy_folder(from, to)?;
                fs::remove_dir_all(from)
            }
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                copy_file(from, to)?;
                fs::remove_file(from)
            }
            other => other,
        }
    })
}

/// A folder cannot go into itself.
fn outside(from: &Path, to: &Path) -> io::Result<()> {
    let target = to.parent().unwrap_or(to);
    if from.is_dir() && target.canonicalize()?.starts_with(from.canonicalize()?) {
        return Err(io::Error::other("a folder cannot go into itself"));
    }
    Ok(())
}

/// Symbolic links are copied as what they lead to, save those to folders, which could lead round in a ring.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in from.read_dir()? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_folder(&from, &to)?;
        } else if !from.is_dir() {
            copy_file(&from, &to)?;
        }
    }
    Ok(())
}

/// As the system's own copy does, save that the rights of the new file are given when it is made: where a command is
/// confined without namespaces, they cannot be changed any more.
fn copy_file(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = fs::File::open(from)?;
    let rights = source.metadata()?.permissions();
    let mut options = fs::File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(rights.mode() & 0o777);
    }
    let mut copy = options.open(to)?;
    // A file that was there has had its own.
    let _ = copy.set_permissions(rights);
    io::copy(&mut source, &mut copy).map(drop)
}

/// Does `work` from each path but the last to the last, or into it where that is a folder.
fn pairs(
    call: &mut Call,
    command: &str,
    names: &[String],
    work: impl Fn(&Path, &Path) -> io::Result<()>,
) -> io::Result<i32> {
    let [sources @ .., target] = names else { return misused(call, command) };
    if sources.is_empty() {
        return misused(call, command);
    }
    let to = call.dir.join(target);
    if sources.len() > 1 && !to.is_dir() {
        call.complain(&format!("{command}: {target} is not a folder, and several things go only into a folder"))?;
        return Ok(1);
    }
    let mut exit = 0;
    for name in sources {
        let from = call.dir.join(name);
        let to = into(&from, &to);
        let result = from.symlink_metadata().and_then(|_| same(&from, &to)).and_then(|()| work(&from, &to));
        if let Err(error) = result {
            call.complain(&format!("{command}: {name}: {}", reason(&error)))?;
            exit = 1;
        }
    }
    Ok(exit)
}

fn into(from: &Path, to: &Path) -> PathBuf {
    match from.file_name() {
        Some(name) if to.is_dir() => to.join(name),
        Some(_) | None => to.to_owned(),
    }
}

/// Copying a file onto itself would empty it.
fn same(from: &Path, to: &Path) -> io::Result<()> {
    match (from.canonicalize(), to.canonicalize()) {
        (Ok(from), Ok(to)) if from == to => Err(io::Error::other("both names are the same file")),
        _ => Ok(()),
    }
}

fn misused(call: &mut Call, command: &str) -> io::Result<i32> {
    call.complain(&format!("{command}: write `{command} FROM TO`"))?;
    Ok(MISUSED)
}
