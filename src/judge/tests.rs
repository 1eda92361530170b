//! Every fact, met and unmet, with the sentence a learner reads: here files and commands.

mod beginner;
mod program;
mod testing;

use regex::Regex;

use super::evidence::{BinarySeen, CommandSeen, Evidence, FileSeen};
use super::{Judgement, judge, judge_open};
use crate::base::{FilePath, Place};
use crate::course::condition::{Condition, Ending, Fact, Pattern, Ran, Target};

fn path(text: &str) -> FilePath {
    FilePath::parse(text).unwrap()
}

fn text(text: &str) -> Pattern {
    Pattern::Text(text.to_owned())
}

fn regex(text: &str) -> Pattern {
    Pattern::Regex(Regex::new(text).unwrap())
}

fn condition(fact: Fact) -> Condition {
    Condition { now: false, fact, place: Place::new("lesson.md", 1, 1), source: String::new() }
}

/// `met`, `not seen`, or what was seen, with the advice after ` → `.
fn told(fact: Fact, evidence: &Evidence) -> String {
    told_of(&judge(&[condition(fact)], evidence).judgements[0])
}

fn told_of(judgement: &Judgement) -> String {
    match judgement {
        Judgement::Met => "met".to_owned(),
        Judgement::NotSeen => "not seen".to_owned(),
        Judgement::Unmet(finding) => match &finding.advice {
            Some(advice) => format!("{} → {advice}", finding.seen),
            None => finding.seen.clone(),
        },
    }
}

fn files(files: &[(&str, FileSeen)]) -> Evidence {
    let files = files.iter().map(|(name, seen)| (path(name), seen.clone())).collect();
    Evidence { files, spoken_of: Some([path("main.go"), path("go.mod")].into()), ..Evidence::default() }
}

fn file(content: &str) -> FileSeen {
    FileSeen::Text(content.to_owned())
}

fn binary(os: &str, arch: &str, is_static: bool) -> FileSeen {
    let is_native = (os, arch) == ("linux", "amd64");
    FileSeen::Binary(BinarySeen { bytes: 2_000_000, os: os.to_owned(), arch: arch.to_owned(), is_static, is_native })
}

#[test]
fn files_are_found_missed_and_nearly_there() {
    let exists = || Fact::FileExists(path("main.go"));
    let missing = FileSeen::Missing;
    for (seen, said) in [
        (vec![], "not seen"),
        (vec![("main.go", file("x"))], "met"),
        (vec![("main.go", FileSeen::Folder)], "met"),
        (vec![("main.go", missing.clone())], "there is no `main.go` yet"),
        (
            vec![("main.go", missing.clone()), ("Main.go", file("x"))],
            "there is no `main.go` yet; seen: `Main.go` → `mv Main.go main.go` gives it its name",
        ),
        (
            vec![("main.go", missing.clone()), ("main.go.txt", file("x"))],
            "there is no `main.go` yet; seen: `main.go.txt` → `mv main.go.txt main.go` gives it its name",
        ),
        (
            vec![("main.go", missing.clone()), ("hello/main.go", file("x"))],
            "there is no `main.go` yet; there is one in the folder `hello` → in your lesson's folder, `mv hello/main.go main.go` brings it here",
        ),
        (
            vec![("main.go", FileSeen::Unreadable("permission denied".to_owned()))],
            "`main.go` cannot be read: permission denied",
        ),
    ] {
        assert_eq!(told(exists(), &files(&seen)), said);
    }
    let no_sum = || Fact::FileMissing(path("go.sum"));
    assert_eq!(told(no_sum(), &files(&[("go.sum", FileSeen::Missing)])), "met");
    assert_eq!(told(no_sum(), &files(&[("go.sum", file("x"))])), "`go.sum` is still there → `rm go.sum` removes it");
    assert_eq!(
        told(no_sum(), &files(&[("go.sum", FileSeen::Folder)])),
        "the folder `go.sum` is still there → `rm -r go.sum` removes it"
    );
}

