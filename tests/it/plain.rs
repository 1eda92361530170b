//! The face of lines, driven through a pipe as a script or a screen reader's user would.

use std::fs;

use crate::stage::Stage;

const LESSON: &str = r#"# Make a file
<!-- minutes: 3 -->
<!-- goal: make a file -->

What a *file* is.

## Read this {#read}

Some **words** about [Go](https://go.dev).

## Make it {#make}

```text file=notes.txt
mine
```

Make a file `a.txt` with `hello` in it.

```check
file a.txt exists
file a.txt contains "hello"
```

> [!TIP]
> Use `echo`.

> [!TIP]
> <!-- when: there is nothing like it -->
> Not for you, `there is nothing like it`.

```console solution
$ echo hello > a.txt
```

## Which one? {#quiz}

- [ ] `x = 4`
  - This gives a new value to a variable that is there already.
- [x] `x := 4`

## Put in order {#order}

```go order=main.go
package main

func main() {
}
```
"#;

fn stage() -> Stage {
    Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-make-a-file.md", LESSON)])
}

/// What was printed, the machine's own folder aside.
fn printed(stage: &Stage, out: &str) -> String {
    out.replace(&stage.data().display().to_string(), "DATA")
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_is_replaced_under_us_still_runs_commands() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("haveago");
    std::fs::copy(env!("CARGO_BIN_EXE_haveago"), &program).unwrap();
    let mut child = std::process::Command::new(&program)
        .args(["--plain", "1.1"])
        .env("HAVEAGO_DATA", folder.path().join("data"))
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::fs::remove_file(&program).unwrap();
    let mut typed = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut typed, b"echo still\\ here\n").unwrap();
    drop(typed);
    let told = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(told.contains("\nstill here\n"), "{told}");
}

