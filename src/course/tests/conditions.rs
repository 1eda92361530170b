//! Every form of the check language: what it is read as, and the learner's sentence.

use std::time::Duration;

use crate::base::Place;
use crate::course::condition::{self, Condition, Fact, Pattern, Prints};

fn parse(line: &str) -> Condition {
    condition::parse(line, Place::new("l.md", 1, 1)).unwrap_or_else(|problem| panic!("{line}: {problem}"))
}

fn fault(line: &str) -> String {
    match condition::parse(line, Place::new("l.md", 7, 3)) {
        Ok(condition) => panic!("{line} is read as {condition:?}"),
        Err(problem) => problem.to_string(),
    }
}

/// Each line and its sentence.
const SENTENCES: &[(&str, &str)] = &[
    ("file go.mod exists", "`go.mod` exists"),
    ("file cmd/ exists", "`cmd` exists"),
    ("file go.mod contains \"module example\"", "`go.mod` contains `module example`"),
    ("file go.mod contains /go 1/", "`go.mod` matches `go 1`"),
    ("file go.mod matches /^module \\S+$/", "`go.mod` matches `^module \\S+$`"),
    ("no file go.sum", "there is no `go.sum`"),
    ("binary hello exists", "`hello` is a program for this machine"),
    ("binary hello is static", "`hello` needs no shared library"),
    ("binary hello.exe is for windows", "`hello.exe` is a program for Windows"),
    ("binary hello is for linux/arm64", "`hello` is a program for Linux on `arm64`"),
    ("binary hello is for macos", "`hello` is a program for macOS"),
    ("ran \"go mod init\"", "you ran `go mod init`"),
    ("ran \"go build\" fails", "`go build` fails"),
    ("ran \"go build\" fails prints \"go.mod file not found\"", "`go build` fails and says `go.mod file not found`"),
    ("ran \"go run\" prints \"Hello\"", "you ran `go run`, and it printed `Hello`"),
    ("ran \"go run\" prints /Hel+o/", "you ran `go run`, and it printed something that matches `Hel+o`"),
    ("build", "your program builds"),
    ("vet", "`go vet` finds nothing"),
    ("fmt", "the code is formatted as gofmt does"),
    ("test", "the tests pass"),
    ("test race", "the tests pass under the race detector"),
    ("test TestDouble", "the test `TestDouble` passes"),
    ("test TestDouble race", "the test `TestDouble` passes under the race detector"),
    ("tests catch mutants", "your tests pass, and they catch every planted bug"),
    ("run", "your program runs and ends without an error"),
    ("run prints \"Hello, Go!\"", "your program prints `Hello, Go!`"),
    ("run stdin \"3 4\\n\" prints exactly \"7\\n\"", "with `3 4` typed in, your program prints exactly `7`"),
    ("run prints exactly \"7\\n\" stdin \"3 4\\n\"", "with `3 4` typed in, your program prints exactly `7`"),
    ("run prints exactly \"a\\nb\\n\"", "your program prints exactly these 2 lines"),
    (
        "run stdin \"3\\n4\\n\" prints \"a\\n\\nb\"",
        "with the lines `3` and `4` typed in, your program prints these 3 lines",
    ),
    ("ran \"go run\" fails prints \"a\\nb\"", "`go run` fails and says these 2 lines"),
    ("file a contains \"a\\nb\"", "`a` contains these 2 lines"),
    ("ran \"echo 'a  b'\"", "you ran `echo 'a  b'`"),
    ("run prints exactly \"\"", "your program prints nothing"),
    ("run exits 1", "your program ends with exit status 1"),
    (
        "run in=cmd/sum args \"-n '3 4'\" timeout=5s race prints \"7\" exits 2",
        "started with `-n '3 4'`, under the race detector and within 5s, the program in `cmd/sum` prints `7` and ends \
             with exit status 2",
    ),
    ("uses func Double", "you declare a function `Double`"),
    ("uses type Shape", "you declare a type `Shape`"),
    ("uses call fmt.Println", "you call `fmt.Println`"),
    ("uses import \"os\"", "you import `os`"),
    ("uses package main", "you name the package `main`"),
    ("uses range", "you use `range`"),
    ("uses go", "you use `go`"),
    ("uses short-var", "you declare a variable with `:=`"),
    ("uses type-switch", "you use a type switch"),
    ("forbids goto", "you do not use `goto`"),
    ("forbids func init", "you do not declare a function `init`"),
    ("answer \"package main\" or /^package\\s+main$/", "you answered the question"),
    ("http GET :8080/health is 200 prints \"ok\"", "`GET /health` on port 8080 is answered with 200 and `ok`"),
    ("http POST :80 is 404", "`POST /` on port 80 is answered with 404"),
    ("now file go.mod exists", "right now, `go.mod` exists"),
    ("file a.go contains \"a`b\"", "`a.go` contains `` a`b ``"),
];