#[test]
fn only_a_stray_file_is_to_be_moved() {
    let there = |wanted: &str, others: &[&str]| {
        let others = others.iter().map(|other| (*other, file("x")));
        let seen: Vec<(&str, FileSeen)> = others.chain([(wanted, FileSeen::Missing)]).collect();
        told(Fact::FileExists(path(wanted)), &files(&seen))
    };
    // The learner's other module stays what it is, and so does a program that an earlier step spoke of.
    let other = "there is a `go.mod` in your lesson's folder, not in `shop`";
    assert_eq!(there("shop/go.mod", &["go.mod"]), format!("there is no `shop/go.mod` yet; {other}"));
    let other = "there is a `main.go` in your lesson's folder, not in `shop`";
    assert_eq!(there("shop/main.go", &["main.go"]), format!("there is no `shop/main.go` yet; {other}"));
    assert_eq!(there("go.mod", &["x/go.mod"]), "there is no `go.mod` yet; there is one in the folder `x`");
    let in_module = there("main.go", &["shop/main.go", "shop/go.mod"]);
    assert_eq!(in_module, "there is no `main.go` yet; there is one in the folder `shop`");
    assert_eq!(there("main2.go", &["main.go"]), "there is no `main2.go` yet");
    assert_eq!(
        there("main.go", &["mian.go"]),
        "there is no `main.go` yet; seen: `mian.go` → `mv mian.go main.go` gives it its name"
    );
    let unknown = Evidence { spoken_of: None, ..files(&[("main.go", FileSeen::Missing), ("a/main.go", file("x"))]) };
    let said = told(Fact::FileExists(path("main.go")), &unknown);
    assert_eq!(said, "there is no `main.go` yet; there is one in the folder `a`");
}

#[test]
fn the_text_of_a_file_is_looked_at() {
    let module = |content| files(&[("go.mod", file(content))]);
    let contains = || Fact::FileContains(path("go.mod"), text("module example.com/hello"));
    assert_eq!(told(contains(), &module("module example.com/hello\n\ngo 1.27\n")), "met");
    assert_eq!(
        told(contains(), &module("module example.com/helo\n")),
        "in `go.mod`, seen: `module example.com/helo` – `hello` is asked for after `example.com/`, not `helo`"
    );
    assert_eq!(told(contains(), &module("")), "`go.mod` is empty → after writing in it, save it");
    let mut redirected = module("");
    redirected.commands = vec![CommandSeen { line: "go list 2>./go.mod".to_owned(), exit: 0, output: String::new() }];
    assert_eq!(told(contains(), &redirected), "`go.mod` is empty");
    assert_eq!(told(contains(), &files(&[("go.mod", FileSeen::Folder)])), "`go.mod` is a folder, not a file");
    assert_eq!(told(contains(), &files(&[("go.mod", FileSeen::Missing)])), "there is no `go.mod` yet");
    let matches = Fact::FileContains(path("go.mod"), regex(r"(?m)^go 1\.\d+"));
    assert_eq!(told(matches.clone(), &module("module x\n\ngo 1.27\n")), "met");
    assert_eq!(told(matches, &module("module x\n")), "`go.mod` does not have it yet; it begins with `module x`");
}

