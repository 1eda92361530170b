//! One fault a course, and the sentence that tells it.

use super::{check_lessons, told};

const MAIN: &str = "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"Hello\")\n}\n";

fn step(body: &str) -> String {
    format!("# Lesson\n\n## Step {{#step}}\n\n{body}")
}

fn faults(lesson: &str) -> Vec<String> {
    told(&check_lessons(&[lesson]))
}

#[test]
fn a_starter_that_already_passes() {
    let lesson = step(&format!(
        "```go file=main.go\n{MAIN}```\n\n```check\nrun prints \"Hello\"\n```\n\n```go solution=main.go\n{MAIN}```\n"
    ));
    assert_eq!(
        faults(&lesson),
        [
            "01-one/01-first.md:16:1: this check passes before the learner has done anything; leave something to do in the \
          starter, or ask for something that is not there yet"
        ]
    );
}

#[test]
fn a_solution_that_does_not_pass() {
    let lesson = step(&format!("```check\nrun prints \"Hello, Go!\"\n```\n\n```go solution=main.go\n{MAIN}```\n"));
    assert_eq!(
        faults(&lesson),
        ["01-one/01-first.md:6:1: the solution does not pass `run prints \"Hello, Go!\"`: seen: `Hello` – `, Go!` is \
          missing after `Hello`; mend the solution, or this line"]
    );
}

#[test]
fn a_solution_of_commands_that_does_not_pass() {
    let lesson = step("```check\nran \"go mod init\"\n```\n\n```console solution\n$ go mod int\n```\n");
    assert_eq!(
        faults(&lesson),
        [
            "01-one/01-first.md:6:1: the solution does not pass `ran \"go mod init\"`: you ran `go mod int`; `go mod init` \
          is what the step asks for; mend the solution, or this line"
        ]
    );
}

#[test]
fn an_untrue_transcript() {
    let lesson = step("```console\n$ echo one\none\n$ echo two\nthree\n```\n");
    assert_eq!(
        faults(&lesson),
        [
            "01-one/01-first.md:8:3: `echo two` prints `two` where `three` is shown; show what it prints; `...` stands for \
          any lines, `…` for any text on a line"
        ]
    );
}

#[test]
fn an_unknown_fence_word_and_a_broken_link() {
    let found = faults(&step("```go fiel=main.go\nx := 1\n```\n\n[gone](02-nowhere.md)\n"));
    assert!(found.iter().any(|line| line.contains(":5:") && line.contains("fiel")), "{found:?}");
    assert!(found.iter().any(|line| line.contains(":9:") && line.contains("02-nowhere.md")), "{found:?}");
}

#[test]
fn an_untrue_prediction() {
    let lesson = step(&format!("```go predict\n{MAIN}```\n\n```output\nHullo\n```\n"));
    let found = faults(&lesson);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].ends_with("this prints `Hello`, not `Hullo`; write in the `output` block below it what it prints")
    );
}

#[test]
fn a_when_that_never_comes_up() {
    let lesson = step(&format!(
        "```check\nrun prints \"Hello\"\n```\n\n> [!TIP]\n> <!-- when: the moon is made of cheese -->\n> Look up.\n\n\
         ```go solution=main.go\n{MAIN}```\n"
    ));
    let found = faults(&lesson);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`when: the moon is made of cheese` never comes up"), "{found:?}");
}

#[test]
fn a_block_that_gofmt_would_change_or_cannot_read() {
    assert_eq!(
        faults(&step("```go\nx := 1\ny:=2\n```\n")),
        [
            "01-one/01-first.md:7:1: this Go is not as gofmt writes it; write this line as `y := 2` (`→` is a tab), or put \
          the block through gofmt"
        ]
    );
    let found = faults(&step("```go\nfunc {\n```\n"));
    assert!(found[0].starts_with("01-one/01-first.md:6:1: this Go does not parse: expected 'IDENT'"), "{found:?}");
}

