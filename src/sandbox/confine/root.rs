//! The private root of a command: a file system that holds what it needs, and nothing else is there to be found.

use std::fs;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, symlink};
use std::path::{Path, PathBuf};

use rustix::fs::CWD;
use rustix::mount::{MountFlags, MountPropagationFlags, MoveMountFlags, OpenTreeFlags, UnmountFlags};
use rustix::thread::UnshareFlags;

use super::namespaces::told;
use super::{Plan, Terminal, sys};
use crate::sandbox::environment;

/// Folders of the system that programs live on. Where one is a link, the link is laid.
pub(super) const SYSTEM: &[&str] = &["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/nix/store"];

/// What programs of the system read of its settings: names of programs, editors, terminals, libraries, the time.
pub(super) const SETTINGS: &[&str] = &[
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nanorc",
    "/etc/inputrc",
    "/etc/protocols",
    "/etc/services",
    "/etc/terminfo",
    "/etc/vim",
];

/// Devices that are there.
pub(super) const DEVICES: &[&str] = &["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"];

/// What the machine is called inside.
pub(super) const MACHINE: &str = "gopher";

/// Folders in memory, besides the home folder.
pub(super) const IN_MEMORY: &[&str] = &["/tmp", "/dev/shm"];

const READ_ONLY: u64 = libc::MOUNT_ATTR_RDONLY | SAFE;
const WITH_DEVICES: u64 = libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NOEXEC;
const SAFE: u64 = libc::MOUNT_ATTR_NOSUID | libc::MOUNT_ATTR_NODEV;

/// A part of the old root, opened before anything covers it, and where it goes.
struct Part {
    path: PathBuf,
    tree: OwnedFd,
    is_folder: bool,
}

/// Makes the root and moves into it. Only for the first process of new namespaces.
pub(super) fn make(plan: &Plan) -> io::Result<()> {
    told("no mounts of its own", sys::unshare(UnshareFlags::NEWNS))?;
    let private = MountPropagationFlags::REC | MountPropagationFlags::PRIVATE;
    told("mounts cannot be made private", rustix::mount::mount_change("/", private).map_err(io::Error::from))?;
    if let Some(layers) = plan.layers.as_ref().filter(|_| plan.alone.is_none())
        && let Err(error) = layers.lay()
        && layers.is_trial
    {
        return told("one folder cannot be laid over another", Err(error));
    }
    let parts = match &plan.alone {
        Some(file) => vec![open_alone(plan, file)?],
        None => open_parts(plan)?,
    };
    // Any folder does: it is covered in this namespace only.
    let root = Path::new("/tmp");
    in_memory(root, 1 << 20, 0o755)?;
    if plan.alone.is_none() {
        lay_out(plan, root)?;
    }
    for part in &parts {
        place(root, part)?;
    }
    if plan.alone.is_some() {
        return enter(root);
    }
    if let Some(home) = &plan.home {
        fresh_home(&within(root, home), plan.limits.temporary)?;
    }
    for (link, real) in &plan.links {
        // One that lies in a part has come with it. It cannot be looked for: it leads somewhere else until the root is
        // changed.
        if !parts.iter().any(|part| link.starts_with(&part.path)) {
            lay_link(root, link, real)?;
        }
    }
    enter(root)
}

/// The one file that is shown. No link is followed on the way to it: it could lead out of the learner's folder.
fn open_alone(plan: &Plan, file: &Path) -> io::Result<Part> {
    let opened = told(&format!("{} cannot be shown", file.display()), find_alone(plan, file))?;
    let flags = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC | OpenTreeFlags::AT_EMPTY_PATH;
    let tree = rustix::mount::open_tree(&opened, "", flags)?;
    sys::add_mount_attributes(tree.as_fd(), READ_ONLY, false)?;
    let path = Path::new("/").join(file.file_name().unwrap_or_default());
    Ok(Part { path, tree, is_folder: false })
}

/// Opens a file below the learner's folder, as a place and not to be read.
pub(super) fn find_alone(plan: &Plan, file: &Path) -> io::Result<OwnedFd> {
    use rustix::fs::{FileType, Mode, OFlags, ResolveFlags, fstat, open, openat2};
    let folder = plan.writable.first().ok_or(io::ErrorKind::NotFound)?;
    let folder = open(folder, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
    let file = openat2(folder, file, OFlags::PATH | OFlags::CLOEXEC, Mode::empty(), resolve)?;
    if FileType::from_raw_mode(fstat(&file)?.st_mode) == FileType::RegularFile {
        Ok(file)
    } else {
        Err(io::Error::other("it is no file"))
    }
}

fn open_parts(plan: &Plan) -> io::Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut add = |path: &Path, attributes: u64| -> io::Result<()> {
        // A file of the settings may be a link; what it leads to is what programs want.
        let Ok(real) = path.canonicalize() else { return Ok(()) };
        let is_folder = real.is_dir();
        parts.push(Part { path: path.to_owned(), tree: open(&real, attributes)?, is_folder });
        Ok(())
    };
    for path in SYSTEM.iter().map(Path::new).filter(|path| !path.is_symlink()) {
        add(path, READ_ONLY)?;
    }
    for path in SETTINGS.iter().map(Path::new).chain(plan.readable.iter().map(PathBuf::as_path)) {
        add(path, READ_ONLY)?;
    }
    for path in &plan.writable {
        add(path, SAFE)?;
    }
    for path in DEVICES.iter().map(PathBuf::from).chain(terminals(plan)) {
        add(&path, WITH_DEVICES)?;
    }
    // What lies in another part comes after it.
    parts.sort_by_key(|part| part.path.components().count());
    Ok(parts)
}