#[test]
fn programs_are_told_by_their_kind() {
    let exists = || Fact::BinaryExists(path("hello"));
    let is_for = |os: &str, arch: Option<&str>| {
        Fact::BinaryFor(path("hello"), Target { os: os.to_owned(), arch: arch.map(str::to_owned) })
    };
    let native = files(&[("hello", binary("linux", "amd64", true)), ("hello.exe", FileSeen::Missing)]);
    let windows = files(&[("hello", FileSeen::Missing), ("hello.exe", binary("windows", "amd64", true))]);
    let both = files(&[("hello", binary("linux", "amd64", false)), ("hello.exe", binary("windows", "amd64", true))]);
    for (fact, evidence, said) in [
        (exists(), &native, "met"),
        (
            exists(),
            &windows,
            "`hello.exe` is a program for windows/amd64, which this machine cannot start → build it without `GOOS` and `GOARCH`",
        ),
        (exists(), &files(&[("hello", FileSeen::Missing)]), "there is no `hello` yet"),
        (
            Fact::BinaryExists(path("bin/hello")),
            &files(&[("bin/hello", FileSeen::Missing), ("hello", binary("linux", "amd64", true))]),
            "there is no `bin/hello` yet; there is a `hello` in your lesson's folder, not in `bin` → `go build -o bin/hello` writes it there",
        ),
        (exists(), &files(&[("hello", file("#!/bin/sh"))]), "`hello` is a text, not a program"),
        (exists(), &Evidence::default(), "not seen"),
        (is_for("windows", None), &windows, "met"),
        (is_for("windows", Some("amd64")), &both, "met"),
        (
            is_for("windows", None),
            &native,
            "`hello` is a program for linux/amd64, not for windows → set it before the command: `GOOS=windows go build`",
        ),
        (
            is_for("linux", Some("arm64")),
            &native,
            "`hello` is a program for linux/amd64, not for linux/arm64 → set both before the command: `GOOS=linux GOARCH=arm64 go build`",
        ),
        (Fact::BinaryStatic(path("hello")), &native, "met"),
        (
            Fact::BinaryStatic(path("hello")),
            &files(&[("hello", binary("linux", "amd64", false))]),
            "`hello` needs shared libraries of the system it runs on → build it with `CGO_ENABLED=0 go build`",
        ),
    ] {
        assert_eq!(told(fact, evidence), said);
    }
}

fn ran(words: &str, fails: bool, prints: Option<Pattern>) -> Fact {
    let ends = if fails { Ending::Fails } else { Ending::Works };
    Fact::Ran(Ran { words: words.split(' ').map(str::to_owned).collect(), ends, prints })
}

fn commands(commands: &[(&str, i32, &str)]) -> Evidence {
    let commands = commands
        .iter()
        .map(|(line, exit, output)| CommandSeen { line: (*line).to_owned(), exit: *exit, output: (*output).to_owned() })
        .collect();
    Evidence { commands, ..Evidence::default() }
}

#[test]
fn commands_are_recognised_by_their_words() {
    for (words, line) in [
        ("go mod init", "go mod init example.com/hello"),
        ("go build", "go build -v ./..."),
        ("go run main.go", "go run -race main.go"),
        ("go build main.go", "go build -o app main.go"),
        ("./hello", "./hello"),
        ("./hello", "hello.exe"),
        ("go build", "GOOS=windows go build"),
        ("go run", "cd hello && go run ."),
        ("go build", "go build | cat"),
        ("ls", "mkdir a; ls"),
    ] {
        assert_eq!(told(ran(words, false, None), &commands(&[(line, 0, "")])), "met", "{words} by {line}");
    }
    for (words, line) in [("go build", "go run ."), ("go run", "echo go run"), ("ls", "echo 'a; ls'")] {
        assert_eq!(told(ran(words, false, None), &commands(&[(line, 0, "")])), "not seen", "{words} by {line}");
    }
}

