//! Titles, steps, directions, hints, quizzes, and what GFM has.

use super::support::{assert_problems, lesson, one, one_step, step};
use crate::course::model::{AlertKind, Align, BlockKind, Inline, plain_text};

#[test]
fn directions_under_the_title_are_the_lessons() {
    let text = "# T\n<!-- minutes: 12 -->\n<!-- goal: say what go.mod is for -->\n<!-- go: 1.25 -->\n\
                <!-- teaches: slices.Sort, range -->\n<!-- os: linux, macos -->\n<!-- written in a hurry -->\n\nIntro.\n\n\
                ## A\n<!-- minutes: 3 --><!-- optional -->\n<!-- os: windows -->\n<!-- note: ask them -->\n<!-- gate -->\n\nText.\n";
    let lesson = lesson(one(text));
    assert_eq!((lesson.title.as_str(), lesson.minutes, lesson.go), ("T", Some(12), Some((1, 25))));
    assert_eq!(lesson.goal.as_deref(), Some("say what go.mod is for"));
    assert_eq!(lesson.teaches, ["slices.Sort", "range"]);
    assert_eq!(lesson.os, ["linux", "darwin"]);
    assert_eq!(lesson.intro.len(), 1);
    let step = &lesson.steps[0];
    assert_eq!((step.minutes, step.optional), (Some(3), true));
    assert_eq!(
        (step.os.as_slice(), step.notes.as_slice()),
        (&["windows".to_owned()][..], &["ask them".to_owned()][..])
    );
    assert_eq!(step.blocks.len(), 1);
}

#[test]
fn ids_are_written_or_made_from_the_heading() {
    let lesson =
        lesson(one("# T\n\n## Initialise the module {#init}\n\n## What's `go.mod`, *really*?\n\n### Deeper\n"));
    let ids: Vec<&str> = lesson.steps.iter().map(|step| step.id.0.as_str()).collect();
    assert_eq!(ids, ["c/x/y/init", "c/x/y/whats-gomod-really"]);
    assert_eq!(lesson.steps[1].title, "What's go.mod, really?");
    assert!(matches!(lesson.steps[1].blocks[0].kind, BlockKind::Heading { level: 3, .. }));
}

#[test]
fn everything_gfm_has_is_kept() {
    let step = step(
        "~~old~~ **bold** [text](https://go.dev) ![alt](https://go.dev/x.png) a[^1]  \nnext\n\n\
         | a | b |\n|:-:|--:|\n| 1 | 2 |\n\n> [!WARNING]\n> Care.\n\n> quoted\n\n3. three\n4. four\n\n---\n\n\
         <!-- pause -->\n\n[^1]: Note.\n",
    );
    let kinds: Vec<&BlockKind> = step.blocks.iter().map(|block| &block.kind).collect();
    let [
        BlockKind::Paragraph(text),
        BlockKind::Table(table),
        BlockKind::Alert { kind: AlertKind::Warning, .. },
        BlockKind::Quote(_),
        BlockKind::List { start: Some(3), items },
        BlockKind::Rule,
        BlockKind::Pause,
        BlockKind::Footnote { label, .. },
    ] = &kinds[..]
    else {
        panic!("{kinds:#?}")
    };
    assert!(matches!(text[0], Inline::Strike(_)) && matches!(text[2], Inline::Strong(_)));
    assert_eq!(plain_text(text), "old bold text alt a[1]\nnext");
    assert_eq!(table.align, [Align::Center, Align::Right]);
    assert_eq!((plain_text(&table.head[1]), plain_text(&table.rows[0][0])), ("b".to_owned(), "1".to_owned()));
    assert_eq!((items.len(), label.as_str()), (2, "1"));
}

#[test]
fn a_tip_is_a_hint_in_a_step_and_an_alert_elsewhere() {
    let lesson =
        lesson(one("# T\n\n> [!TIP]\n> Outside.\n\n## S\n\n> [!TIP]\n> <!-- when: no go.mod -->\n> Inside.\n"));
    assert!(matches!(lesson.intro[0].kind, BlockKind::Alert { kind: AlertKind::Tip, .. }));
    let step = &lesson.steps[0];
    assert!(step.blocks.is_empty());
    assert_eq!(step.hints[0].when.as_deref(), Some("no go.mod"));
    assert_eq!(step.hints[0].place.line, 8);
    assert_eq!(step.hints[0].blocks.len(), 1);
}

