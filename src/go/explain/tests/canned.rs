//! What the shell and the go command print, and what is made of it.

use crate::go::explain::explain;

fn id(line: &str, exit: i32, output: &str) -> Option<String> {
    explain(line, exit, output).map(|told| told.id)
}

#[test]
fn the_shell_s_own_messages_are_explained() {
    for (line, exit, output, expected, says) in [
        ("gob version", 127, "gob: command not found; did you mean go?\n", "shell-not-found", "meant `go`"),
        ("Go version", 127, "Go: command not found; did you mean go?\n", "shell-not-found", "`go version`"),
        ("frob", 127, "frob: command not found\n", "shell-not-found", "`help`"),
        ("gorun main.go", 127, "gorun: command not found\n", "shell-go-space", "`go run main.go`"),
        ("gomod init a", 127, "gomod: command not found\n", "shell-go-space", "`go mod init a`"),
        ("main.go", 127, "main.go: command not found\n", "shell-not-found", "`go run main.go`"),
        ("\"go build\"", 127, "go build: command not found\n", "shell-go-quotes", "`go build`"),
        ("$ go version", 127, "$: command not found\n", "shell-prompt", "`go version`"),
        ("package main", 127, "package: command not found\n", "shell-go-code", "`main.go`"),
        ("fmt.Println(1)", 2, "this line cannot be read at `(1)`: unexpected character\n", "shell-go-code", "editor"),
        ("go version", 127, "go: command not found; Go is not installed here\n", "shell-no-go", "`haveago doctor`"),
        ("python x.py", 127, "python: command not found\n", "shell-not-needed", "`go run .`"),
        (
            "myapp",
            127,
            "myapp: command not found; the program in this folder starts as ./myapp\n",
            "shell-here",
            "`./myapp`",
        ),
        ("./myap", 127, "./myap: there is no such file; did you mean myapp?\n", "shell-no-program", "`myapp`"),
        ("./myapp", 127, "./myapp: there is no such file\n", "shell-no-program", "`go build` makes one"),
        (
            "./main.go",
            126,
            "./main.go is Go source, not a program; `go run ./main.go` runs it\n",
            "shell-is-source",
            "`go run ./main.go`",
        ),
        ("./sub", 126, "./sub is a folder; `cd ./sub` goes into it\n", "shell-is-folder", "`cd ./sub`"),
        ("./a.txt", 126, "./a.txt is not a program: it may not be executed\n", "shell-not-executable", "`cat`"),
        ("./app", 126, "./app: cannot execute binary file: Exec format error\nIt is …\n", "shell-foreign", "`GOOS`"),
        ("cd hello", 1, "cd: there is no folder hello\n", "shell-no-folder", "`mkdir hello`"),
        ("cd helo", 1, "cd: there is no folder helo; did you mean hello?\n", "shell-no-folder", "`cd hello`"),
        ("cd main.go", 1, "cd: main.go is a file, not a folder\n", "shell-no-folder", "`cat main.go`"),
        ("cat go.md", 1, "cat: go.md: there is no such file or folder\n", "shell-no-file", "`ls`"),
        ("mkdir a/b", 1, "mkdir: a/b: there is no such file or folder\n", "shell-no-file", "`mkdir -p`"),
        ("mkdir a", 1, "mkdir: a: there is one of that name already\n", "shell-exists", "`cd a`"),
        ("cat /etc/shadow", 1, "cat: /etc/shadow: the system does not allow it\n", "shell-denied", "`/etc/shadow`"),
        ("sh x", 126, "sh: x: Permission denied\n", "shell-denied", "`x`"),
        (
            "echo 'a",
            2,
            "this line cannot be read: expected closing quote; a quote that opens must close again\n",
            "shell-unreadable",
            "quote",
        ),
    ] {
        let told = explain(line, exit, output).unwrap_or_else(|| panic!("{line}: nothing is said"));
        assert_eq!(told.id, expected, "{line}: {}", told.text);
        assert!(told.text.contains(says), "{line}: {} does not say {says}", told.text);
    }
}