#[test]
fn a_starter_for_gofmt_need_not_be_as_gofmt_writes_it() {
    let starter = "package main\n\nfunc main() {\nprintln(1)\n}\n";
    let rest = "```console solution\n$ gofmt -w main.go\n```\n";
    let with =
        |check: &str| faults(&step(&format!("```go file=main.go\n{starter}```\n\n```check\n{check}\n```\n\n{rest}")));
    assert_eq!(with("fmt"), [""; 0]);
    assert!(with("ran \"gofmt -w\"")[0].contains("this Go is not as gofmt writes it"));
}

#[test]
fn lines_to_put_in_order_that_gofmt_would_change() {
    let lines = "package main\n\nfunc main() {\n  println(1)\n}\n";
    assert_eq!(
        faults(&step(&format!("```go order=main.go\n{lines}```\n"))),
        [
            "01-one/01-first.md:9:1: this Go is not as gofmt writes it; write this line as `→println(1)` (`→` is a tab), or \
          put the block through gofmt"
        ]
    );
}

#[test]
fn a_whole_file_that_does_not_compile_and_a_fails_that_does_not_fail_so() {
    let broken = MAIN.replace("\"Hello\"", "name");
    let found = faults(&step(&format!("```go\n{broken}```\n")));
    assert_eq!(
        found,
        [
            "01-one/01-first.md:6:1: this file does not compile: haveago_block.go:6:14: undefined: name; mend it, say what \
          it fails with (`fails=\"…\"`), or show a part of it only"
        ]
    );
    let found = faults(&step(&format!("```go fails=\"declared and not used\"\n{broken}```\n")));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains(
            "this does not fail with `declared and not used`; seen: `./haveago_block.go:6:14: undefined: name`"
        )
    );
}

#[test]
fn hidden_tests_that_pass_on_the_starter() {
    let double = "package main\n\nfunc Double(n int) int { return n * 2 }\n\nfunc main() {}\n";
    let test = "package main\n\nimport \"testing\"\n\nfunc TestDouble(t *testing.T) {\n\tif Double(0) != 0 {\n\t\tt.Error(\"no\")\n\t}\n}\n";
    let lesson = step(&format!(
        "```go file=main.go\n{double}```\n\n```go test=main_test.go\n{test}```\n\n```check\ntest\nuses range\n```\n\n\
         ```go solution=main.go\n{}```\n",
        double.replace("func main() {}", "func main() {\n\tfor range 3 {\n\t}\n}")
    ));
    let found = faults(&lesson);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("these hidden tests pass before the learner has done anything"), "{found:?}");
}

#[test]
fn an_untrue_transcript_on_a_chapter_page_or_in_a_hint() {
    let course = super::course(&[
        "# Lesson\n\n## Read {#read}\n\n> [!TIP]\n> Look:\n>\n> ```console\n> $ echo one\n> two\n> ```\n",
    ]);
    std::fs::write(course.path().join("01-one/README.md"), "# One\n\n```console\n$ echo three\nfour\n```\n").unwrap();
    let source = haveago::store::source::CourseSource::Folder(course.path().to_owned());
    let found =
        told(&haveago::author::check(&source, None, &super::env(), &haveago::author::Memo::none(), &mut |_| {}));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("01-one/01-first.md:9:5: `echo one` prints `one` where `two` is shown"), "{found:?}");
    assert!(
        found[1].starts_with("01-one/README.md:4:3: `echo three` prints `three` where `four` is shown"),
        "{found:?}"
    );
}

#[test]
fn a_starter_that_would_stand_over_the_learners_own_work() {
    let other = MAIN.replace("Hello", "Bye");
    let lesson = step(&format!(
        "```check\nrun prints \"Hello\"\n```\n\n```go solution=main.go\n{MAIN}```\n\n## Next {{#next}}\n\n\
         ```go file=main.go\n{other}```\n"
    ));
    let found = faults(&lesson);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("this starter is never laid: by then `main.go` is the learner's own work"), "{found:?}");
}
