//! The ground of one attack: a user with files, secrets and running programs, all of them made for it and all ours.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};

use haveago::sandbox::{Dirs, Toolchain, environment, scratch};
use rustix::fs::{XattrFlags, setxattr};

use super::attack::Attack;
use super::victim::Victim;
use super::{Kit, terminal::Terminal};
use crate::support;

/// The size of the key's file, which is a secret too.
const SIZE: usize = 48_613;

/// Whom a file lends its rights.
const SOMEBODY: u32 = 12_345;

pub struct Ground {
    /// Stands in the program's name and in the arguments of all that is to stay behind.
    pub mark: String,
    /// All secrets begin with it.
    pub secret: String,
    pub base: PathBuf,
    pub dirs: Dirs,
    pub scratch: PathBuf,
    /// Another course's lesson.
    pub other: PathBuf,
    pub env: Vec<(String, String)>,
    /// The environment of the other course's commands.
    pub others: Vec<(String, String)>,
    pub victim: Victim,
    pub terminal: Terminal,
    /// What the braces of a line stand for.
    words: BTreeMap<String, String>,
    folder: tempfile::TempDir,
}

impl Ground {
    pub fn new(kit: &Kit, attack: &Attack) -> Self {
        let folder = tempfile::Builder::new().prefix("haveago-attack-").tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        // No part of a path that an attacker prints is a part of a secret.
        let name = base.file_name().unwrap().to_str().unwrap().replace("haveago-attack-", "");
        let (secret, mark) = (format!("hush{name}"), format!("mark{name}"));
        lay_home(&base, &secret);
        let dirs = Dirs::find(Some(&base.join("data"))).unwrap();
        // What attacks a cache gets none that others need.
        if !["GOCACHE", "GOPATH", "{othercache}", "{otherpath}", "{gobase}"].iter().any(|it| attack.line.contains(it)) {
            support::share_go_cache(&base.join("data"));
        }
        let scratch = scratch::open(&dirs, "course", "chapter", "lesson").unwrap().root;
        let other = scratch::open(&dirs, "other", "chapter", "lesson").unwrap().root;
        let next = scratch::open(&dirs, "course", "chapter", "next").unwrap().root;
        lay_other(&other, &secret);
        lay_other(&next, &secret);
        let tools = tools(kit, attack, &base);
        let env = environment::build(&dirs, "course", tools.as_ref());
        let others = environment::build(&dirs, "other", tools.as_ref());
        let other_top = dirs.go_builds("other").join("tops/0/files");
        fs::create_dir_all(&other_top).unwrap();
        fs::create_dir_all(dirs.go_base().join("nothing")).unwrap();
        let victim = Victim::start(kit, &base, &secret);
        let terminal = Terminal::open();
        let mut words = victim.words.clone();
        let shared = Path::new("/dev/shm").join(format!("haveago-{mark}"));
        fs::write(&shared, format!("{secret}-in-shared-memory")).unwrap();
        for (name, path) in [
            ("base", &base),
            ("home", &base.join("home")),
            ("goroot", &base.join("goroot")),
            ("desk", &base.join("desk")),
            ("othercache", &dirs.go_cache("other")),
            ("othertop", &other_top),
            ("otherpath", &dirs.go_path("other")),
            ("otherhome", &dirs.home("other")),
            ("gobase", &dirs.go_base()),
        ]
        .into_iter()
        .chain([("scratch", &scratch), ("other", &other), ("helper", &kit.helper), ("shmfile", &shared)])
        {
            words.insert(name.to_owned(), path.display().to_string());
        }
        words.insert("pts".to_owned(), terminal.path.display().to_string());
        words.insert("a".to_owned(), format!("./{mark}"));
        words.insert("mark".to_owned(), mark.clone());
        words.insert("self".to_owned(), std::process::id().to_string());
        words.insert("free".to_owned(), free_port().to_string());
        let ground = Self { mark, secret, base, dirs, scratch, other, env, others, victim, terminal, words, folder };
        ground.arm(kit, attack);
        ground
    }

