//! A Go of haveago's own: from a file, a folder, an address, a module proxy; and all that can go wrong on the way.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::support::server::{Manner, Server};
use crate::support::{self, Learner, Terminal};

/// What stands for Go here: it answers what haveago asks a Go.
const GO: &str = "#!/bin/sh\ncd \"$(dirname \"$0\")/..\" && pwd -P && echo go1.27.9\n";

/// A place without any Go on the PATH.
pub struct Place {
    folder: tempfile::TempDir,
}

/// What a run of the program came to.
struct Told {
    out: String,
    err: String,
    status: i32,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("haveago-install-").tempdir().unwrap();
        // The shell's own programs, and no go.
        fs::create_dir(folder.path().join("bin")).unwrap();
        for program in ["sh", "dirname", "pwd"] {
            std::os::unix::fs::symlink(Path::new("/bin").join(program), folder.path().join("bin").join(program))
                .unwrap();
        }
        Self { folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn toolchains(&self) -> PathBuf {
        self.path("data/state/toolchains")
    }

    fn command(&self, args: &[&str], env: &[(&str, &str)]) -> Command {
        let mut command = Command::new(support::haveago());
        command.args(args).env("PATH", self.path("bin")).env("HAVEAGO_DATA", self.path("data"));
        command.env("HAVEAGO_GO_DOWNLOADS", "http://127.0.0.1:9").env("GOPROXY", "off").env_remove("HAVEAGO_KIT");
        command.envs(env.iter().copied()).stdin(Stdio::null());
        command
    }

    fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> Told {
        let output = self.command(args, env).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Told { out: text(&output.stdout), err: text(&output.stderr), status: output.status.code().unwrap_or(-1) }
    }

    fn run(&self, args: &[&str]) -> Told {
        self.run_with(args, &[])
    }

    fn install(&self, from: &str) -> Told {
        self.run(&["go", "install", "--from", from])
    }

    /// Lays an archive with its checksum beside it.
    pub fn lay(&self, name: &str, archive: &[u8]) -> String {
        fs::write(self.path(name), archive).unwrap();
        fs::write(self.path(&format!("{name}.sha256")), format!("{}  {name}\n", sum(archive))).unwrap();
        self.path(name).display().to_string()
    }

    /// What is in the folder of the toolchains but for the lock.
    fn left(&self) -> Vec<String> {
        let mut left: Vec<String> = fs::read_dir(self.toolchains())
            .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
            .unwrap_or_default();
        left.retain(|name| name != ".lock" && name != ".downloads");
        left.extend(
            fs::read_dir(self.toolchains().join(".downloads"))
                .into_iter()
                .flatten()
                .flatten()
                .map(|entry| format!("download {}", entry.file_name().to_string_lossy())),
        );
        left
    }
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// An archive of these files, all of them programs.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        // Written by hand: the builder itself would refuse a name that leads astray.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(text.len() as u64);
        header.set_mode(0o755);
        header.set_cksum();
        builder.append(&header, *text).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap()
}

fn small() -> Vec<u8> {
    archive(&[("go/bin/go", GO.as_bytes()), ("go/VERSION", b"go1.27.9")])
}

/// One that takes a while: much in it, and little of it the same.
fn large() -> Vec<u8> {
    let mut number = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        number ^= number << 13;
        number ^= number >> 7;
        number ^= number << 17;
        (number & 0xff) as u8
    })
    .take(3_000_000)
    .collect();
    archive(&[("go/bin/go", GO.as_bytes()), ("go/src/noise", &noise)])
}

#[test]
fn a_file_with_its_checksum_becomes_the_go_of_lessons_and_can_be_removed() {
    let place = Place::new();
    let told = place.run(&["go", "status"]);
    assert!(told.status == 1 && told.out.contains("`haveago go install` gets one for haveago alone"), "{}", told.out);
    let told = place.install(&place.lay("some-go.tar.gz", &small()));
    assert!(told.status == 0 && told.out.starts_with("go 1.27.9 is installed for haveago"), "{}{}", told.out, told.err);
    let told = place.run(&["go", "status"]);
    assert!(told.status == 0 && told.out.contains("Lessons run go 1.27.9 from"), "{}", told.out);
    assert!(told.out.contains("haveago's own: go 1.27.9 in"), "{}", told.out);
    // Once more, over itself.
    assert_eq!(place.install(&place.path("some-go.tar.gz").display().to_string()).status, 0);
    assert_eq!(place.left(), ["go1.27.9"]);
    assert_eq!(place.run(&["go", "remove", "1.27.9"]).status, 0);
    assert_eq!(place.left(), Vec::<String>::new());
    let told = place.run(&["go", "remove", "1.27.9"]);
    assert!(told.status == 1 && told.err.contains("`haveago go status` lists those that are"), "{}", told.err);
}

#[test]
fn a_kit_is_a_folder_with_the_archive_of_this_system() {
    let place = Place::new();
    let kit = place.folder.path().display().to_string();
    let told = place.install(&kit);
    let name = format!("go1.27.0.{}", haveago::install::this_system());
    assert!(told.status == 1 && told.err.contains(&format!("put `{name}")), "{}", told.err);
    place.lay(&format!("{}.tar.gz", name.replace("1.27.0", "1.27.9")), &small());
    assert_eq!(place.run_with(&["go", "install"], &[("HAVEAGO_KIT", &kit)]).status, 0);
    assert_eq!(place.left(), ["go1.27.9"]);
}