#[test]
fn a_command_that_fell_short_is_told() {
    let init = || ran("go mod init", false, None);
    for (fact, evidence, said) in [
        (init(), commands(&[]), "not seen"),
        (
            init(),
            commands(&[("go mod int", 2, "go mod int: unknown command")]),
            "you ran `go mod int`; `go mod init` is what the step asks for",
        ),
        (
            init(),
            commands(&[("gomod init x", 127, "")]),
            "you ran `gomod init x`; `go mod init` is what the step asks for",
        ),
        (init(), commands(&[("go mod", 2, "")]), "you ran `go mod`; `go mod init` is what the step asks for"),
        (init(), commands(&[("go mod int", 2, ""), ("ls", 0, "")]), "not seen"),
        (
            init(),
            commands(&[("go mod init x", 1, "go: /tmp/a/go.mod already exists\n")]),
            "`go mod init x` ended with exit status 1: `go: /tmp/a/go.mod already exists`",
        ),
        (init(), commands(&[("go mod init x", 1, "no"), ("go mod init x", 0, "")]), "met"),
        (ran("go build", true, None), commands(&[("go build", 1, "go: no")]), "met"),
        (ran("go build", true, None), commands(&[("go build", 0, "")]), "`go build` worked; here it is meant to fail"),
        (
            ran("./hello", false, None),
            commands(&[("hello", 127, "hello: command not found\n")]),
            "`hello` ended with exit status 127: `hello: command not found` → a program of this folder is started with `./` before its name: `./hello`",
        ),
        (ran("go run", false, Some(text("Hello"))), commands(&[("go run .", 0, "Hello\n")]), "met"),
        (
            ran("go run", false, Some(text("Hello, Go!"))),
            commands(&[("go run .", 0, "Hello Go!\n")]),
            "`go run .` ran; seen: `Hello Go!` – a comma is missing after `Hello`",
        ),
        (
            ran("go version", false, Some(regex("go1"))),
            commands(&[("go version", 0, "")]),
            "`go version` ran and printed nothing",
        ),
        (
            ran("go run", true, Some(text("undefined"))),
            commands(&[("go run .", 1, "./main.go:3:1: expected }\n")]),
            "`go run .` failed, with another message: `./main.go:3:1: expected }`",
        ),
    ] {
        assert_eq!(told(fact, &evidence), said);
    }
}

#[test]
fn a_command_another_line_asks_for_is_no_near_miss() {
    let check = [condition(ran("go get", false, None)), condition(ran("go vet", false, None))];
    let verdict = judge(&check, &commands(&[("go vet", 0, "")]));
    assert_eq!(verdict.judgements, [Judgement::NotSeen, Judgement::Met]);
}

#[test]
fn a_run_that_met_one_line_of_the_check_is_not_held_against_another() {
    let fails = condition(ran("go run", true, Some(text("undefined: greet"))));
    let prints = condition(ran("go run", false, Some(text("Nice to meet you."))));
    let check = [fails.clone(), prints.clone()];
    let failed = ("go run main.go", 1, "./main.go:8:2: undefined: greet\n");
    let verdict = judge(&check, &commands(&[failed]));
    assert_eq!(verdict.judgements, [Judgement::Met, Judgement::NotSeen]);
    // Once met, a line is not looked at again; what it was met by is still known.
    let verdict = judge_open(std::slice::from_ref(&prints), &check, &commands(&[failed]));
    assert_eq!(verdict.judgements, [Judgement::NotSeen]);
    let verdict = judge_open(&[prints], &check, &commands(&[failed, ("go run mian.go", 1, "stat mian.go: no\n")]));
    assert_eq!(told_of(&verdict.judgements[0]), "`go run mian.go` ended with exit status 1: `stat mian.go: no`");
    let verdict = judge_open(&[fails], &check, &commands(&[("go run .", 0, "Nice to meet you.\n")]));
    assert_eq!(verdict.judgements, [Judgement::NotSeen]);
}

#[test]
fn a_command_that_may_fail_counts_with_any_exit_status() {
    let gofmt = |prints: Option<Pattern>| {
        Fact::Ran(Ran { words: vec!["gofmt".to_owned(), "-d".to_owned()], ends: Ending::Either, prints })
    };
    let ended = |exit| {
        let seen = CommandSeen { line: "gofmt -d main.go".to_owned(), exit, output: "+\tprintln(1)\n".to_owned() };
        Evidence { commands: vec![seen], ..Evidence::default() }
    };
    for exit in [0, 1] {
        assert_eq!(told(gofmt(None), &ended(exit)), "met");
        assert_eq!(told(gofmt(Some(text("println"))), &ended(exit)), "met");
        assert!(told(gofmt(Some(text("Hello"))), &ended(exit)).starts_with("`gofmt -d main.go` ran; seen: "));
    }
}
