//! What the prober's own runs gave, the source, answers and servers.

use std::time::Duration;

use super::{condition, path, regex, text, told, told_of};
use crate::course::condition::{Condition, Fact, Feature, Http, Pattern, Prints, Run, RunHow, Tests};
use crate::judge::evidence::{Captured, Evidence, HttpSeen, MutantsSeen, RunSeen, Stopped};
use crate::judge::judge;

fn captured(exit: i32, output: &str) -> Captured {
    Captured { exit, output: output.to_owned(), ..Captured::default() }
}

#[test]
fn builds_vets_and_formats() {
    let two = "# hello\n./main.go:6:2: declared and not used: x\n./main.go:7:2: undefined: y\n";
    for (build, said) in [
        (captured(0, ""), "met"),
        (captured(1, two), "`go build` says: `main.go:6:2: declared and not used: x` (and 1 more message)"),
        (
            captured(1, "go: go.mod file not found\n"),
            "`go build` ended with exit status 1: `go: go.mod file not found`",
        ),
        (
            Captured { stopped: Some(Stopped::Time(Duration::from_mins(2))), ..captured(137, "") },
            "`go build` ran longer than 120 s and was stopped",
        ),
    ] {
        assert_eq!(told(Fact::Builds, &Evidence { build: Some(build), ..Evidence::default() }), said);
    }
    let vet = |vet| Evidence { vet: Some(vet), ..Evidence::default() };
    assert_eq!(told(Fact::Vets, &vet(captured(0, ""))), "met");
    assert_eq!(
        told(
            Fact::Vets,
            &vet(captured(1, "vet: ./main.go:6:14: fmt.Printf format %d has arg x of wrong type string\n"))
        ),
        "`go vet` says: `main.go:6:14: fmt.Printf format %d has arg x of wrong type string`"
    );
    let formatted = |files: Result<Vec<String>, Captured>| Evidence { unformatted: Some(files), ..Evidence::default() };
    assert_eq!(told(Fact::Formatted, &formatted(Ok(vec![]))), "met");
    assert_eq!(
        told(Fact::Formatted, &formatted(Ok(vec!["a.go".to_owned(), "b.go".to_owned()]))),
        "gofmt would write `a.go` and `b.go` differently → `gofmt -w a.go` writes it so"
    );
    assert_eq!(
        told(Fact::Formatted, &formatted(Err(captured(2, "main.go:3:1: expected declaration\n")))),
        "`gofmt` says: `main.go:3:1: expected declaration`"
    );
    for fact in [Fact::Builds, Fact::Vets, Fact::Formatted, Fact::TestsCatchMutants, Fact::Tests(Tests::default())] {
        assert_eq!(told(fact, &Evidence::default()), "not seen");
    }
}

#[test]
fn tests_pass_or_say_which_fails() {
    let told = |captured| {
        let tests = vec![(Tests::default(), captured)];
        told(Fact::Tests(Tests::default()), &Evidence { tests, ..Evidence::default() })
    };
    assert_eq!(told(captured(0, "ok  \thello\t0.004s\n")), "met");
    assert_eq!(told(captured(0, "?   \thello\t[no test files]\n")), "there are no tests here yet");
    let fails = "--- FAIL: TestDouble (0.00s)\n    main_test.go:8: Double(2) = 3, want 4\nFAIL\nexit status 1\n";
    assert_eq!(told(captured(1, fails)), "the test `TestDouble` fails: `Double(2) = 3, want 4`");
    let sub = "--- FAIL: TestDouble (0.00s)\n    --- FAIL: TestDouble/zero (0.00s)\n        x_test.go:8: got 1\nFAIL\n";
    assert_eq!(told(captured(1, sub)), "the test `TestDouble/zero` fails: `got 1`");
    let broken = "# hello [hello.test]\n./main_test.go:6:7: undefined: Double\nFAIL\thello [build failed]\n";
    assert_eq!(told(captured(1, broken)), "`go test` says: `main_test.go:6:7: undefined: Double`");
    assert_eq!(
        told(captured(2, "go: -race requires cgo; enable cgo by setting CGO_ENABLED=1\n")),
        "the race detector cannot run on this machine: `go: -race requires cgo; enable cgo by setting CGO_ENABLED=1` → install a C compiler to see it; nothing later needs this step"
    );
}

