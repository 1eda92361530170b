//! The learner's own work with the real Go: built, run, fed, flooded and interrupted.

use std::path::PathBuf;
use std::time::Instant;

use haveago::sandbox::{Dirs, environment, toolchain};

use super::Place;
use super::terminal::{DEADLINE, Screen};

const PROGRAM: &str = r#"package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	switch strings.Join(os.Args[1:], " ") {
	case "add":
		var a, b int
		fmt.Print("two numbers: ")
		fmt.Scan(&a, &b)
		fmt.Println("sum", a+b)
	case "big":
		out := bufio.NewWriter(os.Stdout)
		defer out.Flush()
		for i := 0; i < 1_000_000; i++ {
			fmt.Fprintf(out, "%099d\n", i)
		}
	case "endless":
		for i := 0; ; i++ {
			fmt.Println("line", i)
		}
	default:
		fmt.Println("hello from", os.Args[0], os.Getenv("NAME"), len(os.Environ()))
	}
}
"#;

/// A module with [`PROGRAM`] in it and the environment that learners get, save that the build cache is kept
/// between runs of the tests.
fn workshop() -> (Place, Vec<(String, String)>) {
    let place = Place::new();
    place.write("hello/go.mod", "module example.com/hello\n\ngo 1.24\n").write("hello/main.go", PROGRAM);
    crate::support::share_go_cache(&place.path().join("data"));
    let dirs = Dirs::find(Some(&place.path().join("data"))).unwrap();
    let found = toolchain::in_path().unwrap();
    // A course for each test: so it finds again what it has built, whatever runs beside it.
    let course = std::thread::current().name().unwrap_or("course").to_owned();
    let env = environment::build(&dirs, &course, Some(&found));
    (place, env)
}

fn hello(place: &Place) -> PathBuf {
    place.path().join("hello")
}

#[test]
fn init_run_and_build_work_as_in_the_first_chapter() {
    let (place, env) = workshop();
    std::fs::create_dir(place.path().join("new")).unwrap();
    let run = |line: &str, dir: &str| place.run_from(line, &place.path().join(dir), &env, "");
    let (seen, _) = run("go build", "new");
    assert_eq!(seen.exit, 1);
    assert!(seen.output.starts_with("go: go.mod file not found in current directory"), "{}", seen.output);
    let (seen, _) = run("go mod init example.com/new && cat go.mod | head -1", "new");
    assert_eq!(seen.output, "go: creating new go.mod: module example.com/new\nmodule example.com/new\n");

    let (seen, _) = run("go build && ls && NAME=Ada ./hello | head -1", "hello");
    let hello = seen.output.strip_prefix("go.mod  hello*  main.go\nhello from ./hello Ada ").map(str::trim_end);
    assert!(hello.is_some(), "{}", seen.output);
    assert_eq!(run("env -i NAME=x ./hello", "hello").0.output, "hello from ./hello x 1\n");

    let (seen, _) = run("GOOS=windows go build; ls; ./hello.exe", "hello");
    assert_eq!(seen.exit, 126);
    assert!(seen.output.starts_with("go.mod  hello*  hello.exe*  main.go\n./hello.exe: cannot execute binary file"));
    assert_eq!(run("go env GOFLAGS GOWORK GOPROXY GOTELEMETRY", "hello").0.output, "\n\noff\noff\n");
}

#[test]
fn a_go_program_asks_floods_and_ends_on_a_terminal() {
    let (place, env) = workshop();
    let dir = hello(&place);
    let open = |line: &str| Screen::open_with(&place, line, &dir, env.clone());
    assert_eq!(open("go build").end().exit, 0);

    let mut screen = open("./hello add");
    screen.await_text("two numbers: ").type_in("19 23\r").await_text("sum 42");
    assert_eq!(screen.end().exit, 0);

    let before = resident_mib();
    let mut screen = open("./hello big");
    assert_eq!(screen.end().exit, 0);
    // 100 bytes a line, and the terminal's own carriage return.
    assert_eq!(screen.bytes, 101_000_000);
    assert!(screen.text().ends_with("999999\r\n"));
    assert!(resident_mib().saturating_sub(before) < 100, "{before} -> {} MiB", resident_mib());

    let mut screen = open("./hello endless; echo after");
    while screen.bytes < 5 << 20 {
        assert!(screen.next(Instant::now() + DEADLINE).is_none());
    }
    screen.handle.interrupt();
    assert_eq!(screen.end().exit, 130);
    assert!(!screen.text().contains("after"));

    let mut screen = open("go run . endless");
    screen.await_text("line 1");
    screen.handle.interrupt();
    assert_ne!(screen.end().exit, 0);
}

fn resident_mib() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages / 256
}
