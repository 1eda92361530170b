//! Every difference in its words.

use super::{exactly, lacks, lacks_written};

#[test]
fn what_is_missing_is_named() {
    for (wanted, seen, said) in [
        ("Hello, Go!", "Hello Go!\n", "seen: `Hello Go!` – a comma is missing after `Hello`"),
        ("Hello, Go!", "Hello, Go\n", "seen: `Hello, Go` – an exclamation mark is missing after `Go`"),
        ("Hello, Go!", "Hello,Go!\n", "seen: `Hello,Go!` – a space is missing after `Hello,`"),
        ("Hello, Go!", "Hello,, Go!\n", "seen: `Hello,, Go!` – a comma is too much after `Hello,`"),
        (
            "Hello, Go!",
            "hello, Go!\n",
            "seen: `hello, Go!` – only upper and lower case differ: `Hello,` is asked for, not `hello,`",
        ),
        ("Hello, Go!", "Helo, Go!\n", "seen: `Helo, Go!` – `Hello` is asked for, not `Helo`"),
        ("Hello, Go!", "Hello, Gi!\n", "seen: `Hello, Gi!` – `Go` is asked for after `Hello,`, not `Gi`"),
        ("Hello, Go!", "Start\n> Hello Go!\n", "seen: `> Hello Go!` – a comma is missing after `Hello`"),
        (
            "waiting: 100000",
            "waiting: 67530\n",
            "seen: `waiting: 67530` – `100000` is asked for after `waiting:`, not `67530`",
        ),
        ("Hello, Go!", "42\n", "seen: `42`"),
        ("Hello, Go!", "", "nothing was printed"),
        ("1\n2\n", "1\n3\n", "seen: `1` and `3`; the line `2` is missing"),
        ("15 popcorn\n12 popcorn", "15 popcorn\n", "seen: `15 popcorn`; the line `12 popcorn` is missing"),
        ("15 popcorn\n12 popcorn", "15 popcorn\n13 popcorn\n", "seen: `13 popcorn` – `12` is asked for, not `13`"),
        (
            "1\n2\n",
            "1\n0\n2\n",
            "seen: `1`, `0` and `2`; every line asked for is there, but not one right after the other",
        ),
        (
            "func main() {\n}\n",
            "func mian() {\n}\n",
            "seen: `func mian() {` – `main` is asked for after `func`, not `mian`",
        ),
        (
            "undefined: greet",
            "go: go.mod file not found in current directory\n",
            "seen: `go: go.mod file not found in current directory`",
        ),
        ("Hello", "one\ntwo\nthree\nfour\n", "seen: `one` and 3 more lines"),
        (
            "module example.com/x\n",
            "// module\nmodule\texample.com/x\n",
            "seen: `module    example.com/x` – a space is asked for after `module`, not a tab",
        ),
        (
            "example.com/x",
            "module https://example.org/x\n",
            "seen: `module https://example.org/x` – `com` is asked for after `example.`, not `org`",
        ),
        ("7\n", "7", "seen: `7` – the line end after it is missing"),
    ] {
        assert_eq!(lacks(wanted, seen), said, "{wanted:?} {seen:?}");
    }
}

#[test]
fn an_exact_text_is_compared_line_by_line() {
    for (wanted, seen, said) in [
        ("7\n", "7", "seen: `7` – the line end at the very end is missing"),
        ("7", "7\n", "seen: `7` – the line end at the very end is too much"),
        ("7\n", "7\n\n", "seen: `7` – there is an empty line too much at the very end"),
        ("7\n", "7\n8\n", "line 2 is an extra line: `8`"),
        ("7\n", "start\n7\n", "line 1 is an extra line: `start`"),
        ("7\n8\n", "7\n", "line 2 is missing: `8`"),
        ("7\n", "8\n", "seen: `8` – `7` is asked for"),
        ("a b\n", "a  b\n", "seen: `a  b` – a space is asked for after `a`, not 2 spaces"),
        ("a\tb\n", "a b\n", "seen: `a b` – a tab is asked for after `a`, not a space"),
        ("7\n8\n", "\n8\n", "seen: line 1: an empty line – `7` is asked for"),
        ("7\n\n8\n", "7\n8\n", "line 2 is missing: an empty line"),
        ("7\n", "7\r\n", "seen: `7` – only the line end differs"),
        ("", "7\n", "seen: `7` – nothing is to be printed here"),
        ("7\n", "", "nothing was printed"),
    ] {
        assert_eq!(exactly(wanted, seen), said, "{wanted:?} {seen:?}");
    }
}

#[test]
fn ends_of_lines_and_white_space_are_named() {
    for (wanted, seen, said) in [
        (
            "Tea 2.50\nCoffee 3.10\n",
            "Tea 2.50Coffee 3.10\n",
            "seen: `Tea 2.50Coffee 3.10` – a line end is missing after `2.50`",
        ),
        ("a\n", "\ta\n", "seen: `    a` – a tab is too much at the start"),
        ("a\n", "\t\ta\n", "seen: `        a` – 2 tabs are too much at the start"),
        ("a\n", " \ta\n", "seen: `     a` – a space and a tab are too much at the start"),
        ("a      b\n", "a b\n", "seen: `a b` – 6 spaces are asked for after `a`, not a space"),
    ] {
        assert_eq!(exactly(wanted, seen), said, "{wanted:?} {seen:?}");
    }
    assert_eq!(
        lacks("Hello, Ada\n", "Hello, Ada!\n"),
        "seen: `Hello, Ada!` – an exclamation mark is too much after `Ada`"
    );
    assert_eq!(
        lacks("Tea 2.50\n", "Tea 2.50Coffee 3.10\n"),
        "seen: `Tea 2.50Coffee 3.10` – a line end is missing after `2.50`"
    );
}

#[test]
fn of_a_file_only_what_is_near_is_shown() {
    let text = "package main\n\nfunc main() {\n\tprintln(\"Helo, Go\")\n}\n";
    assert_eq!(lacks_written("for range 3", text), "`for range 3` is not there yet");
    assert_eq!(lacks_written("package main\nfor range 3\n", text), "`for range 3` is not there yet");
    assert_eq!(
        lacks_written("println(\"Hello, Go\")", text),
        "seen: `println(\"Helo, Go\")` – `Hello` is asked for after `println(\"`, not `Helo`"
    );
}

#[test]
fn a_long_text_is_cut_kindly() {
    let seen = "x".repeat(500);
    assert_eq!(lacks("Hello", &seen), format!("seen: `{}…`", "x".repeat(119)));
}
