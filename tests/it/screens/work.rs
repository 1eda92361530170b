//! The learner's own text: never lost, never written over without a yes.

use haveago::base::FilePath;
use haveago::tui::action::Focus;
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;
use haveago::tui::pane::files::FileWork;
use haveago::tui::state::Leaving;

use super::{at_lesson, stage};
use crate::tutor_stage::{Stage, WORK};

fn main_go() -> FilePath {
    FilePath::parse("main.go").unwrap()
}

fn on_disk<'a>(stage: &'a Stage, lesson: &str) -> Option<&'a str> {
    stage.disk.get(&format!("/home/ada/haveago/{lesson}/main.go")).map(String::as_str)
}

/// A gofmt that changes a text.
fn tidy(text: &str) -> String {
    text.replace("//  ", "// ")
}

#[test]
fn going_to_another_lesson_saves_the_text_and_closes_its_files() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n");
    assert_eq!(on_disk(&stage, "two"), Some("package main\n"));
    let mut stage = stage.keys("F3").types("Three").keys("Enter");
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
    assert_eq!(stage.state.editor.titles().count(), 0, "{}", stage.screen());
    assert_eq!(stage.state.terminal.dir(), "three");
    let stage = stage.keys("F7 F7 F7");
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("// mine\npackage main\n"));
}

#[test]
fn the_next_step_saves_the_text_as_gofmt_has_it() {
    let mut stage = at_lesson("Two");
    stage.gofmt = tidy;
    let mut stage = stage.keys("Alt-3").types("//  mine\n").keys("F8");
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("// mine\npackage main\n"));
    assert!(stage.state.editor.unsaved().is_empty(), "{}", stage.screen());
    assert!(!stage.shows("outside the editor"), "{}", stage.screen());
    let stage = stage.keys("Alt-3").types("more").keys("Alt-1");
    assert!(on_disk(&stage, "two").unwrap().contains("more"), "saving goes on after it");
}

#[test]
fn two_steps_in_a_hurry_lose_nothing() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").slow();
    let mut stage = stage.keys("F8 F7 Alt-3").types("// more\n").keys("F8").catch_up();
    let text = stage.state.editor.text(&main_go()).unwrap();
    assert!(text.starts_with("// mine\n// more\n"), "{text}");
    assert!(!stage.shows("cannot be saved"), "{}", stage.screen());
    let stage = stage.keys("Ctrl-Q");
    assert_eq!(on_disk(&stage, "two"), Some(text.as_str()));
}

#[test]
fn what_is_typed_while_a_save_is_under_way_is_saved_too() {
    let stage = at_lesson("Two").keys("Alt-3").types("// a\n").slow().keys("Ctrl-S").types("// b\n").keys("Ctrl-Q");
    assert!(stage.state.leaving != Leaving::Now, "it ends when the text is on the disk");
    let stage = stage.catch_up();
    assert_eq!(on_disk(&stage, "two"), Some("// a\n// b\npackage main\n"));
    assert!(stage.state.leaving == Leaving::Now);
}

#[test]
fn a_file_renamed_while_it_is_saved_does_not_hold_up_who_leaves() {
    let stage = at_lesson("Two").keys("Alt-3").types("// a\n").slow().keys("Alt-4 r").types(".txt").keys("Enter Alt-3");
    let mut stage = stage.types("// b\n").keys("Ctrl-S").catch_up();
    assert!(stage.shows("main.go.txt"), "{}", stage.screen());
    let stage = stage.keys("Ctrl-Q");
    assert!(stage.state.leaving == Leaving::Now);
}

#[test]
fn who_asks_again_to_leave_is_not_held_up_by_an_answer_that_is_lost() {
    let stage = at_lesson("Two").keys("Alt-3").types("// a\n").slow().keys("Ctrl-S");
    let stage = stage.loses_answers().catch_up().keys("Ctrl-Q");
    assert!(stage.state.leaving != Leaving::Now);
    let stage = stage.keys("Ctrl-Q");
    assert!(stage.state.leaving == Leaving::Now);
    assert_eq!(on_disk(&stage, "two"), Some("// a\npackage main\n"));
}