#[test]
fn a_task_list_is_a_quiz_in_a_step_and_a_list_elsewhere() {
    let lesson = lesson(one(
        "# T\n\n- [x] done\n- plain\n\n## S\n\n- [x] a\n\n  Right, **so**.\n- [ ] b\n- [x] c\n  - One.\n  - Two.\n",
    ));
    let BlockKind::List { items, .. } = &lesson.intro[0].kind else { panic!("no list") };
    assert_eq!(items.iter().map(|item| item.checked).collect::<Vec<_>>(), [Some(true), None]);
    let quiz = &lesson.steps[0].quizzes[0];
    assert!(!quiz.is_single());
    let texts: Vec<String> = quiz.options.iter().map(|option| plain_text(&option.text)).collect();
    assert_eq!(texts, ["a", "b", "c"]);
    assert!(matches!(quiz.options[0].feedback[0].kind, BlockKind::Paragraph(_)));
    assert!(matches!(quiz.options[2].feedback[0].kind, BlockKind::List { .. }));
}

#[test]
fn highlight_goes_to_the_next_block() {
    let step = step("<!-- highlight: 1 | 2-3, 5 -->\n\n```go\n1\n2\n3\n4\n5\n```\n");
    let BlockKind::Code(code) = &step.blocks[0].kind else { panic!("no code") };
    assert_eq!(code.highlight, [vec![1], vec![2, 3, 5]]);
}

#[test]
fn each_wrong_direction_is_told() {
    for (comment, expected) in [
        ("minuts: 3", "5:6: the direction `minuts` is not known; write `<!-- minutes: … -->`"),
        ("optionl", "5:6: the direction `optionl` is not known; write `<!-- optional -->`"),
        ("minutes: three", "5:15: `three` is no number of minutes; write a whole number from 1 to 600"),
        ("minutes", "5:6: `minutes` needs a value; write, for example, `<!-- minutes: 3 -->`"),
        ("optional: yes", "5:6: `optional` takes no value; write `<!-- optional -->`"),
        ("os: linux, windos", "5:17: the system `windos` is not known; write `windows`"),
        ("goal: x", "5:6: `goal` has no meaning in a step; put it under the lesson's title"),
        ("when: x", "5:6: `when` stands outside a hint; put it first in a hint, in the line below `> [!TIP]`"),
        ("highlight: 1-x", "5:17: `1-x` does not name lines; write, for example, `6 | 7-8`"),
        ("highlight: 3", "5:6: no code block follows this `highlight`; put it before the block that it is for"),
    ] {
        assert_problems(&one_step(&format!("<!-- {comment} -->\n\nText.\n")), &[expected]);
    }
    for comment in ["later: check this", "see https://go.dev", "a note to self", "go on: later", "so: x", ""] {
        assert_problems(&one_step(&format!("<!-- {comment} -->\n\nText.\n")), &[]);
    }
    assert_problems(
        &one(
            "# T\n<!-- minutes: 3 -->\n<!-- minutes: 4 -->\n<!-- go: new -->\n<!-- teaches: a,, b -->\n<!-- gate -->\n",
        ),
        &[
            "3:6: this direction is there twice; keep one of them",
            "4:10: `new` is no version of Go; write, for example, `1.25`",
            "5:17: a comma has nothing beside it; take the comma away",
            "6:6: `gate` has no meaning in a lesson's introduction; put it in a step",
        ],
    );
    assert_problems(
        &one_step("<!-- highlight: 4 -->\n```go\nx\n```\n\n<!-- highlight: 1 -->\n```go solution=a.go\nx\n```\n"),
        &[
            "5:6: line 4 is past the end of the block, which has 1; count the lines again",
            "10:6: this `highlight` stands before a block that is not shown as code; take it away",
        ],
    );
}

#[test]
fn each_wrong_quiz_and_hint_is_told() {
    assert_problems(
        &one_step("- [ ] a\n- b\n\n***\n\n- [x] only\n\n***\n\n- [x]\n- [ ] b\n\n> [!TIP]\n\n> [!TPI]\n> x\n"),
        &[
            "5:1: no option of this quiz is right; mark the right ones with `- [x]`",
            "6:1: this option of the quiz has no mark; begin it with `- [ ]`, or `- [x]` if it is right",
            "10:1: this quiz has one option only; give it a second one, as in `- [ ] another answer`",
            "14:1: this option of the quiz has no text; write it after the mark, in the same line",
            "17:1: this hint is empty; write what it should say below `[!TIP]`",
            "19:5: the alert `TPI` is not known; write `TIP`",
        ],
    );
}

