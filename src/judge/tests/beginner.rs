//! What beginners do in the first chapter, and the sentence that each of them reads.

use super::{binary, commands, file, files, path, ran, regex, text, told};
use crate::course::condition::{Fact, Feature, Prints, Run, RunHow};
use crate::judge::evidence::{Captured, Evidence, FileSeen, RunSeen};

fn runs(exits: i32, prints: Option<Prints>, exit: i32, output: &str) -> String {
    // A program that fails says so on its standard error.
    let stderr = if exit == 0 { String::new() } else { output.to_owned() };
    let captured = Captured { exit, output: output.to_owned(), stderr, ..Captured::default() };
    let runs = vec![(RunHow::default(), RunSeen::Ran(captured))];
    told(Fact::Runs(Run { how: RunHow::default(), exits, prints }), &Evidence { runs, ..Evidence::default() })
}

fn not_built(output: &str) -> String {
    let captured = Captured { exit: 1, output: output.to_owned(), ..Captured::default() };
    let runs = vec![(RunHow::default(), RunSeen::NotBuilt(captured))];
    told(Fact::Runs(Run { how: RunHow::default(), exits: 0, prints: None }), &Evidence { runs, ..Evidence::default() })
}

fn in_file(name: &str, wanted: &str, content: &str) -> String {
    told(Fact::FileContains(path(name), text(wanted)), &files(&[(name, file(content))]))
}

const NO_MODULE: &str =
    "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n";

#[test]
fn a_first_command() {
    let go_run = |wanted: &str| ran("go run", false, Some(text(wanted)));
    let run = |fact, line: &str, exit, output: &str| told(fact, &commands(&[(line, exit, output)]));
    for (said, wanted) in [
        (
            run(
                ran("go version", false, None),
                "go vresion",
                2,
                "go vresion: unknown command\nRun 'go help' for usage.\n",
            ),
            "you ran `go vresion`; `go version` is what the step asks for",
        ),
        (
            run(ran("go version", false, None), "goversion", 127, "goversion: command not found\n"),
            "you ran `goversion`; `go version` is what the step asks for",
        ),
        (
            run(ran("go version", false, None), "Go version", 127, "Go: command not found\n"),
            "you ran `Go version`; `go version` is what the step asks for",
        ),
        (run(ran("go env", false, None), "go env GOOOS", 0, "\n"), "met"),
        (
            run(ran("go run", true, Some(text("cannot use"))), "go run main.go", 0, "Opening the shop\nApples: 3\n"),
            "`go run main.go` worked; here it is meant to fail",
        ),
        (
            run(
                ran("go run", true, Some(text("cannot use"))),
                "go run mian.go",
                1,
                "stat mian.go: no such file or directory\n",
            ),
            "`go run mian.go` failed, with another message: `stat mian.go: no such file or directory`",
        ),
        (
            run(
                go_run("Apples: 3"),
                "go run main.go",
                1,
                "# command-line-arguments\n./main.go:7:19: cannot use \"3\" (untyped string constant) as int value in variable declaration\n",
            ),
            r#"`go run main.go` ended with exit status 1: `./main.go:7:19: cannot use "3" (untyped string constant) as int value in variable declaration`"#,
        ),
    ] {
        assert_eq!(said, wanted);
    }
}

#[test]
fn a_build_that_is_to_fail() {
    let build_fails = || ran("go build", true, Some(text("go.mod file not found")));
    let greet = || ran("go build", true, Some(text("undefined: greet")));
    let go_run = |wanted: &str| ran("go run", false, Some(text(wanted)));
    let run = |fact, line: &str, exit, output: &str| told(fact, &commands(&[(line, exit, output)]));
    for (said, wanted) in [
        (
            run(go_run("Apples: 3"), "go run main.go", 0, "Opening the shop\nApples: 4\n"),
            "`go run main.go` ran; seen: `Apples: 4` – `3` is asked for after `Apples:`, not `4`",
        ),
        (
            run(go_run("Apples: 3"), "go run main.go", 0, "Opening the shop\n"),
            "`go run main.go` ran; seen: `Opening the shop`",
        ),
        (run(build_fails(), "go build", 0, ""), "`go build` worked; here it is meant to fail"),
        (
            run(build_fails(), "go build", 1, "no Go files in /work/x\n"),
            "`go build` failed, with another message: `no Go files in /work/x`",
        ),
        (
            run(greet(), "go build", 1, NO_MODULE),
            "`go build` failed, with another message: `go: go.mod file not found in current directory or any parent directory; see 'go help modules'`",
        ),
        (run(greet(), "go build main.go", 0, ""), "`go build main.go` worked; here it is meant to fail"),
        (
            run(
                greet(),
                "go build mian.go",
                1,
                "no required module provides package mian.go; to add it:\n\tgo get mian.go\n",
            ),
            "`go build mian.go` failed, with another message: `no required module provides package mian.go; to add it:`",
        ),
    ] {
        assert_eq!(said, wanted);
    }
}

