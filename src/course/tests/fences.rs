//! Every row of the table of fences.

use super::support::{assert_problems, course, files, lesson, one, one_step, step};
use crate::course::load;
use crate::course::model::{BlockKind, CodeBlock, Step};

fn codes(step: &Step) -> Vec<&CodeBlock> {
    step.blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Code(code) => Some(code),
            _ => None,
        })
        .collect()
}

#[test]
fn a_block_without_words_is_shown() {
    let step = step("```Go\nx := 1\n```\n\n    indented\n\n```\nplain\n```\n");
    let seen: Vec<(&str, &str)> =
        codes(&step).iter().map(|code| (code.language.as_str(), code.text.as_str())).collect();
    assert_eq!(seen, [("go", "x := 1\n"), ("", "indented\n"), ("", "plain\n")]);
    assert!(step.is_reading());
}

#[test]
fn file_is_the_starter_and_is_shown() {
    let step = step("```go file=cmd/main.go\npackage main\n```\n");
    assert_eq!(step.files[0].path.as_str(), "cmd/main.go");
    assert_eq!(step.files[0].text, "package main\n");
    assert_eq!(step.files[0].place.to_string(), "01-x/01-y.md:6:1");
    assert_eq!(codes(&step)[0].file.as_ref(), Some(&step.files[0].path));
}

#[test]
fn solution_test_and_mutant_are_hidden() {
    let step = step(
        "```check\ntest\ntests catch mutants\n```\n\n```go solution=a.go\npackage a\n```\n\n\
         ```go test=a_test.go\npackage a\n```\n\n```go mutant=a.go\npackage a // 1\n```\n\n\
         ```go mutant=a.go\npackage a // 2\n```\n\n```text solution=go.mod\nmodule a\n```\n",
    );
    assert_eq!(step.blocks.len(), 1);
    let paths: Vec<&str> = step.solution.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["a.go", "go.mod"]);
    assert_eq!(step.tests[0].path.as_str(), "a_test.go");
    assert_eq!(step.mutants.len(), 2);
}

#[test]
fn fails_is_shown_with_its_text_and_goes_with_file() {
    let step = step("```go fails=\"a \\\"b\\\"\" file=main.go\nx\n```\n\n```go fails=oops\nx\n```\n");
    let fails: Vec<Option<&str>> = codes(&step).iter().map(|code| code.fails.as_deref()).collect();
    assert_eq!(fails, [Some("a \"b\""), Some("oops")]);
    assert_eq!(step.files.len(), 1);
}

#[test]
fn console_blocks_have_commands_with_output() {
    let step = step("```console\n$ go build\n...\nok\n$ ls\n\n```\n");
    let commands = &codes(&step)[0].commands;
    assert_eq!(commands[0].line, "go build");
    assert_eq!(commands[0].output, ["...", "ok"]);
    assert_eq!(commands[0].place.to_string(), "01-x/01-y.md:6:3");
    assert_eq!((commands[1].line.as_str(), commands[1].output.len()), ("ls", 1));
}

#[test]
fn a_console_solution_is_hidden_and_replayed_in_order() {
    let step = step(
        "```check\nfile go.mod exists\n```\n\n```console solution\n$ go mod init a\n```\n\n```console solution\n$ ls\n```\n",
    );
    let lines: Vec<&str> = step.solution.commands.iter().map(|command| command.line.as_str()).collect();
    assert_eq!(lines, ["go mod init a", "ls"]);
    assert_eq!(step.blocks.len(), 1);
}

#[test]
fn predict_takes_the_output_below_it() {
    let step = step("```go predict\npackage main\n```\n\n```output\n1\n2\n```\n");
    assert_eq!(step.predictions[0].code, "package main\n");
    assert_eq!(step.predictions[0].output, "1\n2\n");
    assert_eq!(step.blocks.len(), 1);
    assert_eq!(step.blocks[0].kind, BlockKind::Prediction(0));
}

#[test]
fn order_is_shuffled_and_passes_the_step() {
    let step = step("```go order=main.go\na\nb\na\nc\n```\n\n```check\nbuild\n```\n");
    let order = &step.orders[0];
    assert_eq!(order.lines, ["a", "b", "a", "c"]);
    let mut sorted = order.shuffled.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [0, 1, 2, 3]);
    let shown: Vec<&String> = order.shuffled.iter().map(|index| &order.lines[*index]).collect();
    assert_ne!(shown, order.lines.iter().collect::<Vec<_>>());
    assert_eq!(step.blocks[0].kind, BlockKind::Order(0));
}

#[test]
fn order_leaves_blank_lines_out() {
    let step = step("```go order=main.go\npackage main\n\nfunc main() {\n\t\n}\n```\n");
    let order = &step.orders[0];
    assert_eq!(order.lines, ["package main", "func main() {", "}"]);
    assert_eq!(order.text, "package main\n\nfunc main() {\n\t\n}\n");
    assert_eq!(order.shuffled.len(), 3);
}

#[test]
fn check_blocks_name_ranges_of_one_check() {
    let step = step(
        "```check\nbuild\n\nvet\n```\n\nMore.\n\n- in a list\n\n  ```check\n  fmt\n  ```\n\n```console solution\n$ x\n```\n",
    );
    let sources: Vec<&str> = step.check.iter().map(|condition| condition.source.as_str()).collect();
    assert_eq!(sources, ["build", "vet", "fmt"]);
    assert_eq!(step.check[1].place.to_string(), "01-x/01-y.md:8:1");
    assert_eq!(step.check[2].place.to_string(), "01-x/01-y.md:16:3");
    assert_eq!(step.blocks[0].kind, BlockKind::Check(0..2));
    let BlockKind::List { items, .. } = &step.blocks[2].kind else { panic!("{:?}", step.blocks) };
    assert_eq!(items[0].blocks[1].kind, BlockKind::Check(2..3));
}