    /// The attacker's program and files.
    fn arm(&self, kit: &Kit, attack: &Attack) {
        // A second name and no copy: a file that is being written cannot be run, and whatever another thread starts at
        // that moment holds it open for writing.
        fs::hard_link(&kit.attackers, self.scratch.join(&self.mark)).unwrap();
        let door = self.scratch.join("door");
        if rustix::process::geteuid().is_root() && attack.line.starts_with("./door") {
            fs::copy(&kit.attackers, &door).unwrap();
            chown(&door, Some(SOMEBODY), Some(SOMEBODY)).unwrap();
            fs::set_permissions(&door, fs::Permissions::from_mode(0o4755)).unwrap();
        }
        for (name, text) in attack.files {
            let path = self.scratch.join(name);
            fs::write(&path, self.fill(text).unwrap()).unwrap();
            if name.contains(".sh") {
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
    }

    /// The text with what its braces stand for; none where this system has no such thing.
    pub fn fill(&self, text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for (name, value) in &self.words {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        let unknown = ["{shm}", "{msg}", "{sem}", "{mq}", "{key}", "{handle}"];
        unknown.iter().all(|word| !text.contains(word)).then_some(text)
    }

    pub fn word(&self, name: &str) -> &str {
        &self.words[name]
    }

    /// What an attacker may not print.
    pub fn secrets(&self, kit: &Kit) -> Vec<String> {
        vec![self.secret.clone(), kit.secret.clone(), format!("size {SIZE}")]
    }

    /// What no attacker may change.
    pub fn precious(&self, kit: &Kit) -> Vec<PathBuf> {
        let work = ["other", "course/chapter/next"].map(|lesson| self.dirs.work.join(lesson));
        let others = ["home", "goroot"].map(|place| self.base.join(place));
        let files = [PathBuf::from(self.word("shmfile")), kit.helper.clone()];
        [work, others, files].concat()
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        let left = format!("haveago-{}", self.mark);
        for place in [PathBuf::from(self.word("shmfile")), Path::new("/tmp").join(&left)] {
            let _ = fs::remove_file(place);
        }
        // What an attacker has mounted is taken away before the folder is.
        let mounts = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        for place in mounts.lines().filter_map(|line| line.split(' ').nth(1)) {
            if Path::new(place).starts_with(self.folder.path()) {
                let _ = std::process::Command::new("umount").arg(place).status();
            }
        }
    }
}

fn lay_home(base: &Path, secret: &str) {
    let home = base.join("home");
    for folder in [".ssh", ".config/go", ".cache/go-build/00"] {
        fs::create_dir_all(home.join(folder)).unwrap();
    }
    fs::create_dir(base.join("desk")).unwrap();
    let key = format!("{secret}-in-a-file\n");
    fs::write(home.join(".ssh/id_ed25519"), format!("{key}{}", " ".repeat(SIZE - key.len()))).unwrap();
    fs::set_permissions(home.join(".ssh"), fs::Permissions::from_mode(0o700)).unwrap();
    fs::set_permissions(home.join(".ssh/id_ed25519"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(home.join(".bashrc"), "alias ll='ls -l'\n").unwrap();
    fs::write(home.join(".config/go/env"), "GOPROXY=https://proxy.example.com\n").unwrap();
    fs::write(home.join(".cache/go-build/00/poison-d"), "compiled\n").unwrap();
    fs::write(home.join(".cache/go-build/README"), "This directory holds cached build artifacts\n").unwrap();
    fs::write(home.join(format!("{secret}-in-a-name")), "").unwrap();
    symlink(format!("{secret}-in-a-link"), home.join("link")).unwrap();
    let attribute = format!("{secret}-in-an-attribute");
    // Not every file system has attributes; where there are none, there is nothing to be had.
    let _ = setxattr(home.join(".bashrc"), "user.secret", attribute.as_bytes(), XattrFlags::empty());
    let _ = setxattr(home.join(".bashrc"), format!("user.{secret}"), b"", XattrFlags::empty());
    fs::create_dir(home.join("bin")).unwrap();
    fs::write(home.join("bin/tool"), format!("#!/bin/sh\necho {secret}-in-a-program\n")).unwrap();
    fs::set_permissions(home.join("bin/tool"), fs::Permissions::from_mode(0o755)).unwrap();
    let source = base.join("goroot/src/fmt");
    fs::create_dir_all(&source).unwrap();
    fs::create_dir_all(base.join("goroot/bin")).unwrap();
    fs::write(source.join("print.go"), "package fmt\n").unwrap();
    fs::write(base.join("goroot/VERSION"), "go1.99.0\n").unwrap();
    fs::write(base.join("goroot/bin/go"), "#!/bin/sh\necho go\n").unwrap();
    fs::set_permissions(base.join("goroot/bin/go"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Another course's lesson: a module with a secret in it.
fn lay_other(other: &Path, secret: &str) {
    fs::write(other.join("secret.txt"), format!("{secret}-in-another-lesson\n")).unwrap();
    fs::write(other.join("main.go"), format!("package secret\n\nconst Text = \"{secret}-in-a-module\"\n")).unwrap();
    fs::write(other.join("go.mod"), "module secret\n\ngo 1.24\n").unwrap();
}

/// The true Go, or the one that the attack is meant for.
fn tools(kit: &Kit, attack: &Attack, base: &Path) -> Option<Toolchain> {
    let tools = kit.tools.clone()?;
    let goroot = base.join("goroot");
    let is_meant = attack.line.contains("{goroot}");
    Some(if is_meant { Toolchain { go: goroot.join("bin/go"), goroot, ..tools } } else { tools })
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