#[test]
fn a_run_and_a_look_into_a_file() {
    let go_run = |wanted: &str| ran("go run", false, Some(text(wanted)));
    let run = |fact, line: &str, exit, output: &str| told(fact, &commands(&[(line, exit, output)]));
    for (said, wanted) in [
        (
            run(go_run("Nice to meet you."), "go run .", 0, "Hello, Go!\nMy name is Ada.\n"),
            "`go run .` ran; seen: `Hello, Go!` and `My name is Ada.`",
        ),
        (
            run(go_run("Nice to meet you."), "go run .", 1, NO_MODULE),
            "`go run .` ended with exit status 1: `go: go.mod file not found in current directory or any parent directory; see 'go help modules'`",
        ),
        (
            run(ran("cat", false, Some(text("module"))), "cat gomod", 1, "cat: gomod: No such file or directory\n"),
            "`cat gomod` ended with exit status 1: `cat: gomod: No such file or directory`",
        ),
        (
            run(ran("cat", false, Some(text("module"))), "cat main.go", 0, "package main\n\nfunc main() {\n}\n"),
            "`cat main.go` ran; seen: `package main`, `func main() {` and `}`",
        ),
        (
            run(ran("./myapp", false, None), "myapp", 127, "myapp: command not found\n"),
            "`myapp` ended with exit status 127: `myapp: command not found` → a program of this folder is started with `./` before its name: `./myapp`",
        ),
        (
            run(ran("./myapp", false, None), "./myap", 127, "./myap: no such file or directory\n"),
            "you ran `./myap`; `./myapp` is what the step asks for",
        ),
        (
            run(
                ran("./myapp", false, Some(text("Good morning"))),
                "./myapp",
                0,
                "Hello, Go!\nMy name is Ada.\nNice to meet you.\n",
            ),
            "`./myapp` ran; seen: `Hello, Go!`, `My name is Ada.` and `Nice to meet you.`",
        ),
    ] {
        assert_eq!(said, wanted);
    }
}

#[test]
fn a_program_that_is_started() {
    let go_run = |wanted: &str| ran("go run", false, Some(text(wanted)));
    let run = |fact, line: &str, exit, output: &str| told(fact, &commands(&[(line, exit, output)]));
    for (said, wanted) in [
        (
            run(
                ran("./myapp", false, Some(text("Good morning"))),
                "./myapp",
                0,
                "Hello, Go!\nMy name is Ada.\nGood mornig.\n",
            ),
            "`./myapp` ran; seen: `Good mornig.` – `morning` is asked for after `Good`, not `mornig`",
        ),
        (
            run(ran("go build ./...", true, Some(text("as int value"))), "go build", 0, ""),
            "you ran `go build`; `go build ./...` is what the step asks for",
        ),
        (
            run(ran("go build", true, Some(text("unsupported GOOS/GOARCH pair"))), "GOOS=windws go build", 0, ""),
            "`GOOS=windws go build` worked; here it is meant to fail",
        ),
        (
            run(
                ran("go version -m", false, Some(text("CGO_ENABLED=0"))),
                "go version -m myapp",
                0,
                "myapp: go1.26.8\n\tpath\tx\n\tbuild\t-compiler=gc\n\tbuild\tCGO_ENABLED=1\n",
            ),
            "`go version -m myapp` ran; seen: `build    CGO_ENABLED=1` – `0` is asked for after `CGO_ENABLED=`, not `1`",
        ),
        (
            run(ran("go version", false, Some(regex("go1"))), "go version", 0, "devel\n"),
            "`go version` ran and printed `devel`",
        ),
        (
            run(go_run("waiting: 100000"), "go run ./crowd", 1, "stat /work/x/crowd: directory not found\n"),
            "`go run ./crowd` ended with exit status 1: `stat /work/x/crowd: directory not found`",
        ),
    ] {
        assert_eq!(said, wanted);
    }
}