#[test]
fn leaving_with_a_full_disk_asks_before_text_is_lost() {
    let mut stage = at_lesson("Two").keys("Alt-3").types("// mine\n");
    stage.disk_full = true;
    let mut stage = stage.keys("Ctrl-Q");
    assert!(stage.state.leaving != Leaving::Now && stage.shows("lose what is not saved?"), "{}", stage.screen());
    stage.disk_full = false;
    let stage = stage.keys("Esc").keys("Ctrl-Q");
    assert!(stage.state.leaving == Leaving::Now);
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
}

#[test]
fn quitting_saves_the_text() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").keys("F10");
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").hears(Msg::Hangup);
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
}

#[test]
fn a_failed_save_is_told_and_the_text_stays_unsaved() {
    let mut stage = at_lesson("Two").keys("Alt-3").types("// mine\n");
    stage.disk_full = true;
    let mut stage = stage.keys("Ctrl-S");
    assert!(stage.status().contains("main.go cannot be saved"), "{}", stage.status());
    assert!(stage.shows("main.go *"));
    stage.disk_full = false;
    let mut stage = stage.keys("Alt-1");
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
    assert!(!stage.shows("main.go *"), "{}", stage.screen());
}

#[test]
fn a_failed_save_on_the_way_to_another_lesson_does_not_lose_the_text() {
    let mut stage = at_lesson("Two").keys("Alt-3").types("// mine\n");
    stage.disk_full = true;
    let mut stage = stage.keys("F3").types("Three").keys("Enter");
    stage.disk_full = false;
    let stage = stage.keys("F7 F7 F7 Alt-3 Alt-1");
    let text = stage.state.editor.text(&main_go()).unwrap_or_default();
    assert!(text.contains("// mine"), "{text}");
}

#[test]
fn the_lessons_code_goes_over_own_text_only_after_a_yes() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").keys("F8 Right Enter");
    let mut stage = stage;
    assert!(stage.shows("has text of its own"), "{}", stage.screen());
    let stage = stage.keys("Esc");
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("// mine\npackage main\n"));
    let stage = stage.keys("Alt-1 Right Left Enter Enter");
    assert_eq!(stage.state.focus, Focus::Editor);
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("package main // other\n"));
    let stage = stage.keys("Ctrl-Z");
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("// mine\npackage main\n"));
}

#[test]
fn code_that_names_no_file_is_put_into_main_go() {
    let mut stage = at_lesson("Three").keys("Right Enter");
    assert!(stage.state.overlay.is_none(), "{}", stage.screen());
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("package main\n"));
}

#[test]
fn code_that_was_wanted_in_another_step_is_not_put_here() {
    let stage = at_lesson("Three").slow().keys("Right Enter").keys("F3").types("Two").keys("Enter");
    let stage = stage.catch_up();
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("package main\n"));
    assert_eq!(stage.state.focus, Focus::Reader);
    assert!(stage.state.overlay.is_none());
}

#[test]
fn an_order_is_written_over_an_own_file_only_after_a_yes() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").keys("F8 F8");
    assert_eq!(stage.step(), "order");
    let mut stage = stage.keys("Alt-1").clicks_on("Check order");
    assert!(stage.shows("has text of your own"), "{}", stage.screen());
    let stage = stage.keys("n");
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
    let stage = stage.clicks_on("Check order").keys("y");
    assert!(!on_disk(&stage, "two").unwrap().contains("mine"));
    assert!(on_disk(&stage, "two").unwrap().contains("func main() {"));
}

#[test]
fn nothing_is_pasted_that_could_not_be_opened_again() {
    let stage = at_lesson("Two").keys("Alt-2").types("edit notes.txt").keys("Enter");
    let stage = stage.hears(Msg::Paste("to\0day\u{1}\n".to_owned())).keys("Ctrl-S");
    assert_eq!(stage.disk.get(&format!("{WORK}/two/notes.txt")).map(String::as_str), Some("today\u{1}\n"));
}

#[test]
fn f5_saves_and_runs() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").keys("F5");
    assert_eq!(on_disk(&stage, "two"), Some("// mine\npackage main\n"));
    assert_eq!(stage.started(), ["go run main.go"]);
    let saved = stage.asked.iter().position(|effect| matches!(effect, Effect::SaveFile { .. }));
    let ran = stage.asked.iter().position(|effect| matches!(effect, Effect::Run(_)));
    assert!(saved < ran);
    let mut stage = stage.keys("F6 F5");
    assert!(stage.status().contains("A program is still running"), "{}", stage.status());
    assert_eq!(stage.started().len(), 1);
}