#[test]
fn a_lesson_is_learned_through_a_pipe() {
    let stage = stage();
    let told =
        stage.run(&["--plain"], ":next\necho hullo > a.txt\necho hello > a.txt\n:next\n:pick 1\n:pick 2\n:quit\n");
    assert_eq!((told.status, told.err.as_str()), (0, ""));
    let wanted = "\
Tiny. :help lists what you can type.

Chapter 1: First

All there is.

Lesson 1.1 Make a file, 3 minutes
Your folder: DATA/work/tiny/first/make-a-file

What a file is.

Step 1 of 4: Read this

Some words about Go (https://go.dev).

This step is for reading; :next goes on.

[1.1 Make a file] $ :next
Step done: Read this.

Step 2 of 4: Make it

In `notes.txt`:

    mine

Make a file `a.txt` with `hello` in it.

To do:
1. `a.txt` exists
2. `a.txt` contains `hello`

`notes.txt` lies in your folder.

[1.1 Make a file] $ echo hullo > a.txt
Done: `a.txt` exists.
";
    let out = printed(&stage, &told.out);
    assert!(out.starts_with(wanted), "{out}");
    let rest = &out[wanted.len()..];
    assert!(rest.starts_with("Not yet: `a.txt` contains `hello`. "), "what was seen is told: {rest}");
    let at = rest.find("\n[1.1 Make a file] $ echo hello").unwrap();
    let wanted = "
[1.1 Make a file] $ echo hello > a.txt
Done: `a.txt` contains `hello`.
Step done: Make it. 2 of 4 steps are done; :next goes on.

[1.1 Make a file] $ :next

Step 3 of 4: Which one?

Question (one answer is right):
1. `x = 4`
2. `x := 4`
Pick by number, as in :pick 2

[1.1 Make a file] $ :pick 1
Not right yet; try again.
This gives a new value to a variable that is there already.

[1.1 Make a file] $ :pick 2
Right.
Step done: Which one?. 3 of 4 steps are done; :next goes on.

[1.1 Make a file] $ :quit
Your progress is saved. Until next time.
";
    assert_eq!(&rest[at..], wanted.replace("Which one?.", "Which one?"));
}

#[test]
fn it_goes_on_where_it_was_left_even_at_the_end_of_input() {
    let stage = stage();
    let told = stage.run(&["--plain"], ":next\nmkdir sub && cd sub\npwd\n:type a.txt\nhello\n");
    assert_eq!(told.status, 0);
    let out = told.out.replace('\n', " ");
    assert!(
        out.contains("`a.txt` in your lesson's folder is not written: the line with a single . is missing."),
        "{out}"
    );
    assert!(told.out.ends_with("[1.1 Make a file] sub $ \nYour progress is saved. Until next time.\n"), "{}", told.out);

    let told = stage.run(&["--plain"], "history\n:quit\n");
    assert!(told.out.contains("Step 2 of 4: Make it"), "{}", told.out);
    assert!(told.out.contains("[1.1 Make a file] sub $ history"), "the directory is the same: {}", told.out);
    assert!(told.out.contains("mkdir sub && cd sub"), "the history as well: {}", told.out);
}

#[test]
fn files_are_typed_and_the_learners_own_stay() {
    let stage = stage();
    stage.run(&["--plain"], ":next\n:type notes.txt\nmy own\n.\n");
    let told = stage.run(&["--plain"], ":type a.txt\nhello\nyou\n.\n:back\n:next\n");
    assert!(told.out.contains("`a.txt` is written, 2 lines."), "{}", told.out);
    assert!(told.out.contains("Step done: Make it. 2 of 4 steps are done"), "{}", told.out);
    let folder = stage.data().join("work/tiny/first/make-a-file");
    assert_eq!(fs::read_to_string(folder.join("notes.txt")).unwrap(), "my own\n");
    assert_eq!(fs::read_to_string(folder.join("a.txt")).unwrap(), "hello\nyou\n");
}

#[test]
fn hints_come_one_by_one_and_the_solution_counts_as_help() {
    let stage = stage();
    let told = stage.run(&["--plain"], ":next\n:hint\n:hint\n:solution\necho hello > a.txt\n");
    for part in [
        "$ :hint\nHint 1:\nUse `echo`.\n",
        "$ :hint\nThere are no more hints. :solution shows the solution; the step then counts\nas done with help.\n",
        "$ :solution\nType:\n\n    echo hello > a.txt\n",
        "Step done: Make it.",
    ] {
        assert!(told.out.contains(part), "{part:?} in {}", told.out);
    }
    let told = stage.run(&["progress"], "");
    assert!(told.out.starts_with("Tiny: 2 of 4 steps done, 1 of them with the solution shown.\n"), "{}", told.out);
}

#[test]
fn lines_are_put_in_order_and_the_end_is_told() {
    let stage = stage();
    let first = stage.run(&["--plain"], ":next\n:next\n:pick 2\n:next\n").out;
    let shown: Vec<String> = (1..=3)
        .map(|number| {
            let mark = format!("{number:>3}");
            let line = first.lines().find_map(|line| line.strip_prefix(&mark)).expect("the lines are numbered");
            line.trim().to_owned()
        })
        .collect();
    let number = |line: &str| (shown.iter().position(|other| other == line).unwrap() + 1).to_string();
    let right = ["package main", "func main() {", "}"].map(number).join(" ");
    let right = format!(":read\n:order {right}");
    let told = stage.run(&["--plain"], &format!(":order 1 1 2\n{right}\n:next\n"));
    for part in [
        "Give each number from 1 to 3 once.",
        "Step done: Put in order. 3 of 4 steps are done; :next goes on.",
        "This was the last step; 3 of 4 steps are done. Still open: Make it in 1.1\nMake a file.",
    ] {
        assert!(told.out.contains(part), "{part:?} in {}", told.out);
    }
}

#[test]
fn a_program_reads_the_lines_that_follow_it_and_prints_no_escape_codes() {
    let stage = stage();
    let told = stage.run(&["--plain"], "head -n 1\nfor the program\n:quit\n");
    assert!(told.out.contains("for the program\n"), "{}", told.out);
    fs::write(stage.data().join("work/tiny/first/make-a-file/red.txt"), "\u{1b}[31mred\u{1b}[0m\n").unwrap();
    let told = stage.run(&["--plain"], "cat red.txt\nexit\n");
    assert!(told.out.contains("$ cat red.txt\nred\n"), "{}", told.out);
    assert!(!told.out.contains('\u{1b}'));
    assert!(told.out.ends_with("Until next time.\n"), "exit leaves: {}", told.out);
}

#[test]
fn a_mistyped_word_and_a_failing_command_are_told() {
    let stage = stage();
    let told = stage.run(&["--plain"], ":hnt\n:goto 4\n:goto mke\ncat nothing.txt\n:answer x\n:help\n");
    for part in [
        "There is no `:hnt`; did you mean `:hint`?",
        "There is no lesson 4: the course has 1 chapter.",
        "Exit status 1.",
        "Nothing in this step asks for an answer.",
        "  :pick NUMBERS - pick options of a question, as in :pick 2",
    ] {
        assert!(told.out.contains(part), "{part:?} in {}", told.out);
    }
    assert_eq!(told.status, 0);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_saved_is_told_once_and_one_goes_on() {
    let stage = stage();
    fs::create_dir_all(stage.data().join("state")).unwrap();
    // A link to nowhere: nothing can be read there, nor made, by any user.
    std::os::unix::fs::symlink("/nowhere/at/all", stage.data().join("state/courses")).unwrap();
    let told = stage.run(&["--plain"], ":next\n:back\n:quit\n");
    assert_eq!(told.status, 0);
    assert_eq!(told.out.matches("Your progress cannot be saved in").count(), 1, "{}", told.out);
    assert!(told.out.contains("Your latest progress is lost, as"), "{}", told.out);
}

const SHOP: &str = r#"# Mend a shop

## Mend it {#mend}

```gomod file=go.mod
module example.com/own

go 1.24
```

```gomod file=shop/go.mod
module example.com/shops

go 1.24
```

```check
file shop/go.mod contains "module example.com/shop\n"
file shop/main.go exists
```

```gomod solution=shop/go.mod
module example.com/shop

go 1.24
```

```go solution=shop/main.go
package main

func main() {
}
```
"#;

#[test]
fn a_steps_own_files_are_named_as_the_step_names_them_and_go_is_formatted() {
    let stage = Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-shop.md", SHOP)]);
    let typed =
        "cd shop\n:type shop/main.go\npackage main\nfunc main() { }\n.\n:type broken.go\npackage main\nfunc {\n.\n";
    let told = stage.run(&["--plain"], &format!("{typed}rm go.mod\n:type go.mod\nmodule example.com/shop\n.\n"));
    let out = told.out.replace('\n', " ");
    for part in [
        "`shop/main.go` in your lesson's folder is written, 2 lines. gofmt has set its spaces and lines in order.",
        "`shop/broken.go` in your lesson's folder is written, 2 lines. It stays as it is: gofmt stops at line 2, \
         expected 'IDENT', found '{'.",
        // Nothing is said of moving the other module's file.
        "There is no `shop/go.mod` yet; there is a `go.mod` in your lesson's folder, not in `shop`.  [1.1",
        "`shop/go.mod` in your lesson's folder is written, 1 line. Done:",
        "Step done: Mend it.",
    ] {
        assert!(out.contains(part), "{part:?} in {}", told.out);
    }
    let folder = stage.data().join("work/tiny/first/shop");
    assert_eq!(fs::read_to_string(folder.join("shop/main.go")).unwrap(), "package main\n\nfunc main() {}\n");
    assert_eq!(fs::read_to_string(folder.join("shop/broken.go")).unwrap(), "package main\nfunc {\n");
    assert!(!folder.join("shop/shop").exists());
}

#[test]
fn what_follows_a_prediction_comes_after_its_answer_and_lines_asked_for_stand_below() {
    let lesson = "# Guess\n\n## Guess {#guess}\n\n```go predict\npackage main\n\nfunc main() {\n\tprintln(7)\n}\n```\n\n\
                  ```output\n7\n```\n\nSeven it is.\n\n```check\nfile a.txt contains \"a\\n  b\"\n```\n\n\
                  ```text solution=a.txt\na\n  b\n```\n";
    let stage = Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-guess.md", lesson)]);
    let told = stage.run(&["--plain"], ":answer 8\n:quit\n");
    let answered = told.out.find(":answer 8").expect("the answer is shown");
    let (before, after) = told.out.split_at(answered);
    assert!(before.contains("More follows your prediction.") && !before.contains("Seven"), "{before}");
    assert!(after.contains("Not quite. It prints:") && after.contains("\nSeven it is.\n"), "{after}");
    assert!(after.contains("1. `a.txt` contains these 2 lines:\n       a\n         b\n"), "{after}");
}
