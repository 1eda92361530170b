//! Disk: whether the folders can be written, how much room there is, and whether changes are told.

use std::io::Write;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

use notify::Watcher;

use super::{Line, Patient, measured, nearest_folder};

/// How long the system may take to tell of a change.
const PATIENCE: Duration = Duration::from_secs(5);

/// Writes into each of the folders; they are made where they are not there yet.
pub(super) fn writable(patient: &Patient) -> Vec<Line> {
    let dirs = &patient.dirs;
    let folders = [("your work", &dirs.work), ("your progress", &dirs.state), ("builds", &dirs.cache)];
    for (what, folder) in folders {
        if let Err(error) = try_writing(folder) {
            let says = format!("the folder for {what}, {}, cannot be written ({error})", folder.display());
            return vec![Line::stop(
                "Disk",
                says,
                "give yourself the right to write there, or name another folder with `--data DIR`",
            )];
        }
    }
    let says = format!("{}, {} and {} can be written", dirs.work.display(), dirs.state.display(), dirs.cache.display());
    vec![Line::good("Disk", says)]
}

fn try_writing(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(b"can be written")?;
    file.as_file().sync_all()
}

/// Room on the disk of builds, and what kind of disk that is.
pub(super) fn room(patient: &Patient) -> Vec<Line> {
    let folder = nearest_folder(&patient.dirs.cache);
    let mut lines: Vec<Line> = free_bytes(folder).map(measured::room).into_iter().collect();
    let on_network = [&patient.dirs.cache, &patient.dirs.work]
        .into_iter()
        .find_map(|folder| Some((folder, network(nearest_folder(folder))?)));
    if let Some((folder, kind)) = on_network {
        let says = format!("{} is on a network drive ({kind}), and builds write many small files", folder.display());
        lines.push(Line::note("Drive", says, "name a folder on a disk of this machine with `--data DIR`"));
    }
    lines
}

#[cfg(unix)]
fn free_bytes(folder: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// The kind of network drive that a folder is on.
#[cfg(target_os = "linux")]
fn network(folder: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    measured::network_kind(u64::try_from(kind).ok()? & 0xffff_ffff)
}

#[cfg(not(target_os = "linux"))]
fn network(_: &Path) -> Option<&'static str> {
    None
}

/// Changes a file, and waits to be told so.
pub(super) fn events(patient: &Patient) -> Vec<Line> {
    let folder = tempfile::Builder::new().prefix("doctor-").tempdir_in(nearest_folder(&patient.dirs.work));
    // What cannot be written is another line's.
    let Ok(folder) = folder else { return Vec::new() };
    let (send, told) = channel();
    let tell = move |event: notify::Result<notify::Event>| {
        // Nobody waits any more when it comes too late.
        let _ = send.send(event.is_ok());
    };
    let is_told = notify::recommended_watcher(tell)
        .and_then(|mut watcher| watcher.watch(folder.path(), notify::RecursiveMode::Recursive).map(|()| watcher))
        .is_ok_and(|_watcher| {
            std::fs::write(folder.path().join("changed"), "so").is_ok() && told.recv_timeout(PATIENCE).unwrap_or(false)
        });
    vec![if is_told {
        Line::good("File events", "a change of a file is told")
    } else {
        let says =
            "this disk does not tell when a file changes, so what you save in another editor is not seen at once";
        Line::note("File events", says, "press Ctrl-K after saving elsewhere, or name another folder with `--data DIR`")
    }]
}