#[test]
fn the_text_names_what_the_learner_wrote() {
    for (line, output, says) in [
        ("go build", "# hello\n./main.go:4:2: declared and not used: total\n", "You make the variable `total`"),
        ("go build", "main.go:8:2: undefined: greet\n", "Go knows no `greet`"),
        ("go run main.go", "./main.go:8:2: undefined: greet\n", "`go run .`"),
        ("go build main.go", "./main.go:8:2: undefined: greet\n", "`go build .`"),
        ("go run .", "./main.go:4:2: undefined: fmt\n", "`import \"fmt\"`"),
        ("go run .", "./main.go:6:6: undefined: fmt.println (but have Println)\n", "write `fmt.Println`"),
        ("go run .", "./main.go:6:6: undefined: fmt.println\n", "capital"),
        ("go run .", "./main.go:6:6: undefined: Println\n", "`fmt.Println`"),
        (
            "go build",
            ".\\main.go:7:19: cannot use \"3\" (untyped string constant) as int value in assignment\r\n",
            "`\"3\"` is text",
        ),
        (
            "go build",
            "./main.go:6:18: syntax error: unexpected newline in argument list; possibly missing comma or )\n",
            "line 6",
        ),
        ("go build", "./main.go:5:2: field tag `x` is bad: undefined: x`y\n", ""),
        (
            "./app",
            "panic: runtime error: index out of range [1] with length 1\n\ngoroutine 1 [running]:\nmain.main()\n\t/home/ada/app/main.go:9 +0x1d\n",
            "asked at `main.go:9` for element number 1",
        ),
        (
            "go test",
            "panic: boom\n\ngoroutine 7 [running]:\npanic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:787 +0x1\nstrings.Repeat({0x1})\n\t/usr/local/go/src/strings/strings.go:623 +0x5\nexample.com/calc.Add(...)\n\tC:/calc/calc.go:5 +0x2\n",
            "itself at `calc.go:5`",
        ),
        ("GOOS=windws go build", "go: unsupported GOOS/GOARCH pair windws/amd64\n", "`windws`"),
    ] {
        let told = explain(line, 1, output);
        let text = told.map(|told| told.text).unwrap_or_default();
        assert!(text.contains(says), "{line}: {text:?} does not say {says}");
    }
}

#[test]
fn only_the_first_error_is_explained_and_others_are_told_of() {
    let two = "# hello\n./main.go:4:2: declared and not used: a\n./main.go:5:2: undefined: b\n";
    let told = explain("go build", 1, two).unwrap();
    assert_eq!((told.id.as_str(), told.more), ("unused-var", true));
    assert!(told.text.starts_with("Fix this one first: you make the variable `a`"), "{}", told.text);
    let told = explain("go build", 1, "./main.go:5:2: undefined: b\n./main.go:6:2: undefined: c\n").unwrap();
    assert!(told.text.starts_with("Fix this one first: Go knows no `b`"), "{}", told.text);
    let twins = "./main.go:5:2: undefined: b\n\thave (int)\n\t./main.go:9:2: other declaration of b\n";
    assert!(!explain("go build", 1, twins).unwrap().more);
    let tests =
        "--- FAIL: TestA (0.00s)\n    a_test.go:5: got 1, want 2\n--- FAIL: TestB (0.00s)\nFAIL\nexit status 1\n";
    let told = explain("go test", 1, tests).unwrap();
    assert_eq!((told.id.as_str(), told.more), ("test-fail", true));
}

#[test]
fn a_panic_says_more_than_the_test_or_the_status_around_it() {
    let panicked = "--- FAIL: TestA (0.00s)\npanic: assignment to entry in nil map [recovered, repanicked]\nFAIL\texample.com/a\t0.1s\n";
    assert_eq!(id("go test", 1, panicked).as_deref(), Some("panic-nil-map"));
    assert_eq!(id("go run .", 1, "working\nexit status 3\n").as_deref(), Some("exit-status"));
    assert_eq!(id("./app", 3, "exit status 3\n"), None);
    let many = "fatal error: concurrent map writes\n\ngoroutine 19 [running]:\n";
    assert_eq!(id("go run .", 1, many).as_deref(), Some("concurrent-map"));
}

#[test]
fn colours_and_floods_do_not_hide_the_message() {
    let red = "\x1b[31m./main.go:4:2: \x1b[1mdeclared and not used: a\x1b[0m\r\n";
    assert_eq!(id("go build", 1, red).as_deref(), Some("unused-var"));
    let mut flood = "tick ü\n".repeat(400_000);
    flood.push_str("panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\t/x/main.go:5 +0x1\n");
    assert_eq!(id("go run .", 1, &flood).as_deref(), Some("panic-any"));
}

#[test]
fn what_works_or_was_stopped_or_is_not_go_s_gets_no_explanation() {
    for (line, exit, output) in [
        ("go run .", 0, "main.go:3:4: undefined: x\npanic: no\n"),
        ("go version", 0, "go version go1.27.4 linux/amd64\n"),
        ("cat log; ls", 0, "go: go.mod file not found in current directory or any parent directory\n"),
        ("cat log; ls", 0, "panic: boom\n"),
        ("go run .", 130, "panic: boom\n"),
        ("false", 1, ""),
        ("cat notes.txt nothing-else", 1, "no Go files in my head\n"),
        ("cp a", 1, "cp: write `cp FROM TO`\n"),
        ("./quiz", 1, "Wrong. undefined: is not an answer\n"),
    ] {
        assert_eq!(explain(line, exit, output), None, "{line}");
    }
}

#[test]
fn a_failure_before_a_success_on_one_line_is_explained() {
    let output = "./main.go:4:2: declared and not used: a\nmain.go\n";
    assert_eq!(id("go build; ls", 0, output).as_deref(), Some("unused-var"));
    assert_eq!(id("go vet 2>&1 | head -5", 0, output).as_deref(), Some("unused-var"));
}
