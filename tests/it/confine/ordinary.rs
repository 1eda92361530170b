//! The same for an ordinary user, where the tests are run by the system's own.

use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::process::Stdio;

use super::*;

/// A user that no system has.
const NOBODY: u32 = 64_321;

const HELLO: &str = "package main\n\nfunc main() { println(\"hello as\", 6*7) }\n";

/// What the learner types: who one is, a build and its run, the program alone, a secret, a daemon.
const LINES: &str = "id -u\ngo mod init example.com/me\ngo build -o me .\n./me\nalone ./me\ngo vet .\n\
                     cat ../../../../secret.txt\nsh -c '(setsid sleep 311.25 &); echo begun'\n";

#[test]
fn an_ordinary_user_is_confined_as_well() {
    if !rustix::process::geteuid().is_root() {
        println!("not tried apart: these tests are run by an ordinary user already");
        return;
    }
    let folder = tempfile::Builder::new().prefix("haveago-user-").tempdir().unwrap();
    let base = folder.path().canonicalize().unwrap();
    let program = base.join("haveago");
    std::fs::copy(support::haveago(), &program).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    chown(&base, Some(NOBODY), Some(NOBODY)).unwrap();
    let as_user = |name: &std::path::Path, args: &[&str], word: &str| {
        let mut command = std::process::Command::new("setpriv");
        command.args([&format!("--reuid={NOBODY}"), &format!("--regid={NOBODY}"), "--clear-groups"]);
        command.arg(name).args(args).current_dir(&base).env_clear();
        command.envs([("PATH", std::env::var("PATH").unwrap()), ("LANG", "C.UTF-8".to_owned())]);
        command.envs([("HOME", &base), ("TMPDIR", &base), ("HAVEAGO_DATA", &base.join("data"))]);
        command.env(confine::VARIABLE, word).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let go = as_user("go".as_ref(), &["version"], "").output().unwrap();
    if !go.status.success() {
        println!("not tried: that user has no Go: {}", String::from_utf8_lossy(&go.stderr));
        return;
    }
    for tier in tiers() {
        let mut child = as_user(&program, &["--plain", "1.1"], word(tier)).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines_of(&base).as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(out.contains(&format!("\n{NOBODY}\n")), "{tier:?}: {out}");
        assert_eq!(out.matches("hello as 42").count(), 2, "{tier:?}: {out}");
        assert!(out.contains("begun") && !out.contains("the secret"), "{tier:?}: {out}");
        assert!(!runs("sleep 311.25"), "{tier:?}: it lives on");
        std::fs::remove_dir_all(base.join("data/work")).unwrap();
    }
}

/// The lines, with the program and the secret laid by the user beforehand.
fn lines_of(base: &std::path::Path) -> String {
    let secret = base.join("secret.txt");
    std::fs::write(&secret, "the secret\n").unwrap();
    chown(&secret, Some(NOBODY), Some(NOBODY)).unwrap();
    format!(":type main.go\n{HELLO}.\n{}", LINES.replace("../../../../secret.txt", &secret.display().to_string()))
}
