//! Commands that make and remove files and folders.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Call, MISUSED, reason};

pub(super) fn mkdir(call: &mut Call) -> io::Result<i32> {
    let Some((options, names)) = call.options("mkdir", "p") else { return Ok(MISUSED) };
    let parents = options.contains('p');
    each(call, "mkdir", "FOLDER", &names, |path| if parents { fs::create_dir_all(path) } else { fs::create_dir(path) })
}

pub(super) fn rmdir(call: &mut Call) -> io::Result<i32> {
    let Some((_, names)) = call.options("rmdir", "") else { return Ok(MISUSED) };
    each(call, "rmdir", "FOLDER", &names, |path| fs::remove_dir(path))
}

pub(super) fn touch(call: &mut Call) -> io::Result<i32> {
    let Some((_, names)) = call.options("touch", "") else { return Ok(MISUSED) };
    each(call, "touch", "FILE", &names, |path| {
        let file = fs::OpenOptions::new().create(true).append(true).open(path)?;
        file.set_modified(std::time::SystemTime::now())
    })
}

pub(super) fn rm(call: &mut Call) -> io::Result<i32> {
    let Some((options, names)) = call.options("rm", "rRf") else { return Ok(MISUSED) };
    let (folders, force) = (options.contains(['r', 'R']), options.contains('f'));
    if names.is_empty() && force {
        return Ok(0);
    }
    let root = call.root.clone();
    each(call, "rm", "PATH", &names, |path| remove(path, &root, folders, force))
}

fn remove(path: &Path, root: &Path, folders: bool, force: bool) -> io::Result<()> {
    let meta = match path.symlink_metadata() {
        Ok(meta) => meta,
        Err(error) if force && error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if !meta.is_dir() {
        return fs::remove_file(path);
    }
    if !folders {
        return Err(io::Error::other("it is a folder; `rm -r` removes a folder and all that is in it"));
    }
    if real(root).starts_with(real(path)) {
        return Err(io::Error::other("your lesson's own folder stays; name what is in it"));
    }
    fs::remove_dir_all(path)
}

/// The path without `..` and links, or as it is where that cannot be told.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Does `work` on each path; one that fails is named, and the others are still done.
fn each(
    call: &mut Call,
    command: &str,
    what: &str,
    names: &[String],
    work: impl Fn(&Path) -> io::Result<()>,
) -> io::Result<i32> {
    if names.is_empty() {
        call.complain(&format!("{command}: write `{command} {what}`"));
        return Ok(MISUSED);
    }
    let mut exit = 0;
    for name in names {
        if let Err(error) = work(&call.dir.join(name)) {
            call.complain(&format!("{command}: {name}: {}", reason(&error)));
            exit = 1;
        }
    }
    Ok(exit)
}