#[test]
fn each_form_has_its_sentence() {
    for (line, sentence) in SENTENCES {
        assert_eq!(parse(line).sentence(), *sentence, "{line}");
    }
}

#[test]
fn a_text_of_several_lines_is_shown_below_the_sentence() {
    assert_eq!(parse("run prints exactly \"a\\n\\nb\\n\"").lines(), Some("a\n\nb"));
    assert_eq!(parse("run prints \"a\\n\"").lines(), None, "one line stands in the sentence");
    assert_eq!(parse("run prints /a\\nb/").lines(), None);
}

#[test]
fn every_construct_can_be_used_and_forbidden() {
    for word in condition::CONSTRUCTS {
        assert!(parse(&format!("uses {word}")).sentence().starts_with("you "), "{word}");
        assert!(parse(&format!("forbids {word}")).sentence().starts_with("you do not "), "{word}");
    }
}

#[test]
fn a_condition_keeps_its_line_and_place() {
    let condition = condition::parse("  now build  ", Place::new("l.md", 4, 2)).expect("a condition");
    assert_eq!((condition.now, condition.source.as_str()), (true, "now build"));
    assert_eq!(condition.place, Place::new("l.md", 4, 4));
}

#[test]
fn texts_have_escapes_and_regexes_have_lines() {
    let Fact::FileContains(_, Pattern::Text(text)) = parse(r#"file a contains "\ta\"\\\x41\r\n""#).fact else {
        panic!("no text")
    };
    assert_eq!(text, "\ta\"\\A\r\n");
    let Fact::FileContains(_, regex) = parse(r"file a matches /^b\/c$/").fact else { panic!("no regex") };
    assert!(regex.found_in("a\nb/c\nd"));
    assert!(!regex.found_in("ab/c"));
}

#[test]
fn the_options_of_a_run_are_read_whole() {
    let Fact::Runs(run) = parse("run timeout=500ms in=cmd stdin \"\" args \"a 'b c' \\\"d\\\"\" prints /x/").fact
    else {
        panic!("no run")
    };
    assert_eq!(run.how.timeout, Some(Duration::from_millis(500)));
    assert_eq!(run.how.dir.as_ref().map(ToString::to_string).as_deref(), Some("cmd"));
    assert_eq!(run.how.stdin.as_deref(), Some(""));
    assert_eq!(run.how.args, ["a", "b c", "d"]);
    assert!(matches!(run.prints, Some(Prints::Contains(Pattern::Regex(_)))));
    assert_eq!(run.exits, 0);
}