#[test]
fn a_module_file() {
    for (said, wanted) in [
        (in_file("go.mod", "myapp\n", "module hello\n\ngo 1.26\n"), "in `go.mod`, seen: `module hello` and `go 1.26`"),
        (
            in_file("go.mod", "myapp\n", "module github.com/ada/myapps\n\ngo 1.26\n"),
            "in `go.mod`, seen: `module github.com/ada/myapps` – `myapp` is asked for, not `myapps`",
        ),
        (
            in_file("go.mod", "myapp\n", "module github.com/ada/MyApp\n\ngo 1.26\n"),
            "in `go.mod`, seen: `module github.com/ada/MyApp` – only upper and lower case differ: `myapp` is asked for, not `MyApp`",
        ),
        (
            in_file("go.mod", "module example.com/greeter\n", "module greeter\n\ngo 1.26\n"),
            "in `go.mod`, seen: `module greeter` – `example.com/` is missing after `module`",
        ),
        (
            in_file("go.mod", "module example.com/greeter\n", "module example.com/greeting\n\ngo 1.26\n"),
            "in `go.mod`, seen: `module example.com/greeting` – `greeter` is asked for after `example.com/`, not `greeting`",
        ),
        (
            in_file("go.mod", "module example.com/greeter\n", "module weather\n\ngo 1.26\n"),
            "in `go.mod`, seen: `module weather` and `go 1.26`",
        ),
        (
            in_file("go.mod", "module example.com/shop\n", "module https://example.com/shop\n\ngo 1.24\n"),
            "in `go.mod`, seen: `module https://example.com/shop` – `https://` is too much after `module`",
        ),
        (in_file("go.mod", "module example.com/shop\n", "module example.com/shop\r\n\r\ngo 1.24\r\n"), "met"),
    ] {
        assert_eq!(said, wanted);
    }
}

#[test]
fn a_file_that_is_looked_for() {
    for (said, wanted) in [
        (in_file("go.mod", "myapp\n", "module \n\ngo 1.26\n"), "in `go.mod`, seen: `module` and `go 1.26`"),
        (
            told(
                Fact::FileContains(path("go.mod"), regex(r"^module \S+$")),
                &files(&[("go.mod", file("modul x\n\ngo 1.26\n"))]),
            ),
            "`go.mod` does not have it yet; it begins with `modul x…`",
        ),
        (told(Fact::FileExists(path("go.mod")), &files(&[("go.mod", FileSeen::Missing)])), "there is no `go.mod` yet"),
        (
            told(
                Fact::FileExists(path("greet.go")),
                &files(&[("greet.go", FileSeen::Missing), ("greet.go.txt", file("x"))]),
            ),
            "there is no `greet.go` yet; seen: `greet.go.txt` → `mv greet.go.txt greet.go` gives it its name",
        ),
        (
            told(
                Fact::BinaryExists(path("myapp")),
                &files(&[("myapp", FileSeen::Missing), ("myapp.exe", FileSeen::Missing)]),
            ),
            "there is no `myapp` yet",
        ),
        (
            told(
                Fact::BinaryExists(path("myapp")),
                &files(&[("myapp", FileSeen::Missing), ("myapp.exe", binary("windows", "amd64", true))]),
            ),
            "`myapp.exe` is a program for windows/amd64, which this machine cannot start → build it without `GOOS` and `GOARCH`",
        ),
        (
            told(Fact::BinaryExists(path("myapp")), &files(&[("myapp", FileSeen::Folder)])),
            "`myapp` is a folder, not a program",
        ),
    ] {
        assert_eq!(said, wanted);
    }
}