#[test]
fn the_lessons_command_is_never_put_over_a_typed_one() {
    let stage = stage().keys("F8 F8 Alt-2").types("ls").keys("Alt-1 Right Enter");
    let mut stage = stage;
    assert!(stage.shows("begun a command of your own"), "{}", stage.screen());
    let mut stage = stage.keys("Alt-2 Ctrl-C Alt-1 Enter");
    assert_eq!(stage.state.focus, Focus::Terminal);
    assert!(stage.shows("$ go version"), "{}", stage.screen());
}

/// Another program has saved the file.
fn saved_outside(mut stage: Stage, text: &str) -> Stage {
    stage.disk.insert("/home/ada/haveago/two/main.go".to_owned(), text.to_owned());
    let visit = stage.state.at.visit;
    stage.hears(Msg::FilesChanged { visit })
}

#[test]
fn a_save_from_outside_over_unsaved_text_asks_and_keeps_both() {
    let kept = |stage: &Stage| {
        stage.asked.iter().rev().find_map(|effect| match effect {
            Effect::KeepCopy { text, ending, .. } => Some((text.clone(), *ending)),
            _ => None,
        })
    };
    let conflict = || saved_outside(at_lesson("Two").keys("Alt-3").types("// mine\n"), "package main // theirs\n");
    let mut stage = conflict();
    assert!(stage.shows("was changed by another program"), "{}", stage.screen());
    let stage = stage.keys("Enter");
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("package main // theirs\n"));
    assert_eq!(kept(&stage), Some(("// mine\npackage main\n".to_owned(), "yours")));
    let mut stage = conflict().keys("Esc");
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("// mine\npackage main\n"));
    assert_eq!(kept(&stage), Some(("package main // theirs\n".to_owned(), "theirs")));
    let visit = stage.state.at.visit;
    stage = stage.hears(Msg::FilesChanged { visit });
    assert!(stage.state.overlay.is_none(), "it is asked once");
    let stage = saved_outside(at_lesson("Two"), "package main // theirs\n");
    assert!(stage.state.overlay.is_none(), "text that is saved here is taken without a word");
    assert_eq!(stage.state.editor.text(&main_go()).as_deref(), Some("package main // theirs\n"));
}

#[test]
fn places_in_outputs_are_walked_by_key_and_lead_only_to_files_of_the_lesson() {
    let output = "# x\n./main.go:1:3: undefined: a\n/usr/lib/go/src/fmt/print.go:9 +0x1\n\
                  /home/ada/haveago/two/main.go:2 +0x1d\n./gone.go:3:1: b\n";
    let stage = at_lesson("Two").keys("Alt-3").types("\u{e9}\n").keys("Alt-1");
    let mut stage = stage.runs("go build", output, 1);
    assert!(stage.shows("Alt-O opens main.go:1:3."), "{}", stage.screen());
    let mut stage = stage.keys("Alt-O");
    assert_eq!(stage.state.focus, Focus::Editor);
    assert_eq!(stage.state.editor.current().map(|(path, at)| (path.as_str(), at.line)), Some(("main.go", 0)));
    assert!(stage.status().contains("Place 1 of 2: main.go:1:3"), "{}", stage.status());
    let mut stage = stage.keys("Alt-O");
    assert_eq!(stage.state.editor.current().map(|(_, at)| (at.line, at.byte)), Some((1, 0)));
    assert!(stage.status().contains("Place 2 of 2: main.go:2:1"), "{}", stage.status());
    let mut stage = stage.keys("Alt-O");
    assert!(stage.status().contains("Place 1 of 2"), "{}", stage.status());
    let mut stage = at_lesson("Two").runs("go version", "go version\n", 0).keys("Alt-O");
    assert!(stage.status().contains("Nothing that is printed here names a place"), "{}", stage.status());
    assert_eq!(stage.state.focus, Focus::Terminal);
}

