//! A step begun once more: asked before, the learner's own set aside, and brought back.

use haveago::base::FilePath;
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;

use super::at_lesson;
use crate::tutor_stage::Stage;

const MAIN: &str = "/home/ada/haveago/two/main.go";
const NOTES: &str = "/home/ada/haveago/two/notes.txt";

fn file(name: &str) -> FilePath {
    FilePath::parse(name).unwrap()
}

/// In lesson Two, its main.go changed and saved, and a file beside it; both are open.
fn spoilt() -> Stage {
    let mut stage = at_lesson("Two");
    stage.disk.insert(NOTES.to_owned(), "my notes".to_owned());
    stage
        .keys("Alt-2")
        .types("edit notes.txt")
        .keys("Enter Alt-3")
        .types("more ")
        .keys("Ctrl-S Alt-2")
        .types("edit main.go")
        .keys("Enter")
        .types("// spoilt\n")
        .keys("Ctrl-S")
}

fn resets(stage: Stage) -> Stage {
    stage.keys("Ctrl-P").types("reset this").keys("Enter")
}

#[test]
fn it_asks_before_and_a_no_changes_nothing() {
    let stage = spoilt();
    let disk = stage.disk.clone();
    let mut stage = resets(stage);
    let screen = stage.screen();
    assert!(screen.contains("Begin this step once more?") && screen.contains("can be brought back."), "{screen}");
    let mut stage = stage.keys("Esc");
    assert!(stage.disk == disk && !stage.shows("once more"), "{}", stage.screen());
    assert!(!stage.asked.iter().any(|effect| matches!(effect, Effect::MakeReady { .. })));
}

#[test]
fn the_files_are_as_at_the_start_and_undo_brings_the_own_ones_back() {
    let before = spoilt();
    let own = before.disk.clone();
    let mut stage = resets(before).keys("Enter");
    assert_eq!(stage.disk.get(MAIN).map(String::as_str), Some("package main\n"));
    assert!(!stage.disk.contains_key(NOTES), "{:?}", stage.disk);
    assert_eq!(stage.state.editor.text(&file("main.go")).as_deref(), Some("package main\n"));
    assert_eq!(stage.state.editor.open_paths(), [file("main.go")], "what is gone is closed");
    let screen = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("Your own files are in two.kept-1, beside this folder; Ctrl-P, then undo,"), "{screen}");
    // The watch has seen it: of that, nothing is complained about, but of the next change.
    let is_quiet = |effect: &Effect| if let Effect::Observe(look) = effect { Some(look.quiet) } else { None };
    let visit = stage.state.at.visit;
    let stage = stage.hears(Msg::FilesChanged { visit });
    assert_eq!(stage.asked.iter().rev().find_map(is_quiet), Some(true));
    let stage = stage.hears(Msg::FilesChanged { visit });
    assert_eq!(stage.asked.iter().rev().find_map(is_quiet), Some(false));
    let mut stage = stage.keys("Ctrl-P").types("undo").keys("Enter");
    assert_eq!(stage.disk, own);
    assert_eq!(stage.state.editor.text(&file("main.go")).as_deref(), Some("// spoilt\npackage main\n"));
    assert!(stage.shows("Your own files are back."), "{}", stage.screen());
}

#[test]
fn what_was_typed_and_not_saved_is_saved_before() {
    let stage = resets(at_lesson("Two").keys("Alt-3").types("// typed\n")).keys("Enter");
    assert_eq!(stage.set_aside[0].get(MAIN).map(String::as_str), Some("// typed\npackage main\n"));
    assert!(stage.state.editor.unsaved().is_empty());
    // While the files are being made ready one can go on typing.
    let stage = resets(at_lesson("Two")).slow().keys("Enter Alt-3").types("// more\n").catch_up();
    assert_eq!(stage.set_aside[0].get(MAIN).map(String::as_str), Some("// more\npackage main\n"));
    assert_eq!(stage.state.editor.text(&file("main.go")).as_deref(), Some("package main\n"));
}

#[test]
fn text_that_the_disk_did_not_take_stays_in_the_editor() {
    let mut stage = spoilt().keys("Alt-3").types("// typed\n");
    stage.disk_full = true;
    let mut stage = resets(stage).keys("Enter");
    assert!(stage.shows("The disk is full."), "{}", stage.screen());
    assert!(stage.state.editor.text(&file("main.go")).unwrap().contains("// typed\n"));
    assert!(stage.set_aside.is_empty() && stage.disk.contains_key(NOTES));
}

#[test]
fn it_waits_for_nothing_and_happens_once() {
    let stage = resets(at_lesson("Two")).slow().keys("Enter");
    let mut stage = resets(stage);
    assert!(stage.shows("are being made ready already."), "{}", stage.screen());
    // Who has gone on meanwhile does not want it any more.
    let stage = stage.keys("F8").catch_up();
    assert_eq!(stage.step(), "then");
    assert!(stage.set_aside.is_empty());
    let mut stage = stage.keys("Alt-2").types("go run .").keys("Enter F6");
    stage = resets(stage);
    assert!(stage.shows("A program is still running"), "{}", stage.screen());
    let mut stage = stage.ends(0).keys("Ctrl-P").types("undo").keys("Enter");
    assert!(stage.shows("Nothing is set aside."), "{}", stage.screen());
}

#[test]
fn a_later_step_begins_with_what_the_solutions_before_it_give() {
    let mut stage = resets(at_lesson("Two").keys("F8 F8")).keys("Enter");
    assert_eq!((stage.step(), stage.disk.get(MAIN).map(String::as_str)), ("order", Some("package main // mended\n")));
    assert!(stage.state.progress.steps.values().all(|step| step.passed_at.is_none() || !stage.state.session.passed));
    assert!(stage.shows("once more"), "{}", stage.screen());
    let mut stage = resets(stage.keys("F3").types("One").keys("Enter")).keys("Enter");
    assert!(stage.shows("There was nothing of yours to set aside."), "{}", stage.screen());
}

#[test]
fn where_commands_are_needed_and_go_is_missing_that_is_said() {
    let lesson = "# Go\n\n## A {#a}\n\nText.\n\n```check\nfile go.mod exists\n```\n\n```console solution\n$ go mod init x\n\
                  ```\n\n## B {#b}\n\nText.\n";
    let mut stage = resets(Stage::with(&[("01-first/01-go.md", lesson)]).keys("F8")).keys("Enter");
    let screen = stage.screen().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(screen.contains("are made by commands, and there is no Go on this stage"), "{screen}");
}