#[test]
fn programs_as_beginners_write_them() {
    let contains = |wanted: &str| Some(Prints::Contains(text(wanted)));
    let exactly = |wanted: &str| Some(Prints::Exactly(wanted.to_owned()));
    for (said, wanted) in [
        (runs(0, contains("Hello, Go!"), 0, "Hello, Go\n"), "seen: `Hello, Go` – an exclamation mark is missing after `Go`"),
        (runs(0, contains("Hello, Go!"), 0, "hello, go!\n"), "seen: `hello, go!` – only upper and lower case differ: `Hello,` is asked for, not `hello,`"),
        (runs(0, contains("Hello, Go!"), 0, "hello go\n"), "seen: `hello go` – `Hello, Go!` is asked for, not `hello go`"),
        (runs(0, contains("Hello, Go!"), 0, "Hello World\n"), "seen: `Hello World` – `, Go!` is asked for after `Hello`, not `World`"),
        (runs(0, contains("Hello, Go!"), 0, "Goodbye\n"), "seen: `Goodbye`"),
        (runs(0, contains("My name is "), 0, "Hello, Go!\nMy name isAda.\n"), "seen: `My name isAda.` – `is` is asked for after `name`, not `isAda`"),
        (runs(0, contains("My name is "), 0, "Hello, Go!\nI am Ada.\n"), "seen: `Hello, Go!` and `I am Ada.`"),
        (runs(0, contains("My name is "), 0, "Hello, Go!\nMy mane is Ada.\n"), "seen: `My mane is Ada.` – `name` is asked for after `My`, not `mane`"),
        (runs(0, contains("My name is "), 0, "Hello, Go!\n"), "seen: `Hello, Go!`"),
        (runs(0, exactly("Hello, Ada\n"), 0, "Hello,Ada\n"), "seen: `Hello,Ada` – a space is missing after `Hello,`"),
        (runs(0, exactly("Hello, Ada\n"), 0, "Hello, Ada"), "seen: `Hello, Ada` – the line end at the very end is missing"),
        (runs(0, exactly("Hello, Ada\n"), 0, "Hello Ada\n"), "seen: `Hello Ada` – a comma is missing after `Hello`"),
        (runs(0, exactly("Hello, Ada\n"), 0, "Hello, Ada!\n"), "seen: `Hello, Ada!` – an exclamation mark is too much after `Ada`"),
        (runs(0, exactly("Hello, Bob\n"), 0, "Hello, Ada\n"), "seen: `Hello, Ada` – `Bob` is asked for after `Hello,`, not `Ada`"),
        (runs(0, exactly("Hello, Ada\n"), 0, "Hello,\nAda\n"), "seen: line 1: `Hello,` – `Ada` is missing after `Hello,`"),
        (runs(0, exactly("Hello, Ada\n"), 0, ""), "nothing was printed"),
        (runs(0, exactly("Hello, Ada\n"), 2, "panic: runtime error: index out of range [1] with length 1\n\ngoroutine 1 [running]:\nmain.main()\n"), "your program ended with exit status 2: `panic: runtime error: index out of range [1] with length 1`"),
        (runs(0, exactly("Hello, Ada\n"), 0, "/tmp/go-build1/exe/greeter\nAda\n"), "seen: line 1: `/tmp/go-build1/exe/greeter` – `Hello, Ada` is asked for"),
        (runs(0, exactly("Visitors today: 100\n"), 0, "Visitors today: 10\n"), "seen: `Visitors today: 10` – `100` is asked for after `today:`, not `10`"),
        (runs(1, None, 0, "ok\n"), "your program ended with exit status 0; exit status 1 is asked for"),
        (runs(3, None, 1, "no\n"), "your program ended with exit status 1; exit status 3 is asked for: `no`"),
        (not_built("# example.com/x\n./main.go:8:1: syntax error: unexpected EOF, expecting }\n"), "your program does not build: `main.go:8:1: syntax error: unexpected EOF, expecting }`"),
        (not_built("# example.com/x\nruntime.main_main·f: function main is undeclared in the main package\n"), "your program does not build: `function main is undeclared in the main package`"),
        (not_built("no Go files in /work/x\n"), "your program does not build: `no Go files in /work/x`"),
        (not_built(NO_MODULE), "your program does not build: `go: go.mod file not found in current directory or any parent directory; see 'go help modules'`"),
        (not_built("go: errors parsing go.mod:\ngo.mod:1: malformed module path \"https:\": invalid char ':'\n"), r#"your program does not build: `go.mod:1:1: malformed module path "https:": invalid char ':'`"#),
        (told(Fact::Builds, &Evidence { build: Some(Captured { exit: 1, output: "# x\n./main.go:5:6: missing function body\n./main.go:6:1: syntax error: unexpected semicolon or newline before {\n".to_owned(), ..Captured::default() }), ..Evidence::default() }), "`go build` says: `main.go:5:6: missing function body` (and 1 more message)"),
        (told(Fact::Uses { feature: Feature::Call("greet".to_owned()), wanted: true }, &Evidence { sources: vec![(path("main.go"), "package main\n".to_owned())], ..Evidence::default() }), "your code has no call of `greet` yet"),
    ] {
        assert_eq!(said, wanted);
    }
}