#[test]
fn planted_bugs_are_caught_or_slip_through() {
    let told = |on_solution, caught: &[bool]| {
        let mutants = Some(MutantsSeen { folder: None, on_solution, caught: caught.to_vec() });
        told(Fact::TestsCatchMutants, &Evidence { mutants, ..Evidence::default() })
    };
    assert_eq!(told(captured(0, "ok"), &[true, true]), "met");
    let advice = "→ test more cases: zero, one, negative, very large, empty";
    assert_eq!(
        told(captured(0, "ok"), &[true, false]),
        format!("1 of 2 planted bugs slips through your tests {advice}")
    );
    assert_eq!(
        told(captured(0, "ok"), &[false, false]),
        format!("2 of 2 planted bugs slip through your tests {advice}")
    );
    assert_eq!(
        told(captured(1, "--- FAIL: TestAdd (0.00s)\n    add_test.go:5: got 4\n"), &[true]),
        "your `TestAdd` fails on right code: `got 4`"
    );
    assert_eq!(
        told(captured(0, "?   \thello\t[no test files]\n"), &[false]),
        "there are no tests here yet → write a file whose name ends in `_test.go`"
    );
}

#[test]
fn a_run_is_judged_by_its_exit_and_its_output() {
    let told = |exits, prints, seen| {
        let runs = vec![(RunHow::default(), seen)];
        told(Fact::Runs(Run { how: RunHow::default(), exits, prints }), &Evidence { runs, ..Evidence::default() })
    };
    let contains = |wanted| Some(Prints::Contains(text(wanted)));
    let exactly = |wanted: &str| Some(Prints::Exactly(wanted.to_owned()));
    let run = |exit, output: &str| {
        let stderr = if exit == 0 { String::new() } else { output.to_owned() };
        RunSeen::Ran(Captured { stderr, ..captured(exit, output) })
    };
    let timeout = Captured { stopped: Some(Stopped::Time(Duration::from_secs(10))), ..captured(137, "") };
    let flood = Captured { stopped: Some(Stopped::Output(8_000_000)), ..captured(137, "y\n") };
    for (exits, prints, seen, said) in [
        (0, None, run(0, ""), "met"),
        (0, contains("Hello, Go!"), run(0, "Hello, Go!\n"), "met"),
        (0, contains("Hello, Go!"), run(0, "Hello Go!\n"), "seen: `Hello Go!` – a comma is missing after `Hello`"),
        (0, contains("Hello, Go!"), run(0, ""), "nothing was printed"),
        (0, Some(Prints::Contains(regex("[0-9]"))), run(0, "none\n"), "seen: `none`"),
        (0, exactly("7\n"), run(0, "7\r\n"), "met"),
        (0, exactly("7\n"), run(0, "7"), "seen: `7` – the line end at the very end is missing"),
        (1, None, run(1, ""), "met"),
        (1, None, run(0, ""), "your program ended with exit status 0; exit status 1 is asked for"),
        (3, None, run(1, "no\n"), "your program ended with exit status 1; exit status 3 is asked for: `no`"),
        (
            0,
            None,
            run(2, "start\npanic: boom\n\ngoroutine 1 [running]:\n"),
            "your program ended with exit status 2: `panic: boom`",
        ),
        (0, None, RunSeen::Ran(timeout), "your program ran longer than 10 s and was stopped"),
        (0, None, RunSeen::Ran(flood), "your program printed more than 8 MB and was stopped"),
        (
            0,
            None,
            RunSeen::NotBuilt(captured(1, "# hello\n./main.go:6:2: undefined: x\n")),
            "your program does not build: `main.go:6:2: undefined: x`",
        ),
        (0, None, RunSeen::NotBuilt(captured(127, "there is no Go here\n")), "there is no Go here"),
    ] {
        assert_eq!(told(exits, prints, seen), said);
    }
}