#[test]
fn what_has_no_checksum_or_a_wrong_one_is_refused() {
    let place = Place::new();
    let file = place.lay("go.tar.gz", &small());
    fs::remove_file(format!("{file}.sha256")).unwrap();
    let told = place.install(&file);
    assert!(told.status == 1 && told.err.contains("put that there"), "{}", told.err);
    fs::write(format!("{file}.sha256"), format!("{:064}", 7)).unwrap();
    let told = place.install(&file);
    assert!(
        told.status == 1 && told.err.contains("is not what it should be") && told.err.contains("007"),
        "{}",
        told.err
    );
    assert!(Path::new(&file).exists(), "the learner's own file stays");

    let files =
        [("/go.tar.gz".to_owned(), small()), ("/go.tar.gz.sha256".to_owned(), format!("{:064}", 7).into_bytes())];
    let server = Server::with(BTreeMap::from(files));
    let told = place.install(&server.url("/go.tar.gz"));
    assert!(told.status == 1 && told.err.contains("is not what it should be"), "{}", told.err);
    assert_eq!(place.left(), Vec::<String>::new(), "what was fetched is gone");
    let told = place.install(&server.url("/other.tar.gz"));
    assert!(told.status == 1 && told.err.contains("there is no such file (404); check the address"), "{}", told.err);
}

#[test]
fn a_hostile_archive_leaves_nothing_anywhere() {
    let place = Place::new();
    let link = {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        builder.append_link(&mut header, "go/bin", "/tmp").unwrap();
        builder.into_inner().unwrap().finish().unwrap()
    };
    for (name, bytes, word) in [
        ("up", archive(&[("go/../../../../../escaped", b"x")]), "leads astray"),
        ("root", archive(&[("/escaped", b"x")]), "is not in the folder `go`"),
        ("other", archive(&[("gone/bin/go", b"x")]), "is not in the folder `go`"),
        ("link", link, "neither a file nor a folder"),
        ("text", b"not an archive at all".to_vec(), "neither a .tar.gz nor a .zip"),
        ("cut", small()[..small().len() / 2].to_vec(), "it is damaged"),
        ("mute", archive(&[("go/bin/go", b"#!/bin/sh\nexit 3\n")]), "does not run here"),
    ] {
        let told = place.install(&place.lay(name, &bytes));
        assert!(told.status == 1 && told.err.contains(word), "{name}: {}", told.err);
        assert_eq!(place.left(), Vec::<String>::new(), "{name}");
    }
    assert!(!place.path("escaped").exists() && !Path::new("/escaped").exists());
}

#[test]
fn a_cut_connection_is_taken_up_where_it_was() {
    let place = Place::new();
    let bytes = large();
    let files = [("/go.tar.gz".to_owned(), bytes.clone()), ("/go.tar.gz.sha256".to_owned(), sum(&bytes).into_bytes())];
    let server = Server::with(BTreeMap::from(files));
    server.behave(Manner::Cuts(0));
    let told = place.install(&server.url("/go.tar.gz"));
    assert!(told.status == 1 && told.err.contains("what was fetched is kept"), "{}", told.err);
    // Each answer is cut off, and each goes on where the last one ended.
    server.behave(Manner::Cuts(1_000_000));
    let told = place.install(&server.url("/go.tar.gz"));
    assert_eq!(told.status, 0, "{}", told.err);
    assert!(server.asked().contains(&"/go.tar.gz 1000000-".to_owned()), "{:?}", server.asked());
    assert_eq!(place.left(), ["go1.27.9"]);
}

