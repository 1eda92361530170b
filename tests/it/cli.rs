//! The command line: help, lists, errors with their mend, exit status.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use crate::stage::{self, Stage};

fn stage() -> Stage {
    let lesson = "# Read it\n<!-- minutes: 2 -->\n\n## One {#one}\n\nText.\n\n## Two {#two}\n\nText.\n";
    Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-read-it.md", lesson)])
}

#[test]
fn help_and_version_are_printed() {
    let stage = stage();
    let told = stage.run(&["--help"], "");
    assert_eq!((told.status, told.err.as_str()), (0, ""));
    for part in [
        "Usage: haveago",
        "haveago 1.3",
        "--plain",
        "contents",
        "progress",
        "haveago goto 1.5",
        "haveago reset",
        "Exit status",
    ] {
        assert!(told.out.contains(part), "{part:?} in {}", told.out);
    }
    assert!(!told.out.contains("__sandbox"));
    let told = stage.run(&["--version"], "");
    assert_eq!((told.out, told.status), (format!("haveago {}\n", env!("CARGO_PKG_VERSION")), 0));
}

#[test]
fn contents_and_progress_tell_what_is_done() {
    let stage = stage();
    assert_eq!(stage.run(&["contents"], "").out, "Tiny\n\n1 First\n  [ ] 1.1 Read it, 2 min\n");
    let told = stage.run(&["progress"], "");
    assert_eq!(
        told.out,
        "Tiny: 0 of 2 steps done.\nNext is 1.1 Read it, step 1 of 2: One.\n\n1 First: 0 of 2 steps done\n"
    );
    stage.run(&["--plain"], ":next\n");
    assert_eq!(stage.run(&["contents"], "").out, "Tiny\n\n1 First\n  [-] 1.1 Read it, 2 min, 1 of 2 steps done\n");
    let told = stage.run(&["progress"], "");
    assert!(told.out.contains("You are at 1.1 Read it, step 2 of 2: Two.\n\n"), "{}", told.out);
    stage.run(&["--plain"], ":next\n");
    assert_eq!(stage.run(&["contents"], "").out, "Tiny\n\n1 First\n  [x] 1.1 Read it, 2 min, done\n");
    assert!(stage.run(&["progress"], "").out.contains("Every step is done.\n"));
}

