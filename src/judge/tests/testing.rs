//! Tests that do not fit, that panic, that are not there; programs in folders; what a forbidden thing's place is.

use super::{condition, path, told, told_of};
use crate::course::condition::{Fact, Feature, Prints, Run, RunHow, Tests};
use crate::judge::evidence::{Captured, Evidence, MutantsSeen, RunSeen};
use crate::judge::judge;

fn failed(output: &str) -> Captured {
    Captured { exit: 1, output: output.to_owned(), ..Captured::default() }
}

fn tested(output: &str) -> String {
    let tests = vec![(Tests::default(), failed(output))];
    told(Fact::Tests(Tests::default()), &Evidence { tests, ..Evidence::default() })
}

#[test]
fn a_hidden_test_that_does_not_fit_is_told_by_what_it_calls() {
    let build = |message: &str| {
        let place = "../../../tmp/haveago-probe-Xy12/overlay-0.go:12:22";
        format!("# example.com/x [example.com/x.test]\n{place}: {message}\nFAIL\texample.com/x [build failed]\nFAIL\n")
    };
    for (message, said) in [
        (
            "undefined: celsiusToFahrenheit",
            "the check calls `celsiusToFahrenheit`, and your code has nothing of that name → compare the name letter \
             by letter; small and capital letters differ",
        ),
        (
            "assignment mismatch: 2 variables but price returns 1 value",
            "the check calls `price`, and yours takes or gives something else: `assignment mismatch: 2 variables but \
             price returns 1 value`",
        ),
        (
            "cannot use []int{…} (value of type []int) as int value in argument to heaviest",
            "the check calls `heaviest`, and yours takes or gives something else: `cannot use []int{…} (value of type \
             []int) as int value in argument to heaviest`",
        ),
        (
            "not enough arguments in call to heaviest\n\thave ([]int)\n\twant (int, int)",
            "the check calls `heaviest`, and yours takes or gives something else: `not enough arguments in call to \
             heaviest, have ([]int), want (int, int)`",
        ),
        (
            "invalid operation: operator ! not defined on got (variable of type int)",
            "the check does not fit your code: `invalid operation: operator ! not defined on got (variable of type \
             int)`",
        ),
    ] {
        assert_eq!(tested(&build(message)), said);
    }
    assert_eq!(
        tested("# example.com/x\n./main.go:3:2: undefined: nme\nFAIL\texample.com/x [build failed]\n"),
        "`go test` says: `main.go:3:2: undefined: nme`",
        "a fault in the learner's own file keeps its place"
    );
}

const PANIC: &str = "--- FAIL: TestLast (0.00s)\n\
    panic: runtime error: index out of range [-1] [recovered, repanicked]\n\n\
    goroutine 7 [running]:\n\
    testing.tRunner.func1.2({0x5d, 0xc0})\n\t/usr/lib/go/src/testing/testing.go:1872 +0x237\n\
    panic({0x5d, 0xc0})\n\t/usr/lib/go/src/runtime/panic.go:783 +0x132\n";

#[test]
fn a_panic_is_told_with_its_reason_and_the_learners_line() {
    let trace =
        |own: &str| format!("{PANIC}{own}example.com/x.TestLast(0xc0)\n\t/tmp/haveago-probe-1/overlay-0.go:9 +0x1\n");
    assert_eq!(
        tested(&trace("example.com/x.last(...)\n\t/home/you/last/main.go:12\n")),
        "the test `TestLast` fails: it stops with `panic: runtime error: index out of range [-1]` at `main.go:12`"
    );
    assert_eq!(
        tested(&trace("")),
        "the test `TestLast` fails: it stops with `panic: runtime error: index out of range [-1]` in the check, with \
         what your code gives it"
    );
}

#[test]
fn missing_tests_are_told_by_their_folder() {
    let folder = Some(path("label"));
    let on_solution =
        Captured { output: "?   \texample.com/x/label\t[no test files]\n".to_owned(), ..Captured::default() };
    let mutants = Some(MutantsSeen { folder, on_solution, caught: vec![false] });
    assert_eq!(
        told(Fact::TestsCatchMutants, &Evidence { mutants, ..Evidence::default() }),
        "there are no tests in the folder `label` yet → write a file whose name ends in `_test.go`"
    );
}

#[test]
fn a_program_in_a_folder_is_told_from_the_lessons_folder() {
    let how = RunHow { dir: Some(path("balance")), ..RunHow::default() };
    let told = |seen: Captured| {
        let run = Run { how: how.clone(), exits: 0, prints: None };
        let runs = vec![(how.clone(), RunSeen::NotBuilt(seen))];
        told(Fact::Runs(run), &Evidence { runs, ..Evidence::default() })
    };
    assert_eq!(
        told(failed("# example.com/x/balance\n./main.go:12:12: undefined: sum\n")),
        "your program does not build: `balance/main.go:12:12: undefined: sum`"
    );
    assert_eq!(
        told(failed("../other/other.go:1:1: expected 'package'\n")),
        "your program does not build: `../other/other.go:1:1: expected 'package'`"
    );
}

#[test]
fn what_a_program_prints_is_no_reason_for_its_ending() {
    let captured =
        Captured { exit: 1, stdout: "too high\n".to_owned(), output: "too high\n".to_owned(), ..Captured::default() };
    let runs = vec![(RunHow::default(), RunSeen::Ran(captured))];
    let run = Run { how: RunHow::default(), exits: 0, prints: Some(Prints::Exactly("too low\n".to_owned())) };
    let seen = told(Fact::Runs(run), &Evidence { runs, ..Evidence::default() });
    assert_eq!(seen, "your program ended with exit status 1");
}

#[test]
fn a_forbidden_thing_is_told_with_its_first_place_and_in_words_that_are_taught() {
    let text = "package main\n\nfunc main() {\n\tprint(1)\n\tf := func() {}\n\tf()\n\tg := func() {}\n\tg()\n}\n";
    let sources = vec![(path("a/main.go"), "package main\n".to_owned()), (path("b/main.go"), text.to_owned())];
    let evidence = Evidence { sources, ..Evidence::default() };
    let uses = |word, wanted| {
        let check = [condition(Fact::Uses { feature: Feature::Construct(word), wanted })];
        told_of(&judge(&check, &evidence).judgements[0])
    };
    assert_eq!(uses("closure", false), "`b/main.go` has a function without a name in line 5; here it goes without");
    let evidence = Evidence { sources: vec![(path("main.go"), "package main\n".to_owned())], ..Evidence::default() };
    let closure = Fact::Uses { feature: Feature::Construct("closure"), wanted: true };
    assert_eq!(told(closure, &evidence), "your code has no function without a name yet");
}