/// Each wrong line, as it stands at 7:3, and its problem.
const FAULTS: &[(&str, &str)] = &[
    ("fiel go.mod exists", "l.md:7:3: the check word `fiel` is not known; write `file`"),
    ("file go.mod exsts", "l.md:7:15: the word `exsts` is not known; write `exists`"),
    ("file go.mod", "l.md:7:14: the line ends too early; go on with `exists`, `contains` or `matches`"),
    ("file", "l.md:7:7: here a path is missing; write, for example, `go.mod`"),
    (
        "file ../x exists",
        "l.md:7:8: `../x` is no path that can be used here; the path must not have `.` or `..` or an empty part",
    ),
    (
        "file go.mod matches \"x\"",
        "l.md:7:23: `matches` takes a regular expression between slashes; write `contains` for a text in quotes",
    ),
    ("file go.mod contains \"\"", "l.md:7:24: an empty text is found everywhere; write the text that is wanted"),
    (
        "file go.mod contains x",
        "l.md:7:24: here a text in double quotes, or a regular expression between slashes is missing; write, for \
             example, `\"Hello\"` or `/Hel+o/`",
    ),
    ("build all", "l.md:7:9: `all` is more than this line takes; take it away, or write it as a line of its own"),
    ("ran go build", "l.md:7:7: here a text in double quotes is missing; write, for example, `\"go mod init\"`"),
    ("ran \"\"", "l.md:7:7: the command is empty; write how it starts, as in `ran \"go build\"`"),
    ("ran \"go 'x\"", "l.md:7:7: a quote in `go 'x` has no end; close it with `'`"),
    ("ran \"go\" fials", "l.md:7:12: the word after the command `fials` is not known; write `fails`"),
    ("run prints \"Hé", "l.md:7:14: the text has no end; close it with `\"`"),
    ("run prints \"é\"x", "l.md:7:17: `x` follows the text without a space; put a space between"),
    (
        "run prints \"é\\q\"",
        "l.md:7:16: the escape `\\q` is not known; the escapes are `\\n`, `\\t`, `\\r`, `\\\"`, `\\\\` and `\\x41`; \
             write `\\\\` for a backslash",
    ),
    ("run prints \"\\x8g\"", "l.md:7:15: `\\x8g` is no character; write two digits from `\\x00` to `\\x7f`"),
    ("run prits \"x\"", "l.md:7:7: the option of `run` `prits` is not known; write `prints`"),
    ("run im=cmd", "l.md:7:7: the option of `run` `im=` is not known; write `in=`"),
    ("run race race", "l.md:7:12: `race` is there twice; keep one of them"),
    ("run in=a in=b", "l.md:7:12: `in` is there twice; keep one of them"),
    ("run timeout=5", "l.md:7:15: `5` is no time; write `5s`, `500ms` or `1m`"),
    ("run exits x", "l.md:7:13: `x` is no exit status; write a number from 0 to 255"),
    ("run exits 256", "l.md:7:13: `256` is no exit status; write a number from 0 to 255"),
    ("run prints exactly /x/", "l.md:7:22: here a text in double quotes is missing; write, for example, `\"7\\n\"`"),
    (
        "run prints /(/",
        "l.md:7:14: the regular expression is not valid: unclosed group; correct it; the syntax is that of Go's \
             `regexp`, and a `\\` takes away a character's special meaning",
    ),
    (
        "run prints /x",
        "l.md:7:14: the regular expression has no end; close it with `/`; a slash inside is written `\\/`",
    ),
    ("uses rang", "l.md:7:8: the word of Go `rang` is not known; write `range`"),
    ("uses func", "l.md:7:12: here a name is missing; write, for example, `func Double`"),
    ("binary x is statik", "l.md:7:15: the word after `is` `statik` is not known; write `static`"),
    ("binary x is for windos", "l.md:7:19: the system `windos` is not known; write `windows`"),
    ("binary x is for linux/amd46", "l.md:7:25: the processor `amd46` is not known; write `amd64`"),
    ("test Double", "l.md:7:8: the word after `test` `Double` is not known; use `race` or `TestName`"),
    ("tests catch mutant", "l.md:7:15: the word after `catch` `mutant` is not known; write `mutants`"),
    ("answer \"a\" and \"b\"", "l.md:7:14: the word between answers `and` is not known; use `or`"),
    ("http GTE :80 is 200", "l.md:7:8: the method `GTE` is not known; write `GET`"),
    ("http GET 8080/x is 200", "l.md:7:12: `8080/x` is no port and path; write, for example, `:8080/health`"),
    ("http GET :80/x is 20", "l.md:7:21: `20` is no HTTP status; write a number from 100 to 599"),
    (
        "now",
        "l.md:7:6: the line ends too early; go on with `file`, `no`, `binary`, `ran`, `build`, `vet`, `fmt`, `test`, \
             `tests`, `run`, `uses`, `forbids`, `answer` or `http`",
    ),
];

#[test]
fn each_wrong_line_is_told_at_the_word_with_its_mend() {
    for (line, expected) in FAULTS {
        assert_eq!(fault(line), *expected, "{line}");
    }
}
