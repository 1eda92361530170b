//! A program written in the editor letter by letter, with its mistakes, as a learner does it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::stage::Stage;
use crate::support::{self, Learner};

const LESSON: &str = "# Greet\n<!-- minutes: 5 -->\n\n## Write it {#write}\n\nSay hello to Go.\n\n\
                      ```go file=main.go\npackage main\n```\n\n```check\nfmt\nrun prints \"hello, Go\"\n```\n\n\
                      ```go solution=main.go\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"hello, Go\")\n}\n```\n\n\
                      ## Read on {#on}\n\nFarewell.\n";

/// A learner in the editor of that lesson.
fn begin() -> (Stage, Learner) {
    let stage = Stage::with(&[("01-first/README.md", "# First\n\nAll there is.\n"), ("01-first/01-greet.md", LESSON)]);
    support::share_go_cache(&stage.data());
    let learner = start(&stage);
    (stage, learner)
}

fn start(stage: &Stage) -> Learner {
    let course = stage.course();
    let mut learner = Learner::begin(&["--course", &course.to_string_lossy()], &stage.data());
    learner.terminal.wait("Chapter 1: First").press("F8");
    learner.terminal.wait("Say hello to Go.").wait(" main.go ");
    learner.terminal.press("Alt-3");
    learner.terminal.wait("1 package main");
    learner
}

fn main_go(stage: &Stage) -> PathBuf {
    stage.data().join("work/tiny/first/greet/main.go")
}

/// Waits until a file has this text in it.
fn until_on_disk(file: &Path, text: &str) {
    let began = Instant::now();
    while !fs::read_to_string(file).is_ok_and(|all| all.contains(text)) {
        assert!(began.elapsed() < Duration::from_mins(1), "`{text}` does not come to {}", file.display());
        std::thread::yield_now();
    }
}

#[test]
fn a_lesson_is_done_start_to_finish_in_the_editor() {
    let (stage, mut learner) = begin();
    let terminal = &mut learner.terminal;
    // Indents come by themselves, and so does the bracket's way back.
    terminal.press("Down");
    terminal.type_text("\rimport \"fmt\"\r\rfunc main() {\rfmt.Println(\"hello, Go\"\r");
    // While typing pauses the parser has its say.
    terminal.wait("problem, in line");
    terminal.press("Up End");
    terminal.type_text(")");
    terminal.press("Down End");
    terminal.type_text("x:=1\r}\r");
    terminal.until("the bracket to be in its column", |screen| screen.contains("8 }"));
    terminal.gone("problem, in line");
    terminal.press("Ctrl-S");
    // The compiler's word stands at its line; the formatter has been there.
    terminal.wait("✗").wait("x := 1").wait("1 problem, in line 7: Alt-E");
    terminal.press("Alt-E");
    terminal.wait("declared and not used: x");
    terminal.press("Ctrl-X");
    terminal.gone("declared and not used");
    terminal.press("Ctrl-S");
    terminal.wait("✓ Done");
    let text = fs::read_to_string(main_go(&stage)).unwrap();
    assert_eq!(text, "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(\"hello, Go\")\n}\n");
    terminal.press("F8");
    terminal.wait("Farewell.");
    terminal.press("F8");
    terminal.wait("Well done!");
    terminal.press("Ctrl-Q");
    assert_eq!(terminal.exit(), 0);
    let told = stage.run(&["progress"], "");
    assert!(told.out.starts_with("Tiny: 2 of 2 steps done."), "{}", told.out);
}

#[test]
fn kill_9_while_typing_loses_at_most_the_last_second() {
    let (stage, mut learner) = begin();
    learner.terminal.type_text("// one\r// two\r");
    learner.terminal.wait("2 // two");
    until_on_disk(&stage.data().join("state/drafts/tiny/first/greet/main.go.json"), "// one\\n// two\\n");
    learner.terminal.kill();
    assert_eq!(fs::read_to_string(main_go(&stage)).unwrap(), "package main\n", "nothing was saved");

    let mut learner = start_after_kill(&stage);
    learner.terminal.wait("1 // one").wait("2 // two").wait("main.go *");
    // What can be undone has outlived the kill, too.
    learner.terminal.press("Alt-3 Ctrl-Z Ctrl-Z");
    learner.terminal.gone("// two").wait("// one");
    learner.terminal.press("Ctrl-Y Ctrl-Y Ctrl-S");
    learner.terminal.wait("is saved.");
    until_on_disk(&main_go(&stage), "// one\n// two\npackage main\n");
    learner.terminal.press("Ctrl-Q");
    assert_eq!(learner.terminal.exit(), 0);
}

fn start_after_kill(stage: &Stage) -> Learner {
    let course = stage.course();
    let mut learner = Learner::begin(&["--course", &course.to_string_lossy()], &stage.data());
    learner.terminal.wait("The text of main.go that was not saved is back.");
    learner
}
