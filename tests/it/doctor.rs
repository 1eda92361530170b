//! `haveago doctor`: what is provoked is found, each with what to do about it.

use std::os::unix::fs::PermissionsExt;
#[cfg(target_os = "linux")]
use std::{path::Path, process::Command};

use crate::stage::{Told, run_with};
use crate::support;

/// What is said about one thing, and what is to be done, in one line.
fn about(told: &Told, name: &str) -> String {
    let words = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let starts = ["good", "note", "STOP"].map(|grade| words.find(&format!("{grade} {name}:")));
    let start = starts.into_iter().flatten().next().unwrap_or_else(|| panic!("nothing about {name}: {}", told.out));
    let rest = &words[start..];
    let next =
        [" good ", " note ", " STOP ", " READY", " NOT READY"].into_iter().filter_map(|grade| rest.find(grade)).min();
    rest[..next.unwrap_or(rest.len())].to_owned()
}

/// A folder whose `go` answers so.
fn fake_go(words: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let go = folder.path().join("go");
    std::fs::write(&go, format!("#!/bin/sh\n{words}\n")).unwrap();
    std::fs::set_permissions(&go, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[test]
fn a_bare_machine_is_told_all_that_it_lacks() {
    let (data, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A port that was free a moment ago, on which nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let proxy = format!("http://me:secret@127.0.0.1:{port}");
    let env = [
        ("PATH", empty.path().to_str().unwrap()),
        ("TERM", "dumb"),
        ("LC_ALL", "C"),
        ("HTTPS_PROXY", proxy.as_str()),
        ("HTTP_PROXY", ""),
        ("http_proxy", ""),
        ("https_proxy", ""),
    ];
    let told = run_with(data.path(), &env, &["doctor"], "");
    assert_eq!(told.status, 1, "{}{}", told.out, told.err);
    for (name, words) in [
        ("Go", ["STOP", "there is no Go", "Do: `haveago go install` gets one"]),
        ("Disk", ["good", "can be written", ""]),
        ("Terminal", ["STOP", "TERM is `dumb`", "Do: learn with `haveago --plain`"]),
        ("Proxy", ["note", "does not answer (HTTPS_PROXY)", "Do: correct HTTPS_PROXY"]),
        ("Clock", ["good", "", ""]),
        ("File events", ["good", "is told", ""]),
    ] {
        let line = about(&told, name);
        assert!(words.iter().all(|words| line.contains(words)), "{name}: {line}");
    }
    assert!(told.out.ends_with("\nNOT READY: there are 2 things to do first.\n"), "{}", told.out);
    assert!(!told.out.contains("secret"), "{}", told.out);
    let env = [("PATH", empty.path().to_str().unwrap()), ("TERM", "xterm"), ("LC_ALL", "C")];
    let told = run_with(data.path(), &env, &["doctor"], "");
    assert!(about(&told, "UTF-8").contains("Do: set LANG"), "{}", told.out);
}

#[test]
fn an_old_go_and_a_broken_one_are_named() {
    let data = tempfile::tempdir().unwrap();
    for (answer, words) in [
        ("echo /old; echo go1.19", ["is 1.19", "Do: install a newer one"]),
        ("echo out of order >&2; exit 3", ["out of order", "Do: install it again"]),
        ("kill -9 $$", ["does not answer", "Do: install it again"]),
    ] {
        let go = fake_go(answer);
        let told = run_with(data.path(), &[("PATH", go.path().to_str().unwrap())], &["doctor"], "");
        let line = about(&told, "Go");
        assert!(line.starts_with("STOP") && words.iter().all(|words| line.contains(words)), "{answer}: {line}");
        assert!(told.status == 1 && told.out.contains("\nNOT READY"), "{}", told.out);
    }
}

#[test]
fn a_data_folder_that_cannot_be_written_is_named() {
    let (folder, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    // Below a file nobody can write, whatever rights they have.
    let told = run_with(&file.join("data"), &[("PATH", empty.path().to_str().unwrap())], &["doctor"], "");
    let line = about(&told, "Disk");
    assert!(line.contains("STOP") && line.contains("a-file") && line.contains("--data DIR"), "{line}");
    assert_eq!(told.status, 1);
}

/// The doctor on a disk of this size and rights, mounted where nobody else sees it; none where this machine lets
/// nobody mount.
#[cfg(target_os = "linux")]
fn on_a_disk(options: &str) -> Option<String> {
    let (folder, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let script = format!(
        "mount -t tmpfs -o {options} none \"$1\" || exit 77; export PATH=\"$2\"; exec \"$3\" --data \"$1\" doctor"
    );
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh"])
        .args([folder.path(), empty.path(), Path::new(support::haveago())])
        .output()
        .ok()?;
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    if out.is_empty() {
        println!("not tried: this machine lets nobody mount: {}", String::from_utf8_lossy(&output.stderr));
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_one_that_is_read_only_are_told() {
    if let Some(out) = on_a_disk("size=50m") {
        let line = about(&Told { out, err: String::new(), status: 1 }, "Space");
        assert!(line.starts_with("STOP Space: only 50 MB are free"), "{line}");
    }
    if let Some(out) = on_a_disk("ro") {
        let line = about(&Told { out, err: String::new(), status: 1 }, "Disk");
        assert!(line.starts_with("STOP Disk:") && line.contains("Read-only file system"), "{line}");
    }
}

#[test]
fn a_machine_that_has_all_is_ready() {
    let data = support::data();
    // Once for the cache: what a busy machine makes of a first build is another story.
    run_with(data.path(), &[], &["doctor"], "");
    let told = run_with(data.path(), &[("LC_ALL", "C.UTF-8"), ("TERM", "xterm")], &["doctor", "--json"], "");
    let json: serde_json::Value = serde_json::from_str(&told.out).unwrap_or_else(|_| panic!("{}", told.out));
    assert_eq!((&json["format"], &json["ready"], told.status), (&1.into(), &true.into(), 0), "{}", told.out);
    let lines = json["lines"].as_array().unwrap();
    let says =
        |name: &str| lines.iter().find(|line| line["about"] == name).map(|line| line["says"].to_string()).unwrap();
    assert!(says("Build").contains("a small program"), "{}", told.out);
    assert!(lines.iter().all(|line| line["grade"] == "good" || line["do"].is_string()), "{}", told.out);
}