#[test]
fn each_wrong_heading_is_told() {
    assert_problems(
        &one("Text.\n\n## A\n\n## a\n\n## ???\n\n## B {#Not.This}\n"),
        &[
            "1:1: there is no title; begin the file with `# ` and its title",
            "5:1: the id `a` is that of the step in line 3 already; give this heading an id of its own, as in `{#another-id}`",
            "7:1: no id can be made from this heading; write one after it, as in `## Heading {#step-3}`",
            "9:1: the id `Not.This` has other characters than lower-case letters, digits and hyphens; write `{#notthis}`",
        ],
    );
    assert_problems(&one("# A\n\n# B\n"), &["3:1: there is a second title; begin a step with `##`"]);
    assert_problems(&one("#\n"), &["1:1: the title is empty; write it after the `#`"]);
    assert_problems(
        &one("---\ntitle: T\n---\n\n# T\n"),
        &[
            "1:1: lessons have no front matter; write what it says as comments under the title, as in `<!-- minutes: 3 -->`",
        ],
    );
}

#[test]
fn every_step_has_a_way_to_pass() {
    let fault = "this step has a check and no way to pass it; add what passes it: ` ```go solution=main.go ` or \
                 ` ```console solution `";
    assert_problems(&one_step("```check\nbuild\n```\n"), &[&format!("3:1: {fault}")]);
    assert_problems(&one_step("```check\nanswer \"x\"\n```\n"), &[]);
    assert_problems(&one_step("```check\nanswer \"x\"\nvet\n```\n"), &[&format!("3:1: {fault}")]);
}

#[test]
fn what_no_check_looks_at_is_told() {
    assert_problems(
        &one_step("```go test=a_test.go\nx\n```\n\n```go mutant=a.go\nx\n```\n"),
        &[
            "6:1: no line of the check runs these hidden tests; add the line `test` to the check",
            "10:1: no line of the check looks at this planted bug; add the line `tests catch mutants` to the check",
        ],
    );
    assert_problems(
        &one_step("```check\ntest\ntests catch mutants\ntest\n```\n\n```console solution\n$ x\n```\n"),
        &[
            "6:1: this step has no hidden tests; add them in ` ```go test=main_test.go `; the learner's own tests are \
             checked by `ran \"go test\"`",
            "7:1: this step has no planted bugs; add them in ` ```go mutant=calc.go ` blocks, each the whole file with one bug",
            "8:1: this condition is there twice in the step; take one of them away",
        ],
    );
}

#[test]
fn html_is_told_and_deep_nesting_is_cut() {
    assert_problems(
        &one_step("a <kbd>x</kbd><br>b\n\n<div>\n</div>\n\n<!-- open\n"),
        &[
            "5:3: HTML is not shown in a terminal; write it in Markdown; only comments, `<!-- … -->`, are allowed",
            "5:9: HTML is not shown in a terminal; write it in Markdown; only comments, `<!-- … -->`, are allowed",
            "7:1: HTML is not shown in a terminal; write it in Markdown; only comments, `<!-- … -->`, are allowed",
            "10:1: this comment has no end; close it with `-->`",
        ],
    );
    let deep = one_step(&format!("{} x\n\n{}y{}\n", ">".repeat(5000), "**a ".repeat(3000), "**".repeat(3000)));
    assert!(deep.problems.iter().any(|problem| problem.fault == "this lies in more than 24 other blocks"));
}

#[test]
fn what_terminals_obey_is_a_problem_and_is_never_shown() {
    let text = "# T \u{1b}[31m\n\n## S\u{202e} {#s}\n\nA\u{7} b\u{9b}c and &#27;]0;x&#7;.\n\n```sh\necho \u{1b}[2J\n```\n\n[l](#s \"&#27;\")\n";
    let loaded = one(text);
    let mend = "take it out; in Go write it as an escape, as in `\\x1b`";
    let fault = |place: &str, code: &str| {
        format!("{place}: here stands the character U+{code}, which terminals obey and do not show; {mend}")
    };
    let expected = [fault("1:5", "001B"), fault("3:5", "202E"), fault("5:2", "0007"), fault("8:6", "001B")];
    assert_problems(&loaded, &expected.each_ref().map(String::as_str));
    let shown = format!("{:?}", loaded.course);
    assert!(!shown.contains("\\u{1b}") && !shown.contains("\\u{7}") && !shown.contains("202e"), "{shown}");
    assert!(shown.contains("T \u{fffd}[31m") && shown.contains("\u{fffd}]0;x\u{fffd}."), "{shown}");
}