#[test]
fn the_source_is_asked_what_it_uses() {
    let sources = vec![(path("main.go"), "package main\n\nfunc main() {\n\tfor {\n\t}\n}\n".to_owned())];
    let evidence = Evidence { sources, ..Evidence::default() };
    let uses = |feature: Feature, wanted| told(Fact::Uses { feature, wanted }, &evidence);
    assert_eq!(uses(Feature::Construct("for"), true), "met");
    assert_eq!(uses(Feature::Construct("range"), true), "your code has no `range` yet");
    assert_eq!(uses(Feature::Construct("range"), false), "met");
    assert_eq!(uses(Feature::Construct("for"), false), "`main.go` has `for` in line 4; here it goes without");
    assert_eq!(uses(Feature::Func("Double".to_owned()), true), "your code has no function `Double` yet");
    assert_eq!(
        uses(Feature::Func("main".to_owned()), false),
        "`main.go` has a function `main` in line 3; here it goes without"
    );
    let nothing = Fact::Uses { feature: Feature::Construct("for"), wanted: false };
    assert_eq!(told(nothing, &Evidence::default()), "not seen");
}

#[test]
fn answers_are_compared_kindly() {
    let told = |answer: Option<&str>| {
        let patterns = vec![text("package main"), regex(r"^package\s+hello$")];
        told(Fact::Answers(patterns), &Evidence { answer: answer.map(str::to_owned), ..Evidence::default() })
    };
    assert_eq!(told(None), "not seen");
    assert_eq!(told(Some("  ")), "not seen");
    assert_eq!(told(Some(" Package  main ")), "met");
    assert_eq!(told(Some("package hello")), "met");
    assert_eq!(
        told(Some("package mian")),
        "you answered `package mian`, which is close → look at each letter once more"
    );
    assert_eq!(told(Some("func")), "you answered `func`; that is not it yet");
}

#[test]
fn a_server_is_asked() {
    let http = |prints| Http { method: "GET".to_owned(), port: 8080, path: "/health".to_owned(), status: 200, prints };
    let told = |prints: Option<Pattern>, seen: HttpSeen| {
        told(Fact::Http(http(prints.clone())), &Evidence { http: vec![(http(prints), seen)], ..Evidence::default() })
    };
    let answer = |status, body: &str| HttpSeen::Answer { status, body: body.to_owned() };
    assert_eq!(told(Some(text("ok")), answer(200, "ok\n")), "met");
    assert_eq!(told(None, answer(404, "")), "`GET :8080/health` answers with status 404; 200 is asked for");
    assert_eq!(told(Some(text("ok")), answer(200, "")), "`GET :8080/health` answers; nothing was printed");
    assert_eq!(
        told(None, HttpSeen::NoAnswer("connection refused".to_owned())),
        "nothing answers `GET :8080/health`: connection refused"
    );
}

#[test]
fn a_program_that_does_not_build_is_told_once() {
    let run = |args: &str| RunHow { args: vec![args.to_owned()], ..RunHow::default() };
    let prints = |args: &str| {
        let prints = Some(Prints::Contains(text(args)));
        condition(Fact::Runs(Run { how: run(args), exits: 0, prints }))
    };
    let output = "./main.go:6:2: declared and not used: x\n";
    let runs = ["1", "2"].map(|args| (run(args), RunSeen::NotBuilt(captured(1, output)))).to_vec();
    let evidence = Evidence { runs, build: Some(captured(1, output)), ..Evidence::default() };
    let told =
        |check: &[Condition]| -> Vec<String> { judge(check, &evidence).judgements.iter().map(told_of).collect() };
    let once = "your program does not build: `main.go:6:2: declared and not used: x`";
    assert_eq!(told(&[prints("1"), prints("2")]), [once, "not seen"]);
    let build = "`go build` says: `main.go:6:2: declared and not used: x`";
    assert_eq!(told(&[condition(Fact::Builds), prints("1"), prints("2")]), [build, "not seen", "not seen"]);
}
