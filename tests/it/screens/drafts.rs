//! What is typed and not saved: kept while it is typed, back after a kill, never given up for another text.

use haveago::base::FilePath;
use haveago::tui::action::Focus;
use haveago::tui::effect::Effect;
use haveago::tui::msg::Msg;

use super::at_lesson;
use crate::tutor_stage::Stage;

fn text(stage: &Stage) -> String {
    stage.state.editor.text(&FilePath::parse("main.go").unwrap()).unwrap_or_default()
}

fn on_disk(stage: &mut Stage) -> &mut String {
    stage.disk.get_mut("/home/ada/haveago/two/main.go").unwrap()
}

fn kept(stage: &Stage) -> usize {
    stage.asked.iter().filter(|effect| matches!(effect, Effect::KeepDraft { .. })).count()
}

#[test]
fn typing_is_kept_soon_and_only_once() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mi");
    assert_eq!((kept(&stage), stage.state.due.next().map(|due| due.as_millis())), (0, Some(250)));
    let stage = stage.waits_until(200).types("ne").waits_until(260);
    assert_eq!(kept(&stage), 1, "a key does not put it off");
    let stage = stage.waits_until(5_000);
    assert_eq!((kept(&stage), stage.state.due.next()), (1, None), "who types nothing is not woken");
}

#[test]
fn after_a_kill_the_text_is_back_with_all_that_can_be_undone() {
    let stage = at_lesson("Two").keys("Alt-3").types("// mine\n").waits_until(300);
    let mut stage = stage.types("lost").starts_after_a_kill();
    assert_eq!(text(&stage), "// mine\npackage main\n");
    assert!(stage.status().contains("The text of main.go that was not saved is back."), "{}", stage.status());
    assert_eq!(stage.state.sandbox, Focus::Editor, "it is shown");
    let stage = stage.keys("Alt-3 Ctrl-Z Ctrl-Z");
    assert_eq!(text(&stage), "package main\n");
    let stage = stage.keys("Ctrl-Y").waits_until(900).starts_after_a_kill().keys("Alt-3 Ctrl-Y Ctrl-S");
    assert_eq!(text(&stage), "// mine\npackage main\n");
    let mut stage = stage.starts_after_a_kill();
    assert!(!stage.shows("is back"), "it was saved");
    let mut stage = stage.keys("Alt-3 Ctrl-Z Ctrl-Z");
    assert_eq!((text(&stage).as_str(), on_disk(&mut stage).as_str()), ("package main\n", "// mine\npackage main\n"));
}

#[test]
fn a_save_that_formats_leaves_no_draft_behind_even_when_it_was_the_last_thing() {
    let mut stage = at_lesson("Two");
    stage.gofmt = |text| text.replace("//mine", "// mine");
    let stage = stage.keys("Alt-3").types("//mine\n").hears(Msg::Hangup);
    let mut stage = stage.starts_after_a_kill();
    assert!(stage.state.overlay.is_none() && !stage.shows("is back"), "{}", stage.screen());
    assert_eq!(text(&stage), "// mine\npackage main\n");
    let stage = stage.keys("Alt-3 Ctrl-Z");
    assert_eq!(text(&stage), "//mine\npackage main\n", "formatting is a step as it always is");
}

#[test]
fn a_file_changed_by_another_hand_meanwhile_asks_and_both_are_kept() {
    for (answer, shown, other) in
        [("Esc", "// mine\npackage main\n", "theirs\n"), ("Enter", "theirs\n", "// mine\npackage main\n")]
    {
        let mut stage = at_lesson("Two").keys("Alt-3").types("// mine\n").waits_until(300);
        "theirs\n".clone_into(on_disk(&mut stage));
        let mut stage = stage.starts_after_a_kill();
        assert!(stage.shows("was changed by another program"), "{}", stage.screen());
        let stage = stage.keys(answer).keys("Alt-3");
        assert_eq!(text(&stage), shown);
        let stage = stage.keys("Ctrl-Z");
        assert_eq!(text(&stage), other, "after {answer}");
    }
}

#[test]
fn the_same_while_the_program_runs() {
    let mut stage = at_lesson("Two").keys("Alt-3").types("// mine\n");
    "theirs\n".clone_into(on_disk(&mut stage));
    let visit = stage.state.at.visit;
    let mut stage = stage.hears(Msg::FilesChanged { visit });
    assert!(stage.shows("was changed by another program"), "{}", stage.screen());
    let stage = stage.keys("Enter");
    assert_eq!(text(&stage), "theirs\n");
    let mut stage = stage.keys("Ctrl-Z Alt-1");
    assert_eq!(on_disk(&mut stage).as_str(), "// mine\npackage main\n");
    let stage = stage.hears(Msg::FilesChanged { visit });
    assert!(stage.state.overlay.is_none(), "one's own save is no news");
}

#[test]
fn another_lessons_draft_waits_for_its_lesson() {
    let mut stage = at_lesson("Two").keys("Alt-3").types("// mine\n").waits_until(300);
    let drafts = stage.drafts.clone();
    // The text was not saved on the way, as a killed program saves nothing.
    stage = at_lesson("Three");
    stage.drafts = drafts;
    let mut stage = stage.starts_after_a_kill();
    assert!(!stage.shows("is back"));
    let mut stage = stage.keys("F3").types("Two").keys("Enter");
    assert!(stage.status().contains("is back"), "{}", stage.status());
    assert_eq!(text(&stage), "// mine\npackage main\n");
}

#[test]
fn a_disk_that_takes_no_draft_is_told_of_once() {
    let mut stage = at_lesson("Two").keys("Alt-3");
    stage.disk_full = true;
    let mut stage = stage.types("a").waits_until(300);
    assert!(stage.status().contains("The disk is full."), "{}", stage.status());
    // Typing goes on, and the sentence is there to be read.
    let mut stage = stage.types("b").waits_until(900);
    assert!(stage.status().contains("The disk is full."), "{}", stage.status());
    let mut stage = stage.waits_until(2_500);
    assert!(!stage.status().contains("The disk is full."), "{}", stage.status());
    let mut stage = stage.types("c").waits_until(5_000);
    assert!(!stage.status().contains("The disk is full."), "{}", stage.status());
}