#[test]
fn src_takes_a_file_of_the_lessons_folder_or_beside_it() {
    let text = "# T\n\n## S\n\n```go file=a.go src=a.txt\n```\n\n```go file=b.go src=b.txt\n```\n";
    let files = files(&[("01-x/01-y.md", text), ("01-x/01-y/a.txt", "A\r\nA\n"), ("01-x/b.txt", "B\n")]);
    let course = course(load(&files));
    let step = &course.chapters[0].lessons[0].steps[0];
    let seen: Vec<(&str, String)> =
        step.files.iter().map(|file| (file.text.as_str(), file.place.to_string())).collect();
    assert_eq!(seen, [("A\nA\n", "01-x/01-y/a.txt:1:1".to_owned()), ("B\n", "01-x/b.txt:1:1".to_owned())]);
}

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_change_nothing() {
    let windows = format!("\u{feff}{}", super::example::LESSON.replace('\n', "\r\n"));
    assert_eq!(lesson(one(&windows)), lesson(one(super::example::LESSON)));
}

#[test]
fn each_wrong_fence_is_told_at_the_word_with_its_mend() {
    for (fence, expected) in [
        ("go fiel=main.go", "5:7: the fence word `fiel=` is not known; write `file=`"),
        ("go predikt", "5:7: the fence word `predikt` is not known; write `predict`"),
        ("go solution", "5:7: `solution` needs a file name; write `solution=main.go`"),
        ("go fails", "5:7: `fails` needs a value; write `fails=\"declared and not used\"`"),
        ("go fails=\"\"", "5:13: `fails=` is empty; write the text its output has, in double quotes"),
        ("go fails=\"x", "5:13: the text has no end; close it with `\"`"),
        (
            "go file=../x",
            "5:12: `../x` is no file name that can be used here; the path must not have `.` or `..` or an empty part",
        ),
        (
            "go test=main.go",
            "5:12: `main.go` is no name of a test file: Go looks only into `…_test.go`; write, for example, \
             `test=main_test.go`",
        ),
        ("go file=a.go solution=a.go", "5:17: a block is `file=` or `solution=`, not both; write two blocks"),
        ("go fails=x predict", "5:4: `fails=` and `predict` do not go together; write two blocks"),
        (
            "text order=a",
            "5:9: `order=` is for Go only, and this block is `text`; begin the fence with `go`, or take `order=` away",
        ),
        ("file=main.go", "5:4: the fence begins with `file=main.go` instead of a language; write `go file=main.go`"),
        ("consol", "5:4: the language `consol` is not known; write `console`"),
        ("chek", "5:4: the language `chek` is not known; write `check`"),
        ("console solutoin", "5:12: the fence word `solutoin` is not known; write `solution`"),
        ("check now", "5:10: a `check` block takes no further words; take `now` away"),
        ("go file=a.go src=none.go", "5:21: there is no file `none.go`; put it at `01-x/01-y/none.go`"),
    ] {
        let loaded = one_step(&format!("```{fence}\n$ build\n```\n"));
        let expected = format!("01-x/01-y.md:{expected}");
        assert!(super::support::shown(&loaded.problems).contains(&expected), "{fence}: {:?}", loaded.problems);
        assert!(loaded.course.is_some(), "{fence}");
    }
}

#[test]
fn each_block_that_lacks_something_is_told() {
    assert_problems(
        &one_step("```output\nx\n```\n\n```go predict\nx\n```\n\n```go order=a.go\nsame\nsame\n```\n"),
        &[
            "5:1: this output belongs to no `predict` block; put it right below a ` ```go predict ` block, or call it `text`",
            "9:1: no output follows this `predict` block; write what it prints right below, in ` ```output `",
            "13:1: there is nothing to put in order; write at least two different lines",
        ],
    );
    assert_problems(
        &one_step("```console\n```\n\n```console\nx\n$ \n```\n\n```check\n```\n"),
        &[
            "5:1: this console block has no command; begin a command with `$ `, or call the block `text`",
            "9:1: this line stands before the first command; begin a command with `$ `",
            "10:1: after `$` there is no command; write a command, or take the line away",
            "13:1: this check is empty; write one condition a line, as in `file go.mod exists`",
        ],
    );
    assert_problems(
        &one_step("```go file=a.go\nx\n```\n\n```go file=a.go src=b\nx\n```\n"),
        &[
            "9:1: `file=a.go` is there twice in this step, first in line 6; keep one of them",
            "9:21: there is no file `b`; put it at `01-x/01-y/b`",
            "10:1: a block with `src=` has text of its own too; take the text away, or `src=`",
        ],
    );
}

#[test]
fn a_block_without_an_end_is_told() {
    assert_problems(
        &one_step("```go\nx\n````\n\n> ~~~\n> x\n\n```\n```\n\n```go\nx\n\n## Swallowed\n"),
        &[
            "9:3: this block has no end; close it with `~~~` in a line of its own",
            "15:1: this block has no end; close it with ````` in a line of its own",
        ],
    );
}

#[test]
fn a_block_for_a_step_stands_in_a_step() {
    assert_problems(
        &one("# T\n\n```go file=a.go\nx\n```\n\n## S\n\n> [!TIP]\n> ```go solution=a.go\n> x\n> ```\n"),
        &[
            "3:4: this block does something in a step, and no step has begun; put a `## Heading` before it",
            "10:6: this block does something in the step, and stands inside a hint or a footnote; move it out",
        ],
    );
}