#[test]
fn kill_9_while_unpacking_leaves_the_old_one_and_nothing_in_the_way() {
    let place = Place::new();
    assert_eq!(place.install(&place.lay("small.tar.gz", &small())).status, 0);
    let many: Vec<(String, Vec<u8>)> = (0..4000).map(|number| (format!("go/src/{number}"), vec![0; 20_000])).collect();
    let mut files: Vec<(&str, &[u8])> = vec![("go/bin/go", GO.as_bytes())];
    files.extend(many.iter().map(|(name, text)| (name.as_str(), text.as_slice())));
    let large = place.lay("large.tar.gz", &archive(&files));
    let mut child = place.command(&["go", "install", "--from", &large], &[]).stderr(Stdio::null()).spawn().unwrap();
    let began = Instant::now();
    let unpacks = || {
        let mut passing = fs::read_dir(place.toolchains()).into_iter().flatten().flatten();
        passing.any(|entry| {
            entry.file_name().to_string_lossy().starts_with(".passing-") && entry.path().join("src").exists()
        })
    };
    while !unpacks() {
        assert!(began.elapsed() < Duration::from_mins(1) && child.try_wait().unwrap().is_none(), "it does not unpack");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(place.run(&["go", "status"]).out.contains("Lessons run go 1.27.9"), "the old one is there");
    assert_eq!(place.install(&large).status, 0, "nothing is in the way");
    assert_eq!(place.left(), ["go1.27.9"]);
    assert!(place.toolchains().join("go1.27.9/src/3999").exists());
}

#[test]
fn a_full_disk_is_told_before_and_leaves_nothing() {
    let place = Place::new();
    fs::create_dir(place.path("data")).unwrap();
    let file = place.lay("go.tar.gz", &large());
    let line = format!("mount -t tmpfs -o size=20m none '{}' && exec \"$@\"", place.path("data").display());
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", &line, "sh", support::haveago(), "go", "install", "--from", &file]);
    command.env("HAVEAGO_DATA", place.path("data"));
    let output = command.output().expect("unshare is there");
    let err = String::from_utf8_lossy(&output.stderr);
    if err.starts_with("unshare:") {
        println!("skipped: this machine gives no namespaces ({err})");
        return;
    }
    assert!(!output.status.success() && err.contains("free some space there"), "{err}");
}

#[test]
fn two_at_once_do_not_meet() {
    let place = Place::new();
    fs::create_dir_all(place.toolchains()).unwrap();
    let lock = fs::File::create(place.toolchains().join(".lock")).unwrap();
    lock.lock().unwrap();
    let told = place.install(&place.lay("go.tar.gz", &small()));
    assert!(told.status == 1 && told.err.contains("another haveago is installing Go right now"), "{}", told.err);
}

/// The real Go, as Go itself keeps it on this machine for the proof of the course.
pub fn real_module() -> Option<Vec<u8>> {
    let go = |args: &[&str], version: &str| {
        let output = Command::new("go").args(args).env("GOTOOLCHAIN", version).current_dir("/").output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    go(&["env", "GOROOT"], "go1.27.4")?;
    let cache = PathBuf::from(go(&["env", "GOMODCACHE"], "local")?);
    let system = haveago::install::this_system();
    fs::read(cache.join("cache/download/golang.org/toolchain/@v").join(format!("v0.0.1-go1.27.4.{system}.zip"))).ok()
}

#[test]
fn from_nothing_to_a_program_that_runs() {
    let Some(module) = real_module() else {
        println!("skipped: go 1.27.4 cannot be had here");
        return;
    };
    let name = format!("v0.0.1-go1.27.4.{}.zip", haveago::install::this_system());
    let path = format!("/golang.org/toolchain/@v/{name}");
    let files = [(path.clone(), module.clone()), (format!("{path}.sha256"), sum(&module).into_bytes())];
    let server = Server::with(BTreeMap::from(files));

    // By the protocol of module proxies, from the command line; the second of two proxies has it.
    let place = Place::new();
    let proxies = format!("http://127.0.0.1:9,{}", server.url(""));
    let told = place.run_with(&["go", "install", "1.27.4"], &[("GOPROXY", &proxies)]);
    assert!(told.status == 0 && told.out.contains("go 1.27.4 is installed"), "{}{}", told.out, told.err);
    assert!(place.toolchains().join("go1.27.4/src/go.mod").exists(), "files of modules have their own names again");
    runs_a_program(&place);

    // From a file with its checksum beside it.
    let place = Place::new();
    assert_eq!(place.install(&place.lay(&name, &module)).status, 0);
    runs_a_program(&place);

    // From the first screen, by an address; stopped half way, and then gone on with.
    let place = Place::new();
    server.behave(Manner::Stalls(40_000_000));
    let env = [("PATH", place.path("bin").display().to_string()), ("GOPROXY", "off".to_owned())];
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let data = place.path("data");
    support::share_go_cache(&data);
    let mut terminal = Terminal::start_with(&[], (120, 36), &data, &env);
    terminal.wait("Install Go 1.27.0 for haveago alone");
    terminal.press("Down Enter");
    terminal.wait("a folder with it, or its address");
    terminal.paste(&server.url(&path));
    terminal.wait(&name[..20]);
    terminal.press("Enter");
    terminal.wait("40 of");
    terminal.press("Esc");
    terminal.wait("The installation was stopped");
    server.behave(Manner::Well);
    terminal.press("Down Enter");
    terminal.wait("a folder with it, or its address");
    terminal.press("Enter");
    terminal.wait("Go is installed.");
    assert!(server.asked().iter().any(|asked| asked.ends_with(" 40000000-")), "{:?}", server.asked());
    asks_go(&mut Learner::at_work(terminal));
}

/// In the lesson, with the Go that was installed.
fn runs_a_program(place: &Place) {
    let data = place.path("data");
    support::share_go_cache(&data);
    let path = place.path("bin").display().to_string();
    let mut terminal = Terminal::start_with(&["1.1"], (120, 36), &data, &[("PATH", &path)]);
    terminal.wait("go 1.27.4");
    asks_go(&mut Learner::at_work(terminal));
}

pub fn asks_go(learner: &mut Learner) {
    let program = "package main; func main() { println(6*7) }";
    let seen = learner.run(&format!("echo '{program}' > main.go && go run main.go && go version"));
    assert!(seen.contains("42") && seen.contains("go version go1.27.4"), "{seen}");
}
