//! The words that are known without looking at the disk.

use super::word::Word;

const COMMANDS: &[&str] = &[
    "cat", "cd", "clear", "cp", "echo", "edit", "env", "exit", "export", "go", "gofmt", "head", "help", "history",
    "ls", "mkdir", "mv", "pwd", "rm", "which",
];

const GO: &[&str] = &[
    "bug",
    "build",
    "clean",
    "doc",
    "env",
    "fix",
    "fmt",
    "generate",
    "get",
    "help",
    "install",
    "list",
    "mod",
    "run",
    "telemetry",
    "test",
    "tool",
    "version",
    "vet",
    "work",
];

const GO_MOD: &[&str] = &["download", "edit", "graph", "init", "tidy", "vendor", "verify", "why"];
const GO_WORK: &[&str] = &["edit", "init", "sync", "use", "vendor"];
const GO_ENV: &[&str] = &[
    "CGO_ENABLED",
    "GOARCH",
    "GOBIN",
    "GOCACHE",
    "GOENV",
    "GOFLAGS",
    "GOMOD",
    "GOMODCACHE",
    "GOOS",
    "GOPATH",
    "GOPROXY",
    "GOROOT",
    "GOTOOLCHAIN",
    "GOVERSION",
    "GOWORK",
];

const GOFMT_FLAGS: &[&str] = &["-d", "-l", "-s", "-w"];
const BUILD_FLAGS: &[&str] = &["-C", "-o", "-race", "-tags", "-trimpath", "-v", "-x", "-ldflags"];
const RUN_FLAGS: &[&str] = &["-C", "-race", "-tags", "-v", "-x"];
const TEST_FLAGS: &[&str] = &[
    "-bench",
    "-benchmem",
    "-count",
    "-cover",
    "-coverprofile",
    "-failfast",
    "-fuzz",
    "-json",
    "-race",
    "-run",
    "-short",
    "-timeout",
    "-v",
];

/// The words known to fit where `word` stands.
pub fn known(word: &Word) -> Vec<&'static str> {
    let before: Vec<&str> = word.before.iter().map(String::as_str).collect();
    let is_flag = word.value.starts_with('-');
    let words: &[&str] = match before.as_slice() {
        [] | ["help" | "which"] => COMMANDS,
        ["gofmt", ..] if is_flag => GOFMT_FLAGS,
        ["go"] | ["go", "help"] => GO,
        ["go", "mod"] | ["go", "help", "mod"] => GO_MOD,
        ["go", "work"] => GO_WORK,
        ["go", "env", ..] if is_flag => &["-json", "-u", "-w", "-changed"],
        ["go", "env", ..] => GO_ENV,
        ["go", part, ..] if is_flag => flags(part),
        _ => &[],
    };
    words.to_vec()
}

/// Whether the command takes known words only at its next place, and no file names.
pub fn takes_only_known(before: &[String]) -> bool {
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    matches!(
        before.as_slice(),
        ["go" | "help" | "which" | "history" | "clear" | "pwd" | "exit"]
            | ["go", "mod" | "work" | "help" | "version"]
            | ["go", "env", ..]
            | ["go", "mod", "init"]
    )
}

fn flags(part: &str) -> &'static [&'static str] {
    match part {
        "build" | "install" => BUILD_FLAGS,
        "run" => RUN_FLAGS,
        "test" => TEST_FLAGS,
        "vet" => &["-json", "-v"],
        "get" => &["-u", "-t"],
        "list" => &["-f", "-json", "-m", "-u"],
        "clean" => &["-cache", "-modcache", "-testcache"],
        "doc" => &["-all", "-short", "-src"],
        "version" => &["-m"],
        _ => &[],
    }
}
