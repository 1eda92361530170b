//! The proof of the whole course, beside the same go commands one after another in a shell.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use haveago::sandbox::{Dirs, warm};

use crate::ground;
use crate::support;
use crate::table::{Bound, Figure};

pub fn figures() -> Vec<Figure> {
    let folder = tempfile::tempdir().expect("a folder");
    let data = ground::data();
    let dirs = Dirs::find(Some(&data)).expect("folders");
    warm::up(&dirs, "bench", &ground::toolchain(), &mut |_| {});
    let tape = Tape::new(folder.path());
    check(&tape.fresh("recorded"), &[("HAVEAGO_TIER", "none")], Some(&tape.root.join("bin/go")));
    let commands = tape.count();
    let cache = tape.warm_cache();
    let ours = check(&data, &[], None);
    let peer = tape.replay(&cache);
    vec![Figure {
        what: "`haveago check` of the whole course".to_owned(),
        ours: format!("{:.0} s", ours.as_secs_f64()),
        peer: format!("its {commands} go commands in a shell loop {:.0} s", peer.as_secs_f64()),
        value: ours.as_secs_f64() / peer.as_secs_f64(),
        bound: Bound::AtMost(0.6),
        unit: "×",
    }]
}

/// Proves the embedded course as if it had never been proved; with this Go, where one is named.
fn check(data: &Path, env: &[(&str, &str)], go: Option<&Path>) -> Duration {
    for part in ["proofs", "courses"] {
        // The first time there is nothing to be forgotten.
        let _ = fs::remove_dir_all(data.join("cache").join(part));
    }
    let mut command = Command::new(support::haveago());
    command.args(["check", "--allow-unconfined", "--data"]).arg(data).envs(env.iter().copied());
    if let Some(go) = go {
        command.arg("--go").arg(go);
    }
    let began = Instant::now();
    let output = command.stdin(Stdio::null()).output().expect("haveago starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    began.elapsed()
}

/// What a Go was asked to do: a folder for each command, with its words, its environment and the files as they were.
struct Tape {
    folder: PathBuf,
    /// A Go that records; it looks like the real one's folder.
    root: PathBuf,
}

impl Tape {
    fn new(folder: &Path) -> Self {
        let (tape, root) = (folder.join("tape"), folder.join("go"));
        fs::create_dir_all(&tape).expect("a folder");
        fs::create_dir_all(root.join("bin")).expect("a folder");
        let goroot = ground::toolchain().goroot;
        for entry in
            fs::read_dir(&goroot).expect("Go has a folder").flatten().filter(|entry| entry.file_name() != "bin")
        {
            std::os::unix::fs::symlink(entry.path(), root.join(entry.file_name())).expect("a link");
        }
        let real = goroot.join("bin");
        std::os::unix::fs::symlink(real.join("gofmt"), root.join("bin/gofmt")).expect("a link");
        let script = format!(
            "#!/bin/sh\n\
             if [ \"$*\" = 'env GOROOT GOVERSION' ]; then echo '{root}'; exec '{go}' env GOVERSION; fi\n\
             one=$(mktemp -d '{tape}/'$(date +%s%N)-XXXXXX)\n\
             cp -a . \"$one/files\"; env -0 > \"$one/env\"; printf '%s\\0' \"$@\" > \"$one/words\"\n\
             exec '{go}' \"$@\"\n",
            root = root.display(),
            go = real.join("go").display(),
            tape = tape.display(),
        );
        let go = root.join("bin/go");
        fs::write(&go, script).expect("a file");
        fs::set_permissions(&go, fs::Permissions::from_mode(0o755)).expect("it can be run");
        Self { folder: folder.to_owned(), root }
    }

    fn fresh(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).expect("a folder");
        folder
    }

    fn count(&self) -> usize {
        fs::read_dir(self.folder.join("tape")).expect("the tape").count()
    }

    /// A build cache with the standard library in it, as ours has it after the warm-up.
    fn warm_cache(&self) -> PathBuf {
        let cache = self.fresh("cache");
        let mut command = Command::new("go");
        command.args(["build", "std"]).env("GOCACHE", &cache).env("GOFLAGS", "-buildvcs=false");
        assert!(command.status().expect("go starts").success(), "the standard library is built");
        cache
    }

    /// All of it once more, one command after another.
    fn replay(&self, cache: &Path) -> Duration {
        let line = format!(
            "for one in '{tape}'/*; do cd \"$one/files\" && xargs -0 env -i < \"$one/env\" \
             sh -c 'export GOCACHE=\"$2\"; exec xargs -0 timeout 20 \"$0\" < \"$1/words\"' '{go}' \"$one\" '{cache}'; done",
            tape = self.folder.join("tape").display(),
            go = ground::toolchain().go.display(),
            cache = cache.display(),
        );
        let began = Instant::now();
        let mut shell = Command::new("sh");
        shell.args(["-c", &line]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        shell.status().expect("sh starts");
        began.elapsed()
    }
}