#[test]
fn a_click_on_a_place_outside_of_the_lesson_opens_nothing() {
    let mut stage = at_lesson("Two").runs("go run .", "/etc/host.conf:1: no\n../up.go:2:1: no\nnew.go:1:1: no\n", 1);
    for (words, says) in [
        ("/etc/host.conf:1", "is not in this lesson's folder"),
        ("../up.go:2", "is not in this lesson's folder"),
        ("new.go:1", "There is no new.go in this lesson's folder"),
    ] {
        let (column, row) = stage.find(words);
        let up = crossterm::event::MouseEventKind::Up(crossterm::event::MouseButton::Left);
        stage = stage.clicks(column + 1, row).mouse(up, column + 1, row);
        assert!(stage.status().contains(says), "{words}: {}", stage.status());
        assert_eq!(stage.state.focus, Focus::Terminal);
    }
}

#[test]
fn files_are_made_and_deleted_by_keys() {
    let mut stage = at_lesson("Two").keys("Alt-4 n");
    assert!(stage.shows("New file: "), "{}", stage.screen());
    let stage = stage.types("greet.go").keys("Enter");
    let asked = |stage: &Stage| {
        stage.asked.iter().rev().find_map(|effect| match effect {
            Effect::ChangeFiles { work, .. } => Some(work.clone()),
            _ => None,
        })
    };
    assert_eq!(asked(&stage), Some(FileWork::MakeFile(FilePath::parse("greet.go").unwrap())));
    let stage = stage.keys("Alt-4 Home d");
    assert_eq!(asked(&stage), Some(FileWork::Delete(main_go())));
    let mut stage = stage;
    assert_eq!(stage.state.editor.text(&main_go()), None, "a deleted file is closed");
    assert!(stage.status().contains("U brings it back"), "{}", stage.status());
}

const GUESS: &str = "# Guess\n\n## Guess {#guess}\n\n```go predict\npackage main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(7 / 2)\n\
                     \tfmt.Println(\"done\")\n}\n```\n\n```output\n3\ndone\n```\n\nDividing whole numbers drops the rest.\n\n\
                     ## Asked {#asked}\n\nWhat is it?\n\n```go\nx := 1\n```\n\n- [ ] Left\n- [x] Right\n";

#[test]
fn a_wrong_guess_is_told_and_brought_onto_the_screen() {
    let mut stage = Stage::with(&[("01-first/01-guess.md", GUESS)]).types("3.5\ndone").keys("Right Enter");
    assert!(stage.state.session.passed, "any guess counts");
    assert!(stage.status().contains("You said 3.5, Go says 3. F8 goes on."), "{}", stage.status());
    assert!(!stage.status().contains("Done!"));
    let screen = stage.screen();
    assert!(screen.contains("You wrote") && screen.contains("It prints") && screen.contains("Not quite"), "{screen}");
}

#[test]
fn a_letter_typed_right_after_a_hint_goes_into_the_field() {
    let lesson = "# Count\n\n## Count {#count}\n\nHow many are there?\n\n```check\nanswer \"3\"\n```\n\n> [!TIP]\n> More than two.\n";
    let mut stage = Stage::with(&[("01-first/01-count.md", lesson)]);
    // Before the page is set with the hint at its end.
    for name in ["F2", "3"] {
        haveago::tui::update::update(&mut stage.state, Msg::Key(crate::tutor_stage::key(name)));
    }
    assert!(stage.shows("More than two."));
    assert_eq!(stage.state.session.answer_draft, "3");
}

#[test]
fn code_that_a_question_is_about_goes_into_no_file() {
    let stage = Stage::with(&[("01-first/01-guess.md", GUESS)]).keys("F8 Right Enter");
    assert_eq!(stage.state.editor.texts(), []);
    let copied = stage.asked.iter().any(|effect| matches!(effect, Effect::Copy(text) if text.contains("x := 1")));
    assert!(copied, "it is copied: {:?}", stage.asked.last());
}

#[test]
fn a_finding_below_the_page_has_its_code_coloured_as_in_the_lesson() {
    let mut stage = at_lesson("One").keys("F8 F8 Alt-2").runs("go versoin", "go versoin: unknown command\n", 2);
    stage.state.say(haveago::tui::state::NoticeKind::Plain, "Not yet: `go version` is asked for");
    assert!(stage.status().contains("Not yet: go version is asked for"), "{}", stage.status());
    let code = stage.state.theme.code;
    assert!(stage.is_styled("go version is", code));
}