/// The command's own terminal, under both of its names.
pub(super) fn terminals(plan: &Plan) -> Vec<PathBuf> {
    let both = plan.tty.iter().flat_map(|own| [PathBuf::from("/dev/tty"), own.clone()]);
    both.collect()
}

/// The file of the terminal on standard input, where a command is to have that for its own.
pub(super) fn own_terminal(terminal: Terminal) -> Option<PathBuf> {
    let own = fs::read_link("/proc/self/fd/0").ok().filter(|path| path.starts_with("/dev/pts"));
    own.filter(|_| terminal == Terminal::Own)
}

/// A detached copy of the tree at `path`, restricted with all that is mounted in it.
fn open(path: &Path, attributes: u64) -> io::Result<OwnedFd> {
    let flags = OpenTreeFlags::OPEN_TREE_CLONE | OpenTreeFlags::OPEN_TREE_CLOEXEC | OpenTreeFlags::AT_RECURSIVE;
    let what = || format!("{} cannot be shown", path.display());
    let tree = told(&what(), rustix::mount::open_tree(CWD, path, flags).map_err(io::Error::from))?;
    told(&what(), sys::add_mount_attributes(tree.as_fd(), attributes, true))?;
    Ok(tree)
}

/// What is not taken from the old root.
fn lay_out(plan: &Plan, root: &Path) -> io::Result<()> {
    for folder in ["/proc", "/dev", "/etc"].iter().chain(IN_MEMORY) {
        make_folder(&within(root, Path::new(folder)))?;
    }
    for link in SYSTEM.iter().map(Path::new) {
        if let Ok(leads_to) = fs::read_link(link) {
            symlink(leads_to, within(root, link))?;
        }
    }
    for folder in IN_MEMORY {
        in_memory(&within(root, Path::new(folder)), plan.limits.temporary, 0o1777)?;
    }
    for (name, to) in [("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")] {
        symlink(format!("/proc/self/fd{to}"), root.join("dev").join(name))?;
    }
    for (name, text) in own_settings(plan) {
        fs::write(root.join("etc").join(name), text)?;
    }
    let flags = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    // Containers may hide parts of theirs, and the kernel then gives none at all: most programs live without.
    let _ = rustix::mount::mount("proc", within(root, Path::new("/proc")), "proc", flags, c"subset=pid");
    Ok(())
}

/// What `/etc` holds that is not the system's: each file's name and its text.
pub(super) fn own_settings(plan: &Plan) -> [(&'static str, String); 6] {
    let (user, group) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
    let home = plan.home.as_deref().unwrap_or(Path::new("/")).display();
    [
        ("passwd", format!("gopher:x:{user}:{group}:Gopher:{home}:/bin/sh\n")),
        ("group", format!("gopher:x:{group}:\n")),
        ("hosts", format!("127.0.0.1 localhost {MACHINE}\n::1 localhost\n")),
        ("hostname", format!("{MACHINE}\n")),
        ("nsswitch.conf", "hosts: files\n".to_owned()),
        ("resolv.conf", String::new()),
    ]
}

/// A home folder that is new for every command, so that none leaves anything in it for another.
fn fresh_home(home: &Path, bytes: u64) -> io::Result<()> {
    make_folder(home)?;
    in_memory(home, bytes, 0o755)?;
    environment::without_telemetry(home)
}

fn place(root: &Path, part: &Part) -> io::Result<()> {
    let to = within(root, &part.path);
    if let Some(parent) = to.parent() {
        make_folder(parent)?;
    }
    if part.is_folder {
        make_folder(&to)?;
    } else if !to.exists() {
        fs::write(&to, "")?;
    }
    let moved = rustix::mount::move_mount(part.tree.as_fd(), "", CWD, &to, MoveMountFlags::MOVE_MOUNT_F_EMPTY_PATH);
    match moved {
        // It was removed since it was opened: then it is shown as little as one that was never there.
        Err(rustix::io::Errno::NOENT) => Ok(()),
        moved => told(&format!("{} cannot be placed", part.path.display()), moved.map_err(io::Error::from)),
    }
}

/// Lays a link that is on the way to a part, where nothing of that name has come with another part.
fn lay_link(root: &Path, link: &Path, real: &Path) -> io::Result<()> {
    let at = within(root, link);
    if at.symlink_metadata().is_ok() {
        return Ok(());
    }
    if let Some(parent) = at.parent() {
        make_folder(parent)?;
    }
    symlink(real, at)
}

fn enter(root: &Path) -> io::Result<()> {
    rustix::process::chdir(root)?;
    told("the root cannot be changed", rustix::process::pivot_root(".", ".").map_err(io::Error::from))?;
    told("the old root stays", rustix::mount::unmount(".", UnmountFlags::DETACH).map_err(io::Error::from))?;
    rustix::process::chdir("/")?;
    let top = fs::File::open("/")?;
    // What is mounted in it keeps its own rights.
    told("the root stays open", sys::add_mount_attributes(top.as_fd(), READ_ONLY, false))
}

pub(super) fn in_memory(path: &Path, bytes: u64, mode: u32) -> io::Result<()> {
    let options = format!("size={bytes},nr_inodes=16k,mode={mode:o}\0");
    let options = std::ffi::CStr::from_bytes_with_nul(options.as_bytes()).map_err(io::Error::other)?;
    let mounted = rustix::mount::mount("tmpfs", path, "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, options);
    told("no folder in memory", mounted.map_err(io::Error::from))
}

fn make_folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o755).create(path)
}

fn within(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}
