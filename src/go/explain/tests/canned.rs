//! What the shell and the go command print, and what is made of it.

use crate::go::explain::{explain, explain_among};

fn id(line: &str, exit: i32, output: &str) -> Option<String> {
    explain(line, exit, output).map(|told| told.id)
}

#[test]
fn what_the_shell_says_about_programs_it_cannot_start_is_explained() {
    for (line, exit, output, expected, says) in [
        ("fmt.Println(1)", 2, "this line cannot be read at `(1)`: unexpected character\n", "shell-go-code", "editor"),
        (
            "myapp",
            127,
            "myapp: command not found; the program in this folder starts as ./myapp\n",
            "shell-here",
            "`./myapp`",
        ),
        ("./myapp", 127, "./myapp: there is no such file\n", "shell-no-program", "`go build` makes one"),
        (
            "./main.go",
            126,
            "./main.go is Go source, not a program; `go run ./main.go` runs it\n",
            "shell-is-source",
            "`go run ./main.go`",
        ),
        ("./a.txt", 126, "./a.txt is not a program: it may not be executed\n", "shell-not-executable", "`cat`"),
        ("./app", 126, "./app: cannot execute binary file: Exec format error\nIt is …\n", "shell-foreign", "`GOOS`"),
        ("cat go.md", 1, "cat: go.md: there is no such file or folder\n", "shell-no-file", "`ls`"),
        ("cat < zzz.txt 2> f.txt", 1, "zzz.txt: there is no such file or folder\n", "shell-no-file", "`zzz.txt`"),
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
        (
            "go run .",
            "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.Mutex.Lock]:\n\
             internal/sync.runtime_SemacquireMutex(0x1)\n\t/usr/local/go/src/runtime/sema.go:95 +0x25\n\
             internal/sync.(*Mutex).lockSlow(0x1)\n\t/usr/local/go/src/internal/sync/mutex.go:149 +0x15d\n\
             main.main()\n\t/x/main.go:8 +0x4a\n",
            "waits at `main.go:8`",
        ),
        (
            "go build",
            "main.go:3:8: cannot find module providing package example.com/x: module lookup off\n",
            "`go get example.com/x`",
        ),
        ("GOOS=windws go build", "go: unsupported GOOS/GOARCH pair windws/amd64\n", "`windws`"),
    ] {
        let told = explain(line, 1, output);
        let text = told.map(|told| told.text).unwrap_or_default();
        assert!(text.contains(says), "{line}: {text:?} does not say {says}");
    }
}

#[test]
fn a_wrong_file_name_gets_the_nearest_that_is_there() {
    let told = |names: &[&str]| {
        explain_among("go run gret.go", 1, "stat gret.go: no such file or directory\n", names).map(|told| told.text)
    };
    assert!(told(&["greet.go", "main.go", "grey.txt"]).unwrap().contains("perhaps you meant `greet.go`"));
    assert!(!told(&[]).unwrap().contains("perhaps you meant"));
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

#[test]
fn a_text_in_the_wrong_place_gets_advice_that_fits_its_type() {
    for (message, says) in [
        ("cannot use \"*\" (untyped string constant) as rune value in assignment", "single quotes"),
        ("cannot use \" \" (untyped string constant) as []string value in argument to f", "`[]string{\" \"}`"),
        ("cannot use \"5\" (untyped string constant) as int value in assignment", "leave the quotes away"),
        ("cannot use \"five\" (untyped string constant) as int value in assignment", "Write a number"),
        ("cannot use \"true\" (untyped string constant) as bool value in assignment", "Leave the quotes away"),
        ("cannot use \"x\" (untyped string constant) as Shape value in assignment", "a value of that type"),
        ("break is not in a loop, switch, or select", "loops, switches or selects"),
        ("newline in rune literal", "not closed"),
    ] {
        let told = explain("go build", 1, &format!("./main.go:6:2: {message}\n")).expect(message);
        assert!(told.text.contains(says), "{message}: {}", told.text);
    }
}

#[test]
fn what_stands_in_the_way_is_quoted_whole_and_with_its_article() {
    let told =
        explain("go run .", 1, "./main.go:10:10: address(\"Ada\", \"London\") (no value) used as value\n").unwrap();
    assert!(told.text.contains("`address(\"Ada\", \"London\")` returns nothing"), "{}", told.text);
    let told = explain(
        "go run .",
        1,
        "./main.go:4:15: cannot use 300 (untyped int constant) as int8 value in assignment (overflows)\n",
    );
    assert!(told.is_none_or(|told| !told.text.contains(" a `int8")), "an `int8`");
}