#[test]
fn a_hostile_course_gives_the_terminal_no_orders() {
    let lesson = "# Red \u{1b}[31m\u{202e}\n\n## One \u{1b}]0;title\u{7} {#one}\n\nA &#27;[2J b.\n";
    let stage = Stage::with(&[("01-first/README.md", "# \u{9b}2J\n\nAll.\n"), ("01-first/01-red.md", lesson)]);
    let manifest = stage.course().join("course.toml");
    let text = fs::read_to_string(&manifest).unwrap().replace("\"Tiny\"", r#""\u001b]52;c;eA==\u0007""#);
    fs::write(manifest, text).unwrap();
    for args in [&["contents"][..], &["progress"], &["--plain"], &["check"], &["9.9"], &["progress", "--json"]] {
        let told = stage.run(args, ":contents\n:read\n");
        let all = told.out + &told.err;
        let is_told = ["\u{fffd}", "terminals obey", "9.9"].iter().any(|words| all.contains(words));
        assert!(is_told, "{args:?}: {all}");
        assert!(!all.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{args:?}: {all:?}");
    }
}

#[test]
fn progress_as_json_has_stable_fields() {
    let stage = stage();
    stage.run(&["--plain"], ":next\n");
    let json: serde_json::Value = serde_json::from_str(&stage.run(&["progress", "--json"], "").out).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["course"]["id"], "tiny");
    assert_eq!((&json["passed"], &json["helped"], &json["total"]), (&1.into(), &0.into(), &2.into()));
    assert_eq!(json["at"]["lesson"], "1.1");
    assert_eq!(json["next"]["step"], "tiny/first/read-it/two");
    assert_eq!(json["chapters"][0]["lessons"][0]["total"], 2);
}

#[test]
fn a_cause_is_told_once() {
    let stage = stage();
    fs::create_dir_all(stage.data().join("state/settings.toml")).unwrap();
    let told = stage.run(&["go", "status"], "");
    assert_eq!((told.status, told.err.matches("os error").count()), (1, 1), "{}", told.err);
}

#[test]
fn wrong_usage_is_2_and_a_failure_is_1_each_with_a_mend() {
    let stage = stage();
    let failing = |args: &[&str]| {
        let told = stage.run(args, "");
        assert_eq!(told.out, "", "{args:?}");
        (told.status, told.err)
    };
    let (status, err) = failing(&[]);
    assert!(status == 2 && err.contains("--plain"), "{err}");
    let (status, err) = failing(&["--plain", "raed-it"]);
    assert_eq!((status, err.as_str()), (2, "haveago: there is no lesson `raed-it`; did you mean 1.1 Read it?\n"));
    let (status, err) = failing(&["contens"]);
    assert!(status == 2 && err.contains("did you mean `haveago contents`?"), "{err}");
    let (status, err) = failing(&["progress", "--jsn"]);
    assert!(status == 2 && err.contains("--json"), "{err}");
    let nowhere = stage.data().join("nowhere");
    let told = stage::run(&stage.data(), &["--course", nowhere.to_str().unwrap(), "contents"], "");
    assert!(told.status == 1 && told.err.contains("there is no folder"), "{}", told.err);
}

#[test]
fn progress_of_a_newer_haveago_is_refused_and_wrong_settings_are_placed() {
    let stage = stage();
    let log = stage.data().join("state/courses/tiny/events.jsonl");
    fs::create_dir_all(log.parent().unwrap()).unwrap();
    fs::write(&log, "{\"haveago\":\"progress\",\"format\":9}\n").unwrap();
    let told = stage.run(&["progress"], "");
    assert!(told.status == 1 && told.err.contains("newer haveago (format 9"), "{}", told.err);
    fs::remove_file(&log).unwrap();
    fs::write(stage.data().join("state/settings.toml"), "theme = \"drak\"\n").unwrap();
    let told = stage.run(&["go", "status"], "");
    assert!(told.status == 1 && told.err.contains("settings.toml:1:9: `theme` cannot be \"drak\""), "{}", told.err);
}

#[test]
fn a_damaged_log_is_told_and_the_rest_is_used() {
    let stage = stage();
    stage.run(&["--plain"], ":next\n");
    let log = stage.data().join("state/courses/tiny/events.jsonl");
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, text.replacen("{\"at\"", "%%\n{\"at\"", 1)).unwrap();
    let told = stage.run(&["progress"], "");
    assert!(told.err.contains("events.damaged-1.jsonl"), "{}", told.err);
    assert!(told.out.starts_with("Tiny: 1 of 2 steps done."), "{}", told.out);
    assert_eq!(stage.run(&["progress"], "").err, "");
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let told = stage().run(&["completions", shell], "");
        assert!(told.status == 0 && told.out.contains("progress") && told.out.contains("goto"), "{shell}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let stage = stage();
    for args in [&["completions", "bash"][..], &["--plain"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_haveago"))
            .args(["--course", stage.course().to_str().unwrap()])
            .args(args)
            .env("HAVEAGO_DATA", stage.data())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn messages_are_explained_that_are_piped_in_or_named() {
    let data = tempfile::tempdir().unwrap();
    let explain = |args: &[&str], piped: &str| {
        let told = stage::run(data.path(), &[&["explain"], args].concat(), piped);
        assert_eq!((told.status, told.err.as_str()), (0, ""), "{args:?}");
        told.out
    };
    let raw = "# hello\n\u{1b}[31m./main.go:4:2: declared and not used: total\u{1b}[0m\n./main.go:5:2: undefined: b";
    let out = explain(&[], raw);
    assert!(out.starts_with(raw), "what comes in goes out unchanged: {out}");
    assert!(out.contains("\n\nWhy (unused-var): Fix this one first: you make the variable `total`"), "{out}");
    assert!(out.ends_with("More: haveago variables\n"), "{out}");
    let out = explain(&[], "all went well\n");
    assert_eq!(out, "all went well\n\nhaveago knows no explanation for this.\n");
    assert!(explain(&["./main.go:4:2: undefined: fmt"], "").contains("Why (undefined): `fmt` is a package"));
    assert!(explain(&["unused-var"], "").contains("More: haveago variables"));
    assert!(explain(&["unused-vra"], "").contains("did you mean `unused-var`?"));
    assert!(explain(&["what", "is", "this"], "").starts_with("haveago knows no explanation"));
}
